// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Checks: read with the scenario, so that a misspelt figure is found before hours of computing, and
// evaluated at the end.
#include "run/checks.h"
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

// Reading
// ------------------------------------------------------------------------------------------

static int find_option(const lf_scenario *scenario, const char *name) {
    for (int i = 0; i < scenario->option_count; i++) {
        if (strcmp(scenario->options[i].name, name) == 0) {
            return i;
        }
    }
    return -1;
}

static lf_code unknown_option(const lf_scenario *scenario, const char *name, lf_error *error) {
    char known[300] = "";
    for (int i = 0; i < scenario->option_count; i++) {
        size_t length = strlen(known);
        snprintf(known + length, sizeof known - length, "%s'%s'", i ? ", " : "",
                 scenario->options[i].name);
    }
    return lf_fail(error, LF_REFERENCE, LF_FROM_SCENARIO, "there is no option '%s'; there are %s",
                   name, known);
}

// The module whose figure this could be: by the word before the first dot.
static const lf_module *module_of(const lf_scenario *scenario, const char *path, bool *runs) {
    for (int i = 0; i < scenario->module_count; i++) {
        const lf_module *module = scenario->registry->modules[i];
        size_t length = strlen(module->name);
        if (strncmp(path, module->name, length) == 0 && path[length] == '.') {
            *runs = scenario->settings[i] != NULL;
            return module;
        }
    }
    return NULL;
}

static lf_code unknown_figure(const lf_module *module, const char *path, lf_error *error) {
    enum { MOST = 256 };
    const char *names[MOST + 1] = {0};
    for (int i = 0; i < module->figure_count && i < MOST; i++) {
        names[i] = module->figures[i].name;
    }
    const char *near = lf_run_nearest(path, names);
    return near ? lf_fail(error, LF_UNKNOWN_KEY, LF_FROM_SCENARIO,
                          "'%s' is no figure; did you mean %s?", path, near)
                : lf_fail(error, LF_UNKNOWN_KEY, LF_FROM_SCENARIO, "'%s' is no figure of %s", path,
                          module->name);
}

// Series of single objects that checks can ask for: gauge('bowl').max_depth_m is the largest value
// of the column bowl_depth_m of the series gauges.
static const struct {
    const char *word, *series;
} PLACES[] = {{"gauge", "gauges"},         {"section", "sections"}, {"edge", "edges"},
              {"structure", "structures"}, {"link", "links"},       {"node", "nodes"}};
static const char *const MOMENTS[] = {"max_", "min_", "last_"};

// The series that a name means, or NULL; which: of MOMENTS, -1 = none of them.
static const char *place_series(const lf_expr_name *name, int *which) {
    *which = -1;
    for (int i = 0; i < 3; i++) {
        bool starts = strncmp(name->path, MOMENTS[i], strlen(MOMENTS[i])) == 0;
        *which = starts ? i : *which;
    }
    for (size_t i = 0; name->qualifier && i < sizeof PLACES / sizeof PLACES[0]; i++) {
        if (strcmp(name->qualifier, PLACES[i].word) == 0) {
            return PLACES[i].series;
        }
    }
    return NULL;
}

static lf_code check_name(const lf_scenario *scenario, const lf_expr_name *name, lf_error *error) {
    int which;
    if (place_series(name, &which)) {
        return which >= 0 ? LF_OK
                          : lf_fail(error, LF_UNKNOWN_KEY, LF_FROM_SCENARIO,
                                    "'%s' is not known of a %s; write max_, min_ or last_ and the "
                                    "end of its column, such as gauge('name').max_depth_m",
                                    name->path, name->qualifier);
    }
    if (name->qualifier && strcmp(name->qualifier, "option") != 0) {
        return lf_fail(error, LF_UNKNOWN_KEY, LF_FROM_SCENARIO,
                       "'%s(...)' is not known; write option('name').figure, or gauge, section, "
                       "edge, structure, link or node('name').max_depth_m",
                       name->qualifier);
    }
    if (name->qualifier && find_option(scenario, name->argument) < 0) {
        return unknown_option(scenario, name->argument, error);
    }
    bool runs = false;
    const lf_module *module = module_of(scenario, name->path, &runs);
    if (!module) {
        return lf_fail(error, LF_UNKNOWN_KEY, LF_FROM_SCENARIO,
                       "'%s' is no figure; figures are called module.name_unit, such as "
                       "drain.max_depth_m",
                       name->path);
    }
    if (!runs) {
        return lf_fail(error, LF_REFERENCE, LF_FROM_SCENARIO,
                       "the module %s does not run; add it under modules", module->name);
    }
    for (int i = 0; i < module->figure_count; i++) {
        if (strcmp(module->figures[i].name, name->path) == 0) {
            return LF_OK;
        }
    }
    return unknown_figure(module, name->path, error);
}

