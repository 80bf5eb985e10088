// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Streets as a graph: nodes at crossings and between them, outfalls where the edge is low.
#include "io/synth/streets.h"

#include "base/memory.h"
#include "io/common/map.h"
#include "lifang/twin.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double spacing_m = 35, edge_share_ratio = 0.12, outfall_spacing_m = 250,
                    dig_weight = 300, hectare_m = 60, least_slope = 0.002;

typedef struct place {
    const lf_raster *terrain;
    lf_io_map by_place;
    bool failed;
} place;

static int node_at(streets *s, place *p, lf_vec2 at) {
    uint64_t key = lf_io_map_place(at, 0.05);
    int index = lf_io_map_get(&p->by_place, key);
    if (index >= 0)
        return index;
    double ground_m = lf_io_synth_ground_m(p->terrain, at);
    if (isnan(ground_m))
        return -1;
    if (!lf_memory_grow(NULL, (void **)&s->nodes, &s->node_capacity, s->node_count + 1,
                        sizeof *s->nodes)) {
        p->failed = true;
        return -1;
    }
    s->nodes[s->node_count] = (street_node){at, ground_m, 0, -2, INFINITY, false};
    lf_io_map_set(&p->by_place, key, (int)s->node_count);
    p->failed = p->failed || p->by_place.failed;
    return (int)s->node_count++;
}

static void add_edge(streets *s, place *p, int from, int to, double length_m, lf_vec2 middle,
                     double half_width_m) {
    if (from < 0 || to < 0 || from == to || length_m < 0.5)
        return;
    if (!lf_memory_grow(NULL, (void **)&s->edges, &s->edge_capacity, s->edge_count + 1,
                        sizeof *s->edges)) {
        p->failed = true;
        return;
    }
    lf_vec2 a = s->nodes[from].at, b = s->nodes[to].at;
    double size = fmax(hypot(b.x - a.x, b.y - a.y), 1e-9);
    lf_vec2 side = {(b.y - a.y) / size, -(b.x - a.x) / size};
    s->edges[s->edge_count++] = (street_edge){from, to, size, middle, side, half_width_m};
    double area_m2 = length_m * hectare_m / 2;
    s->nodes[from].own_m2 += area_m2;
    s->nodes[to].own_m2 += area_m2;
}

// The point at a distance along a line.
static lf_vec2 point_along(const lf_vec2 *line, int count, double distance) {
    for (int i = 1; i < count; i++) {
        double step = hypot(line[i].x - line[i - 1].x, line[i].y - line[i - 1].y);
        if (distance <= step && step > 0) {
            double t = distance / step;
            return (lf_vec2){line[i - 1].x + t * (line[i].x - line[i - 1].x),
                             line[i - 1].y + t * (line[i].y - line[i - 1].y)};
        }
        distance -= step;
    }
    return line[count - 1];
}

static void add_road(streets *s, place *p, const lf_road *road) {
    const lf_shape *shape = &road->row.shape;
    for (int part = 0; part < shape->part_count; part++) {
        const lf_vec2 *line = shape->points + shape->part_start[part];
        int count = shape->part_start[part + 1] - shape->part_start[part];
        double length = 0;
        for (int i = 1; i < count; i++)
            length += hypot(line[i].x - line[i - 1].x, line[i].y - line[i - 1].y);
        if (count < 2 || length < 0.5)
            continue;
        int pieces = (int)fmax(1, ceil(length / spacing_m));
        int last = node_at(s, p, line[0]);
        for (int k = 1; k <= pieces; k++) {
            lf_vec2 at =
                k == pieces ? line[count - 1] : point_along(line, count, length * k / pieces);
            int next = node_at(s, p, at);
            add_edge(s, p, last, next, length / pieces,
                     point_along(line, count, length * (k - 0.5) / pieces), road->width_m / 2);
            last = next;
        }
    }
}

