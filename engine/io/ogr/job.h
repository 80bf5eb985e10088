// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// One import of a GIS or CAD file: what its steps share.
#ifndef LF_IO_OGR_JOB_H
#define LF_IO_OGR_JOB_H

#include "base/memory.h"
#include "base/text.h"
#include "geo/frame.h"
#include "io/common/assume.h"
#include "io/common/gdal.h"
#include "io/common/map.h"
#include "io/common/place.h"
#include "io/ogr/rules.h"
#include <gdal.h>

// A road line that waits for noding.
typedef struct lf_io_ogr_line {
    size_t first;
    int count;
    lf_road like;
} lf_io_ogr_line;

// The ends that a pipe names.
typedef struct lf_io_ogr_ends {
    lf_id link;
    const char *from, *to; // "" = by place
} lf_io_ogr_ends;

typedef struct lf_io_ogr_job {
    lf_spec *spec;
    const lf_import_def *def;
    lf_issues *issues;
    lf_io_gdal gdal;
    GDALDatasetH dataset;
    lf_io_ogr_map *map;
    bool raw_text; // attribute text comes in the file's own bytes
    bool gbk;      // and some of it is no UTF-8: all of it is taken as GBK
    int recoded;   // single texts that were taken as GBK
    const lf_geo_clip *clip;
    lf_geo_clip clip_storage;
    lf_io_mark mark;
    lf_io_assumed assumed;
    lf_geo_rings rings; // scratch
    lf_arena *arena;    // texts of this import
    // Of the layer being read:
    const char *layer_name;
    lf_geo_transform *transform;
    double turn_cos, turn_sin; // of def->turn_deg
    long no_geometry, wrong_geometry, no_layer, bad_values, outside;
    char bad_value[160];
    // Networks, noded at the end.
    lf_io_ogr_line *lines;
    size_t line_count, line_capacity;
    int *refs;
    size_t ref_count, ref_capacity;
    lf_vec2 *vertices;
    size_t vertex_count, vertex_capacity;
    lf_io_map vertex_at;
    lf_io_ogr_ends *ends;
    size_t end_count, end_capacity;
    bool failed; // memory ran out
} lf_io_ogr_job;

// Some short texts are valid in both encodings, so one that is not UTF-8 decides for the file.
void lf_io_ogr_find_encoding(lf_io_ogr_job *job);
// A text of the file as UTF-8 in the import's arena.
const char *lf_io_ogr_text(lf_io_ogr_job *job, const char *text);
// For lf_io_geometry: file coordinates -> local.
bool lf_io_ogr_place(void *context, double x, double y, lf_vec2 *out);

lf_code lf_io_ogr_read_feature(lf_io_ogr_job *job, OGRFeatureH feature, const lf_layer *target,
                               lf_error *error);
// Fills a row's fields from the feature's columns; read[i] tells which were there.
void lf_io_ogr_read_fields(lf_io_ogr_job *job, OGRFeatureH feature, lf_layer layer, lf_row *row,
                           bool *read, const char *label);
// The text of the column that holds the field, or "".
const char *lf_io_ogr_column_text(lf_io_ogr_job *job, OGRFeatureH feature, lf_layer layer,
                                  const char *field, double *factor);
// Networks.
void lf_io_ogr_add_road(lf_io_ogr_job *job, const lf_vec2 *points, int count, const lf_road *like);
void lf_io_ogr_add_ends(lf_io_ogr_job *job, lf_id link, const char *from, const char *to);
lf_code lf_io_ogr_node_roads(lf_io_ogr_job *job, lf_error *error);
lf_code lf_io_ogr_join_drains(lf_io_ogr_job *job, lf_error *error);

#endif
