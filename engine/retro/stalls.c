// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Rows of stalls along aisles. In a frame turned to one of the yard's long edges (u along the
// aisle, v across) a module is row, aisle, row; rows repeat with the module's height. A stall is
// placed where it lies inside the yard, is free, and has a free aisle before it that lies in the
// yard or on a carriageway. Where a yard needs more than one aisle of its own, a strip across the
// ends of the rows stays free to join them. The best of all directions and shifts is kept.
#include "retro/stalls.h"

#include "lifang/twin.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define PI 3.14159265358979323846
#define DIRECTIONS 4
#define SHIFT_M 0.5   // of the rows across the aisle
#define SLIDE_M 0.25  // along the row where a stall does not fit
#define SHRINK_M 0.01 // stalls may touch what they stand beside

typedef struct lf_layout {
    const lf_shape *yard;
    const lf_retro_obstacles *obstacles;
    lf_retro_ignore ignore;
    double angle_rad;
    double width_m, length_m, aisle_m;
    double pitch_m; // from stall to stall along the aisle
    double depth_m; // of a row across
    lf_vec2 origin;
    double cos_turn, sin_turn;
    double u0, u1, v0, v1; // box of the yard in the turned frame
    lf_retro_place *places;
    int room, count;
} lf_layout;

static lf_vec2 to_world(const lf_layout *l, double u, double v) {
    return (lf_vec2){l->origin.x + u * l->cos_turn - v * l->sin_turn,
                     l->origin.y + u * l->sin_turn + v * l->cos_turn};
}

static void turn_to(lf_layout *l, double turn_rad) {
    l->cos_turn = cos(turn_rad);
    l->sin_turn = sin(turn_rad);
    l->u0 = l->v0 = INFINITY;
    l->u1 = l->v1 = -INFINITY;
    for (int i = 0; i < l->yard->point_count; i++) {
        double x = l->yard->points[i].x - l->origin.x, y = l->yard->points[i].y - l->origin.y;
        double u = x * l->cos_turn + y * l->sin_turn, v = y * l->cos_turn - x * l->sin_turn;
        l->u0 = fmin(l->u0, u);
        l->u1 = fmax(l->u1, u);
        l->v0 = fmin(l->v0, v);
        l->v1 = fmax(l->v1, v);
    }
}

// Corners of a stall whose row begins at the aisle's edge v, going up (+1) or down (-1) from it.
static lf_retro_quad stall_quad(const lf_layout *l, double u, double v, double up) {
    double along = cos(l->angle_rad), across = sin(l->angle_rad);
    double start_u = u + l->width_m * across;
    double w = l->width_m, n = l->length_m;
    const double local[4][2] = {{start_u, 0},
                                {start_u + n * along, n * across},
                                {u + n * along, w * along + n * across},
                                {u, w * along}};
    lf_retro_quad quad;
    for (int i = 0; i < 4; i++)
        quad.corner[i] = to_world(l, local[i][0], v + up * local[i][1]);
    return quad;
}

static lf_retro_quad shrunk(const lf_retro_quad *quad) {
    lf_vec2 m = {0, 0};
    for (int i = 0; i < 4; i++) {
        m.x += quad->corner[i].x / 4;
        m.y += quad->corner[i].y / 4;
    }
    lf_retro_quad small;
    for (int i = 0; i < 4; i++) {
        double x = m.x - quad->corner[i].x, y = m.y - quad->corner[i].y, d = hypot(x, y);
        small.corner[i].x = quad->corner[i].x + x / d * SHRINK_M;
        small.corner[i].y = quad->corner[i].y + y / d * SHRINK_M;
    }
    return small;
}

// The aisle before the stall: free of everything but roads, and each of 3 x 3 points on ground
// where a car may drive.
static bool aisle_free(const lf_layout *l, double u, double v, double up) {
    lf_retro_quad aisle = {{to_world(l, u, v), to_world(l, u + l->pitch_m, v),
                            to_world(l, u + l->pitch_m, v - up * l->aisle_m),
                            to_world(l, u, v - up * l->aisle_m)}};
    lf_retro_quad small = shrunk(&aisle);
    lf_retro_ignore ignore = l->ignore;
    ignore.roads = true;
    if (!lf_retro_quad_free(l->obstacles, &small, &ignore))
        return false;
    for (int i = 0; i < 9; i++) {
        double a = 0.02 + 0.48 * (i % 3), b = 0.02 + 0.48 * (i / 3);
        lf_vec2 p = to_world(l, u + a * l->pitch_m, v - up * b * l->aisle_m);
        if (!lf_shape_contains(l->yard, p) && !lf_retro_on_road(l->obstacles, p))
            return false;
    }
    return true;
}

