// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// `lifang run`: scenario -> result folder, comparison table and exit code.
#include "base/file.h"
#include "base/json.h"
#include "base/text.h"
#include "console.h"
#include "folder.h"
#include "lifang/report.h"
#include "lifang/view.h"
#include "pictures.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>

// One run from the command line to the folder.
typedef struct job {
    const cli_args *args;
    cli_console console;
    lf_scenario *scenario;
    lf_issues *issues;
    int shown; // issues that were printed already
    cli_folder folder;
    lf_run_def def;
    char out[1000];
    lf_result *result;
    lf_error error;
} job;

// Where the result goes --------------------------------------------------------------------------

// out/<file name without extension>; a scenario.yaml is called as its folder.
static void default_out(const char *scenario, char *out, size_t size) {
    char folder[1000], stem[300];
    snprintf(stem, sizeof stem, "%s", lf_file_name(scenario));
    char *dot = strrchr(stem, '.');
    if (dot && dot != stem) {
        *dot = 0;
    }
    if (strcmp(stem, "scenario") == 0) {
        lf_file_folder(folder, sizeof folder, scenario);
        const char *name = lf_file_name(folder);
        if (*name && strcmp(name, ".") != 0 && strcmp(name, "..") != 0) {
            snprintf(stem, sizeof stem, "%s", name);
        }
    }
    snprintf(out, size, "out/%s", stem);
}

// Options ----------------------------------------------------------------------------------------

static bool read_options(job *at, int *threads, int *exit_code) {
    double value;
    const char *const *operands;
    cli_operands(at->args, &operands);
    if (!cli_number(at->args, "threads", 0, 256, -1, &value, exit_code)) {
        return false;
    }
    *threads = (int)value;
    const char *out = cli_text(at->args, "out");
    if (out) {
        snprintf(at->out, sizeof at->out, "%s", out);
    } else {
        default_out(operands[0], at->out, sizeof at->out);
    }
    at->def = lf_default_run_def();
    at->def.checkpoint = cli_text(at->args, "checkpoint");
    at->def.resume = cli_flag(at->args, "resume");
    at->def.only_option = cli_text(at->args, "option");
    at->def.dry = cli_flag(at->args, "dry-run");
    const char *every = cli_text(at->args, "checkpoint-every");
    if (every && !lf_text_duration(every, &at->def.checkpoint_every_s)) {
        *exit_code =
            cli_usage(&cli_run, "--checkpoint-every: '%s' is no duration such as 30min", every);
        return false;
    }
    if ((every || at->def.resume) && !at->def.checkpoint) {
        *exit_code = cli_usage(&cli_run, "--checkpoint DIR says where the states are");
        return false;
    }
    return true;
}

// Writing ----------------------------------------------------------------------------------------

typedef lf_code writer(const lf_result *result, const char *folder, lf_error *error);

static lf_code write_outputs(job *at) {
    static const struct {
        const char *output; // NULL = always
        writer *write;
    } writers[] = {
        {NULL, lf_report_json},   {NULL, lf_report_series}, {"junit", lf_report_junit},
        {"xlsx", lf_report_xlsx}, {"gpkg", lf_report_gpkg}, {"tif", lf_report_tif},
    };
    for (size_t i = 0; i < sizeof writers / sizeof writers[0]; i++) {
        if (writers[i].output && !lf_scenario_wants(at->scenario, writers[i].output)) {
            continue;
        }
        lf_code code = writers[i].write(at->result, at->folder.partial, &at->error);
        if (code != LF_OK) {
            return code;
        }
    }
    return LF_OK;
}

// Pictures and the report that shows them. A machine without OpenGL still gets a report, unless png
// was asked for by name.
static lf_code write_report(job *at) {
    bool html = lf_scenario_wants(at->scenario, "html"),
         png = lf_scenario_wants(at->scenario, "png");
    if (!html && !png) {
        return LF_OK;
    }
    cli_pictures pictures;
    lf_code code = cli_pictures_draw(&pictures, at->result, at->folder.partial, &at->error);
    if (code == LF_UNAVAILABLE && !png) {
        char text[700];
        snprintf(text, sizeof text, "report.html has no pictures: %s", at->error.message);
        cli_console_log(&at->console, LF_WARNING, text);
        code = LF_OK;
    }
    if (code == LF_OK && html) {
        code = lf_report_html(at->result, pictures.list, pictures.count, at->folder.partial,
                              &at->error);
    }
    cli_pictures_free(&pictures);
    return code;
}

static lf_code close_log(job *at) {
    FILE *file = at->console.log_file;
    at->console.log_file = NULL;
    if (!file) {
        return LF_OK;
    }
    bool good = !ferror(file);
    errno = good ? 0 : EIO;
    good = fclose(file) == 0 && good;
    return good ? LF_OK
                : lf_fail(&at->error, lf_file_errno(), LF_FROM_RUN, "cannot write %s/log.jsonl: %s",
                          at->folder.partial, strerror(errno));
}

