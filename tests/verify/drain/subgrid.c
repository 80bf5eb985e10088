// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Coarse cells with fine ground against the fine run itself: a street estate in the rain, a channel
// narrower than a cell, a wall inside a cell; rest and mass.
#include "tests_surface.h"

// A crossfall of streets 6 m wide with kerbs of 0.15 m, gutters, yards with bumps, and blocks.
static double street_ground(int col, int row) {
    double z = 0.002 * col + 0.5 * sin(col / 24.0) * cos(row / 21.0);
    int x = col % 50, y = row % 40;
    bool street = x < 6 || y < 6;
    if (street) {
        double from_middle = fmin(x < 6 ? fabs(x - 2.5) : 9, y < 6 ? fabs(y - 2.5) : 9);
        return z - 0.15 - 0.02 * (3 - from_middle);
    }
    return x >= 18 && x < 42 && y >= 16 && y < 28 ? NAN : z;
}

typedef struct rain_run {
    double volume_m3, seconds, outflow_m3;
    double *depth; // on the fine grid
} rain_run;

static rain_run run_streets(int cells, int coarse, int fine, double cell_m) {
    // `cells` fine cells a side; a run with coarse x coarse of them per cell, each knowing
    // fine x fine parts.
    int side = cells / coarse, parts = side * fine;
    double *ground = calloc((size_t)parts * (size_t)parts, sizeof *ground);
    for (int row = 0; row < parts; row++) {
        for (int col = 0; col < parts; col++) {
            int step = coarse / fine;
            double sum = 0;
            int open = 0;
            for (int i = 0; i < step * step; i++) {
                double z = street_ground(col * step + i % step, row * step + i / step);
                sum += isnan(z) ? 0 : z;
                open += !isnan(z);
            }
            ground[row * parts + col] = 2 * open >= step * step ? sum / open : NAN;
        }
    }
    lf_drain_surface_def def = lf_drain_default_surface_def();
    def.cols = def.rows = side;
    def.cell_m = coarse * cell_m;
    def.fine = fine;
    def.ground_m = ground;
    def.manning_all_s_m13 = 0.02;
    def.free_edges = true;
    lf_drain_surface *surface = NULL;
    if (lf_drain_surface_create(&def, &surface, NULL) != LF_OK) {
        abort();
    }
    for (int second = 0; second < 1200; second++) {
        if (second < 900) {
            lf_drain_surface_add_rain(surface, 0.12 / 3600);
        }
        CHECK(lf_drain_surface_advance(surface, 1, NULL) == LF_OK);
    }
    rain_run r = {.volume_m3 = lf_drain_surface_volume_m3(surface),
                  .outflow_m3 = lf_drain_surface_outflow_m3(surface),
                  .depth = calloc((size_t)cells * (size_t)cells, sizeof(double))};
    double *level = calloc((size_t)side * (size_t)side, sizeof *level);
    lf_drain_surface_read_level(surface, level);
    for (int i = 0; i < cells * cells; i++) {
        int col = i % cells, row = i / cells;
        double z = street_ground(col, row);
        double eta = level[row / coarse * side + col / coarse];
        r.depth[i] = isnan(z) || isnan(eta) || !(eta > z) ? 0 : eta - z;
    }
    lf_drain_surface_destroy(surface);
    free(level);
    free(ground);
    return r;
}

static double difference(const rain_run *a, const rain_run *b, int cells) {
    double sum = 0, of = 0;
    for (int i = 0; i < cells * cells; i++) {
        sum += fabs(a->depth[i] - b->depth[i]);
        of += b->depth[i];
    }
    return sum / of;
}

static void streets_in_the_rain(void) {
    enum { CELLS = 200 };
    rain_run fine = run_streets(CELLS, 1, 1, 1.0);
    rain_run knowing = run_streets(CELLS, 4, 4, 1.0);
    rain_run coarse = run_streets(CELLS, 4, 1, 1.0);
    double known = difference(&knowing, &fine, CELLS), blind = difference(&coarse, &fine, CELLS);
    printf("streets, depth against the 1 m run: 4 m with sub-grid %.3f, 4 m without %.3f\n", known,
           blind);
    printf("  stored %.1f / %.1f / %.1f m3, out %.1f / %.1f / %.1f m3 (1 m, 4 m sub-grid, 4 m)\n",
           fine.volume_m3, knowing.volume_m3, coarse.volume_m3, fine.outflow_m3, knowing.outflow_m3,
           coarse.outflow_m3);
    CHECK(known < 0.5 * blind);
    CHECK(fabs(knowing.outflow_m3 / fine.outflow_m3 - 1) < 0.1);
    CHECK(fabs(knowing.volume_m3 / fine.volume_m3 - 1) < 0.1);
    free(fine.depth);
    free(knowing.depth);
    free(coarse.depth);
}

