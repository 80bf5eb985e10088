// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Collecting, tidying and repairing polygon rings.
#include "geo/repair.h"

#include "base/memory.h"
#include "geo/frame.h"
#include "geo/polygon.h"
#include <geos_c.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void lf_geo_rings_free(lf_geo_rings *rings) {
    lf_memory_give(NULL, rings->points, rings->point_capacity * sizeof *rings->points);
    lf_memory_give(NULL, rings->start, rings->start_capacity * sizeof *rings->start);
    memset(rings, 0, sizeof *rings);
}

void lf_geo_rings_clear(lf_geo_rings *rings) {
    rings->point_count = rings->ring_count = 0;
}

void lf_geo_rings_begin(lf_geo_rings *rings) {
    if (!lf_memory_grow(NULL, (void **)&rings->start, &rings->start_capacity, rings->ring_count + 2,
                        sizeof *rings->start)) {
        rings->failed = true;
        return;
    }
    rings->start[rings->ring_count++] = (int)rings->point_count;
    rings->start[rings->ring_count] = (int)rings->point_count;
}

void lf_geo_rings_add(lf_geo_rings *rings, lf_vec2 point) {
    if (rings->failed || !rings->ring_count ||
        !lf_memory_grow(NULL, (void **)&rings->points, &rings->point_capacity,
                        rings->point_count + 1, sizeof *rings->points)) {
        rings->failed = true;
        return;
    }
    rings->points[rings->point_count++] = point;
    rings->start[rings->ring_count] = (int)rings->point_count;
}

int lf_geo_rings_length(const lf_geo_rings *rings, size_t ring) {
    return rings->start[ring + 1] - rings->start[ring];
}

const lf_vec2 *lf_geo_rings_at(const lf_geo_rings *rings, size_t ring) {
    return rings->points + rings->start[ring];
}

lf_shape lf_geo_rings_shape(const lf_geo_rings *rings) {
    lf_shape shape;
    memset(&shape, 0, sizeof shape);
    shape.kind = rings->ring_count ? LF_POLYGON : LF_NO_SHAPE;
    shape.part_count = (int)rings->ring_count;
    shape.point_count = (int)rings->point_count;
    shape.points = rings->points;
    shape.part_start = rings->start;
    return shape;
}

static bool same(lf_vec2 a, lf_vec2 b) {
    return a.x == b.x && a.y == b.y;
}

// Copies ring after ring into place without repeats; short rings vanish.
static void drop_repeats(lf_geo_rings *rings) {
    size_t kept_rings = 0, kept = 0;
    for (size_t r = 0; r < rings->ring_count; r++) {
        size_t first = kept, end = (size_t)rings->start[r + 1];
        for (size_t i = (size_t)rings->start[r]; i < end; i++)
            if (kept == first || !same(rings->points[kept - 1], rings->points[i]))
                rings->points[kept++] = rings->points[i];
        while (kept > first + 1 && same(rings->points[first], rings->points[kept - 1]))
            kept--;
        if (kept - first < 3) {
            kept = first;
            continue;
        }
        rings->start[kept_rings++] = (int)first;
    }
    rings->ring_count = kept_rings;
    rings->point_count = kept;
    if (rings->start)
        rings->start[kept_rings] = (int)kept;
}

static bool ring_contains(const lf_vec2 *ring, int count, lf_vec2 p) {
    bool inside = false;
    for (int i = 0, j = count - 1; i < count; j = i++)
        if ((ring[i].y > p.y) != (ring[j].y > p.y) &&
            p.x < (ring[j].x - ring[i].x) * (p.y - ring[i].y) / (ring[j].y - ring[i].y) + ring[i].x)
            inside = !inside;
    return inside;
}

static void box_of(const lf_vec2 *ring, int count, double box[4]) {
    box[0] = box[2] = ring[0].x;
    box[1] = box[3] = ring[0].y;
    for (int i = 1; i < count; i++) {
        box[0] = fmin(box[0], ring[i].x);
        box[1] = fmin(box[1], ring[i].y);
        box[2] = fmax(box[2], ring[i].x);
        box[3] = fmax(box[3], ring[i].y);
    }
}

// Spares most of the pairs of a forest with a thousand clearings.
static bool boxes_meet(const lf_vec2 *a, int a_count, const lf_vec2 *b, int b_count) {
    double p[4], q[4];
    box_of(a, a_count, p);
    box_of(b, b_count, q);
    return p[0] < q[2] && p[2] > q[0] && p[1] < q[3] && p[3] > q[1];
}

