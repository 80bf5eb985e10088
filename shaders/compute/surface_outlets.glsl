// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Outlets by tile. refs: two runs per tile, first the faces that edges prescribe among those that
// the tile computes (x: which, see below, y: outlet), then the outlets whose cell it holds (x:
// place in the tile, y: outlet). Emptied or refilled in the step itself, booked in double.
struct Edge { // what an outlet's edge prescribes now
    float depth; // at which the outlet's cell stands
    float flow;  // per metre, inward
    float level; // above the ground of the cell inside
    float fall;  // swe, free: how far the ground falls on
};
layout(std430, binding = 14) buffer Outlets {
    double booked_m[LF_OUTLETS]; // water that each outlet took so far
    Edge edge_now[LF_OUTLETS];
    int first[2 * LF_TILES_WIDE * LF_BANDS + 2];
    ivec2 refs[];
};

// A face in refs: the tile's cell (i - 1, j - 1) whose west or south face it is.
int face_across(int ref) {
    return ref & 0xff;
}
int face_up(int ref) {
    return (ref >> 8) & 0xff;
}
bool is_y(int ref) {
    return (ref & 0x10000) != 0;
}
bool is_beyond(int ref) { // outlet on the east or north
    return (ref & 0x20000) != 0;
}
int edge_kind(int ref) { // lf_drain_edge_kind
    return ref >> 18;
}
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

bool book_outlet(int place, inout float depth, inout float carry) {
    int outlet = outlet_at[place];
    if (outlet >= 0) {
        booked_m[outlet] += (double(depth) + double(carry)) - double(edge_now[outlet].depth);
        depth = edge_now[outlet].depth;
        carry = 0.0;
    }
    return outlet >= 0;
}
