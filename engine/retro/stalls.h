// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Laying out stalls: what is in the way, and rows of rectangles along aisles.
#ifndef LF_RETRO_STALLS_H
#define LF_RETRO_STALLS_H

#include "lifang/spec.h"

// Everything that a car must not stand on: buildings, green, water, walls, trees, carriageways and
// stalls. Borrows the shapes: valid until the spec changes.
typedef struct lf_retro_obstacles lf_retro_obstacles;
lf_code lf_retro_obstacles_create(const lf_spec *spec, lf_retro_obstacles **obstacles,
                                  lf_error *error);
void lf_retro_obstacles_destroy(lf_retro_obstacles *obstacles);

// A convex quadrilateral.
typedef struct lf_retro_quad {
    lf_vec2 corner[4];
} lf_retro_quad;
// What may be ignored: the stalls of one parking area, one green, one road, or all roads.
typedef struct lf_retro_ignore {
    lf_id parking;
    lf_id green;
    lf_id road;
    bool roads;
} lf_retro_ignore;
bool lf_retro_quad_free(const lf_retro_obstacles *obstacles, const lf_retro_quad *quad,
                        const lf_retro_ignore *ignore);
// True if no edge of the area runs through the quad and its middle lies inside.
bool lf_retro_quad_inside(const lf_shape *shape, const lf_retro_quad *quad);
bool lf_retro_on_road(const lf_retro_obstacles *obstacles, lf_vec2 point);

typedef struct lf_retro_stall_rule {
    double angle_deg; // between stall and aisle: 0 parallel .. 90
    double width_m;
    double length_m;
    double aisle_m;
} lf_retro_stall_rule;
typedef struct lf_retro_place {
    lf_retro_quad quad;
    double heading_deg; // of a car driven in nose first
} lf_retro_place;

// Fills places with the best layout found for the yard; *count <= room. Searches the directions of
// the yard's four longest edges and a shift of the rows by steps of 0.5 m; deterministic.
lf_code lf_retro_lay_out(const lf_shape *yard, const lf_retro_ignore *ignore,
                         const lf_retro_stall_rule *rule, const lf_retro_obstacles *obstacles,
                         lf_retro_place *places, int room, int *count, lf_error *error);
// Bays inside the carriageway along the right-hand edge of a road, clear of its ends by end_m.
int lf_retro_kerb_bays(const lf_road *road, double width_m, double length_m, double end_m,
                       const lf_retro_obstacles *obstacles, lf_retro_place *places, int room);

#endif
