// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The estate package: what is written comes back to the same bits, two writes are the same file,
// and GDAL's own tool finds every layer with its CRS.
#include "fixture.h"

#define PACKAGE "package_test.gpkg"
#define AGAIN "package_test_again.gpkg"

static void add_polygons(lf_spec *spec) {
    static const lf_vec2 ring[] = {{0, 0},  {40, 0}, {40, 12}, {0, 12},    {10, 3},        {10, 6},
                                   {15, 6}, {15, 3}, {60, 0},  {70.25, 0}, {70.25, 9.125}, {60, 9}};
    static const int parts[] = {0, 4, 8, 12};
    lf_compound *compound = lf_spec_add(spec, LF_COMPOUNDS);
    compound->row.name = lf_spec_text(spec, "红旗新村");
    compound->row.quality = LF_TAGGED;
    compound->row.shape = lf_spec_polygon(spec, ring, parts, 1);
    for (int i = 0; i < 3; i++) {
        lf_building *b = lf_spec_add(spec, LF_BUILDINGS);
        b->kind = i;
        b->storeys = 5 + i;
        b->height_m = 15.1 + i / 3.0;
        b->base_m = i == 1 ? 12.3456789 : NAN;
        b->lift = i == 2;
        b->compound = compound->row.id;
        b->row.quality = (lf_quality)i;
        b->row.assumed = 1u << 1 | 1u << 2;
        b->row.name = lf_spec_text(spec, i == 0 ? "1号楼 \"东\"" : "");
        b->row.source = lf_spec_text(spec, "made here");
        b->row.shape = lf_spec_polygon(spec, ring, parts, i == 2 ? 3 : 2);
    }
    bool keep[] = {true, false, true}; // a gap in the ids must survive
    lf_spec_keep(spec, LF_BUILDINGS, keep);
}

static void add_lines(lf_spec *spec) {
    static const lf_vec2 line[] = {{0, -5}, {30.5, -5}, {61.0625, -7}};
    static const double z_m[] = {1.5, 1.25, 1.125};
    lf_road_node *a = lf_spec_add(spec, LF_ROAD_NODES);
    a->row.shape = lf_spec_point(spec, line[0]);
    lf_road_node *b = lf_spec_add(spec, LF_ROAD_NODES);
    b->row.shape = lf_spec_point(spec, line[2]);
    lf_road *road = lf_spec_add(spec, LF_ROADS);
    road->row.shape = lf_spec_line(spec, line, 3, z_m);
    road->oneway = LF_BACKWARD;
    road->from = 1;
    road->to = 2;
}

static void add_sensor(lf_spec *spec) {
    static const double time_s[] = {0, 60, 120.5}, values[] = {0.1, 1.0 / 3, 7};
    const lf_vec2 at = {3.5, 4.25};
    lf_sensor *sensor = lf_spec_add(spec, LF_SENSORS);
    sensor->row.shape = lf_spec_point(spec, at);
    sensor->kind = LF_SENSOR_RAIN;
    sensor->unit = lf_spec_text(spec, "mm/h");
    sensor->target = lf_spec_text(spec, "");
    sensor->samples = lf_spec_samples(spec, time_s, values, 3, 1.7e9);
}

