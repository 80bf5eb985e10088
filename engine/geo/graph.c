// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Dijkstra's shortest path trees. The heap is ordered by (cost, node), and an edge of equal cost
// replaces a higher label, so the tree does not depend on the order in which the heap was filled.
#include "geo/graph.h"

#include "base/memory.h"

#include <assert.h>
#include <math.h>
#include <string.h>

// --- building ---------------------------------------------------------------------------------

static size_t block_bytes(int node_count, int edge_count) {
    return (size_t)edge_count * (sizeof(double) + 2 * sizeof(int)) +
           ((size_t)node_count + 1) * sizeof(int) + sizeof(double);
}

bool lf_geo_graph_build(lf_geo_graph *graph, int node_count, int edge_count, const int *from,
                        const int *to, const double *cost, bool reversed,
                        const lf_allocator *allocator) {
    assert(node_count >= 0 && edge_count >= 0);
    memset(graph, 0, sizeof *graph);
    double *block = lf_memory_take(allocator, block_bytes(node_count, edge_count));
    if (!block)
        return false;
    graph->node_count = node_count;
    graph->arc_count = edge_count;
    graph->cost = block;
    graph->to = (int *)(block + edge_count);
    graph->label = graph->to + edge_count;
    graph->first = graph->label + edge_count;
    const int *tail = reversed ? to : from;
    const int *head = reversed ? from : to;
    for (int i = 0; i < edge_count; i++)
        graph->first[tail[i] + 1]++;
    for (int n = 0; n < node_count; n++)
        graph->first[n + 1] += graph->first[n];
    // first[n + 1] now serves as the cursor of row n; when the row is full it is the start of the
    // next one.
    for (int n = node_count; n > 0; n--)
        graph->first[n] = graph->first[n - 1];
    for (int i = 0; i < edge_count; i++) {
        int at = graph->first[tail[i] + 1]++;
        graph->to[at] = head[i];
        graph->label[at] = i;
        graph->cost[at] = cost[i];
    }
    graph->first[0] = 0;
    return true;
}

void lf_geo_graph_free(lf_geo_graph *graph, const lf_allocator *allocator) {
    if (graph->cost)
        lf_memory_give(allocator, graph->cost, block_bytes(graph->node_count, graph->arc_count));
    memset(graph, 0, sizeof *graph);
}

// --- heap -------------------------------------------------------------------------------------

typedef struct heap {
    int32_t *node;
    int32_t *slot;
    const double *cost;
    int count;
} heap;

static bool before(const heap *h, int32_t a, int32_t b) {
    return h->cost[a] < h->cost[b] || (h->cost[a] == h->cost[b] && a < b);
}

static void put(heap *h, int at, int32_t node) {
    h->node[at] = node;
    h->slot[node] = at;
}

static void rise(heap *h, int at) {
    int32_t node = h->node[at];
    while (at > 0) {
        int parent = (at - 1) / 4;
        if (!before(h, node, h->node[parent]))
            break;
        put(h, at, h->node[parent]);
        at = parent;
    }
    put(h, at, node);
}

static void sink(heap *h, int at) {
    int32_t node = h->node[at];
    for (;;) {
        int child = 4 * at + 1;
        if (child >= h->count)
            break;
        int end = child + 4 < h->count ? child + 4 : h->count;
        int best = child;
        for (int i = child + 1; i < end; i++)
            if (before(h, h->node[i], h->node[best]))
                best = i;
        if (!before(h, h->node[best], node))
            break;
        put(h, at, h->node[best]);
        at = best;
    }
    put(h, at, node);
}

static int32_t pop(heap *h) {
    int32_t top = h->node[0];
    h->slot[top] = -1;
    int32_t last = h->node[--h->count];
    if (h->count > 0) {
        put(h, 0, last);
        sink(h, 0);
    }
    return top;
}

// --- search -----------------------------------------------------------------------------------

enum { NEVER_SEEN = -2 };

static void offer(heap *h, double *cost, int32_t *via, int node, double value, int label) {
    if (h->slot[node] == NEVER_SEEN) {
        cost[node] = value;
        via[node] = label;
        put(h, h->count++, node);
        rise(h, h->slot[node]);
    } else if (value < cost[node]) {
        assert(h->slot[node] >= 0);
        cost[node] = value;
        via[node] = label;
        rise(h, h->slot[node]);
    } else if (value == cost[node] && label < via[node] && h->slot[node] >= 0) {
        via[node] = label;
    }
}

void lf_geo_graph_tree(const lf_geo_graph *graph, const uint8_t *closed, const lf_geo_seed *seeds,
                       int seed_count, double limit, lf_geo_search search, double *cost,
                       int32_t *via) {
    for (int n = 0; n < graph->node_count; n++) {
        cost[n] = INFINITY;
        via[n] = LF_GEO_UNREACHED;
        search.slot[n] = NEVER_SEEN;
    }
    heap h = {search.heap, search.slot, cost, 0};
    for (int i = 0; i < seed_count; i++)
        if (seeds[i].cost <= limit)
            offer(&h, cost, via, seeds[i].node, seeds[i].cost, seeds[i].label);
    while (h.count > 0) {
        int32_t node = pop(&h);
        for (int a = graph->first[node]; a < graph->first[node + 1]; a++) {
            if (closed && closed[graph->label[a]])
                continue;
            double value = cost[node] + graph->cost[a];
            if (value <= limit)
                offer(&h, cost, via, graph->to[a], value, graph->label[a]);
        }
    }
}
