// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The words around and over the picture: foot line, legend, labels.
#ifndef LF_VIEW_SHEET_H
#define LF_VIEW_SHEET_H

#include "view/camera.h"
#include "view/overlay.h"

typedef struct lf_view_sheet {
    const lf_view_scene *scene;
    const lf_view_camera *camera;
    const lf_view_def *def;
    const lf_frame_shot *shot; // NULL = none
    const lf_view_ramp *water, *occupancy, *fill;
    float reserved_left_px; // of a window's panel
    bool labels;
    const lf_shape *marked; // gets an outline; NULL = none
    double marked_m;        // its height; NAN = on the ground
} lf_view_sheet;
// Fills the overlay; begin was called.
void lf_view_sheet_draw(const lf_view_sheet *sheet, lf_view_overlay *overlay);
// Rows of a legend, from low to high: at most seven.
typedef struct lf_view_legend_row {
    char text[48];
    lf_view_colour colour;
} lf_view_legend_row;
int lf_view_legend(const lf_view_ramp *ramp, bool percent, lf_view_legend_row rows[7]);

#endif
