// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// A tiny estate for the tests of measures and money. Areas and lengths are round numbers, so that
// quantities can be checked by head.
//
//      y
//   90 | lawn 1: 20 x 20      lawn 2: L shape, 300 m2         building 1: 40 x 10, 6 floors
//   40 | yard: 40 x 17 m (x 0..40, y 20..37)
//    0 | road 1: from (0,10) to (100,10), 8 m wide; road 2: (100,10) to (100,80), 4 m wide
#ifndef LF_TESTS_TINY_H
#define LF_TESTS_TINY_H

#include "lifang/twin.h"

static inline lf_shape tiny_box(lf_spec *spec, double x0, double y0, double x1, double y1) {
    const lf_vec2 ring[4] = {{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}};
    return lf_spec_polygon(spec, ring, (int[2]){0, 4}, 1);
}

static inline lf_id tiny_road_node(lf_spec *spec, double x, double y) {
    lf_road_node *node = lf_spec_add(spec, LF_ROAD_NODES);
    node->row.shape = lf_spec_point(spec, (lf_vec2){x, y});
    return node->row.id;
}

static inline void tiny_road(lf_spec *spec, lf_vec2 a, lf_vec2 b, lf_id from, lf_id to,
                             double width_m) {
    lf_road *road = lf_spec_add(spec, LF_ROADS);
    road->row.shape = lf_spec_line(spec, (lf_vec2[2]){a, b}, 2, NULL);
    road->kind = LF_ROAD_SERVICE;
    road->drivable = true;
    road->width_m = width_m;
    road->from = from;
    road->to = to;
}

static inline void tiny_ground(lf_spec *spec) {
    lf_green *lawn = lf_spec_add(spec, LF_GREEN);
    lawn->kind = LF_GREEN_LAWN;
    lawn->infiltration_mm_h = 5;
    lawn->row.shape = tiny_box(spec, 0, 60, 20, 80);
    const lf_vec2 corner[6] = {{40, 60}, {60, 60}, {60, 70}, {50, 70}, {50, 80}, {40, 80}};
    lawn = lf_spec_add(spec, LF_GREEN);
    lawn->kind = LF_GREEN_LAWN;
    lawn->row.shape = lf_spec_polygon(spec, corner, (int[2]){0, 6}, 1);
    lf_tree *tree = lf_spec_add(spec, LF_TREES);
    tree->row.shape = lf_spec_point(spec, (lf_vec2){30, 50});
}

static inline void tiny_traffic(lf_spec *spec) {
    lf_id west = tiny_road_node(spec, 0, 10), east = tiny_road_node(spec, 100, 10);
    lf_id north = tiny_road_node(spec, 100, 80);
    tiny_road(spec, (lf_vec2){0, 10}, (lf_vec2){100, 10}, west, east, 8);
    tiny_road(spec, (lf_vec2){100, 10}, (lf_vec2){100, 80}, east, north, 4);
    lf_gate *gate = lf_spec_add(spec, LF_GATES);
    gate->row.shape = lf_spec_point(spec, (lf_vec2){0, 10});
    gate->node = west;
    gate->lanes_in = gate->lanes_out = 1;
    gate->service_in_s = 15;
    gate->service_out_s = 10;
    lf_parking *yard = lf_spec_add(spec, LF_PARKING);
    yard->kind = LF_PARKING_YARD;
    yard->capacity = 10;
    yard->row.name = lf_spec_text(spec, "yard");
    yard->row.shape = tiny_box(spec, 0, 20, 40, 37);
    for (int i = 0; i < 2; i++) {
        lf_stall *stall = lf_spec_add(spec, LF_STALLS);
        stall->parking = 1;
        stall->row.shape = tiny_box(spec, 2 + 3 * i, 21, 4.5 + 3 * i, 26.3);
    }
}

static inline void tiny_pipes(lf_spec *spec) {
    for (int i = 0; i < 3; i++) {
        lf_drain_node *node = lf_spec_add(spec, LF_DRAIN_NODES);
        node->kind = i < 2 ? LF_NODE_GULLY : LF_NODE_OUTFALL;
        node->row.shape = lf_spec_point(spec, (lf_vec2){10 + 30.0 * i, 10});
        node->invert_m = 1 - 0.1 * i;
        node->ground_m = 2.5;
        node->inlet_length_m = i < 2 ? 1 : 0;
        node->clogged_ratio = i < 2 ? 0.4 : 0;
    }
    for (int i = 0; i < 2; i++) {
        lf_drain_link *link = lf_spec_add(spec, LF_DRAIN_LINKS);
        link->kind = LF_LINK_CONDUIT;
        link->section = LF_SECTION_CIRCULAR;
        link->from = (lf_id)(i + 1);
        link->to = (lf_id)(i + 2);
        link->row.shape =
            lf_spec_line(spec, (lf_vec2[2]){{10 + 30.0 * i, 10}, {40 + 30.0 * i, 10}}, 2, NULL);
        link->diameter_m = i == 0 ? 0.2 : 0.4;
        link->roughness_s_m13 = 0.015;
        link->blocked_ratio = 0.2;
        link->length_m = i == 0 ? 0 : 32;
    }
}

static inline void tiny_homes(lf_spec *spec) {
    lf_compound *compound = lf_spec_add(spec, LF_COMPOUNDS);
    compound->kind = LF_COMPOUND_RESIDENTIAL;
    compound->row.shape = tiny_box(spec, -5, -5, 150, 100);
    lf_building *building = lf_spec_add(spec, LF_BUILDINGS);
    building->kind = LF_USE_RESIDENTIAL;
    building->storeys = 6;
    building->height_m = 17;
    building->staircases = 3;
    building->households = 36;
    building->dwelling_area_m2 = 50;
    building->row.shape = tiny_box(spec, 30, 85, 70, 95);
}

static inline lf_spec *tiny_estate(void) {
    lf_spec *spec = lf_spec_create(NULL);
    lf_spec_set_name(spec, "tiny");
    lf_frame *frame = lf_spec_frame(spec);
    for (int i = 0; i < 9; i++)
        frame->crs[i] = "EPSG:4547"[i];
    tiny_ground(spec);
    tiny_traffic(spec);
    tiny_pipes(spec);
    tiny_homes(spec);
    return spec;
}

#endif
