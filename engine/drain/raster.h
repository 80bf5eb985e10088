// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Which cells of a grid a shape covers. A cell belongs to a polygon when its centre does.
#ifndef LF_DRAIN_RASTER_H
#define LF_DRAIN_RASTER_H

#include "lifang/spec.h"

// col_from .. col_to - 1 of a row lie inside.
typedef void lf_drain_raster_visit(void *context, int row, int col_from, int col_to);
// false without memory. Spans come in ascending order, each cell once.
bool lf_drain_raster_polygon(const lf_grid *grid, const lf_shape *shape,
                             lf_drain_raster_visit *visit, void *context);
// Cells whose centre is within half_width_m of the line, and those that the line itself enters;
// a cell may come more than once.
void lf_drain_raster_line(const lf_grid *grid, const lf_shape *shape, double half_width_m,
                          lf_drain_raster_visit *visit, void *context);
// The cell of a point; false outside.
bool lf_drain_raster_cell(const lf_grid *grid, lf_vec2 point, int *col, int *row);

#endif
