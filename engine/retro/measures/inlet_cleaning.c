// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Inlet cleaning (雨水口清掏): gullies are emptied once and then kept clean by a yearly contract.
#include "retro/measures.h"

#include <math.h>

typedef struct lf_inlet_cleaning {
    const char *where;
    double clogged_ratio;
} lf_inlet_cleaning;

static const lf_field fields[] = {
    LF_PARAM_WHERE(lf_inlet_cleaning, ""),
    LF_PARAM_REAL(lf_inlet_cleaning, clogged_ratio, 0, 0.9, 0, "share that stays clogged"),
};
static const lf_table params =
    LF_PARAM_TABLE("inlet_cleaning", "gullies kept clean", fields, lf_inlet_cleaning);

static lf_code apply(const void *given, lf_spec *spec, lf_issues *issues, lf_error *error) {
    const lf_inlet_cleaning *p = given;
    const lf_measure *self = &lf_retro_measure_inlet_cleaning;
    lf_retro_chosen chosen;
    lf_code code = lf_retro_choose(spec, self, LF_DRAIN_NODES, p->where, &chosen, issues, error);
    if (code != LF_OK)
        return code;
    int pieces = 0;
    for (int i = 0; i < chosen.count; i++) {
        lf_drain_node *node = lf_spec_at(spec, LF_DRAIN_NODES, chosen.items[i]);
        if (node->inlet_length_m <= 0)
            continue; // a sealed cover has nothing to clean
        pieces++;
        node->clogged_ratio = fmin(node->clogged_ratio, p->clogged_ratio);
        lf_retro_decided(&node->row, LF_DRAIN_NODES, "clogged_ratio");
    }
    if (chosen.count > 0 && pieces == 0)
        lf_retro_warn(self, issues, "", "select nodes with inlet_length_m > 0",
                      "none of the selected nodes has an inlet; nothing was changed");
    lf_retro_chosen_free(&chosen);
    lf_retro_bill bill = {.label = "gullies cleaned",
                          .capex_key = "inlet_cleaning",
                          .opex_key = "inlet_cleaning_opex",
                          .quantity = pieces};
    return lf_retro_bill_works(spec, self, &bill, 1, error);
}

static const char *const keys[] = {"inlet_cleaning", "inlet_cleaning_opex", NULL};
const lf_measure lf_retro_measure_inlet_cleaning = {"inlet_cleaning",
                                                    "gullies are cleaned and kept clean",
                                                    "雨水口清掏",
                                                    LF_DRAIN_NODES,
                                                    &params,
                                                    keys,
                                                    apply};
