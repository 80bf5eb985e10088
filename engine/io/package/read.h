// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// One package being read: what its steps share.
#ifndef LF_IO_PACKAGE_READ_H
#define LF_IO_PACKAGE_READ_H

#include "geo/frame.h"
#include "io/common/assume.h"
#include "io/common/gdal.h"
#include "io/common/place.h"
#include "lifang/io.h"
#include <gdal.h>

typedef struct lf_io_package_job {
    lf_spec *spec;
    const lf_import_def *def;
    lf_issues *issues;
    lf_io_gdal gdal;
    GDALDatasetH dataset;
    lf_frame frame;               // of the package
    bool same_crs;                // as the spec's: coordinates are only shifted, exactly
    lf_geo_transform *transform;  // otherwise
    lf_geo_rings rings;           // scratch
    lf_id offset[LF_LAYER_COUNT]; // added to ids, where the spec had rows already
} lf_io_package_job;

// Text of a key of the package's own table, copied to `out`; false if it is not there.
bool lf_io_package_meta(lf_io_package_job *job, const char *key, char *out, size_t size);
double lf_io_package_number(lf_io_package_job *job, const char *key, double otherwise);
lf_code lf_io_package_read_layer(lf_io_package_job *job, lf_layer layer, lf_error *error);
// Samples, works, assumptions.
lf_code lf_io_package_read_tables(lf_io_package_job *job, lf_error *error);
// Fills and joins rows that were drawn by hand (drawn.c).
void lf_io_package_finish_drawn(lf_io_package_job *job, const lf_io_mark *mark);
// The rasters beside the package (read_rasters.c).
lf_code lf_io_package_read_rasters(lf_io_package_job *job, lf_error *error);
lf_quality lf_io_package_quality(const char *name); // assumed for a word that is none

#endif
