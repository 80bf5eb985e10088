// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Measures of a shape.
#include "geo/polygon.h"
#include "lifang/twin.h"

#include <math.h>

double lf_shape_area_m2(const lf_shape *shape) {
    if (shape->kind != LF_POLYGON)
        return 0;
    double area = 0; // holes are clockwise, so their area is negative
    for (int part = 0; part < shape->part_count; part++) {
        const int first = shape->part_start[part];
        area += lf_geo_ring_area_m2(shape->points + first, shape->part_start[part + 1] - first);
    }
    return area;
}

static double gap_m(lf_vec2 a, lf_vec2 b) {
    return hypot(b.x - a.x, b.y - a.y);
}

double lf_shape_length_m(const lf_shape *shape) {
    double length = 0;
    for (int part = 0; shape->kind != LF_POINT && part < shape->part_count; part++) {
        const int first = shape->part_start[part], end = shape->part_start[part + 1];
        for (int i = first; i + 1 < end; i++)
            length += gap_m(shape->points[i], shape->points[i + 1]);
        if (shape->kind == LF_POLYGON && end > first)
            length += gap_m(shape->points[end - 1], shape->points[first]);
    }
    return length;
}

static lf_vec2 mean_point(const lf_shape *shape) {
    lf_vec2 sum = {0, 0};
    for (int i = 0; i < shape->point_count; i++) {
        sum.x += shape->points[i].x;
        sum.y += shape->points[i].y;
    }
    const double n = shape->point_count > 0 ? shape->point_count : 1;
    return (lf_vec2){sum.x / n, sum.y / n};
}

static lf_vec2 middle_of_line(const lf_shape *shape) {
    double left = lf_shape_length_m(shape) / 2;
    for (int part = 0; part < shape->part_count; part++) {
        for (int i = shape->part_start[part]; i + 1 < shape->part_start[part + 1]; i++) {
            const lf_vec2 a = shape->points[i], b = shape->points[i + 1];
            const double step = gap_m(a, b);
            if (step >= left && step > 0)
                return (lf_vec2){a.x + (b.x - a.x) * left / step, a.y + (b.y - a.y) * left / step};
            left -= step;
        }
    }
    return mean_point(shape);
}

// Area centroid of all rings about the first point (Bourke 1988), so that large coordinates do not
// cost digits.
static lf_vec2 area_centre(const lf_shape *shape) {
    const lf_vec2 o = shape->points[0];
    double area = 0, cx = 0, cy = 0;
    for (int part = 0; part < shape->part_count; part++) {
        const int first = shape->part_start[part], end = shape->part_start[part + 1];
        for (int i = first; i < end; i++) {
            const lf_vec2 p = shape->points[i], q = shape->points[i + 1 < end ? i + 1 : first];
            const double cross = (p.x - o.x) * (q.y - o.y) - (q.x - o.x) * (p.y - o.y);
            area += cross;
            cx += (p.x + q.x - 2 * o.x) * cross;
            cy += (p.y + q.y - 2 * o.y) * cross;
        }
    }
    if (fabs(area) < 1e-9)
        return mean_point(shape);
    return (lf_vec2){o.x + cx / (3 * area), o.y + cy / (3 * area)};
}

lf_vec2 lf_shape_centre(const lf_shape *shape) {
    if (shape->point_count == 0)
        return (lf_vec2){0, 0};
    if (shape->kind == LF_POLYGON)
        return area_centre(shape);
    return shape->kind == LF_LINE ? middle_of_line(shape) : mean_point(shape);
}

bool lf_shape_contains(const lf_shape *shape, lf_vec2 point) {
    if (shape->kind != LF_POLYGON)
        return false;
    bool inside = false;
    for (int part = 0; part < shape->part_count; part++) {
        const int first = shape->part_start[part], end = shape->part_start[part + 1];
        for (int i = first, j = end - 1; i < end; j = i++) {
            const lf_vec2 a = shape->points[i], b = shape->points[j];
            if ((a.y > point.y) != (b.y > point.y) &&
                point.x < a.x + (b.x - a.x) * (point.y - a.y) / (b.y - a.y))
                inside = !inside;
        }
    }
    return inside;
}

double lf_shape_distance_m(const lf_shape *shape, lf_vec2 point) {
    if (lf_shape_contains(shape, point))
        return 0;
    double best = INFINITY;
    for (int part = 0; part < shape->part_count; part++) {
        const int first = shape->part_start[part], end = shape->part_start[part + 1];
        if (shape->kind == LF_POINT || end - first == 1) {
            for (int i = first; i < end; i++)
                best = fmin(best, gap_m(shape->points[i], point));
            continue;
        }
        for (int i = first; i + 1 < end; i++)
            best = fmin(best, lf_geo_segment_distance_m(shape->points[i], shape->points[i + 1],
                                                        point, NULL));
        if (shape->kind == LF_POLYGON)
            best = fmin(best, lf_geo_segment_distance_m(shape->points[end - 1],
                                                        shape->points[first], point, NULL));
    }
    return best;
}

void lf_shape_bounds(const lf_shape *shape, double box[4]) {
    box[0] = box[1] = INFINITY;
    box[2] = box[3] = -INFINITY;
    for (int i = 0; i < shape->point_count; i++) {
        box[0] = fmin(box[0], shape->points[i].x);
        box[1] = fmin(box[1], shape->points[i].y);
        box[2] = fmax(box[2], shape->points[i].x);
        box[3] = fmax(box[3], shape->points[i].y);
    }
}
