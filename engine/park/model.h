// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The compiled, immutable side of the module: supply (places grouped into lots, gates), the road
// graph as the router wants it, and demand (cars and what they do when). Built once per option by
// lf_park_model_build; read by any number of threads.
#ifndef LF_PARK_MODEL_H
#define LF_PARK_MODEL_H

#include "base/memory.h"
#include "geo/graph.h"
#include "lifang/module.h"
#include "lifang/park.h"

// A spot on the road graph: at a node, or (node < 0) along a road.
typedef struct lf_park_spot {
    int node;
    int road;
    double along_m; // from the road's first point
} lf_park_spot;

// Places of one parking row (or of the kerb) that share an access: the unit of search. A driver at
// its access sees all its places.
typedef struct lf_park_lot {
    lf_park_spot spot;
    int parking; // row, -1 = kerb stalls outside any parking
    int first;   // its places are lot_place[first .. first + count - 1]
    int count;
    int order;                // index in the road's list of lots
    unsigned permits;         // bit p set: it has a place of lf_permit p
    unsigned charger_permits; // the same for places with a charger
    bool reachable;           // from some gate and back to some gate
    lf_vec2 centre;
    double fee_month_cny;
    double fee_hour_cny;
} lf_park_lot;

// Where cars come from and go to: a gate row, or an open end of the road network.
enum { LF_PARK_IN, LF_PARK_OUT };
typedef struct lf_park_entry {
    lf_park_spot spot;
    int gate; // row, -1 = open end
    int lanes[2];
    int first_lane[2]; // in the state's lanes
    double service_s[2];
} lf_park_entry;

typedef enum lf_park_car_kind {
    LF_PARK_RESIDENT,
    LF_PARK_VISITOR,
    LF_PARK_DELIVERY,
    LF_PARK_TRIP // one stay that was given from outside: see lf_park_trip
} lf_park_car_kind;
typedef struct lf_park_car {
    uint64_t key; // of its random numbers; the same in all options
    int building;
    uint8_t kind; // lf_park_car_kind
    bool electric;
    bool disabled;
} lf_park_car;

// A stay that is given instead of drawn: counted demand, and the harness of the tests.
typedef struct lf_park_trip {
    double arrive_s; // at the gate, from the start of the run
    double dwell_s;
    int building;
    int entry_in, entry_out; // -1 = by lot
} lf_park_trip;

typedef struct lf_park_model {
    lf_arena *arena;               // owns everything below
    const lf_allocator *allocator; // of the host; outlives the model
    const lf_twin *twin;
    const lf_road_graph *graph;
    lf_park_settings settings;
    lf_clock clock;
    lf_quality quality; // worst of the supply and of what demand stands on

    lf_geo_graph inward;  // every edge turned round, cost in seconds: trees towards a target
    lf_geo_graph outward; // as driven
    double *edge_speed_m_s;
    int (*road_edge)[2]; // edge of each road forward and backward, -1 = none
    double *road_length_m;
    int road_count;

    int place_count;
    lf_park_place *places;
    int *place_lot; // -1 = no road leads there
    int lot_count;
    lf_park_lot *lots;
    int *lot_place;
    int *road_lot_first; // road_count + 1 indices into road_lot
    int *road_lot;       // ordered by along_m
    int near_count;
    int *near; // lot_count x near_count: the next lots by driving time, -1 = no more
    int parking_count;

    int entry_count;
    lf_park_entry *entries;
    int lane_count;
    int gate_count;

    int building_count;
    lf_vec2 *building_centre;
    int rank_count;
    int *rank; // building_count x rank_count: reachable lots by walking distance, -1 = no more

    int household_count;
    int car_count;
    lf_park_car *cars;
    const lf_park_trip *trips; // NULL, or one per car
    int *initial_place;        // per car: place, -1 = outside, -2 = at home but without a place
    int tree_slots;            // route trees kept at a time
} lf_park_model;

enum { LF_PARK_MEMORY = 8 }; // lots that a searching driver remembers

// trips may be NULL (then demand is drawn from the settings); they are copied.
lf_code lf_park_model_build(const lf_module_input *input, const lf_park_trip *trips, int trip_count,
                            lf_park_model **model, lf_issues *issues, lf_error *error);
void lf_park_model_free(lf_park_model *model);

// Parts of the build, in this order. They add issues and fail with LF_MISSING, LF_TOPOLOGY,
// LF_RANGE or LF_MEMORY.
lf_code lf_park_check_rows(const lf_twin *twin, lf_issues *issues, lf_error *error);
lf_code lf_park_build_roads(lf_park_model *model, lf_error *error);
lf_code lf_park_build_lots(lf_park_model *model, lf_issues *issues, lf_error *error);
lf_code lf_park_build_entries(lf_park_model *model, lf_issues *issues, lf_error *error);
lf_code lf_park_build_reach(lf_park_model *model, lf_issues *issues, lf_error *error);
lf_code lf_park_build_demand(lf_park_model *model, const lf_park_trip *trips, int trip_count,
                             lf_error *error);
lf_code lf_park_build_initial(lf_park_model *model, lf_issues *issues, lf_error *error);

// Seeds of a tree towards the spot (at most 2); closed by edge, may be NULL. label -2 marks the
// spot's own node.
enum { LF_PARK_ARRIVED = -2 };
int lf_park_seeds(const lf_park_model *model, const lf_park_spot *spot, const uint8_t *closed,
                  lf_geo_seed seeds[2]);

// May a car with this need stand on a place with that permit?
bool lf_park_permitted(const lf_park_car *car, int permit);
// The permits that the car may use, as bits.
unsigned lf_park_permits(const lf_park_car *car);
double lf_park_lot_walk_m(const lf_park_model *model, int building, int lot);

// Random events of a car: the day of the trip and what is drawn.
typedef enum lf_park_draw {
    LF_PARK_DRAW_USED,
    LF_PARK_DRAW_DEPARTURE,
    LF_PARK_DRAW_DEPARTURE_2,
    LF_PARK_DRAW_RETURN,
    LF_PARK_DRAW_RETURN_2,
    LF_PARK_DRAW_VISIT,
    LF_PARK_DRAW_DWELL,
    LF_PARK_DRAW_GATE_IN,
    LF_PARK_DRAW_GATE_OUT,
    LF_PARK_DRAW_SERVICE_IN,
    LF_PARK_DRAW_SERVICE_OUT,
    LF_PARK_DRAW_CHARGE,
    LF_PARK_DRAW_ILLEGAL,
    LF_PARK_DRAW_KIND,
    LF_PARK_DRAW_COUNT = 32
} lf_park_draw;
double lf_park_random(const lf_park_model *model, int car, int day, lf_park_draw draw);

// When a car that is outside comes next, strictly after `after_s`; INFINITY = not within a
// fortnight. *day becomes the day of the trip (0 = the day of the start).
double lf_park_next_arrival(const lf_park_model *model, int car, double after_s, int *day);
// When a car that parks at parked_s on trip `day` leaves; strictly later than parked_s.
double lf_park_next_departure(const lf_park_model *model, int car, double parked_s, int day);
// Is the car inside when the run starts? *day is the trip it is on, *since_s when it came.
bool lf_park_starts_inside(const lf_park_model *model, int car, int *day, double *since_s);

#endif
