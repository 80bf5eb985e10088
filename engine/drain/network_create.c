// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Compiles the twin's drain nodes and links: storage of nodes, conveyance of pipes, inlets.
#include "drain/model.h"
#include <math.h>

static const double NODE_REACH_M = 10; // how far a node may lie from open ground

// ---- cross-sections

typedef struct lf_section_flow {
    double area_m2, perimeter_m;
} lf_section_flow;

// Flow area and wetted perimeter at a depth. Eggs are taken as circles of the same height (their
// capacity is scaled to the egg's below); trapezoids as rectangles of their width.
static lf_section_flow section_at(const lf_drain_link *link, double depth_m) {
    double height = link->diameter_m;
    double width = link->width_m > 0 ? link->width_m : height;
    bool round = link->section == LF_SECTION_CIRCULAR || link->section == LF_SECTION_EGG;
    if (round) {
        double angle = 2 * acos(fmax(-1, fmin(1, 1 - 2 * depth_m / height)));
        return (lf_section_flow){height * height / 8 * (angle - sin(angle)), angle * height / 2};
    }
    bool lid = link->section == LF_SECTION_RECT_CLOSED && depth_m >= height;
    return (lf_section_flow){width * depth_m, width + 2 * depth_m + (lid ? width : 0)};
}

static double conveyance(const lf_drain_link *link, double depth_m) {
    lf_section_flow flow = section_at(link, depth_m);
    if (!(flow.perimeter_m > 0)) {
        return 0;
    }
    double radius = flow.area_m2 / flow.perimeter_m;
    return flow.area_m2 * pow(radius, 2.0 / 3.0) / link->roughness_s_m13;
}

// ---- links

static double link_length(const lf_drain_model *model, const lf_drain_link *link, int from,
                          int to) {
    double length = link->length_m > 0 ? link->length_m : lf_shape_length_m(&link->row.shape);
    if (!(length > 0)) {
        int count = 0;
        const lf_drain_node *rows = lf_twin_rows(model->twin, LF_DRAIN_NODES, &count);
        lf_vec2 a = lf_shape_centre(&rows[from].row.shape),
                b = lf_shape_centre(&rows[to].row.shape);
        length = hypot(b.x - a.x, b.y - a.y);
    }
    return fmax(length, 1);
}

static void compile_link(const lf_drain_model *model, const lf_drain_link *link, int from, int to,
                         lf_drain_pipe *pipe) {
    static const double EGG_AREA = 0.5105 / 0.7854, EGG_RADIUS = 0.1931 / 0.25; // 2:3 egg, full
    double open = 1 - link->blocked_ratio;
    bool egg = link->section == LF_SECTION_EGG;
    pipe->kind = link->kind;
    pipe->from = from;
    pipe->to = to;
    pipe->height_m = link->diameter_m;
    pipe->length_m = link_length(model, link, from, to);
    pipe->from_m = model->nodes[from].invert_m + link->offset_from_m;
    pipe->to_m = model->nodes[to].invert_m + link->offset_to_m;
    pipe->area_m2 = section_at(link, link->diameter_m).area_m2 * open * (egg ? EGG_AREA : 1);
    double full = conveyance(link, link->diameter_m);
    double scale = pow(open, 5.0 / 3.0) * (egg ? EGG_AREA * pow(EGG_RADIUS, 2.0 / 3.0) : 1);
    for (int i = 0; i <= LF_DRAIN_FILL_STEPS && full > 0; i++) {
        double part = conveyance(link, link->diameter_m * i / LF_DRAIN_FILL_STEPS) / full;
        pipe->fill[i] = fmin(part, 1); // a round pipe carries most just below full: not counted on
    }
    double slope = fabs(pipe->from_m - pipe->to_m) / pipe->length_m;
    slope = fmax(slope, model->settings.network.slope_min_ratio);
    pipe->conveyance_m3_s = full * scale;
    pipe->full_m3_s = pipe->conveyance_m3_s * sqrt(slope);
    if (link->capacity_m3_s > 0) {
        pipe->full_m3_s = link->capacity_m3_s * open;
    } else if (link->kind == LF_LINK_PUMP) {
        pipe->full_m3_s = 0;
    }
}

// Half of a pipe's volume counts as storage of the node at each end, over the pipe's height.
static void store_in_node(lf_drain_pipe_node *node, const lf_drain_pipe *pipe, double invert_m) {
    node->degree++;
    if (pipe->kind != LF_LINK_CONDUIT) {
        return;
    }
    node->low_area_m2 += 0.5 * pipe->length_m * pipe->area_m2 / pipe->height_m;
    node->low_height_m = fmax(node->low_height_m, invert_m + pipe->height_m - node->invert_m);
}

static int find_node(const lf_drain_node *rows, int count, lf_id id) {
    int low = 0, high = count - 1;
    while (low <= high) { // rows come in order of id
        int middle = (low + high) / 2;
        if (rows[middle].row.id == id) {
            return middle;
        }
        low = rows[middle].row.id < id ? middle + 1 : low;
        high = rows[middle].row.id > id ? middle - 1 : high;
    }
    return -1;
}

