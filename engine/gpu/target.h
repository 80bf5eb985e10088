// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Textures and framebuffers to draw into, with direct state access (OpenGL 4.5).
#ifndef LF_GPU_TARGET_H
#define LF_GPU_TARGET_H

#include "lifang/base.h"
#include <GL/glew.h>

// A framebuffer with at most one colour and one depth texture; 0 where there is none.
typedef struct lf_gpu_target {
    GLuint framebuffer;
    GLuint colour;
    GLuint depth;
    int width_px, height_px;
} lf_gpu_target;

// Formats of 0 leave that attachment out. mipmapped keeps room for mipmaps of the colour.
lf_code lf_gpu_target_create(lf_gpu_target *target, int width_px, int height_px,
                             GLenum colour_format, GLenum depth_format, bool mipmapped,
                             lf_error *error);
void lf_gpu_target_destroy(lf_gpu_target *target);
void lf_gpu_target_use(const lf_gpu_target *target); // binds it and sets the viewport
// A texture of one channel of bytes or floats, linear, clamped to its edge.
GLuint lf_gpu_texture_create(int width, int height, GLenum format, GLenum layout, GLenum type,
                             const void *pixels);
void lf_gpu_texture_destroy(GLuint *texture);
// The largest texture edge of the driver.
int lf_gpu_texture_limit(void);

#endif
