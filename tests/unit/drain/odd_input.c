// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Input at the edge of sense, through the module and with both schemes: each gives a defined result
// whose ledger closes, or a clear error.
#include "basin.h"
#include "drain/model.h"

static double flat(int col, int row) {
    (void)col;
    (void)row;
    return 100;
}

static double nowhere(int col, int row) {
    (void)col;
    (void)row;
    return NAN;
}

static double holes(int col, int row) {
    return (col * 7 + row * 3) % 5 == 0 ? NAN : 100 + 0.05 * col;
}

static double pits(int col, int row) {
    return 100 + 5 * ((col * 13 + row * 29) % 17) - 40.0 * ((col + row) % 2);
}

static double a_hair(int col, int row) {
    (void)col;
    (void)row;
    return 1e-6;
}

static double a_sea(int col, int row) {
    (void)row;
    return col < 5 ? 1000 : 1;
}

typedef struct odd {
    const char *name;
    int cols, rows;
    double cell_m;
    basin_ground *ground, *water;
    double rain_mm, stop_s;
    bool free_edge;
    double manning_s_m13;
} odd;

static void try_it(const odd *o, int scheme) {
    run r;
    basin_defaults(&r, o->cell_m);
    r.settings.surface.scheme = scheme;
    r.settings.surface.edge = o->free_edge ? LF_DRAIN_EDGE_FREE : LF_DRAIN_EDGE_CLOSED;
    r.settings.losses.manning_paved_s_m13 = o->manning_s_m13;
    r.settings.storm.depth_mm = o->rain_mm;
    r.settings.storm.duration_s = 300;
    r.clock.stop_s = o->stop_s;
    lf_spec *spec = basin_create(o->cols, o->rows, o->cell_m, o->ground);
    if (o->water) {
        start_water(spec, o->cols, o->rows, o->cell_m, o->water);
    }
    CHECK(run_open(&r, spec) == LF_OK);
    lf_code code = run_all(&r);
    double in = 0, lowest = 0;
    const lf_drain_model *model = r.model;
    const lf_drain_arrays *a = (const lf_drain_arrays *)(const void *)r.arrays;
    for (size_t k = 0; k < (size_t)model->plan.stride * model->plan.height; k++) {
        lowest = fmin(lowest, (double)a->depth_m[k]);
        CHECK(isfinite(a->depth_m[k]) && isfinite(a->flux_x_m2_s[k]));
    }
    const lf_ledger *ledger = lf_option_ledger_at(r.result, 0);
    for (int i = 0; ledger && i < ledger->in_count; i++) {
        in += ledger->in[i].amount;
    }
    printf("%-22s %d: in %.6g m3, balance %.2g, deepest %.6g m, %g steps\n", o->name, scheme, in,
           figure(&r, "drain.balance_error_ratio"), figure(&r, "drain.max_depth_m"),
           a->sums[SUM_STEPS]);
    CHECK(code == LF_OK && in > 0 && lowest >= 0);
    CHECK(fabs(ledger->error) <= 1e-6 * in); // also of a millilitre
    run_close(&r);
}

static void odd_worlds(void) {
    const odd worlds[] = {
        {"a single cell", 1, 1, 2, flat, NULL, 10, 600, false, 0.02},
        {"a single cell, free", 1, 1, 2, flat, NULL, 10, 600, true, 0.02},
        {"a strip in x", 200, 1, 2, flat, NULL, 10, 600, true, 0.02},
        {"a strip in y", 1, 200, 2, flat, NULL, 10, 600, true, 0.02},
        {"holes", 40, 30, 2, holes, NULL, 20, 600, true, 0.02},
        {"holes, walls around", 40, 30, 2, holes, NULL, 20, 600, false, 0.02},
        {"pits", 30, 30, 1, pits, NULL, 50, 600, false, 0.02},
        {"cells of 10 cm", 40, 40, 0.1, pits, NULL, 20, 60, true, 0.02},
        {"cells of 100 m", 20, 20, 100, pits, NULL, 20, 3600, true, 0.02},
        {"a micrometre of water", 20, 20, 2, flat, a_hair, 0, 600, true, 0.02},
        {"a kilometre of water", 10, 10, 20, flat, a_sea, 0, 60, false, 0.02},
        {"no friction", 30, 30, 2, pits, NULL, 30, 600, true, 0},
        {"a drop of rain", 20, 20, 2, flat, NULL, 1e-6, 600, false, 0.02},
    };
    for (size_t i = 0; i < sizeof worlds / sizeof worlds[0]; i++) {
        for (int scheme = LF_DRAIN_INERTIAL; scheme <= TEST_SCHEMES; scheme++) {
            try_it(&worlds[i], scheme);
        }
    }
}

