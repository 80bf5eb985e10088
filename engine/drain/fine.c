// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Sub-grid of the module: the fine ground under coarse cells, with footprints cut out, and what
// depths mean there. In state arrays depth_m is volume per area of a cell; "local" depth is water
// above the lowest ground of the cell, which is what maxima, times and figures are taken of. On
// flat cells both are the same.
#include "drain/model.h"
#include <math.h>
#include <string.h>

static const double LEAST_SHARE = 0.05; // cells with less open ground are walls

// ---- making it

typedef struct lf_fine_paint {
    lf_drain_model *model;
    double lower_m; // NaN = cut out
    uint8_t *roof;  // [fine cells]
} lf_fine_paint;

static void paint_span(void *context, int row, int from, int to) {
    const lf_fine_paint *paint = context;
    const lf_grid *fine = &paint->model->fine_grid;
    for (int col = from; col < to; col++) {
        size_t at = (size_t)row * (size_t)fine->cols + (size_t)col;
        if (isnan(paint->lower_m)) {
            paint->roof[at] = 1;
        } else {
            paint->model->fine_ground_m[at] -= paint->lower_m;
        }
    }
}

static bool paint_fine(lf_drain_model *model, uint8_t *roof) {
    int count = 0;
    bool good = true;
    const lf_green *greens = lf_twin_rows(model->twin, LF_GREEN, &count);
    for (int i = 0; good && i < count; i++) {
        lf_fine_paint paint = {model, greens[i].depression_m, roof};
        if (greens[i].depression_m > 0) {
            good = lf_drain_raster_polygon(&model->fine_grid, &greens[i].row.shape, paint_span,
                                           &paint);
        }
    }
    lf_fine_paint cut = {model, NAN, roof};
    const lf_building *buildings = lf_twin_rows(model->twin, LF_BUILDINGS, &count);
    for (int i = 0; good && i < count; i++) {
        good =
            lf_drain_raster_polygon(&model->fine_grid, &buildings[i].row.shape, paint_span, &cut);
    }
    return good;
}

static void sample_fine(lf_drain_model *model) {
    const lf_raster *terrain = lf_twin_terrain(model->twin);
    const lf_grid *g = &model->fine_grid;
    for (int row = 0; row < g->rows; row++) {
        for (int col = 0; col < g->cols; col++) {
            double z = lf_drain_cell_mean(terrain, g, col, row);
            model->fine_ground_m[(size_t)row * (size_t)g->cols + (size_t)col] = z - model->datum_m;
        }
    }
}

// Shares of a cell, its lowest ground, and its cover where the middle lies under a roof or has no
// ground while other parts have.
static void sum_up(lf_drain_model *model, const uint8_t *roof, int col, int row) {
    int n = model->fine, k = lf_drain_cell_index(model, col, row), open = 0, roofs = 0;
    double low = LF_DRAIN_WALL_M;
    for (int i = 0; i < n * n; i++) {
        size_t at = ((size_t)row * n + (size_t)(i / n)) * (size_t)model->fine_grid.cols +
                    (size_t)col * n + (size_t)(i % n);
        double *z = &model->fine_ground_m[at];
        bool ground = !isnan(*z);
        roofs += ground && roof[at];
        open += ground && !roof[at];
        *z = roof[at] ? NAN : *z;
        low = *z < low ? *z : low;
    }
    model->fine_open_ratio[k] = (float)open / (float)(n * n);
    model->fine_roof_ratio[k] = (float)roofs / (float)(n * n);
    if (open < LEAST_SHARE * n * n) {
        model->fine_roof_ratio[k] = model->cover[k] == COVER_ROOF ? 1 : model->fine_roof_ratio[k];
        model->fine_open_ratio[k] = 0;
        for (int i = 0; i < n * n; i++) {
            model->fine_ground_m[((size_t)row * n + (size_t)(i / n)) *
                                     (size_t)model->fine_grid.cols +
                                 (size_t)col * n + (size_t)(i % n)] = NAN;
        }
        model->cover[k] = model->cover[k] >= COVER_PAVED ? COVER_ROOF : model->cover[k];
        return;
    }
    if (model->cover[k] == COVER_ROOF || model->cover[k] < COVER_PAVED) {
        const lf_drain_losses_settings *l = &model->settings.losses;
        model->cover[k] = COVER_PAVED;
        model->infiltration_m_s[k] = (float)(l->paved_mm_h / 3.6e6);
        model->loss_m[k] = (float)(l->loss_paved_mm / 1000);
    }
    model->plan.ground_m[k] = (float)low;
}

