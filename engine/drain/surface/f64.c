// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The surface solver in double: the same source, so that tests can tell rounding from mistakes.
#include "drain/surface/surface.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define LF_REAL double
#define LF_REAL_BITS int64_t
#define LF_REAL_IS_DOUBLE
#define CORE(name) lf_drain_f64_##name
#define lf_k_real(x) ((double)(x))
#define lf_k_sqrt sqrt
#define lf_k_abs fabs
#include "drain/surface/core.inc"
