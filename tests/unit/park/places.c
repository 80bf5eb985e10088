// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Stall places: numbering, permits, chargers, and where cars stand inside a polygon.
#include "check.h"
#include "estate.h"

static void numbering(void) {
    estate e;
    estate_open(&e);
    estate_single(&e, 4, 0);
    lf_parking *parking = lf_spec_at(e.spec, LF_PARKING, 0);
    parking->chargers = 2;
    parking->permit = LF_PERMIT_RESIDENT;
    for (int i = 0; i < 3; i++) {
        lf_stall *stall = lf_spec_add(e.spec, LF_STALLS);
        stall->row.shape = estate_box(&e, 20 + 3 * i, -8, 2.5, 5.3);
        stall->parking = i == 1 ? 1 : 0;
        stall->charger_kw = i == 1 ? 7 : 0;
        stall->heading_deg = 90;
    }
    CHECK(estate_compile(&e) == LF_OK);
    CHECK(lf_park_place_count(e.twin) == 6);
    lf_park_place places[6];
    lf_park_places(e.twin, places);
    CHECK(places[0].stall == 0 && places[0].parking == -1);
    CHECK(places[1].stall == 1 && places[1].parking == 0);
    CHECK(places[1].permit == LF_PERMIT_RESIDENT && places[0].permit == LF_PERMIT_ANY);
    for (int i = 3; i < 6; i++)
        CHECK(places[i].stall == -1 && places[i].parking == 0 && places[i].road == 0);
    CHECK(places[1].charger_kw == 7 && places[3].charger_kw == LF_PARK_CHARGER_KW);
    CHECK(places[4].charger_kw == 0);
    CHECK_NEAR(places[0].position.x, 21.25, 1e-9);
    CHECK_NEAR(places[0].heading_deg, 90, 1e-9);
    estate_close(&e);
}

// Nearest distance between two cars of the same lot.
static double closest_m(const lf_park_place *places, int count) {
    double best = INFINITY;
    for (int i = 0; i < count; i++)
        for (int k = 0; k < i; k++)
            best = fmin(best, hypot(places[i].position.x - places[k].position.x,
                                    places[i].position.y - places[k].position.y));
    return best;
}

static void layout(void) {
    const struct {
        double w, h;
        int capacity;
        double closest_m;
    } lots[] = {{50, 17, 40, 2.49}, {60, 2.5, 10, 5.99}, {20, 12, 12, 1.2}};
    for (size_t i = 0; i < sizeof lots / sizeof *lots; i++) {
        estate e;
        estate_open(&e);
        estate_single(&e, 1, 0);
        lf_parking *parking = lf_spec_at(e.spec, LF_PARKING, 0);
        parking->capacity = lots[i].capacity;
        parking->row.shape = estate_box(&e, 10, 10, lots[i].w, lots[i].h);
        CHECK(estate_compile(&e) == LF_OK);
        lf_park_place *places = calloc((size_t)lots[i].capacity, sizeof *places);
        CHECK(lf_park_place_count(e.twin) == lots[i].capacity);
        lf_park_places(e.twin, places);
        const lf_parking *row = lf_twin_rows(e.twin, LF_PARKING, &(int){0});
        for (int k = 0; k < lots[i].capacity; k++)
            CHECK(lf_shape_contains(&row->row.shape, places[k].position));
        CHECK(closest_m(places, lots[i].capacity) >= lots[i].closest_m);
        free(places);
        estate_close(&e);
    }
}

static void garage_stacks(void) {
    estate e;
    estate_open(&e);
    estate_single(&e, 500, 0);
    CHECK(estate_compile(&e) == LF_OK);
    lf_park_place *places = calloc(500, sizeof *places);
    lf_park_places(e.twin, places);
    const lf_parking *row = lf_twin_rows(e.twin, LF_PARKING, &(int){0});
    for (int k = 0; k < 500; k++)
        CHECK(lf_shape_contains(&row->row.shape, places[k].position));
    free(places);
    estate_close(&e);
}

int main(void) {
    numbering();
    layout();
    garage_stacks();
    return lf_check_end();
}
