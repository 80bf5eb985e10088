// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// What is wrong with a spec: geometry, references, ranges. Errors stop a run, warnings do not.
#include "geo/polygon.h"
#include "lifang/twin.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

typedef struct checker {
    const lf_spec *spec;
    lf_issues *issues;
    lf_error *error;
    lf_code code; // the first error's
} checker;

static const char *feature_name(lf_layer layer, const lf_row *row, char text[160]) {
    snprintf(text, 160, "%s/%u%s%.60s%s%s%.60s", lf_layer_name(layer), (unsigned)row->id,
             row->name[0] ? " " : "", row->name, row->source[0] ? " " : "",
             row->source[0] ? "from " : "", row->source);
    return text;
}

static void complain(checker *c, lf_severity severity, lf_code code, const char *feature,
                     const char *mend, const char *message) {
    lf_issues_addf(c->issues, severity, code, "", 0, feature, mend, "%s", message);
    if (severity != LF_ERROR || c->code != LF_OK)
        return;
    c->code = lf_fail(c->error, code, LF_FROM_INPUT, "%s: %s%s%s", feature, message,
                      mend[0] ? "; " : "", mend);
}

static void check_shape(checker *c, lf_layer layer, const lf_row *row) {
    const lf_shape *shape = &row->shape;
    char feature[160], message[200];
    if (shape->kind != lf_layer_shape(layer)) {
        snprintf(message, sizeof message, "has no %s geometry",
                 lf_layer_shape(layer) == LF_POINT  ? "point"
                 : lf_layer_shape(layer) == LF_LINE ? "line"
                                                    : "polygon");
        complain(c, LF_WARNING, LF_GEOMETRY, feature_name(layer, row, feature),
                 "it is not drawn and takes no part in geometry", message);
        return;
    }
    for (int i = 0; i < shape->point_count; i++) {
        if (isfinite(shape->points[i].x) && isfinite(shape->points[i].y))
            continue;
        complain(c, LF_ERROR, LF_GEOMETRY, feature_name(layer, row, feature),
                 "repair the geometry in its source", "has a coordinate that is not a number");
        return;
    }
    lf_vec2 where;
    if (shape->kind == LF_POLYGON && lf_geo_shape_crosses_itself(shape, &where)) {
        snprintf(message, sizeof message, "crosses itself near local %.1f, %.1f", where.x, where.y);
        complain(c, LF_ERROR, LF_GEOMETRY, feature_name(layer, row, feature),
                 "repair it, e.g. with QGIS Fix geometries", message);
    }
    if (shape->kind == LF_POLYGON && lf_shape_area_m2(shape) < 0.01)
        complain(c, LF_WARNING, LF_GEOMETRY, feature_name(layer, row, feature),
                 "remove or repair it", "has no area");
}

static void check_ranges(checker *c, lf_layer layer, const lf_row *row) {
    const lf_table *table = lf_layer_table(layer);
    lf_error found;
    if (lf_table_check(table, row, "", &found) == LF_OK)
        return;
    char feature[160], message[480];
    snprintf(message, sizeof message, "%.180s: %.200s", found.path, found.message);
    complain(c, LF_ERROR, LF_RANGE, feature_name(layer, row, feature), "correct it in its source",
             message);
}

static void check_link(checker *c, lf_layer layer, const lf_row *row, lf_layer target, lf_id id,
                       const char *field, bool needed) {
    if (lf_spec_find(c->spec, target, id) >= 0 || (id == 0 && !needed))
        return;
    char feature[160], message[200];
    if (id == 0)
        snprintf(message, sizeof message, "%s names none of the %s", field, lf_layer_name(target));
    else
        snprintf(message, sizeof message, "%s = %u is not in %s", field, (unsigned)id,
                 lf_layer_name(target));
    complain(c, needed ? LF_ERROR : LF_WARNING, LF_REFERENCE, feature_name(layer, row, feature),
             "correct the reference", message);
}

