// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Prescribed edges and inflows of one source step: each gets the exact mean of its series over the
// step.
#include "drain/model.h"
#include <math.h>

// First sample after a moment.
static int find_after(const lf_drain_series *series, double time_s) {
    int low = 0, high = series->count;
    while (low < high) {
        int middle = low + (high - low) / 2;
        if (series->time_s[middle] > time_s) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return low;
}

// At a moment before sample `after` and not before the one that precedes it.
static double value_at(const lf_drain_series *s, int after, double time_s) {
    if (after == 0 || after == s->count) {
        return s->values[after == 0 ? 0 : s->count - 1];
    }
    double t0 = s->time_s[after - 1], t1 = s->time_s[after];
    double share = (time_s - t0) / (t1 - t0);
    return s->values[after - 1] + share * (s->values[after] - s->values[after - 1]);
}

double lf_drain_series_mean(const lf_drain_series *s, double from_s, double until_s) {
    int after = find_after(s, from_s);
    double at = from_s, value = value_at(s, after, from_s), sum = 0;
    if (!(until_s > from_s)) {
        return value;
    }
    while (at < until_s) { // trapezoids between samples
        bool whole = after < s->count && s->time_s[after] <= until_s;
        double next = whole ? s->time_s[after] : until_s;
        double next_value = whole ? s->values[after] : value_at(s, after, until_s);
        sum += 0.5 * (value + next_value) * (next - at);
        at = next;
        value = next_value;
        after += whole;
    }
    return sum / (until_s - from_s);
}

static double inflow_m3(const lf_drain_inflow *inflow, double from_s, double until_s) {
    double mean = inflow->series.count > 0 ? lf_drain_series_mean(&inflow->series, from_s, until_s)
                                           : inflow->flow_m3_s;
    return mean * (until_s - from_s);
}

static void prescribe_edges(const lf_drain_model *model, lf_drain_arrays *a, double from_s,
                            double until_s) {
    lf_drain_f32_field field = lf_drain_surface_field(a);
    for (int i = 0; i < model->plan.edge_count; i++) {
        const lf_drain_open_edge *edge = &model->edges[i];
        field.edges[i].flow_m2_s =
            edge->flow_m3_s.count > 0 && edge->length_m > 0
                ? lf_drain_series_mean(&edge->flow_m3_s, from_s, until_s) / edge->length_m
                : edge->flow_m2_s;
        double level = edge->level.count > 0 ? lf_drain_series_mean(&edge->level, from_s, until_s)
                                             : edge->level_m;
        field.edges[i].level_m = isnan(level) ? 0 : level - model->datum_m;
    }
}

static void let_in(const lf_drain_model *model, lf_drain_arrays *a, double from_s, double until_s) {
    for (int i = 0; i < model->inflow_count; i++) {
        const lf_drain_inflow *inflow = &model->inflows[i];
        double volume = inflow_m3(inflow, from_s, until_s) / fmax(inflow->cell_count, 1);
        for (int j = 0; j < inflow->cell_count && volume != 0; j++) {
            if (volume > 0) {
                lf_drain_add_m3(model, a, inflow->cells[j], volume);
                a->sums[SUM_INFLOW] += volume;
            } else {
                a->sums[SUM_DRAWN] += lf_drain_take_m3(model, a, inflow->cells[j], -volume);
            }
        }
    }
}

void lf_drain_boundaries_step(const lf_drain_model *model, lf_drain_arrays *a, double from_s,
                              double until_s) {
    prescribe_edges(model, a, from_s, until_s);
    let_in(model, a, from_s, until_s);
}

bool lf_drain_boundaries_idle(const lf_drain_model *model, double from_s, double until_s) {
    for (int i = 0; i < model->plan.edge_count; i++) {
        if (model->edges[i].kind != LF_DRAIN_EDGE_OPEN) {
            return false;
        }
    }
    for (int i = 0; i < model->inflow_count; i++) {
        if (inflow_m3(&model->inflows[i], from_s, until_s) > 0) {
            return false;
        }
    }
    return true;
}
