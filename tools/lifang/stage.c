// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// From the command line to something that can be drawn.
#include "stage.h"
#include "base/file.h"
#include "base/text.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

// Options ----------------------------------------------------------------------------------------

static bool read_time(const char *text, double *time_s) {
    double total = 0, part = 0;
    if (strcmp(text, "max") == 0) {
        *time_s = NAN;
        return true;
    }
    if (lf_text_duration(text, time_s)) {
        return *time_s >= 0;
    }
    // "1h10m": a run of durations; m is a minute here.
    while (*text) {
        char piece[32];
        size_t digits = strspn(text, "0123456789.");
        size_t letters = strspn(text + digits, "abcdefghijklmnopqrstuvwxyz");
        if (digits == 0 || letters == 0 || digits + letters + 3 > sizeof piece) {
            return false;
        }
        snprintf(piece, sizeof piece, "%.*s%s", (int)(digits + letters), text,
                 letters == 1 && text[digits] == 'm' ? "in" : "");
        if (!lf_text_duration(piece, &part)) {
            return false;
        }
        total += part;
        text += digits + letters;
    }
    *time_s = total;
    return total >= 0;
}

// `count` numbers between commas.
static bool read_numbers(const char *text, double *values, int count) {
    char copy[128];
    if (strlen(text) >= sizeof copy) {
        return false;
    }
    strcpy(copy, text);
    char *at = copy;
    for (int i = 0; i < count; i++) {
        char *comma = strchr(at, ',');
        if ((comma != NULL) != (i + 1 < count)) {
            return false;
        }
        if (comma) {
            *comma = '\0';
        }
        if (!lf_text_real(at, &values[i])) {
            return false;
        }
        at = comma ? comma + 1 : at;
    }
    return true;
}

// Index of text in names, or -1.
static int which(const char *text, const char *const *names) {
    for (int i = 0; names[i]; i++) {
        if (strcmp(text, names[i]) == 0) {
            return i;
        }
    }
    return -1;
}

static bool speaks_chinese(void) {
    const char *names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (int i = 0; i < 3; i++) {
        const char *value = getenv(names[i]);
        if (value && value[0]) {
            return strncmp(value, "zh", 2) == 0;
        }
    }
    return false;
}

static int read_words(const cli_args *args, const cli_command *command, lf_view_def *def) {
    static const char *const layers[] = {"depth", "max-depth", "occupancy", "nothing", NULL};
    static const char *const themes[] = {"day", "night", NULL};
    static const char *const languages[] = {"en", "zh", NULL};
    const char *show = cli_text(args, "show"), *theme = cli_text(args, "theme");
    const char *language = cli_text(args, "lang"), *time = cli_text(args, "time");
    int layer = show ? which(show, layers) : 0, look = theme ? which(theme, themes) : 0;
    int spoken = language ? which(language, languages) : speaks_chinese();
    if (layer < 0) {
        return cli_usage(command, "--show: '%s' is none of depth, max-depth, occupancy, nothing",
                         show);
    }
    if (look < 0) {
        return cli_usage(command, "--theme: '%s' is neither day nor night", theme);
    }
    if (spoken < 0) {
        return cli_usage(command, "--lang: '%s' is neither zh nor en", language);
    }
    if (time && !read_time(time, &def->time_s)) {
        return cli_usage(command, "--time: '%s' is no moment such as 1h10m, 90min or max", time);
    }
    def->show = (lf_view_layer)layer;
    def->theme = look == 1 ? LF_THEME_NIGHT : LF_THEME_DAY;
    def->chinese = spoken == 1;
    def->xray = cli_flag(args, "xray");
    return 0;
}

static int read_def(const cli_args *args, const cli_command *command, lf_view_def *def) {
    double camera[3];
    int exit_code = read_words(args, command, def);
    const char *size = cli_text(args, "size"), *text = cli_text(args, "camera");
    const char *look_at = cli_text(args, "look-at");
    if (exit_code) {
        return exit_code;
    }
    char rest = 0;
    if (size && sscanf(size, "%5dx%5d%c", &def->width_px, &def->height_px, &rest) != 2) {
        return cli_usage(command, "--size: '%s' is no size such as 1600x1000", size);
    }
    if (text && !read_numbers(text, camera, 3)) {
        return cli_usage(command, "--camera: '%s' is not AZIMUTH,TILT,DISTANCE such as 30,39,1",
                         text);
    }
    if (text) {
        def->azimuth_deg = camera[0];
        def->tilt_deg = camera[1];
        def->distance_ratio = camera[2];
    }
    if (look_at && !read_numbers(look_at, def->look_at_ratio, 2)) {
        return cli_usage(command, "--look-at: '%s' is not X,Y such as 0.5,0.5", look_at);
    }
    cli_number(args, "water-scale", 0, 100, 1, &def->water_scale, &exit_code);
    return exit_code;
}

// What is shown ----------------------------------------------------------------------------------

static bool is_scenario(const char *path) {
    const char *extension = lf_file_extension(path);
    return strcmp(extension, "yaml") == 0 || strcmp(extension, "yml") == 0 ||
           strcmp(extension, "json") == 0;
}

static int fail(cli_stage *stage, cli_console *console, int shown, const lf_error *error) {
    cli_console_clear(console);
    cli_print_issues(console, stage->issues, shown);
    return cli_report_error(error);
}

