// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Which cells belong to each road, car park and row of stalls.
#include "drain/model.h"
#include <math.h>

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
        if (lf_drain_is_ground(gather->model, k)) {
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
            if (lf_drain_is_ground(model, k) && away < nearest) {
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

lf_code lf_drain_lists_create(lf_drain_model *model, lf_error *error) {
    if (!list_layer(model, LF_ROADS, &model->roads) ||
        !list_layer(model, LF_PARKING, &model->parking) ||
        !list_layer(model, LF_STALLS, &model->stalls)) {
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for lists of cells");
    }
    return LF_OK;
}
