#version 450 core
// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Before each step: which tiles are computed, listed for an indirect dispatch, and how long the
// step is. A tile is computed if it or one of its four neighbours holds water that can flow. One that
// falls asleep is listed twice more, to make both halves equal and its flows zero.
#include "compute/surface.glsl"
layout(local_size_x = 256) in;
layout(location = 0) uniform uint turn;
layout(location = 1) uniform bool compute_all;
layout(std430, binding = 4) buffer TileAwake {
    uint awake[];
};
layout(std430, binding = 5) readonly buffer TileWake {
    float wake[]; // what prescribed edges add to a tile
};
shared uint listed, on_here, base;

float water(int tile) {
    return max(uintBitsToFloat(tile_most[tile]), wake[tile]);
}

bool has_water_near(int tile) {
    int across = tile % LF_TILES_WIDE, band = tile / LF_TILES_WIDE;
    return water(tile) > LF_DRY || (across > 0 && water(tile - 1) > LF_DRY) ||
           (across + 1 < LF_TILES_WIDE && water(tile + 1) > LF_DRY) ||
           (band > 0 && water(tile - LF_TILES_WIDE) > LF_DRY) ||
           (band + 1 < LF_BANDS && water(tile + LF_TILES_WIDE) > LF_DRY);
}

double stable_s(float most) {
#ifdef LF_SWE
    float fast = max(uintBitsToFloat(control.fast[turn]), control.wake_m_s);
    double bound = double(LF_CELL) / double(fast > 0.0 ? fast : 1.0);
    return fast > 0.0 ? double(LF_COURANT) * bound : control.left_s[turn];
#else
    double per_m = 0.5lf * double(LF_THETA) / (LF_GRAVITY * double(most));
    return double(LF_COURANT) * (double(LF_CELL) * sqrt(per_m));
#endif
}

// Equal shares of what is left, so that no sliver of a step remains.
void choose_step(bool running, bool flowing, float most) {
    uint other = 1u - turn;
    double left = control.left_s[turn];
    control.turn = turn;
    control.flowing = running && flowing ? 1u : 0u;
    control.fast[other] = running && flowing ? 0u : control.fast[turn];
    control.most[other] = running && flowing ? 0u : control.most[turn];
    control.before = control.now;
    if (!(running && flowing)) {
        control.left_s[other] = 0.0lf;
        return;
    }
    double shares = ceil(left / stable_s(most) * (1.0lf - 1e-12lf));
    double dt = shares > 1.0lf ? left / shares : left;
    control.left_s[other] = shares > 1.0lf ? left - dt : 0.0lf;
    control.dt_s = dt;
    control.dt_dx = float(dt / double(LF_CELL));
    control.gravity_dt = float(LF_GRAVITY * dt);
    control.gravity_dt_dx = float(LF_GRAVITY * dt / double(LF_CELL));
    control.now = 1u - control.now;
    control.steps++;
}

void main() {
    int tile = int(group_of()) * 256 + int(gl_LocalInvocationIndex);
    float most = max(uintBitsToFloat(control.most[turn]), control.wake_m);
    bool running = control.left_s[turn] > 0.0lf, flowing = most > LF_DRY && is_sane(most);
    if (gl_LocalInvocationIndex == 0u) {
        listed = 0u;
        on_here = 0u;
    }
    barrier();
    uint slot = 0u, entry = 0u;
    bool take = false;
    if (running && tile < LF_TILES_WIDE * LF_BANDS) {
        bool on = flowing && (compute_all || has_water_near(tile));
        bool settles = !on && awake[tile] != 0u;
        awake[tile] = on ? 2u : settles && flowing ? awake[tile] - 1u : 0u;
        take = on || settles;
        if (take) {
            slot = atomicAdd(listed, 1u);
            entry = uint(tile) | (settles ? SETTLE : 0u);
        }
        if (on) {
            atomicAdd(on_here, 1u);
        }
    }
    barrier();
    if (gl_LocalInvocationIndex == 0u) {
        base = atomicAdd(groups[4u * turn + 3u], listed);
        uint end = base + listed;
        if (listed > 0u) {
            atomicMax(groups[4u * turn], min(end, 32768u));
            atomicMax(groups[4u * turn + 1u], (end + 32767u) / 32768u);
            atomicAdd(control.tiles, on_here);
        }
        if (group_of() == 0u) {
            uint other = 4u * (1u - turn);
            groups[other] = groups[other + 1u] = groups[other + 3u] = 0u;
            choose_step(running, flowing, most);
        }
    }
    barrier();
    if (take) {
        list[base + slot] = entry;
    }
}
