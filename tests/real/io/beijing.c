// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The real estate: an OSM extract of 1980s compounds in Beijing becomes a twin.
#include "check.h"

#include "base/file.h"
#include "lifang/io.h"
#include "lifang/twin.h"

static const double window[4] = {116.3425, 39.9965, 116.3565, 40.0110};

static const char *data_path(char *path, size_t size) {
    const char *folder = getenv("LIFANG_DATA");
    char fallback[600];
    snprintf(fallback, sizeof fallback, "%s/../shared", LF_SOURCE_DIR);
    snprintf(path, size, "%s/data/osm_beijing_cau/beijing_cau.osm", folder ? folder : fallback);
    return path;
}

static void print_issues(const lf_issues *issues) {
    for (int i = 0; i < lf_issues_kept(issues); i++) {
        const lf_issue *issue = lf_issues_at(issues, i);
        printf("  %d %s %s (%s)\n", issue->severity, issue->feature, issue->message, issue->mend);
    }
}

static void check_compounds(const lf_spec *spec) {
    int count, named = 0;
    const lf_compound *rows = lf_spec_rows_const(spec, LF_COMPOUNDS, &count);
    for (int i = 0; i < count; i++) {
        if (rows[i].kind == LF_COMPOUND_RESIDENTIAL && rows[i].row.name[0]) {
            printf("  %s %.0f m2\n", rows[i].row.name, lf_shape_area_m2(&rows[i].row.shape));
            named++;
        }
    }
    printf("%d compounds, %d named residential\n", count, named);
    CHECK(named >= 6);
}

static void check_buildings(const lf_spec *spec) {
    int count, storeys = 0, in_compound = 0;
    int kinds[8] = {0};
    const lf_building *rows = lf_spec_rows_const(spec, LF_BUILDINGS, &count);
    for (int i = 0; i < count; i++) {
        storeys += (rows[i].row.assumed & 2) == 0;
        in_compound += rows[i].compound != 0;
        kinds[rows[i].kind]++;
        CHECK(rows[i].storeys >= 1 && rows[i].height_m > 2);
    }
    printf("%d buildings, %d with tagged storeys, %d in a compound; kinds", count, storeys,
           in_compound);
    for (int i = 0; i < 8; i++)
        printf(" %d", kinds[i]);
    printf("\n");
    CHECK(count > 220 && count <= 260);
    CHECK(in_compound > count / 3);
}

static void check_graph(const lf_twin *twin) {
    const lf_road_graph *graph = lf_twin_roads(twin);
    double total = 0, largest = 0;
    for (int i = 0; i < graph->edge_count; i++) {
        total += graph->edges[i].length_m;
        if (graph->component[graph->edges[i].from] == 0)
            largest += graph->edges[i].length_m;
    }
    printf("graph: %d nodes, %d edges, %d components, largest %.1f of %.1f km\n", graph->node_count,
           graph->edge_count, graph->component_count, largest / 1000, total / 1000);
    CHECK(largest > 0.75 * total);
}

// Written as a package and read again, the twin has the same hash.
static void check_package(const lf_spec *spec, uint64_t hash) {
    lf_error error = {0};
    lf_twin *twin = NULL;
    lf_spec *again = lf_spec_create(NULL);
    lf_import_def def = lf_default_import_def();
    def.path = "beijing.gpkg";
    CHECK(lf_io_write_package(spec, def.path, &error) == LF_OK);
    CHECK(lf_io_import(again, &def, NULL, &error) == LF_OK);
    CHECK(lf_twin_compile(again, &twin, NULL, &error) == LF_OK);
    printf("through the package: hash %016llx\n",
           twin ? (unsigned long long)lf_twin_hash(twin) : 0ull);
    CHECK(twin && lf_twin_hash(twin) == hash);
    lf_twin_destroy(twin);
    lf_spec_destroy(again);
}

int main(void) {
    char path[1024];
    lf_error error = {0};
    data_path(path, sizeof path);
    if (!lf_file_exists(path)) {
        printf("skipped: %s is not there\n", path);
        return 77;
    }
    lf_spec *spec = lf_spec_create(NULL);
    lf_issues *issues = lf_issues_create();
    lf_import_def def = lf_default_import_def();
    def.path = path;
    def.label = "beijing_cau.osm";
    def.clip = true;
    memcpy(def.clip_wsen, window, sizeof window);
    CHECK(lf_io_import(spec, &def, issues, &error) == LF_OK);
    print_issues(issues);
    printf("frame %s origin %.0f %.0f\n", lf_spec_frame(spec)->crs,
           lf_spec_frame(spec)->origin_east_m, lf_spec_frame(spec)->origin_north_m);
    CHECK_TEXT(lf_spec_frame(spec)->crs, "EPSG:4548");
    for (int i = 0; i < LF_LAYER_COUNT; i++)
        printf("  %s %d\n", lf_layer_name((lf_layer)i), lf_spec_count(spec, (lf_layer)i));
    check_compounds(spec);
    check_buildings(spec);
    lf_twin *twin = NULL;
    lf_code code = lf_twin_compile(spec, &twin, issues, &error);
    CHECK(code == LF_OK);
    print_issues(issues);
    if (twin) {
        check_graph(twin);
        printf("hash %016llx\n", (unsigned long long)lf_twin_hash(twin));
        check_package(spec, lf_twin_hash(twin));
    }
    lf_twin_destroy(twin);
    lf_issues_destroy(issues);
    lf_spec_destroy(spec);
    return lf_check_end();
}
