// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The moving side of the module, function by function. All of them work on a model and its state
// and allocate nothing.
#ifndef LF_PARK_ENGINE_H
#define LF_PARK_ENGINE_H

#include "park/state.h"

// queue.c: events in order of (time, car). Every car has at most one.
void lf_park_queue_push(lf_park_state *s, int car, double time_s, lf_park_event event);
int lf_park_queue_first(const lf_park_state *s); // car, -1 = empty
void lf_park_queue_pop(lf_park_state *s);

// route.c: the next edge from a node towards a target under the present closures: an edge,
// LF_PARK_ARRIVED at the target's own node, LF_GEO_UNREACHED where there is no way.
int lf_park_route_edge(const lf_park_model *m, lf_park_state *s, int target, int node);
// Time from a node, or from a spot, to a target; INFINITY where there is no way. *edge is the edge
// to start on and *at_m where on it.
double lf_park_route_node_s(const lf_park_model *m, lf_park_state *s, int target, int node);
double lf_park_route_spot_s(const lf_park_model *m, lf_park_state *s, int target,
                            const lf_park_spot *spot, int *edge, double *at_m);
const lf_park_spot *lf_park_target_spot(const lf_park_model *m, int target);
// Distance of the spot from the start of the edge, or -1 where the spot is not beside it.
double lf_park_spot_on_edge_m(const lf_park_model *m, const lf_park_spot *spot, int edge);

// gate.c: takes the car into the queue of a gate and sets its event for when it is through.
void lf_park_gate_join(const lf_park_model *m, lf_park_state *s, int car, int entry, int way,
                       double now_s);
void lf_park_gate_pass(lf_park_state *s, int entry, int way);
// The gate of the car's choice on this trip that is open for it: way in, the target can be reached;
// way out, it can be reached from the spot. -1 = none.
int lf_park_gate_choose_in(const lf_park_model *m, lf_park_state *s, int car, int target);
int lf_park_gate_choose_out(const lf_park_model *m, lf_park_state *s, int car,
                            const lf_park_spot *spot, int node);

// stay.c: parking, leaving the place, and what is paid for it.
void lf_park_mode_set(lf_park_state *s, int car, lf_park_mode mode);
// Takes a place of the lot if there is one for the car.
bool lf_park_take_place(const lf_park_model *m, lf_park_state *s, int car, int lot, double now_s);
void lf_park_leave_place(const lf_park_model *m, lf_park_state *s, int car, double now_s);
// Puts a car on a place without asking (start of the run).
void lf_park_occupy(const lf_park_model *m, lf_park_state *s, int car, int place, double now_s);
double lf_park_stay_kwh(const lf_park_model *m, const lf_park_state *s, int car, double now_s);

// search.c: what a driver wants and where it looks.
int lf_park_wish(const lf_park_model *m, const lf_park_state *s, int car);
bool lf_park_acceptable(const lf_park_model *m, const lf_park_state *s, int car, int lot);
void lf_park_remember(lf_park_state *s, int car, int lot);
// Where signs send the car: the lot with a free place nearest to its door, or `otherwise`.
int lf_park_guide(const lf_park_model *m, lf_park_state *s, int car, int otherwise);
// The next lot to try after `lot` was full, reachable from `node`; -1 = none.
int lf_park_next_lot(const lf_park_model *m, lf_park_state *s, int car, int lot, int node);

// drive.c: carries out the car's event.
void lf_park_event_run(const lf_park_model *m, lf_park_state *s, int car, double now_s);
// Sets the event for the next time the car comes in from outside.
void lf_park_plan_arrival(const lf_park_model *m, lf_park_state *s, int car, double now_s);
void lf_park_plan_departure(const lf_park_model *m, lf_park_state *s, int car, double now_s);

// flood.c: closes roads and stalls by the depths of the exchange (may hold NULL arrays).
void lf_park_flood(const lf_park_model *m, lf_park_state *s, const lf_exchange *exchange,
                   double from_s, double until_s);

// check.c: true if every count agrees with what the arrays say.
bool lf_park_conserved(const lf_park_model *m, const lf_park_state *s);

// result.c
lf_code lf_park_begin_result(const lf_park_model *m, lf_option_result *result, lf_error *error);
void lf_park_report(const lf_park_model *m, lf_park_state *s, double time_s,
                    lf_option_result *result);
lf_code lf_park_finish(const lf_park_model *m, lf_park_state *s, lf_option_result *result,
                       lf_error *error);
// How long a place was taken, the current stay up to the end of the run included.
double lf_park_place_taken_s(const lf_park_model *m, const lf_park_state *s, int place);

// figures.c
void lf_park_set_figures(const lf_park_model *m, const lf_park_state *s, lf_option_result *result);
enum { LF_PARK_FIGURE_COUNT = 21 };
extern const lf_figure_def lf_park_figures[LF_PARK_FIGURE_COUNT];

// step.c: the start of a run and the events before until_s.
void lf_park_start(const lf_park_model *m, lf_park_state *s);
void lf_park_advance(const lf_park_model *m, lf_park_state *s, const lf_exchange *exchange,
                     double from_s, double until_s);

#endif
