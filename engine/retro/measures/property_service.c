// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Property service (物业服务提升): a compound gets a fee and a share of it that is collected. Fee
// income follows from both; the better service costs the price row more for each household.
#include "retro/measures.h"

#include "retro/benefit.h"

typedef struct lf_property_service {
    const char *where;
    double fee_cny_m2_month;
    double collection_ratio;
} lf_property_service;

static const lf_field fields[] = {
    LF_PARAM_WHERE(lf_property_service, "kind == 'residential'"),
    LF_PARAM_REAL(lf_property_service, fee_cny_m2_month, 0, 20, 0.8, "fee; 0 = as it is"),
    LF_PARAM_REAL(lf_property_service, collection_ratio, 0, 1, 0.7,
                  "share collected; 0 = as it is"),
};
static const lf_table params =
    LF_PARAM_TABLE("property_service", "property fee and collection", fields, lf_property_service);

static int households_of(const lf_spec *spec, const lf_compound *compound) {
    if (compound->households > 0)
        return compound->households;
    int sum = 0, count = 0;
    const lf_building *buildings = lf_spec_rows_const(spec, LF_BUILDINGS, &count);
    for (int i = 0; i < count; i++)
        if (lf_retro_compound_of(spec, &buildings[i]) == compound)
            sum += lf_retro_households(&buildings[i]);
    return sum;
}

static lf_code apply(const void *given, lf_spec *spec, lf_issues *issues, lf_error *error) {
    const lf_property_service *p = given;
    const lf_measure *self = &lf_retro_measure_property_service;
    lf_retro_chosen chosen;
    lf_code code = lf_retro_choose(spec, self, LF_COMPOUNDS, p->where, &chosen, issues, error);
    if (code != LF_OK)
        return code;
    int households = 0;
    for (int i = 0; i < chosen.count; i++) {
        lf_compound *compound = lf_spec_at(spec, LF_COMPOUNDS, chosen.items[i]);
        households += households_of(spec, compound);
        if (p->fee_cny_m2_month > 0) {
            compound->fee_cny_m2_month = p->fee_cny_m2_month;
            lf_retro_decided(&compound->row, LF_COMPOUNDS, "fee_cny_m2_month");
        }
        if (p->collection_ratio > 0) {
            compound->collection_ratio = p->collection_ratio;
            lf_retro_decided(&compound->row, LF_COMPOUNDS, "collection_ratio");
        }
    }
    if (chosen.count > 0 && households == 0)
        lf_retro_warn(self, issues, "", "give households of the compound or its buildings",
                      "the selected compounds have no households, so the service costs nothing");
    lf_retro_chosen_free(&chosen);
    lf_retro_bill bill = {.label = "property service",
                          .capex_key = "property_service_setup",
                          .opex_key = "property_service",
                          .life_key = "property_service_life",
                          .quantity = households};
    return lf_retro_bill_works(spec, self, &bill, 1, error);
}

static const char *const keys[] = {"property_service", "property_service_setup",
                                   "property_service_life", NULL};
const lf_measure lf_retro_measure_property_service = {"property_service",
                                                      "fee level and collection of a compound",
                                                      "物业服务提升",
                                                      LF_COMPOUNDS,
                                                      &params,
                                                      keys,
                                                      apply};
