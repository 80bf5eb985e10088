// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// One feature: which layer it belongs to, its geometry in the form that layer has, its row.
#include "base/file.h"
#include "io/common/geometry.h"
#include "io/ogr/job.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool lf_io_ogr_place(void *context, double x, double y, lf_vec2 *out) {
    lf_io_ogr_job *job = context;
    if (job->def->has_at) { // turned clockwise about the file's origin, then moved
        double e = x * job->turn_cos + y * job->turn_sin, n = y * job->turn_cos - x * job->turn_sin;
        x = e + job->def->at[0];
        y = n + job->def->at[1];
    }
    return lf_geo_transform_point(job->transform, x, y, out);
}

static const char *column(lf_io_ogr_job *job, OGRFeatureH feature, const char *name) {
    int at = OGR_F_GetFieldIndex(feature, name);
    return at >= 0 && OGR_F_IsFieldSetAndNotNull(feature, at)
               ? lf_io_ogr_text(job, OGR_F_GetFieldAsString(feature, at))
               : "";
}

// CAD files name the layer in a column, exports of OSM have its tags as columns.
static bool layer_of_feature(lf_io_ogr_job *job, OGRFeatureH feature, lf_layer *layer) {
    static const char *const names[] = {"layer", "图层", "lifang"};
    static const struct {
        const char *key, *value;
        lf_layer layer;
    } tags[] = {{"building", NULL, LF_BUILDINGS},   {"highway", NULL, LF_ROADS},
                {"amenity", "parking", LF_PARKING}, {"amenity", "parking_space", LF_STALLS},
                {"natural", "water", LF_WATER},     {"natural", "tree", LF_TREES},
                {"natural", "wood", LF_GREEN},      {"leisure", "park", LF_GREEN},
                {"landuse", "grass", LF_GREEN},     {"landuse", "residential", LF_COMPOUNDS},
                {"barrier", "wall", LF_WALLS},      {"barrier", "fence", LF_WALLS},
                {"barrier", "gate", LF_GATES},      {"barrier", "lift_gate", LF_GATES}};
    for (int i = 0; i < 3; i++) {
        const char *name = column(job, feature, names[i]);
        int mapped = *name ? lf_io_ogr_map_layer(job->map, name, layer) : 0;
        if (mapped)
            return mapped > 0;
        if (*name && lf_io_ogr_guess_layer(name, layer))
            return true;
    }
    for (size_t i = 0; i < sizeof tags / sizeof tags[0]; i++) {
        const char *value = column(job, feature, tags[i].key);
        if (*value && strcmp(value, "no") != 0 &&
            (!tags[i].value || strcmp(value, tags[i].value) == 0)) {
            *layer = tags[i].layer;
            return true;
        }
    }
    return false;
}

static void mark_unread(lf_row *row, lf_layer layer, const bool *read, const char *name) {
    const lf_table *table = lf_layer_table(layer);
    const lf_field *field = lf_table_find(table, name);
    if (field && !read[field - table->fields])
        lf_io_mark_assumed(row, layer, name);
}

// What a rule will fill, or what the table's default stands in for, is marked.
static void mark_assumed(lf_row *row, lf_layer layer, const bool *read) {
    static const struct {
        lf_layer layer;
        const char *field;
    } matter[] = {{LF_BUILDINGS, "kind"},
                  {LF_BUILDINGS, "storeys"},
                  {LF_BUILDINGS, "height_m"},
                  {LF_BUILDING_PARTS, "storeys"},
                  {LF_BUILDING_PARTS, "height_m"},
                  {LF_ROADS, "kind"},
                  {LF_ROADS, "width_m"},
                  {LF_ROADS, "speed_m_s"},
                  {LF_PARKING, "capacity"},
                  {LF_GATES, "lanes_in"},
                  {LF_GATES, "lanes_out"},
                  {LF_TREES, "height_m"},
                  {LF_TREES, "crown_m"},
                  {LF_WALLS, "height_m"},
                  {LF_GREEN, "kind"},
                  {LF_DRAIN_NODES, "kind"},
                  {LF_DRAIN_NODES, "invert_m"},
                  {LF_DRAIN_NODES, "inlet_length_m"},
                  {LF_DRAIN_LINKS, "diameter_m"},
                  {LF_DRAIN_LINKS, "roughness_s_m13"},
                  {LF_DRAIN_LINKS, "system"}};
    for (size_t i = 0; i < sizeof matter / sizeof matter[0]; i++)
        if (matter[i].layer == layer)
            mark_unread(row, layer, read, matter[i].field);
}

