// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Reading a height model through GDAL and laying it onto the local grid.
#include "io/raster/dem.h"

#include "io/path.h"

#include "base/text.h"
#include <cpl_conv.h>
#include <gdal.h>
#include <math.h>
#include <ogr_srs_api.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MARGIN_M 50.0     // kept around the clip window
#define STEP_CELLS 16     // spacing of exact transformations while resampling
#define LARGEST_CELLS 4e8 // 1.6 GB of floats

static const char *const drivers[] = {"GTiff", "AAIGrid", "HFA",     "GSAG", "GSBG",
                                      "GS7BG", "USGSDEM", "SRTMHGT", "EHdr", NULL};

void lf_io_dem_free(lf_io_dem *dem) {
    free(dem->values);
    free(dem->crs);
    memset(dem, 0, sizeof *dem);
}

static lf_code take_crs(GDALDatasetH dataset, const char *crs, const char *if_none, lf_io_dem *dem,
                        lf_error *error) {
    char *wkt = NULL;
    OGRSpatialReferenceH system = GDALGetSpatialRef(dataset);
    if (!crs && system)
        OSRExportToWkt(system, &wkt);
    if (crs || (wkt && *wkt))
        dem->crs = strdup(crs ? crs : wkt);
    CPLFree(wkt);
    if (!dem->crs && if_none && *if_none)
        dem->crs = strdup(if_none);
    if (!dem->crs)
        return lf_fail(error, LF_CRS, LF_FROM_INPUT,
                       "the raster states no coordinate reference system and none was given; add "
                       "`crs: EPSG:n` to the import (or --file-crs), or a .prj file beside it");
    return LF_OK;
}

// A height model may say how far it can be trusted: -mo quality=synthetic.
static void read_quality(GDALDatasetH dataset, lf_io_dem *dem) {
    const char *text = GDALGetMetadataItem(dataset, "quality", NULL);
    dem->quality = LF_MEASURED;
    for (int i = 0; text && i < LF_QUALITY_COUNT; i++) {
        if (strcmp(text, lf_quality_name((lf_quality)i)) == 0) {
            dem->quality = (lf_quality)i;
            dem->states_quality = true;
        }
    }
}

// Side of a cell in metres, from the map units at the model's centre.
static lf_code measure_cell(lf_io_dem *dem, lf_error *error) {
    bool geographic = false, metres = false;
    lf_code code = lf_geo_crs_check(dem->crs, &geographic, &metres, error);
    const double *t = dem->to_map;
    double across = hypot(t[1], t[4]), down = hypot(t[2], t[5]);
    if (code != LF_OK)
        return code;
    if (geographic) {
        double middle_deg = t[3] + t[4] * dem->cols / 2 + t[5] * dem->rows / 2;
        down *= 111195.0; // metres per degree of a sphere of 6371 km
        across = fmin(down, across * 111195.0 * cos(middle_deg * 0.017453292519943295));
    }
    dem->cell_m = fmin(across, down);
    if (geographic && dem->cell_m > 1)
        dem->cell_m = nearbyint(dem->cell_m * 2) / 2;
    if (!(dem->cell_m > 0))
        return lf_fail(error, LF_FORMAT, LF_FROM_INPUT, "the raster has cells of no size");
    return LF_OK;
}

// Scale, unit, declared and undeclared no-data values.
static void clean(GDALRasterBandH band, lf_io_dem *dem, const char *label, lf_issues *issues) {
    int has_none = 0;
    double none = GDALGetRasterNoDataValue(band, &has_none);
    double scale = GDALGetRasterScale(band, NULL), offset = GDALGetRasterOffset(band, NULL);
    const char *unit = GDALGetRasterUnitType(band);
    size_t count = (size_t)dem->cols * (size_t)dem->rows;
    if (unit && (strncmp(unit, "ft", 2) == 0 || strstr(unit, "foot") || strstr(unit, "feet"))) {
        scale *= 0.3048;
        offset *= 0.3048;
        lf_issues_addf(issues, LF_NOTE, LF_OK, label, 0, "", "",
                       "heights are in feet and were converted to metres");
    }
    for (size_t i = 0; i < count; i++) {
        float v = dem->values[i];
        if (has_none && (v == (float)none || (isnan(none) && isnan(v)))) {
            dem->values[i] = NAN;
        } else if (!isfinite(v) || v < -1000 || v > 1e5f) {
            dem->bad_values += isfinite(v);
            dem->values[i] = NAN;
        } else if (scale != 1.0 || offset != 0.0) {
            dem->values[i] = (float)(v * scale + offset);
        }
    }
}

