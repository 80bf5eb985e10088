// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The start of a run and its progress, event by event.
#include "park/engine.h"

#include <assert.h>

static void place_first(const lf_park_model *m, lf_park_state *s, int car) {
    int day = 0;
    double since_s = 0;
    lf_park_starts_inside(m, car, &day, &since_s);
    s->car_day[car] = day;
    s->count[LF_PARK_INITIAL]++;
    s->count[LF_PARK_REQUESTS]++;
    lf_park_occupy(m, s, car, m->initial_place[car], since_s);
    lf_park_plan_departure(m, s, car, since_s);
}

// At home, but parked somewhere outside the estate.
static void leave_out(const lf_park_model *m, lf_park_state *s, int car) {
    s->count[LF_PARK_REQUESTS]++;
    s->count[LF_PARK_UNSERVED]++;
    s->count[LF_PARK_UNPLACED]++;
    s->building_unserved[m->cars[car].building]++;
    lf_park_plan_arrival(m, s, car, 0);
}

void lf_park_start(const lf_park_model *m, lf_park_state *s) {
    s->count[LF_PARK_IN_MODE + LF_PARK_OUTSIDE] = m->car_count;
    for (int car = 0; car < m->car_count; car++) {
        if (m->initial_place[car] >= 0)
            place_first(m, s, car);
        else if (m->initial_place[car] == -2)
            leave_out(m, s, car);
        else
            lf_park_plan_arrival(m, s, car, m->trips ? -1 : 0);
    }
    assert(lf_park_conserved(m, s));
}

void lf_park_advance(const lf_park_model *m, lf_park_state *s, const lf_exchange *exchange,
                     double from_s, double until_s) {
    lf_park_flood(m, s, exchange, from_s, until_s);
    for (int car; (car = lf_park_queue_first(s)) >= 0 && s->car_event_s[car] < until_s;) {
        double now_s = s->car_event_s[car];
        lf_park_queue_pop(s);
        lf_park_event_run(m, s, car, now_s);
        assert(s->count[LF_PARK_INITIAL] + s->count[LF_PARK_ENTERED] - s->count[LF_PARK_LEFT] ==
               m->car_count - s->count[LF_PARK_IN_MODE + LF_PARK_OUTSIDE]);
    }
    assert(lf_park_conserved(m, s));
}
