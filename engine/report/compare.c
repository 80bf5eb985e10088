// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Two result.json side by side: what changed between two commits of a plan, or two machines.
#include "base/file.h"
#include "report/parts.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double ROUND_OFF_RATIO = 1e-3;

typedef struct compare {
    lf_buffer out;
    double tolerance_ratio;
    int differences;
    const char *option; // being compared
} compare;

static lf_code load(const char *path, json_t **root, lf_error *error) {
    char *bytes = NULL;
    size_t count = 0;
    lf_code code = lf_file_read(path, 0, &bytes, &count, error);
    if (code != LF_OK) {
        return code;
    }
    json_error_t problem;
    *root = json_loadb(bytes, count, JSON_REJECT_DUPLICATES, &problem);
    free(bytes);
    if (!*root) {
        code = lf_fail(error, LF_FORMAT, LF_FROM_INPUT, "this is not valid JSON: %s", problem.text);
        lf_error_place(error, path, problem.line, problem.column, NULL);
        return code;
    }
    if (!json_is_string(json_object_get(*root, "lifang")) ||
        !json_is_array(json_object_get(*root, "options"))) {
        json_decref(*root);
        *root = NULL;
        code = lf_fail(error, LF_FORMAT, LF_FROM_INPUT,
                       "this is no result.json of lifang: keys \"lifang\" and \"options\" are "
                       "needed; give the result.json that `lifang run` wrote");
        lf_error_place(error, path, 0, 0, NULL);
        return code;
    }
    return LF_OK;
}

static const char *text_of(const json_t *object, const char *key) {
    const char *text = json_string_value(json_object_get(object, key));
    return text ? text : "";
}

static json_t *find_named(json_t *list, const char *name) {
    size_t index;
    json_t *item;
    json_array_foreach(list, index, item) {
        if (strcmp(text_of(item, "name"), name) == 0) {
            return item;
        }
    }
    return NULL;
}

static double number_of(const json_t *figure) {
    const json_t *value = json_object_get(figure, "value");
    return json_is_number(value) ? json_number_value(value) : NAN;
}

// Opens a line "option 'x': drain.max_depth_m ".
static void begin_line(compare *c, const char *name) {
    c->differences++;
    lf_buffer_addf(&c->out, "option '%s': %s: ", c->option, name);
}

static void compare_figure(compare *c, const char *name, const json_t *a, const json_t *b) {
    char left[32], right[32];
    double x = number_of(a), y = number_of(b);
    if (strcmp(text_of(a, "unit"), text_of(b, "unit")) != 0) {
        begin_line(c, name);
        lf_buffer_addf(&c->out, "unit %s -> %s\n", text_of(a, "unit"), text_of(b, "unit"));
        return;
    }
    if (isnan(x) && isnan(y)) {
        return;
    }
    double size = fmax(fabs(x), fabs(y));
    if (strstr(name, "error_ratio")) {
        size = fmax(size, ROUND_OFF_RATIO); // the digits of a round-off mean nothing
    }
    if (!isnan(x) && !isnan(y) && fabs(x - y) <= c->tolerance_ratio * size) {
        return;
    }
    begin_line(c, name);
    lf_buffer_addf(&c->out, "%s -> %s", isnan(x) ? "undefined" : lf_text_from_real(x, left),
                   isnan(y) ? "undefined" : lf_text_from_real(y, right));
    if (text_of(a, "unit")[0] && strcmp(text_of(a, "unit"), "1") != 0) {
        lf_buffer_addf(&c->out, " %s", text_of(a, "unit"));
    }
    if (!isnan(x) && !isnan(y) && x != 0) {
        lf_buffer_addf(&c->out, " (%+.3g%%)", (y - x) / fabs(x) * 100);
    }
    lf_buffer_add(&c->out, "\n");
}

