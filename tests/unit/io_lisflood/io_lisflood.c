// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// LISFLOOD-FP models: every part of a small one, its package, and models with one fault each, which
// must be named with file and line.
#include "fixture.h"
#include "small.h"

static const lf_sensor *sensor_of(const lf_spec *spec, lf_id id) {
    const int at = lf_spec_find(spec, LF_SENSORS, id);
    return at < 0 ? NULL : lf_spec_at_const(spec, LF_SENSORS, at);
}

static void check_edges(const fixture *f) {
    const lf_frame *frame = lf_spec_frame(f->spec);
    CHECK(lf_spec_count(f->spec, LF_OPEN_EDGES) == 4);
    const lf_open_edge *west = lf_spec_at_const(f->spec, LF_OPEN_EDGES, 0),
                       *east = lf_spec_at_const(f->spec, LF_OPEN_EDGES, 1),
                       *south = lf_spec_at_const(f->spec, LF_OPEN_EDGES, 2),
                       *north = lf_spec_at_const(f->spec, LF_OPEN_EDGES, 3);
    CHECK(west->kind == LF_OPEN_EDGE_FLOW && east->kind == LF_OPEN_EDGE_FREE);
    CHECK(south->kind == LF_OPEN_EDGE_LEVEL && north->kind == LF_OPEN_EDGE_LEVEL);
    CHECK_NEAR(north->level_m, 2.5, 0);
    const lf_shape *line = &west->row.shape;
    CHECK(line->point_count == 2);
    CHECK_NEAR(line->points[0].x + frame->origin_east_m, 1000, 1e-6);
    CHECK_NEAR(line->points[0].y + frame->origin_north_m, 2010, 1e-6);
    CHECK_NEAR(line->points[1].y + frame->origin_north_m, 2020, 1e-6);
    const lf_sensor *flow = sensor_of(f->spec, west->flow_sensor);
    CHECK(flow && flow->kind == LF_SENSOR_FLOW && flow->samples.count == 3);
    if (flow && flow->samples.count == 3) { // 2 m2/s over two cells of 5 m, times in minutes
        CHECK_NEAR(flow->samples.values[1], 20, 1e-12);
        CHECK_NEAR(flow->samples.time_s[1], 60, 1e-12);
        CHECK(flow->samples.start_unix_s == 0);
    }
    const lf_sensor *level = sensor_of(f->spec, south->level_sensor);
    CHECK(level && level->kind == LF_SENSOR_LEVEL && level->samples.values[0] == 3);
}

static void check_points(const fixture *f) {
    CHECK(lf_spec_count(f->spec, LF_INFLOWS) == 3);
    const lf_inflow *fixed = lf_spec_at_const(f->spec, LF_INFLOWS, 0),
                    *first = lf_spec_at_const(f->spec, LF_INFLOWS, 1),
                    *second = lf_spec_at_const(f->spec, LF_INFLOWS, 2);
    CHECK_NEAR(fixed->flow_m3_s, 0.5 * 5, 1e-12);
    CHECK(fixed->flow_sensor == 0 && first->flow_sensor &&
          first->flow_sensor == second->flow_sensor);
    const lf_sensor *flow = sensor_of(f->spec, first->flow_sensor);
    CHECK(flow && flow->samples.values[1] == 2 * 5);
    CHECK(strstr(first->row.source, "small.bci line 7") != NULL);
}

