// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Gates: a first-come-first-served queue for each gate and way, with as many servers as lanes. A
// car's time of leaving is known when it joins, so the queue itself needs no list.
#include "park/engine.h"

#include <math.h>

static double service_s(const lf_park_model *m, const lf_park_state *s, int car, int entry,
                        int way) {
    double mean = m->entries[entry].service_s[way];
    if (m->settings.gate_service == LF_PARK_SERVICE_FIXED)
        return mean;
    lf_park_draw draw = way == LF_PARK_IN ? LF_PARK_DRAW_SERVICE_IN : LF_PARK_DRAW_SERVICE_OUT;
    return -mean * log(lf_park_random(m, car, s->car_day[car], draw));
}

void lf_park_gate_join(const lf_park_model *m, lf_park_state *s, int car, int entry, int way,
                       double now_s) {
    const lf_park_entry *gate = &m->entries[entry];
    double *lane = s->lane_free_s + gate->first_lane[way];
    int first = 0;
    for (int i = 1; i < gate->lanes[way]; i++)
        if (lane[i] < lane[first])
            first = i;
    double begin = fmax(now_s, lane[first]);
    lane[first] = begin + service_s(m, s, car, entry, way);
    int q = 2 * entry + way;
    int waiting = ++s->gate_queue[q] - gate->lanes[way];
    if (begin > now_s && waiting > s->gate_queue_max[q])
        s->gate_queue_max[q] = waiting;
    s->gate_cars[q]++;
    s->gate_wait_s[q] += begin - now_s;
    s->count[LF_PARK_GATE_CARS]++;
    s->sum[LF_PARK_GATE_WAIT_S] += begin - now_s;
    s->car_entry[car] = entry;
    lf_park_mode_set(s, car, way == LF_PARK_IN ? LF_PARK_GATE_IN : LF_PARK_GATE_OUT);
    lf_park_queue_push(s, car, lane[first], LF_PARK_EVENT_SERVED);
}

void lf_park_gate_pass(lf_park_state *s, int entry, int way) {
    s->gate_queue[2 * entry + way]--;
}

// The gate that a car prefers on this trip: by chance, in proportion to the lanes.
static int preferred(const lf_park_model *m, const lf_park_state *s, int car, int way) {
    if (m->trips) {
        int given = way == LF_PARK_IN ? m->trips[car].entry_in : m->trips[car].entry_out;
        if (given >= 0)
            return given;
    }
    int lanes = 0;
    for (int i = 0; i < m->entry_count; i++)
        lanes += m->entries[i].lanes[way];
    lf_park_draw draw = way == LF_PARK_IN ? LF_PARK_DRAW_GATE_IN : LF_PARK_DRAW_GATE_OUT;
    int pick = (int)(lf_park_random(m, car, s->car_day[car], draw) * lanes);
    for (int i = 0; i < m->entry_count; i++) {
        pick -= m->entries[i].lanes[way];
        if (pick < 0)
            return i;
    }
    return 0;
}

int lf_park_gate_choose_in(const lf_park_model *m, lf_park_state *s, int car, int target) {
    int first = preferred(m, s, car, LF_PARK_IN);
    for (int k = 0; k < m->entry_count; k++) {
        int i = (first + k) % m->entry_count, edge;
        double at;
        if (m->entries[i].lanes[LF_PARK_IN] > 0 &&
            isfinite(lf_park_route_spot_s(m, s, target, &m->entries[i].spot, &edge, &at)))
            return i;
    }
    return -1;
}

int lf_park_gate_choose_out(const lf_park_model *m, lf_park_state *s, int car,
                            const lf_park_spot *spot, int node) {
    int first = preferred(m, s, car, LF_PARK_OUT);
    for (int k = 0; k < m->entry_count; k++) {
        int i = (first + k) % m->entry_count, target = m->lot_count + i, edge;
        double at;
        if (m->entries[i].lanes[LF_PARK_OUT] == 0)
            continue;
        double cost = spot ? lf_park_route_spot_s(m, s, target, spot, &edge, &at)
                           : lf_park_route_node_s(m, s, target, node);
        if (isfinite(cost))
            return i;
    }
    return -1;
}
