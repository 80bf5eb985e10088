// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Cleaning of sensor series, and the units and times that may stand in a file.
#include "io/sensors/series.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const struct {
    int kind;
    const char *unit;
    double factor;
    bool per_interval;
} units[] = {
    {LF_SENSOR_RAIN, "mm/h", 1, false},     {LF_SENSOR_RAIN, "mm/min", 60, false},
    {LF_SENSOR_RAIN, "mm", 1, true},        {LF_SENSOR_DEPTH, "m", 1, false},
    {LF_SENSOR_DEPTH, "cm", 0.01, false},   {LF_SENSOR_DEPTH, "mm", 0.001, false},
    {LF_SENSOR_LEVEL, "m", 1, false},       {LF_SENSOR_LEVEL, "cm", 0.01, false},
    {LF_SENSOR_LEVEL, "mm", 0.001, false},  {LF_SENSOR_FLOW, "m3/s", 1, false},
    {LF_SENSOR_FLOW, "L/s", 0.001, false},  {LF_SENSOR_FLOW, "m3/h", 1.0 / 3600, false},
    {LF_SENSOR_STALL_COUNT, "1", 1, false}, {LF_SENSOR_STALL_COUNT, "cars", 1, false},
    {LF_SENSOR_GATE_COUNT, "1", 1, false},  {LF_SENSOR_GATE_COUNT, "cars", 1, false},
};

bool lf_io_sensors_unit(int kind, const char *unit, gauge *series, const char **allowed) {
    static const char *const lists[] = {
        "mm/h, mm/min or mm", "m, cm or mm", "m, cm or mm", "m3/s, L/s or m3/h",
        "1 or cars",          "1 or cars",   "any"};
    static const char *const stored[] = {"mm/h", "m", "m", "m3/s", "1", "1"};
    *allowed = lists[kind];
    series->factor = 1;
    series->per_interval = false;
    series->unit = kind == LF_SENSOR_OTHER ? unit : stored[kind];
    if (!*unit || kind == LF_SENSOR_OTHER)
        return true;
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
        if (units[i].kind == kind && strcasecmp(units[i].unit, unit) == 0) {
            series->factor = units[i].factor;
            series->per_interval = units[i].per_interval;
            return true;
        }
    return false;
}

