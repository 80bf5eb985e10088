// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The scene on the card: programs, buffers, shadow and height maps, and the passes of a picture.
#ifndef LF_VIEW_DRAW_H
#define LF_VIEW_DRAW_H

#include "gpu/context.h"
#include "gpu/target.h"
#include "view/sheet.h"

typedef struct lf_view_painter lf_view_painter;

// Needs a current context. assets: folder of ramps or NULL.
lf_code lf_view_painter_create(const lf_gpu *gpu, const char *assets, lf_view_painter **painter,
                               lf_error *error);
void lf_view_painter_destroy(lf_view_painter *painter);
// Loads another scene: meshes, map, shadow, height map. Keep the scene while it is drawn.
lf_code lf_view_painter_set_scene(lf_view_painter *painter, const lf_view_scene *scene,
                                  lf_error *error);
// After lf_view_scene_set_moment; map: the flat areas changed too.
void lf_view_painter_moment(lf_view_painter *painter, bool map);
typedef struct lf_view_shot {
    const lf_view_def *def;
    const lf_view_camera *camera;
    const lf_frame_shot *moment; // may be NULL
    float samples;               // picture is drawn this much larger and averaged
    float reserved_left_px;
    double wave_s; // moves the waves; 0 in pictures
    bool labels;
    bool reuse;             // camera and moment are those of the last draw: words only
    const lf_shape *marked; // outlined at marked_m (local height; NAN = on the ground)
    double marked_m;
} lf_view_shot;
// Draws into the framebuffer `target` (0 = the window) of def's size.
lf_code lf_view_painter_draw(lf_view_painter *painter, const lf_view_shot *shot, GLuint target,
                             lf_error *error);
// Reads a target of RGBA and writes it as PNG; framebuffer 0 is the window.
lf_code lf_view_save_target(const lf_gpu_target *target, const char *png_path, lf_error *error);
// LF_INVALID or LF_RANGE where the def cannot be drawn.
lf_code lf_view_check_def(const lf_view_def *def, lf_error *error);
const lf_view_ramp *lf_view_painter_occupancy(const lf_view_painter *painter);
const lf_view_ramp *lf_view_painter_water(const lf_view_painter *painter);

#endif
