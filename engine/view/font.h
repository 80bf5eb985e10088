// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// One typeface for Chinese and Latin, rasterised on demand into an atlas of coverage bytes.
#ifndef LF_VIEW_FONT_H
#define LF_VIEW_FONT_H

#include "lifang/base.h"

enum { LF_VIEW_ATLAS_EDGE = 2048 };

typedef struct lf_view_glyph {
    uint32_t codepoint;
    int size_px;
    int x, y, width, height; // in the atlas
    int left, top;           // of the bitmap against pen and baseline
    float advance;
} lf_view_glyph;

typedef struct lf_view_font lf_view_font;

// Path of the typeface: WenQuanYi Micro Hei by fontconfig, else the usual places, else any font
// that has Chinese. LF_UNAVAILABLE names the package to install.
lf_code lf_view_font_path(char *path, size_t size, lf_error *error);
lf_code lf_view_font_open(lf_view_font **font, lf_error *error);
void lf_view_font_close(lf_view_font *font);
// NULL without memory or room; unknown characters give the typeface's box.
const lf_view_glyph *lf_view_font_glyph(lf_view_font *font, uint32_t codepoint, int size_px);
const uint8_t *lf_view_font_atlas(const lf_view_font *font);
// Counts glyphs added so far: upload the atlas when it changed.
int lf_view_font_glyph_count(const lf_view_font *font);
// Next code point of UTF-8 text, 0 at the end; damaged bytes read as U+FFFD.
uint32_t lf_view_utf8_next(const char **text);

#endif
