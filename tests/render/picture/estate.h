// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// A small walk-up estate made by hand for the picture tests: relief, slabs, sheds, roads, stalls,
// greens, pipes, sensors, and an option result with water and cars.
#ifndef LF_TESTS_RENDER_ESTATE_H
#define LF_TESTS_RENDER_ESTATE_H

#include "lifang/result.h"

// NULL on failure (prints why).
lf_twin *estate_twin(bool with_terrain);
// With a depth grid, ground and three frames where `water`; cars on two thirds of the places.
lf_option_result *estate_result(const lf_twin *twin, bool water, bool cars);

#endif
