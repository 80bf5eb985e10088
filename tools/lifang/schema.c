// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Field tables -> Markdown, and values as YAML text.
#include "schema.h"
#include "base/text.h"
#include "lifang/run.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *type_name(lf_type type) {
    switch (type) {
    case LF_BOOL:
        return "true or false";
    case LF_INT:
        return "whole number";
    case LF_REAL:
        return "number";
    case LF_DURATION:
        return "duration";
    case LF_CLOCK:
        return "time of day";
    case LF_ENUM:
        return "word";
    case LF_TEXT:
        return "text";
    default:
        return "map";
    }
}

// Seconds in the largest unit that stays a short number.
static const char *duration_text(double seconds, char *text, size_t size) {
    static const struct {
        double seconds;
        const char *unit;
    } units[] = {{86400, "d"}, {3600, "h"}, {60, "min"}, {1, "s"}};
    char number[32];
    size_t best = 3;
    for (size_t i = 0; i < 4; i++) {
        double count = seconds / units[i].seconds;
        if (count >= 1 && count == floor(count)) {
            best = i;
            break;
        }
    }
    snprintf(text, size, "%s%s", lf_text_from_real(seconds / units[best].seconds, number),
             units[best].unit);
    return text;
}

// Quotes what YAML would read as something else than the text it is.
static const char *quoted(const char *value, char *text, size_t size) {
    bool plain = *value && !strpbrk(value, "\"'\\:#,[]{}&*!|>%@`\n") && value[0] != ' ' &&
                 value[0] != '-' && value[0] != '?' && value[0] != '~' &&
                 value[strlen(value) - 1] != ' ' && strcmp(value, "null") != 0;
    if (plain) {
        snprintf(text, size, "%s", value);
        return text;
    }
    size_t length = 0;
    text[length++] = '"';
    for (; *value && length + 4 < size; value++) {
        if (*value == '"' || *value == '\\') {
            text[length++] = '\\';
        }
        text[length++] = *value == '\n' ? ' ' : *value;
    }
    text[length++] = '"';
    text[length] = 0;
    return text;
}

const char *cli_schema_value(const lf_field *field, const void *row, char *text, size_t size) {
    char buffer[64];
    const char *value = lf_field_text(field, row, buffer, sizeof buffer);
    if (field->type == LF_DURATION) {
        return duration_text(lf_field_number(field, row), text, size);
    }
    if (field->type == LF_TEXT) {
        return quoted(value, text, size);
    }
    snprintf(text, size, "%s", value);
    return text;
}

const char *cli_schema_range(const lf_field *field, char *text, size_t size) {
    char low[40], high[40];
    text[0] = 0;
    if (field->type == LF_ENUM) {
        for (int i = 0; field->names[i]; i++) {
            size_t length = strlen(text);
            snprintf(text + length, size - length, "%s%s", i ? " | " : "", field->names[i]);
        }
    } else if (field->type == LF_DURATION && (field->low != 0 || field->high != 0)) {
        snprintf(text, size, "%s to %s", duration_text(field->low, low, sizeof low),
                 duration_text(field->high, high, sizeof high));
    } else if (field->type == LF_CLOCK) {
        snprintf(text, size, "00:00 to 24:00");
    } else if (field->low != 0 || field->high != 0) {
        snprintf(text, size, "%s to %s", lf_text_from_real(field->low, low),
                 lf_text_from_real(field->high, high));
    }
    return text;
}

static void print_cell(const char *text) {
    for (; *text; text++) {
        printf(*text == '|' ? "\\|" : "%c", *text);
    }
    printf(" | ");
}

static void print_rows(const lf_table *table, const void *row, const char *prefix) {
    for (int i = 0; i < table->count; i++) {
        const lf_field *field = &table->fields[i];
        char name[200], text[600];
        snprintf(name, sizeof name, "%s%s", prefix, field->name);
        if (field->type == LF_GROUP) {
            strcat(name, ".");
            print_rows(field->group, (const char *)row + field->offset, name);
            continue;
        }
        printf("| `%s` | %s | ", name, type_name(field->type));
        print_cell(lf_unit_of(field->name));
        print_cell(cli_schema_range(field, text, sizeof text));
        bool none = field->type == LF_REAL && isnan(lf_field_number(field, row));
        print_cell(none ? "none" : cli_schema_value(field, row, text, sizeof text));
        print_cell(field->doc);
        printf("\n");
    }
}

static void print_table(const char *title, const char *doc, const lf_table *table) {
    void *row = calloc(1, table->size + 1);
    printf("\n## %s\n\n%s\n", title, doc ? doc : "");
    if (row && table->count) {
        lf_table_defaults(table, row);
        printf("\n| key | type | unit | range | default | meaning |\n| --- | --- | --- | --- | --- "
               "| --- "
               "|\n");
        print_rows(table, row, "");
    }
    free(row);
}

void cli_schema_print(void) {
    char title[160];
    printf("# Keys of a scenario\n\nTop level: lifang (1), estate, run, modules, options, outputs, "
           "checks.\n");
    for (int i = 0; lf_scenario_table_at(i); i++) {
        const lf_table *table = lf_scenario_table_at(i);
        print_table(table->name, table->doc, table);
    }
    for (int i = 0; lf_module_at(i); i++) {
        snprintf(title, sizeof title, "modules.%s", lf_module_at(i)->name);
        print_table(title, lf_module_at(i)->doc, lf_module_at(i)->settings);
    }
    for (int i = 0; lf_measure_at(i); i++) {
        snprintf(title, sizeof title, "options[].measures[].%s", lf_measure_at(i)->name);
        print_table(title, lf_measure_at(i)->doc, lf_measure_at(i)->params);
    }
}
