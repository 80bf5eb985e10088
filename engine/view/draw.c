// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The passes of a picture: solid things, ground, table, sky, water, then the words. In x-ray the
// underground comes first and everything above it turns to glass.
#include "view/painter.h"

static void set_camera(lf_view_painter *painter, const lf_view_shot *shot) {
    lf_view_uniforms *to = &painter->values;
    lf_view_vec3 eye = lf_view_camera_eye(shot->camera);
    to->view_projection = lf_view_camera_matrix(shot->camera);
    to->eye[0] = eye.x;
    to->eye[1] = eye.y;
    to->eye[2] = eye.z;
    to->eye[3] = shot->def->xray ? 1 : 0;
    to->heights[3] = (float)shot->wave_s;
    to->grid_line[3] =
        lf_view_camera_pixel_m(shot->camera, shot->def->height_px) / shot->camera->distance_m;
}

static lf_code prepare_target(lf_view_painter *painter, const lf_view_shot *shot, lf_error *error) {
    int width = (int)lroundf((float)shot->def->width_px * shot->samples);
    int height = (int)lroundf((float)shot->def->height_px * shot->samples);
    int limit = lf_gpu_texture_limit();
    width = width < limit ? width : limit;
    height = height < limit ? height : limit;
    if (painter->large.width_px == width && painter->large.height_px == height &&
        painter->large.framebuffer) {
        return LF_OK;
    }
    lf_gpu_target_destroy(&painter->large);
    return lf_gpu_target_create(&painter->large, width, height, GL_RGBA8, GL_DEPTH_COMPONENT32F,
                                false, error);
}

static void draw_mesh(lf_view_painter *painter, GLuint program, int which, float alpha) {
    glUseProgram(program);
    glUniform1f(0, alpha);
    lf_view_card_draw(&painter->mesh[which]);
}

static void draw_sky(lf_view_painter *painter) {
    glBindVertexArray(painter->empty_array);
    glUseProgram(painter->sky);
    glDrawArrays(GL_TRIANGLES, 0, 3);
}

// Blended over the sky: paper with the plinth's shadow.
static void draw_table(lf_view_painter *painter) {
    glEnable(GL_BLEND);
    glDepthMask(GL_FALSE);
    glBindVertexArray(painter->empty_array);
    glUseProgram(painter->table);
    glDrawArrays(GL_TRIANGLE_STRIP, 0, 4);
    glDepthMask(GL_TRUE);
    glDisable(GL_BLEND);
}

static void draw_water(lf_view_painter *painter) {
    glEnable(GL_BLEND);
    glDepthMask(GL_FALSE);
    glEnable(GL_POLYGON_OFFSET_FILL);
    glPolygonOffset(-2, -4);
    glBindTextureUnit(0, painter->ramp);
    glUseProgram(painter->water);
    lf_view_card_draw(&painter->mesh[LF_VIEW_ON_WATER]);
    glDisable(GL_POLYGON_OFFSET_FILL);
    glDepthMask(GL_TRUE);
    glDisable(GL_BLEND);
}

// A glass layer: nearest faces only, so that glass does not show its own back.
static void draw_glass(lf_view_painter *painter, GLuint program, int which, float alpha) {
    glColorMask(GL_FALSE, GL_FALSE, GL_FALSE, GL_FALSE);
    draw_mesh(painter, program, which, alpha);
    glColorMask(GL_TRUE, GL_TRUE, GL_TRUE, GL_TRUE);
    glDepthFunc(GL_LEQUAL);
    glEnable(GL_BLEND);
    draw_mesh(painter, program, which, alpha);
    glDisable(GL_BLEND);
    glDepthFunc(GL_LESS);
}

// Crowns hide stalls: where stalls are the subject, trees turn to glass.
static void draw_open_air(lf_view_painter *painter, bool thin_trees) {
    draw_mesh(painter, painter->solid, LF_VIEW_ON_SOLID, 1);
    if (!thin_trees) {
        draw_mesh(painter, painter->solid, LF_VIEW_ON_PLANTS, 1);
    }
    draw_mesh(painter, painter->solid, LF_VIEW_ON_CARS, 1);
    draw_mesh(painter, painter->solid, LF_VIEW_ON_PINS, 1);
    glBindTextureUnit(0, painter->map_target.colour);
    draw_mesh(painter, painter->ground, LF_VIEW_ON_GROUND, 1);
    draw_sky(painter);
    draw_table(painter);
    draw_water(painter);
    if (thin_trees) {
        draw_glass(painter, painter->solid, LF_VIEW_ON_PLANTS, 0.28f);
    }
}

