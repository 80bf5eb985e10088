// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// A renderer in the solver's context draws the water from the solver's own buffer: the picture
// holds the depths that the host would download, after each of several advances.
#include "check.h"
#include "drain/surface/gpu.h"
#include "gpu/compute.h"
#include "gpu/context.h"
#include "gpu/program.h"
#include "gpu/target.h"

enum { COLS = 100, ROWS = 40 };

static void draw(GLuint program, const lf_gpu_target *target, lf_drain_gpu_water water,
                 float *pixels) {
    GLuint vertices = 0;
    glCreateVertexArrays(1, &vertices);
    glBindVertexArray(vertices);
    lf_gpu_target_use(target);
    glUseProgram(program);
    glUniform4i(0, water.first, water.stride, water.cols, water.rows);
    glBindBufferBase(GL_SHADER_STORAGE_BUFFER, 0, water.buffer);
    glMemoryBarrier(GL_SHADER_STORAGE_BARRIER_BIT);
    glDrawArrays(GL_TRIANGLES, 0, 3);
    glGetTextureImage(target->colour, 0, GL_RED, GL_FLOAT, COLS * ROWS * (int)sizeof *pixels,
                      pixels);
    glDeleteVertexArrays(1, &vertices);
}

static void watch(lf_drain_gpu *gpu, const lf_drain_f32_plan *plan, float *depth) {
    lf_error error = {0};
    GLuint program = 0;
    lf_gpu_target target;
    float *pixels = malloc(COLS * ROWS * sizeof *pixels);
    CHECK(lf_gpu_program_create("draw/full.vert", "draw/flood.frag", &program, &error) == LF_OK);
    CHECK(lf_gpu_target_create(&target, COLS, ROWS, GL_R32F, 0, false, &error) == LF_OK);
    for (int frame = 0; frame < 4; frame++) {
        long steps = 0;
        double cell_steps = 0;
        int different = 0;
        float most = 0;
        CHECK(lf_drain_gpu_advance(gpu, 0.7, &steps, &cell_steps, &error) == LF_OK);
        CHECK(steps > 0);
        draw(program, &target, lf_drain_gpu_water_now(gpu), pixels);
        CHECK(lf_drain_gpu_download_depth(gpu, depth, &error) == LF_OK);
        for (int i = 0; i < COLS * ROWS; i++) {
            float there = depth[(i / COLS + 2) * plan->stride + i % COLS + 2];
            different += pixels[i] != there;
            most = fmaxf(most, pixels[i]);
        }
        CHECK(different == 0);
        CHECK(most > 0.1f);
    }
    lf_gpu_target_destroy(&target);
    lf_gpu_program_destroy(program);
    free(pixels);
}

int main(void) {
    lf_gpu *context = NULL;
    lf_drain_gpu *gpu = NULL;
    lf_error error = {0};
    lf_arena *arena = lf_arena_create(NULL);
    lf_drain_f32_plan plan;
    lf_drain_f32_field field = {0};
    lf_code code = lf_gpu_open_offscreen(&context, &error);
    if (code != LF_OK) {
        printf("%s\n", error.message);
        lf_arena_destroy(arena);
        return code == LF_UNAVAILABLE ? 77 : 1;
    }
    lf_drain_f32_shape(&plan, COLS, ROWS, 1);
    CHECK(lf_drain_f32_take_plan(&plan, arena) && lf_drain_f32_take_field(&plan, &field, arena));
    for (int i = 0; i < COLS * ROWS; i++) {
        int k = (i / COLS + 2) * plan.stride + i % COLS + 2;
        plan.ground_m[k] = 0;
        plan.manning2[k] = 9e-4f;
        field.depth_m[k] = i % COLS < 30 ? 1 : 0;
    }
    lf_drain_f32_raise_faces(&plan);
    lf_drain_gpu_def def = {.plan = &plan, .context = context};
    code = lf_drain_gpu_create(&def, &gpu, &error);
    CHECK(code == LF_OK && lf_drain_gpu_upload(gpu, &field, &error) == LF_OK);
    if (code == LF_OK) {
        watch(gpu, &plan, field.depth_m);
    }
    lf_drain_gpu_destroy(gpu);
    lf_gpu_close(context);
    lf_arena_destroy(arena);
    return lf_check_end();
}
