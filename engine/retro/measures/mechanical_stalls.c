// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Mechanical stalls (机械车位): lift-and-slide racks over the stalls of a yard. n columns on L
// levels hold L n - (L - 1) cars, because one place on each lower level stays empty to let the
// others move. Clear height (3.6 m for two levels), daylight of ground floors and noise are not
// tested.
#include "retro/measures.h"

typedef struct lf_mechanical {
    const char *where;
    int levels;
    int least_stalls;
} lf_mechanical;

static const lf_field fields[] = {
    LF_PARAM_WHERE(lf_mechanical, "kind == 'yard' && capacity >= 12"),
    LF_PARAM_INT(lf_mechanical, levels, 2, 5, 2, "levels, the ground included"),
    LF_PARAM_INT(lf_mechanical, least_stalls, 2, 100, 3, "yards with fewer stalls are left alone"),
};
static const lf_table params =
    LF_PARAM_TABLE("mechanical_stalls", "lift-and-slide racks", fields, lf_mechanical);

static lf_code apply(const void *given, lf_spec *spec, lf_issues *issues, lf_error *error) {
    const lf_mechanical *p = given;
    const lf_measure *self = &lf_retro_measure_mechanical_stalls;
    lf_retro_chosen chosen;
    lf_code code = lf_retro_choose(spec, self, LF_PARKING, p->where, &chosen, issues, error);
    if (code != LF_OK)
        return code;
    int racks = 0;
    for (int i = 0; i < chosen.count; i++) {
        lf_parking *parking = lf_spec_at(spec, LF_PARKING, chosen.items[i]);
        if (parking->kind != LF_PARKING_YARD || parking->capacity < p->least_stalls)
            continue;
        parking->capacity = p->levels * parking->capacity - (p->levels - 1);
        parking->kind = LF_PARKING_MECHANICAL;
        racks += parking->capacity;
        lf_retro_decided(&parking->row, LF_PARKING, "capacity");
        lf_retro_decided(&parking->row, LF_PARKING, "kind");
    }
    if (chosen.count > 0 && racks == 0)
        lf_retro_warn(self, issues, "", "select yards with stalls",
                      "none of the selected areas is a yard large enough; nothing was changed");
    lf_retro_chosen_free(&chosen);
    lf_retro_bill bill = {.label = "mechanical stalls",
                          .capex_key = "mechanical_stall",
                          .opex_key = "mechanical_stall_opex",
                          .life_key = "mechanical_stall_life",
                          .quantity = racks};
    return lf_retro_bill_works(spec, self, &bill, 1, error);
}

static const char *const keys[] = {"mechanical_stall", "mechanical_stall_opex",
                                   "mechanical_stall_life", NULL};
const lf_measure lf_retro_measure_mechanical_stalls = {"mechanical_stalls",
                                                       "lift-and-slide racks over yard stalls",
                                                       "机械车位",
                                                       LF_PARKING,
                                                       &params,
                                                       keys,
                                                       apply};
