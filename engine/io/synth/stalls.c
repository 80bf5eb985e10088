// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Stalls where a data set has none: rows in parking areas, and bays along roads that are wide
// enough.
#include "geo/index.h"
#include "geo/polygon.h"
#include "io/common/place.h"
#include "io/synth/synth.h"
#include "lifang/twin.h"

#include <math.h>
#include <stdlib.h>

// Stalls and aisle after GB/T 51149-2016 practice: 2.5 x 5.3 m across, 6.0 x 2.2 m along the kerb,
// aisle 6 m; no kerb bay on roads below 6 m; none within 10 m of a junction.
static const double across_m = 2.5, deep_m = 5.3, aisle_m = 6.0, kerb_length_m = 6.0;
static const double kerb_depth_m = 2.2, least_road_m = 6.0, junction_m = 10.0,
                    speed_limit_m_s = 9.0;

typedef struct maker {
    lf_spec *spec;
    lf_geo_index *index; // of buildings
    double *boxes;
    int yards, yard_stalls, kerb_stalls;
    bool out_of_memory;
} maker;

typedef struct hit {
    const lf_spec *spec;
    const lf_vec2 *ring;
    bool found;
} hit;

static bool visit_building(void *context, int item) {
    hit *h = context;
    const lf_row *row = lf_spec_at_const(h->spec, LF_BUILDINGS, item);
    for (int i = 0; i < 4 && !h->found; i++) {
        lf_vec2 middle = {(h->ring[i].x + h->ring[(i + 1) % 4].x) / 2,
                          (h->ring[i].y + h->ring[(i + 1) % 4].y) / 2};
        h->found = lf_shape_distance_m(&row->shape, h->ring[i]) < 0.3 ||
                   lf_shape_distance_m(&row->shape, middle) < 0.3;
    }
    return !h->found;
}

static bool meets_building(const maker *m, const lf_vec2 ring[4]) {
    hit h = {m->spec, ring, false};
    double box[4] = {INFINITY, INFINITY, -INFINITY, -INFINITY};
    for (int i = 0; i < 4; i++) {
        box[0] = fmin(box[0], ring[i].x - 0.3);
        box[1] = fmin(box[1], ring[i].y - 0.3);
        box[2] = fmax(box[2], ring[i].x + 0.3);
        box[3] = fmax(box[3], ring[i].y + 0.3);
    }
    if (m->index)
        lf_geo_index_query(m->index, box, visit_building, &h);
    return h.found;
}

static bool add_stall(maker *m, const lf_vec2 ring[4], lf_id parking, lf_id road, lf_vec2 nose) {
    const int parts[2] = {0, 4};
    lf_stall *row = lf_spec_add(m->spec, LF_STALLS);
    if (!row) {
        m->out_of_memory = true;
        return false;
    }
    row->row.quality = LF_SYNTHETIC;
    row->row.source = lf_spec_text(m->spec, "synthesised: kerb_and_yards");
    row->row.shape = lf_spec_polygon(m->spec, ring, parts, 1);
    row->parking = parking;
    row->road = road;
    row->heading_deg = fmod(atan2(nose.x, nose.y) * (180 / 3.14159265358979323846) + 360, 360);
    return true;
}

// Direction of the longest edge of the outer ring.
static lf_vec2 main_direction(const lf_shape *shape) {
    lf_vec2 best = {1, 0};
    double longest = 0;
    for (int i = 0; i < shape->part_start[1]; i++) {
        lf_vec2 a = shape->points[i], b = shape->points[(i + 1) % shape->part_start[1]];
        double length = hypot(b.x - a.x, b.y - a.y);
        if (length > longest) {
            longest = length;
            best = (lf_vec2){(b.x - a.x) / length, (b.y - a.y) / length};
        }
    }
    return best;
}