static lf_code read_values(GDALDatasetH dataset, int number, lf_io_dem *dem, lf_io_gdal *gdal,
                           const char *label, lf_issues *issues, lf_error *error) {
    GDALRasterBandH band = GDALGetRasterBand(dataset, number);
    const char *time = GDALGetMetadataItem(band, "time_s", NULL);
    if (!time || !lf_text_real(time, &dem->time_s))
        dem->time_s = NAN;
    dem->cols = GDALGetRasterXSize(dataset);
    dem->rows = GDALGetRasterYSize(dataset);
    if (GDALGetRasterCount(dataset) >= 3 && GDALGetRasterDataType(band) == GDT_Byte)
        return lf_fail(error, LF_FORMAT, LF_FROM_INPUT,
                       "this is a picture (%d bands of bytes), not a height model",
                       GDALGetRasterCount(dataset));
    if ((double)dem->cols * dem->rows > LARGEST_CELLS)
        return lf_fail(error, LF_RANGE, LF_FROM_INPUT,
                       "%d x %d cells are more than can be taken at once; cut out the estate first",
                       dem->cols, dem->rows);
    dem->values = malloc((size_t)dem->cols * (size_t)dem->rows * sizeof *dem->values);
    if (!dem->values)
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for the raster");
    if (GDALRasterIO(band, GF_Read, 0, 0, dem->cols, dem->rows, dem->values, dem->cols, dem->rows,
                     GDT_Float32, 0, 0) != CE_None ||
        gdal->failures)
        return lf_io_gdal_fail(gdal, LF_FORMAT, LF_FROM_INPUT, label, error,
                               "the raster is damaged");
    clean(band, dem, label, issues);
    return LF_OK;
}

lf_code lf_io_dem_read(const char *path, const char *label, const char *crs, const char *if_none,
                       lf_io_dem *dem, lf_issues *issues, lf_error *error) {
    return lf_io_dem_read_band(path, label, 1, crs, if_none, dem, issues, error);
}

lf_code lf_io_dem_read_band(const char *path, const char *label, int band, const char *crs,
                            const char *if_none, lf_io_dem *dem, lf_issues *issues,
                            lf_error *error) {
    lf_io_gdal gdal;
    lf_code code;
    memset(dem, 0, sizeof *dem);
    lf_io_gdal_begin(&gdal);
    GDALDatasetH dataset = GDALOpenEx(path, GDAL_OF_RASTER | GDAL_OF_READONLY, drivers, NULL, NULL);
    if (!dataset || GDALGetRasterCount(dataset) < band) {
        code = lf_io_gdal_fail(&gdal, LF_FORMAT, LF_FROM_INPUT, label, error,
                               "this is not a raster that can be read (GeoTIFF, ASCII grid, "
                               "Erdas, Surfer, SRTM)");
    } else if (GDALGetGeoTransform(dataset, dem->to_map) != CE_None ||
               !GDALInvGeoTransform(dem->to_map, dem->to_pixel)) {
        code = lf_fail(error, LF_CRS, LF_FROM_INPUT,
                       "the raster does not say where it lies (no geotransform); georeference it");
    } else {
        read_quality(dataset, dem);
        dem->bands = GDALGetRasterCount(dataset);
        code = take_crs(dataset, crs, if_none, dem, error);
        if (code == LF_OK)
            code = read_values(dataset, band, dem, &gdal, label, issues, error);
        if (code == LF_OK)
            code = measure_cell(dem, error);
    }
    if (dataset)
        GDALClose(dataset);
    lf_io_gdal_end(&gdal);
    return code;
}

lf_code lf_io_dem_size(const char *path, const char *label, lf_grid *grid, lf_error *error) {
    lf_io_gdal gdal;
    double to_map[6];
    lf_code code = lf_io_path_check(path, error);
    if (code != LF_OK)
        return code;
    lf_io_gdal_begin(&gdal);
    GDALDatasetH dataset = GDALOpenEx(path, GDAL_OF_RASTER | GDAL_OF_READONLY, drivers, NULL, NULL);
    if (!dataset || GDALGetGeoTransform(dataset, to_map) != CE_None)
        code = lf_io_gdal_fail(&gdal, LF_FORMAT, LF_FROM_INPUT, label, error,
                               "this is not a raster that can be read");
    else
        *grid = (lf_grid){GDALGetRasterXSize(dataset), GDALGetRasterYSize(dataset), to_map[0],
                          to_map[3], to_map[1]};
    if (dataset)
        GDALClose(dataset);
    lf_io_gdal_end(&gdal);
    return code;
}

