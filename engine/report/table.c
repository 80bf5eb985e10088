// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The comparison table for the terminal: aligned also where characters are two columns wide.
#include "report/number.h"
#include "report/parts.h"
#include "report/slug.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BOLD "\033[1m"
#define DIM "\033[2m"
#define GREEN "\033[32m"
#define YELLOW "\033[33m"
#define CYAN "\033[36m"
#define PLAIN "\033[0m"

enum { CELL_SIZE = 2 * LF_REPORT_NUMBER_SIZE + 16 };

typedef struct table {
    const lf_result *result;
    lf_report_rows rows;
    bool colour;
    int name_columns, label_columns, unit_columns;
    int *option_columns; // malloc'd, one per option
    lf_buffer out;
} table;

static void pad(lf_buffer *out, int columns) {
    for (int i = 0; i < columns; i++) {
        lf_buffer_add(out, " ");
    }
}

static void left(table *t, const char *text, int columns) {
    lf_buffer_add(&t->out, text);
    pad(&t->out, columns - lf_report_columns(text));
}

static void ansi(table *t, const char *code) {
    if (t->colour) {
        lf_buffer_add(&t->out, code);
    }
}

// Marks of data quality: figures that rest on assumed or synthetic layers say so.
static const char *quality_mark(const lf_figure *figure) {
    return !figure                           ? ""
           : figure->quality == LF_ASSUMED   ? "~"
           : figure->quality == LF_SYNTHETIC ? "^"
                                             : "";
}

// value, quality mark, star, difference: "0.12~ * -71%"
static const char *cell_text(const table *t, int row, int option, char out[CELL_SIZE]) {
    const lf_figure_def *def = t->rows.defs[row];
    const lf_option_result *mine = t->result->options[option];
    const lf_figure *figure = lf_option_figure(mine, def->name);
    char number[LF_REPORT_NUMBER_SIZE], change[LF_REPORT_NUMBER_SIZE] = "";
    if (!figure) {
        out[0] = 0;
        return out;
    }
    lf_report_figure_text(def, figure->value, number);
    if (option > 0) {
        lf_report_difference_text(def, figure->value, lf_report_value(t->result->options[0], def),
                                  change);
    }
    snprintf(out, CELL_SIZE, "%s%s%s%s%s", number, quality_mark(figure),
             lf_report_is_best(t->result, def, option) ? " *" : "", change[0] ? "  " : "", change);
    return out;
}

static int wider(int columns, const char *text) {
    int needed = lf_report_columns(text);
    return needed > columns ? needed : columns;
}

static bool measure(table *t) {
    int options = t->result->option_count;
    t->option_columns = calloc((size_t)options + 1, sizeof *t->option_columns);
    if (!t->option_columns) {
        return false;
    }
    for (int i = 0; i < options; i++) {
        t->option_columns[i] = wider(0, lf_option_name(t->result->options[i]));
    }
    for (int row = 0; row < t->rows.count; row++) {
        char text[CELL_SIZE];
        const lf_figure_def *def = t->rows.defs[row];
        t->name_columns = wider(t->name_columns, def->name);
        t->label_columns = wider(t->label_columns, lf_report_label_zh(def));
        t->unit_columns = wider(t->unit_columns, lf_report_unit(def, false));
        for (int i = 0; i < options; i++) {
            t->option_columns[i] = wider(t->option_columns[i], cell_text(t, row, i, text));
        }
    }
    return true;
}

static void write_cell(table *t, int row, int option) {
    char text[CELL_SIZE];
    const lf_figure_def *def = t->rows.defs[row];
    int judged = option == 0
                     ? 0
                     : lf_report_judge(def, lf_report_value(t->result->options[option], def),
                                       lf_report_value(t->result->options[0], def));
    cell_text(t, row, option, text);
    lf_buffer_add(&t->out, "  ");
    pad(&t->out, t->option_columns[option] - lf_report_columns(text));
    bool best = lf_report_is_best(t->result, def, option);
    const char *colour = judged > 0 ? GREEN : judged < 0 ? YELLOW : NULL;
    if (best) {
        ansi(t, BOLD);
    }
    if (colour) {
        ansi(t, colour);
    }
    lf_buffer_add(&t->out, text);
    if (best || colour) {
        ansi(t, PLAIN);
    }
}

static void write_head(table *t) {
    ansi(t, BOLD);
    left(t, "", t->name_columns + 2 + t->label_columns + 2 + t->unit_columns);
    for (int i = 0; i < t->result->option_count; i++) {
        const char *name = lf_option_name(t->result->options[i]);
        lf_buffer_add(&t->out, "  ");
        pad(&t->out, t->option_columns[i] - lf_report_columns(name));
        lf_buffer_add(&t->out, name);
    }
    ansi(t, PLAIN);
    lf_buffer_add(&t->out, "\n");
}

// The module is the part of the name before the first dot.
static bool same_module(const char *a, const char *b) {
    size_t length = strcspn(a, ".");
    return strcspn(b, ".") == length && strncmp(a, b, length) == 0;
}

static void write_rows(table *t) {
    for (int row = 0; row < t->rows.count; row++) {
        const lf_figure_def *def = t->rows.defs[row];
        if (row > 0 && !same_module(def->name, t->rows.defs[row - 1]->name)) {
            lf_buffer_add(&t->out, "\n");
        }
        ansi(t, CYAN);
        left(t, def->name, t->name_columns + 2);
        ansi(t, PLAIN);
        left(t, lf_report_label_zh(def), t->label_columns + 2);
        ansi(t, DIM);
        left(t, lf_report_unit(def, false), t->unit_columns);
        ansi(t, PLAIN);
        for (int i = 0; i < t->result->option_count; i++) {
            write_cell(t, row, i);
        }
        lf_buffer_add(&t->out, "\n");
    }
}

static void write_foot(table *t) {
    bool assumed = false, synthetic = false, best = false;
    for (int row = 0; row < t->rows.count; row++) {
        for (int i = 0; i < t->result->option_count; i++) {
            const char *mark =
                quality_mark(lf_option_figure(t->result->options[i], t->rows.defs[row]->name));
            assumed = assumed || mark[0] == '~';
            synthetic = synthetic || mark[0] == '^';
            best = best || lf_report_is_best(t->result, t->rows.defs[row], i);
        }
    }
    ansi(t, DIM);
    lf_buffer_add(&t->out, "\n");
    if (best) {
        lf_buffer_add(&t->out, "* best option   ");
    }
    if (t->result->option_count > 1) {
        lf_buffer_add(&t->out, "% and +/- are against the first option   ");
    }
    if (assumed) {
        lf_buffer_add(&t->out, "~ rests on assumed data   ");
    }
    if (synthetic) {
        lf_buffer_add(&t->out, "^ rests on synthetic data");
    }
    ansi(t, PLAIN);
    lf_buffer_add(&t->out, "\n");
}

char *lf_report_table(const lf_result *result, bool colour) {
    table t = {.result = result, .colour = colour};
    if (lf_report_rows_collect(result, &t.rows) && measure(&t)) {
        write_head(&t);
        write_rows(&t);
        write_foot(&t);
    } else {
        t.out.failed = true;
    }
    free(t.option_columns);
    lf_report_rows_free(&t.rows);
    if (t.out.failed) {
        lf_buffer_free(&t.out);
    }
    return t.out.text;
}
