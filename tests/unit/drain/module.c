// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The drain module on a small estate: ledger, outputs, monotonic answers, same bits for any number
// of threads and after a checkpoint, refusals.
#include "basin.h"

static double figure_of(double period, double diameter_m, const char *name) {
    run r;
    run_defaults(&r);
    r.settings.storm.period_years = period;
    CHECK(run_open(&r, estate_create(true, true, diameter_m)) == LF_OK);
    CHECK(run_all(&r) == LF_OK);
    double value = figure(&r, name);
    CHECK(figure(&r, "drain.balance_error_ratio") < 1e-6);
    run_close(&r);
    return value;
}

static void whole_run(void) {
    run r;
    run_defaults(&r);
    CHECK(run_open(&r, estate_create(true, true, 0.2)) == LF_OK);
    lf_code code = run_all(&r);
    CHECK(code == LF_OK);
    for (int i = 0; i < lf_drain_module.figure_count; i++) {
        const lf_figure *f = lf_option_figure(r.result, lf_drain_module.figures[i].name);
        CHECK(f != NULL);
        printf("  %-28s %12.6g %s (%s)\n", f->def->name, f->value, f->def->unit,
               lf_quality_name(f->quality));
    }
    for (int i = 0; i < lf_option_note_count(r.result); i++) {
        printf("  note: %s\n", lf_option_note_at(r.result, i)->text);
    }
    const lf_ledger *ledger = lf_option_ledger_at(r.result, 0);
    CHECK(ledger && ledger->error_ratio < 1e-6);
    // All rain is there: depth of the formula times the area with ground.
    lf_drain_formula formula;
    CHECK(lf_drain_formula_find("shenzhen_2024", 50, &formula, NULL) == LF_OK);
    const lf_grid *grid = lf_option_depth_grid(r.result);
    double rain = figure(&r, "drain.rain_m3");
    double area = (double)grid->cols * grid->rows - 3; // three cells are a hole
    CHECK_NEAR(rain / (lf_drain_formula_depth_mm(&formula, 60) / 1000 * area), 1, 1e-6);
    CHECK(figure(&r, "drain.max_depth_m") > 0.1 && figure(&r, "drain.max_depth_m") < 1.0);
    CHECK(figure(&r, "drain.to_pipes_m3") > 0);
    CHECK(figure(&r, "drain.outflow_m3") > 0 && figure(&r, "drain.outflow_m3") < rain);
    CHECK(figure(&r, "drain.infiltration_m3") > 0);
    const lf_series *gauges = lf_option_series(r.result, "gauges");
    CHECK(gauges && gauges->count == 13 && gauges->column_count == 1);
    CHECK_TEXT(gauges->columns[0], "bowl_depth_m");
    CHECK(gauges->values[6] > 0.05f);
    CHECK(lf_option_column(r.result, LF_ROADS, "max_depth_m")->values[0] > 0.1f);
    CHECK(lf_option_column(r.result, LF_DRAIN_LINKS, "load_ratio")->values[2] > 0.5f);
    CHECK(lf_option_frame_count(r.result) == 13);
    CHECK(lf_option_raster(r.result, "max_depth_m") != NULL);
    CHECK(r.exchange.road_depth_m[0] >= 0 && r.exchange.building_depth_m[0] > 0);
    const lf_field_raster *depth = lf_option_raster(r.result, "max_depth_m");
    int col = 60 - (int)depth->grid.x0, row = 42 - (int)depth->grid.y0;
    CHECK(isnan(depth->values[row * depth->grid.cols + col])); // the hole
    run_close(&r);
}

static void answers_are_monotonic(void) {
    double small = figure_of(2, 0.2, "drain.max_depth_m");
    double large = figure_of(100, 0.2, "drain.max_depth_m");
    double wide = figure_of(100, 0.6, "drain.max_depth_m");
    printf("max depth: 2 years %.3f m, 100 years %.3f m, with DN600 %.3f m\n", small, large, wide);
    CHECK(small < large);
    CHECK(wide < large);
    CHECK(figure_of(100, 0.6, "drain.flooded_area_m2") <
          figure_of(100, 0.2, "drain.flooded_area_m2"));
}

static uint64_t hash_with(int threads) {
    run r;
    run_defaults(&r);
    r.clock.stop_s = 2400;
    r.env.pool = lf_pool_create(threads);
    CHECK(run_open(&r, estate_create(true, true, 0.3)) == LF_OK);
    CHECK(run_all(&r) == LF_OK);
    uint64_t hash = lf_state_hash(r.state);
    run_close(&r);
    lf_pool_destroy(r.env.pool);
    return hash;
}

