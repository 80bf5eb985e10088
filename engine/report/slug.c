// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Names of options become names of files, in any script, without surprises for a shell or a URL.
#include "report/slug.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

uint32_t lf_report_next_char(const char **text) {
    const unsigned char *p = (const unsigned char *)*text;
    assert(p[0]);
    static const uint32_t least[5] = {0, 0, 0x80, 0x800, 0x10000};
    int length = p[0] < 0x80 ? 1 : p[0] < 0xC2 ? 0 : p[0] < 0xE0 ? 2 : p[0] < 0xF0 ? 3 : 4;
    if (length == 0 || p[0] > 0xF4) {
        *text += 1;
        return 0xFFFD;
    }
    uint32_t code = length == 1 ? p[0] : p[0] & (0x7Fu >> length);
    for (int i = 1; i < length; i++) {
        if ((p[i] & 0xC0) != 0x80) {
            *text += 1;
            return 0xFFFD;
        }
        code = code << 6 | (p[i] & 0x3Fu);
    }
    if (code < least[length] || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) {
        *text += 1;
        return 0xFFFD;
    }
    *text += length;
    return code;
}

// Unicode Standard Annex 11, the blocks that matter for text of estates.
static int columns_of(uint32_t code) {
    if ((code >= 0x0300 && code <= 0x036F) || code == 0x200B || code == 0x200D ||
        (code >= 0xFE00 && code <= 0xFE0F)) {
        return 0;
    }
    bool wide = (code >= 0x1100 && code <= 0x115F) || (code >= 0x2E80 && code <= 0x303E) ||
                (code >= 0x3041 && code <= 0x33FF) || (code >= 0x3400 && code <= 0x4DBF) ||
                (code >= 0x4E00 && code <= 0x9FFF) || (code >= 0xA000 && code <= 0xA4CF) ||
                (code >= 0xAC00 && code <= 0xD7A3) || (code >= 0xF900 && code <= 0xFAFF) ||
                (code >= 0xFE30 && code <= 0xFE4F) || (code >= 0xFF00 && code <= 0xFF60) ||
                (code >= 0xFFE0 && code <= 0xFFE6) || (code >= 0x1F300 && code <= 0x1FAFF) ||
                (code >= 0x20000 && code <= 0x3FFFD);
    return wide ? 2 : 1;
}

int lf_report_columns(const char *text) {
    int columns = 0;
    while (*text) {
        columns += columns_of(lf_report_next_char(&text));
    }
    return columns;
}

const char *lf_report_cut(const char *text, int columns, char out[LF_REPORT_CUT_SIZE]) {
    size_t used = 0;
    int wide = 0;
    bool whole = lf_report_columns(text) <= columns;
    while (*text) {
        const char *start = text;
        wide += columns_of(lf_report_next_char(&text));
        size_t length = (size_t)(text - start);
        if (used + length + 4 > LF_REPORT_CUT_SIZE || (!whole && wide > columns - 1)) {
            memcpy(out + used, "…", sizeof "…");
            return out;
        }
        memcpy(out + used, start, length);
        used += length;
    }
    out[used] = 0;
    return out;
}

// Letters and digits of ASCII and of every other script; punctuation, symbols and spaces are not.
static bool is_letter(uint32_t code) {
    if (code < 0x80) {
        return (code >= '0' && code <= '9') || (code >= 'A' && code <= 'Z') ||
               (code >= 'a' && code <= 'z') || code == '_';
    }
    if (code < 0xC0 || code == 0xD7 || code == 0xF7 || code == 0xFFFD) {
        return false;
    }
    bool sign = (code >= 0x2000 && code <= 0x2BFF) || (code >= 0x2E00 && code <= 0x2E7F) ||
                (code >= 0x3000 && code <= 0x3004) || (code >= 0x3008 && code <= 0x3020) ||
                (code >= 0xFE00 && code <= 0xFE6F) || (code >= 0xFF00 && code <= 0xFF0F) ||
                (code >= 0xFF1A && code <= 0xFF20) || (code >= 0xFF3B && code <= 0xFF40) ||
                (code >= 0xFF5B && code <= 0xFF65) || (code >= 0xE000 && code <= 0xF8FF) ||
                code >= 0xE0000;
    return !sign;
}

const char *lf_report_slug(const char *name, char out[LF_REPORT_SLUG_SIZE]) {
    size_t used = 0;
    bool gap = false;
    while (*name) {
        const char *start = name;
        uint32_t code = lf_report_next_char(&name);
        size_t length = (size_t)(name - start);
        if (!is_letter(code)) {
            gap = used > 0;
            continue;
        }
        // Room for a '-' before, for a suffix such as "-12" behind, and for the NUL.
        if (used + length + 1 + 8 > LF_REPORT_SLUG_SIZE) {
            break;
        }
        if (gap) {
            out[used++] = '-';
            gap = false;
        }
        memcpy(out + used, start, length);
        if (code >= 'A' && code <= 'Z') {
            out[used] = (char)(code - 'A' + 'a');
        }
        used += length;
    }
    out[used] = 0;
    if (used == 0) {
        memcpy(out, "option", sizeof "option");
    }
    return out;
}

const char *lf_report_option_slug(const lf_result *result, int option,
                                  char out[LF_REPORT_SLUG_SIZE]) {
    assert(option >= 0 && option < result->option_count);
    lf_report_slug(lf_option_name(result->options[option]), out);
    int same = 1;
    for (int i = 0; i < option; i++) {
        char other[LF_REPORT_SLUG_SIZE];
        lf_report_slug(lf_option_name(result->options[i]), other);
        same += strcmp(other, out) == 0;
    }
    if (same > 1) {
        size_t used = strlen(out);
        snprintf(out + used, LF_REPORT_SLUG_SIZE - used, "-%d", same);
    }
    return out;
}
