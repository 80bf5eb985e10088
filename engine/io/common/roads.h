// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// From road lines that share vertices to rows of roads between road nodes: lines are split where
// they meet, cut at the clip window, and joined to nodes that earlier imports made at the same
// place.
#ifndef LF_IO_ROADS_H
#define LF_IO_ROADS_H

#include "geo/clip.h"
#include "lifang/io.h"

typedef struct lf_io_roads lf_io_roads;
// vertices stay owned by the caller. Two lines meet where they use the same vertex.
lf_io_roads *lf_io_roads_create(const lf_vec2 *vertices, int vertex_count); // NULL without memory
void lf_io_roads_destroy(lf_io_roads *roads);
// One line. `like` gives all attributes, name, source, quality and assumed bits (texts live in the
// spec); its shape, from and to are not used.
void lf_io_roads_add(lf_io_roads *roads, const int *line, int count, const lf_road *like);
// Ends every line that passes this vertex there, e.g. at a gate.
void lf_io_roads_split(lf_io_roads *roads, int vertex);
// Writes the rows. node_source (may be NULL: `label`) names the source of a vertex, as a text of
// the spec. label is the file.
lf_code lf_io_roads_build(lf_io_roads *roads, lf_spec *spec, const lf_geo_clip *clip,
                          const char *label,
                          const char *(*node_source)(void *user, lf_spec *spec, int vertex),
                          void *user, lf_error *error);
// After building: the road node made of a vertex, 0 = none.
lf_id lf_io_roads_node(const lf_io_roads *roads, int vertex);

#endif
