// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Features of a package back into rows, by the field tables of their layers.
#include "base/file.h"
#include "io/common/geometry.h"
#include "io/package/read.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// Which fields hold ids of which layer.
static const struct reference {
    lf_layer layer;
    const char *field;
    lf_layer target;
} references[] = {
    {LF_BUILDINGS, "compound", LF_COMPOUNDS},
    {LF_BUILDING_PARTS, "building", LF_BUILDINGS},
    {LF_STOREYS, "building", LF_BUILDINGS},
    {LF_SPACES, "storey", LF_STOREYS},
    {LF_ROADS, "from", LF_ROAD_NODES},
    {LF_ROADS, "to", LF_ROAD_NODES},
    {LF_GATES, "node", LF_ROAD_NODES},
    {LF_PARKING, "road", LF_ROADS},
    {LF_STALLS, "parking", LF_PARKING},
    {LF_STALLS, "road", LF_ROADS},
    {LF_DRAIN_LINKS, "from", LF_DRAIN_NODES},
    {LF_DRAIN_LINKS, "to", LF_DRAIN_NODES},
    {LF_SUBCATCHMENTS, "outlet", LF_DRAIN_NODES},
    {LF_ASSETS, "building", LF_BUILDINGS},
    {LF_INFLOWS, "flow_sensor", LF_SENSORS},
    {LF_OPEN_EDGES, "flow_sensor", LF_SENSORS},
    {LF_OPEN_EDGES, "level_sensor", LF_SENSORS},
    {LF_SECTIONS, "flow_sensor", LF_SENSORS},
};
#define REFERENCE_COUNT (sizeof references / sizeof references[0])

static bool place(void *context, double x, double y, lf_vec2 *out) {
    lf_io_package_job *job = context;
    const lf_frame *frame = lf_spec_frame_const(job->spec);
    if (!job->same_crs)
        return lf_geo_transform_point(job->transform, x, y, out);
    out->x = x - frame->origin_east_m;
    out->y = y - frame->origin_north_m;
    return isfinite(out->x) && isfinite(out->y);
}

static void set_number(const lf_field *field, void *row, double value) {
    char *at = (char *)row + field->offset;
    if (field->type == LF_BOOL)
        *(bool *)at = value != 0;
    else if (field->type == LF_INT || field->type == LF_ENUM)
        *(int *)at = (int)value;
    else
        *(double *)at = value;
}

static lf_code read_field(lf_io_package_job *job, OGRFeatureH feature, lf_layer layer, int index,
                          lf_row *row, lf_error *error) {
    const lf_field *field = &lf_layer_table(layer)->fields[index];
    int column = OGR_F_GetFieldIndex(feature, field->name);
    if (column < 0)
        return LF_OK; // a package of an older version: the default stays
    if (!OGR_F_IsFieldSetAndNotNull(feature, column)) {
        // Empty means the default. Where there is one, it was nobody's statement. (Enums are never
        // written empty.)
        if (field->type != LF_TEXT && !isnan(field->initial))
            row->assumed |= 1u << index;
        return LF_OK;
    }
    if (field->type == LF_TEXT) {
        *(const char **)((char *)row + field->offset) =
            lf_spec_text(job->spec, OGR_F_GetFieldAsString(feature, column));
    } else if (field->type == LF_ENUM) {
        return lf_field_set_text(field, row, OGR_F_GetFieldAsString(feature, column), error);
    } else {
        set_number(field, row, OGR_F_GetFieldAsDouble(feature, column));
    }
    return LF_OK;
}

static void shift_references(const lf_io_package_job *job, lf_layer layer, lf_row *row) {
    for (size_t i = 0; i < REFERENCE_COUNT; i++) {
        if (references[i].layer != layer)
            continue;
        const lf_field *field = lf_table_find(lf_layer_table(layer), references[i].field);
        lf_id *id = (lf_id *)((char *)row + field->offset);
        if (*id)
            *id += job->offset[references[i].target];
    }
}

static const char *text_of(OGRFeatureH feature, const char *name) {
    int column = OGR_F_GetFieldIndex(feature, name);
    return column >= 0 && OGR_F_IsFieldSetAndNotNull(feature, column)
               ? OGR_F_GetFieldAsString(feature, column)
               : "";
}

static void read_assumed(const lf_io_package_job *job, OGRFeatureH feature, lf_layer layer,
                         const char *label, lf_row *row) {
    const lf_table *table = lf_layer_table(layer);
    char word[80];
    for (const char *at = text_of(feature, "assumed"); *at;) {
        size_t length = strcspn(at, ", ");
        snprintf(word, sizeof word, "%.*s", (int)length, at);
        const lf_field *field = lf_table_find(table, word);
        if (field)
            row->assumed |= 1u << (field - table->fields);
        else if (length)
            lf_issues_addf(job->issues, LF_WARNING, LF_UNKNOWN_KEY, job->def->label, 0, label,
                           "name columns of the layer, divided by commas",
                           "\"%s\" in the column assumed is no column", word);
        at += length;
        at += strspn(at, ", ");
    }
}

