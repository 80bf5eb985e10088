// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Questions that charts ask a series: where its peak is, how long it is above a limit.
#ifndef LF_REPORT_TRACE_H
#define LF_REPORT_TRACE_H

#include "lifang/report.h"

enum { LF_REPORT_LINES = 6 }; // more lines than this cannot be told apart

typedef struct lf_report_peak {
    double value, time_s; // NaN, 0 where the column holds nothing
    double above_s;       // time above the limit, with the crossings interpolated
} lf_report_peak;

double lf_report_trace_at(const lf_series *series, int row, int column);
lf_report_peak lf_report_trace_peak(const lf_series *series, int column, double limit);
// -1 where there is none.
int lf_report_trace_column(const lf_series *series, const char *name);
// The columns whose name ends in `ending` ("" = all) with the greatest peaks, greatest first.
int lf_report_trace_greatest(const lf_series *series, const char *ending,
                             int columns[LF_REPORT_LINES]);
// "21:40" of the day of the run.
const char *lf_report_trace_clock(double time_s, double start_clock_s, char out[32]);

#endif
