// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Questions that charts ask a series.
#include "report/trace.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

double lf_report_trace_at(const lf_series *series, int row, int column) {
    return (double)series->values[(size_t)row * (size_t)series->column_count + (size_t)column];
}

lf_report_peak lf_report_trace_peak(const lf_series *series, int column, double limit) {
    lf_report_peak found = {.value = NAN};
    for (int i = 0; i < series->count; i++) {
        double value = lf_report_trace_at(series, i, column);
        if (!isnan(value) && !(found.value >= value)) {
            found.value = value;
            found.time_s = series->time_s[i];
        }
        if (i == 0) {
            continue;
        }
        double before = lf_report_trace_at(series, i - 1, column);
        double span = series->time_s[i] - series->time_s[i - 1];
        if (before > limit && value > limit) {
            found.above_s += span;
        } else if ((before > limit) != (value > limit) && !isnan(before) && !isnan(value)) {
            found.above_s += span * (fmax(before, value) - limit) / fabs(value - before);
        }
    }
    return found;
}

int lf_report_trace_column(const lf_series *series, const char *name) {
    for (int j = 0; j < series->column_count; j++) {
        if (strcmp(series->columns[j], name) == 0) {
            return j;
        }
    }
    return -1;
}

static bool ends_in(const char *text, const char *ending) {
    size_t length = strlen(text), tail = strlen(ending);
    return length >= tail && strcmp(text + length - tail, ending) == 0;
}

int lf_report_trace_greatest(const lf_series *series, const char *ending,
                             int columns[LF_REPORT_LINES]) {
    double peaks[LF_REPORT_LINES];
    int count = 0;
    for (int j = 0; j < series->column_count; j++) {
        double value = lf_report_trace_peak(series, j, INFINITY).value;
        int place = count;
        if (isnan(value) || !ends_in(series->columns[j], ending)) {
            continue;
        }
        while (place > 0 && peaks[place - 1] < value) {
            place--;
        }
        if (place >= LF_REPORT_LINES) {
            continue;
        }
        count = count < LF_REPORT_LINES ? count + 1 : LF_REPORT_LINES;
        for (int k = count - 1; k > place; k--) {
            peaks[k] = peaks[k - 1];
            columns[k] = columns[k - 1];
        }
        peaks[place] = value;
        columns[place] = j;
    }
    return count;
}

const char *lf_report_trace_clock(double time_s, double start_clock_s, char out[32]) {
    long minutes = lround((time_s + start_clock_s) / 60);
    snprintf(out, 32, "%02ld:%02ld", minutes / 60 % 24, minutes % 60);
    return out;
}