static void compare_option(compare *c, json_t *left, json_t *right, const char *called) {
    json_t *a = json_object_get(left, "figures"), *b = json_object_get(right, "figures"), *figure;
    const char *name;
    c->option = called;
    json_object_foreach(a, name, figure) {
        const json_t *other = json_object_get(b, name);
        if (other) {
            compare_figure(c, name, figure, other);
        } else {
            begin_line(c, name);
            lf_buffer_add(&c->out, "removed\n");
        }
    }
    json_object_foreach(b, name, figure) {
        if (!json_object_get(a, name)) {
            begin_line(c, name);
            lf_buffer_add(&c->out, "added\n");
        }
    }
}

static void compare_options(compare *c, json_t *left, json_t *right) {
    size_t index;
    json_t *option;
    json_array_foreach(left, index, option) {
        json_t *other = find_named(right, text_of(option, "name"));
        if (other) {
            compare_option(c, option, other, text_of(option, "name"));
        } else {
            c->differences++;
            lf_buffer_addf(&c->out, "option '%s': removed\n", text_of(option, "name"));
        }
    }
    json_array_foreach(right, index, option) {
        if (!find_named(left, text_of(option, "name"))) {
            c->differences++;
            lf_buffer_addf(&c->out, "option '%s': added\n", text_of(option, "name"));
        }
    }
}

static void compare_checks(compare *c, json_t *left, json_t *right) {
    size_t i, j;
    json_t *check, *other;
    json_array_foreach(left, i, check) {
        json_array_foreach(right, j, other) {
            bool same = strcmp(text_of(check, "text"), text_of(other, "text")) == 0 &&
                        strcmp(text_of(check, "option"), text_of(other, "option")) == 0;
            bool before = json_is_true(json_object_get(check, "pass"));
            bool after = json_is_true(json_object_get(other, "pass"));
            if (same && before != after) {
                c->differences++;
                lf_buffer_addf(&c->out, "check '%s': %s -> %s\n", text_of(check, "text"),
                               before ? "pass" : "fail", after ? "pass" : "fail");
            }
        }
    }
}

// The last line, and the text to the caller.
static lf_code conclude(compare *c, const char *path, char **text, bool *same, lf_error *error) {
    if (c->differences == 0) {
        lf_buffer_addf(&c->out, "no difference beyond a ratio of %g\n", c->tolerance_ratio);
    } else {
        lf_buffer_addf(&c->out, "%d difference%s beyond a ratio of %g\n", c->differences,
                       c->differences == 1 ? "" : "s", c->tolerance_ratio);
    }
    if (c->out.failed) {
        lf_buffer_free(&c->out);
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory to compare %s", path);
    }
    *same = c->differences == 0;
    *text = c->out.text;
    return LF_OK;
}

lf_code lf_report_compare(const char *left_json, const char *right_json, double tolerance_ratio,
                          char **text, bool *same, lf_error *error) {
    json_t *left = NULL, *right = NULL;
    *text = NULL;
    *same = false;
    lf_code code = load(left_json, &left, error);
    if (code == LF_OK) {
        code = load(right_json, &right, error);
    }
    if (code != LF_OK) {
        json_decref(left);
        return code;
    }
    compare c = {.tolerance_ratio = tolerance_ratio};
    compare_options(&c, json_object_get(left, "options"), json_object_get(right, "options"));
    compare_checks(&c, json_object_get(left, "checks"), json_object_get(right, "checks"));
    json_decref(left);
    json_decref(right);
    return conclude(&c, left_json, text, same, error);
}

lf_code lf_report_compare_options(const char *json, double tolerance_ratio, char **text, bool *same,
                                  lf_error *error) {
    json_t *root = NULL;
    *text = NULL;
    *same = false;
    lf_code code = load(json, &root, error);
    if (code != LF_OK) {
        return code;
    }
    compare c = {.tolerance_ratio = tolerance_ratio};
    const json_t *options = json_object_get(root, "options");
    json_t *base = json_array_get(options, 0);
    for (size_t i = 1; i < json_array_size(options); i++) {
        json_t *option = json_array_get(options, i);
        compare_option(&c, base, option, text_of(option, "name"));
    }
    code = conclude(&c, json, text, same, error);
    json_decref(root);
    return code;
}
