// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Fees = dwelling area x fee x 12 x share collected. Parking income and flood damage are figures of
// the simulations, of this option and of the base case.
#include "retro/benefit.h"

#include <math.h>
#include <stdlib.h>

#define COLLECTION_LIMIT 0.98

const lf_compound *lf_retro_compound_of(const lf_spec *spec, const lf_building *building) {
    int index = building->compound ? lf_spec_find(spec, LF_COMPOUNDS, building->compound) : -1;
    if (index >= 0)
        return lf_spec_at_const(spec, LF_COMPOUNDS, index);
    lf_vec2 centre = lf_shape_centre(&building->row.shape);
    for (int i = 0; i < lf_spec_count(spec, LF_COMPOUNDS); i++) {
        const lf_compound *compound = lf_spec_at_const(spec, LF_COMPOUNDS, i);
        if (lf_shape_contains(&compound->row.shape, centre))
            return compound;
    }
    return NULL;
}

typedef struct lf_collected {
    double cny_year;
    double area_m2;
    int households;
} lf_collected;

// What the households of one building owe and pay a year.
static lf_retro_dwelling dwelling(const lf_retro_settings *s, const lf_spec *spec,
                                  const lf_building *building, int households, double uplift) {
    lf_retro_dwelling d = {0, 0};
    if (households <= 0)
        return d;
    const lf_compound *compound = lf_retro_compound_of(spec, building);
    double fee = compound && compound->fee_cny_m2_month > 0 ? compound->fee_cny_m2_month
                                                            : s->fee_cny_m2_month;
    double ratio = s->collection_ratio + uplift;
    if (uplift > 0 && ratio > COLLECTION_LIMIT)
        ratio = fmax(s->collection_ratio, COLLECTION_LIMIT);
    if (compound && compound->collection_ratio > 0)
        ratio = compound->collection_ratio; // stated, so neither assumed nor lifted
    d.area_m2 = households *
                (building->dwelling_area_m2 > 0 ? building->dwelling_area_m2 : s->dwelling_area_m2);
    d.fee_cny_year = d.area_m2 * fee * 12 * ratio;
    return d;
}

static lf_collected collect(const lf_retro_settings *s, const lf_twin *twin, double uplift,
                            lf_retro_dwelling *by_building) {
    int count = 0;
    const lf_building *buildings = lf_twin_rows(twin, LF_BUILDINGS, &count);
    const int *households = lf_twin_households(twin);
    lf_collected sum = {0, 0, 0};
    for (int i = 0; i < count; i++) {
        lf_retro_dwelling d = dwelling(s, lf_twin_spec(twin), &buildings[i], households[i], uplift);
        if (by_building)
            by_building[i] = d;
        sum.cny_year += d.fee_cny_year;
        sum.area_m2 += d.area_m2;
        sum.households += d.area_m2 > 0 ? households[i] : 0;
    }
    return sum;
}

// 0 where the module that makes the figure did not run.
static double figure(const lf_option_result *option, const char *name, lf_quality *quality) {
    const lf_figure *found = option ? lf_option_figure(option, name) : NULL;
    if (!found || !isfinite(found->value))
        return 0;
    if (found->quality > *quality)
        *quality = found->quality;
    return found->value;
}

static double expected_damage(const lf_retro_settings *s, const lf_option_result *option,
                              lf_quality *quality) {
    const lf_figure *period = lf_option_figure(option, "drain.storm_period_years");
    double years = period && period->value >= 1 ? period->value : s->storm_period_years;
    return lf_retro_expected_damage_single(years, figure(option, "drain.damage_cny", quality));
}

lf_code lf_retro_benefit_find(const lf_twin *twin, const lf_option_result *base,
                              const lf_option_result *option, lf_retro_plan *plan,
                              lf_retro_benefit *benefit, lf_error *error) {
    const lf_retro_settings *s = plan->settings;
    *benefit = (lf_retro_benefit){.quality = LF_ASSUMED}; // fees and service cost are settings
    benefit->building_count = lf_twin_count(twin, LF_BUILDINGS);
    benefit->buildings = calloc((size_t)benefit->building_count + 1, sizeof *benefit->buildings);
    if (!benefit->buildings)
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for %d buildings",
                       benefit->building_count);
    double uplift = base && plan->work_count > 0 ? s->collection_uplift_ratio : 0;
    lf_collected after = collect(s, twin, uplift, benefit->buildings);
    lf_collected before = base ? collect(s, lf_option_twin(base), 0, NULL) : after;
    benefit->households = after.households;
    benefit->area_m2 = after.area_m2;
    plan->fees = (lf_retro_change){before.cny_year, after.cny_year};
    plan->service = (lf_retro_change){before.households * s->opex_household_cny_year,
                                      after.households * s->opex_household_cny_year};
    const lf_option_result *old = base ? base : option;
    plan->parking.before_cny_year =
        figure(old, "park.revenue_cny", &benefit->quality) * s->days_per_year;
    plan->parking.after_cny_year =
        figure(option, "park.revenue_cny", &benefit->quality) * s->days_per_year;
    plan->damage.before_cny_year = expected_damage(s, old, &benefit->quality);
    plan->damage.after_cny_year = expected_damage(s, option, &benefit->quality);
    return LF_OK;
}

void lf_retro_benefit_free(lf_retro_benefit *benefit) {
    free(benefit->buildings);
    *benefit = (lf_retro_benefit){0};
}
