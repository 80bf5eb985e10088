// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Which layer of the twin a layer of a GIS or CAD file is, and which of its columns hold what: by
// the names people use, in English and Chinese, and by a mapping file where that is not enough.
#ifndef LF_IO_OGR_RULES_H
#define LF_IO_OGR_RULES_H

#include "lifang/io.h"

// The mapping file: lines "key = value" (or "key: value"), '#' starts a comment.
//   layer.<name in the file> = <layer of the twin> | ignore
//   <layer of the twin>.<field> = <column> [* factor]
typedef struct lf_io_ogr_map lf_io_ogr_map;
// path NULL gives an empty map. Errors by line, with "did you mean".
lf_code lf_io_ogr_map_read(const char *path, lf_io_ogr_map **map, lf_error *error);
void lf_io_ogr_map_free(lf_io_ogr_map *map);
// The mapping of a source layer: 1 = *layer, -1 = ignore it, 0 = not mentioned.
int lf_io_ogr_map_layer(const lf_io_ogr_map *map, const char *name, lf_layer *layer);
// The column that the map gives for a field, or NULL; *factor is 1 where none is given.
const char *lf_io_ogr_map_field(const lf_io_ogr_map *map, lf_layer layer, const char *field,
                                double *factor);

// The layer that a name such as "JZ_建筑" or "storm_sewers" stands for.
bool lf_io_ogr_guess_layer(const char *name, lf_layer *layer);
// Whether a column of this name holds the field; *factor turns its numbers into ours. Beside the
// table's fields, "name" is asked for as a field.
bool lf_io_ogr_is_column(const char *column, lf_layer layer, const char *field, double *factor);
// The index of an enum value by the words people use; -1 = not known.
int lf_io_ogr_guess_value(lf_layer layer, const lf_field *field, const char *word);
// ASCII letters to lower case, in place.
void lf_io_ogr_lower(char *text);

#endif