static void same_bits(void) {
    uint64_t one = hash_with(1);
    CHECK(hash_with(2) == one);
    CHECK(hash_with(3) == one);
    // Saved in the middle of the storm and resumed in another process's place.
    const char *path = "drain_checkpoint.state";
    run first, second;
    run_defaults(&first);
    first.clock.stop_s = 2400;
    CHECK(run_open(&first, estate_create(true, true, 0.3)) == LF_OK);
    CHECK(run_between(&first, 0, 1200) == LF_OK);
    CHECK(lf_state_save(first.state, 1200, lf_twin_hash(first.twin), path, NULL) == LF_OK);
    run_defaults(&second);
    CHECK(run_open(&second, estate_create(true, true, 0.3)) == LF_OK);
    double time_s = 0;
    CHECK(lf_state_load(second.state, &time_s, lf_twin_hash(second.twin), path, NULL) == LF_OK);
    CHECK(time_s == 1200);
    CHECK(run_between(&second, 1200, 2400) == LF_OK);
    CHECK(lf_state_hash(second.state) == one);
    run_close(&first);
    run_close(&second);
    remove(path);
}

// Water poured in by the network alone: what goes in comes out or stays.
static void blocked_outfall(void) {
    run r;
    run_defaults(&r);
    lf_spec *spec = estate_create(true, true, 0.3);
    lf_drain_node *outfall = lf_spec_at(spec, LF_DRAIN_NODES, 3);
    outfall->outfall_level_m = 501; // the river stands above the street
    CHECK(run_open(&r, spec) == LF_OK);
    CHECK(run_all(&r) == LF_OK);
    CHECK(figure(&r, "drain.balance_error_ratio") < 1e-6);
    CHECK(lf_option_ledger_at(r.result, 0)->out[1].amount == 0);
    CHECK(figure(&r, "drain.surcharged_length_m") > 50);
    run_close(&r);
}

static void refuse(bool terrain, bool pipes, lf_code expected, const char *word) {
    run r;
    run_defaults(&r);
    CHECK(run_open(&r, estate_create(terrain, pipes, 0.3)) == expected);
    CHECK(strstr(r.error.message, word) != NULL);
    run_close(&r);
}

static void refusals(void) {
    refuse(false, true, LF_MISSING, "terrain");
    refuse(true, false, LF_MISSING, "pipes");
    run r;
    run_defaults(&r);
    r.settings.pipes = LF_DRAIN_PIPES_NONE;
    r.clock.stop_s = 600;
    CHECK(run_open(&r, estate_create(true, false, 0.3)) == LF_OK);
    CHECK(run_all(&r) == LF_OK);
    CHECK(figure(&r, "drain.to_pipes_m3") == 0);
    run_close(&r);
    run_defaults(&r);
    r.settings.storm.formula = "";
    CHECK(run_open(&r, estate_create(true, true, 0.3)) == LF_MISSING);
    CHECK_TEXT(r.error.path, "modules.drain.storm");
    run_close(&r);
    run_defaults(&r);
    r.settings.storm.formula = "";
    r.settings.storm.sensor = "nobody";
    CHECK(run_open(&r, estate_create(true, true, 0.3)) == LF_REFERENCE);
    run_close(&r);
    run_defaults(&r);
    r.settings.surface.cell_m = 0.005;
    CHECK(run_open(&r, estate_create(true, true, 0.3)) == LF_RANGE);
    run_close(&r);
}

// Before the storm nothing moves; the rain of a gauge is the rain that falls.
static void dry_hour_and_gauge(void) {
    run r;
    run_defaults(&r);
    lf_spec *spec = estate_create(true, true, 0.3);
    lf_sensor *sensor = lf_spec_add(spec, LF_SENSORS);
    need(sensor);
    const double time_s[] = {0, 300, 600}, values[] = {0, 60, 0};
    sensor->kind = LF_SENSOR_RAIN;
    sensor->row.name = lf_spec_text(spec, "rain 1");
    sensor->row.quality = LF_MEASURED;
    sensor->row.shape = lf_spec_point(spec, (lf_vec2){40, 40});
    sensor->samples = lf_spec_samples(spec, time_s, values, 3, 1.7e9);
    r.settings.storm.formula = "";
    r.settings.storm.sensor = "rain 1";
    r.clock.start_clock_s = 8 * 3600;
    r.settings.storm.start_clock_s = 9 * 3600;
    r.clock.stop_s = 5400;
    CHECK(run_open(&r, spec) == LF_OK);
    CHECK(run_between(&r, 0, 3600) == LF_OK);
    const lf_series *totals = lf_option_series(r.result, "drain");
    CHECK(totals->count == 7 && totals->values[6 * totals->column_count + 3] == 0);
    CHECK(run_between(&r, 3600, 5400) == LF_OK);
    totals = lf_option_series(r.result, "drain");
    CHECK(totals->values[7 * totals->column_count + 3] > 0);
    CHECK(lf_drain_module.finish(r.model, r.arrays, &r.exchange, r.result, &r.error) == LF_OK);
    const lf_grid *grid = lf_option_depth_grid(r.result);
    double area = (double)grid->cols * grid->rows - 3;
    CHECK_NEAR(figure(&r, "drain.rain_m3") / (0.005 * area), 1, 1e-6);
    CHECK(lf_option_figure(r.result, "drain.rain_m3")->quality == LF_MEASURED);
    run_close(&r);
}

