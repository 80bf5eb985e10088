#version 450 core
// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Puts listed cells back as the host changed them, each listed once.
#include "compute/surface.glsl"
layout(local_size_x = 256) in;
layout(location = 0) uniform uint next;
layout(location = 1) uniform int count;
layout(std430, binding = 6) buffer Depth {
    float depth_m[];
};
layout(std430, binding = 7) buffer Carry {
    float carry_m[];
};
layout(std430, binding = 8) buffer FluxX {
    float flux_x[];
};
layout(std430, binding = 9) buffer FluxY {
    float flux_y[];
};
layout(std430, binding = 24) readonly buffer Cells {
    int cells[];
};
layout(std430, binding = 25) readonly buffer Values {
    float values[]; // blocks of `count`: depth, carry, flows
};

void main() {
    int i = int(group_of()) * THREADS + int(gl_LocalInvocationIndex);
    if (i >= count) {
        return;
    }
    int k = LF_LEAD + cells[i], h = LF_HALF + k;
    float depth = values[i];
    depth_m[k] = depth_m[h] = depth;
    carry_m[k] = values[count + i];
#ifdef LF_SWE
    flux_x[k] = flux_x[h] = values[2 * count + i];
    flux_y[k] = flux_y[h] = values[3 * count + i];
    atomicMax(control.fast[next], fast_of(depth, flux_x[k], flux_y[k]));
#endif
    int row = cells[i] / LF_STRIDE, col = cells[i] - row * LF_STRIDE;
    int tile = (row - FIRST) / TILE_ROWS * LF_TILES_WIDE + (col - FIRST) / TILE_COLS;
    atomicMax(tile_most[tile], floatBitsToUint(depth));
    atomicMax(control.most[next], floatBitsToUint(depth));
}
