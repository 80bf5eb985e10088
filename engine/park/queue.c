// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The event queue: a 4-ary heap of cars in order of (time, car). A car has at most one event, so
// the order is total and does not depend on how the heap came about.
#include "park/engine.h"

#include <assert.h>

static bool before(const lf_park_state *s, int a, double time_s, int car) {
    return s->heap_time_s[a] < time_s || (s->heap_time_s[a] == time_s && s->heap_car[a] < car);
}

static void put(lf_park_state *s, int at, double time_s, int car) {
    s->heap_time_s[at] = time_s;
    s->heap_car[at] = car;
}

void lf_park_queue_push(lf_park_state *s, int car, double time_s, lf_park_event event) {
    assert(time_s < 1e300);
    s->car_event_s[car] = time_s;
    s->car_event[car] = (uint8_t)event;
    int at = (int)s->count[LF_PARK_HEAP]++;
    while (at > 0) {
        int parent = (at - 1) / 4;
        if (before(s, parent, time_s, car))
            break;
        put(s, at, s->heap_time_s[parent], s->heap_car[parent]);
        at = parent;
    }
    put(s, at, time_s, car);
}

int lf_park_queue_first(const lf_park_state *s) {
    return s->count[LF_PARK_HEAP] > 0 ? s->heap_car[0] : -1;
}

void lf_park_queue_pop(lf_park_state *s) {
    assert(s->count[LF_PARK_HEAP] > 0);
    int count = (int)--s->count[LF_PARK_HEAP];
    double time_s = s->heap_time_s[count];
    int car = s->heap_car[count];
    put(s, count, 0, -1);
    int at = 0;
    for (;;) {
        int child = 4 * at + 1;
        if (child >= count)
            break;
        int end = child + 4 < count ? child + 4 : count;
        int best = child;
        for (int i = child + 1; i < end; i++)
            if (before(s, i, s->heap_time_s[best], s->heap_car[best]))
                best = i;
        if (!before(s, best, time_s, car))
            break;
        put(s, at, s->heap_time_s[best], s->heap_car[best]);
        at = best;
    }
    if (count > 0)
        put(s, at, time_s, car);
}
