#version 450 core
// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Statistics of the cells of the estate: deepest, first time and time above a depth, fastest,
// most dangerous. engine/drain/advance.c says the same for the CPU.
#include "compute/surface.glsl"
layout(local_size_x = 256) in;
layout(location = 0) uniform float time_s;
layout(location = 1) uniform float span_s;
layout(std430, binding = 6) readonly buffer Depth {
    float depth_m[];
};
layout(std430, binding = 8) readonly buffer FluxX {
    float flux_x[];
};
layout(std430, binding = 9) readonly buffer FluxY {
    float flux_y[];
};
layout(std430, binding = 19) buffer MaxDepth {
    float max_depth_m[];
};
layout(std430, binding = 20) buffer Arrival {
    float arrival_s[];
};
layout(std430, binding = 21) buffer Duration {
    float duration_s[];
};
layout(std430, binding = 22) buffer MaxSpeed {
    float max_speed_m_s[];
};
layout(std430, binding = 23) buffer MaxHazard {
    float max_hazard_m2_s[];
};
layout(std430, binding = 26) buffer CarDuration {
    float car_duration_s[];
};
const float FILM_M = 0.02; // thinner films have no speed worth a map

void note(int k, int h) {
    float depth = depth_m[h];
    if (depth > max_depth_m[k]) {
        max_depth_m[k] = depth;
    }
    if (depth > LF_FLOODED) {
        duration_s[k] += span_s;
        car_duration_s[k] += depth > LF_CAR ? span_s : 0.0;
        if (isnan(arrival_s[k])) {
            arrival_s[k] = time_s;
        }
    }
    if (depth > FILM_M) {
#ifdef LF_SWE
        vec2 flow = vec2(flux_x[h], flux_y[h]);
#else
        vec2 flow = 0.5 * vec2(flux_x[h] + flux_x[h + 1], flux_y[h] + flux_y[h + LF_STRIDE]);
#endif
        float speed = sqrt(flow.x * flow.x + flow.y * flow.y) / depth;
        float hazard = depth * (speed + 0.5);
        max_speed_m_s[k] = max(max_speed_m_s[k], speed);
        max_hazard_m2_s[k] = max(max_hazard_m2_s[k], hazard);
    }
}

void main() {
    int tile = int(group_of());
    if (tile >= LF_TILES_WIDE * LF_BANDS || tile_most[tile] == 0u) {
        return;
    }
    int from = int(control.now) * LF_HALF;
    for (int c = int(gl_LocalInvocationIndex); c < TILE_COLS * TILE_ROWS; c += THREADS) {
        int col = tile_col(tile) + c % TILE_COLS, row = tile_row(tile) + c / TILE_COLS;
        bool inside = col >= FIRST + RING && row >= FIRST + RING && col < COL_END - RING &&
                      row < ROW_END - RING;
        if (inside) {
            note(cell_of(col, row), from + cell_of(col, row));
        }
    }
}
