// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Compiling: the road graph, access, households, ground, hash, and what is refused.
#include "check.h"
#include "lifang/twin.h"

static lf_id node(lf_spec *spec, double x, double y) {
    lf_road_node *n = lf_spec_add(spec, LF_ROAD_NODES);
    n->row.shape = lf_spec_point(spec, (lf_vec2){x, y});
    return n->row.id;
}

static lf_road *road(lf_spec *spec, lf_id from, lf_id to, double x0, double y0, double x1,
                     double y1) {
    lf_road *r = lf_spec_add(spec, LF_ROADS);
    r->from = from;
    r->to = to;
    r->row.shape = lf_spec_line(spec, (lf_vec2[]){{x0, y0}, {x1, y1}}, 2, NULL);
    return r;
}

static lf_building *building(lf_spec *spec, double x, double y) {
    lf_building *b = lf_spec_add(spec, LF_BUILDINGS);
    const lf_vec2 ring[] = {{x, y}, {x + 50, y}, {x + 50, y + 12}, {x, y + 12}};
    b->row.shape = lf_spec_polygon(spec, ring, (int[]){0, 4}, 1);
    b->storeys = 6;
    return b;
}

static lf_spec *estate(void) {
    lf_spec *spec = lf_spec_create(NULL);
    const lf_id a = node(spec, 0, 0), b = node(spec, 100, 0), c = node(spec, 100, 80),
                d = node(spec, 500, 0), e = node(spec, 510, 0);
    road(spec, a, b, 0, 0, 100, 0);
    road(spec, b, c, 100, 0, 100, 80)->oneway = LF_FORWARD;
    road(spec, d, e, 500, 0, 510, 0);
    road(spec, a, c, 0, 0, 100, 80)->drivable = false;
    building(spec, 20, 10);
    building(spec, 20, 40)->households = 77;
    float dem[12];
    for (int i = 0; i < 12; i++)
        dem[i] = (float)(i % 4) * 10;
    lf_spec_set_terrain(spec, &(lf_grid){4, 3, 0, 0, 10}, dem, LF_MEASURED, "dem");
    return spec;
}

static lf_code compile(const lf_spec *spec, lf_error *error) {
    lf_twin *twin;
    const lf_code code = lf_twin_compile(spec, &twin, NULL, error);
    lf_twin_destroy(twin);
    return code;
}

// Boundary rows must name sensors of the right kind that have a series; rasters count in the hash.
static void check_boundaries(void) {
    lf_error error;
    lf_spec *spec = estate();
    lf_twin *twin;
    CHECK(lf_twin_compile(spec, &twin, NULL, &error) == LF_OK);
    const uint64_t hash = lf_twin_hash(twin);
    lf_twin_destroy(twin);
    lf_sensor *gauge = lf_spec_add(spec, LF_SENSORS);
    gauge->kind = LF_SENSOR_LEVEL;
    gauge->row.shape = lf_spec_point(spec, (lf_vec2){1, 1});
    lf_open_edge *edge = lf_spec_add(spec, LF_OPEN_EDGES);
    edge->kind = LF_OPEN_EDGE_LEVEL;
    edge->row.shape = lf_spec_line(spec, (lf_vec2[]){{0, 0}, {0, 10}}, 2, NULL);
    CHECK(compile(spec, &error) == LF_MISSING && strstr(error.message, "open_edges/1"));
    edge->level_m = 3;
    CHECK(compile(spec, &error) == LF_OK);
    edge->level_sensor = 7;
    CHECK(compile(spec, &error) == LF_REFERENCE);
    edge->level_sensor = 1;
    CHECK(compile(spec, &error) == LF_REFERENCE && strstr(error.message, "has no values"));
    gauge->samples = lf_spec_samples(spec, (double[]){0, 60}, (double[]){1, 2}, 2, 0);
    CHECK(compile(spec, &error) == LF_OK);
    lf_inflow *inflow = lf_spec_add(spec, LF_INFLOWS);
    inflow->row.shape = lf_spec_point(spec, (lf_vec2){1, 1});
    inflow->flow_sensor = 1;
    CHECK(compile(spec, &error) == LF_REFERENCE && strstr(error.message, "not a flow sensor"));
    inflow->flow_sensor = 0;
    const lf_raster n = {{2, 1, 0, 0, 20}, NULL, LF_TAGGED, "n"};
    lf_spec_set_raster(spec, LF_RASTER_ROUGHNESS, &n);
    CHECK(compile(spec, &error) == LF_OK); // no data is no fault there
    lf_spec_raster_edit(spec, LF_RASTER_ROUGHNESS)->values[1] = -1;
    CHECK(compile(spec, &error) == LF_RANGE && strstr(error.message, "roughness"));
    lf_spec_raster_edit(spec, LF_RASTER_ROUGHNESS)->values[1] = 0.03f;
    lf_rain_grid rain = {.grid = {2, 1, 0, 0, 20},
                         .count = 2,
                         .time_s = (double[]){60, 60},
                         .values = (float[]){1, 2, 3, 4}};
    CHECK(lf_spec_set_rain(spec, &rain));
    CHECK(compile(spec, &error) == LF_TOPOLOGY);
    rain.time_s = (double[]){0, 60};
    CHECK(lf_spec_set_rain(spec, &rain));
    CHECK(lf_twin_compile(spec, &twin, NULL, &error) == LF_OK && lf_twin_hash(twin) != hash);
    CHECK(lf_twin_rain(twin)->values[3] == 4 && !lf_twin_raster(twin, LF_RASTER_START_DEPTH));
    CHECK(lf_twin_raster(twin, LF_RASTER_TERRAIN) == lf_twin_terrain(twin));
    lf_twin_destroy(twin);
    lf_spec_destroy(spec);
}

