// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The made-up estate through the importers: every layer arrives whole, refers to what it should, is
// labelled synthetic, and the twin compiles into one road graph.
#include "check.h"

#include "lifang/lifang.h"

static const char *const files[] = {"dem.tif",        "compounds.geojson", "buildings.geojson",
                                    "roads.geojson",  "gates.geojson",     "parking.geojson",
                                    "stalls.geojson", "green.geojson",     "trees.geojson",
                                    "walls.geojson",  "pipes.inp",         "sensors.csv"};

static lf_spec *import_all(lf_issues *issues) {
    lf_spec *spec = lf_spec_create(NULL);
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        char path[700];
        lf_error error;
        lf_import_def def = lf_default_import_def();
        snprintf(path, sizeof path, "%s/scenarios/hongqi/data/%s", LF_SOURCE_DIR, files[i]);
        def.path = path;
        def.label = files[i];
        def.crs = "EPSG:4547";
        def.estate_crs = "EPSG:4547";
        memset(&error, 0, sizeof error);
        lf_code code = lf_io_import(spec, &def, issues, &error);
        if (code != LF_OK)
            printf("%s: %s\n", files[i], error.message);
        CHECK(code == LF_OK);
    }
    return spec;
}

static void check_labels(const lf_spec *spec) {
    for (int layer = 0; layer < LF_LAYER_COUNT; layer++) {
        for (int i = 0; i < lf_spec_count(spec, (lf_layer)layer); i++) {
            const lf_row *row = lf_spec_at_const(spec, (lf_layer)layer, i);
            if (layer != LF_ROAD_NODES)
                CHECK(row->quality == LF_SYNTHETIC);
        }
    }
}

static void check_stalls(const lf_spec *spec) {
    int count, areas;
    const lf_stall *stalls = lf_spec_rows_const(spec, LF_STALLS, &count);
    const lf_parking *parking = lf_spec_rows_const(spec, LF_PARKING, &areas);
    int *held = calloc((size_t)areas, sizeof *held);
    for (int i = 0; i < count; i++) {
        int area = lf_spec_find(spec, LF_PARKING, stalls[i].parking);
        CHECK(area >= 0);
        if (area < 0)
            continue;
        held[area]++;
        CHECK(lf_shape_distance_m(&parking[area].row.shape, lf_shape_centre(&stalls[i].row.shape)) <
              0.01);
    }
    for (int i = 0; i < areas; i++)
        CHECK(held[i] == parking[i].capacity);
    free(held);
}

static void check_sensors(const lf_spec *spec) {
    int count;
    const lf_sensor *sensors = lf_spec_rows_const(spec, LF_SENSORS, &count);
    CHECK(count == 3);
    for (int i = 0; i < count; i++)
        CHECK(sensors[i].samples.count == 289);
    CHECK(strncmp(sensors[2].target, "parking/", 8) == 0);
}

static void check_graph(const lf_spec *spec) {
    lf_twin *twin = NULL;
    lf_error error;
    lf_issues *issues = lf_issues_create();
    CHECK(lf_twin_compile(spec, &twin, issues, &error) == LF_OK);
    CHECK(lf_issues_count(issues, LF_ERROR) == 0);
    const lf_road_graph *graph = lf_twin_roads(twin);
    int parts[8] = {0};
    for (int n = 0; n < graph->node_count; n++)
        if (graph->first[n] < graph->first[n + 1] && graph->component[n] < 8)
            parts[graph->component[n]]++;
    // Everything that cars use is one part.
    CHECK(parts[0] > 30 && parts[1] == 0);
    int gates;
    const lf_gate *gate = lf_spec_rows_const(spec, LF_GATES, &gates);
    CHECK(gates == 2);
    const lf_access *access = lf_twin_access(twin, LF_GATES);
    for (int i = 0; i < gates; i++)
        CHECK(access[i].road >= 0 && access[i].away_m < 0.01 && gate[i].lanes_in > 0);
    // The terrain lies under everything.
    for (int i = 0; i < lf_spec_count(spec, LF_BUILDINGS); i++) {
        const lf_row *row = lf_spec_at_const(spec, LF_BUILDINGS, i);
        CHECK(!isnan(lf_twin_ground_m(twin, lf_shape_centre(&row->shape))));
    }
    lf_issues_destroy(issues);
    lf_twin_destroy(twin);
}

int main(void) {
    lf_issues *issues = lf_issues_create();
    lf_spec *spec = import_all(issues);
    for (int i = 0; i < lf_issues_kept(issues); i++) {
        const lf_issue *issue = lf_issues_at(issues, i);
        printf("%s:%d: %s: %s\n", issue->file, issue->line, issue->feature, issue->message);
    }
    CHECK(lf_issues_count(issues, LF_WARNING) == 0);
    CHECK(lf_spec_count(spec, LF_COMPOUNDS) == 1);
    CHECK(lf_spec_count(spec, LF_GREEN) > 40 && lf_spec_count(spec, LF_TREES) > 300);
    CHECK(lf_spec_count(spec, LF_WALLS) > 20);
    CHECK(lf_spec_terrain(spec) != NULL);
    CHECK(lf_spec_terrain(spec)->quality == LF_SYNTHETIC);
    int homes = 0, slabs = 0, count;
    const lf_building *buildings = lf_spec_rows_const(spec, LF_BUILDINGS, &count);
    for (int i = 0; i < count; i++) {
        homes += buildings[i].households;
        slabs += buildings[i].kind == LF_USE_RESIDENTIAL;
    }
    CHECK(slabs == 24 && homes > 1100 && homes < 1300);
    check_labels(spec);
    check_stalls(spec);
    check_sensors(spec);
    check_graph(spec);
    lf_spec_destroy(spec);
    lf_issues_destroy(issues);
    return lf_check_end();
}
