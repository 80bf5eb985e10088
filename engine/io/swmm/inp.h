// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// A SWMM 5 input file as lines of words: decoding, sections, comments, quotes, line numbers. It
// knows nothing of hydraulics, so that whoever needs another section only walks the lines.
#ifndef LF_IO_SWMM_INP_H
#define LF_IO_SWMM_INP_H

#include "base/memory.h"

// Sections that somebody reads, and those whose names are known but which nobody reads yet.
typedef enum inp_section {
    INP_NONE,
    INP_TITLE,
    INP_OPTIONS,
    INP_JUNCTIONS,
    INP_OUTFALLS,
    INP_DIVIDERS,
    INP_STORAGE,
    INP_CONDUITS,
    INP_PUMPS,
    INP_ORIFICES,
    INP_WEIRS,
    INP_OUTLETS,
    INP_XSECTIONS,
    INP_TRANSECTS,
    INP_CURVES,
    INP_STREETS,
    INP_INLETS,
    INP_INLET_USAGE,
    INP_SUBCATCHMENTS,
    INP_COORDINATES,
    INP_VERTICES,
    INP_POLYGONS,
    INP_TAGS,
    INP_MAP,
    INP_OTHER,   // a section of SWMM that lifang does not use
    INP_UNKNOWN, // not a section of SWMM
    INP_SECTION_COUNT
} inp_section;

typedef struct inp_line {
    int line;    // number in the file, from 1
    int section; // inp_section
    int word;    // first of its words in inp_file.words
    int words;
} inp_line;

// Texts belong to the file; section names of INP_OTHER and INP_UNKNOWN are lines with one word that
// begins with '[' and are followed by their content.
typedef struct inp_file {
    char *text;
    inp_line *lines;
    size_t line_count, line_capacity;
    char **words;
    size_t word_count, word_capacity;
    bool decoded; // the file was no UTF-8 and was read as GB 18030
} inp_file;

lf_code lf_io_swmm_inp_read(const char *path, const char *label, inp_file *file, lf_error *error);
void lf_io_swmm_inp_free(inp_file *file);

// Names of SWMM do not regard case. A table from name to index, kept in insertion order.
typedef struct inp_names {
    const char **names;
    size_t count, capacity;
    int *slots; // hash table of index + 1
    size_t slot_count;
} inp_names;
// The index of the name, or -1.
int lf_io_swmm_names_find(const inp_names *names, const char *name);
// Adds a name that is not there; the new index, or -1 without memory. name must outlive the table.
int lf_io_swmm_names_add(inp_names *names, const char *name);
void lf_io_swmm_names_free(inp_names *names);

bool lf_io_swmm_word_is(const char *word, const char *expected); // without regard to case

#endif
