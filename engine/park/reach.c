// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// What drivers know of the network before they drive: which lots can be reached from the gates at
// all, which lots are the next ones by driving time, and which are the nearest to walk from.
#include "park/model.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static const double NEAR_LIMIT_S = 600.0; // how far a searching driver looks for alternatives
enum { NEAR_COUNT = 24, RANK_COUNT = 32 };
static const long TREE_BUDGET = 4000000; // nodes x trees kept by the router (48 MB)

typedef struct tree {
    double *cost;
    int32_t *via;
    lf_geo_search search;
    void *block;
    size_t bytes;
} tree;

static bool take_tree(const lf_park_model *model, tree *t) {
    size_t nodes = (size_t)model->graph->node_count;
    t->bytes = nodes * (sizeof(double) + 3 * sizeof(int32_t)) + 8;
    t->block = lf_memory_take(model->allocator, t->bytes);
    if (!t->block)
        return false;
    t->cost = t->block;
    t->via = (int32_t *)(t->cost + nodes);
    t->search = (lf_geo_search){t->via + nodes, t->via + 2 * nodes};
    return true;
}

// Seeds of a tree that starts at a spot instead of leading to it.
static int start_seeds(const lf_park_model *model, const lf_park_spot *spot, lf_geo_seed seeds[2]) {
    if (spot->node >= 0) {
        seeds[0] = (lf_geo_seed){spot->node, LF_PARK_ARRIVED, 0};
        return 1;
    }
    int count = 0;
    for (int way = 0; way < 2; way++) {
        int edge = model->road_edge[spot->road][way];
        if (edge < 0)
            continue;
        double rest = way == 0 ? model->road_length_m[spot->road] - spot->along_m : spot->along_m;
        seeds[count++] =
            (lf_geo_seed){model->graph->edges[edge].to, edge, rest / model->edge_speed_m_s[edge]};
    }
    return count;
}

// Driving time from the roots of an outward tree to a lot; also along its own road from `from`.
static double lot_cost_s(const lf_park_model *model, const tree *t, const lf_park_spot *from,
                         const lf_park_lot *lot) {
    double best = INFINITY;
    lf_geo_seed seeds[2];
    int count = lf_park_seeds(model, &lot->spot, NULL, seeds);
    for (int i = 0; i < count; i++)
        best = fmin(best, t->cost[seeds[i].node] + seeds[i].cost);
    if (from && from->node < 0 && from->road == lot->spot.road) {
        int way = lot->spot.along_m >= from->along_m ? 0 : 1;
        int edge = model->road_edge[from->road][way];
        if (edge >= 0)
            best =
                fmin(best, fabs(lot->spot.along_m - from->along_m) / model->edge_speed_m_s[edge]);
    }
    return best;
}

// --- reach ------------------------------------------------------------------------------------

// Names the lots that cannot be reached; an error if that is all of them.
static lf_code name_unreachable(const lf_park_model *model, lf_issues *issues, lf_error *error) {
    const lf_road *roads = lf_twin_rows(model->twin, LF_ROADS, &(int){0});
    const lf_parking *parkings = lf_twin_rows(model->twin, LF_PARKING, &(int){0});
    const lf_stall *stalls = lf_twin_rows(model->twin, LF_STALLS, &(int){0});
    int lost = 0;
    for (int l = 0; l < model->lot_count; l++) {
        const lf_park_lot *lot = &model->lots[l];
        if (lot->reachable)
            continue;
        lost++;
        int stall = model->places[model->lot_place[lot->first]].stall;
        char feature[64];
        if (lot->parking >= 0)
            snprintf(feature, sizeof feature, "parking/%u", parkings[lot->parking].row.id);
        else
            snprintf(feature, sizeof feature, "stalls/%u", stalls[stall].row.id);
        lf_issues_addf(issues, LF_WARNING, LF_TOPOLOGY, "", 0, feature,
                       "connect its road to the others, mend one-way directions, or add a gate",
                       "no gate leads to these %d places and back: roads/%u is cut off", lot->count,
                       roads[lot->spot.road].row.id);
    }
    if (lost == model->lot_count)
        return lf_fail(error, LF_TOPOLOGY, LF_FROM_INPUT,
                       "none of the %d stall places can be reached from a gate and left again: the "
                       "roads are not connected or all one-way",
                       model->place_count);
    return LF_OK;
}

// One tree from all gates with a lane in, one towards all gates with a lane out.
static lf_code find_reachable(lf_park_model *model, tree *t, lf_issues *issues, lf_error *error) {
    size_t bytes = (size_t)model->entry_count * 2 * sizeof(lf_geo_seed);
    lf_geo_seed *seeds = lf_memory_take(model->allocator, bytes);
    if (!seeds)
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for %d gates", model->entry_count);
    for (int l = 0; l < model->lot_count; l++)
        model->lots[l].reachable = true;
    for (int way = 0; way < 2; way++) {
        int count = 0;
        for (int i = 0; i < model->entry_count; i++)
            if (model->entries[i].lanes[way] > 0)
                count += way == LF_PARK_IN
                             ? start_seeds(model, &model->entries[i].spot, seeds + count)
                             : lf_park_seeds(model, &model->entries[i].spot, NULL, seeds + count);
        lf_geo_graph_tree(way == LF_PARK_IN ? &model->outward : &model->inward, NULL, seeds, count,
                          INFINITY, t->search, t->cost, t->via);
        for (int l = 0; l < model->lot_count; l++) {
            lf_geo_seed ends[2];
            const lf_park_spot *spot = &model->lots[l].spot;
            int n = way == LF_PARK_IN ? lf_park_seeds(model, spot, NULL, ends)
                                      : start_seeds(model, spot, ends);
            bool reached = false;
            for (int k = 0; k < n; k++)
                reached = reached || isfinite(t->cost[ends[k].node]);
            model->lots[l].reachable = model->lots[l].reachable && reached;
        }
    }
    lf_memory_give(model->allocator, seeds, bytes);
    return name_unreachable(model, issues, error);
}