// Sensors that drive a boundary must measure what it needs, and have done so.
static void check_series(checker *c, lf_layer layer, const lf_row *row, lf_id id, const char *field,
                         lf_sensor_kind kind) {
    check_link(c, layer, row, LF_SENSORS, id, field, id != 0);
    const int at = lf_spec_find(c->spec, LF_SENSORS, id);
    if (at < 0)
        return;
    char feature[160], message[200];
    const lf_sensor *sensor = lf_spec_at_const(c->spec, LF_SENSORS, at);
    if (sensor->kind == (int)kind && sensor->samples.count > 0)
        return;
    snprintf(message, sizeof message, "%s = %u %s", field, (unsigned)id,
             sensor->kind == (int)kind ? "has no values"
             : kind == LF_SENSOR_FLOW  ? "is not a flow sensor"
                                       : "is not a level sensor");
    complain(c, LF_ERROR, LF_REFERENCE, feature_name(layer, row, feature),
             "name a sensor of that kind that has a series", message);
}

static void check_open_edge(checker *c, const lf_open_edge *edge) {
    char feature[160];
    const bool level = edge->kind == LF_OPEN_EDGE_LEVEL || edge->kind == LF_OPEN_EDGE_FLOW_LEVEL;
    check_series(c, LF_OPEN_EDGES, &edge->row, edge->flow_sensor, "flow_sensor", LF_SENSOR_FLOW);
    check_series(c, LF_OPEN_EDGES, &edge->row, edge->level_sensor, "level_sensor", LF_SENSOR_LEVEL);
    if (level && !edge->level_sensor && isnan(edge->level_m))
        complain(c, LF_ERROR, LF_MISSING, feature_name(LF_OPEN_EDGES, &edge->row, feature),
                 "give level_m or level_sensor", "has no water level");
}

// The references of the schema in one list.
static void check_links(checker *c, lf_layer layer, const lf_row *row) {
    switch (layer) {
    case LF_BUILDINGS:
        check_link(c, layer, row, LF_COMPOUNDS, ((const lf_building *)row)->compound, "compound",
                   false);
        break;
    case LF_BUILDING_PARTS:
        check_link(c, layer, row, LF_BUILDINGS, ((const lf_building_part *)row)->building,
                   "building", false);
        break;
    case LF_STOREYS:
        check_link(c, layer, row, LF_BUILDINGS, ((const lf_storey *)row)->building, "building",
                   false);
        break;
    case LF_SPACES:
        check_link(c, layer, row, LF_STOREYS, ((const lf_space *)row)->storey, "storey", false);
        break;
    case LF_ROADS: {
        const lf_road *road = (const lf_road *)row;
        check_link(c, layer, row, LF_ROAD_NODES, road->from, "from", road->drivable);
        check_link(c, layer, row, LF_ROAD_NODES, road->to, "to", road->drivable);
        break;
    }
    case LF_GATES:
        check_link(c, layer, row, LF_ROAD_NODES, ((const lf_gate *)row)->node, "node", false);
        break;
    case LF_PARKING:
        check_link(c, layer, row, LF_ROADS, ((const lf_parking *)row)->road, "road", false);
        break;
    case LF_STALLS:
        check_link(c, layer, row, LF_PARKING, ((const lf_stall *)row)->parking, "parking", false);
        check_link(c, layer, row, LF_ROADS, ((const lf_stall *)row)->road, "road", false);
        break;
    case LF_DRAIN_LINKS:
        check_link(c, layer, row, LF_DRAIN_NODES, ((const lf_drain_link *)row)->from, "from", true);
        check_link(c, layer, row, LF_DRAIN_NODES, ((const lf_drain_link *)row)->to, "to", true);
        break;
    case LF_SUBCATCHMENTS:
        check_link(c, layer, row, LF_DRAIN_NODES, ((const lf_subcatchment *)row)->outlet, "outlet",
                   false);
        break;
    case LF_INFLOWS:
        check_series(c, layer, row, ((const lf_inflow *)row)->flow_sensor, "flow_sensor",
                     LF_SENSOR_FLOW);
        break;
    case LF_OPEN_EDGES:
        check_open_edge(c, (const lf_open_edge *)row);
        break;
    case LF_SECTIONS:
        check_link(c, layer, row, LF_SENSORS, ((const lf_section_line *)row)->flow_sensor,
                   "flow_sensor", false);
        break;
    default:
        break;
    }
}

