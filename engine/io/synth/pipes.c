// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Invented storm sewers under the roads: a tree that falls all the way to its outfall.
#include "io/common/place.h"
#include "io/synth/streets.h"

#include <math.h>
#include <stdlib.h>

// Rules after GB 50014-2021 practice: slope of 0.2 % at least, 0.7 m of cover, DN300 at least; the
// pipe carries 100 L/s per hectare at 0.6 runoff when full (Manning). One ha is 60 m to each metre
// of road.
static const double least_slope = 0.002, cover_m = 0.7, runoff_ratio = 0.6, rain_m_s = 1e-5;
static const double roughness = 0.013, lateral_m = 0.2, inlet_m = 0.6, deep_m = 5.0;
static const double diameters_m[] = {0.3, 0.4, 0.5, 0.6, 0.8};
enum { DIAMETERS = sizeof diameters_m / sizeof diameters_m[0], MOST_OUTFALLS = 40 };

typedef struct design {
    double invert_m; // of the node
    double area_m2;  // that drains through it
    double up_m;     // diameter of the largest pipe that arrives
    lf_id id;
} design;

typedef struct totals {
    int manholes, gullies, too_deep, dry;
    double length_m, deepest_m;
} totals;

static double full_flow_m3_s(double diameter_m, double slope) {
    double area = 3.14159265358979323846 / 4 * diameter_m * diameter_m;
    return area * pow(diameter_m / 4, 2.0 / 3) * sqrt(slope) / roughness;
}

// Smallest pipe that carries the runoff, never smaller than what arrives.
static double choose_diameter(double area_m2, double slope, double least_m) {
    for (int i = 0; i < DIAMETERS; i++)
        if (diameters_m[i] >= least_m &&
            full_flow_m3_s(diameters_m[i], slope) >= area_m2 * runoff_ratio * rain_m_s)
            return diameters_m[i];
    return diameters_m[DIAMETERS - 1];
}

typedef struct pipe {
    int from, to;
    double length_m, diameter_m, arrives_m; // level of its lower end
} pipe;

// From the farthest node downward: each pipe starts at its node's invert and falls.
static void design_all(const streets *s, design *d, pipe *pipes, int *pipe_count) {
    for (size_t i = 0; i < s->node_count; i++)
        d[i] = (design){INFINITY, s->nodes[i].own_m2, 0, 0};
    *pipe_count = 0;
    for (int k = s->order_count - 1; k >= 0; k--) {
        int n = s->order[k];
        const street_node *node = &s->nodes[n];
        d[n].invert_m = fmin(d[n].invert_m, node->ground_m - cover_m - diameters_m[0]);
        if (node->down < 0)
            continue;
        int m = node->down;
        double length = hypot(node->at.x - s->nodes[m].at.x, node->at.y - s->nodes[m].at.y);
        length = fmax(length, 0.5);
        double slope = fmax(least_slope, (node->ground_m - s->nodes[m].ground_m) / length);
        double diameter = choose_diameter(d[n].area_m2, fmin(slope, 0.03), d[n].up_m);
        d[n].invert_m = fmin(d[n].invert_m, node->ground_m - cover_m - diameter);
        double arrives =
            fmin(d[n].invert_m - least_slope * length, s->nodes[m].ground_m - cover_m - diameter);
        d[m].invert_m = fmin(d[m].invert_m, arrives);
        d[m].area_m2 += d[n].area_m2;
        d[m].up_m = fmax(d[m].up_m, diameter);
        pipes[(*pipe_count)++] = (pipe){n, m, length, diameter, arrives};
    }
}

