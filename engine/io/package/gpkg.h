// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// A GeoPackage being written: layers of features by their field tables, and plain tables.
#ifndef LF_IO_PACKAGE_GPKG_H
#define LF_IO_PACKAGE_GPKG_H

#include "io/common/gdal.h"
#include "io/common/memory_file.h"
#include "lifang/io.h"
#include <gdal.h>

typedef struct lf_io_gpkg {
    lf_io_gdal gdal;
    lf_io_memory_file memory;
    GDALDatasetH dataset;
    OGRSpatialReferenceH system;
    const lf_frame *frame;
    const char *path;
    bool failed;
} lf_io_gpkg;
// Always to be ended by commit, also after a failure.
void lf_io_gpkg_begin(lf_io_gpkg *gpkg, const lf_frame *frame, const char *path);
lf_code lf_io_gpkg_commit(lf_io_gpkg *gpkg, lf_error *error);
// One layer with all its rows; columns (may be NULL) are added behind the table's fields.
void lf_io_gpkg_layer(lf_io_gpkg *gpkg, const lf_spec *spec, lf_layer layer,
                      const lf_column *const *columns, int column_count);

// A table without geometry. Fields: name and OGRFieldType pairs end with NULL.
typedef struct lf_io_gpkg_field {
    const char *name;
    OGRFieldType type;
} lf_io_gpkg_field;
OGRLayerH lf_io_gpkg_table(lf_io_gpkg *gpkg, const char *name, const char *doc,
                           const lf_io_gpkg_field *fields);
// A row of a table: begin, set by field number with OGR_F_..., end.
OGRFeatureH lf_io_gpkg_row(lf_io_gpkg *gpkg, OGRLayerH table);
void lf_io_gpkg_end_row(lf_io_gpkg *gpkg, OGRLayerH table, OGRFeatureH row);

// Names that the package writer and reader share.
#define LF_IO_PACKAGE_META "lifang"
#define LF_IO_PACKAGE_SAMPLES "lifang_samples"
#define LF_IO_PACKAGE_WORKS "lifang_works"
#define LF_IO_PACKAGE_ASSUMPTIONS "lifang_assumptions"
#define LF_IO_PACKAGE_FORMAT "1"

// Names of the assumed fields, "storeys,height_m", in `text`.
const char *lf_io_assumed_names(const lf_row *row, lf_layer layer, char *text, size_t size);

#endif
