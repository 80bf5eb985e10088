#version 450 core
// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Adds water to listed cells, each listed once; what rounding loses goes to the carry.
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
layout(std430, binding = 8) readonly buffer FluxX {
    float flux_x[];
};
layout(std430, binding = 9) readonly buffer FluxY {
    float flux_y[];
};
layout(std430, binding = 24) readonly buffer Cells {
    int cells[];
};
layout(std430, binding = 25) readonly buffer Values {
    float values[];
};

void main() {
    int i = int(group_of()) * THREADS + int(gl_LocalInvocationIndex);
    if (i >= count || values[i] == 0.0) {
        return;
    }
    int k = LF_LEAD + cells[i], h = int(control.now) * LF_HALF + k;
    precise float before = depth_m[h], gain = values[i];
    precise float sum = before + gain;
    precise float under = sum < 0.0 ? sum : 0.0;
    carry_m[k] += lf_k_lost(before, gain, sum) + under;
    sum = sum - under;
    depth_m[k] = sum;
    depth_m[LF_HALF + k] = sum;
    int row = cells[i] / LF_STRIDE, col = cells[i] - row * LF_STRIDE;
    int tile = (row - FIRST) / TILE_ROWS * LF_TILES_WIDE + (col - FIRST) / TILE_COLS;
    atomicMax(tile_most[tile], floatBitsToUint(sum));
    atomicMax(control.most[next], floatBitsToUint(sum));
#ifdef LF_SWE
    float fast = lf_k_swe_fast(sum, flux_x[h], flux_y[h], LF_DRY, float(LF_GRAVITY));
    atomicMax(control.fast[next], floatBitsToUint(fast));
#endif
}
