// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// A small estate for the drain tests, and a harness that runs the module the way a scenario does.
#ifndef LF_TESTS_DRAIN_ESTATE_H
#define LF_TESTS_DRAIN_ESTATE_H

#include "check.h"
#include "lifang/drain.h"
#include "lifang/spec.h"

enum { SIDE = 80 };                   // metres
enum { TEST_SCHEMES = LF_DRAIN_SWE }; // the last scheme that tests try

static inline void need(bool good) {
    if (!good) {
        printf("the test ran out of memory or its estate does not compile\n");
        abort();
    }
}

static inline lf_shape rectangle(lf_spec *spec, double x0, double y0, double x1, double y1) {
    const lf_vec2 ring[] = {{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}};
    const int parts[] = {0, 4};
    return lf_spec_polygon(spec, ring, parts, 1);
}

static inline lf_drain_node *add_node(lf_spec *spec, int kind, double x, double y,
                                      double invert_m) {
    lf_drain_node *node = lf_spec_add(spec, LF_DRAIN_NODES);
    need(node);
    node->row.shape = lf_spec_point(spec, (lf_vec2){x, y});
    node->kind = kind;
    node->invert_m = invert_m;
    return node;
}

static inline lf_drain_link *add_link(lf_spec *spec, lf_id from, lf_id to, double x0, double x1,
                                      double diameter_m) {
    lf_drain_link *link = lf_spec_add(spec, LF_DRAIN_LINKS);
    need(link);
    const lf_vec2 line[] = {{x0, 20}, {x1, 20}};
    link->row.shape = lf_spec_line(spec, line, 2, NULL);
    link->from = from;
    link->to = to;
    link->diameter_m = diameter_m;
    return link;
}

static inline void add_terrain(lf_spec *spec, double hole) {
    lf_grid grid = {SIDE, SIDE, 0, 0, 1};
    lf_raster *terrain = lf_spec_set_terrain(spec, &grid, NULL, LF_TAGGED, "test");
    need(terrain);
    for (int i = 0; i < SIDE * SIDE; i++) {
        int col = i % SIDE, row = i / SIDE;
        // Falls to the south-west, with a bowl around (20, 20).
        double r = hypot(col + 0.5 - 20, row + 0.5 - 20);
        double z = 500 + 0.004 * (col + row) - (r < 15 ? 0.6 * (1 - r / 15) : 0);
        terrain->values[i] = (float)(col == 60 && row > 40 && row < 44 ? hole : z);
    }
}

// Two blocks, a road through the bowl, a lawn, stalls, and three gullies on a small sewer.
static inline lf_spec *estate_create(bool terrain, bool pipes, double diameter_m) {
    lf_spec *spec = lf_spec_create(NULL);
    need(spec);
    memcpy(lf_spec_frame(spec)->crs, "EPSG:4547", 10);
    if (terrain) {
        add_terrain(spec, NAN);
    }
    for (int i = 0; i < 2; i++) {
        lf_building *b = lf_spec_add(spec, LF_BUILDINGS);
        need(b);
        b->row.shape = rectangle(spec, 10.2, 28.3 + 20 * i, 52.4, 39.1 + 20 * i);
        b->sill_m = 0.15;
        b->green_roof_ratio = i;
    }
    for (int i = 0; i < 2; i++) {
        lf_road_node *node = lf_spec_add(spec, LF_ROAD_NODES);
        need(node);
        node->row.shape = lf_spec_point(spec, (lf_vec2){i ? 75 : 5, 20});
    }
    lf_road *road = lf_spec_add(spec, LF_ROADS);
    need(road);
    const lf_vec2 line[] = {{5, 20}, {75, 20}};
    road->row.shape = lf_spec_line(spec, line, 2, NULL);
    road->width_m = 5;
    road->from = 1;
    road->to = 2;
    lf_green *green = lf_spec_add(spec, LF_GREEN);
    need(green);
    green->row.shape = rectangle(spec, 55, 30, 75, 70);
    lf_parking *parking = lf_spec_add(spec, LF_PARKING);
    need(parking);
    parking->row.shape = rectangle(spec, 30, 10, 60, 16);
    parking->capacity = 10;
    lf_sensor *gauge = lf_spec_add(spec, LF_SENSORS);
    need(gauge);
    gauge->kind = LF_SENSOR_DEPTH;
    gauge->row.shape = lf_spec_point(spec, (lf_vec2){20, 20});
    gauge->row.name = lf_spec_text(spec, "bowl");
    for (int i = 0; pipes && i < 3; i++) {
        lf_drain_node *node = add_node(spec, LF_NODE_GULLY, 20 + 20 * i, 20, 498.2 + 0.1 * i);
        node->inlet_length_m = 1.5;
    }
    if (pipes) {
        add_node(spec, LF_NODE_OUTFALL, 2, 20, 498.0);
        add_link(spec, 3, 2, 60, 40, diameter_m);
        add_link(spec, 2, 1, 40, 20, diameter_m);
        add_link(spec, 1, 4, 20, 2, diameter_m);
    }
    return spec;
}

