// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Rain, initial losses and infiltration of one step, by bands of rows in parallel; roofs after
// that. And how water is put on a cell or taken from it without losing any.
#include "drain/model.h"
#include <math.h>
#include <string.h>

enum { LANES = 8, BOOKED = 3 }; // rain, kept, soaked
// A source step with more rasters of rain than this is done in halves.
enum { RAIN_STEPS = 8 };

typedef struct lf_sources {
    const lf_drain_model *model;
    lf_drain_arrays *arrays;
    float rain_m; // everywhere, or on the mean where rain comes from rasters
    int raster_count;
    const float *raster_mm_h[RAIN_STEPS];
    float raster_weight[RAIN_STEPS]; // m per mm/h
    lf_drain_soak soak;
} lf_sources;

typedef struct lf_row_sums {
    double booked[BOOKED][LANES];
    int32_t bad;
} lf_row_sums;

static float rain_at(const lf_sources *s, size_t cell) {
    if (s->raster_count == 0) {
        return s->rain_m;
    }
    int32_t place = s->model->rain_cell[cell];
    float rain = 0;
    for (int i = 0; place >= 0 && i < s->raster_count; i++) {
        float rate = s->raster_mm_h[i][place];
        rain += rate > 0 ? rate * s->raster_weight[i] : 0; // NaN is no rain
    }
    return rain;
}

// Value k goes to lane k % LANES, so that the sums run in wide registers and in a fixed order.
static void add_lanes(double lanes[LANES], const float *restrict values,
                      const float *restrict share, int count) {
    double sums[LANES];
    memcpy(sums, lanes, sizeof sums);
    int whole = count / LANES * LANES;
    for (int k = 0; share == NULL && k < whole; k += LANES) {
        for (int lane = 0; lane < LANES; lane++) {
            sums[lane] += (double)values[k + lane];
        }
    }
    for (int k = share ? 0 : whole; k < count; k++) {
        sums[k % LANES] += (double)values[k] * (share ? (double)share[k] : 1.0);
    }
    memcpy(lanes, sums, sizeof sums);
}

// Water that soaks away takes its momentum with it; without water there is none. Only swe has it
// in the cells.
static void slow_down(lf_drain_arrays *a, size_t from, int count, const float *wet,
                      const float *soak) {
    float *restrict x = a->flux_x_m2_s + from, *restrict y = a->flux_y_m2_s + from;
    for (int k = 0; k < count; k++) {
        float left = soak[k] > 0.0f ? (wet[k] - soak[k]) / wet[k] : 1.0f;
        x[k] *= left;
        y[k] *= left;
    }
}

// Rain less the initial loss of up to a tile's width of cells: what then stands there. What
// rounding loses goes to the carry.
static void rain_run(const lf_sources *s, size_t from, int count, float *wet, lf_row_sums *sums) {
    const lf_drain_model *model = s->model;
    const float *restrict open = model->open_ratio + from;
    const float *share = model->plan.open_ratio ? model->plan.open_ratio + from : NULL;
    float *restrict loss_left = s->arrays->loss_left_m + from;
    float *restrict carry = s->arrays->carry_m + from;
    const float *restrict depth = s->arrays->depth_m + from;
    float rain[LF_DRAIN_TILE_COLS], kept[LF_DRAIN_TILE_COLS];
    for (int k = 0; k < count; k++) {
        rain[k] = s->rain_m * open[k];
    }
    for (int k = 0; s->raster_count > 0 && k < count; k++) {
        rain[k] = rain_at(s, from + (size_t)k) * open[k];
    }
    for (int k = 0; k < count; k++) {
        float loss = loss_left[k], keep = loss < rain[k] ? loss : rain[k];
        float gain = rain[k] - keep, before = depth[k];
        float sum = before + gain, taken = sum - before;
        loss_left[k] = loss - keep;
        carry[k] += (before - (sum - taken)) + (gain - taken);
        wet[k] = sum;
        kept[k] = keep;
    }
    add_lanes(sums->booked[0], rain, share, count);
    add_lanes(sums->booked[1], kept, share, count);
}

// Rain, loss and infiltration of up to a tile's width of cells.
static void source_run(const lf_sources *s, size_t from, int count, lf_row_sums *sums) {
    const lf_drain_model *model = s->model;
    const float *share = model->plan.open_ratio ? model->plan.open_ratio + from : NULL;
    float *restrict carry = s->arrays->carry_m + from;
    float *restrict depth = s->arrays->depth_m + from;
    float wet[LF_DRAIN_TILE_COLS], soaked[LF_DRAIN_TILE_COLS];
    int32_t bad = 0;
    if (s->rain_m > 0) {
        rain_run(s, from, count, wet, sums);
    } else {
        memcpy(wet, depth, (size_t)count * sizeof *wet);
    }
    for (int k = 0; k < count; k++) {
        bad |= !(wet[k] >= 0.0f && wet[k] < 10000.0f);
    }
    sums->bad |= bad;
    if (!model->infiltrates) {
        memcpy(depth, wet, (size_t)count * sizeof *depth);
        return;
    }
    float *soil = s->arrays->soaked_m + (s->soak.kind == LF_DRAIN_SOAK_CONSTANT ? 0 : from);
    lf_drain_soak_run(model, &s->soak, from, count, wet, soil, soaked);
    if (model->plan.scheme == LF_DRAIN_SWE) {
        slow_down(s->arrays, from, count, wet, soaked);
    }
    for (int k = 0; k < count; k++) {
        float left = wet[k] - soaked[k];
        carry[k] += (wet[k] - left) - soaked[k];
        depth[k] = left;
    }
    add_lanes(sums->booked[2], soaked, share, count);
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
        for (int what = 0; what < BOOKED; what++) {
            double sum = 0;
            for (int lane = 0; lane < LANES; lane++) {
                sum += sums.booked[what][lane];
            }
            s->arrays->row_sums[BOOKED * row + what] = sum;
        }
        s->arrays->row_bad[row] = sums.bad;
    }
}