// Every figure reads as 1: enough to find wrong names and wrong types.
typedef struct trial {
    const lf_scenario *scenario;
    int bare; // figures without option('...')
    int names;
    lf_error error; // the first wrong name that evaluation did not reach
} trial;

static lf_code try_name(void *context, const lf_expr_name *name, lf_value *value, lf_error *error) {
    trial *at = context;
    *value = (lf_value){.kind = LF_VALUE_NUMBER, .number = 1};
    return check_name(at->scenario, name, error);
}

static void count_name(void *context, const lf_expr_name *name) {
    trial *at = context;
    at->names++;
    // Places too are those of the option at hand.
    at->bare += !name->qualifier || strcmp(name->qualifier, "option") != 0;
    if (at->error.code == LF_OK) {
        check_name(at->scenario, name, &at->error);
    }
}

static void read_text(lf_run_reader *reader, const lf_scenario *scenario, const lf_run_node *node,
                      lf_run_check *check) {
    lf_error error = {0};
    lf_expr *expr = NULL;
    lf_value value;
    trial at = {.scenario = scenario};
    if (lf_expr_parse(reader->arena, check->text, &expr, &error) != LF_OK ||
        lf_expr_eval(expr, try_name, &at, &value, &error) != LF_OK) {
        lf_run_problem_error(reader, node, &error);
        return;
    }
    lf_expr_names(expr, count_name, &at);
    if (at.error.code != LF_OK) {
        lf_run_problem_error(reader, node, &at.error);
    } else if (value.kind != LF_VALUE_BOOL) {
        lf_run_problem(reader, node, false, LF_TYPE,
                       "a check compares something, such as drain.max_depth_m < 0.15");
    } else if (!at.names) {
        lf_run_problem(reader, node, false, LF_INVALID, "the check names no figure");
    }
    check->expr = expr;
    check->names_all = at.bare == 0;
}

typedef struct check_row {
    const char *option, *check;
} check_row;
static const lf_field check_fields[] = {
    {.name = "option",
     .doc = "the option whose figures are meant",
     .type = LF_TEXT,
     .offset = offsetof(check_row, option)},
    {.name = "check",
     .doc = "an expression that must be true",
     .type = LF_TEXT,
     .offset = offsetof(check_row, check)},
};
static const lf_table check_table = {
    .name = "checks[]", .fields = check_fields, .count = 2, .size = sizeof(check_row)};

static void read_check(lf_run_reader *reader, const lf_scenario *scenario, const lf_run_node *node,
                       lf_run_check *check) {
    if (node->kind == LF_RUN_SCALAR && !lf_run_node_is_null(node)) {
        check->text = node->text;
        read_text(reader, scenario, node, check);
        return;
    }
    check_row row;
    lf_table_defaults(&check_table, &row);
    int problems = reader->problems;
    lf_run_fill(reader, node, &check_table, NULL, &row);
    const lf_run_node *text = lf_run_node_find(node, "check");
    const lf_run_node *option = lf_run_node_find(node, "option");
    if (reader->problems == problems && !*row.check) {
        lf_run_problem(reader, node, false, LF_MISSING,
                       "a check is a text, or {option: name, check: text}");
    }
    if (reader->problems != problems) {
        return;
    }
    check->text = row.check;
    if (option) {
        check->option = row.option;
        if (find_option(scenario, row.option) < 0) {
            lf_error error;
            unknown_option(scenario, row.option, &error);
            lf_run_problem_error(reader, option, &error);
        }
    }
    read_text(reader, scenario, text, check);
}

void lf_run_read_checks(lf_run_reader *reader, lf_scenario *scenario, const lf_run_node *node) {
    if (!node || lf_run_node_is_null(node)) {
        return;
    }
    if (node->kind != LF_RUN_LIST) {
        lf_run_problem(reader, node, false, LF_TYPE, "%s stands where a list of checks is needed",
                       lf_run_node_what(node));
        return;
    }
    scenario->checks =
        lf_run_take(reader, node, ((size_t)node->count + 1) * sizeof *scenario->checks);
    for (const lf_run_node *item = node->first; scenario->checks && item; item = item->next) {
        read_check(reader, scenario, item, &scenario->checks[scenario->check_count++]);
    }
}

// Evaluating
// ---------------------------------------------------------------------------------------

