// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Demand: which cars there are and when they come and go. Nothing here depends on the order of
// calls: every number is drawn by (seed, car, day and purpose), so options share them.
#include "park/model.h"

#include "base/random.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#define DAY_S 86400.0
enum { DAYS_AHEAD = 14 };

// --- who may park where -----------------------------------------------------------------------

unsigned lf_park_permits(const lf_park_car *car) {
    unsigned permits = 1u << LF_PERMIT_ANY;
    if (car->kind == LF_PARK_RESIDENT)
        permits |= 1u << LF_PERMIT_RESIDENT;
    else
        permits |= 1u << LF_PERMIT_VISITOR;
    if (car->disabled)
        permits |= 1u << LF_PERMIT_DISABLED;
    if (car->electric)
        permits |= 1u << LF_PERMIT_EV;
    return permits;
}

bool lf_park_permitted(const lf_park_car *car, int permit) {
    return (lf_park_permits(car) >> permit) & 1u;
}

// --- when ---------------------------------------------------------------------------------------

double lf_park_random(const lf_park_model *model, int car, int day, lf_park_draw draw) {
    uint64_t event = (uint64_t)(day + 2) * LF_PARK_DRAW_COUNT + (uint64_t)draw;
    return lf_random_unit(model->clock.seed, model->cars[car].key, event);
}

// Start of a day of the run, in run time; day 0 holds the start.
static double day_start_s(const lf_park_model *model, int day) {
    return day * DAY_S - model->clock.start_clock_s;
}

static double between(const lf_park_model *model, int car, int day, lf_park_draw draw, double from,
                      double until) {
    double u = lf_park_random(model, car, day, draw);
    double v = lf_park_random(model, car, day, (lf_park_draw)(draw + 1));
    return from + (until - from) * 0.5 * (u + v);
}

typedef struct absence {
    bool used;
    double leaves_s, returns_s; // run time
} absence;

static absence resident_day(const lf_park_model *model, int car, int day) {
    const lf_park_settings *s = &model->settings;
    const lf_park_day *law = s->day == LF_PARK_WEEKEND ? &s->weekend : &s->weekday;
    absence a = {.used = lf_park_random(model, car, day, LF_PARK_DRAW_USED) < law->used_ratio};
    double start = day_start_s(model, day);
    a.leaves_s = start + between(model, car, day, LF_PARK_DRAW_DEPARTURE, law->departure_from_s,
                                 law->departure_until_s);
    a.returns_s = start + between(model, car, day, LF_PARK_DRAW_RETURN, law->return_from_s,
                                  law->return_until_s);
    if (a.returns_s < a.leaves_s + 1800)
        a.returns_s = a.leaves_s + 1800; // the shortest errand, where the two ranges overlap
    return a;
}

// Guests by day and in the evening, deliveries: shapes of the peer scenario (README.md).
static double visit_arrival_s(const lf_park_model *model, int car, int day) {
    bool delivery = model->cars[car].kind == LF_PARK_DELIVERY;
    bool evening = !delivery && lf_park_random(model, car, day, LF_PARK_DRAW_KIND) < 0.3125;
    double from = evening ? 17 * 3600.0 : 8 * 3600.0;
    double until = evening || delivery ? 21 * 3600.0 : 19 * 3600.0;
    double u = lf_park_random(model, car, day, LF_PARK_DRAW_VISIT);
    double v = lf_park_random(model, car, day, LF_PARK_DRAW_RETURN);
    return day_start_s(model, day) + from + (until - from) * 0.5 * (u + v);
}

static double visit_dwell_s(const lf_park_model *model, int car, int day) {
    double u = lf_park_random(model, car, day, LF_PARK_DRAW_DWELL);
    if (model->cars[car].kind == LF_PARK_DELIVERY)
        return 180 + 420 * u;
    bool evening = lf_park_random(model, car, day, LF_PARK_DRAW_KIND) < 0.3125;
    return 600 - (evening ? 7200 : 5400) * log(u);
}

static int day_of(const lf_park_model *model, double time_s) {
    return (int)floor((time_s + model->clock.start_clock_s) / DAY_S);
}

double lf_park_next_arrival(const lf_park_model *model, int car, double after_s, int *day) {
    if (model->cars[car].kind == LF_PARK_TRIP) {
        *day = 0;
        return model->trips[car].arrive_s > after_s ? model->trips[car].arrive_s : INFINITY;
    }
    int first = day_of(model, after_s);
    if (first < -1)
        first = -1;
    for (int d = first - (first > -1); d <= first + DAYS_AHEAD; d++) {
        double arrival;
        if (model->cars[car].kind == LF_PARK_RESIDENT) {
            absence a = resident_day(model, car, d);
            arrival = a.used ? a.returns_s : -INFINITY;
        } else {
            arrival = visit_arrival_s(model, car, d);
        }
        if (arrival > after_s) {
            *day = d;
            return arrival;
        }
    }
    return INFINITY;
}

double lf_park_next_departure(const lf_park_model *model, int car, double parked_s, int day) {
    if (model->cars[car].kind == LF_PARK_TRIP)
        return parked_s + model->trips[car].dwell_s;
    if (model->cars[car].kind != LF_PARK_RESIDENT)
        return parked_s + visit_dwell_s(model, car, day);
    int first = day_of(model, parked_s);
    for (int d = first < -1 ? -1 : first; d <= first + DAYS_AHEAD; d++) {
        absence a = resident_day(model, car, d);
        if (a.used && a.leaves_s > parked_s)
            return a.leaves_s;
    }
    return INFINITY;
}

