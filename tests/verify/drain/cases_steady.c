// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Steady flow against exact profiles: bumps and MacDonald channels (exact.h). All start from a
// state that is not the solution and run until nothing changes. `inertial` has no advection: its
// error on profiles where u^2/2g matters is printed, and gated only where the flow is slow.
#include "trial.h"

static void bump(exact_bump kind, const char *name, double gate, double inertial_gate) {
    enum { CELLS = 125 };
    double ground[CELLS], start[CELLS], exact[CELLS], cell = 25.0 / CELLS;
    double level = kind == EXACT_BUMP_SUBCRITICAL ? 2 : kind == EXACT_BUMP_SHOCK ? 0.33 : 0.66;
    for (int i = 0; i < CELLS; i++) {
        double x = (i + 0.5) * cell;
        ground[i] = exact_bump_ground_m(x);
        start[i] = level - ground[i];
        exact[i] = exact_bump_depth_m(kind, x);
    }
    for (int which = 0; which < METHOD_COUNT; which++) {
        scene s = trial_channel(CELLS, cell, ground, start);
        lf_drain_surface_edge edges[2];
        trial_method(&s, which);
        s.def.manning_all_s_m13 = 0;
        for (int i = 0; i < TRIAL_ROWS * CELLS; i++) {
            s.flux_x[i] = exact_bump_flow_m2_s(kind);
        }
        trial_ends(&s, edges, LF_DRAIN_EDGE_FLOW, exact_bump_flow_m2_s(kind), 0,
                   LF_DRAIN_EDGE_LEVEL, level);
        double time_s = trial_to_rest(&s, 20, 0, 300);
        double flow = 0;
        for (int i = 0; i < CELLS; i++) {
            flow = fmax(flow, fabs(s.flux_x[CELLS + i] - exact_bump_flow_m2_s(kind)));
        }
        printf("  after %g s, flow within %.2g m2/s\n", time_s, flow);
        trial_report(name, which, CELLS, trial_l1(s.after + CELLS, exact, CELLS),
                     which == INERTIAL ? inertial_gate : gate);
        scene_free(&s);
    }
}

// An edge has the ground of the cell beside it, so levels there are that ground plus the depth at
// the end of the channel.
static double channel_error(exact_channel_kind kind, int which, int cells) {
    const exact_channel *c = exact_channel_get(kind);
    size_t bytes = (size_t)cells * sizeof(double);
    double *ground = malloc(bytes), *start = malloc(bytes), *exact = malloc(bytes);
    double cell = c->length_m / cells, mean = 0, inlet, outlet;
    exact_channel_bed_m(kind, cells, ground, &inlet, &outlet);
    for (int i = 0; i < cells; i++) {
        exact[i] = exact_channel_depth_m(kind, (i + 0.5) * cell, NULL);
        mean += exact[i] / cells;
    }
    for (int i = 0; i < cells; i++) {
        start[i] = mean;
    }
    scene s = trial_channel(cells, cell, ground, start);
    lf_drain_surface_edge edges[2];
    trial_method(&s, which);
    for (int i = 0; i < TRIAL_ROWS * cells; i++) {
        s.flux_x[i] = c->flow_m2_s;
    }
    s.def.manning_all_s_m13 = c->manning_s_m13;
    double in_m = exact_channel_depth_m(kind, 0, NULL);
    double out_m = exact_channel_depth_m(kind, c->length_m, NULL);
    trial_ends(&s, edges, c->fast_in ? LF_DRAIN_EDGE_FLOW_LEVEL : LF_DRAIN_EDGE_FLOW, c->flow_m2_s,
               ground[0] + in_m, c->fast_out ? LF_DRAIN_EDGE_OPEN : LF_DRAIN_EDGE_LEVEL,
               ground[cells - 1] + out_m);
    double *open = NULL, *face = NULL;
    if (kind >= EXACT_CHANNEL_WIDTH_SUBCRITICAL) {
        open = malloc(TRIAL_ROWS * bytes);
        face = malloc(TRIAL_ROWS * bytes);
        for (int i = 0; i < TRIAL_ROWS * cells; i++) {
            open[i] = exact_channel_width_ratio(kind, (i % cells + 0.5) * cell, NULL);
            face[i] = exact_channel_width_ratio(kind, i % cells * cell, NULL);
        }
        s.def.open_ratio = s.def.open_y_ratio = open;
        s.def.open_x_ratio = face;
    }
    trial_to_rest(&s, c->length_m / 5, c->rain_m_s, 4 * c->length_m);
    double error = trial_l1(s.after + cells, exact, cells);
    scene_free(&s);
    free(open);
    free(face);
    free(ground);
    free(start);
    free(exact);
    return error;
}

static void channel(exact_channel_kind kind, int cells) {
    const exact_channel *c = exact_channel_get(kind);
    for (int which = 0; which < METHOD_COUNT; which++) {
        bool porous = kind >= EXACT_CHANNEL_WIDTH_SUBCRITICAL;
        if (porous && which == INERTIAL) {
            continue;
        }
        double error = channel_error(kind, which, cells);
        trial_report(c->name, which, cells, error, which == SWE_2 ? 0.005 : NAN);
    }
}

int main(void) {
    bump(EXACT_BUMP_SUBCRITICAL, "bump subcritical", 0.01, NAN);
    bump(EXACT_BUMP_TRANSCRITICAL, "bump transcritical", 0.03, NAN);
    bump(EXACT_BUMP_SHOCK, "bump with shock", 0.03, NAN);
    for (int kind = 0; kind < EXACT_CHANNEL_COUNT; kind++) {
        channel((exact_channel_kind)kind, kind == EXACT_CHANNEL_PERIODIC ? 250 : 200);
    }
    return lf_check_end();
}
