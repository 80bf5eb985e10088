// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// One option from base spec to result: measures, twin, models, state, the loop, figures.
#include "base/memory.h"
#include "run/pipeline.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { MODULES_MAX = 32 };

// Everything that lives only while the option runs.
typedef struct lf_run_stage {
    lf_run_track *track;
    double busy_s; // in all phases
    lf_arena *arena;
    int count; // modules that run
    const lf_module *modules[MODULES_MAX];
    const void *settings[MODULES_MAX];
    void *models[MODULES_MAX];
    void *arrays[MODULES_MAX];
    double seconds[MODULES_MAX];
    lf_env module_env; // without the stop flag: a step that began is finished, so it can be saved
    lf_exchange exchange;
    lf_state *state;
    lf_state *good; // at the last report, to go back to; NULL = none
    double good_s;
    lf_run_place place;
} stage;

// Couplings
// ----------------------------------------------------------------------------------------

#define EXCHANGE(member, where, text)                                                              \
    {                                                                                              \
        .name = #member, .doc = text, .type = LF_F32, .place = where,                              \
        .offset = offsetof(lf_exchange, member)                                                    \
    }
static const lf_field exchange_fields[] = {
    EXCHANGE(road_depth_m, LF_AT_ROAD, "deepest water on the carriageway now"),
    EXCHANGE(parking_depth_m, LF_AT_PARKING, "deepest water on the area now"),
    EXCHANGE(stall_depth_m, LF_AT_STALL, "deepest water on the stall now"),
    EXCHANGE(building_depth_m, LF_AT_BUILDING, "highest water so far around the footprint"),
};
static const lf_table exchange_table = {
    .name = "exchange",
    .doc = "what modules tell each other",
    .fields = exchange_fields,
    .count = sizeof exchange_fields / sizeof exchange_fields[0],
    .size = sizeof(lf_exchange),
};

static size_t exchange_count(const void *model, lf_place place, const char *field) {
    (void)field;
    lf_layer layer = place == LF_AT_ROAD      ? LF_ROADS
                     : place == LF_AT_PARKING ? LF_PARKING
                     : place == LF_AT_STALL   ? LF_STALLS
                                              : LF_BUILDINGS;
    return (size_t)lf_twin_count(model, layer);
}

// Spec and twin
// ------------------------------------------------------------------------------------

lf_code lf_run_option_spec(const lf_scenario *scenario, int option, const lf_spec *base,
                           lf_spec **out, lf_issues *issues, lf_error *error) {
    *out = NULL;
    lf_spec *spec = lf_spec_copy(base);
    if (!spec) {
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for a copy of the estate");
    }
    const lf_run_option_def *chosen = &scenario->options[option];
    for (int i = 0; i < chosen->action_count; i++) {
        const lf_run_action *action = &chosen->actions[i];
        lf_error local = {0};
        lf_code code = action->measure->apply(action->params, spec, issues, &local);
        if (code != LF_OK) {
            char path[sizeof local.path];
            if (!local.file[0]) {
                lf_error_place(&local, action->node->file, action->node->line, action->node->column,
                               lf_run_node_path(action->node, path, sizeof path));
            }
            if (error) {
                *error = local;
            }
            lf_spec_destroy(spec);
            return code;
        }
    }
    *out = spec;
    return LF_OK;
}

static lf_code make_twin(lf_run_track *track, double *measures_s, double *twin_s) {
    double begin = lf_run_seconds();
    lf_spec *spec = NULL;
    lf_code code = lf_run_option_spec(track->scenario, track->option, track->base_spec, &spec,
                                      track->issues, &track->error);
    double middle = lf_run_seconds();
    if (code == LF_OK) {
        code = lf_twin_compile(spec, &track->twin, track->issues, &track->error);
        lf_spec_destroy(spec);
    }
    *measures_s = middle - begin;
    *twin_s = lf_run_seconds() - middle;
    return code;
}

// Models and state
// ---------------------------------------------------------------------------------

