// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Ear clipping: D. Eberly, "Triangulation by Ear Clipping", Geometric Tools (2002). Each hole is
// joined to its outer ring by a bridge from its easternmost point to a visible point, which turns a
// polygon with holes into one ring that touches itself; ears are then cut until none is left.
#include "geo/triangulate.h"
#include "geo/polygon.h"
#include <math.h>
#include <stdlib.h>

typedef struct clipper {
    const lf_vec2 *points;
    int *ring; // indices into points, bridges count twice
    int count;
    int *triangles;
    int triangle_count;
} clipper;

// Twice the signed area of a, b, c.
static double turn(lf_vec2 a, lf_vec2 b, lf_vec2 c) {
    return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

static bool same_point(lf_vec2 a, lf_vec2 b) {
    return a.x == b.x && a.y == b.y;
}

static bool inside_triangle(lf_vec2 p, lf_vec2 a, lf_vec2 b, lf_vec2 c) {
    return turn(a, b, p) >= 0 && turn(b, c, p) >= 0 && turn(c, a, p) >= 0;
}

// Position in the ring that the hole point `from` sees along the ray to the east, or -1.
static int bridge_target(const clipper *work, lf_vec2 from) {
    double best_x = INFINITY;
    int best = -1;
    for (int i = 0; i < work->count; i++) {
        lf_vec2 a = work->points[work->ring[i]];
        lf_vec2 b = work->points[work->ring[(i + 1) % work->count]];
        if (a.y == b.y || fmin(a.y, b.y) > from.y || fmax(a.y, b.y) < from.y) {
            continue;
        }
        double x = a.x + (from.y - a.y) / (b.y - a.y) * (b.x - a.x);
        if (x >= from.x && x < best_x) {
            best_x = x;
            best = a.x > b.x ? i : (i + 1) % work->count;
        }
    }
    if (best < 0) {
        return -1;
    }
    // Reflex points inside the triangle (from, hit, candidate) may hide the candidate: the one with
    // the smallest angle to the ray is visible.
    lf_vec2 hit = {best_x, from.y}, corner = work->points[work->ring[best]];
    double best_slope = INFINITY, best_distance = INFINITY;
    int seen = best;
    for (int i = 0; i < work->count; i++) {
        lf_vec2 p = work->points[work->ring[i]];
        bool within = corner.y < from.y ? inside_triangle(p, from, corner, hit)
                                        : inside_triangle(p, from, hit, corner);
        if (p.x < from.x || !within) {
            continue;
        }
        double dx = p.x - from.x, dy = fabs(p.y - from.y);
        double slope = dx > 0 ? dy / dx : (dy > 0 ? INFINITY : 0);
        if (slope < best_slope || (slope == best_slope && dx < best_distance)) {
            best_slope = slope;
            best_distance = dx;
            seen = i;
        }
    }
    return seen;
}

static void join_hole(clipper *work, int start, int end) {
    int east = start, count = end - start;
    for (int i = start; i < end; i++) {
        if (work->points[i].x > work->points[east].x) {
            east = i;
        }
    }
    int target = bridge_target(work, work->points[east]);
    if (target < 0) {
        return;
    }
    int added = count + 2;
    for (int i = work->count - 1; i > target; i--) {
        work->ring[i + added] = work->ring[i];
    }
    int *out = work->ring + target + 1;
    bool clockwise = lf_geo_ring_area_m2(work->points + start, count) < 0;
    for (int i = 0; i <= count; i++) {
        int step = clockwise ? i : count - i;
        *out++ = start + (east - start + step) % count;
    }
    *out = work->ring[target];
    work->count += added;
}

static bool is_ear(const clipper *work, int i) {
    int n = work->count;
    int before = work->ring[(i + n - 1) % n], here = work->ring[i], after = work->ring[(i + 1) % n];
    lf_vec2 a = work->points[before], b = work->points[here], c = work->points[after];
    if (turn(a, b, c) <= 0) {
        return false;
    }
    for (int k = 0; k < n; k++) {
        lf_vec2 p = work->points[work->ring[k]];
        if (same_point(p, a) || same_point(p, b) || same_point(p, c)) {
            continue;
        }
        if (inside_triangle(p, a, b, c)) {
            return false;
        }
    }
    return true;
}

static void drop(clipper *work, int i) {
    for (int k = i; k + 1 < work->count; k++) {
        work->ring[k] = work->ring[k + 1];
    }
    work->count--;
}

static void emit(clipper *work, int i) {
    int n = work->count;
    int *out = work->triangles + 3 * work->triangle_count++;
    out[0] = work->ring[(i + n - 1) % n];
    out[1] = work->ring[i];
    out[2] = work->ring[(i + 1) % n];
}

// Where no proper ear is left (crossing rings, straight runs), the corner with the least harm goes:
// a flat one without a triangle, else any convex one, else any.
static void clip_without_ear(clipper *work) {
    int convex = -1;
    for (int i = 0; i < work->count; i++) {
        int n = work->count;
        lf_vec2 a = work->points[work->ring[(i + n - 1) % n]];
        lf_vec2 b = work->points[work->ring[i]];
        lf_vec2 c = work->points[work->ring[(i + 1) % n]];
        double twice = turn(a, b, c);
        if (twice == 0) {
            drop(work, i);
            return;
        }
        if (twice > 0 && convex < 0) {
            convex = i;
        }
    }
    if (convex >= 0) {
        emit(work, convex);
    }
    drop(work, convex >= 0 ? convex : 0);
}

static void clip(clipper *work) {
    int at = 0;
    while (work->count > 3) {
        int ear = -1;
        for (int k = 0; k < work->count && ear < 0; k++) {
            int i = (at + k) % work->count;
            ear = is_ear(work, i) ? i : -1;
        }
        if (ear < 0) {
            clip_without_ear(work);
            at = 0;
            continue;
        }
        emit(work, ear);
        drop(work, ear);
        at = ear;
        if (at >= work->count) {
            at = 0;
        }
    }
    if (work->count == 3 && turn(work->points[work->ring[0]], work->points[work->ring[1]],
                                 work->points[work->ring[2]]) > 0) {
        emit(work, 1);
    }
}

typedef struct hole {
    int part;
    double east;
} hole;

static int compare_holes(const void *left, const void *right) {
    const hole *a = left, *b = right;
    if (a->east != b->east) {
        return a->east > b->east ? -1 : 1;
    }
    return a->part - b->part;
}

// Triangulates the outer ring `first` with the holes first + 1 .. last - 1.
static void polygon(clipper *work, const lf_shape *shape, int first, int last, hole *holes) {
    work->count = 0;
    for (int i = shape->part_start[first]; i < shape->part_start[first + 1]; i++) {
        work->ring[work->count++] = i;
    }
    if (work->count < 3) {
        return;
    }
    int hole_count = 0;
    for (int part = first + 1; part < last; part++) {
        double east = -INFINITY;
        for (int i = shape->part_start[part]; i < shape->part_start[part + 1]; i++) {
            east = fmax(east, shape->points[i].x);
        }
        if (shape->part_start[part + 1] - shape->part_start[part] >= 3) {
            holes[hole_count++] = (hole){part, east};
        }
    }
    qsort(holes, (size_t)hole_count, sizeof *holes, compare_holes);
    for (int i = 0; i < hole_count; i++) {
        join_hole(work, shape->part_start[holes[i].part], shape->part_start[holes[i].part + 1]);
    }
    clip(work);
}

static bool is_hole(const lf_shape *shape, int part) {
    int start = shape->part_start[part];
    return part > 0 &&
           lf_geo_ring_area_m2(shape->points + start, shape->part_start[part + 1] - start) < 0;
}

lf_code lf_geo_triangulate(const lf_shape *shape, int **triangles, int *triangle_count) {
    *triangles = NULL;
    *triangle_count = 0;
    if (shape->kind != LF_POLYGON || shape->point_count < 3) {
        return LF_OK;
    }
    // Every hole adds two ring entries, every ring entry at most one triangle.
    size_t limit = (size_t)shape->point_count + 2 * (size_t)shape->part_count;
    clipper work = {.points = shape->points};
    work.ring = malloc(limit * sizeof *work.ring);
    work.triangles = malloc(3 * limit * sizeof *work.triangles);
    hole *holes = malloc((size_t)shape->part_count * sizeof *holes);
    if (!work.ring || !work.triangles || !holes) {
        free(work.ring);
        free(work.triangles);
        free(holes);
        return LF_MEMORY;
    }
    for (int first = 0; first < shape->part_count;) {
        int last = first + 1;
        while (last < shape->part_count && is_hole(shape, last)) {
            last++;
        }
        polygon(&work, shape, first, last, holes);
        first = last;
    }
    free(work.ring);
    free(holes);
    *triangles = work.triangles;
    *triangle_count = work.triangle_count;
    return LF_OK;
}
