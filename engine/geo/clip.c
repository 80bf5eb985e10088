// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Clipping against a convex window.
#include "geo/clip.h"

#include "geo/frame.h"
#include <math.h>

lf_code lf_geo_clip_make(const double wsen[4], const lf_frame *frame, lf_geo_clip *clip,
                         lf_error *error) {
    static const int x_of[4] = {0, 2, 2, 0}, y_of[4] = {1, 1, 3, 3};
    lf_geo_transform *transform = NULL;
    lf_code code = lf_geo_transform_create("EPSG:4326", frame, &transform, error);
    for (int i = 0; i < 4 && code == LF_OK; i++)
        if (!lf_geo_transform_point(transform, wsen[x_of[i]], wsen[y_of[i]], &clip->corner[i]))
            code = lf_fail(error, LF_CRS, LF_FROM_CALL,
                           "the clip box %g,%g,%g,%g cannot be projected to %s", wsen[0], wsen[1],
                           wsen[2], wsen[3], frame->crs);
    lf_geo_transform_destroy(transform);
    return code;
}

// Positive on the inner side of edge i.
static double inside_of(const lf_geo_clip *clip, int i, lf_vec2 p) {
    lf_vec2 a = clip->corner[i], b = clip->corner[(i + 1) % 4];
    return (b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x);
}

bool lf_geo_clip_contains(const lf_geo_clip *clip, lf_vec2 point) {
    for (int i = 0; i < 4; i++)
        if (inside_of(clip, i, point) < 0)
            return false;
    return true;
}

bool lf_geo_clip_segment(const lf_geo_clip *clip, lf_vec2 a, lf_vec2 b, double ratio[2]) {
    double enter = 0, leave = 1;
    for (int i = 0; i < 4; i++) {
        double at_a = inside_of(clip, i, a), at_b = inside_of(clip, i, b);
        if (at_a < 0 && at_b < 0)
            return false;
        if (at_a >= 0 && at_b >= 0)
            continue;
        double t = at_a / (at_a - at_b);
        if (at_a < 0)
            enter = fmax(enter, t);
        else
            leave = fmin(leave, t);
    }
    ratio[0] = enter;
    ratio[1] = leave;
    return enter < leave;
}

void lf_geo_clip_bounds(const lf_geo_clip *clip, double box[4]) {
    box[0] = box[2] = clip->corner[0].x;
    box[1] = box[3] = clip->corner[0].y;
    for (int i = 1; i < 4; i++) {
        box[0] = fmin(box[0], clip->corner[i].x);
        box[1] = fmin(box[1], clip->corner[i].y);
        box[2] = fmax(box[2], clip->corner[i].x);
        box[3] = fmax(box[3], clip->corner[i].y);
    }
}
