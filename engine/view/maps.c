// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Pictures that the picture needs: the map from above, the sun's depth map, the height map and the
// openness of the ground. They change with the scene, not with the camera.
#include "view/painter.h"
#include <string.h>

#define SUN_AZIMUTH_DEG 236.0 // south-west
#define SUN_HEIGHT_DEG 35.0

enum { MAP_EDGE = 4096, SHADOW_EDGE = 4096, HEIGHT_EDGE = 1024, OPEN_EDGE = 640 };

lf_code lf_view_maps_create(lf_view_painter *painter, lf_error *error) {
    int limit = lf_gpu_texture_limit();
    int map = MAP_EDGE < limit ? MAP_EDGE : limit,
        shadow = SHADOW_EDGE < limit ? SHADOW_EDGE : limit;
    lf_code code = lf_gpu_target_create(&painter->map_target, map, map, GL_RGBA8, 0, true, error);
    if (code == LF_OK) {
        code = lf_gpu_target_create(&painter->shadow_target, shadow, shadow, 0,
                                    GL_DEPTH_COMPONENT32F, false, error);
    }
    if (code == LF_OK) {
        code = lf_gpu_target_create(&painter->height_target, HEIGHT_EDGE, HEIGHT_EDGE, 0,
                                    GL_DEPTH_COMPONENT32F, false, error);
    }
    if (code == LF_OK) {
        code = lf_gpu_target_create(&painter->occlusion_target, OPEN_EDGE, OPEN_EDGE, GL_R8, 0,
                                    false, error);
    }
    if (code != LF_OK) {
        return code;
    }
    GLuint depth = painter->shadow_target.depth;
    glTextureParameteri(depth, GL_TEXTURE_COMPARE_MODE, GL_COMPARE_REF_TO_TEXTURE);
    glTextureParameteri(depth, GL_TEXTURE_COMPARE_FUNC, GL_LEQUAL);
    glTextureParameterf(painter->map_target.colour, GL_TEXTURE_MAX_ANISOTROPY,
                        painter->software ? 4 : 16);
    return LF_OK;
}

static float linear(uint8_t value) {
    float c = (float)value / 255;
    return c * (c * (c * 0.305306011f + 0.682171111f) + 0.012522878f);
}

static void set_colour(float out[4], lf_view_colour colour) {
    out[0] = linear(colour.r);
    out[1] = linear(colour.g);
    out[2] = linear(colour.b);
    out[3] = 1;
}

static void set_light(float out[4], const float light[3], float w) {
    memcpy(out, light, 3 * sizeof(float));
    out[3] = w;
}

// An orthographic view along the sun's rays that holds the whole plinth; depth and place in 0..1
// after the bias matrix of the shader's side.
static lf_view_mat4 sun_view(const lf_view_scene *scene, lf_view_vec3 sun) {
    lf_view_mat4 look =
        lf_view_look((lf_view_vec3){0, 0, 0}, lf_view_scale(sun, -1), (lf_view_vec3){0, 0, 1});
    float low[3] = {INFINITY, INFINITY, INFINITY}, high[3] = {-INFINITY, -INFINITY, -INFINITY};
    for (int i = 0; i < 8; i++) {
        float w = 0;
        lf_view_vec3 corner = {(float)(scene->box[(i & 1) ? 2 : 0] - scene->centre_x),
                               (float)(scene->box[(i & 2) ? 3 : 1] - scene->centre_y),
                               (i & 4) ? scene->highest_m + 15 + scene->surface.high_m -
                                             scene->surface.low_m
                                       : -scene->plinth_m};
        lf_view_vec3 p = lf_view_transform(&look, corner, &w);
        const float xyz[3] = {p.x, p.y, p.z};
        for (int k = 0; k < 3; k++) {
            low[k] = fminf(low[k], xyz[k]);
            high[k] = fmaxf(high[k], xyz[k]);
        }
    }
    return lf_view_multiply(
        lf_view_ortho(low[0], high[0], low[1], high[1], -high[2] - 1, -low[2] + 1), look);
}

static lf_view_mat4 from_above(const lf_view_scene *scene) {
    float x1 = (float)(scene->box[2] - scene->centre_x),
          y1 = (float)(scene->box[3] - scene->centre_y);
    return lf_view_ortho(-x1, x1, -y1, y1, -scene->highest_m, scene->plinth_m);
}

