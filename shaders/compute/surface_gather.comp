#version 450 core
// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Depths of listed cells, so that the host need not read the grid.
#include "compute/surface.glsl"
layout(local_size_x = 256) in;
layout(location = 0) uniform int count;
layout(std430, binding = 6) readonly buffer Depth {
    float depth_m[];
};
layout(std430, binding = 24) readonly buffer Cells {
    int cells[];
};
layout(std430, binding = 25) buffer Values {
    float values[];
};

void main() {
    int i = int(group_of()) * THREADS + int(gl_LocalInvocationIndex);
    if (i < count) {
        values[i] = depth_m[int(control.now) * LF_HALF + LF_LEAD + cells[i]];
    }
}
