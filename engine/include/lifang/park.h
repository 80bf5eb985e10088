// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Parking and estate traffic: the settings of the module `park`, and the stall places, which are
// what view draws cars on and what lf_frame_shot.place_taken counts.
#ifndef LIFANG_PARK_H
#define LIFANG_PARK_H

#include "lifang/twin.h"

#ifdef __cplusplus
extern "C" {
#endif

// --- stall places -----------------------------------------------------------------------------
//
// A place is where one car can stand. Places are numbered: first one for each row of `stalls` in
// order, then for each row of `parking` in order as many as its capacity exceeds the stalls that
// belong to it (stall.parking == parking.id). Same twin, same places.

// Charging power of a place of which only the parking row's `chargers` is known: a usual
// single-phase wall box, 7 kW (assumed).
#define LF_PARK_CHARGER_KW 7.0

typedef struct lf_park_place {
    int parking;        // index of the row in parking, -1 = a kerb stall by itself
    int stall;          // index of the row in stalls, -1 = a place without a row of its own
    int road;           // index of the access road in roads, -1 = no road leads here
    double along_m;     // of the access, from the road's first point
    int permit;         // lf_permit
    double charger_kw;  // 0 = none
    lf_vec2 position;   // centre of the car; places without a row are laid out in the polygon
    double heading_deg; // of the car's nose, clockwise from north
} lf_park_place;

// How many places the twin has. 0 is possible.
int lf_park_place_count(const lf_twin *twin);
// Fills places[lf_park_place_count(twin)]. Places of a parking row without a stall row stand in
// rows of 2.5 x 5.3 m stalls with 6 m aisles along the polygon's longest side (GB practice, see
// engine/park/README.md), nose to tail in strips narrower than 4 m, closer where the polygon is too
// small for its capacity, and on top of each other (levels of a garage) where even that fails.
void lf_park_places(const lf_twin *twin, lf_park_place *places);
// "yard", "kerb", "garage", "underground", "mechanical": the names of lf_parking_kind.
const char *lf_park_kind_name(int kind);

// --- settings ---------------------------------------------------------------------------------

// When residents drive on one kind of day. Times of day are the mean of two uniform numbers between
// `from` and `until` (a symmetric triangle).
typedef struct lf_park_day {
    double used_ratio;       // of the residents' cars, how many leave that day
    double departure_from_s; // seconds since midnight
    double departure_until_s;
    double return_from_s;
    double return_until_s;
} lf_park_day;

typedef enum lf_park_day_kind { LF_PARK_WEEKDAY, LF_PARK_WEEKEND } lf_park_day_kind;
typedef enum lf_park_service { LF_PARK_SERVICE_FIXED, LF_PARK_SERVICE_EXPONENTIAL } lf_park_service;

// The settings struct of the module `park`; units, ranges, defaults and sources stand in the table
// (engine/park/settings.c) and in engine/park/README.md.
typedef struct lf_park_settings {
    int day;        // lf_park_day_kind, holds for every day of the run
    int households; // 0 = of the twin
    double cars_per_household;
    double ev_ratio;
    double disabled_ratio;
    double visitors_per_household_day;
    double deliveries_per_household_day;
    lf_park_day weekday;
    lf_park_day weekend;
    bool guided;
    double patience_s;
    double inspect_s;
    double walk_limit_m;
    double walk_detour_ratio;
    double illegal_ratio;
    int gate_service; // lf_park_service
    double depth_limit_m;
    double stall_depth_limit_m;
    double charge_ratio;
    double charge_need_kwh;
    double charge_price_cny_kwh;
    double power_cost_cny_kwh;
    double free_stay_s;
    double kerb_fee_month_cny;
    double kerb_fee_hour_cny;
} lf_park_settings;

extern const lf_table lf_park_settings_table;

#ifdef __cplusplus
}
#endif
#endif
