// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// A parsed scenario, as the rooms of engine/run see it. Everything lives in its arena and is not
// changed after lf_run_load.
#ifndef LF_RUN_SCENARIO_H
#define LF_RUN_SCENARIO_H

#include "base/expr.h"
#include "lifang/run.h"
#include "run/reader.h"

// What a scenario may name. The built-in one is made of modules.def and measures.def; tests make
// their own.
typedef struct lf_run_registry {
    const lf_module *const *modules;            // ends with NULL
    const lf_measure *(*measure_at)(int index); // NULL after the last
} lf_run_registry;
const lf_run_registry *lf_run_builtin(void);

typedef enum lf_run_backend { LF_RUN_CPU, LF_RUN_GPU } lf_run_backend;

// estate: and run: and one item of imports:, filled by the tables of scenario_tables.c.
typedef struct lf_run_estate {
    const char *name;
    const char *crs;
} lf_run_estate;
typedef struct lf_run_settings {
    double start_s;
    double stop_s;
    double report_every_s;
    double couple_every_s;
    int seed;
    int threads;
    int backend; // lf_run_backend
} lf_run_settings;
typedef struct lf_run_import {
    const char *file; // resolved path
    const char *crs;
    double turn_deg;
    const char *format;
    const char *map; // resolved path
    const char *layer;
    double step_s;
    int quality; // 0 = as the file says, else lf_quality + 1
    // Not in the table:
    const char *written; // the name as it stands in the scenario
    bool has_at;
    double at[3];
    bool clip;
    double clip_wsen[4];
    const lf_run_node *node;
} lf_run_import;
extern const lf_table lf_run_estate_table;
extern const lf_table lf_run_settings_table;
extern const lf_table lf_run_import_table;
extern const char *const lf_run_outputs[];   // known outputs, ends with NULL
extern const char *const lf_run_syntheses[]; // what can be synthesised, in the order it is done

typedef struct lf_run_synthesis {
    const char *what;
    const char *how;
    const lf_run_node *node;
} lf_run_synthesis;

typedef struct lf_run_action {
    const lf_measure *measure;
    const void *params;
    const lf_run_node *node;
} lf_run_action;

typedef struct lf_run_option_def {
    const char *name;
    int action_count;
    lf_run_action *actions;
} lf_run_option_def;

typedef struct lf_run_check {
    const char *text;
    const char *option; // NULL = every option, or those the text names
    const lf_expr *expr;
    bool names_all; // every name is option('...').figure: evaluated once
} lf_run_check;

typedef struct lf_run_file {
    const char *path;
    const char *what; // "modules.drain.storm.file"
    const lf_run_node *node;
} lf_run_file;

struct lf_scenario {
    lf_arena *arena;
    const lf_run_registry *registry;
    const char *path;   // as given
    const char *folder; // of path
    const lf_run_node *root;
    lf_run_estate estate;
    lf_run_settings run;
    lf_clock clock;
    int import_count;
    lf_run_import *imports;
    int synthesis_count;
    lf_run_synthesis *syntheses;
    int module_count;      // of the registry
    const void **settings; // per module of the registry: its settings, NULL = does not run
    int file_count;        // files named by module settings
    lf_run_file *files;
    int option_count;
    lf_run_option_def *options;
    bool outputs_given;
    int output_count;
    const char **outputs;
    int check_count;
    lf_run_check *checks;
    uint64_t fingerprint; // of what decides the numbers of a run: clock, modules
};

// lf_run_load for a text in memory and any registry. The files it names are not looked at.
lf_code lf_run_load_text(const char *path, const char *bytes, size_t count,
                         const lf_run_registry *registry, const char *const *overrides,
                         int override_count, lf_scenario **scenario, lf_issues *issues,
                         lf_error *error);
// Sections that have a file of their own.
void lf_run_read_options(lf_run_reader *reader, lf_scenario *scenario, const lf_run_node *node);
void lf_run_read_modules(lf_run_reader *reader, lf_scenario *scenario, const lf_run_node *node);
void lf_run_read_checks(lf_run_reader *reader, lf_scenario *scenario, const lf_run_node *node);
// Zeroed memory of the scenario, or NULL after noting the problem.
void *lf_run_take(lf_run_reader *reader, const lf_run_node *node, size_t bytes);

#endif
