// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The clip window of an import: a box of degrees, as a convex quadrilateral of local metres. Its
// sides are straight between the projected corners; over 1 km that differs from the parallel by
// less than 2 cm at latitude 40.
#ifndef LF_GEO_CLIP_H
#define LF_GEO_CLIP_H

#include "lifang/spec.h"

typedef struct lf_geo_clip {
    lf_vec2 corner[4]; // counter-clockwise from the south-west
} lf_geo_clip;

// wsen: west, south, east, north in degrees of WGS 84. The frame must be set.
lf_code lf_geo_clip_make(const double wsen[4], const lf_frame *frame, lf_geo_clip *clip,
                         lf_error *error);
bool lf_geo_clip_contains(const lf_geo_clip *clip, lf_vec2 point);
// The part of a-b inside: ratio[0] < ratio[1] in 0..1 along it (Cyrus and Beck 1978). False if
// none.
bool lf_geo_clip_segment(const lf_geo_clip *clip, lf_vec2 a, lf_vec2 b, double ratio[2]);
// x0, y0, x1, y1.
void lf_geo_clip_bounds(const lf_geo_clip *clip, double box[4]);

#endif
