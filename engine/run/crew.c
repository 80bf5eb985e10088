// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// All options of a run: prepared one after the other, simulated side by side on one thread each,
// concluded with the base first, since the others compare themselves with it. What they write is
// their own; issues are merged in the order of options.
#include "base/pool.h"
#include "run/pipeline.h"
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

enum { DEF_COOKIE = 0x72756e31 };

lf_run_def lf_default_run_def(void) {
    return (lf_run_def){.cookie = DEF_COOKIE};
}

double lf_run_seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

bool lf_run_stopped(const lf_env *env) {
    return env && env->stop && *env->stop;
}

void lf_run_log(const lf_env *env, lf_severity severity, const char *format, ...) {
    if (!env || !env->log) {
        return;
    }
    char text[1024];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    env->log(env->user, severity, text);
}

typedef struct crew {
    const lf_scenario *scenario;
    const lf_env *env; // of the host
    lf_env shared;     // with the lock in front of log
    pthread_mutex_t mutex;
    double *done;         // ratio of each option
    int running;          // options that take part
    double last_told;     // progress given to the host
    lf_run_track *tracks; // per option
} crew;

static void locked_log(void *user, lf_severity severity, const char *text) {
    crew *all = user;
    if (all->env->log) {
        pthread_mutex_lock(&all->mutex);
        all->env->log(all->env->user, severity, text);
        pthread_mutex_unlock(&all->mutex);
    }
}

static void tell_progress(void *context, int option, double done_ratio, double time_s) {
    crew *all = context;
    if (!all->env->progress) {
        return;
    }
    pthread_mutex_lock(&all->mutex);
    all->done[option] = done_ratio;
    double sum = 0;
    for (int i = 0; i < all->scenario->option_count; i++) {
        sum += all->done[i];
    }
    double told =
        LF_RUN_IMPORT_PERCENT / 100.0 + (1 - LF_RUN_IMPORT_PERCENT / 100.0) * sum / all->running;
    if (told >= all->last_told + 0.001 || done_ratio >= 1) {
        char what[160];
        long minutes = (long)(time_s / 60);
        snprintf(what, sizeof what, "%.100s: %ld:%02ld", all->scenario->options[option].name,
                 minutes / 60, minutes % 60);
        all->last_told = told;
        all->env->progress(all->env->user, what, told);
    }
    pthread_mutex_unlock(&all->mutex);
}

static void run_task(void *context, int chunk) {
    crew *all = context;
    lf_run_track *track = &all->tracks[chunk];
    if (track->def) {
        lf_run_option_simulate(track);
    }
}

static bool is_known(const lf_issues *list, const lf_issue *issue) {
    for (int i = 0; i < lf_issues_kept(list); i++) {
        const lf_issue *other = lf_issues_at(list, i);
        if (other->severity == issue->severity && other->line == issue->line &&
            strcmp(other->feature, issue->feature) == 0 &&
            strcmp(other->message, issue->message) == 0) {
            return true;
        }
    }
    return false;
}

// What every option has to say is said once.
static void copy_issues(lf_issues *to, const lf_issues *from) {
    for (int i = 0; to && i < lf_issues_kept(from); i++) {
        const lf_issue *issue = lf_issues_at(from, i);
        if (!is_known(to, issue)) {
            lf_issues_add(to, issue);
        }
    }
}

// Which options run: the base always, since others may compare themselves with it.
static lf_code prepare(crew *all, const lf_run_def *def, const lf_spec *base, lf_error *error) {
    const lf_scenario *scenario = all->scenario;
    bool found = !def->only_option;
    for (int i = 0; i < scenario->option_count; i++) {
        lf_run_track *track = &all->tracks[i];
        bool named = def->only_option && strcmp(def->only_option, scenario->options[i].name) == 0;
        found = found || named;
        *track = (lf_run_track){.scenario = scenario,
                                .option = i,
                                .base_spec = base,
                                .def = !def->only_option || named || i == 0 ? def : NULL,
                                .env = all->shared,
                                .progress = tell_progress,
                                .progress_context = all};
        if (!track->def) {
            continue;
        }
        all->running++;
        track->issues = lf_issues_create();
        if (!track->issues) {
            return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for an option");
        }
    }
    return found ? LF_OK
                 : lf_fail(error, LF_REFERENCE, LF_FROM_CALL, "there is no option '%s'",
                           def->only_option);
}

