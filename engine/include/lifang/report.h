// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Results -> files of the result folder. Each writer makes one kind; a folder is complete or
// absent.
#ifndef LIFANG_REPORT_H
#define LIFANG_REPORT_H

#include "lifang/result.h"

#ifdef __cplusplus
extern "C" {
#endif

// File names inside the result folder. A slug keeps the letters and digits of every script, turns
// spaces, '/' and other signs into single '-', lower-cases ASCII and is never empty: "as it is" ->
// "as-it-is", "海绵 + 管网" -> "海绵-管网". Two options whose slugs collide get "-2", "-3" ...
// in their order. Returns out, which holds at most LF_REPORT_SLUG_SIZE bytes.
#define LF_REPORT_SLUG_SIZE 96
const char *lf_report_slug(const char *name, char out[LF_REPORT_SLUG_SIZE]);
const char *lf_report_option_slug(const lf_result *result, int option,
                                  char out[LF_REPORT_SLUG_SIZE]);

// A picture for the report: made by view/, named for its place ("pictures/as-it-is.png"). The
// first picture of the first option and the first of each other option become a before/after pair,
// so they should share camera, moment and scale.
typedef struct lf_report_picture {
    const char *path;     // relative to the result folder; already written there; a PNG
    const char *title;    // English
    const char *title_zh; // NULL = title
    int option;           // index in result->options
} lf_report_picture;

// Writers; the folder exists. Every file is written whole or not at all (base/file.h); a full disk
// is LF_DISK_FULL, a folder that cannot be written LF_IO, both with the path. Two runs of one
// scenario give identical files apart from "seconds" in result.json.
lf_code lf_report_json(const lf_result *result, const char *folder, lf_error *error); // result.json
lf_code lf_report_junit(const lf_result *result, const char *folder, lf_error *error); // junit.xml
// series/<option slug>/<name>.csv by RFC 4180: time_s first, one column per object, NaN = empty
// cell; cashflow.csv has the years instead of times and yuan with two decimals.
lf_code lf_report_series(const lf_result *result, const char *folder, lf_error *error);
// cash.xlsx with live formulas and the engine's results cached in them; nothing is written when no
// option has money.
lf_code lf_report_xlsx(const lf_result *result, const char *folder, lf_error *error);
// layers.gpkg for one option, layers-<option slug>.gpkg for each of several.
lf_code lf_report_gpkg(const lf_result *result, const char *folder, lf_error *error);
// rasters/<option slug>/<name>.tif
lf_code lf_report_tif(const lf_result *result, const char *folder, lf_error *error);
// report.html: one file without any external resource. A picture that cannot be read is an error.
lf_code lf_report_html(const lf_result *result, const lf_report_picture *pictures,
                       int picture_count, const char *folder, lf_error *error);
// The comparison table as text (for the terminal), one row per figure, one column per option; the
// best option of each row is marked, the others show their difference to the first option. Returns
// malloc'd text, NULL without memory.
char *lf_report_table(const lf_result *result, bool colour);

// Compares the figures of two result.json files, options matched by name. Options and figures that
// only one side has, changes of a check's outcome and differences beyond tolerance_ratio (relative
// to the larger magnitude) are listed in a malloc'd text; *same tells whether there were any.
// LF_FORMAT for a file that is no result.json.
lf_code lf_report_compare(const char *left_json, const char *right_json, double tolerance_ratio,
                          char **text, bool *same, lf_error *error);

// The same between the options of one result.json: each against the first.
lf_code lf_report_compare_options(const char *json, double tolerance_ratio, char **text, bool *same,
                                  lf_error *error);

#ifdef __cplusplus
}
#endif
#endif
