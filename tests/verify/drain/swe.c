// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The shallow-water scheme against what must hold exactly (rest, mass, symmetry, any thread count)
// and against exact solutions: a dam break and water that swings in a bowl.
#include "lifang/drain.h"
#include "tests_surface.h"

#define GRAVITY 9.80665

static lf_drain_surface *swe_open(scene *s, int order, bool in_double) {
    s->def.scheme = LF_DRAIN_SWE;
    s->def.order = order;
    s->def.in_double = in_double;
    return scene_open(s);
}

// A still lake over bumps under water and above it, kerbs, blocks, holes and thin walls.
static void lake_at_rest(int order, bool in_double, bool porous) {
    enum { COLS = 61, ROWS = 43, CELLS = COLS * ROWS };
    scene s = scene_create(COLS, ROWS, 1.0);
    double *crest_x = malloc(sizeof(double) * CELLS), *open = malloc(sizeof(double) * CELLS);
    for (int i = 0; i < CELLS; i++) {
        int col = i % COLS, row = i / COLS;
        double r2 = (col - 30.0) * (col - 30.0) + (row - 20.0) * (row - 20.0);
        s.ground[i] = 2.3 * exp(-r2 / 60) + (col % 11 == 3 ? 0.12 : 0) + (col > 50 ? 1.4 : 0);
        s.ground[i] = col >= 10 && col < 15 && row >= 10 && row < 16 ? NAN : s.ground[i];
        s.ground[i] += row < 5 ? 10.0 : 0; // dry land
        s.depth[i] = s.ground[i] < 1.7 ? 1.7 - s.ground[i] : 0;
        crest_x[i] = col == 40 ? 3.0 : (col == 20 ? 1.2 : NAN);
        open[i] = 0.3 + 0.7 * ((col * 5 + row * 3) % 7) / 6;
    }
    s.def.crest_x_m = crest_x;
    s.def.open_ratio = s.def.open_x_ratio = s.def.open_y_ratio = porous ? open : NULL;
    lf_drain_surface *surface = swe_open(&s, order, in_double);
    CHECK(lf_drain_surface_advance(surface, 200, NULL) == LF_OK);
    lf_drain_surface_read(surface, s.after, s.flux_x, s.flux_y);
    double worst_m = 0, worst_m_s = 0;
    for (int i = 0; i < CELLS; i++) {
        double depth = isnan(s.ground[i]) ? 0 : s.depth[i];
        worst_m = fmax(worst_m, fabs(s.after[i] - depth));
        if (s.after[i] > 1e-3) {
            worst_m_s = fmax(worst_m_s, hypot(s.flux_x[i], s.flux_y[i]) / s.after[i]);
        }
    }
    printf("lake at rest, order %d, %s%s: |h - h0| %.3g m, |u| %.3g m/s\n", order,
           in_double ? "double" : "float", porous ? ", porous" : "", worst_m, worst_m_s);
    CHECK(worst_m <= (in_double ? 1e-12 : 1e-5));
    CHECK(worst_m_s <= (in_double ? 1e-12 : 1e-4));
    lf_drain_surface_destroy(surface);
    free(crest_x);
    free(open);
    scene_free(&s);
}

