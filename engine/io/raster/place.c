// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Where a raster lies in the estate.
#include "io/common/place.h"
#include "io/raster/dem.h"

static lf_code ensure_frame(lf_spec *spec, const lf_import_def *def, const lf_io_dem *dem,
                            lf_issues *issues, lf_error *error) {
    lf_geo_transform *degrees = NULL;
    const double *t = dem->to_map;
    double px = dem->cols / 2.0, py = dem->rows / 2.0;
    lf_vec2 centre = {0, 0};
    if (lf_spec_frame(spec)->crs[0])
        return LF_OK;
    lf_code code = lf_geo_transform_to_degrees(dem->crs, &degrees, error);
    if (code == LF_OK && !lf_geo_transform_point(degrees, t[0] + t[1] * px + t[2] * py,
                                                 t[3] + t[4] * px + t[5] * py, &centre))
        code = lf_fail(error, LF_CRS, LF_FROM_INPUT,
                       "the raster's centre cannot be transformed to degrees: is its CRS right?");
    lf_geo_transform_destroy(degrees);
    if (code == LF_OK)
        code = lf_io_ensure_frame(spec, def, centre.x, centre.y, issues, error);
    return code;
}

lf_code lf_io_dem_place(lf_spec *spec, const lf_import_def *def, const lf_io_dem *dem,
                        lf_geo_transform **transform, lf_issues *issues, lf_error *error) {
    lf_code code = ensure_frame(spec, def, dem, issues, error);
    return code == LF_OK
               ? lf_geo_transform_create(dem->crs, lf_spec_frame_const(spec), transform, error)
               : code;
}
