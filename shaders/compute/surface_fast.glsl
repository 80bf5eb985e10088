// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Deepest water and fastest waves of a tile after the field was changed between steps. Called by
// all threads of a group; `next` is the turn of the next step.
layout(location = 0) uniform uint next;
shared uint deepest, fastest;

void forget_extremes() {
    if (gl_LocalInvocationIndex == 0u) {
        deepest = 0u;
        fastest = 0u;
    }
    barrier();
}

void note_extremes(int tile, uint most, uint fast) {
    atomicMax(deepest, most);
    atomicMax(fastest, fast);
    barrier();
    if (gl_LocalInvocationIndex == 0u) {
        tile_most[tile] = deepest;
        atomicMax(control.most[next], deepest);
        atomicMax(control.fast[next], fastest);
    }
}
