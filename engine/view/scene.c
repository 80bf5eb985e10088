// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Builds the scene of one option and its moments.
#include "view/scene.h"
#include "base/random.h"
#include <stdlib.h>
#include <string.h>

static void widen(double box[4], const lf_shape *shape) {
    double own[4];
    if (shape->point_count == 0) {
        return;
    }
    lf_shape_bounds(shape, own);
    box[0] = fmin(box[0], own[0]);
    box[1] = fmin(box[1], own[1]);
    box[2] = fmax(box[2], own[2]);
    box[3] = fmax(box[3], own[3]);
}

static void widen_by_layer(const lf_twin *twin, lf_layer layer, double box[4]) {
    int count = 0;
    const char *rows = lf_twin_rows(twin, layer, &count);
    size_t size = lf_layer_row_size(layer);
    for (int i = 0; i < count; i++) {
        widen(box, &((const lf_row *)(const void *)(rows + (size_t)i * size))->shape);
    }
}

// The camera shows buildings, car parks, gates and pipes; large areas of green or water may run out
// of the picture. The plinth has a margin around that.
static void find_boxes(lf_view_scene *scene) {
    static const lf_layer shown[] = {LF_BUILDINGS, LF_PARKING,     LF_STALLS, LF_GATES,
                                     LF_ROADS,     LF_DRAIN_NODES, LF_SENSORS};
    static const lf_layer others[] = {LF_GREEN, LF_WATER, LF_TREES, LF_COMPOUNDS, LF_WALLS};
    double box[4] = {INFINITY, INFINITY, -INFINITY, -INFINITY};
    for (size_t i = 0; i < sizeof shown / sizeof shown[0]; i++) {
        widen_by_layer(scene->twin, shown[i], box);
    }
    for (size_t i = 0; !(box[0] < box[2]) && i < sizeof others / sizeof others[0]; i++) {
        widen_by_layer(scene->twin, others[i], box);
    }
    if (!(box[0] < box[2])) {
        const lf_raster *terrain = lf_twin_terrain(scene->twin);
        lf_grid grid = terrain ? terrain->grid : (lf_grid){100, 100, -50, -50, 1};
        box[0] = grid.x0;
        box[1] = grid.y0;
        box[2] = grid.x0 + grid.cols * grid.cell_m;
        box[3] = grid.y0 + grid.rows * grid.cell_m;
    }
    double margin = 6 + 0.025 * fmax(box[2] - box[0], box[3] - box[1]);
    for (int i = 0; i < 4; i++) {
        scene->focus[i] = box[i];
        scene->box[i] = box[i] + (i < 2 ? -margin : margin);
    }
}

lf_view_vec3 lf_view_place_at(const lf_view_scene *scene, double x, double y, double z_m) {
    return (lf_view_vec3){(float)(x - scene->centre_x), (float)(y - scene->centre_y),
                          (float)(z_m - scene->centre_z)};
}

lf_view_vec3 lf_view_on_ground(const lf_view_scene *scene, double x, double y, double above_m) {
    return lf_view_place_at(scene, x, y, lf_view_surface_z(&scene->surface, x, y) + above_m);
}

static void keep_label(lf_view_scene *scene, lf_view_label label) {
    if (!label.text || !lf_memory_grow(NULL, (void **)&scene->labels, &scene->label_capacity,
                                       scene->label_count + 1, sizeof *scene->labels)) {
        scene->out_of_memory = true;
        return;
    }
    scene->labels[scene->label_count++] = label;
}

void lf_view_add_label(lf_view_scene *scene, lf_view_vec3 at, const char *text,
                       lf_view_label_kind kind, float rank) {
    if (text && text[0]) {
        keep_label(scene, (lf_view_label){at, lf_arena_text(scene->arena, text), kind, rank, 0});
    }
}

void lf_view_add_word(lf_view_scene *scene, lf_view_vec3 at, int word, lf_view_label_kind kind,
                      float rank) {
    keep_label(scene, (lf_view_label){at, "", kind, rank, word});
}

void lf_view_add_place(lf_view_scene *scene, lf_view_vec3 at, const char *name, int parking,
                       float rank) {
    keep_label(scene, (lf_view_label){at, lf_arena_text(scene->arena, name ? name : ""),
                                      LF_VIEW_LABEL_PARKING, rank, parking});
}

lf_view_colour lf_view_tint(lf_view_colour colour, uint64_t seed, float strength) {
    float factor = 1 + strength * (float)(2 * lf_random_unit(seed, 71, 0) - 1);
    float r = (float)colour.r * factor, g = (float)colour.g * factor, b = (float)colour.b * factor;
    return (lf_view_colour){(uint8_t)fminf(r, 255), (uint8_t)fminf(g, 255), (uint8_t)fminf(b, 255),
                            colour.a};
}

static bool incomplete(const lf_view_scene *scene) {
    return scene->out_of_memory || scene->ground.failed || scene->map.failed ||
           scene->solid.failed || scene->plants.failed || scene->pins.failed ||
           scene->cars.failed || scene->water.failed || scene->pipes.failed;
}

