// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Cars: one per taken stall place, and as many on each road edge as the frame counts there. Colours
// and small offsets depend on the place alone, so a parked car stays itself from frame to frame.
#include "base/random.h"
#include "lifang/park.h"
#include "view/scene.h"
#include <stdlib.h>

void lf_view_build_places(lf_view_scene *scene) {
    int count = lf_park_place_count(scene->twin), areas = 0;
    const lf_parking *area = lf_twin_rows(scene->twin, LF_PARKING, &areas);
    lf_park_place *places = calloc((size_t)count + 1, sizeof *places);
    if (!places || !lf_memory_grow(NULL, (void **)&scene->places, &scene->place_capacity,
                                   (size_t)count + 1, sizeof *scene->places)) {
        scene->out_of_memory = true;
        free(places);
        return;
    }
    lf_park_places(scene->twin, places);
    for (int i = 0; i < count; i++) {
        const lf_park_place *from = &places[i];
        bool seen = from->parking < 0 || area[from->parking].kind < LF_PARKING_GARAGE;
        scene->places[i] = (lf_view_place){from->position.x, from->position.y, from->heading_deg,
                                           from->parking, seen};
    }
    scene->place_count = (size_t)count;
    free(places);
}

static lf_view_colour car_colour(const lf_view_scene *scene, uint64_t seed) {
    // White, silver, grey, black, then a few muted colours, roughly in the shares one meets.
    static const lf_view_colour colours[] = {
        {236, 236, 234, 255}, {232, 230, 226, 255}, {228, 229, 230, 255}, {198, 200, 202, 255},
        {188, 190, 194, 255}, {132, 135, 140, 255}, {98, 101, 107, 255},  {62, 64, 70, 255},
        {54, 56, 62, 255},    {150, 84, 76, 255},   {84, 106, 140, 255},  {104, 124, 148, 255},
        {162, 142, 112, 255}, {110, 128, 112, 255}};
    lf_view_colour colour = colours[lf_random_below(seed, 9, 0, 14)];
    if (scene->palette->windows > 0) { // night: everything darker
        colour.r = (uint8_t)(colour.r * 0.62);
        colour.g = (uint8_t)(colour.g * 0.66);
        colour.b = (uint8_t)(colour.b * 0.78);
    }
    return colour;
}

static lf_view_vec3 car_point(lf_view_vec3 foot, lf_view_vec3 nose, float along, float side,
                              float up) {
    return (lf_view_vec3){foot.x + nose.x * along - nose.y * side,
                          foot.y + nose.y * along + nose.x * side, foot.z + up};
}

// A prism between a lower and an upper rectangle, both given by x0, x1, half width and height.
static void add_hull(const lf_view_pen *side, const lf_view_pen *top, lf_view_vec3 foot,
                     lf_view_vec3 nose, const float low[4], const float high[4]) {
    lf_view_vec3 a[4], b[4];
    for (int k = 0; k < 4; k++) {
        bool front = k == 1 || k == 2;
        float sign = k < 2 ? -1.0f : 1.0f;
        a[k] = car_point(foot, nose, low[front ? 1 : 0], sign * low[2], low[3]);
        b[k] = car_point(foot, nose, high[front ? 1 : 0], sign * high[2], high[3]);
    }
    for (int k = 0; k < 4; k++) {
        int next = (k + 1) % 4;
        lf_view_quad(side, a[k], a[next], b[next], b[k]);
    }
    lf_view_quad(top, b[0], b[1], b[2], b[3]);
}

static void add_car(lf_view_scene *scene, double x, double y, double heading_deg, uint64_t seed) {
    double turn = heading_deg * LF_VIEW_PI / 180;
    lf_view_vec3 nose = {(float)sin(turn), (float)cos(turn), 0};
    lf_view_vec3 foot = lf_view_on_ground(scene, x, y, 0.05);
    float size = 0.94f + 0.12f * (float)lf_random_unit(seed, 10, 0);
    bool van = lf_random_below(seed, 11, 0, 8) == 0;
    lf_view_colour paint = car_colour(scene, seed), glass = {62, 72, 84, 255};
    lf_view_pen body = {&scene->cars, paint, LF_VIEW_METAL, 0, 0};
    lf_view_pen pane = {&scene->cars, glass, LF_VIEW_METAL, 0, 0};
    float l = 2.2f * size, w = 0.88f * size, roof = van ? 1.85f : 1.45f;
    float sill[4] = {-l, l, w, 0.22f}, belt[4] = {-l * 0.98f, l * 0.97f, w * 0.97f, 0.86f};
    float cabin[4] = {van ? -l * 0.94f : -l * 0.80f, l * 0.42f, w * 0.90f, 0.86f};
    float top[4] = {van ? -l * 0.88f : -l * 0.52f, l * 0.12f, w * 0.74f, roof};
    add_hull(&body, &body, foot, nose, sill, belt);
    add_hull(&pane, &body, foot, nose, cabin, top);
}

// Spreads the cars of an edge over its length, on the right of the centre line.
static void add_edge_cars(lf_view_scene *scene, const lf_edge *edge, int edge_index, int cars) {
    int road_count = 0;
    const lf_road *roads = lf_twin_rows(scene->twin, LF_ROADS, &road_count);
    const lf_road *road = &roads[edge->road];
    const lf_shape *line = &road->row.shape;
    double aside = road->oneway == LF_BOTH_WAYS ? fmin(1.75, road->width_m / 4) : 0;
    for (int k = 0; k < cars; k++) {
        uint64_t seed = ((uint64_t)edge_index << 16) + (uint64_t)k + 7777777;
        double share = (k + 0.3 + 0.4 * lf_random_unit(seed, 12, 0)) / cars;
        double wanted = (edge->forward ? share : 1 - share) * edge->length_m, along = 0;
        for (int i = 0; i + 1 < line->point_count; i++) {
            lf_vec2 a = line->points[i], b = line->points[i + 1];
            double length = hypot(b.x - a.x, b.y - a.y);
            if (length > 0 && along + length >= wanted) {
                double t = (wanted - along) / length, sign = edge->forward ? 1 : -1;
                double dx = sign * (b.x - a.x) / length, dy = sign * (b.y - a.y) / length;
                add_car(scene, a.x + (b.x - a.x) * t + dy * aside,
                        a.y + (b.y - a.y) * t - dx * aside, atan2(dx, dy) * 180 / LF_VIEW_PI, seed);
                break;
            }
            along += length;
        }
    }
}

void lf_view_build_cars(lf_view_scene *scene, const lf_frame_shot *shot) {
    scene->cars.count = 0;
    scene->cars.index_count = 0;
    if (!shot) {
        return;
    }
    size_t count = shot->place_taken ? (size_t)shot->place_count : 0;
    for (size_t i = 0; i < count && i < scene->place_count; i++) {
        const lf_view_place *place = &scene->places[i];
        if (place->visible && shot->place_taken[i] == 1) {
            double flip = lf_random_below(i, 13, 0, 4) == 0 ? 180 : 0;
            double shift = 0.3 * (lf_random_unit(i, 14, 0) - 0.5);
            add_car(scene, place->x + shift, place->y + shift,
                    place->heading_deg + flip + 4 * (lf_random_unit(i, 15, 0) - 0.5), i);
        }
    }
    const lf_road_graph *graph = lf_twin_roads(scene->twin);
    for (int i = 0; shot->edge_cars && graph && i < graph->edge_count; i++) {
        int room = (int)(graph->edges[i].length_m / 6);
        int cars = (int)lround((double)shot->edge_cars[i]);
        add_edge_cars(scene, &graph->edges[i], i, cars < room ? cars : room);
    }
}
