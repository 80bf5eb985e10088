// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Numbers as people read them, widths of wide characters, the terminal table, the PNG writer.
#include "check.h"
#include "fixture.h"

#include "report/number.h"
#include "report/parts.h"
#include "report/png.h"
#include "report/slug.h"

#include <zlib.h>

static void numbers(void) {
    char out[LF_REPORT_NUMBER_SIZE];
    CHECK_TEXT(lf_report_fixed(1234567.891, 2, true, out), "1,234,567.89");
    CHECK_TEXT(lf_report_fixed(-123456, 0, true, out), "-123,456");
    CHECK_TEXT(lf_report_fixed(-123, 0, true, out), "-123");
    CHECK_TEXT(lf_report_fixed(999.96, 1, true, out), "1,000.0");
    CHECK_TEXT(lf_report_fixed(-0.004, 1, true, out), "0.0");
    CHECK_TEXT(lf_report_fixed(NAN, 1, true, out), "-");
    CHECK_TEXT(lf_report_plain(0.1234, out), "0.123");
    CHECK_TEXT(lf_report_plain(12345.6, out), "12,346");
    CHECK_TEXT(lf_report_plain(2.5e-9, out), "2.5e-09");
    CHECK_TEXT(lf_report_plain(42, out), "42");
    const lf_figure_def share = {"park.unserved_ratio", "1", "", "", -1};
    const lf_figure_def depth = {"drain.max_depth_m", "m", "", "", -1};
    const lf_figure_def error = {"drain.balance_error_ratio", "1", "", "", -1};
    CHECK_TEXT(lf_report_figure_text(&share, 0.0625, out), "6.2%");
    CHECK_TEXT(lf_report_figure_text(&error, 2.5e-9, out), "2.5e-09");
    CHECK_TEXT(lf_report_difference_text(&depth, 0.15, 0.60, out), "-75%");
    CHECK_TEXT(lf_report_difference_text(&depth, 0.5, 0, out), "");
    CHECK_TEXT(lf_report_difference_text(&share, 0.05, 0.12, out), "-7.0 pp");
    CHECK_TEXT(lf_report_difference_text(&depth, NAN, 1, out), "");
    CHECK(lf_report_judge(&depth, 1, 2) == 1 && lf_report_judge(&depth, 2, 1) == -1);
}

static void widths(void) {
    char cut[LF_REPORT_CUT_SIZE];
    CHECK(lf_report_columns("abc") == 3 && lf_report_columns("积水 m") == 6);
    CHECK(lf_report_columns("（15 cm）") == 9 && lf_report_columns("") == 0);
    CHECK_TEXT(lf_report_cut("东门积水计", 7, cut), "东门积…");
    CHECK_TEXT(lf_report_cut("short", 7, cut), "short");
    lf_buffer out = {0};
    lf_report_escape(&out, "a<b>&\"c'\x01\xff");
    CHECK_TEXT(out.text, "a&lt;b&gt;&amp;&quot;c&#39;\xEF\xBF\xBD\xEF\xBF\xBD");
    lf_buffer_free(&out);
}

// Each line of the block of figures is as wide as the next one.
static void table(void) {
    fixture f;
    fixture_create(&f, 3, NULL);
    char *text = lf_report_table(&f.result, false);
    CHECK(text != NULL && !strstr(text, "\033"));
    int width = -1, lines = 0, stars = 0;
    for (char *line = text ? strtok(text, "\n") : NULL; line; line = strtok(NULL, "\n")) {
        bool row = strncmp(line, "drain.", 6) == 0 || strncmp(line, "park.", 5) == 0 ||
                   strncmp(line, "retro.", 6) == 0 || line[0] == ' ';
        if (row) {
            int columns = lf_report_columns(line);
            CHECK(width < 0 || columns == width);
            width = columns;
            lines++;
        }
        stars += strstr(line, " *") != NULL;
        if (strncmp(line, "drain.max_depth_m", 17) == 0) {
            CHECK(strstr(line, "最大积水深度") && strstr(line, "0.520") &&
                  strstr(line, "0.140^ *"));
        }
    }
    CHECK(lines == 12 && stars >= 6);
    free(text);
    text = lf_report_table(&f.result, true);
    CHECK(text && strstr(text, "\033[32m"));
    free(text);
    fixture_destroy(&f);
}

// The picture that zlib gives back is the picture that went in.
static void png(void) {
    const uint8_t pixels[6] = {0, 1, 2, 2, 1, 0};
    const lf_report_colour palette[3] = {{1, 2, 3, 0}, {4, 5, 6, 255}, {7, 8, 9, 128}};
    lf_buffer out = {0};
    lf_report_png(&out, pixels, 3, 2, palette, 3);
    CHECK(!out.failed && memcmp(out.text, "\x89PNG\r\n\x1a\n", 8) == 0);
    unsigned char raw[64];
    uLongf size = sizeof raw;
    const unsigned char *p = (const unsigned char *)out.text + 8;
    const unsigned char *end = (const unsigned char *)out.text + out.length;
    bool found = false;
    while (p < end) {
        uint32_t count = (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
        uint32_t crc = (uint32_t)p[8 + count] << 24 | (uint32_t)p[9 + count] << 16 |
                       (uint32_t)p[10 + count] << 8 | p[11 + count];
        CHECK(crc == crc32(crc32(0, NULL, 0), p + 4, count + 4));
        if (memcmp(p + 4, "IDAT", 4) == 0) {
            found = uncompress(raw, &size, p + 8, count) == Z_OK;
        }
        p += 12 + count;
    }
    CHECK(p == end && found && size == 8);
    CHECK(memcmp(raw, "\0\0\1\2\0\2\1\0", 8) == 0);
    lf_buffer_free(&out);
    static const char *const texts[][2] = {
        {"", ""}, {"f", "Zg=="}, {"fo", "Zm8="}, {"foo", "Zm9v"}};
    for (int i = 1; i < 4; i++) { // RFC 4648, section 10
        lf_buffer words = {0};
        lf_report_base64(&words, texts[i][0], strlen(texts[i][0]));
        CHECK_TEXT(words.text, texts[i][1]);
        lf_buffer_free(&words);
    }
}

int main(void) {
    numbers();
    widths();
    table();
    png();
    return lf_check_end();
}
