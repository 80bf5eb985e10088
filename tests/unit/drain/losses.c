// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Infiltration against exact solutions, rain from rasters, rasters of roughness and infiltration,
// and buildings as holes, blocks and porosity: the same rain in each, all of it booked.
#include "basin.h"
#include "drain/model.h"

static double flat(int col, int row) {
    (void)col;
    (void)row;
    return 100;
}

static double one_metre(int col, int row) {
    (void)col;
    (void)row;
    return 1;
}

// F - S ln(1 + F / S) = K t, for F by Newton's method.
static double green_ampt(double rate_m_s, double soil_m, double time_s) {
    double f = rate_m_s * time_s + sqrt(2 * rate_m_s * soil_m * time_s);
    for (int i = 0; i < 60; i++) {
        double wrong = f - soil_m * log1p(f / soil_m) - rate_m_s * time_s;
        f -= wrong * (f + soil_m) / f;
    }
    return f;
}

// A deep pond on a lawn: what went in after an hour.
static double soaked_m(int kind, double step_s, double mm_h, double *balance) {
    run r;
    basin_defaults(&r, 2);
    r.settings.losses.infiltration = kind;
    r.settings.surface.source_step_s = step_s;
    r.clock.stop_s = 3600;
    lf_spec *spec = basin_create(10, 10, 2, flat);
    start_water(spec, 10, 10, 2, one_metre);
    lf_green *lawn = lf_spec_add(spec, LF_GREEN);
    need(lawn);
    lawn->row.shape = rectangle(spec, -1, -1, 21, 21);
    lawn->infiltration_mm_h = mm_h;
    CHECK(run_open(&r, spec) == LF_OK);
    CHECK(run_all(&r) == LF_OK);
    *balance = figure(&r, "drain.balance_error_ratio");
    double depth = figure(&r, "drain.infiltration_m3") / 400;
    run_close(&r);
    return depth;
}

static void infiltration(void) {
    double balance, rate = 10 / 3.6e6, soil = 0.0889 * 0.25;
    double constant = soaked_m(LF_DRAIN_SOAK_CONSTANT, 1, 10, &balance);
    CHECK_NEAR(constant, 0.01, 1e-7);
    CHECK(balance < 1e-8);
    // Horton: fc t + (f0 - fc) / k (1 - exp(-k t)), k = 4 per hour, f0 = 3 fc.
    double horton = soaked_m(LF_DRAIN_SOAK_HORTON, 1, 10, &balance);
    double exact = 0.01 + 2 * 0.01 / 4 * (1 - exp(-4.0));
    printf("horton: %.7f m of %.7f m\n", horton, exact);
    CHECK_NEAR(horton, exact, 1e-6);
    CHECK(balance < 1e-8);
    for (int i = 0; i < 3; i++) {
        const double steps_s[] = {1, 5, 20};
        double ampt = soaked_m(LF_DRAIN_SOAK_GREEN_AMPT, steps_s[i], 10, &balance);
        exact = green_ampt(rate, soil, 3600);
        printf("green_ampt, steps of %2.0f s: %.7f m of %.7f m\n", steps_s[i], ampt, exact);
        CHECK_NEAR(ampt / exact, 1, 2e-3);
        CHECK(balance < 1e-8);
    }
}

// Soil takes no more than there is: light rain soaks away entirely, and later rain finds the soil
// as wet as it was left.
static void light_rain(int kind) {
    run r;
    basin_defaults(&r, 2);
    r.settings.losses.infiltration = kind;
    r.settings.storm.depth_mm = 5;
    r.settings.storm.duration_s = 3600;
    r.settings.losses.loss_grass_mm = 0;
    r.clock.stop_s = 3600;
    lf_spec *spec = basin_create(10, 10, 2, flat);
    lf_green *lawn = lf_spec_add(spec, LF_GREEN);
    need(lawn);
    lawn->row.shape = rectangle(spec, -1, -1, 21, 21);
    lawn->infiltration_mm_h = 10;
    CHECK(run_open(&r, spec) == LF_OK);
    CHECK(run_all(&r) == LF_OK);
    CHECK_NEAR(figure(&r, "drain.infiltration_m3") / 400, 0.005, 1e-8);
    CHECK(ledger_line(&r, "surface") < 1e-6);
    const lf_drain_arrays *a = (const lf_drain_arrays *)(const void *)r.arrays;
    if (kind == LF_DRAIN_SOAK_GREEN_AMPT) {
        float soaked = a->soaked_m[lf_drain_cell_index(r.model, 5, 5)];
        CHECK_NEAR(soaked, 0.005, 1e-6);
    }
    run_close(&r);
}