// True if the middle of the aisle before the stall lies in the yard, not on a road.
static bool own_aisle(const lf_layout *l, double u, double v, double up) {
    return lf_shape_contains(l->yard, to_world(l, u + l->pitch_m / 2, v - up * l->aisle_m / 2));
}

// Places a row from u on; true if it stands on an aisle of the yard's own.
static bool fill_row(lf_layout *l, double from_u, double v, double up) {
    double extent = l->width_m * sin(l->angle_rad) + l->length_m * cos(l->angle_rad);
    bool own = false;
    for (double u = from_u; u + extent <= l->u1 + 1e-6 && l->count < l->room;) {
        lf_retro_quad quad = stall_quad(l, u, v, up);
        lf_retro_quad small = shrunk(&quad);
        if (!lf_retro_quad_inside(l->yard, &small) ||
            !lf_retro_quad_free(l->obstacles, &small, &l->ignore) || !aisle_free(l, u, v, up)) {
            u += SLIDE_M;
            continue;
        }
        double x = quad.corner[1].x - quad.corner[0].x, y = quad.corner[1].y - quad.corner[0].y;
        double heading = atan2(x, y) * 180 / PI;
        l->places[l->count++] = (lf_retro_place){quad, heading < 0 ? heading + 360 : heading};
        own = own || own_aisle(l, u, v, up);
        u += l->pitch_m;
    }
    return own;
}

// Returns how many aisles of its own the yard has then.
static int fill_rows(lf_layout *l, double shift_m, double from_u) {
    double module_m = 2 * l->depth_m + l->aisle_m;
    int aisles = 0;
    l->count = 0;
    // `edge` is the upper edge of an aisle: one row above it, one below the aisle.
    for (double edge = l->v0 - module_m + shift_m; edge - l->aisle_m <= l->v1 + 1e-6;
         edge += module_m) {
        bool own = false;
        if (edge + l->depth_m <= l->v1 + 1e-6)
            own = fill_row(l, from_u, edge, 1);
        if (edge - l->aisle_m - l->depth_m >= l->v0 - 1e-6)
            own = fill_row(l, from_u, edge - l->aisle_m, -1) || own;
        aisles += own;
    }
    return aisles;
}

static void fill_yard(lf_layout *l, double shift_m) {
    if (fill_rows(l, shift_m, l->u0) > 1)
        fill_rows(l, shift_m, l->u0 + l->aisle_m);
}

// Shifts at which a row or an aisle lies flush with the lower or upper end of the yard: the exact
// fits that steps of SHIFT_M would miss.
#define FLUSH_COUNT 6
static double flush_shift(const lf_layout *l, int which) {
    double module_m = 2 * l->depth_m + l->aisle_m, height_m = l->v1 - l->v0;
    const double edges[FLUSH_COUNT] = {l->depth_m + l->aisle_m, l->aisle_m, 0,
                                       height_m - l->depth_m,   height_m,   height_m + l->aisle_m};
    double shift = fmod(edges[which - 1], module_m);
    return shift < 0 ? shift + module_m : shift;
}

// Directions of the longest edges, at least 5 degrees apart.
static int directions(const lf_shape *yard, double turns_rad[DIRECTIONS]) {
    double lengths[DIRECTIONS] = {0};
    int found = 0, last = yard->part_start[1];
    for (int i = 0; i < last; i++) {
        lf_vec2 a = yard->points[i], b = yard->points[(i + 1) % last];
        double length = hypot(b.x - a.x, b.y - a.y);
        double turn = fmod(atan2(b.y - a.y, b.x - a.x) + 2 * PI, PI);
        int slot = 0;
        for (; slot < found; slot++) {
            double apart = fabs(turn - turns_rad[slot]);
            if (fmin(apart, PI - apart) < 5 * PI / 180)
                break;
        }
        if (slot == found && found == DIRECTIONS)
            for (int k = 0; k < DIRECTIONS; k++)
                slot = slot == DIRECTIONS || lengths[k] < lengths[slot] ? k : slot;
        if (length > lengths[slot < DIRECTIONS ? slot : 0] || slot == found) {
            turns_rad[slot] = turn;
            lengths[slot] = length;
        }
        if (slot == found)
            found++;
    }
    return found;
}

