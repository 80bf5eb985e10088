// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The pipeline on the toy modules: order of options, couplings, errors, the same bits for any
// number of threads, and for a run that was interrupted and resumed.
#include "check.h"
#include "run/checks.h"
#include "toy.h"
#include <unistd.h>

#define HEAD "lifang: 1\nestate: {imports: [a.gpkg]}\n"
#define OPTIONS "options: [as it is, {name: b, measures: [widen]}, c, d]\n"

enum { OPTIONS_MAX = 8 };
typedef struct outcome {
    int count;
    lf_twin *twins[OPTIONS_MAX];
    lf_option_result *options[OPTIONS_MAX];
    lf_issues *issues;
    lf_error error;
    lf_code code;
} outcome;

static outcome run(const lf_scenario *scenario, const lf_run_def *def, int threads) {
    outcome out = {.count = lf_scenario_option_count(scenario), .issues = lf_issues_create()};
    lf_env env = {.pool = threads > 1 ? lf_pool_create(threads) : NULL, .stop = &toy_stop};
    lf_spec *spec = toy_spec();
    toy_stop = 0;
    out.code =
        lf_run_options(scenario, def, &env, spec, out.twins, out.options, out.issues, &out.error);
    lf_spec_destroy(spec);
    lf_pool_destroy(env.pool);
    return out;
}

static void drop(outcome *out) {
    for (int i = 0; i < out->count; i++) {
        lf_option_destroy(out->options[i]);
        lf_twin_destroy(out->twins[i]);
    }
    lf_issues_destroy(out->issues);
}

static bool same_option(const lf_option_result *a, const lf_option_result *b) {
    const lf_series *x = lf_option_series(a, "levels"), *y = lf_option_series(b, "levels");
    size_t rows = (size_t)x->count;
    return lf_option_hash(a) == lf_option_hash(b) && x->count == y->count &&
           memcmp(x->time_s, y->time_s, rows * sizeof(double)) == 0 &&
           memcmp(x->values, y->values, rows * sizeof(float)) == 0 &&
           lf_option_frame_count(a) == lf_option_frame_count(b) &&
           isfinite(lf_option_figure(a, "toy.above_base_m")->value) ==
               isfinite(lf_option_figure(b, "toy.above_base_m")->value) &&
           lf_option_figure(a, "toy.max_level_m")->value ==
               lf_option_figure(b, "toy.max_level_m")->value;
}

static void steps(void) {
    lf_scenario *scenario =
        toy_load(HEAD OPTIONS "modules: {toy: {}, echo: {}}\n"
                              "run: {stop: 1000s, report_every: 90s, couple_every: 60s}\n");
    lf_run_def def = lf_default_run_def();
    outcome out = run(scenario, &def, 1);
    CHECK(out.code == LF_OK);
    if (out.code == LF_OK) {
        // Steps end at every multiple of 60 and of 90 and at 1000: 16 + 11 - 5 shared + 1.
        CHECK_NEAR(lf_option_figure(out.options[0], "toy.steps_count")->value, 23, 0);
        const lf_series *levels = lf_option_series(out.options[0], "levels");
        CHECK(levels->count == 13); // 0, 90 ... 990, 1000
        CHECK_NEAR(levels->time_s[12], 1000, 0);
        CHECK_NEAR(levels->time_s[11], 990, 0);
        CHECK_NEAR(lf_option_figure(out.options[0], "echo.depth_m")->value,
                   (float)lf_option_figure(out.options[0], "toy.max_level_m")->value, 0);
        // The base stands alone; the others are concluded after it, with any number of threads.
        CHECK(isnan(lf_option_figure(out.options[0], "toy.above_base_m")->value));
        CHECK(isfinite(lf_option_figure(out.options[1], "toy.above_base_m")->value));
        const lf_road *road = lf_twin_rows(out.twins[1], LF_ROADS, &(int){0});
        CHECK_NEAR(road->width_m, 7, 0);
        CHECK(lf_issues_count(out.issues, LF_NOTE) >= 1);
    }
    drop(&out);
    lf_run_unload(scenario);
}

static void threads(void) {
    lf_scenario *scenario = toy_load(HEAD OPTIONS "modules: {toy: {}}\n");
    lf_run_def def = lf_default_run_def();
    outcome one = run(scenario, &def, 1), four = run(scenario, &def, 4);
    CHECK(one.code == LF_OK && four.code == LF_OK);
    for (int i = 0; i < one.count && one.code == LF_OK && four.code == LF_OK; i++) {
        CHECK(same_option(one.options[i], four.options[i]));
        CHECK(lf_twin_hash(one.twins[i]) == lf_twin_hash(four.twins[i]));
    }
    drop(&one);
    drop(&four);
    lf_run_unload(scenario);
}

