// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Where doors, stalls and gates meet the drivable roads.
#ifndef LF_TWIN_ACCESS_H
#define LF_TWIN_ACCESS_H

#include "base/memory.h"
#include "lifang/twin.h"

// Entries for every row of the layer, in the arena; NULL without memory.
const lf_access *lf_twin_find_access(lf_arena *arena, const lf_spec *spec, lf_layer layer);
// Builds the graph of drivable roads in the arena; false without memory.
bool lf_twin_build_roads(lf_arena *arena, const lf_spec *spec, lf_road_graph *graph);

#endif
