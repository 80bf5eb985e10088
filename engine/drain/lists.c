// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Which cells belong to each road, car park, row of stalls and building, and where each roof sheds
// its water.
#include "drain/model.h"
#include <math.h>
#include <stdlib.h>

// Collects cells of one row of a layer: counts first, then writes.
typedef struct lf_gather {
    const lf_drain_model *model;
    int *cells; // NULL = count only
    int count;
} lf_gather;

static void gather_span(void *context, int row, int from, int to) {
    lf_gather *gather = context;
    for (int col = from; col < to; col++) {
        int k = lf_drain_cell_index(gather->model, col, row);
        if (gather->model->open_ratio[k] > 0) {
            if (gather->cells) {
                gather->cells[gather->count] = k;
            }
            gather->count++;
        }
    }
}

int lf_drain_open_cell(const lf_drain_model *model, lf_vec2 point, double reach_m) {
    const lf_grid *g = &model->grid;
    int col, row, best = -1;
    if (!lf_drain_raster_cell(g, point, &col, &row)) {
        return -1;
    }
    int reach = (int)ceil(reach_m / g->cell_m);
    double nearest = reach_m + g->cell_m;
    for (int r = row - reach; r <= row + reach; r++) {
        for (int c = col - reach; c <= col + reach; c++) {
            if (r < 0 || c < 0 || r >= g->rows || c >= g->cols) {
                continue;
            }
            int k = lf_drain_cell_index(model, c, r);
            double away = hypot(c - col, r - row) * g->cell_m;
            if (model->open_ratio[k] > 0 && away < nearest) {
                nearest = away;
                best = k;
            }
        }
    }
    return best;
}

static bool gather_row(lf_gather *gather, lf_layer layer, const lf_row *row) {
    const lf_drain_model *model = gather->model;
    bool good = true;
    int before = gather->count;
    if (layer == LF_ROADS) {
        const lf_road *road = (const lf_road *)row;
        lf_drain_raster_line(&model->grid, &row->shape, road->width_m / 2, gather_span, gather);
    } else {
        good = lf_drain_raster_polygon(&model->grid, &row->shape, gather_span, gather);
    }
    if (gather->count == before && layer != LF_ROADS) {
        // Smaller than a cell: the cell of its centre.
        int k = lf_drain_open_cell(model, lf_shape_centre(&row->shape), 2 * model->grid.cell_m);
        if (k >= 0) {
            if (gather->cells) {
                gather->cells[gather->count] = k;
            }
            gather->count++;
        }
    }
    return good;
}

static bool list_layer(lf_drain_model *model, lf_layer layer, lf_drain_lists *lists) {
    int count = 0;
    const char *rows = lf_twin_rows(model->twin, layer, &count);
    size_t size = lf_layer_row_size(layer);
    lists->count = count;
    lists->first = lf_arena_take(model->arena, ((size_t)count + 1) * sizeof *lists->first);
    bool good = lists->first != NULL;
    for (int pass = 0; good && pass < 2; pass++) {
        lf_gather gather = {model, pass ? lists->cells : NULL, 0};
        for (int i = 0; good && i < count; i++) {
            lists->first[i] = gather.count;
            good = gather_row(&gather, layer, (const lf_row *)(rows + (size_t)i * size));
        }
        lists->first[count] = gather.count;
        if (pass == 0) {
            lists->cells =
                lf_arena_take(model->arena, ((size_t)gather.count + 1) * sizeof *lists->cells);
            good = good && lists->cells;
        }
    }
    return good;
}

// ---- buildings and roofs

typedef struct lf_own {
    const lf_drain_model *model;
    int *owner; // [cells] building of a roof cell, -1 elsewhere
    int building;
} lf_own;

static void own_span(void *context, int row, int from, int to) {
    const lf_own *own = context;
    for (int col = from; col < to; col++) {
        int k = lf_drain_cell_index(own->model, col, row);
        if (own->model->cover[k] == COVER_ROOF) {
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
    lf_own own = {model, owner, 0};
    for (int i = 0; good && i < count; i++) {
        own.building = i;
        good = lf_drain_raster_polygon(&model->grid, &buildings[i].row.shape, own_span, &own);
    }
    return good;
}

// The different buildings among a cell's four neighbours.
static int neighbours(const lf_drain_model *model, const int *owner, int k, int found[4]) {
    int s = model->plan.stride, around[4] = {k - 1, k + 1, k - s, k + s}, count = 0;
    for (int i = 0; i < 4; i++) {
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
                int k = lf_drain_cell_index(model, col, row), found[4];
                int count = model->open_ratio[k] > 0 ? neighbours(model, owner, k, found) : 0;
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

lf_code lf_drain_lists_create(lf_drain_model *model, lf_error *error) {
    if (!list_layer(model, LF_ROADS, &model->roads) ||
        !list_layer(model, LF_PARKING, &model->parking) ||
        !list_layer(model, LF_STALLS, &model->stalls)) {
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for lists of cells");
    }
    return LF_OK;
}

// Spreads from the ground inward: every roof cell learns the ground cell that it drains to.
static void find_targets(const lf_drain_model *model, int *target, int *queue) {
    int s = model->plan.stride, offsets[4] = {-1, 1, -s, s}, head = 0, tail = 0;
    for (int row = 0; row < model->grid.rows; row++) {
        for (int col = 0; col < model->grid.cols; col++) {
            int k = lf_drain_cell_index(model, col, row);
            target[k] = -1;
            for (int i = 0; model->cover[k] == COVER_ROOF && target[k] < 0 && i < 4; i++) {
                if (model->open_ratio[k + offsets[i]] > 0) {
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

// One entry per roof cell, sorted and merged by (target, building). Roof cells that drain nowhere
// (no ground around) catch no rain.
static bool list_roofs(lf_drain_model *model, const int *owner, const int *target) {
    size_t room = 1;
    size_t cells = (size_t)model->plan.stride * model->plan.height;
    for (size_t k = 0; k < cells; k++) {
        room += model->cover[k] == COVER_ROOF && target[k] >= 0 && owner[k] >= 0;
    }
    model->roofs = lf_arena_take(model->arena, room * sizeof *model->roofs);
    if (!model->roofs) {
        return false;
    }
    int raw = 0, count = 0, rows = 0;
    for (size_t k = 0; k < cells; k++) {
        if (model->cover[k] == COVER_ROOF && target[k] >= 0 && owner[k] >= 0) {
            model->roofs[raw++] =
                (lf_drain_roof){.target = target[k], .building = owner[k], .node = -1, .cells = 1};
        }
    }
    model->rain_cells += raw;
    qsort(model->roofs, (size_t)raw, sizeof *model->roofs, compare_roofs);
    for (int i = 0; i < raw; i++) {
        if (count > 0 && compare_roofs(&model->roofs[count - 1], &model->roofs[i]) == 0) {
            model->roofs[count - 1].cells += 1;
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
    bool good = owner && target && queue && find_owners(model, owner) &&
                list_buildings(model, owner, &model->buildings);
    if (good) {
        find_targets(model, target, queue);
        good = list_roofs(model, owner, target);
        connect_roofs(model);
    }
    lf_arena_destroy(scratch);
    return good ? LF_OK : lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for roofs");
}