// The lowest node of all whose water passes the deepest manhole, if that one is too deep; else -1.
static int needs_outfall(const streets *s, const design *d) {
    double deepest_m = deep_m;
    int worst = -1, lowest = -1;
    for (size_t i = 0; i < s->node_count; i++)
        if (s->nodes[i].ground_m - d[i].invert_m > deepest_m) {
            deepest_m = s->nodes[i].ground_m - d[i].invert_m;
            worst = (int)i;
        }
    for (size_t i = 0; worst >= 0 && i < s->node_count; i++) {
        int n = (int)i;
        while (n >= 0 && n != worst)
            n = s->nodes[n].down;
        if (n == worst && (int)i != worst &&
            (lowest < 0 || s->nodes[i].ground_m < s->nodes[lowest].ground_m))
            lowest = (int)i;
    }
    return lowest;
}

// Designs, and where a street can only drain by digging too deep gives it an outfall of its own.
static lf_code design_with_outfalls(streets *s, design *d, pipe *pipes, int *pipe_count,
                                    lf_error *error) {
    for (int round = 0;; round++) {
        lf_code code = lf_io_synth_streets_drain(s, error);
        if (code != LF_OK)
            return code;
        design_all(s, d, pipes, pipe_count);
        int node = round < MOST_OUTFALLS ? needs_outfall(s, d) : -1;
        if (node < 0)
            return LF_OK;
        s->nodes[node].extra = true;
    }
}

static lf_drain_node *add_node(lf_spec *spec, lf_vec2 at, int kind, double invert_m,
                               double ground_m) {
    static const char *const prefix[] = {"M", "G", "O"};
    lf_drain_node *row = lf_spec_add(spec, LF_DRAIN_NODES);
    if (!row)
        return NULL;
    row->row.quality = LF_SYNTHETIC;
    row->row.name = lf_spec_textf(spec, "%s%u", prefix[kind], row->row.id);
    row->row.source = lf_spec_text(spec, "synthesised: from_roads_and_terrain");
    row->row.shape = lf_spec_point(spec, at);
    row->kind = kind;
    row->invert_m = invert_m;
    row->ground_m = ground_m;
    return row;
}

static bool add_link(lf_spec *spec, lf_vec2 a, lf_vec2 b, lf_id from, lf_id to, double diameter_m,
                     double offset_to_m, totals *t) {
    const lf_vec2 line[2] = {a, b};
    lf_drain_link *row = lf_spec_add(spec, LF_DRAIN_LINKS);
    if (!row)
        return false;
    row->row.quality = LF_SYNTHETIC;
    row->row.name = lf_spec_textf(spec, "P%u", row->row.id);
    row->row.source = lf_spec_text(spec, "synthesised: from_roads_and_terrain");
    row->row.shape = lf_spec_line(spec, line, 2, NULL);
    row->kind = LF_LINK_CONDUIT;
    row->section = LF_SECTION_CIRCULAR;
    row->from = from;
    row->to = to;
    row->diameter_m = diameter_m;
    row->length_m = hypot(b.x - a.x, b.y - a.y);
    row->roughness_s_m13 = roughness;
    row->offset_to_m = offset_to_m;
    row->system = LF_SYSTEM_STORM;
    t->length_m += row->length_m;
    return true;
}

// A gully half way at the lower kerb, joined to the lower of the two manholes.
static bool add_gully(const lf_io_synth_call *call, const streets *s, const street_edge *edge,
                      const design *d, totals *t) {
    const lf_raster *terrain = lf_spec_terrain(call->spec);
    double off = edge->half_width_m - 0.3, best_m = INFINITY;
    lf_vec2 at = edge->middle;
    for (int k = -1; k <= 1; k += 2) {
        lf_vec2 side = {edge->middle.x + k * off * edge->side.x,
                        edge->middle.y + k * off * edge->side.y};
        double ground_m = lf_io_synth_ground_m(terrain, side);
        if (ground_m < best_m) {
            best_m = ground_m;
            at = side;
        }
    }
    int to = d[edge->from].invert_m <= d[edge->to].invert_m ? edge->from : edge->to;
    if (!isfinite(best_m) || !d[to].id)
        return true;
    lf_vec2 end = s->nodes[to].at;
    double length = hypot(end.x - at.x, end.y - at.y);
    double low = d[to].invert_m + 0.005 * length, high = best_m - 0.55 - lateral_m;
    if (low > high || length < 0.3) {
        t->dry++;
        return true;
    }
    lf_drain_node *row = add_node(call->spec, at, LF_NODE_GULLY, high, best_m);
    if (!row)
        return false;
    row->inlet_length_m = inlet_m;
    lf_id id = row->row.id;
    t->gullies++;
    double room = fmax(s->nodes[to].ground_m - d[to].invert_m - lateral_m - 0.4, 0);
    double offset = fmin(fmax(high - 0.005 * length - d[to].invert_m, 0), room);
    return add_link(call->spec, at, end, id, d[to].id, lateral_m, offset, t);
}

