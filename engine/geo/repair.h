// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Polygons under construction, and their repair (GEOS has its home here).
#ifndef LF_GEO_REPAIR_H
#define LF_GEO_REPAIR_H

#include "lifang/spec.h"

// Rings being collected: ring i is points[start[i]] .. points[start[i + 1] - 1], open (the first
// point is not repeated), an outer ring followed by its holes. Zeroed is empty.
typedef struct lf_geo_rings {
    lf_vec2 *points;
    size_t point_count, point_capacity;
    int *start;
    size_t ring_count, start_capacity;
    bool failed; // memory ran out
} lf_geo_rings;
void lf_geo_rings_free(lf_geo_rings *rings);
void lf_geo_rings_clear(lf_geo_rings *rings);
// Opens a new ring; points added afterwards belong to it.
void lf_geo_rings_begin(lf_geo_rings *rings);
void lf_geo_rings_add(lf_geo_rings *rings, lf_vec2 point);
int lf_geo_rings_length(const lf_geo_rings *rings, size_t ring);
const lf_vec2 *lf_geo_rings_at(const lf_geo_rings *rings, size_t ring);
// A borrowed view as a shape, valid until the rings change.
lf_shape lf_geo_rings_shape(const lf_geo_rings *rings);

// Removes repeated points and closing points, rings of fewer than 3 points, and puts outer rings
// counter-clockwise and holes clockwise by nesting: a ring inside an odd number of others is a
// hole.
void lf_geo_rings_tidy(lf_geo_rings *rings);
// Makes a self-crossing polygon valid (GEOS MakeValid, linework method; lines and points are
// dropped). False if nothing with an area is left or memory ran out.
bool lf_geo_rings_repair(lf_geo_rings *rings);
// GEOS's opinion; *reason holds up to size bytes of why not.
bool lf_geo_rings_valid(const lf_geo_rings *rings, char *reason, size_t size);

#endif