// Name, source, quality and the assumed columns. A row without quality was drawn by hand.
static void read_head(const lf_io_package_job *job, OGRFeatureH feature, lf_layer layer,
                      const char *label, lf_row *row) {
    const char *quality = text_of(feature, "quality"), *source = text_of(feature, "source");
    row->name = lf_spec_text(job->spec, text_of(feature, "name"));
    row->source =
        lf_spec_text(job->spec, *source || *quality ? source : lf_file_name(job->def->label));
    row->quality = LF_TAGGED;
    for (int q = 0; q < LF_QUALITY_COUNT; q++)
        if (strcmp(quality, lf_quality_name((lf_quality)q)) == 0)
            row->quality = (lf_quality)q;
    read_assumed(job, feature, layer, label, row);
}

static bool read_line(lf_io_package_job *job, OGRGeometryH geometry, lf_shape *shape) {
    OGRwkbGeometryType type = wkbFlatten(OGR_G_GetGeometryType(geometry));
    if (type == wkbMultiLineString || type == wkbMultiPoint)
        geometry = OGR_G_GetGeometryCount(geometry) ? OGR_G_GetGeometryRef(geometry, 0) : NULL;
    int count = geometry ? OGR_G_GetPointCount(geometry) : 0;
    lf_vec2 *points = malloc(((size_t)count + 1) * sizeof *points);
    double *z = geometry && OGR_G_Is3D(geometry) ? malloc(((size_t)count + 1) * sizeof *z) : NULL;
    bool good = count > 0 && points && lf_io_geometry_points(geometry, place, job, points, z) > 0;
    if (good && wkbFlatten(OGR_G_GetGeometryType(geometry)) == wkbPoint)
        *shape = lf_spec_point(job->spec, points[0]);
    else if (good && count >= 2)
        *shape = lf_spec_line(job->spec, points, count, z);
    free(points);
    free(z);
    return shape->kind != LF_NO_SHAPE;
}

// The feature's geometry; false if it has one that cannot be used.
static bool read_shape(lf_io_package_job *job, OGRFeatureH feature, const char *label,
                       lf_shape *shape) {
    OGRGeometryH geometry = OGR_F_GetGeometryRef(feature);
    memset(shape, 0, sizeof *shape);
    if (!geometry || OGR_G_IsEmpty(geometry))
        return true;
    OGRwkbGeometryType type = wkbFlatten(OGR_G_GetGeometryType(geometry));
    if (type != wkbPolygon && type != wkbMultiPolygon)
        return read_line(job, geometry, shape);
    lf_geo_rings_clear(&job->rings);
    return lf_io_geometry_rings(geometry, place, job, &job->rings) &&
           lf_io_polygon(job->spec, &job->rings, job->def->label, label, job->issues, shape);
}

static lf_code read_feature(lf_io_package_job *job, OGRFeatureH feature, lf_layer layer,
                            lf_error *error) {
    char label[80];
    lf_shape shape;
    lf_code code = LF_OK;
    GIntBig fid = OGR_F_GetFID(feature);
    snprintf(label, sizeof label, "%s/%lld", lf_layer_name(layer), (long long)fid);
    if (!read_shape(job, feature, label, &shape)) {
        lf_issues_addf(job->issues, LF_WARNING, LF_GEOMETRY, job->def->label, 0, label,
                       "draw it again", "the geometry cannot be used; the row was left out");
        return LF_OK;
    }
    lf_row *row = lf_spec_add(job->spec, layer);
    if (!row)
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for the rows");
    code = lf_spec_set_id(job->spec, layer, row, (lf_id)fid + job->offset[layer], error);
    row->shape = shape;
    for (int i = 0; code == LF_OK && i < lf_layer_table(layer)->count; i++)
        code = read_field(job, feature, layer, i, row, error);
    if (code == LF_OK) {
        read_head(job, feature, layer, label, row);
        shift_references(job, layer, row);
        if (layer == LF_SENSORS) {
            int column = OGR_F_GetFieldIndex(feature, "start_unix_s");
            if (column >= 0)
                ((lf_sensor *)row)->samples.start_unix_s = OGR_F_GetFieldAsDouble(feature, column);
        }
    } else if (error) {
        error->origin = LF_FROM_INPUT;
        lf_error_place(error, job->def->label, 0, 0, label);
    }
    return code;
}

lf_code lf_io_package_read_layer(lf_io_package_job *job, lf_layer layer, lf_error *error) {
    OGRLayerH from = GDALDatasetGetLayerByName(job->dataset, lf_layer_name(layer));
    OGRFeatureH feature;
    lf_code code = LF_OK;
    int before = lf_spec_count(job->spec, layer);
    if (!from)
        return LF_OK;
    if (before)
        job->offset[layer] = ((const lf_row *)lf_spec_at_const(job->spec, layer, before - 1))->id;
    OGR_L_ResetReading(from);
    while (code == LF_OK && (feature = OGR_L_GetNextFeature(from)) != NULL) {
        code = read_feature(job, feature, layer, error);
        OGR_F_Destroy(feature);
    }
    return code;
}