bool lf_drain_fine_create(lf_drain_model *model) {
    if (model->fine == 1) {
        return true;
    }
    lf_grid *g = &model->fine_grid;
    size_t parts = (size_t)g->cols * (size_t)g->rows;
    size_t cells = (size_t)model->plan.stride * model->plan.height;
    lf_arena *scratch = lf_arena_create(NULL);
    uint8_t *roof = scratch ? lf_arena_take(scratch, parts) : NULL;
    model->fine_ground_m = lf_arena_take(model->arena, parts * sizeof *model->fine_ground_m);
    model->fine_open_ratio = lf_arena_take(model->arena, cells * sizeof(float));
    model->fine_roof_ratio = lf_arena_take(model->arena, cells * sizeof(float));
    bool good = roof && model->fine_ground_m && model->fine_open_ratio && model->fine_roof_ratio;
    if (good) {
        sample_fine(model);
        good = paint_fine(model, roof);
    }
    for (int row = 0; good && row < model->grid.rows; row++) {
        for (int col = 0; col < model->grid.cols; col++) {
            sum_up(model, roof, col, row);
        }
    }
    lf_arena_destroy(scratch);
    return good;
}

lf_code lf_drain_fine_tables(lf_drain_model *model, lf_error *error) {
    if (model->fine > 1 &&
        !lf_drain_f32_sub_create(&model->plan, model->fine_ground_m, model->fine, model->arena)) {
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for the sub-grid");
    }
    return LF_OK;
}

// ---- what depths mean

float lf_drain_local_m(const lf_drain_model *model, int cell, float depth_m) {
    if (!model->plan.sub || !(depth_m > 0)) {
        return depth_m;
    }
    float level = lf_drain_f32_level_m(&model->plan, (size_t)cell, depth_m);
    return fmaxf(level - model->plan.ground_m[cell], 0);
}

double lf_drain_fine_ground_m(const lf_drain_model *model, lf_vec2 at, int cell) {
    int col, row;
    double ground = NAN;
    if (model->fine > 1 && lf_drain_raster_cell(&model->fine_grid, at, &col, &row)) {
        ground = model->fine_ground_m[(size_t)row * (size_t)model->fine_grid.cols + (size_t)col];
    }
    return isnan(ground) ? (double)model->plan.ground_m[cell] : ground;
}

double lf_drain_area_over_m2(const lf_drain_model *model, int cell, float local_m, double over_m) {
    double whole = (double)model->plan.cell_m * (double)model->plan.cell_m;
    if (!((double)local_m > over_m)) {
        return 0;
    }
    if (model->fine == 1) {
        return whole;
    }
    int n = model->fine, count = 0;
    int col = cell % model->plan.stride - 2, row = cell / model->plan.stride - 2;
    double level = (double)model->plan.ground_m[cell] + (double)local_m;
    for (int i = 0; i < n * n; i++) {
        size_t at = ((size_t)row * n + (size_t)(i / n)) * (size_t)model->fine_grid.cols +
                    (size_t)col * n + (size_t)(i % n);
        count += level - model->fine_ground_m[at] > over_m; // NaN: no
    }
    return whole * count / (n * n);
}

const lf_grid *lf_drain_out_grid(const lf_drain_model *model) {
    return model->fine > 1 ? &model->fine_grid : &model->grid;
}

// Value of one part of a cell.
static float part_value(const lf_drain_model *model, lf_drain_spread how, float value, int cell,
                        double ground_m) {
    double low = (double)model->plan.ground_m[cell];
    switch (how) {
    case LF_DRAIN_AS_IT_IS:
        return value;
    case LF_DRAIN_AS_LOCAL:
        return (float)fmax(0, low + (double)value - ground_m);
    case LF_DRAIN_AS_VOLUME:
        return (float)fmax(0, low + (double)lf_drain_local_m(model, cell, value) - ground_m);
    default:
        return (float)(ground_m + model->datum_m);
    }
}

void lf_drain_spread_out(const lf_drain_model *model, lf_drain_spread how, const float *values,
                         float *out) {
    const lf_grid *g = lf_drain_out_grid(model);
    for (int row = 0; row < g->rows; row++) {
        for (int col = 0; col < g->cols; col++) {
            int k = lf_drain_cell_index(model, col / model->fine, row / model->fine);
            size_t to = (size_t)row * (size_t)g->cols + (size_t)col;
            bool flat = model->fine == 1;
            double ground = flat ? (double)model->plan.ground_m[k] : model->fine_ground_m[to];
            bool open = model->open_ratio[k] > 0 && !isnan(ground);
            float value = values ? values[k] : 0;
            bool same = flat && how != LF_DRAIN_AS_GROUND; // no rounding by adding and taking away
            out[to] = !open ? NAN : same ? value : part_value(model, how, value, k, ground);
        }
    }
}
