// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// A day in small estates: conservation at every event, same bits however the day is cut, saved and
// resumed, and the properties a planner relies on.
#include "check.h"
#include "estate.h"

// Event by event: nothing is made or lost on the way.
static void conserves_every_event(void) {
    for (int seed = 1; seed <= 6; seed++) {
        estate e;
        estate_open(&e);
        estate_grid(&e, 3 + seed % 2, 1 + seed, 12);
        e.clock.seed = (uint64_t)seed;
        e.settings.illegal_ratio = seed % 3 == 0 ? 0.5 : 0;
        e.settings.guided = seed % 2;
        CHECK(estate_begin(&e, NULL, 0) == LF_OK);
        CHECK(lf_park_conserved(e.model, &e.s));
        long events = 0, broken = 0;
        double last_s = 0;
        for (int car; (car = lf_park_queue_first(&e.s)) >= 0 && e.s.car_event_s[car] < 86400;) {
            double now_s = e.s.car_event_s[car];
            broken += now_s < last_s;
            last_s = now_s;
            lf_park_queue_pop(&e.s);
            lf_park_event_run(e.model, &e.s, car, now_s);
            broken += !lf_park_conserved(e.model, &e.s);
            events++;
        }
        CHECK(events > 200);
        CHECK(broken == 0);
        CHECK(e.s.count[LF_PARK_SERVED] > 0 && e.s.count[LF_PARK_LEFT] > 0);
        CHECK(e.s.count[LF_PARK_ILLEGALLY] == 0 || seed % 3 == 0);
        CHECK(estate_figure(&e, "park.stalls") == lf_park_place_count(e.twin));
        const lf_ledger *ledger = lf_option_ledger_at(e.result, 0);
        CHECK(ledger->error == 0);
        estate_close(&e);
    }
}

static uint64_t run_hash(estate *e, double step_s) {
    CHECK(estate_begin(e, NULL, 0) == LF_OK);
    estate_run(e, 0, 86400, step_s);
    uint64_t hash = lf_state_hash(e->state);
    estate_rewind(e);
    return hash;
}

static void same_bits(void) {
    estate e;
    estate_open(&e);
    estate_grid(&e, 5, 3, 20);
    uint64_t hash = run_hash(&e, 3600);
    CHECK(run_hash(&e, 3600) == hash);
    CHECK(run_hash(&e, 60) == hash);
    CHECK(run_hash(&e, 86400) == hash);
    e.clock.seed = 2;
    CHECK(run_hash(&e, 3600) != hash);
    e.clock.seed = 1;
    // Saved in the middle of the evening and resumed.
    CHECK(estate_begin(&e, NULL, 0) == LF_OK);
    estate_run(&e, 0, 64800, 600);
    const char *path = "park-resume.state";
    CHECK(lf_state_save(e.state, 64800, 7, path, &e.error) == LF_OK);
    estate_rewind(&e);
    CHECK(estate_build(&e, NULL, 0) == LF_OK);
    double time_s = 0;
    CHECK(lf_state_load(e.state, &time_s, 7, path, &e.error) == LF_OK);
    CHECK(time_s == 64800);
    lf_state_bind(e.state, 0, &e.s);
    estate_run(&e, time_s, 86400, 600);
    CHECK(lf_state_hash(e.state) == hash);
    remove(path);
    estate_close(&e);
}

// Routes come out of a cache; how much it holds must not matter.
static void small_cache(void) {
    int64_t count[2][LF_PARK_COUNT_COUNT];
    double sum[2][LF_PARK_SUM_COUNT];
    for (int i = 0; i < 2; i++) {
        estate e;
        estate_open(&e);
        estate_grid(&e, 4, 3, 15);
        CHECK(estate_begin(&e, NULL, 0) == LF_OK);
        if (i == 1)
            e.model->tree_slots = 2; // of the slots that the state has room for
        estate_run(&e, 0, 86400, 3600);
        memcpy(count[i], e.s.count, sizeof count[i]);
        memcpy(sum[i], e.s.sum, sizeof sum[i]);
        count[i][LF_PARK_TREE_TURN] = 0;
        estate_close(&e);
    }
    CHECK(memcmp(count[0], count[1], sizeof count[0]) == 0);
    CHECK(memcmp(sum[0], sum[1], sizeof sum[0]) == 0);
}

// A twin compiled again from the same spec is the base case to the bit.
static void edit_free_option(void) {
    uint64_t hash[2];
    for (int i = 0; i < 2; i++) {
        estate e;
        estate_open(&e);
        estate_grid(&e, 4, 3, 15);
        hash[i] = run_hash(&e, 300);
        estate_close(&e);
    }
    CHECK(hash[0] == hash[1]);
}

static void more_stalls_serve_more(void) {
    double last = 2;
    for (int capacity = 1; capacity <= 13; capacity += 2) {
        double unserved = 0;
        for (int seed = 1; seed <= 4; seed++) {
            estate e;
            estate_open(&e);
            estate_grid(&e, 4, capacity, 30);
            e.clock.seed = (uint64_t)seed;
            CHECK(estate_begin(&e, NULL, 0) == LF_OK);
            estate_run(&e, 0, 86400, 3600);
            unserved += estate_figure(&e, "park.unserved_ratio") / 4;
            CHECK(estate_figure(&e, "park.occupancy_max_ratio") <= 1);
            estate_close(&e);
        }
        CHECK(unserved <= last);
        printf("%d per lot: unserved %.4f\n", capacity, unserved);
        last = unserved;
    }
    CHECK(last < 0.01);
}

