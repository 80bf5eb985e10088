// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// A 64-bit hash: words are mixed by multiply and xor-shift with the finaliser constants of
// Stafford's variant 13 (used by SplitMix64, Steele, Lea, Flood 2014).
#include "base/hash.h"

#include <string.h>

static uint64_t mix(uint64_t x) {
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
    return x ^ (x >> 31);
}

uint64_t lf_hash_bytes(uint64_t seed, const void *bytes, size_t count) {
    const unsigned char *at = bytes;
    uint64_t hash = mix(seed + 0x9e3779b97f4a7c15u) ^ count;
    for (; count >= 8; count -= 8, at += 8) {
        uint64_t word;
        memcpy(&word, at, 8);
        hash = mix(hash ^ word) + 0x9e3779b97f4a7c15u;
    }
    uint64_t tail = 0;
    if (count)
        memcpy(&tail, at, count);
    return mix(hash ^ tail);
}

uint64_t lf_hash_text(uint64_t seed, const char *text) {
    return lf_hash_bytes(seed, text ? text : "", text ? strlen(text) : 0);
}