int main(void) {
    check_boundaries();
    lf_spec *spec = estate();
    lf_twin *twin;
    lf_error error;
    CHECK(lf_twin_compile(spec, &twin, NULL, &error) == LF_OK);
    const lf_road_graph *g = lf_twin_roads(twin);
    CHECK(g->node_count == 5 && g->edge_count == 5 && g->component_count == 2);
    CHECK(g->component[0] == 0 && g->component[2] == 0 && g->component[3] == 1);
    for (int n = 0; n < g->node_count; n++)
        for (int e = g->first[n]; e < g->first[n + 1]; e++) {
            CHECK(g->edges[e].from == n);
            CHECK(g->reverse[e] < 0 || g->reverse[g->reverse[e]] == e);
        }
    const lf_access *access = lf_twin_access(twin, LF_BUILDINGS);
    CHECK(access[0].road == 0);
    CHECK_NEAR(access[0].along_m, 45, 1e-9);
    CHECK_NEAR(access[0].away_m, 16, 1e-9);
    CHECK(lf_twin_households(twin)[0] == (int)(50 * 12 * 6 * 0.85 / 60) &&
          lf_twin_households(twin)[1] == 77);
    CHECK_NEAR(lf_twin_ground_m(twin, (lf_vec2){10, 15}), 5, 1e-6);
    CHECK_NEAR(lf_twin_ground_m(twin, (lf_vec2){39, 1}), 30, 1e-6);
    CHECK(isnan(lf_twin_ground_m(twin, (lf_vec2){-5, 1})));
    const uint64_t hash = lf_twin_hash(twin);
    lf_twin_destroy(twin);
    CHECK(lf_twin_compile(spec, &twin, NULL, &error) == LF_OK && lf_twin_hash(twin) == hash);
    lf_twin_destroy(twin);
    ((lf_road *)lf_spec_at(spec, LF_ROADS, 0))->width_m = 7;
    CHECK(lf_twin_compile(spec, &twin, NULL, &error) == LF_OK && lf_twin_hash(twin) != hash);
    lf_twin_destroy(twin);

    lf_building *bad = building(spec, 200, 0);
    bad->row.shape =
        lf_spec_polygon(spec, (lf_vec2[]){{0, 0}, {10, 10}, {10, 0}, {0, 9}}, (int[]){0, 4}, 1);
    CHECK(compile(spec, &error) == LF_GEOMETRY && strstr(error.message, "buildings/3") &&
          lf_error_exit_code(&error) == 3);
    bad->row.shape =
        lf_spec_polygon(spec, (lf_vec2[]){{0, 0}, {10, 0}, {10, 10}}, (int[]){0, 3}, 1);
    bad->storeys = -2;
    CHECK(compile(spec, &error) == LF_RANGE);
    bad->storeys = 2;
    CHECK(compile(spec, &error) == LF_OK);
    ((lf_road *)lf_spec_at(spec, LF_ROADS, 0))->from = 99;
    CHECK(compile(spec, &error) == LF_REFERENCE && strstr(error.message, "roads/1"));
    ((lf_road *)lf_spec_at(spec, LF_ROADS, 0))->from = 1;
    for (int i = 0; i < 12; i++)
        lf_spec_terrain_edit(spec)->values[i] = NAN;
    CHECK(compile(spec, &error) == LF_EMPTY);
    lf_spec_destroy(spec);
    lf_spec *empty = lf_spec_create(NULL);
    CHECK(compile(empty, &error) == LF_OK);
    lf_spec_destroy(empty);
    return lf_check_end();
}