static lf_code make_models(stage *at) {
    lf_run_track *track = at->track;
    for (int i = 0; i < at->count; i++) {
        lf_module_input input = {.twin = track->twin,
                                 .settings = at->settings[i],
                                 .clock = &track->scenario->clock,
                                 .env = &at->module_env,
                                 .base = track->base};
        double begin = lf_run_seconds();
        lf_code code =
            at->modules[i]->model_create(&input, &at->models[i], track->issues, &track->error);
        if (code != LF_OK) {
            return code;
        }
        char what[80];
        snprintf(what, sizeof what, "%s.model", at->modules[i]->name);
        lf_option_set_seconds(track->result, what, lf_run_seconds() - begin);
    }
    return LF_OK;
}

static lf_code make_state(stage *at) {
    const lf_table *tables[MODULES_MAX + 1] = {&exchange_table};
    lf_state_count *counts[MODULES_MAX + 1] = {exchange_count};
    const void *models[MODULES_MAX + 1] = {at->track->twin};
    int table_of[MODULES_MAX], table_count = 1;
    for (int i = 0; i < at->count; i++) {
        table_of[i] = -1;
        if (at->modules[i]->state) {
            table_of[i] = table_count;
            tables[table_count] = at->modules[i]->state;
            counts[table_count] = at->modules[i]->count;
            models[table_count++] = at->models[i];
        }
    }
    lf_error *error = &at->track->error;
    lf_code code = lf_state_create(tables, counts, models, table_count, at->track->env.allocator,
                                   &at->state, error);
    if (code != LF_OK) {
        return code;
    }
    lf_state_bind(at->state, 0, &at->exchange);
    for (int i = 0; i < at->count; i++) {
        if (table_of[i] >= 0) {
            at->arrays[i] = lf_arena_take(at->arena, at->modules[i]->state->size);
            if (!at->arrays[i]) {
                return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for the state");
            }
            lf_state_bind(at->state, table_of[i], at->arrays[i]);
        }
    }
    return LF_OK;
}

// The loop
// -----------------------------------------------------------------------------------------

static lf_code begin_all(stage *at) {
    lf_code code = LF_OK;
    for (int i = 0; i < at->count && code == LF_OK; i++) {
        if (at->modules[i]->begin) {
            code = at->modules[i]->begin(at->models[i], at->arrays[i], &at->exchange,
                                         at->track->result, &at->track->error);
        }
    }
    return code;
}

static lf_code advance_all(stage *at, double from_s, double until_s) {
    lf_code code = LF_OK;
    for (int i = 0; i < at->count && code == LF_OK; i++) {
        if (at->modules[i]->advance) {
            double begin = lf_run_seconds();
            code = at->modules[i]->advance(at->models[i], at->arrays[i], from_s, until_s,
                                           &at->exchange, &at->track->error);
            at->seconds[i] += lf_run_seconds() - begin;
        }
    }
    return code;
}

static lf_code report_all(stage *at, double time_s) {
    lf_code code = LF_OK;
    for (int i = 0; i < at->count && code == LF_OK; i++) {
        if (at->modules[i]->report) {
            code = at->modules[i]->report(at->models[i], at->arrays[i], time_s, at->track->result,
                                          &at->track->error);
        }
    }
    return code;
}

static lf_code finish_all(stage *at) {
    lf_code code = LF_OK;
    for (int i = 0; i < at->count && code == LF_OK; i++) {
        double begin = lf_run_seconds();
        if (at->modules[i]->finish) {
            code = at->modules[i]->finish(at->models[i], at->arrays[i], &at->exchange,
                                          at->track->result, &at->track->error);
        }
        at->seconds[i] += lf_run_seconds() - begin;
        lf_option_set_seconds(at->track->result, at->modules[i]->name, at->seconds[i]);
    }
    if (code == LF_OK) {
        lf_option_set_hash(at->track->result, lf_state_hash(at->state));
    }
    return code;
}

static lf_code save(stage *at, double time_s) {
    return at->place.folder ? lf_run_checkpoint_save(&at->place, at->state, time_s,
                                                     at->track->result, &at->track->error)
                            : LF_OK;
}

