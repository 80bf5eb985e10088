// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// What can be invented when a scenario asks for it: one row per (what, how), one file each.
#ifndef LF_IO_SYNTH_H
#define LF_IO_SYNTH_H

#include "lifang/io.h"

typedef struct lf_io_synth_call {
    lf_spec *spec;
    uint64_t seed;
    lf_issues *issues;
    lf_error *error;
} lf_io_synth_call;

lf_code lf_io_synth_terrain_plane(const lf_io_synth_call *call);
lf_code lf_io_synth_terrain_gentle(const lf_io_synth_call *call);
lf_code lf_io_synth_pipes(const lf_io_synth_call *call);
lf_code lf_io_synth_stalls(const lf_io_synth_call *call);
lf_code lf_io_synth_households(const lf_io_synth_call *call);

// Bilinear height of the terrain; NaN outside it.
double lf_io_synth_ground_m(const lf_raster *terrain, lf_vec2 at);
// Box around all rows that have a shape; false if there are none.
bool lf_io_synth_bounds(const lf_spec *spec, double box[4]);
lf_code lf_io_synth_no_memory(lf_error *error);

#endif
