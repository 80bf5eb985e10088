// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Looking around in the tree, and --set overrides.
#include "run/node.h"
#include "base/text.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

lf_run_node *lf_run_node_find(const lf_run_node *map, const char *key) {
    for (lf_run_node *at = map && map->kind == LF_RUN_MAP ? map->first : NULL; at; at = at->next) {
        if (strcmp(at->key, key) == 0) {
            return at;
        }
    }
    return NULL;
}

bool lf_run_node_is_null(const lf_run_node *node) {
    return node->kind == LF_RUN_SCALAR && !node->quoted &&
           (!*node->text || strcmp(node->text, "~") == 0 || strcmp(node->text, "null") == 0);
}

const char *lf_run_node_what(const lf_run_node *node) {
    if (lf_run_node_is_null(node)) {
        return "nothing";
    }
    return node->kind == LF_RUN_MAP ? "a map" : node->kind == LF_RUN_LIST ? "a list" : "text";
}

const char *lf_run_node_path(const lf_run_node *node, char *text, size_t size) {
    text[0] = 0;
    if (node->parent) {
        lf_run_node_path(node->parent, text, size);
        size_t length = strlen(text);
        if (node->key) {
            snprintf(text + length, size - length, "%s%s", length ? "." : "", node->key);
        } else {
            snprintf(text + length, size - length, "[%d]", node->index);
        }
    }
    return text;
}

// One step of an override's path: a key, or the number in brackets.
typedef struct step {
    const char *key;
    size_t key_length; // 0 = an index
    int index;
} step;

// Returns what follows the step, or NULL if there is no step to read.
static const char *read_step(const char *at, bool first, step *out) {
    *out = (step){0};
    if (*at == '[') {
        char *end;
        long index = strtol(at + 1, &end, 10);
        if (end == at + 1 || *end != ']' || index < 0 || index > 100000 || first) {
            return NULL;
        }
        out->index = (int)index;
        return end + 1;
    }
    if (*at == '.' && !first) {
        at++;
    } else if (!first) {
        return NULL;
    }
    out->key = at;
    out->key_length = strcspn(at, ".[=");
    return out->key_length ? at + out->key_length : NULL;
}

static lf_run_node *add_child(lf_arena *arena, lf_run_node *parent, const step *at,
                              const char *file) {
    lf_run_node *child = lf_arena_take(arena, sizeof *child);
    const char *key = at->key_length ? lf_arena_textn(arena, at->key, at->key_length) : NULL;
    if (!child || (at->key_length && !key)) {
        return NULL;
    }
    *child = (lf_run_node){.kind = LF_RUN_SCALAR, .text = "", .key = key, .index = parent->count++};
    child->file = file;
    child->parent = parent;
    if (parent->last) {
        parent->last->next = child;
    } else {
        parent->first = child;
    }
    parent->last = child;
    return child;
}

// The child that the step names; made where the step may make it. NULL: see error.
static lf_run_node *enter(lf_arena *arena, lf_run_node *parent, const step *at, const char *file,
                          lf_error *error) {
    lf_run_kind needed = at->key_length ? LF_RUN_MAP : LF_RUN_LIST;
    if (lf_run_node_is_null(parent)) {
        parent->kind = needed;
    }
    char path[160];
    if (parent->kind != needed) {
        lf_fail(error, LF_TYPE, LF_FROM_CALL, "'%s' holds %s, not %s",
                lf_run_node_path(parent, path, sizeof path), lf_run_node_what(parent),
                needed == LF_RUN_MAP ? "a map" : "a list");
        return NULL;
    }
    for (lf_run_node *child = parent->first; child; child = child->next) {
        if (at->key_length ? strlen(child->key) == at->key_length &&
                                 strncmp(child->key, at->key, at->key_length) == 0
                           : child->index == at->index) {
            return child;
        }
    }
    if (!at->key_length && at->index != parent->count) {
        lf_fail(error, LF_RANGE, LF_FROM_CALL, "'%s' has %d items, so there is no item [%d]",
                lf_run_node_path(parent, path, sizeof path), parent->count, at->index);
        return NULL;
    }
    lf_run_node *child = add_child(arena, parent, at, file);
    if (!child) {
        lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for the scenario");
    }
    return child;
}

// Puts the content of `value` in the place of `target`, which keeps its key and its parent.
static void replace(lf_run_node *target, const lf_run_node *value) {
    target->kind = value->kind;
    target->quoted = value->quoted;
    target->line = target->key_line = value->line;
    target->column = target->key_column = value->column;
    target->file = value->file;
    target->text = value->text;
    target->count = value->count;
    target->first = value->first;
    target->last = value->last;
    for (lf_run_node *child = target->first; child; child = child->next) {
        child->parent = target;
    }
}

static int depth_of(const lf_run_node *node) {
    int depth = 0;
    for (; node->parent; node = node->parent) {
        depth++;
    }
    return depth;
}

lf_code lf_run_node_override(lf_arena *arena, lf_run_node *root, const char *override,
                             lf_error *error) {
    char name[200];
    snprintf(name, sizeof name, "--set %s", override);
    const char *file = lf_arena_text(arena, name);
    const char *at = override;
    lf_run_node *node = root;
    for (bool first = true; file && node && *at != '='; first = false) {
        step next;
        at = read_step(at, first, &next);
        if (!at || depth_of(node) > LF_RUN_LIMIT_DEPTH) {
            lf_fail(error, LF_SYNTAX, LF_FROM_CALL,
                    "write key.path=value, such as modules.drain.storm.period_years=50 or "
                    "options[1].name=sponge");
            lf_error_place(error, name, 0, 0, NULL);
            return LF_SYNTAX;
        }
        node = enter(arena, node, &next, file, error);
    }
    if (!file) {
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for the scenario");
    }
    if (!node || node == root) {
        if (node) {
            lf_fail(error, LF_SYNTAX, LF_FROM_CALL, "the key before '=' is missing");
        }
        lf_error_place(error, name, 0, 0, NULL);
        return error ? error->code : LF_INVALID;
    }
    lf_run_node *value = NULL;
    lf_code code = lf_run_node_parse(arena, name, at + 1, strlen(at + 1), &value, error);
    if (code == LF_EMPTY) {
        value = lf_arena_take(arena, sizeof *value);
        if (!value) {
            return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for the scenario");
        }
        *value = (lf_run_node){.kind = LF_RUN_SCALAR, .text = "", .file = file};
    } else if (code != LF_OK) {
        return code;
    }
    replace(node, value);
    return LF_OK;
}