static lf_code interrupted(stage *at, double time_s) {
    lf_code code = save(at, time_s);
    return code != LF_OK ? code
                         : lf_fail(&at->track->error, LF_INTERRUPTED, LF_FROM_RUN,
                                   "interrupted at %.0f s of %.0f s%s%s", time_s,
                                   at->track->scenario->clock.stop_s,
                                   at->place.folder ? "; the state was saved in " : "",
                                   at->place.folder ? at->place.folder : "");
}

// A run that becomes unstable goes back to its last report. Without memory for that it just fails.
static void keep_good(stage *at, double time_s) {
    if (at->good) {
        lf_state_restore(at->good, at->state);
    } else {
        at->good = lf_state_copy(at->state);
    }
    at->good_s = time_s;
}

static lf_code go_back(stage *at, lf_code code) {
    if (code != LF_UNSTABLE || !at->good) {
        return code;
    }
    lf_run_track *track = at->track;
    lf_state_restore(at->state, at->good);
    lf_option_set_partial(track->result, at->good_s, track->error.message);
    lf_option_add_note(
        track->result, LF_SYNTHETIC,
        "PARTIAL: this option ended early and all its figures are those of %.0f s of "
        "%.0f s: %s",
        at->good_s, track->scenario->clock.stop_s, track->error.message);
    track->error = (lf_error){0};
    return save(at, at->good_s);
}

// The first multiple of step_s after time_s; what is nearly there counts as there.
static double after(double time_s, double step_s) {
    return (floor(time_s / step_s + 1e-9) + 1) * step_s;
}

// From time_s to the end. The steps depend on the clock alone, so a resumed run takes the same.
static lf_code loop(stage *at, double time_s) {
    const lf_clock *clock = &at->track->scenario->clock;
    double save_every_s = at->track->def->checkpoint_every_s;
    double next_save_s = save_every_s > 0 ? after(time_s, save_every_s) : INFINITY;
    while (time_s < clock->stop_s) {
        if (lf_run_stopped(&at->track->env)) {
            return interrupted(at, time_s);
        }
        double couple_s = after(time_s, clock->couple_every_s);
        double report_s = after(time_s, clock->report_every_s);
        bool reports = report_s <= couple_s * (1 + 1e-12);
        double until_s = reports ? report_s : couple_s;
        if (until_s >= clock->stop_s) {
            until_s = clock->stop_s;
            reports = true;
        }
        lf_code code = advance_all(at, time_s, until_s);
        time_s = until_s;
        if (code == LF_OK && reports) {
            code = report_all(at, time_s);
            keep_good(at, time_s);
        }
        if (code == LF_OK && time_s >= next_save_s) {
            next_save_s = after(time_s, save_every_s);
            code = save(at, time_s);
        }
        if (code != LF_OK) {
            return go_back(at, code);
        }
        if (at->track->progress) {
            at->track->progress(at->track->progress_context, at->track->option,
                                time_s / clock->stop_s, time_s);
        }
    }
    return save(at, time_s);
}

// Loads what an interrupted run left, or reports the first moment.
static lf_code start_or_resume(stage *at, double *time_s) {
    lf_run_track *track = at->track;
    *time_s = 0;
    if (track->def->resume && at->place.folder) {
        lf_error why = {0};
        lf_code code = lf_run_checkpoint_load(&at->place, at->state, time_s, track->result, &why);
        if (code == LF_OK) {
            lf_run_log(&track->env, LF_NOTE, "option '%s' continues at %.0f s",
                       track->scenario->options[track->option].name, *time_s);
            return LF_OK;
        }
        *time_s = 0;
        if (code != LF_NOT_FOUND && code != LF_FORMAT) {
            track->error = why;
            return code;
        }
        lf_run_log(&track->env, code == LF_FORMAT ? LF_WARNING : LF_NOTE,
                   "option '%s' starts at 0 s: %s", track->scenario->options[track->option].name,
                   why.message);
    }
    return report_all(at, 0);
}

