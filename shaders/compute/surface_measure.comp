#version 450 core
// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// After the field came from the host: deepest water of every tile, cells that are no sane depth.
#include "compute/surface.glsl"
layout(local_size_x = 256) in;
layout(std430, binding = 6) readonly buffer Depth {
    float depth_m[];
};
layout(std430, binding = 8) readonly buffer FluxX {
    float flux_x[];
};
layout(std430, binding = 9) readonly buffer FluxY {
    float flux_y[];
};
#include "compute/surface_fast.glsl"

void main() {
    int tile = int(group_of());
    if (tile >= LF_TILES_WIDE * LF_BANDS) {
        return;
    }
    forget_extremes();
    int from = int(control.now) * LF_HALF;
    uint most = 0u, fast = 0u;
    for (int c = int(gl_LocalInvocationIndex); c < TILE_COLS * TILE_ROWS; c += THREADS) {
        int col = tile_col(tile) + c % TILE_COLS, row = tile_row(tile) + c / TILE_COLS;
        if (col < COL_END && row < ROW_END) {
            int k = cell_of(col, row);
            float depth = depth_m[from + k];
            most = max(most, floatBitsToUint(depth));
#ifdef LF_SWE
            float x = flux_x[from + k], y = flux_y[from + k];
            fast = max(fast, fast_of(depth, x, y));
#endif
            if (!is_sane(depth)) {
                atomicMin(control.bad, uint(k - LF_LEAD));
            }
        }
    }
    note_extremes(tile, most, fast);
}
