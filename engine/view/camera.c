// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The camera: 40 mm on 35 mm film, framed so that the plinth fills the picture.
#include "view/camera.h"

#define FIELD_OF_VIEW_RAD 0.52f // 2 atan(12 mm / 40 mm) = 0.583; a little longer is calmer

lf_view_vec3 lf_view_camera_forward(const lf_view_camera *camera) {
    double azimuth = (double)camera->azimuth_deg * LF_VIEW_PI / 180;
    double tilt = (double)camera->tilt_deg * LF_VIEW_PI / 180;
    return (lf_view_vec3){(float)(sin(azimuth) * cos(tilt)), (float)(cos(azimuth) * cos(tilt)),
                          (float)-sin(tilt)};
}

lf_view_vec3 lf_view_camera_right(const lf_view_camera *camera) {
    double azimuth = (double)camera->azimuth_deg * LF_VIEW_PI / 180;
    return (lf_view_vec3){(float)cos(azimuth), (float)-sin(azimuth), 0};
}

lf_view_vec3 lf_view_camera_eye(const lf_view_camera *camera) {
    return lf_view_sub(camera->target,
                       lf_view_scale(lf_view_camera_forward(camera), camera->distance_m));
}

lf_view_mat4 lf_view_camera_matrix(const lf_view_camera *camera) {
    lf_view_vec3 right = lf_view_camera_right(camera), forward = lf_view_camera_forward(camera);
    lf_view_mat4 look =
        lf_view_look(lf_view_camera_eye(camera), forward, lf_view_cross(right, forward));
    float near = fmaxf(0.5f, camera->distance_m * 0.08f);
    return lf_view_multiply(lf_view_perspective(FIELD_OF_VIEW_RAD, camera->aspect, near,
                                                camera->distance_m * 12 + 2000),
                            look);
}

bool lf_view_camera_project(const lf_view_camera *camera, lf_view_vec3 point, int width_px,
                            int height_px, float *x, float *y) {
    lf_view_mat4 matrix = lf_view_camera_matrix(camera);
    float w = 0;
    lf_view_vec3 clip = lf_view_transform(&matrix, point, &w);
    if (w <= 0) {
        return false;
    }
    *x = (clip.x / w * 0.5f + 0.5f) * (float)width_px;
    *y = (0.5f - clip.y / w * 0.5f) * (float)height_px;
    return true;
}

lf_view_vec3 lf_view_camera_ray(const lf_view_camera *camera, float x, float y, int width_px,
                                int height_px) {
    float reach = tanf(FIELD_OF_VIEW_RAD / 2);
    float sx = (2 * x / (float)width_px - 1) * reach * camera->aspect;
    float sy = (1 - 2 * y / (float)height_px) * reach;
    lf_view_vec3 forward = lf_view_camera_forward(camera), right = lf_view_camera_right(camera);
    lf_view_vec3 up = lf_view_cross(right, forward);
    return lf_view_unit(
        lf_view_add(forward, lf_view_add(lf_view_scale(right, sx), lf_view_scale(up, sy))));
}

float lf_view_camera_pixel_m(const lf_view_camera *camera, int height_px) {
    return 2 * camera->distance_m * tanf(FIELD_OF_VIEW_RAD / 2) / (float)height_px;
}

// The box in -1..1 that the plinth takes in the picture: left, bottom, right, top.
static void screen_box(const lf_view_scene *scene, const lf_view_camera *camera, float box[4]) {
    box[0] = box[1] = INFINITY;
    box[2] = box[3] = -INFINITY;
    for (int i = 0; i < 8; i++) {
        double x = scene->box[(i & 1) ? 2 : 0], y = scene->box[(i & 2) ? 3 : 1];
        lf_view_vec3 point = lf_view_on_ground(scene, x, y, 0);
        if (i & 4) {
            point.x *= 0.9f;
            point.y *= 0.9f;
            point.z += scene->highest_m * 0.6f;
        }
        float px = 0, py = 0;
        if (lf_view_camera_project(camera, point, 2, 2, &px, &py)) {
            box[0] = fminf(box[0], px - 1);
            box[1] = fminf(box[1], 1 - py);
            box[2] = fmaxf(box[2], px - 1);
            box[3] = fmaxf(box[3], 1 - py);
        }
    }
}

lf_view_camera lf_view_camera_fit(const lf_view_scene *scene, const lf_view_def *def) {
    // Room for the line at the foot; the rest is used to the edge.
    static const float wanted[4] = {-0.97f, -0.84f, 0.97f, 0.93f};
    double wide = scene->box[2] - scene->box[0], deep = scene->box[3] - scene->box[1];
    lf_view_camera camera = {.azimuth_deg = (float)def->azimuth_deg,
                             .tilt_deg = (float)def->tilt_deg,
                             .distance_m = (float)(2 * hypot(wide, deep)),
                             .aspect = (float)def->width_px / (float)def->height_px};
    for (int pass = 0; pass < 30; pass++) {
        float box[4];
        screen_box(scene, &camera, box);
        float grow = fmaxf((box[2] - box[0]) / (wanted[2] - wanted[0]),
                           (box[3] - box[1]) / (wanted[3] - wanted[1]));
        float dx = (box[0] + box[2]) / 2 - (wanted[0] + wanted[2]) / 2;
        float dy = (box[1] + box[3]) / 2 - (wanted[1] + wanted[3]) / 2;
        float half = camera.distance_m * tanf(FIELD_OF_VIEW_RAD / 2);
        lf_view_vec3 right = lf_view_camera_right(&camera);
        lf_view_vec3 ahead = {-right.y, right.x, 0};
        float tilt = fmaxf(sinf(camera.tilt_deg * (float)LF_VIEW_PI / 180), 0.2f);
        camera.target = lf_view_add(camera.target, lf_view_scale(right, dx * half * camera.aspect));
        camera.target = lf_view_add(camera.target, lf_view_scale(ahead, dy * half / tilt));
        camera.distance_m *= powf(grow, 0.8f);
    }
    camera.target.x += (float)((def->look_at_ratio[0] - 0.5) * wide);
    camera.target.y += (float)((def->look_at_ratio[1] - 0.5) * deep);
    camera.distance_m *= (float)def->distance_ratio;
    return camera;
}
