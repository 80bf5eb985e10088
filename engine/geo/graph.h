// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Shortest paths on a directed graph in compressed rows (Dijkstra, 1959, with a 4-ary heap). The
// search works on arrays that the caller owns, so that it allocates nothing inside a step. The tree
// depends on the graph alone: nodes are settled in order of (cost, node), and of two edges that
// reach an unsettled node at the same cost the one with the lower label stays.
#ifndef LF_GEO_GRAPH_H
#define LF_GEO_GRAPH_H

#include "lifang/base.h"

// Arcs leaving node n are first[n] .. first[n + 1] - 1, in ascending order of label.
typedef struct lf_geo_graph {
    int node_count;
    int arc_count;
    int *first;   // node_count + 1
    int *to;      // arc_count
    int *label;   // arc_count: the edge as its maker counts it
    double *cost; // arc_count, >= 0
} lf_geo_graph;

// Builds the rows of edges from[i] -> to[i] with cost[i] and label i; `reversed` turns every edge
// round, for trees that lead to a destination. One block from the allocator; false without memory.
bool lf_geo_graph_build(lf_geo_graph *graph, int node_count, int edge_count, const int *from,
                        const int *to, const double *cost, bool reversed,
                        const lf_allocator *allocator);
void lf_geo_graph_free(lf_geo_graph *graph, const lf_allocator *allocator);

// A node where the search begins, at this cost; `label` is what via[] gets there.
typedef struct lf_geo_seed {
    int node;
    int label;
    double cost;
} lf_geo_seed;

// Work space of a search: node_count values each. Its contents on entry do not matter.
typedef struct lf_geo_search {
    int32_t *heap;
    int32_t *slot;
} lf_geo_search;

enum { LF_GEO_UNREACHED = -1 };

// Fills cost[n] (INFINITY where unreached) and via[n], the label of the edge by which node n was
// reached (a seed's own label at seeds, LF_GEO_UNREACHED where unreached). closed (by label; may be
// NULL) holds edges that cannot be used. Nodes farther than limit are left unreached. Costs must be
// finite and not negative.
void lf_geo_graph_tree(const lf_geo_graph *graph, const uint8_t *closed, const lf_geo_seed *seeds,
                       int seed_count, double limit, lf_geo_search search, double *cost,
                       int32_t *via);

#endif
