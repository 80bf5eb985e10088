// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Where a raster lies in the estate.
#include "io/common/place.h"
#include "io/raster/dem.h"

lf_code lf_io_dem_place(lf_spec *spec, const lf_import_def *def, const lf_io_dem *dem,
                        lf_geo_transform **transform, lf_issues *issues, lf_error *error) {
    const double *t = dem->to_map, px = dem->cols / 2.0, py = dem->rows / 2.0;
    const lf_vec2 centre = {t[0] + t[1] * px + t[2] * py, t[3] + t[4] * px + t[5] * py};
    lf_code code =
        lf_io_ensure_frame_at(spec, def, dem->crs, centre, "the raster's centre", issues, error);
    return code == LF_OK
               ? lf_geo_transform_create(dem->crs, lf_spec_frame_const(spec), transform, error)
               : code;
}
