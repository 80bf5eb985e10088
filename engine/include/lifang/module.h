// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// What a simulation module is: one struct of functions, one table of settings, one table of state
// arrays, one list of figures. The engine owns every byte of state, so copy, save, resume, hash and
// comparison work for all modules alike. A module is added by its folder and one line in
// engine/modules.def.
#ifndef LIFANG_MODULE_H
#define LIFANG_MODULE_H

#include "lifang/result.h"

#ifdef __cplusplus
extern "C" {
#endif

// What the modules of one option tell each other while they run: the couplings, all in one place.
// Arrays have one value per row of the layer; they live in the state and start at zero.
typedef struct lf_exchange {
    float *road_depth_m;     // drain -> park: deepest water on the carriageway now
    float *parking_depth_m;  // drain -> park: deepest water on the area now
    float *stall_depth_m;    // drain -> park: on each row of stalls
    float *building_depth_m; // drain -> retro: highest so far around the footprint
} lf_exchange;

// The run as a module sees it.
typedef struct lf_clock {
    double start_clock_s;  // time of day when time_s = 0
    double stop_s;         // length of the run
    double report_every_s; // report() is called at 0, this, twice this ... and at stop_s
    double couple_every_s; // advance() is called in steps of this
    uint64_t seed;
    // 1: modules that can compute on a graphics card do, LF_UNAVAILABLE where they cannot. No bool,
    // since the clock is hashed byte by byte.
    uint64_t on_card;
} lf_clock;

// Everything a module may look at when it is created or finishes an option.
typedef struct lf_module_input {
    const lf_twin *twin;
    const void *settings; // the module's settings struct
    const lf_clock *clock;
    const lf_env *env;            // never NULL
    const lf_option_result *base; // the first option, complete when finish() is called and not to
                                  // be read before; NULL in the first option itself
} lf_module_input;

// Functions may be NULL where a module has nothing to do there. Order of calls:
// model_create, count (per array), begin, (advance | report)*, finish, model_destroy.
typedef struct lf_module {
    const char *name; // "drain": key in the scenario and prefix of figures
    const char *doc;
    const lf_table *settings;
    const lf_table *state; // array fields only; the struct of pointers is what `arrays` is below
    const lf_figure_def *figures;
    int figure_count;
    bool on_card; // has solvers for a graphics card, see lf_clock
    // Compiles the twin into the module's own immutable model. Data that the module cannot do
    // without and that the twin lacks is LF_MISSING with a sentence that says what to add.
    lf_code (*model_create)(const lf_module_input *input, void **model, lf_issues *issues,
                            lf_error *error);
    void (*model_destroy)(void *model);
    size_t (*count)(const void *model, lf_place place, const char *field);
    lf_code (*begin)(const void *model, void *arrays, lf_exchange *exchange,
                     lf_option_result *result, lf_error *error);
    lf_code (*advance)(const void *model, void *arrays, double from_s, double until_s,
                       lf_exchange *exchange, lf_error *error);
    lf_code (*report)(const void *model, void *arrays, double time_s, lf_option_result *result,
                      lf_error *error);
    lf_code (*finish)(const void *model, void *arrays, const lf_exchange *exchange,
                      lf_option_result *result, lf_error *error);
} lf_module;

// Built-in modules in the order of modules.def; NULL after the last.
const lf_module *lf_module_at(int index);
const lf_module *lf_module_find(const char *name);

// One block that holds the arrays of several tables.
typedef struct lf_state lf_state;
typedef size_t lf_state_count(const void *model, lf_place place, const char *field);
// tables[i] is sized by counts[i](models[i], ...). Arrays start at each field's initial value.
lf_code lf_state_create(const lf_table *const *tables, lf_state_count *const *counts,
                        const void *const *models, int table_count, const lf_allocator *allocator,
                        lf_state **state, lf_error *error);
void lf_state_destroy(lf_state *state);
// Fills the struct of pointers of table `table`.
void lf_state_bind(lf_state *state, int table, void *arrays);
// A second state with the same values, and those values back into the first. NULL without memory.
lf_state *lf_state_copy(const lf_state *state);
void lf_state_restore(lf_state *state, const lf_state *copy);
uint64_t lf_state_hash(const lf_state *state);
size_t lf_state_bytes(const lf_state *state);
// Every array by name, with type and count; load refuses another layout (LF_FORMAT). Atomic: a file
// of that name is either the old one or the complete new one.
lf_code lf_state_save(const lf_state *state, double time_s, uint64_t twin_hash, const char *path,
                      lf_error *error);
lf_code lf_state_load(lf_state *state, double *time_s, uint64_t twin_hash, const char *path,
                      lf_error *error);

#ifdef __cplusplus
}
#endif
#endif