// Terrain without a single value, and an estate beyond the terrain: errors that say so.
static void no_ground(void) {
    run r;
    lf_twin *twin = NULL;
    lf_error error = {0};
    lf_spec *empty = basin_create(10, 10, 2, nowhere);
    CHECK(lf_twin_compile(empty, &twin, NULL, &error) == LF_EMPTY && !twin);
    CHECK(strstr(error.message, "100 of 100 cells have no height") != NULL);
    lf_spec_destroy(empty);
    basin_defaults(&r, 2);
    r.settings.surface.margin_m = 0;
    r.settings.storm.depth_mm = 10;
    lf_spec *spec = basin_create(10, 10, 2, flat);
    lf_green *far = lf_spec_add(spec, LF_GREEN);
    need(far);
    far->row.shape = rectangle(spec, 500, 500, 510, 510);
    CHECK(run_open(&r, spec) == LF_MISSING);
    CHECK(strstr(r.error.message, "does not cover") != NULL);
    run_close(&r);
    basin_defaults(&r, 2);
    r.settings.surface.buildings = LF_DRAIN_BUILDINGS_POROSITY;
    r.settings.storm.depth_mm = 10;
    CHECK(run_open(&r, basin_create(10, 10, 2, flat)) == LF_INVALID);
    CHECK_TEXT(r.error.path, "modules.drain.surface.buildings");
    run_close(&r);
    basin_defaults(&r, 2);
    CHECK(run_open(&r, basin_create(10, 10, 2, flat)) == LF_MISSING); // no water of any kind
    CHECK(strstr(r.error.message, "no storm") != NULL);
    run_close(&r);
}

// Nothing happens before the storm, and what happens then does not depend on the wait.
static void dry_hour(int scheme) {
    float depth[2];
    for (int late = 0; late < 2; late++) {
        run r;
        basin_defaults(&r, 2);
        r.settings.surface.scheme = scheme;
        r.settings.storm.depth_mm = 20;
        r.settings.storm.duration_s = 600;
        r.clock.start_clock_s = 8 * 3600;
        r.settings.storm.start_clock_s = (8 + late) * 3600;
        r.clock.stop_s = 1200 + late * 3600;
        CHECK(run_open(&r, basin_create(30, 30, 2, holes)) == LF_OK);
        CHECK(run_all(&r) == LF_OK);
        const lf_drain_arrays *a = (const lf_drain_arrays *)(const void *)r.arrays;
        depth[late] = a->depth_m[lf_drain_cell_index(r.model, 12, 11)];
        run_close(&r);
    }
    CHECK(depth[0] > 0);
    CHECK_NEAR(depth[1] / depth[0], 1, 1e-4); // the hour shifts roundings of time
}

// Water that is no number: where and when, by name.
static void unstable(void) {
    run r;
    basin_defaults(&r, 2);
    r.settings.storm.depth_mm = 20;
    lf_spec *spec = basin_create(30, 30, 2, flat);
    add_inflow(spec, 13, 31, 0.01)->row.name = lf_spec_text(spec, "spring");
    CHECK(run_open(&r, spec) == LF_OK);
    lf_drain_arrays *a = (lf_drain_arrays *)(void *)r.arrays;
    CHECK(run_between(&r, 0, 120) == LF_OK);
    a->depth_m[lf_drain_cell_index(r.model, 5, 15)] = NAN;
    CHECK(run_between(&r, 120, 240) == LF_UNSTABLE);
    printf("%s\n", r.error.message);
    CHECK(strstr(r.error.message, "column 5, row 15 (11.0 east, 31.0 north") != NULL);
    CHECK(strstr(r.error.message, "inflows 1 \"spring\"") != NULL);
    CHECK(strstr(r.error.message, "at 120.0 s") != NULL);
    run_close(&r);
}

int main(void) {
    odd_worlds();
    no_ground();
    for (int scheme = LF_DRAIN_INERTIAL; scheme <= TEST_SCHEMES; scheme++) {
        dry_hour(scheme);
    }
    unstable();
    return lf_check_end();
}
