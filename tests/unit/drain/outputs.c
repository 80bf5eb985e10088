// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// What a run leaves: ponding classes, levels, durations, standing water by cover, the first
// building with water inside, and figures that agree with the rasters and series they sum up.
#include "basin.h"
#include "drain/model.h"

static double steps(int col, int row) {
    (void)row;
    return 100 - 0.1 * (col / 10); // four terraces of 10 cells, 0.1 m each
}

// Water level with 100.05: depths 0.05, 0.15, 0.25 and 0.35.
static double still_water(int col, int row) {
    return 100.05 - steps(col, row);
}

static const lf_field_raster *raster(const run *r, const char *name) {
    const lf_field_raster *found = lf_option_raster(r->result, name);
    need(found != NULL);
    return found;
}

static float at(const run *r, const char *name, int col, int row) {
    const lf_field_raster *found = raster(r, name);
    return found->values[row * found->grid.cols + col];
}

static void still_pond(int scheme) {
    run r;
    basin_defaults(&r, 1);
    r.settings.surface.scheme = scheme;
    lf_spec *spec = basin_create(40, 10, 1, steps);
    start_water(spec, 40, 10, 1, still_water);
    lf_green *lawn = lf_spec_add(spec, LF_GREEN);
    need(lawn);
    lawn->row.shape = rectangle(spec, 20, 0, 30, 10);
    lawn->infiltration_mm_h = 0;
    for (int i = 0; i < 2; i++) {
        lf_building *house = lf_spec_add(spec, LF_BUILDINGS);
        need(house);
        house->row.shape = i ? rectangle(spec, 32, 4, 36, 7) : rectangle(spec, 22, 4, 26, 7);
        house->sill_m = 0.3;
        house->row.name = lf_spec_text(spec, i ? "low house" : "high house");
    }
    CHECK(run_open(&r, spec) == LF_OK);
    CHECK(run_all(&r) == LF_OK);
    for (int i = 0; i < 4; i++) {
        int col = 3 + 10 * i;
        CHECK_NEAR(at(&r, "max_depth_m", col, 1), 0.05 + 0.1 * i, 1e-4);
        CHECK_NEAR(at(&r, "level_m", col, 1), 100.05, 1e-4);
        CHECK_NEAR(at(&r, "max_level_m", col, 1), 100.05, 1e-4);
        CHECK_NEAR(at(&r, "velocity_m_s", col, 1), 0, 1e-3);
        CHECK_NEAR(at(&r, "hazard_m2_s", col, 1), (0.05 + 0.1 * i) * 0.5, 1e-3);
        CHECK_NEAR(at(&r, "duration_27cm_s", col, 1), i == 3 ? 600 : 0, 1e-3);
    }
    CHECK(at(&r, "max_class", 3, 1) == 1 && at(&r, "max_class", 23, 1) == 2);
    CHECK(at(&r, "max_class", 33, 1) == 3 && isnan(at(&r, "max_class", 33, 5)));
    CHECK(at(&r, "arrival_s", 33, 1) == 0 && isnan(at(&r, "arrival_s", 3, 1)));
    CHECK_NEAR(at(&r, "duration_s", 23, 1), 600, 1e-3);
    // Figures and series say the same.
    CHECK_NEAR(figure(&r, "drain.area_27cm_m2"), 100 - 12, 1e-6);
    CHECK_NEAR(figure(&r, "drain.flooded_27cm_s"), 600, 1e-3);
    CHECK_NEAR(figure(&r, "drain.max_hazard_m2_s"), 0.175, 2e-3);
    CHECK_NEAR(last_of(&r, "ponding", 2), 88, 1e-6);
    CHECK_NEAR(last_of(&r, "standing_water", 2), 88 * 0.25, 1e-2); // green
    CHECK_NEAR(last_of(&r, "standing_water", 1), 100 * 0.05 + 100 * 0.15 + 88 * 0.35, 1e-2);
    CHECK(figure(&r, "drain.flooded_buildings") == 1);
    CHECK(figure(&r, "drain.first_building_flooded_s") == 0);
    bool named = false;
    for (int i = 0; i < lf_option_note_count(r.result); i++) {
        named = named || strstr(lf_option_note_at(r.result, i)->text, "\"low house\"");
    }
    CHECK(named);
    const lf_column *when = lf_option_column(r.result, LF_BUILDINGS, "flooded_at_s");
    CHECK(when && isnan(when->values[0]) && when->values[1] == 0);
    run_close(&r);
}

// Water rises past both marks: times differ by what the flow takes to fill 12 cm more.
static void rising(void) {
    run r;
    basin_defaults(&r, 1);
    r.clock.stop_s = 1200;
    lf_spec *spec = basin_create(20, 20, 1, steps);
    for (int i = 0; i < 20; i++) {
        add_inflow(spec, 10.5, i + 0.5, 0.005); // 0.1 m3/s in all, on 400 m2
    }
    CHECK(run_open(&r, spec) == LF_OK);
    CHECK(run_all(&r) == LF_OK);
    // 0.1 m of the lower terrace is full after 200 s; then 0.25 mm/s.
    CHECK_NEAR(at(&r, "arrival_s", 15, 10), 200 + 0.05 / 0.00025, 20);
    double over = (double)at(&r, "duration_s", 15, 10) - (double)at(&r, "duration_27cm_s", 15, 10);
    printf("rising: over 15 cm at %.0f s, 27 cm %.0f s later\n",
           (double)at(&r, "arrival_s", 15, 10), over);
    CHECK_NEAR(over, 0.12 / 0.00025, 20);
    run_close(&r);
}

int main(void) {
    for (int scheme = LF_DRAIN_INERTIAL; scheme <= TEST_SCHEMES; scheme++) {
        still_pond(scheme);
    }
    rising();
    return lf_check_end();
}
