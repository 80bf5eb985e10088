// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Outlets for the card: which tile empties them, which tiles compute their faces, what prescribed
// edges give, and what has passed.
#include "drain/surface/gpu_inside.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

// As in shaders/compute/surface_outlets.glsl.
enum {
    FACE_IS_Y = 0x10000,
    FACE_IS_BEYOND = 0x20000,
    FACE_KIND_SHIFT = 18,
    FACES_WIDE = LF_DRAIN_TILE_COLS + 3,
    FACES_HIGH = LF_DRAIN_BAND_ROWS + 3
};
typedef struct lf_edge_now {
    float depth_m, flow_m2_s, level_m, fall_m;
} lf_edge_now;

// Runs of references by tile under construction: counted first, then filled.
typedef struct lf_refs {
    int32_t *first; // [2 tiles + 2]
    int32_t (*refs)[2];
} lf_refs;

static bool gives_flow(const lf_drain_f32_outlet *outlet) {
    return outlet->kind == LF_DRAIN_EDGE_FLOW || outlet->kind == LF_DRAIN_EDGE_FLOW_LEVEL;
}

static void refer(lf_refs *to, int run, int place, int outlet) {
    int at = to->first[run + 1]++;
    if (to->refs) {
        to->refs[at][0] = place;
        to->refs[at][1] = outlet;
    }
}

// The tiles whose face arrays hold the face: its own and those that it is within one ring of.
static void refer_face(const lf_drain_f32_plan *plan, lf_refs *to, int i) {
    const lf_drain_f32_outlet *outlet = &plan->outlets[i];
    int row = outlet->face / plan->stride, col = outlet->face % plan->stride;
    bool x = outlet->side == LF_DRAIN_WEST || outlet->side == LF_DRAIN_EAST;
    bool beyond = outlet->side == LF_DRAIN_EAST || outlet->side == LF_DRAIN_NORTH;
    int tile = (col - 1) / LF_DRAIN_TILE_COLS, band = (row - 1) / LF_DRAIN_BAND_ROWS;
    for (int b = band - 1; b <= band + 1; b++) {
        for (int t = tile - 1; t <= tile + 1; t++) {
            int across = col - t * LF_DRAIN_TILE_COLS, up = row - b * LF_DRAIN_BAND_ROWS;
            bool held = across >= 0 && across < FACES_WIDE && up >= 0 && up < FACES_HIGH &&
                        t >= 0 && b >= 0 && t < plan->tile_cols && b < plan->bands;
            if (held) {
                int face = across | up << 8 | (x ? 0 : FACE_IS_Y) | (beyond ? FACE_IS_BEYOND : 0);
                face |= outlet->kind << FACE_KIND_SHIFT;
                refer(to, 2 * (b * plan->tile_cols + t), face, i);
            }
        }
    }
}

static void refer_cell(const lf_drain_f32_plan *plan, lf_refs *to, int i) {
    int row = plan->outlets[i].cell / plan->stride - 1;
    int col = plan->outlets[i].cell % plan->stride - 1;
    int tile = row / LF_DRAIN_BAND_ROWS * plan->tile_cols + col / LF_DRAIN_TILE_COLS;
    int place = row % LF_DRAIN_BAND_ROWS * LF_DRAIN_TILE_COLS + col % LF_DRAIN_TILE_COLS;
    refer(to, 2 * tile + 1, place, i);
}

static void refer_all(const lf_drain_f32_plan *plan, lf_refs *to) {
    for (int i = 0; i < plan->outlet_count; i++) {
        // swe computes all edges by themselves, but outlets in holes of the ground.
        if (plan->scheme == LF_DRAIN_SWE ? plan->outlets[i].side >= 0
                                         : gives_flow(&plan->outlets[i])) {
            refer_face(plan, to, i);
        }
        refer_cell(plan, to, i);
    }
}

// Leaves where each run begins at first[run + 1], which filling moves to its end: where the next
// begins. first: [runs + 2] zeros. Returns how many references there are.
static int count_refs(const lf_drain_f32_plan *plan, int32_t *first, int runs) {
    refer_all(plan, &(lf_refs){first + 1, NULL});
    for (int i = 1; i < runs + 2; i++) {
        first[i] += first[i - 1];
    }
    return first[runs + 1];
}

