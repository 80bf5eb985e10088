// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// layers.gpkg of a result: the layers of the twin with the result's columns behind.
#include "fixture.h"

static lf_twin *make_twin(void) {
    lf_twin *twin = NULL;
    write_text(
        "layers.geojson",
        "{\"type\":\"FeatureCollection\",\"name\":\"roads\",\"features\":[{\"type\":"
        "\"Feature\",\"properties\":{\"name\":\"a\"},\"geometry\":{\"type\":\"LineString\","
        "\"coordinates\":[[116.35,40],[116.351,40],[116.351,40.001]]}},{\"type\":\"Feature\","
        "\"properties\":{\"name\":\"b\"},\"geometry\":{\"type\":\"LineString\","
        "\"coordinates\":[[116.351,40.001],[116.352,40.001]]}}]}");
    fixture f = import_file("layers.geojson", NULL);
    CHECK(f.code == LF_OK && lf_twin_compile(f.spec, &twin, NULL, &f.error) == LF_OK);
    end_fixture(&f);
    return twin;
}

int main(void) {
    static const float depth_m[] = {0.25f, NAN}, wrong[] = {1, 2};
    lf_error error = {0};
    char first[65], second[65];
    lf_twin *twin = make_twin();
    lf_option_result *option = lf_option_create("as it is", twin, NULL);
    lf_option_add_column(option, LF_ROADS, "max_depth_m", "greatest depth", depth_m, 2);
    lf_option_add_column(option, LF_ROADS, "width_m", "hides a field", wrong, 2);
    for (int run = 0; run < 2; run++) {
        CHECK(lf_io_write_layers(option, "layers_test.gpkg", &error) == LF_OK);
        CHECK(lf_io_sha256("layers_test.gpkg", run ? second : first, &error) == LF_OK);
    }
    CHECK_TEXT(second, first);
    CHECK(lf_io_write_layers(option, "nowhere/layers.gpkg", &error) != LF_OK);
    CHECK(error.code == LF_NOT_FOUND || error.code == LF_IO);
    fixture f = import_file("layers_test.gpkg", NULL); // no package, but a GIS file like others
    CHECK(f.code == LF_OK && lf_spec_count(f.spec, LF_ROADS) == 2);
    end_fixture(&f);
    if (system("ogrinfo --version > /dev/null 2>&1") == 0) {
        CHECK(system("ogrinfo -al layers_test.gpkg roads > layers.txt 2>&1") == 0);
        CHECK(system("grep -q 'max_depth_m (Real(Float32)) = 0.25' layers.txt") == 0);
        CHECK(system("grep -q 'max_depth_m (Real(Float32)) = (null)' layers.txt") == 0);
        CHECK(system("grep -q 'ERROR\\|Warning' layers.txt") != 0);
    } else {
        printf("ogrinfo is not installed: not compared\n");
    }
    lf_option_destroy(option);
    lf_twin_destroy(twin);
    return lf_check_end();
}