static lf_code open_log(job *at) {
    char path[1200];
    snprintf(path, sizeof path, "%s/log.jsonl", at->folder.partial);
    at->console.log_file = fopen(path, "w");
    return at->console.log_file ? LF_OK
                                : lf_fail(&at->error, lf_file_errno(), LF_FROM_RUN,
                                          "cannot write %s: %s", path, strerror(errno));
}

// Telling ----------------------------------------------------------------------------------------

static int failed_checks(const lf_result *result) {
    int failed = 0;
    for (int i = 0; i < result->check_count; i++) {
        failed += !result->checks[i].pass;
    }
    return failed;
}

static void tell_files(const job *at) {
    static const struct {
        const char *name, *what;
    } files[] = {{"report.html", "the report, one file for any browser"},
                 {"result.json", "every figure, for programs"},
                 {"junit.xml", "the checks, for a CI server"},
                 {"cash.xlsx", "the cash flow with live formulas"},
                 {"layers.gpkg", "the GIS layers with results"},
                 {"layers-*.gpkg", "the GIS layers with results of each option"},
                 {"pictures", "pictures"},
                 {"rasters", "rasters"},
                 {"series", "series over time as CSV"}};
    printf("\nResults in %s\n", at->folder.path);
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        char path[1200];
        snprintf(path, sizeof path, "%s/%s", at->folder.path, files[i].name);
        bool of_options = strchr(files[i].name, '*') != NULL;
        if (of_options ? lf_scenario_wants(at->scenario, "gpkg") && at->result->option_count > 1
                       : lf_file_exists(path)) {
            printf("  %-13s %s\n", files[i].name, files[i].what);
        }
    }
}

static void tell(const job *at) {
    char *table = lf_report_table(at->result, at->console.host->colour);
    if (table) {
        printf("%s", table);
        free(table);
    }
    if (at->result->check_count) {
        printf("\nChecks: %d of %d hold\n", at->result->check_count - failed_checks(at->result),
               at->result->check_count);
    }
    tell_files(at);
}

static void json_figures(lf_json *json, const lf_option_result *option) {
    lf_json_open(json, '{');
    for (int i = 0; i < lf_option_figure_count(option); i++) {
        const lf_figure *figure = lf_option_figure_at(option, i);
        lf_json_key(json, figure->def->name);
        lf_json_real(json, figure->value);
    }
    lf_json_close(json, '}');
}

static void json_checks(lf_json *json, const lf_result *result) {
    lf_json_open(json, '[');
    for (int i = 0; i < result->check_count; i++) {
        const lf_check_result *check = &result->checks[i];
        lf_json_open(json, '{');
        lf_json_key(json, "text");
        lf_json_text(json, check->text);
        lf_json_key(json, "option");
        lf_json_text(json, check->option);
        lf_json_key(json, "pass");
        lf_json_bool(json, check->pass);
        lf_json_key(json, "value");
        lf_json_real(json, check->value);
        lf_json_close(json, '}');
    }
    lf_json_close(json, ']');
}

// The last line of --json.
static void tell_json(const job *at) {
    lf_buffer out = {0};
    lf_json json;
    lf_json_begin(&json, &out, true);
    lf_json_open(&json, '{');
    lf_json_key(&json, "event");
    lf_json_text(&json, "done");
    lf_json_key(&json, "out");
    lf_json_text(&json, at->folder.path);
    lf_json_key(&json, "options");
    lf_json_open(&json, '[');
    for (int i = 0; i < at->result->option_count; i++) {
        lf_json_open(&json, '{');
        lf_json_key(&json, "name");
        lf_json_text(&json, lf_option_name(at->result->options[i]));
        lf_json_key(&json, "figures");
        json_figures(&json, at->result->options[i]);
        lf_json_close(&json, '}');
    }
    lf_json_close(&json, ']');
    lf_json_key(&json, "checks");
    json_checks(&json, at->result);
    lf_json_close(&json, '}');
    printf("%s\n", out.text ? out.text : "{}");
    lf_buffer_free(&out);
}

// The run ----------------------------------------------------------------------------------------

static lf_code compute_and_write(job *at, const lf_env *env) {
    lf_code code = cli_folder_begin(&at->folder, at->out, &at->error);
    if (code == LF_OK) {
        code = open_log(at);
    }
    if (code == LF_OK) {
        code = lf_run_scenario(at->scenario, &at->def, env, &at->result, at->issues, &at->error);
        cli_console_clear(&at->console);
        cli_print_issues(&at->console, at->issues, at->shown);
    }
    bool partial = code == LF_UNSTABLE && at->result;
    lf_error unstable = at->error;
    if (partial) { // what there is goes into a folder of its own, never in place of a whole result
        cli_folder_rename(&at->folder, ".unstable");
        code = LF_OK;
    }
    if (code == LF_OK) {
        code = write_outputs(at);
    }
    if (code == LF_OK) {
        code = write_report(at);
    }
    if (code == LF_OK) {
        code = close_log(at);
    }
    if (code == LF_OK) {
        code = cli_folder_commit(&at->folder, &at->error);
    }
    if (at->console.log_file) {
        fclose(at->console.log_file);
        at->console.log_file = NULL;
    }
    if (partial && code == LF_OK) {
        at->error = unstable;
        code = LF_UNSTABLE;
    }
    return code;
}

