// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Stall places (lifang/park.h): which they are, how a car gets to them, and where it stands on the
// plan. Places without a stall row of their own are laid out inside the polygon of their parking.
#include "lifang/park.h"

#include <math.h>

// Stall 2.5 x 5.3 m, aisle 6 m, parallel bay 6 x 2.5 m: GB practice, see README.md.
static const double STALL_WIDTH_M = 2.5;
static const double STALL_DEPTH_M = 5.3;
static const double AISLE_M = 6.0;
static const double PARALLEL_LENGTH_M = 6.0;
static const double STRIP_WIDTH_M = 4.0; // narrower polygons hold cars nose to tail
static const double HALF_CAR_M = 2.2;
static const double CLOSEST_RATIO = 0.5; // of the usual spacing, before cars are stacked
static const double PI = 3.14159265358979323846;

const char *lf_park_kind_name(int kind) {
    static const char *const names[] = {"yard", "kerb", "garage", "underground", "mechanical"};
    return kind >= 0 && kind <= LF_PARKING_MECHANICAL ? names[kind] : "yard";
}

// --- layout inside a polygon ------------------------------------------------------------------

// The polygon's own axes: u along its longest side, v to the left of it.
typedef struct axes {
    lf_vec2 origin;
    lf_vec2 u, v;
    double length_m, width_m;
} axes;

static axes polygon_axes(const lf_shape *shape) {
    axes a = {{0, 0}, {1, 0}, {0, 1}, 0, 0};
    int count = shape->part_count > 0 ? shape->part_start[1] : 0;
    double longest = 0;
    for (int i = 0; i < count; i++) {
        lf_vec2 p = shape->points[i], q = shape->points[(i + 1) % count];
        double length = hypot(q.x - p.x, q.y - p.y);
        if (length > longest) {
            longest = length;
            a.u = (lf_vec2){(q.x - p.x) / length, (q.y - p.y) / length};
        }
    }
    a.v = (lf_vec2){-a.u.y, a.u.x};
    double u0 = INFINITY, u1 = -INFINITY, v0 = INFINITY, v1 = -INFINITY;
    for (int i = 0; i < count; i++) {
        double u = shape->points[i].x * a.u.x + shape->points[i].y * a.u.y;
        double v = shape->points[i].x * a.v.x + shape->points[i].y * a.v.y;
        u0 = fmin(u0, u), u1 = fmax(u1, u), v0 = fmin(v0, v), v1 = fmax(v1, v);
    }
    if (count > 0) {
        a.origin = (lf_vec2){u0 * a.u.x + v0 * a.v.x, u0 * a.u.y + v0 * a.v.y};
        a.length_m = u1 - u0;
        a.width_m = v1 - v0;
    }
    return a;
}

static double heading_deg(lf_vec2 direction) {
    double angle = atan2(direction.x, direction.y) * 180 / PI;
    return angle < 0 ? angle + 360 : angle;
}

// Middle of row r across the polygon and which way its cars face: stall, aisle, stall | stall,
// aisle, stall ..., so that every stall lies on an aisle.
static double row_middle_m(int row, double ratio, bool *faces_back) {
    double module = ratio * (2 * STALL_DEPTH_M + AISLE_M);
    *faces_back = row % 2 == 0;
    double inside = row % 2 == 0 ? STALL_DEPTH_M / 2 : STALL_DEPTH_M * 1.5 + AISLE_M;
    return (row / 2) * module + ratio * inside;
}

// Nose and tail lie inside; half a car is 2.2 m, less where cars stand closer.
static bool fits(const lf_shape *shape, lf_vec2 p, lf_vec2 nose, double ratio) {
    double half = HALF_CAR_M * ratio;
    return lf_shape_contains(shape, (lf_vec2){p.x + nose.x * half, p.y + nose.y * half}) &&
           lf_shape_contains(shape, (lf_vec2){p.x - nose.x * half, p.y - nose.y * half});
}

static int lay_rows(const lf_shape *shape, const axes *a, double ratio, int wanted,
                    lf_park_place *places) {
    bool strip = a->width_m < STRIP_WIDTH_M;
    double step = ratio * (strip ? PARALLEL_LENGTH_M : STALL_WIDTH_M);
    int columns = (int)floor(a->length_m / step + 1e-9);
    int placed = 0;
    for (int row = 0; placed < wanted; row++) {
        bool back = false;
        double v = strip ? a->width_m / 2 : row_middle_m(row, ratio, &back);
        if (v >= a->width_m || (strip && row > 0))
            break;
        for (int column = 0; column < columns && placed < wanted; column++) {
            double u = (column + 0.5) * step;
            lf_vec2 p = {a->origin.x + u * a->u.x + v * a->v.x,
                         a->origin.y + u * a->u.y + v * a->v.y};
            lf_vec2 nose = strip ? a->u : (back ? (lf_vec2){-a->v.x, -a->v.y} : a->v);
            if (!fits(shape, p, nose, ratio))
                continue;
            places[placed].position = p;
            places[placed].heading_deg = heading_deg(nose);
            placed++;
        }
    }
    return placed;
}