// Whether the file's cells can be cells of the local grid: same system, square, north up.
static bool is_aligned(const lf_io_dem *dem, lf_geo_transform *transform, const lf_frame *frame) {
    const double *t = dem->to_map;
    lf_vec2 at;
    double x = t[0] + t[1] * dem->cols / 2, y = t[3] + t[5] * dem->rows / 2;
    if (t[2] != 0 || t[4] != 0 || t[1] <= 0 || fabs(t[1] + t[5]) > 1e-9 * t[1])
        return false;
    for (int corner = 0; corner < 3; corner++) {
        double cx = corner == 0 ? x : t[0] + t[1] * (corner == 1 ? 0 : dem->cols);
        double cy = corner == 0 ? y : t[3] + t[5] * (corner == 1 ? 0 : dem->rows);
        if (!lf_geo_transform_point(transform, cx, cy, &at) ||
            fabs(at.x + frame->origin_east_m - cx) > 1e-5 ||
            fabs(at.y + frame->origin_north_m - cy) > 1e-5)
            return false;
    }
    return true;
}

// Bounds of the model in local metres, from points along its outline.
static bool outline(const lf_io_dem *dem, lf_geo_transform *transform, double box[4]) {
    const double *t = dem->to_map;
    box[0] = box[1] = INFINITY;
    box[2] = box[3] = -INFINITY;
    for (int side = 0; side < 4; side++) {
        for (int i = 0; i <= 20; i++) {
            double along = i / 20.0, across = side % 2;
            double px = (side < 2 ? along : across) * dem->cols;
            double py = (side < 2 ? across : along) * dem->rows;
            lf_vec2 at;
            if (!lf_geo_transform_point(transform, t[0] + t[1] * px + t[2] * py,
                                        t[3] + t[4] * px + t[5] * py, &at))
                return false;
            box[0] = fmin(box[0], at.x);
            box[1] = fmin(box[1], at.y);
            box[2] = fmax(box[2], at.x);
            box[3] = fmax(box[3], at.y);
        }
    }
    return true;
}

lf_code lf_io_dem_grid(const lf_io_dem *dem, lf_geo_transform *transform, const lf_frame *frame,
                       const lf_geo_clip *clip, lf_grid *grid, bool *exact, lf_error *error) {
    double box[4], window[4];
    double cell = grid->cell_m = dem->cell_m;
    *exact = is_aligned(dem, transform, frame);
    if (!outline(dem, transform, box))
        return lf_fail(error, LF_CRS, LF_FROM_INPUT,
                       "the raster's corners cannot be transformed to %s: is its CRS right?",
                       frame->crs);
    double base_x = 0, base_y = 0; // a corner of a cell
    if (*exact) {
        base_x = lf_geo_snap(dem->to_map[0] - frame->origin_east_m);
        base_y = lf_geo_snap(dem->to_map[3] + dem->to_map[5] * dem->rows - frame->origin_north_m);
        box[0] = base_x;
        box[1] = base_y;
        box[2] = base_x + dem->cols * cell;
        box[3] = base_y + dem->rows * cell;
    }
    if (clip) {
        lf_geo_clip_bounds(clip, window);
        box[0] = fmax(box[0], window[0] - MARGIN_M);
        box[1] = fmax(box[1], window[1] - MARGIN_M);
        box[2] = fmin(box[2], window[2] + MARGIN_M);
        box[3] = fmin(box[3], window[3] + MARGIN_M);
        if (box[0] >= box[2] || box[1] >= box[3])
            return lf_fail(error, LF_EMPTY, LF_FROM_INPUT,
                           "the raster does not reach the clip window");
    }
    double west = ceil((box[0] - base_x) / cell - 1e-6);
    double south = ceil((box[1] - base_y) / cell - 1e-6);
    double cols = floor((box[2] - base_x) / cell + 1e-6) - west;
    double rows = floor((box[3] - base_y) / cell + 1e-6) - south;
    if (cols < 2 || rows < 2 || cols * rows > LARGEST_CELLS)
        return lf_fail(error, LF_RANGE, LF_FROM_INPUT, "the raster gives %g x %g cells of %g m",
                       cols, rows, cell);
    grid->cols = (int)cols;
    grid->rows = (int)rows;
    grid->x0 = base_x + west * cell;
    grid->y0 = base_y + south * cell;
    return LF_OK;
}

