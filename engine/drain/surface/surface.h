// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The 2D surface solver behind its two builds: float for runs, double for tests.
#ifndef LF_DRAIN_SURFACE_H
#define LF_DRAIN_SURFACE_H

#include "base/memory.h"
#include "base/pool.h"
#include "lifang/surface.h"

enum { LF_DRAIN_TILE_COLS = 64, LF_DRAIN_BAND_ROWS = 16 };
#define LF_DRAIN_WALL_M 1.0e6            // ground of walls, above the local datum
#define LF_DRAIN_OPEN_LEAST_RATIO 1.0e-3 // cells that are less open are walls
#define LF_DRAIN_GRAVITY 9.80665         // m/s2, standard gravity

#define LF_REAL float
#define CORE(name) lf_drain_f32_##name
#include "drain/surface/types.inc"
#undef CORE
#undef LF_REAL
#define LF_REAL double
#define CORE(name) lf_drain_f64_##name
#include "drain/surface/types.inc"
#undef CORE
#undef LF_REAL

#endif