static void closed_basin(int order, bool in_double, double cell_m) {
    enum { COLS = 120, ROWS = 90 };
    scene s = scene_rough(COLS, ROWS, cell_m);
    lf_drain_surface *surface = swe_open(&s, order, in_double);
    double before = lf_drain_surface_volume_m3(surface), lowest = 0, fastest = 0;
    for (int part = 0; part < 5; part++) {
        CHECK(lf_drain_surface_advance(surface, 30 * cell_m, NULL) == LF_OK);
        lf_drain_surface_read(surface, s.after, s.flux_x, s.flux_y);
        for (int i = 0; i < COLS * ROWS; i++) {
            lowest = fmin(lowest, s.after[i]);
            CHECK(!isnan(s.ground[i]) || s.after[i] == 0);
            double flow = hypot(s.flux_x[i], s.flux_y[i]);
            fastest = s.after[i] > 0 ? fmax(fastest, flow / s.after[i]) : fastest;
        }
    }
    double ratio = fabs(lf_drain_surface_volume_m3(surface) - before) / before;
    printf("closed basin, order %d, %s, cells of %g m: |dV|/V %.3g, lowest depth %g, fastest %.3g "
           "m/s, %ld steps\n",
           order, in_double ? "double" : "float", cell_m, ratio, lowest, fastest,
           lf_drain_surface_steps(surface));
    CHECK(ratio <= (in_double ? 1e-12 : 1e-6));
    CHECK(lowest == 0);
    CHECK(fastest < 10);
    lf_drain_surface_destroy(surface);
    scene_free(&s);
}

static void run_to(scene *s, int order, double span_s) {
    lf_drain_surface *surface = swe_open(s, order, false);
    CHECK(lf_drain_surface_advance(surface, span_s, NULL) == LF_OK);
    lf_drain_surface_read(surface, s->after, s->flux_x, s->flux_y);
    lf_drain_surface_destroy(surface);
}

// Turned by 90 degrees and mirrored: the same bits in the turned places.
static void symmetry(int order) {
    enum { N = 75 };
    scene plain = scene_rough(N, N, 1.0), turned = scene_create(N, N, 1.0);
    scene mirrored = scene_create(N, N, 1.0);
    for (int row = 0; row < N; row++) {
        for (int col = 0; col < N; col++) {
            int from = row * N + col, turn = col * N + (N - 1 - row);
            int mirror = row * N + N - 1 - col;
            turned.ground[turn] = mirrored.ground[mirror] = plain.ground[from];
            turned.depth[turn] = mirrored.depth[mirror] = plain.depth[from];
        }
    }
    plain.def.free_edges = turned.def.free_edges = mirrored.def.free_edges = true;
    run_to(&plain, order, 60);
    run_to(&turned, order, 60);
    run_to(&mirrored, order, 60);
    int moved = 0, wrong = 0;
    for (int row = 0; row < N; row++) {
        for (int col = 0; col < N; col++) {
            int from = row * N + col, turn = col * N + (N - 1 - row);
            int mirror = row * N + N - 1 - col;
            moved += plain.after[from] != plain.depth[from];
            wrong += plain.after[from] != turned.after[turn];
            wrong += plain.flux_x[from] != turned.flux_y[turn];
            wrong += plain.after[from] != mirrored.after[mirror];
            wrong += plain.flux_x[from] != -mirrored.flux_x[mirror];
        }
    }
    printf("turned and mirrored, order %d: %d cells moved, %d differ\n", order, moved, wrong);
    CHECK(moved > N * N / 2);
    CHECK(wrong == 0);
    scene_free(&plain);
    scene_free(&turned);
    scene_free(&mirrored);
}

// 1, 2, 3 threads, and with or without skipping dry tiles: the same bits.
static void same_bits(int order) {
    enum { COLS = 400, ROWS = 300, CELLS = COLS * ROWS };
    scene s = scene_rough(COLS, ROWS, 1.0);
    for (int i = 0; i < CELLS; i++) { // water in one corner only, the rest dry at first
        s.depth[i] = i % COLS < 100 && i / COLS < 80 ? s.depth[i] + 1 : 0;
    }
    double *first = malloc(sizeof(double) * 3 * CELLS), work[4] = {0};
    for (int variant = 0; variant < 4; variant++) {
        lf_pool *pool = lf_pool_create(variant == 3 ? 1 : variant + 1);
        s.def.pool = pool;
        s.def.compute_all = variant == 3;
        lf_drain_surface *surface = swe_open(&s, order, false);
        CHECK(lf_drain_surface_advance(surface, 20, NULL) == LF_OK);
        lf_drain_surface_read(surface, s.after, s.flux_x, s.flux_y);
        work[variant] = lf_drain_surface_cell_steps(surface);
        const double *arrays[] = {s.after, s.flux_x, s.flux_y};
        for (int i = 0; i < 3; i++) {
            double *to = first + (size_t)i * CELLS;
            if (variant == 0) {
                memcpy(to, arrays[i], sizeof(double) * CELLS);
            }
            int differ = 0;
            for (int k = 0; k < CELLS; k++) {
                differ += to[k] != arrays[i][k];
            }
            CHECK(differ == 0);
        }
        lf_drain_surface_destroy(surface);
        lf_pool_destroy(pool);
    }
    printf("same bits, order %d: dry tiles skipped: %.2f of the work\n", order, work[0] / work[3]);
    CHECK(work[0] < 0.7 * work[3]);
    free(first);
    scene_free(&s);
}

