// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// What is invented on request must be labelled, repeatable, and obey the rules of its README.
#include "check.h"

#include "lifang/lifang.h"

static lf_spec *two_streets(void) {
    lf_spec *spec = lf_spec_create(NULL);
    lf_frame *frame = lf_spec_frame(spec);
    snprintf(frame->crs, sizeof frame->crs, "EPSG:4547");
    frame->origin_east_m = 528600;
    frame->origin_north_m = 3386200;
    const lf_vec2 ends[5] = {{0, 0}, {200, 0}, {400, 0}, {200, 180}, {200, -150}};
    lf_id ids[5];
    for (int i = 0; i < 5; i++) {
        lf_road_node *node = lf_spec_add(spec, LF_ROAD_NODES);
        node->row.shape = lf_spec_point(spec, ends[i]);
        ids[i] = node->row.id;
    }
    const int pairs[4][2] = {{0, 1}, {1, 2}, {1, 3}, {4, 1}};
    for (int i = 0; i < 4; i++) {
        const lf_vec2 line[2] = {ends[pairs[i][0]], ends[pairs[i][1]]};
        lf_road *road = lf_spec_add(spec, LF_ROADS);
        road->row.shape = lf_spec_line(spec, line, 2, NULL);
        road->kind = LF_ROAD_RESIDENTIAL;
        road->width_m = i == 0 ? 4 : 6;
        road->from = ids[pairs[i][0]];
        road->to = ids[pairs[i][1]];
    }
    const lf_vec2 house[] = {{230, -3}, {250, -3}, {250, 12}, {230, 12}};
    const lf_vec2 yard[] = {{20, 20}, {60, 20}, {60, 40}, {20, 40}};
    const int parts[] = {0, 4};
    lf_building *building = lf_spec_add(spec, LF_BUILDINGS);
    building->row.shape = lf_spec_polygon(spec, house, parts, 1);
    building->storeys = 6;
    lf_parking *parking = lf_spec_add(spec, LF_PARKING);
    parking->row.shape = lf_spec_polygon(spec, yard, parts, 1);
    return spec;
}

static void test_unknown(void) {
    lf_spec *spec = two_streets();
    lf_error error;
    CHECK(lf_io_synthesise(spec, "pipes", "by_magic", 1, NULL, &error) == LF_UNKNOWN_KEY);
    CHECK(strstr(error.message, "from_roads_and_terrain") != NULL);
    CHECK(lf_error_exit_code(&error) == 2);
    CHECK(lf_io_synthesise(spec, "lakes", "plane", 1, NULL, &error) == LF_UNKNOWN_KEY);
    // Pipes without a terrain say what is missing.
    CHECK(lf_io_synthesise(spec, "pipes", "from_roads_and_terrain", 1, NULL, &error) == LF_MISSING);
    CHECK(strstr(error.message, "terrain") != NULL);
    lf_spec_destroy(spec);
    spec = lf_spec_create(NULL);
    CHECK(lf_io_synthesise(spec, "terrain", "plane", 1, NULL, &error) == LF_MISSING);
    CHECK(lf_io_synthesise(spec, "stalls", "kerb_and_yards", 1, NULL, &error) == LF_MISSING);
    CHECK(lf_io_synthesise(spec, "households", "from_floor_area", 1, NULL, &error) == LF_MISSING);
    lf_spec_destroy(spec);
}

static float height_at(const lf_raster *terrain, double x, double y) {
    int col = (int)floor((x - terrain->grid.x0) / terrain->grid.cell_m);
    int row = (int)floor((y - terrain->grid.y0) / terrain->grid.cell_m);
    return terrain->values[row * terrain->grid.cols + col];
}

static void test_terrain(void) {
    lf_spec *spec = two_streets();
    lf_error error;
    CHECK(lf_io_synthesise(spec, "terrain", "plane", 1, NULL, &error) == LF_OK);
    const lf_raster *t = lf_spec_terrain(spec);
    CHECK(t && t->quality == LF_SYNTHETIC);
    CHECK(t->grid.x0 <= -40 && t->grid.cols >= 480 && t->grid.rows >= 410);
    // The stated fall, between two points off the roads.
    CHECK_NEAR(height_at(t, 100.5, 100.5) - height_at(t, 150.5, 100.5), 0.004 * 50, 1e-4);
    CHECK_NEAR(height_at(t, 100.5, 100.5) - height_at(t, 100.5, 50.5), 0.003 * 50, 1e-4);
    // The edge of a carriageway lies about a kerb below its surroundings, the crown higher.
    double outside = height_at(t, 300.5, 3.5) + 0.004 * 0 - 0.003 * 1;
    CHECK_NEAR(outside - height_at(t, 300.5, 2.5), 0.12 + 0.01 - 0.0075, 2e-3);
    CHECK(height_at(t, 300.5, 0.5) > height_at(t, 300.5, 2.5) + 0.015);
    CHECK(lf_io_synthesise(spec, "terrain", "gentle", 1, NULL, &error) == LF_DUPLICATE);
    int assumptions;
    lf_spec_assumptions(spec, &assumptions);
    CHECK(assumptions == 1);
    lf_spec_destroy(spec);
}

