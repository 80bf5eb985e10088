// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The stated rules that fill what a source does not say, the same for every importer. A field whose
// assumed bit is set when it comes here is filled; a field that was read is left alone. The rules
// and their sources stand in engine/io/README.md.
#ifndef LF_IO_ASSUME_H
#define LF_IO_ASSUME_H

#include "lifang/io.h"

// How many rows each rule filled, for the assumption sentences.
typedef struct lf_io_assumed {
    int buildings, building_kinds, storeys, heights;
    int roads, widths, speeds;
    int parking, capacities;
} lf_io_assumed;

// The first row of each layer that belongs to this import.
typedef struct lf_io_mark {
    int first[LF_LAYER_COUNT];
} lf_io_mark;
lf_io_mark lf_io_mark_now(const lf_spec *spec);

// Joins the rows added since `mark`: buildings to the smallest compound around their centre, parts
// to their building (parts without one are removed, with a warning), stalls to their parking area.
lf_code lf_io_relate(lf_spec *spec, const lf_io_mark *mark, const char *label, lf_issues *issues,
                     lf_error *error);
// Fills kind, storeys and height of buildings, height of parts, capacity of parking. A building
// with assumed storeys may carry a hint in `storeys` (0 = none).
void lf_io_fill(lf_spec *spec, const lf_io_mark *mark, lf_io_assumed *count);
void lf_io_fill_building(const lf_spec *spec, lf_building *building, lf_io_assumed *count);
// Width and speed of a road before it is split.
void lf_io_fill_road(lf_road *road, lf_io_assumed *count);
// One sentence per rule that filled something, into the spec.
void lf_io_state_assumptions(lf_spec *spec, const lf_io_assumed *count, const char *label);

#endif