static void lay_out(const lf_shape *shape, int wanted, lf_park_place *places) {
    int placed = 0;
    if (shape->kind == LF_POLYGON && wanted > 0) {
        axes a = polygon_axes(shape);
        for (double ratio = 1; placed < wanted && ratio >= CLOSEST_RATIO; ratio *= 0.94)
            placed = lay_rows(shape, &a, ratio, wanted, places);
    }
    if (placed == 0 && wanted > 0) {
        places[0].position = lf_shape_centre(shape);
        places[0].heading_deg = 0;
        placed = 1;
    }
    for (int i = placed; i < wanted; i++) {
        places[i].position = places[i % placed].position;
        places[i].heading_deg = places[i % placed].heading_deg;
    }
}

// --- places -----------------------------------------------------------------------------------

// Stall rows that belong to a parking, and how many of them have a charger.
static int own_stalls(const lf_stall *stalls, int stall_count, lf_id parking, int *chargers) {
    int count = 0;
    *chargers = 0;
    for (int i = 0; i < stall_count; i++)
        if (stalls[i].parking == parking) {
            count++;
            *chargers += stalls[i].charger_kw > 0;
        }
    return count;
}

int lf_park_place_count(const lf_twin *twin) {
    int stall_count = 0, parking_count = 0;
    const lf_stall *stalls = lf_twin_rows(twin, LF_STALLS, &stall_count);
    const lf_parking *parkings = lf_twin_rows(twin, LF_PARKING, &parking_count);
    int count = stall_count;
    for (int i = 0; i < parking_count; i++) {
        int chargers = 0;
        int rest =
            parkings[i].capacity - own_stalls(stalls, stall_count, parkings[i].row.id, &chargers);
        count += rest > 0 ? rest : 0;
    }
    return count;
}

// A stall of a parking is reached over the parking's access where that one is stated or where the
// parking is a building; else over its own nearest road.
static lf_access stall_access(const lf_stall *stall, lf_access own, const lf_parking *parking,
                              const lf_access *parking_access) {
    if (!parking || stall->road)
        return own;
    bool inside = parking->kind == LF_PARKING_GARAGE || parking->kind == LF_PARKING_UNDERGROUND ||
                  parking->kind == LF_PARKING_MECHANICAL;
    return inside || parking->road || own.road < 0 ? *parking_access : own;
}

static void fill_stall(const lf_twin *twin, const lf_stall *stall, int index,
                       lf_park_place *place) {
    const lf_parking *parkings = lf_twin_rows(twin, LF_PARKING, &(int){0});
    const lf_access *accesses = lf_twin_access(twin, LF_PARKING);
    int at = stall->parking ? lf_spec_find(lf_twin_spec(twin), LF_PARKING, stall->parking) : -1;
    const lf_parking *parking = at >= 0 ? &parkings[at] : NULL;
    lf_access access = stall_access(stall, lf_twin_access(twin, LF_STALLS)[index], parking,
                                    at >= 0 ? &accesses[at] : NULL);
    int permit = stall->permit == LF_PERMIT_ANY && parking ? parking->permit : stall->permit;
    *place = (lf_park_place){.parking = at,
                             .stall = index,
                             .road = access.road,
                             .along_m = access.along_m,
                             .permit = permit,
                             .charger_kw = stall->charger_kw,
                             .position = lf_shape_centre(&stall->row.shape),
                             .heading_deg = stall->heading_deg};
}

void lf_park_places(const lf_twin *twin, lf_park_place *places) {
    int stall_count = 0, parking_count = 0;
    const lf_stall *stalls = lf_twin_rows(twin, LF_STALLS, &stall_count);
    const lf_parking *parkings = lf_twin_rows(twin, LF_PARKING, &parking_count);
    const lf_access *accesses = lf_twin_access(twin, LF_PARKING);
    for (int i = 0; i < stall_count; i++)
        fill_stall(twin, &stalls[i], i, &places[i]);
    lf_park_place *next = places + stall_count;
    for (int i = 0; i < parking_count; i++) {
        int chargers = 0;
        int rest =
            parkings[i].capacity - own_stalls(stalls, stall_count, parkings[i].row.id, &chargers);
        int spare = parkings[i].chargers - chargers;
        for (int k = 0; k < rest; k++)
            next[k] = (lf_park_place){.parking = i,
                                      .stall = -1,
                                      .road = accesses[i].road,
                                      .along_m = accesses[i].along_m,
                                      .permit = parkings[i].permit,
                                      .charger_kw = k < spare ? LF_PARK_CHARGER_KW : 0};
        if (rest > 0) {
            lay_out(&parkings[i].row.shape, rest, next);
            next += rest;
        }
    }
}