static void resume(void) {
    char folder[] = "/tmp/lifang-test-XXXXXX";
    CHECK(mkdtemp(folder) != NULL);
    lf_scenario *whole = toy_load(HEAD OPTIONS "modules: {toy: {}}\n");
    lf_scenario *cut = toy_load(HEAD OPTIONS "modules: {toy: {stop_at_s: 7000}}\n");
    // Only the flag differs, so that the saved state must be taken as that of the other.
    cut->fingerprint = whole->fingerprint;
    lf_run_def def = lf_default_run_def();
    outcome plain = run(whole, &def, 1);
    def.checkpoint = folder;
    outcome first = run(cut, &def, 1);
    CHECK(first.code == LF_INTERRUPTED);
    CHECK(first.error.code == LF_INTERRUPTED && lf_error_exit_code(&first.error) == 130);
    CHECK(strstr(first.error.message, "option 'as it is': interrupted at 7020 s") != NULL);
    CHECK(!first.options[0]);
    def.resume = true;
    outcome second = run(whole, &def, 2);
    CHECK(second.code == LF_OK);
    for (int i = 0; i < plain.count && second.code == LF_OK; i++) {
        CHECK(same_option(plain.options[i], second.options[i]));
    }
    // Of another scenario: refused, and the run starts afresh.
    whole->fingerprint++;
    outcome third = run(whole, &def, 1);
    CHECK(third.code == LF_OK && same_option(plain.options[0], third.options[0]));
    // A damaged file is of no use either.
    char path[100];
    snprintf(path, sizeof path, "%s/option-1.result", folder);
    FILE *file = fopen(path, "r+b");
    CHECK(file && fseek(file, 60, SEEK_SET) == 0 && fputc(0x5a, file) != EOF && fclose(file) == 0);
    outcome fourth = run(whole, &def, 1);
    CHECK(fourth.code == LF_OK && same_option(plain.options[0], fourth.options[0]));
    drop(&plain);
    drop(&first);
    drop(&second);
    drop(&third);
    drop(&fourth);
    for (int i = 0; i < 4; i++) {
        lf_run_checkpoint_remove(&(lf_run_place){.folder = folder, .option = i});
    }
    CHECK(access(folder, F_OK) != 0);
    lf_run_unload(whole);
    lf_run_unload(cut);
}

static void failures(void) {
    lf_scenario *scenario = toy_load(HEAD OPTIONS "modules: {toy: {fail_at_s: 600}}\n");
    lf_run_def def = lf_default_run_def();
    outcome out = run(scenario, &def, 1);
    // An unstable option goes back to its last report and says so; the others do as well.
    CHECK(out.code == LF_OK);
    for (int i = 0; out.code == LF_OK && i < 4; i++) {
        double until_s = 0;
        const char *why = lf_option_partial(out.options[i], &until_s);
        const lf_series *levels = lf_option_series(out.options[i], "levels");
        CHECK(why && strcmp(why, "the level runs away") == 0);
        CHECK(until_s == 300 && levels->time_s[levels->count - 1] == 300);
    }
    drop(&out);
    def.only_option = "x";
    out = run(scenario, &def, 1);
    CHECK(out.code == LF_REFERENCE && lf_error_exit_code(&out.error) == 2);
    drop(&out);
    lf_run_unload(scenario);
}

static void only_option(void) {
    lf_scenario *scenario = toy_load(HEAD OPTIONS "modules: {toy: {}}\n");
    lf_run_def def = lf_default_run_def();
    def.only_option = "c";
    outcome out = run(scenario, &def, 1);
    CHECK(out.code == LF_OK);
    CHECK(out.options[0] && !out.options[1] && out.options[2] && !out.options[3]);
    drop(&out);
    lf_run_unload(scenario);
}

static void check_results(void) {
    lf_scenario *scenario = toy_load(
        HEAD "options: [as it is, b]\nmodules: {toy: {rate_m_s: 0.5}}\nrun: {stop: 600s}\nchecks:\n"
             "- toy.steps_count == 10\n"
             "- {option: b, check: toy.steps_count > 10}\n"
             "- option('b').toy.steps_count == option('as it is').toy.steps_count\n"
             "- toy.steps_count <= option('as it is').toy.steps_count\n");
    lf_run_def def = lf_default_run_def();
    outcome out = run(scenario, &def, 1);
    lf_arena *arena = lf_arena_create(NULL);
    lf_check_result *results = NULL;
    int count = 0;
    CHECK(out.code == LF_OK);
    CHECK(lf_run_evaluate_checks(scenario, out.options, arena, &results, &count, NULL) == LF_OK);
    CHECK(count == 6);
    CHECK(results[0].pass && results[0].defined && results[0].value == 10);
    CHECK_TEXT(results[0].option, "as it is");
    CHECK_TEXT(results[1].option, "b");
    CHECK(!results[2].pass && results[2].defined && results[2].value == 10);
    CHECK_TEXT(results[2].option, "b");
    CHECK(results[3].pass);
    CHECK_TEXT(results[3].option, "");
    CHECK(results[4].pass && results[5].pass);
    lf_arena_destroy(arena);
    drop(&out);
    lf_run_unload(scenario);
}

// An undefined figure fails whatever the comparison, even "not (x < 1)" and "x != 3".
static void undefined(void) {
    lf_scenario *scenario = toy_load(HEAD "modules: {toy: {undefined: true}}\nchecks:\n"
                                          "- toy.max_level_m < 1\n- not (toy.max_level_m < 1)\n"
                                          "- toy.max_level_m != 3\n"
                                          "- toy.steps_count > 0 or toy.max_level_m < 1\n");
    lf_run_def def = lf_default_run_def();
    outcome out = run(scenario, &def, 1);
    lf_arena *arena = lf_arena_create(NULL);
    lf_check_result *results = NULL;
    int count = 0;
    CHECK(lf_run_evaluate_checks(scenario, out.options, arena, &results, &count, NULL) == LF_OK);
    CHECK(count == 4);
    for (int i = 0; i < count; i++) {
        CHECK(!results[i].pass && !results[i].defined);
        CHECK_TEXT(results[i].message, "toy.max_level_m is undefined in option 'as it is'");
    }
    lf_arena_destroy(arena);
    drop(&out);
    lf_run_unload(scenario);
}

int main(void) {
    steps();
    threads();
    resume();
    failures();
    only_option();
    check_results();
    undefined();
    return lf_check_end();
}
