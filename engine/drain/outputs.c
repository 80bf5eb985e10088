// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// What a run leaves: series and frames while it goes, rasters, columns, figures and the ledger at
// the end.
#include "drain/model.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

// ---- series

static const char *const DRAIN_COLUMNS[] = {"rain_mm_h",    "deepest_m", "flooded_area_m2",
                                            "surface_m3",   "pipes_m3",  "outfall_m3_s",
                                            "to_pipes_m3_s"};
enum { DRAIN_COLUMN_COUNT = sizeof DRAIN_COLUMNS / sizeof *DRAIN_COLUMNS, NAME_BYTES = 80 };

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

static float *take_grid(const lf_drain_model *model) {
    return malloc((size_t)model->grid.cols * (size_t)model->grid.rows * sizeof(float));
}

// Copies padded values to the grid; walls and holes become NaN.
static void unpad(const lf_drain_model *model, const float *values, double add, float *out) {
    for (int row = 0; row < model->grid.rows; row++) {
        for (int col = 0; col < model->grid.cols; col++) {
            int k = lf_drain_cell_index(model, col, row);
            bool open = model->open_ratio[k] > 0;
            out[(size_t)row * model->grid.cols + col] =
                open ? (float)((double)values[k] + add) : NAN;
        }
    }
}

static lf_code no_memory(lf_error *error) {
    return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for the results of drainage");
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
    float *ground = take_grid(model);
    if (ground) {
        unpad(model, model->plan.ground_m, model->datum_m, ground);
        lf_option_set_ground(result, ground);
    }
    free(ground);
    return ground ? LF_OK : no_memory(NULL);
}

static void report_totals(const lf_drain_model *model, lf_drain_arrays *a, double time_s,
                          lf_option_result *result) {
    const lf_drain_f32_plan *plan = &model->plan;
    double cell_area = (double)plan->cell_m * (double)plan->cell_m;
    float deepest = 0;
    double flooded = 0;
    for (size_t k = 0; k < (size_t)plan->stride * plan->height; k++) {
        if (model->focus[k]) {
            deepest = fmaxf(deepest, a->depth_m[k]);
            flooded += a->depth_m[k] > (float)LF_DRAIN_FLOODED_M;
        }
    }
    lf_drain_f32_field field = lf_drain_surface_field(a);
    double span = time_s - a->sums[SUM_LAST_TIME];
    double outfall = a->sums[SUM_OUTFALL] - a->sums[SUM_LAST_OUTFALL];
    double to_pipes = a->sums[SUM_TO_PIPES] - a->sums[SUM_LAST_TO_PIPES];
    double rain = lf_drain_rain_mm(model, a->sums[SUM_LAST_TIME], time_s);
    float values[DRAIN_COLUMN_COUNT] = {(float)(span > 0 ? rain / span * 3600 : 0),
                                        deepest,
                                        (float)(flooded * cell_area),
                                        (float)lf_drain_f32_volume_m3(plan, &field),
                                        (float)lf_drain_pipes_m3(model, a),
                                        (float)(span > 0 ? outfall / span : 0),
                                        (float)(span > 0 ? to_pipes / span : 0)};
    lf_option_add_series_row(result, a->series[SERIES_DRAIN], time_s, values);
    a->sums[SUM_LAST_OUTFALL] = a->sums[SUM_OUTFALL];
    a->sums[SUM_LAST_TO_PIPES] = a->sums[SUM_TO_PIPES];
    a->sums[SUM_LAST_TIME] = time_s;
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
    if (level) {
        return (float)((double)model->plan.ground_m[k] + (double)a->depth_m[k] + model->datum_m);
    }
    return a->depth_m[k];
}

lf_code lf_drain_report(const void *opaque, void *arrays, double time_s, lf_option_result *result,
                        lf_error *error) {
    const lf_drain_model *model = opaque;
    lf_drain_arrays *a = arrays;
    int most = model->gauge_count > model->pipe_count ? model->gauge_count : model->pipe_count;
    most = most > model->node_count ? most : model->node_count;
    float *row = malloc(((size_t)most + 1) * sizeof *row);
    float *frame = take_grid(model);
    if (row && frame) {
        report_totals(model, a, time_s, result);
        for (int i = 0; i < model->gauge_count; i++) {
            row[i] = gauge_value(model, a, i);
        }
        if (a->series[SERIES_GAUGES] >= 0) {
            lf_option_add_series_row(result, a->series[SERIES_GAUGES], time_s, row);
        }
        for (int i = 0; i < model->pipe_count; i++) {
            row[i] = (float)a->link_m3_s[i];
        }
        if (a->series[SERIES_LINKS] >= 0) {
            lf_option_add_series_row(result, a->series[SERIES_LINKS], time_s, row);
        }
        for (int i = 0; i < model->node_count; i++) {
            const lf_drain_pipe_node *node = &model->nodes[i];
            row[i] = (float)(lf_drain_node_level_m(node, a->node_m3[i]) - node->invert_m);
        }
        if (a->series[SERIES_NODES] >= 0) {
            lf_option_add_series_row(result, a->series[SERIES_NODES], time_s, row);
        }
        unpad(model, a->depth_m, 0, frame);
        lf_option_frame_depth(result, time_s, frame);
    }
    bool good = row && frame;
    free(row);
    free(frame);
    return good ? LF_OK : no_memory(error);
}

