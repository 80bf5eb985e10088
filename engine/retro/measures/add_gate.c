// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// A new gate (新增出入口) at road nodes that the scenario names. A filter that hits many nodes is
// refused: a gate is a decision about one place.
#include "retro/measures.h"

typedef struct lf_add_gate {
    const char *where;
    const char *name;
    int limit;
    int lanes_in;
    int lanes_out;
    double service_in_s;
    double service_out_s;
} lf_add_gate;

static const lf_field fields[] = {
    LF_PARAM_WHERE(lf_add_gate, "id == 0"),
    {.name = "name",
     .doc = "name of the gate",
     .type = LF_TEXT,
     .place = LF_AT_SETTING,
     .offset = offsetof(lf_add_gate, name),
     .initial_text = "新增出入口"},
    LF_PARAM_INT(lf_add_gate, limit, 1, 20, 2, "most nodes that the filter may select"),
    LF_PARAM_INT(lf_add_gate, lanes_in, 0, 6, 1, "lanes in"),
    LF_PARAM_INT(lf_add_gate, lanes_out, 0, 6, 1, "lanes out"),
    LF_PARAM_REAL(lf_add_gate, service_in_s, 2, 60, 8, "time to pass inward"),
    LF_PARAM_REAL(lf_add_gate, service_out_s, 2, 60, 12, "time to pass outward"),
};
static const lf_table params =
    LF_PARAM_TABLE("add_gate", "a new vehicle gate", fields, lf_add_gate);

static bool has_gate(const lf_spec *spec, lf_id node) {
    int count = 0;
    const lf_gate *gates = lf_spec_rows_const(spec, LF_GATES, &count);
    for (int i = 0; i < count; i++)
        if (gates[i].node == node)
            return true;
    return false;
}

static lf_code build_gate(const lf_add_gate *p, lf_spec *spec, int index, lf_error *error) {
    const lf_road_node *node = lf_spec_at_const(spec, LF_ROAD_NODES, index);
    lf_gate *gate = lf_spec_add(spec, LF_GATES);
    if (!gate)
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for a gate");
    lf_retro_mark(spec, &gate->row, &lf_retro_measure_add_gate, node->row.id);
    gate->row.name = lf_spec_text(spec, p->name);
    gate->row.shape = lf_spec_point(spec, lf_shape_centre(&node->row.shape));
    gate->node = node->row.id;
    gate->lanes_in = p->lanes_in;
    gate->lanes_out = p->lanes_out;
    gate->service_in_s = p->service_in_s;
    gate->service_out_s = p->service_out_s;
    return LF_OK;
}

static lf_code apply(const void *given, lf_spec *spec, lf_issues *issues, lf_error *error) {
    const lf_add_gate *p = given;
    const lf_measure *self = &lf_retro_measure_add_gate;
    if (p->lanes_in + p->lanes_out < 1)
        return lf_fail(error, LF_RANGE, LF_FROM_SCENARIO,
                       "add_gate: lanes_in and lanes_out are both 0; give the gate a lane");
    lf_retro_chosen chosen;
    lf_code code =
        lf_retro_choose_few(spec, self, LF_ROAD_NODES, p->where, p->limit, &chosen, issues, error);
    int built = 0;
    for (int i = 0; i < chosen.count && code == LF_OK; i++) {
        const lf_road_node *node = lf_spec_at_const(spec, LF_ROAD_NODES, chosen.items[i]);
        if (has_gate(spec, node->row.id)) {
            lf_retro_warn(self, issues,
                          lf_spec_textf(spec, "road_nodes/%u", (unsigned)node->row.id),
                          "use gate_lanes to enlarge it", "there is a gate at this node already");
            continue;
        }
        code = build_gate(p, spec, chosen.items[i], error);
        built++;
    }
    lf_retro_chosen_free(&chosen);
    if (code != LF_OK)
        return code;
    lf_retro_bill bills[2] = {{.label = "new gates", .capex_key = "gate", .quantity = built},
                              {.label = "lanes of new gates",
                               .capex_key = "gate_lane",
                               .opex_key = "gate_lane_opex",
                               .life_key = "gate_lane_life",
                               .quantity = built * (p->lanes_in + p->lanes_out)}};
    return lf_retro_bill_works(spec, self, bills, 2, error);
}

static const char *const keys[] = {"gate", "gate_lane", "gate_lane_opex", "gate_lane_life", NULL};
const lf_measure lf_retro_measure_add_gate = {
    "add_gate", "a new vehicle gate at a road node", "新增出入口", LF_ROAD_NODES, &params, keys,
    apply};
