#version 450 core
// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// One step of the shallow-water scheme at first order for one tile per group, half a tile at a time
// so that all that passes its faces fits 32 kB of shared memory: faces of the half and of one ring,
// shares that its cells can serve, new depths and flows. engine/drain/surface/swe.inc says the same
// for the CPU.
#include "compute/surface.glsl"
layout(local_size_x = 256) in;
#include "compute/surface_state.glsl"
#include "compute/surface_outlets.glsl"

// Cell (i, j) of the half is at (i + 1, j + 1) of all; west and south faces.
const int PART_ROWS = TILE_ROWS / 2;
const int FACES_WIDE = TILE_COLS + 3, FACES_HIGH = PART_ROWS + 3, FACES = FACES_WIDE * FACES_HIGH;
const int KEEPS_WIDE = TILE_COLS + 2, KEEPS_HIGH = PART_ROWS + 2;
shared float flow_x[FACES], push_a_x[FACES], push_b_x[FACES], drag_x[FACES];
shared float flow_y[FACES], push_a_y[FACES], push_b_y[FACES], drag_y[FACES];
shared float keep[KEEPS_WIDE * KEEPS_HIGH];
shared uint deepest, fastest;

// A cell's water as faces see it: without films, whose surface counts as ground.
struct Cell {
    float depth, floor_m, u, v;
};
Cell cell_at(int from, int k, float ground) {
    float depth = depth_m[from + k];
    bool wet = depth > LF_DRY;
    float per_m = 1.0 / (wet ? depth : 1.0);
    float u = wet ? flux_x[from + k] * per_m : 0.0, v = wet ? flux_y[from + k] * per_m : 0.0;
    return Cell(wet ? depth : 0.0, ground + (wet ? 0.0 : depth), u, v);
}

void find_faces(int col0, int row0, int from) {
    for (int e = int(gl_LocalInvocationIndex); e < FACES; e += THREADS) {
        int j = e / FACES_WIDE;
        int col = col0 + (e - j * FACES_WIDE) - 1, row = row0 + j - 1;
        lf_k_face x = lf_k_face(0.0, 0.0, 0.0, 0.0), y = x;
        if (row >= FIRST && row < ROW_END && col >= FIRST && col < COL_END) {
            int k = cell_of(col, row), w = k - 1, s = k - LF_STRIDE;
            // Nothing passes between dry cells.
            if (max(max(depth_m[from + k], depth_m[from + w]), depth_m[from + s]) > LF_DRY) {
                float g = ground_m[k], g_w = ground_m[w], g_s = ground_m[s], h = float(LF_GRAVITY);
                Cell here = cell_at(from, k, g), west = cell_at(from, w, g_w);
                Cell south = cell_at(from, s, g_s);
                float top_x = crest_x(k, g_w, g), top_y = crest_y(k, g_s, g);
                x = lf_k_swe_face(west.depth, west.floor_m, west.u, west.v, here.depth,
                                  here.floor_m, here.u, here.v, top_x,
                                  lf_k_swe_wall(g_w, g, top_x, LF_CELL), LF_CELL, h);
                y = lf_k_swe_face(south.depth, south.floor_m, south.v, south.u, here.depth,
                                  here.floor_m, here.v, here.u, top_y,
                                  lf_k_swe_wall(g_s, g, top_y, LF_CELL), LF_CELL, h);
            }
        }
        flow_x[e] = x.flow;
        push_a_x[e] = x.push_a;
        push_b_x[e] = x.push_b;
        drag_x[e] = x.drag;
        flow_y[e] = y.flow;
        push_a_y[e] = y.push_a;
        push_b_y[e] = y.push_b;
        drag_y[e] = y.drag;
    }
}

// What passes an edge, from the cell inside alone; u: towards the edge.
lf_k_face edge_face(int ref, Edge edge, Cell inside, float u, float v) {
    const int OPEN = 1, LEVEL = 3, FLOW_LEVEL = 4;
    float gravity = float(LF_GRAVITY);
    int kind = edge_kind(ref);
    if (kind == OPEN) {
        return lf_k_swe_edge_open(inside.depth, u, v, edge.fall, LF_CELL, gravity);
    }
    if (kind == LEVEL) {
        return lf_k_swe_edge_level(inside.depth, u, v, edge.level, LF_CELL, gravity);
    }
    if (kind == FLOW_LEVEL && edge.flow > 0.0 && edge.level > LF_DRY) {
        return lf_k_swe_edge_face(-edge.flow, edge.level, inside.depth, v, gravity);
    }
    return lf_k_swe_edge_flow(inside.depth, u, v, -edge.flow, gravity);
}

void prescribe(int tile, int part, int col0, int row0, int from) {
    for (int r = faces_begin(tile) + int(gl_LocalInvocationIndex); r < faces_end(tile);
         r += THREADS) {
        int ref = refs[r].x, i = face_across(ref), j = face_up(ref) - part * PART_ROWS;
        if (j < 0 || j >= FACES_HIGH) {
            continue;
        }
        bool y = is_y(ref), beyond = is_beyond(ref);
        int k = cell_of(col0 + i - 1, row0 + j - 1), e = j * FACES_WIDE + i;
        k -= beyond ? (y ? LF_STRIDE : 1) : 0;
        Cell inside = cell_at(from, k, 0.0);
        float u = y ? inside.v : inside.u, v = y ? inside.u : inside.v;
        lf_k_face face = edge_face(ref, edge_now[refs[r].y], inside, beyond ? u : -u, v);
        float flow = beyond ? face.flow : -face.flow, drag = beyond ? face.drag : -face.drag;
        if (y) {
            flow_y[e] = flow;
            push_a_y[e] = push_b_y[e] = face.push_a;
            drag_y[e] = drag;
        } else {
            flow_x[e] = flow;
            push_a_x[e] = push_b_x[e] = face.push_a;
            drag_x[e] = drag;
        }
    }
}