static void check_rest(const fixture *f) {
    const lf_raster *terrain = lf_spec_terrain(f->spec);
    CHECK(terrain && terrain->grid.cols == 6 && terrain->grid.rows == 8 &&
          terrain->grid.cell_m == 5);
    CHECK(terrain && isnan(terrain->values[6 * 3 + 3])); // a hole of one cell stays a wall
    const lf_raster *n = lf_spec_raster(f->spec, LF_RASTER_ROUGHNESS),
                    *start = lf_spec_raster(f->spec, LF_RASTER_START_DEPTH),
                    *loss = lf_spec_raster(f->spec, LF_RASTER_INFILTRATION);
    CHECK(n && n->values[0] == 0.03f);
    CHECK(start && start->values[0] == 1.5f && start->values[6 * 7] == 0); // level 2 - ground
    CHECK(loss && fabsf(loss->values[5] - 3.6f) < 1e-5f);
    const lf_sensor *stage = lf_spec_at_const(f->spec, LF_SENSORS, 0);
    CHECK(stage->kind == LF_SENSOR_DEPTH && stage->samples.count == 0);
    CHECK_TEXT(stage->row.name, "1");
    const lf_sensor *rain = lf_spec_at_const(f->spec, LF_SENSORS, 2);
    CHECK_TEXT(rain->row.name, "rain");
    double depth_mm = 0;
    for (int i = 0; i + 1 < rain->samples.count; i++)
        depth_mm += rain->samples.values[i] / 3600 *
                    (rain->samples.time_s[i + 1] - rain->samples.time_s[i]);
    // Straight from 10 to 40 mm/h in 600 s; that holds until a second after the end at 3600 s.
    CHECK_NEAR(depth_mm, 25.0 / 6 + 40 * 3001 / 3600.0, 1e-9);
}

static void check_good(void) {
    lf_error error = {0};
    lf_twin *twin = NULL;
    write_small(NULL, NULL);
    fixture f = import_file("small/small.par", NULL);
    if (f.code != LF_OK)
        printf("%s\n", f.error.message);
    print_issues(&f);
    CHECK(f.code == LF_OK);
    if (f.code != LF_OK)
        return;
    CHECK_TEXT(lf_spec_frame(f.spec)->crs, "local");
    check_edges(&f);
    check_points(&f);
    check_rest(&f);
    CHECK(find_issue(&f, "lies outside the DEM"));
    CHECK(lf_twin_compile(f.spec, &twin, NULL, &error) == LF_OK);
    CHECK(lf_io_write_package(f.spec, "small.gpkg", &error) == LF_OK);
    fixture again = import_file("small.gpkg", NULL);
    lf_twin *back = NULL;
    CHECK(again.code == LF_OK && lf_twin_compile(again.spec, &back, NULL, &error) == LF_OK);
    CHECK(twin && back && lf_twin_hash(twin) == lf_twin_hash(back));
    lf_twin_destroy(twin);
    lf_twin_destroy(back);
    end_fixture(&again);
    end_fixture(&f);
}

// The same model in a known system lies where that says.
static void check_crs(void) {
    lf_import_def def = lf_default_import_def();
    write_small("small.dem", small_dem_far);
    write_text("small/small.par", "DEMfile small.dem\nacceleration\n");
    def.path = "small/small.par";
    def.estate_crs = "EPSG:27700";
    fixture f = import_def(&def);
    if (f.code != LF_OK)
        printf("%s\n", f.error.message);
    CHECK(f.code == LF_OK);
    CHECK_TEXT(lf_spec_frame(f.spec)->crs, "EPSG:27700");
    end_fixture(&f);
    def.clip = true;
    memcpy(def.clip_wsen, (double[]){0, 50, 1, 51}, sizeof def.clip_wsen);
    f = import_def(&def);
    CHECK(f.code == LF_INVALID);
    end_fixture(&f);
}

// One file is another; the import must fail with these words and this line.
static void expect_fault(const char *name, const char *content, lf_code code, const char *file,
                         int line, const char *words) {
    char text[1200];
    write_small(name, content);
    fixture f = import_file("small/small.par", NULL);
    printf("%s\n", f.code == LF_OK ? "imported" : lf_error_format(&f.error, text, sizeof text));
    CHECK(f.code == code);
    CHECK(f.code == LF_OK || (strstr(f.error.message, words) && strstr(f.error.file, file)));
    CHECK(f.code == LF_OK || f.error.line == line);
    CHECK(f.code == LF_OK || lf_error_exit_code(&f.error) == 3);
    end_fixture(&f);
}

