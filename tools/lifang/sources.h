// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Reading files named on the command line, for import, info and new.
#ifndef LF_TOOLS_SOURCES_H
#define LF_TOOLS_SOURCES_H

#include "command.h"
#include "lifang/io.h"

#define CLI_SOURCE_OPTIONS                                                                         \
    {"clip", 0, "W,S,E,N", "keep only what lies in this box, in degrees"},                         \
        {"crs", 0, "EPSG:N", "projected coordinate system of the estate; default: by its place"},  \
        {"file-crs", 0, "EPSG:N", "coordinate system of files that state none (drawings, grids)"}, \
    {                                                                                              \
        "map", 0, "FILE", "mapping of attributes; default: built-in rules"                         \
    }

typedef struct cli_source_def {
    const char *crs, *file_crs, *map;
    bool clip;
    double clip_wsen[4];
} cli_source_def;
// false: *exit_code is set, the reason is on stderr.
bool cli_source_read(const cli_args *args, const cli_command *command, cli_source_def *def,
                     int *exit_code);
// Reads a file into a copy that takes the place of *spec only when all went well. A file without a
// CRS is taken to be in def->crs.
lf_code cli_source_import(const cli_source_def *def, const char *path, lf_spec **spec,
                          lf_issues *issues, lf_error *error);

#endif
