// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Cells per second of the surface solver on the public bench terrain synth1m (a tilted plane with
// undulation and 10 m blocks): 600 s of rain on dry ground, and 30 s with 0.2 m of water
// everywhere, also at 16 million cells; beside them the STREAM triad of the same run, since memory
// is the bound. Prints; no gate. Usage: bench_flood [inertial|swe1|swe2 ...]
#include "base/pool.h"
#include "lifang/drain.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static double now_s(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

// What a step must move per cell where everything is wet and nothing stays in a cache. Both read
// and write depth, carry and two flows and read the ground; swe reads two crests and n^2 as well,
// which inertial leaves alone here, where there are no walls and one roughness.
static double bytes_per_cell(int scheme) {
    return (scheme == LF_DRAIN_INERTIAL ? 9 : 12) * sizeof(float);
}

// ---- STREAM triad (McCalpin 1995): a = b + s c, 24 bytes counted per element

enum { TRIAD = 1 << 23, TRIAD_CHUNKS = 64 };

typedef struct triad_job {
    double *a, *b, *c, s;
} triad_job;

static void triad_chunk(void *context, int chunk) {
    triad_job *t = context;
    size_t size = TRIAD / TRIAD_CHUNKS, from = size * (size_t)chunk;
    for (size_t i = from; i < from + size; i++) {
        t->a[i] = t->b[i] + t->s * t->c[i];
    }
}

static double triad_gb_s(lf_pool *pool) {
    triad_job t = {malloc(TRIAD * sizeof(double)), malloc(TRIAD * sizeof(double)),
                   malloc(TRIAD * sizeof(double)), 3};
    double best = 0;
    if (!t.a || !t.b || !t.c) {
        abort();
    }
    for (int i = 0; i < TRIAD; i++) {
        t.a[i] = t.b[i] = t.c[i] = i;
    }
    for (int round = 0; round < 8; round++) {
        double begin = now_s();
        lf_pool_run(pool, TRIAD_CHUNKS, triad_chunk, &t);
        best = fmax(best, 24.0 * TRIAD / (now_s() - begin) / 1e9);
    }
    free(t.a);
    free(t.b);
    free(t.c);
    return best;
}

// ---- the terrain: the formula of synth1m, with any side

static double *terrain(int side) {
    double *ground = malloc((size_t)side * (size_t)side * sizeof *ground);
    for (int y = 0; ground && y < side; y++) {
        for (int x = 0; x < side; x++) {
            bool block = y % 40 >= 12 && y % 40 < 30 && x % 50 >= 15 && x % 50 < 40;
            ground[(size_t)y * (size_t)side + (size_t)x] = 10 + 0.005 * x + 0.003 * y +
                                                           0.15 * sin(x / 37.0) * cos(y / 29.0) +
                                                           (block ? 10 : 0);
        }
    }
    return ground;
}

typedef struct scheme {
    const char *name;
    int scheme, order;
} scheme;
static const scheme SCHEMES[] = {
    {"inertial", LF_DRAIN_INERTIAL, 1}, {"swe1", LF_DRAIN_SWE, 1}, {"swe2", LF_DRAIN_SWE, 2}};

// What steps of powers of two per tile of 64 x 16 cells would save of the work: the bound on a step
// grows as the root of the tile's deepest water shrinks.
static double local_steps_gain(const double *depth, int side) {
    double deepest = 0, all = 0, local = 0;
    for (int i = 0; i < side * side; i++) {
        deepest = fmax(deepest, depth[i]);
    }
    for (int y = 0; y < side; y += 16) {
        for (int x = 0; x < side; x += 64) {
            double most = 1e-4;
            for (int row = y; row < y + 16 && row < side; row++) {
                for (int col = x; col < x + 64 && col < side; col++) {
                    most = fmax(most, depth[row * side + col]);
                }
            }
            all += 1;
            local += 1 / pow(2, floor(log2(sqrt(deepest / most))));
        }
    }
    return all / local;
}

