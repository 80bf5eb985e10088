// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The module's surface on a graphics card.
#include "drain/device.h"
#include "drain/surface/gpu.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

struct lf_drain_device {
    lf_drain_gpu *gpu;
    int *cells, *watched; // see lf_drain_gpu_def
    int cell_count, watched_count;
    bool loaded;              // the card has the state
    lf_drain_f32_edge *edges; // as the card knows them
};

// ---- making

static lf_code check(const lf_drain_model *model, lf_error *error) {
    const char *what = NULL;
    what = model->rain_grid ? "rain from rasters" : what;
    what = model->infiltrates && model->settings.losses.infiltration != LF_DRAIN_SOAK_CONSTANT
               ? "losses.infiltration: horton or green_ampt"
               : what;
    what = model->section_count > 0 ? "cross-sections" : what;
    what = model->fine > 1 ? "surface.subgrid" : what;
    if (what) {
        return lf_fail(error, LF_UNAVAILABLE, LF_FROM_SCENARIO,
                       "drainage on the graphics card does not know %s; write run: {backend: cpu}",
                       what);
    }
    return LF_OK;
}

// A set of cells that grows: each once.
typedef struct lf_cell_set {
    uint8_t *has; // [padded cells]
    int *cells;
    int count;
} lf_cell_set;

static void add_cell(lf_cell_set *set, int cell) {
    if (cell >= 0 && !set->has[cell]) {
        set->has[cell] = 1;
        set->cells[set->count++] = cell;
    }
}

static void add_end(lf_cell_set *set, const lf_drain_end *end) {
    for (int i = 0; i < end->count; i++) {
        add_cell(set, end->cells[i]);
    }
}

static void add_touched(const lf_drain_model *model, lf_cell_set *set) {
    for (int i = 0; i < model->node_count; i++) {
        add_cell(set, model->nodes[i].cell);
    }
    for (int i = 0; i < model->roof_count; i++) {
        add_cell(set, model->roofs[i].target);
    }
    for (int i = 0; i < model->inflow_count; i++) {
        for (int j = 0; j < model->inflows[i].cell_count; j++) {
            add_cell(set, model->inflows[i].cells[j]);
        }
    }
    for (int i = 0; i < model->structure_count; i++) {
        add_end(set, &model->structures[i].from);
        add_end(set, &model->structures[i].to);
    }
}

static void add_watched(const lf_drain_model *model, lf_cell_set *set) {
    const lf_drain_lists *lists = &model->buildings;
    for (int j = 0; lists->count > 0 && j < lists->first[lists->count]; j++) {
        add_cell(set, lists->cells[j]);
    }
}

// *cells is malloc'd.
static bool collect(const lf_drain_model *model, void (*add)(const lf_drain_model *, lf_cell_set *),
                    int **cells, int *count) {
    size_t padded = (size_t)model->plan.stride * (size_t)model->plan.height;
    lf_cell_set set = {.has = calloc(padded, 1), .cells = malloc(padded * sizeof(int))};
    bool good = set.has && set.cells;
    if (good) {
        add(model, &set);
        int *fitting = realloc(set.cells, ((size_t)set.count + 1) * sizeof *fitting);
        set.cells = fitting ? fitting : set.cells;
    }
    free(set.has);
    *cells = set.cells;
    *count = set.count;
    return good;
}

