// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Access points by nearest segment of a drivable road, and the directed road graph.
#include "twin/access.h"
#include "geo/index.h"
#include "geo/polygon.h"

#include <math.h>

// The segments of all drivable roads, one after the other.
typedef struct segments {
    int count;
    const lf_vec2 **a; // segment i runs from a[i][0] to a[i][1]
    int *road;
    double *start_m; // along the road
    double *boxes;
    lf_vec2 point; // the query of the moment
} segments;

static bool list_segments(lf_arena *arena, const lf_spec *spec, segments *s) {
    int road_count;
    const lf_road *roads = lf_spec_rows_const(spec, LF_ROADS, &road_count);
    for (int r = 0; r < road_count; r++)
        if (roads[r].drivable && roads[r].row.shape.point_count > 1)
            s->count += roads[r].row.shape.point_count - 1;
    const size_t n = (size_t)s->count;
    s->a = lf_arena_take(arena, n * sizeof *s->a);
    s->road = lf_arena_take(arena, n * sizeof *s->road);
    s->start_m = lf_arena_take(arena, n * sizeof *s->start_m);
    s->boxes = lf_arena_take(arena, 4 * n * sizeof *s->boxes);
    if (!s->a || !s->road || !s->start_m || !s->boxes)
        return false;
    int at = 0;
    for (int r = 0; r < road_count; r++) {
        const lf_shape *shape = &roads[r].row.shape;
        double along = 0;
        for (int i = 0; roads[r].drivable && i + 1 < shape->point_count; i++, at++) {
            const lf_vec2 *p = &shape->points[i];
            s->a[at] = p;
            s->road[at] = r;
            s->start_m[at] = along;
            along += hypot(p[1].x - p[0].x, p[1].y - p[0].y);
            s->boxes[4 * at] = fmin(p[0].x, p[1].x);
            s->boxes[4 * at + 1] = fmin(p[0].y, p[1].y);
            s->boxes[4 * at + 2] = fmax(p[0].x, p[1].x);
            s->boxes[4 * at + 3] = fmax(p[0].y, p[1].y);
        }
    }
    return true;
}

static double distance_to(void *context, int item) {
    const segments *s = context;
    return lf_geo_segment_distance_m(s->a[item][0], s->a[item][1], s->point, NULL);
}

static lf_access access_on(const segments *s, int segment) {
    double ratio = 0;
    const lf_vec2 *p = s->a[segment];
    lf_access access = {.road = s->road[segment]};
    access.away_m = lf_geo_segment_distance_m(p[0], p[1], s->point, &ratio);
    access.along_m = s->start_m[segment] + ratio * hypot(p[1].x - p[0].x, p[1].y - p[0].y);
    return access;
}

// The road that the row names (an id), or 0.
static lf_id named_road(const lf_row *row, lf_layer layer) {
    if (layer == LF_PARKING)
        return ((const lf_parking *)row)->road;
    return layer == LF_STALLS ? ((const lf_stall *)row)->road : 0;
}

static lf_access find_one(segments *s, const lf_geo_index *index, const lf_spec *spec,
                          lf_layer layer, const lf_row *row) {
    s->point = lf_shape_centre(&row->shape);
    const int road = lf_spec_find(spec, LF_ROADS, named_road(row, layer));
    int best = -1;
    double best_m = INFINITY;
    for (int i = 0; road >= 0 && i < s->count; i++) {
        const double away = s->road[i] == road ? distance_to(s, i) : INFINITY;
        if (away < best_m) {
            best_m = away;
            best = i;
        }
    }
    if (best < 0)
        best = lf_geo_index_nearest(index, s->point.x, s->point.y, distance_to, s, NULL);
    return best < 0 ? (lf_access){.road = -1} : access_on(s, best);
}

const lf_access *lf_twin_find_access(lf_arena *arena, const lf_spec *spec, lf_layer layer) {
    const int count = lf_spec_count(spec, layer);
    lf_access *list = lf_arena_take(arena, (size_t)count * sizeof *list);
    segments s = {0};
    if (!list || !list_segments(arena, spec, &s))
        return NULL;
    lf_geo_index *index = lf_geo_index_create(s.boxes, s.count);
    if (!index)
        return NULL;
    for (int i = 0; i < count; i++)
        list[i] = find_one(&s, index, spec, layer, lf_spec_at_const(spec, layer, i));
    lf_geo_index_destroy(index);
    return list;
}