lf_code lf_io_synth_streets_make(const lf_spec *spec, streets *s, lf_error *error) {
    memset(s, 0, sizeof *s);
    place p = {.terrain = lf_spec_terrain(spec)};
    if (!p.terrain)
        return lf_fail(
            error, LF_MISSING, LF_FROM_SCENARIO,
            "pipes need a terrain; import one or synthesise it first: {terrain: gentle}");
    int count;
    const lf_road *roads = lf_spec_rows_const(spec, LF_ROADS, &count);
    for (int i = 0; i < count && !p.failed; i++)
        if (roads[i].drivable)
            add_road(s, &p, &roads[i]);
    lf_io_map_free(&p.by_place);
    if (p.failed)
        return lf_io_synth_no_memory(error);
    if (!s->edge_count)
        return lf_fail(error, LF_MISSING, LF_FROM_SCENARIO,
                       "pipes follow roads, and no drivable road lies on the terrain");
    return LF_OK;
}

// Adjacency as sorted half edges.
typedef struct half {
    int from, to;
    double length_m;
} half;
static int by_from(const void *a, const void *b) {
    const half *p = a, *q = b;
    return p->from != q->from ? (p->from > q->from) - (p->from < q->from)
                              : (p->to > q->to) - (p->to < q->to);
}

typedef struct web {
    half *halves;
    int *first;
    int *heap;    // nodes, smallest way first
    int *heap_at; // place of a node in the heap, -1 = not in it
    int heap_count;
    const street_node *nodes;
} web;

static bool before(const web *w, int a, int b) {
    double p = w->nodes[a].way, q = w->nodes[b].way;
    return p < q || (p == q && a < b);
}

static void place_in_heap(web *w, int slot, int node) {
    w->heap[slot] = node;
    w->heap_at[node] = slot;
}

static void sift_up(web *w, int node) {
    int slot = w->heap_at[node] >= 0 ? w->heap_at[node] : w->heap_count++;
    while (slot > 0 && before(w, node, w->heap[(slot - 1) / 2])) {
        place_in_heap(w, slot, w->heap[(slot - 1) / 2]);
        slot = (slot - 1) / 2;
    }
    place_in_heap(w, slot, node);
}

static int pop(web *w) {
    int top = w->heap[0], last = w->heap[--w->heap_count], slot = 0;
    w->heap_at[top] = -1;
    if (!w->heap_count)
        return top;
    for (;;) {
        int child = 2 * slot + 1;
        if (child >= w->heap_count)
            break;
        if (child + 1 < w->heap_count && before(w, w->heap[child + 1], w->heap[child]))
            child++;
        if (!before(w, w->heap[child], last))
            break;
        place_in_heap(w, slot, w->heap[child]);
        slot = child;
    }
    place_in_heap(w, slot, last);
    return top;
}

static void search(streets *s, web *w) {
    while (w->heap_count) {
        int node = pop(w);
        s->order[s->order_count++] = node;
        for (int h = w->first[node]; h < w->first[node + 1]; h++) {
            street_node *up = &s->nodes[w->halves[h].to];
            double rise = s->nodes[node].ground_m - up->ground_m;
            double dig = fmax(rise + least_slope * w->halves[h].length_m, 0);
            double way = s->nodes[node].way + w->halves[h].length_m + dig_weight * dig;
            if (way < up->way) {
                up->way = way;
                up->down = node;
                sift_up(w, w->halves[h].to);
            }
        }
    }
}

static void start_at(streets *s, web *w, int node) {
    s->nodes[node].down = -1;
    s->nodes[node].way = 0;
    s->outfalls++;
    sift_up(w, node);
}

// Low nodes near the edge, lowest first, none within outfall_spacing_m of one that was taken.
static void choose_outfalls(streets *s, web *w, const int *by_ground) {
    double box[4] = {INFINITY, INFINITY, -INFINITY, -INFINITY};
    for (size_t i = 0; i < s->node_count; i++) {
        box[0] = fmin(box[0], s->nodes[i].at.x);
        box[1] = fmin(box[1], s->nodes[i].at.y);
        box[2] = fmax(box[2], s->nodes[i].at.x);
        box[3] = fmax(box[3], s->nodes[i].at.y);
    }
    double rim = edge_share_ratio * fmin(box[2] - box[0], box[3] - box[1]);
    for (size_t k = 0; k < s->node_count; k++) {
        int node = by_ground[k];
        lf_vec2 at = s->nodes[node].at;
        bool edge = at.x - box[0] < rim || box[2] - at.x < rim || at.y - box[1] < rim ||
                    box[3] - at.y < rim;
        bool lowest = true;
        for (int h = w->first[node]; h < w->first[node + 1]; h++)
            lowest = lowest && s->nodes[w->halves[h].to].ground_m >= s->nodes[node].ground_m;
        bool near = false;
        for (size_t i = 0; i < s->node_count && !near; i++)
            near = s->nodes[i].down == -1 &&
                   hypot(s->nodes[i].at.x - at.x, s->nodes[i].at.y - at.y) < outfall_spacing_m;
        if (edge && lowest && !near)
            start_at(s, w, node);
    }
}

