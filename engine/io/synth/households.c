// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Dwellings where nobody counted them: from footprint, storeys and a mean dwelling.
#include "io/common/place.h"
#include "io/synth/synth.h"
#include "lifang/twin.h"

#include <math.h>

// Share of the gross floor area that dwellings take, and their mean size, of walk-up blocks of the
// 1980s (working assumptions: 45-75 m2 a dwelling).
static const double dwelling_ratio = 0.85, dwelling_m2 = 60;

lf_code lf_io_synth_households(const lf_io_synth_call *call) {
    int count, filled = 0, unknown = 0;
    long total = 0;
    lf_building *rows = lf_spec_rows(call->spec, LF_BUILDINGS, &count);
    for (int i = 0; i < count; i++) {
        if (rows[i].kind != LF_USE_RESIDENTIAL || rows[i].households > 0)
            continue;
        if (rows[i].storeys <= 0) {
            unknown++;
            continue;
        }
        double mean = rows[i].dwelling_area_m2 > 0 ? rows[i].dwelling_area_m2 : dwelling_m2;
        double floors = lf_shape_area_m2(&rows[i].row.shape) * rows[i].storeys;
        rows[i].households = (int)fmin(lround(floors * dwelling_ratio / mean), 100000);
        lf_io_mark_assumed(&rows[i].row, LF_BUILDINGS, "households");
        total += rows[i].households;
        filled++;
    }
    if (unknown)
        lf_issues_addf(call->issues, LF_WARNING, LF_MISSING, "", 0, "buildings",
                       "give them storeys",
                       "%d residential buildings have no storeys and get no households", unknown);
    if (!filled)
        return lf_fail(call->error, LF_MISSING, LF_FROM_SCENARIO,
                       "no residential building lacks households but knows its storeys");
    lf_spec_add_assumption(call->spec, LF_SYNTHETIC,
                           "%ld households in %d buildings are invented: %.0f %% of the floor area "
                           "in dwellings of %.0f m2.",
                           total, filled, 100 * dwelling_ratio, dwelling_m2);
    return LF_OK;
}
