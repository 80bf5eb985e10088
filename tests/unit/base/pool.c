// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The pool runs every chunk exactly once, for any number of threads and many short jobs; arenas and
// growing arrays survive an allocator that fails.
#include "base/pool.h"
#include "base/memory.h"
#include "check.h"

typedef struct job {
    unsigned char times[1000];
    double part[1000];
} job;

static void touch(void *context, int chunk) {
    job *j = context;
    j->times[chunk]++;
    for (int i = 0; i < 100; i++)
        j->part[chunk] += 1.0 / (1 + chunk * 100 + i);
}

typedef struct failing {
    int left;
    long balance;
} failing;

static void *resize(void *user, void *block, size_t old_bytes, size_t new_bytes) {
    failing *f = user;
    if (new_bytes && f->left-- <= 0)
        return NULL;
    f->balance += (long)new_bytes - (long)old_bytes;
    if (!new_bytes) {
        free(block);
        return NULL;
    }
    return realloc(block, new_bytes);
}

int main(void) {
    double first = 0;
    for (int threads = 1; threads <= 5; threads++) {
        lf_pool *pool = lf_pool_create(threads);
        CHECK(pool && lf_pool_threads(pool) == threads);
        job *j = calloc(1, sizeof *j);
        for (int round = 0; round < 200; round++)
            lf_pool_run(pool, 1000, touch, j);
        int wrong = 0;
        for (int i = 0; i < 1000; i++)
            wrong += j->times[i] != 200;
        CHECK(wrong == 0);
        const double sum = lf_sum(j->part, 1000);
        if (threads == 1)
            first = sum;
        CHECK(sum == first);
        free(j);
        lf_pool_destroy(pool);
    }
    float *ones = malloc(1000003 * sizeof *ones);
    for (int i = 0; i < 1000003; i++)
        ones[i] = 0.1f;
    CHECK_NEAR(lf_sum_float(ones, 1000003), 1000003 * (double)0.1f, 1e-8);
    free(ones);
    for (int n = 0; n < 6; n++) {
        failing f = {.left = n};
        const lf_allocator allocator = {resize, &f};
        lf_arena *arena = lf_arena_create(&allocator);
        for (int i = 0; arena && i < 100; i++)
            if (!lf_arena_take(arena, 5000))
                break;
        void *list = NULL;
        size_t capacity = 0;
        for (size_t i = 1; i < 1000; i++)
            if (!lf_memory_grow(&allocator, &list, &capacity, i, 8))
                break;
        lf_memory_give(&allocator, list, capacity * 8);
        lf_arena_destroy(arena);
        CHECK(f.balance == 0);
    }
    return lf_check_end();
}
