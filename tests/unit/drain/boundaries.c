// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Inflows and open edges: exact volumes of constant and changing flows, levels that fill and drain,
// lines inside, walls in a free edge, both schemes.
#include "basin.h"
#include "drain/model.h"

static double flat(int col, int row) {
    (void)col;
    (void)row;
    return 100;
}

static double ramp(int col, int row) {
    (void)row;
    return 100 - 0.01 * col;
}

// A triangle of flow between 60 and 300 s, samples off the steps: its area comes in exactly.
static void triangle(int scheme) {
    run r;
    basin_defaults(&r, 2);
    r.settings.surface.scheme = scheme;
    lf_spec *spec = basin_create(40, 30, 2, flat);
    const double time_s[] = {60.3, 180.7, 299.9}, values[] = {0, 2, 0};
    lf_inflow *inflow = add_inflow(spec, 41, 31, 99); // the number does not count
    inflow->flow_sensor = add_sensor(spec, LF_SENSOR_FLOW, time_s, values, 3);
    CHECK(run_open(&r, spec) == LF_OK);
    CHECK(run_all(&r) == LF_OK);
    double area = 0.5 * 2 * (299.9 - 60.3);
    printf("triangle: %.9g m3 of %.9g m3, balance %.2g\n", ledger_line(&r, "inflow"), area,
           figure(&r, "drain.balance_error_ratio"));
    CHECK_NEAR(ledger_line(&r, "inflow") / area, 1, 1e-12);
    CHECK_NEAR(figure(&r, "drain.inflow_m3") / area, 1, 1e-12);
    CHECK(figure(&r, "drain.balance_error_ratio") < 1e-7);
    CHECK(last_of(&r, "drain", 3) > 239);
    run_close(&r);
}

// Water comes in over the west edge and leaves over the free part of the east edge.
static void through(int scheme) {
    run r;
    basin_defaults(&r, 2);
    r.settings.surface.scheme = scheme;
    r.clock.stop_s = 1800;
    lf_spec *spec = basin_create(40, 10, 2, ramp);
    lf_open_edge *in = add_line_row(spec, LF_OPEN_EDGES, 0, 0, 0, 20);
    in->kind = LF_OPEN_EDGE_FLOW;
    in->flow_m2_s = 0.05;
    in->row.name = lf_spec_text(spec, "brook");
    lf_open_edge *out = add_line_row(spec, LF_OPEN_EDGES, 80.5, 0, 80.5, 20);
    out->kind = LF_OPEN_EDGE_FREE;
    lf_section_line *section = add_line_row(spec, LF_SECTIONS, 40, -5, 40, 25);
    section->row.name = lf_spec_text(spec, "middle");
    CHECK(run_open(&r, spec) == LF_OK);
    CHECK(run_all(&r) == LF_OK);
    CHECK_NEAR(ledger_line(&r, "open_edges 1 brook"), 0.05 * 20 * 1800, 1e-2);
    CHECK(figure(&r, "drain.balance_error_ratio") < 1e-7);
    // Steady in the end: what comes in crosses the section northward-drawn, to its right, and
    // leaves.
    printf("through: in %.5f, section %.5f, out %.5f m3/s\n", (double)last_of(&r, "edges", 0),
           (double)last_of(&r, "sections", 0), (double)last_of(&r, "edges", 1));
    CHECK_NEAR(last_of(&r, "edges", 0), 1, 1e-4);
    CHECK_NEAR(last_of(&r, "sections", 0), 1, 1e-4);
    CHECK_NEAR(last_of(&r, "edges", 1), -1, 1e-4);
    CHECK(lf_option_column(r.result, LF_OPEN_EDGES, "inflow_m3")->values[0] > 1799);
    // Exactly what left plus what stands east of it.
    const lf_drain_model *model = r.model;
    const lf_drain_arrays *a = (const lf_drain_arrays *)(const void *)r.arrays;
    double east = 0;
    for (int i = 0; i < 200; i++) {
        east += 4 * (double)a->depth_m[lf_drain_cell_index(model, 20 + i % 20, i / 20)];
    }
    double crossed = lf_drain_section_m3(model, a, 0);
    CHECK_NEAR(crossed, east + ledger_line(&r, "open_edges 2"), 1e-4);
    CHECK_NEAR(lf_option_column(r.result, LF_SECTIONS, "volume_m3")->values[0], crossed, 1e-3);
    run_close(&r);
}