void lf_view_maps_light(lf_view_painter *painter, const lf_view_def *def) {
    const lf_view_scene *scene = painter->scene;
    const lf_view_palette *palette = scene->palette;
    lf_view_uniforms *to = &painter->values;
    double azimuth = SUN_AZIMUTH_DEG * LF_VIEW_PI / 180, up = SUN_HEIGHT_DEG * LF_VIEW_PI / 180;
    lf_view_vec3 sun = {(float)(sin(azimuth) * cos(up)), (float)(cos(azimuth) * cos(up)),
                        (float)sin(up)};
    static const lf_view_mat4 bias = {
        {0.5f, 0, 0, 0, 0, 0.5f, 0, 0, 0, 0, 0.5f, 0, 0.5f, 0.5f, 0.5f, 1}};
    const float direction[3] = {sun.x, sun.y, sun.z};
    to->sun_projection = lf_view_multiply(bias, sun_view(scene, sun));
    set_light(to->sun_direction, direction, 1.0f / (float)painter->shadow_target.width_px);
    set_light(to->sun_light, palette->sun, palette->exposure);
    set_light(to->sky_light, palette->sky, palette->windows);
    set_light(to->bounce_light, palette->bounce, def->theme == LF_THEME_NIGHT ? 1 : 0);
    for (int i = 0; i < 4; i++) {
        to->box[i] = (float)(scene->box[i] - (i % 2 ? scene->centre_y : scene->centre_x));
    }
    set_colour(to->sky_top, palette->sky_top);
    set_colour(to->sky_bottom, palette->sky_bottom);
    set_colour(to->grid_line, palette->grid_line);
    to->heights[0] = scene->highest_m;
    to->heights[1] = scene->plinth_m;
    to->heights[2] = painter->water_ramp.value[painter->water_ramp.count - 1];
}

static void draw_depth(lf_view_painter *painter, const lf_gpu_target *target,
                       const lf_view_mat4 *matrix, const int *meshes, int count) {
    lf_gpu_target_use(target);
    glClear(GL_DEPTH_BUFFER_BIT);
    glUseProgram(painter->depth);
    glUniformMatrix4fv(0, 1, GL_FALSE, matrix->m);
    for (int i = 0; i < count; i++) {
        lf_view_card_draw(&painter->mesh[meshes[i]]);
    }
}

static void draw_map(lf_view_painter *painter) {
    const lf_view_palette *palette = painter->scene->palette;
    lf_view_mat4 above = from_above(painter->scene);
    lf_gpu_target_use(&painter->map_target);
    glDisable(GL_DEPTH_TEST);
    glClearColor((float)palette->ground.r / 255, (float)palette->ground.g / 255,
                 (float)palette->ground.b / 255, 1);
    glClear(GL_COLOR_BUFFER_BIT);
    glUseProgram(painter->map);
    glUniformMatrix4fv(0, 1, GL_FALSE, above.m);
    lf_view_card_draw(&painter->mesh[LF_VIEW_ON_MAP]);
    glGenerateTextureMipmap(painter->map_target.colour);
    glEnable(GL_DEPTH_TEST);
}

// values and the uniform buffer hold the scene's light already.
void lf_view_maps_draw(lf_view_painter *painter, bool bare) {
    static const int casting[] = {LF_VIEW_ON_SOLID, LF_VIEW_ON_PINS, LF_VIEW_ON_GROUND,
                                  LF_VIEW_ON_CARS, LF_VIEW_ON_PLANTS};
    static const int standing[] = {LF_VIEW_ON_SOLID, LF_VIEW_ON_GROUND, LF_VIEW_ON_PLANTS};
    glEnable(GL_DEPTH_TEST);
    glDepthMask(GL_TRUE);
    if (painter->map_stale) {
        draw_map(painter);
    }
    if (painter->static_stale || painter->bare != bare) {
        static const lf_view_mat4 unbias = {{2, 0, 0, 0, 0, 2, 0, 0, 0, 0, 2, 0, -1, -1, -1, 1}};
        lf_view_mat4 sun = lf_view_multiply(unbias, painter->values.sun_projection);
        lf_view_mat4 above = from_above(painter->scene);
        glEnable(GL_POLYGON_OFFSET_FILL);
        glPolygonOffset(1.5f, 2);
        draw_depth(painter, &painter->shadow_target, &sun, casting, bare ? 4 : 5);
        glDisable(GL_POLYGON_OFFSET_FILL);
        draw_depth(painter, &painter->height_target, &above, standing, bare ? 2 : 3);
        lf_gpu_target_use(&painter->occlusion_target);
        glDisable(GL_DEPTH_TEST);
        glUseProgram(painter->occlusion);
        glBindTextureUnit(0, painter->height_target.depth);
        glBindVertexArray(painter->empty_array);
        glDrawArrays(GL_TRIANGLES, 0, 3);
        glEnable(GL_DEPTH_TEST);
    }
    painter->map_stale = false;
    painter->static_stale = false;
    painter->bare = bare;
}
