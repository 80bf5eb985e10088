// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// 340 m x 260 m: 4 rows of slabs east to west, a ring of roads, a low corner in the south-east.
#include "estate.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static double ground_m(double x, double y) {
    double slope = 0.008 * (340 - x) + 0.012 * y;
    double low = 1.6 * exp(-((x - 285) * (x - 285) + (y - 52) * (y - 52)) / 2600);
    double mound = 3.2 * exp(-((x - 60) * (x - 60) + (y - 235) * (y - 235)) / 1500);
    return 42 + slope - low + mound + 0.12 * sin(x / 9) * cos(y / 11);
}

static void polygon(lf_spec *spec, lf_row *row, const lf_vec2 *points, int count) {
    const int parts[2] = {0, count};
    row->shape = lf_spec_polygon(spec, points, parts, 1);
}

static void box(lf_spec *spec, lf_row *row, double x0, double y0, double x1, double y1) {
    const lf_vec2 ring[4] = {{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}};
    polygon(spec, row, ring, 4);
}

static void add_building(lf_spec *spec, double x, double y, double w, double d, int storeys,
                         int kind, const char *name) {
    lf_building *b = lf_spec_add(spec, LF_BUILDINGS);
    box(spec, &b->row, x, y, x + w, y + d);
    b->kind = kind;
    b->storeys = storeys;
    b->height_m = storeys * 2.9 + (kind == LF_USE_SHED ? 0 : 0.9);
    b->row.name = lf_spec_text(spec, name);
    b->row.quality = LF_SYNTHETIC;
}

static void add_buildings(lf_spec *spec) {
    int number = 1;
    for (int row = 0; row < 4; row++) {
        for (int col = 0; col < 4; col++) {
            double x = 28 + col * 76 + (row % 2) * 6, y = 26 + row * 56;
            int storeys = 5 + (row + col) % 3;
            char name[32];
            snprintf(name, sizeof name, "%d号楼", number++);
            if (row == 3 && col == 0) {
                continue; // the mound's park
            }
            if ((row + col) % 5 == 2) { // an L
                const lf_vec2 ring[6] = {{x, y},           {x + 56, y},      {x + 56, y + 26},
                                         {x + 44, y + 26}, {x + 44, y + 12}, {x, y + 12}};
                lf_building *b = lf_spec_add(spec, LF_BUILDINGS);
                polygon(spec, &b->row, ring, 6);
                b->kind = LF_USE_RESIDENTIAL;
                b->storeys = storeys;
                b->height_m = storeys * 2.9 + 0.9;
                b->row.name = lf_spec_text(spec, name);
                b->row.quality = LF_SYNTHETIC;
            } else {
                add_building(spec, x, y, 54, 11.5, storeys, LF_USE_RESIDENTIAL, name);
            }
        }
    }
    for (int i = 0; i < 6; i++) {
        add_building(spec, 30 + i * 50, 244, 16, 5, 1, LF_USE_SHED, "");
    }
    add_building(spec, 8, 8, 10, 14, 2, LF_USE_PUBLIC, "居委会");
    lf_building *b = lf_spec_at(spec, LF_BUILDINGS, 3);
    b->roof = LF_ROOF_GABLED;
}

static lf_id add_node(lf_spec *spec, double x, double y) {
    lf_road_node *node = lf_spec_add(spec, LF_ROAD_NODES);
    node->row.shape = lf_spec_point(spec, (lf_vec2){x, y});
    node->ground_m = NAN;
    return node->row.id;
}

static void add_road(lf_spec *spec, lf_id from, lf_id to, int kind, double width) {
    lf_road *road = lf_spec_add(spec, LF_ROADS);
    lf_vec2 line[2];
    int a = lf_spec_find(spec, LF_ROAD_NODES, from), b = lf_spec_find(spec, LF_ROAD_NODES, to);
    line[0] = ((const lf_road_node *)lf_spec_at(spec, LF_ROAD_NODES, a))->row.shape.points[0];
    line[1] = ((const lf_road_node *)lf_spec_at(spec, LF_ROAD_NODES, b))->row.shape.points[0];
    road->row.shape = lf_spec_line(spec, line, 2, NULL);
    road->kind = kind;
    road->width_m = width;
    road->drivable = kind < LF_ROAD_FOOTWAY;
    road->from = from;
    road->to = to;
}

