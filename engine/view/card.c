// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// What lives on the card: programs, vertex buffers, ramp and glyph textures.
#include "view/painter.h"
#include <stdlib.h>

static void describe(GLuint array, GLuint place, GLint size, GLenum type, GLboolean scaled,
                     GLuint offset) {
    glEnableVertexArrayAttrib(array, place);
    glVertexArrayAttribFormat(array, place, size, type, scaled, offset);
    glVertexArrayAttribBinding(array, place, 0);
}

static void create_buffers(lf_view_buffers *it) {
    glCreateVertexArrays(1, &it->array);
    glCreateBuffers(1, &it->vertices);
    glCreateBuffers(1, &it->indices);
    glVertexArrayElementBuffer(it->array, it->indices);
    glVertexArrayVertexBuffer(it->array, 0, it->vertices, 0, sizeof(lf_view_vertex));
    describe(it->array, 0, 3, GL_FLOAT, GL_FALSE, offsetof(lf_view_vertex, position));
    describe(it->array, 1, 3, GL_FLOAT, GL_FALSE, offsetof(lf_view_vertex, normal));
    describe(it->array, 2, 4, GL_UNSIGNED_BYTE, GL_TRUE, offsetof(lf_view_vertex, colour));
    describe(it->array, 3, 4, GL_UNSIGNED_BYTE, GL_FALSE, offsetof(lf_view_vertex, info));
    describe(it->array, 4, 2, GL_FLOAT, GL_FALSE, offsetof(lf_view_vertex, uv));
}

static void create_ink_buffers(lf_view_buffers *it) {
    glCreateVertexArrays(1, &it->array);
    glCreateBuffers(1, &it->vertices);
    glVertexArrayVertexBuffer(it->array, 0, it->vertices, 0, sizeof(lf_view_ink));
    describe(it->array, 0, 2, GL_FLOAT, GL_FALSE, offsetof(lf_view_ink, x));
    describe(it->array, 1, 2, GL_FLOAT, GL_FALSE, offsetof(lf_view_ink, u));
    describe(it->array, 2, 4, GL_UNSIGNED_BYTE, GL_TRUE, offsetof(lf_view_ink, colour));
}

static void destroy_buffers(lf_view_buffers *it) {
    glDeleteVertexArrays(1, &it->array);
    glDeleteBuffers(1, &it->vertices);
    glDeleteBuffers(1, &it->indices);
}

void lf_view_card_upload(lf_view_painter *painter, int which, const lf_view_mesh *mesh) {
    lf_view_buffers *it = &painter->mesh[which];
    it->count = (GLsizei)mesh->index_count;
    if (it->count == 0) {
        return;
    }
    glNamedBufferData(it->vertices, (GLsizeiptr)(mesh->count * sizeof *mesh->vertices),
                      mesh->vertices, GL_STATIC_DRAW);
    glNamedBufferData(it->indices, (GLsizeiptr)(mesh->index_count * sizeof *mesh->indices),
                      mesh->indices, GL_STATIC_DRAW);
}

void lf_view_card_draw(const lf_view_buffers *buffers) {
    if (buffers->count > 0) {
        glBindVertexArray(buffers->array);
        glDrawElements(GL_TRIANGLES, buffers->count, GL_UNSIGNED_INT, NULL);
    }
}

void lf_view_card_ink(lf_view_painter *painter) {
    const lf_view_overlay *sheet = &painter->sheet;
    if (sheet->count == 0) {
        return;
    }
    if (painter->glyph_count != lf_view_font_glyph_count(painter->font)) {
        painter->glyph_count = lf_view_font_glyph_count(painter->font);
        glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
        glTextureSubImage2D(painter->glyphs, 0, 0, 0, LF_VIEW_ATLAS_EDGE, LF_VIEW_ATLAS_EDGE,
                            GL_RED, GL_UNSIGNED_BYTE, lf_view_font_atlas(painter->font));
    }
    glNamedBufferData(painter->ink.vertices, (GLsizeiptr)(sheet->count * sizeof *sheet->inks),
                      sheet->inks, GL_STREAM_DRAW);
    glUseProgram(painter->overlay);
    glUniform2f(0, (float)sheet->width_px, (float)sheet->height_px);
    glBindTextureUnit(0, painter->glyphs);
    glBindVertexArray(painter->ink.array);
    glDrawArrays(GL_TRIANGLES, 0, (GLsizei)sheet->count);
}

static lf_code build_programs(lf_view_painter *it, lf_error *error) {
    const struct {
        GLuint *program;
        const char *vertex, *fragment;
    } list[] = {
        {&it->solid, "draw/solid.vert", "draw/solid.frag"},
        {&it->ground, "draw/solid.vert", "draw/ground.frag"},
        {&it->water, "draw/solid.vert", "draw/water.frag"},
        {&it->depth, "draw/depth.vert", NULL},
        {&it->map, "draw/map.vert", "draw/map.frag"},
        {&it->sky, "draw/full.vert", "draw/sky.frag"},
        {&it->table, "draw/table.vert", "draw/table.frag"},
        {&it->occlusion, "draw/full.vert", "draw/occlusion.frag"},
        {&it->resolve, "draw/full.vert", "draw/resolve.frag"},
        {&it->overlay, "draw/overlay.vert", "draw/overlay.frag"},
    };
    lf_code code = LF_OK;
    for (size_t i = 0; i < sizeof list / sizeof list[0] && code == LF_OK; i++) {
        code = lf_gpu_program_create(list[i].vertex, list[i].fragment, list[i].program, error);
    }
    return code;
}

