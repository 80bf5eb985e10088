// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The surface solver in float: half the memory traffic, hence what runs use.
#include "drain/surface/surface.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define LF_REAL float
#define LF_REAL_BITS int32_t
#define CORE(name) lf_drain_f32_##name
#define lf_k_real(x) ((float)(x))
#define lf_k_sqrt sqrtf
#define lf_k_abs fabsf
#include "drain/surface/core.inc"
