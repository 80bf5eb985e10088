// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The smallest test kit that prints what was expected and what came.
#ifndef LF_TESTS_CHECK_H
#define LF_TESTS_CHECK_H

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int lf_check_failures;
static int lf_check_total;

static inline void lf_check_report(int pass, const char *file, int line, const char *what) {
    lf_check_total++;
    if (!pass) {
        lf_check_failures++;
        printf("%s:%d: failed: %s\n", file, line, what);
    }
}
static inline void lf_check_near_report(double value, double expected, double tolerance,
                                        const char *file, int line, const char *what) {
    int pass = fabs(value - expected) <= tolerance || (isnan(value) && isnan(expected));
    lf_check_total++;
    if (!pass) {
        lf_check_failures++;
        printf("%s:%d: failed: %s = %.17g, expected %.17g within %g\n", file, line, what, value,
               expected, tolerance);
    }
}
static inline void lf_check_text_report(const char *value, const char *expected, const char *file,
                                        int line, const char *what) {
    lf_check_total++;
    if (!value || strcmp(value, expected) != 0) {
        lf_check_failures++;
        printf("%s:%d: failed: %s = \"%s\", expected \"%s\"\n", file, line, what,
               value ? value : "(null)", expected);
    }
}
#define CHECK(condition) lf_check_report((condition) ? 1 : 0, __FILE__, __LINE__, #condition)
#define CHECK_NEAR(value, expected, tolerance)                                                     \
    lf_check_near_report((value), (expected), (tolerance), __FILE__, __LINE__, #value)
#define CHECK_TEXT(value, expected)                                                                \
    lf_check_text_report((value), (expected), __FILE__, __LINE__, #value)

static inline int lf_check_end(void) {
    printf("%d checks, %d failed\n", lf_check_total, lf_check_failures);
    return lf_check_failures ? 1 : 0;
}

#endif
