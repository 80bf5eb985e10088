// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The tables of a package that have no geometry: its own description, samples, works, assumptions;
// and the terrain beside it.
#include "io/package/gpkg.h"
#include "io/package/read.h"
#include "io/raster/dem.h"
#include "io/registry.h"

#include "base/file.h"
#include "base/memory.h"
#include "base/text.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool lf_io_package_meta(lf_io_package_job *job, const char *key, char *out, size_t size) {
    OGRLayerH table = GDALDatasetGetLayerByName(job->dataset, LF_IO_PACKAGE_META);
    OGRFeatureH row;
    bool found = false;
    out[0] = '\0';
    if (!table)
        return false;
    OGR_L_ResetReading(table);
    while (!found && (row = OGR_L_GetNextFeature(table)) != NULL) {
        if (strcmp(OGR_F_GetFieldAsString(row, 0), key) == 0) {
            snprintf(out, size, "%s", OGR_F_GetFieldAsString(row, 1));
            found = true;
        }
        OGR_F_Destroy(row);
    }
    return found;
}

double lf_io_package_number(lf_io_package_job *job, const char *key, double otherwise) {
    char text[80];
    double value;
    return lf_io_package_meta(job, key, text, sizeof text) && lf_text_real(text, &value)
               ? value
               : otherwise;
}

static lf_quality quality_of(const char *name) {
    for (int q = 0; q < LF_QUALITY_COUNT; q++)
        if (strcmp(name, lf_quality_name((lf_quality)q)) == 0)
            return (lf_quality)q;
    return LF_ASSUMED;
}

typedef struct sample {
    lf_id sensor;
    int order;
    double time_s, value;
} sample;

static int compare_samples(const void *a, const void *b) {
    const sample *p = a, *q = b;
    if (p->sensor != q->sensor)
        return p->sensor < q->sensor ? -1 : 1;
    if (p->time_s != q->time_s)
        return p->time_s < q->time_s ? -1 : 1;
    return p->order - q->order;
}

static bool give_samples(lf_io_package_job *job, const sample *list, size_t count) {
    double *time_s = malloc((count + 1) * sizeof *time_s);
    double *values = malloc((count + 1) * sizeof *values);
    bool good = time_s && values;
    for (size_t first = 0; good && first < count;) {
        size_t end = first;
        for (; end < count && list[end].sensor == list[first].sensor; end++) {
            time_s[end - first] = list[end].time_s;
            values[end - first] = list[end].value;
        }
        int at = lf_spec_find(job->spec, LF_SENSORS, list[first].sensor + job->offset[LF_SENSORS]);
        if (at >= 0) {
            lf_sensor *sensor = lf_spec_at(job->spec, LF_SENSORS, at);
            sensor->samples = lf_spec_samples(job->spec, time_s, values, (int)(end - first),
                                              sensor->samples.start_unix_s);
        } else {
            lf_issues_addf(job->issues, LF_WARNING, LF_REFERENCE, job->def->label, 0, "",
                           "add the sensor or delete its samples",
                           "%d samples belong to sensor %u, which does not exist",
                           (int)(end - first), (unsigned)list[first].sensor);
        }
        first = end;
    }
    free(time_s);
    free(values);
    return good;
}

static lf_code read_samples(lf_io_package_job *job, lf_error *error) {
    OGRLayerH table = GDALDatasetGetLayerByName(job->dataset, LF_IO_PACKAGE_SAMPLES);
    sample *list = NULL;
    size_t count = 0, capacity = 0;
    OGRFeatureH row;
    bool good = true;
    if (!table)
        return LF_OK;
    OGR_L_ResetReading(table);
    while (good && (row = OGR_L_GetNextFeature(table)) != NULL) {
        good = lf_memory_grow(NULL, (void **)&list, &capacity, count + 1, sizeof *list);
        if (good) {
            sample one = {(lf_id)OGR_F_GetFieldAsInteger(row, 0), (int)count,
                          OGR_F_GetFieldAsDouble(row, 1), OGR_F_GetFieldAsDouble(row, 2)};
            list[count++] = one;
        }
        OGR_F_Destroy(row);
    }
    if (good && count) {
        qsort(list, count, sizeof *list, compare_samples);
        good = give_samples(job, list, count);
    }
    lf_memory_give(NULL, list, capacity * sizeof *list);
    return good ? LF_OK : lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for the samples");
}

