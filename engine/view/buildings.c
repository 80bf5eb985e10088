// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Buildings as white-clay blocks: walls with storey height for the shader, flat roofs behind a
// parapet, pitched roofs over four-cornered footprints, parts of other height.
#include "geo/triangulate.h"
#include "view/scene.h"
#include <stdio.h>
#include <stdlib.h>

#define PARAPET_M 0.6
#define PARAPET_WIDTH_M 0.35

typedef struct block {
    const lf_shape *shape;
    double foot_m, base_m, top_m; // foot is below the ground, uv counts from base
    double storey_m;
    lf_view_colour wall, roof, rim;
    uint8_t seed;
    bool parapet, openings;
    float hatched; // 1 where the height was assumed
} block;

static lf_view_colour wall_colour(const lf_view_palette *palette, int kind) {
    switch (kind) {
    case LF_USE_RESIDENTIAL:
        return palette->wall_home;
    case LF_USE_SHED:
    case LF_USE_GARAGE:
    case LF_USE_INDUSTRIAL:
        return palette->wall_shed;
    case LF_USE_COMMERCIAL:
        return palette->wall_shop;
    default:
        return palette->wall_public;
    }
}

static void add_wall(lf_view_scene *scene, const block *it, lf_vec2 a, lf_vec2 b, double top_a,
                     double top_b, float along) {
    lf_view_mesh *mesh = &scene->solid;
    float length = (float)hypot(b.x - a.x, b.y - a.y);
    lf_view_vec3 normal = {(float)((b.y - a.y)), (float)(-(b.x - a.x)), 0};
    uint8_t kind = it->openings ? LF_VIEW_WALL : LF_VIEW_PLAIN;
    double tops[4] = {it->foot_m, it->foot_m, top_b, top_a};
    uint32_t v[4];
    for (int k = 0; k < 4; k++) {
        lf_vec2 p = k == 1 || k == 2 ? b : a;
        lf_view_vertex vertex = {
            .position = lf_view_place_at(scene, p.x, p.y, tops[k]),
            .normal = lf_view_unit(normal),
            .colour = it->wall,
            .info = {kind, (uint8_t)fmin(255, it->storey_m * 10), it->seed,
                     (uint8_t)(it->hatched > 0 ? 255 : 0)},
            // Windows stand in the middle of each wall: u counts from the wall's centre.
            .uv = {along + (k == 1 || k == 2 ? length / 2 : -length / 2),
                   (float)(tops[k] - it->base_m)}};
        v[k] = lf_view_mesh_vertex(mesh, &vertex);
    }
    lf_view_mesh_triangle(mesh, v[0], v[1], v[2]);
    lf_view_mesh_triangle(mesh, v[0], v[2], v[3]);
}

// The point `inset` metres inside the corner b of a ring that runs with its inside on the left.
static lf_vec2 inset_corner(lf_vec2 a, lf_vec2 b, lf_vec2 c, double inset) {
    double l0 = hypot(b.x - a.x, b.y - a.y), l1 = hypot(c.x - b.x, c.y - b.y);
    if (l0 <= 0 || l1 <= 0) {
        return b;
    }
    lf_vec2 n0 = {-(b.y - a.y) / l0, (b.x - a.x) / l0}, n1 = {-(c.y - b.y) / l1, (c.x - b.x) / l1};
    double scale = inset / fmax(1 + n0.x * n1.x + n0.y * n1.y, 0.25);
    return (lf_vec2){b.x + (n0.x + n1.x) * scale, b.y + (n0.y + n1.y) * scale};
}

static void add_parapet(lf_view_scene *scene, const block *it, const lf_vec2 *ring, int count) {
    lf_view_pen rim = {&scene->solid, it->rim, LF_VIEW_PLAIN, 0, 0};
    double low = it->top_m - PARAPET_M;
    for (int i = 0; i < count; i++) {
        lf_vec2 before = ring[(i + count - 1) % count], a = ring[i], b = ring[(i + 1) % count];
        lf_vec2 after = ring[(i + 2) % count];
        lf_vec2 ia = inset_corner(before, a, b, PARAPET_WIDTH_M);
        lf_vec2 ib = inset_corner(a, b, after, PARAPET_WIDTH_M);
        lf_view_vec3 ta = lf_view_place_at(scene, a.x, a.y, it->top_m);
        lf_view_vec3 tb = lf_view_place_at(scene, b.x, b.y, it->top_m);
        lf_view_vec3 tia = lf_view_place_at(scene, ia.x, ia.y, it->top_m);
        lf_view_vec3 tib = lf_view_place_at(scene, ib.x, ib.y, it->top_m);
        lf_view_quad(&rim, ta, tb, tib, tia);
        lf_view_quad(&rim, lf_view_place_at(scene, ib.x, ib.y, low),
                     lf_view_place_at(scene, ia.x, ia.y, low), tia, tib);
    }
}

