// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The cells around each building, and where each roof sheds its water.
#include "drain/model.h"
#include <math.h>
#include <stdlib.h>

typedef struct lf_own {
    const lf_drain_model *model;
    int *owner; // [cells] building over a cell, -1 elsewhere
    int building;
    int split; // samples along a cell's side
} lf_own;

static void own_span(void *context, int row, int from, int to) {
    const lf_own *own = context;
    for (int col = from / own->split; col <= (to - 1) / own->split; col++) {
        int k = lf_drain_cell_index(own->model, col, row / own->split);
        bool block = own->model->cover[k] == COVER_ROOF; // also of buildings as blocks
        if (block || lf_drain_roof_share(own->model, k) > 0) {
            own->owner[k] = own->building;
        }
    }
}

static bool find_owners(const lf_drain_model *model, int *owner) {
    size_t cells = (size_t)model->plan.stride * model->plan.height;
    for (size_t k = 0; k < cells; k++) {
        owner[k] = -1;
    }
    int count = 0;
    bool good = true;
    const lf_building *buildings = lf_twin_rows(model->twin, LF_BUILDINGS, &count);
    // With porosity a footprint may miss the middle of its cells.
    lf_own own = {model, owner, 0, model->plan.open_ratio || model->fine > 1 ? 8 : 1};
    lf_grid grid = model->grid;
    grid.cell_m /= own.split;
    grid.cols *= own.split;
    grid.rows *= own.split;
    for (int i = 0; good && i < count; i++) {
        own.building = i;
        good = lf_drain_raster_polygon(&grid, &buildings[i].row.shape, own_span, &own);
    }
    return good;
}

// The different buildings over a cell and its four neighbours.
static int neighbours(const lf_drain_model *model, const int *owner, int k, int found[5]) {
    int s = model->plan.stride, around[5] = {k, k - 1, k + 1, k - s, k + s}, count = 0;
    for (int i = 0; i < 5; i++) {
        int building = owner[around[i]];
        bool known = building < 0;
        for (int j = 0; j < count; j++) {
            known = known || found[j] == building;
        }
        if (!known) {
            found[count++] = building;
        }
    }
    return count;
}

// The open cells around each building; for one without any, the nearest cell.
static bool list_buildings(lf_drain_model *model, const int *owner, lf_drain_lists *lists) {
    const lf_building *buildings = lf_twin_rows(model->twin, LF_BUILDINGS, &lists->count);
    size_t slots = (size_t)lists->count + 1;
    lists->first = lf_arena_take(model->arena, slots * sizeof *lists->first);
    int *next = lf_arena_take(model->arena, slots * sizeof *next);
    if (!lists->first || !next) {
        return false;
    }
    for (int pass = 0; pass < 2; pass++) {
        for (int row = 0; row < model->grid.rows; row++) {
            for (int col = 0; col < model->grid.cols; col++) {
                int k = lf_drain_cell_index(model, col, row), found[5];
                int count = lf_drain_is_ground(model, k) ? neighbours(model, owner, k, found) : 0;
                for (int i = 0; i < count; i++) {
                    if (pass) {
                        lists->cells[next[found[i]]] = k;
                    }
                    next[found[i]]++;
                }
            }
        }
        if (pass == 0) { // counts become starts; a lonely building gets one slot
            int total = 0;
            for (int b = 0; b < lists->count; b++) {
                int count = next[b];
                lists->first[b] = next[b] = total;
                total += count > 0 ? count : 1;
            }
            lists->first[lists->count] = total;
            lists->cells = lf_arena_take(model->arena, ((size_t)total + 1) * sizeof(int));
            if (!lists->cells) {
                return false;
            }
        }
    }
    for (int b = 0; b < lists->count; b++) {
        if (next[b] == lists->first[b]) {
            int k = lf_drain_open_cell(model, lf_shape_centre(&buildings[b].row.shape), 20);
            lists->cells[lists->first[b]] = k;
        }
    }
    return true;
}

