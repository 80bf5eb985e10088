// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Field tables: defaults, reading, ranges, suggestions, units.
#include "check.h"
#include "lifang/field.h"

typedef struct inner {
    double depth_m;
} inner;
typedef struct thing {
    bool on;
    int count;
    double rain_mm_h;
    double stop_s;
    double start_s;
    int kind;
    const char *label;
    inner in;
} thing;

static const char *const kinds[] = {"lawn", "shrub", NULL};
static const lf_field inner_fields[] = {
    {"depth_m", "", LF_REAL, LF_AT_SETTING, offsetof(inner, depth_m), 0, 10, 0.5, 0, 0, 0}};
static const lf_table inner_table = {"inner", "", inner_fields, 1, sizeof(inner)};
static const lf_field fields[] = {
    {"on", "", LF_BOOL, LF_AT_SETTING, offsetof(thing, on), 0, 0, 1, 0, 0, 0},
    {"count", "", LF_INT, LF_AT_SETTING, offsetof(thing, count), 1, 9, 3, 0, 0, 0},
    {"rain_mm_h", "", LF_REAL, LF_AT_SETTING, offsetof(thing, rain_mm_h), 0, 500, 20, 0, 0, 0},
    {"stop", "", LF_DURATION, LF_AT_SETTING, offsetof(thing, stop_s), 0, 0, 60, 0, 0, 0},
    {"start", "", LF_CLOCK, LF_AT_SETTING, offsetof(thing, start_s), 0, 0, 0, 0, 0, 0},
    {"kind", "", LF_ENUM, LF_AT_SETTING, offsetof(thing, kind), 0, 0, 1, 0, kinds, 0},
    {"label", "", LF_TEXT, LF_AT_SETTING, offsetof(thing, label), 0, 0, 0, "none", 0, 0},
    {"in", "", LF_GROUP, LF_AT_SETTING, offsetof(thing, in), 0, 0, 0, 0, 0, &inner_table},
};
static const lf_table table = {"thing", "", fields, 8, sizeof(thing)};

static lf_code set(thing *t, const char *name, const char *text, lf_error *error) {
    return lf_field_set_text(lf_table_find(&table, name), t, text, error);
}

int main(void) {
    thing t;
    lf_error error;
    char buffer[64];
    lf_table_defaults(&table, &t);
    CHECK(t.on && t.count == 3 && t.rain_mm_h == 20 && t.kind == 1 && t.in.depth_m == 0.5);
    CHECK_TEXT(t.label, "none");
    CHECK(set(&t, "count", "10", &error) == LF_RANGE);
    CHECK_TEXT(error.message, "10 is outside 1..9");
    CHECK(set(&t, "count", "2.5", &error) == LF_TYPE && t.count == 3);
    CHECK(set(&t, "stop", "2h", &error) == LF_OK && t.stop_s == 7200);
    CHECK(set(&t, "start", "17:30", &error) == LF_OK);
    CHECK_TEXT(lf_field_text(lf_table_find(&table, "start"), &t, buffer, sizeof buffer), "17:30");
    CHECK(set(&t, "kind", "lawm", &error) == LF_UNKNOWN_KEY);
    CHECK_TEXT(error.message, "'lawm' is not known; did you mean lawn?");
    CHECK(set(&t, "kind", "lawn", &error) == LF_OK);
    CHECK_TEXT(lf_field_text(lf_table_find(&table, "kind"), &t, buffer, sizeof buffer), "lawn");
    CHECK(set(&t, "in", "3", &error) == LF_TYPE);
    CHECK_TEXT(lf_table_suggest(&table, "rain_mmh"), "rain_mm_h");
    CHECK_TEXT(lf_table_suggest(&table, "rain"), "rain_mm_h");
    CHECK(lf_table_suggest(&table, "zzzzzzzz") == NULL);
    CHECK(lf_table_check(&table, &t, "", &error) == LF_OK);
    t.in.depth_m = 11;
    CHECK(lf_table_check(&table, &t, "x", &error) == LF_RANGE);
    CHECK_TEXT(error.path, "x.in.depth_m");
    CHECK_TEXT(lf_unit_of("rain_mm_h"), "mm/h");
    CHECK_TEXT(lf_unit_of("flow_m3_s"), "m³/s");
    CHECK_TEXT(lf_unit_of("label"), "");
    return lf_check_end();
}
