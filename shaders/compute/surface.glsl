// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// What the compute shaders of the surface solver share. Sizes and constants (LF_COLS, LF_ROWS,
// LF_STRIDE, LF_HALF, LF_TILES_WIDE, LF_BANDS, LF_DRY ...) are defined by the file
// engine/drain/surface/gpu_programs.c. Arrays have the layout of the CPU's, LF_LEAD numbers later
// so that a tile's rows start on a whole sector. Depth and flows exist twice, LF_HALF numbers
// apart: a step reads one half and writes the other; control.now says which is valid.
#define LF_REAL float
#define LF_KERNEL
#define LF_PRECISE precise
#define lf_k_real(x) float(x)
float lf_k_max(float a, float b) {
    return a > b ? a : b;
}
float lf_k_min(float a, float b) {
    return a < b ? a : b;
}
float lf_k_abs(float x) {
    return abs(x);
}
float lf_k_sqrt(float x) {
    return sqrt(x);
}
float lf_k_cbrt_guess(float x) {
    return intBitsToFloat(int(1419967116.0 - float(floatBitsToInt(x)) * (1.0 / 3.0)));
}
#define LF_KERNEL_STRUCT(name, fields)                                                             \
    struct name {                                                                                  \
        fields                                                                                     \
    }
// Words of the kernels that GLSL reserves.
#define half half_of
#define invariant invariant_of
#define out out_of
#define in in_of
#include "kernel/surface_inertial.inc"
#ifdef LF_SWE
#include "kernel/surface_swe.inc"
#include "kernel/surface_swe_edges.inc"
#endif
#undef half
#undef invariant
#undef out
#undef in
#ifdef LF_SWE
// Bits of the speed of the fastest waves of a cell.
uint fast_of(float depth, float flow_x, float flow_y) {
    float per_m = 1.0 / (depth > LF_DRY ? depth : 1.0);
    return floatBitsToUint(
        lf_k_swe_fast(depth, flow_x, flow_y, per_m, LF_DRY, float(LF_GRAVITY)));
}
#endif

const int TILE_COLS = 64, TILE_ROWS = 16, FIRST = 1, RING = 1;
const int COL_END = FIRST + LF_COLS + 2 * RING, ROW_END = FIRST + LF_ROWS + 2 * RING;
const int THREADS = 256;
const uint NO_CELL = 0xffffffffu;

// Same order as lf_drain_gpu_control in engine/drain/surface/gpu_inside.h. Entries of pairs are
// used by turns: a dispatch of surface_wake.comp reads [turn] and prepares [1 - turn].
layout(std430, binding = 0) buffer Control {
    double left_s[2];
    double dt_s;
    uint most[2]; // bits of the deepest water
    uint fast[2]; // swe: bits of the fastest waves
    uint turn;
    uint before, now; // halves that the step reads and writes
    uint steps;
    uint tiles; // computed so far, modulo 2^32
    uint bad;   // lowest cell that is no sane depth
    float dt_dx, gravity_dt, gravity_dt_dx;
    float wake_m, wake_m_s; // what prescribed edges count as
    uint flowing;
} control;

// Groups (x, y, z) of an indirect dispatch and the number of tiles in the list, by turns.
layout(std430, binding = 1) buffer Groups {
    uint groups[8];
};
layout(std430, binding = 2) buffer List {
    uint list[];
};
const uint SETTLE = 0x80000000u; // the tile falls asleep
layout(std430, binding = 3) buffer TileMost {
    uint tile_most[]; // bits of the deepest water
};

uint group_of() {
    return gl_WorkGroupID.y * 32768u + gl_WorkGroupID.x;
}
int tile_col(int tile) {
    return FIRST + tile % LF_TILES_WIDE * TILE_COLS;
}
int tile_row(int tile) {
    return FIRST + tile / LF_TILES_WIDE * TILE_ROWS;
}
int cell_of(int col, int row) {
    return LF_LEAD + row * LF_STRIDE + col;
}
bool is_sane(float depth) {
    return depth >= 0.0 && depth < 10000.0;
}
