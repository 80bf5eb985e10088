// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// A flood over a flat plain (EA benchmark test 4, Neelz and Pender 2013): 1000 m x 2000 m of cells
// of 5 m, n = 0.05, 20 m of inflow in the middle of the west edge, up to 1 m2/s after an hour, the
// other edges free. On the CPU and on the card: |h - h_cpu| <= 1e-4 m and closing ledgers. With the
// argument "all" the whole five hours, else the first quarter of an hour.
#include "tests_surface.h"

enum { COLS = 200, ROWS = 400, EVERY_S = 10, EDGES = 4 };

static double inflow_m2_s(double time_s) {
    const double at[] = {0, 300, 3600, 14400, 18000}, flow[] = {0, 0, 1, 1, 0};
    for (int i = 0; i < 4; i++) {
        if (time_s < at[i + 1]) {
            return flow[i] + (flow[i + 1] - flow[i]) * (time_s - at[i]) / (at[i + 1] - at[i]);
        }
    }
    return 0;
}

static double out_m3(const lf_drain_surface *surface) {
    double in = 0;
    for (int i = 1; i < EDGES; i++) {
        in += lf_drain_surface_inflow_m3(surface, i);
    }
    return -in;
}

static double run_until(lf_drain_surface *surface, double from_s, double until_s) {
    for (double t = from_s; t < until_s - 1e-6; t += EVERY_S) {
        lf_drain_surface_set_edge(surface, 0, inflow_m2_s(t + 0.5 * EVERY_S), 0);
        CHECK(lf_drain_surface_advance(surface, EVERY_S, NULL) == LF_OK);
    }
    double in = lf_drain_surface_inflow_m3(surface, 0);
    double lost = fabs(lf_drain_surface_volume_m3(surface) + out_m3(surface) - in) / in;
    CHECK(lost <= 1e-6);
    return lost;
}

int main(int argc, char **argv) {
    const lf_drain_surface_edge edges[] = {
        {LF_DRAIN_WEST, 198, 202, LF_DRAIN_EDGE_FLOW, 0, 0},
        {LF_DRAIN_EAST, 0, ROWS, LF_DRAIN_EDGE_OPEN, 0, 0},
        {LF_DRAIN_SOUTH, 0, COLS, LF_DRAIN_EDGE_OPEN, 0, 0},
        {LF_DRAIN_NORTH, 0, COLS, LF_DRAIN_EDGE_OPEN, 0, 0},
    };
    bool all = argc > 1 && strcmp(argv[1], "all") == 0;
    scene s = scene_create(COLS, ROWS, 5);
    s.def.ground_m = s.ground;
    s.def.manning_all_s_m13 = 0.05;
    s.def.edges = edges;
    s.def.edge_count = EDGES;
    lf_drain_surface *surfaces[2] = {NULL, NULL};
    lf_error error = {0};
    lf_code code = lf_drain_surface_create(&s.def, &surfaces[0], &error);
    s.def.backend = LF_DRAIN_GL;
    code = code ? code : lf_drain_surface_create(&s.def, &surfaces[1], &error);
    if (code != LF_OK) {
        printf("%s\n", error.message);
        return code == LF_UNAVAILABLE ? 77 : 1;
    }
    const double stops[] = {900, 3600, 7200, 10800, 14400, 18000};
    double now_s = 0;
    for (int i = 0; i < (all ? 6 : 1); i++) {
        double lost[2], most = 0;
        for (int k = 0; k < 2; k++) {
            lost[k] = run_until(surfaces[k], now_s, stops[i]);
        }
        lf_drain_surface_read(surfaces[0], s.depth, NULL, NULL);
        lf_drain_surface_read(surfaces[1], s.after, NULL, NULL);
        for (int c = 0; c < COLS * ROWS; c++) {
            most = fmax(most, fabs(s.depth[c] - s.after[c]));
        }
        now_s = stops[i];
        printf("%5.0f s: depth %.1e m apart; ledger cpu %.1e, card %.1e; %ld and %ld steps; %.0f "
               "m3 in, %.1f m3 out\n",
               now_s, most, lost[0], lost[1], lf_drain_surface_steps(surfaces[0]),
               lf_drain_surface_steps(surfaces[1]), lf_drain_surface_inflow_m3(surfaces[1], 0),
               out_m3(surfaces[1]));
        CHECK(most <= 1e-4);
    }
    lf_drain_surface_destroy(surfaces[0]);
    lf_drain_surface_destroy(surfaces[1]);
    scene_free(&s);
    return lf_check_end();
}