// A level outside fills the basin to itself; when it falls the water leaves again.
static void tide(int scheme) {
    run r;
    basin_defaults(&r, 2);
    r.settings.surface.scheme = scheme;
    r.clock.stop_s = 7200;
    r.clock.report_every_s = 600;
    lf_spec *spec = basin_create(20, 20, 2, flat);
    const double time_s[] = {0, 600, 3600, 3660}, values[] = {100, 100.5, 100.5, 100.1};
    lf_open_edge *edge = add_line_row(spec, LF_OPEN_EDGES, 10, 40, 30, 40);
    edge->kind = LF_OPEN_EDGE_LEVEL;
    edge->level_sensor = add_sensor(spec, LF_SENSOR_LEVEL, time_s, values, 4);
    CHECK(run_open(&r, spec) == LF_OK);
    CHECK(run_between(&r, 0, 3600) == LF_OK);
    double high = last_of(&r, "drain", 3) / 1600;
    CHECK(run_between(&r, 3600, 7200) == LF_OK);
    double low = last_of(&r, "drain", 3) / 1600;
    CHECK(lf_drain_module.finish(r.model, r.arrays, &r.exchange, r.result, &r.error) == LF_OK);
    printf("tide: %.4f m, then %.4f m\n", high, low);
    CHECK_NEAR(high, 0.5, 0.01);
    CHECK_NEAR(low, 0.1, 0.01);
    CHECK(figure(&r, "drain.balance_error_ratio") < 1e-6);
    run_close(&r);
}

// A line of flow inside wets the cells that it crosses, and only those at first.
static void line_inside(void) {
    run r;
    basin_defaults(&r, 2);
    lf_spec *spec = basin_create(40, 30, 2, flat);
    lf_open_edge *line = add_line_row(spec, LF_OPEN_EDGES, 20, 21, 59, 21);
    line->kind = LF_OPEN_EDGE_FLOW;
    line->flow_m2_s = 0.01;
    CHECK(run_open(&r, spec) == LF_OK);
    CHECK(run_all(&r) == LF_OK);
    CHECK_NEAR(ledger_line(&r, "inflow"), 0.01 * 39 * 600, 1e-6);
    CHECK(figure(&r, "drain.balance_error_ratio") < 1e-7);
    run_close(&r);
}

// In a free edge a row of kind closed is a wall; a stretch of flow does not reach beyond its line.
static void closed_stretch(void) {
    double kept[2];
    for (int closed = 0; closed < 2; closed++) {
        run r;
        basin_defaults(&r, 2);
        r.settings.surface.edge = LF_DRAIN_EDGE_FREE;
        lf_spec *spec = basin_create(20, 20, 2, flat);
        add_inflow(spec, 21, 21, 1);
        const double ring[5][2] = {{0, 0}, {40, 0}, {40, 40}, {0, 40}, {0, 0}};
        for (int i = 0; closed && i < 4; i++) {
            lf_open_edge *wall = add_line_row(spec, LF_OPEN_EDGES, ring[i][0], ring[i][1],
                                              ring[i + 1][0], ring[i + 1][1]);
            wall->kind = LF_OPEN_EDGE_CLOSED;
        }
        CHECK(run_open(&r, spec) == LF_OK);
        CHECK(run_all(&r) == LF_OK);
        kept[closed] = last_of(&r, "drain", 3);
        run_close(&r);
    }
    CHECK(kept[0] < 500);
    CHECK_NEAR(kept[1], 600, 1e-3);
}

// Negative inflow draws what is there and no more.
static void drawing_off(void) {
    run r;
    basin_defaults(&r, 2);
    lf_spec *spec = basin_create(20, 20, 2, flat);
    add_inflow(spec, 5, 5, 0.5);
    add_inflow(spec, 35, 35, -2);
    CHECK(run_open(&r, spec) == LF_OK);
    CHECK(run_all(&r) == LF_OK);
    double drawn = ledger_line(&r, "drawn off");
    CHECK(drawn > 50 && drawn < 300);
    CHECK_NEAR(ledger_line(&r, "surface"), 300 - drawn, 1e-4);
    CHECK(figure(&r, "drain.balance_error_ratio") < 1e-7);
    run_close(&r);
}