// Spreads from the ground inward: every roof cell learns the ground cell that it drains to.
static void find_targets(const lf_drain_model *model, int *target, int *queue) {
    int s = model->plan.stride, offsets[4] = {-1, 1, -s, s}, head = 0, tail = 0;
    for (int row = 0; row < model->grid.rows; row++) {
        for (int col = 0; col < model->grid.cols; col++) {
            int k = lf_drain_cell_index(model, col, row);
            target[k] = lf_drain_is_ground(model, k) ? k : -1;
            for (int i = 0; model->cover[k] == COVER_ROOF && target[k] < 0 && i < 4; i++) {
                if (lf_drain_is_ground(model, k + offsets[i])) {
                    target[k] = k + offsets[i];
                    queue[tail++] = k;
                }
            }
        }
    }
    while (head < tail) {
        int k = queue[head++];
        for (int i = 0; i < 4; i++) {
            int next = k + offsets[i];
            if (model->cover[next] == COVER_ROOF && target[next] < 0) {
                target[next] = target[k];
                queue[tail++] = next;
            }
        }
    }
}

static int compare_roofs(const void *a, const void *b) {
    const lf_drain_roof *x = a, *y = b;
    int by_target = (x->target > y->target) - (x->target < y->target);
    return by_target ? by_target : (x->building > y->building) - (x->building < y->building);
}

// ---- downpipes

typedef struct lf_downpipe {
    int building, cell;
    double x, y; // in cells
} lf_downpipe;

static const double DOWNPIPE_REACH_M = 5; // how far it may stand from its building

static int compare_downpipes(const void *a, const void *b) {
    const lf_downpipe *x = a, *y = b;
    int by_building = (x->building > y->building) - (x->building < y->building);
    return by_building ? by_building : (x->cell > y->cell) - (x->cell < y->cell);
}

static int building_at(const lf_drain_model *model, lf_vec2 at) {
    int count = 0, best = -1;
    double nearest = DOWNPIPE_REACH_M;
    const lf_building *buildings = lf_twin_rows(model->twin, LF_BUILDINGS, &count);
    for (int i = 0; i < count; i++) {
        double away = lf_shape_distance_m(&buildings[i].row.shape, at);
        if (away < nearest) {
            nearest = away;
            best = i;
        }
    }
    return best;
}

// Downpipes by building. NULL without memory.
static lf_downpipe *list_downpipes(const lf_drain_model *model, lf_arena *scratch, int *found) {
    int count = 0;
    const lf_inflow *rows = lf_twin_rows(model->twin, LF_INFLOWS, &count);
    lf_downpipe *pipes = lf_arena_take(scratch, ((size_t)count + 1) * sizeof *pipes);
    *found = 0;
    for (int i = 0; pipes && i < count; i++) {
        lf_vec2 at = lf_shape_centre(&rows[i].row.shape);
        bool downpipe = rows[i].kind == LF_INFLOW_DOWNPIPE;
        int cell =
            downpipe ? lf_drain_open_cell(model, at, fmax(DOWNPIPE_REACH_M, 2 * model->grid.cell_m))
                     : -1;
        int building = cell >= 0 ? building_at(model, at) : -1;
        if (building >= 0) {
            pipes[(*found)++] =
                (lf_downpipe){building, cell, (at.x - model->grid.x0) / model->grid.cell_m,
                              (at.y - model->grid.y0) / model->grid.cell_m};
        }
    }
    if (pipes) {
        qsort(pipes, (size_t)*found, sizeof *pipes, compare_downpipes);
    }
    return pipes;
}

// Roofs with downpipes drain to the nearest of them.
static void lead_to_downpipes(const lf_drain_model *model, const int *owner, int *target,
                              const lf_downpipe *pipes, int count) {
    for (int i = 0; count > 0 && i < model->grid.cols * model->grid.rows; i++) {
        int col = i % model->grid.cols, row = i / model->grid.cols;
        int k = lf_drain_cell_index(model, col, row), low = 0, high = count;
        while (owner[k] >= 0 && low < high) { // the first of this building
            int middle = (low + high) / 2;
            high = pipes[middle].building >= owner[k] ? middle : high;
            low = pipes[middle].building >= owner[k] ? low : middle + 1;
        }
        double nearest = INFINITY;
        for (; owner[k] >= 0 && low < count && pipes[low].building == owner[k]; low++) {
            double away = hypot(pipes[low].x - col - 0.5, pipes[low].y - row - 0.5);
            target[k] = away < nearest ? pipes[low].cell : target[k];
            nearest = fmin(nearest, away);
        }
    }
}