lf_code lf_drain_device_create(lf_drain_model *model, lf_error *error) {
    model->device = NULL;
    lf_code code = model->clock.on_card ? check(model, error) : LF_OK;
    if (!model->clock.on_card || code != LF_OK) {
        return code;
    }
    lf_drain_device *b = calloc(1, sizeof *b);
    bool good = b && collect(model, add_touched, &b->cells, &b->cell_count) &&
                collect(model, add_watched, &b->watched, &b->watched_count);
    if (good) {
        b->edges = calloc((size_t)model->plan.edge_count + 1, sizeof *b->edges);
    }
    if (!good || !b->edges) {
        lf_drain_device_destroy(b);
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for drainage on the card");
    }
    lf_drain_gpu_def def = {.plan = &model->plan,
                            .open_ratio = model->open_ratio,
                            .infiltration_m_s = model->infiltration_m_s,
                            .loss_left_m = model->loss_m,
                            .statistics = true,
                            .flooded_m = LF_DRAIN_FLOODED_M,
                            .car_m = LF_DRAIN_CAR_M,
                            .cells = b->cells,
                            .cell_count = b->cell_count,
                            .watched = b->watched,
                            .watched_count = b->watched_count};
    code = lf_drain_gpu_create(&def, &b->gpu, error);
    if (code != LF_OK) {
        lf_drain_device_destroy(b);
        return code;
    }
    lf_drain_gpu_leave(b->gpu); // another thread may simulate
    model->device = b;
    return LF_OK;
}

void lf_drain_device_destroy(lf_drain_device *b) {
    if (b) {
        lf_drain_gpu_destroy(b->gpu);
        free(b->cells);
        free(b->watched);
        free(b->edges);
        free(b);
    }
}

// ---- state

static lf_drain_gpu_statistics statistics_of(const lf_drain_arrays *a) {
    return (lf_drain_gpu_statistics){.max_depth_m = a->max_depth_m,
                                     .arrival_s = a->arrival_s,
                                     .duration_s = a->duration_s,
                                     .max_speed_m_s = a->max_speed_m_s,
                                     .max_hazard_m2_s = a->max_hazard_m2_s,
                                     .car_duration_s = a->car_duration_s};
}

static lf_code load(const lf_drain_model *model, lf_drain_arrays *a, lf_error *error) {
    lf_drain_device *b = model->device;
    lf_drain_f32_field field = lf_drain_surface_field(a);
    lf_drain_gpu_statistics statistics = statistics_of(a);
    size_t edges = (size_t)model->plan.edge_count * sizeof *b->edges;
    lf_code code = lf_drain_gpu_upload(b->gpu, &field, error);
    code = code ? code : lf_drain_gpu_upload_losses(b->gpu, a->loss_left_m, error);
    code = code ? code : lf_drain_gpu_upload_statistics(b->gpu, &statistics, error);
    code = code ? code : lf_drain_gpu_set_edges(b->gpu, field.edges, error);
    if (edges > 0) {
        memcpy(b->edges, field.edges, edges);
    }
    b->loaded = code == LF_OK;
    return code;
}

static lf_code save(const lf_drain_model *model, lf_drain_arrays *a, lf_error *error) {
    lf_drain_device *b = model->device;
    double cell_area_m2 = (double)model->plan.cell_m * (double)model->plan.cell_m;
    lf_drain_f32_field field = lf_drain_surface_field(a);
    lf_drain_gpu_statistics statistics = statistics_of(a);
    lf_drain_gpu_sums sums = {0};
    lf_code code = lf_drain_gpu_download(b->gpu, &field, error);
    code = code ? code : lf_drain_gpu_download_losses(b->gpu, a->loss_left_m, error);
    code = code ? code : lf_drain_gpu_download_statistics(b->gpu, &statistics, error);
    code = code ? code : lf_drain_gpu_book(b->gpu, field.edges, &a->sums[SUM_BOUNDARY], error);
    code = code ? code : lf_drain_gpu_losses(b->gpu, &sums, error);
    a->sums[SUM_RAIN] += sums.rain_m * cell_area_m2;
    a->sums[SUM_KEPT] += sums.kept_m * cell_area_m2;
    a->sums[SUM_INFILTRATION] += sums.soaked_m * cell_area_m2;
    return code;
}

// ---- one coupling step

