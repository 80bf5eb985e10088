// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Random small networks: one-way streets, islands, dead ends, several gates, lots that no one can
// reach. Whatever comes out of it, it is refused with a sentence or keeps every car at every event,
// dry and wet, and comes to an end.
#include "base/random.h"
#include "check.h"
#include "estate.h"

enum { NODES = 12, ROADS = 22 };

static uint32_t dice(uint64_t seed, int i, int what, uint32_t sides) {
    return lf_random_below(seed, (uint64_t)i, (uint64_t)what, sides);
}

static void random_estate(estate *e, uint64_t seed) {
    lf_id node[NODES];
    for (int i = 0; i < NODES; i++)
        node[i] = estate_node(e, 50.0 * (i % 4) + dice(seed, i, 0, 20),
                              50.0 * (i / 4) + dice(seed, i, 1, 20));
    for (int i = 0; i < ROADS; i++) {
        int a = (int)dice(seed, i, 2, NODES), b = (int)dice(seed, i, 3, NODES);
        if (a == b)
            continue;
        lf_road *road = estate_road(e, node[a], node[b]);
        road->oneway = (int)dice(seed, i, 4, 6) % 3;
        road->speed_m_s = 2 + dice(seed, i, 5, 8);
        if (dice(seed, i, 6, 2)) {
            lf_vec2 p = estate_at(e, node[a]), q = estate_at(e, node[b]);
            lf_parking *parking =
                estate_parking(e, (p.x + q.x) / 2 + 3, (p.y + q.y) / 2, (int)dice(seed, i, 7, 5));
            parking->permit = (int)dice(seed, i, 8, 10) % 5;
            parking->chargers = (int)dice(seed, i, 9, 3);
            if (parking->chargers > parking->capacity)
                parking->chargers = parking->capacity;
            estate_building(e, (p.x + q.x) / 2 + 20, (p.y + q.y) / 2 + 15, 8);
        }
    }
    for (int i = 0; i < 1 + (int)dice(seed, 99, 10, 3); i++)
        estate_gate(e, node[dice(seed, i, 11, NODES)], 3.0 * dice(seed, i, 12, 4));
}

// Events until the end of the day; -1 = something was lost.
static long run_day(estate *e, uint64_t seed, bool wet) {
    float *road_m = calloc((size_t)e->model->road_count, sizeof *road_m);
    lf_exchange exchange = {.road_depth_m = road_m};
    long events = 0;
    for (int hour = 0; hour < 24 && events >= 0; hour++) {
        for (int r = 0; wet && r < e->model->road_count; r++)
            road_m[r] = dice(seed, r + 1000 * hour, 13, 5) == 0 ? 0.4f : 0.1f;
        lf_park_flood(e->model, &e->s, &exchange, 3600.0 * hour, 3600.0 * (hour + 1));
        for (int car; (car = lf_park_queue_first(&e->s)) >= 0 &&
                      e->s.car_event_s[car] < 3600.0 * (hour + 1);) {
            lf_park_queue_pop(&e->s);
            lf_park_event_run(e->model, &e->s, car, e->s.car_event_s[car]);
            events++;
            if (!lf_park_conserved(e->model, &e->s) || events > 2000000) {
                free(road_m);
                return -1;
            }
        }
    }
    free(road_m);
    return events;
}

int main(void) {
    int ran = 0, refused = 0;
    for (uint64_t seed = 1; seed <= 150; seed++) {
        estate e;
        estate_open(&e);
        random_estate(&e, seed);
        e.settings.ev_ratio = 0.5;
        e.settings.guided = seed % 4 == 0;
        e.settings.illegal_ratio = seed % 5 == 0 ? 0.3 : 0;
        lf_code code = estate_begin(&e, NULL, 0);
        if (code != LF_OK) {
            refused++;
            CHECK(code == LF_TOPOLOGY || code == LF_MISSING);
            CHECK(e.error.message[0] != 0);
        } else {
            ran++;
            long events = run_day(&e, seed, seed % 2);
            if (events < 0)
                printf("seed %d lost a car or does not end\n", (int)seed);
            CHECK(events > 0);
        }
        estate_close(&e);
    }
    printf("%d estates ran, %d were refused\n", ran, refused);
    CHECK(ran > 75 && refused > 0);
    return lf_check_end();
}
