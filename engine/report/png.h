// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Pictures inside an HTML file: a small indexed PNG writer (W3C PNG, second edition) and base64.
#ifndef LF_REPORT_PNG_H
#define LF_REPORT_PNG_H

#include "base/text.h"

typedef struct lf_report_colour {
    uint8_t red, green, blue, alpha;
} lf_report_colour;

// Adds a PNG of width x height palette indices, top row first, to the buffer.
void lf_report_png(lf_buffer *out, const uint8_t *indices, int width, int height,
                   const lf_report_colour *palette, int palette_count);
// Adds bytes as base64 (RFC 4648) on one line.
void lf_report_base64(lf_buffer *out, const void *bytes, size_t count);

#endif
