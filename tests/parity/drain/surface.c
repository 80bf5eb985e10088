// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The surface solver on the CPU and on the card: the same depths within 1e-4 m (in fact within
// rounding), closing ledgers, the same bits from run to run and with all tiles computed.
#include "tests_surface.h"

enum { EDGES = 5 };

typedef struct outcome {
    double most_m;  // largest difference of depth
    double ledger;  // relative error of the card's water
    long steps[2];  // CPU, card
    double *depth;  // of the card
    double *flow_x; // of the card
} outcome;

typedef struct plot { // what happens
    double rain_m, span_s;
    int parts;
    bool compute_all;
} plot;

static lf_drain_surface *open_on(scene *s, int backend, bool compute_all) {
    s->def.backend = backend;
    s->def.compute_all = compute_all;
    return scene_open(s);
}

static double run_one(scene *s, const plot *p, int backend, double *depth, double *flow_x,
                      long *steps, double *cell_steps) {
    lf_drain_surface *surface = open_on(s, backend, p->compute_all);
    size_t cells = (size_t)s->def.cols * (size_t)s->def.rows, open = 0;
    double area = s->def.cell_m * s->def.cell_m;
    double given = lf_drain_surface_volume_m3(surface);
    for (size_t i = 0; i < cells; i++) {
        open += !isnan(s->ground[i]);
    }
    for (int part = 0; part < p->parts; part++) {
        if (p->rain_m > 0) {
            lf_drain_surface_add_rain(surface, p->rain_m);
            given += (double)(float)p->rain_m * (double)open * area;
        }
        lf_error error = {0};
        lf_code code = lf_drain_surface_advance(surface, p->span_s / p->parts, &error);
        CHECK(code == LF_OK);
        if (code != LF_OK) {
            printf("%s\n", error.message);
        }
    }
    lf_drain_surface_read(surface, depth, flow_x, NULL);
    double now = lf_drain_surface_volume_m3(surface) + lf_drain_surface_outflow_m3(surface);
    for (int i = 0; i < s->def.edge_count; i++) {
        given += lf_drain_surface_inflow_m3(surface, i);
    }
    *steps = lf_drain_surface_steps(surface);
    *cell_steps = lf_drain_surface_cell_steps(surface);
    lf_drain_surface_destroy(surface);
    return given > 0 ? fabs(now - given) / given : fabs(now);
}

static void compare(const char *name, scene *s, plot p) {
    size_t cells = (size_t)s->def.cols * (size_t)s->def.rows;
    double *depth[3], *flow[3], cell_steps[3], ledger[3], most = 0, fastest = 0;
    long steps[3];
    for (int i = 0; i < 3; i++) {
        depth[i] = calloc(cells, sizeof(double));
        flow[i] = calloc(cells, sizeof(double));
    }
    ledger[0] = run_one(s, &p, LF_DRAIN_CPU, depth[0], flow[0], &steps[0], &cell_steps[0]);
    ledger[1] = run_one(s, &p, LF_DRAIN_GL, depth[1], flow[1], &steps[1], &cell_steps[1]);
    p.compute_all = !p.compute_all;
    ledger[2] = run_one(s, &p, LF_DRAIN_GL, depth[2], flow[2], &steps[2], &cell_steps[2]);
    for (size_t i = 0; i < cells; i++) {
        most = fmax(most, fabs(depth[0][i] - depth[1][i]));
        fastest = fmax(fastest, fabs(flow[0][i] - flow[1][i]));
        CHECK(depth[1][i] >= 0);
    }
    printf("%-14s depth %.1e m, flow %.1e m2/s apart; ledger cpu %.1e, card %.1e; %ld and %ld "
           "steps, %.0f and %.0f kcell\n",
           name, most, fastest, ledger[0], ledger[1], steps[0], steps[1], cell_steps[0] / 1e3,
           cell_steps[1] / 1e3);
    CHECK(most <= 1e-4);
    CHECK(ledger[1] <= 1e-6);
    CHECK(ledger[2] <= 1e-6);
    CHECK(labs(steps[0] - steps[1]) <= 1);
    CHECK(steps[1] == steps[2]);
    CHECK(memcmp(depth[1], depth[2], cells * sizeof(double)) == 0);
    CHECK(memcmp(flow[1], flow[2], cells * sizeof(double)) == 0);
    for (int i = 0; i < 3; i++) {
        free(depth[i]);
        free(flow[i]);
    }
}

static void rough_scenes(int scheme) {
    double scale = scheme == LF_DRAIN_SWE ? 0.25 : 1; // a program that plays card is slow
    double n[150 * 70];
    scene s = scene_rough(150, 70, 2);
    s.def.scheme = scheme;
    compare("rough", &s, (plot){.span_s = 20 * scale, .parts = 3});
    for (int i = 0; i < 150 * 70; i++) {
        n[i] = 0.02 + 0.001 * (i % 50);
    }
    s.def.manning_s_m13 = n;
    s.def.free_edges = true;
    compare("rough free", &s, (plot){.span_s = 20 * scale, .parts = 10, .rain_m = 1e-3});
    for (int i = 0; i < 150 * 70; i++) {
        s.depth[i] = i % 150 < 9 && !isnan(s.ground[i]) ? 0.3 : 0; // most tiles asleep
    }
    compare("rough dry", &s, (plot){.span_s = 40 * scale, .parts = 7});
    scene_free(&s);
}

