// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Plane geometry on lf_shape beyond what twin.h offers (area, centre, contains ...).
#ifndef LF_GEO_POLYGON_H
#define LF_GEO_POLYGON_H

#include "lifang/spec.h"

// Signed area of one ring (positive = counter-clockwise), shoelace formula about the first point.
double lf_geo_ring_area_m2(const lf_vec2 *ring, int count);
// Nearest point of segment a-b: returns the distance, *along_ratio in 0..1.
double lf_geo_segment_distance_m(lf_vec2 a, lf_vec2 b, lf_vec2 point, double *along_ratio);
// True if two segments of the shape's rings cross or overlap (sweep over a grid, O(n) typical);
// *where is a crossing point. Shared end points of neighbours do not count.
bool lf_geo_shape_crosses_itself(const lf_shape *shape, lf_vec2 *where);

#endif
