// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Height models: an inclined plane must come through every way of resampling, holes are filled or
// left as stated, and what is no height model is refused.
#include "fixture.h"

#include "io/raster/dem.h"

#include "geo/frame.h"

// z = 50 + 0.01 (x - 444454) + 0.02 (y - 4430148) over 40 x 30 cells of 5 m, in EPSG:4548.
static double plane_m(double x, double y) {
    return 50 + 0.01 * (x - 444454) + 0.02 * (y - 4430148);
}

static void write_grid(const char *path, bool (*hole)(int, int)) {
    FILE *file = fopen(path, "w");
    fprintf(file, "ncols 40\nnrows 30\nxllcorner 444400\nyllcorner 4430100\ncellsize 5\n"
                  "NODATA_value -9999\n");
    for (int row = 29; row >= 0; row--)
        for (int col = 0; col < 40; col++)
            fprintf(file, "%.6f%c",
                    hole(col, row) ? -9999.0
                                   : plane_m(444400 + (col + 0.5) * 5, 4430100 + (row + 0.5) * 5),
                    col == 39 ? '\n' : ' ');
    fclose(file);
}

static bool no_hole(int col, int row) {
    (void)col, (void)row;
    return false;
}
static bool some_holes(int col, int row) {
    return (col >= 5 && col < 8 && row >= 5 && row < 7) ||     // 6 cells
           (col >= 20 && col < 31 && row >= 10 && row < 20) || // 110 cells
           col == 0;                                           // open to the edge
}
static bool all_holes(int col, int row) {
    (void)col, (void)row;
    return true;
}

static double largest_error_m(const fixture *f, int *known) {
    const lf_raster *t = lf_spec_terrain(f->spec);
    const lf_frame *frame = lf_spec_frame(f->spec);
    lf_geo_transform *transform = NULL;
    double worst = 0;
    *known = 0;
    CHECK(lf_geo_transform_create("EPSG:4548", frame, &transform, NULL) == LF_OK);
    for (int i = 0; i < t->grid.cols * t->grid.rows; i++) {
        double x, y;
        lf_vec2 at = {t->grid.x0 + (i % t->grid.cols + 0.5) * t->grid.cell_m,
                      t->grid.y0 + (i / t->grid.cols + 0.5) * t->grid.cell_m};
        if (isnan(t->values[i]) || !lf_geo_transform_back(transform, at, &x, &y))
            continue;
        worst = fmax(worst, fabs(t->values[i] - plane_m(x, y)));
        ++*known;
    }
    lf_geo_transform_destroy(transform);
    return worst;
}

static void check_exact(void) {
    int known;
    write_grid("plane.asc", no_hole);
    fixture f = import_file("plane.asc", "EPSG:4548");
    CHECK(f.code == LF_OK);
    const lf_grid *grid = &lf_spec_terrain(f.spec)->grid;
    CHECK(grid->cols == 40 && grid->rows == 30 && grid->cell_m == 5);
    CHECK(grid->x0 + lf_spec_frame(f.spec)->origin_east_m == 444400);
    double worst = largest_error_m(&f, &known);
    printf("same system: %d cells, error %.2g m\n", known, worst);
    CHECK(known == 1200 && worst < 1e-5);
    CHECK(lf_spec_terrain(f.spec)->quality == LF_MEASURED);
    end_fixture(&f);
}

static void check_resampled(void) {
    int known;
    lf_import_def def = lf_default_import_def();
    def.path = "plane.asc";
    def.crs = "EPSG:4548";
    def.estate_crs = "EPSG:32650";
    fixture f = import_def(&def);
    CHECK(f.code == LF_OK);
    double worst = largest_error_m(&f, &known);
    printf("other system: %d cells, error %.2g m\n", known, worst);
    // At the border the outer half cell is extrapolated flat: 2.5 m x 0.022.
    CHECK(known > 1100 && worst < 0.056);
    end_fixture(&f);
}

