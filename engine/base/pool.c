// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Worker threads that sleep between jobs. A job is a range of chunks taken by an atomic counter;
// the caller works too, so one thread means no hand-over at all.
#include "base/pool.h"
#include "base/memory.h"

#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

enum { THREADS_MAX = 256, SPINS = 2000 };

struct lf_pool {
    int thread_count; // the caller included
    pthread_t threads[THREADS_MAX];
    pthread_mutex_t mutex;
    pthread_cond_t wake;
    pthread_cond_t done;
    atomic_uint job; // number of the current job
    atomic_int next; // next chunk to take
    atomic_int busy; // workers that have not finished the job
    int chunk_count;
    lf_chunk_task *task;
    void *context;
    bool quit;
};

static void work(lf_pool *pool) {
    for (;;) {
        const int chunk = atomic_fetch_add_explicit(&pool->next, 1, memory_order_relaxed);
        if (chunk >= pool->chunk_count)
            return;
        pool->task(pool->context, chunk);
    }
}

// Spins a little before sleeping: steps of a solver follow one another within microseconds.
static unsigned wait_for_job(lf_pool *pool, unsigned seen) {
    for (int spin = 0; spin < SPINS; spin++)
        if (atomic_load_explicit(&pool->job, memory_order_acquire) != seen)
            return atomic_load_explicit(&pool->job, memory_order_acquire);
    pthread_mutex_lock(&pool->mutex);
    while (atomic_load_explicit(&pool->job, memory_order_acquire) == seen && !pool->quit)
        pthread_cond_wait(&pool->wake, &pool->mutex);
    pthread_mutex_unlock(&pool->mutex);
    return atomic_load_explicit(&pool->job, memory_order_acquire);
}

static void *worker(void *argument) {
    lf_pool *pool = argument;
    unsigned seen = 0;
    for (;;) {
        const unsigned job = wait_for_job(pool, seen);
        if (job == seen)
            return NULL; // asked to quit
        seen = job;
        work(pool);
        if (atomic_fetch_sub_explicit(&pool->busy, 1, memory_order_acq_rel) == 1) {
            pthread_mutex_lock(&pool->mutex);
            pthread_cond_signal(&pool->done);
            pthread_mutex_unlock(&pool->mutex);
        }
    }
}

lf_pool *lf_pool_create(int threads) {
    if (threads <= 0)
        threads = (int)sysconf(_SC_NPROCESSORS_ONLN);
    if (threads < 1)
        threads = 1;
    if (threads > THREADS_MAX)
        threads = THREADS_MAX;
    lf_pool *pool = lf_memory_take(NULL, sizeof *pool);
    if (!pool)
        return NULL;
    pthread_mutex_init(&pool->mutex, NULL);
    pthread_cond_init(&pool->wake, NULL);
    pthread_cond_init(&pool->done, NULL);
    pool->thread_count = 1;
    while (pool->thread_count < threads &&
           pthread_create(&pool->threads[pool->thread_count], NULL, worker, pool) == 0)
        pool->thread_count++;
    return pool;
}

void lf_pool_destroy(lf_pool *pool) {
    if (!pool)
        return;
    pthread_mutex_lock(&pool->mutex);
    pool->quit = true;
    pthread_cond_broadcast(&pool->wake);
    pthread_mutex_unlock(&pool->mutex);
    for (int i = 1; i < pool->thread_count; i++)
        pthread_join(pool->threads[i], NULL);
    pthread_cond_destroy(&pool->done);
    pthread_cond_destroy(&pool->wake);
    pthread_mutex_destroy(&pool->mutex);
    lf_memory_give(NULL, pool, sizeof *pool);
}

int lf_pool_threads(const lf_pool *pool) {
    return pool ? pool->thread_count : 1;
}

void lf_pool_run(lf_pool *pool, int chunk_count, lf_chunk_task *task, void *context) {
    assert(task && chunk_count >= 0);
    if (!pool || pool->thread_count == 1 || chunk_count <= 1) {
        for (int chunk = 0; chunk < chunk_count; chunk++)
            task(context, chunk);
        return;
    }
    pool->task = task;
    pool->context = context;
    pool->chunk_count = chunk_count;
    atomic_store_explicit(&pool->next, 0, memory_order_relaxed);
    atomic_store_explicit(&pool->busy, pool->thread_count - 1, memory_order_relaxed);
    pthread_mutex_lock(&pool->mutex);
    atomic_fetch_add_explicit(&pool->job, 1, memory_order_release);
    pthread_cond_broadcast(&pool->wake);
    pthread_mutex_unlock(&pool->mutex);
    work(pool);
    for (int spin = 0; spin < SPINS && atomic_load_explicit(&pool->busy, memory_order_acquire);
         spin++) {
    }
    pthread_mutex_lock(&pool->mutex);
    while (atomic_load_explicit(&pool->busy, memory_order_acquire) > 0)
        pthread_cond_wait(&pool->done, &pool->mutex);
    pthread_mutex_unlock(&pool->mutex);
}