// Days from 1970-01-01 in the Gregorian calendar (Hinnant, "chrono-compatible low-level date
// algorithms", 2013).
static long days_from_civil(int year, int month, int day) {
    year -= month <= 2;
    long era = (year >= 0 ? year : year - 399) / 400;
    long of_era = year - era * 400;
    long of_year = (153L * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

// Exactly `digits` digits; moves the cursor behind them.
static bool read_digits(const char **cursor, int digits, int *value) {
    *value = 0;
    for (int i = 0; i < digits; i++, ++*cursor) {
        if (!isdigit((unsigned char)**cursor))
            return false;
        *value = *value * 10 + (**cursor - '0');
    }
    return true;
}

static bool read_zone(const char *text, double *shift_s, bool *zoned) {
    *zoned = true;
    *shift_s = 0;
    if (strcmp(text, "Z") == 0 || strcmp(text, "z") == 0)
        return true;
    if (!*text) {
        *zoned = false;
        *shift_s = 8 * 3600.0;
        return true;
    }
    if (*text != '+' && *text != '-')
        return false;
    double sign = *text++ == '-' ? -1 : 1;
    int hours, minutes = 0;
    if (!read_digits(&text, 2, &hours))
        return false;
    if (*text == ':')
        text++;
    if (*text && !read_digits(&text, 2, &minutes))
        return false;
    *shift_s = sign * (hours * 3600.0 + minutes * 60.0);
    return !*text && hours <= 14 && minutes < 60;
}

bool lf_io_sensors_time(const char *text, double *unix_s, bool *zoned) {
    static const int month_days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int year, month, day, hour, minute, second = 0;
    double fraction = 0, shift_s;
    if (!read_digits(&text, 4, &year) || *text++ != '-' || !read_digits(&text, 2, &month) ||
        *text++ != '-' || !read_digits(&text, 2, &day))
        return false;
    if (*text != 'T' && *text != 't' && *text != ' ')
        return false;
    text++;
    if (!read_digits(&text, 2, &hour) || *text++ != ':' || !read_digits(&text, 2, &minute))
        return false;
    if (*text == ':' && (text++, !read_digits(&text, 2, &second)))
        return false;
    if (*text == '.') {
        double scale = 0.1;
        for (text++; isdigit((unsigned char)*text); text++, scale /= 10)
            fraction += (*text - '0') * scale;
    }
    if (!read_zone(text, &shift_s, zoned))
        return false;
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    if (month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59 || second > 60 ||
        day > month_days[month - 1] + (month == 2 && leap))
        return false;
    *unix_s = (double)days_from_civil(year, month, day) * 86400.0 + hour * 3600.0 + minute * 60.0 +
              second + fraction - shift_s;
    return true;
}

static int by_time(const void *a, const void *b) {
    const reading *p = a, *q = b;
    if (p->unix_s != q->unix_s)
        return (p->unix_s > q->unix_s) - (p->unix_s < q->unix_s);
    return (p->line > q->line) - (p->line < q->line);
}

static void warn(const gauge *series, const char *label, lf_issues *issues, int count, int line,
                 lf_code code, const char *mend, const char *what) {
    if (count)
        lf_issues_addf(issues, LF_WARNING, code, label, line, series->name, mend,
                       "%d %s; the first at this line", count, what);
}

static void sort(gauge *series, const char *label, lf_issues *issues) {
    int late = 0, line = 0;
    double latest = -INFINITY;
    for (size_t i = 0; i < series->count; i++) {
        if (series->readings[i].unix_s < latest && late++ == 0)
            line = series->readings[i].line;
        latest = fmax(latest, series->readings[i].unix_s);
    }
    warn(series, label, issues, late, line, LF_INVALID, "sort the file by time",
         "readings are earlier than one before them and were put in order");
    if (late)
        qsort(series->readings, series->count, sizeof *series->readings, by_time);
}

// Of several readings at one time the first in the file stays.
static void drop_repeats(gauge *series, const char *label, lf_issues *issues) {
    int same = 0, same_line = 0, other = 0, other_line = 0;
    size_t kept = 0;
    for (size_t i = 0; i < series->count; i++) {
        const reading *next = &series->readings[i];
        const reading *last = kept ? &series->readings[kept - 1] : NULL;
        if (!last || last->unix_s != next->unix_s)
            series->readings[kept++] = *next;
        else if (last->value == next->value && same++ == 0)
            same_line = next->line;
        else if (last->value != next->value && other++ == 0)
            other_line = next->line;
    }
    series->count = kept;
    warn(series, label, issues, same, same_line, LF_DUPLICATE, "",
         "readings repeat one of the same time");
    warn(series, label, issues, other, other_line, LF_DUPLICATE, "keep one reading per time",
         "readings contradict one of the same time and were dropped");
}

static int by_size(const void *a, const void *b) {
    double p = *(const double *)a, q = *(const double *)b;
    return (p > q) - (p < q);
}

// The usual time between readings: the median; 0 for less than two readings or without memory.
static double usual_step(const gauge *series) {
    if (series->count < 2)
        return 0;
    double *steps = malloc((series->count - 1) * sizeof *steps);
    if (!steps)
        return 0;
    for (size_t i = 1; i < series->count; i++)
        steps[i - 1] = series->readings[i].unix_s - series->readings[i - 1].unix_s;
    qsort(steps, series->count - 1, sizeof *steps, by_size);
    double median = steps[(series->count - 1) / 2];
    free(steps);
    return median;
}

void lf_io_sensors_clean(gauge *series, const char *label, lf_issues *issues) {
    sort(series, label, issues);
    drop_repeats(series, label, issues);
    double step_s = usual_step(series);
    int gaps = 0, line = 0;
    double longest_s = 0;
    for (size_t i = 1; i < series->count; i++) {
        double step = series->readings[i].unix_s - series->readings[i - 1].unix_s;
        if (step > 2.5 * step_s && gaps++ == 0)
            line = series->readings[i].line;
        if (step > 2.5 * step_s)
            longest_s = fmax(longest_s, step);
    }
    if (gaps)
        lf_issues_addf(issues, LF_WARNING, LF_MISSING, label, line, series->name, "",
                       "%d gaps, the longest of %.0f s where readings come every %.0f s; the first "
                       "ends at this line",
                       gaps, longest_s, step_s);
    if (series->per_interval && step_s > 0)
        for (size_t i = 0; i < series->count; i++)
            series->readings[i].value *= 3600 / step_s;
}
