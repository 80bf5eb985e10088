// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// A raster with one band per time step becomes the rain of the estate, in mm/h.
#include "io/common/place.h"
#include "io/raster/dem.h"

#include "base/file.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define LARGEST_VALUES 4e8 // 1.6 GB of floats

typedef struct job {
    lf_spec *spec;
    const lf_import_def *def;
    lf_issues *issues;
    lf_geo_transform *transform;
    lf_grid grid;
    bool exact;
    int count;
    lf_quality quality;
    double *time_s;
    float *values;
} job;

// Frame, grid and memory, from the first band.
static lf_code begin(job *j, const lf_io_dem *dem, lf_error *error) {
    lf_geo_clip storage;
    const lf_geo_clip *clip;
    j->count = dem->bands;
    j->quality = dem->states_quality ? dem->quality : LF_TAGGED;
    lf_code code = lf_io_dem_place(j->spec, j->def, dem, &j->transform, j->issues, error);
    if (code == LF_OK)
        code = lf_io_clip_of(j->spec, j->def, &storage, &clip, error);
    if (code == LF_OK)
        code = lf_io_dem_grid(dem, j->transform, lf_spec_frame_const(j->spec), clip, &j->grid,
                              &j->exact, error);
    if (code != LF_OK)
        return code;
    const double values = (double)j->count * j->grid.cols * j->grid.rows;
    if (values > LARGEST_VALUES)
        return lf_fail(error, LF_RANGE, LF_FROM_INPUT,
                       "%d steps of %d x %d cells are more than can be taken at once", j->count,
                       j->grid.cols, j->grid.rows);
    j->time_s = malloc((size_t)j->count * sizeof *j->time_s);
    j->values = malloc((size_t)values * sizeof *j->values);
    return j->time_s && j->values
               ? LF_OK
               : lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for the rain");
}

static lf_code take_band(job *j, int band, lf_error *error) {
    lf_io_dem dem;
    lf_code code = lf_io_dem_read_band(j->def->path, j->def->label, band, j->def->crs,
                                       j->def->crs_if_none, &dem, j->issues, error);
    if (code == LF_OK && band == 1)
        code = begin(j, &dem, error);
    if (code == LF_OK) {
        const size_t cells = (size_t)j->grid.cols * (size_t)j->grid.rows;
        const double step_s = j->def->step_s;
        j->time_s[band - 1] = isnan(dem.time_s) ? (band - 1) * step_s : dem.time_s;
        if (isnan(dem.time_s) && !(step_s > 0))
            code = lf_fail(error, LF_MISSING, LF_FROM_INPUT,
                           "band %d does not say when it falls (metadata item time_s); add "
                           "`step: 5min` to the import, or write the items with gdal_edit.py",
                           band);
        else if (band > 1 && j->time_s[band - 1] <= j->time_s[band - 2])
            code = lf_fail(error, LF_TOPOLOGY, LF_FROM_INPUT,
                           "band %d falls at %g s, not after the band before it (%g s)", band,
                           j->time_s[band - 1], j->time_s[band - 2]);
        else
            code = lf_io_dem_sample(&dem, j->transform, lf_spec_frame_const(j->spec), &j->grid,
                                    j->exact, j->values + (size_t)(band - 1) * cells, error);
    }
    lf_io_dem_free(&dem);
    return code;
}

lf_code lf_io_rain_read(lf_spec *spec, const lf_import_def *def, lf_issues *issues,
                        lf_error *error) {
    job j = {.spec = spec, .def = def, .issues = issues, .count = 1};
    lf_code code = LF_OK;
    for (int band = 1; code == LF_OK && band <= j.count; band++)
        code = take_band(&j, band, error);
    if (code == LF_OK) {
        const lf_rain_grid rain = {.grid = j.grid,
                                   .count = j.count,
                                   .time_s = j.time_s,
                                   .values = j.values,
                                   .quality = j.quality,
                                   .source = lf_file_name(def->label)};
        if (lf_spec_rain(spec))
            lf_issues_addf(issues, LF_WARNING, LF_DUPLICATE, def->label, 0, "",
                           "import one raster of rain", "an earlier rain is replaced by this one");
        if (!lf_spec_set_rain(spec, &rain))
            code = lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for the rain");
    }
    lf_geo_transform_destroy(j.transform);
    free(j.time_s);
    free(j.values);
    return code;
}
