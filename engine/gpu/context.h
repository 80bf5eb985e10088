// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// An OpenGL 4.5 core context: without a display (EGL device or surfaceless platform, then SDL's
// offscreen driver) or in an SDL2 window. One context at a time per thread; it is current on the
// thread that opened it.
#ifndef LF_GPU_CONTEXT_H
#define LF_GPU_CONTEXT_H

#include "lifang/base.h"
#include <GL/glew.h>

typedef struct lf_gpu lf_gpu;

// LF_UNAVAILABLE (LF_FROM_HOST) with a sentence that says what was tried.
lf_code lf_gpu_open_offscreen(lf_gpu **gpu, lf_error *error);
lf_code lf_gpu_open_window(const char *title, int width_px, int height_px, lf_gpu **gpu,
                           lf_error *error);
void lf_gpu_close(lf_gpu *gpu); // NULL is fine
// Makes the context current on the calling thread; cheap where it is already. It must not be
// current on another thread: lf_gpu_leave there first.
lf_code lf_gpu_enter(lf_gpu *gpu, lf_error *error);
void lf_gpu_leave(lf_gpu *gpu);

bool lf_gpu_is_software(const lf_gpu *gpu); // llvmpipe, softpipe, swrast
const char *lf_gpu_renderer(const lf_gpu *gpu);
void *lf_gpu_window(const lf_gpu *gpu);      // SDL_Window *, NULL without a window
void *lf_gpu_sdl_context(const lf_gpu *gpu); // SDL_GLContext, NULL without a window
void lf_gpu_present(lf_gpu *gpu);            // swaps the window's buffers

#endif
