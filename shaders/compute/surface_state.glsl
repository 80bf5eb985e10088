// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// State and constants of the cells as a step sees them.
layout(std430, binding = 6) restrict buffer Depth {
    float depth_m[];
};
layout(std430, binding = 7) restrict buffer Carry {
    float carry_m[];
};
layout(std430, binding = 8) restrict buffer FluxX {
    float flux_x[];
};
layout(std430, binding = 9) restrict buffer FluxY {
    float flux_y[];
};
layout(std430, binding = 10) restrict readonly buffer Ground {
    float ground_m[];
};
#ifndef LF_PLAIN_FACES
layout(std430, binding = 11) restrict readonly buffer FaceX {
    float face_x[];
};
layout(std430, binding = 12) restrict readonly buffer FaceY {
    float face_y[];
};
#endif
#ifndef LF_MANNING2
layout(std430, binding = 13) restrict readonly buffer Manning {
    float manning2[];
};
#endif

float crest_x(int k, float a, float b) {
#ifdef LF_PLAIN_FACES
    return lf_k_max(b, a);
#else
    return face_x[k];
#endif
}
float crest_y(int k, float a, float b) {
#ifdef LF_PLAIN_FACES
    return lf_k_max(b, a);
#else
    return face_y[k];
#endif
}
float rough(int k) {
#ifdef LF_MANNING2
    return LF_MANNING2;
#else
    return manning2[k];
#endif
}

// The tile falls asleep: in two steps one half after the other becomes what the water is, without
// flows. The half that other tiles read in this step stays as it is. When nothing flows any more
// nobody reads, and one dispatch does both.
void settle(int col0, int row0) {
    int from = int(control.before) * LF_HALF, to = int(control.now) * LF_HALF;
    bool both = from == to;
    for (int c = int(gl_LocalInvocationIndex); c < TILE_COLS * TILE_ROWS; c += THREADS) {
        int col = col0 + c % TILE_COLS, row = row0 + c / TILE_COLS;
        if (col < COL_END && row < ROW_END) {
            int k = cell_of(col, row);
            depth_m[LF_HALF - from + k] = depth_m[from + k];
            flux_x[to + k] = 0.0;
            flux_y[to + k] = 0.0;
            if (both) {
                flux_x[LF_HALF - to + k] = 0.0;
                flux_y[LF_HALF - to + k] = 0.0;
            }
        }
    }
}