static bool ring_inside(const lf_shape *shape, const lf_vec2 ring[4]) {
    for (int i = 0; i < 4; i++) {
        lf_vec2 q = ring[(i + 1) % 4];
        lf_vec2 middle = {(ring[i].x + q.x) / 2, (ring[i].y + q.y) / 2};
        if (!lf_shape_contains(shape, ring[i]) || !lf_shape_contains(shape, middle))
            return false;
    }
    return true;
}

// Extent of the shape along the direction and across it.
static void extent(const lf_shape *shape, lf_vec2 along, double range[4]) {
    range[0] = range[2] = INFINITY;
    range[1] = range[3] = -INFINITY;
    for (int i = 0; i < shape->point_count; i++) {
        double u = shape->points[i].x * along.x + shape->points[i].y * along.y;
        double v = shape->points[i].y * along.x - shape->points[i].x * along.y;
        range[0] = fmin(range[0], u);
        range[1] = fmax(range[1], u);
        range[2] = fmin(range[2], v);
        range[3] = fmax(range[3], v);
    }
}

// Rows along the longest edge: two rows back to back, an aisle, two rows, ...
static int fill_area(maker *m, const lf_shape *shape, lf_id id, int limit) {
    lf_vec2 d = main_direction(shape);
    double range[4];
    extent(shape, d, range);
    int made = 0;
    double v = range[2] + 0.1;
    for (int row = 0; v + deep_m <= range[3]; row++) {
        double sign = row % 2 == 0 ? 1 : -1; // nose away from the aisle that follows or precedes
        for (double u = range[0] + 0.1; u + across_m <= range[1] && made < limit; u += across_m) {
            lf_vec2 ring[4];
            const double us[4] = {u, u + across_m, u + across_m, u};
            const double vs[4] = {v, v, v + deep_m, v + deep_m};
            for (int k = 0; k < 4; k++)
                ring[k] = (lf_vec2){us[k] * d.x - vs[k] * d.y, us[k] * d.y + vs[k] * d.x};
            lf_vec2 nose = {sign * d.y, -sign * d.x};
            if (!ring_inside(shape, ring) || meets_building(m, ring))
                continue;
            if (!add_stall(m, ring, id, 0, nose))
                return made;
            made++;
        }
        v += deep_m + (row % 2 == 0 ? aisle_m : 0);
    }
    return made;
}

static bool has_stalls(const lf_spec *spec, lf_id parking) {
    int count;
    const lf_stall *rows = lf_spec_rows_const(spec, LF_STALLS, &count);
    for (int i = 0; i < count; i++)
        if (rows[i].parking == parking)
            return true;
    return false;
}

static void fill_areas(maker *m) {
    for (int i = 0; i < lf_spec_count(m->spec, LF_PARKING) && !m->out_of_memory; i++) {
        lf_parking *area = lf_spec_at(m->spec, LF_PARKING, i);
        const lf_shape *shape = &area->row.shape;
        bool open = area->kind == LF_PARKING_YARD || area->kind == LF_PARKING_KERB;
        if (!open || shape->kind != LF_POLYGON || !shape->part_count ||
            has_stalls(m->spec, area->row.id))
            continue;
        int stated = area->capacity;
        bool guessed = stated <= 0 || area->row.assumed;
        int made = fill_area(m, shape, area->row.id, stated > 0 && !guessed ? stated : 100000);
        if (made) {
            m->yards++;
            m->yard_stalls += made;
        }
        if (made && guessed) {
            area->capacity = made;
            lf_io_mark_assumed(&area->row, LF_PARKING, "capacity");
        }
    }
}

static bool in_estate(const lf_spec *spec, lf_vec2 at) {
    int count, estates = 0;
    const lf_compound *rows = lf_spec_rows_const(spec, LF_COMPOUNDS, &count);
    for (int i = 0; i < count; i++) {
        if (rows[i].kind != LF_COMPOUND_RESIDENTIAL)
            continue;
        estates++;
        if (lf_shape_contains(&rows[i].row.shape, at))
            return true;
    }
    return estates == 0;
}

