// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Rain, initial losses and infiltration of one step, by bands of rows in parallel; roofs after
// that.
#include "drain/model.h"
#include <math.h>
#include <string.h>

enum { LANES = 8 };

typedef struct lf_sources {
    const lf_drain_model *model;
    lf_drain_arrays *arrays;
    float rain_m, infiltration_s; // depth of rain; seconds of final infiltration rate
} lf_sources;

typedef struct lf_row_sums {
    double kept[LANES], soaked[LANES];
    int32_t bad;
} lf_row_sums;

// Rain, loss and infiltration of up to a tile's width of cells. What rounding loses goes to the
// carry.
static void source_run(const lf_sources *s, size_t from, int count, lf_row_sums *sums) {
    const float *restrict open = s->model->open_ratio + from;
    const float *restrict rate = s->model->infiltration_m_s + from;
    float *restrict loss_left = s->arrays->loss_left_m + from;
    float *restrict carry = s->arrays->carry_m + from;
    float *restrict depth = s->arrays->depth_m + from;
    const float rain_m = s->rain_m, infiltration_s = s->infiltration_s;
    float kept[LF_DRAIN_TILE_COLS], soaked[LF_DRAIN_TILE_COLS];
    int32_t bad = 0;
    for (int k = 0; k < count; k++) {
        float rain = rain_m * open[k], loss = loss_left[k];
        float keep = loss < rain ? loss : rain;
        float gain = rain - keep, before = depth[k];
        float wet = before + gain, taken = wet - before;
        float capacity = rate[k] * infiltration_s;
        float soak = wet < capacity ? wet : capacity, left = wet - soak;
        loss_left[k] = loss - keep;
        float lost = (before - (wet - taken)) + (gain - taken);
        carry[k] += lost + ((wet - left) - soak);
        depth[k] = left;
        kept[k] = keep;
        soaked[k] = soak;
        bad |= !(wet >= 0.0f && wet < 10000.0f);
    }
    sums->bad |= bad;
    for (int k = 0; k < count; k++) {
        sums->kept[k % LANES] += (double)kept[k];
        sums->soaked[k % LANES] += (double)soaked[k];
    }
}

static void source_band(void *context, int band) {
    const lf_sources *s = context;
    const lf_drain_f32_plan *plan = &s->model->plan;
    const float *tile_max = s->arrays->tile_max_m + (size_t)band * plan->tile_cols;
    int begin = 1 + band * LF_DRAIN_BAND_ROWS, end = begin + LF_DRAIN_BAND_ROWS;
    end = end < plan->rows + 3 ? end : plan->rows + 3;
    for (int row = begin; row < end; row++) {
        lf_row_sums sums;
        memset(&sums, 0, sizeof sums);
        for (int tile = 0; tile < plan->tile_cols; tile++) {
            int col = 1 + tile * LF_DRAIN_TILE_COLS, left = plan->cols + 3 - col;
            int count = left < LF_DRAIN_TILE_COLS ? left : LF_DRAIN_TILE_COLS;
            if (s->rain_m > 0 || !(tile_max[tile] <= 0)) {
                source_run(s, (size_t)row * plan->stride + col, count, &sums);
            }
        }
        double kept = 0, soaked = 0;
        for (int lane = 0; lane < LANES; lane++) {
            kept += sums.kept[lane];
            soaked += sums.soaked[lane];
        }
        s->arrays->row_sums[2 * row] = kept;
        s->arrays->row_sums[2 * row + 1] = soaked;
        s->arrays->row_bad[row] = sums.bad;
    }
}

void lf_drain_add_water(const lf_drain_model *model, lf_drain_arrays *a, int cell, double depth_m) {
    const lf_drain_f32_plan *plan = &model->plan;
    int row = cell / plan->stride, col = cell % plan->stride;
    int tile = (row - 1) / LF_DRAIN_BAND_ROWS * plan->tile_cols + (col - 1) / LF_DRAIN_TILE_COLS;
    float depth = (float)((double)a->depth_m[cell] + depth_m);
    a->depth_m[cell] = depth;
    a->tile_max_m[tile] = fmaxf(a->tile_max_m[tile], depth);
}

static void rain_on_roofs(const lf_drain_model *model, lf_drain_arrays *a, double rain_m) {
    double cell_area = (double)model->plan.cell_m * (double)model->plan.cell_m;
    double piped = model->settings.network.roof_to_pipes_ratio;
    double kept = 0;
    for (int i = 0; i < model->roof_count; i++) {
        const lf_drain_roof *roof = &model->roofs[i];
        float keep = fminf(a->roof_left_m[i], (float)rain_m);
        a->roof_left_m[i] -= keep;
        kept += (double)keep * (double)roof->cells;
        double volume = (rain_m - (double)keep) * (double)roof->cells * cell_area;
        if (!(volume > 0)) {
            continue;
        }
        if (roof->node >= 0) {
            a->node_m3[roof->node] += volume * piped;
            a->sums[SUM_TO_PIPES] += volume * piped;
            volume *= 1 - piped;
        }
        // What a float cannot hold stays in the carry of the cell.
        double before = (double)a->depth_m[roof->target], wanted = volume / cell_area;
        lf_drain_add_water(model, a, roof->target, wanted);
        a->carry_m[roof->target] += (float)(wanted - ((double)a->depth_m[roof->target] - before));
    }
    a->sums[SUM_ROOF_KEPT] += kept * cell_area;
}

// Horton (1940) as a share of the final rate, averaged over the step: 1 + (m - 1) exp(-k t).
static double infiltration_seconds(const lf_drain_model *model, double time_s, double dt_s) {
    const lf_drain_losses_settings *l = &model->settings.losses;
    double excess = l->horton_initial_ratio - 1, decay = l->horton_decay_per_h / 3600;
    double since = fmax(0, time_s - model->storm_start_s);
    if (!(excess > 0)) {
        return dt_s;
    }
    if (!(decay > 0)) {
        return dt_s * (1 + excess);
    }
    return dt_s + excess * (exp(-decay * since) - exp(-decay * (since + dt_s))) / decay;
}

long lf_drain_sources(const lf_drain_model *model, lf_drain_arrays *a, double time_s, double dt_s,
                      double rain_mm) {
    const lf_drain_f32_plan *plan = &model->plan;
    double cell_area = (double)plan->cell_m * (double)plan->cell_m;
    if (!(rain_mm > 0) && !model->infiltrates) {
        return -1;
    }
    // The rain of the ledger is what a float rain gauge says, times the cells it fell on.
    lf_sources s = {model, a, (float)(rain_mm / 1000),
                    (float)infiltration_seconds(model, time_s, dt_s)};
    lf_pool_run(model->pool, plan->bands, source_band, &s);
    double kept = 0, soaked = 0;
    bool bad = false;
    for (int row = 1; row < plan->rows + 3; row++) {
        kept += a->row_sums[2 * row];
        soaked += a->row_sums[2 * row + 1];
        bad = bad || a->row_bad[row];
    }
    lf_drain_f32_field field = lf_drain_surface_field(a);
    if (bad) {
        return lf_drain_f32_find_bad(plan, &field);
    }
    lf_drain_f32_measure(plan, &field, model->pool);
    if (rain_mm > 0) {
        rain_on_roofs(model, a, (double)s.rain_m);
    }
    a->sums[SUM_RAIN] += (double)s.rain_m * model->rain_cells * cell_area;
    a->sums[SUM_KEPT] += kept * cell_area;
    a->sums[SUM_INFILTRATION] += soaked * cell_area;
    return -1;
}
