// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The street network as a graph of manhole places, and the way down from each to an outfall.
#ifndef LF_IO_SYNTH_STREETS_H
#define LF_IO_SYNTH_STREETS_H

#include "io/synth/synth.h"

typedef struct street_node {
    lf_vec2 at;
    double ground_m;
    double own_m2; // area that drains to it by itself
    int down;      // towards the outfall; -1 at outfalls, -2 where none is reached
    double way;    // cost to the outfall
    bool extra;    // an outfall that the rules for the edge would not choose
} street_node;

typedef struct street_edge {
    int from, to;
    double length_m;
    lf_vec2 middle, side; // half way, and the unit vector across
    double half_width_m;
} street_edge;

typedef struct streets {
    street_node *nodes;
    street_edge *edges;
    size_t node_count, node_capacity, edge_count, edge_capacity;
    int *order; // nodes that reach an outfall, farthest first
    int order_count;
    int outfalls;
} streets;

// Places along drivable roads every 25 to 40 m. LF_MISSING without roads or terrain.
lf_code lf_io_synth_streets_make(const lf_spec *spec, streets *s, lf_error *error);
// Chooses outfalls at extra nodes and at low nodes of the edge and finds the way down for all
// (Dijkstra 1959; water that must climb counts as a longer way).
lf_code lf_io_synth_streets_drain(streets *s, lf_error *error);
void lf_io_synth_streets_free(streets *s);

#endif
