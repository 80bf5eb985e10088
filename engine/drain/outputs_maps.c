// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// What a run leaves when it ends: rasters, and columns of the twin's layers.
#include "drain/model.h"
#include <math.h>
#include <stdlib.h>

// ---- rasters

// Water as it stands when the run ends, or its maxima.
typedef enum lf_map {
    AS_KEPT,
    NOW_DEPTH,
    NOW_LEVEL,
    NOW_SPEED,
    NOW_HAZARD,
    MOST_DEPTH,
    MOST_LEVEL,
    MOST_CLASS
} lf_map;

// Ponding classes of streets: 0 none, 1 up to 15 cm, 2 up to 27 cm, 3 deeper.
static float class_of(float depth_m) {
    return (float)((depth_m > (float)LF_DRAIN_WET_M) + (depth_m > (float)LF_DRAIN_FLOODED_M) +
                   (depth_m > (float)LF_DRAIN_CAR_M));
}

// Speed of water deeper than 2 cm; thinner films have none worth a map.
static float speed_m_s(const lf_drain_model *model, const lf_drain_arrays *a, size_t k) {
    lf_drain_f32_field field = lf_drain_surface_field(a);
    float depth = a->depth_m[k], x, y;
    lf_drain_f32_flow_m2_s(&model->plan, &field, k, &x, &y);
    return depth > 0.02f ? sqrtf(x * x + y * y) / depth : 0;
}

// Turns depths on the grid into what a map shows.
static void convert(const lf_drain_model *model, const lf_drain_arrays *a, lf_map what,
                    const float *ground, float *out) {
    const lf_grid *g = lf_drain_out_grid(model);
    for (int row = 0; row < g->rows; row++) {
        for (int col = 0; col < g->cols; col++) {
            size_t at = (size_t)row * (size_t)g->cols + (size_t)col;
            size_t k = (size_t)lf_drain_cell_index(model, col / model->fine, row / model->fine);
            float depth = out[at];
            if (isnan(depth)) {
                continue;
            }
            if (what == MOST_CLASS) {
                out[at] = class_of(depth);
            } else if (what == NOW_LEVEL || what == MOST_LEVEL) { // no water, no level
                out[at] = depth > model->plan.dry_m ? ground[at] + depth : NAN;
            } else if (what == NOW_SPEED) {
                out[at] = speed_m_s(model, a, k);
            } else if (what == NOW_HAZARD) {
                out[at] = depth > 0.02f ? depth * (speed_m_s(model, a, k) + 0.5f) : 0;
            }
        }
    }
}

bool lf_drain_add_rasters(const lf_drain_model *model, const lf_drain_arrays *a,
                          lf_option_result *result) {
    const struct {
        const char *name, *doc;
        const float *values; // of AS_KEPT
        lf_map what;
    } rasters[] = {
        {"max_depth_m", "deepest water", NULL, MOST_DEPTH},
        {"max_level_m", "highest water level", NULL, MOST_LEVEL},
        {"max_class",
         "ponding class of the deepest water: 0 none, 1 up to 15 cm, 2 up to 27 cm, "
         "3 deeper",
         NULL, MOST_CLASS},
        {"arrival_s", "first time deeper than 0.15 m", a->arrival_s, AS_KEPT},
        {"duration_s", "time deeper than 0.15 m", a->duration_s, AS_KEPT},
        {"duration_27cm_s", "time deeper than 0.27 m", a->car_duration_s, AS_KEPT},
        {"max_velocity_m_s", "fastest water deeper than 0.02 m", a->max_speed_m_s, AS_KEPT},
        {"max_hazard_m2_s", "highest depth x (velocity + 0.5 m/s), DEFRA FD2321",
         a->max_hazard_m2_s, AS_KEPT},
        {"depth_m", "water when the run ends", NULL, NOW_DEPTH},
        {"level_m", "water level when the run ends", NULL, NOW_LEVEL},
        {"velocity_m_s", "speed of water deeper than 0.02 m when the run ends", NULL, NOW_SPEED},
        {"hazard_m2_s", "depth x (velocity + 0.5 m/s) when the run ends", NULL, NOW_HAZARD},
    };
    float *out = lf_drain_take_grid(model), *ground = lf_drain_take_grid(model);
    if (ground) {
        lf_drain_spread_out(model, LF_DRAIN_AS_GROUND, NULL, ground);
    }
    for (size_t i = 0; out && ground && i < sizeof rasters / sizeof rasters[0]; i++) {
        if (rasters[i].what == AS_KEPT) {
            lf_drain_spread_out(model, LF_DRAIN_AS_IT_IS, rasters[i].values, out);
        } else if (rasters[i].what >= MOST_DEPTH) {
            lf_drain_spread_out(model, LF_DRAIN_AS_LOCAL, a->max_depth_m, out);
        } else {
            lf_drain_spread_out(model, LF_DRAIN_AS_VOLUME, a->depth_m, out);
        }
        convert(model, a, rasters[i].what, ground, out);
        lf_option_add_raster(result, rasters[i].name, rasters[i].doc, lf_drain_out_grid(model),
                             out);
    }
    bool good = out && ground;
    free(out);
    free(ground);
    return good;
}

