// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Twin + result -> pictures and the interactive window. Reads const, never writes state.
#ifndef LIFANG_VIEW_H
#define LIFANG_VIEW_H

#include "lifang/result.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum lf_theme { LF_THEME_DAY, LF_THEME_NIGHT } lf_theme;
typedef enum lf_view_layer {
    LF_SHOW_DEPTH,
    LF_SHOW_MAX_DEPTH,
    LF_SHOW_OCCUPANCY,
    LF_SHOW_NOTHING
} lf_view_layer;

// What to draw. Made by lf_default_view_def().
typedef struct lf_view_def {
    int width_px, height_px;
    lf_theme theme;
    lf_view_layer show;
    double time_s;           // moment of the frames; NAN = the moment of the greatest flooded area
    bool chinese;            // language of labels
    bool xray;               // ground becomes glass, pipes show
    double azimuth_deg;      // where the camera looks, clockwise from north
    double tilt_deg;         // below the horizon
    double distance_ratio;   // 1 = the estate fills the frame
    double look_at_ratio[2]; // 0.5, 0.5 = centre of the estate
    double water_scale;      // vertical exaggeration of water, printed when not 1
    double start_clock_s;
    const char *assets; // folder with fonts, ramps; NULL = lf_asset_path
    uint32_t cookie;
} lf_view_def;
lf_view_def lf_default_view_def(void);

// Draws one picture without a display (SDL offscreen or EGL; llvmpipe is enough). Atomic.
// LF_UNAVAILABLE when no OpenGL 4.5 context can be had.
lf_code lf_view_render(const lf_option_result *option, const lf_view_def *def, const char *png_path,
                       lf_error *error);
// Several pictures with one context.
lf_code lf_view_render_many(const lf_option_result *const *options, const lf_view_def *defs,
                            const char *const *png_paths, int count, lf_error *error);
// Opens the window and runs until it is closed. frames_limit 0 = no limit (tests give a limit).
// screenshot: PNG of the last frame, or NULL.
lf_code lf_view_window(const lf_result *result, const lf_view_def *def, int frames_limit,
                       const char *screenshot, lf_error *error);

#ifdef __cplusplus
}
#endif
#endif