// What the measures of a renovation do, one at a time.
static void measures_help(void) {
    double kept[4], area[4], outflow[4], depth[4];
    for (int variant = 0; variant < 4; variant++) {
        run r;
        run_defaults(&r);
        r.clock.stop_s = 5400;
        lf_spec *spec = estate_create(true, true, 0.2);
        lf_green *green = lf_spec_add(spec, LF_GREEN); // a lawn beside the bowl
        need(green);
        green->row.shape = rectangle(spec, 8, 8, 32, 17);
        if (variant == 1) {
            green->depression_m = 0.4;
            green->infiltration_mm_h = 100;
        } else if (variant == 2) {
            ((lf_building *)lf_spec_at(spec, LF_BUILDINGS, 0))->green_roof_ratio = 1;
        } else if (variant == 3) {
            ((lf_road *)lf_spec_at(spec, LF_ROADS, 0))->permeable_ratio = 1;
        }
        CHECK(run_open(&r, spec) == LF_OK);
        CHECK(run_all(&r) == LF_OK);
        CHECK(figure(&r, "drain.balance_error_ratio") < 1e-6);
        kept[variant] = figure(&r, "drain.kept_m3") + figure(&r, "drain.infiltration_m3");
        area[variant] = figure(&r, "drain.flooded_area_m2");
        outflow[variant] = figure(&r, "drain.outflow_m3");
        depth[variant] = figure(&r, "drain.max_depth_m");
        printf("variant %d: kept %.1f m3, flooded %.0f m2, outflow %.1f m3, depth %.3f m\n",
               variant, kept[variant], area[variant], outflow[variant], depth[variant]);
        run_close(&r);
    }
    for (int variant = 1; variant < 4; variant++) {
        CHECK(kept[variant] > kept[0]);
        CHECK(area[variant] <= area[0]);
        CHECK(outflow[variant] < outflow[0]);
    }
    CHECK(depth[1] < depth[0]);
    CHECK(area[1] < area[0]);
    CHECK_NEAR(kept[2] - kept[0], 0.025 * 42 * 11, 0.2); // 25 mm on 42 x 11 cells of roof
}

typedef struct lf_meter {
    long left; // allocations until one fails
    long live;
} lf_meter;

static void *metered(void *user, void *block, size_t old_bytes, size_t new_bytes) {
    lf_meter *meter = user;
    (void)old_bytes;
    if (new_bytes == 0) {
        meter->live -= block != NULL;
        free(block);
        return NULL;
    }
    if (meter->left-- <= 0) {
        return NULL;
    }
    meter->live += block == NULL;
    return realloc(block, new_bytes);
}

// Every allocation of the model may fail: an error, nothing leaked.
static void memory_runs_out(void) {
    lf_code code = LF_MEMORY;
    int tries = 0;
    for (; code == LF_MEMORY && tries < 500; tries++) {
        run r;
        lf_meter meter = {tries, 0};
        const lf_allocator allocator = {metered, &meter};
        run_defaults(&r);
        lf_spec *spec = estate_create(true, true, 0.3);
        const double time_s[] = {0, 60}, flow_m3_s[] = {0.1, 0.2};
        add_inflow(spec, 30, 60, 0)->flow_sensor =
            add_sensor(spec, LF_SENSOR_FLOW, time_s, flow_m3_s, 2);
        add_inflow(spec, 53, 33, 0)->kind = LF_INFLOW_DOWNPIPE;
        add_line_row(spec, LF_SECTIONS, 5, 45, 70, 45);
        add_line_row(spec, LF_CULVERTS, 30, 45, 40, 45);
        add_line_row(spec, LF_OPEN_EDGES, 0, 20, 0, 60);
        ((lf_open_edge *)add_line_row(spec, LF_OPEN_EDGES, 30, 45, 40, 46))->kind =
            LF_OPEN_EDGE_FLOW;
        need(lf_twin_compile(spec, &r.twin, NULL, &r.error) == LF_OK);
        lf_spec_destroy(spec);
        r.env.allocator = &allocator;
        lf_module_input input = {r.twin, &r.settings, &r.clock, &r.env, NULL};
        code = lf_drain_module.model_create(&input, &r.model, NULL, &r.error);
        CHECK(code == LF_OK || (code == LF_MEMORY && !r.model));
        run_close(&r);
        CHECK(meter.live == 0);
    }
    CHECK(code == LF_OK && tries > 5);
}

int main(void) {
    whole_run();
    measures_help();
    memory_runs_out();
    answers_are_monotonic();
    same_bits();
    blocked_outfall();
    refusals();
    dry_hour_and_gauge();
    return lf_check_end();
}
