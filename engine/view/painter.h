// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Inside of the painter: what card.c keeps on the card and draw.c draws.
#ifndef LF_VIEW_PAINTER_H
#define LF_VIEW_PAINTER_H

#include "gpu/program.h"
#include "gpu/target.h"
#include "view/draw.h"

typedef struct lf_view_buffers {
    GLuint array, vertices, indices;
    GLsizei count;
} lf_view_buffers;

enum {
    LF_VIEW_ON_GROUND,
    LF_VIEW_ON_MAP,
    LF_VIEW_ON_SOLID,
    LF_VIEW_ON_PLANTS,
    LF_VIEW_ON_PINS,
    LF_VIEW_ON_CARS,
    LF_VIEW_ON_WATER,
    LF_VIEW_ON_PIPES,
    LF_VIEW_MESH_COUNT
};

// As shaders/draw/scene.glsl, std140.
typedef struct lf_view_uniforms {
    lf_view_mat4 view_projection, sun_projection;
    float eye[4], sun_direction[4], sun_light[4], sky_light[4], bounce_light[4], box[4];
    float sky_top[4], sky_bottom[4], heights[4], grid_line[4];
} lf_view_uniforms;

struct lf_view_painter {
    bool software;
    GLuint solid, ground, water, depth, map, sky, table, occlusion, resolve, overlay; // programs
    lf_view_buffers mesh[LF_VIEW_MESH_COUNT];
    lf_view_buffers ink;
    GLuint empty_array, uniforms, ramp, glyphs;
    int glyph_count;
    lf_gpu_target map_target, shadow_target, height_target, occlusion_target, large;
    lf_view_ramp water_ramp, occupancy_ramp, fill_ramp;
    lf_view_font *font;
    lf_view_overlay sheet;
    const lf_view_scene *scene;
    lf_view_uniforms values;
    bool static_stale; // shadow and height maps have to be drawn again
    bool bare;         // they were drawn without trees
    bool map_stale;
};

// card.c
void lf_view_card_upload(lf_view_painter *painter, int which, const lf_view_mesh *mesh);
void lf_view_card_draw(const lf_view_buffers *buffers);
void lf_view_card_ink(lf_view_painter *painter);
// maps.c: the pictures that the picture needs: map, shadow, heights, openness.
lf_code lf_view_maps_create(lf_view_painter *painter, lf_error *error);
// bare: without trees.
void lf_view_maps_draw(lf_view_painter *painter, bool bare);
void lf_view_maps_light(lf_view_painter *painter, const lf_view_def *def);

#endif
