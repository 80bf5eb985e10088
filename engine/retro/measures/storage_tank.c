// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Storage tank (调蓄池): a buried basin at a drain node. The node gets plan area = volume / depth,
// so the network holds the volume between the node's invert and `depth_m` above it.
#include "retro/measures.h"

typedef struct lf_storage_tank {
    const char *where;
    int limit;
    double volume_m3;
    double depth_m;
} lf_storage_tank;

static const lf_field fields[] = {
    LF_PARAM_WHERE(lf_storage_tank, "id == 0"),
    LF_PARAM_INT(lf_storage_tank, limit, 1, 20, 2, "most nodes that the filter may select"),
    LF_PARAM_REAL(lf_storage_tank, volume_m3, 1, 100000, 200, "volume at each node"),
    LF_PARAM_REAL(lf_storage_tank, depth_m, 0.5, 10, 2, "usable depth above the node's invert"),
};
static const lf_table params =
    LF_PARAM_TABLE("storage_tank", "a buried basin at a drain node", fields, lf_storage_tank);

static lf_code apply(const void *given, lf_spec *spec, lf_issues *issues, lf_error *error) {
    const lf_storage_tank *p = given;
    const lf_measure *self = &lf_retro_measure_storage_tank;
    lf_retro_chosen chosen;
    lf_code code =
        lf_retro_choose_few(spec, self, LF_DRAIN_NODES, p->where, p->limit, &chosen, issues, error);
    if (code != LF_OK)
        return code;
    int tanks = 0;
    for (int i = 0; i < chosen.count; i++) {
        lf_drain_node *node = lf_spec_at(spec, LF_DRAIN_NODES, chosen.items[i]);
        if (node->kind == LF_NODE_OUTFALL) {
            lf_retro_warn(self, issues,
                          lf_spec_textf(spec, "drain_nodes/%u", (unsigned)node->row.id),
                          "select a manhole or gully", "an outfall can hold no tank");
            continue;
        }
        node->kind = LF_NODE_STORAGE;
        node->area_m2 += p->volume_m3 / p->depth_m;
        lf_retro_decided(&node->row, LF_DRAIN_NODES, "kind");
        lf_retro_decided(&node->row, LF_DRAIN_NODES, "area_m2");
        tanks++;
    }
    lf_retro_chosen_free(&chosen);
    lf_retro_bill bill = {.label = "storage tanks",
                          .capex_key = "storage_tank",
                          .opex_key = "storage_tank_opex",
                          .life_key = "storage_tank_life",
                          .quantity = tanks * p->volume_m3};
    return lf_retro_bill_works(spec, self, &bill, 1, error);
}

static const char *const keys[] = {"storage_tank", "storage_tank_opex", "storage_tank_life", NULL};
const lf_measure lf_retro_measure_storage_tank = {
    "storage_tank", "a buried basin at a drain node", "调蓄池", LF_DRAIN_NODES, &params, keys,
    apply};
