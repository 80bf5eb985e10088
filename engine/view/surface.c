// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// One height field for everything that stands on the ground: the solver's ground where a run left
// one (measures applied), else the terrain; gaps are filled from their neighbours.
#include "view/scene.h"
#include <math.h>
#include <stdlib.h>

enum { CELLS_ACROSS = 420 };

static float sample_grid(const lf_grid *grid, const float *values, double x, double y) {
    double fx = (x - grid->x0) / grid->cell_m - 0.5, fy = (y - grid->y0) / grid->cell_m - 0.5;
    if (fx < -0.5 || fy < -0.5 || fx > grid->cols - 0.5 || fy > grid->rows - 0.5) {
        return NAN;
    }
    int col = (int)floor(fx), row = (int)floor(fy);
    double sum = 0, weight = 0, tx = fx - col, ty = fy - row;
    for (int k = 0; k < 4; k++) {
        int c = col + (k & 1), r = row + (k >> 1);
        c = c < 0 ? 0 : c >= grid->cols ? grid->cols - 1 : c;
        r = r < 0 ? 0 : r >= grid->rows ? grid->rows - 1 : r;
        float value = values[(size_t)r * (size_t)grid->cols + (size_t)c];
        double w = ((k & 1) ? tx : 1 - tx) * ((k >> 1) ? ty : 1 - ty);
        if (!isnan(value) && w > 0) {
            sum += w * (double)value;
            weight += w;
        }
    }
    return weight > 1e-9 ? (float)(sum / weight) : NAN;
}

// Grows known heights into unknown cells, one ring per pass, each the mean of its known neighbours.
static bool fill_gaps(float *z, int cols, int rows) {
    size_t count = (size_t)cols * (size_t)rows;
    float *next = malloc(count * sizeof *next);
    if (!next) {
        return false;
    }
    for (int pass = 0; pass < cols + rows; pass++) {
        bool gaps = false, filled = false;
        for (int row = 0; row < rows; row++) {
            for (int col = 0; col < cols; col++) {
                size_t at = (size_t)row * (size_t)cols + (size_t)col;
                next[at] = z[at];
                if (!isnan(z[at])) {
                    continue;
                }
                float sum = 0, known = 0;
                for (int k = 0; k < 9; k++) {
                    int c = col + k % 3 - 1, r = row + k / 3 - 1;
                    if (c >= 0 && c < cols && r >= 0 && r < rows) {
                        float value = z[(size_t)r * (size_t)cols + (size_t)c];
                        sum += isnan(value) ? 0 : value;
                        known += isnan(value) ? 0 : 1;
                    }
                }
                if (known > 0) {
                    next[at] = sum / known;
                    filled = true;
                } else {
                    gaps = true;
                }
            }
        }
        for (size_t i = 0; i < count; i++) {
            z[i] = next[i];
        }
        if (!gaps || !filled) {
            break;
        }
    }
    free(next);
    return true;
}

static lf_grid surface_grid(const lf_option_result *option, const double box[4]) {
    double wide = box[2] - box[0], high = box[3] - box[1];
    double cell = fmax(wide, high) / CELLS_ACROSS;
    const lf_raster *terrain = lf_twin_terrain(lf_option_twin(option));
    if (terrain && terrain->grid.cell_m > cell) {
        cell = terrain->grid.cell_m;
    }
    lf_grid grid = {.cell_m = cell, .x0 = box[0] - cell / 2, .y0 = box[1] - cell / 2};
    grid.cols = (int)ceil(wide / cell) + 1;
    grid.rows = (int)ceil(high / cell) + 1;
    grid.cols = grid.cols < 2 ? 2 : grid.cols;
    grid.rows = grid.rows < 2 ? 2 : grid.rows;
    return grid;
}

lf_code lf_view_surface_create(const lf_option_result *option, const double box[4],
                               lf_view_surface *surface, lf_error *error) {
    const lf_grid *ground_grid = lf_option_depth_grid(option);
    const float *ground = lf_option_ground(option);
    const lf_raster *terrain = lf_twin_terrain(lf_option_twin(option));
    lf_grid grid = surface_grid(option, box);
    size_t count = (size_t)grid.cols * (size_t)grid.rows;
    bool known = false;
    *surface = (lf_view_surface){.grid = grid};
    surface->z_m = malloc(count * sizeof *surface->z_m);
    if (!surface->z_m) {
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for the ground of the picture");
    }
    for (size_t i = 0; i < count; i++) {
        double x = grid.x0 + ((double)(i % (size_t)grid.cols) + 0.5) * grid.cell_m;
        double y = grid.y0 + ((double)(i / (size_t)grid.cols) + 0.5) * grid.cell_m;
        float z = ground && ground_grid ? sample_grid(ground_grid, ground, x, y) : NAN;
        if (isnan(z) && terrain) {
            z = sample_grid(&terrain->grid, terrain->values, x, y);
        }
        surface->z_m[i] = z;
        known = known || !isnan(z);
    }
    surface->flat = !known;
    for (size_t i = 0; !known && i < count; i++) {
        surface->z_m[i] = 0;
    }
    if (!fill_gaps(surface->z_m, grid.cols, grid.rows)) {
        lf_view_surface_destroy(surface);
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for the ground of the picture");
    }
    surface->low_m = surface->high_m = surface->z_m[0];
    for (size_t i = 0; i < count; i++) {
        surface->low_m = fminf(surface->low_m, surface->z_m[i]);
        surface->high_m = fmaxf(surface->high_m, surface->z_m[i]);
    }
    return LF_OK;
}

void lf_view_surface_destroy(lf_view_surface *surface) {
    free(surface->z_m);
    surface->z_m = NULL;
}

double lf_view_surface_z(const lf_view_surface *surface, double x, double y) {
    const lf_grid *grid = &surface->grid;
    double right = grid->x0 + (grid->cols - 0.5) * grid->cell_m;
    double top = grid->y0 + (grid->rows - 0.5) * grid->cell_m;
    x = fmin(fmax(x, grid->x0 + 0.5 * grid->cell_m), right);
    y = fmin(fmax(y, grid->y0 + 0.5 * grid->cell_m), top);
    return (double)sample_grid(grid, surface->z_m, x, y);
}
