// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Outlets by tile. refs: two runs per tile, first the prescribed faces among those that the tile
// computes (x: place in its face arrays, y: outlet), then the outlets whose cell it holds (x: place
// in the tile, y: outlet). Emptied or refilled in the step itself, booked in double.
layout(std430, binding = 14) buffer Outlets {
    double booked_m[LF_OUTLETS]; // water that each outlet took so far
    vec2 prescribed[LF_OUTLETS]; // depth that it stands at; flow through its face to east or north
    int first[2 * LF_TILES_WIDE * LF_BANDS + 2];
    ivec2 refs[];
};
const int FACE_IS_Y = 0x40000000;
shared int outlet_at[TILE_COLS * TILE_ROWS];

int faces_begin(int tile) {
    return first[2 * tile];
}
int faces_end(int tile) {
    return first[2 * tile + 1];
}
int outlets_begin(int tile) {
    return first[2 * tile + 1];
}
int outlets_end(int tile) {
    return first[2 * tile + 2];
}

// Called by all threads of a group.
void mark_outlets(int tile) {
    for (int c = int(gl_LocalInvocationIndex); c < TILE_COLS * TILE_ROWS; c += THREADS) {
        outlet_at[c] = -1;
    }
    barrier();
    for (int r = outlets_begin(tile) + int(gl_LocalInvocationIndex); r < outlets_end(tile);
         r += THREADS) {
        outlet_at[refs[r].x] = refs[r].y;
    }
}

void book_outlet(int place, inout float depth, inout float carry) {
    int outlet = outlet_at[place];
    if (outlet >= 0) {
        booked_m[outlet] += (double(depth) + double(carry)) - double(prescribed[outlet].x);
        depth = prescribed[outlet].x;
        carry = 0.0;
    }
}
