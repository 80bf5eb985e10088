// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Writes JSON: two-space indent, shortest numbers that read back the same, NaN as null.
#ifndef LF_BASE_JSON_H
#define LF_BASE_JSON_H

#include "base/text.h"

typedef struct lf_json {
    lf_buffer *out;
    int depth;
    bool first;   // no comma before the next item
    bool keyed;   // a key was just written
    bool compact; // one line, no spaces
} lf_json;
void lf_json_begin(lf_json *json, lf_buffer *out, bool compact);
void lf_json_open(lf_json *json, char bracket);  // '{' or '['
void lf_json_close(lf_json *json, char bracket); // '}' or ']'
void lf_json_key(lf_json *json, const char *key);
void lf_json_text(lf_json *json, const char *text);
void lf_json_real(lf_json *json, double value);
void lf_json_int(lf_json *json, long long value);
void lf_json_bool(lf_json *json, bool value);
void lf_json_null(lf_json *json);

#endif
