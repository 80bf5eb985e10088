// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The pipes in one step: inlets as weir or orifice, flow by the level difference up to each pipe's
// full capacity, and surcharge back onto the street. Every transfer is limited by the volume that
// is there, so the network neither makes nor loses water.
#include "drain/model.h"
#include <math.h>

double lf_drain_node_level_m(const lf_drain_pipe_node *node, double volume_m3) {
    double low_m3 = node->low_height_m * node->low_area_m2;
    if (volume_m3 <= low_m3 && node->low_area_m2 > 0) {
        return node->invert_m + volume_m3 / node->low_area_m2;
    }
    return node->invert_m + node->low_height_m + (volume_m3 - low_m3) / node->shaft_area_m2;
}

static double plan_area_m2(const lf_drain_pipe_node *node, double volume_m3) {
    bool low = volume_m3 < node->low_height_m * node->low_area_m2;
    return low ? node->low_area_m2 : node->shaft_area_m2;
}

double lf_drain_pipes_m3(const lf_drain_model *model, const lf_drain_arrays *arrays) {
    double sum = 0;
    for (int i = 0; i < model->node_count; i++) {
        sum += arrays->node_m3[i];
    }
    return sum;
}

// ---- surface to nodes and back

static void take_inflow(const lf_drain_model *model, lf_drain_arrays *a, double dt_s) {
    for (int i = 0; i < model->node_count; i++) {
        const lf_drain_pipe_node *node = &model->nodes[i];
        double room = node->full_m3 - a->node_m3[i];
        if (node->cell < 0 || !(node->inlet_weir > 0) || !(room > 0)) {
            continue;
        }
        double depth = (double)lf_drain_local_m(model, node->cell, a->depth_m[node->cell]);
        double flow =
            fmin(node->inlet_weir * depth * sqrt(depth), node->inlet_orifice * sqrt(depth));
        double volume = lf_drain_take_m3(model, a, node->cell, fmin(flow * dt_s, room));
        a->node_m3[i] += volume;
        a->sums[SUM_TO_PIPES] += volume;
    }
}

// Water above the rim goes back to the street. Where no street is near it stands above the node.
static void return_surcharge(const lf_drain_model *model, lf_drain_arrays *a) {
    for (int i = 0; i < model->node_count; i++) {
        const lf_drain_pipe_node *node = &model->nodes[i];
        double excess = a->node_m3[i] - node->full_m3;
        if (!(excess > 0) || node->cell < 0) {
            continue;
        }
        lf_drain_add_m3(model, a, node->cell, excess);
        a->node_m3[i] -= excess;
        a->node_flooded_m3[i] += excess;
        a->sums[SUM_FROM_PIPES] += excess;
    }
}

// ---- pipes

// The level that a pipe sees at a node: a full shaft under a flooded street has the street's level.
static double head_m(const lf_drain_model *model, const lf_drain_arrays *a, int i) {
    const lf_drain_pipe_node *node = &model->nodes[i];
    if (node->kind == LF_NODE_OUTFALL) {
        return isnan(node->outfall_level_m) ? node->invert_m : node->outfall_level_m;
    }
    double level = lf_drain_node_level_m(node, a->node_m3[i]);
    if (level >= node->ground_m && node->cell >= 0) {
        return node->ground_m + (double)lf_drain_local_m(model, node->cell, a->depth_m[node->cell]);
    }
    return level;
}

static double fill_at(const lf_drain_pipe *pipe, double depth_m) {
    double place = depth_m / pipe->height_m * LF_DRAIN_FILL_STEPS;
    if (place >= LF_DRAIN_FILL_STEPS) {
        return 1;
    }
    int i = (int)place;
    return pipe->fill[i] + (place - i) * (pipe->fill[i + 1] - pipe->fill[i]);
}

// Flow that the level difference drives, positive from `from` to `to`, before volumes limit it.
static double driven_m3_s(const lf_drain_pipe *pipe, double head_from, double head_to) {
    bool forward = head_from >= head_to;
    double up = forward ? head_from : head_to, down = forward ? head_to : head_from;
    double up_invert = forward ? pipe->from_m : pipe->to_m;
    double down_invert = forward ? pipe->to_m : pipe->from_m;
    double depth = up - up_invert;
    double drop = up - fmax(down, down_invert);
    if (!(depth > 0) || !(drop > 0)) {
        return 0;
    }
    double flow = 0;
    switch (pipe->kind) {
    case LF_LINK_PUMP:
        return pipe->full_m3_s; // pumps only forward, and not by level
    case LF_LINK_ORIFICE:
    case LF_LINK_OUTLET:
        flow = 0.62 * pipe->area_m2 * fmin(depth / pipe->height_m, 1) *
               sqrt(2 * LF_DRAIN_GRAVITY * drop);
        break;
    case LF_LINK_WEIR:
        flow = 1.7 * pipe->area_m2 / pipe->height_m * depth * sqrt(depth);
        break;
    default:
        flow = pipe->conveyance_m3_s * fill_at(pipe, depth) * sqrt(drop / pipe->length_m);
        flow = fmin(flow, pipe->full_m3_s);
    }
    return forward ? flow : -flow;
}