static lf_code read_ramps(lf_view_painter *it, const char *assets, lf_error *error) {
    lf_code code = lf_view_ramp_read(assets, "water", &it->water_ramp, error);
    if (code == LF_OK) {
        code = lf_view_ramp_read(assets, "occupancy", &it->occupancy_ramp, error);
    }
    if (code == LF_OK) {
        code = lf_view_ramp_read(assets, "fill", &it->fill_ramp, error);
    }
    if (code == LF_OK) {
        lf_view_colour texels[LF_VIEW_RAMP_TEXELS];
        lf_view_ramp_texels(&it->water_ramp, texels);
        it->ramp = lf_gpu_texture_create(LF_VIEW_RAMP_TEXELS, 1, GL_RGBA8, GL_RGBA,
                                         GL_UNSIGNED_BYTE, texels);
    }
    return code;
}

lf_code lf_view_painter_create(const lf_gpu *gpu, const char *assets, lf_view_painter **painter,
                               lf_error *error) {
    lf_view_painter *fresh = calloc(1, sizeof *fresh);
    *painter = NULL;
    if (!fresh) {
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for the painter");
    }
    fresh->software = lf_gpu_is_software(gpu);
    lf_code code = build_programs(fresh, error);
    if (code == LF_OK) {
        code = read_ramps(fresh, assets, error);
    }
    if (code == LF_OK) {
        code = lf_view_font_open(&fresh->font, error);
    }
    if (code == LF_OK) {
        code = lf_view_maps_create(fresh, error);
    }
    if (code != LF_OK) {
        lf_view_painter_destroy(fresh);
        return code;
    }
    for (int i = 0; i < LF_VIEW_MESH_COUNT; i++) {
        create_buffers(&fresh->mesh[i]);
    }
    create_ink_buffers(&fresh->ink);
    glCreateVertexArrays(1, &fresh->empty_array);
    glCreateBuffers(1, &fresh->uniforms);
    glNamedBufferData(fresh->uniforms, sizeof(lf_view_uniforms), NULL, GL_DYNAMIC_DRAW);
    fresh->glyphs = lf_gpu_texture_create(LF_VIEW_ATLAS_EDGE, LF_VIEW_ATLAS_EDGE, GL_R8, GL_RED,
                                          GL_UNSIGNED_BYTE, NULL);
    *painter = fresh;
    return LF_OK;
}

void lf_view_painter_destroy(lf_view_painter *painter) {
    if (!painter) {
        return;
    }
    const GLuint programs[] = {
        painter->solid, painter->ground, painter->water,     painter->depth,   painter->map,
        painter->sky,   painter->table,  painter->occlusion, painter->resolve, painter->overlay};
    for (size_t i = 0; i < sizeof programs / sizeof programs[0]; i++) {
        lf_gpu_program_destroy(programs[i]);
    }
    for (int i = 0; i < LF_VIEW_MESH_COUNT; i++) {
        destroy_buffers(&painter->mesh[i]);
    }
    destroy_buffers(&painter->ink);
    glDeleteVertexArrays(1, &painter->empty_array);
    glDeleteBuffers(1, &painter->uniforms);
    lf_gpu_texture_destroy(&painter->ramp);
    lf_gpu_texture_destroy(&painter->glyphs);
    lf_gpu_target_destroy(&painter->map_target);
    lf_gpu_target_destroy(&painter->shadow_target);
    lf_gpu_target_destroy(&painter->height_target);
    lf_gpu_target_destroy(&painter->occlusion_target);
    lf_gpu_target_destroy(&painter->large);
    lf_view_overlay_free(&painter->sheet);
    lf_view_font_close(painter->font);
    free(painter);
}

lf_code lf_view_painter_set_scene(lf_view_painter *painter, const lf_view_scene *scene,
                                  lf_error *error) {
    painter->scene = scene;
    lf_view_card_upload(painter, LF_VIEW_ON_GROUND, &scene->ground);
    lf_view_card_upload(painter, LF_VIEW_ON_SOLID, &scene->solid);
    lf_view_card_upload(painter, LF_VIEW_ON_PLANTS, &scene->plants);
    lf_view_card_upload(painter, LF_VIEW_ON_PINS, &scene->pins);
    lf_view_card_upload(painter, LF_VIEW_ON_PIPES, &scene->pipes);
    lf_view_painter_moment(painter, true);
    if (glGetError() == GL_OUT_OF_MEMORY) {
        return lf_fail(error, LF_MEMORY, LF_FROM_HOST, "the card has no memory for the scene");
    }
    return LF_OK;
}

void lf_view_painter_moment(lf_view_painter *painter, bool map) {
    lf_view_card_upload(painter, LF_VIEW_ON_CARS, &painter->scene->cars);
    lf_view_card_upload(painter, LF_VIEW_ON_WATER, &painter->scene->water);
    if (map) {
        lf_view_card_upload(painter, LF_VIEW_ON_MAP, &painter->scene->map);
        painter->map_stale = true;
    }
    painter->static_stale = true;
}

const lf_view_ramp *lf_view_painter_occupancy(const lf_view_painter *painter) {
    return &painter->occupancy_ramp;
}

const lf_view_ramp *lf_view_painter_water(const lf_view_painter *painter) {
    return &painter->water_ramp;
}
