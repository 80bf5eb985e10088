// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Holes of a height model: closed regions without data. Small ones are filled from their rim, large
// ones and those open to the edge stay.
#include "io/raster/dem.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct region {
    int *cells; // queue of a flood fill
    int count;
    bool at_edge;
} region;

// Collects the 4-connected cells without data around `seed`.
static void collect(const lf_grid *grid, const float *values, uint8_t *seen, int seed, region *r) {
    r->count = 0;
    r->at_edge = false;
    r->cells[r->count++] = seed;
    seen[seed] = 1;
    for (int i = 0; i < r->count; i++) {
        int col = r->cells[i] % grid->cols, row = r->cells[i] / grid->cols;
        int next[4] = {r->cells[i] - 1, r->cells[i] + 1, r->cells[i] - grid->cols,
                       r->cells[i] + grid->cols};
        bool there[4] = {col > 0, col + 1 < grid->cols, row > 0, row + 1 < grid->rows};
        for (int k = 0; k < 4; k++) {
            if (!there[k]) {
                r->at_edge = true;
            } else if (!seen[next[k]] && isnan(values[next[k]])) {
                seen[next[k]] = 1;
                r->cells[r->count++] = next[k];
            }
        }
    }
}

// The mean of the rim cells around the region, each by 1 / distance squared.
static float from_rim(const lf_grid *grid, const float *values, const region *r, int cell) {
    double sum = 0, weight = 0;
    int col = cell % grid->cols, row = cell / grid->cols;
    for (int i = 0; i < r->count; i++) {
        int c = r->cells[i] % grid->cols, w = r->cells[i] / grid->cols;
        for (int k = 0; k < 4; k++) {
            int nc = c + (k == 0) - (k == 1), nr = w + (k == 2) - (k == 3);
            float v = values[nr * grid->cols + nc];
            double d2 = (double)(nc - col) * (nc - col) + (double)(nr - row) * (nr - row);
            if (isnan(v))
                continue;
            sum += v / d2;
            weight += 1 / d2;
        }
    }
    return (float)(sum / weight);
}

static void fill(const lf_grid *grid, float *values, const region *r) {
    float made[lf_io_dem_hole_cells];
    for (int i = 0; i < r->count; i++)
        made[i] = from_rim(grid, values, r, r->cells[i]);
    for (int i = 0; i < r->count; i++)
        values[r->cells[i]] = made[i];
}

bool lf_io_dem_fill_holes(const lf_grid *grid, float *values, lf_io_holes *holes) {
    int total = grid->cols * grid->rows;
    region r = {.cells = malloc((size_t)total * sizeof *r.cells)};
    uint8_t *seen = calloc((size_t)total, 1);
    memset(holes, 0, sizeof *holes);
    for (int i = 0; r.cells && seen && i < total; i++) {
        if (seen[i] || !isnan(values[i]))
            continue;
        collect(grid, values, seen, i, &r);
        if (!r.at_edge && r.count <= lf_io_dem_hole_cells) {
            fill(grid, values, &r);
            holes->filled++;
            holes->cells_filled += r.count;
        } else {
            holes->left++;
            holes->cells_left += r.count;
        }
    }
    bool good = r.cells && seen;
    free(r.cells);
    free(seen);
    return good;
}