// ---- rasters and columns

static bool add_rasters(const lf_drain_model *model, const lf_drain_arrays *a,
                        lf_option_result *result) {
    const struct {
        const char *name, *doc;
        const float *values;
    } rasters[] = {
        {"max_depth_m", "deepest water", a->max_depth_m},
        {"arrival_s", "first time deeper than 0.15 m", a->arrival_s},
        {"duration_s", "time deeper than 0.15 m", a->duration_s},
        {"max_velocity_m_s", "fastest water deeper than 0.02 m", a->max_speed_m_s},
        {"max_hazard_m2_s", "highest depth x (velocity + 0.5 m/s), DEFRA FD2321",
         a->max_hazard_m2_s},
    };
    float *out = take_grid(model);
    for (size_t i = 0; out && i < sizeof rasters / sizeof rasters[0]; i++) {
        unpad(model, rasters[i].values, 0, out);
        lf_option_add_raster(result, rasters[i].name, rasters[i].doc, &model->grid, out);
    }
    free(out);
    return out != NULL;
}

static float most_of(const lf_drain_lists *lists, int i, const float *values) {
    float most = NAN;
    for (int j = lists->first[i]; j < lists->first[i + 1]; j++) {
        if (lists->cells[j] >= 0 && !(values[lists->cells[j]] <= most)) {
            most = values[lists->cells[j]];
        }
    }
    return most;
}

static bool add_list_columns(const lf_drain_lists *lists, lf_layer layer, const lf_drain_arrays *a,
                             lf_option_result *result) {
    float *depth = malloc(((size_t)lists->count + 1) * sizeof *depth);
    float *time = malloc(((size_t)lists->count + 1) * sizeof *time);
    for (int i = 0; depth && time && i < lists->count; i++) {
        depth[i] = most_of(lists, i, a->max_depth_m);
        time[i] = most_of(lists, i, a->duration_s);
    }
    bool good = depth && time;
    if (good && lists->count > 0) {
        lf_option_add_column(result, layer, "max_depth_m", "deepest water", depth, lists->count);
        lf_option_add_column(result, layer, "duration_over_015_s", "time deeper than 0.15 m", time,
                             lists->count);
    }
    free(depth);
    free(time);
    return good;
}

static void add_network_columns(const lf_drain_model *model, const lf_drain_arrays *a,
                                float *scratch, lf_option_result *result) {
    if (model->node_count == 0) {
        return;
    }
    int n = model->node_count, l = model->pipe_count;
    lf_option_add_column(result, LF_DRAIN_NODES, "max_depth_m", "deepest water above the invert",
                         a->node_max_m, n);
    lf_option_add_column(result, LF_DRAIN_NODES, "surcharge_s", "time full to the rim",
                         a->node_surcharge_s, n);
    for (int i = 0; i < n; i++) {
        scratch[i] = (float)a->node_flooded_m3[i];
    }
    lf_option_add_column(result, LF_DRAIN_NODES, "flooded_m3", "water that came back to the street",
                         scratch, n);
    lf_option_add_column(result, LF_DRAIN_LINKS, "peak_m3_s", "largest flow", a->link_peak_m3_s, l);
    lf_option_add_column(result, LF_DRAIN_LINKS, "fill_ratio", "largest depth / height",
                         a->link_fill_ratio, l);
    for (int i = 0; i < l; i++) {
        double full = model->pipes[i].full_m3_s;
        scratch[i] = full > 0 ? (float)((double)a->link_peak_m3_s[i] / full) : NAN;
    }
    lf_option_add_column(result, LF_DRAIN_LINKS, "load_ratio", "largest flow / full capacity",
                         scratch, l);
    lf_option_add_column(result, LF_DRAIN_LINKS, "surcharge_s", "time full at both ends",
                         a->link_surcharge_s, l);
    lf_option_add_column(result, LF_DRAIN_LINKS, "limiting_s",
                         "time full above, at capacity and free below: the bottleneck",
                         a->link_limiting_s, l);
}

