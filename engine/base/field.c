// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Field tables at work: defaults, lookup, suggestion, reading and printing of one field.
#include "lifang/field.h"
#include "base/text.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

static void *member(const lf_field *field, void *row) {
    return (char *)row + field->offset;
}

static const void *member_const(const lf_field *field, const void *row) {
    return (const char *)row + field->offset;
}

void lf_table_defaults(const lf_table *table, void *row) {
    assert(table && row);
    memset(row, 0, table->size);
    for (int i = 0; i < table->count; i++) {
        const lf_field *field = &table->fields[i];
        void *at = member(field, row);
        switch (field->type) {
        case LF_BOOL:
            *(bool *)at = field->initial != 0;
            break;
        case LF_INT:
        case LF_ENUM:
            *(int *)at = (int)field->initial;
            break;
        case LF_REAL:
        case LF_DURATION:
        case LF_CLOCK:
            *(double *)at = field->initial;
            break;
        case LF_TEXT:
            *(const char **)at = field->initial_text ? field->initial_text : "";
            break;
        case LF_GROUP:
            lf_table_defaults(field->group, at);
            break;
        default: // arrays are filled by lf_state_create
            break;
        }
    }
}

const lf_field *lf_table_find(const lf_table *table, const char *name) {
    for (int i = 0; i < table->count; i++)
        if (strcmp(table->fields[i].name, name) == 0)
            return &table->fields[i];
    return NULL;
}

const char *lf_table_suggest(const lf_table *table, const char *name) {
    const char *best = NULL;
    int best_distance = 4;
    for (int i = 0; i < table->count; i++) {
        const char *known = table->fields[i].name;
        int distance = lf_text_distance(known, name, 3);
        // A name without its unit, or with another one, is the commonest slip.
        const size_t stem = strlen(name);
        if (distance > 1 && stem >= 3 && strncmp(known, name, stem) == 0 && known[stem] == '_')
            distance = 1;
        if (distance < best_distance) {
            best_distance = distance;
            best = known;
        }
    }
    return best;
}

static lf_code set_enum(const lf_field *field, void *at, const char *text, lf_error *error) {
    char known[256] = "";
    const char *near = NULL;
    for (int i = 0; field->names[i]; i++) {
        if (strcmp(field->names[i], text) == 0) {
            *(int *)at = i;
            return LF_OK;
        }
        if (!near && lf_text_distance(field->names[i], text, 2) <= 2)
            near = field->names[i];
        const size_t used = strlen(known);
        snprintf(known + used, sizeof known - used, "%s%s", i ? ", " : "", field->names[i]);
    }
    if (near)
        return lf_fail(error, LF_UNKNOWN_KEY, LF_FROM_SCENARIO,
                       "'%s' is not known; did you mean %s?", text, near);
    return lf_fail(error, LF_UNKNOWN_KEY, LF_FROM_SCENARIO, "'%s' is not one of: %s", text, known);
}

static const char *expected(lf_type type) {
    switch (type) {
    case LF_BOOL:
        return "true or false";
    case LF_INT:
        return "a whole number";
    case LF_DURATION:
        return "a duration such as 90s, 5min, 6h";
    case LF_CLOCK:
        return "a time of day such as 17:30";
    default:
        return "a number";
    }
}

static lf_code check_range(const lf_field *field, double value, lf_error *error) {
    if ((field->low == 0 && field->high == 0) || isnan(value))
        return LF_OK;
    if (value >= field->low && value <= field->high)
        return LF_OK;
    char given[32], low[32], high[32];
    return lf_fail(error, LF_RANGE, LF_FROM_SCENARIO, "%s is outside %s..%s",
                   lf_text_from_real(value, given), lf_text_from_real(field->low, low),
                   lf_text_from_real(field->high, high));
}

static bool parse_bool(const char *text, bool *value) {
    static const char *const yes[] = {"true", "yes", "on", "1"}, *const no[] = {"false", "no",
                                                                                "off", "0"};
    for (int i = 0; i < 4; i++) {
        if (strcmp(text, yes[i]) == 0 || strcmp(text, no[i]) == 0) {
            *value = strcmp(text, yes[i]) == 0;
            return true;
        }
    }
    return false;
}

