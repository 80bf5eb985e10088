// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Small estates for the tests of parking, and the life of a model and its state.
#ifndef LF_TESTS_PARK_ESTATE_H
#define LF_TESTS_PARK_ESTATE_H

#include "park/engine.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct estate {
    lf_spec *spec;
    lf_twin *twin;
    lf_park_settings settings;
    lf_clock clock;
    lf_env env;
    lf_issues *issues;
    lf_error error;
    lf_park_model *model;
    lf_state *state;
    lf_park_state s;
    lf_option_result *result;
} estate;

static inline void estate_open(estate *e) {
    memset(e, 0, sizeof *e);
    e->spec = lf_spec_create(NULL);
    e->issues = lf_issues_create();
    e->clock = (lf_clock){.stop_s = 86400, .report_every_s = 3600, .couple_every_s = 60, .seed = 1};
    lf_table_defaults(&lf_park_settings_table, &e->settings);
}

static inline lf_id estate_node(estate *e, double x, double y) {
    lf_road_node *n = lf_spec_add(e->spec, LF_ROAD_NODES);
    n->row.shape = lf_spec_point(e->spec, (lf_vec2){x, y});
    return n->row.id;
}

static inline lf_vec2 estate_at(estate *e, lf_id node) {
    int at = lf_spec_find(e->spec, LF_ROAD_NODES, node);
    return ((const lf_road_node *)lf_spec_at_const(e->spec, LF_ROAD_NODES, at))
        ->row.shape.points[0];
}

static inline lf_road *estate_road(estate *e, lf_id from, lf_id to) {
    lf_vec2 line[] = {estate_at(e, from), estate_at(e, to)};
    lf_road *r = lf_spec_add(e->spec, LF_ROADS);
    r->from = from;
    r->to = to;
    r->speed_m_s = 5;
    r->drivable = true;
    r->row.shape = lf_spec_line(e->spec, line, 2, NULL);
    return r;
}

static inline lf_shape estate_box(estate *e, double x, double y, double w, double h) {
    const lf_vec2 ring[] = {{x, y}, {x + w, y}, {x + w, y + h}, {x, y + h}};
    return lf_spec_polygon(e->spec, ring, (int[]){0, 4}, 1);
}

static inline lf_parking *estate_parking(estate *e, double x, double y, int capacity) {
    lf_parking *p = lf_spec_add(e->spec, LF_PARKING);
    p->capacity = capacity;
    p->row.shape = estate_box(e, x - 12, y - 4, 24, 8);
    return p;
}

static inline lf_building *estate_building(estate *e, double x, double y, int households) {
    lf_building *b = lf_spec_add(e->spec, LF_BUILDINGS);
    b->households = households;
    b->row.shape = estate_box(e, x - 6, y - 4, 12, 8);
    return b;
}

static inline lf_gate *estate_gate(estate *e, lf_id node, double service_s) {
    lf_gate *g = lf_spec_add(e->spec, LF_GATES);
    g->node = node;
    g->lanes_in = g->lanes_out = 1;
    g->service_in_s = g->service_out_s = service_s;
    g->row.shape = lf_spec_point(e->spec, estate_at(e, node));
    return g;
}

// size x size crossings 60 m apart with a gate at two corners, a lot of `capacity` in the middle of
// every street and a building with `households` in every block.
static inline void estate_grid(estate *e, int size, int capacity, int households) {
    lf_id *node = calloc((size_t)(size * size), sizeof *node);
    for (int i = 0; i < size * size; i++)
        node[i] = estate_node(e, 60.0 * (i % size), 60.0 * (i / size));
    lf_id in = estate_node(e, -40, 0), out = estate_node(e, 60.0 * size - 20, 60.0 * (size - 1));
    estate_road(e, in, node[0]);
    estate_road(e, node[size * size - 1], out);
    for (int i = 0; i < size * size; i++) {
        double x = 60.0 * (i % size), y = 60.0 * (i / size);
        if (i % size + 1 < size) {
            estate_road(e, node[i], node[i + 1]);
            estate_parking(e, x + 30, y + 4.5, capacity);
        }
        if (i / size + 1 < size) {
            estate_road(e, node[i], node[i + size]);
            estate_parking(e, x + 12.5, y + 30, capacity);
        }
        if (i % size + 1 < size && i / size + 1 < size)
            estate_building(e, x + 36, y + 30, households);
    }
    estate_gate(e, in, 4);
    estate_gate(e, out, 4);
    free(node);
}

// One street with one gate, one lot and one building.
static inline void estate_single(estate *e, int capacity, double service_s) {
    lf_id a = estate_node(e, 0, 0), b = estate_node(e, 100, 0);
    estate_road(e, a, b);
    estate_parking(e, 60, 10, capacity);
    estate_building(e, 60, 30, 10);
    estate_gate(e, a, service_s);
}

static inline lf_code estate_compile(estate *e) {
    return lf_twin_compile(e->spec, &e->twin, e->issues, &e->error);
}

static inline lf_code estate_build(estate *e, const lf_park_trip *trips, int trip_count) {
    lf_module_input input = {
        .twin = e->twin, .settings = &e->settings, .clock = &e->clock, .env = &e->env};
    lf_code code = lf_park_model_build(&input, trips, trip_count, &e->model, e->issues, &e->error);
    if (code != LF_OK)
        return code;
    const lf_table *tables[] = {&lf_park_state_table};
    lf_state_count *counts[] = {lf_park_state_count};
    const void *models[] = {e->model};
    code = lf_state_create(tables, counts, models, 1, NULL, &e->state, &e->error);
    if (code == LF_OK)
        lf_state_bind(e->state, 0, &e->s);
    return code;
}

static inline lf_code estate_begin(estate *e, const lf_park_trip *trips, int trip_count) {
    lf_code code = e->twin ? LF_OK : estate_compile(e);
    if (code == LF_OK)
        code = estate_build(e, trips, trip_count);
    if (code == LF_OK)
        lf_park_start(e->model, &e->s);
    return code;
}

static inline void estate_run(estate *e, double from_s, double until_s, double step_s) {
    for (double t = from_s; t < until_s; t += step_s)
        lf_park_advance(e->model, &e->s, NULL, t, t + step_s < until_s ? t + step_s : until_s);
}

static inline double estate_figure(estate *e, const char *name) {
    if (!e->result) {
        e->result = lf_option_create("test", e->twin, NULL);
        lf_park_begin_result(e->model, e->result, &e->error);
        if (lf_park_finish(e->model, &e->s, e->result, &e->error) != LF_OK)
            return NAN;
    }
    const lf_figure *figure = lf_option_figure(e->result, name);
    return figure ? figure->value : NAN;
}

// Lets the model and state go, keeps spec and twin.
static inline void estate_rewind(estate *e) {
    lf_option_destroy(e->result);
    lf_state_destroy(e->state);
    lf_park_model_free(e->model);
    e->result = NULL;
    e->state = NULL;
    e->model = NULL;
}

static inline void estate_close(estate *e) {
    estate_rewind(e);
    lf_twin_destroy(e->twin);
    lf_spec_destroy(e->spec);
    lf_issues_destroy(e->issues);
}

static inline bool estate_has_issue(const estate *e, const char *feature, const char *words) {
    for (int i = 0; i < lf_issues_kept(e->issues); i++) {
        const lf_issue *issue = lf_issues_at(e->issues, i);
        if (strstr(issue->feature, feature) && strstr(issue->message, words))
            return true;
    }
    return false;
}

#endif