// Rings of one polygon may touch at a vertex, so the majority of the vertices decides.
static bool ring_inside(const lf_geo_rings *rings, size_t inner, size_t outer) {
    const lf_vec2 *ring = lf_geo_rings_at(rings, inner), *hull = lf_geo_rings_at(rings, outer);
    int count = lf_geo_rings_length(rings, inner), hull_count = lf_geo_rings_length(rings, outer);
    int inside = 0;
    if (!boxes_meet(ring, count, hull, hull_count))
        return false;
    for (int i = 0; i < count; i++) {
        lf_vec2 next = ring[(i + 1) % count];
        lf_vec2 middle = {(ring[i].x + next.x) / 2, (ring[i].y + next.y) / 2};
        inside += ring_contains(hull, hull_count, middle);
    }
    return 2 * inside > count;
}

static void orient(lf_geo_rings *rings, size_t ring, bool counter_clockwise) {
    lf_vec2 *points = rings->points + rings->start[ring];
    int count = lf_geo_rings_length(rings, ring);
    if ((lf_geo_ring_area_m2(points, count) > 0) == counter_clockwise)
        return;
    for (int i = 0, j = count - 1; i < j; i++, j--) {
        lf_vec2 swap = points[i];
        points[i] = points[j];
        points[j] = swap;
    }
}

static void append_ring(lf_geo_rings *to, const lf_geo_rings *from, size_t ring) {
    lf_geo_rings_begin(to);
    for (int i = 0; i < lf_geo_rings_length(from, ring); i++)
        lf_geo_rings_add(to, lf_geo_rings_at(from, ring)[i]);
}

// Rewrites the rings as outer, its holes, outer, its holes ...
static void nest(lf_geo_rings *rings) {
    lf_geo_rings out = {0};
    size_t count = rings->ring_count;
    int *depth = calloc(count, sizeof *depth);
    int *owner = calloc(count, sizeof *owner); // smallest ring around, or -1
    for (size_t i = 0; depth && owner && i < count; i++) {
        double smallest = INFINITY;
        owner[i] = -1;
        for (size_t j = 0; j < count; j++) {
            double area =
                fabs(lf_geo_ring_area_m2(lf_geo_rings_at(rings, j), lf_geo_rings_length(rings, j)));
            if (i == j || !ring_inside(rings, i, j))
                continue;
            depth[i]++;
            if (area < smallest) {
                smallest = area;
                owner[i] = (int)j;
            }
        }
        orient(rings, i, depth[i] % 2 == 0);
    }
    for (size_t i = 0; depth && owner && i < count; i++) {
        if (depth[i] % 2 != 0)
            continue;
        append_ring(&out, rings, i);
        for (size_t j = 0; j < count; j++)
            if (depth[j] % 2 != 0 && owner[j] == (int)i)
                append_ring(&out, rings, j);
    }
    out.failed = out.failed || !depth || !owner;
    free(depth);
    free(owner);
    lf_geo_rings_free(rings);
    *rings = out;
}

void lf_geo_rings_tidy(lf_geo_rings *rings) {
    drop_repeats(rings);
    if (rings->ring_count == 1)
        orient(rings, 0, true);
    else if (rings->ring_count > 1)
        nest(rings);
}

static GEOSGeometry *ring_to_geos(GEOSContextHandle_t geos, const lf_geo_rings *rings,
                                  size_t ring) {
    int count = lf_geo_rings_length(rings, ring);
    const lf_vec2 *points = lf_geo_rings_at(rings, ring);
    GEOSCoordSequence *sequence = GEOSCoordSeq_create_r(geos, (unsigned)count + 1, 2);
    for (int i = 0; sequence && i <= count; i++)
        GEOSCoordSeq_setXY_r(geos, sequence, (unsigned)i, points[i % count].x, points[i % count].y);
    return sequence ? GEOSGeom_createLinearRing_r(geos, sequence) : NULL;
}

// One polygon: the outer ring `first` and the holes up to `end`.
static GEOSGeometry *polygon_to_geos(GEOSContextHandle_t geos, const lf_geo_rings *rings,
                                     size_t first, size_t end) {
    unsigned holes = (unsigned)(end - first - 1);
    GEOSGeometry *shell = ring_to_geos(geos, rings, first);
    GEOSGeometry **hole = calloc(holes + 1, sizeof *hole);
    bool good = shell && hole;
    for (unsigned i = 0; good && i < holes; i++)
        good = (hole[i] = ring_to_geos(geos, rings, first + 1 + i)) != NULL;
    GEOSGeometry *polygon = NULL;
    if (good) {
        polygon = GEOSGeom_createPolygon_r(geos, shell, hole, holes); // takes the rings over
    } else {
        if (shell)
            GEOSGeom_destroy_r(geos, shell);
        for (unsigned i = 0; hole && i < holes; i++)
            if (hole[i])
                GEOSGeom_destroy_r(geos, hole[i]);
    }
    free(hole);
    return polygon;
}

