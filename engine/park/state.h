// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Everything that changes while parking runs: the struct of pointers that the state table
// (state.c) describes. Every car has at most one event ahead of it, so the queue is a heap of cars.
#ifndef LF_PARK_STATE_H
#define LF_PARK_STATE_H

#include "park/model.h"

typedef enum lf_park_mode {
    LF_PARK_OUTSIDE,
    LF_PARK_GATE_IN,   // waits or is served at the gate
    LF_PARK_DRIVING,   // towards the wished lot
    LF_PARK_SEARCHING, // the wished lot was full
    LF_PARK_PARKED,
    LF_PARK_ILLEGAL, // parked where it must not
    LF_PARK_LEAVING,
    LF_PARK_GATE_OUT,
    LF_PARK_MODE_COUNT
} lf_park_mode;

typedef enum lf_park_event {
    LF_PARK_EVENT_ARRIVE, // at the gate, from outside
    LF_PARK_EVENT_SERVED, // by the gate
    LF_PARK_EVENT_STOP,   // reaches the next place to decide at: a lot, an exit, a node
    LF_PARK_EVENT_DEPART  // wants to leave its place
} lf_park_event;

enum {                        // bits of car_flags
    LF_PARK_FLAG_CHARGE = 1,  // wants to charge at this stay
    LF_PARK_FLAG_FLOODED = 2, // stood in too deep water at least once
    LF_PARK_FLAG_TURNED = 4,  // was turned away on this trip
    LF_PARK_FLAG_PERMIT = 8,  // its monthly permit is paid
    LF_PARK_FLAG_RETRY = 16,  // arrives again after it was turned away
    LF_PARK_FLAG_HELD = 32,   // water keeps it from leaving
};

// What is counted, one int64 each; money in fen.
typedef enum lf_park_count {
    LF_PARK_HEAP, // cars in the event queue
    LF_PARK_INITIAL,
    LF_PARK_ENTERED,
    LF_PARK_LEFT,
    LF_PARK_REQUESTS, // wishes for a place: arrivals, and cars at home at the start
    LF_PARK_SERVED,   // of the arrivals
    LF_PARK_UNSERVED,
    LF_PARK_UNPLACED, // of the unserved, those without a place at the start
    LF_PARK_TURNED_AWAY,
    LF_PARK_ILLEGALLY,
    LF_PARK_FLOODED_CARS,
    LF_PARK_CHARGE_WANTED,
    LF_PARK_CHARGE_SERVED,
    LF_PARK_GATE_CARS,
    LF_PARK_HELD, // departures put off by water
    LF_PARK_TAKEN,
    LF_PARK_TAKEN_MAX,
    LF_PARK_CLOSURES,  // changes of the set of closed roads: stamp of the route trees
    LF_PARK_TREE_TURN, // next tree slot to be given to another target
    LF_PARK_FEN_PERMITS,
    LF_PARK_FEN_VISITS,
    LF_PARK_IN_MODE, // cars in each mode
    LF_PARK_COUNT_COUNT = LF_PARK_IN_MODE + LF_PARK_MODE_COUNT
} lf_park_count;

typedef enum lf_park_sum {
    LF_PARK_SEARCH_S,
    LF_PARK_DRIVEN_M,
    LF_PARK_CRUISED_M,
    LF_PARK_WALKED_M,
    LF_PARK_GATE_WAIT_S,
    LF_PARK_CHARGED_KWH,
    LF_PARK_SUM_COUNT
} lf_park_sum;

enum { LF_PARK_SEARCH_BINS = 7200 }; // of 1 s; the last holds everything longer

typedef struct lf_park_state {
    // per car
    double *car_event_s; // time of its event
    uint8_t *car_event;  // lf_park_event
    uint8_t *car_mode;   // lf_park_mode
    uint8_t *car_flags;
    int32_t *car_place;    // where it is parked, -1
    int32_t *car_target;   // lot, or lot_count + entry; -1
    int32_t *car_wish;     // lot it would like best on this trip; -1
    int32_t *car_entry;    // gate it is at or came through
    int32_t *car_edge;     // edge it is on, -1
    int32_t *car_stop;     // what it stops at next on that edge: lot, lot_count + entry, -1 = end
    int32_t *car_day;      // day of its trip
    double *car_along_m;   // where on the edge that stop is
    double *car_parked_s;  // since when it is parked
    double *car_entered_s; // when the gate let it in
    double *car_free_s;    // free-flow time from the gate to the wished lot
    double *car_search_s;  // when its search began
    int32_t *car_memory;   // LF_PARK_MEMORY lots found full, newest first
    // event queue, one slot per car
    double *heap_time_s;
    int32_t *heap_car;
    // places, roads, gates
    int32_t *place_car; // -1 = free
    uint8_t *place_flooded;
    double *place_taken_s; // how long it has been taken, without the current stay
    uint8_t *place_shown;  // what the frames show
    uint8_t *edge_closed;
    float *edge_cars;      // now on the edge
    int32_t *edge_entered; // cars so far
    double *road_closed_s;
    int32_t *parking_taken;
    int32_t *parking_taken_max;
    double *lane_free_s;     // per lane: when it can serve the next car
    int32_t *gate_queue;     // per entry and way: cars in it
    int32_t *gate_queue_max; // cars waiting
    int32_t *gate_cars;
    double *gate_wait_s;
    // per building
    double *building_walk_m;
    int32_t *building_served;
    int32_t *building_unserved;
    // route trees
    int32_t *target_slot; // per target: its tree, -1
    int32_t *tree_target;
    int64_t *tree_stamp;
    int32_t *tree_edge; // per slot and node: next edge towards the target
    double *tree_cost_s;
    int32_t *search_heap; // scratch of the router
    int32_t *search_slot;
    // totals
    int64_t *count;
    double *sum;
    int32_t *search_bins;
    float *row; // one row of the series
} lf_park_state;

extern const lf_table lf_park_state_table;
size_t lf_park_state_count(const void *model, lf_place place, const char *field);
// Columns of series/occupancy.csv: see result.c.
int lf_park_series_columns(const lf_park_model *model);

#endif