// Phase 1: twin, empty result and models. Cheap; after it every result can be pointed at.
static lf_code prepare(stage *at) {
    lf_run_track *track = at->track;
    double measures_s, twin_s;
    lf_code code = make_twin(track, &measures_s, &twin_s);
    if (code != LF_OK) {
        return code;
    }
    const char *name = track->scenario->options[track->option].name;
    track->result = lf_option_create(name, track->twin, track->env.allocator);
    if (!track->result) {
        return lf_fail(&track->error, LF_MEMORY, LF_FROM_RUN, "no memory for the result");
    }
    lf_option_set_seconds(track->result, "measures", measures_s);
    lf_option_set_seconds(track->result, "twin", twin_s);
    at->place = (lf_run_place){.folder = track->def->checkpoint,
                               .option = track->option,
                               .key = lf_twin_hash(track->twin) ^ track->scenario->fingerprint};
    return make_models(at);
}

// Phase 2: the simulation from its start, or from a checkpoint, to its end.
static lf_code simulate(stage *at) {
    double time_s = 0;
    lf_code code = make_state(at);
    if (code == LF_OK) {
        code = begin_all(at);
    }
    if (code == LF_OK) {
        code = start_or_resume(at, &time_s);
    }
    if (code == LF_OK) {
        keep_good(at, time_s);
        code = loop(at, time_s);
    }
    return code;
}

// Phase 3: figures. The base is finished before any option that compares itself with it.
static lf_code conclude(stage *at) {
    lf_code code = finish_all(at);
    lf_option_set_seconds(at->track->result, "total", at->busy_s);
    if (code == LF_OK && lf_option_failed(at->track->result)) {
        code = lf_fail(&at->track->error, LF_MEMORY, LF_FROM_RUN, "no memory for the result");
    }
    return code;
}

static void choose_modules(stage *at) {
    const lf_scenario *scenario = at->track->scenario;
    for (int i = 0; i < scenario->module_count && at->count < MODULES_MAX; i++) {
        if (scenario->settings[i]) {
            at->modules[at->count] = scenario->registry->modules[i];
            at->settings[at->count++] = scenario->settings[i];
        }
    }
}

// Every error says in which option it happened.
static void name_option(lf_run_track *track, lf_code code) {
    lf_error *error = &track->error;
    char message[sizeof error->message];
    snprintf(message, sizeof message, "%s",
             error->code != LF_OK ? error->message : lf_code_sentence(code));
    error->code = code;
    snprintf(error->message, sizeof error->message, "option '%.100s': %.400s",
             track->scenario->options[track->option].name, message);
}

static void run_phase(stage *at, lf_code (*phase)(stage *at)) {
    double begin = lf_run_seconds();
    lf_code code = phase(at);
    at->busy_s += lf_run_seconds() - begin;
    if (code != LF_OK) {
        name_option(at->track, code);
    }
}

void lf_run_option_prepare(lf_run_track *track) {
    stage *at = lf_memory_take(NULL, sizeof *at);
    lf_arena *arena = at ? lf_arena_create(NULL) : NULL;
    if (!arena) {
        lf_memory_give(NULL, at, sizeof *at);
        name_option(track, LF_MEMORY);
        return;
    }
    at->track = track;
    at->arena = arena;
    at->module_env = track->env;
    at->module_env.stop = NULL;
    track->stage = at;
    choose_modules(at);
    run_phase(at, prepare);
}

void lf_run_option_simulate(lf_run_track *track) {
    if (track->error.code == LF_OK) {
        run_phase(track->stage, simulate);
    }
}

void lf_run_option_conclude(lf_run_track *track) {
    if (track->error.code == LF_OK) {
        run_phase(track->stage, conclude);
    }
}

void lf_run_option_close(lf_run_track *track) {
    stage *at = track->stage;
    if (!at) {
        return;
    }
    lf_state_destroy(at->state);
    lf_state_destroy(at->good);
    for (int i = at->count - 1; i >= 0; i--) {
        if (at->models[i] && at->modules[i]->model_destroy) {
            at->modules[i]->model_destroy(at->models[i]);
        }
    }
    lf_arena_destroy(at->arena);
    lf_memory_give(NULL, at, sizeof *at);
    track->stage = NULL;
    if (track->error.code != LF_OK) {
        lf_option_destroy(track->result);
        lf_twin_destroy(track->twin);
        track->result = NULL;
        track->twin = NULL;
    }
}
