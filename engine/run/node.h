// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// A scenario file as a tree: scalars, maps and lists, each with the line and column where it
// stands. Nodes and texts live in an arena. Anything that YAML can do beyond that (anchors, tags,
// several documents) is refused with a sentence.
#ifndef LF_RUN_NODE_H
#define LF_RUN_NODE_H

#include "base/memory.h"

typedef enum lf_run_kind { LF_RUN_SCALAR, LF_RUN_MAP, LF_RUN_LIST } lf_run_kind;

typedef struct lf_run_node lf_run_node;
struct lf_run_node {
    lf_run_kind kind;
    bool quoted;      // of scalars: '...', "..." or a block
    int line, column; // of the value, from 1
    const char *file; // the scenario, or "--set KEY=VALUE"
    const char *text; // of scalars
    const char *key;  // in a map, else NULL
    int key_line, key_column;
    int index; // in its parent, from 0
    int count; // children
    lf_run_node *parent, *first, *last, *next;
};

// Limits that keep a hostile file from eating the machine.
enum {
    LF_RUN_LIMIT_BYTES = 4 << 20,
    LF_RUN_LIMIT_NODES = 200000,
    LF_RUN_LIMIT_DEPTH = 32,
    LF_RUN_LIMIT_TEXT = 1 << 16
};

// Parses YAML 1.1 as libyaml reads it, which takes JSON too. file is copied and is the name in
// errors; bytes need not end with NUL. An empty document is LF_EMPTY.
lf_code lf_run_node_parse(lf_arena *arena, const char *file, const char *bytes, size_t count,
                          lf_run_node **root, lf_error *error);
// The child with that key, or NULL.
lf_run_node *lf_run_node_find(const lf_run_node *map, const char *key);
// True for an empty value, null or ~ (not quoted).
bool lf_run_node_is_null(const lf_run_node *node);
// "options[1].measures[0].rain_garden": where the node is in the document. Returns text.
const char *lf_run_node_path(const lf_run_node *node, char *text, size_t size);
// "text", "a list", "a map" or "nothing", for messages.
const char *lf_run_node_what(const lf_run_node *node);
// Adds or replaces the value at "modules.drain.storm.period_years" or "options[1].name" by the YAML
// text behind '='; missing maps on the way are made, lists grow by one item at most.
lf_code lf_run_node_override(lf_arena *arena, lf_run_node *root, const char *override,
                             lf_error *error);

#endif