lf_code lf_view_scene_create(const lf_option_result *option, lf_theme theme, lf_view_scene **scene,
                             lf_error *error) {
    lf_view_scene *fresh = calloc(1, sizeof *fresh);
    *scene = NULL;
    if (!fresh || !(fresh->arena = lf_arena_create(NULL))) {
        free(fresh);
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for the scene");
    }
    fresh->option = option;
    fresh->twin = lf_option_twin(option);
    fresh->palette = lf_view_palette_of(theme);
    find_boxes(fresh);
    lf_code code = lf_view_surface_create(option, fresh->box, &fresh->surface, error);
    if (code != LF_OK) {
        lf_view_scene_destroy(fresh);
        return code;
    }
    fresh->centre_x = (fresh->box[0] + fresh->box[2]) / 2;
    fresh->centre_y = (fresh->box[1] + fresh->box[3]) / 2;
    fresh->centre_z = (double)fresh->surface.low_m;
    double edge = fmax(fresh->box[2] - fresh->box[0], fresh->box[3] - fresh->box[1]);
    fresh->plinth_m = (float)fmax(3, 0.018 * edge);
    lf_view_build_pipes(fresh);
    lf_view_build_ground(fresh);
    lf_view_build_buildings(fresh);
    lf_view_build_plants(fresh);
    lf_view_build_walls(fresh);
    lf_view_build_pins(fresh);
    lf_view_build_places(fresh);
    lf_view_build_map(fresh, NULL, NULL);
    if (incomplete(fresh)) {
        lf_view_scene_destroy(fresh);
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for the scene");
    }
    *scene = fresh;
    return LF_OK;
}

void lf_view_scene_destroy(lf_view_scene *scene) {
    if (!scene) {
        return;
    }
    lf_view_surface_destroy(&scene->surface);
    lf_view_mesh_free(&scene->ground);
    lf_view_mesh_free(&scene->map);
    lf_view_mesh_free(&scene->solid);
    lf_view_mesh_free(&scene->plants);
    lf_view_mesh_free(&scene->pins);
    lf_view_mesh_free(&scene->cars);
    lf_view_mesh_free(&scene->water);
    lf_view_mesh_free(&scene->pipes);
    lf_memory_give(NULL, scene->labels, scene->label_capacity * sizeof *scene->labels);
    lf_memory_give(NULL, scene->places, scene->place_capacity * sizeof *scene->places);
    lf_arena_destroy(scene->arena);
    free(scene);
}

static double flooded_cells(const lf_option_result *option, const lf_frame_shot *shot) {
    const lf_grid *grid = lf_option_depth_grid(option);
    if (!grid || !shot->depth_m) {
        return 0;
    }
    size_t count = (size_t)grid->cols * (size_t)grid->rows, wet = 0;
    for (size_t i = 0; i < count; i++) {
        wet += shot->depth_m[i] > 0.05f ? 1 : 0;
    }
    return (double)wet;
}

const lf_frame_shot *lf_view_frame(const lf_option_result *option, double time_s) {
    int count = lf_option_frame_count(option);
    const lf_frame_shot *best = count > 0 ? lf_option_frame_at(option, 0) : NULL;
    double most = -1;
    for (int i = 0; i < count; i++) {
        const lf_frame_shot *shot = lf_option_frame_at(option, i);
        if (isnan(time_s)) {
            double wet = flooded_cells(option, shot);
            if (wet > most) {
                most = wet;
                best = shot;
            }
        } else if (shot->time_s <= time_s + 1e-6) {
            best = shot;
        }
    }
    return best;
}

// The greatest depth of the whole run, if drain left it as a raster of the depth grid.
static const float *greatest_depth(const lf_option_result *option) {
    const lf_field_raster *raster = lf_option_raster(option, "max_depth_m");
    const lf_grid *grid = lf_option_depth_grid(option);
    bool fits =
        raster && grid && raster->grid.cols == grid->cols && raster->grid.rows == grid->rows;
    return fits ? raster->values : NULL;
}

lf_code lf_view_scene_set_moment(lf_view_scene *scene, const lf_frame_shot *shot,
                                 const lf_view_def *def, const lf_view_ramp *occupancy,
                                 lf_error *error) {
    bool by_occupancy = def->show == LF_SHOW_OCCUPANCY;
    const float *depth = NULL;
    if (def->show == LF_SHOW_MAX_DEPTH) {
        depth = greatest_depth(scene->option);
    } else if (def->show == LF_SHOW_DEPTH && shot) {
        depth = shot->depth_m;
    }
    bool fits = shot && shot->place_taken && (size_t)shot->place_count >= scene->place_count;
    scene->taken = fits ? shot->place_taken : NULL;
    lf_view_build_cars(scene, shot);
    lf_view_build_water(scene, depth, (float)def->water_scale);
    lf_view_build_map(scene, scene->taken, by_occupancy ? occupancy : NULL);
    if (incomplete(scene)) {
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for the moment of the picture");
    }
    return LF_OK;
}