// Raising everything by 300 m changes nothing but rounding.
static void datum_shift(int order) {
    enum { COLS = 60, ROWS = 50 };
    scene low = scene_rough(COLS, ROWS, 1.0), high = scene_rough(COLS, ROWS, 1.0);
    scene *both[] = {&low, &high};
    for (int i = 0; i < COLS * ROWS; i++) {
        high.ground[i] += 300;
    }
    for (int i = 0; i < 2; i++) {
        lf_drain_surface *surface = swe_open(both[i], order, true);
        CHECK(lf_drain_surface_advance(surface, 30, NULL) == LF_OK);
        lf_drain_surface_read(surface, both[i]->after, NULL, NULL);
        lf_drain_surface_destroy(surface);
    }
    double worst = 0;
    for (int i = 0; i < COLS * ROWS; i++) {
        worst = fmax(worst, fabs(low.after[i] - high.after[i]));
    }
    printf("datum shift, order %d: %.3g m\n", order, worst);
    CHECK(worst < 1e-6);
    scene_free(&low);
    scene_free(&high);
}

// All kinds of edges at once: what comes in and goes out is what the volume says, and a prescribed
// flow is exactly that.
static void edges(int order) {
    enum { COLS = 60, ROWS = 40 };
    scene s = scene_rough(COLS, ROWS, 1.0);
    const lf_drain_surface_edge list[] = {
        {LF_DRAIN_WEST, 5, 15, LF_DRAIN_EDGE_FLOW, 0.2, 0},
        {LF_DRAIN_WEST, 20, 25, LF_DRAIN_EDGE_FLOW_LEVEL, 0.9, 1.0},
        {LF_DRAIN_EAST, 0, 20, LF_DRAIN_EDGE_LEVEL, 0, 1.1},
        {LF_DRAIN_NORTH, 0, 30, LF_DRAIN_EDGE_OPEN, 0, 0},
        {LF_DRAIN_SOUTH, 10, 30, LF_DRAIN_EDGE_FLOW, -0.05, 0},
    };
    s.def.edges = list;
    s.def.edge_count = 5;
    lf_drain_surface *surface = swe_open(&s, order, true);
    double before = lf_drain_surface_volume_m3(surface), in = 0;
    CHECK(lf_drain_surface_advance(surface, 120, NULL) == LF_OK);
    for (int i = 0; i < 5; i++) {
        in += lf_drain_surface_inflow_m3(surface, i);
    }
    double after = lf_drain_surface_volume_m3(surface);
    double error = fabs(after - before - in) / after;
    printf("edges, order %d: %.1f m3 at first, %.1f in, error %.3g; flow %.4f of what is asked\n",
           order, before, in, error, lf_drain_surface_inflow_m3(surface, 0) / (0.2 * 10 * 120));
    CHECK(error <= 1e-12);
    CHECK_NEAR(lf_drain_surface_inflow_m3(surface, 0), 0.2 * 10 * 120, 1e-9);
    CHECK(lf_drain_surface_inflow_m3(surface, 3) < 0);
    CHECK(lf_drain_surface_inflow_m3(surface, 4) < 0);
    lf_drain_surface_destroy(surface);
    scene_free(&s);
}

