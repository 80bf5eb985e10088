// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// What a car does at each of its events, from the gate to a place and back to the gate. Cars drive
// at free-flow speed and decide where something can be decided: at lots, at nodes, at gates.
#include "park/engine.h"

#include <assert.h>
#include <math.h>

#define RETRY_OUTSIDE_S 900.0 // a resident turned away comes again
#define RETRY_INSIDE_S 60.0   // a car on the road waits for the water to fall
#define RETRY_PARKED_S 300.0  // a car on its place does

// --- on the road --------------------------------------------------------------------------------

static void enter_edge(lf_park_state *s, int car, int edge) {
    s->car_edge[car] = edge;
    s->edge_cars[edge] += 1;
    s->edge_entered[edge]++;
}

static void leave_edge(lf_park_state *s, int car) {
    s->edge_cars[s->car_edge[car]] -= 1;
    s->car_edge[car] = -1;
}

// The next lot along the edge that a searching driver would look at, not farther than *stop_m.
static void look_along(const lf_park_model *m, lf_park_state *s, int car, double at_m, int last,
                       double *stop_m, int *stop) {
    int edge = s->car_edge[car], road = m->graph->edges[edge].road;
    int first = m->road_lot_first[road], end = m->road_lot_first[road + 1];
    int step = m->graph->edges[edge].forward ? 1 : -1;
    bool from_last = last >= 0 && last < m->lot_count && m->lots[last].spot.road == road;
    int k = from_last ? m->lots[last].order + step : (step > 0 ? first : end - 1);
    for (; k >= first && k < end; k += step) {
        int lot = m->road_lot[k];
        double along = lf_park_spot_on_edge_m(m, &m->lots[lot].spot, edge);
        if (along < at_m)
            continue;
        if (along >= *stop_m && *stop >= 0)
            return;
        if (lf_park_acceptable(m, s, car, lot)) {
            *stop_m = along;
            *stop = lot;
            return;
        }
    }
}

// Drives on along the edge from at_m after a delay; `last` is the lot that was just looked at.
static void go_on(const lf_park_model *m, lf_park_state *s, int car, double now_s, double at_m,
                  int last, double delay_s) {
    int edge = s->car_edge[car], target = s->car_target[car], stop = -1;
    double stop_m = m->graph->edges[edge].length_m;
    double goal_m = lf_park_spot_on_edge_m(m, lf_park_target_spot(m, target), edge);
    if (goal_m > at_m || (goal_m == at_m && target != last)) {
        stop_m = goal_m;
        stop = target;
    }
    bool searching = s->car_mode[car] == LF_PARK_SEARCHING;
    if (searching)
        look_along(m, s, car, at_m, last, &stop_m, &stop);
    double distance_m = fmax(stop_m - at_m, 0);
    s->sum[LF_PARK_DRIVEN_M] += distance_m;
    if (searching)
        s->sum[LF_PARK_CRUISED_M] += distance_m;
    s->car_along_m[car] = stop_m;
    s->car_stop[car] = stop;
    lf_park_queue_push(s, car, now_s + delay_s + distance_m / m->edge_speed_m_s[edge],
                       LF_PARK_EVENT_STOP);
}

static void head_for_exit(const lf_park_model *m, lf_park_state *s, int car) {
    int node = m->graph->edges[s->car_edge[car]].to;
    int exit = lf_park_gate_choose_out(m, s, car, NULL, node);
    if (exit >= 0 || s->car_target[car] < m->lot_count)
        s->car_target[car] = m->lot_count + (exit >= 0 ? exit : 0);
    lf_park_mode_set(s, car, LF_PARK_LEAVING);
}

// --- giving up ----------------------------------------------------------------------------------

static void count_unserved(const lf_park_model *m, lf_park_state *s, int car) {
    s->count[LF_PARK_UNSERVED]++;
    s->building_unserved[m->cars[car].building]++;
}

