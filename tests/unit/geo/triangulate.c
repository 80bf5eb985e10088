// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Triangulation: areas add up, every triangle runs counter-clockwise, holes stay open.
#include "geo/triangulate.h"
#include "check.h"

static double total_area(const lf_shape *shape, int *triangle_count, double *smallest) {
    int *t = NULL;
    double sum = 0;
    *smallest = INFINITY;
    CHECK(lf_geo_triangulate(shape, &t, triangle_count) == LF_OK);
    for (int i = 0; i < *triangle_count; i++) {
        lf_vec2 a = shape->points[t[3 * i]], b = shape->points[t[3 * i + 1]],
                c = shape->points[t[3 * i + 2]];
        double area = ((b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)) / 2;
        sum += area;
        *smallest = fmin(*smallest, area);
    }
    free(t);
    return sum;
}

static void check_area(const lf_vec2 *points, const int *starts, int parts, double area) {
    lf_shape shape = {LF_POLYGON, parts, starts[parts], points, starts, NULL};
    int count = 0;
    double smallest = 0;
    CHECK_NEAR(total_area(&shape, &count, &smallest), area, 1e-9 * fmax(1, area));
    CHECK(smallest >= 0);
}

static void simple_shapes(void) {
    const int four[2] = {0, 4}, six[2] = {0, 6}, eight[2] = {0, 8};
    const lf_vec2 square[4] = {{0, 0}, {4, 0}, {4, 3}, {0, 3}};
    const lf_vec2 corner[6] = {{0, 0}, {6, 0}, {6, 5}, {4, 5}, {4, 2}, {0, 2}};
    const lf_vec2 straight[8] = {{0, 0}, {1, 0}, {2, 0}, {4, 0}, {4, 4}, {2, 4}, {1, 4}, {0, 4}};
    check_area(square, four, 1, 12);
    check_area(corner, six, 1, 18);
    check_area(straight, eight, 1, 16);
}

static void holes(void) {
    const lf_vec2 ring[12] = {{0, 0}, {10, 0}, {10, 10}, {0, 10}, {2, 2}, {2, 4},
                              {4, 4}, {4, 2},  {6, 6},   {6, 8},  {8, 8}, {8, 6}};
    const int starts[4] = {0, 4, 8, 12};
    check_area(ring, starts, 3, 92);
    // Two polygons in one shape, the first with a hole; holes whose corners are level.
    const lf_vec2 two[12] = {{0, 0}, {9, 0}, {9, 9},   {0, 9},   {3, 3},   {3, 6},
                             {6, 6}, {6, 3}, {20, 20}, {23, 20}, {23, 22}, {20, 22}};
    check_area(two, starts, 3, 72 + 6);
    // Two holes at one height: the bridge of the left one must not cross the right one.
    const lf_vec2 level[12] = {{0, 0}, {12, 0}, {12, 6}, {0, 6}, {2, 2}, {2, 4},
                               {4, 4}, {4, 2},  {7, 2},  {7, 4}, {9, 4}, {9, 2}};
    check_area(level, starts, 3, 72 - 8);
}

static void star(void) {
    enum { POINTS = 200 };
    lf_vec2 ring[POINTS];
    const int starts[2] = {0, POINTS};
    double area = 0;
    for (int i = 0; i < POINTS; i++) {
        double angle = 2 * 3.14159265358979 * i / POINTS, radius = i % 2 ? 40 : 17 + i % 7;
        ring[i] = (lf_vec2){radius * cos(angle), radius * sin(angle)};
    }
    for (int i = 0; i < POINTS; i++) {
        lf_vec2 a = ring[i], b = ring[(i + 1) % POINTS];
        area += (a.x * b.y - b.x * a.y) / 2;
    }
    check_area(ring, starts, 1, area);
}

static void nothing(void) {
    lf_shape shape = {0};
    int *triangles = NULL, count = 1;
    CHECK(lf_geo_triangulate(&shape, &triangles, &count) == LF_OK);
    CHECK(count == 0 && !triangles);
    const lf_vec2 flat[4] = {{0, 0}, {1, 0}, {2, 0}, {3, 0}};
    const int starts[2] = {0, 4};
    check_area(flat, starts, 1, 0);
    // A ring that crosses itself ends, whatever it gives.
    const lf_vec2 bow[4] = {{0, 0}, {4, 4}, {4, 0}, {0, 4}};
    lf_shape crossing = {LF_POLYGON, 1, 4, bow, starts, NULL};
    CHECK(lf_geo_triangulate(&crossing, &triangles, &count) == LF_OK);
    CHECK(count <= 2);
    free(triangles);
}

int main(void) {
    simple_shapes();
    holes();
    star();
    nothing();
    return lf_check_end();
}
