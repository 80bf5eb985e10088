// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// What every importer of geometry needs: the frame, the clip window, polygons from rings, names.
#ifndef LF_IO_PLACE_H
#define LF_IO_PLACE_H

#include "geo/clip.h"
#include "geo/repair.h"
#include "lifang/io.h"

// Sets the spec's frame if it has none: def->estate_crs or chosen; origin at the centre of the clip
// window or, without one, at the given centre of the data in degrees. A chosen CRS is noted.
lf_code lf_io_ensure_frame(lf_spec *spec, const lf_import_def *def, double longitude_deg,
                           double latitude_deg, lf_issues *issues, lf_error *error);
// The same from a point of the data in its own system. what: "the raster's centre", for the error.
lf_code lf_io_ensure_frame_at(lf_spec *spec, const lf_import_def *def, const char *crs,
                              lf_vec2 point, const char *what, lf_issues *issues, lf_error *error);
// The window of the def, or NULL where it has none; *storage holds it.
lf_code lf_io_clip_of(const lf_spec *spec, const lf_import_def *def, lf_geo_clip *storage,
                      const lf_geo_clip **clip, lf_error *error);
// Tidies the rings, repairs a self-crossing polygon (warning) and copies it into the spec. False if
// nothing usable is left (warning).
bool lf_io_polygon(lf_spec *spec, lf_geo_rings *rings, const char *file, const char *feature,
                   lf_issues *issues, lf_shape *shape);
// Sets bit `name` of row->assumed. The field must exist in the layer's table.
void lf_io_mark_assumed(lf_row *row, lf_layer layer, const char *name);
int lf_io_count_all(const lf_spec *spec); // rows of all layers

#endif
