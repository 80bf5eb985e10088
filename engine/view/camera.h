// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Where the picture is taken from: a point looked at, a direction, a distance.
#ifndef LF_VIEW_CAMERA_H
#define LF_VIEW_CAMERA_H

#include "view/scene.h"

typedef struct lf_view_camera {
    lf_view_vec3 target;
    float azimuth_deg, tilt_deg, distance_m;
    float aspect;
} lf_view_camera;

// Frames the scene's focus; def gives direction, distance and shift.
lf_view_camera lf_view_camera_fit(const lf_view_scene *scene, const lf_view_def *def);
lf_view_vec3 lf_view_camera_eye(const lf_view_camera *camera);
lf_view_vec3 lf_view_camera_forward(const lf_view_camera *camera);
lf_view_vec3 lf_view_camera_right(const lf_view_camera *camera);
lf_view_mat4 lf_view_camera_matrix(const lf_view_camera *camera);
// Pixel of a point, from the upper left; false behind the camera.
bool lf_view_camera_project(const lf_view_camera *camera, lf_view_vec3 point, int width_px,
                            int height_px, float *x, float *y);
// Direction of the ray through a pixel.
lf_view_vec3 lf_view_camera_ray(const lf_view_camera *camera, float x, float y, int width_px,
                                int height_px);
// Metres that a pixel at the looked-at point spans.
float lf_view_camera_pixel_m(const lf_view_camera *camera, int height_px);

#endif