static GEOSGeometry *to_geos(GEOSContextHandle_t geos, const lf_geo_rings *rings) {
    GEOSGeometry **list = calloc(rings->ring_count + 1, sizeof *list);
    unsigned count = 0;
    for (size_t r = 0; list && r < rings->ring_count;) {
        size_t end = r + 1;
        while (end < rings->ring_count && lf_geo_ring_area_m2(lf_geo_rings_at(rings, end),
                                                              lf_geo_rings_length(rings, end)) < 0)
            end++;
        list[count] = polygon_to_geos(geos, rings, r, end);
        if (list[count])
            count++;
        r = end;
    }
    GEOSGeometry *all =
        list ? GEOSGeom_createCollection_r(geos, GEOS_MULTIPOLYGON, list, count) : NULL;
    free(list);
    return all;
}

static void quiet(const char *text, void *user) {
    (void)text;
    (void)user;
}

static GEOSContextHandle_t open_geos(void) {
    GEOSContextHandle_t geos = GEOS_init_r();
    if (geos) {
        GEOSContext_setNoticeMessageHandler_r(geos, quiet, NULL);
        GEOSContext_setErrorMessageHandler_r(geos, quiet, NULL);
    }
    return geos;
}

static void take_ring(GEOSContextHandle_t geos, const GEOSGeometry *ring, lf_geo_rings *out) {
    const GEOSCoordSequence *sequence = GEOSGeom_getCoordSeq_r(geos, ring);
    unsigned count = 0;
    if (!sequence || !GEOSCoordSeq_getSize_r(geos, sequence, &count))
        return;
    lf_geo_rings_begin(out);
    for (unsigned i = 0; i + 1 < count; i++) {
        lf_vec2 p = {0, 0};
        GEOSCoordSeq_getXY_r(geos, sequence, i, &p.x, &p.y);
        p.x = lf_geo_snap(p.x);
        p.y = lf_geo_snap(p.y);
        lf_geo_rings_add(out, p);
    }
}

// Collects the polygons of any geometry; lines and points are left out.
static void take_polygons(GEOSContextHandle_t geos, const GEOSGeometry *geometry,
                          lf_geo_rings *out) {
    int parts = GEOSGetNumGeometries_r(geos, geometry);
    for (int i = 0; i < parts; i++) {
        const GEOSGeometry *part = GEOSGetGeometryN_r(geos, geometry, i);
        int type = GEOSGeomTypeId_r(geos, part);
        if (type == GEOS_MULTIPOLYGON || type == GEOS_GEOMETRYCOLLECTION)
            take_polygons(geos, part, out);
        if (type != GEOS_POLYGON || GEOSisEmpty_r(geos, part))
            continue;
        take_ring(geos, GEOSGetExteriorRing_r(geos, part), out);
        for (int h = 0; h < GEOSGetNumInteriorRings_r(geos, part); h++)
            take_ring(geos, GEOSGetInteriorRingN_r(geos, part, h), out);
    }
}

bool lf_geo_rings_repair(lf_geo_rings *rings) {
    lf_geo_rings out = {0};
    GEOSContextHandle_t geos = open_geos();
    GEOSGeometry *before = geos && rings->ring_count ? to_geos(geos, rings) : NULL;
    GEOSMakeValidParams *how = geos ? GEOSMakeValidParams_create_r(geos) : NULL;
    GEOSGeometry *after = NULL;
    if (before && how) {
        GEOSMakeValidParams_setMethod_r(geos, how, GEOS_MAKE_VALID_LINEWORK);
        after = GEOSMakeValidWithParams_r(geos, before, how);
    }
    if (after)
        take_polygons(geos, after, &out);
    if (how)
        GEOSMakeValidParams_destroy_r(geos, how);
    if (before)
        GEOSGeom_destroy_r(geos, before);
    if (after)
        GEOSGeom_destroy_r(geos, after);
    if (geos)
        GEOS_finish_r(geos);
    lf_geo_rings_tidy(&out);
    bool good = out.ring_count > 0 && !out.failed;
    if (good) {
        lf_geo_rings_free(rings);
        *rings = out;
    } else {
        lf_geo_rings_free(&out);
    }
    return good;
}

bool lf_geo_rings_valid(const lf_geo_rings *rings, char *reason, size_t size) {
    GEOSContextHandle_t geos = open_geos();
    GEOSGeometry *geometry = geos && rings->ring_count ? to_geos(geos, rings) : NULL;
    bool valid = geometry && GEOSisValid_r(geos, geometry) == 1;
    if (reason && size)
        *reason = '\0';
    if (!valid && geometry && reason && size) {
        char *text = GEOSisValidReason_r(geos, geometry);
        snprintf(reason, size, "%s", text ? text : "");
        GEOSFree_r(geos, text);
    }
    if (geometry)
        GEOSGeom_destroy_r(geos, geometry);
    if (geos)
        GEOS_finish_r(geos);
    return valid;
}
