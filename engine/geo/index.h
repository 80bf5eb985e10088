// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// A uniform-grid spatial index over boxes: built once, read by any number of threads.
#ifndef LF_GEO_INDEX_H
#define LF_GEO_INDEX_H

#include "lifang/base.h"

typedef struct lf_geo_index lf_geo_index;
// boxes: count x (x0, y0, x1, y1). NULL without memory.
lf_geo_index *lf_geo_index_create(const double *boxes, int count);
void lf_geo_index_destroy(lf_geo_index *index);
// Calls visit once for every item whose box meets the query box, in ascending order of item; stops
// when visit returns false.
void lf_geo_index_query(const lf_geo_index *index, const double box[4],
                        bool (*visit)(void *context, int item), void *context);
// The item nearest to (x, y) by distance(context, item), which must be >= the distance to the
// item's box; ties go to the lower item. -1 if there are none. *distance_m may be NULL.
int lf_geo_index_nearest(const lf_geo_index *index, double x, double y,
                         double (*distance)(void *context, int item), void *context,
                         double *distance_m);

#endif
