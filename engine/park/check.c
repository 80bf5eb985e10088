// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Conservation: the counters against the arrays they count. Cars are never made nor lost, a place
// holds one car, a car stands on one place.
#include "park/engine.h"

static bool cars_agree(const lf_park_model *m, const lf_park_state *s) {
    int64_t modes[LF_PARK_MODE_COUNT] = {0};
    int64_t inside = 0;
    for (int car = 0; car < m->car_count; car++) {
        modes[s->car_mode[car]]++;
        inside += s->car_mode[car] != LF_PARK_OUTSIDE;
        bool parked = s->car_mode[car] == LF_PARK_PARKED;
        if (parked != (s->car_place[car] >= 0))
            return false;
        if (parked && s->place_car[s->car_place[car]] != car)
            return false;
    }
    for (int i = 0; i < LF_PARK_MODE_COUNT; i++)
        if (modes[i] != s->count[LF_PARK_IN_MODE + i])
            return false;
    return s->count[LF_PARK_INITIAL] + s->count[LF_PARK_ENTERED] == s->count[LF_PARK_LEFT] + inside;
}

static bool places_agree(const lf_park_model *m, const lf_park_state *s) {
    int64_t taken = 0;
    for (int p = 0; p < m->place_count; p++)
        taken += s->place_car[p] >= 0;
    int64_t in_rows = 0;
    for (int p = 0; p < m->parking_count; p++)
        in_rows += s->parking_taken[p];
    return taken == s->count[LF_PARK_TAKEN] &&
           taken == s->count[LF_PARK_IN_MODE + LF_PARK_PARKED] && in_rows <= taken;
}

static bool roads_agree(const lf_park_model *m, const lf_park_state *s) {
    int64_t on_edges = 0, at_gates = 0;
    for (int e = 0; e < m->graph->edge_count; e++)
        on_edges += (int64_t)s->edge_cars[e];
    for (int q = 0; q < 2 * m->entry_count; q++)
        at_gates += s->gate_queue[q];
    const int64_t *mode = s->count + LF_PARK_IN_MODE;
    return on_edges == mode[LF_PARK_DRIVING] + mode[LF_PARK_SEARCHING] + mode[LF_PARK_LEAVING] &&
           at_gates == mode[LF_PARK_GATE_IN] + mode[LF_PARK_GATE_OUT];
}

bool lf_park_conserved(const lf_park_model *m, const lf_park_state *s) {
    return cars_agree(m, s) && places_agree(m, s) && roads_agree(m, s);
}
