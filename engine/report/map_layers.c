// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// What is drawn on the map, from the ground up.
#include "report/map.h"
#include "report/number.h"
#include "report/png.h"
#include "report/slug.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const void *rows_of(const lf_report_map *map, lf_layer layer, int *count) {
    return lf_spec_rows_const(map->spec, layer, count);
}

static const lf_row *row_at(const lf_report_map *map, lf_layer layer, int index) {
    return lf_spec_at_const(map->spec, layer, index);
}

// All rows of a layer as one path.
static void whole_layer(lf_report_map *map, lf_layer layer, const char *css) {
    int count;
    rows_of(map, layer, &count);
    if (count == 0) {
        return;
    }
    lf_buffer_addf(map->out, "<path class=\"%s\" d=\"", css);
    for (int i = 0; i < count; i++) {
        lf_report_map_path(map, &row_at(map, layer, i)->shape);
    }
    lf_buffer_add(map->out, "\"/>\n");
}

static void green(lf_report_map *map) {
    static const char *const css[] = {"lawn", "shrub", "wood", "pitch", "sponge", "sponge", "bare"};
    int count;
    const lf_green *rows = rows_of(map, LF_GREEN, &count);
    for (int i = 0; i < count; i++) {
        lf_buffer_addf(map->out, "<path class=\"%s\" d=\"",
                       css[rows[i].kind >= 0 && rows[i].kind < 7 ? rows[i].kind : 0]);
        lf_report_map_path(map, &rows[i].row.shape);
        lf_buffer_add(map->out, "\"/>\n");
    }
}

// Roads of one width share a path; two passes, kerb below and carriageway above, so that crossings
// are open.
static void roads(lf_report_map *map, bool kerb) {
    int count;
    const lf_road *rows = rows_of(map, LF_ROADS, &count);
    for (int i = 0; i < count; i++) {
        double width = fmax(rows[i].width_m * map->scale, rows[i].drivable ? 2.5 : 1.2);
        const char *css = kerb ? "kerb" : rows[i].drivable ? "road" : "path";
        if (kerb && !rows[i].drivable) {
            continue;
        }
        lf_buffer_addf(map->out, "<path class=\"%s\" stroke-width=\"%.1f\" d=\"", css,
                       kerb ? width + 1.6 : width);
        lf_report_map_path(map, &rows[i].row.shape);
        lf_buffer_add(map->out, "\"/>\n");
    }
}

// Below the water: crowns let it through.
static void trees(lf_report_map *map) {
    int count;
    const lf_tree *rows = rows_of(map, LF_TREES, &count);
    for (int i = 0; i < count && count <= 4000; i++) {
        lf_vec2 at = lf_shape_centre(&rows[i].row.shape);
        lf_buffer_addf(map->out, "<circle class=\"tree\" cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\"/>\n",
                       lf_report_map_x(map, at.x), lf_report_map_y(map, at.y),
                       fmax(rows[i].crown_m / 2 * map->scale, 1));
    }
}

void lf_report_map_ground(lf_report_map *map) {
    green(map);
    whole_layer(map, LF_WATER, "pond");
    whole_layer(map, LF_PARKING, "parking");
    roads(map, true);
    roads(map, false);
    whole_layer(map, LF_STALLS, "stall");
    whole_layer(map, LF_WALLS, "wall");
    trees(map);
}

static uint8_t depth_class(double depth_m) {
    uint8_t found = 0;
    for (int i = 0; i < LF_REPORT_DEPTHS; i++) {
        found = depth_m >= lf_report_depth_m[i] ? (uint8_t)(i + 1) : found;
    }
    return found;
}

// Blocks of `step` cells show their deepest cell, so that a thin puddle is not lost.
static void fill_picture(const lf_field_raster *raster, int step, int width, int height,
                         uint8_t *indices) {
    for (int row = 0; row < raster->grid.rows; row++) {
        int y = height - 1 - row / step;
        for (int col = 0; col < raster->grid.cols; col++) {
            double depth =
                (double)raster->values[(size_t)row * (size_t)raster->grid.cols + (size_t)col];
            uint8_t found = isnan(depth) ? 0 : depth_class(depth);
            uint8_t *pixel = &indices[(size_t)y * (size_t)width + (size_t)(col / step)];
            *pixel = found > *pixel ? found : *pixel;
        }
    }
}