// What drives the surface: an edge with its gauges, an inflow, a culvert, a section, rasters.
static void add_water(lf_spec *spec) {
    static const lf_vec2 line[] = {{0, 0}, {0, 12.5}};
    static const double time_s[] = {0, 3600}, flow_m3_s[] = {0, 20};
    static const float rain_mm_h[16] = {1, 2, 3.5f, NAN};
    float depth_m[16] = {0, 0.25f, NAN, 1};
    lf_sensor *gauge = lf_spec_add(spec, LF_SENSORS);
    gauge->kind = LF_SENSOR_FLOW;
    gauge->unit = lf_spec_text(spec, "m3/s");
    gauge->target = lf_spec_text(spec, "");
    gauge->row.shape = lf_spec_point(spec, line[0]);
    gauge->samples = lf_spec_samples(spec, time_s, flow_m3_s, 2, 0);
    lf_open_edge *edge = lf_spec_add(spec, LF_OPEN_EDGES);
    edge->kind = LF_OPEN_EDGE_FLOW;
    edge->flow_m2_s = 0.5;
    edge->flow_sensor = gauge->row.id;
    edge->row.shape = lf_spec_line(spec, line, 2, NULL);
    lf_inflow *inflow = lf_spec_add(spec, LF_INFLOWS);
    inflow->kind = LF_INFLOW_BURST;
    inflow->flow_m3_s = 0.1;
    inflow->row.shape = lf_spec_point(spec, line[1]);
    lf_culvert *culvert = lf_spec_add(spec, LF_CULVERTS);
    culvert->kind = LF_CULVERT_UNDERPASS;
    culvert->invert_to_m = 48.125;
    culvert->barrels = 3;
    culvert->row.shape = lf_spec_line(spec, line, 2, NULL);
    lf_section_line *section = lf_spec_add(spec, LF_SECTIONS);
    section->flow_sensor = gauge->row.id;
    section->row.shape = lf_spec_line(spec, line, 2, NULL);
    const lf_raster start = {{4, 4, 1.25, -3, 10}, depth_m, LF_ASSUMED, "a guess"};
    lf_spec_set_raster(spec, LF_RASTER_START_DEPTH, &start);
    lf_spec_set_rain(spec, &(lf_rain_grid){.grid = {4, 4, -100, -100, 250.5},
                                           .count = 1,
                                           .time_s = (double[]){12.5},
                                           .values = rain_mm_h,
                                           .start_unix_s = 1.7e9,
                                           .quality = LF_MEASURED,
                                           .source = "radar"});
}

static lf_spec *make_estate(void) {
    lf_spec *spec = lf_spec_create(NULL);
    lf_frame *frame = lf_spec_frame(spec);
    lf_grid grid = {37, 23, -3.5, -11.25, 2.5};
    float heights[37 * 23];
    snprintf(frame->crs, sizeof frame->crs, "EPSG:4548");
    snprintf(frame->vertical_datum, sizeof frame->vertical_datum, "1985");
    frame->origin_east_m = 444454;
    frame->origin_north_m = 4430148;
    lf_spec_set_name(spec, "试验小区");
    add_polygons(spec);
    add_lines(spec);
    add_sensor(spec);
    add_water(spec);
    for (int i = 0; i < 37 * 23; i++)
        heights[i] = i == 40 ? NAN : 49.0f + sinf((float)i);
    lf_spec_set_terrain(spec, &grid, heights, LF_SYNTHETIC, "made up");
    lf_spec_add_assumption(spec, LF_ASSUMED, "something was %s", "assumed");
    lf_work work = {.measure = "rain_garden",
                    .label = "Regengärten",
                    .price_key = "rain_garden",
                    .quantity = 12.5,
                    .unit = "m2",
                    .capex_cny = 1e4 / 3,
                    .life_years = 20,
                    .quality = LF_ASSUMED};
    lf_spec_add_work(spec, &work);
    return spec;
}

static uint64_t hash_of(const lf_spec *spec) {
    lf_twin *twin = NULL;
    lf_error error = {0};
    uint64_t hash = 0;
    if (lf_twin_compile(spec, &twin, NULL, &error) != LF_OK)
        printf("compile: %s\n", error.message);
    CHECK(twin != NULL);
    if (twin)
        hash = lf_twin_hash(twin);
    lf_twin_destroy(twin);
    return hash;
}

