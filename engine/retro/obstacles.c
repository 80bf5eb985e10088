// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// What is in the way of a stall. Areas are tested by clipping their edges against the convex stall,
// lines and trees by their distance to it.
#include "retro/stalls.h"

#include "geo/index.h"
#include "geo/polygon.h"
#include "lifang/twin.h"

#include <math.h>
#include <stdlib.h>

#define TREE_CLEAR_M 0.6 // trunk and its grate
#define WALL_CLEAR_M 0.1

typedef struct lf_obstacle {
    const lf_shape *shape;
    double clear_m; // lines and points: how near is too near
    lf_id parking;  // of stalls
    lf_id green;    // of green
    lf_id road;     // of roads
} lf_obstacle;

struct lf_retro_obstacles {
    lf_obstacle *items;
    int count;
    lf_geo_index *index;
};

static const lf_layer layers[] = {LF_BUILDINGS, LF_GREEN, LF_WATER, LF_WALLS,
                                  LF_TREES,     LF_ROADS, LF_STALLS};
#define LAYER_COUNT ((int)(sizeof layers / sizeof *layers))

static bool make_obstacle(lf_layer layer, const void *row, lf_obstacle *out) {
    const lf_row *head = row;
    *out = (lf_obstacle){.shape = &head->shape};
    if (head->shape.point_count == 0)
        return false;
    switch (layer) {
    case LF_WALLS:
        out->clear_m = WALL_CLEAR_M;
        return true;
    case LF_TREES:
        out->clear_m = TREE_CLEAR_M;
        return true;
    case LF_ROADS: {
        const lf_road *road = row;
        out->clear_m = road->width_m / 2;
        out->road = road->row.id;
        // the aisles inside a car park are what a new layout replaces
        return road->drivable && road->kind != LF_ROAD_AISLE;
    }
    case LF_GREEN:
        out->green = head->id;
        return true;
    case LF_STALLS:
        out->parking = ((const lf_stall *)row)->parking;
        return true;
    default:
        return true;
    }
}

lf_code lf_retro_obstacles_create(const lf_spec *spec, lf_retro_obstacles **obstacles,
                                  lf_error *error) {
    *obstacles = NULL;
    int most = 0;
    for (int i = 0; i < LAYER_COUNT; i++)
        most += lf_spec_count(spec, layers[i]);
    lf_retro_obstacles *o = calloc(1, sizeof *o);
    double *boxes = calloc((size_t)most + 1, 4 * sizeof *boxes);
    if (o)
        o->items = calloc((size_t)most + 1, sizeof *o->items);
    if (!o || !boxes || !o->items) {
        free(boxes);
        lf_retro_obstacles_destroy(o);
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for %d obstacles", most);
    }
    for (int i = 0; i < LAYER_COUNT; i++) {
        for (int k = 0; k < lf_spec_count(spec, layers[i]); k++) {
            lf_obstacle *item = &o->items[o->count];
            if (!make_obstacle(layers[i], lf_spec_at_const(spec, layers[i], k), item))
                continue;
            double *box = boxes + 4 * (size_t)o->count++;
            lf_shape_bounds(item->shape, box);
            box[0] -= item->clear_m;
            box[1] -= item->clear_m;
            box[2] += item->clear_m;
            box[3] += item->clear_m;
        }
    }
    o->index = lf_geo_index_create(boxes, o->count);
    free(boxes);
    if (!o->index) {
        lf_retro_obstacles_destroy(o);
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for %d obstacles", most);
    }
    *obstacles = o;
    return LF_OK;
}

void lf_retro_obstacles_destroy(lf_retro_obstacles *obstacles) {
    if (!obstacles)
        return;
    if (obstacles->index)
        lf_geo_index_destroy(obstacles->index);
    free(obstacles->items);
    free(obstacles);
}

static double cross(lf_vec2 a, lf_vec2 b, lf_vec2 p) {
    return (b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x);
}

// True if the segment runs through the inside of the quad (Cyrus and Beck 1978); touching is free.
static bool segment_meets(lf_vec2 a, lf_vec2 b, const lf_retro_quad *quad) {
    double turn = cross(quad->corner[0], quad->corner[1], quad->corner[2]) > 0 ? 1 : -1;
    double low = 0, high = 1;
    for (int i = 0; i < 4; i++) {
        double at_a = turn * cross(quad->corner[i], quad->corner[(i + 1) % 4], a);
        double at_b = turn * cross(quad->corner[i], quad->corner[(i + 1) % 4], b);
        if (at_a <= 1e-9 && at_b <= 1e-9)
            return false;
        if (at_a < 0)
            low = fmax(low, at_a / (at_a - at_b));
        else if (at_b < 0)
            high = fmin(high, at_a / (at_a - at_b));
    }
    return low < high - 1e-9;
}

