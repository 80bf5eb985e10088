// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Pictures without a display: one context for any number of them.
#include "gpu/target.h"
#include "view/draw.h"
#include "view/png.h"
#include <stdlib.h>

#define COOKIE 0x76696577u // "view"

lf_view_def lf_default_view_def(void) {
    return (lf_view_def){.width_px = 1600,
                         .height_px = 1000,
                         .theme = LF_THEME_DAY,
                         .show = LF_SHOW_DEPTH,
                         .time_s = NAN,
                         .azimuth_deg = 30,
                         .tilt_deg = 39,
                         .distance_ratio = 1,
                         .look_at_ratio = {0.5, 0.5},
                         .water_scale = 1,
                         .cookie = COOKIE};
}

lf_code lf_view_check_def(const lf_view_def *def, lf_error *error) {
    if (def->cookie != COOKIE) {
        return lf_fail(error, LF_INVALID, LF_FROM_CALL,
                       "lf_view_def was not made by lf_default_view_def");
    }
    if (def->width_px < 64 || def->height_px < 64 || def->width_px > 8192 ||
        def->height_px > 8192) {
        return lf_fail(error, LF_RANGE, LF_FROM_CALL,
                       "a picture of %d x %d pixels is outside 64 .. 8192", def->width_px,
                       def->height_px);
    }
    if (!(def->tilt_deg >= 5 && def->tilt_deg <= 89)) {
        return lf_fail(error, LF_RANGE, LF_FROM_CALL, "tilt_deg %g is outside 5 .. 89",
                       def->tilt_deg);
    }
    if (!(def->distance_ratio >= 0.02 && def->distance_ratio <= 20) ||
        !(def->azimuth_deg >= -720 && def->azimuth_deg <= 720)) {
        return lf_fail(
            error, LF_RANGE, LF_FROM_CALL,
            "distance_ratio %g is outside 0.02 .. 20, or azimuth_deg %g outside -720 .. 720",
            def->distance_ratio, def->azimuth_deg);
    }
    if (!(def->water_scale >= 0 && def->water_scale <= 100)) {
        return lf_fail(error, LF_RANGE, LF_FROM_CALL, "water_scale %g is outside 0 .. 100",
                       def->water_scale);
    }
    return LF_OK;
}

lf_code lf_view_save_target(const lf_gpu_target *target, const char *png_path, lf_error *error) {
    size_t row = (size_t)target->width_px * 3;
    uint8_t *rgb = malloc(row * (size_t)target->height_px);
    if (!rgb) {
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for the picture %s", png_path);
    }
    glBindFramebuffer(GL_READ_FRAMEBUFFER, target->framebuffer);
    glPixelStorei(GL_PACK_ALIGNMENT, 1);
    glReadPixels(0, 0, target->width_px, target->height_px, GL_RGB, GL_UNSIGNED_BYTE, rgb);
    lf_code code = LF_OK;
    if (glGetError() != GL_NO_ERROR) {
        code = lf_fail(error, LF_UNAVAILABLE, LF_FROM_HOST, "the driver failed while drawing %s",
                       png_path);
    } else {
        code = lf_view_png_write(png_path, rgb, target->width_px, target->height_px, error);
    }
    free(rgb);
    return code;
}

static lf_code draw_one(lf_view_painter *painter, const lf_option_result *option,
                        const lf_view_def *def, const char *png_path, lf_error *error) {
    lf_view_scene *scene = NULL;
    lf_gpu_target target = {0};
    lf_code code = lf_view_scene_create(option, def->theme, &scene, error);
    if (code != LF_OK) {
        return code;
    }
    const lf_frame_shot *moment = lf_view_frame(option, def->time_s);
    lf_view_camera camera = lf_view_camera_fit(scene, def);
    lf_view_shot shot = {.def = def,
                         .camera = &camera,
                         .moment = moment,
                         .samples = 2,
                         .labels = true,
                         .marked_m = NAN};
    code = lf_view_scene_set_moment(scene, moment, def, lf_view_painter_occupancy(painter), error);
    if (code == LF_OK) {
        code = lf_view_painter_set_scene(painter, scene, error);
    }
    if (code == LF_OK) {
        code =
            lf_gpu_target_create(&target, def->width_px, def->height_px, GL_RGBA8, 0, false, error);
    }
    if (code == LF_OK) {
        code = lf_view_painter_draw(painter, &shot, target.framebuffer, error);
    }
    if (code == LF_OK) {
        code = lf_view_save_target(&target, png_path, error);
    }
    lf_gpu_target_destroy(&target);
    lf_view_scene_destroy(scene);
    return code;
}

lf_code lf_view_render_many(const lf_option_result *const *options, const lf_view_def *defs,
                            const char *const *png_paths, int count, lf_error *error) {
    lf_gpu *gpu = NULL;
    lf_view_painter *painter = NULL;
    lf_code code = LF_OK;
    for (int i = 0; i < count && code == LF_OK; i++) {
        code = lf_view_check_def(&defs[i], error);
    }
    if (code != LF_OK || count == 0) {
        return code;
    }
    code = lf_gpu_open_offscreen(&gpu, error);
    if (code == LF_OK) {
        code = lf_view_painter_create(gpu, defs[0].assets, &painter, error);
    }
    for (int i = 0; i < count && code == LF_OK; i++) {
        code = draw_one(painter, options[i], &defs[i], png_paths[i], error);
    }
    lf_view_painter_destroy(painter);
    lf_gpu_close(gpu);
    return code;
}

lf_code lf_view_render(const lf_option_result *option, const lf_view_def *def, const char *png_path,
                       lf_error *error) {
    return lf_view_render_many(&option, def, &png_path, 1, error);
}
