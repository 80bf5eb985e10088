// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// A LISFLOOD model of 6 x 8 cells that has every part that is read.
#ifndef LF_TESTS_IO_LISFLOOD_SMALL_H
#define LF_TESTS_IO_LISFLOOD_SMALL_H

#include "fixture.h"

// Ground 0.5 m everywhere but for the northern row (4 m) and one cell without data.
#define SMALL_CELLS                                                                                \
    "4 4 4 4 4 4\n.5 .5 .5 .5 .5 .5\n.5 .5 .5 .5 .5 .5\n.5 .5 .5 .5 .5 .5\n"                       \
    ".5 .5 .5 -9999 .5 .5\n.5 .5 .5 .5 .5 .5\n.5 .5 .5 .5 .5 .5\n.5 .5 .5 .5 .5 .5\n"
#define SMALL_HEAD(x, y)                                                                           \
    "ncols 6\nnrows\t8\nxllcorner " x "\nyllcorner " y "\ncellsize 5\nNODATA_value -9999\n"
#define SMALL_ROWS(v) v " " v " " v " " v " " v " " v "\n" v " " v " " v " " v " " v " " v "\n"
#define SMALL_EVEN(v) SMALL_ROWS(v) SMALL_ROWS(v) SMALL_ROWS(v) SMALL_ROWS(v)
static const char *const small_dem_far = SMALL_HEAD("400000", "300000") SMALL_CELLS;

// Writes the model to the folder small; the file called `name` gets `content` instead of its own.
static inline void write_small(const char *name, const char *content) {
    static const char *const files[][2] = {
        {"small.par", "# a model\nDEMfile small.dem\nmanningfile n.asc\nstartfile level.asc\n"
                      "startelev\nbcifile small.bci\nbdyfile small.bdy\nstagefile small.stage\n"
                      "rainfall small.rain\nsim_time 3600\nsaveint 600\nmassint 60\ntheta 0.8\n"
                      "cfl 0.5\ninfiltration 1e-6\nacceleration\nresroot res\n"},
        {"small.dem", SMALL_HEAD("1000", "2000") SMALL_CELLS},
        {"n.asc", SMALL_HEAD("1000", "2000") SMALL_EVEN("0.03")},
        {"level.asc", SMALL_HEAD("1000", "2000") SMALL_EVEN("2")},
        {"small.bci", "# sides\n\nW 2010 2020 QVAR q\nE 2000 2040 FREE\nS 1000 1030 HVAR h\n"
                      "P 1012 2012 QFIX 0.5\nP 1017\t2022 QVAR q\nP 1022 2022 QVAR q\n"
                      "N 1000 1030 HFIX 2.5\n"},
        {"small.bdy", "two series\nq\n3 minutes\n0 0\n2 1\n0 2\nh\n2 hours\n3 0\n4 1\n"},
        {"small.stage", "3\n1012.5 2012.5\n1 1\n1022 2037\n"},
        {"small.rain", "#rain\n2 seconds\n10 0\n40 600\n"},
    };
    CHECK(lf_file_make_folder("small", NULL) == LF_OK);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        char path[100];
        snprintf(path, sizeof path, "small/%s", files[i][0]);
        write_text(path, name && strcmp(name, files[i][0]) == 0 ? content : files[i][1]);
    }
}

#endif
