// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Sunken green (下凹式绿地): whole lawns lie lower than what surrounds them and hold the first
// water.
#include "retro/measures.h"

#include <math.h>

typedef struct lf_sunken_green {
    const char *where;
    double depression_m;
    double infiltration_mm_h;
} lf_sunken_green;

static const lf_field fields[] = {
    LF_PARAM_WHERE(lf_sunken_green, "kind == 'lawn'"),
    LF_PARAM_REAL(lf_sunken_green, depression_m, 0.02, 0.3, 0.1, "depth below the surroundings"),
    LF_PARAM_REAL(lf_sunken_green, infiltration_mm_h, 0, 500, 15,
                  "saturated rate; a better soil is kept"),
};
static const lf_table params =
    LF_PARAM_TABLE("sunken_green", "lawns lowered as a whole", fields, lf_sunken_green);

static lf_code apply(const void *given, lf_spec *spec, lf_issues *issues, lf_error *error) {
    const lf_sunken_green *p = given;
    const lf_measure *self = &lf_retro_measure_sunken_green;
    lf_retro_chosen chosen;
    lf_code code = lf_retro_choose(spec, self, LF_GREEN, p->where, &chosen, issues, error);
    if (code != LF_OK)
        return code;
    double area_m2 = 0;
    for (int i = 0; i < chosen.count; i++) {
        lf_green *green = lf_spec_at(spec, LF_GREEN, chosen.items[i]);
        area_m2 += lf_shape_area_m2(&green->row.shape);
        green->kind = LF_GREEN_SUNKEN;
        green->depression_m = fmax(green->depression_m, p->depression_m);
        green->infiltration_mm_h = fmax(green->infiltration_mm_h, p->infiltration_mm_h);
        lf_retro_decided(&green->row, LF_GREEN, "kind");
        lf_retro_decided(&green->row, LF_GREEN, "depression_m");
    }
    lf_retro_chosen_free(&chosen);
    lf_retro_bill bill = {.label = "sunken green",
                          .capex_key = "sunken_green",
                          .opex_key = "sunken_green_opex",
                          .life_key = "sunken_green_life",
                          .quantity = area_m2};
    return lf_retro_bill_works(spec, self, &bill, 1, error);
}

static const char *const keys[] = {"sunken_green", "sunken_green_opex", "sunken_green_life", NULL};
const lf_measure lf_retro_measure_sunken_green = {
    "sunken_green", "selected lawns are lowered", "下凹式绿地", LF_GREEN, &params, keys, apply};