// ---- rain from rasters

static void rain_from_rasters(void) {
    run r;
    basin_defaults(&r, 2);
    r.clock.stop_s = 1200;
    lf_spec *spec = basin_create(20, 10, 2, flat);
    // Two steps of 5 min on 2 x 1 cells of 20 m; the second holds as long as the first.
    const double time_s[] = {0, 300};
    const float values[] = {36, 0, NAN, 72};
    lf_rain_grid rain = {{2, 1, 0, 0, 20}, 2, 0, time_s, values, LF_MEASURED, "radar"};
    need(lf_spec_set_rain(spec, &rain));
    CHECK(run_open(&r, spec) == LF_OK);
    CHECK(run_all(&r) == LF_OK);
    double exact = 400 * (36 + 72) / 3.6e6 * 300;
    printf("rain from rasters: %.9g m3 of %.9g m3\n", figure(&r, "drain.rain_m3"), exact);
    CHECK_NEAR(figure(&r, "drain.rain_m3") / exact, 1, 1e-6);
    CHECK(figure(&r, "drain.balance_error_ratio") < 1e-7);
    CHECK(lf_option_figure(r.result, "drain.rain_m3")->quality == LF_MEASURED);
    CHECK_NEAR(last_of(&r, "drain", 3) / exact, 1, 1e-5);
    run_close(&r);
    // Radar by the second within source steps of a minute.
    enum { SECONDS = 120 };
    double each_s[SECONDS];
    float rate[SECONDS];
    for (int i = 0; i < SECONDS; i++) {
        each_s[i] = i;
        rate[i] = (float)(i % 7);
    }
    basin_defaults(&r, 2);
    r.settings.surface.source_step_s = 60;
    spec = basin_create(20, 10, 2, flat);
    rain = (lf_rain_grid){{1, 1, 0, 0, 40}, SECONDS, 0, each_s, rate, LF_MEASURED, "radar"};
    need(lf_spec_set_rain(spec, &rain));
    CHECK(run_open(&r, spec) == LF_OK);
    CHECK(run_all(&r) == LF_OK);
    exact = 0;
    for (int i = 0; i < SECONDS; i++) {
        exact += 800 * (double)rate[i] / 3.6e6;
    }
    CHECK_NEAR(figure(&r, "drain.rain_m3") / exact, 1, 1e-6);
    run_close(&r);
}

// ---- rasters

static void rasters_win(void) {
    run r;
    basin_defaults(&r, 2);
    lf_spec *spec = basin_create(10, 10, 2, flat);
    start_water(spec, 10, 10, 2, one_metre);
    const float n[] = {0.05f, NAN, 0.05f, NAN}, rate[] = {NAN, 36, NAN, 36};
    lf_raster raster = {{2, 2, 0, 0, 10}, NULL, LF_MEASURED, "test"};
    memcpy(lf_spec_set_raster(spec, LF_RASTER_ROUGHNESS, &raster)->values, n, sizeof n);
    memcpy(lf_spec_set_raster(spec, LF_RASTER_INFILTRATION, &raster)->values, rate, sizeof rate);
    CHECK(run_open(&r, spec) == LF_OK);
    const lf_drain_model *model = r.model;
    CHECK_NEAR(model->plan.manning2[lf_drain_cell_index(model, 1, 4)], 0.0025, 1e-8);
    CHECK_NEAR(model->plan.manning2[lf_drain_cell_index(model, 9, 4)], 0.0004, 1e-8);
    CHECK(run_all(&r) == LF_OK);
    CHECK_NEAR(figure(&r, "drain.infiltration_m3"), 10 * 5 * 4 * 0.006, 1e-4);
    CHECK_NEAR(ledger_line(&r, "there at the start"), 400, 1e-9);
    run_close(&r);
}

