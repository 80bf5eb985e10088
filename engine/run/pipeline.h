// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The stages of a run between the rooms of engine/run.
#ifndef LF_RUN_PIPELINE_H
#define LF_RUN_PIPELINE_H

#include "run/scenario.h"

enum { LF_RUN_IMPORT_PERCENT = 5 }; // of the progress bar; the options share the rest

typedef struct lf_run_inputs {
    int count;
    lf_input_file *files;
} lf_run_inputs;

// lf_run_base_spec that also lists the inputs; arena and inputs may be NULL together.
lf_code lf_run_import_spec(const lf_scenario *scenario, const lf_env *env, lf_arena *arena,
                           lf_run_inputs *inputs, lf_spec **spec, lf_issues *issues,
                           lf_error *error);

// The functions of a host that may be absent.
bool lf_run_stopped(const lf_env *env);
void lf_run_log(const lf_env *env, lf_severity severity, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

// One option on its way: everything it owns, from its twin to its result.
typedef struct lf_run_stage lf_run_stage; // private to option.c
typedef struct lf_run_track {
    const lf_scenario *scenario;
    int option;
    const lf_spec *base_spec;
    const lf_run_def *def;
    lf_env env; // pool and functions for this option
    const lf_option_result
        *base; // of the first option, finished before this one concludes; or NULL
    void (*progress)(void *context, int option, double done_ratio, double time_s);
    void *progress_context;
    lf_twin *twin;            // out
    lf_option_result *result; // out
    lf_issues *issues;        // own list, merged later in the order of options
    lf_error error;           // code LF_OK = fine
    lf_run_stage *stage;
} lf_run_track;
// The phases of an option, in this order; one after a failure does nothing. Preparing and
// concluding go in the order of options; simulating may go side by side. close ends it in any case.
void lf_run_option_prepare(lf_run_track *track);
void lf_run_option_simulate(lf_run_track *track);
void lf_run_option_conclude(lf_run_track *track);
void lf_run_option_close(lf_run_track *track);

// All options on a base spec; results and twins are appended in the order of options, NULL for
// those left out. This is lf_run_scenario without import and checks.
lf_code lf_run_options(const lf_scenario *scenario, const lf_run_def *def, const lf_env *env,
                       const lf_spec *base, lf_twin **twins, lf_option_result **results,
                       lf_issues *issues, lf_error *error);

// What keeps a run's place: the state, and the series and frames so far, in
// <folder>/<number of the option>.state and .result.
typedef struct lf_run_place {
    const char *folder; // NULL = none
    int option;
    uint64_t key; // twin, clock, settings, seed
} lf_run_place;
lf_code lf_run_checkpoint_save(const lf_run_place *place, const lf_state *state, double time_s,
                               const lf_option_result *result, lf_error *error);
// LF_NOT_FOUND: there is none. LF_FORMAT: it does not fit. The state is loaded and series and
// frames are added to the result only when everything fits.
lf_code lf_run_checkpoint_load(const lf_run_place *place, lf_state *state, double *time_s,
                               lf_option_result *result, lf_error *error);
void lf_run_checkpoint_remove(const lf_run_place *place);

double lf_run_seconds(void); // of a steady clock, for measuring

#endif
