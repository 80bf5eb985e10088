// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Picking by walking along the ray: exact enough for a click, and needs nothing from the card.
#include "view/pick.h"
#include "view/words.h"
#include <stdio.h>

static double building_height(const lf_building *building) {
    return building->height_m > 0 ? building->height_m : 3.0 * fmax(1, building->storeys);
}

int lf_view_building_at(const lf_view_scene *scene, lf_vec2 at, double z_m) {
    int count = 0;
    const lf_building *rows = lf_twin_rows(scene->twin, LF_BUILDINGS, &count);
    for (int i = 0; i < count; i++) {
        double box[4];
        if (rows[i].row.shape.point_count < 3) {
            continue;
        }
        lf_shape_bounds(&rows[i].row.shape, box);
        if (at.x < box[0] || at.y < box[1] || at.x > box[2] || at.y > box[3]) {
            continue;
        }
        double foot = lf_view_surface_z(&scene->surface, at.x, at.y);
        if (z_m < foot + building_height(&rows[i]) && lf_shape_contains(&rows[i].row.shape, at)) {
            return i;
        }
    }
    return -1;
}

static int nearest(const lf_view_scene *scene, lf_layer layer, lf_vec2 at, double reach_m) {
    int count = 0, best = -1;
    const char *rows = lf_twin_rows(scene->twin, layer, &count);
    size_t size = lf_layer_row_size(layer);
    for (int i = 0; i < count; i++) {
        const lf_row *row = (const lf_row *)(const void *)(rows + (size_t)i * size);
        double away = row->shape.point_count > 0 ? lf_shape_distance_m(&row->shape, at) : INFINITY;
        if (away <= reach_m) {
            reach_m = away;
            best = i;
        }
    }
    return best;
}

static int road_at(const lf_view_scene *scene, lf_vec2 at) {
    int count = 0;
    const lf_road *rows = lf_twin_rows(scene->twin, LF_ROADS, &count);
    int road = nearest(scene, LF_ROADS, at, 8);
    bool on = road >= 0 &&
              lf_shape_distance_m(&rows[road].row.shape, at) <= fmax(2, rows[road].width_m / 2 + 1);
    return on ? road : -1;
}

static void pick_on_ground(const lf_view_scene *scene, lf_view_pick *pick, float pixel_m) {
    static const lf_layer layers[] = {LF_SENSORS, LF_GATES, LF_DRAIN_NODES, LF_STALLS, LF_PARKING};
    for (size_t i = 0; i < sizeof layers / sizeof layers[0] && !pick->hit; i++) {
        double reach = i < 3 ? fmax(2, 6 * (double)pixel_m) : 0.5;
        pick->index = nearest(scene, layers[i], pick->ground, reach);
        pick->layer = layers[i];
        pick->hit = pick->index >= 0;
    }
    if (!pick->hit) {
        pick->index = road_at(scene, pick->ground);
        pick->layer = LF_ROADS;
        pick->hit = pick->index >= 0;
    }
}

lf_view_pick lf_view_pick_at(const lf_view_scene *scene, const lf_view_camera *camera, float x,
                             float y, int width_px, int height_px) {
    lf_view_vec3 ray = lf_view_camera_ray(camera, x, y, width_px, height_px);
    lf_view_vec3 eye = lf_view_camera_eye(camera);
    lf_view_pick pick = {.layer = LF_BUILDINGS, .index = -1, .top_m = NAN};
    float top = scene->highest_m + 5, step = 0.5f;
    float at = ray.z < 0 && eye.z > top ? (top - eye.z) / ray.z : 0;
    for (int i = 0; i < 6000; i++, at += step) {
        lf_view_vec3 p = lf_view_add(eye, lf_view_scale(ray, at));
        lf_vec2 local = {(double)p.x + scene->centre_x, (double)p.y + scene->centre_y};
        double z = (double)p.z + scene->centre_z;
        bool inside = local.x > scene->box[0] && local.y > scene->box[1] &&
                      local.x < scene->box[2] && local.y < scene->box[3];
        if (inside && (pick.index = lf_view_building_at(scene, local, z)) >= 0) {
            const lf_building *building =
                lf_spec_at_const(lf_twin_spec(scene->twin), LF_BUILDINGS, pick.index);
            pick.hit = true;
            pick.ground = local;
            pick.top_m =
                lf_view_surface_z(&scene->surface, local.x, local.y) + building_height(building);
            return pick;
        }
        if (inside && z <= lf_view_surface_z(&scene->surface, local.x, local.y)) {
            pick.ground = local;
            pick_on_ground(scene, &pick, lf_view_camera_pixel_m(camera, height_px));
            return pick;
        }
        if (p.z < -scene->plinth_m) {
            break;
        }
    }
    return pick;
}

const lf_row *lf_view_pick_row(const lf_view_scene *scene, const lf_view_pick *pick) {
    return pick->hit ? lf_spec_at_const(lf_twin_spec(scene->twin), pick->layer, pick->index) : NULL;
}

static lf_view_fact *next_fact(lf_view_fact *facts, int *count) {
    return *count < LF_VIEW_FACT_LIMIT ? &facts[(*count)++] : &facts[LF_VIEW_FACT_LIMIT - 1];
}