static int dry_run(job *at, const lf_env *env) {
    lf_code code =
        lf_run_scenario(at->scenario, &at->def, env, &at->result, at->issues, &at->error);
    cli_console_clear(&at->console);
    cli_print_issues(&at->console, at->issues, at->shown);
    if (code != LF_OK) {
        return cli_report_error(&at->error);
    }
    if (at->console.json) {
        printf("{\"event\":\"dry_run\",\"options\":%d}\n", lf_scenario_option_count(at->scenario));
        return 0;
    }
    const lf_clock *clock = lf_scenario_clock(at->scenario);
    printf("%s would run %d options over %g h and write %s:\n", lf_scenario_name(at->scenario),
           lf_scenario_option_count(at->scenario), clock->stop_s / 3600, at->out);
    for (int i = 0; i < lf_scenario_option_count(at->scenario); i++) {
        printf("  %s\n", lf_scenario_option_name(at->scenario, i));
    }
    return 0;
}

// The window shows what is in memory: nothing is computed twice. The result stands whatever happens
// to the window.
static int open_window(job *at, int exit_code) {
    lf_view_def def = lf_default_view_def();
    def.start_clock_s = at->result->start_clock_s;
    def.chinese = cli_name_is_chinese(at->result->title);
    fflush(stdout);
    lf_code code = lf_view_window(at->result, &def, 0, NULL, &at->error);
    return code == LF_OK ? exit_code : cli_report_error(&at->error);
}

static int conclude(job *at, lf_code code) {
    cli_console_clear(&at->console);
    if (code != LF_OK) {
        cli_folder_abandon(&at->folder);
        int exit_code = cli_report_error(&at->error);
        if (code == LF_INTERRUPTED && at->def.checkpoint) {
            fprintf(stderr, "lifang: add --resume to go on from there\n");
        }
        if (code == LF_UNSTABLE && at->result) {
            fprintf(stderr, "lifang: what was computed until then, marked as partial, is in %s\n",
                    at->folder.path);
        }
        return exit_code;
    }
    if (at->console.json) {
        tell_json(at);
    } else if (!at->console.quiet) {
        tell(at);
    }
    int exit_code = failed_checks(at->result) ? 1 : 0;
    return cli_flag(at->args, "view") ? open_window(at, exit_code) : exit_code;
}

static int run_job(job *at) {
    int exit_code = 2, threads = -1;
    if (!read_options(at, &threads, &exit_code)) {
        return exit_code;
    }
    at->scenario = cli_load(at->args, &at->console, at->issues, &exit_code);
    if (!at->scenario) {
        return exit_code;
    }
    at->shown = lf_issues_kept(at->issues);
    lf_env env =
        cli_console_env(&at->console, threads >= 0 ? threads : lf_scenario_threads(at->scenario));
    if (at->def.dry) {
        exit_code = dry_run(at, &env);
    } else {
        exit_code = conclude(at, compute_and_write(at, &env));
    }
    lf_pool_destroy(env.pool);
    return exit_code;
}

static int run(const cli_args *args, const cli_host *host) {
    job *at = calloc(1, sizeof *at);
    if (!at) {
        fprintf(stderr, "lifang: no memory\n");
        return 4;
    }
    at->args = args;
    at->issues = lf_issues_create();
    cli_console_begin(&at->console, args, host);
    int exit_code = run_job(at);
    lf_run_free(at->result);
    lf_run_unload(at->scenario);
    lf_issues_destroy(at->issues);
    free(at);
    return exit_code;
}

static const cli_option options[] = {
    {"out", 'o', "DIR", "result folder; default out/<name of the scenario>"},
    CLI_OPTION_SET,
    CLI_OPTION_THREADS,
    {"option", 0, "NAME", "run only this option, and the first one that it is compared with"},
    {"checkpoint", 0, "DIR", "where states are saved on interrupt, so that a run can go on"},
    {"checkpoint-every", 0, "TIME", "save also after each such span of simulated time, e.g. 1h"},
    {"resume", 0, NULL, "go on from the states in --checkpoint where they fit"},
    {"dry-run", 0, NULL, "read and check everything, compute and write nothing"},
    {"view", 0, NULL, "open the 3D window on the result when it is written"},
    {"json", 0, NULL, "print progress and a final summary as JSON lines"},
    CLI_OPTION_QUIET,
};
const cli_command cli_run = {
    .name = "run",
    .operands = "SCENARIO",
    .operand_min = 1,
    .operand_max = 1,
    .text =
        "Runs the first option as the base and the others beside it, writes the result folder, "
        "and prints the\ncomparison table, the checks and where the files lie. An existing result "
        "folder is replaced only when the\nnew one is complete. Exit code 1: a check failed. A run "
        "that becomes unstable exits with 4 and leaves\nwhat it computed until then, marked as "
        "partial, in <DIR>.unstable.",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .run = run,
};
