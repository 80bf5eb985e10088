// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// GIS results: which file holds which option; io/ does the writing.
#include "base/file.h"
#include "lifang/io.h"
#include "report/parts.h"

#include <stdio.h>

lf_code lf_report_gpkg(const lf_result *result, const char *folder, lf_error *error) {
    for (int i = 0; i < result->option_count; i++) {
        char slug[LF_REPORT_SLUG_SIZE], name[LF_REPORT_SLUG_SIZE + 16], path[1024];
        if (result->option_count == 1) {
            snprintf(name, sizeof name, "layers.gpkg");
        } else {
            snprintf(name, sizeof name, "layers-%s.gpkg", lf_report_option_slug(result, i, slug));
        }
        lf_file_join(path, sizeof path, folder, name);
        lf_code code = lf_io_write_layers(result->options[i], path, error);
        if (code != LF_OK) {
            return code;
        }
    }
    return LF_OK;
}

static lf_code write_rasters(const lf_option_result *option, const char *folder, lf_error *error) {
    const lf_frame *frame = lf_spec_frame_const(lf_twin_spec(lf_option_twin(option)));
    for (int i = 0; i < lf_option_raster_count(option); i++) {
        const lf_field_raster *raster = lf_option_raster_at(option, i);
        char slug[LF_REPORT_SLUG_SIZE], name[LF_REPORT_SLUG_SIZE + 8], path[1024];
        snprintf(name, sizeof name, "%s.tif", lf_report_slug(raster->name, slug));
        lf_file_join(path, sizeof path, folder, name);
        lf_code code = lf_io_write_raster(frame, &raster->grid, raster->values, raster->name,
                                          raster->doc, path, error);
        if (code == LF_OK) {
            snprintf(name, sizeof name, "%s.qml", slug);
            code = lf_report_qml(raster->name, folder, name, error);
        }
        if (code != LF_OK) {
            return code;
        }
    }
    return LF_OK;
}

lf_code lf_report_tif(const lf_result *result, const char *folder, lf_error *error) {
    for (int i = 0; i < result->option_count; i++) {
        if (lf_option_raster_count(result->options[i]) == 0) {
            continue;
        }
        char slug[LF_REPORT_SLUG_SIZE], name[LF_REPORT_SLUG_SIZE + 16], path[1024];
        snprintf(name, sizeof name, "rasters/%s", lf_report_option_slug(result, i, slug));
        lf_file_join(path, sizeof path, folder, name);
        lf_code code = lf_file_make_folder(path, error);
        if (code == LF_OK) {
            code = write_rasters(result->options[i], path, error);
        }
        if (code != LF_OK) {
            return code;
        }
    }
    return LF_OK;
}
