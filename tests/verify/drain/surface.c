// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The surface solver against what must hold exactly (rest, mass, symmetry, any thread count) and
// against the kinematic solution of a plane under steady rain.
#include "lifang/drain.h"
#include "tests_surface.h"

// A still lake over bumps, steps and blocks stays still.
static void lake_at_rest(bool in_double, double bound_m, double bound_m2_s) {
    enum { COLS = 61, ROWS = 43 };
    scene s = scene_create(COLS, ROWS, 1.0);
    for (int i = 0; i < COLS * ROWS; i++) {
        int col = i % COLS, row = i / COLS;
        double r2 = (col - 30.0) * (col - 30.0) + (row - 20.0) * (row - 20.0);
        s.ground[i] = 2.3 * exp(-r2 / 60) + (col % 11 == 3 ? 0.12 : 0) + (col > 50 ? 1.4 : 0);
        s.ground[i] = col >= 10 && col < 15 && row >= 10 && row < 16 ? NAN : s.ground[i];
        s.ground[i] += row < 5 ? 10.0 : 0; // dry land
        s.depth[i] = s.ground[i] < 1.7 ? 1.7 - s.ground[i] : 0;
    }
    s.def.in_double = in_double;
    lf_drain_surface *surface = scene_open(&s);
    CHECK(lf_drain_surface_advance(surface, 600, NULL) == LF_OK);
    lf_drain_surface_read(surface, s.after, s.flux_x, s.flux_y);
    double worst_m = 0, worst_m2_s = 0;
    for (int i = 0; i < COLS * ROWS; i++) {
        worst_m = fmax(worst_m, fabs(s.after[i] - (isnan(s.ground[i]) ? 0 : s.depth[i])));
        worst_m2_s = fmax(worst_m2_s, fmax(fabs(s.flux_x[i]), fabs(s.flux_y[i])));
    }
    printf("lake at rest (%s): |h - h0| %.3g m, |q| %.3g m2/s\n", in_double ? "double" : "float",
           worst_m, worst_m2_s);
    CHECK(worst_m <= bound_m);
    CHECK(worst_m2_s <= bound_m2_s);
    lf_drain_surface_destroy(surface);
    scene_free(&s);
}

// A closed basin of blocks 10 m high, kerbs and holes: no water comes or goes, none is negative.
static void closed_basin(bool in_double, double bound_ratio) {
    enum { COLS = 120, ROWS = 90 };
    scene s = scene_rough(COLS, ROWS, 1.0);
    s.def.in_double = in_double;
    lf_drain_surface *surface = scene_open(&s);
    double before = lf_drain_surface_volume_m3(surface);
    double lowest = 0;
    for (int minute = 0; minute < 10; minute++) {
        CHECK(lf_drain_surface_advance(surface, 60, NULL) == LF_OK);
        lf_drain_surface_read(surface, s.after, NULL, NULL);
        for (int i = 0; i < COLS * ROWS; i++) {
            lowest = fmin(lowest, s.after[i]);
            CHECK(!isnan(s.ground[i]) || s.after[i] == 0);
        }
    }
    double ratio = fabs(lf_drain_surface_volume_m3(surface) - before) / before;
    printf("closed basin (%s): |dV|/V %.3g, lowest depth %g, %ld steps\n",
           in_double ? "double" : "float", ratio, lowest, lf_drain_surface_steps(surface));
    CHECK(ratio <= bound_ratio);
    CHECK(lowest == 0);
    lf_drain_surface_destroy(surface);
    scene_free(&s);
}

// What leaves over free edges and what stays is what was there.
static void free_edges(void) {
    enum { COLS = 80, ROWS = 70 };
    scene s = scene_rough(COLS, ROWS, 2.0);
    s.def.free_edges = true;
    lf_drain_surface *surface = scene_open(&s);
    double before = lf_drain_surface_volume_m3(surface);
    CHECK(lf_drain_surface_advance(surface, 900, NULL) == LF_OK);
    double out = lf_drain_surface_outflow_m3(surface);
    double after = lf_drain_surface_volume_m3(surface);
    printf("free edges: %.1f m3 at first, %.1f out, %.1f stay, error %.3g\n", before, out, after,
           fabs(before - out - after) / before);
    CHECK(out > 0.1 * before);
    CHECK(fabs(before - out - after) <= 1e-6 * before);
    lf_drain_surface_destroy(surface);
    scene_free(&s);
}

static void run_to(scene *s, double span_s) {
    lf_drain_surface *surface = scene_open(s);
    CHECK(lf_drain_surface_advance(surface, span_s, NULL) == LF_OK);
    lf_drain_surface_read(surface, s->after, s->flux_x, s->flux_y);
    lf_drain_surface_destroy(surface);
}

// Turned by 90 degrees and mirrored: the same bits in the turned places.
static void symmetry(void) {
    enum { N = 75 };
    scene plain = scene_rough(N, N, 1.0), turned = scene_create(N, N, 1.0);
    scene mirrored = scene_create(N, N, 1.0);
    for (int row = 0; row < N; row++) {
        for (int col = 0; col < N; col++) {
            int from = row * N + col, turn = col * N + (N - 1 - row),
                mirror = row * N + N - 1 - col;
            turned.ground[turn] = mirrored.ground[mirror] = plain.ground[from];
            turned.depth[turn] = mirrored.depth[mirror] = plain.depth[from];
        }
    }
    run_to(&plain, 120);
    run_to(&turned, 120);
    run_to(&mirrored, 120);
    int moved = 0, wrong = 0;
    for (int row = 0; row < N; row++) {
        for (int col = 0; col < N; col++) {
            double depth = plain.after[row * N + col];
            moved += depth != plain.depth[row * N + col];
            wrong += depth != turned.after[col * N + (N - 1 - row)];
            wrong += depth != mirrored.after[row * N + N - 1 - col];
        }
    }
    CHECK(moved > N * N / 2);
    CHECK(wrong == 0);
    scene_free(&plain);
    scene_free(&turned);
    scene_free(&mirrored);
}

