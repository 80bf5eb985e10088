// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Collects coloured triangles; draw.c sends them to the card.
#include "view/overlay.h"
#include "base/memory.h"
#include <math.h>

void lf_view_overlay_begin(lf_view_overlay *overlay, lf_view_font *font, int width_px,
                           int height_px) {
    overlay->font = font;
    overlay->count = 0;
    overlay->width_px = width_px;
    overlay->height_px = height_px;
    // Never below 12 px at 1080 lines, nor below 1/90 of the height.
    double height = fmin(height_px, width_px * 0.75);
    overlay->small_px = (int)fmax(12, lround(height / 72));
    overlay->middle_px = (int)fmax(14, lround(height / 58));
    overlay->large_px = (int)fmax(18, lround(height / 42));
}

void lf_view_overlay_free(lf_view_overlay *overlay) {
    lf_memory_give(NULL, overlay->inks, overlay->capacity * sizeof *overlay->inks);
    *overlay = (lf_view_overlay){0};
}

static void add_ink(lf_view_overlay *overlay, float x, float y, float u, float v,
                    lf_view_colour colour) {
    if (!lf_memory_grow(NULL, (void **)&overlay->inks, &overlay->capacity, overlay->count + 1,
                        sizeof *overlay->inks)) {
        overlay->failed = true;
        return;
    }
    overlay->inks[overlay->count++] = (lf_view_ink){x, y, u, v, colour};
}

static void add_quad(lf_view_overlay *overlay, const float box[4], const float uv[4],
                     lf_view_colour colour) {
    static const int order[6] = {0, 1, 2, 0, 2, 3};
    for (int i = 0; i < 6; i++) {
        int right = order[i] == 1 || order[i] == 2, low = order[i] >= 2;
        add_ink(overlay, box[right ? 2 : 0], box[low ? 3 : 1], uv[right ? 2 : 0], uv[low ? 3 : 1],
                colour);
    }
}

void lf_view_overlay_rect(lf_view_overlay *overlay, float x, float y, float width, float height,
                          lf_view_colour colour) {
    const float box[4] = {x, y, x + width, y + height}, none[4] = {-1, -1, -1, -1};
    add_quad(overlay, box, none, colour);
}

void lf_view_overlay_triangle(lf_view_overlay *overlay, const float points[6],
                              lf_view_colour colour) {
    for (int i = 0; i < 3; i++) {
        add_ink(overlay, points[2 * i], points[2 * i + 1], -1, -1, colour);
    }
}

void lf_view_overlay_line(lf_view_overlay *overlay, float x0, float y0, float x1, float y1,
                          float width, lf_view_colour colour) {
    float length = hypotf(x1 - x0, y1 - y0);
    float nx = length > 0 ? -(y1 - y0) / length * width / 2 : 0;
    float ny = length > 0 ? (x1 - x0) / length * width / 2 : 0;
    const float a[6] = {x0 + nx, y0 + ny, x1 + nx, y1 + ny, x1 - nx, y1 - ny};
    const float b[6] = {x0 + nx, y0 + ny, x1 - nx, y1 - ny, x0 - nx, y0 - ny};
    lf_view_overlay_triangle(overlay, a, colour);
    lf_view_overlay_triangle(overlay, b, colour);
}

float lf_view_overlay_text(lf_view_overlay *overlay, float x, float y, int size_px,
                           lf_view_colour colour, const char *text) {
    const float unit = 1.0f / LF_VIEW_ATLAS_EDGE;
    for (uint32_t code; (code = lf_view_utf8_next(&text)) != 0;) {
        const lf_view_glyph *glyph = lf_view_font_glyph(overlay->font, code, size_px);
        if (!glyph) {
            continue;
        }
        float left = roundf(x) + (float)glyph->left, top = roundf(y) - (float)glyph->top;
        const float box[4] = {left, top, left + (float)glyph->width, top + (float)glyph->height};
        const float uv[4] = {(float)glyph->x * unit, (float)glyph->y * unit,
                             (float)(glyph->x + glyph->width) * unit,
                             (float)(glyph->y + glyph->height) * unit};
        if (glyph->width > 0) {
            add_quad(overlay, box, uv, colour);
        }
        x += glyph->advance;
    }
    return x;
}

float lf_view_overlay_text_rimmed(lf_view_overlay *overlay, float x, float y, int size_px,
                                  lf_view_colour colour, lf_view_colour rim, const char *text) {
    for (int i = 0; i < 8; i++) {
        double angle = LF_VIEW_PI * i / 4;
        float reach = fmaxf(1.0f, roundf((float)size_px / 11));
        lf_view_overlay_text(overlay, x + roundf((float)cos(angle) * reach),
                             y + roundf((float)sin(angle) * reach), size_px, rim, text);
    }
    return lf_view_overlay_text(overlay, x, y, size_px, colour, text);
}

float lf_view_overlay_text_width(lf_view_overlay *overlay, int size_px, const char *text) {
    float width = 0;
    for (uint32_t code; (code = lf_view_utf8_next(&text)) != 0;) {
        const lf_view_glyph *glyph = lf_view_font_glyph(overlay->font, code, size_px);
        width += glyph ? glyph->advance : 0;
    }
    return width;
}