// True if the driver leaves the car where it must not stand; the car is off the road then.
static bool give_up(const lf_park_model *m, lf_park_state *s, int car, double now_s) {
    count_unserved(m, s, car);
    double luck = lf_park_random(m, car, s->car_day[car], LF_PARK_DRAW_ILLEGAL);
    if (luck >= m->settings.illegal_ratio) {
        head_for_exit(m, s, car);
        return false;
    }
    s->count[LF_PARK_ILLEGALLY]++;
    s->edge_cars[s->car_edge[car]] -= 1; // car_edge and car_along_m go on saying where it stands
    s->car_parked_s[car] = now_s;
    lf_park_mode_set(s, car, LF_PARK_ILLEGAL);
    lf_park_plan_departure(m, s, car, now_s);
    return true;
}

static void turn_away(lf_park_state *s, int car) {
    if (!(s->car_flags[car] & LF_PARK_FLAG_TURNED))
        s->count[LF_PARK_TURNED_AWAY]++;
    s->car_flags[car] |= LF_PARK_FLAG_TURNED;
}

// --- outside and at the gate --------------------------------------------------------------------

void lf_park_plan_arrival(const lf_park_model *m, lf_park_state *s, int car, double now_s) {
    int day = 0;
    double time_s = lf_park_next_arrival(m, car, now_s, &day);
    s->car_day[car] = day;
    s->car_flags[car] &= LF_PARK_FLAG_FLOODED | LF_PARK_FLAG_PERMIT;
    if (isfinite(time_s))
        lf_park_queue_push(s, car, time_s, LF_PARK_EVENT_ARRIVE);
}

void lf_park_plan_departure(const lf_park_model *m, lf_park_state *s, int car, double now_s) {
    double time_s = lf_park_next_departure(m, car, now_s, s->car_day[car]);
    if (isfinite(time_s))
        lf_park_queue_push(s, car, time_s, LF_PARK_EVENT_DEPART);
}

// The first of the driver's lots that some gate leads to now; sets target and returns the gate.
static int find_open_gate(const lf_park_model *m, lf_park_state *s, int car) {
    s->car_target[car] = s->car_wish[car];
    int gate = lf_park_gate_choose_in(m, s, car, s->car_wish[car]);
    const int *rank = m->rank + (size_t)m->cars[car].building * (size_t)m->rank_count;
    for (int k = 0; gate < 0 && k < m->rank_count && rank[k] >= 0; k++)
        if (lf_park_acceptable(m, s, car, rank[k])) {
            s->car_target[car] = rank[k];
            gate = lf_park_gate_choose_in(m, s, car, rank[k]);
        }
    return gate;
}

static void draw_charging(const lf_park_model *m, lf_park_state *s, int car) {
    if (m->cars[car].electric &&
        lf_park_random(m, car, s->car_day[car], LF_PARK_DRAW_CHARGE) < m->settings.charge_ratio) {
        s->car_flags[car] |= LF_PARK_FLAG_CHARGE;
        s->count[LF_PARK_CHARGE_WANTED]++;
    }
}

static void arrive(const lf_park_model *m, lf_park_state *s, int car, double now_s) {
    if (!(s->car_flags[car] & LF_PARK_FLAG_RETRY)) {
        s->count[LF_PARK_REQUESTS]++;
        draw_charging(m, s, car);
    }
    s->car_wish[car] = lf_park_wish(m, s, car);
    if (s->car_wish[car] < 0) {
        count_unserved(m, s, car);
        lf_park_plan_arrival(m, s, car, now_s);
        return;
    }
    int gate = find_open_gate(m, s, car);
    if (gate >= 0) {
        s->count[LF_PARK_ENTERED]++;
        lf_park_gate_join(m, s, car, gate, LF_PARK_IN, now_s);
        return;
    }
    turn_away(s, car);
    if (m->cars[car].kind == LF_PARK_RESIDENT) {
        s->car_flags[car] |= LF_PARK_FLAG_RETRY;
        lf_park_queue_push(s, car, now_s + RETRY_OUTSIDE_S, LF_PARK_EVENT_ARRIVE);
    } else {
        lf_park_plan_arrival(m, s, car, now_s);
    }
}

static void go_outside(const lf_park_model *m, lf_park_state *s, int car, double now_s) {
    s->count[LF_PARK_LEFT]++;
    s->car_target[car] = s->car_wish[car] = -1;
    lf_park_mode_set(s, car, LF_PARK_OUTSIDE);
    lf_park_plan_arrival(m, s, car, now_s);
}

