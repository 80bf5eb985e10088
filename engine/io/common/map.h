// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// A hash map from 64-bit keys to ints: OSM ids to rows, rounded coordinates to vertices.
#ifndef LF_IO_MAP_H
#define LF_IO_MAP_H

#include "lifang/spec.h"

typedef struct lf_io_map {
    uint64_t *keys;
    int *values; // -1 = free slot
    size_t capacity, count;
    bool failed; // memory ran out
} lf_io_map;     // zeroed is empty
void lf_io_map_free(lf_io_map *map);
// Adds or overwrites.
void lf_io_map_set(lf_io_map *map, uint64_t key, int value);
int lf_io_map_get(const lf_io_map *map, uint64_t key); // -1 = not there
// Key of a place on a grid of `step_m`.
uint64_t lf_io_map_place(lf_vec2 point, double step_m);

#endif
