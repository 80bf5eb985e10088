// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Textures and framebuffers.
#include "gpu/target.h"
#include <string.h>

static int mip_levels(int width, int height) {
    int levels = 1;
    for (int edge = width > height ? width : height; edge > 1; edge /= 2) {
        levels++;
    }
    return levels;
}

static GLuint make_texture(int width, int height, GLenum format, int levels) {
    GLuint texture = 0;
    glCreateTextures(GL_TEXTURE_2D, 1, &texture);
    glTextureStorage2D(texture, levels, format, width, height);
    glTextureParameteri(texture, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
    glTextureParameteri(texture, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
    glTextureParameteri(texture, GL_TEXTURE_MAG_FILTER, GL_LINEAR);
    glTextureParameteri(texture, GL_TEXTURE_MIN_FILTER,
                        levels > 1 ? GL_LINEAR_MIPMAP_LINEAR : GL_LINEAR);
    return texture;
}

lf_code lf_gpu_target_create(lf_gpu_target *target, int width_px, int height_px,
                             GLenum colour_format, GLenum depth_format, bool mipmapped,
                             lf_error *error) {
    memset(target, 0, sizeof *target);
    target->width_px = width_px;
    target->height_px = height_px;
    glCreateFramebuffers(1, &target->framebuffer);
    if (colour_format) {
        int levels = mipmapped ? mip_levels(width_px, height_px) : 1;
        target->colour = make_texture(width_px, height_px, colour_format, levels);
        glNamedFramebufferTexture(target->framebuffer, GL_COLOR_ATTACHMENT0, target->colour, 0);
    } else {
        glNamedFramebufferDrawBuffer(target->framebuffer, GL_NONE);
    }
    if (depth_format) {
        target->depth = make_texture(width_px, height_px, depth_format, 1);
        glNamedFramebufferTexture(target->framebuffer, GL_DEPTH_ATTACHMENT, target->depth, 0);
    }
    if (glCheckNamedFramebufferStatus(target->framebuffer, GL_FRAMEBUFFER) !=
            GL_FRAMEBUFFER_COMPLETE ||
        glGetError() != GL_NO_ERROR) {
        lf_gpu_target_destroy(target);
        return lf_fail(error, LF_UNAVAILABLE, LF_FROM_HOST,
                       "the driver cannot draw into %d x %d pixels; ask for a smaller picture",
                       width_px, height_px);
    }
    return LF_OK;
}

void lf_gpu_target_destroy(lf_gpu_target *target) {
    lf_gpu_texture_destroy(&target->colour);
    lf_gpu_texture_destroy(&target->depth);
    if (target->framebuffer) {
        glDeleteFramebuffers(1, &target->framebuffer);
    }
    target->framebuffer = 0;
}

void lf_gpu_target_use(const lf_gpu_target *target) {
    glBindFramebuffer(GL_FRAMEBUFFER, target->framebuffer);
    glViewport(0, 0, target->width_px, target->height_px);
}

GLuint lf_gpu_texture_create(int width, int height, GLenum format, GLenum layout, GLenum type,
                             const void *pixels) {
    GLuint texture = make_texture(width, height, format, 1);
    if (pixels) {
        glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
        glTextureSubImage2D(texture, 0, 0, 0, width, height, layout, type, pixels);
    }
    return texture;
}

void lf_gpu_texture_destroy(GLuint *texture) {
    if (*texture) {
        glDeleteTextures(1, texture);
    }
    *texture = 0;
}

int lf_gpu_texture_limit(void) {
    GLint limit = 0;
    glGetIntegerv(GL_MAX_TEXTURE_SIZE, &limit);
    return limit;
}
