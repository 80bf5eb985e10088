// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// A small estate with two options whose results follow from stated formulas: a basin that fills, a
// day of parking, a cash flow. Names hold what files dislike: Chinese, quotes, commas, <script>.
#ifndef LF_TESTS_REPORT_FIXTURE_H
#define LF_TESTS_REPORT_FIXTURE_H

#include "lifang/report.h"

#define FIXTURE_EVIL "<script>alert('x')</script> & \"co\", Ltd"

typedef struct fixture {
    lf_result result;
    lf_twin *twins[3];
    lf_option_result *options[3];
    lf_input_file inputs[2];
    lf_check_result checks[3];
    char folder[512]; // an empty folder of this test alone
} fixture;

// option_count 1 .. 3: "as it is", "海绵 + 管网", "全部 / C+EPC+O". NULL folder name = no folder.
void fixture_create(fixture *f, int option_count, const char *folder_name);
void fixture_destroy(fixture *f);
// Reads folder/name; the caller frees. NULL if it is not there.
char *fixture_read(const fixture *f, const char *name, size_t *count);
// Runs a shell command with the folder as "$1"; returns its exit status.
int fixture_shell(const fixture *f, const char *command);
bool fixture_has(const char *program);

#endif
