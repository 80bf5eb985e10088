// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The importer of LISFLOOD-FP models: DEM and rasters, boundaries, point sources, rain and stages
// become rasters and rows of the estate.
#include "io/lisflood/case.h"
#include "io/lisflood/rows.h"
#include "io/path.h"
#include "io/registry.h"

#include "base/file.h"
#include "base/text.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

// A line whose first word is DEMfile is in every model and in no other file.
static int sniff(const char *path, const unsigned char *head, size_t size) {
    const char *const word = "demfile";
    for (size_t at = 0; at + 8 < size;) {
        while (at < size && (head[at] == ' ' || head[at] == '\t'))
            at++;
        char first[8] = "";
        for (size_t i = 0; i < 7 && at + i < size; i++)
            first[i] = (char)head[at + i];
        const unsigned char next = at + 7 < size ? head[at + 7] : 0;
        if (lf_io_lisflood_is(first, word) && (next == ' ' || next == '\t'))
            return 95;
        const unsigned char *end = memchr(head + at, '\n', size - at);
        at = end ? (size_t)(end - head) + 1 : size;
    }
    return lf_io_path_ends(path, ".par") ? 40 : 0;
}

// A file that the .par names and a raster can be read from.
static lf_code read_raster(const lis_emit *emit, const lis_file *file, const char *layer,
                           lf_error *error) {
    lf_import_def def = *emit->def;
    def.path = file->path;
    def.label = file->label;
    def.crs = emit->dem.crs;
    def.layer_hint = layer;
    lf_code code = lf_io_path_check(file->path, error);
    if (code == LF_OK)
        code = lf_io_raster.read(emit->spec, &def, emit->c->issues, error);
    if (code != LF_OK && error && !error->file[0])
        lf_error_place(error, file->label, 0, 0, NULL);
    return code;
}

// The DEM as the terrain, cell by cell: cells without data stay walls, holes are not filled.
static lf_code read_dem(lis_emit *emit, lf_error *error) {
    const lis_file *file = &emit->c->dem;
    const lf_import_def *def = emit->def;
    const char *frame = lf_spec_frame_const(emit->spec)->crs;
    const char *none = def->crs_if_none && *def->crs_if_none ? def->crs_if_none
                       : *frame                              ? frame
                       : def->estate_crs && *def->estate_crs ? def->estate_crs
                                                             : LF_GEO_LOCAL;
    lf_grid grid;
    bool exact = false;
    lf_code code = lf_io_path_check(file->path, error);
    if (code == LF_OK)
        code = lf_io_dem_read(file->path, file->label, def->crs, none, &emit->dem, emit->c->issues,
                              error);
    if (code == LF_OK)
        code =
            lf_io_dem_place(emit->spec, def, &emit->dem, &emit->transform, emit->c->issues, error);
    if (code == LF_OK)
        code = lf_io_dem_grid(&emit->dem, emit->transform, lf_spec_frame_const(emit->spec), NULL,
                              &grid, &exact, error);
    if (code == LF_OK && !exact)
        code = lf_fail(error, LF_CRS, LF_FROM_INPUT,
                       "the DEM's cells must be square, north up, and in the estate's own system");
    if (code == LF_OK) {
        const lf_raster raster = {grid, NULL, emit->dem.quality, lf_file_name(file->label)};
        lf_raster *terrain = lf_spec_set_raster(emit->spec, LF_RASTER_TERRAIN, &raster);
        code = terrain
                   ? lf_io_dem_sample(&emit->dem, emit->transform, lf_spec_frame_const(emit->spec),
                                      &grid, true, terrain->values, error)
                   : lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for the terrain");
    }
    if (code != LF_OK && error && !error->file[0])
        lf_error_place(error, file->label, 0, 0, NULL);
    return code;
}

// Levels of water above the datum -> depths.
static lf_code level_to_depth(const lis_emit *emit, lf_error *error) {
    const lf_raster *terrain = lf_spec_terrain(emit->spec);
    lf_raster *start = lf_spec_raster_edit(emit->spec, LF_RASTER_START_DEPTH);
    const size_t count = (size_t)terrain->grid.cols * (size_t)terrain->grid.rows;
    if (start->grid.cols != terrain->grid.cols || start->grid.rows != terrain->grid.rows ||
        start->grid.x0 != terrain->grid.x0 || start->grid.y0 != terrain->grid.y0)
        return lf_fail(error, LF_FORMAT, LF_FROM_INPUT,
                       "%s: the levels do not lie on the cells of the DEM", emit->c->start.label);
    for (size_t i = 0; i < count; i++)
        start->values[i] = fmaxf(0, start->values[i] - terrain->values[i]);
    return LF_OK;
}

// The same rate everywhere.
static lf_code spread_infiltration(const lis_emit *emit, lf_error *error) {
    const double to_mm_h = 3.6e6; // from m/s
    const lf_raster raster = {lf_spec_terrain(emit->spec)->grid, NULL, LF_TAGGED,
                              lf_file_name(emit->c->label)};
    lf_raster *made = lf_spec_set_raster(emit->spec, LF_RASTER_INFILTRATION, &raster);
    if (!made)
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for the infiltration");
    const size_t count = (size_t)made->grid.cols * (size_t)made->grid.rows;
    for (size_t i = 0; i < count; i++)
        made->values[i] = (float)(emit->c->infiltration_m_s * to_mm_h);
    return LF_OK;
}

static lf_code read_rasters(lis_emit *emit, lf_error *error) {
    lis_case *c = emit->c;
    lf_code code = read_dem(emit, error);
    if (code == LF_OK && c->manning.path[0])
        code = read_raster(emit, &c->manning, "roughness", error);
    if (code == LF_OK && c->start.path[0])
        code = read_raster(emit, &c->start, "start_depth", error);
    if (code == LF_OK && c->start.path[0] && c->start_is_level)
        code = level_to_depth(emit, error);
    if (code == LF_OK && c->infiltration_m_s > 0)
        code = spread_infiltration(emit, error);
    return code;
}

static lf_code read_case(lf_spec *spec, const lf_import_def *def, lf_issues *issues,
                         lf_error *error) {
    lis_case c;
    lis_emit emit = {.c = &c, .spec = spec, .def = def};
    if (def->clip || def->has_at)
        return lf_fail(error, LF_INVALID, LF_FROM_CALL,
                       "a LISFLOOD model is whole: it is neither clipped nor moved");
    lf_code code = lf_io_lisflood_par(def, &c, issues, error);
    if (code == LF_OK)
        code = read_rasters(&emit, error);
    if (code == LF_OK && !lf_io_lisflood_rows(&emit)) {
        code = c.first.code != LF_OK ? c.first.code : LF_MEMORY;
        if (error && c.first.code != LF_OK)
            *error = c.first;
        else if (c.first.code == LF_OK)
            lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for the LISFLOOD model");
    }
    lf_geo_transform_destroy(emit.transform);
    lf_io_dem_free(&emit.dem);
    lf_io_lisflood_free(&c);
    return code;
}

const lf_importer lf_io_lisflood = {"lisflood", "LISFLOOD-FP models (.par and the files it names)",
                                    sniff, read_case, lf_io_lisflood_scenario};
