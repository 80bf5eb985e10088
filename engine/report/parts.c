// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// What the writers share.
#include "report/parts.h"

#include "base/file.h"
#include "report/slug.h"

#include <stdarg.h>
#include <stdio.h>

lf_code lf_report_write(lf_buffer *text, const char *folder, const char *name, lf_error *error) {
    char path[1024];
    lf_file_join(path, sizeof path, folder, name);
    lf_code code;
    if (text->failed) {
        code = lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory to write %s", path);
    } else {
        code = lf_file_write(path, text->text ? text->text : "", text->length, error);
    }
    lf_buffer_free(text);
    return code;
}

void lf_report_escape(lf_buffer *out, const char *text) {
    while (*text) {
        const char *start = text;
        uint32_t code = lf_report_next_char(&text);
        bool forbidden = (code < 0x20 && code != '\t' && code != '\n' && code != '\r') ||
                         code == 0x7F || code == 0xFFFD || code == 0xFFFE || code == 0xFFFF;
        if (code == '&') {
            lf_buffer_add(out, "&amp;");
        } else if (code == '<') {
            lf_buffer_add(out, "&lt;");
        } else if (code == '>') {
            lf_buffer_add(out, "&gt;");
        } else if (code == '"') {
            lf_buffer_add(out, "&quot;");
        } else if (code == '\'') {
            lf_buffer_add(out, "&#39;");
        } else if (forbidden) {
            lf_buffer_add(out, "\xEF\xBF\xBD");
        } else {
            lf_buffer_addn(out, start, (size_t)(text - start));
        }
    }
}

void lf_report_escapef(lf_buffer *out, const char *format, ...) {
    char text[1024];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    lf_report_escape(out, text);
}
