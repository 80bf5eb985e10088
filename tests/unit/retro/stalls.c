// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Stall layouts: known counts, and for yards of many shapes that no stall leaves the yard, meets
// another one, a tree or a building.
#include "retro/stalls.h"
#include "check.h"
#include "tiny.h"

#define ROOM 400
#define PI 3.14159265358979323846

static const lf_retro_stall_rule square_rule = {90, 2.5, 5.3, 5.5};

static int lay_out(lf_spec *spec, const lf_shape *yard, const lf_retro_stall_rule *rule,
                   lf_retro_place *places) {
    lf_retro_obstacles *obstacles = NULL;
    lf_error error;
    int count = 0;
    CHECK(lf_retro_obstacles_create(spec, &obstacles, &error) == LF_OK);
    CHECK(lf_retro_lay_out(yard, &(lf_retro_ignore){0}, rule, obstacles, places, ROOM, &count,
                           &error) == LF_OK);
    lf_retro_obstacles_destroy(obstacles);
    return count;
}

static void known_counts(void) {
    static lf_retro_place places[ROOM];
    lf_spec *spec = lf_spec_create(NULL);
    lf_shape yard = tiny_box(spec, 0, 0, 25, 16.1);
    CHECK(lay_out(spec, &yard, &square_rule, places) == 20);
    yard = tiny_box(spec, 0, 0, 25, 10.9); // one row and its aisle
    CHECK(lay_out(spec, &yard, &square_rule, places) == 10);
    yard = tiny_box(spec, 0, 0, 10, 5.4); // no aisle
    CHECK(lay_out(spec, &yard, &square_rule, places) == 0);
    lf_road *road = lf_spec_add(spec, LF_ROADS); // the road before it is the aisle
    road->row.shape = lf_spec_line(spec, (lf_vec2[2]){{-10, -3}, {40, -3}}, 2, NULL);
    road->width_m = 6;
    road->drivable = true;
    road->kind = LF_ROAD_SERVICE;
    yard = tiny_box(spec, 0, 0, 25, 5.4);
    CHECK(lay_out(spec, &yard, &square_rule, places) == 10);
    const lf_retro_stall_rule parallel = {0, 2.5, 6, 3.5};
    yard = tiny_box(spec, 0, 20, 24, 28.5);
    CHECK(lay_out(spec, &yard, &parallel, places) == 8);
    // two aisles of 32.2 m: 4 rows of 9 stalls and the strip that joins the aisles, not of 11
    yard = tiny_box(spec, 0, 60, 28, 92.2);
    CHECK(lay_out(spec, &yard, &square_rule, places) == 4 * 9);
    lf_shape nothing = {0};
    CHECK(lay_out(spec, &nothing, &square_rule, places) == 0);
    lf_spec_destroy(spec);
}

// Separating axes: true if the insides of two stalls meet by more than a tolerance.
static bool overlap(const lf_retro_quad *a, const lf_retro_quad *b, double by_m) {
    for (int side = 0; side < 8; side++) {
        const lf_retro_quad *q = side < 4 ? a : b;
        lf_vec2 p = q->corner[side % 4], r = q->corner[(side + 1) % 4];
        double nx = r.y - p.y, ny = p.x - r.x, n = hypot(nx, ny);
        double a0 = INFINITY, a1 = -INFINITY, b0 = INFINITY, b1 = -INFINITY;
        for (int i = 0; i < 4; i++) {
            double at = (a->corner[i].x * nx + a->corner[i].y * ny) / n;
            double bt = (b->corner[i].x * nx + b->corner[i].y * ny) / n;
            a0 = fmin(a0, at);
            a1 = fmax(a1, at);
            b0 = fmin(b0, bt);
            b1 = fmax(b1, bt);
        }
        if (a1 <= b0 + by_m || b1 <= a0 + by_m)
            return false;
    }
    return true;
}

static double tree_distance(const lf_retro_quad *quad, lf_vec2 tree) {
    const lf_shape shape = {LF_POLYGON, 1, 4, quad->corner, (const int[2]){0, 4}, NULL};
    return lf_shape_distance_m(&shape, tree);
}

static double area_of(const lf_retro_quad *quad) {
    const lf_shape shape = {LF_POLYGON, 1, 4, quad->corner, (const int[2]){0, 4}, NULL};
    return lf_shape_area_m2(&shape);
}

static void check_layout(const lf_spec *spec, const lf_shape *yard, const lf_retro_place *places,
                         int count) {
    lf_shape building = ((const lf_building *)lf_spec_at_const(spec, LF_BUILDINGS, 0))->row.shape;
    lf_retro_quad block;
    memcpy(block.corner, building.points, sizeof block.corner);
    bool inside = true, apart = true, clear = true, sized = true;
    for (int i = 0; i < count; i++) {
        for (int c = 0; c < 4; c++)
            inside = inside && lf_shape_distance_m(yard, places[i].quad.corner[c]) < 0.03;
        sized = sized && fabs(fabs(area_of(&places[i].quad)) - 2.5 * 5.3) < 1e-6;
        clear = clear && !overlap(&places[i].quad, &block, 0.02);
        for (int t = 0; t < lf_spec_count(spec, LF_TREES); t++) {
            const lf_tree *tree = lf_spec_at_const(spec, LF_TREES, t);
            clear = clear && tree_distance(&places[i].quad, tree->row.shape.points[0]) > 0.5;
        }
        for (int k = 0; k < i; k++)
            apart = apart && !overlap(&places[i].quad, &places[k].quad, 1e-6);
    }
    CHECK(inside);
    CHECK(apart);
    CHECK(clear);
    CHECK(sized);
}

static void many_yards(void) {
    static lf_retro_place places[ROOM];
    const double angles_deg[3] = {45, 60, 90};
    const double aisles_m[3] = {3.8, 4.5, 5.5};
    for (int corners = 4; corners < 9; corners++) {
        for (int a = 0; a < 3; a++) {
            lf_spec *spec = lf_spec_create(NULL);
            lf_vec2 ring[9];
            for (int i = 0; i < corners; i++) {
                double turn = 2 * PI * i / corners + 0.3, far = 22 + 9 * ((i * 7) % 3);
                ring[i] = (lf_vec2){far * cos(turn), far * sin(turn)};
            }
            lf_shape yard = lf_spec_polygon(spec, ring, (int[2]){0, corners}, 1);
            lf_building *building = lf_spec_add(spec, LF_BUILDINGS);
            building->row.shape = tiny_box(spec, -4, -3, 5, 4);
            for (int t = 0; t < 4; t++) {
                lf_tree *tree = lf_spec_add(spec, LF_TREES);
                tree->row.shape =
                    lf_spec_point(spec, (lf_vec2){12 * cos(t + 0.1), 12 * sin(t + 0.1)});
            }
            const lf_retro_stall_rule rule = {angles_deg[a], 2.5, 5.3, aisles_m[a]};
            int count = lay_out(spec, &yard, &rule, places);
            CHECK(count > 10 && count < ROOM);
            check_layout(spec, &yard, places, count);
            lf_spec_destroy(spec);
        }
    }
}

int main(void) {
    known_counts();
    many_yards();
    return lf_check_end();
}