typedef struct evaluation {
    const lf_scenario *scenario;
    lf_option_result *const *options;
    int option; // of bare names
    bool undefined;
    bool left_out;     // an option that did not run is named
    char message[300]; // the first reason why it is undefined
} evaluation;

// NaN where the option has no such place.
static double place_value(const lf_option_result *option, const lf_expr_name *name,
                          const char *series_name, int which) {
    char column[200];
    const lf_series *series = lf_option_series(option, series_name);
    snprintf(column, sizeof column, "%s_%s", name->argument, name->path + strlen(MOMENTS[which]));
    double value = NAN;
    for (int c = 0; series && c < series->column_count; c++) {
        for (int i = 0; strcmp(series->columns[c], column) == 0 && i < series->count; i++) {
            double next = (double)series->values[(size_t)i * series->column_count + c];
            bool taken = isnan(value) || which == 2 || (which == 0 ? next > value : next < value);
            value = taken ? next : value;
        }
    }
    return value;
}

static lf_code resolve(void *context, const lf_expr_name *name, lf_value *value, lf_error *error) {
    (void)error;
    evaluation *at = context;
    int which;
    const char *series = place_series(name, &which);
    bool named = name->qualifier && !series;
    int option = named ? find_option(at->scenario, name->argument) : at->option;
    *value = (lf_value){.kind = LF_VALUE_NUMBER, .number = NAN};
    if (!at->options[option]) {
        at->left_out = true;
        return LF_OK;
    }
    const lf_figure *figure = lf_option_figure(at->options[option], name->path);
    if (lf_option_partial(at->options[option], NULL)) {
        snprintf(at->message, sizeof at->message, "option '%s' ended early",
                 at->scenario->options[option].name);
        at->undefined = true;
        return LF_OK;
    }
    if (series) {
        value->number = place_value(at->options[option], name, series, which);
    } else if (figure) {
        value->number = figure->value;
    }
    if (isnan(value->number) && !at->undefined) {
        at->undefined = true;
        snprintf(at->message, sizeof at->message, "%s%s%s%s%s is undefined in option '%s'",
                 series ? name->qualifier : "", series ? "('" : "", series ? name->argument : "",
                 series ? "')." : "", name->path, at->scenario->options[option].name);
    }
    return LF_OK;
}

// The names of the whole text count, not only those that && and || happen to reach.
static void visit(void *context, const lf_expr_name *name) {
    lf_value unused;
    resolve(context, name, &unused, NULL);
}

static lf_code evaluate(const lf_scenario *scenario, const lf_run_check *check, evaluation *at,
                        lf_arena *arena, lf_check_result *result, lf_error *error) {
    lf_value value = {0}, left = {0};
    lf_error local = {0};
    const lf_expr *measured = lf_expr_left(check->expr);
    lf_expr_names(check->expr, visit, at);
    lf_code code = lf_expr_eval(check->expr, resolve, at, &value, &local);
    result->text = check->text;
    result->value = NAN;
    if (measured && lf_expr_eval(measured, resolve, at, &left, NULL) == LF_OK &&
        left.kind == LF_VALUE_NUMBER) {
        result->value = left.number;
    }
    result->defined = code == LF_OK && value.kind == LF_VALUE_BOOL && !at->undefined;
    result->pass = result->defined && value.truth;
    const char *why = code != LF_OK ? local.message : at->undefined ? at->message : "";
    result->message = lf_arena_text(arena, why);
    result->option =
        check->names_all ? "" : lf_arena_text(arena, scenario->options[at->option].name);
    return result->message && result->option
               ? LF_OK
               : lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for the checks");
}

lf_code lf_run_evaluate_checks(const lf_scenario *scenario, lf_option_result *const *options,
                               lf_arena *arena, lf_check_result **results, int *count,
                               lf_error *error) {
    *count = 0;
    size_t most = (size_t)scenario->check_count * (size_t)scenario->option_count;
    *results = lf_arena_take(arena, (most + 1) * sizeof **results);
    if (!*results) {
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for the checks");
    }
    for (int i = 0; i < scenario->check_count; i++) {
        const lf_run_check *check = &scenario->checks[i];
        int first = check->option ? find_option(scenario, check->option) : 0;
        int last = check->option || check->names_all ? first : scenario->option_count - 1;
        for (int option = first; option <= last; option++) {
            evaluation at = {.scenario = scenario, .options = options, .option = option};
            lf_code code = evaluate(scenario, check, &at, arena, &(*results)[*count], error);
            if (code != LF_OK) {
                return code;
            }
            *count += at.left_out ? 0 : 1;
        }
    }
    return LF_OK;
}
