// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Time series: .bdy (named, for boundaries) and .rain (one, mm/h). A series is a line with its
// length and unit of time, then lines with value and time.
#include "io/lisflood/case.h"

#include <string.h>

enum { LONGEST = 10000000 };

static bool unit_of(const char *word, double *factor) {
    static const struct {
        const char *name;
        double factor_s;
    } units[] = {{"seconds", 1},  {"second", 1},  {"s", 1},    {"minutes", 60}, {"minute", 60},
                 {"hours", 3600}, {"hour", 3600}, {"h", 3600}, {"days", 86400}, {"day", 86400}};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        if (lf_io_lisflood_is(word, units[i].name)) {
            *factor = units[i].factor_s;
            return true;
        }
    }
    return false;
}

// "5   seconds"
static bool read_head(lis_case *c, const lis_file *file, const lis_line *line, int *count,
                      double *factor) {
    double number;
    if (!lf_io_lisflood_number(c, file, line, 0, "the number of values", &number))
        return false;
    if (!(number >= 1 && number <= LONGEST) || number != (double)(int)number) {
        lf_io_lisflood_issue(c, LF_ERROR, LF_RANGE, file->label, line->number, "", "",
                             "%g is no number of values", number);
        return false;
    }
    *count = (int)number;
    if (line->count > 1 && unit_of(line->words[1], factor))
        return true;
    lf_io_lisflood_issue(c, LF_ERROR, LF_SYNTAX, file->label, line->number, "",
                         "write e.g. \"5 seconds\" (seconds, minutes, hours or days)",
                         "'%s' is no unit of time", line->count > 1 ? line->words[1] : "");
    return false;
}

// Reads the series whose head stands at line `at`; the line behind it, or -1 after an issue.
static int read_series(lis_case *c, const lis_file *file, const lis_text *text, int at,
                       lis_series *series) {
    double factor_s;
    if (at >= text->count) {
        lf_io_lisflood_issue(c, LF_ERROR, LF_SYNTAX, file->label, 0, series->name, "",
                             "the series ends before it began");
        return -1;
    }
    series->line = text->lines[at].number;
    if (!read_head(c, file, &text->lines[at++], &series->count, &factor_s))
        return -1;
    if (series->count > text->count - at) {
        lf_io_lisflood_issue(c, LF_ERROR, LF_SYNTAX, file->label, series->line, series->name, "",
                             "%d values are announced and %d lines follow", series->count,
                             text->count - at);
        return -1;
    }
    series->time_s = lf_arena_take(c->arena, (size_t)series->count * sizeof(double));
    series->values = lf_arena_take(c->arena, (size_t)series->count * sizeof(double));
    for (int i = 0; i < series->count; i++) {
        const lis_line *line = &text->lines[at++];
        if (!series->time_s || !series->values ||
            !lf_io_lisflood_number(c, file, line, 0, "the value", &series->values[i]) ||
            !lf_io_lisflood_number(c, file, line, 1, "the time", &series->time_s[i]))
            return -1;
        series->time_s[i] *= factor_s;
        if (i && series->time_s[i] < series->time_s[i - 1]) {
            lf_io_lisflood_issue(c, LF_ERROR, LF_TOPOLOGY, file->label, line->number, series->name,
                                 "sort the series by time; a line is value, then time",
                                 "the time %g s lies before the one above it (%g s)",
                                 series->time_s[i], series->time_s[i - 1]);
            return -1;
        }
        if (i && series->time_s[i] <= series->time_s[i - 1]) // a jump
            series->time_s[i] = series->time_s[i - 1] + 1e-3;
    }
    return at;
}

// The first line is a comment whether or not it begins with '#', which is gone already; without one
// it would be the head of the first series.
static int skip_title(const lis_text *text, bool named) {
    double factor_s;
    for (int i = 0; i < 3 && i < text->count; i++)
        if (text->lines[i].count > 1 && unit_of(text->lines[i].words[1], &factor_s))
            return named && i ? i - 1 : i;
    return 0;
}

bool lf_io_lisflood_boundaries(lis_case *c, lis_series_list *list) {
    lis_text text;
    *list = (lis_series_list){0};
    if (!c->bdy.path[0])
        return true;
    if (!lf_io_lisflood_text(c, &c->bdy, &text))
        return false;
    list->items = lf_arena_take(c->arena, ((size_t)text.count + 1) * sizeof *list->items);
    if (!list->items)
        return false;
    for (int at = skip_title(&text, true); at < text.count;) {
        lis_series *series = &list->items[list->count];
        series->name = text.lines[at].words[0];
        at = read_series(c, &c->bdy, &text, at + 1, series);
        if (at < 0)
            return false;
        list->count++;
    }
    return true;
}

bool lf_io_lisflood_rain(lis_case *c, lis_series *rain) {
    lis_text text;
    *rain = (lis_series){.name = "rain"};
    if (!lf_io_lisflood_text(c, &c->rain, &text))
        return false;
    const int end = read_series(c, &c->rain, &text, skip_title(&text, false), rain);
    if (end >= 0 && end < text.count)
        lf_io_lisflood_issue(c, LF_WARNING, LF_SYNTAX, c->rain.label, text.lines[end].number, "",
                             "correct the number of values",
                             "lines stand behind the end of the series; they are not used");
    for (int i = 0; end >= 0 && i < rain->count; i++) {
        if (rain->values[i] >= 0)
            continue;
        lf_io_lisflood_issue(c, LF_ERROR, LF_RANGE, c->rain.label, rain->line, "", "",
                             "rain of %g mm/h cannot be", rain->values[i]);
        return false;
    }
    return end >= 0;
}
