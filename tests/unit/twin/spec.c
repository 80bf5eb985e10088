// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Rows, ids, shapes, copies and where filters of a spec, also with memory that runs out.
#include "check.h"
#include "lifang/twin.h"

typedef struct failing {
    long left, balance;
} failing;

static void *resize(void *user, void *block, size_t old_bytes, size_t new_bytes) {
    failing *f = user;
    if (new_bytes && f->left-- <= 0)
        return NULL;
    f->balance += (long)new_bytes - (long)old_bytes;
    if (!new_bytes) {
        free(block);
        return NULL;
    }
    return realloc(block, new_bytes);
}

static lf_shape square(lf_spec *spec, double x, double y, double side) {
    const lf_vec2 ring[5] = {{x, y}, {x, y + side}, {x + side, y + side}, {x + side, y}, {x, y}};
    return lf_spec_polygon(spec, ring, (int[]){0, 5}, 1);
}

static void build(lf_spec *spec) {
    for (int i = 0; i < 4; i++) {
        lf_green *green = lf_spec_add(spec, LF_GREEN);
        if (!green)
            return;
        green->kind = i % 2 ? LF_GREEN_SHRUB : LF_GREEN_LAWN;
        green->row.name = lf_spec_textf(spec, "bed %d", i);
        green->row.shape = square(spec, 100 * i, 0, 10 + i);
    }
    lf_sensor *sensor = lf_spec_add(spec, LF_SENSORS);
    if (sensor)
        sensor->samples = lf_spec_samples(spec, (double[]){0, 60}, (double[]){1, 2}, 2, 1e9);
    lf_spec_set_terrain(spec, &(lf_grid){4, 3, 0, 0, 1}, NULL, LF_MEASURED, "dem");
    const lf_raster n = {{2, 1, 0, 0, 1}, (float[]){0.03f, 0.05f}, LF_TAGGED, "n"};
    lf_spec_set_raster(spec, LF_RASTER_ROUGHNESS, &n);
    lf_spec_set_rain(spec, &(lf_rain_grid){.grid = {2, 1, 0, 0, 1},
                                           .count = 2,
                                           .time_s = (double[]){0, 60},
                                           .values = (float[]){1, 2, 3, 4},
                                           .source = "radar"});
    lf_spec_add_work(
        spec,
        &(lf_work){.measure = "m", .label = "l", .price_key = "k", .unit = "m", .quantity = 3});
    lf_spec_add_assumption(spec, LF_ASSUMED, "walls are %d m", 2);
}

static int selected(const lf_spec *spec, const char *where) {
    bool list[4];
    lf_error error;
    if (lf_spec_where(spec, LF_GREEN, where, list, &error) != LF_OK)
        return -1;
    return list[0] + 2 * list[1] + 4 * list[2] + 8 * list[3];
}

static void shapes(lf_spec *spec) {
    const lf_shape s = square(spec, 5, 5, 10);
    CHECK(s.kind == LF_POLYGON && s.point_count == 4); // clockwise and closed: both mended
    CHECK_NEAR(lf_shape_area_m2(&s), 100, 1e-12);
    CHECK_NEAR(lf_shape_length_m(&s), 40, 1e-12);
    CHECK_NEAR(lf_shape_centre(&s).x, 10, 1e-12);
    CHECK(lf_shape_contains(&s, (lf_vec2){6, 6}) && !lf_shape_contains(&s, (lf_vec2){16, 6}));
    CHECK_NEAR(lf_shape_distance_m(&s, (lf_vec2){18, 19}), 5, 1e-12);
    const lf_vec2 with_hole[] = {{0, 0}, {10, 0}, {10, 10}, {0, 10}, {2, 2},  {4, 2},
                                 {4, 4}, {2, 4},  {20, 0},  {30, 0}, {30, 10}};
    const lf_shape h = lf_spec_polygon(spec, with_hole, (int[]){0, 4, 8, 11}, 3);
    CHECK(h.part_count == 3);
    CHECK_NEAR(lf_shape_area_m2(&h), 100 - 4 + 50, 1e-12);
    CHECK(!lf_shape_contains(&h, (lf_vec2){3, 3}) && lf_shape_contains(&h, (lf_vec2){1, 1}));
    const lf_shape line = lf_spec_line(spec, (lf_vec2[]){{0, 0}, {3, 4}, {3, 14}}, 3, NULL);
    CHECK_NEAR(lf_shape_length_m(&line), 15, 1e-12);
    CHECK_NEAR(lf_shape_centre(&line).y, 4 + 2.5, 1e-12);
    CHECK(lf_spec_polygon(spec, with_hole, (int[]){0, 2}, 1).kind == LF_NO_SHAPE);
}

int main(void) {
    lf_spec *spec = lf_spec_create(NULL);
    build(spec);
    shapes(spec);
    CHECK(selected(spec, "") == 15);
    CHECK(selected(spec, "lawn") == 5);
    CHECK(selected(spec, "bed 1") == -1);
    CHECK(selected(spec, "name == 'bed 1'") == 2);
    CHECK(selected(spec, "green.kind == 'shrub' && area_m2 > 150") == 8);
    CHECK(selected(spec, "depression_m < 0.1") == 15);
    CHECK(selected(spec, "area_m2") == 0 && selected(spec, "area_m2 + 1") == -1);
    CHECK(selected(spec, "knid == 'lawn'") == -1);
    bool keep[4] = {true, false, true, true};
    lf_spec_keep(spec, LF_GREEN, keep);
    CHECK(lf_spec_count(spec, LF_GREEN) == 3 && lf_spec_find(spec, LF_GREEN, 3) == 1);
    CHECK(lf_spec_find(spec, LF_GREEN, 2) == -1 && lf_spec_find(spec, LF_GREEN, 0) == -1);
    lf_green *last = lf_spec_add(spec, LF_GREEN);
    CHECK(last->row.id == 5);
    lf_error error;
    CHECK(lf_spec_set_id(spec, LF_GREEN, last, 4, &error) == LF_DUPLICATE);
    CHECK(lf_spec_set_id(spec, LF_GREEN, last, 9, &error) == LF_OK && last->row.id == 9);
    for (int l = 0; l < LF_LAYER_COUNT; l++) {
        lf_layer found;
        CHECK(lf_layer_find(lf_layer_name((lf_layer)l), &found) && found == (lf_layer)l);
        CHECK(lf_layer_table((lf_layer)l)->count <= 32); // lf_row.assumed has a bit for each
        void *row = lf_spec_add(spec, (lf_layer)l);
        CHECK(lf_table_check(lf_layer_table((lf_layer)l), row, "", &error) == LF_OK);
    }
    lf_spec_destroy(spec);
    bool whole = false;
    for (long n = 0; !whole && n < 200; n++) {
        failing f = {n, 0};
        const lf_allocator allocator = {resize, &f};
        lf_spec *poor = lf_spec_create(&allocator);
        if (poor) {
            build(poor);
            lf_spec *copy = lf_spec_copy(poor);
            whole = copy && lf_spec_count(copy, LF_SENSORS) == 1;
            lf_spec_destroy(copy);
        }
        lf_spec_destroy(poor);
        CHECK(f.balance == 0);
    }
    CHECK(whole);
    return lf_check_end();
}
