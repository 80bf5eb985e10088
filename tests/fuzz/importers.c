// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Every importer on any bytes: the first byte of the input chooses the ending of the file, so that
// content and name can disagree. What is read must pass or fail the check, never crash.
#include "base/file.h"
#include "lifang/io.h"
#include "lifang/twin.h"

#include <stdio.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    static const char *const endings[] = {"osm", "inp", "csv", "geojson", "asc"};
    if (size < 2)
        return 0;
    char path[64];
    snprintf(path, sizeof path, "fuzz-importer.%s", endings[(bytes[0] + 2) % 5]);
    if (lf_file_write(path, bytes + 1, size - 1, NULL) != LF_OK)
        return 0;
    lf_spec *spec = lf_spec_create(NULL);
    lf_issues *issues = lf_issues_create();
    lf_import_def def = lf_default_import_def();
    def.path = path;
    def.estate_crs = "EPSG:4547";
    lf_error error;
    if (spec && issues && lf_io_import(spec, &def, issues, &error) == LF_OK) {
        lf_twin *twin;
        if (lf_twin_compile(spec, &twin, issues, &error) == LF_OK)
            lf_twin_destroy(twin);
    }
    lf_issues_destroy(issues);
    lf_spec_destroy(spec);
    return 0;
}
