// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// A LISFLOOD model from any bytes: lines that begin with "=== " divide them into the files
// fuzz.par, fuzz.bci, fuzz.bdy, fuzz.stage and fuzz.rain, in this order; the DEM is a good one.
// What is read must pass or fail the check, and give a scenario or an error; never crash.
#include "base/file.h"
#include "lifang/io.h"
#include "lifang/twin.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static const uint8_t *divider(const uint8_t *bytes, size_t size) {
    for (size_t i = 0; i + 4 < size; i++)
        if (memcmp(bytes + i, "=== ", 4) == 0 && (i == 0 || bytes[i - 1] == '\n'))
            return bytes + i;
    return NULL;
}

static void write_files(const uint8_t *bytes, size_t size) {
    static const char *const names[] = {"fuzz.par", "fuzz.bci", "fuzz.bdy", "fuzz.stage",
                                        "fuzz.rain"};
    static const char dem[] = "ncols 3\nnrows 2\nxllcorner 0\nyllcorner 0\ncellsize 10\n"
                              "NODATA_value -9999\n1 2 3\n1 -9999 3\n";
    lf_file_write("fuzz.dem", dem, sizeof dem - 1, NULL);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const uint8_t *end = divider(bytes, size);
        const size_t count = end ? (size_t)(end - bytes) : size;
        lf_file_write(names[i], bytes, count, NULL);
        const uint8_t *line = end ? memchr(end, '\n', size - count) : NULL;
        size -= line ? (size_t)(line + 1 - bytes) : size;
        bytes = line ? line + 1 : bytes;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    lf_error error = {0};
    char *scenario = NULL;
    write_files(bytes, size);
    lf_spec *spec = lf_spec_create(NULL);
    lf_issues *issues = lf_issues_create();
    lf_import_def def = lf_default_import_def();
    def.path = "fuzz.par";
    def.format = "lisflood";
    const lf_code code = spec && issues ? lf_io_import(spec, &def, issues, &error) : LF_MEMORY;
    if (code != LF_OK && (error.code != code || !error.message[0]))
        abort();
    if (code == LF_OK) {
        lf_twin *twin;
        if (lf_twin_compile(spec, &twin, issues, &error) == LF_OK)
            lf_twin_destroy(twin);
    }
    if (lf_io_scenario("fuzz.par", &scenario, issues, &error) != LF_OK && scenario)
        abort();
    free(scenario);
    lf_issues_destroy(issues);
    lf_spec_destroy(spec);
    return 0;
}