// Union-find with path halving.
static int root_of(int *parent, int node) {
    while (parent[node] != node)
        node = parent[node] = parent[parent[node]];
    return node;
}

// Components are numbered by falling road length, so that 0 is the estate's own network.
static bool number_components(lf_arena *arena, lf_road_graph *graph) {
    const int n = graph->node_count;
    int *parent = lf_arena_take(arena, (size_t)n * sizeof *parent);
    int *component = lf_arena_take(arena, (size_t)n * sizeof *component);
    double *length = lf_arena_take(arena, (size_t)n * sizeof *length);
    if (!parent || !component || !length)
        return false;
    for (int i = 0; i < n; i++) {
        parent[i] = i;
        component[i] = -1;
    }
    for (int e = 0; e < graph->edge_count; e++) {
        const int a = root_of(parent, graph->edges[e].from),
                  b = root_of(parent, graph->edges[e].to);
        if (a != b)
            parent[a > b ? a : b] = a < b ? a : b;
    }
    for (int e = 0; e < graph->edge_count; e++)
        length[root_of(parent, graph->edges[e].from)] += graph->edges[e].length_m;
    for (;;) {
        int longest = -1;
        for (int i = 0; i < n; i++)
            if (parent[i] == i && component[i] < 0 && (longest < 0 || length[i] > length[longest]))
                longest = i;
        if (longest < 0 || length[longest] <= 0)
            break;
        component[longest] = graph->component_count++;
    }
    for (int i = 0; i < n; i++)
        component[i] = component[root_of(parent, i)];
    graph->component = component;
    return true;
}

// Writes the edges of one road to out (may be NULL to count only).
static int edges_of(const lf_spec *spec, const lf_road *road, int index, lf_edge *out) {
    const int from = lf_spec_find(spec, LF_ROAD_NODES, road->from),
              to = lf_spec_find(spec, LF_ROAD_NODES, road->to);
    if (!road->drivable || from < 0 || to < 0 || road->row.shape.point_count < 2)
        return 0;
    const double length = lf_shape_length_m(&road->row.shape);
    int count = 0;
    if (road->oneway != LF_BACKWARD) {
        if (out)
            out[count] = (lf_edge){from, to, index, true, length, road->speed_m_s};
        count++;
    }
    if (road->oneway != LF_FORWARD) {
        if (out)
            out[count] = (lf_edge){to, from, index, false, length, road->speed_m_s};
        count++;
    }
    return count;
}

bool lf_twin_build_roads(lf_arena *arena, const lf_spec *spec, lf_road_graph *graph) {
    int road_count;
    const lf_road *roads = lf_spec_rows_const(spec, LF_ROADS, &road_count);
    *graph = (lf_road_graph){.node_count = lf_spec_count(spec, LF_ROAD_NODES)};
    for (int r = 0; r < road_count; r++)
        graph->edge_count += edges_of(spec, &roads[r], r, NULL);
    const size_t n = (size_t)graph->node_count, m = (size_t)graph->edge_count;
    lf_edge *edges = lf_arena_take(arena, m * sizeof *edges);
    int *first = lf_arena_take(arena, (n + 2) * sizeof *first);
    int *reverse = lf_arena_take(arena, m * sizeof *reverse);
    if (!edges || !first || !reverse)
        return false;
    lf_edge pair[2];
    for (int r = 0; r < road_count; r++)
        for (int k = edges_of(spec, &roads[r], r, pair) - 1; k >= 0; k--)
            first[pair[k].from + 2]++;
    for (size_t i = 2; i < n + 2; i++)
        first[i] += first[i - 1];
    for (int r = 0; r < road_count; r++) {
        const int count = edges_of(spec, &roads[r], r, pair);
        int place[2] = {-1, -1};
        for (int k = 0; k < count; k++) {
            place[k] = first[pair[k].from + 1]++;
            edges[place[k]] = pair[k];
            reverse[place[k]] = -1;
        }
        if (count == 2) {
            reverse[place[0]] = place[1];
            reverse[place[1]] = place[0];
        }
    }
    graph->edges = edges;
    graph->first = first;
    graph->reverse = reverse;
    return number_components(arena, graph);
}