typedef struct run {
    lf_twin *twin;
    lf_drain_settings settings;
    lf_clock clock;
    lf_env env;
    void *model;
    lf_state *state;
    void *arrays[64];
    lf_exchange exchange;
    float depths[64];
    lf_option_result *result;
    lf_error error;
    lf_issues *issues;
} run;

static inline void run_defaults(run *r) {
    memset(r, 0, sizeof *r);
    lf_table_defaults(lf_drain_module.settings, &r->settings);
    r->settings.storm.formula = "shenzhen_2024";
    r->settings.storm.period_years = 50;
    r->settings.storm.duration_s = 3600;
    r->settings.surface.cell_m = 1;
    r->settings.surface.margin_m = 5;
    r->clock = (lf_clock){.stop_s = 7200, .report_every_s = 600, .couple_every_s = 60, .seed = 1};
}

// Compiles the twin and the model; spec is destroyed.
static inline lf_code run_open(run *r, lf_spec *spec) {
    need(lf_twin_compile(spec, &r->twin, NULL, &r->error) == LF_OK);
    lf_spec_destroy(spec);
    r->issues = lf_issues_create();
    lf_module_input input = {r->twin, &r->settings, &r->clock, &r->env, NULL};
    lf_code code = lf_drain_module.model_create(&input, &r->model, r->issues, &r->error);
    if (code) {
        return code;
    }
    const lf_table *table = lf_drain_module.state;
    lf_state_count *count = lf_drain_module.count;
    const void *model = r->model;
    need(lf_state_create(&table, &count, &model, 1, NULL, &r->state, &r->error) == LF_OK);
    need(lf_drain_module.state->size <= sizeof r->arrays);
    lf_state_bind(r->state, 0, r->arrays);
    r->exchange = (lf_exchange){r->depths, r->depths + 16, r->depths + 32, r->depths + 48};
    r->result = lf_option_create("test", r->twin, NULL);
    return lf_drain_module.begin(r->model, r->arrays, &r->exchange, r->result, &r->error);
}

static inline lf_code run_between(run *r, double from_s, double until_s) {
    lf_code code = LF_OK;
    if (from_s == 0) {
        code = lf_drain_module.report(r->model, r->arrays, 0, r->result, &r->error);
    }
    for (double t = from_s; !code && t < until_s; t += r->clock.couple_every_s) {
        double next = t + r->clock.couple_every_s;
        code = lf_drain_module.advance(r->model, r->arrays, t, next, &r->exchange, &r->error);
        if (!code && fmod(next, r->clock.report_every_s) == 0) {
            code = lf_drain_module.report(r->model, r->arrays, next, r->result, &r->error);
        }
    }
    return code;
}

static inline lf_code run_all(run *r) {
    lf_code code = run_between(r, 0, r->clock.stop_s);
    return code ? code
                : lf_drain_module.finish(r->model, r->arrays, &r->exchange, r->result, &r->error);
}

static inline double figure(const run *r, const char *name) {
    const lf_figure *found = lf_option_figure(r->result, name);
    return found ? found->value : NAN;
}

static inline void run_close(run *r) {
    lf_option_destroy(r->result);
    lf_state_destroy(r->state);
    if (r->model) {
        lf_drain_module.model_destroy(r->model);
    }
    lf_issues_destroy(r->issues);
    lf_twin_destroy(r->twin);
}

#endif