static void add_roads(lf_spec *spec) {
    lf_id node[5][5];
    for (int r = 0; r < 5; r++) {
        for (int c = 0; c < 5; c++) {
            node[r][c] = add_node(spec, 20 + c * 76, 18 + r * 56);
        }
    }
    for (int r = 0; r < 5; r++) {
        for (int c = 0; c < 4; c++) {
            add_road(spec, node[r][c], node[r][c + 1],
                     r == 0 ? LF_ROAD_STREET : LF_ROAD_RESIDENTIAL, r == 0 ? 9 : 5);
        }
    }
    for (int c = 0; c < 5; c++) {
        for (int r = 0; r < 4; r++) {
            add_road(spec, node[r][c], node[r + 1][c], LF_ROAD_SERVICE, c == 0 || c == 4 ? 6 : 4);
        }
    }
    lf_id door = add_node(spec, 50, 46), path = add_node(spec, 50, 70);
    add_road(spec, door, path, LF_ROAD_FOOTWAY, 1.8);
    lf_gate *gate = lf_spec_add(spec, LF_GATES);
    gate->row.shape = lf_spec_point(spec, (lf_vec2){20, 24});
    gate->row.name = lf_spec_text(spec, "西门");
    gate = lf_spec_add(spec, LF_GATES);
    gate->row.shape = lf_spec_point(spec, (lf_vec2){324, 30});
    gate->row.name = lf_spec_text(spec, "东门");
}

static void add_stalls(lf_spec *spec) {
    for (int lot = 0; lot < 6; lot++) {
        double x0 = 30 + (lot % 3) * 92, y0 = 58 + (lot / 3) * 112;
        lf_parking *area = lf_spec_add(spec, LF_PARKING);
        box(spec, &area->row, x0, y0, x0 + 40, y0 + 5.4);
        area->capacity = 16;
        area->row.name = lf_spec_text(spec, lot == 0 ? "院内停车位" : "");
        area->row.quality = LF_SYNTHETIC;
        lf_id id = area->row.id;
        for (int i = 0; i < 16 && lot != 5; i++) {
            lf_stall *stall = lf_spec_add(spec, LF_STALLS);
            box(spec, &stall->row, x0 + i * 2.5, y0, x0 + (i + 1) * 2.5, y0 + 5.2);
            stall->parking = id;
            stall->permit = i == 0 && lot == 1 ? LF_PERMIT_DISABLED : LF_PERMIT_ANY;
            stall->charger_kw = lot == 2 && i > 11 ? 7 : 0;
        }
    }
}

static void add_green(lf_spec *spec, int kind, double x0, double y0, double x1, double y1) {
    lf_green *green = lf_spec_add(spec, LF_GREEN);
    box(spec, &green->row, x0, y0, x1, y1);
    green->kind = kind;
    green->row.quality = LF_SYNTHETIC;
}

static void add_tree(lf_spec *spec, double x, double y, int i) {
    lf_tree *tree = lf_spec_add(spec, LF_TREES);
    tree->row.shape = lf_spec_point(spec, (lf_vec2){x, y});
    tree->height_m = 5 + (i * 7 % 11) * 0.6;
    tree->crown_m = 3 + (i * 5 % 7) * 0.5;
}

static void add_plants(lf_spec *spec) {
    for (int row = 0; row < 4; row++) {
        for (int col = 0; col < 4; col++) {
            double x = 28 + col * 76, y = 26 + row * 56;
            add_green(spec, (row + col) % 4 == 3 ? LF_GREEN_RAIN_GARDEN : LF_GREEN_LAWN, x, y + 16,
                      x + 54, y + 27);
            for (int i = 0; i < 6; i++) {
                add_tree(spec, x + 4 + i * 9.3, y + 18 + (i * 5 % 7), row * 31 + col * 7 + i);
            }
        }
    }
    add_green(spec, LF_GREEN_WOOD, 30, 200, 92, 238);
    lf_water *pond = lf_spec_add(spec, LF_WATER);
    lf_vec2 ring[18];
    for (int i = 0; i < 18; i++) {
        double a = i * 2 * 3.14159265358979 / 18, r = 10 + 2 * sin(3 * a);
        ring[i] = (lf_vec2){70 + r * 1.5 * cos(a), 186 + r * 0.6 * sin(a)};
    }
    polygon(spec, &pond->row, ring, 18);
    const lf_vec2 wall[5] = {{6, 4}, {332, 4}, {332, 254}, {6, 254}, {6, 30}};
    lf_wall *around = lf_spec_add(spec, LF_WALLS);
    around->row.shape = lf_spec_line(spec, wall, 5, NULL);
    around->height_m = 2.0;
}

static lf_id add_manhole(lf_spec *spec, double x, double y, int kind, double below) {
    lf_drain_node *node = lf_spec_add(spec, LF_DRAIN_NODES);
    node->row.shape = lf_spec_point(spec, (lf_vec2){x, y});
    node->kind = kind;
    node->invert_m = ground_m(x, y) - below;
    node->ground_m = NAN;
    node->area_m2 = 0.8;
    return node->row.id;
}

