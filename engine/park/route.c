// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Routes: for every target in use a tree of fastest ways under the present closures, kept until
// another target needs its slot. A tree is a function of target and closures alone, so what the
// cache holds never changes a result.
#include "park/engine.h"

#include <math.h>

const lf_park_spot *lf_park_target_spot(const lf_park_model *m, int target) {
    return target < m->lot_count ? &m->lots[target].spot : &m->entries[target - m->lot_count].spot;
}

double lf_park_spot_on_edge_m(const lf_park_model *m, const lf_park_spot *spot, int edge) {
    if (spot->node >= 0 || spot->road != m->graph->edges[edge].road)
        return -1;
    return m->graph->edges[edge].forward ? spot->along_m
                                         : m->road_length_m[spot->road] - spot->along_m;
}

// First entry of the target's tree in tree_edge and tree_cost_s.
static size_t tree_of(const lf_park_model *m, lf_park_state *s, int target) {
    int slot = s->target_slot[target];
    const size_t nodes = (size_t)m->graph->node_count;
    if (slot >= 0 && s->tree_stamp[slot] == s->count[LF_PARK_CLOSURES])
        return (size_t)slot * nodes;
    if (slot < 0) {
        slot = (int)(s->count[LF_PARK_TREE_TURN]++ % m->tree_slots);
        if (s->tree_target[slot] >= 0)
            s->target_slot[s->tree_target[slot]] = -1;
        s->tree_target[slot] = target;
        s->target_slot[target] = slot;
    }
    size_t first = (size_t)slot * nodes;
    lf_geo_seed seeds[2];
    int count = lf_park_seeds(m, lf_park_target_spot(m, target), s->edge_closed, seeds);
    lf_geo_search scratch = {s->search_heap, s->search_slot};
    lf_geo_graph_tree(&m->inward, s->edge_closed, seeds, count, INFINITY, scratch,
                      s->tree_cost_s + first, s->tree_edge + first);
    s->tree_stamp[slot] = s->count[LF_PARK_CLOSURES];
    return first;
}

int lf_park_route_edge(const lf_park_model *m, lf_park_state *s, int target, int node) {
    return s->tree_edge[tree_of(m, s, target) + (size_t)node];
}

double lf_park_route_node_s(const lf_park_model *m, lf_park_state *s, int target, int node) {
    return s->tree_cost_s[tree_of(m, s, target) + (size_t)node];
}

double lf_park_route_spot_s(const lf_park_model *m, lf_park_state *s, int target,
                            const lf_park_spot *spot, int *edge, double *at_m) {
    const size_t first = tree_of(m, s, target);
    *edge = -1;
    *at_m = 0;
    if (spot->node >= 0) {
        *edge = s->tree_edge[first + (size_t)spot->node];
        return s->tree_cost_s[first + (size_t)spot->node];
    }
    double best = INFINITY;
    for (int way = 0; way < 2; way++) {
        int e = m->road_edge[spot->road][way];
        if (e < 0 || s->edge_closed[e])
            continue;
        double at = lf_park_spot_on_edge_m(m, spot, e);
        double end = lf_park_spot_on_edge_m(m, lf_park_target_spot(m, target), e);
        double cost = end >= at ? (end - at) / m->edge_speed_m_s[e]
                                : (m->road_length_m[spot->road] - at) / m->edge_speed_m_s[e] +
                                      s->tree_cost_s[first + (size_t)m->graph->edges[e].to];
        if (cost < best) {
            best = cost;
            *edge = e;
            *at_m = at;
        }
    }
    return best;
}
