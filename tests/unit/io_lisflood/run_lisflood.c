// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// A LISFLOOD model as a scenario: its clock and settings, overrides, the water that it holds, and
// what is said of a model that cannot run.
#include "lifang/run.h"
#include "small.h"

static lf_scenario *load(const char *const *overrides, int count, lf_code expected,
                         const char *words) {
    lf_scenario *scenario = NULL;
    lf_error error = {0};
    lf_issues *issues = lf_issues_create();
    const lf_code code =
        lf_run_load("small/small.par", overrides, count, &scenario, issues, &error);
    if (code != expected)
        printf("%s: %s\n", error.path, error.message);
    CHECK(code == expected && (code == LF_OK || strstr(error.message, words)));
    CHECK(code == LF_OK || lf_issues_count(issues, LF_ERROR) > 0);
    lf_issues_destroy(issues);
    return scenario;
}

static double figure(const lf_result *result, const char *name) {
    const lf_option_result *option = result->options[0];
    for (int i = 0; i < lf_option_figure_count(option); i++)
        if (strcmp(lf_option_figure_at(option, i)->def->name, name) == 0)
            return lf_option_figure_at(option, i)->value;
    return NAN;
}

static void check_run(void) {
    const char *const overrides[] = {"run.stop=10min"};
    write_small("small.bci", "W 2010 2020 QVAR q\n");
    lf_scenario *scenario = load(overrides, 1, LF_OK, "");
    if (!scenario)
        return;
    CHECK_TEXT(lf_scenario_name(scenario), "small");
    CHECK(lf_scenario_runs(scenario, "drain") && !lf_scenario_runs(scenario, "park"));
    CHECK(lf_scenario_clock(scenario)->report_every_s == 60);
    lf_run_def def = lf_default_run_def();
    lf_env env = {0};
    lf_result *result = NULL;
    lf_error error = {0};
    const lf_code code = lf_run_scenario(scenario, &def, &env, &result, NULL, &error);
    if (code != LF_OK)
        printf("%s\n", error.message);
    CHECK(code == LF_OK);
    if (result) { // 0..20 m3/s and back in two minutes
        CHECK_NEAR(figure(result, "drain.inflow_m3"), 1200, 1e-3);
        CHECK(figure(result, "drain.balance_error_ratio") < 1e-6);
        CHECK(lf_option_frame_count(result->options[0]) == 2); // saveint 600: start and end
    }
    lf_run_free(result);
    lf_run_unload(scenario);
}

int main(void) {
    write_small(NULL, NULL);
    lf_run_unload(load(NULL, 0, LF_OK, ""));
    check_run();
    write_small(NULL, NULL);
    const char *const unknown[] = {"modules.drain.surface.sheme=swe"};
    load(unknown, 1, LF_UNKNOWN_KEY, "scheme");
    write_small("small.par", "DEMfile small.dem\nacceleration\n");
    load(NULL, 0, LF_MISSING, "how long");
    write_small("small.par", "DEMfile none.dem\nacceleration\nsim_time 10\n");
    load(NULL, 0, LF_NOT_FOUND, "");
    write_small("small.par", "DEMfile small.dem\nfv1\nsim_time 10\ncfl 0.4\nporfile p.asc\n");
    load(NULL, 0, LF_FORMAT, "not read");
    return lf_check_end();
}
