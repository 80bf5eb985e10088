// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Building and reading OGR geometries.
#include "io/common/geometry.h"

#include "geo/polygon.h"
#include <math.h>

static bool is_hole(const lf_shape *shape, int part) {
    int first = shape->part_start[part];
    return part > 0 &&
           lf_geo_ring_area_m2(shape->points + first, shape->part_start[part + 1] - first) < 0;
}

bool lf_io_geometry_is_many(const lf_shape *shape) {
    if (shape->kind == LF_POINT)
        return shape->point_count > 1;
    int parts = 0;
    for (int i = 0; i < shape->part_count; i++)
        parts += shape->kind == LF_LINE || !is_hole(shape, i);
    return parts > 1;
}

static void add_points(OGRGeometryH to, const lf_shape *shape, const lf_frame *frame, int part,
                       bool close) {
    int first = shape->part_start[part], count = shape->part_start[part + 1] - first;
    for (int i = 0; i < count + close; i++) {
        int k = first + i % count;
        double x = frame->origin_east_m + shape->points[k].x;
        double y = frame->origin_north_m + shape->points[k].y;
        if (shape->z_m)
            OGR_G_AddPoint(to, x, y, shape->z_m[k]);
        else
            OGR_G_AddPoint_2D(to, x, y);
    }
}

static OGRGeometryH make_points(const lf_shape *shape, const lf_frame *frame, bool many) {
    OGRGeometryH all = many ? OGR_G_CreateGeometry(wkbMultiPoint) : NULL;
    for (int i = 0; i < shape->point_count; i++) {
        OGRGeometryH point = OGR_G_CreateGeometry(wkbPoint);
        double x = frame->origin_east_m + shape->points[i].x;
        double y = frame->origin_north_m + shape->points[i].y;
        if (shape->z_m)
            OGR_G_SetPoint(point, 0, x, y, shape->z_m[i]);
        else
            OGR_G_SetPoint_2D(point, 0, x, y);
        if (!many)
            return point;
        OGR_G_AddGeometryDirectly(all, point);
    }
    return all;
}

static OGRGeometryH make_lines(const lf_shape *shape, const lf_frame *frame, bool many) {
    OGRGeometryH all = many ? OGR_G_CreateGeometry(wkbMultiLineString) : NULL;
    for (int part = 0; part < shape->part_count; part++) {
        OGRGeometryH line = OGR_G_CreateGeometry(wkbLineString);
        add_points(line, shape, frame, part, false);
        if (!many)
            return line;
        OGR_G_AddGeometryDirectly(all, line);
    }
    return all;
}

static OGRGeometryH make_polygons(const lf_shape *shape, const lf_frame *frame, bool many) {
    OGRGeometryH all = many ? OGR_G_CreateGeometry(wkbMultiPolygon) : NULL, polygon = NULL;
    for (int part = 0; part < shape->part_count; part++) {
        if (!polygon || !is_hole(shape, part)) {
            if (polygon)
                OGR_G_AddGeometryDirectly(all, polygon);
            polygon = OGR_G_CreateGeometry(wkbPolygon);
        }
        OGRGeometryH ring = OGR_G_CreateGeometry(wkbLinearRing);
        add_points(ring, shape, frame, part, true);
        OGR_G_AddGeometryDirectly(polygon, ring);
    }
    if (!many)
        return polygon;
    OGR_G_AddGeometryDirectly(all, polygon);
    return all;
}

OGRGeometryH lf_io_geometry_make(const lf_shape *shape, const lf_frame *frame, bool many) {
    many = many || lf_io_geometry_is_many(shape);
    switch (shape->kind) {
    case LF_POINT:
        return make_points(shape, frame, many);
    case LF_LINE:
        return make_lines(shape, frame, many);
    case LF_POLYGON:
        return make_polygons(shape, frame, many);
    default:
        return NULL;
    }
}

bool lf_io_geometry_rings(OGRGeometryH geometry, lf_io_place_point *place, void *context,
                          lf_geo_rings *rings) {
    OGRwkbGeometryType type = wkbFlatten(OGR_G_GetGeometryType(geometry));
    int parts = OGR_G_GetGeometryCount(geometry);
    if (type == wkbMultiPolygon || type == wkbGeometryCollection) {
        for (int i = 0; i < parts; i++)
            if (!lf_io_geometry_rings(OGR_G_GetGeometryRef(geometry, i), place, context, rings))
                return false;
        return true;
    }
    if (type != wkbPolygon)
        return true;
    for (int i = 0; i < parts; i++) {
        OGRGeometryH ring = OGR_G_GetGeometryRef(geometry, i);
        lf_geo_rings_begin(rings);
        for (int k = 0; k < OGR_G_GetPointCount(ring); k++) {
            lf_vec2 at;
            if (!place(context, OGR_G_GetX(ring, k), OGR_G_GetY(ring, k), &at))
                return false;
            lf_geo_rings_add(rings, at);
        }
    }
    return true;
}

int lf_io_geometry_points(OGRGeometryH line, lf_io_place_point *place, void *context,
                          lf_vec2 *points, double *z_m) {
    int count = OGR_G_GetPointCount(line);
    for (int i = 0; i < count; i++) {
        if (!place(context, OGR_G_GetX(line, i), OGR_G_GetY(line, i), &points[i]))
            return -1;
        if (z_m)
            z_m[i] = OGR_G_GetZ(line, i);
    }
    return count;
}
