// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Scan conversion by rows of cell centres (even-odd rule), and lines with a width.
#include "drain/raster.h"
#include "geo/polygon.h"
#include "lifang/twin.h"
#include <math.h>
#include <stdlib.h>

static int compare_reals(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

// Where the rings cross the height y, sorted. Returns how many.
static int crossings(const lf_shape *shape, double y, double *at) {
    int count = 0;
    for (int part = 0; part < shape->part_count; part++) {
        int first = shape->part_start[part], end = shape->part_start[part + 1];
        for (int i = first, before = end - 1; i < end; before = i++) {
            lf_vec2 a = shape->points[before], b = shape->points[i];
            if ((a.y > y) != (b.y > y)) {
                at[count++] = a.x + (y - a.y) / (b.y - a.y) * (b.x - a.x);
            }
        }
    }
    qsort(at, (size_t)count, sizeof *at, compare_reals);
    return count;
}

// First index whose cell centre is at or beyond `value`, within 0..limit.
static int first_centre(double value, double origin, double cell_m, int limit) {
    double index = ceil((value - origin) / cell_m - 0.5);
    return index <= 0 ? 0 : index >= limit ? limit : (int)index;
}

bool lf_drain_raster_polygon(const lf_grid *grid, const lf_shape *shape,
                             lf_drain_raster_visit *visit, void *context) {
    if (shape->kind != LF_POLYGON || shape->point_count < 3) {
        return true;
    }
    double *at = malloc((size_t)shape->point_count * sizeof *at);
    if (!at) {
        return false;
    }
    double box[4];
    lf_shape_bounds(shape, box);
    int row_from = first_centre(box[1], grid->y0, grid->cell_m, grid->rows);
    int row_to = first_centre(box[3], grid->y0, grid->cell_m, grid->rows);
    for (int row = row_from; row < row_to; row++) {
        int count = crossings(shape, grid->y0 + (row + 0.5) * grid->cell_m, at);
        for (int i = 0; i + 1 < count; i += 2) {
            int from = first_centre(at[i], grid->x0, grid->cell_m, grid->cols);
            int to = first_centre(at[i + 1], grid->x0, grid->cell_m, grid->cols);
            if (to > from) {
                visit(context, row, from, to);
            }
        }
    }
    free(at);
    return true;
}

bool lf_drain_raster_cell(const lf_grid *grid, lf_vec2 point, int *col, int *row) {
    double x = floor((point.x - grid->x0) / grid->cell_m);
    double y = floor((point.y - grid->y0) / grid->cell_m);
    if (!(x >= 0 && x < grid->cols && y >= 0 && y < grid->rows)) {
        return false;
    }
    *col = (int)x;
    *row = (int)y;
    return true;
}

// The cells under points set every half cell along a-b.
static void visit_along(const lf_grid *grid, lf_vec2 a, lf_vec2 b, lf_drain_raster_visit *visit,
                        void *context) {
    double length = hypot(b.x - a.x, b.y - a.y);
    int steps = (int)ceil(length / (0.5 * grid->cell_m));
    for (int i = 0; i <= steps; i++) {
        double s = steps > 0 ? (double)i / steps : 0;
        lf_vec2 point = {a.x + s * (b.x - a.x), a.y + s * (b.y - a.y)};
        int col, row;
        if (lf_drain_raster_cell(grid, point, &col, &row)) {
            visit(context, row, col, col + 1);
        }
    }
}

void lf_drain_raster_line(const lf_grid *grid, const lf_shape *shape, double half_width_m,
                          lf_drain_raster_visit *visit, void *context) {
    for (int part = 0; part < shape->part_count; part++) {
        for (int i = shape->part_start[part]; i + 1 < shape->part_start[part + 1]; i++) {
            lf_vec2 a = shape->points[i], b = shape->points[i + 1];
            double c = grid->cell_m, w = half_width_m;
            int col_from = first_centre(fmin(a.x, b.x) - w, grid->x0, c, grid->cols);
            int col_to = first_centre(fmax(a.x, b.x) + w, grid->x0, c, grid->cols);
            int row_from = first_centre(fmin(a.y, b.y) - w, grid->y0, c, grid->rows);
            int row_to = first_centre(fmax(a.y, b.y) + w, grid->y0, c, grid->rows);
            for (int row = row_from; row < row_to; row++) {
                for (int col = col_from; col < col_to; col++) {
                    lf_vec2 centre = {grid->x0 + (col + 0.5) * c, grid->y0 + (row + 0.5) * c};
                    double along;
                    if (lf_geo_segment_distance_m(a, b, centre, &along) <= w) {
                        visit(context, row, col, col + 1);
                    }
                }
            }
            visit_along(grid, a, b, visit, context);
        }
    }
}
