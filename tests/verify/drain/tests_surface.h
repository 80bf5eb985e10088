// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Little worlds of cells for the surface tests.
#ifndef LF_TESTS_SURFACE_H
#define LF_TESTS_SURFACE_H

#include "check.h"
#include "lifang/drain.h"

typedef struct scene {
    lf_drain_surface_def def;
    double *ground, *depth, *after, *flux_x, *flux_y;
} scene;

static inline scene scene_create(int cols, int rows, double cell_m) {
    scene s = {.def = lf_drain_default_surface_def()};
    size_t cells = (size_t)cols * (size_t)rows;
    s.def.cols = cols;
    s.def.rows = rows;
    s.def.cell_m = cell_m;
    double **arrays[] = {&s.ground, &s.depth, &s.after, &s.flux_x, &s.flux_y};
    for (size_t i = 0; i < 5; i++) {
        *arrays[i] = calloc(cells, sizeof(double));
        if (!*arrays[i]) {
            abort();
        }
    }
    return s;
}

// Slopes, kerbs of 0.15 m, blocks 10 m high, holes (NaN), and water of all depths.
static inline scene scene_rough(int cols, int rows, double cell_m) {
    scene s = scene_create(cols, rows, cell_m);
    for (int i = 0; i < cols * rows; i++) {
        int col = i % cols, row = i / cols;
        double z = 0.01 * col + 0.5 * sin(0.13 * row) + 0.3 * cos(0.11 * (col + row));
        z += col % 17 < 5 ? 0.15 : 0;
        z += col % 29 > 22 && row % 23 > 15 ? 10 : 0;
        s.ground[i] = col % 31 > 27 && row % 19 > 13 ? NAN : z;
        s.depth[i] = (row * 7 + col * 13) % 10 < 4 ? 0.05 * ((row + col) % 9) : 0;
        s.depth[i] = isnan(s.ground[i]) ? 0 : s.depth[i];
    }
    return s;
}

static inline lf_drain_surface *scene_open(scene *s) {
    lf_drain_surface *surface = NULL;
    s->def.ground_m = s->ground;
    if (lf_drain_surface_create(&s->def, &surface, NULL) != LF_OK) {
        abort();
    }
    lf_drain_surface_set_depth(surface, s->depth);
    return surface;
}

static inline void scene_free(scene *s) {
    free(s->ground);
    free(s->depth);
    free(s->after);
    free(s->flux_x);
    free(s->flux_y);
}

#endif
