// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Bad input is named with its feature before anything runs, missing data with what to add, and
// every failing allocation of the model is survived.
#include "check.h"
#include "estate.h"

static void missing_data(void) {
    estate e;
    estate_open(&e);
    CHECK(estate_begin(&e, NULL, 0) == LF_MISSING && strstr(e.error.message, "drivable roads"));
    estate_close(&e);

    estate_open(&e);
    estate_road(&e, estate_node(&e, 0, 0), estate_node(&e, 50, 0));
    estate_building(&e, 20, 20, 5);
    CHECK(estate_begin(&e, NULL, 0) == LF_MISSING && strstr(e.error.message, "needs stalls"));
    estate_close(&e);

    estate_open(&e);
    estate_road(&e, estate_node(&e, 0, 0), estate_node(&e, 50, 0));
    estate_parking(&e, 20, 10, 5);
    CHECK(estate_begin(&e, NULL, 0) == LF_MISSING && strstr(e.error.message, "buildings"));
    estate_close(&e);

    estate_open(&e);
    estate_single(&e, 5, 0);
    ((lf_building *)lf_spec_at(e.spec, LF_BUILDINGS, 0))->kind = LF_USE_SHED;
    CHECK(estate_begin(&e, NULL, 0) == LF_MISSING && strstr(e.error.message, "households"));
    e.settings.households = 10;
    CHECK(estate_begin(&e, NULL, 0) == LF_OK);
    CHECK(e.model->household_count == 10);
    estate_close(&e);
}

static void named_rows(void) {
    estate e;
    estate_open(&e);
    estate_single(&e, 5, 0);
    estate_parking(&e, 30, 10, 0);
    estate_parking(&e, 30, 200, 3);
    lf_id far_a = estate_node(&e, 0, 500), far_b = estate_node(&e, 90, 500);
    estate_road(&e, far_a, far_b);
    estate_parking(&e, 40, 510, 3);
    CHECK(estate_begin(&e, NULL, 0) == LF_OK);
    CHECK(estate_has_issue(&e, "parking/2", "zero capacity"));
    CHECK(estate_has_issue(&e, "parking/3", "more than 60 m"));
    CHECK(estate_has_issue(&e, "parking/4", "no gate leads"));
    CHECK(!estate_has_issue(&e, "parking/1", ""));
    estate_run(&e, 0, 86400, 3600);
    CHECK(e.s.parking_taken_max[3] == 0 && e.s.parking_taken_max[0] > 0);
    estate_close(&e);
}

static void impossible_numbers(void) {
    for (int i = 0; i < 4; i++) {
        estate e;
        estate_open(&e);
        estate_single(&e, 5, 1);
        CHECK(estate_compile(&e) == LF_OK);
        // Past the spec's own checks: the frozen rows are edited, as a faulty measure could.
        int count;
        lf_gate *gate = (lf_gate *)(uintptr_t)lf_twin_rows(e.twin, LF_GATES, &count);
        lf_parking *parking = (lf_parking *)(uintptr_t)lf_twin_rows(e.twin, LF_PARKING, &count);
        if (i == 0)
            gate->lanes_in = -1;
        if (i == 1)
            gate->service_out_s = -3;
        if (i == 2)
            parking->capacity = -5;
        if (i == 3)
            parking->fee_hour_cny = NAN;
        CHECK(estate_build(&e, NULL, 0) == LF_RANGE);
        CHECK(strstr(e.error.message, i < 2 ? "gates/1" : "parking/1") != NULL);
        estate_close(&e);
    }
}

static void backward_day(void) {
    estate e;
    estate_open(&e);
    estate_single(&e, 5, 0);
    e.settings.weekend.return_until_s = 3600;
    CHECK(estate_begin(&e, NULL, 0) == LF_RANGE);
    CHECK_TEXT(e.error.path, "modules.park.weekend");
    estate_close(&e);
}

static void one_way_island(void) {
    estate e;
    estate_open(&e);
    lf_id a = estate_node(&e, 0, 0), b = estate_node(&e, 100, 0), c = estate_node(&e, 200, 0);
    estate_road(&e, a, b);
    estate_road(&e, b, c)->oneway = LF_FORWARD; // in, never out again
    estate_parking(&e, 150, 10, 5);
    estate_building(&e, 150, 30, 10);
    estate_gate(&e, a, 0);
    CHECK(estate_begin(&e, NULL, 0) == LF_TOPOLOGY);
    CHECK(estate_has_issue(&e, "parking/1", "no gate leads"));
    estate_close(&e);
}

static void no_gates(void) {
    estate e;
    estate_open(&e);
    estate_single(&e, 5, 0);
    lf_spec_keep(e.spec, LF_GATES, &(bool){false});
    CHECK(estate_begin(&e, NULL, 0) == LF_OK);
    CHECK(estate_has_issue(&e, "gates", "2 open ends"));
    estate_run(&e, 0, 86400, 3600);
    CHECK(estate_figure(&e, "park.gate_wait_mean_s") == 0);
    estate_close(&e);
}

// An allocator that fails after `left` calls and keeps count of what is out.
typedef struct miser {
    long left, out;
} miser;

static void *miser_resize(void *user, void *block, size_t old_bytes, size_t new_bytes) {
    (void)old_bytes;
    miser *m = user;
    if (new_bytes == 0) {
        m->out--;
        free(block);
        return NULL;
    }
    if (m->left-- <= 0)
        return NULL;
    m->out += block == NULL;
    return realloc(block, new_bytes);
}

static void failing_memory(void) {
    estate e;
    estate_open(&e);
    estate_grid(&e, 3, 3, 10);
    CHECK(estate_compile(&e) == LF_OK);
    int failed = 0;
    for (long n = 0; n < 200; n++) {
        miser m = {n, 0};
        lf_allocator allocator = {miser_resize, &m};
        e.env.allocator = &allocator;
        lf_module_input input = {
            .twin = e.twin, .settings = &e.settings, .clock = &e.clock, .env = &e.env};
        lf_park_model *model = NULL;
        lf_code code = lf_park_model_build(&input, NULL, 0, &model, NULL, &e.error);
        CHECK(code == LF_OK || (code == LF_MEMORY && !model));
        failed += code != LF_OK;
        lf_park_model_free(model);
        CHECK(m.out == 0);
        if (code == LF_OK)
            break;
    }
    CHECK(failed > 5 && failed < 200);
    e.env.allocator = NULL;
    estate_close(&e);
}

int main(void) {
    missing_data();
    named_rows();
    impossible_numbers();
    backward_day();
    one_way_island();
    no_gates();
    failing_memory();
    return lf_check_end();
}
