// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Shortest path trees against relaxation until nothing changes (Bellman-Ford), on random graphs.
#include "geo/graph.h"
#include "base/random.h"
#include "check.h"

enum { NODES = 60, EDGES = 220 };

static void compare(uint64_t seed, bool reversed, bool with_closed) {
    int from[EDGES], to[EDGES];
    double cost[EDGES], best[NODES];
    uint8_t closed[EDGES] = {0};
    for (int e = 0; e < EDGES; e++) {
        from[e] = (int)lf_random_below(seed, (uint64_t)e, 0, NODES);
        to[e] = (int)lf_random_below(seed, (uint64_t)e, 1, NODES);
        cost[e] = lf_random_below(seed, (uint64_t)e, 2, 20); // many ties, some zeros
        closed[e] = with_closed && lf_random_below(seed, (uint64_t)e, 3, 4) == 0;
    }
    const lf_geo_seed seeds[2] = {{0, -2, 0}, {7, -3, 5}};
    for (int n = 0; n < NODES; n++)
        best[n] = n == 0 ? 0 : n == 7 ? 5 : INFINITY;
    for (int round = 0; round < NODES; round++)
        for (int e = 0; e < EDGES; e++) {
            int a = reversed ? to[e] : from[e], b = reversed ? from[e] : to[e];
            if (!closed[e])
                best[b] = fmin(best[b], best[a] + cost[e]);
        }
    lf_geo_graph graph;
    CHECK(lf_geo_graph_build(&graph, NODES, EDGES, from, to, cost, reversed, NULL));
    int32_t heap[NODES], slot[NODES], via[NODES];
    double value[NODES];
    lf_geo_search search = {heap, slot};
    lf_geo_graph_tree(&graph, closed, seeds, 2, INFINITY, search, value, via);
    for (int n = 0; n < NODES; n++) {
        CHECK(value[n] == best[n]);
        CHECK(isfinite(value[n]) == (via[n] != LF_GEO_UNREACHED));
        if (via[n] >= 0) { // the edge by which it was reached explains its cost
            int parent = reversed ? to[via[n]] : from[via[n]];
            CHECK(!closed[via[n]] && value[parent] + cost[via[n]] == value[n]);
        }
    }
    lf_geo_graph_tree(&graph, closed, seeds, 2, 12, search, value, via);
    for (int n = 0; n < NODES; n++)
        CHECK(value[n] == (best[n] <= 12 ? best[n] : INFINITY));
    lf_geo_graph_free(&graph, NULL);
}

int main(void) {
    for (uint64_t seed = 1; seed <= 40; seed++)
        compare(seed, seed % 2, seed % 3 == 0);
    lf_geo_graph empty;
    CHECK(lf_geo_graph_build(&empty, 0, 0, NULL, NULL, NULL, false, NULL));
    lf_geo_graph_free(&empty, NULL);
    return lf_check_end();
}
