// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// How many cells per second the card computes when everything is wet, beside the rate at which a
// plain kernel copies a buffer in the same run. Prints; no gate. On a program that plays card
// (llvmpipe) only small sizes, which say nothing about cards.
#include "drain/surface/gpu.h"
#include "gpu/compute.h"
#include "gpu/context.h"
#include "gpu/program.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double now_s(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void give_up(const char *what, const lf_error *error) {
    printf("%s: %s\n", what, error->message);
    exit(error->code == LF_UNAVAILABLE || error->code == LF_MEMORY ? 77 : 1);
}

// Bytes read and written per second.
static double copy_bytes_s(size_t bytes, int times) {
    lf_gpu_buffer buffers[2];
    lf_error error = {0};
    GLuint program = 0;
    if (lf_gpu_buffer_create(&buffers[0], bytes, &error) ||
        lf_gpu_buffer_create(&buffers[1], bytes, &error) ||
        lf_gpu_program_create_compute("compute/copy.comp", NULL, &program, &error)) {
        give_up("copy", &error);
    }
    lf_gpu_bind_buffers(0, 2, buffers);
    glProgramUniform1ui(program, 0, (GLuint)(bytes / 16));
    double best = INFINITY;
    for (int trial = 0; trial < 4; trial++) {
        lf_gpu_wait();
        double begin = now_s();
        for (int i = 0; i < times; i++) {
            lf_gpu_dispatch(program, (bytes / 16 + 255) / 256);
        }
        lf_gpu_wait();
        best = fmin(best, now_s() - begin);
    }
    lf_gpu_program_destroy(program);
    lf_gpu_buffer_destroy(&buffers[0]);
    lf_gpu_buffer_destroy(&buffers[1]);
    return 2.0 * (double)bytes * times / best;
}

// plain: even roughness and no kerbs, which need no arrays.
static void build(lf_drain_f32_plan *plan, lf_drain_f32_field *field, bool plain) {
    for (int row = 2; row < plan->rows + 2; row++) {
        for (int col = 2; col < plan->cols + 2; col++) {
            size_t k = (size_t)row * (size_t)plan->stride + (size_t)col;
            double block = col % 40 < 10 && row % 30 < 8 ? 10 : 0;
            plan->ground_m[k] = (float)(0.002 * col + 0.05 * sin(0.1 * row) + block);
            plan->manning2[k] = plain ? 9e-4f : 9e-4f + 1e-5f * (float)(col % 7);
            if (!plain && col % 23 == 5) {
                plan->face_x_m[k] = plan->ground_m[k] + 0.1f;
            }
            field->depth_m[k] = 0.2f;
        }
    }
    lf_drain_f32_open_edges(plan);
    lf_drain_f32_raise_faces(plan);
}

static void measure(lf_gpu *context, int side, int scheme, bool plain, long steps_wanted,
                    double copy) {
    lf_arena *arena = lf_arena_create(NULL);
    lf_drain_f32_plan plan;
    lf_drain_f32_field field = {0};
    lf_drain_f32_shape(&plan, side, side, 1);
    plan.scheme = scheme;
    if (!lf_drain_f32_take_plan(&plan, arena) || !lf_drain_f32_take_field(&plan, &field, arena)) {
        abort();
    }
    build(&plan, &field, plain);
    lf_drain_gpu_def def = {.plan = &plan, .context = context};
    lf_drain_gpu *gpu = NULL;
    lf_error error = {0};
    long steps = 0;
    double cell_steps = 0, step_s, took = 0;
    lf_code code = lf_drain_gpu_create(&def, &gpu, &error);
    code = code ? code : lf_drain_gpu_upload(gpu, &field, &error);
    code = code ? code : lf_drain_gpu_advance(gpu, 0.5, &steps, &cell_steps, &error);
    if (code) {
        give_up("bench", &error);
    }
    step_s = 0.5 / (double)(steps > 0 ? steps : 1);
    double before = cell_steps, begin = now_s();
    long first = steps;
    code = lf_drain_gpu_advance(gpu, step_s * (double)steps_wanted, &steps, &cell_steps, &error);
    took = now_s() - begin;
    double rate = (cell_steps - before) / took;
    int bytes = lf_drain_gpu_step_bytes(gpu);
    printf("%-8s %5d x %-5d %-7s %9.4f Gcell/s  %3d bytes per cell  %8.2f GB/s, %5.1f %% of copy  "
           "(%ld steps, %.3f s, %.2f GB on the card)%s\n",
           scheme == LF_DRAIN_SWE ? "swe" : "inertial", side, side, plain ? "plain" : "general",
           rate / 1e9, bytes, rate * bytes / 1e9, 100 * rate * bytes / copy, steps - first, took,
           (double)lf_drain_gpu_bytes(gpu) / 1e9, code ? " FAILED" : "");
    lf_drain_gpu_destroy(gpu);
    lf_arena_destroy(arena);
}

int main(void) {
    lf_gpu *context = NULL;
    lf_error error = {0};
    if (lf_gpu_open_offscreen(&context, &error) != LF_OK) {
        give_up("bench", &error);
    }
    bool software = lf_gpu_is_software(context);
    const int large[] = {1024, 2048, 4096, 8192}, small[] = {128, 256};
    const int *sides = software ? small : large;
    printf("card: %s%s\n", lf_gpu_renderer(context),
           software ? " (a program: small sizes only, no measure of any card)" : "");
    double copy = copy_bytes_s(software ? (size_t)16 << 20 : (size_t)1 << 30, software ? 4 : 50);
    printf("copy: %.2f GB/s read and written\n", copy / 1e9);
    for (int i = 0; i < (software ? 2 : 4); i++) {
        long steps = software ? 20 : (long)(2e10 / ((double)sides[i] * sides[i]));
        for (int scheme = LF_DRAIN_INERTIAL; scheme <= LF_DRAIN_SWE; scheme++) {
            measure(context, sides[i], scheme, true, steps, copy);
            measure(context, sides[i], scheme, false, steps, copy);
        }
    }
    lf_gpu_close(context);
    return 0;
}