// Dam break on wet ground (Stoker 1957): h_m from the jump relations, by bisection.
static void stoker(int order, double bound_ratio) {
    enum { COLS = 400, ROWS = 3 };
    double left = 2, right = 0.5, time = 4, dx = 0.25, low = right, high = left;
    scene s = scene_create(COLS, ROWS, dx);
    for (int i = 0; i < COLS * ROWS; i++) {
        s.depth[i] = i % COLS < COLS / 2 ? left : right;
    }
    s.def.manning_all_s_m13 = 0;
    lf_drain_surface *surface = swe_open(&s, order, true);
    CHECK(lf_drain_surface_advance(surface, time, NULL) == LF_OK);
    lf_drain_surface_read(surface, s.after, NULL, NULL);
    double cl = sqrt(GRAVITY * left), middle = 0;
    for (int i = 0; i < 200; i++) {
        middle = 0.5 * (low + high);
        double u = 2 * (cl - sqrt(GRAVITY * middle));
        double jump = (middle - right) * sqrt(0.5 * GRAVITY * (middle + right) / (middle * right));
        *(u > jump ? &low : &high) = middle;
    }
    double um = 2 * (cl - sqrt(GRAVITY * middle)), shock = um * middle / (middle - right);
    double sum = 0, all = 0;
    for (int col = 0; col < COLS; col++) {
        double x = ((col + 0.5) - COLS / 2) * dx / time;
        double fan = (2 * cl - x) * (2 * cl - x) / (9 * GRAVITY);
        double exact = x < -cl ? left : (x < um - sqrt(GRAVITY * middle) ? fan : middle);
        exact = x > shock ? right : exact;
        sum += fabs(s.after[COLS + col] - exact);
        all += exact;
    }
    printf("Stoker dam break, order %d: L1(h) %.3g\n", order, sum / all);
    CHECK(sum / all < bound_ratio);
    lf_drain_surface_destroy(surface);
    scene_free(&s);
}

// Water that swings in a bowl without friction (Thacker 1981), its surface a plane. L1 error of the
// depth after `periods`.
static double thacker(int order, int n, double periods, double *volume_error) {
    double side = 4, a = 1, h0 = 0.1, eta = 0.5, dx = side / n;
    double omega = sqrt(2 * GRAVITY * h0) / a, span = periods * 2 * 3.14159265358979323846 / omega;
    scene s = scene_create(n, n, dx);
    for (int i = 0; i < n * n; i++) {
        double x = (i % n + 0.5) * dx - 2, y = ((double)(i / n) + 0.5) * dx - 2;
        s.ground[i] = -h0 * (1 - (x * x + y * y) / (a * a));
        double level = eta * h0 / (a * a) * (2 * x - eta);
        s.depth[i] = fmax(level - s.ground[i], 0);
        s.flux_y[i] = s.depth[i] * eta * omega;
    }
    s.def.manning_all_s_m13 = 0;
    s.def.dry_m = 1e-6;
    lf_drain_surface *surface = swe_open(&s, order, true);
    lf_drain_surface_set_flow(surface, s.flux_x, s.flux_y);
    double before = lf_drain_surface_volume_m3(surface);
    CHECK(lf_drain_surface_advance(surface, span, NULL) == LF_OK);
    lf_drain_surface_read(surface, s.after, NULL, NULL);
    *volume_error = fabs(lf_drain_surface_volume_m3(surface) - before) / before;
    double sum = 0, all = 0, c = cos(omega * span), sn = sin(omega * span);
    for (int i = 0; i < n * n; i++) {
        double x = (i % n + 0.5) * dx - 2, y = ((double)(i / n) + 0.5) * dx - 2;
        double level = eta * h0 / (a * a) * (2 * x * c + 2 * y * sn - eta);
        double exact = fmax(level - s.ground[i], 0);
        sum += fabs(s.after[i] - exact);
        all += exact;
    }
    lf_drain_surface_destroy(surface);
    scene_free(&s);
    return sum / all;
}

