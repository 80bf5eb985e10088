// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// How many cells per second the surface solver computes when everything is wet. Prints; no gate.
#include "lifang/drain.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double now_s(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void measure(int side, int threads, long steps_wanted, int order) {
    lf_drain_surface_def def = lf_drain_default_surface_def();
    size_t cells = (size_t)side * (size_t)side;
    double *ground = malloc(cells * sizeof *ground), *depth = malloc(cells * sizeof *depth);
    lf_drain_surface *surface = NULL;
    if (!ground || !depth) {
        abort();
    }
    for (size_t i = 0; i < cells; i++) {
        int col = (int)(i % (size_t)side), row = (int)(i / (size_t)side);
        ground[i] = 0.002 * col + 0.05 * sin(0.1 * row) + (col % 40 < 10 && row % 30 < 8 ? 10 : 0);
        depth[i] = 0.2;
    }
    def.cols = def.rows = side;
    def.ground_m = ground;
    def.pool = lf_pool_create(threads);
    def.free_edges = true;
    def.scheme = order > 0 ? LF_DRAIN_SWE : LF_DRAIN_INERTIAL;
    def.order = order > 0 ? order : 1;
    if (lf_drain_surface_create(&def, &surface, NULL) != LF_OK) {
        abort();
    }
    lf_drain_surface_set_depth(surface, depth);
    (void)lf_drain_surface_advance(surface, 1, NULL);
    double cell_steps = lf_drain_surface_cell_steps(surface), begin = now_s();
    long steps = lf_drain_surface_steps(surface);
    while (lf_drain_surface_steps(surface) - steps < steps_wanted) {
        (void)lf_drain_surface_advance(surface, 2, NULL);
    }
    double took = now_s() - begin;
    const char *names[] = {"inertial", "swe, order 1", "swe, order 2"};
    printf("%-12s %5d x %-5d %d threads: %8.1f Mcell/s (%ld steps, %.2f s)\n", names[order], side,
           side, threads, (lf_drain_surface_cell_steps(surface) - cell_steps) / took / 1e6,
           lf_drain_surface_steps(surface) - steps, took);
    lf_drain_surface_destroy(surface);
    lf_pool_destroy(def.pool);
    free(ground);
    free(depth);
}

int main(void) {
    for (int threads = 1; threads <= 2; threads++) {
        for (int order = 0; order <= 2; order++) {
            measure(256, threads, order ? 500 : 2000, order);
            measure(512, threads, order ? 150 : 600, order);
            measure(1024, threads, order ? 50 : 150, order);
            measure(2048, threads, order ? 15 : 40, order);
        }
    }
    return 0;
}
