// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Smaller things on the ground: trees, walls and hedges, gates, sensors as pins, chargers.
#include "base/random.h"
#include "view/scene.h"
#include "view/words.h"
#include <stdio.h>

static void add_tree(lf_view_scene *scene, double x, double y, double height, double crown,
                     uint64_t seed) {
    const lf_view_palette *palette = scene->palette;
    uint32_t kind = lf_random_below(seed, 3, 1, 3);
    lf_view_pen trunk = {&scene->plants, palette->trunk, LF_VIEW_PLAIN, 0, 0};
    lf_view_pen leaves = {&scene->plants, lf_view_tint(palette->tree[kind], seed, 0.06f),
                          LF_VIEW_LEAVES, 0, (uint8_t)(seed * 29)};
    float radius = (float)(crown / 2), tall = (float)height;
    lf_view_vec3 foot = lf_view_on_ground(scene, x, y, -0.2);
    lf_view_vec3 fork = {foot.x, foot.y, foot.z + tall * 0.45f};
    lf_view_tube(&trunk, foot, fork, 0.05f * radius + 0.1f, 0.04f * radius + 0.05f, 5, false);
    if (kind == 2) { // a slim one: two cones
        lf_view_vec3 low = {foot.x, foot.y, foot.z + tall * 0.18f};
        lf_view_vec3 high = {foot.x, foot.y, foot.z + tall * 0.72f};
        lf_view_vec3 mid = {foot.x, foot.y, foot.z + tall * 0.5f};
        lf_view_vec3 top = {foot.x, foot.y, foot.z + tall};
        lf_view_tube(&leaves, low, high, radius * 0.8f, radius * 0.1f, 8, true);
        lf_view_tube(&leaves, mid, top, radius * 0.58f, 0.02f, 8, true);
        return;
    }
    float dx = radius * 0.28f * (float)(2 * lf_random_unit(seed, 4, 1) - 1);
    float dy = radius * 0.28f * (float)(2 * lf_random_unit(seed, 5, 1) - 1);
    lf_view_vec3 crown_at = {foot.x, foot.y, foot.z + tall * 0.60f};
    lf_view_vec3 second = {foot.x + dx, foot.y + dy, foot.z + tall * 0.78f};
    lf_view_ball(&leaves, crown_at, radius, tall * 0.30f, 9, 6, 0.10f);
    lf_view_ball(&leaves, second, radius * 0.68f, tall * 0.22f, 8, 5, 0.10f);
}

// Woods are drawn as a jittered grid of tree symbols: the layer has no single trees.
static void fill_wood(lf_view_scene *scene, const lf_shape *shape, lf_id id, int *left) {
    enum { STEP_M = 7 };
    double box[4];
    lf_shape_bounds(shape, box);
    for (int k = 0; k < 2; k++) {
        box[k] = fmax(box[k], scene->box[k]);
        box[k + 2] = fmin(box[k + 2], scene->box[k + 2]);
    }
    int cols = (int)((box[2] - box[0]) / STEP_M) + 1, rows = (int)((box[3] - box[1]) / STEP_M) + 1;
    for (int i = 0; i<cols * rows && * left> 0 && cols > 0; i++) {
        uint64_t seed = ((uint64_t)id << 24) + (uint64_t)i;
        lf_vec2 at = {box[0] + (i % cols + lf_random_unit(seed, 1, 0)) * STEP_M,
                      box[1] + ((double)(i / cols) + lf_random_unit(seed, 2, 0)) * STEP_M};
        if (lf_shape_contains(shape, at)) {
            double height = 6 + 5 * lf_random_unit(seed, 3, 0);
            add_tree(scene, at.x, at.y, height, 0.6 * height, seed);
            (*left)--;
        }
    }
}

void lf_view_build_plants(lf_view_scene *scene) {
    int count = 0, green_count = 0, left = 1500;
    const lf_tree *trees = lf_twin_rows(scene->twin, LF_TREES, &count);
    const lf_green *greens = lf_twin_rows(scene->twin, LF_GREEN, &green_count);
    for (int i = 0; i < count; i++) {
        if (trees[i].row.shape.point_count < 1) {
            continue;
        }
        lf_vec2 at = trees[i].row.shape.points[0];
        double height = trees[i].height_m > 0 ? trees[i].height_m : 7;
        double crown = trees[i].crown_m > 0 ? trees[i].crown_m : 0.6 * height;
        add_tree(scene, at.x, at.y, height, crown, trees[i].row.id);
    }
    for (int i = 0; i < green_count; i++) {
        if (greens[i].kind == LF_GREEN_WOOD) {
            fill_wood(scene, &greens[i].row.shape, greens[i].row.id, &left);
        }
    }
}

