// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Codes, errors and their text.
#include "lifang/base.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

const char *lf_code_name(lf_code code) {
    static const char *const names[] = {
#define LF_CODE(name, sentence) #name,
#include "lifang/codes.def"
#undef LF_CODE
    };
    return code >= 0 && code < LF_CODE_COUNT ? names[code] : "?";
}

const char *lf_code_sentence(lf_code code) {
    static const char *const sentences[] = {
#define LF_CODE(name, sentence) sentence,
#include "lifang/codes.def"
#undef LF_CODE
    };
    return code >= 0 && code < LF_CODE_COUNT ? sentences[code] : "Unknown code.";
}

const char *lf_quality_name(lf_quality quality) {
    static const char *const names[] = {"measured", "tagged", "assumed", "synthetic"};
    return quality >= 0 && quality < LF_QUALITY_COUNT ? names[quality] : "?";
}

const char *lf_version(void) {
    return LF_VERSION;
}

lf_code lf_fail(lf_error *error, lf_code code, lf_origin origin, const char *format, ...) {
    assert(code != LF_OK && format);
    if (!error)
        return code;
    memset(error, 0, sizeof *error);
    error->code = code;
    error->origin = origin;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(error->message, sizeof error->message, format, arguments);
    va_end(arguments);
    return code;
}

void lf_error_place(lf_error *error, const char *file, int line, int column, const char *path) {
    if (!error)
        return;
    if (file)
        snprintf(error->file, sizeof error->file, "%s", file);
    if (path)
        snprintf(error->path, sizeof error->path, "%s", path);
    if (line > 0) {
        error->line = line;
        error->column = column;
    }
}

const char *lf_error_format(const lf_error *error, char *text, size_t size) {
    assert(error && text && size > 0);
    char place[320] = "";
    if (error->file[0] && error->line > 0 && error->column > 0)
        snprintf(place, sizeof place, "%s:%d:%d: ", error->file, error->line, error->column);
    else if (error->file[0] && error->line > 0)
        snprintf(place, sizeof place, "%s:%d: ", error->file, error->line);
    else if (error->file[0])
        snprintf(place, sizeof place, "%s: ", error->file);
    snprintf(text, size, "%s%s%s%s [%s]", place, error->path, error->path[0] ? ": " : "",
             error->message, lf_code_name(error->code));
    return text;
}

int lf_error_exit_code(const lf_error *error) {
    assert(error);
    if (error->code == LF_OK)
        return 0;
    if (error->code == LF_INTERRUPTED)
        return 130;
    static const int by_origin[] = {2, 2, 3, 4, 5};
    return by_origin[error->origin];
}
