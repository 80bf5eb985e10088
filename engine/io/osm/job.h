// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// One import of an OSM extract: what its steps share.
#ifndef LF_IO_OSM_JOB_H
#define LF_IO_OSM_JOB_H

#include "io/common/assume.h"
#include "io/common/place.h"
#include "io/osm/data.h"

typedef struct lf_io_osm_job {
    lf_spec *spec;
    const lf_import_def *def;
    lf_issues *issues;
    lf_io_osm_data *osm;
    lf_vec2 *local; // of each node; NaN where it cannot be projected
    const lf_geo_clip *clip;
    lf_geo_clip clip_storage;
    lf_io_mark mark;
    lf_geo_rings rings; // scratch
    lf_io_assumed assumed;
    // How many were left out, for the closing notes.
    int incomplete_areas, incomplete_roads, unclosed_areas, roofs, closed_roads, bollards,
        parking_points, water_lines, foot_gates;
} lf_io_osm_job;

// "beijing.osm way/12", as a text of the spec, and "way/12" in a buffer for issues.
const char *lf_io_osm_source(lf_io_osm_job *job, const char *kind, int64_t id);
const char *lf_io_osm_feature(char text[40], const char *kind, int64_t id);
// Local position of the node of ref number `ref`; false if the file lacks it.
bool lf_io_osm_position(const lf_io_osm_job *job, size_t ref, lf_vec2 *at);
bool lf_io_osm_inside(const lf_io_osm_job *job, lf_vec2 at); // the clip window
bool lf_io_osm_closed(const lf_io_osm_job *job, const lf_io_osm_way *way);

// rings.c: fills job->rings from a closed way, or from the member ways of a multipolygon. False if
// it is not complete (counted).
bool lf_io_osm_way_rings(lf_io_osm_job *job, const lf_io_osm_way *way);
bool lf_io_osm_relation_rings(lf_io_osm_job *job, const lf_io_osm_relation *relation);

// The steps, in order.
lf_code lf_io_osm_read_areas(lf_io_osm_job *job, lf_error *error);
lf_code lf_io_osm_read_roads(lf_io_osm_job *job, lf_error *error);
lf_code lf_io_osm_read_lines(lf_io_osm_job *job, lf_error *error); // walls, trees

#endif
