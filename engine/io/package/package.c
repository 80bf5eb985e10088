// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The importer of estate packages: GeoPackages that lf_io_write_package made, edited or not.
#include "io/package/gpkg.h"
#include "io/package/read.h"
#include "io/registry.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const char *const drivers[] = {"GPKG", NULL};

static GDALDatasetH open_package(const char *path) {
    GDALDatasetH dataset = GDALOpenEx(path, GDAL_OF_VECTOR | GDAL_OF_READONLY, drivers, NULL, NULL);
    if (dataset && GDALDatasetGetLayerByName(dataset, LF_IO_PACKAGE_META))
        return dataset;
    if (dataset)
        GDALClose(dataset);
    return NULL;
}

static int sniff(const char *path, const unsigned char *head, size_t size) {
    lf_io_gdal gdal;
    if (size < 100 || memcmp(head, "SQLite format 3", 16) != 0)
        return 0;
    lf_io_gdal_begin(&gdal);
    GDALDatasetH dataset = open_package(path);
    if (dataset)
        GDALClose(dataset);
    lf_io_gdal_end(&gdal);
    return dataset ? 100 : 0;
}

static lf_code read_frame(lf_io_package_job *job, lf_error *error) {
    char format[16];
    lf_frame *frame = lf_spec_frame(job->spec);
    const lf_import_def *def = job->def;
    lf_io_package_meta(job, "format", format, sizeof format);
    if (strcmp(format, LF_IO_PACKAGE_FORMAT) != 0)
        return lf_fail(error, LF_FORMAT, LF_FROM_INPUT,
                       "the package has format \"%s\" and this program reads " LF_IO_PACKAGE_FORMAT
                       "; write it again with the program that made it",
                       format);
    lf_io_package_meta(job, "crs", job->frame.crs, sizeof job->frame.crs);
    lf_io_package_meta(job, "vertical_datum", job->frame.vertical_datum,
                       sizeof job->frame.vertical_datum);
    job->frame.origin_east_m = lf_io_package_number(job, "origin_east_m", NAN);
    job->frame.origin_north_m = lf_io_package_number(job, "origin_north_m", NAN);
    if (!job->frame.crs[0] || !isfinite(job->frame.origin_east_m) ||
        !isfinite(job->frame.origin_north_m))
        return lf_fail(error, LF_CRS, LF_FROM_INPUT,
                       "the package's table " LF_IO_PACKAGE_META " lacks crs or origin");
    bool other =
        def->estate_crs && *def->estate_crs && strcmp(def->estate_crs, job->frame.crs) != 0;
    if (!frame->crs[0] && !other)
        *frame = job->frame;
    const lf_vec2 origin = {job->frame.origin_east_m, job->frame.origin_north_m};
    lf_code code = lf_io_ensure_frame_at(job->spec, def, job->frame.crs, origin,
                                         "the package's origin", job->issues, error);
    if (code != LF_OK)
        return code;
    job->same_crs = strcmp(frame->crs, job->frame.crs) == 0;
    return job->same_crs ? LF_OK
                         : lf_geo_transform_create(job->frame.crs, frame, &job->transform, error);
}

static lf_code read_all(lf_io_package_job *job, lf_error *error) {
    char name[300];
    lf_io_mark mark = lf_io_mark_now(job->spec);
    lf_code code = read_frame(job, error);
    if (code == LF_OK && !lf_spec_name(job->spec)[0] &&
        lf_io_package_meta(job, "name", name, sizeof name))
        lf_spec_set_name(job->spec, name);
    for (int layer = 0; code == LF_OK && layer < LF_LAYER_COUNT; layer++)
        code = lf_io_package_read_layer(job, (lf_layer)layer, error);
    if (code == LF_OK)
        code = lf_io_package_read_tables(job, error);
    if (code == LF_OK && job->gdal.failures)
        code = lf_io_gdal_fail(&job->gdal, LF_FORMAT, LF_FROM_INPUT, job->def->label, error,
                               "the package is damaged");
    if (code == LF_OK)
        lf_io_package_finish_drawn(job, &mark);
    if (code == LF_OK)
        code = lf_io_package_read_rasters(job, error);
    return code;
}

static lf_code read_package(lf_spec *spec, const lf_import_def *def, lf_issues *issues,
                            lf_error *error) {
    lf_io_package_job job = {.spec = spec, .def = def, .issues = issues};
    lf_code code;
    if (def->clip)
        return lf_fail(error, LF_INVALID, LF_FROM_CALL,
                       "an estate package is whole and is not clipped; clip what it was made from");
    lf_io_gdal_begin(&job.gdal);
    job.dataset = open_package(def->path);
    if (job.dataset) {
        code = read_all(&job, error);
        GDALClose(job.dataset);
    } else {
        code = lf_io_gdal_fail(
            &job.gdal, LF_FORMAT, LF_FROM_INPUT, def->label, error,
            "this is no estate package (a GeoPackage with the table " LF_IO_PACKAGE_META ")");
    }
    lf_io_gdal_end(&job.gdal);
    lf_geo_transform_destroy(job.transform);
    lf_geo_rings_free(&job.rings);
    return code;
}

const lf_importer lf_io_package = {"package", "estate packages written by lifang import", sniff,
                                   read_package, NULL};
