// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Opens and closes OpenGL contexts. EGL is tried first: a graphics card without a display offers
// itself as a device, and Mesa's surfaceless platform gives llvmpipe anywhere.
#include "gpu/context.h"
#include <EGL/egl.h>
#include <EGL/eglext.h>
#include <SDL2/SDL.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DEVICE_LIMIT = 16 };

struct lf_gpu {
    EGLDisplay display;
    EGLContext context;
    SDL_Window *window;
    SDL_GLContext sdl_context;
    bool sdl; // SDL's video was started
    char renderer[128];
};

// glewInit() answers 4 (no GLX display) under EGL although every function was loaded.
static bool load_functions(lf_gpu *gpu, char *why, size_t why_size) {
    glewExperimental = GL_TRUE;
    GLenum answer = glewInit();
    if (answer != GLEW_OK && answer != GLEW_ERROR_NO_GLX_DISPLAY) {
        snprintf(why, why_size, "GLEW: %s", (const char *)glewGetErrorString(answer));
        return false;
    }
    while (glGetError() != GL_NO_ERROR) {
    }
    if (!GLEW_VERSION_4_5) {
        snprintf(why, why_size, "the driver offers OpenGL %s",
                 (const char *)glGetString(GL_VERSION));
        return false;
    }
    snprintf(gpu->renderer, sizeof gpu->renderer, "%s", (const char *)glGetString(GL_RENDERER));
    return true;
}

