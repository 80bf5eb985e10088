// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The whole run: import, options, checks, and the result that owns it all.
#include "run/checks.h"
#include "run/pipeline.h"

// The result and what it owns.
typedef struct whole {
    lf_result result; // first: lf_run_free gets its address
    lf_arena *arena;
    int count;
    lf_twin **twins;
    lf_option_result **options;
} whole;

static whole *create_whole(const lf_scenario *scenario) {
    whole *run = lf_memory_take(NULL, sizeof *run);
    if (!run) {
        return NULL;
    }
    size_t count = (size_t)scenario->option_count;
    run->arena = lf_arena_create(NULL);
    if (run->arena) {
        run->twins = lf_arena_take(run->arena, count * sizeof *run->twins);
        run->options = lf_arena_take(run->arena, count * sizeof *run->options);
        run->result.scenario = lf_arena_text(run->arena, scenario->path);
        run->result.title = lf_arena_text(run->arena, lf_scenario_name(scenario));
    }
    if (!run->twins || !run->options || !run->result.scenario || !run->result.title) {
        lf_run_free(&run->result);
        return NULL;
    }
    run->count = scenario->option_count;
    run->result.seed = scenario->clock.seed;
    run->result.start_clock_s = scenario->clock.start_clock_s;
    return run;
}

// Options that were left out disappear from the list that readers see.
static lf_code publish_options(whole *run, lf_error *error) {
    lf_option_result **list = lf_arena_take(run->arena, (size_t)run->count * sizeof *list);
    if (!list) {
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for the result");
    }
    for (int i = 0; i < run->count; i++) {
        if (run->options[i]) {
            list[run->result.option_count++] = run->options[i];
        }
    }
    run->result.options = list;
    return LF_OK;
}

// Some module that runs must have a use for the graphics card that is asked for.
static lf_code check_card(const lf_scenario *scenario, lf_error *error) {
    bool used = !scenario->clock.on_card;
    for (int i = 0; i < scenario->module_count; i++) {
        used = used || (scenario->settings[i] && scenario->registry->modules[i]->on_card);
    }
    return used ? LF_OK
                : lf_fail(error, LF_UNAVAILABLE, LF_FROM_HOST,
                          "no module of this scenario computes on a graphics card; write run: "
                          "{backend: cpu}");
}

static lf_code run_whole(const lf_scenario *scenario, const lf_run_def *def, const lf_env *env,
                         whole *run, lf_issues *issues, lf_error *error) {
    lf_run_inputs inputs;
    lf_spec *spec = NULL;
    double begin = lf_run_seconds();
    lf_code code = check_card(scenario, error);
    if (code != LF_OK) {
        return code;
    }
    if (env->progress) {
        env->progress(env->user, "importing", 0);
    }
    code = lf_run_import_spec(scenario, env, run->arena, &inputs, &spec, issues, error);
    if (code != LF_OK) {
        return code;
    }
    double import_s = lf_run_seconds() - begin;
    code = lf_run_options(scenario, def, env, spec, run->twins, run->options, issues, error);
    lf_spec_destroy(spec);
    if (code == LF_OK) {
        code = publish_options(run, error);
    }
    if (code != LF_OK || def->dry) {
        return code;
    }
    lf_option_set_seconds(run->options[0], "import", import_s);
    run->result.inputs = inputs.files;
    run->result.input_count = inputs.count;
    lf_check_result *checks = NULL;
    code = lf_run_evaluate_checks(scenario, run->options, run->arena, &checks,
                                  &run->result.check_count, error);
    run->result.checks = checks;
    return code;
}

// LF_UNSTABLE with what happened where an option ended early. The result stands as far as it goes.
static lf_code find_partial(const lf_result *result, lf_error *error) {
    for (int i = 0; i < result->option_count; i++) {
        double until_s;
        const char *why = lf_option_partial(result->options[i], &until_s);
        if (why) {
            return lf_fail(error, LF_UNSTABLE, LF_FROM_RUN,
                           "option '%.100s', good until %.0f s: %.700s",
                           lf_option_name(result->options[i]), until_s, why);
        }
    }
    return LF_OK;
}

static void remove_checkpoints(const lf_scenario *scenario, const lf_run_def *def) {
    for (int i = 0; def->checkpoint && i < scenario->option_count; i++) {
        lf_run_checkpoint_remove(&(lf_run_place){.folder = def->checkpoint, .option = i});
    }
}

lf_code lf_run_scenario(const lf_scenario *scenario, const lf_run_def *def, const lf_env *env,
                        lf_result **result, lf_issues *issues, lf_error *error) {
    *result = NULL;
    if (!def || def->cookie != lf_default_run_def().cookie) {
        return lf_fail(error, LF_INVALID, LF_FROM_CALL,
                       "the run def was not made by lf_default_run_def()");
    }
    lf_env none = {0};
    whole *run = create_whole(scenario);
    if (!run) {
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for the result");
    }
    lf_code code = run_whole(scenario, def, env ? env : &none, run, issues, error);
    if (code != LF_OK || def->dry) {
        lf_run_free(&run->result);
        return code;
    }
    *result = &run->result;
    code = find_partial(&run->result, error);
    if (code == LF_OK) {
        remove_checkpoints(scenario, def);
    }
    return code;
}

void lf_run_free(lf_result *result) {
    if (!result) {
        return;
    }
    whole *run = (whole *)result;
    for (int i = 0; i < run->count; i++) {
        lf_option_destroy(run->options[i]);
        lf_twin_destroy(run->twins[i]);
    }
    lf_arena_destroy(run->arena);
    lf_memory_give(NULL, run, sizeof *run);
}
