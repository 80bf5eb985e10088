// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// From a LISFLOOD case to rows of the spec.
#ifndef LF_IO_LISFLOOD_ROWS_H
#define LF_IO_LISFLOOD_ROWS_H

#include "io/lisflood/case.h"
#include "io/raster/dem.h"

typedef struct lis_emit {
    lis_case *c;
    lf_spec *spec;
    const lf_import_def *def;
    lf_io_dem dem; // read, its values and place
    lf_geo_transform *transform;
} lis_emit;

// Rain, boundaries, point sources and stages; needs the DEM. False after an error in c->first, or
// without memory.
bool lf_io_lisflood_rows(lis_emit *emit);

#endif
