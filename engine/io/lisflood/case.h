// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// A LISFLOOD-FP model as its files state it: the .par file and the text files that it names. Names
// and units are LISFLOOD's until lisflood.c makes rows of them.
#ifndef LF_IO_LISFLOOD_CASE_H
#define LF_IO_LISFLOOD_CASE_H

#include "base/memory.h"
#include "lifang/io.h"

// A file name with the line of the .par that gives it. path "" = not given.
typedef struct lis_file {
    const char *path;  // resolved
    const char *label; // for messages, as the .par's label and the name say
    int line;
} lis_file;

typedef enum lis_scheme { LIS_NOT_GIVEN, LIS_INERTIAL, LIS_SWE } lis_scheme;

typedef struct lis_case {
    lf_arena *arena;
    lf_issues *issues; // may be NULL
    const char *label;
    const char *folder;       // of the .par, in which the other names start
    const char *label_folder; // the same for messages, with a trailing '/' or ""
    lis_file par, dem, manning, start, bci, bdy, stage, rain;
    bool start_is_level;
    int scheme, order; // lis_scheme; order of swe
    // NaN = not given.
    double manning_s_m13, sim_time_s, save_every_s, mass_every_s, theta_ratio, courant_ratio, dry_m,
        infiltration_m_s, step_s;
    lf_error first; // the first error; code LF_OK while all is well
} lis_case;

// Fills the case from the .par file; the other files are not looked at. Errors and warnings go to
// issues; the first error is the result. lf_io_lisflood_free in any case.
lf_code lf_io_lisflood_par(const lf_import_def *def, lis_case *c, lf_issues *issues,
                           lf_error *error);
void lf_io_lisflood_free(lis_case *c);

// Notes an issue; an error also becomes c->first where it is the first.
void lf_io_lisflood_issue(lis_case *c, lf_severity severity, lf_code code, const char *file,
                          int line, const char *feature, const char *mend, const char *format, ...)
    __attribute__((format(printf, 8, 9)));

// A text file as lines of words. '#' begins a comment; empty lines are left out.
enum { LIS_WORDS_MAX = 16 };
typedef struct lis_line {
    int number; // in the file, from 1
    int count;  // words kept; further ones are ignored
    char *words[LIS_WORDS_MAX];
} lis_line;
typedef struct lis_text {
    int count;
    lis_line *lines;
} lis_text;
// False after an issue: missing, too large, no memory.
bool lf_io_lisflood_text(lis_case *c, const lis_file *file, lis_text *text);
// A number at a word of a line; false after an issue that names `what`.
bool lf_io_lisflood_number(lis_case *c, const lis_file *file, const lis_line *line, int word,
                           const char *what, double *value);
bool lf_io_lisflood_is(const char *word, const char *expected); // without regard to case

// A series of a .bdy or .rain file in seconds.
typedef struct lis_series {
    const char *name; // "" for rain
    int line, count;
    double *time_s, *values;
} lis_series;
typedef struct lis_series_list {
    int count;
    lis_series *items;
} lis_series_list;
bool lf_io_lisflood_boundaries(lis_case *c, lis_series_list *list);
bool lf_io_lisflood_rain(lis_case *c, lis_series *rain);

// One line of the .bci file.
typedef enum lis_kind {
    LIS_CLOSED,
    LIS_FREE,
    LIS_QFIX,
    LIS_QVAR,
    LIS_HFIX,
    LIS_HVAR,
    LIS_KIND_COUNT
} lis_kind;
typedef struct lis_boundary {
    char where;  // 'N', 'E', 'S', 'W' or 'P'
    double a, b; // from, to along a side; x, y of a point
    int kind;    // lis_kind
    double value;
    const char *series;
    int line;
} lis_boundary;
typedef struct lis_boundary_list {
    int count;
    lis_boundary *items;
} lis_boundary_list;
bool lf_io_lisflood_bci(lis_case *c, lis_boundary_list *list);

typedef struct lis_stage {
    double x, y;
    int line;
} lis_stage;
typedef struct lis_stage_list {
    int count;
    lis_stage *items;
} lis_stage_list;
bool lf_io_lisflood_stages(lis_case *c, lis_stage_list *list);

// The name of the rain sensor that the importer makes and the scenario asks for.
#define LIS_RAIN_NAME "rain"
// The scenario of lf_importer: one line of JSON, from malloc.
lf_code lf_io_lisflood_scenario(const char *path, char **text, lf_issues *issues, lf_error *error);

#endif