static void add_flat_roof(lf_view_scene *scene, const block *it, double z_m) {
    int *triangles = NULL, count = 0;
    if (lf_geo_triangulate(it->shape, &triangles, &count) != LF_OK) {
        scene->out_of_memory = true;
        return;
    }
    uint32_t first = (uint32_t)scene->solid.count;
    for (int i = 0; i < it->shape->point_count && count > 0; i++) {
        lf_vec2 p = it->shape->points[i];
        lf_view_vertex vertex = {
            .position = lf_view_place_at(scene, p.x, p.y, z_m),
            .normal = {0, 0, 1},
            .colour = it->roof,
            .info = {LF_VIEW_ROOF, 0, it->seed, 0},
            .uv = {(float)(p.x - scene->centre_x), (float)(p.y - scene->centre_y)}};
        lf_view_mesh_vertex(&scene->solid, &vertex);
    }
    for (int i = 0; i < count; i++) {
        lf_view_mesh_triangle(&scene->solid, first + (uint32_t)triangles[3 * i],
                              first + (uint32_t)triangles[3 * i + 1],
                              first + (uint32_t)triangles[3 * i + 2]);
    }
    free(triangles);
}

static void add_block(lf_view_scene *scene, const block *it) {
    for (int part = 0; part < it->shape->part_count; part++) {
        int start = it->shape->part_start[part], end = it->shape->part_start[part + 1];
        const lf_vec2 *ring = it->shape->points + start;
        int count = end - start;
        for (int i = 0; i < count; i++) {
            add_wall(scene, it, ring[i], ring[(i + 1) % count], it->top_m, it->top_m, 0);
        }
        if (it->parapet && count >= 3) {
            add_parapet(scene, it, ring, count);
        }
    }
    add_flat_roof(scene, it, it->parapet ? it->top_m - PARAPET_M : it->top_m);
    scene->highest_m = fmaxf(scene->highest_m, (float)(it->top_m - scene->centre_z));
}

// A ridge along the longer direction of a four-cornered footprint; hips cut its ends.
static void add_pitched(lf_view_scene *scene, const block *it, bool hipped) {
    const lf_vec2 *p = it->shape->points;
    bool turned = hypot(p[1].x - p[0].x, p[1].y - p[0].y) < hypot(p[2].x - p[1].x, p[2].y - p[1].y);
    int o = turned ? 1 : 0;
    lf_vec2 a = p[o], b = p[o + 1], c = p[(o + 2) % 4], d = p[(o + 3) % 4];
    lf_vec2 m0 = {(a.x + d.x) / 2, (a.y + d.y) / 2}, m1 = {(b.x + c.x) / 2, (b.y + c.y) / 2};
    double across = hypot(d.x - a.x, d.y - a.y), length = hypot(m1.x - m0.x, m1.y - m0.y);
    double rise = fmin(0.28 * across, 4), shift = hipped ? fmin(0.4, across / 2 / length) : 0;
    lf_vec2 r0 = {m0.x + (m1.x - m0.x) * shift, m0.y + (m1.y - m0.y) * shift};
    lf_vec2 r1 = {m1.x - (m1.x - m0.x) * shift, m1.y - (m1.y - m0.y) * shift};
    double eaves = it->top_m, ridge = it->top_m + rise;
    for (int i = 0; i < 4; i++) {
        add_wall(scene, it, p[i], p[(i + 1) % 4], eaves, eaves, 0);
    }
    lf_view_pen roof = {&scene->solid, it->roof, LF_VIEW_ROOF, 0, it->seed};
    lf_view_pen gable = {&scene->solid, hipped ? it->roof : it->wall, LF_VIEW_PLAIN, 0, 0};
    lf_view_vec3 va = lf_view_place_at(scene, a.x, a.y, eaves);
    lf_view_vec3 vb = lf_view_place_at(scene, b.x, b.y, eaves);
    lf_view_vec3 vc = lf_view_place_at(scene, c.x, c.y, eaves);
    lf_view_vec3 vd = lf_view_place_at(scene, d.x, d.y, eaves);
    lf_view_vec3 v0 = lf_view_place_at(scene, r0.x, r0.y, ridge);
    lf_view_vec3 v1 = lf_view_place_at(scene, r1.x, r1.y, ridge);
    lf_view_quad(&roof, va, vb, v1, v0);
    lf_view_quad(&roof, vc, vd, v0, v1);
    lf_view_flat_triangle(&gable, vd, va, v0);
    lf_view_flat_triangle(&gable, vb, vc, v1);
    scene->highest_m = fmaxf(scene->highest_m, (float)(ridge - scene->centre_z));
}

