#version 450 core
// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Puts the water that stands outside prescribed edges into their cells after it was set anew.
#include "compute/surface.glsl"
layout(local_size_x = 256) in;
layout(std430, binding = 6) buffer Depth {
    float depth_m[];
};
layout(std430, binding = 7) buffer Carry {
    float carry_m[];
};
#include "compute/surface_outlets.glsl"

void main() {
    int tile = int(group_of());
    if (tile >= LF_TILES_WIDE * LF_BANDS) {
        return;
    }
    for (int r = outlets_begin(tile) + int(gl_LocalInvocationIndex); r < outlets_end(tile);
         r += THREADS) {
        int c = refs[r].x;
        int k = cell_of(tile_col(tile) + c % TILE_COLS, tile_row(tile) + c / TILE_COLS);
        depth_m[k] = depth_m[LF_HALF + k] = edge_now[refs[r].y].depth;
        carry_m[k] = 0.0;
    }
}