static bool outside(lf_io_ogr_job *job, const lf_shape *shape) {
    if (!job->clip || lf_geo_clip_contains(job->clip, lf_shape_centre(shape)))
        return false;
    job->outside++;
    return true;
}

static const char *source_of(lf_io_ogr_job *job, OGRFeatureH feature) {
    return lf_spec_textf(job->spec, "%s %s/%lld", lf_file_name(job->def->label), job->layer_name,
                         (long long)OGR_F_GetFID(feature));
}

static void add_row(lf_io_ogr_job *job, OGRFeatureH feature, lf_layer layer, const lf_shape *shape,
                    const char *label) {
    bool read[32];
    double factor;
    if (outside(job, shape))
        return;
    lf_row *row = lf_spec_add(job->spec, layer);
    if (!row) {
        job->failed = true;
        return;
    }
    lf_io_ogr_read_fields(job, feature, layer, row, read, label);
    row->shape = *shape;
    row->source = source_of(job, feature);
    mark_assumed(row, layer, read);
    if (layer == LF_DRAIN_LINKS) {
        const char *from = lf_io_ogr_column_text(job, feature, layer, "from", &factor);
        const char *to = lf_io_ogr_column_text(job, feature, layer, "to", &factor);
        lf_io_ogr_add_ends(job, row->id, from, to);
    }
}

static void add_road(lf_io_ogr_job *job, OGRFeatureH feature, const lf_vec2 *points, int count,
                     const char *label) {
    bool read[32];
    lf_road road;
    const lf_table *table = lf_layer_table(LF_ROADS);
    lf_table_defaults(table, &road);
    memset(&road.row, 0, sizeof road.row);
    lf_io_ogr_read_fields(job, feature, LF_ROADS, &road.row, read, label);
    road.row.source = source_of(job, feature);
    mark_assumed(&road.row, LF_ROADS, read);
    if (!read[lf_table_find(table, "width_m") - table->fields])
        road.width_m = 0;
    if (!read[lf_table_find(table, "drivable") - table->fields])
        road.drivable = road.kind <= LF_ROAD_AISLE;
    lf_io_fill_road(&road, &job->assumed);
    lf_io_ogr_add_road(job, points, count, &road);
}

static bool take_polygon(lf_io_ogr_job *job, OGRFeatureH feature, OGRGeometryH geometry,
                         lf_layer layer, const char *label) {
    lf_shape shape;
    lf_geo_rings_clear(&job->rings);
    if (!lf_io_geometry_rings(geometry, lf_io_ogr_place, job, &job->rings))
        return false;
    if (lf_io_polygon(job->spec, &job->rings, job->def->label, label, job->issues, &shape))
        add_row(job, feature, layer, &shape, label);
    return true;
}

// A closed line where an area is needed, as CAD files have them.
static bool take_closed_line(lf_io_ogr_job *job, OGRFeatureH feature, const lf_vec2 *points,
                             int count, lf_layer layer, const char *label) {
    lf_shape shape;
    double gap = hypot(points[0].x - points[count - 1].x, points[0].y - points[count - 1].y);
    if (count < 4 || gap > 0.01) {
        job->wrong_geometry++;
        return true;
    }
    lf_geo_rings_clear(&job->rings);
    lf_geo_rings_begin(&job->rings);
    for (int i = 0; i + 1 < count; i++)
        lf_geo_rings_add(&job->rings, points[i]);
    if (lf_io_polygon(job->spec, &job->rings, job->def->label, label, job->issues, &shape))
        add_row(job, feature, layer, &shape, label);
    return true;
}

