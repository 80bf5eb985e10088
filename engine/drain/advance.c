// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// One coupling step: short source steps of rain, inflow, structures, pipes and flow, statistics
// every few of them, and at the end what the other modules want to know.
#include "drain/device.h"
#include <math.h>
#include <string.h>

// Water that the twin says is there when the run starts.
static void flood_first(const lf_drain_model *model, lf_drain_arrays *a) {
    const lf_raster *start = lf_twin_raster(model->twin, LF_RASTER_START_DEPTH);
    for (int i = 0; start && i < model->grid.cols * model->grid.rows; i++) {
        int col = i % model->grid.cols, row = i / model->grid.cols;
        int k = lf_drain_cell_index(model, col, row);
        double depth = lf_drain_cell_mean(start, &model->grid, col, row);
        if (model->open_ratio[k] > 0 && depth > 0) {
            float share = model->fine > 1 ? model->fine_open_ratio[k] : 1;
            a->depth_m[k] = share * (float)depth;
        }
    }
    lf_drain_f32_field field = lf_drain_surface_field(a);
    lf_drain_f32_measure(&model->plan, &field, model->pool);
    a->sums[SUM_START] = lf_drain_f32_volume_m3(&model->plan, &field);
    lf_drain_note(model, a, 0, 0);
}

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
    flood_first(model, a);
    lf_option_set_depth_grid(result, lf_drain_out_grid(model));
    return lf_drain_open_outputs(model, a, result);
}

// ---- what other modules see

static float garage_m(const lf_drain_model *model, const lf_drain_arrays *a, int i) {
    double area_m2 = model->garage_full_m3[i] / model->settings.structures.garage_height_m;
    return (float)(a->garage_m3[i] / area_m2);
}

static void fill_exchange(const lf_drain_model *model, const lf_drain_arrays *a,
                          lf_exchange *exchange) {
    for (int i = 0; exchange->road_depth_m && i < model->roads.count; i++) {
        exchange->road_depth_m[i] = lf_drain_deepest_m(model, a, &model->roads, i);
    }
    for (int i = 0; exchange->parking_depth_m && i < model->parking.count; i++) {
        exchange->parking_depth_m[i] = lf_drain_deepest_m(model, a, &model->parking, i);
        if (model->garage_full_m3[i] > 0) { // what came down the ramp
            exchange->parking_depth_m[i] = garage_m(model, a, i);
        }
    }
    for (int i = 0; exchange->stall_depth_m && i < model->stalls.count; i++) {
        exchange->stall_depth_m[i] = lf_drain_deepest_m(model, a, &model->stalls, i);
    }
    for (int i = 0; exchange->building_depth_m && i < model->buildings.count; i++) {
        exchange->building_depth_m[i] =
            fmaxf(lf_drain_most(&model->buildings, i, a->max_depth_m), 0);
    }
}

// ---- time

static bool idle(const lf_drain_model *model, const lf_drain_arrays *a, double from_s,
                 double until_s) {
    lf_drain_f32_field field = lf_drain_surface_field(a);
    return !(lf_drain_rain_mm(model, from_s, until_s) > 0) &&
           !(lf_drain_f32_deepest_m(&model->plan, &field) > 0) &&
           !(lf_drain_pipes_m3(model, a) > 0) && lf_drain_boundaries_idle(model, from_s, until_s);
}

// A cell whose depth is no longer sane, or -1; looks at cells only where a tile gives reason to.
static long too_deep(const lf_drain_model *model, const lf_drain_arrays *a) {
    lf_drain_f32_field field = lf_drain_surface_field(a);
    bool sane = lf_drain_f32_deepest_m(&model->plan, &field) < 10000;
    return sane ? -1 : lf_drain_f32_find_bad(&model->plan, &field);
}

static lf_code advance_here(const lf_drain_model *model, lf_drain_arrays *a, double from_s,
                            double until_s, lf_error *error) {
    lf_drain_f32_field field = lf_drain_surface_field(a);
    double span = until_s - from_s;
    int parts = (int)ceil(span / model->settings.surface.source_step_s - 1e-9);
    double dt = span / parts;
    double noted = from_s;
    long bad = -1, steps = 0;
    for (int part = 0; part < parts && bad < 0; part++) {
        double begin = from_s + span * part / parts, end = from_s + span * (part + 1) / parts;
        bad = lf_drain_sources(model, a, begin, end);
        lf_drain_boundaries_step(model, a, begin, end);
        bad = bad >= 0 ? bad : too_deep(model, a);
        if (bad >= 0) {
            return lf_drain_unstable(model, bad, begin, error);
        }
        lf_drain_structures_step(model, a, dt);
        lf_drain_network_step(model, a, dt);
        a->sums[SUM_BOUNDARY] += lf_drain_f32_advance(&model->plan, &field, model->pool, dt, true,
                                                      &steps, &a->sums[SUM_CELL_STEPS]);
        lf_drain_note_sections(model, a, dt);
        if ((part + 1) % LF_DRAIN_STATISTICS_EVERY == 0 || part + 1 == parts) {
            lf_drain_note(model, a, end, end - noted);
            noted = end;
        }
    }
    a->sums[SUM_STEPS] += (double)steps;
    bad = lf_drain_f32_find_bad(&model->plan, &field);
    return bad >= 0 ? lf_drain_unstable(model, bad, until_s, error) : LF_OK;
}

lf_code lf_drain_advance(const void *opaque, void *arrays, double from_s, double until_s,
                         lf_exchange *exchange, lf_error *error) {
    const lf_drain_model *model = opaque;
    lf_drain_arrays *a = arrays;
    if (!(until_s > from_s) || idle(model, a, from_s, until_s)) {
        return LF_OK;
    }
    lf_code code = model->device ? lf_drain_device_advance(model, a, from_s, until_s, error)
                                 : advance_here(model, a, from_s, until_s, error);
    if (code == LF_OK) {
        fill_exchange(model, a, exchange);
    }
    return code;
}
