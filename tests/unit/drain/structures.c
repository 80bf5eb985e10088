// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Culverts, weirs, pumps and garage mouths: their formulas, and what they do between two basins.
#include "basin.h"
#include "drain/model.h"

// Two basins of 10 x 20 cells of 2 m with a wall of 3 m between them.
static double two_basins(int col, int row) {
    (void)row;
    return col == 10 ? 103 : 100;
}

static double left_full(int col, int row) {
    (void)row;
    return col < 10 ? 1 : 0;
}

static double basin_level(const run *r, bool right) {
    const lf_drain_model *model = r->model;
    const lf_drain_arrays *a = (const lf_drain_arrays *)(const void *)r->arrays;
    double sum = 0;
    for (int row = 0; row < 20; row++) {
        for (int col = right ? 11 : 0; col < (right ? 21 : 10); col++) {
            sum += (double)a->depth_m[lf_drain_cell_index(model, col, row)];
        }
    }
    return sum / 200;
}

static lf_culvert *open_basins(run *r, int kind, lf_spec **spec) {
    basin_defaults(r, 2);
    *spec = basin_create(21, 20, 2, two_basins);
    start_water(*spec, 21, 20, 2, left_full);
    lf_culvert *culvert = add_line_row(*spec, LF_CULVERTS, 15, 20, 27, 20);
    culvert->kind = kind;
    culvert->width_m = 1;
    culvert->height_m = 0.8;
    return culvert;
}

// Flow falls with the head to nothing, never swings back, and both sides end level.
static void culvert_evens_out(int kind) {
    run r;
    lf_spec *spec;
    open_basins(&r, kind, &spec);
    r.clock.stop_s = 3600;
    CHECK(run_open(&r, spec) == LF_OK);
    CHECK(run_all(&r) == LF_OK);
    const lf_series *flows = lf_option_series(r.result, "structures");
    float least = 0;
    for (int i = 1; flows && i < flows->count; i++) {
        least = fminf(least, flows->values[i]);
    }
    double left = basin_level(&r, false), right = basin_level(&r, true);
    printf("kind %d: first minute %.3f m3/s, levels %.4f and %.4f m, least flow %.2g\n", kind,
           (double)flows->values[1], left, right, (double)least);
    CHECK(flows->values[1] > 0.5f && flows->values[1] < 3);
    CHECK(least > -1e-3f);
    CHECK_NEAR(left, 0.5, 0.02);
    CHECK_NEAR(right, 0.5, 0.02);
    CHECK(figure(&r, "drain.balance_error_ratio") < 1e-7);
    CHECK_NEAR(lf_option_column(r.result, LF_CULVERTS, "volume_m3")->values[0], 400, 16);
    run_close(&r);
}

// A weir keeps what stands below its crest.
static void weir_holds_back(void) {
    run r;
    lf_spec *spec;
    lf_culvert *weir = open_basins(&r, LF_CULVERT_WEIR, &spec);
    weir->invert_from_m = 100.6;
    weir->width_m = 4;
    r.clock.stop_s = 3600;
    CHECK(run_open(&r, spec) == LF_OK);
    CHECK(run_all(&r) == LF_OK);
    printf("weir: left %.4f m\n", basin_level(&r, false));
    CHECK_NEAR(basin_level(&r, false), 0.6, 0.01);
    CHECK_NEAR(basin_level(&r, true), 0.4, 0.01);
    CHECK(figure(&r, "drain.balance_error_ratio") < 1e-7);
    run_close(&r);
}

// A pump starts, runs at its capacity, and stops at its lower mark.
static void pump_stops(void) {
    run r;
    lf_spec *spec;
    lf_culvert *pump = open_basins(&r, LF_CULVERT_PUMP, &spec);
    pump->capacity_m3_s = 1;
    pump->start_depth_m = 0.5;
    pump->stop_depth_m = 0.2;
    r.clock.stop_s = 1800;
    CHECK(run_open(&r, spec) == LF_OK);
    CHECK(run_all(&r) == LF_OK);
    const lf_series *flows = lf_option_series(r.result, "structures");
    printf("pump: %.4f m3/s, left %.4f m\n", (double)flows->values[1], basin_level(&r, false));
    CHECK_NEAR(flows->values[1], 1, 1e-3);
    CHECK(flows->values[flows->count - 1] == 0);
    CHECK_NEAR(basin_level(&r, false), 0.2, 0.05); // drawn down around it
    CHECK(figure(&r, "drain.balance_error_ratio") < 1e-7);
    run_close(&r);
}