static lf_code give_edges(const lf_drain_model *model, const lf_drain_f32_field *field,
                          lf_error *error) {
    lf_drain_device *b = model->device;
    bool changed = false;
    for (int i = 0; i < model->plan.edge_count; i++) {
        changed = changed || b->edges[i].flow_m2_s != field->edges[i].flow_m2_s ||
                  b->edges[i].level_m != field->edges[i].level_m;
        b->edges[i] = field->edges[i];
    }
    return changed ? lf_drain_gpu_set_edges(b->gpu, b->edges, error) : LF_OK;
}

// Rain, inflows, structures, pipes: all but the flow on the ground.
static lf_code source_step(const lf_drain_model *model, lf_drain_arrays *a, double begin_s,
                           double end_s, lf_error *error) {
    lf_drain_device *b = model->device;
    lf_drain_f32_field field = lf_drain_surface_field(a);
    float rain_m = (float)(lf_drain_rain_mm(model, begin_s, end_s) / 1000);
    lf_drain_soak soak = lf_drain_soak_step(model, end_s - begin_s);
    lf_code code = LF_OK;
    if (rain_m > 0 || model->infiltrates) {
        code = lf_drain_gpu_source(b->gpu, rain_m, model->infiltrates ? soak.dt_s : 0, error);
    }
    code = code ? code : lf_drain_gpu_gather(b->gpu, &field, error);
    if (code != LF_OK) {
        return code;
    }
    if (rain_m > 0) {
        a->sums[SUM_RAIN] += lf_drain_rain_on_roofs(model, a, rain_m);
    }
    lf_drain_boundaries_step(model, a, begin_s, end_s);
    lf_drain_structures_step(model, a, end_s - begin_s);
    lf_drain_network_step(model, a, end_s - begin_s);
    code = lf_drain_gpu_scatter(b->gpu, &field, error);
    return code ? code : give_edges(model, &field, error);
}

static lf_code note(const lf_drain_model *model, lf_drain_arrays *a, double time_s, double span_s,
                    lf_error *error) {
    lf_drain_device *b = model->device;
    lf_code code = lf_drain_gpu_note(b->gpu, time_s, span_s, error);
    code = code ? code : lf_drain_gpu_watch(b->gpu, a->depth_m, error);
    if (code == LF_OK) {
        lf_drain_note_buildings(model, a, time_s);
    }
    return code;
}

static lf_code advance(const lf_drain_model *model, lf_drain_arrays *a, double from_s,
                       double until_s, lf_error *error) {
    lf_drain_device *b = model->device;
    double span = until_s - from_s, noted = from_s;
    int parts = (int)ceil(span / model->settings.surface.source_step_s - 1e-9);
    long steps = 0, bad = -1;
    lf_code code = b->loaded ? LF_OK : load(model, a, error);
    for (int part = 0; part < parts && code == LF_OK && bad < 0; part++) {
        double begin = from_s + span * part / parts, end = from_s + span * (part + 1) / parts;
        code = source_step(model, a, begin, end, error);
        code = code ? code
                    : lf_drain_gpu_advance(b->gpu, span / parts, &steps, &a->sums[SUM_CELL_STEPS],
                                           error);
        bad = lf_drain_gpu_bad_cell(b->gpu);
        bool due = (part + 1) % LF_DRAIN_STATISTICS_EVERY == 0 || part + 1 == parts;
        if (code == LF_OK && bad < 0 && due) {
            code = note(model, a, end, end - noted, error);
            noted = end;
        }
        if (code == LF_OK && bad >= 0) {
            code = lf_drain_unstable(model, bad, end, error);
        }
    }
    a->sums[SUM_STEPS] += (double)steps;
    return code ? code : save(model, a, error);
}

lf_code lf_drain_device_advance(const lf_drain_model *model, lf_drain_arrays *a, double from_s,
                                double until_s, lf_error *error) {
    lf_code code = advance(model, a, from_s, until_s, error);
    lf_drain_gpu_leave(model->device->gpu);
    return code;
}
