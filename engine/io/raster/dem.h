// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// A height model as it lies in its file, and its way onto the estate's grid.
#ifndef LF_IO_RASTER_DEM_H
#define LF_IO_RASTER_DEM_H

#include "geo/clip.h"
#include "geo/frame.h"
#include "io/common/gdal.h"
#include "lifang/io.h"

typedef struct lf_io_dem {
    int cols, rows;     // north first, as in the file
    float *values;      // NaN = no data
    double to_map[6];   // pixel -> map coordinates (GDAL's affine transform)
    double to_pixel[6]; // and back
    char *crs;          // WKT or what the def gave; from malloc
    double cell_m;      // side of a cell in metres
    lf_quality quality; // metadata item "quality" of the file; measured without one
    bool states_quality;
    int bands;       // in the file
    double time_s;   // metadata item "time_s" of the band; NaN without one
    long bad_values; // undeclared no-data values that were taken out
} lf_io_dem;
void lf_io_dem_free(lf_io_dem *dem);
// Opens and reads band 1. crs NULL takes the file's own, or if_none where it has none; else LF_CRS.
lf_code lf_io_dem_read(const char *path, const char *label, const char *crs, const char *if_none,
                       lf_io_dem *dem, lf_issues *issues, lf_error *error);
// The same for band `band`, 1 .. dem->bands.
lf_code lf_io_dem_read_band(const char *path, const char *label, int band, const char *crs,
                            const char *if_none, lf_io_dem *dem, lf_issues *issues,
                            lf_error *error);
// Columns, rows and the side of a cell in the file's own unit, without reading its values.
lf_code lf_io_dem_size(const char *path, const char *label, lf_grid *grid, lf_error *error);
// Gives the spec a frame if it has none yet, and makes the way from the model's system to it (to be
// destroyed, also NULL).
lf_code lf_io_dem_place(lf_spec *spec, const lf_import_def *def, const lf_io_dem *dem,
                        lf_geo_transform **transform, lf_issues *issues, lf_error *error);
// The grid that covers the model (or the window with its margin) in the local frame. exact: cells
// of the file are cells of the grid, nothing is resampled.
lf_code lf_io_dem_grid(const lf_io_dem *dem, lf_geo_transform *transform, const lf_frame *frame,
                       const lf_geo_clip *clip, lf_grid *grid, bool *exact, lf_error *error);
// Bilinear values at the cell centres; NaN where one of the four neighbours has none. exact copies.
lf_code lf_io_dem_sample(const lf_io_dem *dem, lf_geo_transform *transform, const lf_frame *frame,
                         const lf_grid *grid, bool exact, float *values, lf_error *error);
// Fills closed holes of at most lf_io_dem_hole_cells cells by inverse-square distance from their
// rim; counts what it filled and what it left.
enum { lf_io_dem_hole_cells = 64 };
typedef struct lf_io_holes {
    int filled, left;
    long cells_filled, cells_left;
} lf_io_holes;
bool lf_io_dem_fill_holes(const lf_grid *grid, float *values, lf_io_holes *holes);

// lf_io_write_raster for several bands; time_s (may be NULL) goes into their metadata.
lf_code lf_io_write_bands(const lf_frame *frame, const lf_grid *grid, const float *values,
                          int band_count, const double *time_s, const char *name, const char *doc,
                          const char *path, lf_error *error);
// A file with one band per step becomes the rain of the spec. Each band states its time in the
// metadata item time_s; without, they follow each other every def->step_s.
lf_code lf_io_rain_read(lf_spec *spec, const lf_import_def *def, lf_issues *issues,
                        lf_error *error);

#endif