// 1, 2, 3 threads, and with or without skipping dry tiles: the same bits.
static void same_bits(void) {
    enum { COLS = 400, ROWS = 300 };
    scene s = scene_rough(COLS, ROWS, 1.0);
    for (int i = 0; i < COLS * ROWS; i++) { // water in one corner only, the rest dry at first
        s.depth[i] = i % COLS < 100 && i / COLS < 80 ? s.depth[i] + 1 : 0;
    }
    double *first = malloc(sizeof(double) * COLS * ROWS);
    double work[4] = {0};
    for (int variant = 0; variant < 4; variant++) {
        lf_pool *pool = lf_pool_create(variant == 3 ? 1 : variant + 1);
        s.def.pool = pool;
        s.def.compute_all = variant == 3;
        lf_drain_surface *surface = scene_open(&s);
        CHECK(lf_drain_surface_advance(surface, 40, NULL) == LF_OK);
        lf_drain_surface_read(surface, s.after, NULL, NULL);
        work[variant] = lf_drain_surface_cell_steps(surface);
        if (variant == 0) {
            memcpy(first, s.after, sizeof(double) * COLS * ROWS);
        }
        CHECK(memcmp(first, s.after, sizeof(double) * COLS * ROWS) == 0);
        lf_drain_surface_destroy(surface);
        lf_pool_destroy(pool);
    }
    printf("dry tiles skipped: %.2f of the work\n", work[0] / work[3]);
    CHECK(work[0] < 0.7 * work[3]);
    free(first);
    scene_free(&s);
}

// Rain on a plane. Kinematic wave (Henderson 1966): at rest the outflow is rain x area, and
// h(x) = (n r x / sqrt(S))^(3/5); before the wave has run down, h = r t.
static void plane_with_rain(void) {
    enum { COLS = 200, ROWS = 4 };
    double rate_m_s = 100.0 / 3.6e6, slope = 0.005, n = 0.05;
    scene s = scene_create(COLS, ROWS, 1.0);
    for (int i = 0; i < COLS * ROWS; i++) {
        s.ground[i] = (COLS - i % COLS) * slope;
    }
    // Free over the east edge only: rows of walls close the others.
    s.def.free_edges = false;
    s.def.manning_all_s_m13 = n;
    s.def.dry_m = 1e-6;
    s.def.in_double = true;
    for (int row = 0; row < ROWS; row++) {
        s.ground[row * COLS + COLS - 1] = -50; // a deep trench takes what arrives
    }
    lf_drain_surface *surface = scene_open(&s);
    double before = 0, rate_m3_s = 0;
    double area = (double)(COLS - 1) * ROWS;
    for (int second = 1; second <= 5400; second++) {
        lf_drain_surface_add_rain(surface, rate_m_s);
        CHECK(lf_drain_surface_advance(surface, 1, NULL) == LF_OK);
        if (second == 5400 - 600 || second == 5400) {
            lf_drain_surface_read(surface, s.after, NULL, NULL);
            double trench = 0;
            for (int row = 0; row < ROWS; row++) {
                trench += s.after[row * COLS + COLS - 1] - rate_m_s * second;
            }
            rate_m3_s = (trench - before) / 600;
            before = trench;
        }
    }
    double worst = 0;
    for (int col = 40; col < COLS - 10; col++) {
        double exact = pow(n * rate_m_s * (col + 0.5) / sqrt(slope), 0.6);
        worst = fmax(worst, fabs(s.after[2 * COLS + col] - exact) / exact);
    }
    printf("plane with rain: outflow %.6g of rain x area, depth profile within %.3g\n",
           rate_m3_s / (rate_m_s * area), worst);
    CHECK_NEAR(rate_m3_s / (rate_m_s * area), 1, 0.01);
    CHECK(worst < 0.03);
    lf_drain_surface_destroy(surface);
    scene_free(&s);
}

static void bad_input(void) {
    lf_drain_surface_def def = lf_drain_default_surface_def();
    lf_drain_surface *surface = NULL;
    lf_error error = {0};
    CHECK(lf_drain_surface_create(&def, &surface, &error) == LF_RANGE);
    CHECK(surface == NULL);
    scene s = scene_create(1, 1, 0.1); // a single cell, then a strip
    s.depth[0] = 3;
    surface = scene_open(&s);
    CHECK(lf_drain_surface_advance(surface, 10, &error) == LF_OK);
    CHECK_NEAR(lf_drain_surface_volume_m3(surface), 0.03, 1e-9);
    lf_drain_surface_destroy(surface);
    s.depth[0] = NAN;
    surface = scene_open(&s);
    CHECK(lf_drain_surface_advance(surface, 10, &error) == LF_UNSTABLE);
    lf_drain_surface_destroy(surface);
    scene_free(&s);
}

int main(void) {
    lake_at_rest(true, 1e-12, 1e-12);
    lake_at_rest(false, 1e-5, 1e-4);
    closed_basin(true, 1e-12);
    closed_basin(false, 1e-6);
    free_edges();
    symmetry();
    same_bits();
    plane_with_rain();
    bad_input();
    return lf_check_end();
}
