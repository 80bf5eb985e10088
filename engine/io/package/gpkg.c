// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Writing GeoPackages. The whole file is made in memory and put in place in one step.
#include "io/package/gpkg.h"

#include "io/common/geometry.h"
#include <cpl_string.h>
#include <math.h>
#include <ogr_srs_api.h>
#include <stdio.h>
#include <string.h>

void lf_io_gpkg_begin(lf_io_gpkg *gpkg, const lf_frame *frame, const char *path) {
    memset(gpkg, 0, sizeof *gpkg);
    gpkg->frame = frame;
    gpkg->path = path;
    lf_io_gdal_begin(&gpkg->gdal);
    lf_io_memory_file_begin(&gpkg->memory, ".gpkg");
    gpkg->system = OSRNewSpatialReference(NULL);
    bool known = lf_io_gdal_system(frame, gpkg->system);
    GDALDriverH driver = GDALGetDriverByName("GPKG");
    if (known && driver)
        gpkg->dataset = GDALCreate(driver, gpkg->memory.path, 0, 0, 0, GDT_Unknown, NULL);
    gpkg->failed = !gpkg->dataset || GDALDatasetStartTransaction(gpkg->dataset, FALSE) != 0;
}

lf_code lf_io_gpkg_commit(lf_io_gpkg *gpkg, lf_error *error) {
    if (!gpkg->failed && GDALDatasetCommitTransaction(gpkg->dataset) != 0)
        gpkg->failed = true;
    if (gpkg->dataset)
        GDALClose(gpkg->dataset);
    bool good = !gpkg->failed && !gpkg->gdal.failures;
    lf_code code = good ? lf_io_memory_file_commit(&gpkg->memory, gpkg->path, error)
                        : lf_io_gdal_fail(&gpkg->gdal, LF_IO, LF_FROM_RUN, gpkg->path, error,
                                          "the GeoPackage was not written");
    lf_io_memory_file_abandon(&gpkg->memory);
    OSRDestroySpatialReference(gpkg->system);
    lf_io_gdal_end(&gpkg->gdal);
    return code;
}

const char *lf_io_assumed_names(const lf_row *row, lf_layer layer, char *text, size_t size) {
    const lf_table *table = lf_layer_table(layer);
    size_t used = 0;
    text[0] = '\0';
    for (int i = 0; i < table->count; i++) {
        if (!(row->assumed >> i & 1u))
            continue;
        int more =
            snprintf(text + used, size - used, "%s%s", used ? "," : "", table->fields[i].name);
        if (more < 0 || used + (size_t)more >= size)
            break;
        used += (size_t)more;
    }
    return text;
}

static OGRFieldType field_type(const lf_field *field) {
    switch (field->type) {
    case LF_BOOL:
    case LF_INT:
        return OFTInteger;
    case LF_ENUM:
    case LF_TEXT:
        return OFTString;
    default:
        return OFTReal;
    }
}

static void add_field(lf_io_gpkg *gpkg, OGRLayerH layer, const char *name, OGRFieldType type,
                      OGRFieldSubType subtype, const char *doc) {
    OGRFieldDefnH field = OGR_Fld_Create(name, type);
    OGR_Fld_SetSubType(field, subtype);
    if (doc && *doc)
        OGR_Fld_SetAlternativeName(field, doc);
    if (OGR_L_CreateField(layer, field, FALSE) != OGRERR_NONE)
        gpkg->failed = true;
    OGR_Fld_Destroy(field);
}

// The kind that holds all rows of the layer, and whether it has to be a multi kind.
static OGRwkbGeometryType kind_of(const lf_spec *spec, lf_layer layer, bool *many) {
    static const OGRwkbGeometryType single[] = {wkbNone, wkbPoint, wkbLineString, wkbPolygon};
    static const OGRwkbGeometryType multi[] = {wkbNone, wkbMultiPoint, wkbMultiLineString,
                                               wkbMultiPolygon};
    lf_shape_kind kind = lf_layer_shape(layer);
    bool mixed = false, high = false;
    *many = false;
    for (int i = 0; i < lf_spec_count(spec, layer); i++) {
        const lf_shape *shape = &((const lf_row *)lf_spec_at_const(spec, layer, i))->shape;
        if (shape->kind == LF_NO_SHAPE)
            continue;
        mixed = mixed || shape->kind != kind;
        high = high || shape->z_m;
        *many = *many || lf_io_geometry_is_many(shape);
    }
    if (mixed) {
        *many = false;
        return wkbUnknown;
    }
    OGRwkbGeometryType type = *many ? multi[kind] : single[kind];
    return high ? wkbSetZ(type) : type;
}

static OGRLayerH create_layer(lf_io_gpkg *gpkg, const lf_spec *spec, lf_layer layer, bool *many) {
    char **options = NULL;
    options = CSLSetNameValue(options, "FID", "id");
    options = CSLSetNameValue(options, "GEOMETRY_NAME", "geom");
    options = CSLSetNameValue(options, "DESCRIPTION", lf_layer_doc(layer));
    OGRLayerH made = GDALDatasetCreateLayer(gpkg->dataset, lf_layer_name(layer), gpkg->system,
                                            kind_of(spec, layer, many), options);
    CSLDestroy(options);
    return made;
}