static void draw_xray(lf_view_painter *painter) {
    draw_sky(painter);
    draw_table(painter);
    draw_mesh(painter, painter->solid, LF_VIEW_ON_PIPES, 1);
    glBindTextureUnit(0, painter->map_target.colour);
    draw_glass(painter, painter->ground, LF_VIEW_ON_GROUND, 0.42f);
    draw_water(painter);
    draw_glass(painter, painter->solid, LF_VIEW_ON_SOLID, 0.34f);
    draw_mesh(painter, painter->solid, LF_VIEW_ON_PINS, 1);
    // The glass has taken their colour: pipes shine through it.
    glDepthFunc(GL_ALWAYS);
    glDepthMask(GL_FALSE);
    glEnable(GL_BLEND);
    draw_mesh(painter, painter->solid, LF_VIEW_ON_PIPES, 0.7f);
    glDisable(GL_BLEND);
    glDepthMask(GL_TRUE);
    glDepthFunc(GL_LESS);
}

static void draw_scene(lf_view_painter *painter, const lf_view_def *def) {
    lf_gpu_target_use(&painter->large);
    glEnable(GL_DEPTH_TEST);
    glDepthFunc(GL_LESS);
    glClear(GL_DEPTH_BUFFER_BIT);
    glBlendFunc(GL_SRC_ALPHA, GL_ONE_MINUS_SRC_ALPHA);
    glBindTextureUnit(1, painter->shadow_target.depth);
    glBindTextureUnit(2, painter->occlusion_target.colour);
    if (def->xray) {
        draw_xray(painter);
    } else {
        draw_open_air(painter, def->show == LF_SHOW_OCCUPANCY);
    }
}

static void resolve(lf_view_painter *painter, const lf_view_def *def, GLuint target) {
    glBindFramebuffer(GL_FRAMEBUFFER, target);
    glViewport(0, 0, def->width_px, def->height_px);
    glDisable(GL_DEPTH_TEST);
    glUseProgram(painter->resolve);
    glUniform2f(0, 0.5f / (float)def->width_px, 0.5f / (float)def->height_px);
    glBindTextureUnit(0, painter->large.colour);
    glBindVertexArray(painter->empty_array);
    glDrawArrays(GL_TRIANGLES, 0, 3);
}

static void draw_words(lf_view_painter *painter, const lf_view_shot *shot) {
    lf_view_sheet sheet = {.scene = painter->scene,
                           .camera = shot->camera,
                           .def = shot->def,
                           .shot = shot->moment,
                           .water = &painter->water_ramp,
                           .occupancy = &painter->occupancy_ramp,
                           .fill = &painter->fill_ramp,
                           .reserved_left_px = shot->reserved_left_px,
                           .marked = shot->marked,
                           .marked_m = shot->marked_m,
                           .labels = shot->labels};
    lf_view_overlay_begin(&painter->sheet, painter->font, shot->def->width_px,
                          shot->def->height_px);
    lf_view_sheet_draw(&sheet, &painter->sheet);
    glEnable(GL_BLEND);
    glBlendFunc(GL_SRC_ALPHA, GL_ONE_MINUS_SRC_ALPHA);
    lf_view_card_ink(painter);
    glDisable(GL_BLEND);
}

lf_code lf_view_painter_draw(lf_view_painter *painter, const lf_view_shot *shot, GLuint target,
                             lf_error *error) {
    lf_code code = prepare_target(painter, shot, error);
    if (code != LF_OK) {
        return code;
    }
    if (!shot->reuse) {
        lf_view_maps_light(painter, shot->def);
        set_camera(painter, shot);
        glNamedBufferSubData(painter->uniforms, 0, sizeof painter->values, &painter->values);
        glBindBufferBase(GL_UNIFORM_BUFFER, 0, painter->uniforms);
        lf_view_maps_draw(painter, shot->def->xray || shot->def->show == LF_SHOW_OCCUPANCY);
        draw_scene(painter, shot->def);
    }
    resolve(painter, shot->def, target);
    draw_words(painter, shot);
    if (painter->sheet.failed) {
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for the words of the picture");
    }
    return LF_OK;
}
