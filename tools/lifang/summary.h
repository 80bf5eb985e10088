// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// What an estate holds, as a table or as JSON: for import, info and new.
#ifndef LF_TOOLS_SUMMARY_H
#define LF_TOOLS_SUMMARY_H

#include "base/json.h"
#include "lifang/twin.h"

// Rows per layer and quality, from row `from[layer]` on (NULL = all).
void cli_summary_print(const lf_spec *spec, const int *from);
void cli_summary_json(lf_json *json, const lf_spec *spec, const int *from);
void cli_summary_counts(const lf_spec *spec, int counts[LF_LAYER_COUNT]);

#endif