// Lowest and mean ground along the footprint.
static void ground_under(const lf_view_scene *scene, const lf_shape *shape, double *low,
                         double *mean) {
    double sum = 0;
    *low = INFINITY;
    for (int i = 0; i < shape->point_count; i++) {
        double z = lf_view_surface_z(&scene->surface, shape->points[i].x, shape->points[i].y);
        *low = fmin(*low, z);
        sum += z;
    }
    *mean = sum / (shape->point_count ? shape->point_count : 1);
}

// True if the parts of a building cover most of it, so that the outline need not be drawn itself.
static bool covered_by_parts(const lf_building *building, const lf_building_part *parts,
                             int part_count) {
    double area = 0;
    for (int i = 0; i < part_count; i++) {
        if (parts[i].building == building->row.id) {
            area += lf_shape_area_m2(&parts[i].row.shape);
        }
    }
    return area > 0.7 * lf_shape_area_m2(&building->row.shape);
}

static bool height_assumed(const lf_building *building) {
    const lf_table *table = lf_layer_table(LF_BUILDINGS);
    const lf_field *field = table ? lf_table_find(table, "height_m") : NULL;
    const lf_field *storeys = table ? lf_table_find(table, "storeys") : NULL;
    if (!field || !storeys) {
        return false;
    }
    uint32_t both = (1u << (field - table->fields)) | (1u << (storeys - table->fields));
    return (building->row.assumed & both) == both;
}

static void add_building(lf_view_scene *scene, const lf_building *building,
                         const lf_building_part *parts, int part_count) {
    const lf_view_palette *palette = scene->palette;
    const lf_shape *shape = &building->row.shape;
    double low = 0, mean = 0;
    ground_under(scene, shape, &low, &mean);
    double base = isnan(building->base_m) || scene->surface.flat ? mean : building->base_m;
    double height = building->height_m > 0 ? building->height_m : 3.0 * fmax(1, building->storeys);
    bool shed = building->kind == LF_USE_SHED || building->kind == LF_USE_GARAGE;
    block it = {.shape = shape,
                .foot_m = fmin(low, base) - 0.6,
                .base_m = base + building->sill_m,
                .top_m = base + height,
                .storey_m = (height - building->sill_m) / fmax(1, building->storeys),
                .wall = lf_view_tint(wall_colour(palette, building->kind), building->row.id, 0.02f),
                .roof = shed ? palette->roof_shed : palette->roof,
                .rim = shed ? palette->roof_shed : palette->parapet,
                .seed = (uint8_t)(building->row.id * 37u),
                .parapet = !shed && height > 6,
                .openings = !shed,
                .hatched = height_assumed(building) ? 1 : 0};
    it.roof = building->green_roof_ratio > 0.3 ? palette->roof_green
                                               : lf_view_tint(it.roof, building->row.id, 0.03f);
    bool covered = false;
    for (int i = 0; i < part_count; i++) {
        if (parts[i].building != building->row.id) {
            continue;
        }
        block part = it;
        part.shape = &parts[i].row.shape;
        part.top_m = base + parts[i].height_m;
        part.foot_m = parts[i].height_min_m > 0 ? base + parts[i].height_min_m : it.foot_m;
        if (parts[i].height_m > 0) {
            add_block(scene, &part);
        }
    }
    covered = part_count > 0 && covered_by_parts(building, parts, part_count);
    if (covered) {
        return;
    }
    if (building->roof != LF_ROOF_FLAT && shape->part_count == 1 && shape->point_count == 4) {
        add_pitched(scene, &it, building->roof == LF_ROOF_HIPPED);
    } else {
        add_block(scene, &it);
    }
}

void lf_view_build_buildings(lf_view_scene *scene) {
    int count = 0, part_count = 0;
    const lf_building *buildings = lf_twin_rows(scene->twin, LF_BUILDINGS, &count);
    const lf_building_part *parts = lf_twin_rows(scene->twin, LF_BUILDING_PARTS, &part_count);
    for (int i = 0; i < count; i++) {
        const lf_building *it = &buildings[i];
        if (it->row.shape.point_count < 3) {
            continue;
        }
        add_building(scene, it, parts, part_count);
        lf_vec2 centre = lf_shape_centre(&it->row.shape);
        double height = it->height_m > 0 ? it->height_m : 3.0 * fmax(1, it->storeys);
        float rank = (float)lf_shape_area_m2(&it->row.shape) * (float)height;
        bool minor = it->kind == LF_USE_SHED || it->kind == LF_USE_GARAGE;
        if (!minor) {
            lf_view_add_label(scene, lf_view_on_ground(scene, centre.x, centre.y, height + 1.5),
                              it->row.name, LF_VIEW_LABEL_BUILDING, rank);
        }
    }
}
