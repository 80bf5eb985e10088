// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The estate from above as flat areas in painter's order: greens, water, roads with kerbs, car
// parks and stalls. The result is drawn once into a texture and laid over the terrain, so that
// nothing floats and nothing flickers.
#include "geo/triangulate.h"
#include "view/scene.h"
#include <stdlib.h>

static uint32_t map_vertex(lf_view_scene *scene, double x, double y, lf_view_colour colour) {
    lf_view_vertex vertex = {.position = lf_view_place_at(scene, x, y, scene->centre_z),
                             .normal = {0, 0, 1},
                             .colour = colour};
    return lf_view_mesh_vertex(&scene->map, &vertex);
}

void lf_view_map_polygon(lf_view_scene *scene, const lf_shape *shape, lf_view_colour colour) {
    int *triangles = NULL, count = 0;
    if (lf_geo_triangulate(shape, &triangles, &count) != LF_OK) {
        scene->out_of_memory = true;
        return;
    }
    uint32_t first = (uint32_t)scene->map.count;
    for (int i = 0; i < shape->point_count && count > 0; i++) {
        map_vertex(scene, shape->points[i].x, shape->points[i].y, colour);
    }
    for (int i = 0; i < count; i++) {
        lf_view_mesh_triangle(&scene->map, first + (uint32_t)triangles[3 * i],
                              first + (uint32_t)triangles[3 * i + 1],
                              first + (uint32_t)triangles[3 * i + 2]);
    }
    free(triangles);
}

static void map_disc(lf_view_scene *scene, lf_vec2 at, double radius, lf_view_colour colour) {
    enum { SIDES = 12 };
    uint32_t middle = map_vertex(scene, at.x, at.y, colour), before = 0, first = 0;
    for (int i = 0; i < SIDES; i++) {
        double angle = 2 * LF_VIEW_PI * i / SIDES;
        uint32_t here =
            map_vertex(scene, at.x + radius * cos(angle), at.y + radius * sin(angle), colour);
        if (i == 0) {
            first = here;
        } else {
            lf_view_mesh_triangle(&scene->map, middle, before, here);
        }
        before = here;
    }
    lf_view_mesh_triangle(&scene->map, middle, before, first);
}

static void map_segment(lf_view_scene *scene, lf_vec2 a, lf_vec2 b, double width,
                        lf_view_colour colour) {
    double dx = b.x - a.x, dy = b.y - a.y, length = hypot(dx, dy);
    if (length <= 0) {
        return;
    }
    double nx = -dy / length * width / 2, ny = dx / length * width / 2;
    uint32_t v0 = map_vertex(scene, a.x - nx, a.y - ny, colour);
    uint32_t v1 = map_vertex(scene, b.x - nx, b.y - ny, colour);
    uint32_t v2 = map_vertex(scene, b.x + nx, b.y + ny, colour);
    uint32_t v3 = map_vertex(scene, a.x + nx, a.y + ny, colour);
    lf_view_mesh_triangle(&scene->map, v0, v1, v2);
    lf_view_mesh_triangle(&scene->map, v0, v2, v3);
}

void lf_view_map_line(lf_view_scene *scene, const lf_vec2 *points, int count, bool closed,
                      double width_m, lf_view_colour colour) {
    int segments = closed ? count : count - 1;
    for (int i = 0; i < segments; i++) {
        map_segment(scene, points[i], points[(i + 1) % count], width_m, colour);
    }
    for (int i = 0; i < count && width_m > 0.5; i++) {
        map_disc(scene, points[i], width_m / 2, colour);
    }
}

static void outline(lf_view_scene *scene, const lf_shape *shape, double width,
                    lf_view_colour colour) {
    for (int part = 0; part < shape->part_count; part++) {
        int start = shape->part_start[part];
        lf_view_map_line(scene, shape->points + start, shape->part_start[part + 1] - start, true,
                         width, colour);
    }
}

static void dashes(lf_view_scene *scene, const lf_shape *shape, double on, double off, double width,
                   lf_view_colour colour) {
    double along = 0;
    for (int i = 0; i + 1 < shape->point_count; i++) {
        lf_vec2 a = shape->points[i], b = shape->points[i + 1];
        double length = hypot(b.x - a.x, b.y - a.y);
        double at = -fmod(along, on + off);
        for (; at < length && length > 0; at += on + off) {
            double from = fmax(at, 0) / length, to = fmin(at + on, length) / length;
            if (to > from) {
                map_segment(scene, (lf_vec2){a.x + (b.x - a.x) * from, a.y + (b.y - a.y) * from},
                            (lf_vec2){a.x + (b.x - a.x) * to, a.y + (b.y - a.y) * to}, width,
                            colour);
            }
        }
        along += length;
    }
}

static lf_view_colour green_colour(const lf_view_palette *palette, int kind) {
    const lf_view_colour by_kind[] = {palette->lawn,  palette->shrub,       palette->wood,
                                      palette->pitch, palette->rain_garden, palette->sunken,
                                      palette->bare};
    return kind >= 0 && kind <= LF_GREEN_BARE ? by_kind[kind] : palette->lawn;
}

