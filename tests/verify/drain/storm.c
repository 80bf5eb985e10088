// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Storms: the Chicago integral closes on the formula for any step, peak and duration; uniform and
// series storms; the formulas that ship.
#include "check.h"
#include "lifang/drain.h"

static void chicago_closes(const char *name, double period, double minutes, double peak,
                           int steps) {
    lf_drain_storm storm = {.kind = LF_DRAIN_STORM_CHICAGO, .peak_ratio = peak, .factor = 1};
    CHECK(lf_drain_formula_find(name, period, &storm.formula, NULL) == LF_OK);
    storm.duration_s = minutes * 60;
    double sum = 0, before = 0, highest = 0;
    int peak_step = -1;
    for (int i = 1; i <= steps; i++) {
        double now = lf_drain_storm_depth_mm(&storm, storm.duration_s * i / steps);
        CHECK(now >= before);
        if (now - before > highest) {
            highest = now - before;
            peak_step = i - 1;
        }
        sum += now - before;
        before = now;
    }
    double exact = lf_drain_formula_depth_mm(&storm.formula, minutes);
    CHECK_NEAR(sum / exact, 1, 1e-12);
    CHECK(abs(peak_step - (int)(peak * steps)) <= 1);
    CHECK(lf_drain_storm_depth_mm(&storm, -5) == 0);
    CHECK_NEAR(lf_drain_storm_depth_mm(&storm, 1e9), exact, 1e-12 * exact);
    storm.factor = 1.2;
    CHECK_NEAR(lf_drain_storm_depth_mm(&storm, storm.duration_s), 1.2 * exact, 1e-12 * exact);
}

// The deepest rain of any window of length t inside a Chicago storm is the formula's depth of t.
static void chicago_is_the_envelope(void) {
    lf_drain_storm storm = {
        .kind = LF_DRAIN_STORM_CHICAGO, .peak_ratio = 0.4, .factor = 1, .duration_s = 7200};
    CHECK(lf_drain_formula_find("shenzhen_2024", 5, &storm.formula, NULL) == LF_OK);
    for (int minutes = 5; minutes <= 60; minutes += 5) {
        double begin = 7200 * 0.4 - minutes * 60 * 0.4;
        double depth = lf_drain_storm_depth_mm(&storm, begin + minutes * 60) -
                       lf_drain_storm_depth_mm(&storm, begin);
        double exact = lf_drain_formula_depth_mm(&storm.formula, minutes);
        CHECK_NEAR(depth / exact, 1, 1e-12);
    }
}

static void other_storms(void) {
    lf_drain_storm even = {
        .kind = LF_DRAIN_STORM_UNIFORM, .depth_mm = 30, .duration_s = 600, .factor = 1};
    CHECK_NEAR(lf_drain_storm_depth_mm(&even, 300), 15, 1e-12);
    CHECK_NEAR(lf_drain_storm_depth_mm(&even, 6000), 30, 1e-12);
    const double time_s[] = {0, 300, 600, 900}, rate[] = {12, NAN, 60, 6};
    lf_drain_storm gauge = {.kind = LF_DRAIN_STORM_SERIES,
                            .sample_count = 4,
                            .time_s = time_s,
                            .rate_mm_h = rate,
                            .factor = 1};
    CHECK_NEAR(lf_drain_storm_depth_mm(&gauge, 150), 0.5, 1e-12);
    CHECK_NEAR(lf_drain_storm_depth_mm(&gauge, 600), 1, 1e-12);
    CHECK_NEAR(lf_drain_storm_depth_mm(&gauge, 5000), 1 + 5 + 0.5, 1e-12);
}

static void formulas(void) {
    lf_drain_formula f;
    lf_error error = {0};
    CHECK(lf_drain_formula_find("shenzhen_2024", 50, &f, &error) == LF_OK);
    CHECK_TEXT(f.name, "shenzhen_2024_central");
    CHECK(f.quality == LF_TAGGED && f.year == 2024);
    CHECK_NEAR(f.a_l_s_ha, 4367.217, 1e-9);
    CHECK(lf_drain_formula_find("shenzhen_2024", 7, &f, &error) == LF_RANGE);
    CHECK(lf_drain_formula_find("atlantis", 5, &f, &error) == LF_UNKNOWN_KEY);
    CHECK(strstr(error.message, "shenzhen_2024_west") != NULL);
    CHECK(lf_drain_formula_find("beijing_2016_2", 0, &f, &error) == LF_RANGE);
    CHECK(lf_drain_formula_find("beijing_2016_2", 3, &f, &error) == LF_OK);
    CHECK(f.quality == LF_ASSUMED);
    CHECK_NEAR(f.a_l_s_ha, 1602 * (1 + 1.037 * log10(3)), 1e-9);
    CHECK(lf_drain_formula_find("chengdu_old", 10, &f, &error) == LF_OK);
    CHECK_NEAR(f.b_min, 12.8 * pow(10, 0.231), 1e-12);
    // A longer return period rains more, a longer duration is weaker but deeper.
    double before = 0;
    const double periods[] = {1, 2, 3, 5, 10, 20, 30, 50, 100};
    for (int i = 0; i < 9; i++) {
        CHECK(lf_drain_formula_find("shenzhen_2024_west", periods[i], &f, &error) == LF_OK);
        double depth = lf_drain_formula_depth_mm(&f, 60);
        CHECK(depth > before);
        CHECK(lf_drain_formula_intensity_l_s_ha(&f, 120) <
              lf_drain_formula_intensity_l_s_ha(&f, 60));
        CHECK(lf_drain_formula_depth_mm(&f, 120) > depth);
        before = depth;
    }
}

int main(void) {
    chicago_closes("shenzhen_2024", 50, 120, 0.4, 24);
    chicago_closes("shenzhen_2024_west", 3, 180, 0.375, 36);
    chicago_closes("chongqing_2017_yubei", 7.5, 60, 0.5, 7);
    chicago_closes("beijing_2016_2", 2, 1440, 0, 1441);
    chicago_closes("beijing_2016_2", 2, 1440, 1, 999);
    chicago_is_the_envelope();
    other_storms();
    formulas();
    return lf_check_end();
}
