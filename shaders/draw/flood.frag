#version 450 core
// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The depth of water of a running solver as a map, read where the solver keeps it: the layout is
// lf_drain_gpu_water of engine/drain/surface/gpu.h.
in vec2 uv;
layout(location = 0) uniform ivec4 grid; // first, stride, cols, rows
layout(std430, binding = 0) readonly buffer Depth {
    float depth_m[];
};
out vec4 result;

void main() {
    ivec2 cell = min(ivec2(uv * vec2(grid.zw)), grid.zw - 1);
    result = vec4(depth_m[grid.x + (cell.y + 2) * grid.y + cell.x + 2], 0, 0, 1);
}
