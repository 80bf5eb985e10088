// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Settings of the retro module. Defaults are the working assumptions that README.md sources.
#include "lifang/retro.h"

#include <stddef.h>

#define REAL(member_, low_, high_, initial_, doc_)                                                 \
    {                                                                                              \
        .name = #member_, .doc = doc_, .type = LF_REAL, .place = LF_AT_SETTING,                    \
        .offset = offsetof(lf_retro_settings, member_), .low = low_, .high = high_,                \
        .initial = initial_                                                                        \
    }
#define WHOLE(member_, low_, high_, initial_, doc_)                                                \
    {                                                                                              \
        .name = #member_, .doc = doc_, .type = LF_INT, .place = LF_AT_SETTING,                     \
        .offset = offsetof(lf_retro_settings, member_), .low = low_, .high = high_,                \
        .initial = initial_                                                                        \
    }
#define PART(group_, member_, high_, initial_, doc_)                                               \
    {                                                                                              \
        .name = #member_, .doc = doc_, .type = LF_REAL, .place = LF_AT_SETTING,                    \
        .offset =                                                                                  \
            offsetof(lf_retro_settings, group_.member_) - offsetof(lf_retro_settings, group_),     \
        .low = 0, .high = high_, .initial = initial_                                               \
    }
#define COUNT(array_) ((int)(sizeof array_ / sizeof *array_))
#define MEMBER_SIZE(member_) (sizeof((lf_retro_settings *)0)->member_)

static const char *const contract_kinds[] = {"epc", "epc_o", "c_epc_o", NULL};

static const lf_field contract_fields[] = {
    {.name = "kind",
     .doc = "who builds and who operates",
     .type = LF_ENUM,
     .place = LF_AT_SETTING,
     .offset = 0,
     .initial = LF_RETRO_EPC,
     .names = contract_kinds},
    PART(contract, consulting_ratio, 0.3, 0.06,
         "consulting, survey, design, as share of the works"),
    PART(contract, contingency_ratio, 0.5, 0.08, "contingency, as share of the works"),
};
static const lf_table contract_table = {
    "contract", "kind of contract and costs on top of the works", contract_fields,
    COUNT(contract_fields), MEMBER_SIZE(contract)};

static const lf_field share_fields[] = {
    PART(shares, state_ratio, 1, 0, "share of the capex paid by the state"),
    PART(shares, city_ratio, 1, 0, "share paid by city and district"),
    PART(shares, residents_ratio, 1, 0, "share paid by the residents"),
    PART(shares, operator_ratio, 1, 1, "share that operation has to pay back"),
};
static const lf_table share_table = {"shares", "who pays the capex; the shares add to 1",
                                     share_fields, COUNT(share_fields), MEMBER_SIZE(shares)};

static const lf_field fields[] = {
    WHOLE(horizon_years, 1, 60, 15, "years counted from the start of construction"),
    REAL(discount_ratio, -0.5, 1, 0.06, "nominal discount rate a year"),
    {.name = "start",
     .doc = "start of construction: year-month or year",
     .type = LF_TEXT,
     .place = LF_AT_SETTING,
     .offset = offsetof(lf_retro_settings, start),
     .initial_text = "2026-03"},
    WHOLE(construction_months, 0, 120, 12, "capex is spread evenly over these months"),
    {.name = "contract",
     .doc = "kind of contract",
     .type = LF_GROUP,
     .place = LF_AT_SETTING,
     .offset = offsetof(lf_retro_settings, contract),
     .group = &contract_table},
    {.name = "shares",
     .doc = "who pays the capex",
     .type = LF_GROUP,
     .place = LF_AT_SETTING,
     .offset = offsetof(lf_retro_settings, shares),
     .group = &share_table},
    REAL(dwelling_area_m2, 10, 500, 60, "floor area of dwellings for which the twin has none"),
    REAL(fee_cny_m2_month, 0, 50, 0.5, "property fee where the compound states none"),
    REAL(collection_ratio, 0, 1, 0.473, "share of the property fee that is paid today"),
    REAL(collection_uplift_ratio, 0, 1, 0.1, "added to it after works, up to 0.98 in all"),
    REAL(opex_household_cny_year, 0, 20000, 240, "cost of the property service for a household"),
    REAL(days_per_year, 1, 366, 365, "days like the simulated one, for parking income"),
    REAL(ramp_years, 0, 10, 2, "time until the full effect on income"),
    REAL(price_index_ratio, -0.2, 0.5, 0.02, "yearly rise of upkeep, renewals and damage"),
    REAL(wage_index_ratio, -0.2, 0.5, 0.04, "yearly rise of the property service's cost"),
    REAL(fee_index_ratio, -0.2, 0.5, 0.02, "yearly rise of fees and tariffs"),
    REAL(tax_ratio, 0, 0.5, 0, "taxes as share of all income; no profit tax is modelled"),
    REAL(residual_ratio, 0, 1, 0, "share of the works' straight-line residual paid at the end"),
    REAL(storm_period_years, 1, 10000, 20,
         "return period of the storm where drain does not state one (gauge or uniform rain)"),
    {.name = "count_avoided_damage",
     .doc = "avoided flood damage counts in NPV, IRR and payback",
     .type = LF_BOOL,
     .place = LF_AT_SETTING,
     .offset = offsetof(lf_retro_settings, count_avoided_damage),
     .initial = 0},
};
const lf_table lf_retro_settings_table = {"retro", "retrofit money", fields, COUNT(fields),
                                          sizeof(lf_retro_settings)};