// Rows that touch nothing are said to, and do nothing.
static void rows_off_the_grid(void) {
    run r;
    basin_defaults(&r, 2);
    lf_spec *spec = basin_create(20, 20, 2, flat);
    add_inflow(spec, 500, 5, 1);
    lf_open_edge *edge = add_line_row(spec, LF_OPEN_EDGES, 20, 10, 20, 30);
    edge->kind = LF_OPEN_EDGE_LEVEL;
    edge->level_m = 101;
    CHECK(run_open(&r, spec) == LF_OK);
    CHECK(lf_issues_count(r.issues, LF_WARNING) == 2);
    CHECK(run_all(&r) == LF_OK);
    CHECK(ledger_line(&r, "surface") == 0);
    run_close(&r);
}

static uint64_t hash_with(int threads, int scheme, bool halves) {
    run r;
    basin_defaults(&r, 2);
    r.settings.surface.scheme = scheme;
    r.settings.storm.depth_mm = 20;
    r.settings.storm.duration_s = 300;
    r.settings.losses.infiltration = LF_DRAIN_SOAK_GREEN_AMPT;
    r.settings.losses.paved_mm_h = 5;
    r.env.pool = lf_pool_create(threads);
    const char *path = "drain_edges.state";
    for (int part = 0; part < (halves ? 2 : 1); part++) {
        lf_spec *spec = basin_create(90, 70, 2, ramp);
        lf_open_edge *in = add_line_row(spec, LF_OPEN_EDGES, 0, 20, 0, 60);
        in->kind = LF_OPEN_EDGE_FLOW;
        in->flow_m2_s = 0.03;
        lf_open_edge *out = add_line_row(spec, LF_OPEN_EDGES, 180, 0, 180, 140);
        out->kind = LF_OPEN_EDGE_LEVEL;
        out->level_m = 98.5;
        lf_culvert *pump = add_line_row(spec, LF_CULVERTS, 60, 60, 120, 60);
        pump->kind = LF_CULVERT_PUMP;
        pump->capacity_m3_s = 0.2;
        pump->start_depth_m = 0.03;
        lf_culvert *pipe = add_line_row(spec, LF_CULVERTS, 40, 90, 150, 90);
        pipe->width_m = 0.4;
        add_line_row(spec, LF_SECTIONS, 90, 0, 91, 140);
        CHECK(run_open(&r, spec) == LF_OK);
        double time_s = 0;
        if (part) {
            CHECK(lf_state_load(r.state, &time_s, lf_twin_hash(r.twin), path, NULL) == LF_OK);
        }
        CHECK(run_between(&r, time_s, halves && !part ? 240 : 600) == LF_OK);
        if (halves && !part) {
            CHECK(lf_state_save(r.state, 240, lf_twin_hash(r.twin), path, NULL) == LF_OK);
            lf_pool *pool = r.env.pool;
            lf_drain_settings settings = r.settings;
            lf_clock clock = r.clock;
            run_close(&r);
            memset(&r, 0, sizeof r);
            r.settings = settings;
            r.clock = clock;
            r.env.pool = pool;
        }
    }
    uint64_t hash = lf_state_hash(r.state);
    run_close(&r);
    lf_pool_destroy(r.env.pool);
    remove(path);
    return hash;
}

static void same_bits(int scheme) {
    uint64_t one = hash_with(1, scheme, false);
    CHECK(hash_with(2, scheme, false) == one);
    CHECK(hash_with(3, scheme, false) == one);
    CHECK(hash_with(2, scheme, true) == one);
}

int main(void) {
    for (int scheme = LF_DRAIN_INERTIAL; scheme <= TEST_SCHEMES; scheme++) {
        triangle(scheme);
        through(scheme);
        tide(scheme);
        same_bits(scheme);
    }
    line_inside();
    closed_stretch();
    drawing_off();
    rows_off_the_grid();
    return lf_check_end();
}