static void drive_in(const lf_park_model *m, lf_park_state *s, int car, double now_s) {
    const lf_park_spot *spot = &m->entries[s->car_entry[car]].spot;
    int edge;
    double at_m;
    s->car_entered_s[car] = now_s;
    s->car_free_s[car] = lf_park_route_spot_s(m, s, s->car_wish[car], spot, &edge, &at_m);
    for (int i = 0; i < LF_PARK_MEMORY; i++)
        s->car_memory[(size_t)car * LF_PARK_MEMORY + (size_t)i] = -1;
    if (m->settings.guided)
        s->car_target[car] = lf_park_guide(m, s, car, s->car_target[car]);
    double cost = lf_park_route_spot_s(m, s, s->car_target[car], spot, &edge, &at_m);
    if (!isfinite(cost)) { // closed while it stood at the gate: it turns round there
        turn_away(s, car);
        go_outside(m, s, car, now_s);
        return;
    }
    if (!isfinite(s->car_free_s[car]))
        s->car_free_s[car] = cost;
    lf_park_mode_set(s, car, LF_PARK_DRIVING);
    enter_edge(s, car, edge);
    go_on(m, s, car, now_s, at_m, -1, 0);
}

// --- at a lot -----------------------------------------------------------------------------------

static void park_here(const lf_park_model *m, lf_park_state *s, int car, double now_s) {
    double extra_s = fmax(now_s - s->car_entered_s[car] - s->car_free_s[car], 0);
    leave_edge(s, car);
    s->count[LF_PARK_SERVED]++;
    s->sum[LF_PARK_SEARCH_S] += extra_s;
    s->search_bins[extra_s < LF_PARK_SEARCH_BINS - 1 ? (int)extra_s : LF_PARK_SEARCH_BINS - 1]++;
    s->car_target[car] = s->car_stop[car] = -1;
    lf_park_plan_departure(m, s, car, now_s);
}

static void at_lot(const lf_park_model *m, lf_park_state *s, int car, double now_s) {
    int lot = s->car_stop[car];
    if (lf_park_take_place(m, s, car, lot, now_s)) {
        park_here(m, s, car, now_s);
        return;
    }
    lf_park_remember(s, car, lot);
    if (s->car_mode[car] == LF_PARK_DRIVING) {
        lf_park_mode_set(s, car, LF_PARK_SEARCHING);
        s->car_search_s[car] = now_s;
    }
    int node = m->graph->edges[s->car_edge[car]].to;
    bool over = now_s - s->car_search_s[car] >= m->settings.patience_s;
    if (!over && lot == s->car_target[car]) {
        int next = lf_park_next_lot(m, s, car, lot, node);
        over = next < 0;
        if (next >= 0)
            s->car_target[car] = next;
    }
    if (over && give_up(m, s, car, now_s))
        return;
    go_on(m, s, car, now_s, s->car_along_m[car], lot, m->settings.inspect_s);
}

// --- at a node ----------------------------------------------------------------------------------

// No way on from here: an arriving car looks for another lot or turns back, a leaving one for
// another gate. False if it has to wait.
static bool find_way(const lf_park_model *m, lf_park_state *s, int car, double now_s, int node) {
    if (s->car_mode[car] != LF_PARK_LEAVING) {
        const int *rank = m->rank + (size_t)m->cars[car].building * (size_t)m->rank_count;
        for (int k = 0; k < m->rank_count && rank[k] >= 0; k++)
            if (lf_park_acceptable(m, s, car, rank[k]) &&
                isfinite(lf_park_route_node_s(m, s, rank[k], node))) {
                s->car_target[car] = rank[k];
                if (s->car_mode[car] == LF_PARK_DRIVING)
                    s->car_search_s[car] = now_s;
                lf_park_mode_set(s, car, LF_PARK_SEARCHING);
                return true;
            }
        turn_away(s, car);
        head_for_exit(m, s, car);
    } else {
        int exit = lf_park_gate_choose_out(m, s, car, NULL, node);
        if (exit >= 0)
            s->car_target[car] = m->lot_count + exit;
    }
    return isfinite(lf_park_route_node_s(m, s, s->car_target[car], node));
}

