// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Camera moves; all keep the horizon level and the camera above the ground plane.
#include "view/hand.h"

void lf_view_hand_orbit(lf_view_camera *camera, float dx_px, float dy_px) {
    camera->azimuth_deg = fmodf(camera->azimuth_deg + dx_px * 0.3f, 360);
    camera->tilt_deg = fminf(fmaxf(camera->tilt_deg + dy_px * 0.25f, 6), 88);
}

static lf_view_vec3 level_ahead(const lf_view_camera *camera) {
    lf_view_vec3 right = lf_view_camera_right(camera);
    return (lf_view_vec3){-right.y, right.x, 0};
}

void lf_view_hand_pan(lf_view_camera *camera, float dx_px, float dy_px, int height_px) {
    float pixel = lf_view_camera_pixel_m(camera, height_px);
    float tilt = fmaxf(sinf(camera->tilt_deg * (float)LF_VIEW_PI / 180), 0.2f);
    camera->target =
        lf_view_add(camera->target, lf_view_scale(lf_view_camera_right(camera), -dx_px * pixel));
    camera->target =
        lf_view_add(camera->target, lf_view_scale(level_ahead(camera), dy_px * pixel / tilt));
}

void lf_view_hand_zoom(lf_view_camera *camera, float steps) {
    camera->distance_m = fminf(fmaxf(camera->distance_m * powf(0.88f, steps), 8), 20000);
}

void lf_view_hand_fly(lf_view_camera *camera, float ahead, float aside, float up, float seconds) {
    float speed = camera->distance_m * 0.5f * seconds;
    camera->target = lf_view_add(camera->target, lf_view_scale(level_ahead(camera), ahead * speed));
    camera->target =
        lf_view_add(camera->target, lf_view_scale(lf_view_camera_right(camera), aside * speed));
    camera->target.z = fmaxf(camera->target.z + up * speed * 0.5f, -20);
}