bool lf_park_starts_inside(const lf_park_model *model, int car, int *day, double *since_s) {
    *day = 0;
    *since_s = 0;
    if (model->cars[car].kind == LF_PARK_TRIP)
        return false;
    for (int d = -1; d <= 0; d++) {
        if (model->cars[car].kind == LF_PARK_RESIDENT) {
            absence a = resident_day(model, car, d);
            if (a.used && a.leaves_s <= 0 && a.returns_s > 0)
                return false;
        } else {
            double arrival = visit_arrival_s(model, car, d);
            if (arrival <= 0 && arrival + visit_dwell_s(model, car, d) > 0) {
                *day = d;
                *since_s = arrival;
                return true;
            }
        }
    }
    return model->cars[car].kind == LF_PARK_RESIDENT;
}

// --- who ----------------------------------------------------------------------------------------

static void draw_car(lf_park_model *model, int car) {
    lf_park_car *c = &model->cars[car];
    c->electric = lf_random_unit(model->clock.seed, c->key, 0) < model->settings.ev_ratio;
    c->disabled = c->kind == LF_PARK_RESIDENT &&
                  lf_random_unit(model->clock.seed, c->key, 1) < model->settings.disabled_ratio;
}

// Cars of one kind: `rate` for each household, rounded so that the running total is never off by
// more than one car. Counts only where cars is NULL.
static int spread(lf_park_model *model, const double *weight, double rate, int kind,
                  lf_park_car *cars) {
    const lf_building *rows = lf_twin_rows(model->twin, LF_BUILDINGS, &(int){0});
    double total = 0;
    int count = 0;
    for (int b = 0; b < model->building_count; b++) {
        total += weight[b] * rate;
        int until = (int)floor(total + 1e-9);
        for (int k = 0; count < until; k++, count++)
            if (cars)
                cars[count] = (lf_park_car){.key = (uint64_t)kind << 60 |
                                                   (uint64_t)rows[b].row.id << 24 | (uint64_t)k,
                                            .building = b,
                                            .kind = (uint8_t)kind};
    }
    return count;
}

static double weigh_buildings(const lf_park_model *model, double *weight) {
    const int *households = lf_twin_households(model->twin);
    double total = 0;
    for (int b = 0; b < model->building_count; b++)
        total += weight[b] = households ? households[b] : 0;
    double wanted = model->settings.households;
    if (wanted > 0)
        for (int b = 0; b < model->building_count; b++)
            weight[b] = total > 0 ? weight[b] * wanted / total : wanted / model->building_count;
    return wanted > 0 ? wanted : total;
}

static lf_code take_cars(lf_park_model *model, int count, lf_error *error) {
    model->car_count = count;
    model->cars = lf_arena_take(model->arena, (size_t)count * sizeof *model->cars + 1);
    if (!model->cars)
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for %d cars", count);
    return LF_OK;
}

static lf_code copy_trips(lf_park_model *model, const lf_park_trip *trips, int count,
                          lf_error *error) {
    lf_code code = take_cars(model, count, error);
    lf_park_trip *copy = lf_arena_take(model->arena, (size_t)count * sizeof *trips + 1);
    if (code != LF_OK || !copy)
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for %d trips", count);
    for (int i = 0; i < count; i++) {
        if (!(trips[i].arrive_s >= 0) || !(trips[i].dwell_s >= 0) || trips[i].building < 0 ||
            trips[i].building >= model->building_count || trips[i].entry_in >= model->entry_count ||
            trips[i].entry_out >= model->entry_count)
            return lf_fail(error, LF_RANGE, LF_FROM_INPUT,
                           "trip %d: the arrival or dwell time is negative, or its building or "
                           "gate does not exist",
                           i);
        copy[i] = trips[i];
        model->cars[i] =
            (lf_park_car){.key = (uint64_t)i, .building = trips[i].building, .kind = LF_PARK_TRIP};
    }
    model->trips = copy;
    return LF_OK;
}

lf_code lf_park_build_demand(lf_park_model *model, const lf_park_trip *trips, int trip_count,
                             lf_error *error) {
    if (trips)
        return copy_trips(model, trips, trip_count, error);
    const lf_park_settings *s = &model->settings;
    size_t bytes = (size_t)model->building_count * sizeof(double);
    double *weight = lf_memory_take(model->allocator, bytes);
    if (!weight)
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for %d buildings",
                       model->building_count);
    model->household_count = (int)(weigh_buildings(model, weight) + 0.5);
    const double rate[] = {s->cars_per_household, s->visitors_per_household_day,
                           s->deliveries_per_household_day};
    double most = model->household_count * (rate[0] + rate[1] + rate[2]);
    lf_code code = LF_OK;
    if (model->household_count == 0)
        code = lf_fail(error, LF_MISSING, LF_FROM_INPUT,
                       "parking needs households and the twin has none: set households on the "
                       "residential buildings, or modules.park.households");
    if (most > 1e8)
        code = lf_fail(error, LF_RANGE, LF_FROM_SCENARIO,
                       "%d households with these rates make more than 1e8 cars: lower "
                       "cars_per_household or the visits",
                       model->household_count);
    int count = 0;
    for (int kind = 0; code == LF_OK && kind < 3; kind++)
        count += spread(model, weight, rate[kind], kind, NULL);
    if (code == LF_OK)
        code = take_cars(model, count, error);
    lf_park_car *next = model->cars;
    for (int kind = 0; code == LF_OK && kind < 3; kind++)
        next += spread(model, weight, rate[kind], kind, next);
    for (int i = 0; code == LF_OK && i < model->car_count; i++)
        draw_car(model, i);
    lf_memory_give(model->allocator, weight, bytes);
    return code;
}
