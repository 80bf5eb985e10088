// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Water: closed roads turn cars away or round, flooded stalls are not taken, cars on them count.
#include "check.h"
#include "estate.h"

static void closed_street_turns_away(void) {
    estate e;
    estate_open(&e);
    estate_single(&e, 5, 0);
    lf_park_trip trips[] = {{100, 3000, 0, -1, -1}, {1000, 600, 0, -1, -1}, {5000, 600, 0, -1, -1}};
    CHECK(estate_begin(&e, trips, 3) == LF_OK);
    float road_m[1] = {0}, parking_m[1] = {0};
    lf_exchange exchange = {.road_depth_m = road_m, .parking_depth_m = parking_m};
    for (int t = 0; t < 10000; t += 100) {
        road_m[0] = t >= 900 && t < 4500 ? 0.5f : 0.2f;
        lf_park_advance(e.model, &e.s, &exchange, t, t + 100);
    }
    CHECK(e.s.count[LF_PARK_TURNED_AWAY] == 1); // the second
    CHECK(e.s.count[LF_PARK_HELD] == 1);        // the first, from 3112 until after 4500
    CHECK(e.s.count[LF_PARK_SERVED] == 2);
    CHECK(e.s.count[LF_PARK_LEFT] == 2);
    CHECK_NEAR(e.s.road_closed_s[0], 3600, 1e-9);
    CHECK(e.s.count[LF_PARK_FLOODED_CARS] == 0);
    estate_close(&e);
}

static void flooded_lot(void) {
    estate e;
    estate_open(&e);
    estate_single(&e, 5, 0);
    lf_park_trip trips[] = {{100, 3000, 0, -1, -1}, {1000, 600, 0, -1, -1}};
    e.settings.patience_s = 0;
    CHECK(estate_begin(&e, trips, 2) == LF_OK);
    float road_m[1] = {0}, parking_m[1] = {0};
    lf_exchange exchange = {.road_depth_m = road_m, .parking_depth_m = parking_m};
    for (int t = 0; t < 10000; t += 100) {
        parking_m[0] = t >= 500 && t < 2000 ? 0.3f : 0;
        lf_park_advance(e.model, &e.s, &exchange, t, t + 100);
    }
    CHECK(e.s.count[LF_PARK_FLOODED_CARS] == 1);
    CHECK(e.s.count[LF_PARK_UNSERVED] == 1);
    CHECK(e.s.count[LF_PARK_SERVED] == 1 && e.s.count[LF_PARK_LEFT] == 2);
    estate_close(&e);
}

// A square: the short way is closed while the car is on its way; it drives round.
static void drives_round(void) {
    estate e;
    estate_open(&e);
    lf_id a = estate_node(&e, 0, 0), b = estate_node(&e, 100, 0), c = estate_node(&e, 100, 100),
          d = estate_node(&e, 0, 100), g = estate_node(&e, -50, 0);
    estate_road(&e, g, a);
    estate_road(&e, a, b); // 1: the short way
    estate_road(&e, b, c);
    estate_road(&e, a, d);
    estate_road(&e, d, c);
    estate_parking(&e, 110, 30, 3)->road = 3;
    estate_building(&e, 130, 30, 5);
    estate_gate(&e, g, 0);
    lf_park_trip trips[] = {{0, 600, 0, -1, -1}};
    for (int wet = 0; wet < 2; wet++) {
        CHECK(estate_begin(&e, trips, 1) == LF_OK);
        float road_m[5] = {0, wet ? 1.0f : 0, 0, 0, 0};
        lf_exchange exchange = {.road_depth_m = road_m};
        lf_park_advance(e.model, &e.s, NULL, 0, 5); // on the first road when the water comes
        lf_park_advance(e.model, &e.s, &exchange, 5, 300);
        CHECK(e.s.count[LF_PARK_SERVED] == 1);
        CHECK_NEAR(e.s.sum[LF_PARK_DRIVEN_M], wet ? 50 + 100 + 100 + 70 : 50 + 100 + 30, 1e-9);
        CHECK_NEAR(e.s.sum[LF_PARK_SEARCH_S], wet ? 28 : 0, 1e-9);
        estate_rewind(&e);
    }
    estate_close(&e);
}

// A wet day in a grid with roads closing and opening at random keeps every car.
static void storm_conserves(void) {
    estate e;
    estate_open(&e);
    estate_grid(&e, 4, 4, 20);
    CHECK(estate_begin(&e, NULL, 0) == LF_OK);
    int roads = e.model->road_count, parkings = e.model->parking_count;
    float *road_m = calloc((size_t)roads, sizeof *road_m);
    float *parking_m = calloc((size_t)parkings, sizeof *parking_m);
    lf_exchange exchange = {.road_depth_m = road_m, .parking_depth_m = parking_m};
    uint32_t x = 12345;
    int broken = 0;
    for (int t = 0; t < 86400; t += 300) {
        for (int r = 0; r < roads; r++)
            road_m[r] = ((x = x * 1664525u + 1013904223u) >> 24) < 50 ? 0.5f : 0;
        for (int p = 0; p < parkings; p++)
            parking_m[p] = ((x = x * 1664525u + 1013904223u) >> 24) < 20 ? 0.5f : 0;
        lf_park_advance(e.model, &e.s, &exchange, t, t + 300);
        broken += !lf_park_conserved(e.model, &e.s);
    }
    CHECK(broken == 0);
    CHECK(e.s.count[LF_PARK_FLOODED_CARS] > 0 && e.s.count[LF_PARK_TURNED_AWAY] > 0);
    free(road_m);
    free(parking_m);
    estate_close(&e);
}

int main(void) {
    closed_street_turns_away();
    flooded_lot();
    drives_round();
    storm_conserves();
    return lf_check_end();
}
