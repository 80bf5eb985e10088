// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Between the files of the card's solver. Buffers are named by their binding in
// shaders/compute/surface*.
#ifndef LF_DRAIN_SURFACE_GPU_INSIDE_H
#define LF_DRAIN_SURFACE_GPU_INSIDE_H

#include "drain/surface/gpu.h"
#include "gpu/compute.h"
#include "gpu/context.h"

enum {
    GPU_CONTROL,
    GPU_GROUPS,
    GPU_LIST,
    GPU_TILE_MOST,
    GPU_TILE_AWAKE,
    GPU_TILE_WAKE,
    GPU_DEPTH,
    GPU_CARRY,
    GPU_FLUX_X,
    GPU_FLUX_Y,
    GPU_GROUND,
    GPU_FACE_X,
    GPU_FACE_Y,
    GPU_MANNING,
    GPU_OUTLETS,
    GPU_OPEN,
    GPU_INFILTRATION,
    GPU_LOSS,
    GPU_SUMS,
    GPU_MAX_DEPTH,
    GPU_ARRIVAL,
    GPU_DURATION,
    GPU_MAX_SPEED,
    GPU_MAX_HAZARD,
    GPU_CELLS,
    GPU_VALUES,
    GPU_CAR_DURATION,
    GPU_BUFFERS
};
enum { GPU_BLOCKS = 16 }; // storage blocks that the largest shader uses
enum { GPU_LEAD = 31 };   // LF_LEAD: numbers before the first row

// The block Control of surface.glsl.
typedef struct lf_drain_gpu_control {
    double left_s[2];
    double dt_s;
    uint32_t most[2], fast[2];
    uint32_t turn;
    uint32_t before, now;
    uint32_t steps;
    uint32_t tiles;
    uint32_t bad;
    float dt_dx, gravity_dt, gravity_dt_dx;
    float wake_m, wake_m_s;
    uint32_t flowing;
} lf_drain_gpu_control;

enum {
    GPU_WAKE,
    GPU_STEP,
    GPU_MEASURE,
    GPU_SOURCE,
    GPU_FILL, // of outlets
    GPU_NOTE,
    GPU_GATHER,
    GPU_SCATTER,
    GPU_PROGRAMS
};

struct lf_drain_gpu {
    lf_drain_gpu_def def;
    const lf_drain_f32_plan *plan;
    lf_gpu *context;
    bool owns_context;
    bool plain_faces, even_manning; // constants of the shaders in place of arrays
    size_t cells, half, tiles;      // padded cells; numbers between halves
    lf_gpu_buffer buffers[GPU_BUFFERS];
    lf_gpu_reader reader;
    GLuint programs[GPU_PROGRAMS]; // 0 until first used
    lf_drain_gpu_control control;  // as last read
    unsigned turn;                 // of the next step
    bool edges_changed;
    size_t refs_at; // byte offsets in GPU_OUTLETS
    size_t edges_at;
    double *booked_m; // [outlets] as last booked
};

// Builds the program where that has not been done.
lf_code lf_drain_gpu_need(lf_drain_gpu *gpu, int program, lf_error *error);
void lf_drain_gpu_free_programs(lf_drain_gpu *gpu);
// Makes GPU_OUTLETS and GPU_TILE_WAKE.
lf_code lf_drain_gpu_build_outlets(lf_drain_gpu *gpu, lf_error *error);

#endif
