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

// A cell's water as faces see it: without films of less than LF_DRY, whose surface counts as
// ground. film: how far friction rules.
struct Cell {
    float depth, floor_m, u, v, film;
};
Cell cell_at(int from, int k, float ground) {
    float depth = depth_m[from + k];
    bool wet = depth > LF_DRY;
    float safe = wet ? depth : 1.0, per_m = 1.0 / safe;
    float u = wet ? flux_x[from + k] * per_m : 0.0, v = wet ? flux_y[from + k] * per_m : 0.0;
    float film = lf_k_swe_film(safe, u, v, rough(k), float(LF_GRAVITY) * float(control.dt_s));
    return Cell(wet ? depth : 0.0, ground + (wet ? 0.0 : depth), u, v, film);
}

// What passes the face from a to b; u: through the face. ground: of the cells themselves.
lf_k_face face_of(Cell a, Cell b, float u_a, float v_a, float u_b, float v_b, float ground_a,
                  float ground_b, float crest) {
    float gravity = float(LF_GRAVITY);
    float wall = lf_k_swe_wall(ground_a, ground_b, crest, LF_CELL);
    float tilt =
        lf_k_swe_tilt(a.floor_m, a.film, a.depth, b.floor_m, b.film, b.depth, wall);
    lf_k_face face = lf_k_swe_face(a.depth, a.floor_m + tilt, u_a, v_a, b.depth, b.floor_m - tilt,
                                   u_b, v_b, crest, wall, gravity);
    face.push_a = face.push_a + gravity * (a.depth * tilt);
    face.push_b = face.push_b - gravity * (b.depth * tilt);
    if (wall > 0.0) {
        face.push_a += lf_k_swe_back(a.depth, a.floor_m, u_a, b.floor_m, crest, wall, LF_CELL,
                                     gravity);
        face.push_b += lf_k_swe_back(b.depth, b.floor_m, -u_b, a.floor_m, crest, wall, LF_CELL,
                                     gravity);
    }
    return face;
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
                float g = ground_m[k], g_w = ground_m[w], g_s = ground_m[s];
                Cell here = cell_at(from, k, g), west = cell_at(from, w, g_w);
                Cell south = cell_at(from, s, g_s);
                x = face_of(west, here, west.u, west.v, here.u, here.v, g_w, g, crest_x(k, g_w, g));
                y = face_of(south, here, south.v, south.u, here.v, here.u, g_s, g,
                            crest_y(k, g_s, g));
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
        float tilt = -0.5 * inside.film * edge.fall;
        return lf_k_swe_edge_open(inside.depth, u, v, edge.fall, tilt, gravity);
    }
    if (kind == LEVEL) {
        return lf_k_swe_edge_level(inside.depth, u, v, edge.level, gravity);
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
        // Films a few times LF_DRY deep lose flow, so that no speed runs away where they end.
        bool tame = safe < thin;
        float kept = tame ? 2.0 * (safe * safe) : 1.0;
        slowed = tame ? slowed * (safe * safe + thin * thin) : slowed;
        float served = 1.0 / (slowed * safe); // one division for flow and speed
        float per_m = served * slowed;
        served = wet ? served * (safe * kept) : 0.0;
        q_x *= served;
        q_y *= served;
        float waves = lf_k_swe_fast(sum, q_x, q_y, per_m, LF_DRY, float(LF_GRAVITY));
        most = max(most, floatBitsToUint(sum));
        fast = max(fast, floatBitsToUint(waves));
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
