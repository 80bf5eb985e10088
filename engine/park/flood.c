// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Water from drain: roads deeper than depth_limit_m are closed, places deeper than
// stall_depth_limit_m cannot be taken, and cars that stand there are counted once.
#include "park/engine.h"

static void close_roads(const lf_park_model *m, lf_park_state *s, const float *depth_m,
                        double span_s) {
    bool changed = false;
    for (int r = 0; r < m->road_count; r++) {
        bool closed = depth_m[r] > m->settings.depth_limit_m;
        for (int way = 0; way < 2; way++) {
            int edge = m->road_edge[r][way];
            if (edge < 0)
                continue;
            changed = changed || s->edge_closed[edge] != closed;
            s->edge_closed[edge] = closed;
        }
        if (closed)
            s->road_closed_s[r] += span_s;
    }
    if (changed)
        s->count[LF_PARK_CLOSURES]++;
}

static void flood_place(const lf_park_model *m, lf_park_state *s, int place, double depth_m) {
    s->place_flooded[place] = depth_m > m->settings.stall_depth_limit_m;
    int car = s->place_car[place];
    if (s->place_flooded[place] && car >= 0 && !(s->car_flags[car] & LF_PARK_FLAG_FLOODED)) {
        s->car_flags[car] |= LF_PARK_FLAG_FLOODED;
        s->count[LF_PARK_FLOODED_CARS]++;
    }
}

void lf_park_flood(const lf_park_model *m, lf_park_state *s, const lf_exchange *exchange,
                   double from_s, double until_s) {
    if (!exchange)
        return;
    if (exchange->road_depth_m)
        close_roads(m, s, exchange->road_depth_m, until_s - from_s);
    for (int p = 0; p < m->place_count; p++) {
        const lf_park_place *place = &m->places[p];
        if (place->stall >= 0 && exchange->stall_depth_m)
            flood_place(m, s, p, exchange->stall_depth_m[place->stall]);
        else if (place->stall < 0 && exchange->parking_depth_m)
            flood_place(m, s, p, exchange->parking_depth_m[place->parking]);
    }
}
