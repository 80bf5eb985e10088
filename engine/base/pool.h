// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Work on fixed chunks by any number of threads. Which thread takes which chunk is left open, so a
// chunk may only write what belongs to it; sums are taken per chunk and added in order of chunk.
#ifndef LF_BASE_POOL_H
#define LF_BASE_POOL_H

#include "lifang/base.h"

typedef void lf_chunk_task(void *context, int chunk);
// Calls task for chunk 0 .. chunk_count - 1 and returns when all are done. pool may be NULL. Not
// reentrant: a task must not call it with the same pool.
void lf_pool_run(lf_pool *pool, int chunk_count, lf_chunk_task *task, void *context);
// Sum in a fixed order: pairwise over blocks of 64, the same bits for any number of threads.
double lf_sum(const double *values, size_t count);
double lf_sum_float(const float *values, size_t count);

#endif
