#version 450 core
// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// One step of the local-inertial scheme for one tile per group: new flows of the tile's faces and
// of one ring around it, shares that its cells can serve, new depths. Everything between stays in
// shared memory, so a step moves each state array once in and once out.
#include "compute/surface.glsl"
layout(local_size_x = 256) in;
#include "compute/surface_state.glsl"
#include "compute/surface_outlets.glsl"

// Cell (i, j) of the tile is at (i + 1, j + 1) of both; west and south faces.
const int FACES_WIDE = TILE_COLS + 3, FACES_HIGH = TILE_ROWS + 3;
const int KEEPS_WIDE = TILE_COLS + 2, KEEPS_HIGH = TILE_ROWS + 2;
shared float next_x[FACES_WIDE * FACES_HIGH], next_y[FACES_WIDE * FACES_HIGH];
shared float keep[KEEPS_WIDE * KEEPS_HIGH];
shared uint deepest;

// The flow through a face; step: to the next cell along its axis.
float flow(int k, int step, float here, float before, float after, float across, float crest,
           float depth_a, float depth_b, float ground_a, float ground_b) {
    float n2 = 0.5 * (rough(k - step) + rough(k));
    return lf_k_flux(here, before, after, across, ground_a, ground_b, depth_a, depth_b, crest, n2,
                     LF_THETA, LF_REST, control.gravity_dt, control.gravity_dt_dx, float(LF_GRAVITY), LF_DRY,
                     LF_FROUDE);
}

void find_flows(int col0, int row0, int from) {
    for (int e = int(gl_LocalInvocationIndex); e < FACES_WIDE * FACES_HIGH; e += THREADS) {
        int j = e / FACES_WIDE;
        int col = col0 + (e - j * FACES_WIDE) - 1, row = row0 + j - 1;
        float x = 0.0, y = 0.0;
        if (row >= FIRST && row < ROW_END && col >= FIRST && col < COL_END) {
            int k = cell_of(col, row), h = from + k;
            float depth = depth_m[h], west = depth_m[h - 1], south = depth_m[h - LF_STRIDE];
            // Dry faces have no flow; most of a dry tile reads nothing more.
            if (max(max(depth, west), south) > LF_DRY) {
                float g = ground_m[k], g_west = ground_m[k - 1], g_south = ground_m[k - LF_STRIDE];
                float north = lf_k_across(flux_y[h - 1], flux_y[h], flux_y[h - 1 + LF_STRIDE],
                                          flux_y[h + LF_STRIDE]);
                float east = lf_k_across(flux_x[h - LF_STRIDE], flux_x[h],
                                         flux_x[h - LF_STRIDE + 1], flux_x[h + 1]);
                x = flow(k, 1, flux_x[h], flux_x[h - 1], flux_x[h + 1], north,
                         crest_x(k, g_west, g), west, depth, g_west, g);
                y = flow(k, LF_STRIDE, flux_y[h], flux_y[h - LF_STRIDE], flux_y[h + LF_STRIDE],
                         east, crest_y(k, g_south, g), south, depth, g_south, g);
            }
        }
        next_x[e] = x;
        next_y[e] = y;
    }
}

// Outlets serve every flow that is asked of them.
void find_keeps(int col0, int row0, int from) {
    for (int c = int(gl_LocalInvocationIndex); c < KEEPS_WIDE * KEEPS_HIGH; c += THREADS) {
        int j = c / KEEPS_WIDE;
        int i = c - j * KEEPS_WIDE, e = j * FACES_WIDE + i;
        int col = col0 + i - 1, row = row0 + j - 1;
        bool inside = row >= FIRST + RING && row < ROW_END - RING && col >= FIRST + RING &&
                      col < COL_END - RING;
        float share = 1.0;
        if (inside) {
            float wanted = lf_k_wanted(next_x[e], next_x[e + 1], next_y[e], next_y[e + FACES_WIDE],
                                       control.dt_dx);
            share = lf_k_keep(depth_m[from + cell_of(col, row)], wanted);
        }
        keep[c] = share;
    }
}

// Returns the bits of the deepest water among the thread's cells.
uint move_water(int col0, int row0, int from, int to, bool has_outlets) {
    uint most = 0u;
    for (int c = int(gl_LocalInvocationIndex); c < TILE_COLS * TILE_ROWS; c += THREADS) {
        int i = c % TILE_COLS, j = c / TILE_COLS;
        if (col0 + i >= COL_END || row0 + j >= ROW_END) {
            continue;
        }
        int k = cell_of(col0 + i, row0 + j);
        int e = (j + 1) * FACES_WIDE + i + 1, s = (j + 1) * KEEPS_WIDE + i + 1;
        float here = keep[s];
        float west = lf_k_served(next_x[e], keep[s - 1], here);
        float east = lf_k_served(next_x[e + 1], here, keep[s + 1]);
        float south = lf_k_served(next_y[e], keep[s - KEEPS_WIDE], here);
        float north = lf_k_served(next_y[e + FACES_WIDE], here, keep[s + KEEPS_WIDE]);
        flux_x[to + k] = west;
        flux_y[to + k] = south;
        precise float depth = depth_m[from + k];
        precise float gain = lf_k_gain(west, east, south, north, control.dt_dx) + carry_m[k];
        precise float sum = depth + gain;
        precise float under = sum < 0.0 ? sum : 0.0;
        precise float carry = lf_k_lost(depth, gain, sum) + under;
        sum = sum - under;
        most = max(most, floatBitsToUint(sum));
        if (!is_sane(sum)) {
            atomicMin(control.bad, uint(k - LF_LEAD));
        }
        if (has_outlets) {
            book_outlet(c, sum, carry);
        }
        depth_m[to + k] = sum;
        carry_m[k] = carry;
    }
    return most;
}

void main() {
    uint turn = control.turn, at = group_of();
    if (at >= groups[4u * turn + 3u]) {
        return;
    }
    int tile = int(list[at] & ~SETTLE);
    int col0 = tile_col(tile), row0 = tile_row(tile);
    if ((list[at] & SETTLE) != 0u) {
        settle(col0, row0);
        return;
    }
    int from = int(control.before) * LF_HALF, to = int(control.now) * LF_HALF;
    if (gl_LocalInvocationIndex == 0u) {
        deepest = 0u;
    }
    find_flows(col0, row0, from);
    barrier();
    if (faces_begin(tile) < faces_end(tile)) {
        for (int r = faces_begin(tile) + int(gl_LocalInvocationIndex); r < faces_end(tile);
             r += THREADS) {
            ivec2 face = refs[r];
            int e = face_up(face.x) * FACES_WIDE + face_across(face.x);
            float q = edge_now[face.y].flow * (is_beyond(face.x) ? -1.0 : 1.0);
            if (is_y(face.x)) {
                next_y[e] = q;
            } else {
                next_x[e] = q;
            }
        }
        barrier();
    }
    find_keeps(col0, row0, from);
    bool has_outlets = outlets_begin(tile) < outlets_end(tile);
    if (has_outlets) {
        mark_outlets(tile);
    }
    barrier();
    uint most = move_water(col0, row0, from, to, has_outlets);
    atomicMax(deepest, most);
    barrier();
    if (gl_LocalInvocationIndex == 0u) {
        tile_most[tile] = deepest;
        atomicMax(control.most[1u - turn], deepest);
    }
}
