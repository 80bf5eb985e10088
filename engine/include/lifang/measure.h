// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// A retrofit measure: parameters, a change of the spec, and the quantities that cost money.
#ifndef LIFANG_MEASURE_H
#define LIFANG_MEASURE_H

#include "lifang/spec.h"

#ifdef __cplusplus
extern "C" {
#endif

// One measure: a file in engine/retro/measures and a line in engine/measures.def. Its params struct
// begins with `const char *where` (field "where", LF_TEXT) if it selects features of `layer`.
typedef struct lf_measure {
    const char *name; // "rain_garden"
    const char *doc;
    const char *name_zh;
    lf_layer layer;
    const lf_table *params;
    const char *const *price_keys; // rows of assets/prices it uses; ends with NULL
    // Changes the spec in place and records its quantities with lf_spec_add_work. A measure that
    // selects nothing adds a warning and changes nothing.
    lf_code (*apply)(const void *params, lf_spec *spec, lf_issues *issues, lf_error *error);
} lf_measure;

const lf_measure *lf_measure_at(int index); // NULL after the last
const lf_measure *lf_measure_find(const char *name);

#ifdef __cplusplus
}
#endif
#endif