static void check_pipes(const lf_spec *spec) {
    int links, nodes, outfalls = 0, gullies = 0;
    const lf_drain_link *link = lf_spec_rows_const(spec, LF_DRAIN_LINKS, &links);
    const lf_drain_node *node = lf_spec_rows_const(spec, LF_DRAIN_NODES, &nodes);
    for (int i = 0; i < nodes; i++) {
        outfalls += node[i].kind == LF_NODE_OUTFALL;
        gullies += node[i].kind == LF_NODE_GULLY;
        CHECK(node[i].row.quality == LF_SYNTHETIC);
        CHECK(node[i].kind == LF_NODE_GULLY ? node[i].inlet_length_m > 0
                                            : node[i].inlet_length_m == 0);
    }
    CHECK(outfalls >= 1 && gullies >= 15);
    int *leaving = calloc((size_t)nodes + 1, sizeof *leaving);
    for (int i = 0; i < links; i++) {
        const lf_drain_node *from = &node[lf_spec_find(spec, LF_DRAIN_NODES, link[i].from)];
        const lf_drain_node *to = &node[lf_spec_find(spec, LF_DRAIN_NODES, link[i].to)];
        double fall = from->invert_m + link[i].offset_from_m - to->invert_m - link[i].offset_to_m;
        bool main = from->kind == LF_NODE_MANHOLE;
        CHECK(fall >= 0.002 * link[i].length_m - 1e-9);
        CHECK(from->ground_m - from->invert_m - link[i].diameter_m >= (main ? 0.7 : 0.5) - 1e-9);
        CHECK(!main || (link[i].diameter_m >= 0.3 && link[i].diameter_m <= 0.8));
        CHECK(link[i].length_m <= 40);
        leaving[from - node]++;
    }
    // A tree: one pipe leaves every node but the outfalls.
    for (int i = 0; i < nodes; i++)
        CHECK(leaving[i] == (node[i].kind == LF_NODE_OUTFALL ? 0 : 1));
    free(leaving);
}

static void test_pipes(void) {
    lf_spec *spec = two_streets();
    lf_error error;
    CHECK(lf_io_synthesise(spec, "terrain", "gentle", 7, NULL, &error) == LF_OK);
    CHECK(lf_io_synthesise(spec, "pipes", "from_roads_and_terrain", 7, NULL, &error) == LF_OK);
    check_pipes(spec);
    CHECK(lf_io_synthesise(spec, "pipes", "from_roads_and_terrain", 7, NULL, &error) ==
          LF_DUPLICATE);
    lf_issues *issues = lf_issues_create();
    CHECK(lf_spec_check(spec, issues, &error) == LF_OK);
    lf_issues_destroy(issues);
    lf_spec_destroy(spec);
}

// Everything invented twice is the same, and another seed gives another relief.
static void test_repeats(void) {
    double sums[3];
    const uint64_t seeds[3] = {7, 7, 8};
    for (int k = 0; k < 3; k++) {
        lf_spec *spec = two_streets();
        lf_error error;
        CHECK(lf_io_synthesise(spec, "terrain", "gentle", seeds[k], NULL, &error) == LF_OK);
        CHECK(lf_io_synthesise(spec, "pipes", "from_roads_and_terrain", seeds[k], NULL, &error) ==
              LF_OK);
        int count;
        const lf_drain_node *node = lf_spec_rows_const(spec, LF_DRAIN_NODES, &count);
        sums[k] = 0;
        for (int i = 0; i < count; i++)
            sums[k] += node[i].invert_m;
        lf_spec_destroy(spec);
    }
    CHECK(sums[0] == sums[1]);
    CHECK(sums[0] != sums[2]);
}

static void test_stalls(void) {
    lf_spec *spec = two_streets();
    lf_error error;
    CHECK(lf_io_synthesise(spec, "stalls", "kerb_and_yards", 1, NULL, &error) == LF_OK);
    int count, yard = 0, kerb = 0;
    const lf_stall *rows = lf_spec_rows_const(spec, LF_STALLS, &count);
    const lf_building *house = lf_spec_at_const(spec, LF_BUILDINGS, 0);
    const lf_parking *parking = lf_spec_at_const(spec, LF_PARKING, 0);
    for (int i = 0; i < count; i++) {
        lf_vec2 centre = lf_shape_centre(&rows[i].row.shape);
        CHECK(rows[i].row.quality == LF_SYNTHETIC);
        CHECK(lf_shape_distance_m(&house->row.shape, centre) > 1);
        yard += rows[i].parking == parking->row.id;
        kerb += rows[i].parking == 0;
        if (rows[i].parking)
            CHECK(lf_shape_contains(&parking->row.shape, centre));
        else
            CHECK(rows[i].road >= 2); // the first road is too narrow
        for (int j = 0; j < i; j++)
            CHECK(!lf_shape_contains(&rows[j].row.shape, centre));
    }
    // 40 m take 15 stalls of 2.5 m (0.1 m are kept free), 20 m two rows and their aisle.
    CHECK(yard == 30);
    CHECK(parking->capacity == 30);
    CHECK(kerb > 30);
    lf_spec_destroy(spec);
}

static void test_households(void) {
    lf_spec *spec = two_streets();
    lf_error error;
    CHECK(lf_io_synthesise(spec, "households", "from_floor_area", 1, NULL, &error) == LF_OK);
    const lf_building *house = lf_spec_at_const(spec, LF_BUILDINGS, 0);
    CHECK(house->households == (int)lround(300 * 6 * 0.85 / 60));
    CHECK(house->row.assumed != 0);
    lf_spec_destroy(spec);
}

int main(void) {
    test_unknown();
    test_terrain();
    test_pipes();
    test_repeats();
    test_stalls();
    test_households();
    return lf_check_end();
}
