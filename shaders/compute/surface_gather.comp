#version 450 core
// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Listed cells, so that the host need not read the grid: depth, carry and flows of those that it
// changes, depths alone of those that it only looks at.
#include "compute/surface.glsl"
layout(local_size_x = 256) in;
layout(location = 0) uniform int begin;
layout(location = 1) uniform int count;
layout(location = 2) uniform bool whole;
layout(std430, binding = 6) readonly buffer Depth {
    float depth_m[];
};
layout(std430, binding = 7) readonly buffer Carry {
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
layout(std430, binding = 25) buffer Values {
    float values[]; // in whole blocks of `count`
};

void main() {
    int i = int(group_of()) * THREADS + int(gl_LocalInvocationIndex);
    if (i < count) {
        int k = LF_LEAD + cells[begin + i], h = int(control.now) * LF_HALF + k;
        values[i] = depth_m[h];
        if (whole) {
            values[count + i] = carry_m[k];
            values[2 * count + i] = flux_x[h];
            values[3 * count + i] = flux_y[h];
        }
    }
}
