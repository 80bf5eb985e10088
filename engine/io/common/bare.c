// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Placement of files that carry no CRS.
#include "io/common/bare.h"

#include <math.h>
#include <string.h>

static const char *crs_of(const lf_spec *spec, const lf_import_def *def) {
    const char *frame = lf_spec_frame_const(spec)->crs;
    if (def->crs)
        return def->crs;
    return *frame ? frame : def->estate_crs;
}

static void to_projected(const lf_io_bare *place, double *x, double *y) {
    double u = *x * place->unit_m, v = *y * place->unit_m;
    *x = place->at_x + u * place->cosine + v * place->sine;
    *y = place->at_y - u * place->sine + v * place->cosine;
}

lf_code lf_io_bare_open(lf_io_bare *place, lf_spec *spec, const lf_import_def *def, double x,
                        double y, double unit_m, lf_issues *issues, lf_error *error) {
    memset(place, 0, sizeof *place);
    place->local = def->has_at;
    place->unit_m = unit_m;
    if (def->has_at) {
        const double radians = def->turn_deg * (3.14159265358979323846 / 180);
        place->at_x = def->at[0];
        place->at_y = def->at[1];
        place->at_z = def->at[2];
        place->cosine = cos(radians);
        place->sine = sin(radians);
        to_projected(place, &x, &y);
    }
    char crs[2048] = "";
    const char *found = crs_of(spec, def);
    if (!found)
        return lf_fail(error, LF_CRS, LF_FROM_INPUT,
                       "the file has no coordinate reference system and the estate has none yet; "
                       "give one: {file: %s, crs: EPSG:4547}",
                       def->label ? def->label : def->path);
    strncpy(crs, found, sizeof crs - 1);
    const lf_vec2 centre = {x, y};
    lf_code code =
        lf_io_ensure_frame_at(spec, def, crs, centre, "the file's centre", issues, error);
    if (code == LF_OK)
        code = lf_geo_transform_create(crs, lf_spec_frame_const(spec), &place->transform, error);
    if (code == LF_OK)
        code = lf_io_clip_of(spec, def, &place->window, &place->clip, error);
    if (code != LF_OK)
        lf_io_bare_close(place);
    return code;
}

void lf_io_bare_close(lf_io_bare *place) {
    if (place->transform)
        lf_geo_transform_destroy(place->transform);
    place->transform = NULL;
}

bool lf_io_bare_point(const lf_io_bare *place, lf_vec2 *point) {
    double x = point->x, y = point->y;
    if (place->local)
        to_projected(place, &x, &y);
    return lf_geo_transform_point(place->transform, x, y, point);
}

bool lf_io_bare_keeps(const lf_io_bare *place, lf_vec2 local) {
    return !place->clip || lf_geo_clip_contains(place->clip, local);
}
