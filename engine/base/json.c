// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// JSON text, written in one pass.
#include "base/json.h"

#include <math.h>

void lf_json_begin(lf_json *json, lf_buffer *out, bool compact) {
    *json = (lf_json){.out = out, .first = true, .compact = compact};
}

static void break_line(lf_json *json) {
    if (json->compact)
        return;
    lf_buffer_add(json->out, "\n");
    for (int i = 0; i < json->depth; i++)
        lf_buffer_add(json->out, "  ");
}

// What stands between the last item and this one.
static void separate(lf_json *json) {
    if (json->keyed) {
        json->keyed = false;
        return;
    }
    if (!json->first)
        lf_buffer_add(json->out, ",");
    if (json->depth > 0)
        break_line(json);
    json->first = false;
}

void lf_json_open(lf_json *json, char bracket) {
    separate(json);
    lf_buffer_addn(json->out, &bracket, 1);
    json->depth++;
    json->first = true;
}

void lf_json_close(lf_json *json, char bracket) {
    json->depth--;
    if (!json->first)
        break_line(json);
    lf_buffer_addn(json->out, &bracket, 1);
    json->first = false;
    if (json->depth == 0 && !json->compact)
        lf_buffer_add(json->out, "\n");
}

static void quote(lf_json *json, const char *text) {
    lf_buffer_add(json->out, "\"");
    for (const char *at = text ? text : ""; *at; at++) {
        const unsigned char c = (unsigned char)*at;
        if (c == '"' || c == '\\')
            lf_buffer_addf(json->out, "\\%c", c);
        else if (c == '\n')
            lf_buffer_add(json->out, "\\n");
        else if (c == '\t')
            lf_buffer_add(json->out, "\\t");
        else if (c < 0x20 || c == 0x7f)
            lf_buffer_addf(json->out, "\\u%04x", c);
        else
            lf_buffer_addn(json->out, at, 1);
    }
    lf_buffer_add(json->out, "\"");
}

void lf_json_key(lf_json *json, const char *key) {
    separate(json);
    quote(json, key);
    lf_buffer_add(json->out, json->compact ? ":" : ": ");
    json->keyed = true;
}

void lf_json_text(lf_json *json, const char *text) {
    separate(json);
    quote(json, text);
}

void lf_json_real(lf_json *json, double value) {
    separate(json);
    char buffer[32];
    lf_buffer_add(json->out, isfinite(value) ? lf_text_from_real(value, buffer) : "null");
}

void lf_json_int(lf_json *json, long long value) {
    separate(json);
    lf_buffer_addf(json->out, "%lld", value);
}

void lf_json_bool(lf_json *json, bool value) {
    separate(json);
    lf_buffer_add(json->out, value ? "true" : "false");
}

void lf_json_null(lf_json *json) {
    separate(json);
    lf_buffer_add(json->out, "null");
}
