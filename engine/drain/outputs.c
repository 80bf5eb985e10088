// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// What a run leaves when it ends, in one number each: figures, the ledger of water, and notes.
#include "drain/model.h"
#include <math.h>
#include <stdio.h>

// ---- figures

static lf_quality worst(lf_quality a, lf_quality b) {
    return a > b ? a : b;
}

static void set(lf_option_result *result, int figure, double value, lf_quality quality) {
    lf_option_set_figure(result, &lf_drain_figures[figure], value, quality);
}

static void add_surface_figures(const lf_drain_model *model, const lf_drain_arrays *a,
                                lf_quality quality, lf_option_result *result) {
    double depth = 0, time = 0, car_time = 0, area = 0, car_area = 0, road = 0, fast = 0,
           hazard = 0;
    for (size_t k = 0; k < (size_t)model->plan.stride * model->plan.height; k++) {
        if (model->focus[k]) {
            depth = fmax(depth, a->max_depth_m[k]);
            time = fmax(time, a->duration_s[k]);
            car_time = fmax(car_time, a->car_duration_s[k]);
            float most = a->max_depth_m[k];
            area += lf_drain_area_over_m2(model, (int)k, most, LF_DRAIN_FLOODED_M);
            car_area += lf_drain_area_over_m2(model, (int)k, most, LF_DRAIN_CAR_M);
            road = model->cover[k] == COVER_ROAD ? fmax(road, a->max_depth_m[k]) : road;
            fast = fmax(fast, a->max_speed_m_s[k]);
            hazard = fmax(hazard, a->max_hazard_m2_s[k]);
        }
    }
    set(result, FIGURE_MAX_DEPTH, depth, quality);
    set(result, FIGURE_ROAD_DEPTH, road, quality);
    set(result, FIGURE_FLOODED_AREA, area, quality);
    set(result, FIGURE_CAR_AREA, car_area, quality);
    set(result, FIGURE_FLOODED_TIME, time, quality);
    set(result, FIGURE_CAR_TIME, car_time, quality);
    set(result, FIGURE_MAX_VELOCITY, fast, quality);
    set(result, FIGURE_MAX_HAZARD, hazard, quality);
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

// ---- ledger

enum { LINES_MAX = 32 };
typedef struct lf_lines {
    lf_ledger_line lines[LINES_MAX];
    int count;
} lf_lines;

static void book(lf_lines *lines, const char *name, double amount) {
    if (lines->count < LINES_MAX) {
        lines->lines[lines->count++] = (lf_ledger_line){name, amount};
    }
}

static double total(const lf_lines *lines) {
    double sum = 0;
    for (int i = 0; i < lines->count; i++) {
        sum += lines->lines[i].amount;
    }
    return sum;
}

// Each edge by its name, up to a few; many in one line each way.
enum { NAMED = 12 };
static void book_edges(const lf_drain_model *model, const lf_drain_arrays *a, lf_lines *in,
                       lf_lines *out, char names[NAMED][80]) {
    int count = 0;
    const lf_open_edge *rows = lf_twin_rows(model->twin, LF_OPEN_EDGES, &count);
    lf_drain_f32_field field = lf_drain_surface_field(a);
    double gained = 0, lost = 0;
    for (int i = 0; i < model->plan.edge_count; i++) {
        double inflow = field.edges[i].inflow_m3;
        const lf_row *row = &rows[model->edges[i].row].row;
        if (model->plan.edge_count <= NAMED) {
            snprintf(names[i], 80, "open_edges %u%s%.50s", row->id, row->name[0] ? " " : "",
                     row->name);
            book(inflow > 0 ? in : out, names[i], fabs(inflow));
        }
        gained += fmax(inflow, 0);
        lost += fmax(-inflow, 0);
    }
    if (model->plan.edge_count > NAMED) {
        book(in, "open edges", gained);
        book(out, "open edges", lost);
    }
}

static double edge_inflow_m3(const lf_drain_model *model, const lf_drain_arrays *a, double sign) {
    lf_drain_f32_field field = lf_drain_surface_field(a);
    double sum = 0;
    for (int i = 0; i < model->plan.edge_count; i++) {
        sum += fmax(sign * field.edges[i].inflow_m3, 0);
    }
    return sum;
}

static void add_ledger(const lf_drain_model *model, const lf_drain_arrays *a,
                       lf_option_result *result) {
    lf_drain_f32_field field = lf_drain_surface_field(a);
    const double *s = a->sums;
    lf_lines in = {.count = 0}, out = {.count = 0}, stored = {.count = 0};
    char names[NAMED][80];
    book(&in, "rain", s[SUM_RAIN]);
    if (s[SUM_START] > 0) {
        book(&in, "there at the start", s[SUM_START]);
    }
    if (model->inflow_count > 0) {
        book(&in, "inflow", s[SUM_INFLOW]);
    }
    book(&out, "infiltration", s[SUM_INFILTRATION]);
    book(&out, "outfalls", s[SUM_OUTFALL]);
    book(&out, "over the edges", s[SUM_BOUNDARY]);
    if (s[SUM_DRAWN] > 0) {
        book(&out, "drawn off", s[SUM_DRAWN]);
    }
    book_edges(model, a, &in, &out, names);
    book(&stored, "surface", lf_drain_f32_volume_m3(&model->plan, &field));
    book(&stored, "pipes", lf_drain_pipes_m3(model, a));
    book(&stored, "hollows and leaves", s[SUM_KEPT]);
    book(&stored, "roofs", s[SUM_ROOF_KEPT]);
    if (model->structure_count > 0) {
        book(&stored, "garages", lf_drain_garages_m3(model, a));
    }
    lf_option_add_ledger(result, "water", "m³", in.lines, in.count, out.lines, out.count,
                         stored.lines, stored.count);
    double error = total(&in) - total(&out) - total(&stored);
    set(result, FIGURE_BALANCE, fabs(error) / fmax(total(&in), 1), LF_MEASURED);
    set(result, FIGURE_RAIN, s[SUM_RAIN], model->storm_quality);
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

// The building where water came in first.
static void add_first_building(const lf_drain_model *model, const lf_drain_arrays *a,
                               lf_quality quality, lf_option_result *result) {
    int first = -1, count = 0;
    const lf_building *rows = lf_twin_rows(model->twin, LF_BUILDINGS, &count);
    for (int i = 0; i < model->buildings.count; i++) {
        bool flooded = !isnan(a->building_s[i]);
        first = flooded && (first < 0 || a->building_s[i] < a->building_s[first]) ? i : first;
    }
    set(result, FIGURE_FIRST_BUILDING, first < 0 ? (double)NAN : (double)a->building_s[first],
        quality);
    if (first >= 0) {
        lf_option_add_note(result, quality,
                           "the first building with water above its sill is buildings %u \"%s\", "
                           "after %.0f min",
                           rows[first].row.id, rows[first].row.name,
                           (double)a->building_s[first] / 60);
    }
}

static void add_water_figures(const lf_drain_model *model, const lf_drain_arrays *a,
                              lf_quality quality, lf_option_result *result) {
    set(result, FIGURE_OUTFLOW,
        a->sums[SUM_OUTFALL] + a->sums[SUM_BOUNDARY] + edge_inflow_m3(model, a, -1), quality);
    set(result, FIGURE_INFLOW, a->sums[SUM_INFLOW] + edge_inflow_m3(model, a, 1), quality);
    set(result, FIGURE_INFILTRATION, a->sums[SUM_INFILTRATION], quality);
    set(result, FIGURE_KEPT, a->sums[SUM_KEPT] + a->sums[SUM_ROOF_KEPT], quality);
    set(result, FIGURE_GARAGE, lf_drain_garages_m3(model, a), quality);
}

lf_code lf_drain_finish(const void *opaque, void *arrays, const lf_exchange *exchange,
                        lf_option_result *result, lf_error *error) {
    (void)exchange;
    const lf_drain_model *model = opaque;
    const lf_drain_arrays *a = arrays;
    int flooded = 0;
    double damage_cny = 0;
    if (!lf_drain_add_rasters(model, a, result) || !lf_drain_add_columns(model, a, result) ||
        !lf_drain_add_damage(model, a, result, &flooded, &damage_cny)) {
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for the results of drainage");
    }
    // Losses and roughness are assumed at best.
    lf_quality quality = worst(worst(model->ground_quality, model->storm_quality), LF_ASSUMED);
    quality = worst(quality, model->pipe_quality);
    add_surface_figures(model, a, quality, result);
    add_pipe_figures(model, a, quality, result);
    add_water_figures(model, a, quality, result);
    add_first_building(model, a, quality, result);
    set(result, FIGURE_BUILDINGS, flooded, quality);
    set(result, FIGURE_DAMAGE, damage_cny, quality);
    add_ledger(model, a, result);
    add_notes(model, result);
    return LF_OK;
}
