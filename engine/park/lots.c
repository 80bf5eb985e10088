// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Supply: places grouped into lots (same parking row, same road, same 30 m of it), and the lots in
// order along each road.
#include "park/model.h"

#include <math.h>
#include <stdlib.h>

static const double BIN_M = 30.0;

typedef struct place_key {
    int parking, road, bin, place;
} place_key;

static int compare_keys(const void *a, const void *b) {
    const place_key *x = a, *y = b;
    if (x->parking != y->parking)
        return x->parking < y->parking ? -1 : 1;
    if (x->road != y->road)
        return x->road < y->road ? -1 : 1;
    if (x->bin != y->bin)
        return x->bin < y->bin ? -1 : 1;
    return x->place < y->place ? -1 : x->place > y->place;
}

static bool same_lot(const place_key *a, const place_key *b) {
    return a->parking == b->parking && a->road == b->road && a->bin == b->bin;
}

static void fill_lot(lf_park_model *model, lf_park_lot *lot) {
    double along = 0, x = 0, y = 0;
    for (int k = 0; k < lot->count; k++) {
        int index = model->lot_place[lot->first + k];
        const lf_park_place *place = &model->places[index];
        along += place->along_m;
        x += place->position.x;
        y += place->position.y;
        lot->permits |= 1u << place->permit;
        if (place->charger_kw > 0)
            lot->charger_permits |= 1u << place->permit;
        lot->parking = place->parking;
        lot->spot.road = place->road;
    }
    lot->spot.node = -1;
    lot->spot.along_m = fmin(along / lot->count, model->road_length_m[lot->spot.road]);
    lot->centre = (lf_vec2){x / lot->count, y / lot->count};
    lot->fee_month_cny = model->settings.kerb_fee_month_cny;
    lot->fee_hour_cny = model->settings.kerb_fee_hour_cny;
    if (lot->parking >= 0) {
        const lf_parking *rows = lf_twin_rows(model->twin, LF_PARKING, &(int){0});
        lot->fee_month_cny = rows[lot->parking].fee_month_cny;
        lot->fee_hour_cny = rows[lot->parking].fee_hour_cny;
    }
}

static lf_code group_places(lf_park_model *model, lf_error *error) {
    size_t places = (size_t)model->place_count;
    place_key *keys = lf_memory_take(model->allocator, places * sizeof *keys);
    model->place_lot = lf_arena_take(model->arena, places * sizeof(int));
    model->lot_place = lf_arena_take(model->arena, places * sizeof(int));
    model->lots = lf_arena_take(model->arena, places * sizeof *model->lots);
    if (!keys || !model->place_lot || !model->lot_place || !model->lots) {
        lf_memory_give(model->allocator, keys, places * sizeof *keys);
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for %zu stall places", places);
    }
    int count = 0;
    for (int i = 0; i < model->place_count; i++) {
        const lf_park_place *place = &model->places[i];
        model->place_lot[i] = -1;
        if (place->road >= 0 && model->road_length_m[place->road] > 0)
            keys[count++] =
                (place_key){place->parking, place->road, (int)floor(place->along_m / BIN_M), i};
    }
    qsort(keys, (size_t)count, sizeof *keys, compare_keys);
    for (int i = 0; i < count; i++) {
        if (i == 0 || !same_lot(&keys[i - 1], &keys[i]))
            model->lots[model->lot_count++].first = i;
        model->lots[model->lot_count - 1].count++;
        model->place_lot[keys[i].place] = model->lot_count - 1;
        model->lot_place[i] = keys[i].place;
    }
    lf_memory_give(model->allocator, keys, places * sizeof *keys);
    for (int l = 0; l < model->lot_count; l++)
        fill_lot(model, &model->lots[l]);
    return LF_OK;
}

// Insertion keeps ties in order of lot; roads hold few lots.
static void order_along(const lf_park_model *model, int *list, int count) {
    for (int i = 1; i < count; i++) {
        int lot = list[i], at = i;
        double along = model->lots[lot].spot.along_m;
        for (; at > 0 && model->lots[list[at - 1]].spot.along_m > along; at--)
            list[at] = list[at - 1];
        list[at] = lot;
    }
}

static lf_code list_roads(lf_park_model *model, lf_error *error) {
    size_t roads = (size_t)model->road_count;
    model->road_lot_first = lf_arena_take(model->arena, (roads + 2) * sizeof(int));
    model->road_lot = lf_arena_take(model->arena, (size_t)model->lot_count * sizeof(int) + 1);
    if (!model->road_lot_first || !model->road_lot)
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for the lots of %zu roads", roads);
    int *first = model->road_lot_first;
    for (int l = 0; l < model->lot_count; l++)
        first[model->lots[l].spot.road + 2]++;
    for (size_t r = 0; r < roads; r++)
        first[r + 2] += first[r + 1];
    for (int l = 0; l < model->lot_count; l++)
        model->road_lot[first[model->lots[l].spot.road + 1]++] = l;
    for (size_t r = 0; r < roads; r++)
        order_along(model, model->road_lot + first[r], first[r + 1] - first[r]);
    for (size_t r = 0; r < roads; r++)
        for (int k = first[r]; k < first[r + 1]; k++)
            model->lots[model->road_lot[k]].order = k;
    return LF_OK;
}

lf_code lf_park_build_lots(lf_park_model *model, lf_issues *issues, lf_error *error) {
    (void)issues;
    model->parking_count = lf_twin_count(model->twin, LF_PARKING);
    model->place_count = lf_park_place_count(model->twin);
    if (model->place_count == 0)
        return lf_fail(error, LF_MISSING, LF_FROM_INPUT,
                       "parking needs stalls and the twin has none: import a parking or stalls "
                       "layer with a capacity above 0, or ask for synthesised parking");
    model->places = lf_arena_take(model->arena, (size_t)model->place_count * sizeof *model->places);
    if (!model->places)
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for %d stall places",
                       model->place_count);
    lf_park_places(model->twin, model->places);
    lf_code code = group_places(model, error);
    if (code != LF_OK)
        return code;
    if (model->lot_count == 0)
        return lf_fail(error, LF_MISSING, LF_FROM_INPUT,
                       "none of the %d stall places lies on a drivable road: set drivable on the "
                       "roads beside them or add the missing roads",
                       model->place_count);
    return list_roads(model, error);
}
