// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The scenario file and its run: imports -> spec -> measures -> twin -> state -> result, the same
// pipeline for the base case and for every option.
#ifndef LIFANG_RUN_H
#define LIFANG_RUN_H

#include "lifang/io.h"
#include "lifang/measure.h"
#include "lifang/module.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct lf_scenario lf_scenario;

// Parses YAML (or JSON) with exact line and column on every error. overrides are "key.path=value"
// texts (--set). Every problem becomes an issue; the first one is also the error.
lf_code lf_run_load(const char *path, const char *const *overrides, int override_count,
                    lf_scenario **scenario, lf_issues *issues, lf_error *error);
void lf_run_unload(lf_scenario *scenario);

const char *lf_scenario_name(const lf_scenario *scenario);
int lf_scenario_option_count(const lf_scenario *scenario);
const char *lf_scenario_option_name(const lf_scenario *scenario, int index);
// True if the scenario has a key for that module.
bool lf_scenario_runs(const lf_scenario *scenario, const char *module);
bool lf_scenario_wants(const lf_scenario *scenario, const char *output); // "html", "png" ...
const lf_clock *lf_scenario_clock(const lf_scenario *scenario);
int lf_scenario_threads(const lf_scenario *scenario);

// The tables of the scenario's own sections (estate, run, imports); NULL after the last.
const lf_table *lf_scenario_table_at(int index);

// Imports and synthesises: the spec of the base case. The caller destroys it.
lf_code lf_run_base_spec(const lf_scenario *scenario, const lf_env *env, lf_spec **spec,
                         lf_issues *issues, lf_error *error);
// Applies the measures of one option to a copy of the base spec.
lf_code lf_run_option_spec(const lf_scenario *scenario, int option, const lf_spec *base,
                           lf_spec **spec, lf_issues *issues, lf_error *error);

typedef struct lf_run_def {
    const char *checkpoint;    // folder to write states to; NULL = none
    double checkpoint_every_s; // simulated; 0 = only when interrupted
    bool resume;               // continue from the states in `checkpoint` where they fit
    const char *only_option;   // NULL = all; the first option runs in any case
    bool dry;                  // everything but the computation: *result stays NULL
    uint32_t cookie;
} lf_run_def;
lf_run_def lf_default_run_def(void);

// Runs all options and evaluates the checks. On success *result is complete and owned by the caller
// (lf_run_free). A failed check is no error: see lf_result.checks.
lf_code lf_run_scenario(const lf_scenario *scenario, const lf_run_def *def, const lf_env *env,
                        lf_result **result, lf_issues *issues, lf_error *error);
void lf_run_free(lf_result *result);

#ifdef __cplusplus
}
#endif
#endif