// Plenty of room: everybody gets the wished place in free-flow time.
static void plenty_needs_no_search(void) {
    estate e;
    estate_open(&e);
    estate_grid(&e, 4, 60, 10);
    CHECK(estate_begin(&e, NULL, 0) == LF_OK);
    estate_run(&e, 0, 86400, 3600);
    CHECK(estate_figure(&e, "park.unserved_ratio") == 0);
    CHECK_NEAR(estate_figure(&e, "park.search_mean_s"), 0, 1e-6);
    CHECK(estate_figure(&e, "park.cruising_km") == 0);
    CHECK(estate_figure(&e, "park.driven_km") > 0);
    CHECK(estate_figure(&e, "park.walk_mean_m") > 0 && estate_figure(&e, "park.walk_mean_m") < 60);
    estate_close(&e);
}

// Time in the estate is distance over speed: one car, one road, to the second.
static void one_car_by_hand(void) {
    estate e;
    estate_open(&e);
    estate_single(&e, 1, 10);
    lf_park_trip trips[] = {{100, 600, 0, -1, -1}, {700, 60, 0, -1, -1}, {730, 60, 0, -1, -1}};
    e.settings.patience_s = 0;
    CHECK(estate_begin(&e, trips, 3) == LF_OK);
    // Through the gate at 110, 60 m at 5 m/s: parked at 122, out again at 722.
    estate_run(&e, 0, 121.999, 1000);
    CHECK(e.s.count[LF_PARK_TAKEN] == 0);
    lf_park_advance(e.model, &e.s, NULL, 121.999, 122.001);
    CHECK(e.s.count[LF_PARK_TAKEN] == 1);
    // The second comes to the lot at 722 too; the first leaves first by car number. The third is
    // through the gate at 740, finds the lot taken at 752 and goes: unserved.
    estate_run(&e, 122.001, 86400, 3600);
    CHECK(e.s.count[LF_PARK_SERVED] == 2);
    CHECK(e.s.count[LF_PARK_UNSERVED] == 1);
    CHECK(e.s.count[LF_PARK_LEFT] == 3);
    CHECK_NEAR(e.s.sum[LF_PARK_CRUISED_M], 0, 1e-9);
    estate_close(&e);
}

static void counters_set_the_start(void) {
    estate e;
    estate_open(&e);
    estate_grid(&e, 3, 10, 20);
    lf_sensor *sensor = lf_spec_add(e.spec, LF_SENSORS);
    sensor->kind = LF_SENSOR_STALL_COUNT;
    sensor->target = lf_spec_text(e.spec, "parking/2");
    sensor->row.shape = lf_spec_point(e.spec, (lf_vec2){0, 0});
    sensor->samples = lf_spec_samples(e.spec, (double[]){0, 3600}, (double[]){7, 9}, 2, 16 * 3600);
    // 16 h UTC is midnight in China.
    CHECK(estate_begin(&e, NULL, 0) == LF_OK);
    CHECK(e.s.parking_taken[1] == 7);
    estate_rewind(&e);
    e.clock.start_clock_s = 4000;
    CHECK(estate_begin(&e, NULL, 0) == LF_OK);
    CHECK(e.s.parking_taken[1] == 9);
    estate_close(&e);
}

static void money_and_charging(void) {
    estate e;
    estate_open(&e);
    estate_single(&e, 4, 0);
    lf_parking *parking = lf_spec_at(e.spec, LF_PARKING, 0);
    parking->fee_hour_cny = 3;
    parking->chargers = 1;
    lf_park_trip trips[] = {{0, 1700, 0, -1, -1}, {10, 7300, 0, -1, -1}};
    CHECK(estate_begin(&e, trips, 2) == LF_OK);
    estate_run(&e, 0, 86400, 3600);
    // The first stays within the free half hour, the second 2 h 1 min 40 s: three begun hours.
    CHECK(e.s.count[LF_PARK_FEN_VISITS] == 900);
    CHECK_NEAR(estate_figure(&e, "park.revenue_cny"), 9, 1e-9);
    estate_rewind(&e);
    e.settings.ev_ratio = 1;
    e.settings.charge_ratio = 1;
    e.settings.visitors_per_household_day = 1;
    e.settings.cars_per_household = 0;
    e.settings.deliveries_per_household_day = 0;
    CHECK(estate_begin(&e, NULL, 0) == LF_OK);
    estate_run(&e, 0, 86400, 3600);
    CHECK(e.s.count[LF_PARK_CHARGE_WANTED] >= 9);
    CHECK(e.s.count[LF_PARK_CHARGE_SERVED] >= 1);
    CHECK(estate_figure(&e, "park.charge_kwh") > 0);
    CHECK(estate_figure(&e, "park.charge_kwh") <= 15.0 * (double)e.s.count[LF_PARK_CHARGE_SERVED]);
    estate_close(&e);
}

int main(void) {
    one_car_by_hand();
    conserves_every_event();
    same_bits();
    edit_free_option();
    small_cache();
    more_stalls_serve_more();
    plenty_needs_no_search();
    counters_set_the_start();
    money_and_charging();
    return lf_check_end();
}