static void check_clip(void) {
    lf_import_def def = lf_default_import_def();
    const double window[4] = {116.3495, 40.0036, 116.3500, 40.0038};
    def.path = "plane.asc";
    def.crs = "EPSG:4548";
    def.clip = true;
    memcpy(def.clip_wsen, window, sizeof window);
    fixture f = import_def(&def);
    if (f.code == LF_OK)
        printf("clipped: %d x %d\n", lf_spec_terrain(f.spec)->grid.cols,
               lf_spec_terrain(f.spec)->grid.rows);
    CHECK(f.code == LF_OK && lf_spec_terrain(f.spec)->grid.cols < 40);
    end_fixture(&f);
    const double away[4] = {115, 39, 115.01, 39.01};
    memcpy(def.clip_wsen, away, sizeof away);
    f = import_def(&def);
    CHECK(f.code == LF_EMPTY);
    end_fixture(&f);
}

static void check_holes(void) {
    int known;
    write_grid("holes.asc", some_holes);
    fixture f = import_file("holes.asc", "EPSG:4548");
    print_issues(&f);
    CHECK(f.code == LF_OK);
    double worst = largest_error_m(&f, &known);
    printf("holes: %d cells known, error %.3g m\n", known, worst);
    CHECK(known == 1200 - 110 - 30);
    CHECK(worst < 0.1); // the rim's mean against the plane inside a 15 x 10 m hole
    CHECK(find_issue(&f, "1 holes (6 cells") && find_issue(&f, "2 areas without data"));
    end_fixture(&f);
}

static void check_write(void) {
    lf_frame frame = {.crs = "EPSG:4548", .origin_east_m = 444454, .origin_north_m = 4430148};
    lf_grid grid = {700, 600, -350, -300, 1};
    lf_error error = {0};
    char first[65], second[65];
    float *values = malloc(700 * 600 * sizeof *values);
    for (int i = 0; i < 700 * 600; i++)
        values[i] = i % 97 == 0 ? NAN : (float)(i % 700) * 0.001f;
    for (int run = 0; run < 2; run++) {
        CHECK(lf_io_write_raster(&frame, &grid, values, "max_depth_m", "greatest depth",
                                 "depth.tif", &error) == LF_OK);
        CHECK(lf_io_sha256("depth.tif", run ? second : first, &error) == LF_OK);
    }
    CHECK_TEXT(second, first);
    fixture f = import_file("depth.tif", NULL);
    CHECK(f.code == LF_OK);
    if (f.code == LF_OK) { // holes of one cell are filled on reading; all others are the same bits
        const lf_raster *t = lf_spec_terrain(f.spec);
        int different = 0;
        CHECK(t->grid.cols == 700 && t->grid.rows == 600);
        for (int i = 0; i < 700 * 600; i++)
            different += !isnan(values[i]) && t->values[i] != values[i];
        CHECK(different == 0);
    }
    end_fixture(&f);
    CHECK(lf_io_write_raster(&frame, &grid, values, "x", "", "no_folder/x.tif", &error) != LF_OK);
    frame.crs[0] = '\0';
    CHECK(lf_io_write_raster(&frame, &grid, values, "x", "", "x.tif", &error) == LF_CRS);
    CHECK(!lf_file_exists("x.tif"));
    free(values);
}

static void check_crs_if_none(void) {
    lf_import_def def = lf_default_import_def();
    def.path = "plane.asc";
    def.crs_if_none = "EPSG:4548";
    fixture f = import_def(&def);
    CHECK(f.code == LF_OK);
    CHECK_TEXT(lf_spec_frame(f.spec)->crs, "EPSG:4548");
    end_fixture(&f);
    def.path = "depth.tif"; // has one: the other is not used
    def.crs_if_none = "EPSG:32601";
    f = import_def(&def);
    CHECK(f.code == LF_OK);
    CHECK_TEXT(lf_spec_frame(f.spec)->crs, "EPSG:4548");
    end_fixture(&f);
}

