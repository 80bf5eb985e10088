// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The frame of the map: scale, order, north arrow, scale bar, legend, title.
#include "report/map.h"

#include "report/number.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

const double lf_report_depth_m[LF_REPORT_DEPTHS] = {0.02, 0.05, 0.15, 0.30, 0.50, 1.00};
const char *const lf_report_depth_colour[LF_REPORT_DEPTHS] = {"#ceeef1", "#aae0ec", "#388cd6",
                                                              "#2e6ac4", "#3a48ac", "#402888"};

double lf_report_map_x(const lf_report_map *map, double x) {
    return (x - map->x0) * map->scale;
}

double lf_report_map_y(const lf_report_map *map, double y) {
    return (map->y1 - y) * map->scale;
}

void lf_report_map_path(const lf_report_map *map, const lf_shape *shape) {
    for (int part = 0; part < shape->part_count; part++) {
        for (int i = shape->part_start[part]; i < shape->part_start[part + 1]; i++) {
            lf_buffer_addf(map->out, "%c%.1f %.1f", i == shape->part_start[part] ? 'M' : 'L',
                           lf_report_map_x(map, shape->points[i].x),
                           lf_report_map_y(map, shape->points[i].y));
        }
        if (shape->kind == LF_POLYGON) {
            lf_buffer_add(map->out, "Z");
        }
    }
}

// The greatest of a raster, NaN if it holds nothing.
static double raster_max(const lf_field_raster *raster) {
    double best = NAN;
    size_t count = (size_t)raster->grid.cols * (size_t)raster->grid.rows;
    for (size_t i = 0; i < count; i++) {
        double value = (double)raster->values[i];
        best = isnan(value) || best >= value ? best : value;
    }
    return best;
}

static void count_flooded_roads(lf_report_map *map, const lf_option_result *option) {
    const lf_column *column = lf_option_column(option, LF_ROADS, "max_depth_m");
    map->has_flooded_roads = column != NULL;
    for (int i = 0; column && i < column->count; i++) {
        map->flooded_roads += (double)column->values[i] > LF_REPORT_LIMIT_M;
    }
}

// Where people live and park, with a margin; rivers and arterials may run out of the picture.
// false if the twin is empty.
static bool frame_of(const lf_twin *twin, double box[4]) {
    static const lf_layer layers[] = {LF_BUILDINGS, LF_PARKING, LF_STALLS, LF_GATES, LF_SENSORS};
    bool found = false;
    for (size_t l = 0; l < sizeof layers / sizeof *layers; l++) {
        int count = lf_twin_count(twin, layers[l]);
        for (int i = 0; i < count; i++) {
            const lf_row *row = lf_spec_at_const(lf_twin_spec(twin), layers[l], i);
            double own[4];
            if (row->shape.point_count == 0) {
                continue;
            }
            lf_shape_bounds(&row->shape, own);
            box[0] = found ? fmin(box[0], own[0]) : own[0];
            box[1] = found ? fmin(box[1], own[1]) : own[1];
            box[2] = found ? fmax(box[2], own[2]) : own[2];
            box[3] = found ? fmax(box[3], own[3]) : own[3];
            found = true;
        }
    }
    if (!found) {
        lf_twin_bounds(twin, box);
    }
    double wide = box[2] - box[0], high = box[3] - box[1];
    if (!(wide + high > 0) || !isfinite(wide) || !isfinite(high)) {
        return false;
    }
    // Not taller than wide, so that texts keep their size.
    double margin = 0.05 * fmax(wide, high), more = fmax(high - wide, 0) / 2;
    box[0] -= margin + more;
    box[2] += margin + more;
    box[1] -= margin;
    box[3] += margin;
    return true;
}

void lf_report_map_measure(lf_report_map *map, lf_buffer *out, const lf_result *result,
                           int option) {
    const lf_option_result *mine = result->options[option];
    double box[4];
    *map = (lf_report_map){.out = out, .result = result, .option = option, .max_depth_m = NAN};
    map->spec = lf_twin_spec(lf_option_twin(mine));
    map->base = option > 0 ? lf_twin_spec(lf_option_twin(result->options[0])) : NULL;
    // The frame of the first option for all, so that maps can be laid side by side.
    if (frame_of(lf_option_twin(result->options[0]), box)) {
        map->x0 = box[0];
        map->y1 = box[3];
        map->scale = 1000 / (box[2] - box[0]);
        map->width = 1000;
        map->height = (box[3] - box[1]) * map->scale;
    }
    const lf_field_raster *raster = lf_option_raster(mine, "max_depth_m");
    if (raster) {
        map->has_depth = true;
        map->max_depth_m = raster_max(raster);
    }
    // The module leaves ponds and rain gardens out of its figure, the raster does not.
    const lf_figure *figure = lf_option_figure(mine, "drain.max_depth_m");
    if (figure && isfinite(figure->value)) {
        map->max_depth_m = figure->value;
    }
    count_flooded_roads(map, mine);
}

