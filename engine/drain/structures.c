// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Culverts, underpasses, weirs, pumps and garage mouths: flow by the levels at both ends, moved as
// volumes that are there. Formulas and sources: README.md, Structures.
#include "drain/model.h"
#include <math.h>

enum { PARTS = 4 }; // of a source step, so that a structure sees the levels that it changes

// ---- formulas

// Boyd (1987, eqs 9a and 9b): a box culvert whose entry controls, in heads of its upper end.
static double entry_m3_s(const lf_drain_structure *s, double head_m) {
    double root = sqrt(LF_DRAIN_GRAVITY) * s->width_m;
    double open = 0.544 * root * head_m * sqrt(head_m);
    double drowned = 0.702 * root * pow(s->height_m, 0.89) * pow(head_m, 0.61);
    return fmin(open, drowned);
}

// Energy that a drop overcomes in a barrel: entry, exit and Manning's friction.
static double driven_m3_s(const lf_drain_structure *s, double drop_m, double depth_m,
                          double lid_m) {
    double area = s->width_m * depth_m, radius = area / (s->width_m + 2 * depth_m + lid_m);
    double n = s->roughness_s_m13;
    double losses =
        s->loss_ratio + 2 * LF_DRAIN_GRAVITY * n * n * s->length_m / (radius * cbrt(radius));
    return area * sqrt(2 * LF_DRAIN_GRAVITY * drop_m / fmax(losses, 1e-6));
}

// From end to end at the mean depth in the barrel. Water that falls freely leaves at critical
// depth, two thirds of the head. A box that is nearly full has less friction than a full one: not
// counted on.
static double barrel_m3_s(const lf_drain_structure *s, double up, double down, double up_invert,
                          double down_invert) {
    double head = up - up_invert, above = up - fmax(up_invert, down_invert);
    if (!(head > 0) || !(above > 0)) {
        return 0;
    }
    double tail = fmax(down - down_invert, fmin(s->height_m, above * 2 / 3));
    double drop = up - (down_invert + tail);
    if (!(drop > 0)) {
        return 0;
    }
    double depth = 0.5 * (fmin(head, s->height_m) + fmin(tail, s->height_m));
    double through =
        fmin(driven_m3_s(s, drop, depth, 0), driven_m3_s(s, drop, s->height_m, s->width_m));
    return s->barrels * fmin(entry_m3_s(s, head), through);
}

// C b h^1.5, less what stands behind the crest (Villemonte 1947).
static double weir_m3_s(double coefficient_m05_s, double width_m, double up_head,
                        double down_head) {
    if (!(up_head > 0)) {
        return 0;
    }
    double free_m3_s = coefficient_m05_s * width_m * up_head * sqrt(up_head);
    double share = fmin(fmax(down_head, 0) / up_head, 1);
    return free_m3_s * pow(1 - share * sqrt(share), 0.385);
}

double lf_drain_structure_m3_s(const lf_drain_model *model, const lf_drain_structure *s,
                               double from_level, double to_level) {
    double weir = model->settings.structures.weir_m05_s, flow = 0;
    bool forward = from_level >= to_level;
    double up = forward ? from_level : to_level, down = forward ? to_level : from_level;
    switch (s->kind) {
    case LF_CULVERT_PUMP:
        return s->capacity_m3_s;
    case LF_CULVERT_GARAGE_MOUTH:
        flow = weir_m3_s(weir, s->width_m, from_level - s->from_m, 0);
        forward = true;
        break;
    case LF_CULVERT_WEIR:
        flow = weir_m3_s(weir, s->width_m, up - s->from_m, down - s->from_m);
        break;
    default:
        flow = forward ? barrel_m3_s(s, up, down, s->from_m, s->to_m)
                       : barrel_m3_s(s, up, down, s->to_m, s->from_m);
    }
    flow = s->capacity_m3_s > 0 ? fmin(flow, s->capacity_m3_s) : flow;
    return forward ? flow : -flow;
}

// ---- ends

typedef struct lf_end_water {
    double level_m; // mean of the wet cells; of dry ends the lowest ground
    double lowest_m;
    double wet_m2;
    double volume_m3;
} lf_end_water;

static lf_end_water look(const lf_drain_model *model, const lf_drain_arrays *a,
                         const lf_drain_end *end) {
    lf_end_water water = {0, INFINITY, 0, 0};
    double levels = 0;
    for (int i = 0; i < end->count; i++) {
        int k = end->cells[i];
        double depth = (double)a->depth_m[k], ground = (double)model->plan.ground_m[k];
        double local = (double)lf_drain_local_m(model, k, a->depth_m[k]);
        double area = lf_drain_cell_area_m2(model, k);
        water.lowest_m = fmin(water.lowest_m, ground);
        if (local > (double)model->plan.dry_m) {
            levels += area * (ground + local);
            water.wet_m2 += area;
            water.volume_m3 += area * depth;
        }
    }
    water.level_m = water.wet_m2 > 0 ? levels / water.wet_m2 : water.lowest_m;
    return water;
}

