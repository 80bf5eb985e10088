// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Polygons with holes to triangles by ear clipping: O(n^2), for drawing and solid volumes.
#ifndef LF_GEO_TRIANGULATE_H
#define LF_GEO_TRIANGULATE_H

#include "lifang/spec.h"

// Triangles of all outer rings of a polygon shape, holes cut out. *triangles is malloc'd: 3 indices
// into shape->points per triangle, counter-clockwise; the caller frees it. Rings with fewer than
// three different points give nothing; a self-crossing ring gives a covering that is not exact.
// LF_MEMORY is the only failure.
lf_code lf_geo_triangulate(const lf_shape *shape, int **triangles, int *triangle_count);

#endif
