// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The rasters of the estate: their names, units and what their values can be.
#include "lifang/spec.h"

#include <assert.h>
#include <string.h>

const lf_raster_info *lf_spec_raster_info(lf_raster_kind kind) {
    static const lf_raster_info list[LF_RASTER_KIND_COUNT] = {
        [LF_RASTER_TERRAIN] = {"terrain", "m", "ground above the vertical datum", -9000, 9000},
        [LF_RASTER_ROUGHNESS] = {"roughness", "s/m^(1/3)", "Manning's n of the ground", 0, 10},
        [LF_RASTER_START_DEPTH] = {"start_depth", "m", "water on the ground at the start", 0, 1000},
        [LF_RASTER_INFILTRATION] = {"infiltration", "mm/h", "constant infiltration", 0, 10000},
    };
    assert(kind >= 0 && kind < LF_RASTER_KIND_COUNT);
    return &list[kind];
}

const lf_raster_info *lf_spec_rain_info(void) {
    static const lf_raster_info rain = {"rain", "mm/h", "rain by place and time", 0, 10000};
    return &rain;
}

bool lf_spec_find_raster(const char *name, lf_raster_kind *out) {
    for (int k = 0; k < LF_RASTER_KIND_COUNT; k++) {
        if (strcmp(lf_spec_raster_info((lf_raster_kind)k)->name, name) == 0) {
            *out = (lf_raster_kind)k;
            return true;
        }
    }
    return false;
}