// Water above the sill runs down until the garage is full, and is booked there.
static void garage_fills(void) {
    run r;
    lf_spec *spec;
    lf_culvert *mouth = open_basins(&r, LF_CULVERT_GARAGE_MOUTH, &spec);
    mouth->width_m = 5;
    lf_parking *garage = lf_spec_add(spec, LF_PARKING);
    need(garage);
    garage->row.shape = rectangle(spec, 24, 10, 34, 16); // 60 m2, 180 m3
    garage->kind = LF_PARKING_UNDERGROUND;
    garage->sill_m = 0.2;
    garage->capacity = 5;
    r.clock.stop_s = 1800;
    CHECK(run_open(&r, spec) == LF_OK);
    CHECK(run_all(&r) == LF_OK);
    printf("garage: %.3f m3\n", figure(&r, "drain.garage_m3"));
    CHECK_NEAR(figure(&r, "drain.garage_m3"), 180, 1e-3);
    CHECK_NEAR(r.exchange.parking_depth_m[0], 3, 1e-4);
    CHECK_NEAR(ledger_line(&r, "garages"), 180, 1e-3);
    CHECK(figure(&r, "drain.balance_error_ratio") < 1e-7);
    run_close(&r);
}

// ---- formulas

static void formulas(void) {
    lf_drain_model model = {.settings = {.structures = {.weir_m05_s = 1.7}}};
    lf_drain_structure s = {.kind = LF_CULVERT_WEIR, .width_m = 2, .barrels = 1};
    CHECK_NEAR(lf_drain_structure_m3_s(&model, &s, 0.5, -1), 1.7 * 2 * pow(0.5, 1.5), 1e-12);
    // Villemonte: half drowned.
    CHECK_NEAR(lf_drain_structure_m3_s(&model, &s, 0.5, 0.25) /
                   lf_drain_structure_m3_s(&model, &s, 0.5, 0),
               pow(1 - pow(0.5, 1.5), 0.385), 1e-12);
    CHECK(lf_drain_structure_m3_s(&model, &s, 0.5, 0.5) == 0);
    CHECK(lf_drain_structure_m3_s(&model, &s, 0.2, 0.5) < 0);
    // A full barrel: energy line with entry, exit and friction.
    lf_drain_structure box = {.kind = LF_CULVERT_BARREL,
                              .width_m = 1,
                              .height_m = 1,
                              .length_m = 30,
                              .roughness_s_m13 = 0.013,
                              .loss_ratio = 1.5,
                              .barrels = 2};
    double friction = 2 * 9.80665 * 0.013 * 0.013 * 30 / pow(0.25, 4.0 / 3.0);
    double full = 2 * sqrt(2 * 9.80665 * 0.2 / (1.5 + friction));
    CHECK_NEAR(lf_drain_structure_m3_s(&model, &box, 2.2, 2.0), full, 1e-9);
    CHECK_NEAR(lf_drain_structure_m3_s(&model, &box, 2.0, 2.2), -full, 1e-9);
    // Its entry controls where it is steep: Boyd's equation for a free entry.
    box.to_m = -3;
    CHECK_NEAR(lf_drain_structure_m3_s(&model, &box, 0.5, -2.5),
               2 * 0.544 * sqrt(9.80665) * pow(0.5, 1.5), 1e-9);
    box.capacity_m3_s = 0.1;
    CHECK_NEAR(lf_drain_structure_m3_s(&model, &box, 0.5, -2.5), 0.1, 1e-12);
    // More head never means less flow, over a wide range of both levels.
    box.capacity_m3_s = box.to_m = 0;
    int falls = 0;
    for (int d = 0; d < 40; d++) {
        double before = 0;
        for (int u = d; u < 80; u++) {
            double flow = lf_drain_structure_m3_s(&model, &box, 0.05 * u, 0.05 * d);
            falls += flow < before * (1 - 1e-9);
            before = flow;
        }
    }
    CHECK(falls == 0);
}

int main(void) {
    formulas();
    culvert_evens_out(LF_CULVERT_BARREL);
    culvert_evens_out(LF_CULVERT_UNDERPASS);
    weir_holds_back();
    pump_stops();
    garage_fills();
    return lf_check_end();
}