// Explicit steps must not carry more than what evens out the levels, shared among a node's pipes.
static double evened_m3_s(const lf_drain_model *model, const lf_drain_arrays *a,
                          const lf_drain_pipe *pipe, double flow, double head_from, double head_to,
                          double dt_s) {
    const lf_drain_pipe_node *x = &model->nodes[pipe->from], *y = &model->nodes[pipe->to];
    double area_x = plan_area_m2(x, a->node_m3[pipe->from]) / x->degree;
    double area_y = plan_area_m2(y, a->node_m3[pipe->to]) / y->degree;
    double area = y->kind == LF_NODE_OUTFALL ? area_x : area_x * area_y / (area_x + area_y);
    double invert = head_from >= head_to ? pipe->to_m : pipe->from_m;
    double drop = fabs(head_from - head_to);
    drop = fmax(drop, fmax(head_from, head_to) - invert);
    double limit = drop * area / dt_s;
    return fmax(-limit, fmin(limit, flow));
}

static void find_flows(const lf_drain_model *model, lf_drain_arrays *a, double dt_s) {
    for (int i = 0; i < model->node_count; i++) {
        a->node_next_m3[i] = head_m(model, a, i); // first used for heads
        a->node_out_m3_s[i] = 0;
    }
    for (int l = 0; l < model->pipe_count; l++) {
        const lf_drain_pipe *pipe = &model->pipes[l];
        double head_from = a->node_next_m3[pipe->from], head_to = a->node_next_m3[pipe->to];
        double flow = 0;
        if (pipe->kind == LF_LINK_PUMP) {
            flow = a->node_m3[pipe->from] > 0 ? pipe->full_m3_s : 0;
        } else {
            flow = driven_m3_s(pipe, head_from, head_to);
            flow = evened_m3_s(model, a, pipe, flow, head_from, head_to, dt_s);
        }
        bool back = flow < 0 && model->nodes[pipe->to].kind == LF_NODE_OUTFALL;
        bool stuck = flow > 0 && model->nodes[pipe->from].kind == LF_NODE_OUTFALL;
        flow = back || stuck ? 0 : flow; // outfalls have flap gates
        a->link_m3_s[l] = flow;
        a->node_out_m3_s[flow > 0 ? pipe->from : pipe->to] += fabs(flow);
    }
}

static void note_surcharge(const lf_drain_model *model, lf_drain_arrays *a, double dt_s) {
    for (int l = 0; l < model->pipe_count; l++) {
        const lf_drain_pipe *pipe = &model->pipes[l];
        double flow = fabs(a->link_m3_s[l]);
        double depth_from = head_m(model, a, pipe->from) - pipe->from_m;
        double depth_to = head_m(model, a, pipe->to) - pipe->to_m;
        bool full_from = depth_from >= pipe->height_m, full_to = depth_to >= pipe->height_m;
        double fill = fmin(fmax(fmax(depth_from, depth_to) / pipe->height_m, 0), 1);
        a->link_peak_m3_s[l] = fmaxf(a->link_peak_m3_s[l], (float)flow);
        a->link_fill_ratio[l] = fmaxf(a->link_fill_ratio[l], (float)fill);
        a->link_surcharge_s[l] +=
            pipe->kind == LF_LINK_CONDUIT && full_from && full_to ? (float)dt_s : 0;
        // Full above, flowing at capacity, free below: here the network is too narrow.
        bool upper_full = a->link_m3_s[l] >= 0 ? full_from : full_to;
        bool lower_full = a->link_m3_s[l] >= 0 ? full_to : full_from;
        a->link_limiting_s[l] +=
            upper_full && !lower_full && flow >= 0.98 * pipe->full_m3_s ? (float)dt_s : 0;
    }
    for (int i = 0; i < model->node_count; i++) {
        const lf_drain_pipe_node *node = &model->nodes[i];
        double depth = lf_drain_node_level_m(node, a->node_m3[i]) - node->invert_m;
        a->node_max_m[i] = fmaxf(a->node_max_m[i], (float)depth);
        a->node_surcharge_s[i] += a->node_m3[i] >= node->full_m3 * (1 - 1e-9) &&
                                          node->kind != LF_NODE_OUTFALL && node->full_m3 > 0
                                      ? (float)dt_s
                                      : 0;
    }
}

static void move_volumes(const lf_drain_model *model, lf_drain_arrays *a, double dt_s) {
    for (int i = 0; i < model->node_count; i++) {
        // Share of the outflows that the node can serve.
        double wanted = a->node_out_m3_s[i] * dt_s;
        a->node_out_m3_s[i] = wanted > a->node_m3[i] ? a->node_m3[i] / wanted : 1;
        a->node_next_m3[i] = a->node_m3[i];
    }
    for (int l = 0; l < model->pipe_count; l++) {
        const lf_drain_pipe *pipe = &model->pipes[l];
        int source = a->link_m3_s[l] > 0 ? pipe->from : pipe->to;
        a->link_m3_s[l] *= a->node_out_m3_s[source];
        a->node_next_m3[pipe->from] -= a->link_m3_s[l] * dt_s;
        a->node_next_m3[pipe->to] += a->link_m3_s[l] * dt_s;
    }
    for (int i = 0; i < model->node_count; i++) {
        a->node_m3[i] = fmax(a->node_next_m3[i], 0); // -1e-19 from rounding
        if (model->nodes[i].kind == LF_NODE_OUTFALL) {
            a->sums[SUM_OUTFALL] += a->node_m3[i];
            a->node_m3[i] = 0;
        }
    }
}

void lf_drain_network_step(const lf_drain_model *model, lf_drain_arrays *a, double dt_s) {
    if (model->node_count == 0) {
        return;
    }
    take_inflow(model, a, dt_s);
    int parts = (int)ceil(dt_s / model->settings.network.step_s - 1e-9);
    parts = parts > 1 ? parts : 1;
    for (int part = 0; part < parts; part++) {
        find_flows(model, a, dt_s / parts);
        move_volumes(model, a, dt_s / parts);
    }
    note_surcharge(model, a, dt_s);
    return_surcharge(model, a);
}
