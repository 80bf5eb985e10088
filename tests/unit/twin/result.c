// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Results of an option: what goes in comes out, and running out of memory is noticed.
#include "lifang/result.h"
#include "check.h"

static const lf_figure_def def = {"drain.max_depth_m", "m", "greatest depth", "最大水深", -1};

static long left;
static void *resize(void *user, void *block, size_t old_bytes, size_t new_bytes) {
    (void)user;
    (void)old_bytes;
    if (new_bytes && left-- <= 0)
        return NULL;
    if (!new_bytes) {
        free(block);
        return NULL;
    }
    return realloc(block, new_bytes);
}

static void fill(lf_option_result *o) {
    lf_option_set_figure(o, &def, 0.4, LF_ASSUMED);
    lf_option_set_figure(o, &def, 0.5, LF_ASSUMED);
    const int s = lf_option_add_series(o, "gauges", 2, (const char *const[]){"a", "b"});
    for (int i = 0; i < 100; i++)
        lf_option_add_series_row(o, s, i, (float[]){(float)i, 2});
    lf_option_add_ledger(o, "water", "m³", (lf_ledger_line[]){{"rain", 10}}, 1,
                         (lf_ledger_line[]){{"out", 4}}, 1, (lf_ledger_line[]){{"surface", 5.5}},
                         1);
    const lf_grid grid = {3, 2, 0, 0, 1};
    lf_option_set_depth_grid(o, &grid);
    const float depth[6] = {0, 1, 2, 3, 4, 5};
    lf_option_frame_depth(o, 0, depth);
    lf_option_frame_places(o, 0, (uint8_t[]){1, 0}, 2);
    lf_option_frame_depth(o, 60, depth);
    lf_option_add_raster(o, "max_depth_m", "", &grid, depth);
    lf_option_add_column(o, LF_ROADS, "max_depth_m", "", depth, 6);
    lf_option_add_note(o, LF_ASSUMED, "note %d", 3);
    const int64_t fen[2] = {-100, 50};
    const lf_money_line line = {"fee", "费", "operator", 2, fen};
    lf_option_set_money(
        o, &(lf_money_table){.year_count = 2, .first_year = 2026, .line_count = 1, .lines = &line});
}

int main(void) {
    lf_option_result *o = lf_option_create("as it is", NULL, NULL);
    fill(o);
    CHECK(!lf_option_failed(o) && lf_option_figure_count(o) == 1);
    CHECK_NEAR(lf_option_figure(o, "drain.max_depth_m")->value, 0.5, 0);
    const lf_series *s = lf_option_series(o, "gauges");
    CHECK(s && s->count == 100 && s->time_s[99] == 99 && s->values[2 * 99] == 99);
    CHECK_NEAR(lf_option_ledger_at(o, 0)->error, 0.5, 1e-15);
    CHECK_NEAR(lf_option_ledger_at(o, 0)->error_ratio, 0.05, 1e-15);
    CHECK(lf_option_frame_count(o) == 2 && lf_option_frame_at(o, 0)->place_taken[0] == 1 &&
          !lf_option_frame_at(o, 1)->place_taken);
    CHECK(lf_option_raster(o, "max_depth_m")->values[5] == 5 &&
          lf_option_column(o, LF_ROADS, "max_depth_m"));
    CHECK(lf_option_money(o)->lines[0].fen[0] == -100);
    CHECK_TEXT(lf_option_note_at(o, 0)->text, "note 3");
    lf_option_destroy(o);
    const lf_allocator allocator = {resize, NULL};
    bool whole = false;
    for (long n = 0; n < 60 && !whole; n++) {
        left = n;
        o = lf_option_create("x", NULL, &allocator);
        if (!o)
            continue;
        fill(o);
        whole = !lf_option_failed(o);
        lf_option_destroy(o);
    }
    CHECK(whole);
    return lf_check_end();
}
