// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Which place of a lot a car takes.
#ifndef LF_PARK_PLACE_H
#define LF_PARK_PLACE_H

#include "park/model.h"

// The best free place of the lot that the car may use, or -1. place_car is -1 where free; flooded
// (may be NULL) is 1 where nobody can park. A car that wants to charge takes a place with a charger
// first; others leave those and the places that everybody may use to the last.
int lf_park_pick_place(const lf_park_model *model, int lot, int car, const int32_t *place_car,
                       const uint8_t *flooded, bool wants_charger);

#endif