void lf_report_map_depth(lf_report_map *map) {
    const lf_field_raster *raster =
        lf_option_raster(map->result->options[map->option], "max_depth_m");
    if (!raster || raster->grid.cols <= 0 || raster->grid.rows <= 0) {
        return;
    }
    const lf_grid *grid = &raster->grid;
    int longest = grid->cols > grid->rows ? grid->cols : grid->rows;
    int step = (longest + 1999) / 2000;
    int width = (grid->cols + step - 1) / step, height = (grid->rows + step - 1) / step;
    uint8_t *indices = calloc((size_t)width * (size_t)height, 1);
    if (!indices) {
        map->out->failed = true;
        return;
    }
    fill_picture(raster, step, width, height, indices);
    lf_report_colour palette[LF_REPORT_DEPTHS + 1] = {{255, 255, 255, 0}};
    for (int i = 0; i < LF_REPORT_DEPTHS; i++) {
        unsigned code = (unsigned)strtoul(lf_report_depth_colour[i] + 1, NULL, 16);
        palette[i + 1] = (lf_report_colour){(uint8_t)(code >> 16), (uint8_t)(code >> 8),
                                            (uint8_t)code, i == 0 ? 200 : 235};
    }
    lf_buffer png = {0};
    lf_report_png(&png, indices, width, height, palette, LF_REPORT_DEPTHS + 1);
    free(indices);
    map->out->failed = map->out->failed || png.failed;
    double cell = grid->cell_m * step;
    lf_buffer_addf(map->out,
                   "<image class=\"water\" x=\"%.2f\" y=\"%.2f\" width=\"%.2f\" height=\"%.2f\" "
                   "preserveAspectRatio=\"none\" href=\"data:image/png;base64,",
                   lf_report_map_x(map, grid->x0), lf_report_map_y(map, grid->y0 + height * cell),
                   width * cell * map->scale, height * cell * map->scale);
    if (!png.failed) {
        lf_report_base64(map->out, png.text, png.length);
    }
    lf_buffer_add(map->out, "\"/>\n");
    lf_buffer_free(&png);
}

// A sensor on the building has its own label there.
static bool has_sensor(const lf_report_map *map, const double box[4]) {
    int count;
    const lf_sensor *rows = rows_of(map, LF_SENSORS, &count);
    for (int i = 0; i < count; i++) {
        lf_vec2 at = lf_shape_centre(&rows[i].row.shape);
        if (at.x > box[0] && at.x < box[2] && at.y > box[1] && at.y < box[3]) {
            return true;
        }
    }
    return false;
}

// Names inside footprints where they fit.
static void building_names(lf_report_map *map) {
    int count;
    const lf_building *rows = rows_of(map, LF_BUILDINGS, &count);
    for (int i = 0; i < count && count <= 150; i++) {
        char name[LF_REPORT_CUT_SIZE];
        double box[4];
        if (!rows[i].row.name[0] || rows[i].kind == LF_USE_SHED) {
            continue;
        }
        lf_report_cut(rows[i].row.name, 14, name);
        lf_shape_bounds(&rows[i].row.shape, box);
        if (lf_report_columns(name) * 5.6 > (box[2] - box[0]) * map->scale ||
            12 > (box[3] - box[1]) * map->scale || has_sensor(map, box)) {
            continue;
        }
        lf_vec2 centre = lf_shape_centre(&rows[i].row.shape);
        lf_buffer_addf(map->out, "<text class=\"house\" x=\"%.1f\" y=\"%.1f\">",
                       lf_report_map_x(map, centre.x), lf_report_map_y(map, centre.y) + 4);
        lf_report_escape(map->out, name);
        lf_buffer_add(map->out, "</text>\n");
    }
}

void lf_report_map_solids(lf_report_map *map) {
    whole_layer(map, LF_BUILDINGS, "building");
    building_names(map);
}

