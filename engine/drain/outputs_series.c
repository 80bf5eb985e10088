// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// What a run leaves while it goes: series over time and frames of depth.
#include "drain/model.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static const char *const DRAIN_COLUMNS[] = {"rain_mm_h",     "deepest_m", "flooded_area_m2",
                                            "surface_m3",    "pipes_m3",  "outfall_m3_s",
                                            "to_pipes_m3_s", "garage_m3", "inflow_m3"};
static const char *const PONDING_COLUMNS[] = {"under_15cm_m2", "15_to_27cm_m2", "over_27cm_m2"};
static const char *const COVER_COLUMNS[] = {"road_m3",    "paved_m3", "green_m3",
                                            "storage_m3", "water_m3", "roof_m3"};
enum {
    DRAIN_COLUMN_COUNT = sizeof DRAIN_COLUMNS / sizeof *DRAIN_COLUMNS,
    PONDING_COLUMN_COUNT = sizeof PONDING_COLUMNS / sizeof *PONDING_COLUMNS,
    COVER_COLUMN_COUNT = sizeof COVER_COLUMNS / sizeof *COVER_COLUMNS,
    NAME_BYTES = 80
};

// ---- columns

// Names for the columns of one object each: "<name>_<unit>" or "<layer>_<id>_<unit>".
static int open_objects(lf_option_result *result, const char *series, lf_layer layer,
                        const lf_twin *twin, const int *rows, int count, const char *unit) {
    if (count == 0) {
        return -1;
    }
    int total = 0;
    const char *all = lf_twin_rows(twin, layer, &total);
    char *text = malloc((size_t)count * NAME_BYTES);
    const char **names = malloc((size_t)count * sizeof *names);
    for (int i = 0; text && names && i < count; i++) {
        int index = rows ? rows[i] : i;
        const lf_row *row = (const lf_row *)(all + (size_t)index * lf_layer_row_size(layer));
        const char *own = unit;
        if (layer == LF_SENSORS && ((const lf_sensor *)row)->kind == LF_SENSOR_LEVEL) {
            own = "level_m";
        }
        char *name = text + (size_t)i * NAME_BYTES;
        if (row->name && row->name[0]) {
            snprintf(name, NAME_BYTES, "%.60s_%s", row->name, own);
        } else {
            snprintf(name, NAME_BYTES, "%s_%u_%s", lf_layer_name(layer), row->id, own);
        }
        names[i] = name;
    }
    int opened = text && names ? lf_option_add_series(result, series, count, names) : -1;
    free(text);
    free(names);
    return opened;
}

float *lf_drain_take_grid(const lf_drain_model *model) {
    const lf_grid *g = lf_drain_out_grid(model);
    return malloc((size_t)g->cols * (size_t)g->rows * sizeof(float));
}

static lf_code no_memory(lf_error *error) {
    return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for the results of drainage");
}

// The rows of the twin behind edges or structures. NULL without memory.
static int *rows_of(const lf_drain_model *model, bool edges) {
    int count = edges ? model->plan.edge_count : model->structure_count;
    int *rows = malloc(((size_t)count + 1) * sizeof *rows);
    for (int i = 0; rows && i < count; i++) {
        rows[i] = edges ? model->edges[i].row : model->structures[i].row;
    }
    return rows;
}

static bool open_flows(const lf_drain_model *model, lf_drain_arrays *a, lf_option_result *result) {
    const lf_twin *twin = model->twin;
    int *edges = rows_of(model, true), *structures = rows_of(model, false);
    if (edges && structures) {
        a->series[SERIES_SECTIONS] = open_objects(result, "sections", LF_SECTIONS, twin, NULL,
                                                  model->section_count, "flow_m3_s");
        a->series[SERIES_EDGES] = open_objects(result, "edges", LF_OPEN_EDGES, twin, edges,
                                               model->plan.edge_count, "inflow_m3_s");
        a->series[SERIES_STRUCTURES] =
            open_objects(result, "structures", LF_CULVERTS, twin, structures,
                         model->structure_count, "flow_m3_s");
    }
    bool good = edges && structures;
    free(edges);
    free(structures);
    return good;
}

