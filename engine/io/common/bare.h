// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Where a file without a CRS of its own lies: coordinates of an .inp or a sensor list -> the frame.
#ifndef LF_IO_BARE_H
#define LF_IO_BARE_H

#include "geo/frame.h"
#include "io/common/place.h"

typedef struct lf_io_bare {
    lf_geo_transform *transform;
    lf_geo_clip window;
    const lf_geo_clip *clip; // NULL = everything
    bool local;              // coordinates are about def->at
    double at_x, at_y, at_z, cosine, sine, unit_m;
} lf_io_bare;

// x, y is a point of the file (its centre) for a twin that has no frame yet. Without def->crs the
// coordinates are taken to be in the estate's CRS; without that either it is LF_CRS. unit_m is the
// file's length unit where def->at places it.
lf_code lf_io_bare_open(lf_io_bare *place, lf_spec *spec, const lf_import_def *def, double x,
                        double y, double unit_m, lf_issues *issues, lf_error *error);
void lf_io_bare_close(lf_io_bare *place);
// File -> local metres, in place; false if the point cannot be transformed.
bool lf_io_bare_point(const lf_io_bare *place, lf_vec2 *point);
bool lf_io_bare_keeps(const lf_io_bare *place, lf_vec2 local);

#endif
