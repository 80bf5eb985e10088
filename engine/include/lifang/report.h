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

// A picture for the report: made by view/, named for its place ("pictures/as-it-is.png").
typedef struct lf_report_picture {
    const char *path; // relative to the result folder; already written there
    const char *title;
    int option; // index in result->options
} lf_report_picture;

// Writers; folder exists. Two runs of one scenario give identical files apart from "seconds".
lf_code lf_report_json(const lf_result *result, const char *folder, lf_error *error); // result.json
lf_code lf_report_junit(const lf_result *result, const char *folder, lf_error *error); // junit.xml
lf_code lf_report_series(const lf_result *result, const char *folder,
                         lf_error *error); // series/*.csv
lf_code lf_report_xlsx(const lf_result *result, const char *folder, lf_error *error); // cash.xlsx
lf_code lf_report_gpkg(const lf_result *result, const char *folder,
                       lf_error *error); // layers*.gpkg
lf_code lf_report_tif(const lf_result *result, const char *folder,
                      lf_error *error); // rasters/*.tif
lf_code lf_report_html(const lf_result *result, const lf_report_picture *pictures,
                       int picture_count, const char *folder, lf_error *error); // report.html
// The comparison table as text (for the terminal), one row per figure, one column per option.
// Returns malloc'd text.
char *lf_report_table(const lf_result *result, bool colour);

// Compares the figures of two result.json files; differences beyond tolerance_ratio are printed
// into a malloc'd text. *same tells.
lf_code lf_report_compare(const char *left_json, const char *right_json, double tolerance_ratio,
                          char **text, bool *same, lf_error *error);

#ifdef __cplusplus
}
#endif
#endif