// ---- damage

// None below the sill, then straight lines to 0.5 m and to 1.5 m.
static double damage_cny_m2(const lf_drain_damage_settings *s, double inside_m) {
    if (!(inside_m > 0)) {
        return 0;
    }
    if (inside_m <= 0.5) {
        return s->half_m_cny_m2 * inside_m / 0.5;
    }
    return s->half_m_cny_m2 + (s->one_half_m_cny_m2 - s->half_m_cny_m2) * fmin(inside_m - 0.5, 1);
}

static bool add_buildings(const lf_drain_model *model, const lf_drain_arrays *a,
                          lf_option_result *result, int *flooded, double *damage_cny) {
    int count = 0;
    const lf_building *buildings = lf_twin_rows(model->twin, LF_BUILDINGS, &count);
    float *inside = malloc(((size_t)count + 1) * sizeof *inside);
    float *damage = malloc(((size_t)count + 1) * sizeof *damage);
    for (int i = 0; inside && damage && i < count; i++) {
        float depth = most_of(&model->buildings, i, a->max_depth_m);
        double above = isnan(depth) ? 0 : fmax(0, (double)depth - buildings[i].sill_m);
        bool home = buildings[i].kind == LF_USE_RESIDENTIAL;
        double area = home ? lf_shape_area_m2(&buildings[i].row.shape) : 0;
        inside[i] = (float)above;
        damage[i] = (float)(area * damage_cny_m2(&model->settings.damage, above));
        *flooded += above > 0;
        *damage_cny += (double)damage[i];
    }
    bool good = inside && damage;
    if (good && count > 0) {
        lf_option_add_column(result, LF_BUILDINGS, "depth_inside_m", "water above the sill", inside,
                             count);
        lf_option_add_column(result, LF_BUILDINGS, "damage_cny", "damage to ground-floor dwellings",
                             damage, count);
    }
    free(inside);
    free(damage);
    return good;
}

// ---- figures and ledger

static lf_quality worst(lf_quality a, lf_quality b) {
    return a > b ? a : b;
}

static void set(lf_option_result *result, int figure, double value, lf_quality quality) {
    lf_option_set_figure(result, &lf_drain_figures[figure], value, quality);
}

static void add_surface_figures(const lf_drain_model *model, const lf_drain_arrays *a,
                                lf_quality quality, lf_option_result *result) {
    double cell_area = (double)model->plan.cell_m * (double)model->plan.cell_m;
    double depth = 0, time = 0, area = 0, road = 0;
    for (size_t k = 0; k < (size_t)model->plan.stride * model->plan.height; k++) {
        if (model->focus[k]) {
            depth = fmax(depth, a->max_depth_m[k]);
            time = fmax(time, a->duration_s[k]);
            area += a->max_depth_m[k] > (float)LF_DRAIN_FLOODED_M ? cell_area : 0;
            road = model->cover[k] == COVER_ROAD ? fmax(road, a->max_depth_m[k]) : road;
        }
    }
    set(result, FIGURE_MAX_DEPTH, depth, quality);
    set(result, FIGURE_ROAD_DEPTH, road, quality);
    set(result, FIGURE_FLOODED_AREA, area, quality);
    set(result, FIGURE_FLOODED_TIME, time, quality);
}

static void add_pipe_figures(const lf_drain_model *model, const lf_drain_arrays *a,
                             lf_quality quality, lf_option_result *result) {
    double length = 0;
    int narrow = -1, count = 0;
    const lf_drain_link *links = lf_twin_rows(model->twin, LF_DRAIN_LINKS, &count);
    for (int l = 0; l < model->pipe_count; l++) {
        length += a->link_surcharge_s[l] > 0 ? model->pipes[l].length_m : 0;
        bool longest = narrow < 0 || a->link_limiting_s[l] > a->link_limiting_s[narrow];
        narrow = a->link_limiting_s[l] > 0 && longest ? l : narrow;
    }
    set(result, FIGURE_TO_PIPES, a->sums[SUM_TO_PIPES], quality);
    set(result, FIGURE_FROM_PIPES, a->sums[SUM_FROM_PIPES], quality);
    set(result, FIGURE_SURCHARGED, length, quality);
    if (narrow >= 0) {
        lf_option_add_note(result, quality,
                           "the narrowest pipe is drain_links %u \"%s\": full above it, at its "
                           "capacity of %.3f m3/s and free below it for %.0f min",
                           links[narrow].row.id, links[narrow].row.name,
                           model->pipes[narrow].full_m3_s, (double)a->link_limiting_s[narrow] / 60);
    }
    if (model->pipe_count > 0) {
        lf_option_add_note(result, LF_ASSUMED,
                           "pipes carry storm water only: no dry-weather flow is added to combined "
                           "sewers, which makes their capacity look larger than it is");
    }
}