static void dam_break(int scheme) {
    scene s = scene_create(200, 40, 1);
    s.def.scheme = scheme;
    for (int i = 0; i < 200 * 40; i++) {
        s.depth[i] = i % 200 < 100 ? 1 : 0;
    }
    s.def.theta_ratio = 0.8;
    compare("dam break", &s, (plot){.span_s = scheme == LF_DRAIN_SWE ? 4 : 10, .parts = 1});
    scene_free(&s);
}

static void edges(int scheme) {
    const lf_drain_surface_edge all[EDGES] = {
        {LF_DRAIN_WEST, 10, 50, LF_DRAIN_EDGE_FLOW, 0.3, 0},
        {LF_DRAIN_EAST, 0, 70, LF_DRAIN_EDGE_LEVEL, 0, 0.4},
        {LF_DRAIN_NORTH, 60, 68, LF_DRAIN_EDGE_FLOW, 0.2, 0},
        {LF_DRAIN_SOUTH, 100, 120, LF_DRAIN_EDGE_OPEN, 0, 0},
        {LF_DRAIN_SOUTH, 20, 30, LF_DRAIN_EDGE_FLOW_LEVEL, 0.2, 0.1},
    };
    scene s = scene_create(126, 78, 4); // the last tiles are one ring wide
    for (int i = 0; i < 126 * 78; i++) {
        s.ground[i] = 0.05 * sin(0.2 * (i % 126)) + (i % 126 > 60 && i % 7 == 0 ? 0.15 : 0);
    }
    s.def.scheme = scheme;
    s.def.edges = all;
    s.def.edge_count = EDGES;
    compare("edges", &s, (plot){.span_s = scheme == LF_DRAIN_SWE ? 40 : 150, .parts = 3});
    scene_free(&s);
}

static void small_grids(void) {
    const int sizes[][2] = {{1, 1}, {1, 90}, {63, 15}};
    for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
        scene s = scene_create(sizes[k][0], sizes[k][1], 0.1);
        for (int i = 0; i < sizes[k][0] * sizes[k][1]; i++) {
            s.depth[i] = 0.02 * (i % 5);
        }
        compare("small", &s, (plot){.span_s = 1, .parts = 2, .rain_m = 1e-6});
        scene_free(&s);
    }
}

static void dry_hour(void) {
    scene s = scene_create(20, 20, 100);
    lf_drain_surface *surface = open_on(&s, LF_DRAIN_GL, false);
    CHECK(lf_drain_surface_advance(surface, 3600, NULL) == LF_OK);
    CHECK(lf_drain_surface_steps(surface) == 0);
    lf_drain_surface_add_rain(surface, 0.01);
    CHECK(lf_drain_surface_advance(surface, 3600, NULL) == LF_OK);
    CHECK_NEAR(lf_drain_surface_volume_m3(surface), 0.01 * 400 * 1e4, 1e-2);
    lf_drain_surface_destroy(surface);
    s.depth[7] = NAN;
    surface = open_on(&s, LF_DRAIN_GL, false);
    lf_error error = {0};
    CHECK(lf_drain_surface_advance(surface, 10, &error) == LF_UNSTABLE);
    CHECK(strstr(error.message, "column 7, row 0") != NULL);
    lf_drain_surface_destroy(surface);
    s.def.in_double = true;
    surface = NULL;
    CHECK(lf_drain_surface_create(&s.def, &surface, &error) == LF_UNAVAILABLE);
    scene_free(&s);
}

int main(void) {
    scene s = scene_create(3, 3, 1);
    s.def.ground_m = s.ground;
    s.def.backend = LF_DRAIN_GL;
    lf_error error = {0};
    lf_drain_surface *surface = NULL;
    lf_code code = lf_drain_surface_create(&s.def, &surface, &error);
    if (code != LF_OK) {
        printf("%s\n", error.message);
        return code == LF_UNAVAILABLE ? 77 : 1;
    }
    printf("%s\n", lf_drain_surface_card(surface, NULL));
    lf_drain_surface_destroy(surface);
    scene_free(&s);
    for (int scheme = LF_DRAIN_INERTIAL; scheme <= LF_DRAIN_SWE; scheme++) {
        printf("%s\n", scheme == LF_DRAIN_SWE ? "shallow water" : "local inertial");
        rough_scenes(scheme);
        dam_break(scheme);
        edges(scheme);
    }
    small_grids();
    dry_hour();
    return lf_check_end();
}
