// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Flat drawing over the scene in pixels from the upper left corner: rectangles, triangles, text.
#ifndef LF_VIEW_OVERLAY_H
#define LF_VIEW_OVERLAY_H

#include "view/font.h"
#include "view/mesh.h"

typedef struct lf_view_ink {
    float x, y, u, v; // u < 0: no glyph
    lf_view_colour colour;
} lf_view_ink;

typedef struct lf_view_overlay {
    lf_view_font *font;
    lf_view_ink *inks; // three per triangle
    size_t count, capacity;
    int width_px, height_px;
    int small_px, middle_px, large_px; // the three sizes of text
    bool failed;
} lf_view_overlay;

void lf_view_overlay_begin(lf_view_overlay *overlay, lf_view_font *font, int width_px,
                           int height_px);
void lf_view_overlay_free(lf_view_overlay *overlay);
void lf_view_overlay_rect(lf_view_overlay *overlay, float x, float y, float width, float height,
                          lf_view_colour colour);
void lf_view_overlay_triangle(lf_view_overlay *overlay, const float points[6],
                              lf_view_colour colour);
void lf_view_overlay_line(lf_view_overlay *overlay, float x0, float y0, float x1, float y1,
                          float width, lf_view_colour colour);
// y is the baseline. Returns the x behind the text.
float lf_view_overlay_text(lf_view_overlay *overlay, float x, float y, int size_px,
                           lf_view_colour colour, const char *text);
// The same with a rim of another colour around each letter.
float lf_view_overlay_text_rimmed(lf_view_overlay *overlay, float x, float y, int size_px,
                                  lf_view_colour colour, lf_view_colour rim, const char *text);
float lf_view_overlay_text_width(lf_view_overlay *overlay, int size_px, const char *text);

#endif
