// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// State blocks: layout, initial values, hash, save and load, and damaged files.
#include "base/file.h"
#include "check.h"
#include "lifang/module.h"

typedef struct arrays {
    float *depth_m;
    int64_t *fen;
    double *time_s;
} arrays;

static const lf_field fields[] = {
    {"depth_m", "", LF_F32, LF_AT_CELL, offsetof(arrays, depth_m), 0, 0, 0.5, NULL, NULL, NULL},
    {"fen", "", LF_I64, LF_AT_CAR, offsetof(arrays, fen), 0, 0, 0, NULL, NULL, NULL},
    {"time_s", "", LF_F64, LF_AT_ONE, offsetof(arrays, time_s), 0, 0, 0, NULL, NULL, NULL}};
static const lf_table table = {"m", "", fields, 3, sizeof(arrays)};

static size_t count(const void *model, lf_place place, const char *field) {
    (void)field;
    return place == LF_AT_CELL ? *(const size_t *)model : 7;
}

static lf_state *create(const size_t *cells) {
    lf_state *state = NULL;
    lf_state_create((const lf_table *const[]){&table}, (lf_state_count *const[]){count},
                    (const void *const[]){cells}, 1, NULL, &state, NULL);
    return state;
}

int main(void) {
    const size_t cells = 1001, others = 1000;
    lf_state *state = create(&cells);
    arrays a;
    lf_state_bind(state, 0, &a);
    CHECK(a.depth_m[0] == 0.5f && a.depth_m[1000] == 0.5f && a.fen[6] == 0 && *a.time_s == 0);
    CHECK((uintptr_t)a.fen % 64 == 0);
    const uint64_t fresh = lf_state_hash(state);
    a.depth_m[500] = 2;
    a.fen[3] = -5;
    *a.time_s = 12;
    CHECK(lf_state_hash(state) != fresh);
    lf_error error;
    CHECK(lf_state_save(state, 360, 42, "state-test.bin", &error) == LF_OK);
    lf_state *again = create(&cells);
    double time_s = 0;
    CHECK(lf_state_load(again, &time_s, 42, "state-test.bin", &error) == LF_OK && time_s == 360);
    CHECK(lf_state_hash(again) == lf_state_hash(state));
    lf_state *other = create(&others);
    CHECK(lf_state_load(other, &time_s, 42, "state-test.bin", &error) == LF_FORMAT);
    CHECK(lf_state_load(again, &time_s, 43, "state-test.bin", &error) == LF_FORMAT);
    char *bytes;
    size_t size;
    CHECK(lf_file_read("state-test.bin", 0, &bytes, &size, &error) == LF_OK);
    for (size_t cut = 0; cut < size; cut += 97) {
        lf_file_write("state-bad.bin", bytes, cut, NULL);
        CHECK(lf_state_load(again, &time_s, 42, "state-bad.bin", &error) == LF_FORMAT);
    }
    bytes[size / 2] ^= 1;
    lf_file_write("state-bad.bin", bytes, size, NULL);
    CHECK(lf_state_load(again, &time_s, 42, "state-bad.bin", &error) == LF_FORMAT);
    CHECK(lf_state_hash(again) == lf_state_hash(state)); // a refused file changes nothing
    free(bytes);
    CHECK(lf_state_save(state, 0, 0, "no-such-folder/x", &error) == LF_NOT_FOUND);
    lf_state_destroy(state);
    lf_state_destroy(again);
    lf_state_destroy(other);
    return lf_check_end();
}