// Long straight walls are cut, so that they follow the ground.
static void add_wall_run(lf_view_scene *scene, lf_vec2 a, lf_vec2 b, double width, double height,
                         const lf_view_pen *pen) {
    double length = hypot(b.x - a.x, b.y - a.y);
    int pieces = (int)fmin(200, ceil(length / 8));
    for (int i = 0; i < pieces; i++) {
        double t0 = (double)i / pieces, t1 = (double)(i + 1) / pieces;
        lf_vec2 p = {a.x + (b.x - a.x) * t0, a.y + (b.y - a.y) * t0};
        lf_vec2 q = {a.x + (b.x - a.x) * t1, a.y + (b.y - a.y) * t1};
        double z = fmin(lf_view_surface_z(&scene->surface, p.x, p.y),
                        lf_view_surface_z(&scene->surface, q.x, q.y));
        lf_view_vec3 foot = lf_view_place_at(scene, (p.x + q.x) / 2, (p.y + q.y) / 2, z - 0.3);
        lf_view_vec3 along = {(float)((q.x - p.x) * pieces / length),
                              (float)((q.y - p.y) * pieces / length), 0};
        lf_view_box(pen, foot, along, (float)(length / pieces + width * 0.5), (float)width,
                    (float)(height + 0.3));
    }
}

void lf_view_build_walls(lf_view_scene *scene) {
    static const double widths[] = {0.3, 0.1, 0.8, 0.2};
    static const double heights[] = {2.2, 1.6, 1.1, 0.15};
    const lf_view_palette *palette = scene->palette;
    const lf_view_colour colours[] = {palette->masonry, palette->fence, palette->hedge,
                                      palette->kerb};
    int count = 0;
    const lf_wall *walls = lf_twin_rows(scene->twin, LF_WALLS, &count);
    for (int i = 0; i < count; i++) {
        int kind = walls[i].kind >= 0 && walls[i].kind < 4 ? walls[i].kind : 0;
        double height = walls[i].height_m > 0 ? walls[i].height_m : heights[kind];
        lf_view_pen pen = {&scene->solid, colours[kind],
                           (uint8_t)(kind == 2 ? LF_VIEW_LEAVES : LF_VIEW_PLAIN), 0, 0};
        const lf_shape *shape = &walls[i].row.shape;
        for (int part = 0; part < shape->part_count; part++) {
            for (int k = shape->part_start[part]; k + 1 < shape->part_start[part + 1]; k++) {
                add_wall_run(scene, shape->points[k], shape->points[k + 1], widths[kind], height,
                             &pen);
            }
        }
    }
}

// A gate: two posts and a barrier arm across the road it stands on.
static void add_gate(lf_view_scene *scene, const lf_gate *gate, const lf_access *access) {
    lf_vec2 at = gate->row.shape.points[0];
    lf_view_vec3 across = {1, 0, 0};
    double width = 6;
    int road_count = 0;
    const lf_road *roads = lf_twin_rows(scene->twin, LF_ROADS, &road_count);
    if (access && access->road >= 0 && access->road < road_count) {
        const lf_shape *line = &roads[access->road].row.shape;
        double along = 0;
        for (int i = 0; i + 1 < line->point_count; i++) {
            lf_vec2 a = line->points[i], b = line->points[i + 1];
            double length = hypot(b.x - a.x, b.y - a.y);
            if (length > 0 && along <= access->along_m + 1e-9) {
                across = (lf_view_vec3){(float)(-(b.y - a.y) / length),
                                        (float)((b.x - a.x) / length), 0};
            }
            along += length;
        }
        width = fmax(4, roads[access->road].width_m + 1);
    }
    const lf_view_palette *palette = scene->palette;
    lf_view_pen post = {&scene->pins, palette->pin, LF_VIEW_PLAIN, 0, 0};
    lf_view_pen arm = {&scene->pins, palette->gate, LF_VIEW_PLAIN, 0, 0};
    for (int side = -1; side <= 1; side += 2) {
        double x = at.x + side * (double)across.x * width / 2;
        double y = at.y + side * (double)across.y * width / 2;
        lf_view_box(&post, lf_view_on_ground(scene, x, y, -0.2), across, 0.9f, 0.9f, 3.2f);
    }
    lf_view_box(&arm, lf_view_on_ground(scene, at.x, at.y, 1.1), across, (float)width, 0.22f,
                0.35f);
    lf_view_box(&arm, lf_view_on_ground(scene, at.x, at.y, 3.0), across, (float)width + 0.9f, 0.7f,
                0.5f);
    lf_view_add_label(scene, lf_view_on_ground(scene, at.x, at.y, 5.5), gate->row.name,
                      LF_VIEW_LABEL_GATE, 2e5f);
}

