// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Numbers, durations, names and growing text, free of the locale.
#include "base/text.h"

#include <assert.h>
#include <ctype.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *skip_space(const char *text) {
    while (*text == ' ' || *text == '\t' || *text == '\r' || *text == '\n')
        text++;
    return text;
}

// True for the characters of a plain decimal number: keeps strtod from taking hex, inf and nan.
static bool looks_decimal(const char *text) {
    const char *at = text;
    if (*at == '+' || *at == '-')
        at++;
    if (*at == '.')
        at++;
    return *at >= '0' && *at <= '9' && !(at[0] == '0' && (at[1] == 'x' || at[1] == 'X'));
}

// Reads a number at the front; returns where it ends, or NULL. The process's locale is never set by
// the library, so strtod sees the point; a host with another locale is guarded against below.
static const char *read_number(const char *text, double *value) {
    if (!looks_decimal(text))
        return NULL;
    char copy[64];
    size_t length = 0;
    for (const char *at = text; *at && strchr("+-.0123456789eE", *at); at++) {
        if ((*at == '+' || *at == '-') && at != text && at[-1] != 'e' && at[-1] != 'E')
            break;
        if (++length >= sizeof copy)
            return NULL;
    }
    memcpy(copy, text, length);
    copy[length] = 0;
    char *end = NULL;
    *value = strtod(copy, &end);
    if (*end == '.') { // a locale with a decimal comma
        *end = ',';
        *value = strtod(copy, &end);
    }
    return isfinite(*value) ? text + (end - copy) : NULL;
}

bool lf_text_real(const char *text, double *value) {
    assert(text && value);
    const char *end = read_number(skip_space(text), value);
    return end && *skip_space(end) == 0;
}

bool lf_text_int(const char *text, long long *value) {
    double real;
    if (!lf_text_real(text, &real) || real != floor(real) || fabs(real) > 9.0e15)
        return false;
    *value = (long long)real;
    return true;
}

bool lf_text_duration(const char *text, double *value_s) {
    static const struct {
        const char *unit;
        double seconds;
    } units[] = {{"", 1},         {"s", 1},         {"sec", 1},       {"second", 1},
                 {"seconds", 1},  {"ms", 0.001},    {"min", 60},      {"minute", 60},
                 {"minutes", 60}, {"m", 60},        {"h", 3600},      {"hour", 3600},
                 {"hours", 3600}, {"d", 86400},     {"day", 86400},   {"days", 86400},
                 {"w", 604800},   {"week", 604800}, {"weeks", 604800}};
    double total = 0;
    const char *at = skip_space(text);
    if (!*at)
        return false;
    while (*at) {
        double value;
        const char *end = read_number(at, &value);
        if (!end)
            return false;
        end = skip_space(end);
        const char *word = end;
        while (isalpha((unsigned char)*end))
            end++;
        bool known = false;
        for (size_t i = 0; i < sizeof units / sizeof *units && !known; i++)
            if (strlen(units[i].unit) == (size_t)(end - word) &&
                strncmp(units[i].unit, word, (size_t)(end - word)) == 0) {
                total += value * units[i].seconds;
                known = true;
            }
        if (!known)
            return false;
        at = skip_space(end);
    }
    *value_s = total;
    return true;
}

bool lf_text_clock(const char *text, double *value_s) {
    int hour, minute, second = 0, used = 0;
    text = skip_space(text);
    if (sscanf(text, "%2d:%2d:%2d%n", &hour, &minute, &second, &used) != 3) {
        second = 0;
        if (sscanf(text, "%2d:%2d%n", &hour, &minute, &used) != 2)
            return false;
    }
    if (*skip_space(text + used) || hour < 0 || hour > 24 || minute < 0 || minute > 59 ||
        second < 0 || second > 59)
        return false;
    *value_s = hour * 3600.0 + minute * 60.0 + second;
    return *value_s <= 86400.0;
}

int lf_text_distance(const char *a, const char *b, int limit) {
    const size_t la = strlen(a), lb = strlen(b);
    if (la > 63 || lb > 63)
        return limit + 1;
    int row[64];
    for (size_t j = 0; j <= lb; j++)
        row[j] = (int)j;
    for (size_t i = 1; i <= la; i++) {
        int diagonal = row[0];
        row[0] = (int)i;
        for (size_t j = 1; j <= lb; j++) {
            const int up = row[j];
            int best =
                diagonal + (tolower((unsigned char)a[i - 1]) != tolower((unsigned char)b[j - 1]));
            if (up + 1 < best)
                best = up + 1;
            if (row[j - 1] + 1 < best)
                best = row[j - 1] + 1;
            diagonal = up;
            row[j] = best;
        }
    }
    return row[lb] <= limit ? row[lb] : limit + 1;
}

bool lf_text_is_utf8(const char *text) {
    const unsigned char *at = (const unsigned char *)text;
    while (*at) {
        int extra = *at < 0x80                  ? 0
                    : *at >= 0xc2 && *at < 0xe0 ? 1
                    : (*at & 0xf0) == 0xe0      ? 2
                    : *at >= 0xf0 && *at < 0xf5 ? 3
                                                : -1;
        if (extra < 0)
            return false;
        uint32_t point = extra == 0 ? *at : *at & (0x3fu >> extra);
        at++;
        for (int i = 0; i < extra; i++, at++) {
            if ((*at & 0xc0) != 0x80)
                return false;
            point = point << 6 | (*at & 0x3fu);
        }
        const uint32_t least[] = {0, 0x80, 0x800, 0x10000};
        if (point < least[extra] || point > 0x10ffff || (point >= 0xd800 && point < 0xe000))
            return false;
    }
    return true;
}

const char *lf_text_from_real(double value, char buffer[32]) {
    if (isnan(value))
        return strcpy(buffer, "nan");
    if (isinf(value))
        return strcpy(buffer, value > 0 ? "inf" : "-inf");
    if (value == 0)
        return strcpy(buffer, "0");
    for (int digits = 6; digits <= 17; digits++) {
        snprintf(buffer, 32, "%.*g", digits, value);
        if (strtod(buffer, NULL) == value)
            break;
    }
    for (char *at = buffer; *at; at++)
        if (*at == ',')
            *at = '.';
    return buffer;
}

static bool make_room(lf_buffer *buffer, size_t more) {
    if (buffer->failed)
        return false;
    const size_t needed = buffer->length + more + 1;
    if (needed <= buffer->capacity)
        return true;
    size_t larger = buffer->capacity ? buffer->capacity : 256;
    while (larger < needed)
        larger *= 2;
    char *grown = realloc(buffer->text, larger);
    if (!grown) {
        buffer->failed = true;
        return false;
    }
    buffer->text = grown;
    buffer->capacity = larger;
    return true;
}

void lf_buffer_addn(lf_buffer *buffer, const void *bytes, size_t count) {
    if (!make_room(buffer, count))
        return;
    if (count)
        memcpy(buffer->text + buffer->length, bytes, count);
    buffer->length += count;
    buffer->text[buffer->length] = 0;
}

void lf_buffer_add(lf_buffer *buffer, const char *text) {
    lf_buffer_addn(buffer, text, strlen(text));
}

void lf_buffer_addf(lf_buffer *buffer, const char *format, ...) {
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    const int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (length >= 0 && make_room(buffer, (size_t)length)) {
        vsnprintf(buffer->text + buffer->length, (size_t)length + 1, format, again);
        buffer->length += (size_t)length;
    }
    va_end(again);
}

void lf_buffer_free(lf_buffer *buffer) {
    free(buffer->text);
    *buffer = (lf_buffer){0};
}