static void add_pipes(lf_spec *spec) {
    lf_id before = 0;
    double last_x = 0, last_y = 0;
    for (int i = 0; i < 7; i++) {
        double x = 22 + i * 50, y = 20 + (i == 6 ? -10 : 0);
        lf_id node =
            add_manhole(spec, x, y, i == 6 ? LF_NODE_OUTFALL : LF_NODE_MANHOLE, 2 + 0.1 * i);
        if (i > 0) {
            lf_drain_link *link = lf_spec_add(spec, LF_DRAIN_LINKS);
            const lf_vec2 line[2] = {{last_x, last_y}, {x, y}};
            link->row.shape = lf_spec_line(spec, line, 2, NULL);
            link->from = before;
            link->to = node;
            link->diameter_m = 0.8;
            link->system = i % 3;
        }
        before = node;
        last_x = x;
        last_y = y;
    }
    lf_sensor *sensor = lf_spec_add(spec, LF_SENSORS);
    sensor->row.shape = lf_spec_point(spec, (lf_vec2){288, 50});
    sensor->row.name = lf_spec_text(spec, "积水监测 D1");
    sensor->kind = LF_SENSOR_DEPTH;
}

lf_twin *estate_twin(bool with_terrain) {
    lf_spec *spec = lf_spec_create(NULL);
    lf_twin *twin = NULL;
    lf_error error = {0};
    lf_frame *frame = lf_spec_frame(spec);
    snprintf(frame->crs, sizeof frame->crs, "EPSG:4547");
    lf_spec_set_name(spec, "红旗新村");
    lf_grid grid = {360, 280, -10, -10, 1};
    if (with_terrain) {
        lf_raster *terrain = lf_spec_set_terrain(spec, &grid, NULL, LF_SYNTHETIC, "by hand");
        for (int i = 0; i < grid.cols * grid.rows; i++) {
            terrain->values[i] =
                (float)ground_m(grid.x0 + i % grid.cols + 0.5, grid.y0 + i / grid.cols + 0.5);
        }
    }
    add_buildings(spec);
    add_roads(spec);
    add_stalls(spec);
    add_plants(spec);
    add_pipes(spec);
    if (lf_twin_compile(spec, &twin, NULL, &error) != LF_OK) {
        char text[1024];
        printf("%s\n", lf_error_format(&error, text, sizeof text));
    }
    lf_spec_destroy(spec);
    return twin;
}

static const lf_grid depth_grid = {340, 260, 0, 0, 1};

static void make_ground(const lf_twin *twin, float *ground) {
    int buildings = 0;
    const lf_building *rows = lf_twin_rows(twin, LF_BUILDINGS, &buildings);
    for (int i = 0; i < depth_grid.cols * depth_grid.rows; i++) {
        lf_vec2 at = {i % depth_grid.cols + 0.5, i / depth_grid.cols + 0.5};
        ground[i] = (float)ground_m(at.x, at.y);
        for (int k = 0; k < buildings; k++) {
            ground[i] = lf_shape_contains(&rows[k].row.shape, at) ? NAN : ground[i];
        }
    }
}

// Nothing at first, a full corner and a film on the ground after an hour, then less.
static void add_depth(lf_option_result *option, const float *ground, float *depth, int frame) {
    double level = ground_m(285, 52) + (frame == 1 ? 1.0 : 0.35 * frame);
    for (int i = 0; i < depth_grid.cols * depth_grid.rows; i++) {
        double film = frame == 1 ? 0.006 * (1 + sin(i % depth_grid.cols / 7.0)) : 0;
        double water = frame == 0 ? 0 : fmax(level - (double)ground[i], film);
        depth[i] = isnan(ground[i]) ? NAN : (float)water;
    }
    lf_option_frame_depth(option, frame * 3600.0, depth);
}

static void add_cars(lf_option_result *option, uint8_t *taken, int count, int frame) {
    for (int i = 0; i < count; i++) {
        taken[i] = (i * 7 + frame) % 10 < 5 + i / 20 ? 1 : 0;
    }
    lf_option_frame_places(option, frame * 3600.0, taken, count);
}

lf_option_result *estate_result(const lf_twin *twin, bool water, bool cars) {
    lf_option_result *option = lf_option_create("现状", twin, NULL);
    size_t cells = (size_t)depth_grid.cols * (size_t)depth_grid.rows;
    int places = lf_twin_count(twin, LF_STALLS) + 16;
    float *ground = malloc(cells * sizeof *ground), *depth = malloc(cells * sizeof *depth);
    uint8_t *taken = calloc((size_t)places, 1);
    if (water) {
        make_ground(twin, ground);
        lf_option_set_depth_grid(option, &depth_grid);
        lf_option_set_ground(option, ground);
    }
    for (int frame = 0; frame < 3; frame++) {
        if (water) {
            add_depth(option, ground, depth, frame);
        }
        if (cars) {
            add_cars(option, taken, places, frame);
        }
    }
    free(ground);
    free(depth);
    free(taken);
    return option;
}
