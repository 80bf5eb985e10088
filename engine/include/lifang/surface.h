// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The 2D surface solver by itself, for analytic tests, tools and users who bring their own grid: a
// rectangle of square cells, two schemes, float or double. Inside a scenario the drain module runs
// the same solver. Equations, references, stability and limits: engine/drain/README.md.
#ifndef LIFANG_SURFACE_H
#define LIFANG_SURFACE_H

#include "lifang/base.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum lf_drain_scheme {
    LF_DRAIN_INERTIAL, // local inertial: no advection, cheap; for rain and slow floods
    LF_DRAIN_SWE       // shallow water, Godunov finite volume: shocks, jumps, fast flow
} lf_drain_scheme;

typedef enum lf_drain_backend {
    LF_DRAIN_CPU,
    LF_DRAIN_GL // OpenGL 4.5 compute, in float; agrees with the CPU to rounding
} lf_drain_backend;

// What happens at a stretch of the outer edge. Without one the edge is a wall, or free with
// free_edges.
typedef enum lf_drain_side {
    LF_DRAIN_WEST,
    LF_DRAIN_EAST,
    LF_DRAIN_SOUTH,
    LF_DRAIN_NORTH
} lf_drain_side;
typedef enum lf_drain_edge_kind {
    LF_DRAIN_EDGE_WALL,
    LF_DRAIN_EDGE_OPEN,      // water leaves as it comes (swe) or at normal depth (inertial)
    LF_DRAIN_EDGE_FLOW,      // flow_m2_s enters per metre of edge (negative: leaves, if there is)
    LF_DRAIN_EDGE_LEVEL,     // the water outside stands at level_m
    LF_DRAIN_EDGE_FLOW_LEVEL // both, for inflow faster than critical (inertial: as FLOW)
} lf_drain_edge_kind;
typedef struct lf_drain_surface_edge {
    int side;     // lf_drain_side
    int from, to; // cells from .. to - 1 along the side, from the west or south
    int kind;     // lf_drain_edge_kind
    double flow_m2_s;
    double level_m; // above the datum of ground_m
} lf_drain_surface_edge;

// Arrays have one value per cell, cols x rows, row-major from the south-west, and are only read
// while the surface is made. Faces belong to the cell on their east or north side.
typedef struct lf_drain_surface_def {
    int cols, rows;
    double cell_m;
    int scheme;                  // lf_drain_scheme
    int order;                   // of swe: 1 or 2 in space and time
    const double *ground_m;      // NaN = a wall from the ground up
    const double *manning_s_m13; // NULL = manning_all_s_m13
    double manning_all_s_m13;
    // Sheet flow through grass: Manning's n is `sheet_ratio` times as high where water is shallower
    // than sheet_m, and falls linearly to its own value at deep_m. NULL = the same for all cells.
    const double *sheet_ratio;
    double sheet_all_ratio;
    double sheet_m, deep_m;
    // Crests of thin walls and kerbs on the west and south faces, above the datum; NaN or NULL =
    // none.
    const double *crest_x_m, *crest_y_m;
    // Buildings as porosity: share of the cell that takes water, shares of the west and south faces
    // that let it through, 0..1. NULL = all.
    const double *open_ratio, *open_x_ratio, *open_y_ratio;
    double theta_ratio;   // inertial: own weight in the inertia term
    double courant_ratio; // share of the stable step
    double froude_max_ratio;
    double dry_m; // shallower water does not flow
    // Sub-grid: each cell is fine x fine parts of ground; ground_m is then (cols x fine) x (rows x
    // fine) and depths are volumes per area of a cell. inertial only. 1 = none.
    int fine;
    bool free_edges; // where no edge says otherwise, water leaves over the outer edge
    const lf_drain_surface_edge *edges;
    int edge_count;
    int backend;      // lf_drain_backend
    bool in_double;   // the double build
    bool compute_all; // no skipping of dry tiles (same bits, slower)
    lf_pool *pool;    // borrowed; may be NULL
    const lf_allocator *allocator;
} lf_drain_surface_def;
lf_drain_surface_def lf_drain_default_surface_def(void);

typedef struct lf_drain_surface lf_drain_surface;
// Errors: LF_RANGE (a size or number that cannot be), LF_MEMORY, LF_UNAVAILABLE (LF_DRAIN_GL: no
// OpenGL 4.5, or something that its shaders cannot do).
lf_code lf_drain_surface_create(const lf_drain_surface_def *def, lf_drain_surface **surface,
                                lf_error *error);
void lf_drain_surface_destroy(lf_drain_surface *surface);
void lf_drain_surface_set_depth(lf_drain_surface *surface, const double *depth_m);
// Discharge per metre of each cell, east and north. inertial: of the cell's west and south face.
void lf_drain_surface_set_flow(lf_drain_surface *surface, const double *flow_x_m2_s,
                               const double *flow_y_m2_s);
// New values of an edge of the def.
void lf_drain_surface_set_edge(lf_drain_surface *surface, int edge, double flow_m2_s,
                               double level_m);
// Adds water of this depth to every cell that is no wall.
void lf_drain_surface_add_rain(lf_drain_surface *surface, double depth_m);
// Adds water to one cell (volume >= 0); nothing happens in a wall. Returns what was added.
double lf_drain_surface_add_water(lf_drain_surface *surface, int col, int row, double volume_m3);
// LF_UNSTABLE with cell and time when a depth stops being a number. With LF_DRAIN_GL also what went
// wrong on the card since the last call.
lf_code lf_drain_surface_advance(lf_drain_surface *surface, double span_s, lf_error *error);
// Each may be NULL: depth, and discharge per metre at the cell's centre to the east and north
// (inertial: the mean of its faces), cols x rows.
void lf_drain_surface_read(const lf_drain_surface *surface, double *depth_m, double *flow_x_m2_s,
                           double *flow_y_m2_s);
// Water level above the datum of ground_m, cols x rows: the (lowest) ground where a cell is dry,
// NaN in walls. With a sub-grid the depth on a part of a cell is what the level leaves above its
// ground.
void lf_drain_surface_read_level(const lf_drain_surface *surface, double *level_m);
double lf_drain_surface_volume_m3(const lf_drain_surface *surface);
double lf_drain_surface_outflow_m3(const lf_drain_surface *surface); // over free edges so far
// Through one edge of the def so far, positive into the domain.
double lf_drain_surface_inflow_m3(const lf_drain_surface *surface, int edge);
long lf_drain_surface_steps(const lf_drain_surface *surface);
double lf_drain_surface_cell_steps(const lf_drain_surface *surface);
// Name of the graphics card, NULL on the CPU; whether that is a program (llvmpipe).
const char *lf_drain_surface_card(const lf_drain_surface *surface, bool *software);

#ifdef __cplusplus
}
#endif
#endif
