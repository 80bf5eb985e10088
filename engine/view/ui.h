// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The panel of the window behind a C header: the only file that knows Dear ImGui is ui.cpp.
#ifndef LF_VIEW_UI_H
#define LF_VIEW_UI_H

#include "lifang/view.h"
#include "view/pick.h"
#include "view/sheet.h"

#ifdef __cplusplus
extern "C" {
#endif

// What the panel shows and what its user changes.
typedef struct lf_view_panel {
    const lf_result *result;
    const lf_option_result *option; // the one shown
    const lf_view_fact *facts;
    int fact_count;
    bool picked;
    float width_px;
    int frame_count;
    double frame_time_s;
    // Changed in place:
    lf_view_def *def;
    int option_index;
    int frame;
    bool playing, labels, reset_camera, save_picture;
    float frames_per_s;
} lf_view_panel;

typedef struct lf_view_ui lf_view_ui;

// font_path: a typeface with Chinese; the full range of characters is loaded.
lf_view_ui *lf_view_ui_create(void *sdl_window, void *gl_context, const char *font_path,
                              float font_px);
void lf_view_ui_destroy(lf_view_ui *ui);
void lf_view_ui_event(lf_view_ui *ui, const void *sdl_event);
bool lf_view_ui_takes_mouse(const lf_view_ui *ui);
bool lf_view_ui_takes_keys(const lf_view_ui *ui);
// Builds and draws the panel into the current framebuffer.
void lf_view_ui_draw(lf_view_ui *ui, lf_view_panel *panel);

#ifdef __cplusplus
}
#endif
#endif
