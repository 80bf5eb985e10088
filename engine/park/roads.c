// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The drivable roads as the router wants them: two graphs in seconds, and the edges of each road.
#include "park/model.h"

#include <math.h>

static const double SLOWEST_M_S = 0.5; // a road without a usable speed is crept along

static double edge_speed(const lf_edge *edge) {
    return edge->speed_m_s >= SLOWEST_M_S ? edge->speed_m_s : SLOWEST_M_S;
}

static void index_roads(lf_park_model *model) {
    const lf_road_graph *graph = model->graph;
    for (int r = 0; r < model->road_count; r++)
        model->road_edge[r][0] = model->road_edge[r][1] = -1;
    for (int e = 0; e < graph->edge_count; e++) {
        const lf_edge *edge = &graph->edges[e];
        model->road_edge[edge->road][edge->forward ? 0 : 1] = e;
        model->road_length_m[edge->road] = edge->length_m;
        model->edge_speed_m_s[e] = edge_speed(edge);
    }
}

static bool build_graphs(lf_park_model *model) {
    const lf_road_graph *graph = model->graph;
    int count = graph->edge_count;
    const lf_allocator *allocator = model->allocator;
    size_t bytes = (size_t)count * (2 * sizeof(int) + sizeof(double));
    double *cost = lf_memory_take(allocator, bytes);
    if (!cost)
        return false;
    int *from = (int *)(cost + count), *to = from + count;
    for (int e = 0; e < count; e++) {
        from[e] = graph->edges[e].from;
        to[e] = graph->edges[e].to;
        cost[e] = fmax(graph->edges[e].length_m, 0) / model->edge_speed_m_s[e];
    }
    bool done = lf_geo_graph_build(&model->outward, graph->node_count, count, from, to, cost, false,
                                   allocator) &&
                lf_geo_graph_build(&model->inward, graph->node_count, count, from, to, cost, true,
                                   allocator);
    lf_memory_give(allocator, cost, bytes);
    return done;
}

lf_code lf_park_build_roads(lf_park_model *model, lf_error *error) {
    model->graph = lf_twin_roads(model->twin);
    model->road_count = lf_twin_count(model->twin, LF_ROADS);
    if (!model->graph || model->graph->edge_count == 0)
        return lf_fail(error, LF_MISSING, LF_FROM_INPUT,
                       "parking needs drivable roads and the twin has none: import a road layer "
                       "(for example an OSM extract) or set drivable on the roads");
    size_t edges = (size_t)model->graph->edge_count, roads = (size_t)model->road_count;
    model->edge_speed_m_s = lf_arena_take(model->arena, edges * sizeof(double));
    model->road_edge = lf_arena_take(model->arena, roads * sizeof *model->road_edge);
    model->road_length_m = lf_arena_take(model->arena, roads * sizeof(double));
    if (!model->edge_speed_m_s || !model->road_edge || !model->road_length_m)
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for %zu roads", roads);
    index_roads(model);
    if (!build_graphs(model))
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for %zu road edges", edges);
    return LF_OK;
}

int lf_park_seeds(const lf_park_model *model, const lf_park_spot *spot, const uint8_t *closed,
                  lf_geo_seed seeds[2]) {
    if (spot->node >= 0) {
        seeds[0] = (lf_geo_seed){spot->node, LF_PARK_ARRIVED, 0};
        return 1;
    }
    int count = 0;
    for (int way = 0; way < 2; way++) {
        int edge = model->road_edge[spot->road][way];
        if (edge < 0 || (closed && closed[edge]))
            continue;
        double along = way == 0 ? spot->along_m : model->road_length_m[spot->road] - spot->along_m;
        seeds[count++] = (lf_geo_seed){model->graph->edges[edge].from, edge,
                                       along / model->edge_speed_m_s[edge]};
    }
    return count;
}
