// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Usage: import FOLDER PAR ... The LISFLOOD models of data/flood import without an error and with
// what they state: see PAR's name for which is which.
#include "base/file.h"
#include "check.h"
#include "lifang/io.h"
#include "lifang/twin.h"

static lf_spec *import(const char *path) {
    lf_spec *spec = lf_spec_create(NULL);
    lf_issues *issues = lf_issues_create();
    lf_import_def def = lf_default_import_def();
    lf_error error = {0};
    lf_twin *twin = NULL;
    def.path = path;
    lf_code code = lf_io_import(spec, &def, issues, &error);
    if (code == LF_OK)
        code = lf_twin_compile(spec, &twin, issues, &error);
    if (code != LF_OK)
        printf("%s\n", error.message);
    CHECK(code == LF_OK && lf_issues_count(issues, LF_ERROR) == 0);
    lf_twin_destroy(twin);
    lf_issues_destroy(issues);
    return spec;
}

// The largest value of the first flow sensor's series.
static double peak_flow_m3_s(const lf_spec *spec) {
    double most = 0;
    for (int i = 0; i < lf_spec_count(spec, LF_SENSORS); i++) {
        const lf_sensor *sensor = lf_spec_at_const(spec, LF_SENSORS, i);
        for (int k = 0; sensor->kind == LF_SENSOR_FLOW && k < sensor->samples.count; k++)
            most = fmax(most, sensor->samples.values[k]);
    }
    return most;
}

static void check_case(const char *path) {
    const char *name = lf_file_name(path);
    lf_spec *spec = import(path);
    const lf_raster *terrain = lf_spec_terrain(spec);
    const int edges = lf_spec_count(spec, LF_OPEN_EDGES), points = lf_spec_count(spec, LF_INFLOWS),
              sensors = lf_spec_count(spec, LF_SENSORS);
    const int cols = terrain ? terrain->grid.cols : 0, rows = terrain ? terrain->grid.rows : 0;
    int known = 0;
    for (int i = 0; terrain && i < cols * rows; i++)
        known += !isnan(terrain->values[i]);
    printf("%s: %d x %d cells, %d with ground, %d edges, %d points, %d sensors\n", name, cols, rows,
           known, edges, points, sensors);
    if (strcmp(name, "ea4.par") == 0) {
        CHECK(cols == 200 && rows == 400 && edges == 4 && points == 0 && sensors == 7);
        CHECK_NEAR(peak_flow_m3_s(spec), 20, 1e-9); // the test's own hydrograph
    } else if (strcmp(name, "ea5-10m.par") == 0) {
        CHECK(known == 306757 && edges == 0 && points == 20 && sensors == 8);
        CHECK_NEAR(peak_flow_m3_s(spec) * points, 3000, 1e-9);
    } else {
        CHECK(cols == 1000 && rows == 1000 && edges == 0 && points == 0 && sensors == 1);
    }
    lf_spec_destroy(spec);
}

int main(int count, char **paths) {
    for (int i = 1; i < count; i++)
        check_case(paths[i]);
    return count > 1 ? lf_check_end() : 77;
}