lf_code lf_drain_open_outputs(const lf_drain_model *model, lf_drain_arrays *a,
                              lf_option_result *result) {
    const lf_twin *twin = model->twin;
    a->series[SERIES_DRAIN] =
        lf_option_add_series(result, "drain", DRAIN_COLUMN_COUNT, DRAIN_COLUMNS);
    a->series[SERIES_GAUGES] = open_objects(result, "gauges", LF_SENSORS, twin, model->gauge_rows,
                                            model->gauge_count, "depth_m");
    a->series[SERIES_LINKS] =
        open_objects(result, "links", LF_DRAIN_LINKS, twin, NULL, model->pipe_count, "flow_m3_s");
    a->series[SERIES_NODES] =
        open_objects(result, "nodes", LF_DRAIN_NODES, twin, NULL, model->node_count, "depth_m");
    a->series[SERIES_PONDING] =
        lf_option_add_series(result, "ponding", PONDING_COLUMN_COUNT, PONDING_COLUMNS);
    a->series[SERIES_COVERS] =
        lf_option_add_series(result, "standing_water", COVER_COLUMN_COUNT, COVER_COLUMNS);
    float *ground = open_flows(model, a, result) ? lf_drain_take_grid(model) : NULL;
    if (ground) {
        lf_drain_spread_out(model, LF_DRAIN_AS_GROUND, NULL, ground);
        lf_option_set_ground(result, ground);
    }
    free(ground);
    return ground ? LF_OK : no_memory(NULL);
}

// ---- one report

static double edges_m3(const lf_drain_model *model, const lf_drain_arrays *a) {
    lf_drain_f32_field field = lf_drain_surface_field(a);
    double sum = 0;
    for (int i = 0; i < model->plan.edge_count; i++) {
        sum += field.edges[i].inflow_m3;
    }
    return sum;
}

static void report_totals(const lf_drain_model *model, lf_drain_arrays *a, double time_s,
                          lf_option_result *result) {
    const lf_drain_f32_plan *plan = &model->plan;
    float deepest = 0;
    double area[PONDING_COLUMN_COUNT] = {0};
    for (size_t k = 0; k < (size_t)plan->stride * plan->height; k++) {
        float depth = model->focus[k] ? lf_drain_local_m(model, (int)k, a->depth_m[k]) : 0;
        deepest = fmaxf(deepest, depth);
        if (depth > (float)LF_DRAIN_WET_M) {
            double car = lf_drain_area_over_m2(model, (int)k, depth, LF_DRAIN_CAR_M);
            double flooded = lf_drain_area_over_m2(model, (int)k, depth, LF_DRAIN_FLOODED_M);
            area[0] += lf_drain_area_over_m2(model, (int)k, depth, LF_DRAIN_WET_M) - flooded;
            area[1] += flooded - car;
            area[2] += car;
        }
    }
    lf_drain_f32_field field = lf_drain_surface_field(a);
    double span = time_s - a->sums[SUM_LAST_TIME];
    double outfall = a->sums[SUM_OUTFALL] - a->sums[SUM_LAST_OUTFALL];
    double to_pipes = a->sums[SUM_TO_PIPES] - a->sums[SUM_LAST_TO_PIPES];
    double rain = lf_drain_rain_mm(model, a->sums[SUM_LAST_TIME], time_s);
    float values[DRAIN_COLUMN_COUNT] = {
        (float)(span > 0 ? rain / span * 3600 : 0),
        deepest,
        (float)(area[1] + area[2]),
        (float)lf_drain_f32_volume_m3(plan, &field),
        (float)lf_drain_pipes_m3(model, a),
        (float)(span > 0 ? outfall / span : 0),
        (float)(span > 0 ? to_pipes / span : 0),
        (float)lf_drain_garages_m3(model, a),
        (float)(a->sums[SUM_INFLOW] - a->sums[SUM_DRAWN] + edges_m3(model, a))};
    lf_option_add_series_row(result, a->series[SERIES_DRAIN], time_s, values);
    float classes[PONDING_COLUMN_COUNT] = {(float)area[0], (float)area[1], (float)area[2]};
    lf_option_add_series_row(result, a->series[SERIES_PONDING], time_s, classes);
}

static void report_covers(const lf_drain_model *model, const lf_drain_arrays *a, double time_s,
                          lf_option_result *result) {
    static const int COLUMN[COVER_COUNT] = {
        [COVER_PAVED] = 1,   [COVER_GRASS] = 2, [COVER_WOOD] = 2,  [COVER_BARE] = 2,
        [COVER_STORAGE] = 3, [COVER_ROAD] = 0,  [COVER_WATER] = 4, [COVER_ROOF] = 5};
    double volume[COVER_COLUMN_COUNT] = {0};
    for (int row = 0; row < model->grid.rows; row++) {
        for (int col = 0; col < model->grid.cols; col++) {
            int k = lf_drain_cell_index(model, col, row);
            if (model->cover[k] >= COVER_PAVED && a->depth_m[k] > 0) {
                volume[COLUMN[model->cover[k]]] +=
                    (double)a->depth_m[k] * lf_drain_cell_area_m2(model, k);
            }
        }
    }
    float values[COVER_COLUMN_COUNT];
    for (int i = 0; i < COVER_COLUMN_COUNT; i++) {
        values[i] = (float)volume[i];
    }
    lf_option_add_series_row(result, a->series[SERIES_COVERS], time_s, values);
}