static void check_bad_par(void) {
    expect_fault("small.par", "DEMfile none.dem\nacceleration\n", LF_NOT_FOUND, "none.dem", 0, "");
    expect_fault("small.par", "# only\nfpfric 0.03\nDEMfile\n", LF_SYNTAX, "small.par", 3,
                 "missing");
    expect_fault("small.par", "acceleration\n# DEMfile \nDEMfile small.dem\nfpfric 0,03x\n",
                 LF_SYNTAX, "small.par", 4, "number");
    expect_fault("small.par", "DEMfile small.dem\nacceleration\n\nSGCwidth w.asc\n", LF_FORMAT,
                 "small.par", 4, "not read");
    expect_fault("small.par", "DEMfile small.dem\nacceleration\nbcifile gone.bci\n", LF_NOT_FOUND,
                 "small.par", 3, "gone.bci");
    expect_fault("small.par", "DEMfile small.dem\nacceleration\nstartelev\n", LF_MISSING,
                 "small.par", 0, "startfile");
    expect_fault("small.par", "DEMfile small.dem\nacceleration\nfpfric -1\n", LF_RANGE, "small.par",
                 3, "outside");
    expect_fault("small.par", "DEMfile /vsicurl/small.dem\n", LF_INVALID, "small.dem", 0,
                 "virtual");
    write_small("small.par", "DEMfile .\\small.dem\r\nunheard of\r\nelevoff\r\n");
    fixture f = import_file("small/small.par", NULL);
    CHECK(f.code == LF_OK && find_issue(&f, "not known") && find_issue(&f, "not used here"));
    CHECK(find_issue(&f, "no scheme is named") && find_issue(&f, "not known")->line == 2);
    end_fixture(&f);
}

static void check_bad_series(void) {
    expect_fault("small.bdy", "# c\nq\n2 seconds\n0 0\n1 x\n", LF_SYNTAX, "small.bdy", 5, "'x'");
    expect_fault("small.bdy", "# c\nq\n3 seconds\n0 0\n1 60\n2 30\nh\n1 hours\n3 0\n", LF_TOPOLOGY,
                 "small.bdy", 6, "before the one above");
    expect_fault("small.bdy", "# c\nq\n2 fortnights\n0 0\n1 60\n", LF_SYNTAX, "small.bdy", 3,
                 "unit of time");
    expect_fault("small.bdy", "# c\nq\n9 seconds\n0 0\n1 60\n", LF_SYNTAX, "small.bdy", 3,
                 "announced");
    expect_fault("small.bdy", "# c\nq\n2 seconds\n0 0\n1 60\n", LF_REFERENCE, "small.bci", 5,
                 "no series");
    expect_fault("small.bdy", "# c\nq\n1e99 seconds\n0 0\n", LF_RANGE, "small.bdy", 3, "no number");
    expect_fault("small.rain", "# c\n2 seconds\n-1 0\n1 60\n", LF_RANGE, "small.rain", 2, "mm/h");
    expect_fault("small.rain", "# c\n", LF_SYNTAX, "small.rain", 0, "ends before");
}

static void check_bad_places(void) {
    expect_fault("small.bci", "X 0 1 FREE\n", LF_SYNTAX, "small.bci", 1, "none of N");
    expect_fault("small.bci", "W 0 one FREE\n", LF_SYNTAX, "small.bci", 1, "'one'");
    expect_fault("small.bci", "W 2000 2010\n", LF_SYNTAX, "small.bci", 1, "none of FREE");
    expect_fault("small.bci", "W 2000 2010 QFIX\n", LF_SYNTAX, "small.bci", 1, "missing");
    expect_fault("small.bci", "P 1001 2001 HFIX 3\n", LF_FORMAT, "small.bci", 1, "points with");
    expect_fault("small.stage", "3\n1001 2001\n", LF_SYNTAX, "small.stage", 1, "announced");
    expect_fault("small.stage", "1\n1001 y\n", LF_SYNTAX, "small.stage", 2, "'y'");
    write_small("small.bci", "W 0 10 FREE\nP 0 0 QFIX 1\n"); // both beside the DEM
    fixture f = import_file("small/small.par", NULL);
    CHECK(f.code == LF_OK && lf_spec_count(f.spec, LF_OPEN_EDGES) == 0);
    CHECK(lf_spec_count(f.spec, LF_INFLOWS) == 0 && find_issue(&f, "the source 0 0 lies outside"));
    end_fixture(&f);
    expect_fault("small.dem", "ncols 6\nnrows 8\nxllcorner 0\nyllcorner 0\ncellsize 5\n1 2\n",
                 LF_FORMAT, "small.dem", 0, "damaged");
}

int main(void) {
    check_good();
    check_crs();
    check_bad_par();
    check_bad_series();
    check_bad_places();
    return lf_check_end();
}