static void map_greens(lf_view_scene *scene) {
    int count = 0;
    const lf_green *greens = lf_twin_rows(scene->twin, LF_GREEN, &count);
    for (int i = 0; i < count; i++) {
        lf_view_colour colour = green_colour(scene->palette, greens[i].kind);
        lf_view_map_polygon(scene, &greens[i].row.shape,
                            lf_view_tint(colour, greens[i].row.id, 0.025f));
        bool sponge = greens[i].kind == LF_GREEN_RAIN_GARDEN || greens[i].kind == LF_GREEN_SUNKEN;
        lf_view_colour rim = {(uint8_t)(colour.r * 0.88), (uint8_t)(colour.g * 0.88),
                              (uint8_t)(colour.b * 0.88), 255};
        outline(scene, &greens[i].row.shape, sponge ? 0.45 : 0.2,
                sponge ? scene->palette->measure_line : rim);
    }
}

static void map_water(lf_view_scene *scene) {
    int count = 0;
    const lf_water *waters = lf_twin_rows(scene->twin, LF_WATER, &count);
    for (int i = 0; i < count; i++) {
        outline(scene, &waters[i].row.shape, 1.2, scene->palette->shore);
        lf_view_map_polygon(scene, &waters[i].row.shape, scene->palette->pond);
    }
}

static lf_view_colour road_colour(const lf_view_palette *palette, const lf_road *road) {
    if (road->permeable_ratio > 0.5) {
        return palette->road_permeable;
    }
    if (road->kind >= LF_ROAD_FOOTWAY) {
        return palette->footway;
    }
    return road->kind <= LF_ROAD_STREET ? palette->road : palette->road_minor;
}

typedef enum road_pass { PATHS, KERBS, LANES, MARKS } road_pass;

static void map_road(lf_view_scene *scene, const lf_road *road, road_pass pass) {
    const lf_shape *shape = &road->row.shape;
    bool foot = road->kind >= LF_ROAD_FOOTWAY;
    if ((pass == PATHS && foot) || (pass == LANES && !foot)) {
        lf_view_map_line(scene, shape->points, shape->point_count, false, road->width_m,
                         road_colour(scene->palette, road));
    } else if (pass == KERBS && !foot && road->kind != LF_ROAD_AISLE) {
        lf_view_map_line(scene, shape->points, shape->point_count, false, road->width_m + 0.5,
                         scene->palette->kerb);
    } else if (pass == MARKS && road->kind <= LF_ROAD_STREET && road->oneway == LF_BOTH_WAYS) {
        dashes(scene, shape, 3, 5, 0.18, scene->palette->lane_line);
    }
}

// Footways first, then kerbs of all carriageways, then the carriageways from small to large:
// crossings stay open and large roads run through.
static void map_roads(lf_view_scene *scene) {
    int count = 0;
    const lf_road *roads = lf_twin_rows(scene->twin, LF_ROADS, &count);
    for (road_pass pass = PATHS; pass <= MARKS; pass++) {
        for (int kind = LF_ROAD_STEPS; kind >= 0; kind--) {
            for (int i = 0; i < count; i++) {
                if (roads[i].kind == kind) {
                    map_road(scene, &roads[i], pass);
                }
            }
        }
    }
}

double lf_view_parking_ratio(const lf_view_scene *scene, int parking, const uint8_t *place_taken) {
    size_t total = 0, taken = 0;
    for (size_t i = 0; place_taken && i < scene->place_count; i++) {
        if (scene->places[i].parking == parking) {
            total++;
            taken += place_taken[i] == 1 ? 1 : 0;
        }
    }
    return total ? (double)taken / (double)total : NAN;
}

static void map_parking(lf_view_scene *scene, const uint8_t *taken, const lf_view_ramp *ramp) {
    const lf_view_palette *palette = scene->palette;
    int count = 0, stall_count = 0;
    const lf_parking *areas = lf_twin_rows(scene->twin, LF_PARKING, &count);
    for (int i = 0; i < count; i++) {
        if (areas[i].kind == LF_PARKING_UNDERGROUND) {
            outline(scene, &areas[i].row.shape, 0.35, palette->stall_line);
            continue;
        }
        lf_view_colour colour =
            areas[i].permeable_ratio > 0.5 ? palette->road_permeable : palette->parking;
        double ratio = ramp ? lf_view_parking_ratio(scene, i, taken) : NAN;
        if (!isnan(ratio)) {
            colour = lf_view_ramp_at(ramp, (float)ratio);
        }
        lf_view_map_polygon(scene, &areas[i].row.shape, colour);
        outline(scene, &areas[i].row.shape, 0.2, palette->kerb);
    }
    const lf_stall *stalls = lf_twin_rows(scene->twin, LF_STALLS, &stall_count);
    for (int i = 0; i < stall_count; i++) {
        const lf_stall *stall = &stalls[i];
        bool ev = stall->charger_kw > 0 || stall->permit == LF_PERMIT_EV;
        lf_view_colour colour = stall->permit == LF_PERMIT_DISABLED ? palette->stall_disabled
                                : ev                                ? palette->stall_ev
                                                                    : palette->parking;
        if (ramp && taken && (size_t)i < scene->place_count) {
            double ratio = scene->places[i].parking >= 0
                               ? lf_view_parking_ratio(scene, scene->places[i].parking, taken)
                               : (taken[i] == 1 ? 1 : 0);
            colour = lf_view_ramp_at(ramp, (float)ratio);
        }
        lf_view_map_polygon(scene, &stall->row.shape, colour);
        outline(scene, &stall->row.shape, 0.14, palette->stall_line);
    }
}

void lf_view_build_map(lf_view_scene *scene, const uint8_t *place_taken,
                       const lf_view_ramp *occupancy) {
    scene->map.count = 0;
    scene->map.index_count = 0;
    map_greens(scene);
    map_water(scene);
    map_roads(scene);
    map_parking(scene, place_taken, occupancy);
}