static float gauge_value(const lf_drain_model *model, const lf_drain_arrays *a, int i) {
    int count = 0, k = model->gauge_cells[i], n = model->gauge_nodes[i];
    const lf_sensor *sensors = lf_twin_rows(model->twin, LF_SENSORS, &count);
    bool level = sensors[model->gauge_rows[i]].kind == LF_SENSOR_LEVEL;
    if (n >= 0) {
        double above_m = level ? -model->datum_m : model->nodes[n].invert_m;
        return (float)(lf_drain_node_level_m(&model->nodes[n], a->node_m3[n]) - above_m);
    }
    if (k < 0) {
        return NAN;
    }
    double surface_m = (double)lf_drain_local_m(model, k, a->depth_m[k]);
    surface_m += (double)model->plan.ground_m[k];
    if (level) {
        return (float)(surface_m + model->datum_m);
    }
    return model->fine > 1 ? (float)fmax(0, surface_m - model->gauge_ground_m[i]) : a->depth_m[k];
}

// Mean flow since the last report, which it then is.
static float mean_m3_s(double now_m3, double *last_m3, double span_s) {
    double mean = span_s > 0 ? (now_m3 - *last_m3) / span_s : 0;
    *last_m3 = now_m3;
    return (float)mean;
}

static void report_objects(const lf_drain_model *model, lf_drain_arrays *a, double time_s,
                           lf_option_result *result, float *row) {
    lf_drain_f32_field field = lf_drain_surface_field(a);
    double span = time_s - a->sums[SUM_LAST_TIME];
    for (int kind = 0; kind < SERIES_COUNT; kind++) {
        int count = 0;
        switch (kind) {
        case SERIES_GAUGES:
            for (count = 0; count < model->gauge_count; count++) {
                row[count] = gauge_value(model, a, count);
            }
            break;
        case SERIES_LINKS:
            for (count = 0; count < model->pipe_count; count++) {
                row[count] = (float)a->link_m3_s[count];
            }
            break;
        case SERIES_NODES:
            for (count = 0; count < model->node_count; count++) {
                const lf_drain_pipe_node *node = &model->nodes[count];
                row[count] =
                    (float)(lf_drain_node_level_m(node, a->node_m3[count]) - node->invert_m);
            }
            break;
        case SERIES_SECTIONS:
            for (count = 0; count < model->section_count; count++) {
                row[count] = mean_m3_s(a->section_m3[count], &a->section_last_m3[count], span);
            }
            break;
        case SERIES_EDGES:
            for (count = 0; count < model->plan.edge_count; count++) {
                row[count] = mean_m3_s(field.edges[count].inflow_m3, &a->edge_last_m3[count], span);
            }
            break;
        case SERIES_STRUCTURES:
            for (count = 0; count < model->structure_count; count++) {
                row[count] = mean_m3_s(a->structure_m3[count], &a->structure_last_m3[count], span);
            }
            break;
        default:
            break; // written by themselves
        }
        if (count > 0 && a->series[kind] >= 0) {
            lf_option_add_series_row(result, a->series[kind], time_s, row);
        }
    }
}

static int most_objects(const lf_drain_model *model) {
    const int counts[] = {model->gauge_count,   model->pipe_count,      model->node_count,
                          model->section_count, model->plan.edge_count, model->structure_count};
    int most = 0;
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
        most = counts[i] > most ? counts[i] : most;
    }
    return most;
}

// The first report, the last, and the first one of each span of frame_every.
static bool frame_is_due(const lf_drain_model *model, const lf_drain_arrays *a, double time_s) {
    const double every_s = model->settings.surface.frame_every_s;
    return every_s <= 0 || time_s <= 0 || time_s >= model->clock.stop_s ||
           floor(time_s / every_s) > floor(a->sums[SUM_LAST_TIME] / every_s);
}

lf_code lf_drain_report(const void *opaque, void *arrays, double time_s, lf_option_result *result,
                        lf_error *error) {
    const lf_drain_model *model = opaque;
    lf_drain_arrays *a = arrays;
    float *row = malloc(((size_t)most_objects(model) + 1) * sizeof *row);
    float *frame = lf_drain_take_grid(model);
    if (row && frame) {
        report_totals(model, a, time_s, result);
        report_covers(model, a, time_s, result);
        report_objects(model, a, time_s, result, row);
        if (frame_is_due(model, a, time_s)) {
            lf_drain_spread_out(model, LF_DRAIN_AS_VOLUME, a->depth_m, frame);
            lf_option_frame_depth(result, time_s, frame);
        }
        a->sums[SUM_LAST_OUTFALL] = a->sums[SUM_OUTFALL];
        a->sums[SUM_LAST_TO_PIPES] = a->sums[SUM_TO_PIPES];
        a->sums[SUM_LAST_TIME] = time_s;
    }
    bool good = row && frame;
    free(row);
    free(frame);
    return good ? LF_OK : no_memory(error);
}