static void check_round_trip(lf_spec *spec) {
    char first[65], second[65];
    lf_error error = {0};
    lf_code code = lf_io_write_package(spec, PACKAGE, &error);
    if (code != LF_OK)
        printf("write: %s\n", error.message);
    CHECK(code == LF_OK);
    fixture f = import_file(PACKAGE, NULL);
    print_issues(&f);
    CHECK(f.code == LF_OK);
    if (f.code != LF_OK)
        printf("read: %s\n", f.error.message);
    printf("hash %016llx before, %016llx after\n", (unsigned long long)hash_of(spec),
           (unsigned long long)hash_of(f.spec));
    CHECK(hash_of(spec) == hash_of(f.spec));
    CHECK(lf_issues_count(f.issues, LF_WARNING) == 0);
    CHECK_TEXT(lf_spec_name(f.spec), "试验小区");
    CHECK_TEXT(lf_spec_frame(f.spec)->vertical_datum, "1985");
    CHECK(lf_spec_terrain(f.spec)->quality == LF_SYNTHETIC);
    CHECK(lf_spec_raster(f.spec, LF_RASTER_START_DEPTH)->quality == LF_ASSUMED);
    CHECK_TEXT(lf_spec_raster(f.spec, LF_RASTER_START_DEPTH)->source, "a guess");
    CHECK(lf_spec_rain(f.spec)->quality == LF_MEASURED);
    CHECK(lf_spec_rain(f.spec)->start_unix_s == 1.7e9);
    int works, assumptions;
    CHECK_TEXT(lf_spec_works(f.spec, &works)->label, "Regengärten");
    CHECK_TEXT(lf_spec_assumptions(f.spec, &assumptions)->text, "something was assumed");
    CHECK(works == 1 && assumptions == 1);
    CHECK(lf_io_write_package(f.spec, AGAIN, &error) == LF_OK);
    // The terrain's name stands in the file, so the second file is written under the first name.
    CHECK(lf_io_sha256(PACKAGE, first, &error) == LF_OK);
    CHECK(lf_io_write_package(f.spec, PACKAGE, &error) == LF_OK);
    CHECK(lf_io_sha256(PACKAGE, second, &error) == LF_OK);
    CHECK_TEXT(second, first);
    CHECK(lf_io_sha256("package_test_terrain.tif", first, &error) == LF_OK);
    CHECK(lf_io_sha256("package_test_again_terrain.tif", second, &error) == LF_OK);
    CHECK_TEXT(second, first);
    end_fixture(&f);
}

// A second package into the same spec: ids move on and references follow.
static void check_merge(void) {
    fixture f = import_file(PACKAGE, NULL);
    lf_import_def def = lf_default_import_def();
    def.path = PACKAGE;
    CHECK(lf_io_import(f.spec, &def, f.issues, &f.error) == LF_OK);
    CHECK(lf_spec_count(f.spec, LF_BUILDINGS) == 4);
    const lf_building *b = lf_spec_at_const(f.spec, LF_BUILDINGS, 2);
    const lf_road *road = lf_spec_at_const(f.spec, LF_ROADS, 1);
    CHECK(b->row.id == 4 && b->compound == 2);
    CHECK(road->from == 3 && road->to == 4);
    const lf_sensor *sensor = lf_spec_at_const(f.spec, LF_SENSORS, 2);
    CHECK(sensor->samples.count == 3);
    const lf_open_edge *edge = lf_spec_at_const(f.spec, LF_OPEN_EDGES, 1);
    CHECK(edge->flow_sensor == 4 && edge->level_sensor == 0);
    hash_of(f.spec);
    end_fixture(&f);
}

// The same package into another CRS lands within a millimetre.
static void check_other_crs(void) {
    lf_import_def def = lf_default_import_def();
    def.path = PACKAGE;
    def.estate_crs = "EPSG:32650";
    fixture f = import_def(&def);
    if (f.code != LF_OK)
        printf("%s\n", f.error.message);
    CHECK(f.code == LF_OK);
    CHECK_TEXT(lf_spec_frame(f.spec)->crs, "EPSG:32650");
    const lf_building *b = lf_spec_at_const(f.spec, LF_BUILDINGS, 0);
    CHECK_NEAR(lf_shape_area_m2(&b->row.shape), 480.0 - 15.0, 1.0);
    CHECK(lf_spec_terrain(f.spec) != NULL);
    end_fixture(&f);
}

