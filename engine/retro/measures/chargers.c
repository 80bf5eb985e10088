// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Chargers (充电桩): stalls of the selected parking areas get a charger until a share or a number
// is reached, whichever is more. Each becomes an asset. What charging earns is simulated by the
// parking day and is not part of the measure.
#include "retro/measures.h"

#include <math.h>
#include <stdlib.h>

typedef struct lf_chargers {
    const char *where;
    double share_ratio;
    int count;
    double charger_kw;
} lf_chargers;

static const lf_field fields[] = {
    LF_PARAM_WHERE(lf_chargers, ""),
    LF_PARAM_REAL(lf_chargers, share_ratio, 0, 1, 0.1, "share of each area's stalls"),
    LF_PARAM_INT(lf_chargers, count, 0, 1000, 0, "chargers in each area, if more than the share"),
    LF_PARAM_REAL(lf_chargers, charger_kw, 2, 120, 7, "power of one charger"),
};
static const lf_table params =
    LF_PARAM_TABLE("chargers", "chargers for electric cars", fields, lf_chargers);

static lf_code add_asset(lf_spec *spec, lf_vec2 at, double charger_kw, lf_error *error) {
    lf_asset *asset = lf_spec_add(spec, LF_ASSETS);
    if (!asset)
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for a charger");
    lf_retro_mark(spec, &asset->row, &lf_retro_measure_chargers, 0);
    asset->row.name = lf_spec_textf(spec, "充电桩 %.0f kW", charger_kw);
    asset->row.shape = lf_spec_point(spec, at);
    asset->kind = "charger";
    return LF_OK;
}

// How many chargers the area has: rows of its stalls with power, or the number in its own row.
static int chargers_now(const lf_spec *spec, const lf_parking *parking) {
    int count = 0, powered = 0;
    const lf_stall *stalls = lf_spec_rows_const(spec, LF_STALLS, &count);
    for (int i = 0; i < count; i++)
        powered += stalls[i].parking == parking->row.id && stalls[i].charger_kw > 0;
    return powered > parking->chargers ? powered : parking->chargers;
}

static lf_code equip(const lf_chargers *p, lf_spec *spec, int index, int *added, lf_error *error) {
    lf_parking *parking = lf_spec_at(spec, LF_PARKING, index);
    int wanted = (int)ceil(p->share_ratio * parking->capacity - 1e-9);
    wanted = p->count > wanted ? p->count : wanted;
    wanted = wanted > parking->capacity ? parking->capacity : wanted;
    int left = wanted - chargers_now(spec, parking);
    if (left <= 0)
        return LF_OK;
    *added += left;
    parking->chargers = wanted;
    lf_retro_decided(&parking->row, LF_PARKING, "chargers");
    lf_code code = LF_OK;
    int stalls = lf_spec_count(spec, LF_STALLS);
    for (int i = 0; i < stalls && left > 0 && code == LF_OK; i++) {
        lf_stall *stall = lf_spec_at(spec, LF_STALLS, i);
        if (stall->parking != parking->row.id || stall->charger_kw > 0)
            continue;
        stall->charger_kw = p->charger_kw;
        code = add_asset(spec, lf_shape_centre(&stall->row.shape), p->charger_kw, error);
        left--;
    }
    for (; left > 0 && code == LF_OK; left--)
        code = add_asset(spec, lf_shape_centre(&parking->row.shape), p->charger_kw, error);
    return code;
}

static lf_code apply(const void *given, lf_spec *spec, lf_issues *issues, lf_error *error) {
    const lf_chargers *p = given;
    const lf_measure *self = &lf_retro_measure_chargers;
    lf_retro_chosen chosen;
    lf_code code = lf_retro_choose(spec, self, LF_PARKING, p->where, &chosen, issues, error);
    int added = 0;
    for (int i = 0; i < chosen.count && code == LF_OK; i++)
        code = equip(p, spec, chosen.items[i], &added, error);
    bool some = chosen.count > 0;
    lf_retro_chosen_free(&chosen);
    if (code != LF_OK)
        return code;
    if (some && added == 0)
        lf_retro_warn(self, issues, "", "raise share_ratio or count",
                      "the selected areas have no stalls or enough chargers; nothing was changed");
    lf_retro_bill bill = {.label = "chargers",
                          .capex_key = "charger",
                          .opex_key = "charger_opex",
                          .life_key = "charger_life",
                          .quantity = added};
    return lf_retro_bill_works(spec, self, &bill, 1, error);
}

static const char *const keys[] = {"charger", "charger_opex", "charger_life", NULL};
const lf_measure lf_retro_measure_chargers = {
    "chargers", "stalls get chargers", "充电桩", LF_PARKING, &params, keys, apply};
