// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// result.json: the contract's keys in their order, values that read back exactly, null for what is
// undefined, the same bytes twice; and the comparison of two such files.
#include "check.h"
#include "fixture.h"

#include "base/file.h"

#include <jansson.h>

static json_t *load(const fixture *f) {
    size_t count = 0;
    char *bytes = fixture_read(f, "result.json", &count);
    json_t *root = bytes ? json_loadb(bytes, count, JSON_REJECT_DUPLICATES, NULL) : NULL;
    free(bytes);
    return root;
}

static void check_keys(json_t *object, const char *const *keys, int count) {
    int i = 0;
    const char *key;
    json_t *value;
    json_object_foreach(object, key, value) {
        CHECK_TEXT(key, i < count ? keys[i] : "(no more keys)");
        i++;
    }
    CHECK(i == count);
}

static json_t *figure(json_t *root, size_t option, const char *name) {
    json_t *o = json_array_get(json_object_get(root, "options"), option);
    return json_object_get(json_object_get(o, "figures"), name);
}

static void contract(void) {
    static const char *const top[] = {"lifang", "scenario", "title", "seed",
                                      "inputs", "options",  "checks"};
    static const char *const option[] = {"name",    "slug",  "hash",   "figures",
                                         "ledgers", "notes", "seconds"};
    static const char *const fields[] = {"value", "unit", "better", "quality", "label", "label_zh"};
    fixture f;
    lf_error error;
    fixture_create(&f, 3, "json");
    CHECK(lf_report_json(&f.result, f.folder, &error) == LF_OK);
    json_t *root = load(&f);
    CHECK(root != NULL);
    check_keys(root, top, 7);
    CHECK_TEXT(json_string_value(json_object_get(root, "lifang")), lf_version());
    CHECK(json_integer_value(json_object_get(root, "seed")) == 1);
    json_t *second = json_array_get(json_object_get(root, "options"), 1);
    check_keys(second, option, 7);
    CHECK_TEXT(json_string_value(json_object_get(second, "hash")), "0123456789abcdf0");
    CHECK_TEXT(json_string_value(json_object_get(second, "slug")), "海绵-管网");
    json_t *npv = figure(root, 1, "retro.npv_cny");
    check_keys(npv, fields, 6);
    CHECK(json_number_value(json_object_get(npv, "value")) ==
          lf_option_figure(f.options[1], "retro.npv_cny")->value);
    CHECK_TEXT(json_string_value(json_object_get(npv, "better")), "more");
    CHECK_TEXT(json_string_value(json_object_get(npv, "quality")), "assumed");
    CHECK(json_is_null(json_object_get(figure(root, 0, "retro.payback_years"), "value")));
    json_t *input = json_array_get(json_object_get(root, "inputs"), 1);
    CHECK_TEXT(json_string_value(json_object_get(input, "path")), "data/" FIXTURE_EVIL ".tif");
    json_t *check = json_array_get(json_object_get(root, "checks"), 2);
    CHECK(json_is_false(json_object_get(check, "pass")) &&
          json_is_null(json_object_get(check, "value")));
    json_t *water = json_object_get(json_object_get(second, "ledgers"), "water");
    CHECK_NEAR(json_number_value(json_object_get(water, "error")), 10, 0);
    json_decref(root);
    fixture_destroy(&f);
}

static void same_bytes(void) {
    fixture f;
    size_t first = 0, second = 0;
    fixture_create(&f, 2, "json_twice");
    CHECK(lf_report_json(&f.result, f.folder, NULL) == LF_OK);
    char *a = fixture_read(&f, "result.json", &first);
    CHECK(lf_report_json(&f.result, f.folder, NULL) == LF_OK);
    char *b = fixture_read(&f, "result.json", &second);
    CHECK(a && b && first == second && memcmp(a, b, first) == 0);
    free(a);
    free(b);
    fixture_destroy(&f);
}

static void compare(void) {
    fixture left, right;
    lf_error error;
    char *text = NULL;
    bool same = false;
    fixture_create(&left, 2, "compare_left");
    fixture_create(&right, 3, "compare_right");
    static const lf_figure_def depth = {"drain.max_depth_m", "m", "", "", -1};
    static const lf_figure_def extra = {"park.extra_m", "m", "", "", 0};
    double before = lf_option_figure(right.options[0], depth.name)->value;
    CHECK(lf_report_json(&left.result, left.folder, NULL) == LF_OK);
    CHECK(lf_report_json(&right.result, right.folder, NULL) == LF_OK);
    const char *a = "report_compare_left/result.json", *b = "report_compare_right/result.json";
    CHECK(lf_report_compare(a, a, 0, &text, &same, &error) == LF_OK && same);
    free(text);
    CHECK(lf_report_compare(a, b, 1e-9, &text, &same, &error) == LF_OK && !same);
    CHECK(text && strstr(text, "option '全部 / C+EPC+O': added"));
    free(text);
    lf_option_set_figure(right.options[0], &depth, before * 1.001, LF_ASSUMED);
    lf_option_set_figure(right.options[0], &extra, 1, LF_ASSUMED);
    right.checks[0].pass = true;
    right.result.option_count = 2;
    CHECK(lf_report_json(&right.result, right.folder, NULL) == LF_OK);
    CHECK(lf_report_compare(a, b, 1e-6, &text, &same, &error) == LF_OK && !same);
    CHECK(text && strstr(text, "drain.max_depth_m: ") && strstr(text, "park.extra_m: added") &&
          strstr(text, "fail -> pass") && strstr(text, "3 differences"));
    free(text);
    CHECK(lf_report_compare(a, b, 0.01, &text, &same, &error) == LF_OK && !same);
    CHECK(text && !strstr(text, "drain.max_depth_m: "));
    free(text);
    CHECK(lf_report_compare(b, a, 0.01, &text, &same, &error) == LF_OK &&
          strstr(text, "park.extra_m: removed"));
    free(text);
    fixture_destroy(&left);
    fixture_destroy(&right);
}

static void bad_files(void) {
    lf_error error;
    char *text = NULL;
    bool same = true;
    CHECK(lf_report_compare("nothing.json", "nothing.json", 0, &text, &same, &error) ==
          LF_NOT_FOUND);
    CHECK(!text && !same && lf_error_exit_code(&error) == 3);
    CHECK(lf_file_write("broken.json", "{\"a\":\n 1,,}", 11, NULL) == LF_OK);
    CHECK(lf_report_compare("broken.json", "broken.json", 0, &text, &same, &error) == LF_FORMAT);
    CHECK(error.line == 2 && strcmp(error.file, "broken.json") == 0);
    CHECK(lf_file_write("other.json", "{\"a\": 1}", 8, NULL) == LF_OK);
    CHECK(lf_report_compare("other.json", "other.json", 0, &text, &same, &error) == LF_FORMAT);
}

int main(void) {
    contract();
    same_bytes();
    compare();
    bad_files();
    return lf_check_end();
}
