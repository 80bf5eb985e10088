// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Parking tariff (停车收费): month and hour fees of the selected areas, with signs. What they earn
// is simulated by the parking day.
#include "retro/measures.h"

typedef struct lf_parking_fee {
    const char *where;
    double fee_month_cny;
    double fee_hour_cny;
} lf_parking_fee;

static const lf_field fields[] = {
    LF_PARAM_WHERE(lf_parking_fee, ""),
    LF_PARAM_REAL(lf_parking_fee, fee_month_cny, -1, 5000, 150, "month ticket; -1 = as it is"),
    LF_PARAM_REAL(lf_parking_fee, fee_hour_cny, -1, 100, 3, "visitors' hour; -1 = as it is"),
};
static const lf_table params =
    LF_PARAM_TABLE("parking_fee", "tariffs of parking areas", fields, lf_parking_fee);

static lf_code apply(const void *given, lf_spec *spec, lf_issues *issues, lf_error *error) {
    const lf_parking_fee *p = given;
    const lf_measure *self = &lf_retro_measure_parking_fee;
    lf_retro_chosen chosen;
    lf_code code = lf_retro_choose(spec, self, LF_PARKING, p->where, &chosen, issues, error);
    if (code != LF_OK)
        return code;
    int stalls = 0;
    for (int i = 0; i < chosen.count; i++) {
        lf_parking *parking = lf_spec_at(spec, LF_PARKING, chosen.items[i]);
        stalls += parking->capacity;
        if (p->fee_month_cny >= 0) {
            parking->fee_month_cny = p->fee_month_cny;
            lf_retro_decided(&parking->row, LF_PARKING, "fee_month_cny");
        }
        if (p->fee_hour_cny >= 0) {
            parking->fee_hour_cny = p->fee_hour_cny;
            lf_retro_decided(&parking->row, LF_PARKING, "fee_hour_cny");
        }
    }
    lf_retro_chosen_free(&chosen);
    lf_retro_bill bill = {.label = "parking signs and accounts",
                          .capex_key = "parking_sign",
                          .opex_key = "parking_sign_opex",
                          .life_key = "parking_sign_life",
                          .quantity = stalls};
    return lf_retro_bill_works(spec, self, &bill, 1, error);
}

static const char *const keys[] = {"parking_sign", "parking_sign_opex", "parking_sign_life", NULL};
const lf_measure lf_retro_measure_parking_fee = {
    "parking_fee", "month and hour fees of parking areas", "停车收费", LF_PARKING, &params, keys,
    apply};
