// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Filling structs from nodes by field tables, and collecting every problem on the way: each becomes
// an issue with its place, the first one is also the error.
#ifndef LF_RUN_READER_H
#define LF_RUN_READER_H

#include "lifang/field.h"
#include "run/node.h"

typedef struct lf_run_reader {
    lf_arena *arena;
    const char *folder; // relative file names start here
    lf_issues *issues;  // may be NULL
    lf_error first;     // code LF_OK while all is well
    int problems;
} lf_run_reader;

// Notes one problem at the place of the node's value (or of its key). Returns code.
lf_code lf_run_problem(lf_run_reader *reader, const lf_run_node *node, bool at_key, lf_code code,
                       const char *format, ...) __attribute__((format(printf, 5, 6)));
// Notes an error that something else made; its column counts inside the node's text, 0 = unknown.
lf_code lf_run_problem_error(lf_run_reader *reader, const lf_run_node *node, const lf_error *error);

// Fills a row that already holds its defaults from a map (or from nothing). Unknown keys, wrong
// types and values out of range become problems and leave the default. Keys in `others` (ends with
// NULL; may be NULL) are left to the caller.
void lf_run_fill(lf_run_reader *reader, const lf_run_node *map, const lf_table *table,
                 const char *const *others, void *row);
// The text of a scalar, or NULL after a problem.
const char *lf_run_text(lf_run_reader *reader, const lf_run_node *node);
// Exactly `count` numbers from a list; false after a problem.
bool lf_run_numbers(lf_run_reader *reader, const lf_run_node *node, double *values, int count);

// True for fields that name a file: "file", or a name that ends in "_file".
bool lf_run_is_file_field(const lf_field *field);
// A file name as the scenario gives it -> a path: ${NAME} and ${NAME:-default} are replaced,
// relative names start at reader->folder. Virtual file systems, URLs and data base names are
// refused. NULL after a problem.
const char *lf_run_path(lf_run_reader *reader, const lf_run_node *node, const char *text);
// "'htlm' is no output; did you mean html?", or the list of what is known; names ends with NULL.
void lf_run_problem_word(lf_run_reader *reader, const lf_run_node *node, bool at_key,
                         const char *word, const char *kind, const char *const *names);
// The known word nearest to `word`, or NULL; names ends with NULL.
const char *lf_run_nearest(const char *word, const char *const *names);

#endif