static void exit_reached(const lf_park_model *m, lf_park_state *s, int car, double now_s) {
    leave_edge(s, car);
    lf_park_gate_join(m, s, car, s->car_target[car] - m->lot_count, LF_PARK_OUT, now_s);
}

static void at_node(const lf_park_model *m, lf_park_state *s, int car, double now_s) {
    int node = m->graph->edges[s->car_edge[car]].to;
    if (s->car_mode[car] == LF_PARK_SEARCHING &&
        now_s - s->car_search_s[car] >= m->settings.patience_s && give_up(m, s, car, now_s))
        return;
    int next = lf_park_route_edge(m, s, s->car_target[car], node);
    if (next == LF_GEO_UNREACHED) {
        if (!find_way(m, s, car, now_s, node)) {
            s->car_stop[car] = -1;
            lf_park_queue_push(s, car, now_s + RETRY_INSIDE_S, LF_PARK_EVENT_STOP);
            return;
        }
        next = lf_park_route_edge(m, s, s->car_target[car], node);
    }
    if (next == LF_PARK_ARRIVED) {
        exit_reached(m, s, car, now_s);
        return;
    }
    assert(next >= 0);
    leave_edge(s, car);
    enter_edge(s, car, next);
    go_on(m, s, car, now_s, 0, -1, 0);
}

// --- leaving ------------------------------------------------------------------------------------

static void depart(const lf_park_model *m, lf_park_state *s, int car, double now_s) {
    bool legal = s->car_mode[car] == LF_PARK_PARKED;
    lf_park_spot spot;
    if (legal) {
        spot = m->lots[m->place_lot[s->car_place[car]]].spot;
    } else {
        const lf_edge *edge = &m->graph->edges[s->car_edge[car]];
        double along = s->car_along_m[car];
        spot = (lf_park_spot){-1, edge->road, edge->forward ? along : edge->length_m - along};
    }
    bool wet = legal && s->place_flooded[s->car_place[car]];
    int exit = wet ? -1 : lf_park_gate_choose_out(m, s, car, &spot, -1);
    if (exit < 0) {
        if (!(s->car_flags[car] & LF_PARK_FLAG_HELD))
            s->count[LF_PARK_HELD]++;
        s->car_flags[car] |= LF_PARK_FLAG_HELD;
        lf_park_queue_push(s, car, now_s + RETRY_PARKED_S, LF_PARK_EVENT_DEPART);
        return;
    }
    if (legal)
        lf_park_leave_place(m, s, car, now_s);
    int edge;
    double at_m;
    s->car_target[car] = m->lot_count + exit;
    lf_park_route_spot_s(m, s, s->car_target[car], &spot, &edge, &at_m);
    lf_park_mode_set(s, car, LF_PARK_LEAVING);
    enter_edge(s, car, edge);
    go_on(m, s, car, now_s, at_m, -1, 0);
}

// --- the car's event ----------------------------------------------------------------------------

void lf_park_event_run(const lf_park_model *m, lf_park_state *s, int car, double now_s) {
    switch ((lf_park_event)s->car_event[car]) {
    case LF_PARK_EVENT_ARRIVE:
        arrive(m, s, car, now_s);
        break;
    case LF_PARK_EVENT_SERVED: {
        bool in = s->car_mode[car] == LF_PARK_GATE_IN;
        lf_park_gate_pass(s, s->car_entry[car], in ? LF_PARK_IN : LF_PARK_OUT);
        if (in)
            drive_in(m, s, car, now_s);
        else
            go_outside(m, s, car, now_s);
        break;
    }
    case LF_PARK_EVENT_STOP:
        if (s->car_stop[car] < 0)
            at_node(m, s, car, now_s);
        else if (s->car_stop[car] >= m->lot_count)
            exit_reached(m, s, car, now_s);
        else
            at_lot(m, s, car, now_s);
        break;
    case LF_PARK_EVENT_DEPART:
        depart(m, s, car, now_s);
        break;
    }
}