// A channel 2 m wide in cells of 8 m carries its Manning discharge: flow in at the west edge, level
// held at the east.
static void narrow_channel(void) {
    enum { COLS = 60, FINE = 8 };
    double ground[FINE * COLS * FINE];
    double slope = 0.002, n = 0.03, q_m3_s = 1.2;
    for (int row = 0; row < FINE; row++) {
        for (int col = 0; col < COLS * FINE; col++) {
            double z = slope * (COLS * FINE - col);
            ground[row * COLS * FINE + col] = row == 3 || row == 4 ? z : z + 5;
        }
    }
    // Wide banks do not count: conveyance of the 2 m bed alone, R = h.
    double depth = pow(q_m3_s / 2 * n / sqrt(slope), 0.6);
    lf_drain_surface_edge edges[2] = {
        {.side = LF_DRAIN_WEST, .to = 1, .kind = LF_DRAIN_EDGE_FLOW, .flow_m2_s = q_m3_s / FINE},
        {.side = LF_DRAIN_EAST, .to = 1, .kind = LF_DRAIN_EDGE_LEVEL, .level_m = slope + depth}};
    lf_drain_surface_def def = lf_drain_default_surface_def();
    def.cols = COLS;
    def.rows = 1;
    def.cell_m = FINE;
    def.fine = FINE;
    def.ground_m = ground;
    def.manning_all_s_m13 = n;
    def.edges = edges;
    def.edge_count = 2;
    def.in_double = true;
    lf_drain_surface *surface = NULL;
    CHECK(lf_drain_surface_create(&def, &surface, NULL) == LF_OK);
    CHECK(lf_drain_surface_advance(surface, 3600, NULL) == LF_OK);
    double level[COLS], worst = 0;
    lf_drain_surface_read_level(surface, level);
    for (int col = 10; col < COLS - 10; col++) {
        double bed = slope * (COLS * FINE - col * FINE - FINE); // the lowest of the cell
        double mean_bed = bed + slope * 0.5 * (FINE - 1);
        worst = fmax(worst, fabs(level[col] - mean_bed - depth) / depth);
    }
    double in = lf_drain_surface_inflow_m3(surface, 0),
           out = lf_drain_surface_inflow_m3(surface, 1);
    double stored = lf_drain_surface_volume_m3(surface);
    printf("narrow channel: depth %.3f m within %.3g, in %.1f, out %.1f, stored %.1f m3\n", depth,
           worst, in, -out, stored);
    CHECK(worst < 0.05);
    CHECK_NEAR(in, q_m3_s * 3600, 1e-9 * in);
    CHECK(fabs(in + out - stored) <= 1e-12 * in);
    lf_drain_surface_destroy(surface);
}

// Water behind a wall inside a cell stays there although both cells have low ground.
static void wall_inside(void) {
    enum { COLS = 4, FINE = 4 };
    double ground[FINE * COLS * FINE], depth[COLS] = {0.5, 0.5, 0, 0}, after[COLS];
    for (int i = 0; i < FINE * COLS * FINE; i++) {
        ground[i] = i % (COLS * FINE) == 9 ? 2 : 0; // one fine column inside the third cell
    }
    lf_drain_surface_def def = lf_drain_default_surface_def();
    def.cols = COLS;
    def.rows = 1;
    def.cell_m = 4;
    def.fine = FINE;
    def.ground_m = ground;
    lf_drain_surface *surface = NULL;
    CHECK(lf_drain_surface_create(&def, &surface, NULL) == LF_OK);
    lf_drain_surface_set_depth(surface, depth);
    CHECK(lf_drain_surface_advance(surface, 600, NULL) == LF_OK);
    lf_drain_surface_read(surface, after, NULL, NULL);
    printf("wall inside a cell: depth beyond %.3g m\n", after[3]);
    CHECK(after[3] == 0);
    CHECK_NEAR(lf_drain_surface_volume_m3(surface), 16.0, 1e-5);
    lf_drain_surface_destroy(surface);
}

static void rest_and_mass(bool in_double, double bound_m) {
    enum { SIDE = 20, FINE = 4, PARTS = SIDE * FINE };
    double *ground = calloc(PARTS * PARTS, sizeof *ground), depth[SIDE * SIDE], after[SIDE * SIDE];
    for (int i = 0; i < PARTS * PARTS; i++) {
        int col = i % PARTS, row = i / PARTS;
        ground[i] = 0.4 * sin(col * 0.21) * cos(row * 0.17) + (col % 13 < 2 ? 0.15 : 0);
        ground[i] = col / 9 == 3 && row / 7 == 4 ? NAN : ground[i];
    }
    double level = 0.2, volume = 0;
    for (int i = 0; i < SIDE * SIDE; i++) {
        double sum = 0;
        for (int p = 0; p < FINE * FINE; p++) {
            double z = ground[(i / SIDE * FINE + p / FINE) * PARTS + i % SIDE * FINE + p % FINE];
            sum += level > z ? level - z : 0;
        }
        depth[i] = sum / (FINE * FINE);
        volume += depth[i];
    }
    lf_drain_surface_def def = lf_drain_default_surface_def();
    def.cols = def.rows = SIDE;
    def.cell_m = 4;
    def.fine = FINE;
    def.ground_m = ground;
    def.in_double = in_double;
    lf_drain_surface *surface = NULL;
    CHECK(lf_drain_surface_create(&def, &surface, NULL) == LF_OK);
    lf_drain_surface_set_depth(surface, depth);
    CHECK(lf_drain_surface_advance(surface, 600, NULL) == LF_OK);
    lf_drain_surface_read(surface, after, NULL, NULL);
    double worst = 0;
    for (int i = 0; i < SIDE * SIDE; i++) {
        worst = fmax(worst, fabs(after[i] - depth[i]));
        CHECK(after[i] >= 0);
    }
    double drift = fabs(lf_drain_surface_volume_m3(surface) / (volume * 16) - 1);
    printf("sub-grid lake at rest (%s): |h - h0| %.3g m, |dV|/V %.3g\n",
           in_double ? "double" : "float", worst, drift);
    CHECK(worst <= bound_m);
    CHECK(drift <= (in_double ? 1e-12 : 1e-6));
    lf_drain_surface_destroy(surface);
    free(ground);
}

int main(void) {
    streets_in_the_rain();
    narrow_channel();
    wall_inside();
    rest_and_mass(true, 1e-12);
    rest_and_mass(false, 1e-4);
    return lf_check_end();
}
