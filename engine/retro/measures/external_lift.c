// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// External lift (加装电梯): one lift for each staircase of the selected buildings. Each becomes an
// asset beside the building; the share of the cost that each floor pays is a matter of the
// residents and is not split here.
#include "retro/measures.h"

typedef struct lf_external_lift {
    const char *where;
    int staircases;
} lf_external_lift;

static const lf_field fields[] = {
    LF_PARAM_WHERE(lf_external_lift, "kind == 'residential' && storeys >= 5"),
    LF_PARAM_INT(lf_external_lift, staircases, 0, 12, 0,
                 "lifts for each building; 0 = one for each staircase"),
};
static const lf_table params =
    LF_PARAM_TABLE("external_lift", "lifts for walk-up buildings", fields, lf_external_lift);

static lf_code fit_lifts(lf_spec *spec, int index, int lifts, lf_error *error) {
    lf_building *building = lf_spec_at(spec, LF_BUILDINGS, index);
    building->lift = true;
    lf_retro_decided(&building->row, LF_BUILDINGS, "lift");
    for (int k = 0; k < lifts; k++) {
        lf_asset *asset = lf_spec_add(spec, LF_ASSETS);
        if (!asset)
            return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for a lift");
        lf_retro_mark(spec, &asset->row, &lf_retro_measure_external_lift, building->row.id);
        asset->row.name = lf_spec_textf(spec, "加装电梯 %u-%d", (unsigned)building->row.id, k + 1);
        asset->row.shape = lf_spec_point(spec, lf_shape_centre(&building->row.shape));
        asset->kind = "lift";
        asset->building = building->row.id;
    }
    return LF_OK;
}

static lf_code apply(const void *given, lf_spec *spec, lf_issues *issues, lf_error *error) {
    const lf_external_lift *p = given;
    const lf_measure *self = &lf_retro_measure_external_lift;
    lf_retro_chosen chosen;
    lf_code code = lf_retro_choose(spec, self, LF_BUILDINGS, p->where, &chosen, issues, error);
    int lifts = 0, without_staircases = 0;
    for (int i = 0; i < chosen.count && code == LF_OK; i++) {
        const lf_building *building = lf_spec_at_const(spec, LF_BUILDINGS, chosen.items[i]);
        if (building->lift)
            continue;
        int here = p->staircases > 0 ? p->staircases : building->staircases;
        without_staircases += here <= 0;
        here = here > 0 ? here : 1;
        lifts += here;
        code = fit_lifts(spec, chosen.items[i], here, error);
    }
    bool some = chosen.count > 0;
    lf_retro_chosen_free(&chosen);
    if (code != LF_OK)
        return code;
    if (some && lifts == 0)
        lf_retro_warn(self, issues, "", "",
                      "the selected buildings have lifts; nothing was changed");
    if (without_staircases > 0)
        lf_issues_addf(issues, LF_WARNING, LF_MISSING, "", 0, "", "give their staircases",
                       "external_lift: %d buildings without staircases get one lift each",
                       without_staircases);
    lf_retro_bill bill = {.label = "external lifts",
                          .capex_key = "external_lift",
                          .opex_key = "external_lift_opex",
                          .life_key = "external_lift_life",
                          .quantity = lifts};
    return lf_retro_bill_works(spec, self, &bill, 1, error);
}

static const char *const keys[] = {"external_lift", "external_lift_opex", "external_lift_life",
                                   NULL};
const lf_measure lf_retro_measure_external_lift = {
    "external_lift", "a lift for each staircase", "加装电梯", LF_BUILDINGS, &params, keys, apply};
