// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The expression language: values, binding, errors with their column, hostile depth.
#include "base/expr.h"
#include "check.h"

static lf_code resolve(void *context, const lf_expr_name *name, lf_value *value, lf_error *error) {
    (void)context;
    if (strcmp(name->path, "kind") == 0) {
        *value = (lf_value){.kind = LF_VALUE_TEXT, .text = "lawn"};
        return LF_OK;
    }
    value->kind = LF_VALUE_NUMBER;
    if (strcmp(name->path, "drain.max_depth_m") == 0) {
        value->number =
            name->argument && strcmp(name->argument, "sponge and stalls") == 0 ? 0.1 : 0.4;
        return LF_OK;
    }
    if (strcmp(name->path, "never") == 0) {
        value->number = NAN;
        return LF_OK;
    }
    return lf_fail(error, LF_UNKNOWN_KEY, LF_FROM_SCENARIO, "no %s", name->path);
}

static int truth(const char *text) {
    lf_arena *arena = lf_arena_create(NULL);
    lf_expr *expr;
    lf_value value = {0};
    lf_error error;
    int result = -1;
    if (lf_expr_parse(arena, text, &expr, &error) == LF_OK &&
        lf_expr_eval(expr, resolve, NULL, &value, &error) == LF_OK && value.kind == LF_VALUE_BOOL)
        result = value.truth;
    lf_arena_destroy(arena);
    return result;
}

static int column_of_error(const char *text) {
    lf_arena *arena = lf_arena_create(NULL);
    lf_expr *expr;
    lf_error error = {0};
    const lf_code code = lf_expr_parse(arena, text, &expr, &error);
    lf_arena_destroy(arena);
    return code == LF_SYNTAX ? error.column : 0;
}

int main(void) {
    CHECK(truth("option('sponge and stalls').drain.max_depth_m < 0.15") == 1);
    CHECK(truth("drain.max_depth_m < 0.15") == 0);
    CHECK(truth("kind == 'lawn' && 1 + 2 * 3 == 7") == 1);
    CHECK(truth("not (1 > 2) and (2 <= 2 or 1/0 > 3)") == 1);
    CHECK(truth("never < 1") == 0 && truth("never >= 1") == 0);
    CHECK(truth("min(3, 1, 2) == 1 and max(1, 5) == 5 and abs(-4) == 4") == 1);
    CHECK(truth("-2 * -3 == 6") == 1);
    CHECK(truth("10min == 600") == 1);
    CHECK(truth("kind < 'x'") == -1 && truth("kind + 1 == 2") == -1 && truth("kind == 1") == -1);
    CHECK(truth("unknown == 1") == -1);
    CHECK(column_of_error("1 < ") == 5);
    CHECK(column_of_error("(1 < 2") == 7);
    CHECK(column_of_error("1 < 2 2") == 7);
    CHECK(column_of_error("'abc") == 1);
    CHECK(column_of_error("option(x).y") == 8);
    char deep[4096];
    memset(deep, '(', sizeof deep - 1);
    deep[sizeof deep - 1] = 0;
    CHECK(column_of_error(deep) > 0);
    memset(deep, '-', sizeof deep - 1);
    CHECK(column_of_error(deep) > 0);
    memset(deep, '!', sizeof deep - 1);
    CHECK(column_of_error(deep) > 0);
    return lf_check_end();
}
