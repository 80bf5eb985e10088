// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Pump (排涝泵): a pump of fixed capacity from a drain node to the nearest outfall, through a
// rising main along the straight line between them.
#include "retro/measures.h"

#include <math.h>

typedef struct lf_pump {
    const char *where;
    int limit;
    double capacity_m3_s;
} lf_pump;

static const lf_field fields[] = {
    LF_PARAM_WHERE(lf_pump, "id == 0"),
    LF_PARAM_INT(lf_pump, limit, 1, 20, 2, "most nodes that the filter may select"),
    LF_PARAM_REAL(lf_pump, capacity_m3_s, 0.005, 10, 0.1, "capacity of each pump"),
};
static const lf_table params =
    LF_PARAM_TABLE("pump", "a pump from a node to the nearest outfall", fields, lf_pump);

static int nearest_outfall(const lf_spec *spec, lf_vec2 from) {
    int count = 0, best = -1;
    double best_m = INFINITY;
    const lf_drain_node *nodes = lf_spec_rows_const(spec, LF_DRAIN_NODES, &count);
    for (int i = 0; i < count; i++) {
        if (nodes[i].kind != LF_NODE_OUTFALL)
            continue;
        lf_vec2 at = lf_shape_centre(&nodes[i].row.shape);
        double away_m = hypot(at.x - from.x, at.y - from.y);
        if (away_m < best_m) {
            best_m = away_m;
            best = i;
        }
    }
    return best;
}

static lf_code add_pump(const lf_pump *p, lf_spec *spec, int index, double *main_m,
                        lf_error *error) {
    const lf_drain_node *node = lf_spec_at_const(spec, LF_DRAIN_NODES, index);
    lf_vec2 ends[2] = {lf_shape_centre(&node->row.shape), {0, 0}};
    int outfall = nearest_outfall(spec, ends[0]);
    if (outfall < 0)
        return lf_fail(error, LF_MISSING, LF_FROM_SCENARIO,
                       "pump: the drainage network has no outfall to pump to");
    const lf_drain_node *target = lf_spec_at_const(spec, LF_DRAIN_NODES, outfall);
    ends[1] = lf_shape_centre(&target->row.shape);
    lf_drain_link *link = lf_spec_add(spec, LF_DRAIN_LINKS);
    if (!link)
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for a pump");
    lf_retro_mark(spec, &link->row, &lf_retro_measure_pump, node->row.id);
    link->row.name = lf_spec_textf(spec, "排涝泵 %u", (unsigned)node->row.id);
    link->row.shape = lf_spec_line(spec, ends, 2, NULL);
    link->kind = LF_LINK_PUMP;
    link->from = node->row.id;
    link->to = target->row.id;
    link->capacity_m3_s = p->capacity_m3_s;
    *main_m += hypot(ends[1].x - ends[0].x, ends[1].y - ends[0].y);
    return LF_OK;
}

static lf_code apply(const void *given, lf_spec *spec, lf_issues *issues, lf_error *error) {
    const lf_pump *p = given;
    const lf_measure *self = &lf_retro_measure_pump;
    lf_retro_chosen chosen;
    lf_code code =
        lf_retro_choose_few(spec, self, LF_DRAIN_NODES, p->where, p->limit, &chosen, issues, error);
    double main_m = 0;
    int pumps = 0;
    for (int i = 0; i < chosen.count && code == LF_OK; i++) {
        const lf_drain_node *node = lf_spec_at_const(spec, LF_DRAIN_NODES, chosen.items[i]);
        if (node->kind == LF_NODE_OUTFALL) {
            lf_retro_warn(self, issues,
                          lf_spec_textf(spec, "drain_nodes/%u", (unsigned)node->row.id),
                          "select a manhole or gully", "an outfall needs no pump");
            continue;
        }
        code = add_pump(p, spec, chosen.items[i], &main_m, error);
        pumps++;
    }
    lf_retro_chosen_free(&chosen);
    if (code != LF_OK)
        return code;
    lf_retro_bill bills[3] = {{.label = "pumps",
                               .capex_key = "pump",
                               .life_key = "pump_life",
                               .quantity = pumps * p->capacity_m3_s},
                              {.label = "pump stations",
                               .capex_key = "pump_station",
                               .opex_key = "pump_opex",
                               .quantity = pumps},
                              {.label = "rising mains",
                               .capex_key = "pipe_dn300",
                               .opex_key = "pipe_opex",
                               .life_key = "pipe_life",
                               .quantity = main_m}};
    return lf_retro_bill_works(spec, self, bills, 3, error);
}

static const char *const keys[] = {"pump",       "pump_life", "pump_station", "pump_opex",
                                   "pipe_dn300", "pipe_opex", "pipe_life",    NULL};
const lf_measure lf_retro_measure_pump = {
    "pump",   "a pump from a drain node to the nearest outfall",
    "排涝泵", LF_DRAIN_NODES,
    &params,  keys,
    apply};