static void prepare(lf_layout *l, const lf_retro_stall_rule *rule) {
    l->angle_rad = rule->angle_deg * PI / 180;
    l->width_m = rule->width_m;
    l->length_m = rule->length_m;
    l->aisle_m = rule->aisle_m;
    bool parallel = rule->angle_deg < 1;
    l->angle_rad = parallel ? 0 : l->angle_rad;
    l->pitch_m = parallel ? rule->length_m : rule->width_m / sin(l->angle_rad);
    l->depth_m = rule->length_m * sin(l->angle_rad) + rule->width_m * cos(l->angle_rad);
    l->origin = lf_shape_centre(l->yard);
}

lf_code lf_retro_lay_out(const lf_shape *yard, const lf_retro_ignore *ignore,
                         const lf_retro_stall_rule *rule, const lf_retro_obstacles *obstacles,
                         lf_retro_place *places, int room, int *count, lf_error *error) {
    *count = 0;
    if (yard->kind != LF_POLYGON || yard->point_count < 3 || room < 1)
        return LF_OK;
    lf_retro_place *trial = calloc((size_t)room, sizeof *trial);
    if (!trial)
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for %d stalls", room);
    lf_layout l = {
        .yard = yard, .obstacles = obstacles, .ignore = *ignore, .places = trial, .room = room};
    prepare(&l, rule);
    double turns_rad[DIRECTIONS];
    int turns = directions(yard, turns_rad);
    double module_m = 2 * l.depth_m + l.aisle_m;
    int steps = (int)ceil(module_m / SHIFT_M);
    for (int t = 0; t < 2 * turns; t++) {
        // angled rows differ when the frame is turned by half a circle
        turn_to(&l, turns_rad[t / 2] + (t % 2) * PI);
        for (int step = -FLUSH_COUNT; step < steps; step++) {
            fill_yard(&l, step < 0 ? flush_shift(&l, -step) : step * SHIFT_M);
            if (l.count > *count) {
                memcpy(places, trial, (size_t)l.count * sizeof *trial);
                *count = l.count;
            }
        }
    }
    free(trial);
    return LF_OK;
}

int lf_retro_kerb_bays(const lf_road *road, double width_m, double length_m, double end_m,
                       const lf_retro_obstacles *obstacles, lf_retro_place *places, int room) {
    const lf_shape *line = &road->row.shape;
    double total = lf_shape_length_m(line), walked = 0;
    int count = 0;
    lf_retro_ignore ignore = {.road = road->row.id};
    for (int i = 0; i + 1 < line->point_count; i++) {
        lf_vec2 a = line->points[i], b = line->points[i + 1];
        double piece = hypot(b.x - a.x, b.y - a.y);
        double from = fmax(0, end_m - walked), until = fmin(piece, total - end_m - walked);
        walked += piece;
        if (!(piece > 0))
            continue;
        double dx = (b.x - a.x) / piece, dy = (b.y - a.y) / piece;
        double outer = road->width_m / 2, inner = outer - width_m;
        for (double at = from; at + length_m <= until && count < room;) {
            double to = at + length_m;
            // right of the direction of the line: (dy, -dx)
            lf_retro_quad quad = {{{a.x + dx * at + dy * inner, a.y + dy * at - dx * inner},
                                   {a.x + dx * at + dy * outer, a.y + dy * at - dx * outer},
                                   {a.x + dx * to + dy * outer, a.y + dy * to - dx * outer},
                                   {a.x + dx * to + dy * inner, a.y + dy * to - dx * inner}}};
            lf_retro_quad small = shrunk(&quad);
            if (!lf_retro_quad_free(obstacles, &small, &ignore)) {
                at += SLIDE_M;
                continue;
            }
            double heading = atan2(dx, dy) * 180 / PI;
            places[count++] = (lf_retro_place){quad, heading < 0 ? heading + 360 : heading};
            at = to;
        }
    }
    return count;
}
