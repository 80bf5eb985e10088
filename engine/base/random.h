// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Counter-based random numbers: the value depends on (seed, entity, event) alone, never on the
// order of calls, so options share their random numbers and threads need no streams. Philox
// 4x32-10: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC11.
#ifndef LF_BASE_RANDOM_H
#define LF_BASE_RANDOM_H

#include "lifang/base.h"

void lf_random_philox(const uint32_t counter[4], const uint32_t key[2], uint32_t out[4]);
// Two independent 64-bit words for a key.
void lf_random_pair(uint64_t seed, uint64_t entity, uint64_t event, uint64_t out[2]);
// Uniform in (0, 1): never 0, never 1; 53 bits.
double lf_random_unit(uint64_t seed, uint64_t entity, uint64_t event);
double lf_random_exponential(uint64_t seed, uint64_t entity, uint64_t event, double mean);
double lf_random_normal(uint64_t seed, uint64_t entity, uint64_t event);
// 0 .. count - 1.
uint32_t lf_random_below(uint64_t seed, uint64_t entity, uint64_t event, uint32_t count);

#endif