// The display stays initialised: it is one per device and process, and eglTerminate would take it
// from the contexts of other threads.
static void close_egl(lf_gpu *gpu) {
    if (gpu->display == EGL_NO_DISPLAY) {
        return;
    }
    if (eglGetCurrentContext() == gpu->context) {
        eglMakeCurrent(gpu->display, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
    }
    if (gpu->context != EGL_NO_CONTEXT) {
        eglDestroyContext(gpu->display, gpu->context);
    }
    gpu->display = EGL_NO_DISPLAY;
    gpu->context = EGL_NO_CONTEXT;
}

static bool open_on_display(lf_gpu *gpu, EGLDisplay display, char *why, size_t why_size) {
    static const EGLint wanted[] = {EGL_CONTEXT_MAJOR_VERSION,
                                    4,
                                    EGL_CONTEXT_MINOR_VERSION,
                                    5,
                                    EGL_CONTEXT_OPENGL_PROFILE_MASK,
                                    EGL_CONTEXT_OPENGL_CORE_PROFILE_BIT,
                                    EGL_NONE};
    if (display == EGL_NO_DISPLAY || !eglInitialize(display, NULL, NULL)) {
        snprintf(why, why_size, "no EGL display");
        return false;
    }
    gpu->display = display;
    eglBindAPI(EGL_OPENGL_API);
    gpu->context = eglCreateContext(display, EGL_NO_CONFIG_KHR, EGL_NO_CONTEXT, wanted);
    if (gpu->context == EGL_NO_CONTEXT) {
        snprintf(why, why_size, "EGL gives no OpenGL 4.5 core context");
    } else if (!eglMakeCurrent(display, EGL_NO_SURFACE, EGL_NO_SURFACE, gpu->context)) {
        snprintf(why, why_size, "EGL cannot make a context current without a surface");
    } else if (load_functions(gpu, why, why_size)) {
        return true;
    }
    close_egl(gpu);
    return false;
}

static bool open_egl(lf_gpu *gpu, char *why, size_t why_size) {
    PFNEGLGETPLATFORMDISPLAYEXTPROC get_display =
        (PFNEGLGETPLATFORMDISPLAYEXTPROC)eglGetProcAddress("eglGetPlatformDisplayEXT");
    PFNEGLQUERYDEVICESEXTPROC query_devices =
        (PFNEGLQUERYDEVICESEXTPROC)eglGetProcAddress("eglQueryDevicesEXT");
    if (!get_display) {
        snprintf(why, why_size, "EGL knows no platform displays");
        return false;
    }
    EGLDeviceEXT devices[DEVICE_LIMIT];
    EGLint count = 0;
    if (query_devices && query_devices(DEVICE_LIMIT, devices, &count)) {
        for (EGLint i = 0; i < count; i++) {
            EGLDisplay display = get_display(EGL_PLATFORM_DEVICE_EXT, devices[i], NULL);
            if (open_on_display(gpu, display, why, why_size)) {
                return true;
            }
        }
    }
    return open_on_display(
        gpu, get_display(EGL_PLATFORM_SURFACELESS_MESA, EGL_DEFAULT_DISPLAY, NULL), why, why_size);
}

static void close_sdl(lf_gpu *gpu) {
    if (gpu->sdl_context) {
        SDL_GL_DeleteContext(gpu->sdl_context);
    }
    if (gpu->window) {
        SDL_DestroyWindow(gpu->window);
    }
    if (gpu->sdl) {
        SDL_QuitSubSystem(SDL_INIT_VIDEO);
    }
    gpu->sdl_context = NULL;
    gpu->window = NULL;
    gpu->sdl = false;
}

static bool open_sdl(lf_gpu *gpu, const char *title, int width_px, int height_px, Uint32 flags,
                     char *why, size_t why_size) {
    SDL_SetMainReady();
    SDL_SetHint(SDL_HINT_NO_SIGNAL_HANDLERS, "1");
    if (SDL_InitSubSystem(SDL_INIT_VIDEO) != 0) {
        snprintf(why, why_size, "SDL: %s", SDL_GetError());
        return false;
    }
    gpu->sdl = true;
    SDL_GL_SetAttribute(SDL_GL_CONTEXT_MAJOR_VERSION, 4);
    SDL_GL_SetAttribute(SDL_GL_CONTEXT_MINOR_VERSION, 5);
    SDL_GL_SetAttribute(SDL_GL_CONTEXT_PROFILE_MASK, SDL_GL_CONTEXT_PROFILE_CORE);
    SDL_GL_SetAttribute(SDL_GL_DOUBLEBUFFER, 1);
    gpu->window = SDL_CreateWindow(title, SDL_WINDOWPOS_CENTERED, SDL_WINDOWPOS_CENTERED, width_px,
                                   height_px, SDL_WINDOW_OPENGL | flags);
    gpu->sdl_context = gpu->window ? SDL_GL_CreateContext(gpu->window) : NULL;
    if (!gpu->sdl_context) {
        snprintf(why, why_size, "SDL: %s", SDL_GetError());
        close_sdl(gpu);
        return false;
    }
    if (!load_functions(gpu, why, why_size)) {
        close_sdl(gpu);
        return false;
    }
    return true;
}

lf_code lf_gpu_open_offscreen(lf_gpu **gpu, lf_error *error) {
    char egl[160] = "", sdl[160] = "";
    lf_gpu *fresh = calloc(1, sizeof *fresh);
    *gpu = NULL;
    if (!fresh) {
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for an OpenGL context");
    }
    fresh->display = EGL_NO_DISPLAY;
    fresh->context = EGL_NO_CONTEXT;
    if (open_egl(fresh, egl, sizeof egl)) {
        *gpu = fresh;
        return LF_OK;
    }
    SDL_SetHint(SDL_HINT_VIDEODRIVER, "offscreen");
    if (open_sdl(fresh, "lifang", 64, 64, SDL_WINDOW_HIDDEN, sdl, sizeof sdl)) {
        *gpu = fresh;
        return LF_OK;
    }
    free(fresh);
    return lf_fail(error, LF_UNAVAILABLE, LF_FROM_HOST,
                   "no OpenGL 4.5 without a display (EGL: %s; SDL offscreen: %s); install a "
                   "graphics driver or Mesa (libgl1-mesa-dri, libegl1)",
                   egl, sdl);
}

lf_code lf_gpu_open_window(const char *title, int width_px, int height_px, lf_gpu **gpu,
                           lf_error *error) {
    char why[160] = "";
    lf_gpu *fresh = calloc(1, sizeof *fresh);
    *gpu = NULL;
    if (!fresh) {
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for a window");
    }
    fresh->display = EGL_NO_DISPLAY;
    fresh->context = EGL_NO_CONTEXT;
    if (!open_sdl(fresh, title, width_px, height_px, SDL_WINDOW_RESIZABLE, why, sizeof why)) {
        free(fresh);
        return lf_fail(error, LF_UNAVAILABLE, LF_FROM_HOST,
                       "no window with OpenGL 4.5 (%s); is there a display (DISPLAY, "
                       "WAYLAND_DISPLAY)? `lifang render` needs none",
                       why);
    }
    SDL_GL_SetSwapInterval(1);
    *gpu = fresh;
    return LF_OK;
}

void lf_gpu_close(lf_gpu *gpu) {
    if (!gpu) {
        return;
    }
    close_egl(gpu);
    close_sdl(gpu);
    free(gpu);
}

lf_code lf_gpu_enter(lf_gpu *gpu, lf_error *error) {
    bool good = true;
    if (gpu->sdl_context) {
        good = SDL_GL_GetCurrentContext() == gpu->sdl_context ||
               SDL_GL_MakeCurrent(gpu->window, gpu->sdl_context) == 0;
    } else if (eglGetCurrentContext() != gpu->context) {
        eglBindAPI(EGL_OPENGL_API); // a setting of the thread
        good = eglMakeCurrent(gpu->display, EGL_NO_SURFACE, EGL_NO_SURFACE, gpu->context);
    }
    return good ? LF_OK
                : lf_fail(error, LF_UNAVAILABLE, LF_FROM_HOST,
                          "the OpenGL context cannot be used on this thread");
}

void lf_gpu_leave(lf_gpu *gpu) {
    if (gpu->sdl_context) {
        SDL_GL_MakeCurrent(gpu->window, NULL);
    } else {
        eglMakeCurrent(gpu->display, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
    }
}

bool lf_gpu_is_software(const lf_gpu *gpu) {
    return strstr(gpu->renderer, "llvmpipe") || strstr(gpu->renderer, "softpipe") ||
           strstr(gpu->renderer, "swrast");
}

const char *lf_gpu_renderer(const lf_gpu *gpu) {
    return gpu->renderer;
}

void *lf_gpu_window(const lf_gpu *gpu) {
    return gpu->window;
}

void *lf_gpu_sdl_context(const lf_gpu *gpu) {
    return gpu->sdl_context;
}

void lf_gpu_present(lf_gpu *gpu) {
    if (gpu->window) {
        SDL_GL_SwapWindow(gpu->window);
    }
}