// From the cells by what they hold. Returns what they gave.
static double take(const lf_drain_model *model, lf_drain_arrays *a, const lf_drain_end *end,
                   const lf_end_water *water, double volume_m3) {
    double taken = 0, share = fmin(volume_m3 / water->volume_m3, 1);
    for (int i = 0; i < end->count; i++) {
        int k = end->cells[i];
        double depth = (double)a->depth_m[k];
        if (depth > (double)model->plan.dry_m) {
            taken += lf_drain_take_m3(model, a, k, share * depth * lf_drain_cell_area_m2(model, k));
        }
    }
    return taken;
}

static void give(const lf_drain_model *model, lf_drain_arrays *a, const lf_drain_end *end,
                 double volume_m3) {
    for (int i = 0; i < end->count; i++) {
        double share = lf_drain_cell_area_m2(model, end->cells[i]) / end->area_m2;
        lf_drain_add_m3(model, a, end->cells[i], volume_m3 * share);
    }
}

// ---- one structure

static bool runs(const lf_drain_structure *s, const lf_end_water *from, uint8_t *on) {
    double depth = from->level_m - from->lowest_m;
    *on = depth >= s->start_m || (*on && depth > s->stop_m);
    return *on && from->wet_m2 > 0;
}

// The most that may flow from the upper to the lower end in one part: what evens out the levels,
// and what stands above the crest.
static double most_m3(const lf_drain_structure *s, const lf_end_water *up, double low_level,
                      double low_area_m2, bool forward) {
    double invert = s->kind == LF_CULVERT_WEIR || forward ? s->from_m : s->to_m;
    double standing = (up->level_m - invert) * up->wet_m2;
    double even = (up->level_m - low_level) * up->wet_m2 * low_area_m2 / (up->wet_m2 + low_area_m2);
    return fmax(0, fmin(standing, even));
}

static double move_m3(const lf_drain_model *model, lf_drain_arrays *a, int i, double dt_s) {
    const lf_drain_structure *s = &model->structures[i];
    lf_end_water from = look(model, a, &s->from), to = look(model, a, &s->to);
    bool garage = s->kind == LF_CULVERT_GARAGE_MOUTH, pump = s->kind == LF_CULVERT_PUMP;
    if (pump && !runs(s, &from, &a->structure_on[i])) {
        return 0;
    }
    double low = s->kind == LF_CULVERT_WEIR ? s->from_m : -INFINITY; // a crest holds water apart
    double flow = lf_drain_structure_m3_s(model, s, from.level_m, to.level_m);
    bool forward = flow > 0;
    const lf_end_water *up = forward ? &from : &to;
    double wanted = fabs(flow) * dt_s;
    if (garage) {
        double room = s->parking >= 0 ? model->garage_full_m3[s->parking] - a->garage_m3[s->parking]
                                      : INFINITY;
        wanted = fmin(fmin(wanted, (from.level_m - s->from_m) * from.wet_m2), room);
    } else if (!pump) {
        const lf_end_water *down = forward ? &to : &from;
        double area = forward ? s->to.area_m2 : s->from.area_m2;
        wanted = fmin(wanted, most_m3(s, up, fmax(down->level_m, low), area, forward));
    }
    if (!(wanted > 0) || !(up->volume_m3 > 0)) {
        return 0;
    }
    double moved = take(model, a, forward ? &s->from : &s->to, up, wanted);
    if (garage) {
        a->garage_m3[s->parking >= 0 ? s->parking : model->parking.count] += moved;
    } else {
        give(model, a, forward ? &s->to : &s->from, moved);
    }
    return forward ? moved : -moved;
}

static bool works(const lf_drain_structure *s) {
    return s->from.count > 0 && (s->to.count > 0 || s->kind == LF_CULVERT_GARAGE_MOUTH);
}

void lf_drain_structures_step(const lf_drain_model *model, lf_drain_arrays *a, double dt_s) {
    for (int i = 0; i < model->structure_count; i++) {
        double moved = 0;
        for (int part = 0; part < PARTS && works(&model->structures[i]); part++) {
            moved += move_m3(model, a, i, dt_s / PARTS);
        }
        a->structure_m3[i] += moved;
        a->structure_peak_m3_s[i] = fmaxf(a->structure_peak_m3_s[i], (float)(fabs(moved) / dt_s));
    }
}

double lf_drain_garages_m3(const lf_drain_model *model, const lf_drain_arrays *a) {
    double sum = 0;
    for (int i = 0; model->structure_count > 0 && i <= model->parking.count; i++) {
        sum += a->garage_m3[i];
    }
    return sum;
}