// The ring serves what is asked of it.
void find_keeps(int col0, int row0, int from) {
    for (int c = int(gl_LocalInvocationIndex); c < KEEPS_WIDE * KEEPS_HIGH; c += THREADS) {
        int j = c / KEEPS_WIDE;
        int i = c - j * KEEPS_WIDE, e = j * FACES_WIDE + i;
        int col = col0 + i - 1, row = row0 + j - 1;
        bool inside = row >= FIRST + RING && row < ROW_END - RING && col >= FIRST + RING &&
                      col < COL_END - RING;
        float share = 1.0;
        if (inside) {
            float wanted = lf_k_wanted(flow_x[e], flow_x[e + 1], flow_y[e], flow_y[e + FACES_WIDE],
                                       control.dt_dx);
            share = lf_k_keep(depth_m[from + cell_of(col, row)], wanted);
        }
        keep[c] = share;
    }
}

void move_water(int part, int col0, int row0, int from, int to, bool has_outlets, inout uint most,
                inout uint fast) {
    float dt_dx = control.dt_dx, dt = float(control.dt_s), thin = 4.0 * LF_DRY;
    for (int c = int(gl_LocalInvocationIndex); c < TILE_COLS * PART_ROWS; c += THREADS) {
        int i = c % TILE_COLS, j = c / TILE_COLS;
        if (col0 + i >= COL_END || row0 + j >= ROW_END) {
            continue;
        }
        int k = cell_of(col0 + i, row0 + j);
        int w = (j + 1) * FACES_WIDE + i + 1, e = w + 1, s = w, n = w + FACES_WIDE;
        int at = (j + 1) * KEEPS_WIDE + i + 1;
        float here = keep[at];
        float keep_w = flow_x[w] > 0.0 ? keep[at - 1] : here;
        float keep_e = flow_x[e] > 0.0 ? here : keep[at + 1];
        float keep_s = flow_y[s] > 0.0 ? keep[at - KEEPS_WIDE] : here;
        float keep_n = flow_y[n] > 0.0 ? here : keep[at + KEEPS_WIDE];
        precise float depth = depth_m[from + k];
        precise float gain = lf_k_gain(flow_x[w] * keep_w, flow_x[e] * keep_e, flow_y[s] * keep_s,
                                       flow_y[n] * keep_n, dt_dx) +
                             carry_m[k];
        float push_x = push_b_x[w] * keep_w - push_a_x[e] * keep_e;
        float push_y = push_b_y[s] * keep_s - push_a_y[n] * keep_n;
        float along_x = drag_x[w] * keep_w - drag_x[e] * keep_e;
        float along_y = drag_y[s] * keep_s - drag_y[n] * keep_n;
        bool moved = depth > LF_DRY;
        float q_x = (moved ? flux_x[from + k] : 0.0) + dt_dx * (push_x + along_y);
        float q_y = (moved ? flux_y[from + k] : 0.0) + dt_dx * (push_y + along_x);
        precise float sum = depth + gain;
        precise float under = sum < 0.0 ? sum : 0.0;
        precise float carry = lf_k_lost(depth, gain, sum) + under;
        sum = sum - under;
        bool wet = sum > LF_DRY;
        float safe = wet ? sum : 1.0;
        float friction = lf_k_swe_friction(safe, rough(k), 0.0, 0.0, 0.0, float(LF_GRAVITY));
        float slowed = lf_k_swe_slowed(q_x, q_y, dt * friction);
        float part_left = 2.0 * (safe * safe) / (safe * safe + thin * thin);
        slowed = safe < thin ? slowed * part_left : slowed;
        q_x = wet ? q_x * slowed : 0.0;
        q_y = wet ? q_y * slowed : 0.0;
        most = max(most, floatBitsToUint(sum));
        fast = max(fast, floatBitsToUint(lf_k_swe_fast(sum, q_x, q_y, LF_DRY, float(LF_GRAVITY))));
        if (!(is_sane(sum) && abs(q_x) + abs(q_y) < 1e9)) {
            atomicMin(control.bad, uint(k - LF_LEAD));
        }
        if (has_outlets && book_outlet(part * TILE_COLS * PART_ROWS + c, sum, carry)) {
            q_x = q_y = 0.0;
        }
        depth_m[to + k] = sum;
        carry_m[k] = carry;
        flux_x[to + k] = q_x;
        flux_y[to + k] = q_y;
    }
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
    bool has_faces = faces_begin(tile) < faces_end(tile);
    bool has_outlets = outlets_begin(tile) < outlets_end(tile);
    if (gl_LocalInvocationIndex == 0u) {
        deepest = 0u;
        fastest = 0u;
    }
    if (has_outlets) {
        mark_outlets(tile);
    }
    uint most = 0u, fast = 0u;
    for (int part = 0; part < 2; part++) {
        int row = row0 + part * PART_ROWS;
        barrier();
        find_faces(col0, row, from);
        barrier();
        if (has_faces) {
            prescribe(tile, part, col0, row, from);
            barrier();
        }
        find_keeps(col0, row, from);
        barrier();
        move_water(part, col0, row, from, to, has_outlets, most, fast);
    }
    atomicMax(deepest, most);
    atomicMax(fastest, fast);
    barrier();
    if (gl_LocalInvocationIndex == 0u) {
        tile_most[tile] = deepest;
        atomicMax(control.most[1u - turn], deepest);
        atomicMax(control.fast[1u - turn], fastest);
    }
}
