// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Programs built from files in shaders/. A file may say `#include "draw/light.glsl"` on a line of
// its own; compile errors come back with the file and line they are in.
#ifndef LF_GPU_PROGRAM_H
#define LF_GPU_PROGRAM_H

#include "lifang/base.h"
#include <GL/glew.h>

// Path of a shader ("draw/solid.vert"): $LIFANG_SHADERS, the source tree, the installed place.
lf_code lf_gpu_shader_path(const char *name, char *out, size_t size, lf_error *error);
// Text of a shader with its includes in place (each file at most once), malloc'd; `#line N M` lines
// keep the places: M counts the files in the order in which they were opened (see program.c).
lf_code lf_gpu_shader_text(const char *name, char **text, lf_error *error);
// fragment NULL makes a depth-only program. Needs a current context. 0 on failure.
lf_code lf_gpu_program_create(const char *vertex, const char *fragment, GLuint *program,
                              lf_error *error);
// defines: "#define A 1\n..." lines that stand behind the #version line; NULL = none.
lf_code lf_gpu_program_create_compute(const char *compute, const char *defines, GLuint *program,
                                      lf_error *error);
void lf_gpu_program_destroy(GLuint program);

#endif