typedef struct ranked {
    double ground_m;
    int node;
} ranked;
static int by_rank(const void *a, const void *b) {
    const ranked *p = a, *q = b;
    if (p->ground_m != q->ground_m)
        return (p->ground_m > q->ground_m) - (p->ground_m < q->ground_m);
    return (p->node > q->node) - (p->node < q->node);
}

static bool rank_nodes(const streets *s, int *by_ground) {
    ranked *list = malloc(s->node_count * sizeof *list);
    if (!list)
        return false;
    for (size_t i = 0; i < s->node_count; i++)
        list[i] = (ranked){s->nodes[i].ground_m, (int)i};
    qsort(list, s->node_count, sizeof *list, by_rank);
    for (size_t i = 0; i < s->node_count; i++)
        by_ground[i] = list[i].node;
    free(list);
    return true;
}

static void build_web(const streets *s, web *w) {
    for (size_t e = 0; e < s->edge_count; e++) {
        const street_edge *edge = &s->edges[e];
        w->halves[2 * e] = (half){edge->from, edge->to, edge->length_m};
        w->halves[2 * e + 1] = (half){edge->to, edge->from, edge->length_m};
    }
    qsort(w->halves, 2 * s->edge_count, sizeof *w->halves, by_from);
    for (size_t h = 0; h < 2 * s->edge_count; h++)
        w->first[w->halves[h].from + 1]++;
    for (size_t i = 0; i < s->node_count; i++) {
        w->first[i + 1] += w->first[i];
        w->heap_at[i] = -1;
    }
}

lf_code lf_io_synth_streets_drain(streets *s, lf_error *error) {
    size_t n = s->node_count;
    web w = {.halves = malloc(2 * s->edge_count * sizeof *w.halves),
             .first = calloc(n + 1, sizeof *w.first),
             .heap = malloc(n * sizeof *w.heap),
             .heap_at = malloc(n * sizeof *w.heap_at),
             .nodes = s->nodes};
    int *by_ground = malloc(n * sizeof *by_ground);
    free(s->order);
    s->order_count = s->outfalls = 0;
    for (size_t i = 0; i < n; i++) {
        s->nodes[i].down = -2;
        s->nodes[i].way = INFINITY;
    }
    s->order = malloc(n * sizeof *s->order);
    bool ready = w.halves && w.first && w.heap && w.heap_at && by_ground && s->order &&
                 rank_nodes(s, by_ground);
    if (ready) {
        build_web(s, &w);
        for (size_t i = 0; i < n; i++)
            if (s->nodes[i].extra)
                start_at(s, &w, (int)i);
        choose_outfalls(s, &w, by_ground);
        search(s, &w);
        // Parts that no outfall reaches get one at their lowest node.
        for (size_t k = 0; k < n; k++)
            if (s->nodes[by_ground[k]].down == -2) {
                start_at(s, &w, by_ground[k]);
                search(s, &w);
            }
    }
    free(w.halves);
    free(w.first);
    free(w.heap);
    free(w.heap_at);
    free(by_ground);
    return ready ? LF_OK : lf_io_synth_no_memory(error);
}

void lf_io_synth_streets_free(streets *s) {
    lf_memory_give(NULL, s->nodes, s->node_capacity * sizeof *s->nodes);
    lf_memory_give(NULL, s->edges, s->edge_capacity * sizeof *s->edges);
    free(s->order);
    memset(s, 0, sizeof *s);
}
