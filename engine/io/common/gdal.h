// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// A quiet room around GDAL: its messages are collected, never printed; data cannot make it open
// anything but the drivers that were allowed; and what it writes carries no clock time.
#ifndef LF_IO_GDAL_H
#define LF_IO_GDAL_H

#include "lifang/spec.h"

typedef struct lf_io_gdal {
    int failures, warnings;
    char failure[400]; // the first of each
    char warning[400];
} lf_io_gdal;
// Registers the drivers once and starts collecting. Every begin needs its end, on the same thread.
void lf_io_gdal_begin(lf_io_gdal *gdal);
void lf_io_gdal_end(lf_io_gdal *gdal);
// The frame's system as GDAL's, from OSRNewSpatialReference; false if GDAL does not know it.
bool lf_io_gdal_system(const lf_frame *frame, void *spatial_reference);
// Fails with GDAL's own words behind `what`.
lf_code lf_io_gdal_fail(const lf_io_gdal *gdal, lf_code code, lf_origin origin, const char *file,
                        lf_error *error, const char *what);

#endif