// ---- buildings

static void buildings(int how, int scheme, bool downpipe) {
    run r;
    basin_defaults(&r, 2);
    r.settings.surface.buildings = how;
    r.settings.surface.scheme = scheme;
    r.settings.storm.depth_mm = 40;
    r.settings.storm.duration_s = 600;
    r.settings.losses.loss_roof_mm = 1;
    r.clock.stop_s = 1200;
    lf_spec *spec = basin_create(20, 20, 2, flat);
    lf_building *house = lf_spec_add(spec, LF_BUILDINGS);
    need(house);
    house->row.shape = rectangle(spec, 10.5, 10.5, 27.3, 21.9);
    house->height_m = 6;
    house->base_m = NAN;
    if (downpipe) {
        add_inflow(spec, 29, 16, 0)->kind = LF_INFLOW_DOWNPIPE;
    }
    CHECK(run_open(&r, spec) == LF_OK);
    const lf_drain_model *model = r.model;
    double roof = 0;
    for (int i = 0; i < model->roof_count; i++) {
        roof += (double)model->roofs[i].cells * 4;
    }
    CHECK(!downpipe || model->roof_count == 1);
    CHECK(run_all(&r) == LF_OK);
    printf("buildings %d: roof %.2f m2 of %.2f, rain %.4f m3, balance %.2g\n", how, roof,
           16.8 * 11.4, figure(&r, "drain.rain_m3"), figure(&r, "drain.balance_error_ratio"));
    CHECK_NEAR(figure(&r, "drain.rain_m3"), 1600 * 0.04, 1e-4);
    CHECK(figure(&r, "drain.balance_error_ratio") < 1e-7);
    if (how == LF_DRAIN_BUILDINGS_POROSITY) {
        CHECK_NEAR(roof, 16.8 * 11.4, 6);
    }
    run_close(&r);
}

// Sheet friction: arrays where a cover asks for it, none elsewhere.
static void sheets(void) {
    run r;
    basin_defaults(&r, 2);
    lf_spec *spec = basin_create(10, 10, 2, flat);
    lf_green *lawn = lf_spec_add(spec, LF_GREEN);
    need(lawn);
    lawn->row.shape = rectangle(spec, 0, 0, 10, 20);
    r.settings.losses.sheet_grass_ratio = 4;
    r.settings.surface.scheme = LF_DRAIN_SWE;
    r.settings.storm.depth_mm = 1;
    CHECK(run_open(&r, spec) == LF_OK);
    const lf_drain_model *model = r.model;
    CHECK_NEAR(model->plan.sheet[lf_drain_cell_index(model, 1, 4)], 15, 1e-6);
    CHECK(model->plan.sheet[lf_drain_cell_index(model, 8, 4)] == 0);
    run_close(&r);
}

int main(void) {
    infiltration();
    for (int kind = LF_DRAIN_SOAK_CONSTANT; kind <= LF_DRAIN_SOAK_GREEN_AMPT; kind++) {
        light_rain(kind);
    }
    rain_from_rasters();
    rasters_win();
    sheets();
    for (int scheme = LF_DRAIN_INERTIAL; scheme <= TEST_SCHEMES; scheme++) {
        buildings(LF_DRAIN_BUILDINGS_HOLE, scheme, false);
        buildings(LF_DRAIN_BUILDINGS_HOLE, scheme, true);
        buildings(LF_DRAIN_BUILDINGS_BLOCK, scheme, false);
    }
    if ((int)TEST_SCHEMES == (int)LF_DRAIN_SWE) {
        buildings(LF_DRAIN_BUILDINGS_POROSITY, LF_DRAIN_SWE, false);
    }
    return lf_check_end();
}
