// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Who stands where when the run starts: cars that are at home take the nearest place that is left,
// in a random order; parking areas with a stall counter get as many cars as it counted.
#include "park/model.h"

#include "base/random.h"
#include "park/place.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NO_COUNTER = -1 };

typedef struct ordered {
    double value;
    int car;
} ordered;

typedef struct filling {
    lf_park_model *model;
    int *place_car; // -1 = free
    int *parked;    // per parking row
    int *counted;   // per parking row, NO_COUNTER = no sensor
    ordered *order; // cars that start inside
    int order_count;
} filling;

static int compare_ordered(const void *a, const void *b) {
    const ordered *x = a, *y = b;
    if (x->value != y->value)
        return x->value < y->value ? -1 : 1;
    return x->car < y->car ? -1 : x->car > y->car;
}

// --- sensors ------------------------------------------------------------------------------------

// Time of day in China, which has one zone and no summer time; samples are kept in UTC.
static double clock_of(double unix_s) {
    double local = unix_s + 8 * 3600.0;
    return local - 86400 * floor(local / 86400);
}

// The count that holds at the start: the last sample whose time of day is not later than the run's.
static double count_at_start(const lf_samples *samples, double start_clock_s) {
    double value = samples->values[0], best = -1;
    for (int i = 0; i < samples->count; i++) {
        double clock = clock_of(samples->start_unix_s + samples->time_s[i]);
        if (clock <= start_clock_s && clock > best) {
            best = clock;
            value = samples->values[i];
        }
    }
    return value;
}

static void read_counters(filling *f, lf_issues *issues) {
    const lf_park_model *model = f->model;
    int count = 0;
    const lf_sensor *rows = lf_twin_rows(model->twin, LF_SENSORS, &count);
    const lf_parking *parkings = lf_twin_rows(model->twin, LF_PARKING, &(int){0});
    for (int i = 0; i < count; i++) {
        unsigned id = 0;
        if (rows[i].kind != LF_SENSOR_STALL_COUNT || rows[i].samples.count == 0 ||
            !rows[i].target || sscanf(rows[i].target, "parking/%u", &id) != 1)
            continue;
        char feature[48];
        snprintf(feature, sizeof feature, "sensors/%u", rows[i].row.id);
        int parking = lf_spec_find(lf_twin_spec(model->twin), LF_PARKING, id);
        double cars = count_at_start(&rows[i].samples, model->clock.start_clock_s);
        if (parking < 0) {
            lf_issues_addf(issues, LF_WARNING, LF_REFERENCE, "", 0, feature,
                           "set its target to an existing row", "counts %s, which does not exist",
                           rows[i].target);
            continue;
        }
        if (!(cars >= 0) || cars > parkings[parking].capacity)
            lf_issues_addf(issues, LF_WARNING, LF_RANGE, "", 0, feature, "",
                           "counts %g cars at the start, outside 0..%d of its parking", cars,
                           parkings[parking].capacity);
        f->counted[parking] = cars >= 0 ? (int)(cars + 0.5) : 0;
    }
}

// --- placing ------------------------------------------------------------------------------------

static bool put_car(filling *f, int car, int lot) {
    lf_park_model *model = f->model;
    int place = lf_park_pick_place(model, lot, car, f->place_car, NULL, false);
    if (place < 0)
        return false;
    int old = model->initial_place[car];
    if (old >= 0) {
        f->place_car[old] = -1;
        if (model->places[old].parking >= 0)
            f->parked[model->places[old].parking]--;
    }
    f->place_car[place] = car;
    model->initial_place[car] = place;
    if (model->lots[lot].parking >= 0)
        f->parked[model->lots[lot].parking]++;
    return true;
}

static bool has_room(const filling *f, int lot) {
    int parking = f->model->lots[lot].parking;
    return parking < 0 || f->counted[parking] == NO_COUNTER ||
           f->parked[parking] < f->counted[parking];
}

static void place_by_walk(filling *f) {
    lf_park_model *model = f->model;
    for (int i = 0; i < f->order_count; i++) {
        int car = f->order[i].car;
        const int *rank = model->rank + (size_t)model->cars[car].building * model->rank_count;
        for (int k = 0; k < model->rank_count && rank[k] >= 0; k++)
            if (lf_park_lot_walk_m(model, model->cars[car].building, rank[k]) <=
                    model->settings.walk_limit_m &&
                has_room(f, rank[k]) && put_car(f, car, rank[k]))
                break;
    }
}

// Fills a counted parking with the cars at home that live nearest to it and are not counted yet.
static void fill_counted(filling *f, int parking) {
    lf_park_model *model = f->model;
    int target = -1;
    for (int l = 0; l < model->lot_count && target < 0; l++)
        if (model->lots[l].parking == parking)
            target = l;
    if (target < 0)
        return;
    for (int i = 0; i < f->order_count; i++)
        f->order[i].value =
            lf_park_lot_walk_m(model, model->cars[f->order[i].car].building, target);
    qsort(f->order, (size_t)f->order_count, sizeof *f->order, compare_ordered);
    for (int i = 0; i < f->order_count && f->parked[parking] < f->counted[parking]; i++) {
        int place = model->initial_place[f->order[i].car];
        int at = place >= 0 ? model->places[place].parking : -1;
        if (at >= 0 && f->counted[at] != NO_COUNTER)
            continue;
        for (int l = 0; l < model->lot_count; l++)
            if (model->lots[l].parking == parking && put_car(f, f->order[i].car, l))
                break;
    }
}

static void order_cars(filling *f) {
    lf_park_model *model = f->model;
    for (int car = 0; car < model->car_count; car++) {
        int day = 0;
        double since_s = 0;
        model->initial_place[car] = -1;
        if (!lf_park_starts_inside(model, car, &day, &since_s))
            continue;
        model->initial_place[car] = -2;
        double value = lf_random_unit(model->clock.seed, model->cars[car].key, 2);
        f->order[f->order_count++] = (ordered){value, car};
    }
    qsort(f->order, (size_t)f->order_count, sizeof *f->order, compare_ordered);
}

lf_code lf_park_build_initial(lf_park_model *model, lf_issues *issues, lf_error *error) {
    size_t cars = (size_t)model->car_count, places = (size_t)model->place_count;
    size_t parkings = (size_t)model->parking_count;
    size_t bytes = cars * sizeof(ordered) + (places + 2 * parkings) * sizeof(int) + 8;
    model->initial_place = lf_arena_take(model->arena, cars * sizeof(int) + 1);
    void *block = lf_memory_take(model->allocator, bytes);
    if (!block || !model->initial_place) {
        lf_memory_give(model->allocator, block, bytes);
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for %zu cars", cars);
    }
    filling f = {.model = model, .order = block};
    f.place_car = (int *)(f.order + cars);
    f.parked = f.place_car + places;
    f.counted = f.parked + parkings;
    for (size_t i = 0; i < places; i++)
        f.place_car[i] = -1;
    for (size_t i = 0; i < parkings; i++)
        f.counted[i] = NO_COUNTER;
    read_counters(&f, issues);
    order_cars(&f);
    place_by_walk(&f);
    for (int p = 0; p < model->parking_count; p++)
        if (f.counted[p] != NO_COUNTER) {
            fill_counted(&f, p);
            if (f.parked[p] < f.counted[p])
                lf_issues_addf(issues, LF_WARNING, LF_RANGE, "", 0, "parking", "",
                               "its counter saw %d cars at the start; only %d of the cars at home "
                               "may park there",
                               f.counted[p], f.parked[p]);
        }
    lf_memory_give(model->allocator, block, bytes);
    return LF_OK;
}
