// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Philox 4x32-10 and the distributions over it. See random.h for the reference.
#include "base/random.h"

#include <assert.h>
#include <math.h>

void lf_random_philox(const uint32_t counter[4], const uint32_t key[2], uint32_t out[4]) {
    uint32_t c0 = counter[0], c1 = counter[1], c2 = counter[2], c3 = counter[3];
    uint32_t k0 = key[0], k1 = key[1];
    for (int round = 0; round < 10; round++) {
        const uint64_t p0 = (uint64_t)0xD2511F53u * c0, p1 = (uint64_t)0xCD9E8D57u * c2;
        const uint32_t n0 = (uint32_t)(p1 >> 32) ^ c1 ^ k0, n2 = (uint32_t)(p0 >> 32) ^ c3 ^ k1;
        c1 = (uint32_t)p1;
        c3 = (uint32_t)p0;
        c0 = n0;
        c2 = n2;
        k0 += 0x9E3779B9u;
        k1 += 0xBB67AE85u;
    }
    out[0] = c0;
    out[1] = c1;
    out[2] = c2;
    out[3] = c3;
}

void lf_random_pair(uint64_t seed, uint64_t entity, uint64_t event, uint64_t out[2]) {
    const uint32_t counter[4] = {(uint32_t)entity, (uint32_t)(entity >> 32), (uint32_t)event,
                                 (uint32_t)(event >> 32)};
    const uint32_t key[2] = {(uint32_t)seed, (uint32_t)(seed >> 32)};
    uint32_t words[4];
    lf_random_philox(counter, key, words);
    out[0] = (uint64_t)words[0] << 32 | words[1];
    out[1] = (uint64_t)words[2] << 32 | words[3];
}

static double to_unit(uint64_t word) {
    return ((double)(word >> 11) + 0.5) * 0x1p-53;
}

double lf_random_unit(uint64_t seed, uint64_t entity, uint64_t event) {
    uint64_t pair[2];
    lf_random_pair(seed, entity, event, pair);
    return to_unit(pair[0]);
}

double lf_random_exponential(uint64_t seed, uint64_t entity, uint64_t event, double mean) {
    return -mean * log(lf_random_unit(seed, entity, event));
}

// Box and Muller (1958); one of the pair is used, so that a value needs no memory of the last.
double lf_random_normal(uint64_t seed, uint64_t entity, uint64_t event) {
    uint64_t pair[2];
    lf_random_pair(seed, entity, event, pair);
    return sqrt(-2.0 * log(to_unit(pair[0]))) * cos(6.283185307179586 * to_unit(pair[1]));
}

uint32_t lf_random_below(uint64_t seed, uint64_t entity, uint64_t event, uint32_t count) {
    assert(count > 0);
    uint64_t pair[2];
    lf_random_pair(seed, entity, event, pair);
    return (uint32_t)(((pair[0] >> 32) * count) >> 32);
}