// A raster that is not the terrain goes where the import says.
static void check_kinds(void) {
    lf_import_def def = lf_default_import_def();
    write_text("n.asc", "ncols\t3\nnrows\t2\nxllcenter\t444402.5\nyllcenter\t4430102.5\n"
                        "cellsize\t5\nNODATA_value\t-9999\n0.03\t0.03\t-9999\n"
                        "0.05\t0.05\t0.06\n");
    def.path = "n.asc";
    def.crs = "EPSG:4548";
    def.layer_hint = "roughness";
    fixture f = import_def(&def);
    CHECK(f.code == LF_OK && !lf_spec_terrain(f.spec));
    const lf_raster *n = lf_spec_raster(f.spec, LF_RASTER_ROUGHNESS);
    CHECK(n != NULL);
    if (n) {
        CHECK(n->grid.cols == 3 && n->grid.rows == 2 && n->quality == LF_TAGGED);
        CHECK(n->grid.x0 + lf_spec_frame(f.spec)->origin_east_m == 444400);
        CHECK(n->values[0] == 0.05f && isnan(n->values[5])); // holes are left
    }
    end_fixture(&f);
    def.layer_hint = "buildings";
    f = import_def(&def);
    CHECK(f.code == LF_UNKNOWN_KEY);
    end_fixture(&f);
    def.layer_hint = "rain";
    f = import_def(&def);
    CHECK(f.code == LF_MISSING && strstr(f.error.message, "step"));
    end_fixture(&f);
    def.step_s = 300;
    f = import_def(&def);
    CHECK(f.code == LF_OK && lf_spec_rain(f.spec)->count == 1);
    end_fixture(&f);
}

// Rain: a band for each step, with its time.
static void check_rain(void) {
    lf_frame frame = {.crs = "EPSG:4548", .origin_east_m = 444454, .origin_north_m = 4430148};
    lf_grid grid = {3, 2, -500, -500, 500};
    const float values[] = {0, 1, 2, 3, 4, 5, 10, 11, 12, 13, 14, NAN};
    const double time_s[] = {300, 900}, wrong_s[] = {900, 300};
    lf_error error = {0};
    lf_import_def def = lf_default_import_def();
    def.path = "rain.tif";
    def.layer_hint = "rain";
    CHECK(lf_io_write_bands(&frame, &grid, values, 2, time_s, "rain_mm_h", "radar", "rain.tif",
                            &error) == LF_OK);
    fixture f = import_def(&def);
    CHECK(f.code == LF_OK);
    const lf_rain_grid *rain = lf_spec_rain(f.spec);
    CHECK(rain && rain->count == 2 && rain->time_s[0] == 300 && rain->time_s[1] == 900);
    if (rain)
        for (int i = 0; i < 12; i++)
            CHECK_NEAR(rain->values[i], values[i], 0);
    end_fixture(&f);
    CHECK(lf_io_write_bands(&frame, &grid, values, 2, wrong_s, "rain_mm_h", "radar", "rain.tif",
                            &error) == LF_OK);
    f = import_def(&def);
    CHECK(f.code == LF_TOPOLOGY && strstr(f.error.message, "band 2"));
    end_fixture(&f);
}

static void check_bad(void) {
    write_grid("nothing.asc", all_holes);
    expect_error("nothing.asc", "EPSG:4548", LF_EMPTY, "every cell is no data");
    expect_error("plane.asc", NULL, LF_CRS, "states no coordinate reference system");
    expect_error("plane.asc", "EPSG:424242", LF_CRS, "EPSG:424242");
    expect_error("plane.asc", "EPSG:4326", LF_CRS, "CRS right");
    write_text("short.asc", "ncols 40\nnrows 30\nxllcorner 0\nyllcorner 0\ncellsize 5\n1 2 3\n");
    expect_error("short.asc", "EPSG:4548", LF_FORMAT, "damaged");
    char *bytes;
    size_t count;
    CHECK(lf_file_read("depth.tif", 0, &bytes, &count, NULL) == LF_OK);
    CHECK(lf_file_write("cut.tif", bytes, count / 3, NULL) == LF_OK);
    free(bytes);
    expect_error("cut.tif", NULL, LF_FORMAT, "");
    write_text("fake.tif", "II*");
    expect_error("fake.tif", NULL, LF_FORMAT, "");
}

int main(void) {
    check_exact();
    check_resampled();
    check_clip();
    check_holes();
    check_write();
    check_crs_if_none();
    check_kinds();
    check_rain();
    check_bad();
    return lf_check_end();
}