static void bowl(void) {
    double volume[4];
    double first = thacker(1, 100, 3, &volume[0]);
    double coarse = thacker(2, 50, 1, &volume[1]), fine = thacker(2, 100, 1, &volume[2]);
    double second = thacker(2, 100, 3, &volume[3]);
    printf("Thacker planar bowl: L1(h) after 3 periods %.3g (order 1), %.3g (order 2); order %.2f; "
           "volume %.2g\n",
           first, second, log2(coarse / fine), volume[3]);
    CHECK(second < 0.05);
    CHECK(log2(coarse / fine) > 1.5);
    for (int i = 0; i < 4; i++) {
        CHECK(volume[i] <= 1e-12);
    }
}

// Films much thinner than the ground falls from cell to cell, in grass and on asphalt: the depth is
// that of uniform flow (Manning) from the first cell to an open edge.
static void film(int order, double slope, double n, double flow, double cell_m, double sheet) {
    enum { COLS = 100 };
    scene s = scene_create(COLS, 1, cell_m);
    double depth = pow(n * sheet * flow / sqrt(slope), 0.6), worst = 0;
    for (int i = 0; i < COLS; i++) {
        s.ground[i] = (COLS - i) * slope * cell_m;
    }
    const lf_drain_surface_edge list[] = {{LF_DRAIN_WEST, 0, 1, LF_DRAIN_EDGE_FLOW, flow, 0},
                                          {LF_DRAIN_EAST, 0, 1, LF_DRAIN_EDGE_OPEN, 0, 0}};
    s.def.edges = list;
    s.def.edge_count = 2;
    s.def.manning_all_s_m13 = n;
    s.def.sheet_all_ratio = sheet;
    s.def.sheet_m = 0.02;
    s.def.dry_m = 1e-5;
    lf_drain_surface *surface = swe_open(&s, order, true);
    CHECK(lf_drain_surface_advance(surface, 5 * COLS * cell_m * depth / flow, NULL) == LF_OK);
    lf_drain_surface_read(surface, s.after, NULL, NULL);
    for (int i = 20; i < COLS; i++) {
        worst = fmax(worst, fabs(s.after[i] - depth) / depth);
    }
    printf("film of %.2g m on steps of %.2g m, Froude %.2f, order %d: depth within %.2g\n", depth,
           slope * cell_m, flow / depth / sqrt(GRAVITY * depth), order, worst);
    CHECK(worst < 1e-3);
    lf_drain_surface_destroy(surface);
    scene_free(&s);
}

// A momentum that is no number is found.
static void bad_flow(void) {
    scene s = scene_create(6, 5, 1);
    for (int i = 0; i < 30; i++) {
        s.depth[i] = 1;
    }
    lf_error error = {0};
    lf_drain_surface *surface = swe_open(&s, 1, false);
    s.flux_x[7] = NAN;
    lf_drain_surface_set_flow(surface, s.flux_x, s.flux_y);
    CHECK(lf_drain_surface_advance(surface, 1, &error) == LF_UNSTABLE);
    lf_drain_surface_destroy(surface);
    scene_free(&s);
}

int main(void) {
    for (int order = 1; order <= 2; order++) {
        for (int porous = 0; porous < 2; porous++) {
            lake_at_rest(order, true, porous);
            lake_at_rest(order, false, porous);
        }
        closed_basin(order, true, 1);
        closed_basin(order, false, 1);
        closed_basin(order, true, 0.1);
        symmetry(order);
        same_bits(order);
        datum_shift(order);
        edges(order);
        stoker(order, order == 1 ? 0.015 : 0.006);
        film(order, 0.02, 0.2, 0.0003, 2, 1);
        film(order, 0.02, 0.05, 0.0003, 2, 4);
        film(order, 0.01, 0.03, 0.001, 1, 1);
    }
    bowl();
    bad_flow();
    return lf_check_end();
}
