// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Numbers, durations, UTF-8, JSON text and errors.
#include "base/text.h"
#include "base/json.h"
#include "check.h"

int main(void) {
    double v;
    long long n;
    CHECK(lf_text_real(" -1.5e-3 ", &v) && v == -1.5e-3);
    CHECK(lf_text_real(".5", &v) && v == 0.5);
    CHECK(!lf_text_real("nan", &v) && !lf_text_real("inf", &v) && !lf_text_real("0x10", &v));
    CHECK(!lf_text_real("", &v) && !lf_text_real("1 2", &v) && !lf_text_real("1e999", &v));
    CHECK(lf_text_int("42", &n) && n == 42 && !lf_text_int("4.2", &n));
    CHECK(lf_text_duration("6h", &v) && v == 21600);
    CHECK(lf_text_duration("1h 30min", &v) && v == 5400);
    CHECK(lf_text_duration("90", &v) && v == 90);
    CHECK(!lf_text_duration("5 parsecs", &v) && !lf_text_duration("", &v));
    CHECK(lf_text_clock("17:30", &v) && v == 63000);
    CHECK(!lf_text_clock("25:00", &v) && !lf_text_clock("1730", &v));
    CHECK(lf_text_distance("period_yeas", "period_years", 3) == 1);
    CHECK(lf_text_distance("abc", "xyzxyz", 3) == 4);
    CHECK(lf_text_is_utf8("红旗新村") && !lf_text_is_utf8("\xba\xec") &&
          !lf_text_is_utf8("\xc0\x80"));
    char buffer[32];
    CHECK_TEXT(lf_text_from_real(0.1, buffer), "0.1");
    CHECK_TEXT(lf_text_from_real(1.0 / 3.0, buffer), "0.3333333333333333");
    lf_buffer out = {0};
    lf_json json;
    lf_json_begin(&json, &out, true);
    lf_json_open(&json, '{');
    lf_json_key(&json, "a\"\n");
    lf_json_open(&json, '[');
    lf_json_real(&json, NAN);
    lf_json_int(&json, -3);
    lf_json_bool(&json, true);
    lf_json_close(&json, ']');
    lf_json_key(&json, "b");
    lf_json_text(&json, "里坊\\\x01");
    lf_json_close(&json, '}');
    CHECK_TEXT(out.text, "{\"a\\\"\\n\":[null,-3,true],\"b\":\"里坊\\\\\\u0001\"}");
    lf_buffer_free(&out);
    lf_error error;
    lf_fail(&error, LF_RANGE, LF_FROM_INPUT, "0 is outside 0.05..4.0 (conduit \"P-37\")");
    lf_error_place(&error, "data/pipes.inp", 214, 0, "drainage.pipes[37].diameter_m");
    char text[512];
    CHECK_TEXT(lf_error_format(&error, text, sizeof text),
               "data/pipes.inp:214: drainage.pipes[37].diameter_m: 0 is outside 0.05..4.0 (conduit "
               "\"P-37\") [RANGE]");
    CHECK(lf_error_exit_code(&error) == 3);
    for (int code = 0; code < LF_CODE_COUNT; code++)
        CHECK(strlen(lf_code_sentence((lf_code)code)) > 8);
    return lf_check_end();
}
