#version 450 core
// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Rain, initial loss and infiltration between steps, a tile per group; engine/drain/sources.c says
// the same for the CPU. Both halves get the new depth, since tiles that sleep are not copied.
#include "compute/surface.glsl"
layout(local_size_x = 256) in;
layout(location = 1) uniform float rain_m;
layout(location = 2) uniform float infiltration_s;
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
layout(std430, binding = 15) readonly buffer Open {
    float open_ratio[]; // share of the rain that reaches the ground
};
#ifdef LF_LOSSES
layout(std430, binding = 16) readonly buffer Infiltration {
    float infiltration_m_s[];
};
layout(std430, binding = 17) buffer Loss {
    float loss_left_m[];
};
layout(std430, binding = 18) buffer Sums {
    dvec4 tile_sums[]; // rain, kept by losses, infiltrated; depths of cells summed
};
shared dvec4 sums[THREADS];
#endif
#include "compute/surface_fast.glsl"

#ifdef LF_LOSSES
void book_losses(int tile, dvec4 taken) {
    sums[gl_LocalInvocationIndex] = taken;
    for (uint span = uint(THREADS) / 2u; span > 0u; span /= 2u) {
        barrier();
        if (gl_LocalInvocationIndex < span) {
            sums[gl_LocalInvocationIndex] += sums[gl_LocalInvocationIndex + span];
        }
    }
    if (gl_LocalInvocationIndex == 0u) {
        tile_sums[tile] += sums[0];
    }
}
#endif

void main() {
    int tile = int(group_of());
    if (tile >= LF_TILES_WIDE * LF_BANDS) {
        return;
    }
    if (!(rain_m > 0.0) && tile_most[tile] == 0u) {
        return;
    }
    forget_extremes();
    int from = int(control.now) * LF_HALF;
    uint most = 0u, fast = 0u;
    dvec4 taken_m = dvec4(0.0lf);
    for (int c = int(gl_LocalInvocationIndex); c < TILE_COLS * TILE_ROWS; c += THREADS) {
        int col = tile_col(tile) + c % TILE_COLS, row = tile_row(tile) + c / TILE_COLS;
        if (col >= COL_END || row >= ROW_END) {
            continue;
        }
        int k = cell_of(col, row);
        precise float rain = rain_m * open_ratio[k], before = depth_m[from + k];
        float keep = 0.0;
#ifdef LF_LOSSES
        float loss = loss_left_m[k];
        keep = lf_k_min(loss, rain);
        loss_left_m[k] = loss - keep;
#endif
        precise float gain = rain - keep;
        precise float wet = before + gain;
        precise float carry = carry_m[k] + lf_k_lost(before, gain, wet);
        precise float left = wet;
#ifdef LF_LOSSES
        precise float soak = lf_k_min(wet, infiltration_m_s[k] * infiltration_s);
        left = wet - soak;
        carry = carry + ((wet - left) - soak);
        taken_m += dvec4(double(rain), double(keep), double(soak), 0.0lf);
#endif
        carry_m[k] = carry;
        depth_m[k] = left;
        depth_m[LF_HALF + k] = left;
        most = max(most, floatBitsToUint(left));
#if defined(LF_SWE) && defined(LF_LOSSES)
        // Water that soaks away takes its momentum with it.
        precise float share = soak > 0.0 ? left / wet : 1.0;
        flux_x[k] = flux_x[LF_HALF + k] = flux_x[from + k] * share;
        flux_y[k] = flux_y[LF_HALF + k] = flux_y[from + k] * share;
#endif
#ifdef LF_SWE
        fast = max(fast, fast_of(left, flux_x[from + k], flux_y[from + k]));
#endif
        if (!is_sane(wet)) {
            atomicMin(control.bad, uint(k - LF_LEAD));
        }
    }
    note_extremes(tile, most, fast);
#ifdef LF_LOSSES
    book_losses(tile, taken_m);
#endif
}
