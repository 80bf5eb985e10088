// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// What is kept of the water while it flows: maxima, times, the first water in each building, what
// crosses the sections; and where it went wrong when it did.
#include "drain/model.h"
#include <math.h>
#include <stdio.h>

// ---- cells

typedef struct lf_statistics {
    const lf_drain_model *model;
    lf_drain_arrays *arrays;
    lf_drain_f32_field field;
    double time_s, span_s;
} lf_statistics;

static void note_cell(const lf_statistics *s, size_t k) {
    lf_drain_arrays *a = s->arrays;
    const float thin_m = 0.02f; // thinner films have no speed worth a map
    if (!s->model->plan.sub && a->depth_m[k] <= thin_m && a->depth_m[k] <= a->max_depth_m[k]) {
        return; // nothing new
    }
    float mean = a->depth_m[k], depth = lf_drain_local_m(s->model, (int)k, mean);
    a->max_depth_m[k] = depth > a->max_depth_m[k] ? depth : a->max_depth_m[k];
    if (depth > (float)LF_DRAIN_FLOODED_M) {
        a->duration_s[k] += (float)s->span_s;
        a->arrival_s[k] = isnan(a->arrival_s[k]) ? (float)s->time_s : a->arrival_s[k];
        a->car_duration_s[k] += depth > (float)LF_DRAIN_CAR_M ? (float)s->span_s : 0;
    }
    if (mean > thin_m) {
        float x, y;
        lf_drain_f32_flow_m2_s(&s->model->plan, &s->field, k, &x, &y);
        float speed = sqrtf(x * x + y * y) / mean, hazard = depth * (speed + 0.5f);
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

// ---- lists of cells

float lf_drain_deepest_m(const lf_drain_model *model, const lf_drain_arrays *a,
                         const lf_drain_lists *lists, int i) {
    float most = 0;
    for (int j = lists->first[i]; j < lists->first[i + 1]; j++) {
        int k = lists->cells[j];
        if (k >= 0) {
            most = fmaxf(most, lf_drain_local_m(model, k, a->depth_m[k]));
        }
    }
    return most;
}

// ---- buildings

void lf_drain_note_buildings(const lf_drain_model *model, lf_drain_arrays *a, double time_s) {
    int count = 0;
    const lf_building *buildings = lf_twin_rows(model->twin, LF_BUILDINGS, &count);
    for (int i = 0; i < model->buildings.count; i++) {
        if (isnan(a->building_s[i]) &&
            (double)lf_drain_deepest_m(model, a, &model->buildings, i) > buildings[i].sill_m) {
            a->building_s[i] = (float)time_s;
        }
    }
}

void lf_drain_note(const lf_drain_model *model, lf_drain_arrays *a, double time_s, double span_s) {
    lf_statistics s = {model, a, lf_drain_surface_field(a), time_s, span_s};
    lf_pool_run(model->pool, model->plan.bands, note_band, &s);
    lf_drain_note_buildings(model, a, time_s);
}

float lf_drain_most(const lf_drain_lists *lists, int i, const float *values) {
    float most = NAN;
    for (int j = lists->first[i]; j < lists->first[i + 1]; j++) {
        if (lists->cells[j] >= 0 && !(values[lists->cells[j]] <= most)) {
            most = values[lists->cells[j]];
        }
    }
    return most;
}

// ---- sections

double lf_drain_section_m3(const lf_drain_model *model, const lf_drain_arrays *a, int section) {
    double sum = 0;
    for (int i = model->sections[section].first; i < model->sections[section].end; i++) {
        sum += model->section_faces[i].sign * a->tally_m2[i];
    }
    return sum * (double)model->plan.cell_m;
}

void lf_drain_note_sections(const lf_drain_model *model, lf_drain_arrays *a, double dt_s) {
    for (int i = 0; i < model->section_count; i++) {
        double now = lf_drain_section_m3(model, a, i);
        float flow = (float)(fabs(now - a->section_m3[i]) / dt_s);
        a->section_peak_m3_s[i] = fmaxf(a->section_peak_m3_s[i], flow);
        a->section_m3[i] = now;
    }
}

// ---- where it went wrong

// The nearest building or road, by its name where it has one.
static void name_place(const lf_twin *twin, lf_vec2 at, char *text, size_t size) {
    static const lf_layer LAYERS[] = {LF_BUILDINGS, LF_ROADS, LF_INFLOWS, LF_CULVERTS};
    double nearest = 200;
    text[0] = 0;
    for (size_t l = 0; l < sizeof LAYERS / sizeof LAYERS[0]; l++) {
        int count = 0;
        const char *rows = lf_twin_rows(twin, LAYERS[l], &count);
        for (int i = 0; i < count; i++) {
            const lf_row *row = (const lf_row *)(rows + (size_t)i * lf_layer_row_size(LAYERS[l]));
            double away = lf_shape_distance_m(&row->shape, at);
            if (away < nearest) {
                nearest = away;
                snprintf(text, size, ", %.0f m from %s %u%s%.60s%s", away, lf_layer_name(LAYERS[l]),
                         row->id, row->name[0] ? " \"" : "", row->name, row->name[0] ? "\"" : "");
            }
        }
    }
}

lf_code lf_drain_unstable(const lf_drain_model *model, long cell, double time_s, lf_error *error) {
    int col = (int)(cell % model->plan.stride) - 2, row = (int)(cell / model->plan.stride) - 2;
    const lf_frame *frame = lf_spec_frame_const(lf_twin_spec(model->twin));
    lf_vec2 at = {model->grid.x0 + (col + 0.5) * model->grid.cell_m,
                  model->grid.y0 + (row + 0.5) * model->grid.cell_m};
    char near[160];
    name_place(model->twin, at, near, sizeof near);
    return lf_fail(error, LF_UNSTABLE, LF_FROM_RUN,
                   "the water in column %d, row %d (%.1f east, %.1f north%s) is no longer a number "
                   "of metres at %.1f s; check the inflows and the terrain there, or try a smaller "
                   "surface.courant_ratio",
                   col, row, frame->origin_east_m + at.x, frame->origin_north_m + at.y, near,
                   time_s);
}