// The carriageway's right-hand edge between two points of one straight piece.
static void line_segment(maker *m, const lf_road *road, lf_vec2 a, lf_vec2 b) {
    double length = hypot(b.x - a.x, b.y - a.y);
    if (length < 2 * junction_m + kerb_length_m)
        return;
    lf_vec2 d = {(b.x - a.x) / length, (b.y - a.y) / length}, right = {d.y, -d.x};
    double inner = road->width_m / 2 - kerb_depth_m, outer = road->width_m / 2;
    for (double at = junction_m; at + kerb_length_m <= length - junction_m; at += kerb_length_m) {
        double end = at + kerb_length_m;
        const lf_vec2 ring[4] = {
            {a.x + d.x * at + right.x * outer, a.y + d.y * at + right.y * outer},
            {a.x + d.x * end + right.x * outer, a.y + d.y * end + right.y * outer},
            {a.x + d.x * end + right.x * inner, a.y + d.y * end + right.y * inner},
            {a.x + d.x * at + right.x * inner, a.y + d.y * at + right.y * inner}};
        lf_vec2 middle = {(ring[0].x + ring[2].x) / 2, (ring[0].y + ring[2].y) / 2};
        if (!in_estate(m->spec, middle) || meets_building(m, ring))
            continue;
        if (!add_stall(m, ring, 0, road->row.id, d))
            return;
        m->kerb_stalls++;
    }
}

static void line_roads(maker *m) {
    int count;
    const lf_road *roads = lf_spec_rows_const(m->spec, LF_ROADS, &count);
    for (int i = 0; i < count && !m->out_of_memory; i++) {
        bool quiet = roads[i].kind == LF_ROAD_RESIDENTIAL || roads[i].kind == LF_ROAD_SERVICE;
        if (!quiet || !roads[i].drivable || roads[i].width_m < least_road_m ||
            roads[i].speed_m_s > speed_limit_m_s)
            continue;
        const lf_shape *shape = &roads[i].row.shape;
        for (int part = 0; part < shape->part_count; part++)
            for (int p = shape->part_start[part] + 1; p < shape->part_start[part + 1]; p++)
                line_segment(m, &roads[i], shape->points[p - 1], shape->points[p]);
    }
}

static bool index_buildings(maker *m) {
    int count = lf_spec_count(m->spec, LF_BUILDINGS);
    if (!count)
        return true;
    m->boxes = malloc((size_t)count * 4 * sizeof *m->boxes);
    if (!m->boxes)
        return false;
    for (int i = 0; i < count; i++) {
        const lf_row *row = lf_spec_at_const(m->spec, LF_BUILDINGS, i);
        lf_shape_bounds(&row->shape, m->boxes + (size_t)i * 4);
    }
    m->index = lf_geo_index_create(m->boxes, count);
    return m->index != NULL;
}

lf_code lf_io_synth_stalls(const lf_io_synth_call *call) {
    maker m = {.spec = call->spec};
    bool ready = index_buildings(&m);
    if (ready) {
        fill_areas(&m);
        line_roads(&m);
    }
    if (m.index)
        lf_geo_index_destroy(m.index);
    free(m.boxes);
    if (!ready || m.out_of_memory)
        return lf_io_synth_no_memory(call->error);
    if (!m.yard_stalls && !m.kerb_stalls)
        return lf_fail(
            call->error, LF_MISSING, LF_FROM_SCENARIO,
            "no stall fits: there is neither a parking area without stalls nor an estate "
            "road of %.0f m or more",
            least_road_m);
    lf_spec_add_assumption(call->spec, LF_SYNTHETIC,
                           "%d stalls in %d parking areas and %d along estate roads of %.0f m or "
                           "more are invented; nobody painted or counted them.",
                           m.yard_stalls, m.yards, m.kerb_stalls, least_road_m);
    return LF_OK;
}
