// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The estate frozen: a checked copy of a spec plus what every simulation needs derived from it.
// Immutable after lf_twin_compile, so any number of threads may read it.
#ifndef LIFANG_TWIN_H
#define LIFANG_TWIN_H

#include "lifang/spec.h"

#ifdef __cplusplus
extern "C" {
#endif

// A directed edge of the road graph. A two-way road gives two edges, road index r giving edges in
// the order forward, backward. Only drivable roads give edges.
typedef struct lf_edge {
    int from, to; // graph nodes = indices of road_nodes
    int road;     // index of the row in roads
    bool forward; // along the direction of the road's line
    double length_m;
    double speed_m_s;
} lf_edge;

// Edges sorted by `from`; those leaving node n are first[n] .. first[n + 1] - 1.
typedef struct lf_road_graph {
    int node_count;
    int edge_count;
    const lf_edge *edges;
    const int *first;
    const int *reverse;   // the opposite edge of the same road, or -1
    const int *component; // per node: connected component (undirected); 0 is the largest by length
    int component_count;
} lf_road_graph;

// A place beside a road: where a door, a stall or a gate meets the graph.
typedef struct lf_access {
    int road;       // index in roads; -1 = no drivable road in the estate
    double along_m; // from the road's first point
    double away_m;  // straight distance from the road's centre line
} lf_access;

typedef struct lf_twin lf_twin;

// Checks and freezes. Problems that a run could survive are added to issues as warnings; with any
// error the result is NULL. The spec is copied: the caller keeps it. Same spec, same hash.
lf_code lf_twin_compile(const lf_spec *spec, lf_twin **twin, lf_issues *issues, lf_error *error);
void lf_twin_destroy(lf_twin *twin);

const lf_spec *lf_twin_spec(const lf_twin *twin); // its frozen copy, for rows, frame, works ...
// Short forms of the lf_spec readers.
const void *lf_twin_rows(const lf_twin *twin, lf_layer layer, int *count);
int lf_twin_count(const lf_twin *twin, lf_layer layer);
const lf_raster *lf_twin_terrain(const lf_twin *twin);                     // NULL = none
const lf_raster *lf_twin_raster(const lf_twin *twin, lf_raster_kind kind); // NULL = none
const lf_rain_grid *lf_twin_rain(const lf_twin *twin);                     // NULL = none
const lf_road_graph *lf_twin_roads(const lf_twin *twin);

// The access of each row of buildings, parking, stalls and gates to the drivable roads; as many
// entries as the layer has rows. NULL for other layers.
const lf_access *lf_twin_access(const lf_twin *twin, lf_layer layer);
// Households of each building: as given, or from storeys, staircases, area (assumed).
const int *lf_twin_households(const lf_twin *twin);
// Ground height under a point, bilinear; NaN outside the terrain.
double lf_twin_ground_m(const lf_twin *twin, lf_vec2 point);
// The bounding box of everything: x0, y0, x1, y1.
void lf_twin_bounds(const lf_twin *twin, double box[4]);
uint64_t lf_twin_hash(const lf_twin *twin);

// Geometry that several modules need; formulas of Bourke (1988) for area and centroid.
double lf_shape_area_m2(const lf_shape *shape);  // holes subtracted; 0 for lines and points
double lf_shape_length_m(const lf_shape *shape); // of lines; perimeter of polygons
lf_vec2 lf_shape_centre(const lf_shape *shape);  // area centroid, mid of line, mean of points
bool lf_shape_contains(const lf_shape *shape, lf_vec2 point);     // even-odd rule
double lf_shape_distance_m(const lf_shape *shape, lf_vec2 point); // 0 inside polygons
void lf_shape_bounds(const lf_shape *shape, double box[4]);

#ifdef __cplusplus
}
#endif
#endif
