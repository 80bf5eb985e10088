// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// What render and view show: a scenario that is run first, or estate files that are shown as they
// are; and the options that both verbs have.
#ifndef LF_TOOLS_STAGE_H
#define LF_TOOLS_STAGE_H

#include "console.h"
#include "lifang/view.h"
#include "sources.h"

#define CLI_STAGE_OPTIONS                                                                          \
    {"option", 0, "NAME", "the option to show; default: the first, or all in the window"},         \
        {"time", 0, "TIME", "moment of the run, e.g. 1h10m; max = most water; default max"},       \
        {"show", 0, "LAYER", "depth, max-depth, occupancy or nothing; default depth"},             \
        {"theme", 0, "NAME", "day or night; default day"},                                         \
        {"size", 0, "WxH", "pixels; default 1600x1000"},                                           \
        {"camera", 0, "AZ,TILT,DIST",                                                              \
         "where the camera looks (degrees from north, degrees down) and how far, 1 = the estate "  \
         "fills the picture; default 30,39,1"},                                                    \
        {"look-at", 0, "X,Y", "point of the estate's box to look at; default 0.5,0.5"},            \
        {"lang", 0, "CODE", "zh or en; default: of the environment"},                              \
        {"xray", 0, NULL, "ground becomes glass, pipes show"},                                     \
        {"water-scale", 0, "N", "vertical exaggeration of water, printed in the picture"},         \
        {"still", 0, NULL, "show the scenario's estate without running it"}, CLI_OPTION_SET,       \
        CLI_OPTION_THREADS, CLI_OPTION_QUIET, CLI_SOURCE_OPTIONS

typedef struct cli_stage {
    const lf_result *result;
    lf_view_def def;
    int option; // in result->options
    // Owned:
    lf_scenario *scenario;
    lf_result *run;
    lf_result alone;
    lf_twin *twin;
    lf_option_result *still;
    lf_option_result *list[1];
    lf_issues *issues;
} cli_stage;

// 0, or an exit code with the reason on stderr. Close in any case.
int cli_stage_open(cli_stage *stage, const cli_args *args, const cli_command *command,
                   const cli_host *host);
void cli_stage_close(cli_stage *stage);

#endif
