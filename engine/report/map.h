// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The estate as an inline SVG map: quiet ground, clay buildings, then what the run has to say.
#ifndef LF_REPORT_MAP_H
#define LF_REPORT_MAP_H

#include "report/markup.h"

// Depth classes, the same as assets/ramps/water.csv: the lower limit of each in metres.
enum { LF_REPORT_DEPTHS = 6 };
extern const double lf_report_depth_m[LF_REPORT_DEPTHS];
extern const char *const lf_report_depth_colour[LF_REPORT_DEPTHS];
// Water at which a car may stall and a door sill is reached: GB 51222 speaks of 15 cm on roads.
#define LF_REPORT_LIMIT_M 0.15

typedef struct lf_report_map {
    lf_buffer *out;
    const lf_result *result;
    int option;
    const lf_spec *spec;
    const lf_spec *base;  // of the first option; NULL for the first option itself
    double x0, y1, scale; // view = (x - x0) * scale, (y1 - y) * scale
    double width, height;
    bool has_depth, has_flooded_roads, has_measures, has_stalls, has_sensors, has_gates;
    int flooded_roads;
    double max_depth_m; // NaN without a depth raster
} lf_report_map;

// Puts the map with its legend; fills what the title needs to say. Nothing where the twin is empty.
void lf_report_map_measure(lf_report_map *map, lf_buffer *out, const lf_result *result, int option);
void lf_report_map_draw(lf_report_map *map);
void lf_report_map_title(const lf_report_map *map, lf_report_sentence *title);

// Parts, drawn in this order.
void lf_report_map_ground(lf_report_map *map);  // green, water, parking, roads, stalls
void lf_report_map_depth(lf_report_map *map);   // the depth raster as a picture
void lf_report_map_solids(lf_report_map *map);  // buildings, trees
void lf_report_map_results(lf_report_map *map); // flooded roads, measures, gates, sensors
// A path element's data for one shape.
void lf_report_map_path(const lf_report_map *map, const lf_shape *shape);
double lf_report_map_x(const lf_report_map *map, double x);
double lf_report_map_y(const lf_report_map *map, double y);

#endif
