// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Where cars come from and go to: the gates; without gates the open ends of the road network.
#include "park/model.h"

#include <math.h>
#include <stdlib.h>

static const double EDGE_OF_MAP_M = 30.0;

static int node_degree(const lf_park_model *model, int node) {
    const lf_geo_graph *out = &model->outward, *in = &model->inward;
    int degree = 0;
    for (int a = out->first[node]; a < out->first[node + 1]; a++)
        degree++;
    for (int a = in->first[node]; a < in->first[node + 1]; a++)
        if (model->graph->reverse[in->label[a]] < 0)
            degree++;
    return degree;
}

static lf_park_entry *add_entry(lf_park_model *model, int gate) {
    lf_park_entry *entry = &model->entries[model->entry_count++];
    *entry = (lf_park_entry){.gate = gate, .spot = {.node = -1, .road = -1}};
    return entry;
}

static void add_gates(lf_park_model *model) {
    int count = 0;
    const lf_gate *gates = lf_twin_rows(model->twin, LF_GATES, &count);
    const lf_access *access = lf_twin_access(model->twin, LF_GATES);
    for (int i = 0; i < count; i++) {
        int node = gates[i].node
                       ? lf_spec_find(lf_twin_spec(model->twin), LF_ROAD_NODES, gates[i].node)
                       : -1;
        if (node >= 0 && node_degree(model, node) == 0)
            node = -1;
        if ((node < 0 && access[i].road < 0) || gates[i].lanes_in + gates[i].lanes_out == 0)
            continue;
        lf_park_entry *entry = add_entry(model, i);
        entry->spot = (lf_park_spot){node, access[i].road, access[i].along_m};
        entry->lanes[LF_PARK_IN] = gates[i].lanes_in;
        entry->lanes[LF_PARK_OUT] = gates[i].lanes_out;
        entry->service_s[LF_PARK_IN] = gates[i].service_in_s;
        entry->service_s[LF_PARK_OUT] = gates[i].service_out_s;
    }
}

static void add_open_end(lf_park_model *model, int node) {
    lf_park_entry *entry = add_entry(model, -1);
    entry->spot = (lf_park_spot){node, -1, 0};
    entry->lanes[LF_PARK_IN] = entry->lanes[LF_PARK_OUT] = 1; // no service time: never a queue
}

// Dead ends at the edge of the map; without any, all dead ends; without any, the first node that
// has a road. road_nodes are the graph's nodes, index by index.
static void add_open_ends(lf_park_model *model) {
    int count = 0;
    const lf_road_node *rows = lf_twin_rows(model->twin, LF_ROAD_NODES, &count);
    int nodes = model->graph->node_count < count ? model->graph->node_count : count;
    double box[4] = {INFINITY, INFINITY, -INFINITY, -INFINITY};
    for (int n = 0; n < nodes; n++) {
        if (node_degree(model, n) == 0)
            continue;
        lf_vec2 p = lf_shape_centre(&rows[n].row.shape);
        box[0] = fmin(box[0], p.x), box[1] = fmin(box[1], p.y);
        box[2] = fmax(box[2], p.x), box[3] = fmax(box[3], p.y);
    }
    for (int pass = 0; pass < 3 && model->entry_count == 0; pass++)
        for (int n = 0; n < nodes; n++) {
            lf_vec2 p = lf_shape_centre(&rows[n].row.shape);
            double to_edge =
                fmin(fmin(p.x - box[0], box[2] - p.x), fmin(p.y - box[1], box[3] - p.y));
            int degree = node_degree(model, n);
            bool wanted = pass == 0   ? degree == 1 && to_edge <= EDGE_OF_MAP_M
                          : pass == 1 ? degree == 1
                                      : degree > 0 && model->entry_count == 0;
            if (wanted)
                add_open_end(model, n);
        }
}

lf_code lf_park_build_entries(lf_park_model *model, lf_issues *issues, lf_error *error) {
    model->gate_count = lf_twin_count(model->twin, LF_GATES);
    size_t most = (size_t)model->gate_count + (size_t)model->graph->node_count;
    model->entries = lf_arena_take(model->arena, most * sizeof *model->entries);
    if (!model->entries)
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for %zu gates", most);
    add_gates(model);
    if (model->entry_count == 0) {
        add_open_ends(model);
        lf_issues_addf(issues, LF_WARNING, LF_MISSING, "", 0, "gates",
                       "add a gates layer with lanes and service times",
                       "the twin has no usable gate: cars come and go at %d open ends of the road "
                       "network without waiting",
                       model->entry_count);
    }
    int lanes = 0, in = 0, out = 0;
    for (int i = 0; i < model->entry_count; i++)
        for (int way = 0; way < 2; way++) {
            model->entries[i].first_lane[way] = lanes;
            lanes += model->entries[i].lanes[way];
            *(way == LF_PARK_IN ? &in : &out) += model->entries[i].lanes[way];
        }
    model->lane_count = lanes;
    if (in == 0 || out == 0)
        return lf_fail(error, LF_MISSING, LF_FROM_INPUT,
                       "no gate has a lane %s: give at least one gate lanes_%s above 0",
                       in == 0 ? "in" : "out", in == 0 ? "in" : "out");
    return LF_OK;
}
