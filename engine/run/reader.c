// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Nodes -> structs by field tables, with every problem collected.
#include "run/reader.h"
#include "base/text.h"
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static lf_code note(lf_run_reader *reader, const lf_error *error) {
    if (reader->problems++ == 0) {
        reader->first = *error;
    }
    lf_issues_add(reader->issues, &(lf_issue){.severity = LF_ERROR,
                                              .code = error->code,
                                              .file = error->file,
                                              .line = error->line,
                                              .column = error->column,
                                              .feature = error->path,
                                              .message = error->message,
                                              .mend = ""});
    return error->code;
}

static void place(lf_error *error, const lf_run_node *node, bool at_key) {
    char path[sizeof error->path];
    bool key = at_key && node->key_line;
    lf_error_place(error, node->file, key ? node->key_line : node->line,
                   key ? node->key_column : node->column,
                   lf_run_node_path(node, path, sizeof path));
}

lf_code lf_run_problem(lf_run_reader *reader, const lf_run_node *node, bool at_key, lf_code code,
                       const char *format, ...) {
    char message[sizeof reader->first.message];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    lf_error error;
    lf_fail(&error, code, code == LF_MEMORY ? LF_FROM_RUN : LF_FROM_SCENARIO, "%s", message);
    place(&error, node, at_key);
    return note(reader, &error);
}

lf_code lf_run_problem_error(lf_run_reader *reader, const lf_run_node *node,
                             const lf_error *error) {
    lf_error copy = *error;
    int inside = error->column;
    if (copy.origin == LF_FROM_CALL) {
        copy.origin = LF_FROM_SCENARIO;
    }
    place(&copy, node, false);
    if (inside > 0 && node->line) {
        copy.column = node->column + (node->quoted ? 1 : 0) + inside - 1;
    }
    return note(reader, &copy);
}

const char *lf_run_nearest(const char *word, const char *const *names) {
    const char *best = NULL;
    int nearest = 4;
    for (int i = 0; names[i]; i++) {
        int distance = lf_text_distance(word, names[i], 3);
        if (distance < nearest && distance < (int)strlen(word)) {
            nearest = distance;
            best = names[i];
        }
    }
    return best;
}

void lf_run_problem_word(lf_run_reader *reader, const lf_run_node *node, bool at_key,
                         const char *word, const char *kind, const char *const *names) {
    const char *near = lf_run_nearest(word, names);
    char known[400] = "";
    for (int i = 0; names[i]; i++) {
        size_t length = strlen(known);
        snprintf(known + length, sizeof known - length, "%s%s", length ? ", " : "", names[i]);
    }
    if (near) {
        lf_run_problem(reader, node, at_key, LF_UNKNOWN_KEY, "'%s' is no %s; did you mean %s?",
                       word, kind, near);
    } else {
        lf_run_problem(reader, node, at_key, LF_UNKNOWN_KEY, "'%s' is no %s; known: %s", word, kind,
                       *known ? known : "none");
    }
}

static bool is_among(const char *word, const char *const *names) {
    for (int i = 0; names && names[i]; i++) {
        if (strcmp(word, names[i]) == 0) {
            return true;
        }
    }
    return false;
}

static void unknown_key(lf_run_reader *reader, const lf_run_node *node, const lf_table *table,
                        const char *const *others) {
    const char *near = lf_table_suggest(table, node->key);
    if (!near && others) {
        near = lf_run_nearest(node->key, others);
    }
    if (near) {
        lf_run_problem(reader, node, true, LF_UNKNOWN_KEY, "unknown key; did you mean %s?", near);
        return;
    }
    char known[400] = "";
    for (int i = 0; i < table->count; i++) {
        size_t length = strlen(known);
        snprintf(known + length, sizeof known - length, "%s%s", length ? ", " : "",
                 table->fields[i].name);
    }
    for (int i = 0; others && others[i]; i++) {
        size_t length = strlen(known);
        snprintf(known + length, sizeof known - length, "%s%s", length ? ", " : "", others[i]);
    }
    lf_run_problem(reader, node, true, LF_UNKNOWN_KEY, "unknown key; known here: %s",
                   *known ? known : "none");
}

static void fill_field(lf_run_reader *reader, const lf_run_node *node, const lf_field *field,
                       void *row) {
    if (field->type == LF_GROUP) {
        lf_run_fill(reader, node, field->group, NULL, (char *)row + field->offset);
        return;
    }
    if (lf_run_node_is_null(node)) {
        lf_run_problem(reader, node, true, LF_TYPE, "has no value; give one or leave the key out");
        return;
    }
    const char *text = lf_run_text(reader, node);
    if (text && lf_run_is_file_field(field) && *text) {
        text = lf_run_path(reader, node, text);
    }
    if (!text) {
        return;
    }
    lf_error error = {0};
    if (lf_field_set_text(field, row, text, &error) != LF_OK) {
        error.column = 0;
        lf_run_problem_error(reader, node, &error);
    }
}

void lf_run_fill(lf_run_reader *reader, const lf_run_node *map, const lf_table *table,
                 const char *const *others, void *row) {
    if (lf_run_node_is_null(map)) {
        return;
    }
    if (map->kind != LF_RUN_MAP) {
        lf_run_problem(reader, map, false, LF_TYPE, "%s stands where a map of keys is needed",
                       lf_run_node_what(map));
        return;
    }
    for (const lf_run_node *node = map->first; node; node = node->next) {
        const lf_field *field = lf_table_find(table, node->key);
        if (field) {
            fill_field(reader, node, field, row);
        } else if (!is_among(node->key, others)) {
            unknown_key(reader, node, table, others);
        }
    }
}

const char *lf_run_text(lf_run_reader *reader, const lf_run_node *node) {
    if (node->kind == LF_RUN_SCALAR) {
        return node->text;
    }
    lf_run_problem(reader, node, false, LF_TYPE, "%s stands where one value is needed",
                   lf_run_node_what(node));
    return NULL;
}

bool lf_run_numbers(lf_run_reader *reader, const lf_run_node *node, double *values, int count) {
    if (node->kind != LF_RUN_LIST || node->count != count) {
        lf_run_problem(reader, node, false, LF_TYPE, "a list of %d numbers is needed", count);
        return false;
    }
    int index = 0;
    for (const lf_run_node *item = node->first; item; item = item->next, index++) {
        if (item->kind != LF_RUN_SCALAR || !lf_text_real(item->text, &values[index])) {
            lf_run_problem(reader, item, false, LF_TYPE, "is not a number");
            return false;
        }
    }
    return true;
}