static void check_values(checker *c, const lf_raster_info *info, const float *values,
                         size_t count) {
    char message[200];
    for (size_t i = 0; i < count; i++) {
        if (isnan(values[i]) || (values[i] >= info->low && values[i] <= info->high))
            continue;
        snprintf(message, sizeof message, "holds %g %s; %g..%g can be", (double)values[i],
                 info->unit, info->low, info->high);
        complain(c, LF_ERROR, LF_RANGE, info->name, "mark no-data cells as such in the source",
                 message);
        return;
    }
}

static void check_rasters(checker *c) {
    for (int k = LF_RASTER_TERRAIN + 1; k < LF_RASTER_KIND_COUNT; k++) {
        const lf_raster *raster = lf_spec_raster(c->spec, (lf_raster_kind)k);
        if (raster)
            check_values(c, lf_spec_raster_info((lf_raster_kind)k), raster->values,
                         (size_t)raster->grid.cols * (size_t)raster->grid.rows);
    }
    const lf_rain_grid *rain = lf_spec_rain(c->spec);
    if (rain)
        check_values(c, lf_spec_rain_info(), rain->values,
                     (size_t)rain->count * (size_t)rain->grid.cols * (size_t)rain->grid.rows);
    for (int i = 1; rain && i < rain->count; i++) {
        if (rain->time_s[i] > rain->time_s[i - 1])
            continue;
        complain(c, LF_ERROR, LF_TOPOLOGY, "rain", "sort the steps by time",
                 "has steps whose times do not ascend");
        break;
    }
}

static void check_terrain(checker *c) {
    const lf_raster *terrain = lf_spec_terrain(c->spec);
    if (!terrain)
        return;
    const size_t count = (size_t)terrain->grid.cols * (size_t)terrain->grid.rows;
    size_t holes = 0;
    for (size_t i = 0; i < count; i++) {
        if (isinf(terrain->values[i]) || fabsf(terrain->values[i]) > 9000) {
            complain(c, LF_ERROR, LF_RANGE, "terrain", "mark no-data cells as such in the source",
                     "has a height that is not on this planet");
            return;
        }
        holes += isnan(terrain->values[i]) != 0;
    }
    char message[160];
    snprintf(message, sizeof message, "%zu of %zu cells have no height", holes, count);
    if (holes == count)
        complain(c, LF_ERROR, LF_EMPTY, "terrain", "check its no-data value and its place",
                 message);
    else if (holes > 0)
        complain(c, LF_WARNING, LF_EMPTY, "terrain", "they are treated as walls", message);
}

// A drivable estate that falls into pieces loses cars; say how big the pieces are.
static void check_outfalls(checker *c) {
    int nodes;
    const lf_drain_node *list = lf_spec_rows_const(c->spec, LF_DRAIN_NODES, &nodes);
    int outfalls = 0;
    for (int i = 0; i < nodes; i++)
        outfalls += list[i].kind == LF_NODE_OUTFALL;
    if (nodes > 0 && outfalls == 0)
        complain(c, LF_WARNING, LF_TOPOLOGY, "drain_nodes",
                 "mark where the network leaves the estate",
                 "the drain network has no outfall: what flows in can only come back");
}

lf_code lf_spec_check(const lf_spec *spec, lf_issues *issues, lf_error *error) {
    checker c = {.spec = spec, .issues = issues, .error = error, .code = LF_OK};
    for (int l = 0; l < LF_LAYER_COUNT; l++) {
        for (int i = 0, count = lf_spec_count(spec, (lf_layer)l); i < count; i++) {
            const lf_row *row = lf_spec_at_const(spec, (lf_layer)l, i);
            check_shape(&c, (lf_layer)l, row);
            check_ranges(&c, (lf_layer)l, row);
            check_links(&c, (lf_layer)l, row);
        }
    }
    check_terrain(&c);
    check_rasters(&c);
    check_outfalls(&c);
    return c.code;
}
