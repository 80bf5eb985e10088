// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Rings, segments and the test for self-crossing.
#include "geo/polygon.h"
#include "base/memory.h"
#include "geo/index.h"

#include <assert.h>
#include <math.h>

double lf_geo_ring_area_m2(const lf_vec2 *ring, int count) {
    double twice = 0;
    for (int i = 1; i + 1 < count; i++)
        twice += (ring[i].x - ring[0].x) * (ring[i + 1].y - ring[0].y) -
                 (ring[i + 1].x - ring[0].x) * (ring[i].y - ring[0].y);
    return twice / 2;
}

double lf_geo_segment_distance_m(lf_vec2 a, lf_vec2 b, lf_vec2 point, double *along_ratio) {
    const double dx = b.x - a.x, dy = b.y - a.y, square = dx * dx + dy * dy;
    double t = square > 0 ? ((point.x - a.x) * dx + (point.y - a.y) * dy) / square : 0;
    t = t < 0 ? 0 : t > 1 ? 1 : t;
    if (along_ratio)
        *along_ratio = t;
    return hypot(point.x - (a.x + t * dx), point.y - (a.y + t * dy));
}

static double side(lf_vec2 a, lf_vec2 b, lf_vec2 c) {
    return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

// Proper crossing or overlap of two segments; touching end points do not count.
static bool segments_cross(lf_vec2 a, lf_vec2 b, lf_vec2 c, lf_vec2 d, lf_vec2 *where) {
    const double d1 = side(c, d, a), d2 = side(c, d, b), d3 = side(a, b, c), d4 = side(a, b, d);
    if (((d1 > 0 && d2 < 0) || (d1 < 0 && d2 > 0)) && ((d3 > 0 && d4 < 0) || (d3 < 0 && d4 > 0))) {
        const double t = d1 / (d1 - d2);
        *where = (lf_vec2){a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)};
        return true;
    }
    return false;
}

typedef struct sweep {
    const lf_vec2 *from, *to;
    const int *part; // ring of each segment
    int current;
    bool found;
    lf_vec2 where;
} sweep;

static bool visit_segment(void *context, int item) {
    sweep *s = context;
    if (item <= s->current)
        return true;
    s->found = segments_cross(s->from[s->current], s->to[s->current], s->from[item], s->to[item],
                              &s->where);
    return !s->found;
}

bool lf_geo_shape_crosses_itself(const lf_shape *shape, lf_vec2 *where) {
    assert(shape && where);
    const int count = shape->kind == LF_POLYGON ? shape->point_count : 0;
    if (count < 4)
        return false;
    lf_vec2 *from = lf_memory_take(NULL, 2 * (size_t)count * sizeof *from);
    double *boxes = lf_memory_take(NULL, 4 * (size_t)count * sizeof *boxes);
    lf_vec2 *to = from ? from + count : NULL;
    bool found = false;
    if (from && boxes) {
        for (int part = 0; part < shape->part_count; part++) {
            const int first = shape->part_start[part], end = shape->part_start[part + 1];
            for (int i = first; i < end; i++) {
                from[i] = shape->points[i];
                to[i] = shape->points[i + 1 < end ? i + 1 : first];
                boxes[4 * i] = fmin(from[i].x, to[i].x);
                boxes[4 * i + 1] = fmin(from[i].y, to[i].y);
                boxes[4 * i + 2] = fmax(from[i].x, to[i].x);
                boxes[4 * i + 3] = fmax(from[i].y, to[i].y);
            }
        }
        lf_geo_index *index = lf_geo_index_create(boxes, count);
        sweep s = {.from = from, .to = to};
        for (int i = 0; index && i < count && !s.found; i++) {
            s.current = i;
            lf_geo_index_query(index, &boxes[4 * i], visit_segment, &s);
        }
        found = s.found;
        if (found)
            *where = s.where;
        lf_geo_index_destroy(index);
    }
    lf_memory_give(NULL, from, 2 * (size_t)count * sizeof *from);
    lf_memory_give(NULL, boxes, 4 * (size_t)count * sizeof *boxes);
    return found;
}
