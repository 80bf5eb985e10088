// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Open addressing with linear probing, at most half full.
#include "io/common/map.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static size_t slot_of(uint64_t key, size_t capacity) {
    key ^= key >> 33;
    key *= 0xff51afd7ed558ccdULL;
    key ^= key >> 33;
    key *= 0xc4ceb9fe1a85ec53ULL;
    key ^= key >> 33;
    return (size_t)(key & (capacity - 1));
}

void lf_io_map_free(lf_io_map *map) {
    free(map->keys);
    free(map->values);
    memset(map, 0, sizeof *map);
}

static void put(lf_io_map *map, uint64_t key, int value) {
    size_t slot = slot_of(key, map->capacity);
    while (map->values[slot] >= 0 && map->keys[slot] != key)
        slot = (slot + 1) & (map->capacity - 1);
    if (map->values[slot] < 0)
        map->count++;
    map->keys[slot] = key;
    map->values[slot] = value;
}

static bool grow(lf_io_map *map) {
    lf_io_map bigger = {0};
    bigger.capacity = map->capacity ? map->capacity * 2 : 1024;
    bigger.keys = malloc(bigger.capacity * sizeof *bigger.keys);
    bigger.values = malloc(bigger.capacity * sizeof *bigger.values);
    if (!bigger.keys || !bigger.values) {
        lf_io_map_free(&bigger);
        return false;
    }
    memset(bigger.values, 0xff, bigger.capacity * sizeof *bigger.values);
    for (size_t i = 0; i < map->capacity; i++)
        if (map->values[i] >= 0)
            put(&bigger, map->keys[i], map->values[i]);
    lf_io_map_free(map);
    *map = bigger;
    return true;
}

void lf_io_map_set(lf_io_map *map, uint64_t key, int value) {
    if (map->failed || (map->count * 2 >= map->capacity && !grow(map))) {
        map->failed = true;
        return;
    }
    put(map, key, value);
}

int lf_io_map_get(const lf_io_map *map, uint64_t key) {
    if (!map->capacity)
        return -1;
    size_t slot = slot_of(key, map->capacity);
    while (map->values[slot] >= 0) {
        if (map->keys[slot] == key)
            return map->values[slot];
        slot = (slot + 1) & (map->capacity - 1);
    }
    return -1;
}

uint64_t lf_io_map_place(lf_vec2 point, double step_m) {
    int64_t x = (int64_t)floor(point.x / step_m + 0.5), y = (int64_t)floor(point.y / step_m + 0.5);
    return ((uint64_t)(uint32_t)x << 32) | (uint32_t)y;
}