lf_code lf_drain_gpu_build_outlets(lf_drain_gpu *gpu, lf_error *error) {
    const lf_drain_f32_plan *plan = gpu->plan;
    int runs = 2 * (int)gpu->tiles;
    size_t outlets = plan->outlet_count > 0 ? (size_t)plan->outlet_count : 1;
    int32_t *first = calloc((size_t)runs + 2, sizeof *first);
    int total = first ? count_refs(plan, first, runs) : 0;
    int32_t(*refs)[2] = calloc((size_t)total + 1, sizeof *refs);
    gpu->booked_m = calloc(outlets, sizeof *gpu->booked_m);
    gpu->edges_at = outlets * sizeof(double);
    size_t first_at = gpu->edges_at + outlets * sizeof(lf_edge_now);
    gpu->refs_at = first_at + ((size_t)runs + 2) * sizeof *first;
    lf_code code = LF_OK;
    if (!first || !refs || !gpu->booked_m) {
        code =
            lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for %d outlets", plan->outlet_count);
    } else {
        refer_all(plan, &(lf_refs){first, refs});
        code = lf_gpu_buffer_create(&gpu->buffers[GPU_OUTLETS],
                                    gpu->refs_at + ((size_t)total + 1) * sizeof *refs, error);
    }
    if (code == LF_OK) {
        const lf_gpu_buffer *buffer = &gpu->buffers[GPU_OUTLETS];
        lf_gpu_buffer_write(buffer, first_at, ((size_t)runs + 2) * sizeof *first, first);
        lf_gpu_buffer_write(buffer, gpu->refs_at, (size_t)total * sizeof *refs, refs);
    }
    free(first);
    free(refs);
    return code;
}

static lf_edge_now edge_now(const lf_drain_f32_plan *plan, const lf_drain_f32_field *field,
                            const lf_drain_f32_outlet *outlet, float *wake_m, float *wake_m_s) {
    lf_edge_now now = {0};
    now.depth_m = lf_drain_f32_outlet_m(plan, field, outlet, wake_m);
    *wake_m_s = lf_drain_f32_outlet_fast_m_s(plan, field, outlet, *wake_m);
    if (outlet->edge >= 0) {
        const lf_drain_f32_edge *edge = &field->edges[outlet->edge];
        now.flow_m2_s = (float)edge->flow_m2_s;
        now.level_m = (float)edge->level_m - plan->ground_m[outlet->inside];
    }
    if (plan->scheme == LF_DRAIN_SWE && outlet->side >= 0) {
        now.fall_m = lf_drain_f32_edge_fall(plan, outlet);
    }
    return now;
}

lf_code lf_drain_gpu_set_edges(lf_drain_gpu *gpu, const lf_drain_f32_edge *edges, lf_error *error) {
    const lf_drain_f32_plan *plan = gpu->plan;
    lf_drain_f32_field field = {.edges = (lf_drain_f32_edge *)(uintptr_t)edges};
    float *wakes = calloc(gpu->tiles, sizeof *wakes);
    lf_edge_now *now = calloc((size_t)plan->outlet_count + 1, sizeof *now);
    lf_code code = lf_gpu_enter(gpu->context, error);
    if (code == LF_OK && (!wakes || !now)) {
        code =
            lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for %d outlets", plan->outlet_count);
    }
    float most[2] = {0, 0};
    for (int i = 0; code == LF_OK && i < plan->outlet_count; i++) {
        const lf_drain_f32_outlet *outlet = &plan->outlets[i];
        int row = outlet->inside / plan->stride - 1, col = outlet->inside % plan->stride - 1;
        int tile = row / LF_DRAIN_BAND_ROWS * plan->tile_cols + col / LF_DRAIN_TILE_COLS;
        float wake_m, wake_m_s;
        now[i] = edge_now(plan, &field, outlet, &wake_m, &wake_m_s);
        wakes[tile] = fmaxf(wakes[tile], wake_m);
        most[0] = fmaxf(most[0], wake_m);
        most[1] = fmaxf(most[1], wake_m_s);
    }
    if (code == LF_OK) {
        lf_gpu_buffer_write(&gpu->buffers[GPU_OUTLETS], gpu->edges_at,
                            (size_t)plan->outlet_count * sizeof *now, now);
        lf_gpu_buffer_write(&gpu->buffers[GPU_TILE_WAKE], 0, gpu->tiles * sizeof *wakes, wakes);
        lf_gpu_buffer_write(&gpu->buffers[GPU_CONTROL], offsetof(lf_drain_gpu_control, wake_m),
                            sizeof most, most);
        gpu->edges_changed = true;
    }
    free(wakes);
    free(now);
    return code;
}

lf_code lf_drain_gpu_book(lf_drain_gpu *gpu, lf_drain_f32_edge *edges, double *left_m3,
                          lf_error *error) {
    const lf_drain_f32_plan *plan = gpu->plan;
    double area_m2 = (double)plan->cell_m * (double)plan->cell_m;
    size_t bytes = (size_t)plan->outlet_count * sizeof(double);
    double *booked = malloc(bytes + 1);
    if (!booked) {
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for %d outlets",
                       plan->outlet_count);
    }
    lf_code code = lf_gpu_enter(gpu->context, error);
    if (code == LF_OK) {
        code =
            lf_gpu_reader_read(&gpu->reader, &gpu->buffers[GPU_OUTLETS], 0, bytes, booked, error);
    }
    for (int i = 0; code == LF_OK && i < plan->outlet_count; i++) {
        double taken_m3 = (booked[i] - gpu->booked_m[i]) * area_m2;
        gpu->booked_m[i] = booked[i];
        if (plan->outlets[i].edge >= 0) {
            edges[plan->outlets[i].edge].inflow_m3 -= taken_m3;
        } else {
            *left_m3 += taken_m3;
        }
    }
    free(booked);
    return code;
}