static lf_code compile_links(lf_drain_model *model, lf_issues *issues, lf_error *error) {
    int count = 0, node_rows = 0;
    const lf_drain_link *links = lf_twin_rows(model->twin, LF_DRAIN_LINKS, &count);
    const lf_drain_node *rows = lf_twin_rows(model->twin, LF_DRAIN_NODES, &node_rows);
    model->pipes = lf_arena_take(model->arena, ((size_t)count + 1) * sizeof *model->pipes);
    if (!model->pipes) {
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for %d pipes", count);
    }
    model->pipe_count = count;
    for (int i = 0; i < count; i++) {
        int from = find_node(rows, node_rows, links[i].from);
        int to = find_node(rows, node_rows, links[i].to);
        if (from < 0 || to < 0) {
            return lf_fail(error, LF_REFERENCE, LF_FROM_INPUT,
                           "drain_links %u \"%s\" ends at a node that does not exist",
                           links[i].row.id, links[i].row.name);
        }
        if (links[i].kind == LF_LINK_PUMP && !(links[i].capacity_m3_s > 0)) {
            lf_issues_addf(issues, LF_WARNING, LF_EMPTY, NULL, 0, links[i].row.name,
                           "give capacity_m3_s", "pump without a capacity: it stands still");
        }
        compile_link(model, &links[i], from, to, &model->pipes[i]);
        store_in_node(&model->nodes[from], &model->pipes[i], model->pipes[i].from_m);
        store_in_node(&model->nodes[to], &model->pipes[i], model->pipes[i].to_m);
        model->pipe_quality =
            links[i].row.quality > model->pipe_quality ? links[i].row.quality : model->pipe_quality;
    }
    return LF_OK;
}

// ---- nodes

static void compile_node(const lf_drain_model *model, const lf_drain_node *row,
                         lf_drain_pipe_node *node) {
    const lf_drain_network_settings *s = &model->settings.network;
    lf_vec2 at = lf_shape_centre(&row->row.shape);
    double open = row->inlet_length_m * (1 - row->clogged_ratio);
    node->kind = row->kind;
    node->cell = row->kind == LF_NODE_OUTFALL ? -1 : lf_drain_open_cell(model, at, NODE_REACH_M);
    node->invert_m = row->invert_m - model->datum_m;
    node->shaft_area_m2 = row->area_m2;
    node->low_area_m2 = row->area_m2;
    node->outfall_level_m = row->outfall_level_m - model->datum_m;
    double ground = isnan(row->ground_m) ? lf_twin_ground_m(model->twin, at) : row->ground_m;
    node->ground_m = isnan(ground) ? node->invert_m + 1.5 : ground - model->datum_m;
    node->inlet_weir = s->weir_m05_s * open;
    node->inlet_orifice = s->orifice_ratio * s->inlet_area_m2_m * open * sqrt(2 * LF_DRAIN_GRAVITY);
}

// Levels that cannot be: a rim below the pipes that meet there.
static void finish_node(lf_drain_pipe_node *node, const lf_drain_node *row, lf_issues *issues) {
    double least = node->invert_m + fmax(node->low_height_m, 0.1);
    if (node->kind != LF_NODE_OUTFALL && node->ground_m < least) {
        lf_issues_addf(issues, LF_WARNING, LF_RANGE, NULL, 0, row->row.name,
                       "check invert_m, ground_m and the pipe's diameter",
                       "the rim of drain node %u lies %.2f m below the crown of its pipes; it is "
                       "taken at the crown",
                       row->row.id, least - node->ground_m);
        node->ground_m = least;
    }
    double height = node->ground_m - node->invert_m;
    double low = fmin(node->low_height_m, height);
    node->full_m3 = low * node->low_area_m2 + (height - low) * node->shaft_area_m2;
}

lf_code lf_drain_network_create(lf_drain_model *model, lf_issues *issues, lf_error *error) {
    int count = 0, outfalls = 0, inlets = 0;
    const lf_drain_node *rows = lf_twin_rows(model->twin, LF_DRAIN_NODES, &count);
    if (model->settings.pipes == LF_DRAIN_PIPES_NONE) {
        return LF_OK;
    }
    if (count == 0 || lf_twin_count(model->twin, LF_DRAIN_LINKS) == 0) {
        return lf_fail(error, LF_MISSING, LF_FROM_INPUT,
                       "the estate has no pipes: import them (.inp, GeoPackage), ask for "
                       "estate.synthesise: {pipes: from_roads_and_terrain}, or set pipes: none to "
                       "compute surface water only");
    }
    model->nodes = lf_arena_take(model->arena, (size_t)count * sizeof *model->nodes);
    if (!model->nodes) {
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for %d drain nodes", count);
    }
    model->node_count = count;
    for (int i = 0; i < count; i++) {
        compile_node(model, &rows[i], &model->nodes[i]);
        outfalls += rows[i].kind == LF_NODE_OUTFALL;
        inlets += rows[i].inlet_length_m > 0 && model->nodes[i].cell >= 0;
        model->pipe_quality =
            rows[i].row.quality > model->pipe_quality ? rows[i].row.quality : model->pipe_quality;
    }
    lf_code code = compile_links(model, issues, error);
    for (int i = 0; !code && i < count; i++) {
        finish_node(&model->nodes[i], &rows[i], issues);
    }
    if (outfalls == 0) {
        lf_issues_addf(issues, LF_WARNING, LF_TOPOLOGY, NULL, 0, "drain_nodes",
                       "give one node the kind outfall",
                       "the network has no outfall: its water can only come back");
    }
    if (inlets == 0) {
        lf_issues_addf(issues, LF_WARNING, LF_TOPOLOGY, NULL, 0, "drain_nodes",
                       "give gullies an inlet_length_m",
                       "no node of the network takes surface water");
    }
    return code;
}
