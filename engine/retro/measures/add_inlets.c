// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// More inlets (增设雨水口): selected manholes and gullies get further gratings, i.e. more edge over
// which surface water falls in.
#include "retro/measures.h"

typedef struct lf_add_inlets {
    const char *where;
    int gratings;
    double length_m;
} lf_add_inlets;

static const lf_field fields[] = {
    LF_PARAM_WHERE(lf_add_inlets, "kind == 'gully'"),
    LF_PARAM_INT(lf_add_inlets, gratings, 1, 8, 1, "new gratings at each node"),
    LF_PARAM_REAL(lf_add_inlets, length_m, 0.2, 4, 1.5, "inflow edge of one grating"),
};
static const lf_table params =
    LF_PARAM_TABLE("add_inlets", "more gratings at the nodes", fields, lf_add_inlets);

static lf_code apply(const void *given, lf_spec *spec, lf_issues *issues, lf_error *error) {
    const lf_add_inlets *p = given;
    const lf_measure *self = &lf_retro_measure_add_inlets;
    lf_retro_chosen chosen;
    lf_code code = lf_retro_choose(spec, self, LF_DRAIN_NODES, p->where, &chosen, issues, error);
    if (code != LF_OK)
        return code;
    int pieces = 0;
    for (int i = 0; i < chosen.count; i++) {
        lf_drain_node *node = lf_spec_at(spec, LF_DRAIN_NODES, chosen.items[i]);
        if (node->kind == LF_NODE_OUTFALL)
            continue;
        // New gratings are clean: the clogged share is spread over the longer edge.
        double added_m = p->gratings * p->length_m, before_m = node->inlet_length_m;
        node->inlet_length_m = before_m + added_m;
        node->clogged_ratio *= before_m / node->inlet_length_m;
        pieces += p->gratings;
        lf_retro_decided(&node->row, LF_DRAIN_NODES, "inlet_length_m");
    }
    lf_retro_chosen_free(&chosen);
    lf_retro_bill bill = {.label = "new gullies",
                          .capex_key = "gully",
                          .opex_key = "gully_opex",
                          .life_key = "gully_life",
                          .quantity = pieces};
    return lf_retro_bill_works(spec, self, &bill, 1, error);
}

static const char *const keys[] = {"gully", "gully_opex", "gully_life", NULL};
const lf_measure lf_retro_measure_add_inlets = {
    "add_inlets", "selected drain nodes get more gratings",
    "增设雨水口", LF_DRAIN_NODES,
    &params,      keys,
    apply};
