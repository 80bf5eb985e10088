// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Pictures inside an HTML file.
#include "report/png.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

static void big_endian(unsigned char *out, uint32_t value) {
    out[0] = (unsigned char)(value >> 24);
    out[1] = (unsigned char)(value >> 16);
    out[2] = (unsigned char)(value >> 8);
    out[3] = (unsigned char)value;
}

static void chunk(lf_buffer *out, const char type[5], const unsigned char *bytes, size_t count) {
    unsigned char head[8], tail[4];
    big_endian(head, (uint32_t)count);
    memcpy(head + 4, type, 4);
    uLong crc = crc32(0, head + 4, 4);
    if (count) {
        crc = crc32(crc, bytes, (uInt)count);
    }
    big_endian(tail, (uint32_t)crc);
    lf_buffer_addn(out, head, sizeof head);
    lf_buffer_addn(out, bytes, count);
    lf_buffer_addn(out, tail, sizeof tail);
}

// Filter 0 on every row: runs of one index compress well without prediction.
static void pixels(lf_buffer *out, const uint8_t *indices, int width, int height) {
    size_t row = (size_t)width + 1, total = row * (size_t)height;
    uLongf packed_size = compressBound(total);
    unsigned char *raw = calloc(total, 1), *packed = malloc(packed_size);
    if (raw && packed) {
        for (int y = 0; y < height; y++) {
            memcpy(raw + row * (size_t)y + 1, indices + (size_t)width * (size_t)y, (size_t)width);
        }
        if (compress2(packed, &packed_size, raw, total, 9) == Z_OK) {
            chunk(out, "IDAT", packed, packed_size);
        } else {
            out->failed = true;
        }
    } else {
        out->failed = true;
    }
    free(raw);
    free(packed);
}

void lf_report_png(lf_buffer *out, const uint8_t *indices, int width, int height,
                   const lf_report_colour *palette, int palette_count) {
    assert(width > 0 && height > 0 && palette_count > 0 && palette_count <= 256);
    unsigned char head[13] = {[8] = 8, [9] = 3}; // 8 bits, palette
    unsigned char colours[256 * 3], alphas[256];
    big_endian(head, (uint32_t)width);
    big_endian(head + 4, (uint32_t)height);
    for (int i = 0; i < palette_count; i++) {
        colours[3 * i] = palette[i].red;
        colours[3 * i + 1] = palette[i].green;
        colours[3 * i + 2] = palette[i].blue;
        alphas[i] = palette[i].alpha;
    }
    lf_buffer_addn(out, "\x89PNG\r\n\x1a\n", 8);
    chunk(out, "IHDR", head, sizeof head);
    chunk(out, "PLTE", colours, (size_t)palette_count * 3);
    chunk(out, "tRNS", alphas, (size_t)palette_count);
    pixels(out, indices, width, height);
    chunk(out, "IEND", NULL, 0);
}

void lf_report_base64(lf_buffer *out, const void *bytes, size_t count) {
    static const char letters[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const unsigned char *p = bytes;
    char block[4096];
    size_t used = 0;
    for (size_t i = 0; i < count; i += 3) {
        size_t left = count - i;
        uint32_t word = (uint32_t)p[i] << 16 | (left > 1 ? (uint32_t)p[i + 1] << 8 : 0) |
                        (left > 2 ? p[i + 2] : 0);
        block[used++] = letters[word >> 18];
        block[used++] = letters[word >> 12 & 63];
        block[used++] = left > 1 ? letters[word >> 6 & 63] : '=';
        block[used++] = left > 2 ? letters[word & 63] : '=';
        if (used == sizeof block) {
            lf_buffer_addn(out, block, used);
            used = 0;
        }
    }
    lf_buffer_addn(out, block, used);
}