static void add_ledger(const lf_drain_model *model, const lf_drain_arrays *a,
                       lf_option_result *result) {
    lf_drain_f32_field field = lf_drain_surface_field(a);
    const double *s = a->sums;
    const lf_ledger_line in[] = {{"rain", s[SUM_RAIN]}};
    const lf_ledger_line out[] = {{"infiltration", s[SUM_INFILTRATION]},
                                  {"outfalls", s[SUM_OUTFALL]},
                                  {"over the edges", s[SUM_BOUNDARY]}};
    const lf_ledger_line stored[] = {{"surface", lf_drain_f32_volume_m3(&model->plan, &field)},
                                     {"pipes", lf_drain_pipes_m3(model, a)},
                                     {"hollows and leaves", s[SUM_KEPT]},
                                     {"roofs", s[SUM_ROOF_KEPT]}};
    lf_option_add_ledger(result, "water", "m³", in, 1, out, 3, stored, 4);
    double error = in[0].amount;
    for (int i = 0; i < 3; i++) {
        error -= out[i].amount;
    }
    for (int i = 0; i < 4; i++) {
        error -= stored[i].amount;
    }
    set(result, FIGURE_BALANCE, fabs(error) / fmax(in[0].amount, 1), LF_MEASURED);
    set(result, FIGURE_RAIN, in[0].amount, model->storm_quality);
}

static void add_notes(const lf_drain_model *model, lf_option_result *result) {
    const lf_drain_storm *storm = &model->storm;
    if (storm->kind == LF_DRAIN_STORM_CHICAGO) {
        lf_option_add_note(result, model->storm_quality,
                           "storm %s, return period %g years, %.0f min, %.1f mm%s: %s",
                           storm->formula.name, storm->formula.period_years, storm->duration_s / 60,
                           lf_drain_storm_depth_mm(storm, storm->duration_s),
                           storm->formula.quality == LF_TAGGED ? "" : " (formula not verified)",
                           storm->formula.source);
        // Money turns one storm's damage into a yearly one by its return period.
        set(result, FIGURE_PERIOD, storm->formula.period_years, model->storm_quality);
    }
    lf_option_add_note(result, LF_ASSUMED,
                       "roughness, initial losses and infiltration by land cover are literature "
                       "values (engine/drain/README.md)");
    lf_option_add_note(result, LF_ASSUMED,
                       "damage to ground floors: none below the sill, %g yuan/m2 at 0.5 m, %g at "
                       "1.5 m, a working assumption of practice",
                       model->settings.damage.half_m_cny_m2,
                       model->settings.damage.one_half_m_cny_m2);
}

lf_code lf_drain_finish(const void *opaque, void *arrays, const lf_exchange *exchange,
                        lf_option_result *result, lf_error *error) {
    (void)exchange;
    const lf_drain_model *model = opaque;
    const lf_drain_arrays *a = arrays;
    int flooded = 0,
        most = model->node_count > model->pipe_count ? model->node_count : model->pipe_count;
    double damage_cny = 0;
    float *scratch = malloc(((size_t)most + 1) * sizeof *scratch);
    bool good = scratch && add_rasters(model, a, result) &&
                add_list_columns(&model->roads, LF_ROADS, a, result) &&
                add_list_columns(&model->parking, LF_PARKING, a, result) &&
                add_list_columns(&model->stalls, LF_STALLS, a, result) &&
                add_list_columns(&model->buildings, LF_BUILDINGS, a, result) &&
                add_buildings(model, a, result, &flooded, &damage_cny);
    if (good) {
        // Losses and roughness are assumed at best.
        lf_quality quality = worst(worst(model->ground_quality, model->storm_quality), LF_ASSUMED);
        quality = worst(quality, model->pipe_quality);
        add_network_columns(model, a, scratch, result);
        add_surface_figures(model, a, quality, result);
        add_pipe_figures(model, a, quality, result);
        set(result, FIGURE_OUTFLOW, a->sums[SUM_OUTFALL] + a->sums[SUM_BOUNDARY], quality);
        set(result, FIGURE_INFILTRATION, a->sums[SUM_INFILTRATION], quality);
        set(result, FIGURE_KEPT, a->sums[SUM_KEPT] + a->sums[SUM_ROOF_KEPT], quality);
        set(result, FIGURE_BUILDINGS, flooded, quality);
        set(result, FIGURE_DAMAGE, damage_cny, quality);
        add_ledger(model, a, result);
        add_notes(model, result);
    }
    free(scratch);
    return good ? LF_OK : no_memory(error);
}