// Rows drawn in another program: a building with an outline only, a road with a line only.
static void check_drawn(void) {
    if (system("ogr2ogr --version > /dev/null 2>&1") != 0) {
        printf("ogr2ogr is not installed: drawing by hand is not tested\n");
        return;
    }
    write_text("drawn.csv", "WKT,name\n\"POLYGON((444500 4430200,444550 4430200,444550 4430212,"
                            "444500 4430212,444500 4430200))\",new\n");
    write_text("drawn_road.csv",
               "WKT,name\n\"LINESTRING(444454.2 4430143,444454 4430190)\",lane\n");
    remove("drawn.gpkg");
    CHECK(system("cp " PACKAGE " drawn.gpkg && cp package_test_terrain.tif drawn_terrain.tif && "
                 "ogr2ogr -append -a_srs EPSG:4548 -nln buildings drawn.gpkg drawn.csv && "
                 "ogr2ogr -append -a_srs EPSG:4548 -nln roads drawn.gpkg drawn_road.csv") == 0);
    fixture f = import_file("drawn.gpkg", NULL);
    print_issues(&f);
    if (f.code != LF_OK)
        printf("%s\n", f.error.message);
    CHECK(f.code == LF_OK && lf_spec_count(f.spec, LF_BUILDINGS) == 3);
    if (f.code == LF_OK) {
        const lf_building *b = lf_spec_at_const(f.spec, LF_BUILDINGS, 2);
        const lf_road *r = lf_spec_at_const(f.spec, LF_ROADS, 1);
        CHECK_TEXT(b->row.name, "new");
        CHECK(b->storeys == 3 && b->row.quality == LF_TAGGED && (b->row.assumed & 7u) == 7u);
        CHECK(r->from == 1 && r->to == 3); // near node 1, and a new node
        hash_of(f.spec);
    }
    end_fixture(&f);
}

static void check_with_ogrinfo(void) {
    if (system("ogrinfo --version > /dev/null 2>&1") != 0) {
        printf("ogrinfo is not installed: not compared\n");
        return;
    }
    CHECK(system("ogrinfo -so -al " PACKAGE " > package_test.txt 2>&1") == 0);
    CHECK(system("grep -q 'Layer name: buildings' package_test.txt") == 0);
    CHECK(system("grep -q 'CGCS2000 / 3-degree Gauss-Kruger CM 117E' package_test.txt") == 0);
    CHECK(system("grep -q 'ERROR\\|Warning' package_test.txt") != 0);
    CHECK(system("gdalinfo package_test_terrain.tif > package_test.txt 2>&1") == 0);
    CHECK(system("grep -q 'LAYOUT=COG' package_test.txt") == 0);
    CHECK(system("grep -q 'NoData Value=nan' package_test.txt") == 0);
    CHECK(system("grep -q 'Unit Type: m' package_test.txt") == 0);
}

static void check_bad(lf_spec *spec) {
    lf_error error = {0};
    char text[1200];
    CHECK(lf_io_write_package(spec, "no_such_folder/x.gpkg", &error) != LF_OK);
    printf("%s\n", lf_error_format(&error, text, sizeof text));
    CHECK(!lf_file_exists("no_such_folder/x.gpkg"));
    lf_spec *empty = lf_spec_create(NULL);
    CHECK(lf_io_write_package(empty, "empty.gpkg", &error) == LF_EMPTY);
    CHECK(!lf_file_exists("empty.gpkg"));
    lf_spec_destroy(empty);
    remove("package_test_terrain.tif");
    fixture f = import_file(PACKAGE, NULL);
    CHECK(f.code == LF_OK && find_issue(&f, "is not beside it"));
    end_fixture(&f);
    char *bytes;
    size_t count;
    CHECK(lf_file_read(PACKAGE, 0, &bytes, &count, NULL) == LF_OK);
    CHECK(lf_file_write("package_cut.gpkg", bytes, count / 2, NULL) == LF_OK);
    free(bytes);
    f = import_file("package_cut.gpkg", NULL);
    printf("%s\n", lf_error_format(&f.error, text, sizeof text));
    CHECK(f.code != LF_OK);
    end_fixture(&f);
}

int main(void) {
    lf_spec *spec = make_estate();
    check_round_trip(spec);
    check_merge();
    check_other_crs();
    check_drawn();
    check_with_ogrinfo();
    check_bad(spec);
    lf_spec_destroy(spec);
    return lf_check_end();
}