static void add_attributes(const lf_row *row, lf_layer layer, bool chinese, lf_view_fact *facts,
                           int *count) {
    const lf_table *table = lf_layer_table(layer);
    for (int i = 0; table && i < table->count && *count < LF_VIEW_FACT_LIMIT - 8; i++) {
        char buffer[96];
        const char *text = lf_field_text(&table->fields[i], row, buffer, sizeof buffer);
        bool assumed = i < 32 && (row->assumed & (1u << i));
        if (text && text[0]) {
            lf_view_fact *fact = next_fact(facts, count);
            snprintf(fact->name, sizeof fact->name, "%s",
                     lf_view_field_word(table->fields[i].name, chinese));
            text = lf_view_field_word(text, chinese);
            snprintf(fact->value, sizeof fact->value, "%.100s%s%s", text, assumed ? " " : "",
                     assumed ? lf_view_say(LF_VIEW_WORD_ASSUMED_MARK, chinese) : "");
        }
    }
}

static void add_results(const lf_view_scene *scene, const lf_view_pick *pick, bool chinese,
                        lf_view_fact *facts, int *count) {
    for (int i = 0; i < lf_option_column_count(scene->option); i++) {
        const lf_column *column = lf_option_column_at(scene->option, i);
        if (column->layer != pick->layer || pick->index >= column->count ||
            isnan(column->values[pick->index])) {
            continue;
        }
        lf_view_fact *fact = next_fact(facts, count);
        snprintf(fact->name, sizeof fact->name, "%.62s", lf_view_field_word(column->name, chinese));
        snprintf(fact->value, sizeof fact->value, "%.4g", (double)column->values[pick->index]);
    }
}

static double depth_at(const lf_view_scene *scene, const lf_frame_shot *shot, lf_vec2 at) {
    const lf_grid *grid = lf_option_depth_grid(scene->option);
    if (!grid || !shot || !shot->depth_m) {
        return NAN;
    }
    int col = (int)floor((at.x - grid->x0) / grid->cell_m);
    int row = (int)floor((at.y - grid->y0) / grid->cell_m);
    bool inside = col >= 0 && row >= 0 && col < grid->cols && row < grid->rows;
    return inside ? (double)shot->depth_m[(size_t)row * (size_t)grid->cols + (size_t)col] : NAN;
}

int lf_view_pick_facts(const lf_view_scene *scene, const lf_view_pick *pick,
                       const lf_frame_shot *shot, bool chinese,
                       lf_view_fact facts[LF_VIEW_FACT_LIMIT]) {
    int count = 0;
    const lf_row *row = lf_view_pick_row(scene, pick);
    if (row) {
        lf_view_fact *title = next_fact(facts, &count);
        snprintf(title->name, sizeof title->name, "%s",
                 lf_view_field_word(lf_layer_name(pick->layer), chinese));
        snprintf(title->value, sizeof title->value, "%s%s%u", row->name, row->name[0] ? "  #" : "#",
                 (unsigned)row->id);
        add_results(scene, pick, chinese, facts, &count);
        if (pick->layer == LF_PARKING) {
            double ratio =
                lf_view_parking_ratio(scene, pick->index, shot ? shot->place_taken : NULL);
            if (!isnan(ratio)) {
                lf_view_fact *fact = next_fact(facts, &count);
                snprintf(fact->name, sizeof fact->name, "%s",
                         lf_view_say(LF_VIEW_WORD_OCCUPANCY, chinese));
                snprintf(fact->value, sizeof fact->value, "%.0f %%", 100 * ratio);
            }
        }
        add_attributes(row, pick->layer, chinese, facts, &count);
        lf_view_fact *quality = next_fact(facts, &count);
        snprintf(quality->name, sizeof quality->name, "%s",
                 lf_view_say(LF_VIEW_WORD_QUALITY, chinese));
        snprintf(quality->value, sizeof quality->value, "%s",
                 lf_view_field_word(lf_quality_name(row->quality), chinese));
        lf_view_fact *source = next_fact(facts, &count);
        snprintf(source->name, sizeof source->name, "%s",
                 lf_view_say(LF_VIEW_WORD_SOURCE, chinese));
        snprintf(source->value, sizeof source->value, "%.150s", row->source);
    }
    double depth = depth_at(scene, shot, pick->ground);
    if (!isnan(depth)) {
        lf_view_fact *fact = next_fact(facts, &count);
        snprintf(fact->name, sizeof fact->name, "%s",
                 lf_view_say(LF_VIEW_WORD_DEPTH_HERE, chinese));
        snprintf(fact->value, sizeof fact->value, "%.3f m", depth);
    }
    if (!scene->surface.flat) {
        lf_view_fact *fact = next_fact(facts, &count);
        snprintf(fact->name, sizeof fact->name, "%s",
                 lf_view_say(LF_VIEW_WORD_GROUND_HERE, chinese));
        snprintf(fact->value, sizeof fact->value, "%.2f m",
                 lf_view_surface_z(&scene->surface, pick->ground.x, pick->ground.y));
    }
    return count;
}