// --- alternatives -----------------------------------------------------------------------------

typedef struct ranked {
    double value;
    int lot;
} ranked;

// Keeps the `most` smallest in order; ties go to the lower lot, which comes first.
static void keep_smallest(ranked *list, int *count, int most, double value, int lot) {
    if (*count == most && value >= list[most - 1].value)
        return;
    int at = *count < most ? (*count)++ : most - 1;
    for (; at > 0 && list[at - 1].value > value; at--)
        list[at] = list[at - 1];
    list[at] = (ranked){value, lot};
}

static void find_near(lf_park_model *model, tree *t, int lot) {
    lf_geo_seed seeds[2];
    const lf_park_spot *spot = &model->lots[lot].spot;
    int count = start_seeds(model, spot, seeds);
    lf_geo_graph_tree(&model->outward, NULL, seeds, count, NEAR_LIMIT_S, t->search, t->cost,
                      t->via);
    ranked list[NEAR_COUNT];
    int kept = 0;
    for (int l = 0; l < model->lot_count; l++) {
        if (l == lot || !model->lots[l].reachable)
            continue;
        double cost = lot_cost_s(model, t, spot, &model->lots[l]);
        if (isfinite(cost))
            keep_smallest(list, &kept, model->near_count, cost, l);
    }
    for (int k = 0; k < model->near_count; k++)
        model->near[(size_t)lot * (size_t)model->near_count + (size_t)k] =
            k < kept ? list[k].lot : -1;
}

double lf_park_lot_walk_m(const lf_park_model *model, int building, int lot) {
    lf_vec2 a = model->building_centre[building], b = model->lots[lot].centre;
    return hypot(a.x - b.x, a.y - b.y) * model->settings.walk_detour_ratio;
}

static void rank_lots(lf_park_model *model, int building) {
    ranked list[RANK_COUNT];
    int kept = 0;
    for (int l = 0; l < model->lot_count; l++)
        if (model->lots[l].reachable)
            keep_smallest(list, &kept, model->rank_count, lf_park_lot_walk_m(model, building, l),
                          l);
    for (int k = 0; k < model->rank_count; k++)
        model->rank[(size_t)building * (size_t)model->rank_count + (size_t)k] =
            k < kept ? list[k].lot : -1;
}

static lf_code take_lists(lf_park_model *model, lf_error *error) {
    model->building_count = lf_twin_count(model->twin, LF_BUILDINGS);
    if (model->building_count == 0)
        return lf_fail(error, LF_MISSING, LF_FROM_INPUT,
                       "parking needs buildings that people drive to and the twin has none: import "
                       "a buildings layer");
    size_t lots = (size_t)model->lot_count, buildings = (size_t)model->building_count;
    model->near_count = model->lot_count - 1 < NEAR_COUNT ? model->lot_count - 1 : NEAR_COUNT;
    model->rank_count = model->lot_count < RANK_COUNT ? model->lot_count : RANK_COUNT;
    model->near = lf_arena_take(model->arena, lots * (size_t)model->near_count * sizeof(int) + 1);
    model->rank = lf_arena_take(model->arena, buildings * (size_t)model->rank_count * sizeof(int));
    model->building_centre = lf_arena_take(model->arena, buildings * sizeof(lf_vec2));
    if (!model->near || !model->rank || !model->building_centre)
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for %zu parking lots", lots);
    const lf_building *rows = lf_twin_rows(model->twin, LF_BUILDINGS, &(int){0});
    for (size_t b = 0; b < buildings; b++)
        model->building_centre[b] = lf_shape_centre(&rows[b].row.shape);
    long trees = TREE_BUDGET / (model->graph->node_count > 0 ? model->graph->node_count : 1);
    long targets = (long)model->lot_count + model->entry_count;
    model->tree_slots = (int)(targets < trees ? targets : trees < 8 ? 8 : trees);
    return LF_OK;
}

lf_code lf_park_build_reach(lf_park_model *model, lf_issues *issues, lf_error *error) {
    lf_code code = take_lists(model, error);
    if (code != LF_OK)
        return code;
    tree t;
    if (!take_tree(model, &t))
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for %d road nodes",
                       model->graph->node_count);
    code = find_reachable(model, &t, issues, error);
    for (int l = 0; code == LF_OK && l < model->lot_count; l++)
        if (model->lots[l].reachable)
            find_near(model, &t, l);
    for (int b = 0; code == LF_OK && b < model->building_count; b++)
        rank_lots(model, b);
    lf_memory_give(model->allocator, t.block, t.bytes);
    return code;
}
