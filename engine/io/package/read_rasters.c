// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The rasters of a package, which lie as files beside it.
#include "io/package/read.h"
#include "io/raster/dem.h"
#include "io/registry.h"

#include "base/file.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

typedef struct raster_file {
    lf_io_package_job *job;
    const char *kind; // "terrain"
    const char *path;
} raster_file;

static double number(const raster_file *file, const char *what) {
    char key[60];
    snprintf(key, sizeof key, "%s_%s", file->kind, what);
    return lf_io_package_number(file->job, key, NAN);
}

static const char *text(const raster_file *file, const char *what, char *out, size_t size) {
    char key[60];
    snprintf(key, sizeof key, "%s_%s", file->kind, what);
    lf_io_package_meta(file->job, key, out, size);
    return out;
}

// The grid as the package states it, if the file still has that size and the frame is the same:
// then cells come back to the same bits.
static bool stated_grid(const raster_file *file, const lf_io_dem *dem, lf_grid *grid) {
    const lf_io_package_job *job = file->job;
    const lf_frame *frame = lf_spec_frame_const(job->spec);
    *grid = (lf_grid){dem->cols, dem->rows, number(file, "x0_m"), number(file, "y0_m"),
                      number(file, "cell_m")};
    return job->same_crs && number(file, "cols") == dem->cols &&
           number(file, "rows") == dem->rows && frame->origin_east_m == job->frame.origin_east_m &&
           frame->origin_north_m == job->frame.origin_north_m && isfinite(grid->x0) &&
           isfinite(grid->y0) && grid->cell_m > 0;
}

// Through the importer of rasters, where the frame is another or the file was edited.
static lf_code import_again(const raster_file *file, lf_error *error) {
    char source[300];
    lf_import_def def = *file->job->def;
    def.path = file->path;
    def.crs = NULL;
    def.layer_hint = file->kind;
    def.label = text(file, "source", source, sizeof source);
    return lf_io_raster.read(file->job->spec, &def, file->job->issues, error);
}

static lf_code read_one(const raster_file *file, lf_raster_kind kind, lf_error *error) {
    char word[40], source[300];
    lf_io_package_job *job = file->job;
    lf_io_dem dem;
    lf_grid grid;
    lf_raster *raster = NULL;
    const lf_quality quality = lf_io_package_quality(text(file, "quality", word, sizeof word));
    lf_code code = lf_io_dem_read(file->path, file->path, NULL, NULL, &dem, job->issues, error);
    if (code == LF_OK && stated_grid(file, &dem, &grid)) {
        const lf_raster stated = {grid, NULL, quality, text(file, "source", source, sizeof source)};
        raster = lf_spec_set_raster(job->spec, kind, &stated);
        if (!raster)
            code = lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for the %s", file->kind);
        const size_t cols = (size_t)grid.cols, rows = (size_t)grid.rows;
        for (size_t row = 0; raster && row < rows; row++)
            memcpy(raster->values + row * cols, dem.values + (rows - 1 - row) * cols,
                   cols * sizeof *dem.values);
    } else if (code == LF_OK) {
        code = import_again(file, error);
        raster = lf_spec_raster_edit(job->spec, kind);
        if (code == LF_OK && raster)
            raster->quality = quality;
    }
    lf_io_dem_free(&dem);
    return code;
}

static lf_code read_rain(const raster_file *file, lf_error *error) {
    char word[40];
    lf_grid grid;
    lf_io_package_job *job = file->job;
    lf_io_dem dem;
    lf_code code = lf_io_dem_read(file->path, file->path, NULL, NULL, &dem, job->issues, error);
    const bool same = code == LF_OK && stated_grid(file, &dem, &grid);
    lf_io_dem_free(&dem);
    if (code == LF_OK)
        code = import_again(file, error);
    lf_rain_grid *rain = lf_spec_rain_edit(job->spec);
    if (code != LF_OK || !rain)
        return code;
    rain->quality = lf_io_package_quality(text(file, "quality", word, sizeof word));
    rain->start_unix_s = number(file, "start_unix_s");
    if (!isfinite(rain->start_unix_s))
        rain->start_unix_s = 0;
    if (same && rain->grid.cols == grid.cols && rain->grid.rows == grid.rows)
        rain->grid = grid;
    return LF_OK;
}

lf_code lf_io_package_read_rasters(lf_io_package_job *job, lf_error *error) {
    char name[300], folder[1024], path[1400];
    lf_code code = LF_OK;
    lf_file_folder(folder, sizeof folder, job->def->path);
    for (int k = 0; code == LF_OK && k <= LF_RASTER_KIND_COUNT; k++) {
        const bool is_rain = k == LF_RASTER_KIND_COUNT;
        const char *kind =
            is_rain ? lf_spec_rain_info()->name : lf_spec_raster_info((lf_raster_kind)k)->name;
        const raster_file file = {job, kind, path};
        if (!lf_io_package_meta(job, kind, name, sizeof name) || !name[0])
            continue;
        lf_file_join(path, sizeof path, folder, name);
        if (strchr(name, '/') || !lf_file_exists(path))
            lf_issues_addf(job->issues, LF_WARNING, LF_NOT_FOUND, job->def->label, 0, "",
                           "put the file back beside the package, or import another raster",
                           "the package's %s %s is not beside it; there is no %s", kind, name,
                           kind);
        else
            code = is_rain ? read_rain(&file, error) : read_one(&file, (lf_raster_kind)k, error);
    }
    return code;
}
