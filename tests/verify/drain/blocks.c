// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Rain on a closed estate of 10 m blocks on a tilted, undulating plane (the terrain of the public
// bench case synth1m, smaller): all the rain is there at the end, no depth is below zero, and any
// number of threads gives the same bits. With an argument that many cells a side, e.g. 1000.
#include "check.h"
#include "lifang/drain.h"

static double *terrain(int side) {
    double *ground = malloc((size_t)side * (size_t)side * sizeof *ground);
    for (int i = 0; ground && i < side * side; i++) {
        int x = i % side, y = i / side;
        bool block = y % 40 >= 12 && y % 40 < 30 && x % 50 >= 15 && x % 50 < 40;
        ground[i] =
            10 + 0.005 * x + 0.003 * y + 0.15 * sin(x / 37.0) * cos(y / 29.0) + (block ? 10 : 0);
    }
    return ground;
}

static void rain_on_blocks(int side, int scheme, int order, bool in_double, double bound_ratio) {
    size_t cells = (size_t)side * (size_t)side;
    double *ground = terrain(side), *first = malloc(cells * sizeof *first);
    double *depth = malloc(cells * sizeof *depth);
    if (!ground || !first || !depth) {
        abort();
    }
    for (int threads = 1; threads <= 3; threads++) {
        lf_drain_surface_def def = lf_drain_default_surface_def();
        lf_drain_surface *surface = NULL;
        double *out = threads == 1 ? first : depth, lowest = 0;
        def.cols = def.rows = side;
        def.ground_m = ground;
        def.scheme = scheme;
        def.order = order;
        def.in_double = in_double;
        def.pool = lf_pool_create(threads);
        CHECK(lf_drain_surface_create(&def, &surface, NULL) == LF_OK);
        for (int second = 0; second < 120; second++) {
            lf_drain_surface_add_rain(surface, 0.1 / 3600);
            CHECK(lf_drain_surface_advance(surface, 1, NULL) == LF_OK);
        }
        lf_drain_surface_read(surface, out, NULL, NULL);
        for (size_t i = 0; i < cells; i++) {
            lowest = fmin(lowest, out[i]);
        }
        double given = 120 * 0.1 / 3600 * (double)cells;
        double lost = fabs(lf_drain_surface_volume_m3(surface) - given) / given;
        if (threads == 1) {
            printf("rain on blocks, %d x %d, scheme %d, order %d, %s: |V - Vin| / Vin %.2g, lowest "
                   "depth %g\n",
                   side, side, scheme, order, in_double ? "double" : "float", lost, lowest);
        }
        CHECK(lost <= bound_ratio);
        CHECK(lowest == 0);
        CHECK(memcmp(first, out, cells * sizeof *first) == 0);
        lf_drain_surface_destroy(surface);
        lf_pool_destroy(def.pool);
    }
    free(ground);
    free(first);
    free(depth);
}

int main(int count, char **words) {
    int side = count > 1 ? atoi(words[1]) : 150;
    for (int scheme = LF_DRAIN_INERTIAL; scheme <= LF_DRAIN_SWE; scheme++) {
        for (int order = 1; order <= (scheme == LF_DRAIN_SWE ? 2 : 1); order++) {
            rain_on_blocks(side, scheme, order, true, 1e-9);
            rain_on_blocks(side, scheme, order, false, 1e-6);
        }
    }
    return lf_check_end();
}
