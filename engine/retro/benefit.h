// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// What changes every year because of the works: fees, parking income, service cost, flood damage.
#ifndef LF_RETRO_BENEFIT_H
#define LF_RETRO_BENEFIT_H

#include "retro/cash.h"

typedef struct lf_retro_dwelling {
    double area_m2;      // of all dwellings of the building; 0 = no dwellings
    double fee_cny_year; // collected after the works
} lf_retro_dwelling;

typedef struct lf_retro_benefit {
    lf_retro_dwelling *buildings;
    int building_count;
    int households;
    double area_m2;
    lf_quality quality;
} lf_retro_benefit;

// Fills the changes of the plan and the figures by building. base NULL: this is the base case, and
// before equals after.
lf_code lf_retro_benefit_find(const lf_twin *twin, const lf_option_result *base,
                              const lf_option_result *option, lf_retro_plan *plan,
                              lf_retro_benefit *benefit, lf_error *error);
void lf_retro_benefit_free(lf_retro_benefit *benefit);
// The compound that a building belongs to: stated, or the one its middle lies in; NULL = none.
const lf_compound *lf_retro_compound_of(const lf_spec *spec, const lf_building *building);

#endif