lf_code lf_field_set_text(const lf_field *field, void *row, const char *text, lf_error *error) {
    assert(field && row && text);
    void *at = member(field, row);
    double real = 0;
    long long whole = 0;
    bool truth = false, good = false;
    switch (field->type) {
    case LF_TEXT:
        *(const char **)at = text;
        return LF_OK;
    case LF_ENUM:
        return set_enum(field, at, text, error);
    case LF_BOOL:
        good = parse_bool(text, &truth);
        break;
    case LF_INT:
        good = lf_text_int(text, &whole) && whole >= -2147483647 && whole <= 2147483647;
        real = (double)whole;
        break;
    case LF_REAL:
        good = lf_text_real(text, &real);
        break;
    case LF_DURATION:
        good = lf_text_duration(text, &real);
        break;
    case LF_CLOCK:
        good = lf_text_clock(text, &real);
        break;
    default:
        return lf_fail(error, LF_TYPE, LF_FROM_SCENARIO,
                       "'%s' stands where a group of keys is needed", text);
    }
    if (!good)
        return lf_fail(error, LF_TYPE, LF_FROM_SCENARIO, "'%s' is not %s", text,
                       expected(field->type));
    const lf_code code = check_range(field, real, error);
    if (code != LF_OK)
        return code;
    if (field->type == LF_BOOL)
        *(bool *)at = truth;
    else if (field->type == LF_INT)
        *(int *)at = (int)whole;
    else
        *(double *)at = real;
    return LF_OK;
}

double lf_field_number(const lf_field *field, const void *row) {
    const void *at = member_const(field, row);
    switch (field->type) {
    case LF_BOOL:
        return *(const bool *)at;
    case LF_INT:
    case LF_ENUM:
        return *(const int *)at;
    case LF_REAL:
    case LF_DURATION:
    case LF_CLOCK:
        return *(const double *)at;
    default:
        return NAN;
    }
}

const char *lf_field_text(const lf_field *field, const void *row, char *buffer, size_t size) {
    const void *at = member_const(field, row);
    char number[32];
    switch (field->type) {
    case LF_TEXT:
        return *(const char *const *)at ? *(const char *const *)at : "";
    case LF_ENUM: {
        const int index = *(const int *)at;
        for (int i = 0; field->names[i]; i++)
            if (i == index)
                return field->names[i];
        return "";
    }
    case LF_BOOL:
        return *(const bool *)at ? "true" : "false";
    case LF_CLOCK: {
        const int seconds = (int)*(const double *)at;
        snprintf(buffer, size, "%02d:%02d", seconds / 3600, seconds / 60 % 60);
        return buffer;
    }
    default:
        snprintf(buffer, size, "%s", lf_text_from_real(lf_field_number(field, row), number));
        return buffer;
    }
}

lf_code lf_table_check(const lf_table *table, const void *row, const char *path, lf_error *error) {
    for (int i = 0; i < table->count; i++) {
        const lf_field *field = &table->fields[i];
        char name[192];
        snprintf(name, sizeof name, "%s%s%s", path ? path : "", path && path[0] ? "." : "",
                 field->name);
        if (field->type == LF_GROUP) {
            const lf_code inner =
                lf_table_check(field->group, member_const(field, row), name, error);
            if (inner != LF_OK)
                return inner;
            continue;
        }
        if (field->type > LF_CLOCK)
            continue;
        const lf_code code = check_range(field, lf_field_number(field, row), error);
        if (code != LF_OK) {
            lf_error_place(error, NULL, 0, 0, name);
            return code;
        }
    }
    return LF_OK;
}

const char *lf_unit_of(const char *name) {
    static const struct {
        const char *suffix, *unit;
    } units[] = {{"_m3_s", "m³/s"},
                 {"_m2_s", "m²/s"},
                 {"_s_m13", "s/m^(1/3)"},
                 {"_mm_h", "mm/h"},
                 {"_m_s2", "m/s²"},
                 {"_cny_m2_month", "yuan/(m² month)"},
                 {"_m_s", "m/s"},
                 {"_m3", "m³"},
                 {"_m2", "m²"},
                 {"_km", "km"},
                 {"_mm", "mm"},
                 {"_cm", "cm"},
                 {"_km_h", "km/h"},
                 {"_cny_year", "yuan/a"},
                 {"_cny_month", "yuan/month"},
                 {"_month_cny", "yuan/month"},
                 {"_hour_cny", "yuan/h"},
                 {"_cny_h", "yuan/h"},
                 {"_cny_kwh", "yuan/kWh"},
                 {"_cny_m2", "yuan/m²"},
                 {"_cny_m2_year", "yuan/(m² a)"},
                 {"_cny", "yuan"},
                 {"_years", "a"},
                 {"_year", "a"},
                 {"_months", "months"},
                 {"_days", "d"},
                 {"_min", "min"},
                 {"_kwh", "kWh"},
                 {"_kw", "kW"},
                 {"_ratio", "1"},
                 {"_probability", "1"},
                 {"_deg", "°"},
                 {"_px", "px"},
                 {"_h", "h"},
                 {"_s", "s"},
                 {"_m", "m"}};
    const char *unit = "";
    size_t longest = 0;
    const size_t length = strlen(name);
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        const size_t n = strlen(units[i].suffix);
        if (n > longest && n <= length && strcmp(name + length - n, units[i].suffix) == 0) {
            longest = n;
            unit = units[i].unit;
        }
    }
    return unit;
}