static void flooded_roads(lf_report_map *map) {
    const lf_column *column =
        lf_option_column(map->result->options[map->option], LF_ROADS, "max_depth_m");
    int count;
    const lf_road *rows = rows_of(map, LF_ROADS, &count);
    for (int i = 0; column && i < count && i < column->count; i++) {
        if (!((double)column->values[i] > LF_REPORT_LIMIT_M)) {
            continue;
        }
        double width = fmin(fmax(2.2 * map->scale, 1.6), 3.2);
        lf_buffer_addf(map->out, "<path class=\"flooded\" stroke-width=\"%.1f\" d=\"", width);
        lf_report_map_path(map, &rows[i].row.shape);
        lf_buffer_addf(map->out, "\"><title>%.0f cm</title></path>\n",
                       (double)column->values[i] * 100);
    }
}

static bool field_differs(const lf_field *field, const void *a, const void *b) {
    char left[128], right[128];
    if (field->type == LF_TEXT) {
        return strcmp(lf_field_text(field, a, left, sizeof left),
                      lf_field_text(field, b, right, sizeof right)) != 0;
    }
    double x = lf_field_number(field, a), y = lf_field_number(field, b);
    return x != y && !(isnan(x) && isnan(y));
}

// New in this option, or with another attribute than in the first option. A lawn that lost ground
// to a rain garden is not a measure: the garden is.
static bool is_changed(const lf_report_map *map, lf_layer layer, const lf_row *row) {
    int index = lf_spec_find(map->base, layer, row->id);
    if (index < 0) {
        return true;
    }
    const lf_row *before = lf_spec_at_const(map->base, layer, index);
    const lf_table *table = lf_layer_table(layer);
    for (int i = 0; i < table->count; i++) {
        if (field_differs(&table->fields[i], before, row)) {
            return true;
        }
    }
    return false;
}

// What a changed row is called on the map.
static void measure_words(lf_layer layer, const lf_row *row, const char **zh, const char **en) {
    static const char *const green_words[][2] = {
        {"草坪", "lawn"},       {"灌木", "shrubs"},          {"树林", "wood"},
        {"活动场", "pitch"},    {"雨水花园", "rain garden"}, {"下沉绿地", "sunken green"},
        {"裸土", "bare ground"}};
    *zh = layer == LF_DRAIN_LINKS ? "管道改造" : lf_report_layer_zh(layer);
    *en = layer == LF_DRAIN_LINKS ? "pipe renewal" : lf_layer_name(layer);
    if (layer == LF_GREEN) {
        int kind = ((const lf_green *)(const void *)row)->kind;
        if (kind >= 0 && kind <= LF_GREEN_BARE) {
            *zh = green_words[kind][0];
            *en = green_words[kind][1];
        }
    }
}

static void outline(lf_report_map *map, lf_layer layer, const lf_row *row) {
    if (row->shape.kind == LF_POINT) {
        lf_vec2 at = lf_shape_centre(&row->shape);
        lf_buffer_addf(map->out, "<circle class=\"measure\" cx=\"%.1f\" cy=\"%.1f\" r=\"6\"/>\n",
                       lf_report_map_x(map, at.x), lf_report_map_y(map, at.y));
        return;
    }
    lf_buffer_addf(map->out, "<path class=\"%s\" d=\"",
                   layer == LF_STALLS || row->shape.kind == LF_LINE ? "measure thin" : "measure");
    lf_report_map_path(map, &row->shape);
    lf_buffer_add(map->out, "\"/>\n");
}

// One label for each word, at the largest row that it stands for.
typedef struct measure_label {
    const char *zh, *en;
    double size;
    lf_vec2 at;
} measure_label;
enum { MEASURE_LABELS = 12 };

static void remember(measure_label labels[MEASURE_LABELS], int *count, lf_layer layer,
                     const lf_row *row) {
    const char *zh, *en;
    measure_words(layer, row, &zh, &en);
    double size =
        row->shape.kind == LF_LINE ? lf_shape_length_m(&row->shape) : lf_shape_area_m2(&row->shape);
    int found = 0;
    while (found < *count && strcmp(labels[found].zh, zh) != 0) {
        found++;
    }
    if (found == MEASURE_LABELS || (found < *count && labels[found].size >= size)) {
        return;
    }
    *count += found == *count;
    labels[found] = (measure_label){zh, en, size, lf_shape_centre(&row->shape)};
}

