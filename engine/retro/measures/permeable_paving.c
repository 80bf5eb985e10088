// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Permeable paving (透水铺装) on parking areas and, where asked for, on roads. Only the share that
// is added is paid; a surface that is more permeable already is left alone.
#include "retro/measures.h"

#include <string.h>

typedef struct lf_permeable_paving {
    const char *where;
    const char *roads;
    double permeable_ratio;
} lf_permeable_paving;

static const lf_field fields[] = {
    LF_PARAM_WHERE(lf_permeable_paving, ""),
    {.name = "roads",
     .doc = "which roads as well; \"none\" leaves them",
     .type = LF_TEXT,
     .place = LF_AT_SETTING,
     .offset = offsetof(lf_permeable_paving, roads),
     .initial_text = "none"},
    LF_PARAM_REAL(lf_permeable_paving, permeable_ratio, 0.05, 1, 0.8, "share of the surface"),
};
static const lf_table params = LF_PARAM_TABLE("permeable_paving", "paving that lets water through",
                                              fields, lf_permeable_paving);

static double pave(double *ratio, double wanted, double area_m2) {
    double added = wanted > *ratio ? (wanted - *ratio) * area_m2 : 0;
    if (wanted > *ratio)
        *ratio = wanted;
    return added;
}

static lf_code pave_parking(const lf_permeable_paving *p, lf_spec *spec, double *area_m2,
                            lf_issues *issues, lf_error *error) {
    lf_retro_chosen chosen;
    lf_code code = lf_retro_choose(spec, &lf_retro_measure_permeable_paving, LF_PARKING, p->where,
                                   &chosen, issues, error);
    for (int i = 0; i < chosen.count; i++) {
        lf_parking *parking = lf_spec_at(spec, LF_PARKING, chosen.items[i]);
        if (parking->kind == LF_PARKING_YARD || parking->kind == LF_PARKING_KERB) {
            *area_m2 += pave(&parking->permeable_ratio, p->permeable_ratio,
                             lf_shape_area_m2(&parking->row.shape));
            lf_retro_decided(&parking->row, LF_PARKING, "permeable_ratio");
        }
    }
    lf_retro_chosen_free(&chosen);
    return code;
}

static lf_code pave_roads(const lf_permeable_paving *p, lf_spec *spec, double *area_m2,
                          lf_issues *issues, lf_error *error) {
    if (strcmp(p->roads, "none") == 0)
        return LF_OK;
    lf_retro_chosen chosen;
    lf_code code = lf_retro_choose(spec, &lf_retro_measure_permeable_paving, LF_ROADS, p->roads,
                                   &chosen, issues, error);
    for (int i = 0; i < chosen.count; i++) {
        lf_road *road = lf_spec_at(spec, LF_ROADS, chosen.items[i]);
        *area_m2 += pave(&road->permeable_ratio, p->permeable_ratio,
                         lf_shape_length_m(&road->row.shape) * road->width_m);
        lf_retro_decided(&road->row, LF_ROADS, "permeable_ratio");
    }
    lf_retro_chosen_free(&chosen);
    return code;
}

static lf_code apply(const void *given, lf_spec *spec, lf_issues *issues, lf_error *error) {
    const lf_permeable_paving *p = given;
    const lf_measure *self = &lf_retro_measure_permeable_paving;
    double area_m2 = 0;
    lf_code code = pave_parking(p, spec, &area_m2, issues, error);
    if (code == LF_OK)
        code = pave_roads(p, spec, &area_m2, issues, error);
    if (code != LF_OK)
        return code;
    lf_retro_bill bill = {.label = "permeable paving",
                          .capex_key = "permeable_paving",
                          .opex_key = "permeable_paving_opex",
                          .life_key = "permeable_paving_life",
                          .quantity = area_m2};
    return lf_retro_bill_works(spec, self, &bill, 1, error);
}

static const char *const keys[] = {"permeable_paving", "permeable_paving_opex",
                                   "permeable_paving_life", NULL};
const lf_measure lf_retro_measure_permeable_paving = {
    "permeable_paving",
    "parking areas and roads get a permeable surface",
    "透水铺装",
    LF_PARKING,
    &params,
    keys,
    apply};
