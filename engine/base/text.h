// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Locale-free text work: parsing numbers and durations, edit distance, and a growing buffer.
#ifndef LF_BASE_TEXT_H
#define LF_BASE_TEXT_H

#include "lifang/base.h"

// The whole text must be a number; "nan" and "inf" are refused. No locale.
bool lf_text_real(const char *text, double *value);
bool lf_text_int(const char *text, long long *value);
// "90", "90 s", "5min", "6h", "2 d" -> seconds.
bool lf_text_duration(const char *text, double *value_s);
// "17:30" or "17:30:15" -> seconds since midnight.
bool lf_text_clock(const char *text, double *value_s);
int lf_text_distance(const char *a, const char *b,
                     int limit); // Levenshtein, > limit gives limit + 1
bool lf_text_is_utf8(const char *text);
// Shortest text that reads back as the same double ("%.17g" only where needed); "nan" for NaN.
const char *lf_text_from_real(double value, char buffer[32]);

// Growing text. Zeroed is empty. After a failed allocation `failed` is set and adding does nothing.
typedef struct lf_buffer {
    char *text; // NUL-terminated, NULL while empty; from malloc
    size_t length;
    size_t capacity;
    bool failed;
} lf_buffer;
void lf_buffer_add(lf_buffer *buffer, const char *text);
void lf_buffer_addn(lf_buffer *buffer, const void *bytes, size_t count);
void lf_buffer_addf(lf_buffer *buffer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void lf_buffer_free(lf_buffer *buffer);

#endif
