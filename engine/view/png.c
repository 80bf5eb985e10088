// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// PNG by libpng with fixed filter and compression, without time stamps.
#include "view/png.h"
#include "base/file.h"
#include <png.h>
#include <setjmp.h>

// libpng would print; the caller gets an error instead.
static void on_error(png_structp png, png_const_charp text) {
    (void)text;
    png_longjmp(png, 1);
}

static void on_warning(png_structp png, png_const_charp text) {
    (void)png;
    (void)text;
}

static void write_rows(png_structp png, png_infop info, const uint8_t *rgb, int width, int height) {
    png_set_IHDR(png, info, (png_uint_32)width, (png_uint_32)height, 8, PNG_COLOR_TYPE_RGB,
                 PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_set_sRGB(png, info, PNG_sRGB_INTENT_PERCEPTUAL);
    png_set_compression_level(png, 6);
    png_set_filter(png, 0, PNG_FILTER_SUB | PNG_FILTER_UP | PNG_FILTER_PAETH);
    png_write_info(png, info);
    for (int row = height - 1; row >= 0; row--) {
        png_write_row(png, rgb + (size_t)row * (size_t)width * 3);
    }
    png_write_end(png, info);
}

lf_code lf_view_png_write(const char *path, const uint8_t *rgb, int width_px, int height_px,
                          lf_error *error) {
    lf_file_out out;
    lf_code code = lf_file_begin(&out, path, error);
    if (code != LF_OK) {
        return code;
    }
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, on_error, on_warning);
    png_infop info = png ? png_create_info_struct(png) : NULL;
    if (!info) {
        png_destroy_write_struct(&png, NULL);
        lf_file_abandon(&out);
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory to write %s", path);
    }
    if (setjmp(png_jmpbuf(png))) {
        code = lf_file_errno();
        png_destroy_write_struct(&png, &info);
        lf_file_abandon(&out);
        return lf_fail(error, code == LF_NOT_FOUND ? LF_IO : code, LF_FROM_RUN,
                       "cannot write the picture %s", path);
    }
    png_init_io(png, out.file);
    write_rows(png, info, rgb, width_px, height_px);
    png_destroy_write_struct(&png, &info);
    return lf_file_commit(&out, error);
}