// The estate without a run: an option with nothing but its twin.
static lf_code show_still(cli_stage *stage, const lf_spec *spec, const char *name,
                          lf_error *error) {
    lf_code code = lf_twin_compile(spec, &stage->twin, stage->issues, error);
    if (code != LF_OK) {
        return code;
    }
    stage->still = lf_option_create(name, stage->twin, NULL);
    if (!stage->still) {
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for the estate");
    }
    stage->list[0] = stage->still;
    stage->alone = (lf_result){.title = lf_spec_name(lf_twin_spec(stage->twin)), .option_count = 1};
    stage->alone.options = stage->list;
    stage->result = &stage->alone;
    return LF_OK;
}

static int find_option(const lf_scenario *scenario, const char *name) {
    for (int i = 0; name && i < lf_scenario_option_count(scenario); i++) {
        if (strcmp(lf_scenario_option_name(scenario, i), name) == 0) {
            return i;
        }
    }
    return name ? -1 : 0;
}

static lf_code still_of_scenario(cli_stage *stage, const lf_env *env, int option, lf_error *error) {
    lf_spec *base = NULL, *changed = NULL;
    lf_code code = lf_run_base_spec(stage->scenario, env, &base, stage->issues, error);
    if (code == LF_OK) {
        code = lf_run_option_spec(stage->scenario, option, base, &changed, stage->issues, error);
    }
    if (code == LF_OK) {
        code = show_still(stage, changed, lf_scenario_option_name(stage->scenario, option), error);
    }
    lf_spec_destroy(base);
    lf_spec_destroy(changed);
    return code;
}

static lf_code run_scenario(cli_stage *stage, const lf_env *env, const char *only,
                            lf_error *error) {
    lf_run_def def = lf_default_run_def();
    def.only_option = only;
    lf_code code = lf_run_scenario(stage->scenario, &def, env, &stage->run, stage->issues, error);
    if (code != LF_OK) {
        return code;
    }
    stage->result = stage->run;
    stage->def.start_clock_s = stage->run->start_clock_s;
    for (int i = 0; only && i < stage->run->option_count; i++) {
        if (strcmp(lf_option_name(stage->run->options[i]), only) == 0) {
            stage->option = i;
        }
    }
    return LF_OK;
}

static int open_scenario(cli_stage *stage, const cli_args *args, cli_console *console) {
    int exit_code = 2;
    double threads = -1;
    lf_error error = {0};
    const char *only = cli_text(args, "option");
    if (!cli_number(args, "threads", 0, 256, -1, &threads, &exit_code)) {
        return exit_code;
    }
    stage->scenario = cli_load(args, console, stage->issues, &exit_code);
    if (!stage->scenario) {
        return exit_code;
    }
    int shown = lf_issues_kept(stage->issues), option = find_option(stage->scenario, only);
    if (option < 0) {
        fprintf(stderr, "lifang: --option: the scenario has no option '%s'; it has", only);
        for (int i = 0; i < lf_scenario_option_count(stage->scenario); i++) {
            fprintf(stderr, "%s '%s'", i ? "," : "", lf_scenario_option_name(stage->scenario, i));
        }
        fprintf(stderr, "\n");
        return 2;
    }
    lf_env env = cli_console_env(console, threads >= 0 ? (int)threads
                                                       : lf_scenario_threads(stage->scenario));
    lf_code code = cli_flag(args, "still") ? still_of_scenario(stage, &env, option, &error)
                                           : run_scenario(stage, &env, only, &error);
    lf_pool_destroy(env.pool);
    return code == LF_OK ? 0 : fail(stage, console, shown, &error);
}

static int open_files(cli_stage *stage, const cli_args *args, const cli_command *command,
                      cli_console *console) {
    cli_source_def def;
    const char *const *paths;
    int exit_code = 2, count = cli_operands(args, &paths);
    lf_error error = {0};
    if (!cli_source_read(args, command, &def, &exit_code)) {
        return exit_code;
    }
    lf_spec *spec = lf_spec_create(NULL);
    lf_code code = spec ? LF_OK : lf_fail(&error, LF_MEMORY, LF_FROM_RUN, "no memory");
    for (int i = 0; i < count && code == LF_OK; i++) {
        code = cli_source_import(&def, paths[i], &spec, stage->issues, &error);
    }
    if (code == LF_OK) {
        code = show_still(stage, spec, lf_file_name(paths[0]), &error);
    }
    lf_spec_destroy(spec);
    return code == LF_OK ? 0 : fail(stage, console, 0, &error);
}

int cli_stage_open(cli_stage *stage, const cli_args *args, const cli_command *command,
                   const cli_host *host) {
    cli_console console;
    const char *const *operands;
    *stage = (cli_stage){.def = lf_default_view_def()};
    int count = cli_operands(args, &operands);
    int exit_code = read_def(args, command, &stage->def);
    if (exit_code) {
        return exit_code;
    }
    for (int i = 1; i < count; i++) {
        if (is_scenario(operands[0]) || is_scenario(operands[i])) {
            return cli_usage(command, "give one scenario, or any number of estate files");
        }
    }
    stage->issues = lf_issues_create();
    cli_console_begin(&console, args, host);
    exit_code = is_scenario(operands[0]) ? open_scenario(stage, args, &console)
                                         : open_files(stage, args, command, &console);
    cli_console_clear(&console);
    return exit_code;
}

void cli_stage_close(cli_stage *stage) {
    lf_option_destroy(stage->still);
    lf_twin_destroy(stage->twin);
    lf_run_free(stage->run);
    lf_run_unload(stage->scenario);
    lf_issues_destroy(stage->issues);
}