static float bilinear(const lf_io_dem *dem, double px, double py) {
    double fx = px - 0.5, fy = py - 0.5;
    if (fx < -0.5 || fy < -0.5 || fx > dem->cols - 0.5 || fy > dem->rows - 0.5)
        return NAN;
    fx = fmin(fmax(fx, 0), dem->cols - 1);
    fy = fmin(fmax(fy, 0), dem->rows - 1);
    int x = (int)fx, y = (int)fy;
    int x1 = x + 1 < dem->cols ? x + 1 : x, y1 = y + 1 < dem->rows ? y + 1 : y;
    double u = fx - x, v = fy - y;
    const float *low = dem->values + (size_t)y * (size_t)dem->cols;
    const float *high = dem->values + (size_t)y1 * (size_t)dem->cols;
    double a = u > 0 ? low[x] * (1 - u) + low[x1] * u : low[x];
    double b = u > 0 ? high[x] * (1 - u) + high[x1] * u : high[x];
    return (float)(v > 0 ? a * (1 - v) + b * v : a);
}

// Pixel coordinates of a local point.
static bool locate(const lf_io_dem *dem, lf_geo_transform *transform, double x, double y,
                   lf_vec2 *pixel) {
    double mx, my;
    lf_vec2 at = {x, y};
    if (!lf_geo_transform_back(transform, at, &mx, &my))
        return false;
    const double *t = dem->to_pixel;
    pixel->x = t[0] + t[1] * mx + t[2] * my;
    pixel->y = t[3] + t[4] * mx + t[5] * my;
    return true;
}

// One block of STEP x STEP cells: exact at its corners, bilinear in pixel space between them.
static bool sample_block(const lf_io_dem *dem, lf_geo_transform *transform, const lf_grid *grid,
                         int col, int row, float *values) {
    lf_vec2 corner[4];
    double c = grid->cell_m, x = grid->x0 + (col + 0.5) * c, y = grid->y0 + (row + 0.5) * c;
    for (int i = 0; i < 4; i++)
        if (!locate(dem, transform, x + (i % 2) * STEP_CELLS * c, y + (i / 2) * STEP_CELLS * c,
                    &corner[i]))
            return false;
    for (int j = 0; j < STEP_CELLS && row + j < grid->rows; j++) {
        for (int i = 0; i < STEP_CELLS && col + i < grid->cols; i++) {
            double u = (double)i / STEP_CELLS, v = (double)j / STEP_CELLS;
            double px = (corner[0].x * (1 - u) + corner[1].x * u) * (1 - v) +
                        (corner[2].x * (1 - u) + corner[3].x * u) * v;
            double py = (corner[0].y * (1 - u) + corner[1].y * u) * (1 - v) +
                        (corner[2].y * (1 - u) + corner[3].y * u) * v;
            values[(size_t)(row + j) * (size_t)grid->cols + (size_t)(col + i)] =
                bilinear(dem, px, py);
        }
    }
    return true;
}

static void copy_exact(const lf_io_dem *dem, const lf_frame *frame, const lf_grid *grid,
                       float *values) {
    double west = dem->to_map[0] - frame->origin_east_m;
    double south = dem->to_map[3] + dem->to_map[5] * dem->rows - frame->origin_north_m;
    int col = (int)nearbyint((grid->x0 - west) / grid->cell_m);
    int row = (int)nearbyint((grid->y0 - south) / grid->cell_m);
    for (int j = 0; j < grid->rows; j++)
        memcpy(values + (size_t)j * (size_t)grid->cols,
               dem->values + (size_t)(dem->rows - 1 - row - j) * (size_t)dem->cols + col,
               (size_t)grid->cols * sizeof *values);
}

lf_code lf_io_dem_sample(const lf_io_dem *dem, lf_geo_transform *transform, const lf_frame *frame,
                         const lf_grid *grid, bool exact, float *values, lf_error *error) {
    if (exact) {
        copy_exact(dem, frame, grid, values);
        return LF_OK;
    }
    for (int row = 0; row < grid->rows; row += STEP_CELLS)
        for (int col = 0; col < grid->cols; col += STEP_CELLS)
            if (!sample_block(dem, transform, grid, col, row, values))
                return lf_fail(error, LF_CRS, LF_FROM_INPUT,
                               "the raster cannot be transformed to %s", frame->crs);
    return LF_OK;
}
