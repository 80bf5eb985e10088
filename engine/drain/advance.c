// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// One coupling step: short source steps of rain, pipes and flow, statistics every few of them, and
// at the end what the other modules want to know.
#include "drain/model.h"
#include <math.h>
#include <string.h>

enum { STATISTICS_EVERY = 5 }; // source steps

lf_code lf_drain_begin(const void *opaque, void *arrays, lf_exchange *exchange,
                       lf_option_result *result, lf_error *error) {
    (void)exchange;
    (void)error;
    const lf_drain_model *model = opaque;
    lf_drain_arrays *a = arrays;
    size_t cells = (size_t)model->plan.stride * model->plan.height;
    memcpy(a->loss_left_m, model->loss_m, cells * sizeof *a->loss_left_m);
    for (int i = 0; i < model->roof_count; i++) {
        a->roof_left_m[i] = model->roofs[i].loss_m;
    }
    lf_option_set_depth_grid(result, &model->grid);
    return lf_drain_open_outputs(model, a, result);
}

// ---- statistics

typedef struct lf_statistics {
    const lf_drain_model *model;
    lf_drain_arrays *arrays;
    double time_s, span_s;
} lf_statistics;

static void note_cell(const lf_statistics *s, size_t k) {
    const lf_drain_f32_plan *plan = &s->model->plan;
    lf_drain_arrays *a = s->arrays;
    float depth = a->depth_m[k];
    a->max_depth_m[k] = depth > a->max_depth_m[k] ? depth : a->max_depth_m[k];
    if (depth > (float)LF_DRAIN_FLOODED_M) {
        a->duration_s[k] += (float)s->span_s;
        a->arrival_s[k] = isnan(a->arrival_s[k]) ? (float)s->time_s : a->arrival_s[k];
    }
    if (depth > 0.02f) { // thinner films have no speed worth a map
        lf_drain_f32_field field = lf_drain_surface_field(a);
        float x, y;
        lf_drain_f32_flow_m2_s(plan, &field, k, &x, &y);
        float speed = sqrtf(x * x + y * y) / depth, hazard = depth * (speed + 0.5f);
        a->max_speed_m_s[k] = speed > a->max_speed_m_s[k] ? speed : a->max_speed_m_s[k];
        a->max_hazard_m2_s[k] = hazard > a->max_hazard_m2_s[k] ? hazard : a->max_hazard_m2_s[k];
    }
}

static void note_band(void *context, int band) {
    const lf_statistics *s = context;
    const lf_drain_f32_plan *plan = &s->model->plan;
    const float *tile_max = s->arrays->tile_max_m + (size_t)band * plan->tile_cols;
    int begin = 1 + band * LF_DRAIN_BAND_ROWS, end = begin + LF_DRAIN_BAND_ROWS;
    end = end < plan->rows + 2 ? end : plan->rows + 2;
    for (int row = begin > 2 ? begin : 2; row < end; row++) {
        for (int tile = 0; tile < plan->tile_cols; tile++) {
            int from = 1 + tile * LF_DRAIN_TILE_COLS, to = from + LF_DRAIN_TILE_COLS;
            from = from > 2 ? from : 2;
            to = to < plan->cols + 2 ? to : plan->cols + 2;
            for (int col = from; tile_max[tile] > 0 && col < to; col++) {
                note_cell(s, (size_t)row * plan->stride + col);
            }
        }
    }
}

static void note_statistics(const lf_drain_model *model, lf_drain_arrays *a, double time_s,
                            double span_s) {
    lf_statistics s = {model, a, time_s, span_s};
    lf_pool_run(model->pool, model->plan.bands, note_band, &s);
}

// ---- what other modules see

static float deepest(const lf_drain_lists *lists, int i, const float *depth_m) {
    float most = 0;
    for (int j = lists->first[i]; j < lists->first[i + 1]; j++) {
        if (lists->cells[j] >= 0) {
            most = fmaxf(most, depth_m[lists->cells[j]]);
        }
    }
    return most;
}

static void fill_exchange(const lf_drain_model *model, const lf_drain_arrays *a,
                          lf_exchange *exchange) {
    for (int i = 0; exchange->road_depth_m && i < model->roads.count; i++) {
        exchange->road_depth_m[i] = deepest(&model->roads, i, a->depth_m);
    }
    for (int i = 0; exchange->parking_depth_m && i < model->parking.count; i++) {
        exchange->parking_depth_m[i] = deepest(&model->parking, i, a->depth_m);
    }
    for (int i = 0; exchange->stall_depth_m && i < model->stalls.count; i++) {
        exchange->stall_depth_m[i] = deepest(&model->stalls, i, a->depth_m);
    }
    for (int i = 0; exchange->building_depth_m && i < model->buildings.count; i++) {
        exchange->building_depth_m[i] = deepest(&model->buildings, i, a->max_depth_m);
    }
}

// ---- time

static bool idle(const lf_drain_model *model, const lf_drain_arrays *a, double from_s,
                 double until_s) {
    lf_drain_f32_field field = lf_drain_surface_field(a);
    return !(lf_drain_rain_mm(model, from_s, until_s) > 0) &&
           !(lf_drain_f32_deepest_m(&model->plan, &field) > 0) &&
           !(lf_drain_pipes_m3(model, a) > 0);
}

static lf_code unstable(const lf_drain_model *model, long cell, double time_s, lf_error *error) {
    int col = (int)(cell % model->plan.stride) - 2, row = (int)(cell / model->plan.stride) - 2;
    return lf_fail(error, LF_UNSTABLE, LF_FROM_RUN,
                   "the water in column %d, row %d (x %.1f m, y %.1f m) is no longer a number of "
                   "metres at %.1f s; try a smaller surface.courant_ratio",
                   col, row, model->grid.x0 + (col + 0.5) * model->grid.cell_m,
                   model->grid.y0 + (row + 0.5) * model->grid.cell_m, time_s);
}

lf_code lf_drain_advance(const void *opaque, void *arrays, double from_s, double until_s,
                         lf_exchange *exchange, lf_error *error) {
    const lf_drain_model *model = opaque;
    lf_drain_arrays *a = arrays;
    if (!(until_s > from_s) || idle(model, a, from_s, until_s)) {
        return LF_OK;
    }
    lf_drain_f32_field field = lf_drain_surface_field(a);
    double span = until_s - from_s;
    int parts = (int)ceil(span / model->settings.surface.source_step_s - 1e-9);
    double dt = span / parts;
    double noted = from_s;
    long bad = -1, steps = 0;
    for (int part = 0; part < parts && bad < 0; part++) {
        double begin = from_s + span * part / parts, end = from_s + span * (part + 1) / parts;
        bad = lf_drain_sources(model, a, begin, dt, lf_drain_rain_mm(model, begin, end));
        if (bad >= 0) {
            return unstable(model, bad, begin, error);
        }
        lf_drain_network_step(model, a, dt);
        a->sums[SUM_BOUNDARY] += lf_drain_f32_advance(&model->plan, &field, model->pool, dt, true,
                                                      &steps, &a->sums[SUM_CELL_STEPS]);
        if ((part + 1) % STATISTICS_EVERY == 0 || part + 1 == parts) {
            note_statistics(model, a, end, end - noted);
            noted = end;
        }
    }
    a->sums[SUM_STEPS] += (double)steps;
    bad = lf_drain_f32_find_bad(&model->plan, &field);
    if (bad >= 0) {
        return unstable(model, bad, until_s, error);
    }
    fill_exchange(model, a, exchange);
    return LF_OK;
}
