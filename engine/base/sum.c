// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Sums in a fixed order, whatever the number of threads.
#include "base/pool.h"

enum { BLOCK = 64 };

double lf_sum(const double *values, size_t count) {
    if (count <= BLOCK) {
        double sum = 0;
        for (size_t i = 0; i < count; i++)
            sum += values[i];
        return sum;
    }
    const size_t half = (count / 2 + BLOCK - 1) / BLOCK * BLOCK;
    return lf_sum(values, half) + lf_sum(values + half, count - half);
}

double lf_sum_float(const float *values, size_t count) {
    if (count <= BLOCK) {
        double sum = 0;
        for (size_t i = 0; i < count; i++)
            sum += values[i];
        return sum;
    }
    const size_t half = (count / 2 + BLOCK - 1) / BLOCK * BLOCK;
    return lf_sum_float(values, half) + lf_sum_float(values + half, count - half);
}
