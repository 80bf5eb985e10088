// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Where filters: an expression over the fields of a row.
#include "base/expr.h"
#include "lifang/twin.h"

#include <assert.h>
#include <math.h>
#include <string.h>

typedef struct subject {
    lf_layer layer;
    const lf_row *row;
} subject;

static lf_value number(double value) {
    return (lf_value){.kind = LF_VALUE_NUMBER, .number = value};
}

static lf_value words(const char *text) {
    return (lf_value){.kind = LF_VALUE_TEXT, .text = text ? text : ""};
}

// "green.kind" names the layer first; the singular is accepted too: "pipe", "road", "building".
static const char *without_layer(const char *path) {
    const char *dot = strchr(path, '.');
    return dot ? dot + 1 : path;
}

static bool computed(const subject *s, const char *name, lf_value *value) {
    const lf_row *row = s->row;
    if (strcmp(name, "id") == 0)
        *value = number(row->id);
    else if (strcmp(name, "name") == 0)
        *value = words(row->name);
    else if (strcmp(name, "quality") == 0)
        *value = words(lf_quality_name(row->quality));
    else if (strcmp(name, "area_m2") == 0 && !lf_table_find(lf_layer_table(s->layer), name))
        *value = number(lf_shape_area_m2(&row->shape));
    else if (strcmp(name, "length_m") == 0 && s->layer != LF_DRAIN_LINKS)
        *value = number(lf_shape_length_m(&row->shape));
    else
        return false;
    return true;
}

static lf_code resolve(void *context, const lf_expr_name *name, lf_value *value, lf_error *error) {
    const subject *s = context;
    const lf_table *table = lf_layer_table(s->layer);
    const char *plain = without_layer(name->path);
    if (name->qualifier)
        return lf_fail(error, LF_UNKNOWN_KEY, LF_FROM_SCENARIO,
                       "%s(...) has no meaning in a where filter", name->qualifier);
    if (computed(s, plain, value))
        return LF_OK;
    const lf_field *field = lf_table_find(table, plain);
    if (!field) {
        const char *near = lf_table_suggest(table, plain);
        return lf_fail(error, LF_UNKNOWN_KEY, LF_FROM_SCENARIO, "%s has no field %s%s%s%s",
                       table->name, plain, near ? "; did you mean " : "", near ? near : "",
                       near ? "?" : "");
    }
    if (field->type == LF_TEXT || field->type == LF_ENUM)
        *value = words(lf_field_text(field, s->row, NULL, 0));
    else if (field->type == LF_BOOL)
        *value = (lf_value){.kind = LF_VALUE_BOOL, .truth = lf_field_number(field, s->row) != 0};
    else
        *value = number(lf_field_number(field, s->row));
    return LF_OK;
}

static bool word_matches(const subject *s, const char *word) {
    const lf_field *kind = lf_table_find(lf_layer_table(s->layer), "kind");
    const bool kind_is = kind && strcmp(lf_field_text(kind, s->row, NULL, 0), word) == 0;
    return kind_is || strcmp(s->row->name, word) == 0;
}

static lf_code test_rows(const lf_spec *spec, lf_layer layer, const lf_expr *expr, bool *selected,
                         lf_error *error) {
    const char *word = NULL;
    const bool is_word = lf_expr_is_word(expr, &word);
    for (int i = 0, count = lf_spec_count(spec, layer); i < count; i++) {
        subject s = {layer, lf_spec_at_const(spec, layer, i)};
        const lf_field *field = is_word ? lf_table_find(lf_layer_table(layer), word) : NULL;
        if (is_word && !(field && field->type == LF_BOOL)) {
            selected[i] = word_matches(&s, word);
            continue;
        }
        lf_value value;
        const lf_code code = lf_expr_eval(expr, resolve, &s, &value, error);
        if (code != LF_OK)
            return code;
        if (value.kind != LF_VALUE_BOOL)
            return lf_fail(error, LF_TYPE, LF_FROM_SCENARIO,
                           "a where filter must be true or false, such as area_m2 > 50");
        selected[i] = value.truth;
    }
    return LF_OK;
}

lf_code lf_spec_where(const lf_spec *spec, lf_layer layer, const char *where, bool *selected,
                      lf_error *error) {
    assert(spec && selected);
    if (!where || !where[0]) {
        for (int i = 0, count = lf_spec_count(spec, layer); i < count; i++)
            selected[i] = true;
        return LF_OK;
    }
    lf_arena *arena = lf_arena_create(NULL);
    if (!arena)
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for a where filter");
    lf_expr *expr = NULL;
    lf_code code = lf_expr_parse(arena, where, &expr, error);
    if (code == LF_OK)
        code = test_rows(spec, layer, expr, selected, error);
    lf_arena_destroy(arena);
    return code;
}
