// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Rasters out: Cloud-Optimised GeoTIFF, float, deflate, averaged overviews, NaN as no data.
#include "io/common/gdal.h"
#include "io/common/memory_file.h"
#include "io/raster/dem.h"

#include "base/text.h"
#include <cpl_string.h>
#include <gdal.h>
#include <math.h>
#include <ogr_srs_api.h>
#include <stdlib.h>
#include <string.h>

// Rows go north to south in a GeoTIFF and south to north in ours.
static bool copy_rows(GDALRasterBandH band, const lf_grid *grid, const float *values) {
    for (int row = 0; row < grid->rows; row++) {
        const float *from = values + (size_t)(grid->rows - 1 - row) * (size_t)grid->cols;
        if (GDALRasterIO(band, GF_Write, 0, row, grid->cols, 1, (void *)(uintptr_t)from, grid->cols,
                         1, GDT_Float32, 0, 0) != CE_None)
            return false;
    }
    return true;
}

static bool describe(GDALDatasetH dataset, const lf_frame *frame, const lf_grid *grid,
                     const char *doc) {
    double transform[6] = {frame->origin_east_m + grid->x0,
                           grid->cell_m,
                           0,
                           frame->origin_north_m + grid->y0 + grid->rows * grid->cell_m,
                           0,
                           -grid->cell_m};
    OGRSpatialReferenceH system = OSRNewSpatialReference(NULL);
    bool good = lf_io_gdal_system(frame, system) && GDALSetSpatialRef(dataset, system) == CE_None &&
                GDALSetGeoTransform(dataset, transform) == CE_None;
    OSRDestroySpatialReference(system);
    if (doc && *doc)
        GDALSetMetadataItem(dataset, "TIFFTAG_IMAGEDESCRIPTION", doc, NULL);
    return good;
}

static bool fill_band(GDALRasterBandH band, const lf_grid *grid, const float *values,
                      const double *time_s, const char *name) {
    char text[32];
    GDALSetRasterNoDataValue(band, NAN);
    GDALSetDescription(band, name);
    GDALSetRasterUnitType(band, lf_unit_of(name));
    if (time_s)
        GDALSetMetadataItem(band, "time_s", lf_text_from_real(*time_s, text), NULL);
    return copy_rows(band, grid, values);
}

// Classes have no mean: their overviews show the most frequent one.
static bool write_cog(GDALDatasetH source, const char *name, const char *path) {
    char **options = NULL;
    options = CSLSetNameValue(options, "COMPRESS", "DEFLATE");
    options = CSLSetNameValue(options, "PREDICTOR", "YES");
    options =
        CSLSetNameValue(options, "OVERVIEW_RESAMPLING", strstr(name, "class") ? "MODE" : "AVERAGE");
    options = CSLSetNameValue(options, "NUM_THREADS", "1");
    GDALDatasetH written =
        GDALCreateCopy(GDALGetDriverByName("COG"), path, source, FALSE, options, NULL, NULL);
    CSLDestroy(options);
    if (written)
        GDALClose(written);
    return written != NULL;
}

lf_code lf_io_write_raster(const lf_frame *frame, const lf_grid *grid, const float *values,
                           const char *name, const char *doc, const char *path, lf_error *error) {
    return lf_io_write_bands(frame, grid, values, 1, NULL, name, doc, path, error);
}

lf_code lf_io_write_bands(const lf_frame *frame, const lf_grid *grid, const float *values,
                          int band_count, const double *time_s, const char *name, const char *doc,
                          const char *path, lf_error *error) {
    lf_io_gdal gdal;
    lf_io_memory_file memory;
    if (grid->cols <= 0 || grid->rows <= 0 || !(grid->cell_m > 0))
        return lf_fail(error, LF_EMPTY, LF_FROM_RUN, "raster %s has no cells", name);
    if (!frame->crs[0])
        return lf_fail(error, LF_CRS, LF_FROM_RUN, "raster %s has no coordinate system", name);
    lf_io_gdal_begin(&gdal);
    lf_io_memory_file_begin(&memory, ".tif");
    GDALDatasetH dataset = GDALCreate(GDALGetDriverByName("MEM"), "", grid->cols, grid->rows,
                                      band_count, GDT_Float32, NULL);
    bool good = dataset && describe(dataset, frame, grid, doc);
    for (int i = 0; good && i < band_count; i++)
        good = fill_band(GDALGetRasterBand(dataset, i + 1), grid,
                         values + (size_t)i * (size_t)grid->cols * (size_t)grid->rows,
                         time_s ? &time_s[i] : NULL, name);
    good = good && write_cog(dataset, name, memory.path) && !gdal.failures;
    if (dataset)
        GDALClose(dataset);
    lf_code code = good ? lf_io_memory_file_commit(&memory, path, error)
                        : lf_io_gdal_fail(&gdal, LF_IO, LF_FROM_RUN, path, error,
                                          "the raster was not written");
    lf_io_memory_file_abandon(&memory);
    lf_io_gdal_end(&gdal);
    return code;
}