static bool take_line(lf_io_ogr_job *job, OGRFeatureH feature, OGRGeometryH line, lf_layer layer,
                      const char *label) {
    int count = OGR_G_GetPointCount(line);
    lf_vec2 *points = malloc(((size_t)count + 1) * sizeof *points);
    double *z = OGR_G_Is3D(line) ? malloc(((size_t)count + 1) * sizeof *z) : NULL;
    bool good = points && lf_io_geometry_points(line, lf_io_ogr_place, job, points, z) == count;
    lf_shape_kind want = lf_layer_shape(layer);
    if (good && count < 2) {
        job->no_geometry++;
    } else if (good && layer == LF_ROADS) {
        add_road(job, feature, points, count, label);
    } else if (good && want == LF_LINE) {
        lf_shape shape = lf_spec_line(job->spec, points, count, z);
        add_row(job, feature, layer, &shape, label);
    } else if (good && want == LF_POLYGON) {
        good = take_closed_line(job, feature, points, count, layer, label);
    } else if (good) {
        job->wrong_geometry++;
    }
    free(points);
    free(z);
    return good;
}

static bool take_point(lf_io_ogr_job *job, OGRFeatureH feature, lf_vec2 at, lf_layer layer,
                       const char *label) {
    if (lf_layer_shape(layer) != LF_POINT) {
        job->wrong_geometry++;
        return true;
    }
    lf_shape shape = lf_spec_point(job->spec, at);
    add_row(job, feature, layer, &shape, label);
    return true;
}

// An area where a point is needed stands at its centre.
static bool take_centre(lf_io_ogr_job *job, OGRFeatureH feature, OGRGeometryH geometry,
                        lf_layer layer, const char *label) {
    lf_geo_rings_clear(&job->rings);
    if (!lf_io_geometry_rings(geometry, lf_io_ogr_place, job, &job->rings))
        return false;
    lf_geo_rings_tidy(&job->rings);
    lf_shape shape = lf_geo_rings_shape(&job->rings);
    lf_vec2 at = lf_shape_centre(&shape);
    at.x = lf_geo_snap(at.x);
    at.y = lf_geo_snap(at.y);
    return take_point(job, feature, at, layer, label);
}

// False if a coordinate could not be transformed.
static bool take_geometry(lf_io_ogr_job *job, OGRFeatureH feature, OGRGeometryH geometry,
                          lf_layer layer, const char *label) {
    OGRwkbGeometryType type = wkbFlatten(OGR_G_GetGeometryType(geometry));
    lf_shape_kind want = lf_layer_shape(layer);
    lf_vec2 at;
    if (type == wkbPolygon || type == wkbMultiPolygon) {
        if (want == LF_POLYGON)
            return take_polygon(job, feature, geometry, layer, label);
        if (want == LF_POINT)
            return take_centre(job, feature, geometry, layer, label);
        job->wrong_geometry++;
        return true;
    }
    if (type == wkbLineString)
        return take_line(job, feature, geometry, layer, label);
    if (type == wkbPoint)
        return lf_io_geometry_points(geometry, lf_io_ogr_place, job, &at, NULL) == 1 &&
               take_point(job, feature, at, layer, label);
    for (int i = 0; i < OGR_G_GetGeometryCount(geometry); i++)
        if (!take_geometry(job, feature, OGR_G_GetGeometryRef(geometry, i), layer, label))
            return false;
    if (!OGR_G_GetGeometryCount(geometry))
        job->wrong_geometry++;
    return true;
}

lf_code lf_io_ogr_read_feature(lf_io_ogr_job *job, OGRFeatureH feature, const lf_layer *target,
                               lf_error *error) {
    char label[160];
    lf_layer layer;
    OGRGeometryH geometry = OGR_F_GetGeometryRef(feature);
    snprintf(label, sizeof label, "%.100s/%lld", job->layer_name, (long long)OGR_F_GetFID(feature));
    if (target) {
        layer = *target;
    } else if (!layer_of_feature(job, feature, &layer)) {
        job->no_layer++;
        return LF_OK;
    }
    if (!geometry || OGR_G_IsEmpty(geometry)) {
        job->no_geometry++;
        return LF_OK;
    }
    OGRGeometryH linear =
        OGR_G_HasCurveGeometry(geometry, FALSE) ? OGR_G_GetLinearGeometry(geometry, 0, NULL) : NULL;
    bool good = take_geometry(job, feature, linear ? linear : geometry, layer, label);
    if (linear)
        OGR_G_DestroyGeometry(linear);
    if (!good && !job->failed) {
        lf_fail(error, LF_CRS, LF_FROM_INPUT,
                "the coordinates cannot be transformed to %s: is the CRS of the file right?",
                lf_spec_frame(job->spec)->crs);
        lf_error_place(error, job->def->label, 0, 0, label);
        return LF_CRS;
    }
    return LF_OK;
}
