// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// What an estate holds, as a table or as JSON: for import, info and new.
#ifndef LF_TOOLS_SUMMARY_H
#define LF_TOOLS_SUMMARY_H

#include "base/json.h"
#include "lifang/twin.h"

// What an estate held at some moment.
typedef struct cli_stock {
    int rows[LF_LAYER_COUNT];
    const float *rasters[LF_RASTER_KIND_COUNT + 1]; // their values; the last is the rain
} cli_stock;
cli_stock cli_stock_of(const lf_spec *spec);

// Rows per layer and quality: what came since `before` (NULL = all).
void cli_summary_print(const lf_spec *spec, const cli_stock *before);
void cli_summary_json(lf_json *json, const lf_spec *spec, const cli_stock *before);

#endif