static void run_all(crew *all, bool dry) {
    int count = all->scenario->option_count;
    // Several options side by side need no threads inside; a single one gets them all.
    bool side_by_side = all->running > 1 && lf_pool_threads(all->env->pool) > 1;
    bool good = true;
    for (int i = 0; i < count; i++) {
        lf_run_track *track = &all->tracks[i];
        if (!track->def) {
            continue;
        }
        track->base = i > 0 && !dry ? all->tracks[0].result : NULL;
        track->env.pool = side_by_side ? NULL : track->env.pool;
        lf_run_option_prepare(track);
        good = good && track->error.code == LF_OK;
    }
    if (good && !dry) {
        lf_pool_run(side_by_side ? all->env->pool : NULL, count, run_task, all);
        for (int i = 0; i < count && all->tracks[0].error.code == LF_OK; i++) {
            if (all->tracks[i].def) {
                lf_run_option_conclude(&all->tracks[i]);
            }
        }
    }
    for (int i = 0; i < count; i++) {
        lf_run_option_close(&all->tracks[i]);
    }
}

static void add_error(lf_issues *issues, const lf_error *error) {
    lf_issues_add(issues, &(lf_issue){.severity = LF_ERROR,
                                      .code = error->code,
                                      .file = error->file,
                                      .line = error->line,
                                      .column = error->column,
                                      .feature = error->path,
                                      .message = error->message,
                                      .mend = ""});
}

static lf_code collect(crew *all, lf_twin **twins, lf_option_result **results, lf_issues *issues,
                       lf_error *error) {
    lf_code code = LF_OK;
    for (int i = 0; i < all->scenario->option_count; i++) {
        lf_run_track *track = &all->tracks[i];
        copy_issues(issues, track->issues);
        if (track->def && track->def->dry && track->error.code != LF_OK) {
            add_error(issues, &track->error); // a dry run shows the problems of every option
        }
        if (code == LF_OK && track->error.code != LF_OK) {
            code = track->error.code;
            if (error) {
                *error = track->error;
            }
        }
    }
    for (int i = 0; i < all->scenario->option_count; i++) {
        lf_run_track *track = &all->tracks[i];
        if (code != LF_OK) {
            lf_option_destroy(track->result);
            lf_twin_destroy(track->twin);
        }
        results[i] = code == LF_OK ? track->result : NULL;
        twins[i] = code == LF_OK ? track->twin : NULL;
    }
    return code;
}

lf_code lf_run_options(const lf_scenario *scenario, const lf_run_def *def, const lf_env *env,
                       const lf_spec *base, lf_twin **twins, lf_option_result **results,
                       lf_issues *issues, lf_error *error) {
    size_t count = (size_t)scenario->option_count;
    crew all = {.scenario = scenario, .env = env, .shared = *env, .last_told = -1};
    all.shared.log = locked_log;
    all.shared.progress = NULL;
    all.shared.user = &all;
    all.tracks = lf_memory_take(NULL, count * sizeof *all.tracks);
    all.done = lf_memory_take(NULL, count * sizeof *all.done);
    pthread_mutex_init(&all.mutex, NULL);
    lf_code code = LF_OK;
    if (!all.tracks || !all.done) {
        code = lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for the options");
    } else {
        code = prepare(&all, def, base, error);
        if (code == LF_OK) {
            run_all(&all, def->dry);
            code = collect(&all, twins, results, issues, error);
        }
        for (size_t i = 0; i < count; i++) {
            lf_issues_destroy(all.tracks[i].issues);
        }
    }
    pthread_mutex_destroy(&all.mutex);
    lf_memory_give(NULL, all.tracks, count * sizeof *all.tracks);
    lf_memory_give(NULL, all.done, count * sizeof *all.done);
    return code;
}
