// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
#ifndef LF_VIEW_PNG_H
#define LF_VIEW_PNG_H

#include "lifang/base.h"

// Writes 8-bit RGB rows, bottom row first as OpenGL reads them. Fixed settings: same pixels, same
// bytes. Atomic.
lf_code lf_view_png_write(const char *path, const uint8_t *rgb, int width_px, int height_px,
                          lf_error *error);

#endif
