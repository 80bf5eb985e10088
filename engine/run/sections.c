// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The sections modules: and options: of a scenario.
#include "run/scenario.h"
#include <stdio.h>
#include <string.h>

// Names of modules or measures as a list for suggestions.
enum { NAMES_MAX = 128 };
typedef struct name_list {
    const char *names[NAMES_MAX + 1];
    int count;
} name_list;

static int count_files(const lf_table *table) {
    int count = 0;
    for (int i = 0; i < table->count; i++) {
        count += table->fields[i].type == LF_GROUP ? count_files(table->fields[i].group)
                                                   : lf_run_is_file_field(&table->fields[i]);
    }
    return count;
}

// Remembers the files that settings name, so that their hashes come into the result.
static void note_files(lf_run_reader *reader, lf_scenario *scenario, const lf_run_node *node,
                       const lf_table *table, const void *row) {
    for (int i = 0; i < table->count; i++) {
        const lf_field *field = &table->fields[i];
        const lf_run_node *child = lf_run_node_find(node, field->name);
        if (!child) {
            continue;
        }
        if (field->type == LF_GROUP) {
            note_files(reader, scenario, child, field->group, (const char *)row + field->offset);
        } else if (lf_run_is_file_field(field)) {
            const char *path = lf_field_text(field, row, NULL, 0);
            char what[160];
            lf_run_node_path(child, what, sizeof what);
            const char *copy = lf_arena_text(reader->arena, what);
            if (*path && copy) {
                scenario->files[scenario->file_count++] =
                    (lf_run_file){.path = path, .what = copy, .node = child};
            }
        }
    }
}

static void read_module(lf_run_reader *reader, lf_scenario *scenario, const lf_run_node *node,
                        int index) {
    const lf_module *module = scenario->registry->modules[index];
    void *settings = lf_run_take(reader, node, module->settings->size);
    if (!settings) {
        return;
    }
    lf_table_defaults(module->settings, settings);
    lf_run_fill(reader, node, module->settings, NULL, settings);
    scenario->settings[index] = settings;
    note_files(reader, scenario, node, module->settings, settings);
}

void lf_run_read_modules(lf_run_reader *reader, lf_scenario *scenario, const lf_run_node *node) {
    const lf_module *const *modules = scenario->registry->modules;
    name_list known = {.count = 0};
    int files = 1;
    for (; modules[known.count] && known.count < NAMES_MAX; known.count++) {
        known.names[known.count] = modules[known.count]->name;
        files += count_files(modules[known.count]->settings);
    }
    scenario->module_count = known.count;
    scenario->settings =
        lf_run_take(reader, scenario->root, ((size_t)known.count + 1) * sizeof *scenario->settings);
    scenario->files = lf_run_take(reader, scenario->root, (size_t)files * sizeof *scenario->files);
    if (!node || !scenario->settings || !scenario->files || lf_run_node_is_null(node)) {
        return;
    }
    if (node->kind != LF_RUN_MAP) {
        lf_run_problem(reader, node, false, LF_TYPE,
                       "a map with one key for each module is needed");
        return;
    }
    for (const lf_run_node *child = node->first; child; child = child->next) {
        int index = 0;
        while (index < known.count && strcmp(modules[index]->name, child->key) != 0) {
            index++;
        }
        if (index < known.count) {
            read_module(reader, scenario, child, index);
        } else {
            lf_run_problem_word(reader, child, true, child->key, "module", known.names);
        }
    }
}