static void read_works(lf_io_package_job *job) {
    OGRLayerH table = GDALDatasetGetLayerByName(job->dataset, LF_IO_PACKAGE_WORKS);
    OGRFeatureH row;
    if (!table)
        return;
    OGR_L_ResetReading(table);
    while ((row = OGR_L_GetNextFeature(table)) != NULL) {
        lf_work work = {.measure = lf_spec_text(job->spec, OGR_F_GetFieldAsString(row, 0)),
                        .label = lf_spec_text(job->spec, OGR_F_GetFieldAsString(row, 1)),
                        .price_key = lf_spec_text(job->spec, OGR_F_GetFieldAsString(row, 2)),
                        .unit = lf_spec_text(job->spec, OGR_F_GetFieldAsString(row, 3)),
                        .quality = quality_of(OGR_F_GetFieldAsString(row, 4)),
                        .quantity = OGR_F_GetFieldAsDouble(row, 5),
                        .capex_cny = OGR_F_GetFieldAsDouble(row, 6),
                        .opex_cny_year = OGR_F_GetFieldAsDouble(row, 7),
                        .revenue_cny_year = OGR_F_GetFieldAsDouble(row, 8),
                        .life_years = OGR_F_GetFieldAsDouble(row, 9)};
        lf_spec_add_work(job->spec, &work);
        OGR_F_Destroy(row);
    }
}

static void read_assumptions(lf_io_package_job *job) {
    OGRLayerH table = GDALDatasetGetLayerByName(job->dataset, LF_IO_PACKAGE_ASSUMPTIONS);
    OGRFeatureH row;
    if (!table)
        return;
    OGR_L_ResetReading(table);
    while ((row = OGR_L_GetNextFeature(table)) != NULL) {
        lf_quality quality = quality_of(OGR_F_GetFieldAsString(row, 0));
        lf_spec_add_assumption(job->spec, quality, "%s", OGR_F_GetFieldAsString(row, 1));
        OGR_F_Destroy(row);
    }
}

lf_code lf_io_package_read_tables(lf_io_package_job *job, lf_error *error) {
    read_works(job);
    read_assumptions(job);
    return read_samples(job, error);
}

// The grid as the package states it, if the file still has that size and the frame is the same.
static bool stated_grid(lf_io_package_job *job, const lf_io_dem *dem, lf_grid *grid) {
    const lf_frame *frame = lf_spec_frame_const(job->spec);
    grid->cols = (int)lf_io_package_number(job, "terrain_cols", 0);
    grid->rows = (int)lf_io_package_number(job, "terrain_rows", 0);
    grid->x0 = lf_io_package_number(job, "terrain_x0_m", NAN);
    grid->y0 = lf_io_package_number(job, "terrain_y0_m", NAN);
    grid->cell_m = lf_io_package_number(job, "terrain_cell_m", NAN);
    return job->same_crs && grid->cols == dem->cols && grid->rows == dem->rows &&
           frame->origin_east_m == job->frame.origin_east_m &&
           frame->origin_north_m == job->frame.origin_north_m && isfinite(grid->x0) &&
           isfinite(grid->y0) && grid->cell_m > 0;
}

static lf_code take_terrain(lf_io_package_job *job, const lf_io_dem *dem, const lf_grid *grid,
                            lf_quality quality, const char *source, lf_error *error) {
    lf_raster *terrain = lf_spec_set_terrain(job->spec, grid, NULL, quality, source);
    if (!terrain)
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for the terrain");
    size_t row_bytes = (size_t)grid->cols * sizeof *dem->values;
    for (int row = 0; row < grid->rows; row++)
        memcpy(terrain->values + (size_t)row * (size_t)grid->cols,
               dem->values + (size_t)(grid->rows - 1 - row) * (size_t)grid->cols, row_bytes);
    return LF_OK;
}

static lf_code read_terrain_file(lf_io_package_job *job, const char *path, lf_error *error) {
    char quality[40], source[300];
    lf_io_dem dem;
    lf_grid grid;
    lf_io_package_meta(job, "terrain_quality", quality, sizeof quality);
    lf_io_package_meta(job, "terrain_source", source, sizeof source);
    lf_code code = lf_io_dem_read(path, path, NULL, NULL, &dem, job->issues, error);
    if (code == LF_OK && stated_grid(job, &dem, &grid)) {
        code = take_terrain(job, &dem, &grid, quality_of(quality), source, error);
    } else if (code == LF_OK) { // another frame, or the raster was edited
        lf_import_def def = *job->def;
        def.path = path;
        def.crs = NULL;
        def.label = source;
        code = lf_io_raster.read(job->spec, &def, job->issues, error);
        lf_raster *terrain = lf_spec_terrain_edit(job->spec);
        if (code == LF_OK && terrain)
            terrain->quality = quality_of(quality);
    }
    lf_io_dem_free(&dem);
    return code;
}

lf_code lf_io_package_read_terrain(lf_io_package_job *job, lf_error *error) {
    char name[300], folder[1024], path[1400];
    if (!lf_io_package_meta(job, "terrain", name, sizeof name) || !name[0])
        return LF_OK;
    lf_file_folder(folder, sizeof folder, job->def->path);
    lf_file_join(path, sizeof path, folder, name);
    if (strchr(name, '/') || !lf_file_exists(path)) {
        lf_issues_addf(job->issues, LF_WARNING, LF_NOT_FOUND, job->def->label, 0, "",
                       "put the file back beside the package, or import another height model",
                       "the package's terrain %s is not beside it; there is no terrain", name);
        return LF_OK;
    }
    return read_terrain_file(job, path, error);
}
