// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The readings of one sensor while they are collected, in the order of the file, and their
// cleaning: order, repeats, gaps.
#ifndef LF_IO_SENSORS_SERIES_H
#define LF_IO_SENSORS_SERIES_H

#include "lifang/io.h"

typedef struct reading {
    double unix_s;
    double value;
    int line;
} reading;

typedef struct gauge {
    const char *name;
    int kind;         // lf_sensor_kind
    const char *unit; // of the stored values
    const char *target;
    lf_quality quality;
    double factor;     // file value -> stored value
    bool per_interval; // value is an amount per interval and becomes a rate
    bool placed;
    double x, y; // as in the file
    int line;    // where it was first named
    reading *readings;
    size_t count, capacity;
} gauge;

// Sorts the readings, drops repeats and turns amounts into rates; each kind of trouble is a warning
// with its first line and how often it was met.
void lf_io_sensors_clean(gauge *series, const char *label, lf_issues *issues);
// The stored unit and the factor to it from a unit of a file; false if the kind has no such unit.
// *allowed lists those that it has.
bool lf_io_sensors_unit(int kind, const char *unit, gauge *series, const char **allowed);
// "2025-07-14T12:00:00+08:00", "2025-07-14 12:00Z". *zoned is false where no zone is written: then
// the time is taken as UTC+8.
bool lf_io_sensors_time(const char *text, double *unix_s, bool *zoned);

#endif