// How many labels before this one stand within the distances.
static int labels_near(const measure_label *labels, int index, double wide_m, double high_m) {
    int near = 0;
    for (int i = 0; i < index; i++) {
        near += fabs(labels[i].at.x - labels[index].at.x) < wide_m &&
                fabs(labels[i].at.y - labels[index].at.y) < high_m;
    }
    return near;
}

static void measures(lf_report_map *map) {
    static const lf_layer layers[] = {LF_GREEN, LF_PARKING, LF_STALLS,      LF_ROADS,    LF_WATER,
                                      LF_GATES, LF_ASSETS,  LF_DRAIN_LINKS, LF_BUILDINGS};
    measure_label labels[MEASURE_LABELS];
    int label_count = 0;
    for (size_t l = 0; map->base && l < sizeof layers / sizeof *layers; l++) {
        int count;
        rows_of(map, layers[l], &count);
        for (int i = 0; i < count; i++) {
            const lf_row *row = row_at(map, layers[l], i);
            if (is_changed(map, layers[l], row)) {
                outline(map, layers[l], row);
                remember(labels, &label_count, layers[l], row);
            }
        }
    }
    map->has_measures = label_count > 0;
    flooded_roads(map);
    for (int i = 0; i < label_count; i++) {
        double x = lf_report_map_x(map, labels[i].at.x), y = lf_report_map_y(map, labels[i].at.y);
        x = fmin(fmax(x, 75), map->width - 75);
        y += 4 + 17 * labels_near(labels, i, 120 / map->scale, 17 / map->scale);
        lf_buffer_addf(map->out,
                       "<text class=\"measure-text halo\" x=\"%.1f\" y=\"%.1f\" "
                       "text-anchor=\"middle\">",
                       x, y);
        lf_report_two_svg(map->out, labels[i].zh, labels[i].en);
        lf_buffer_add(map->out, "</text>\n");
    }
}

static void name_beside(lf_report_map *map, const lf_row *row, lf_vec2 at) {
    char name[LF_REPORT_CUT_SIZE];
    double x = lf_report_map_x(map, at.x), y = lf_report_map_y(map, at.y);
    bool left = x > map->width - 120;
    lf_buffer_addf(map->out,
                   "<text class=\"map-text halo\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">",
                   left ? x - 10 : x + 10, y + 5, left ? "end" : "start");
    lf_report_escape(map->out, lf_report_cut(row->name, 20, name));
    lf_buffer_add(map->out, "</text>\n");
}

static void gates_and_sensors(lf_report_map *map) {
    int count;
    const lf_gate *gates = rows_of(map, LF_GATES, &count);
    map->has_gates = count > 0;
    for (int i = 0; i < count; i++) {
        lf_vec2 at = lf_shape_centre(&gates[i].row.shape);
        lf_buffer_addf(
            map->out,
            "<rect class=\"gate\" x=\"%.1f\" y=\"%.1f\" width=\"11\" height=\"11\" rx=\"2\"/>\n",
            lf_report_map_x(map, at.x) - 5.5, lf_report_map_y(map, at.y) - 5.5);
        name_beside(map, &gates[i].row, at);
    }
    const lf_sensor *sensors = rows_of(map, LF_SENSORS, &count);
    map->has_sensors = count > 0;
    for (int i = 0; i < count; i++) {
        lf_vec2 at = lf_shape_centre(&sensors[i].row.shape);
        lf_buffer_addf(map->out, "<circle class=\"sensor\" cx=\"%.1f\" cy=\"%.1f\" r=\"5\"/>\n",
                       lf_report_map_x(map, at.x), lf_report_map_y(map, at.y));
        name_beside(map, &sensors[i].row, at);
    }
}

void lf_report_map_results(lf_report_map *map) {
    measures(map); // with the flooded roads between outlines and labels
    gates_and_sensors(map);
}
