// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// GDAL's error handler and options, per thread.
#include "io/common/gdal.h"

#include "geo/frame.h"

#include <cpl_conv.h>
#include <cpl_error.h>
#include <gdal.h>
#include <ogr_srs_api.h>
#include <stdio.h>
#include <string.h>

// Options that hold while the room is open: no network, no directory scans for side files of other
// data, no clock time in files.
static const char *const options[][2] = {
    {"OGR_CURRENT_DATE", "2000-01-01T00:00:00.000Z"},
    {"GDAL_HTTP_MAX_RETRY", "0"},
    {"CPL_VSIL_CURL_ALLOWED_EXTENSIONS", "none"},
    {"GDAL_PAM_ENABLED", "NO"},
    {"CPL_DEBUG", "OFF"},
    {"OSR_DEFAULT_AXIS_MAPPING_STRATEGY", "TRADITIONAL_GIS_ORDER"},
};
#define OPTION_COUNT ((int)(sizeof options / sizeof options[0]))

static void collect(CPLErr severity, CPLErrorNum number, const char *text) {
    lf_io_gdal *gdal = CPLGetErrorHandlerUserData();
    (void)number;
    if (severity >= CE_Failure) {
        if (!gdal->failures++)
            snprintf(gdal->failure, sizeof gdal->failure, "%s", text);
    } else if (severity == CE_Warning) {
        if (!gdal->warnings++)
            snprintf(gdal->warning, sizeof gdal->warning, "%s", text);
    }
}

void lf_io_gdal_begin(lf_io_gdal *gdal) {
    memset(gdal, 0, sizeof *gdal);
    CPLPushErrorHandlerEx(collect, gdal);
    for (int i = 0; i < OPTION_COUNT; i++)
        CPLSetThreadLocalConfigOption(options[i][0], options[i][1]);
    // Known drivers stay as they are; called every time, no thread can see half a list.
    GDALAllRegister();
    gdal->failures = gdal->warnings = 0;
}

void lf_io_gdal_end(lf_io_gdal *gdal) {
    (void)gdal;
    for (int i = 0; i < OPTION_COUNT; i++)
        CPLSetThreadLocalConfigOption(options[i][0], NULL);
    CPLPopErrorHandler();
    CPLErrorReset();
}

lf_code lf_io_gdal_fail(const lf_io_gdal *gdal, lf_code code, lf_origin origin, const char *file,
                        lf_error *error, const char *what) {
    const char *why = gdal->failures ? gdal->failure : gdal->warnings ? gdal->warning : "";
    lf_fail(error, code, origin, "%s%s%s", what, *why ? ": " : "", why);
    lf_error_place(error, file, 0, 0, NULL);
    return code;
}

bool lf_io_gdal_system(const lf_frame *frame, void *spatial_reference) {
    const char *text = lf_geo_is_local(frame->crs) ? LF_GEO_LOCAL_WKT : frame->crs;
    return OSRSetFromUserInput(spatial_reference, text) == OGRERR_NONE;
}
