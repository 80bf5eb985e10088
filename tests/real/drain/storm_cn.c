// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Storms against reference/environment/storm_cn.json under LIFANG_DATA: the official Shenzhen depth
// tables of 2024, the Chongqing formulas of 2017, and Chicago steps computed elsewhere.
#include "base/file.h"
#include "check.h"
#include "lifang/drain.h"

// The text behind "key": at or after `from`; NULL where there is none.
static const char *find_key(const char *from, const char *key) {
    char quoted[96];
    snprintf(quoted, sizeof quoted, "\"%s\"", key);
    const char *at = from ? strstr(from, quoted) : NULL;
    return at ? at + strlen(quoted) : NULL;
}

// Reads the numbers of a flat array that starts at the next '['; returns how many.
static int read_array(const char *from, double *values, int room) {
    int count = 0;
    const char *at = from ? strchr(from, '[') : NULL;
    const char *end = at ? strchr(at, ']') : NULL;
    for (at = at ? at + 1 : NULL; at && at < end && count < room;) {
        char *after = NULL;
        double value = strtod(at, &after);
        if (after == at) {
            at++;
            continue;
        }
        values[count++] = value;
        at = after;
    }
    return count;
}

static double read_number(const char *from) {
    return from ? strtod(strchr(from, ':') + 1, NULL) : NAN;
}

// The printed tables carry five figures: within 4e-5.
static void shenzhen(const char *text) {
    static const char *const ZONES[][2] = {{"西部", "shenzhen_2024_west"},
                                           {"中部", "shenzhen_2024_central"}};
    const double periods[] = {2, 3, 5, 10, 20, 30, 50, 100};
    double minutes[16], depth[16], worst = 0;
    int durations = read_array(find_key(text, "durations_min"), minutes, 16);
    CHECK(durations == 11);
    const char *tables = find_key(text, "depth_mm");
    for (int zone = 0; zone < 2; zone++) {
        const char *at = find_key(tables, ZONES[zone][0]);
        for (int p = 0; p < 8; p++) {
            char key[32];
            snprintf(key, sizeof key, "%g", periods[p]);
            at = find_key(at, key);
            CHECK(read_array(at, depth, 16) == durations);
            lf_drain_formula formula;
            CHECK(lf_drain_formula_find(ZONES[zone][1], periods[p], &formula, NULL) == LF_OK);
            for (int i = 0; i < durations; i++) {
                double ratio = lf_drain_formula_depth_mm(&formula, minutes[i]) / depth[i];
                worst = fmax(worst, fabs(ratio - 1));
            }
        }
    }
    printf("Shenzhen 2024: depth tables within %.2g\n", worst);
    CHECK(worst < 4e-5);
}

static void chongqing(const char *text) {
    static const char *const ROWS[] = {"chongqing_2017_shapingba", "chongqing_2017_yubei",
                                       "chongqing_2017_banan"};
    static const char *const KEYS[] = {"q_P2_t20", "q_P5_t60", "q_P50_t120"};
    const double periods[] = {2, 5, 50}, minutes[] = {20, 60, 120};
    const char *at = find_key(text, "chongqing");
    for (int row = 0; row < 3; row++) {
        for (int i = 0; i < 3; i++) {
            at = find_key(at, KEYS[i]);
            lf_drain_formula formula;
            CHECK(lf_drain_formula_find(ROWS[row], periods[i], &formula, NULL) == LF_OK);
            double q = lf_drain_formula_intensity_l_s_ha(&formula, minutes[i]);
            CHECK_NEAR(q / read_number(at), 1, 1e-12);
        }
    }
}

static void chicago(const char *text) {
    const char *at = find_key(text, "chicago");
    for (int i = 0; i < 2; i++) {
        double steps[64];
        at = find_key(at, "zone");
        double period = read_number(find_key(at, "P")), whole = read_number(find_key(at, "T"));
        double step = read_number(find_key(at, "dt"));
        lf_drain_storm storm = {.kind = LF_DRAIN_STORM_CHICAGO,
                                .factor = 1,
                                .duration_s = whole * 60,
                                .peak_ratio = read_number(find_key(at, "r"))};
        CHECK(lf_drain_formula_find("shenzhen_2024", period, &storm.formula, NULL) == LF_OK);
        CHECK_NEAR(lf_drain_storm_depth_mm(&storm, whole * 60) /
                       read_number(find_key(at, "total_mm")),
                   1, 1e-12);
        int count = read_array(find_key(at, "steps_mm"), steps, 64);
        CHECK(count == (int)(whole / step));
        for (int k = 0; k < count; k++) {
            double depth = lf_drain_storm_depth_mm(&storm, (k + 1) * step * 60) -
                           lf_drain_storm_depth_mm(&storm, k * step * 60);
            CHECK_NEAR(depth, steps[k], 1e-10);
        }
    }
}

int main(void) {
    char path[1024];
    const char *folder = getenv("LIFANG_DATA");
    lf_file_join(path, sizeof path, folder ? folder : LF_SOURCE_DIR "/../shared",
                 "reference/environment/storm_cn.json");
    char *text = NULL;
    size_t bytes = 0;
    if (!lf_file_exists(path) || lf_file_read(path, 1 << 24, &text, &bytes, NULL) != LF_OK) {
        printf("%s is not there\n", path);
        return 77;
    }
    shenzhen(text);
    chongqing(text);
    chicago(text);
    free(text);
    return lf_check_end();
}
