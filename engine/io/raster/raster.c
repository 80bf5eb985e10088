// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The importer of rasters: GeoTIFF, ASCII grid and a few others become the terrain or, where the
// import names another kind, the roughness, the starting depth, the infiltration or the rain.
#include "io/common/place.h"
#include "io/path.h"
#include "io/raster/dem.h"
#include "io/registry.h"

#include "base/file.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static bool starts(const unsigned char *head, size_t size, const char *word, size_t length) {
    return size >= length && memcmp(head, word, length) == 0;
}

static int sniff(const char *path, const unsigned char *head, size_t size) {
    if (starts(head, size, "II*\0", 4) || starts(head, size, "MM\0*", 4) ||
        starts(head, size, "II+\0", 4) || starts(head, size, "MM\0+", 4))
        return 95;
    if (starts(head, size, "EHFA_HEADER_TAG", 15) || starts(head, size, "DSAA", 4) ||
        starts(head, size, "DSBB", 4) || starts(head, size, "DSRB", 4))
        return 95;
    if (size >= 5 && (strncasecmp((const char *)head, "ncols", 5) == 0 ||
                      strncasecmp((const char *)head, "nrows", 5) == 0))
        return 95;
    return lf_io_path_ends(path, ".hgt") || lf_io_path_ends(path, ".bil") ? 60 : 0;
}

static void report(const lf_import_def *def, const lf_io_dem *dem, const lf_io_holes *holes,
                   const lf_grid *grid, lf_issues *issues) {
    double cell_m2 = grid->cell_m * grid->cell_m;
    if (dem->bad_values)
        lf_issues_addf(issues, LF_WARNING, LF_RANGE, def->label, 0, "",
                       "declare the no-data value in the file",
                       "%ld values are no heights (below -1000 m or above 100 km) and were taken "
                       "as no data",
                       dem->bad_values);
    if (holes->filled)
        lf_issues_addf(issues, LF_WARNING, LF_EMPTY, def->label, 0, "",
                       "survey them where it matters",
                       "%d holes (%ld cells without data, each hole at most %d cells) were filled "
                       "from their rims",
                       holes->filled, holes->cells_filled, lf_io_dem_hole_cells);
    if (holes->left)
        lf_issues_addf(issues, LF_WARNING, LF_EMPTY, def->label, 0, "",
                       "give a model that covers the estate",
                       "%d areas without data (%.0f m2) stay empty: too large to fill, or open to "
                       "the edge",
                       holes->left, (double)holes->cells_left * cell_m2);
}

// Heights of a file are measured; a table of roughness or a map of infiltration is not.
static lf_quality quality_of(const lf_io_dem *dem, lf_raster_kind kind) {
    return kind == LF_RASTER_TERRAIN || dem->states_quality ? dem->quality : LF_TAGGED;
}

// Window, grid, values, holes.
static lf_code lay_out(lf_spec *spec, const lf_import_def *def, lf_raster_kind kind,
                       const lf_io_dem *dem, lf_geo_transform *transform, lf_issues *issues,
                       lf_error *error) {
    lf_geo_clip storage;
    const lf_geo_clip *clip;
    lf_grid grid;
    lf_io_holes holes;
    bool exact;
    const lf_frame *frame = lf_spec_frame_const(spec);
    const char *what = lf_spec_raster_info(kind)->name;
    memset(&holes, 0, sizeof holes);
    lf_code code = lf_io_clip_of(spec, def, &storage, &clip, error);
    if (code == LF_OK)
        code = lf_io_dem_grid(dem, transform, frame, clip, &grid, &exact, error);
    if (code != LF_OK)
        return code;
    size_t count = (size_t)grid.cols * (size_t)grid.rows, known = 0;
    float *values = malloc(count * sizeof *values);
    if (!values)
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for the %s", what);
    code = lf_io_dem_sample(dem, transform, frame, &grid, exact, values, error);
    for (size_t i = 0; code == LF_OK && i < count; i++)
        known += !isnan(values[i]);
    if (code == LF_OK && !known)
        code = lf_fail(error, LF_EMPTY, LF_FROM_INPUT,
                       "the raster of the %s holds no values%s: every cell is no data", what,
                       def->clip ? " in the clip window" : "");
    if (code == LF_OK && kind == LF_RASTER_TERRAIN && !lf_io_dem_fill_holes(&grid, values, &holes))
        code = lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for the terrain");
    if (code == LF_OK) {
        report(def, dem, &holes, &grid, issues);
        if (lf_spec_raster(spec, kind))
            lf_issues_addf(issues, LF_WARNING, LF_DUPLICATE, def->label, 0, "",
                           "import one raster of each kind, merged beforehand",
                           "an earlier %s is replaced by this one", what);
        const lf_raster raster = {grid, values, quality_of(dem, kind), lf_file_name(def->label)};
        if (!lf_spec_set_raster(spec, kind, &raster))
            code = lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for the %s", what);
    }
    free(values);
    return code;
}

// What `layer:` of the import asks for.
static lf_code kind_of(const lf_import_def *def, lf_raster_kind *kind, bool *rain,
                       lf_error *error) {
    *kind = LF_RASTER_TERRAIN;
    *rain = def->layer_hint && strcmp(def->layer_hint, lf_spec_rain_info()->name) == 0;
    if (!def->layer_hint || !*def->layer_hint || *rain ||
        lf_spec_find_raster(def->layer_hint, kind))
        return LF_OK;
    return lf_fail(error, LF_UNKNOWN_KEY, LF_FROM_SCENARIO,
                   "a raster cannot become \"%s\"; it can be terrain, roughness, start_depth, "
                   "infiltration or rain",
                   def->layer_hint);
}

static lf_code read_raster(lf_spec *spec, const lf_import_def *def, lf_issues *issues,
                           lf_error *error) {
    lf_io_dem dem;
    lf_raster_kind kind;
    bool rain;
    lf_geo_transform *transform = NULL;
    lf_code code = kind_of(def, &kind, &rain, error);
    if (code == LF_OK && rain)
        return lf_io_rain_read(spec, def, issues, error);
    if (code != LF_OK)
        return code;
    code = lf_io_dem_read(def->path, def->label, def->crs, def->crs_if_none, &dem, issues, error);
    if (code == LF_OK)
        code = lf_io_dem_place(spec, def, &dem, &transform, issues, error);
    if (code == LF_OK)
        code = lay_out(spec, def, kind, &dem, transform, issues, error);
    lf_geo_transform_destroy(transform);
    lf_io_dem_free(&dem);
    return code;
}

const lf_importer lf_io_raster = {"raster",
                                  "height models and other rasters: GeoTIFF, ASCII grid, "
                                  "Surfer, SRTM",
                                  sniff, read_raster, NULL};
