// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Frame, clip window and polygons for importers.
#include "io/common/place.h"

#include "geo/frame.h"
#include "geo/polygon.h"
#include <assert.h>
#include <stdio.h>

lf_code lf_io_ensure_frame(lf_spec *spec, const lf_import_def *def, double longitude_deg,
                           double latitude_deg, lf_issues *issues, lf_error *error) {
    lf_frame *frame = lf_spec_frame(spec);
    if (frame->crs[0])
        return LF_OK;
    if (def->clip) {
        longitude_deg = (def->clip_wsen[0] + def->clip_wsen[2]) / 2;
        latitude_deg = (def->clip_wsen[1] + def->clip_wsen[3]) / 2;
    }
    bool chosen = !def->estate_crs || !*def->estate_crs;
    lf_code code = lf_geo_frame_set(frame, chosen ? NULL : def->estate_crs, longitude_deg,
                                    latitude_deg, error);
    if (code == LF_OK && chosen)
        lf_issues_addf(issues, LF_NOTE, LF_OK, def->label, 0, "",
                       "give estate.crs (or --crs) to have another",
                       "the estate's CRS was chosen from where the data lies: %s", frame->crs);
    return code;
}

lf_code lf_io_ensure_frame_at(lf_spec *spec, const lf_import_def *def, const char *crs,
                              lf_vec2 point, const char *what, lf_issues *issues, lf_error *error) {
    lf_frame *frame = lf_spec_frame(spec);
    lf_geo_transform *degrees = NULL;
    lf_vec2 centre = {0, 0};
    if (frame->crs[0])
        return LF_OK;
    if (lf_geo_is_local(crs) &&
        (!def->estate_crs || !*def->estate_crs || lf_geo_is_local(def->estate_crs))) {
        lf_geo_frame_set_local(frame, point.x, point.y);
        return LF_OK;
    }
    lf_code code = lf_geo_transform_to_degrees(crs, &degrees, error);
    if (code == LF_OK && !lf_geo_transform_point(degrees, point.x, point.y, &centre))
        code = lf_fail(error, LF_CRS, LF_FROM_INPUT,
                       "%s, %g %g, cannot be transformed to degrees: is its CRS right?", what,
                       point.x, point.y);
    lf_geo_transform_destroy(degrees);
    if (code == LF_OK)
        code = lf_io_ensure_frame(spec, def, centre.x, centre.y, issues, error);
    return code;
}

lf_code lf_io_clip_of(const lf_spec *spec, const lf_import_def *def, lf_geo_clip *storage,
                      const lf_geo_clip **clip, lf_error *error) {
    *clip = NULL;
    if (!def->clip)
        return LF_OK;
    lf_code code = lf_geo_clip_make(def->clip_wsen, lf_spec_frame_const(spec), storage, error);
    if (code == LF_OK)
        *clip = storage;
    return code;
}

bool lf_io_polygon(lf_spec *spec, lf_geo_rings *rings, const char *file, const char *feature,
                   lf_issues *issues, lf_shape *shape) {
    char reason[160];
    lf_geo_rings_tidy(rings);
    if (!rings->ring_count || rings->failed) {
        lf_issues_addf(issues, LF_WARNING, LF_GEOMETRY, file, 0, feature,
                       "draw it again with at least three corners",
                       "the polygon has no area and was left out");
        return false;
    }
    if (!lf_geo_rings_valid(rings, reason, sizeof reason)) {
        bool mended = lf_geo_rings_repair(rings);
        lf_issues_addf(issues, LF_WARNING, LF_GEOMETRY, file, 0, feature,
                       "correct the outline in the source",
                       mended ? "the outline crosses itself (%s) and was repaired"
                              : "the outline crosses itself (%s), could not be repaired and was "
                                "left out",
                       reason);
        if (!mended)
            return false;
    }
    *shape = lf_spec_polygon(spec, rings->points, rings->start, (int)rings->ring_count);
    return shape->kind == LF_POLYGON;
}

void lf_io_mark_assumed(lf_row *row, lf_layer layer, const char *name) {
    const lf_table *table = lf_layer_table(layer);
    const lf_field *field = lf_table_find(table, name);
    assert(field);
    if (field)
        row->assumed |= 1u << (field - table->fields);
}

int lf_io_count_all(const lf_spec *spec) {
    int total = 0;
    for (int layer = 0; layer < LF_LAYER_COUNT; layer++)
        total += lf_spec_count(spec, (lf_layer)layer);
    return total;
}