// ---- roofs

static bool sheds(const lf_drain_model *model, const int *owner, const int *target, size_t k) {
    return owner[k] >= 0 && target[k] >= 0 && lf_drain_roof_share(model, (int)k) > 0;
}

// One entry per roof cell, sorted and merged by (target, building). Roof cells that drain nowhere
// (no ground around) catch no rain.
static bool list_roofs(lf_drain_model *model, const int *owner, const int *target) {
    size_t room = 1;
    size_t cells = (size_t)model->plan.stride * model->plan.height;
    for (size_t k = 0; k < cells; k++) {
        room += sheds(model, owner, target, k);
    }
    model->roofs = lf_arena_take(model->arena, room * sizeof *model->roofs);
    if (!model->roofs) {
        return false;
    }
    int raw = 0, count = 0, rows = 0;
    for (size_t k = 0; k < cells; k++) {
        if (sheds(model, owner, target, k)) {
            model->roofs[raw++] =
                (lf_drain_roof){.target = target[k],
                                .building = owner[k],
                                .node = -1,
                                .cells = (float)lf_drain_roof_share(model, (int)k)};
        }
    }
    qsort(model->roofs, (size_t)raw, sizeof *model->roofs, compare_roofs);
    for (int i = 0; i < raw; i++) {
        if (count > 0 && compare_roofs(&model->roofs[count - 1], &model->roofs[i]) == 0) {
            model->roofs[count - 1].cells += model->roofs[i].cells;
        } else {
            model->roofs[count++] = model->roofs[i];
        }
    }
    model->roof_count = count;
    const lf_drain_losses_settings *l = &model->settings.losses;
    const lf_building *buildings = lf_twin_rows(model->twin, LF_BUILDINGS, &rows);
    for (int i = 0; i < count; i++) {
        double planted = buildings[model->roofs[i].building].green_roof_ratio;
        model->roofs[i].loss_m = (float)((l->loss_roof_mm + planted * l->green_roof_mm) / 1000);
    }
    return true;
}

// The node that takes a share of a roof's water: the nearest to its building.
static void connect_roofs(lf_drain_model *model) {
    int count = 0, node_rows = 0;
    const lf_building *buildings = lf_twin_rows(model->twin, LF_BUILDINGS, &count);
    const lf_drain_node *rows = lf_twin_rows(model->twin, LF_DRAIN_NODES, &node_rows);
    int last = -1, node = -1;
    bool wanted = model->settings.network.roof_to_pipes_ratio > 0 && model->node_count > 0;
    for (int b = 0; wanted && b < count; b++) {
        double nearest = model->settings.network.roof_reach_m;
        last = b;
        node = -1;
        for (int i = 0; i < model->node_count; i++) {
            lf_vec2 at = lf_shape_centre(&rows[i].row.shape);
            double away = lf_shape_distance_m(&buildings[b].row.shape, at);
            if (rows[i].kind != LF_NODE_OUTFALL && away < nearest) {
                nearest = away;
                node = i;
            }
        }
        for (int r = 0; r < model->roof_count; r++) {
            model->roofs[r].node = model->roofs[r].building == last ? node : model->roofs[r].node;
        }
    }
}

lf_code lf_drain_roofs_create(lf_drain_model *model, lf_error *error) {
    lf_arena *scratch = lf_arena_create(NULL);
    size_t bytes = (size_t)model->plan.stride * model->plan.height * sizeof(int);
    int *owner = scratch ? lf_arena_take(scratch, bytes) : NULL;
    int *target = scratch ? lf_arena_take(scratch, bytes) : NULL;
    int *queue = scratch ? lf_arena_take(scratch, bytes) : NULL;
    int pipe_count = 0;
    lf_downpipe *pipes = scratch ? list_downpipes(model, scratch, &pipe_count) : NULL;
    bool good = owner && target && queue && pipes && find_owners(model, owner) &&
                list_buildings(model, owner, &model->buildings);
    if (good) {
        find_targets(model, target, queue);
        lead_to_downpipes(model, owner, target, pipes, pipe_count);
        good = list_roofs(model, owner, target);
        connect_roofs(model);
    }
    lf_arena_destroy(scratch);
    return good ? LF_OK : lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for roofs");
}
