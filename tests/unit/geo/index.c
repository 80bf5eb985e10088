// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The spatial index against brute force on random boxes.
#include "geo/index.h"
#include "base/random.h"
#include "check.h"

enum { N = 500 };
static double boxes[4 * N];
static double qx, qy;

static double distance(void *context, int item) {
    (void)context;
    const double *b = &boxes[4 * item];
    return hypot(fmax(fmax(b[0] - qx, qx - b[2]), 0), fmax(fmax(b[1] - qy, qy - b[3]), 0));
}

typedef struct seen {
    int count, last, ascending;
} seen;

static bool visit(void *context, int item) {
    seen *s = context;
    s->ascending &= item > s->last;
    s->last = item;
    s->count++;
    return true;
}

int main(void) {
    for (uint64_t i = 0; i < N; i++) {
        boxes[4 * i] = 1000 * lf_random_unit(1, i, 0);
        boxes[4 * i + 1] = 300 * lf_random_unit(1, i, 1);
        boxes[4 * i + 2] = boxes[4 * i] + (i % 50 ? 5 : 400) * lf_random_unit(1, i, 2);
        boxes[4 * i + 3] = boxes[4 * i + 1] + 30 * lf_random_unit(1, i, 3);
    }
    lf_geo_index *index = lf_geo_index_create(boxes, N);
    for (uint64_t q = 0; q < 300; q++) {
        qx = 1400 * lf_random_unit(2, q, 0) - 200;
        qy = 600 * lf_random_unit(2, q, 1) - 150;
        const double box[4] = {qx, qy, qx + 60 * lf_random_unit(2, q, 2), qy + 60};
        int expected = 0, nearest = -1;
        for (int i = 0; i < N; i++) {
            const double *b = &boxes[4 * i];
            expected += b[0] <= box[2] && box[0] <= b[2] && b[1] <= box[3] && box[1] <= b[3];
            if (nearest < 0 || distance(NULL, i) < distance(NULL, nearest))
                nearest = i;
        }
        seen s = {0, -1, 1};
        lf_geo_index_query(index, box, visit, &s);
        CHECK(s.count == expected && s.ascending);
        double found_m = 0;
        CHECK(lf_geo_index_nearest(index, qx, qy, distance, NULL, &found_m) == nearest);
        CHECK(found_m == distance(NULL, nearest));
    }
    lf_geo_index_destroy(index);
    index = lf_geo_index_create(NULL, 0);
    CHECK(index && lf_geo_index_nearest(index, 0, 0, distance, NULL, NULL) == -1);
    lf_geo_index_destroy(index);
    return lf_check_end();
}