void lf_report_map_title(const lf_report_map *map, lf_report_sentence *title) {
    if (!map->has_depth) {
        snprintf(title->zh, sizeof title->zh, "总平面");
        snprintf(title->en, sizeof title->en, "Plan of the estate");
        return;
    }
    double depth_cm = isnan(map->max_depth_m) ? 0 : map->max_depth_m * 100;
    int used_zh = snprintf(title->zh, sizeof title->zh, "最大积水 %.0f cm", depth_cm);
    int used_en = snprintf(title->en, sizeof title->en, "Water up to %.0f cm deep", depth_cm);
    if (map->has_flooded_roads && map->flooded_roads > 0) {
        snprintf(title->zh + used_zh, sizeof title->zh - (size_t)used_zh, "，%d 段道路超过 15 cm",
                 map->flooded_roads);
        snprintf(title->en + used_en, sizeof title->en - (size_t)used_en,
                 ", %d road section%s over 15 cm", map->flooded_roads,
                 map->flooded_roads == 1 ? "" : "s");
    } else if (map->has_flooded_roads) {
        snprintf(title->zh + used_zh, sizeof title->zh - (size_t)used_zh, "，道路均未超过 15 cm");
        snprintf(title->en + used_en, sizeof title->en - (size_t)used_en, ", no road over 15 cm");
    }
}

// A round length of about a fifth of the width, on a quiet card at the lower left.
static void scale_bar(lf_report_map *map) {
    double raw = map->width / map->scale / 5, power = pow(10, floor(log10(raw)));
    double lead = raw / power;
    double length_m = power * (lead >= 5 ? 5 : lead >= 2 ? 2 : 1);
    double x = 18, y = map->height - 18, px = length_m * map->scale;
    lf_buffer_addf(map->out,
                   "<rect class=\"card\" x=\"8\" y=\"%.1f\" width=\"%.1f\" height=\"40\" rx=\"4\"/>"
                   "<path class=\"bar\" d=\"M%.1f %.1fv6h%.1fv-6\"/>"
                   "<text class=\"map-text\" x=\"%.1f\" y=\"%.1f\">%.0f m</text>\n",
                   map->height - 48, px + 20, x, y - 6, px, x + 2, y - 11, length_m);
}

static void north_arrow(lf_report_map *map) {
    double x = map->width - 30, y = 14;
    lf_buffer_addf(map->out,
                   "<circle class=\"card\" cx=\"%.1f\" cy=\"%.1f\" r=\"24\"/>"
                   "<path class=\"north\" d=\"M%.1f %.1fl8 24l-8 -6l-8 6z\"/>"
                   "<text class=\"map-text\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">"
                   "<tspan class=\"zh\">北</tspan><tspan class=\"en-only\">N</tspan></text>\n",
                   x, y + 18, x, y, x, y + 39);
}

static void legend_item(lf_buffer *out, const char *swatch, const char *zh, const char *en) {
    lf_buffer_addf(out, "<li><i style=\"%s\"></i>", swatch);
    lf_report_two(out, zh, en);
    lf_buffer_add(out, "</li>\n");
}

static void depth_legend(lf_buffer *out) {
    lf_buffer_add(out, "<ul class=\"legend ramp\"><li class=\"legend-title\">");
    lf_report_two(out, "最大水深 (m)", "greatest depth (m)");
    lf_buffer_add(out, "</li>\n");
    for (int i = 0; i < LF_REPORT_DEPTHS; i++) {
        lf_buffer_addf(out, "<li><i style=\"background:%s\"></i><b>", lf_report_depth_colour[i]);
        if (i + 1 < LF_REPORT_DEPTHS) {
            lf_buffer_addf(out, "%.2f–%.2f", lf_report_depth_m[i], lf_report_depth_m[i + 1]);
        } else {
            lf_buffer_addf(out, "&gt; %.2f", lf_report_depth_m[i]);
        }
        lf_buffer_add(out, "</b></li>\n");
    }
    lf_buffer_add(out, "</ul>\n");
}

static void legend(const lf_report_map *map) {
    lf_buffer *out = map->out;
    if (map->has_depth) {
        depth_legend(out);
    }
    lf_buffer_add(out, "<ul class=\"legend\">\n");
    legend_item(out, "background:#f3efe6;border:1px solid #a39c8c", "建筑", "building");
    legend_item(out, "background:#c9d8ba", "绿地", "green");
    legend_item(out, "background:#dcdad3;border:1px solid #b5b2a8", "停车区", "parking");
    if (map->flooded_roads > 0) {
        legend_item(out, "border:0;border-top:3px dashed #5b1e7a;height:0", "积水超过 15 cm 的道路",
                    "road over 15 cm");
    }
    if (map->has_measures) {
        legend_item(out, "border:2px solid #c4570a;background:none", "新增或改动",
                    "new or changed");
    }
    if (map->has_gates) {
        legend_item(out, "background:#22313a;border-radius:2px", "出入口", "gate");
    }
    if (map->has_sensors) {
        legend_item(out, "background:#fdfcf8;border:3px solid #1f5a73;border-radius:50%", "传感器",
                    "sensor");
    }
    lf_buffer_add(out, "</ul>\n");
}

void lf_report_map_draw(lf_report_map *map) {
    lf_report_sentence title;
    if (!(map->scale > 0)) {
        return;
    }
    lf_report_map_title(map, &title);
    lf_buffer_addf(map->out,
                   "<svg class=\"map\" viewBox=\"0 0 %.0f %.0f\" role=\"img\" aria-label=\"",
                   map->width, map->height);
    lf_report_escape(map->out, title.zh);
    lf_buffer_addf(map->out, "\">\n<rect class=\"ground\" width=\"%.0f\" height=\"%.0f\"/>\n",
                   map->width, map->height);
    lf_report_map_ground(map);
    lf_report_map_depth(map);
    lf_report_map_solids(map);
    lf_report_map_results(map);
    scale_bar(map);
    north_arrow(map);
    lf_buffer_add(map->out, "</svg>\n");
    legend(map);
}