static bool emit(const lf_io_synth_call *call, const streets *s, design *d, const pipe *pipes,
                 int pipe_count, totals *t) {
    for (size_t i = 0; i < s->node_count; i++) {
        const street_node *node = &s->nodes[i];
        int kind = node->down == -1 ? LF_NODE_OUTFALL : LF_NODE_MANHOLE;
        lf_drain_node *row = add_node(call->spec, node->at, kind, d[i].invert_m, node->ground_m);
        if (!row)
            return false;
        d[i].id = row->row.id;
        t->manholes += kind == LF_NODE_MANHOLE;
        t->too_deep += node->ground_m - d[i].invert_m > deep_m;
        t->deepest_m = fmax(t->deepest_m, node->ground_m - d[i].invert_m);
    }
    for (int p = 0; p < pipe_count; p++) {
        const pipe *q = &pipes[p];
        if (!add_link(call->spec, s->nodes[q->from].at, s->nodes[q->to].at, d[q->from].id,
                      d[q->to].id, q->diameter_m, fmax(q->arrives_m - d[q->to].invert_m, 0), t))
            return false;
    }
    for (size_t e = 0; e < s->edge_count; e++)
        if (!add_gully(call, s, &s->edges[e], d, t))
            return false;
    return true;
}

static void tell(const lf_io_synth_call *call, const streets *s, const totals *t) {
    if (t->too_deep)
        lf_issues_addf(
            call->issues, LF_WARNING, LF_RANGE, "", 0, "drain_nodes", "",
            "%d invented manholes are deeper than %.0f m (the deepest %.1f m): the ground "
            "does not fall towards an outfall there",
            t->too_deep, deep_m, t->deepest_m);
    if (t->dry)
        lf_issues_addf(call->issues, LF_NOTE, LF_OK, "", 0, "drain_nodes", "",
                       "%d gullies were left out where their pipe would not fall", t->dry);
    lf_spec_add_assumption(
        call->spec, LF_SYNTHETIC,
        "All storm sewers are invented: %d manholes, %d gullies and %.1f km of pipes DN300 to "
        "DN800 "
        "under the roads, falling by 0.2 %% or more to %d outfalls; nobody surveyed them.",
        t->manholes, t->gullies, t->length_m / 1000, s->outfalls);
}

lf_code lf_io_synth_pipes(const lf_io_synth_call *call) {
    if (lf_spec_count(call->spec, LF_DRAIN_LINKS))
        return lf_fail(call->error, LF_DUPLICATE, LF_FROM_SCENARIO,
                       "the estate has pipes already; remove the import or the synthesis");
    streets s;
    lf_code code = lf_io_synth_streets_make(call->spec, &s, call->error);
    if (code == LF_OK) {
        design *d = malloc(s.node_count * sizeof *d);
        pipe *pipes = malloc(s.node_count * sizeof *pipes);
        totals t = {0};
        int pipe_count = 0;
        code = d && pipes ? design_with_outfalls(&s, d, pipes, &pipe_count, call->error)
                          : lf_io_synth_no_memory(call->error);
        if (code == LF_OK && !emit(call, &s, d, pipes, pipe_count, &t))
            code = lf_io_synth_no_memory(call->error);
        if (code == LF_OK)
            tell(call, &s, &t);
        free(d);
        free(pipes);
    }
    lf_io_synth_streets_free(&s);
    return code;
}