// Runs one case and returns cells per second, all cells of the grid counted in every step.
static double run(const scheme *kind, int side, bool rain, double span_s, lf_pool *pool,
                  double triad) {
    size_t cells = (size_t)side * (size_t)side;
    double *ground = terrain(side), *depth = malloc(cells * sizeof *depth);
    lf_drain_surface_def def = lf_drain_default_surface_def();
    lf_drain_surface *surface = NULL;
    def.cols = def.rows = side;
    def.ground_m = ground;
    def.pool = pool;
    def.scheme = kind->scheme;
    def.order = kind->order;
    if (!ground || !depth || lf_drain_surface_create(&def, &surface, NULL) != LF_OK) {
        printf("%s: not available\n", kind->name);
        exit(1);
    }
    for (size_t i = 0; i < cells; i++) {
        depth[i] = rain ? 0 : 0.2;
    }
    lf_drain_surface_set_depth(surface, depth);
    (void)lf_drain_surface_advance(surface, 1e-3, NULL); // touches every page
    double begin = now_s(), fallen = 0, best = 0, part_begin = begin;
    long before = lf_drain_surface_steps(surface);
    // A shared machine is slow now and then: the best of ten parts counts, the whole is printed
    // too.
    double step_s = rain ? 1 : span_s / 10, part_s = span_s / 10, part_end = part_s;
    long part_steps = before;
    for (double time = 0; time < span_s - 1e-9; time += step_s) {
        if (rain) {
            lf_drain_surface_add_rain(surface, 0.1 / 3600 * step_s);
            fallen += 0.1 / 3600 * step_s;
        }
        if (lf_drain_surface_advance(surface, step_s, NULL) != LF_OK) {
            printf("%s: unstable\n", kind->name);
            exit(1);
        }
        if (time + step_s >= part_end - 1e-9) {
            long now = lf_drain_surface_steps(surface);
            double took = now_s() - part_begin;
            best = fmax(best, (double)(now - part_steps) * (double)cells / took);
            part_begin = now_s();
            part_steps = now;
            part_end += part_s;
        }
    }
    double took = now_s() - begin, steps = (double)(lf_drain_surface_steps(surface) - before);
    double rate = steps * (double)cells / took;
    double area = (double)cells, held = lf_drain_surface_volume_m3(surface);
    double bytes = bytes_per_cell(kind->scheme);
    double given = rain ? fallen * area : 0.2 * area;
    printf("%-8s %5d x %-5d %s %d thread%s: %7.1f Mcell/s (best tenth %7.1f) %6.0f steps %7.2f s "
           "%.0f bytes/cell, "
           "%4.1f GB/s = %3.0f %% of triad  |dV|/V %.1e\n",
           kind->name, side, side, rain ? "rain 600 s " : "0.2 m water", lf_pool_threads(pool),
           lf_pool_threads(pool) == 1 ? " " : "s", rate / 1e6, best / 1e6, steps, took, bytes,
           best * bytes / 1e9, best * bytes / 1e7 / triad, fabs(held - given) / given);
    if (rain && kind->scheme == LF_DRAIN_INERTIAL) {
        lf_drain_surface_read(surface, depth, NULL, NULL);
        printf("         local time steps would save at most a factor of %.2f of this\n",
               local_steps_gain(depth, side));
    }
    lf_drain_surface_destroy(surface);
    free(ground);
    free(depth);
    return best;
}

int main(int count, char **words) {
    lf_pool *pools[2] = {lf_pool_create(1), lf_pool_create(2)};
    double triads[2] = {triad_gb_s(pools[0]), triad_gb_s(pools[1])};
    printf("triad: %.1f GB/s on one thread, %.1f on two\n", triads[0], triads[1]);
    for (size_t i = 0; i < sizeof SCHEMES / sizeof SCHEMES[0]; i++) {
        bool asked = count == 1;
        for (int w = 1; w < count; w++) {
            asked = asked || strcmp(words[w], SCHEMES[i].name) == 0;
        }
        double rate[2] = {0};
        for (int p = 0; asked && p < 2; p++) {
            run(&SCHEMES[i], 1000, true, 600, pools[p], triads[p]);
            rate[p] = run(&SCHEMES[i], 1000, false, 30, pools[p], triads[p]);
            run(&SCHEMES[i], 4096, false, 2, pools[p], triads[p]);
        }
        if (asked) {
            printf("%-8s two threads / one, 1000 x 1000 with 0.2 m water: %.2f\n", SCHEMES[i].name,
                   rate[1] / rate[0]);
        }
    }
    lf_pool_destroy(pools[0]);
    lf_pool_destroy(pools[1]);
    return 0;
}
