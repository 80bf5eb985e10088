// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Between lf_shape and OGR geometries.
#ifndef LF_IO_GEOMETRY_H
#define LF_IO_GEOMETRY_H

#include "geo/repair.h"
#include "lifang/spec.h"
#include <ogr_api.h>

// A new geometry in projected coordinates; the caller destroys it. many makes a multi geometry of
// single ones too. NULL for no shape.
OGRGeometryH lf_io_geometry_make(const lf_shape *shape, const lf_frame *frame, bool many);
// Whether the shape needs a multi geometry.
bool lf_io_geometry_is_many(const lf_shape *shape);

// Source coordinates -> local; false if a point cannot be transformed.
typedef bool lf_io_place_point(void *context, double x, double y, lf_vec2 *out);
// Collects the rings of all polygons in a geometry. False if a point was refused.
bool lf_io_geometry_rings(OGRGeometryH geometry, lf_io_place_point *place, void *context,
                          lf_geo_rings *rings);
// The points of a simple line or point geometry, in `points` (room for all); z_m may be NULL.
// Returns how many, or -1 if one was refused.
int lf_io_geometry_points(OGRGeometryH line, lf_io_place_point *place, void *context,
                          lf_vec2 *points, double *z_m);

#endif