// Columns: name, the table's fields, quality, assumed, source, start of samples, results.
static void create_fields(lf_io_gpkg *gpkg, OGRLayerH made, lf_layer layer,
                          const lf_column *const *columns, int column_count) {
    const lf_table *table = lf_layer_table(layer);
    add_field(gpkg, made, "name", OFTString, OFSTNone, "name");
    for (int i = 0; i < table->count; i++)
        add_field(gpkg, made, table->fields[i].name, field_type(&table->fields[i]),
                  table->fields[i].type == LF_BOOL ? OFSTBoolean : OFSTNone, table->fields[i].doc);
    add_field(gpkg, made, "quality", OFTString, OFSTNone,
              "of the geometry: measured, tagged, assumed or synthetic");
    add_field(gpkg, made, "assumed", OFTString, OFSTNone,
              "columns that were filled from a rule, not read");
    add_field(gpkg, made, "source", OFTString, OFSTNone, "where the row comes from");
    if (layer == LF_SENSORS)
        add_field(gpkg, made, "start_unix_s", OFTReal, OFSTNone, "time 0 of the samples");
    for (int i = 0; i < column_count; i++)
        add_field(gpkg, made, columns[i]->name, OFTReal, OFSTFloat32, columns[i]->doc);
}

static void set_real(OGRFeatureH feature, int index, double value) {
    if (isfinite(value))
        OGR_F_SetFieldDouble(feature, index, value);
    else
        OGR_F_SetFieldNull(feature, index);
}

static void set_text(OGRFeatureH feature, int index, const char *text) {
    if (text && *text)
        OGR_F_SetFieldString(feature, index, text);
    else
        OGR_F_SetFieldNull(feature, index);
}

static void set_field(OGRFeatureH feature, int index, const lf_field *field, const lf_row *row) {
    char buffer[64];
    switch (field_type(field)) {
    case OFTInteger:
        OGR_F_SetFieldInteger(feature, index, (int)lf_field_number(field, row));
        break;
    case OFTString:
        set_text(feature, index, lf_field_text(field, row, buffer, sizeof buffer));
        break;
    default:
        set_real(feature, index, lf_field_number(field, row));
    }
}

static void write_row(lf_io_gpkg *gpkg, OGRLayerH made, lf_layer layer, const lf_row *row,
                      int index, bool many, const lf_column *const *columns, int column_count) {
    char names[512];
    const lf_table *table = lf_layer_table(layer);
    OGRFeatureH feature = OGR_F_Create(OGR_L_GetLayerDefn(made));
    int at = 0;
    OGR_F_SetFID(feature, row->id);
    set_text(feature, at++, row->name);
    for (int i = 0; i < table->count; i++)
        set_field(feature, at++, &table->fields[i], row);
    set_text(feature, at++, lf_quality_name(row->quality));
    set_text(feature, at++, lf_io_assumed_names(row, layer, names, sizeof names));
    set_text(feature, at++, row->source);
    if (layer == LF_SENSORS)
        set_real(feature, at++, ((const lf_sensor *)row)->samples.start_unix_s);
    for (int i = 0; i < column_count; i++)
        set_real(feature, at++, index < columns[i]->count ? columns[i]->values[index] : NAN);
    OGRGeometryH geometry = lf_io_geometry_make(&row->shape, gpkg->frame, many);
    if (geometry)
        OGR_F_SetGeometryDirectly(feature, geometry);
    if (OGR_L_CreateFeature(made, feature) != OGRERR_NONE)
        gpkg->failed = true;
    OGR_F_Destroy(feature);
}

void lf_io_gpkg_layer(lf_io_gpkg *gpkg, const lf_spec *spec, lf_layer layer,
                      const lf_column *const *columns, int column_count) {
    bool many;
    if (gpkg->failed)
        return;
    OGRLayerH made = create_layer(gpkg, spec, layer, &many);
    if (!made) {
        gpkg->failed = true;
        return;
    }
    create_fields(gpkg, made, layer, columns, column_count);
    for (int i = 0; i < lf_spec_count(spec, layer) && !gpkg->failed; i++)
        write_row(gpkg, made, layer, lf_spec_at_const(spec, layer, i), i, many, columns,
                  column_count);
}

OGRLayerH lf_io_gpkg_table(lf_io_gpkg *gpkg, const char *name, const char *doc,
                           const lf_io_gpkg_field *fields) {
    if (gpkg->failed)
        return NULL;
    char **options = CSLSetNameValue(NULL, "DESCRIPTION", doc);
    OGRLayerH table = GDALDatasetCreateLayer(gpkg->dataset, name, NULL, wkbNone, options);
    CSLDestroy(options);
    for (; table && fields->name; fields++)
        add_field(gpkg, table, fields->name, fields->type, OFSTNone, NULL);
    gpkg->failed = gpkg->failed || !table;
    return gpkg->failed ? NULL : table;
}

OGRFeatureH lf_io_gpkg_row(lf_io_gpkg *gpkg, OGRLayerH table) {
    return gpkg->failed || !table ? NULL : OGR_F_Create(OGR_L_GetLayerDefn(table));
}

void lf_io_gpkg_end_row(lf_io_gpkg *gpkg, OGRLayerH table, OGRFeatureH row) {
    if (!row || OGR_L_CreateFeature(table, row) != OGRERR_NONE)
        gpkg->failed = true;
    OGR_F_Destroy(row);
}
