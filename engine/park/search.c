// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// What a driver wants and where it looks: the lot nearest to the door, then the next ones by
// driving time that it does not remember as full.
#include "park/engine.h"

#include "park/place.h"

#include <math.h>

static const int *rank_of(const lf_park_model *m, int car) {
    return m->rank + (size_t)m->cars[car].building * (size_t)m->rank_count;
}

static bool has_room(const lf_park_model *m, const lf_park_state *s, int car, int lot) {
    bool wants = s->car_flags[car] & LF_PARK_FLAG_CHARGE;
    return lf_park_pick_place(m, lot, car, s->place_car, s->place_flooded, wants) >= 0;
}

int lf_park_wish(const lf_park_model *m, const lf_park_state *s, int car) {
    const int *rank = rank_of(m, car);
    unsigned permits = lf_park_permits(&m->cars[car]);
    if (s->car_flags[car] & LF_PARK_FLAG_CHARGE)
        for (int k = 0; k < m->rank_count && rank[k] >= 0; k++)
            if ((m->lots[rank[k]].charger_permits & permits) &&
                lf_park_acceptable(m, s, car, rank[k]))
                return rank[k];
    for (int k = 0; k < m->rank_count && rank[k] >= 0; k++)
        if (m->lots[rank[k]].permits & permits)
            return rank[k];
    return -1;
}

bool lf_park_acceptable(const lf_park_model *m, const lf_park_state *s, int car, int lot) {
    (void)s;
    const lf_park_lot *l = &m->lots[lot];
    return l->reachable && (l->permits & lf_park_permits(&m->cars[car])) &&
           lf_park_lot_walk_m(m, m->cars[car].building, lot) <= m->settings.walk_limit_m;
}

void lf_park_remember(lf_park_state *s, int car, int lot) {
    int32_t *memory = s->car_memory + (size_t)car * LF_PARK_MEMORY;
    for (int i = LF_PARK_MEMORY - 1; i > 0; i--)
        memory[i] = memory[i - 1];
    memory[0] = lot;
}

static bool remembers(const lf_park_state *s, int car, int lot) {
    const int32_t *memory = s->car_memory + (size_t)car * LF_PARK_MEMORY;
    for (int i = 0; i < LF_PARK_MEMORY; i++)
        if (memory[i] == lot)
            return true;
    return false;
}

static bool usable(const lf_park_model *m, lf_park_state *s, int car, int lot, int node) {
    return lf_park_acceptable(m, s, car, lot) && isfinite(lf_park_route_node_s(m, s, lot, node));
}

int lf_park_guide(const lf_park_model *m, lf_park_state *s, int car, int otherwise) {
    const int *rank = rank_of(m, car);
    for (int k = 0; k < m->rank_count && rank[k] >= 0; k++)
        if (has_room(m, s, car, rank[k]) && lf_park_acceptable(m, s, car, rank[k]))
            return rank[k];
    return otherwise;
}

int lf_park_next_lot(const lf_park_model *m, lf_park_state *s, int car, int lot, int node) {
    if (m->settings.guided) {
        int guided = lf_park_guide(m, s, car, -1);
        if (guided >= 0 && usable(m, s, car, guided, node))
            return guided;
    }
    const int *near = m->near + (size_t)lot * (size_t)m->near_count;
    for (int k = 0; k < m->near_count && near[k] >= 0; k++)
        if (!remembers(s, car, near[k]) && usable(m, s, car, near[k], node))
            return near[k];
    // All of them were full: begin again with the nearest, or go round the block to this one.
    for (int i = 0; i < LF_PARK_MEMORY; i++)
        s->car_memory[(size_t)car * LF_PARK_MEMORY + (size_t)i] = -1;
    for (int k = 0; k < m->near_count && near[k] >= 0; k++)
        if (usable(m, s, car, near[k], node))
            return near[k];
    return usable(m, s, car, lot, node) ? lot : -1;
}