// A pin that stands out of the roofs' shadow: needle, head, halo on the ground.
static void add_pin(lf_view_scene *scene, lf_vec2 at, const char *name, float height,
                    lf_view_colour halo) {
    lf_view_pen needle = {&scene->pins, scene->palette->pin, LF_VIEW_METAL, 0, 0};
    lf_view_pen head = {&scene->pins, halo, LF_VIEW_METAL, 0, 1};
    lf_view_vec3 foot = lf_view_on_ground(scene, at.x, at.y, 0);
    lf_view_vec3 top = {foot.x, foot.y, foot.z + height};
    lf_view_tube(&needle, foot, top, 0.12f, 0.16f, 6, false);
    lf_view_ball(&head, top, 1.1f, 1.1f, 14, 9, 0);
    lf_view_add_label(scene, (lf_view_vec3){top.x, top.y, top.z + 2.2f}, name, LF_VIEW_LABEL_SENSOR,
                      1e5f);
}

// Sponge measures say what they are; the map draws their outline.
static void label_sponges(lf_view_scene *scene) {
    int count = 0;
    const lf_green *green = lf_twin_rows(scene->twin, LF_GREEN, &count);
    for (int i = 0; i < count; i++) {
        bool garden = green[i].kind == LF_GREEN_RAIN_GARDEN;
        double area = lf_shape_area_m2(&green[i].row.shape);
        if ((garden || green[i].kind == LF_GREEN_SUNKEN) && area > 40) {
            lf_vec2 at = lf_shape_centre(&green[i].row.shape);
            lf_view_add_word(scene, lf_view_on_ground(scene, at.x, at.y, 2),
                             garden ? LF_VIEW_WORD_RAIN_GARDEN : LF_VIEW_WORD_SUNKEN,
                             LF_VIEW_LABEL_MEASURE, (float)(area / 1000));
        }
    }
}

void lf_view_build_pins(lf_view_scene *scene) {
    int gates = 0, sensors = 0, stalls = 0, areas = 0;
    const lf_gate *gate = lf_twin_rows(scene->twin, LF_GATES, &gates);
    const lf_access *access = lf_twin_access(scene->twin, LF_GATES);
    for (int i = 0; i < gates; i++) {
        if (gate[i].row.shape.point_count > 0) {
            add_gate(scene, &gate[i], access ? &access[i] : NULL);
        }
    }
    const lf_sensor *sensor = lf_twin_rows(scene->twin, LF_SENSORS, &sensors);
    for (int i = 0; i < sensors; i++) {
        if (sensor[i].row.shape.point_count > 0) {
            add_pin(scene, sensor[i].row.shape.points[0], sensor[i].row.name, 9,
                    scene->palette->halo);
        }
    }
    const lf_stall *stall = lf_twin_rows(scene->twin, LF_STALLS, &stalls);
    lf_view_pen post = {&scene->pins, scene->palette->charger, LF_VIEW_METAL, 0, 0};
    for (int i = 0; i < stalls; i++) {
        if (stall[i].charger_kw > 0 && stall[i].row.shape.point_count > 0) {
            double turn = stall[i].heading_deg * LF_VIEW_PI / 180;
            lf_vec2 at = lf_shape_centre(&stall[i].row.shape);
            lf_view_vec3 nose = {(float)sin(turn), (float)cos(turn), 0};
            lf_view_box(&post,
                        lf_view_on_ground(scene, at.x + 2.7 * (double)nose.x,
                                          at.y + 2.7 * (double)nose.y, -0.1),
                        nose, 0.35f, 0.5f, 1.7f);
        }
    }
    label_sponges(scene);
    const lf_parking *area = lf_twin_rows(scene->twin, LF_PARKING, &areas);
    for (int i = 0; i < areas; i++) {
        lf_vec2 at = lf_shape_centre(&area[i].row.shape);
        lf_view_add_place(scene, lf_view_on_ground(scene, at.x, at.y, 2.5), area[i].row.name, i,
                          10 + (float)area[i].capacity);
    }
}
