// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Which place of a lot a car takes.
#include "park/place.h"

static bool is_free(const int32_t *place_car, const uint8_t *flooded, int place) {
    return place_car[place] < 0 && !(flooded && flooded[place]);
}

int lf_park_pick_place(const lf_park_model *model, int lot, int car, const int32_t *place_car,
                       const uint8_t *flooded, bool wants_charger) {
    const lf_park_lot *l = &model->lots[lot];
    const int *list = model->lot_place + l->first;
    unsigned permits = lf_park_permits(&model->cars[car]);
    if (!(l->permits & permits))
        return -1;
    bool alike = l->permits == 1u << LF_PERMIT_ANY && l->charger_permits == 0;
    int best = -1, best_score = 4;
    for (int k = 0; k < l->count && best_score > 0; k++) {
        if (!is_free(place_car, flooded, list[k]))
            continue;
        if (alike)
            return list[k];
        const lf_park_place *place = &model->places[list[k]];
        if (!((permits >> place->permit) & 1u))
            continue;
        int score = (place->charger_kw > 0) != wants_charger ? 2 : 0;
        score += place->permit == LF_PERMIT_ANY;
        if (score < best_score) {
            best_score = score;
            best = list[k];
        }
    }
    return best;
}