static bool add_list_columns(const lf_drain_lists *lists, lf_layer layer, const lf_drain_arrays *a,
                             lf_option_result *result) {
    float *depth = malloc(((size_t)lists->count + 1) * sizeof *depth);
    float *time = malloc(((size_t)lists->count + 1) * sizeof *time);
    for (int i = 0; depth && time && i < lists->count; i++) {
        depth[i] = lf_drain_most(lists, i, a->max_depth_m);
        time[i] = lf_drain_most(lists, i, a->duration_s);
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

// Volumes and peaks of the rows that water passes through.
static void add_flow_columns(const lf_drain_model *model, const lf_drain_arrays *a, float *volume,
                             float *peak, lf_option_result *result) {
    lf_drain_f32_field field = lf_drain_surface_field(a);
    int edges = lf_twin_count(model->twin, LF_OPEN_EDGES);
    int culverts = lf_twin_count(model->twin, LF_CULVERTS);
    for (int i = 0; i < edges; i++) {
        volume[i] = NAN;
    }
    for (int i = 0; i < model->plan.edge_count; i++) {
        volume[model->edges[i].row] = (float)field.edges[i].inflow_m3;
    }
    if (model->plan.edge_count > 0) {
        lf_option_add_column(result, LF_OPEN_EDGES, "inflow_m3",
                             "water that came in, less what left", volume, edges);
    }
    for (int i = 0; i < culverts; i++) {
        volume[i] = peak[i] = NAN;
    }
    for (int i = 0; i < model->structure_count; i++) {
        volume[model->structures[i].row] = (float)a->structure_m3[i];
        peak[model->structures[i].row] = a->structure_peak_m3_s[i];
    }
    if (model->structure_count > 0) {
        lf_option_add_column(result, LF_CULVERTS, "volume_m3", "water led to its last point",
                             volume, culverts);
        lf_option_add_column(result, LF_CULVERTS, "peak_m3_s", "largest flow", peak, culverts);
        for (int i = 0; i < model->parking.count; i++) {
            volume[i] = model->garage_full_m3[i] > 0 ? (float)a->garage_m3[i] : NAN;
        }
        lf_option_add_column(result, LF_PARKING, "garage_m3", "water that ran into the garage",
                             volume, model->parking.count);
    }
    for (int i = 0; i < model->section_count; i++) {
        volume[i] = (float)a->section_m3[i];
    }
    if (model->section_count > 0) {
        lf_option_add_column(result, LF_SECTIONS, "volume_m3", "water to its right hand", volume,
                             model->section_count);
        lf_option_add_column(result, LF_SECTIONS, "peak_m3_s", "largest flow", a->section_peak_m3_s,
                             model->section_count);
    }
}

bool lf_drain_add_columns(const lf_drain_model *model, const lf_drain_arrays *a,
                          lf_option_result *result) {
    static const lf_layer LAYERS[] = {LF_DRAIN_NODES, LF_DRAIN_LINKS, LF_OPEN_EDGES,
                                      LF_CULVERTS,    LF_PARKING,     LF_SECTIONS};
    int most = 0;
    for (size_t i = 0; i < sizeof LAYERS / sizeof LAYERS[0]; i++) {
        int count = lf_twin_count(model->twin, LAYERS[i]);
        most = count > most ? count : most;
    }
    float *scratch = malloc(((size_t)most + 1) * sizeof *scratch);
    float *peak = malloc(((size_t)most + 1) * sizeof *peak);
    bool good = scratch && peak && add_list_columns(&model->roads, LF_ROADS, a, result) &&
                add_list_columns(&model->parking, LF_PARKING, a, result) &&
                add_list_columns(&model->stalls, LF_STALLS, a, result) &&
                add_list_columns(&model->buildings, LF_BUILDINGS, a, result);
    if (good) {
        add_network_columns(model, a, scratch, result);
        add_flow_columns(model, a, scratch, peak, result);
        if (model->buildings.count > 0) {
            lf_option_add_column(result, LF_BUILDINGS, "flooded_at_s",
                                 "first time that water stood above the sill", a->building_s,
                                 model->buildings.count);
        }
    }
    free(scratch);
    free(peak);
    return good;
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

bool lf_drain_add_damage(const lf_drain_model *model, const lf_drain_arrays *a,
                         lf_option_result *result, int *flooded, double *damage_cny) {
    int count = 0;
    const lf_building *buildings = lf_twin_rows(model->twin, LF_BUILDINGS, &count);
    float *inside = malloc(((size_t)count + 1) * sizeof *inside);
    float *damage = malloc(((size_t)count + 1) * sizeof *damage);
    for (int i = 0; inside && damage && i < count; i++) {
        float depth = lf_drain_most(&model->buildings, i, a->max_depth_m);
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