// ---- single cells

void lf_drain_add_m3(const lf_drain_model *model, lf_drain_arrays *a, int cell, double volume_m3) {
    lf_drain_f32_field field = lf_drain_surface_field(a);
    double depth = volume_m3 / lf_drain_cell_area_m2(model, cell);
    lf_drain_f32_add_depth(&model->plan, &field, (size_t)cell, depth);
}

double lf_drain_take_m3(const lf_drain_model *model, lf_drain_arrays *a, int cell,
                        double volume_m3) {
    double area_m2 = lf_drain_cell_area_m2(model, cell), depth = (double)a->depth_m[cell];
    float left = (float)(depth - volume_m3 / area_m2);
    left = left > 0 ? left : 0;
    if (!(volume_m3 > 0) || !(depth > 0)) {
        return 0;
    }
    a->depth_m[cell] = left;
    if (model->plan.scheme == LF_DRAIN_SWE) {
        float share = (float)((double)left / depth);
        a->flux_x_m2_s[cell] *= share;
        a->flux_y_m2_s[cell] *= share;
    }
    return (depth - (double)left) * area_m2; // what the float really gave
}

// ---- roofs

// Returns the rain on all roofs, m3.
static double rain_on_roofs(const lf_sources *s) {
    const lf_drain_model *model = s->model;
    lf_drain_arrays *a = s->arrays;
    double cell_area = (double)model->plan.cell_m * (double)model->plan.cell_m;
    double piped = model->settings.network.roof_to_pipes_ratio;
    double kept = 0, fallen = 0;
    for (int i = 0; i < model->roof_count; i++) {
        const lf_drain_roof *roof = &model->roofs[i];
        float rain = rain_at(s, (size_t)roof->target);
        float keep = fminf(a->roof_left_m[i], rain);
        a->roof_left_m[i] -= keep;
        kept += (double)keep * (double)roof->cells;
        fallen += (double)rain * (double)roof->cells;
        double volume = ((double)rain - (double)keep) * (double)roof->cells * cell_area;
        if (!(volume > 0)) {
            continue;
        }
        if (roof->node >= 0) {
            a->node_m3[roof->node] += volume * piped;
            a->sums[SUM_TO_PIPES] += volume * piped;
            volume *= 1 - piped;
        }
        lf_drain_add_m3(model, a, roof->target, volume);
    }
    a->sums[SUM_ROOF_KEPT] += kept * cell_area;
    return fallen * cell_area;
}

double lf_drain_rain_on_roofs(const lf_drain_model *model, lf_drain_arrays *a, float rain_m) {
    return rain_on_roofs(&(lf_sources){.model = model, .arrays = a, .rain_m = rain_m});
}

// ---- one step

// The rasters that rain between two moments; false when there are too many.
static bool choose_rasters(lf_sources *s, double from_s, double until_s) {
    const lf_rain_grid *rain = s->model->rain_grid;
    size_t cells = rain ? (size_t)rain->grid.cols * (size_t)rain->grid.rows : 0;
    for (int i = 0; rain && i < rain->count; i++) {
        double begin = fmax(from_s, rain->time_s[i] + s->model->rain_offset_s);
        double end = fmin(until_s, lf_drain_rain_step_end_s(s->model, i));
        if (end > begin && s->raster_count == RAIN_STEPS) {
            return false;
        }
        if (end > begin) {
            s->raster_mm_h[s->raster_count] = rain->values + (size_t)i * cells;
            s->raster_weight[s->raster_count++] =
                (float)((end - begin) / 3.6e6 * s->model->storm.factor);
        }
    }
    return true;
}

long lf_drain_sources(const lf_drain_model *model, lf_drain_arrays *a, double from_s,
                      double until_s) {
    const lf_drain_f32_plan *plan = &model->plan;
    double cell_area = (double)plan->cell_m * (double)plan->cell_m;
    double rain_mm = lf_drain_rain_mm(model, from_s, until_s);
    if (!(rain_mm > 0) && !model->infiltrates) {
        return -1;
    }
    lf_sources s = {.model = model,
                    .arrays = a,
                    .rain_m = (float)(rain_mm / 1000),
                    .soak = lf_drain_soak_step(model, until_s - from_s)};
    if (!choose_rasters(&s, from_s, until_s)) {
        double middle_s = from_s + (until_s - from_s) / 2;
        long first_bad = lf_drain_sources(model, a, from_s, middle_s);
        return first_bad >= 0 ? first_bad : lf_drain_sources(model, a, middle_s, until_s);
    }
    lf_pool_run(model->pool, plan->bands, source_band, &s);
    double booked[BOOKED] = {0};
    bool bad = false;
    for (int row = 1; row < plan->rows + 3; row++) {
        for (int what = 0; what < BOOKED; what++) {
            booked[what] += a->row_sums[BOOKED * row + what];
        }
        bad = bad || a->row_bad[row];
    }
    lf_drain_f32_field field = lf_drain_surface_field(a);
    lf_drain_f32_measure(plan, &field, model->pool);
    if (bad) {
        return lf_drain_f32_find_bad(plan, &field);
    }
    a->sums[SUM_RAIN] += booked[0] * cell_area + (rain_mm > 0 ? rain_on_roofs(&s) : 0);
    a->sums[SUM_KEPT] += booked[1] * cell_area;
    a->sums[SUM_INFILTRATION] += booked[2] * cell_area;
    return -1;
}