// A measure is a bare name or {name: {params}}.
static void read_measure(lf_run_reader *reader, const lf_scenario *scenario,
                         const lf_run_node *node, lf_run_action *action) {
    static const lf_run_node nothing = {.kind = LF_RUN_SCALAR, .text = ""};
    bool bare = node->kind == LF_RUN_SCALAR && !lf_run_node_is_null(node);
    if (!bare && (node->kind != LF_RUN_MAP || node->count != 1)) {
        lf_run_problem(
            reader, node, false, LF_TYPE,
            "a measure is a name, or one name with its parameters: {name: {key: value}}");
        return;
    }
    const lf_run_node *params = bare ? &nothing : node->first;
    const char *name = bare ? node->text : params->key;
    name_list known = {.count = 0};
    const lf_measure *measure;
    while ((measure = scenario->registry->measure_at(known.count)) && known.count < NAMES_MAX &&
           strcmp(measure->name, name) != 0) {
        known.names[known.count++] = measure->name;
    }
    if (!measure) {
        lf_run_problem_word(reader, bare ? node : params, !bare, name, "measure", known.names);
        return;
    }
    void *row = lf_run_take(reader, node, measure->params->size);
    if (!row) {
        return;
    }
    lf_table_defaults(measure->params, row);
    lf_run_fill(reader, params, measure->params, NULL, row);
    *action = (lf_run_action){.measure = measure, .params = row, .node = node};
    const lf_run_node *where = lf_run_node_find(params, "where");
    if (where && where->kind == LF_RUN_SCALAR && *where->text) {
        lf_expr *expr = NULL;
        lf_error error = {0};
        if (lf_expr_parse(reader->arena, where->text, &expr, &error) != LF_OK) {
            lf_run_problem_error(reader, where, &error);
        }
    }
}

static void read_measures(lf_run_reader *reader, const lf_scenario *scenario,
                          const lf_run_node *node, lf_run_option_def *option) {
    if (lf_run_node_is_null(node)) {
        return;
    }
    if (node->kind != LF_RUN_LIST) {
        lf_run_problem(reader, node, false, LF_TYPE, "%s stands where a list of measures is needed",
                       lf_run_node_what(node));
        return;
    }
    option->actions =
        lf_run_take(reader, node, ((size_t)node->count + 1) * sizeof *option->actions);
    for (const lf_run_node *item = node->first; option->actions && item; item = item->next) {
        read_measure(reader, scenario, item, &option->actions[option->action_count++]);
    }
}

typedef struct option_head {
    const char *name;
} option_head;
static const lf_field head_fields[] = {
    {.name = "name",
     .doc = "how results call the option",
     .type = LF_TEXT,
     .offset = offsetof(option_head, name)},
};
static const lf_table head_table = {
    .name = "options[]", .fields = head_fields, .count = 1, .size = sizeof(option_head)};
static const char *const head_extras[] = {"measures", NULL};

static void read_option(lf_run_reader *reader, lf_scenario *scenario, const lf_run_node *node,
                        lf_run_option_def *option) {
    option_head head = {.name = ""};
    option->name = "";
    if (node->kind == LF_RUN_SCALAR && !lf_run_node_is_null(node)) {
        head.name = node->text; // "- as it is"
    } else {
        lf_run_fill(reader, node, &head_table, head_extras, &head);
        const lf_run_node *measures = lf_run_node_find(node, "measures");
        if (measures) {
            read_measures(reader, scenario, measures, option);
        }
    }
    const lf_run_node *name = lf_run_node_find(node, "name");
    if (!*head.name && !(name && name->kind != LF_RUN_SCALAR)) {
        lf_run_problem(reader, node, false, LF_MISSING, "an option needs a name");
    }
    for (int i = 0; i < scenario->option_count - 1; i++) {
        if (*head.name && strcmp(scenario->options[i].name, head.name) == 0) {
            lf_run_problem(reader, name ? name : node, false, LF_DUPLICATE,
                           "another option is called '%s'", head.name);
        }
    }
    option->name = head.name;
}

void lf_run_read_options(lf_run_reader *reader, lf_scenario *scenario, const lf_run_node *node) {
    bool given = node && node->kind == LF_RUN_LIST && node->count;
    if (node && node->kind != LF_RUN_LIST && !lf_run_node_is_null(node)) {
        lf_run_problem(reader, node, false, LF_TYPE, "%s stands where a list of options is needed",
                       lf_run_node_what(node));
    }
    size_t count = given ? (size_t)node->count : 1;
    scenario->options = lf_run_take(reader, scenario->root, count * sizeof *scenario->options);
    if (!scenario->options) {
        return;
    }
    if (!given) {
        scenario->options[scenario->option_count++].name = "as it is";
        return;
    }
    for (const lf_run_node *item = node->first; item; item = item->next) {
        read_option(reader, scenario, item, &scenario->options[scenario->option_count++]);
    }
}