static bool quad_contains(const lf_retro_quad *quad, lf_vec2 p) {
    double turn = cross(quad->corner[0], quad->corner[1], quad->corner[2]) > 0 ? 1 : -1;
    for (int i = 0; i < 4; i++)
        if (turn * cross(quad->corner[i], quad->corner[(i + 1) % 4], p) <= 0)
            return false;
    return true;
}

static double distance(lf_vec2 a, lf_vec2 b, lf_vec2 p) {
    double along = 0;
    return lf_geo_segment_distance_m(a, b, p, &along);
}

static bool nearer_than(const lf_retro_quad *quad, lf_vec2 a, lf_vec2 b, double clear_m) {
    if (segment_meets(a, b, quad) || quad_contains(quad, a))
        return true;
    for (int i = 0; i < 4; i++) {
        lf_vec2 p = quad->corner[i], q = quad->corner[(i + 1) % 4];
        if (distance(a, b, p) < clear_m || distance(p, q, a) < clear_m ||
            distance(p, q, b) < clear_m)
            return true;
    }
    return false;
}

static bool ring_meets(const lf_shape *shape, int part, const lf_retro_quad *quad) {
    int first = shape->part_start[part], last = shape->part_start[part + 1];
    for (int i = first; i < last; i++)
        if (segment_meets(shape->points[i], shape->points[i + 1 < last ? i + 1 : first], quad))
            return true;
    return false;
}

static lf_vec2 middle(const lf_retro_quad *quad) {
    lf_vec2 m = {0, 0};
    for (int i = 0; i < 4; i++) {
        m.x += quad->corner[i].x / 4;
        m.y += quad->corner[i].y / 4;
    }
    return m;
}

static bool meets(const lf_obstacle *obstacle, const lf_retro_quad *quad) {
    const lf_shape *shape = obstacle->shape;
    if (shape->kind == LF_POLYGON) {
        for (int part = 0; part < shape->part_count; part++)
            if (ring_meets(shape, part, quad))
                return true;
        return lf_shape_contains(shape, middle(quad));
    }
    if (shape->kind == LF_POINT)
        return nearer_than(quad, shape->points[0], shape->points[0], obstacle->clear_m);
    for (int part = 0; part < shape->part_count; part++)
        for (int i = shape->part_start[part]; i + 1 < shape->part_start[part + 1]; i++)
            if (nearer_than(quad, shape->points[i], shape->points[i + 1], obstacle->clear_m))
                return true;
    return false;
}

typedef struct lf_query {
    const lf_retro_obstacles *obstacles;
    const lf_retro_quad *quad;
    const lf_retro_ignore *ignore;
    bool free;
} lf_query;

static bool visit(void *context, int item) {
    lf_query *query = context;
    const lf_obstacle *obstacle = &query->obstacles->items[item];
    const lf_retro_ignore *ignore = query->ignore;
    if ((obstacle->parking && obstacle->parking == ignore->parking) ||
        (obstacle->green && obstacle->green == ignore->green) ||
        (obstacle->road && (ignore->roads || obstacle->road == ignore->road)))
        return true;
    query->free = !meets(obstacle, query->quad);
    return query->free;
}

bool lf_retro_quad_inside(const lf_shape *shape, const lf_retro_quad *quad) {
    for (int part = 0; part < shape->part_count; part++)
        if (ring_meets(shape, part, quad))
            return false;
    return lf_shape_contains(shape, middle(quad));
}

typedef struct lf_road_query {
    const lf_retro_obstacles *obstacles;
    lf_vec2 point;
    bool found;
} lf_road_query;

static bool visit_road(void *context, int item) {
    lf_road_query *query = context;
    const lf_obstacle *obstacle = &query->obstacles->items[item];
    if (obstacle->road)
        query->found = lf_shape_distance_m(obstacle->shape, query->point) <= obstacle->clear_m;
    return !query->found;
}

bool lf_retro_on_road(const lf_retro_obstacles *obstacles, lf_vec2 point) {
    lf_road_query query = {obstacles, point, false};
    lf_geo_index_query(obstacles->index, (double[4]){point.x, point.y, point.x, point.y},
                       visit_road, &query);
    return query.found;
}

bool lf_retro_quad_free(const lf_retro_obstacles *obstacles, const lf_retro_quad *quad,
                        const lf_retro_ignore *ignore) {
    lf_query query = {obstacles, quad, ignore, true};
    double box[4] = {INFINITY, INFINITY, -INFINITY, -INFINITY};
    for (int i = 0; i < 4; i++) {
        box[0] = fmin(box[0], quad->corner[i].x);
        box[1] = fmin(box[1], quad->corner[i].y);
        box[2] = fmax(box[2], quad->corner[i].x);
        box[3] = fmax(box[3], quad->corner[i].y);
    }
    lf_geo_index_query(obstacles->index, box, visit, &query);
    return query.free;
}
