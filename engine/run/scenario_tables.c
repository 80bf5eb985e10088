// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The settings of the scenario itself; those of modules and measures stand in their own tables.
#include "run/scenario.h"

#define ROW(type_name, key, text, kind, member, ...)                                               \
    { .name = key, .doc = text, .type = kind, .offset = offsetof(type_name, member), __VA_ARGS__ }
#define COUNT(rows) (int)(sizeof rows / sizeof rows[0])

static const lf_field estate_fields[] = {
    ROW(lf_run_estate, "name", "name of the estate, for titles", LF_TEXT, name, 0),
    ROW(lf_run_estate, "crs",
        "projected coordinate system of the twin, such as EPSG:4547; empty = "
        "chosen from the data",
        LF_TEXT, crs, 0),
};
const lf_table lf_run_estate_table = {
    .name = "estate",
    .doc = "where the estate is and what is known of it",
    .fields = estate_fields,
    .count = COUNT(estate_fields),
    .size = sizeof(lf_run_estate),
};

static const char *const backends[] = {"cpu", "gpu", NULL};
static const lf_field run_fields[] = {
    ROW(lf_run_settings, "start", "time of day at which the run starts", LF_CLOCK, start_s,
        .low = 0, .high = 86400, .initial = 0),
    ROW(lf_run_settings, "stop", "length of the run", LF_DURATION, stop_s, .low = 1,
        .high = 31 * 86400.0, .initial = 6 * 3600.0),
    ROW(lf_run_settings, "report_every", "series and frames are written this often", LF_DURATION,
        report_every_s, .low = 1, .high = 86400, .initial = 300),
    ROW(lf_run_settings, "couple_every", "modules exchange depths and closures this often",
        LF_DURATION, couple_every_s, .low = 0.1, .high = 86400, .initial = 60),
    ROW(lf_run_settings, "seed", "of the random numbers; the same seed gives the same bits", LF_INT,
        seed, .low = 0, .high = 2147483647, .initial = 1),
    ROW(lf_run_settings, "threads", "0 = as many as the machine has; results do not depend on it",
        LF_INT, threads, .low = 0, .high = 256, .initial = 0),
    ROW(lf_run_settings, "backend", "where the solvers run", LF_ENUM, backend, .names = backends),
};
const lf_table lf_run_settings_table = {
    .name = "run",
    .doc = "clock, random numbers and machine",
    .fields = run_fields,
    .count = COUNT(run_fields),
    .size = sizeof(lf_run_settings),
};

// as_file, then the names of lf_quality in their order.
static const char *const import_qualities[] = {"as_file", "measured",  "tagged",
                                               "assumed", "synthetic", NULL};
static const lf_field import_fields[] = {
    ROW(lf_run_import, "file",
        "file to read, relative to the scenario; ${NAME} and ${NAME:-default} "
        "are replaced from the environment",
        LF_TEXT, file, 0),
    ROW(lf_run_import, "crs", "coordinate system of the file where it has none or a wrong one",
        LF_TEXT, crs, 0),
    ROW(lf_run_import, "turn_deg", "turn about `at`, clockwise", LF_REAL, turn_deg, .low = -360,
        .high = 360, .initial = 0),
    ROW(lf_run_import, "format", "importer; empty = recognised by content", LF_TEXT, format, 0),
    ROW(lf_run_import, "map", "file that maps attributes; empty = built-in rules", LF_TEXT, map, 0),
    ROW(lf_run_import, "layer",
        "layer that plain geometries go to; of a raster: terrain, roughness, start_depth, "
        "infiltration or rain; empty = by rules",
        LF_TEXT, layer, 0),
    ROW(lf_run_import, "step", "between the bands of a raster of rain that states no times",
        LF_DURATION, step_s, .low = 0, .high = 86400, .initial = 0),
    ROW(lf_run_import, "quality", "how far to trust the file; as_file = as it says or as its kind",
        LF_ENUM, quality, .names = import_qualities),
};
const lf_table lf_run_import_table = {
    .name = "estate.imports[]",
    .doc = "one file to read; besides these keys: at: [east_m, north_m, up_m] of a local origin, "
           "clip: [west, south, east, north] in degrees",
    .fields = import_fields,
    .count = COUNT(import_fields),
    .size = sizeof(lf_run_import),
};

const char *const lf_run_outputs[] = {"json", "junit", "series", "html", "xlsx",
                                      "gpkg", "tif",   "png",    NULL};
const char *const lf_run_syntheses[] = {"terrain", "households", "stalls", "pipes", NULL};
