// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// What an estate lacks for each module, what that means, and what a scenario can allow to fill it.
#ifndef LF_TOOLS_GAPS_H
#define LF_TOOLS_GAPS_H

#include "lifang/spec.h"

typedef struct cli_gap {
    const char *module;     // "drain"
    bool blocks;            // without it the module refuses to run
    char what[200];         // "no terrain"
    char fill[240];         // what would be done, or what to do
    const char *synthesise; // "terrain: flat" where the scenario can ask for it, else NULL
} cli_gap;

enum { CLI_GAPS_MAX = 32 };
// Writes up to CLI_GAPS_MAX gaps and returns how many.
int cli_gaps_find(const lf_spec *spec, cli_gap gaps[CLI_GAPS_MAX]);
// True if no gap blocks the module, or if everything that does can be synthesised.
bool cli_gaps_can_run(const cli_gap *gaps, int count, const char *module, bool synthesise);

#endif
