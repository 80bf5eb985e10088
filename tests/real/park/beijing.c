// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// A day of cars in the Beijing extract: what OSM knows of its parking is enough to run on, every
// car is kept, and what is wrong with the data is named.
#include "base/file.h"
#include "check.h"
#include "estate.h"
#include "lifang/io.h"

static const double window[4] = {116.3425, 39.9965, 116.3565, 40.0110};

static bool find_extract(char *path, size_t size) {
    const char *data = getenv("LIFANG_DATA");
    snprintf(path, size, "%s/data/osm_beijing_cau/beijing_cau.osm",
             data ? data : LF_SOURCE_DIR "/../shared");
    return lf_file_exists(path);
}

int main(void) {
    char path[1024];
    if (!find_extract(path, sizeof path)) {
        printf("skipped: %s is not there\n", path);
        return 77;
    }
    estate e;
    estate_open(&e);
    lf_import_def def = lf_default_import_def();
    def.path = path;
    def.clip = true;
    memcpy(def.clip_wsen, window, sizeof window);
    CHECK(lf_io_import(e.spec, &def, NULL, &e.error) == LF_OK);
    lf_code code = estate_begin(&e, NULL, 0);
    for (int i = 0; i < lf_issues_kept(e.issues); i++) {
        const lf_issue *issue = lf_issues_at(e.issues, i);
        printf("%s: %s\n", issue->feature, issue->message);
    }
    CHECK(code == LF_OK);
    if (code != LF_OK) {
        printf("%s\n", e.error.message);
        return lf_check_end();
    }
    printf("%d places in %d lots, %d gates, %d buildings, %d households, %d cars, %d road nodes\n",
           e.model->place_count, e.model->lot_count, e.model->entry_count, e.model->building_count,
           e.model->household_count, e.model->car_count, e.model->graph->node_count);
    for (int hour = 0; hour < 24; hour++) {
        estate_run(&e, 3600.0 * hour, 3600.0 * (hour + 1), 60);
        printf("%02d h: %lld parked, %lld searching\n", hour + 1,
               (long long)e.s.count[LF_PARK_TAKEN],
               (long long)e.s.count[LF_PARK_IN_MODE + LF_PARK_SEARCHING]);
    }
    CHECK(lf_park_conserved(e.model, &e.s));
    CHECK(e.s.count[LF_PARK_SERVED] > 0);
    for (int i = 0; i < LF_PARK_FIGURE_COUNT; i++) {
        double value = estate_figure(&e, lf_park_figures[i].name);
        printf("%s %g\n", lf_park_figures[i].name, value);
    }
    double occupancy = estate_figure(&e, "park.occupancy_max_ratio");
    CHECK(occupancy > 0 && occupancy <= 1);
    CHECK(estate_figure(&e, "park.unserved_ratio") <= 1);
    estate_close(&e);
    return lf_check_end();
}
