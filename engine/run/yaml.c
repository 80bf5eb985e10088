// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// YAML text -> tree of nodes by libyaml's events, so that every node knows its line and column and
// hostile documents (nesting, aliases that multiply, huge scalars) stop at fixed limits.
#include "base/text.h"
#include "run/node.h"
#include <stdio.h>
#include <string.h>
#include <yaml.h>

typedef struct builder {
    lf_arena *arena;
    const char *file;
    lf_run_node *root;
    lf_run_node *open[LF_RUN_LIMIT_DEPTH + 1]; // containers from the root down
    int depth;
    int node_count;
    bool has_key; // a key of the innermost map waits for its value
    const char *key;
    int key_line, key_column;
    int documents;
    lf_error *error;
} builder;

static lf_code fail_at(builder *build, const yaml_mark_t *mark, lf_code code, const char *message) {
    lf_fail(build->error, code, code == LF_MEMORY ? LF_FROM_RUN : LF_FROM_SCENARIO, "%s", message);
    lf_error_place(build->error, build->file, (int)mark->line + 1, (int)mark->column + 1, NULL);
    return code;
}

static lf_code no_memory(builder *build, const yaml_mark_t *mark) {
    return fail_at(build, mark, LF_MEMORY, "no memory for the scenario");
}

// The key under which a repeated key was first given, or NULL.
static const lf_run_node *earlier(const builder *build, const char *key) {
    return build->depth ? lf_run_node_find(build->open[build->depth - 1], key) : NULL;
}

static lf_code take_key(builder *build, const yaml_event_t *event) {
    const yaml_mark_t *mark = &event->start_mark;
    if (event->type != YAML_SCALAR_EVENT) {
        return fail_at(build, mark, LF_SYNTAX, "a key must be a plain name");
    }
    const char *text = (const char *)event->data.scalar.value;
    size_t length = event->data.scalar.length;
    if (strlen(text) != length || length == 0 || length > 200) {
        return fail_at(build, mark, LF_SYNTAX, "a key must have 1 to 200 characters");
    }
    if (strcmp(text, "<<") == 0) {
        return fail_at(build, mark, LF_SYNTAX,
                       "merge keys (<<) are not supported; write the keys out");
    }
    const lf_run_node *first = earlier(build, text);
    if (first) {
        char message[300], path[160];
        snprintf(message, sizeof message, "the key is given twice; the first is on line %d",
                 first->key_line);
        lf_run_node_path(first, path, sizeof path);
        fail_at(build, mark, LF_DUPLICATE, message);
        lf_error_place(build->error, NULL, 0, 0, path);
        return LF_DUPLICATE;
    }
    build->key = lf_arena_text(build->arena, text);
    build->key_line = (int)mark->line + 1;
    build->key_column = (int)mark->column + 1;
    build->has_key = true;
    return build->key ? LF_OK : no_memory(build, mark);
}

static void hang(builder *build, lf_run_node *node) {
    if (!build->depth) {
        build->root = node;
        return;
    }
    lf_run_node *parent = build->open[build->depth - 1];
    node->parent = parent;
    node->index = parent->count++;
    if (build->has_key) {
        node->key = build->key;
        node->key_line = build->key_line;
        node->key_column = build->key_column;
        build->has_key = false;
    }
    if (parent->last) {
        parent->last->next = node;
    } else {
        parent->first = node;
    }
    parent->last = node;
}

static lf_code take_value(builder *build, const yaml_event_t *event, lf_run_kind kind) {
    const yaml_mark_t *mark = &event->start_mark;
    if (++build->node_count > LF_RUN_LIMIT_NODES) {
        return fail_at(build, mark, LF_RANGE, "the document has too many values");
    }
    lf_run_node *node = lf_arena_take(build->arena, sizeof *node);
    if (!node) {
        return no_memory(build, mark);
    }
    *node = (lf_run_node){.kind = kind, .file = build->file, .text = ""};
    node->line = (int)mark->line + 1;
    node->column = (int)mark->column + 1;
    if (kind == LF_RUN_SCALAR) {
        size_t length = event->data.scalar.length;
        if (length > LF_RUN_LIMIT_TEXT) {
            return fail_at(build, mark, LF_RANGE, "a text is longer than 65536 bytes");
        }
        if (memchr(event->data.scalar.value, 0, length)) {
            return fail_at(build, mark, LF_SYNTAX, "a text holds a NUL character");
        }
        node->text = lf_arena_textn(build->arena, (const char *)event->data.scalar.value, length);
        node->quoted = event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
        if (!node->text) {
            return no_memory(build, mark);
        }
    }
    hang(build, node);
    if (kind != LF_RUN_SCALAR) {
        if (build->depth >= LF_RUN_LIMIT_DEPTH) {
            return fail_at(build, mark, LF_RANGE, "the document is nested deeper than 32 levels");
        }
        build->open[build->depth++] = node;
    }
    return LF_OK;
}

static bool has_extras(const yaml_event_t *event) {
    switch (event->type) {
    case YAML_SCALAR_EVENT:
        return event->data.scalar.anchor || event->data.scalar.tag;
    case YAML_SEQUENCE_START_EVENT:
        return event->data.sequence_start.anchor || event->data.sequence_start.tag;
    case YAML_MAPPING_START_EVENT:
        return event->data.mapping_start.anchor || event->data.mapping_start.tag;
    default:
        return false;
    }
}

static lf_code take_event(builder *build, const yaml_event_t *event) {
    const yaml_mark_t *mark = &event->start_mark;
    if (event->type == YAML_ALIAS_EVENT || has_extras(event)) {
        return fail_at(
            build, mark, LF_SYNTAX,
            "anchors (&), aliases (*) and tags (!) are not supported; write the value out, "
            "or put the text in quotes");
    }
    if (event->type == YAML_DOCUMENT_START_EVENT && ++build->documents > 1) {
        return fail_at(build, mark, LF_SYNTAX,
                       "a second document starts here; a file holds one scenario");
    }
    bool closes = event->type == YAML_MAPPING_END_EVENT || event->type == YAML_SEQUENCE_END_EVENT;
    if (closes) {
        build->depth--;
        build->has_key = false;
        return LF_OK;
    }
    bool opens =
        event->type == YAML_MAPPING_START_EVENT || event->type == YAML_SEQUENCE_START_EVENT;
    if (event->type != YAML_SCALAR_EVENT && !opens) {
        return LF_OK;
    }
    bool in_map = build->depth && build->open[build->depth - 1]->kind == LF_RUN_MAP;
    if (in_map && !build->has_key) {
        return take_key(build, event);
    }
    return take_value(build, event,
                      event->type == YAML_SCALAR_EVENT          ? LF_RUN_SCALAR
                      : event->type == YAML_MAPPING_START_EVENT ? LF_RUN_MAP
                                                                : LF_RUN_LIST);
}

static void count_lines(const char *bytes, size_t offset, yaml_mark_t *mark) {
    memset(mark, 0, sizeof *mark);
    for (size_t i = 0; i < offset; i++) {
        if (bytes[i] == '\n') {
            mark->line++;
            mark->column = 0;
        } else if (((unsigned char)bytes[i] & 0xc0) != 0x80) {
            mark->column++;
        }
    }
}

// libyaml says what it met; people need what to do.
static lf_code parser_failed(builder *build, const yaml_parser_t *parser, const char *bytes,
                             size_t count) {
    yaml_mark_t mark = parser->problem_mark;
    char message[300];
    if (parser->error == YAML_MEMORY_ERROR) {
        return no_memory(build, &mark);
    }
    if (parser->error == YAML_READER_ERROR) {
        count_lines(bytes, parser->problem_offset < count ? parser->problem_offset : count, &mark);
        snprintf(message, sizeof message, "%s", parser->problem ? parser->problem : "unreadable");
        return fail_at(build, &mark, LF_SYNTAX, message);
    }
    if (mark.index < count && bytes[mark.index] == '\t' && parser->error == YAML_SCANNER_ERROR) {
        return fail_at(build, &mark, LF_SYNTAX, "a tab stands where YAML wants spaces");
    }
    if (parser->context && parser->context_mark.line != mark.line) {
        snprintf(message, sizeof message, "%s (%s that starts on line %zu)", parser->problem,
                 parser->context, parser->context_mark.line + 1);
    } else if (parser->context) {
        snprintf(message, sizeof message, "%s (%s)", parser->problem, parser->context);
    } else {
        snprintf(message, sizeof message, "%s", parser->problem ? parser->problem : "unreadable");
    }
    return fail_at(build, &mark, LF_SYNTAX, message);
}

static lf_code read_events(builder *build, yaml_parser_t *parser, const char *bytes, size_t count) {
    for (;;) {
        yaml_event_t event;
        if (!yaml_parser_parse(parser, &event)) {
            return parser_failed(build, parser, bytes, count);
        }
        lf_code code = take_event(build, &event);
        bool last = event.type == YAML_STREAM_END_EVENT;
        yaml_event_delete(&event);
        if (code != LF_OK || last) {
            return code;
        }
    }
}

// Line and column of the first byte that is no UTF-8, or of a NUL; false if all is well.
static bool find_bad_byte(const char *bytes, size_t count, yaml_mark_t *mark) {
    size_t at = 0;
    while (at < count) {
        size_t length = 1;
        unsigned char lead = (unsigned char)bytes[at];
        if (lead >= 0x80) {
            length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
        }
        char piece[5] = {0};
        bool whole = at + length <= count;
        memcpy(piece, bytes + at, whole ? length : 1);
        if (!lead || !whole || strlen(piece) != length || !lf_text_is_utf8(piece)) {
            count_lines(bytes, at, mark);
            return true;
        }
        at += length;
    }
    return false;
}

lf_code lf_run_node_parse(lf_arena *arena, const char *file, const char *bytes, size_t count,
                          lf_run_node **root, lf_error *error) {
    builder build = {.arena = arena, .file = lf_arena_text(arena, file), .error = error};
    yaml_mark_t mark = {0};
    *root = NULL;
    if (!build.file) {
        return no_memory(&build, &mark);
    }
    if (count > LF_RUN_LIMIT_BYTES) {
        return fail_at(&build, &mark, LF_RANGE, "a scenario is at most 4 MiB long");
    }
    if (find_bad_byte(bytes, count, &mark)) {
        return fail_at(&build, &mark, LF_SYNTAX,
                       "this byte is not UTF-8 text; save the file as UTF-8");
    }
    yaml_parser_t parser;
    if (!yaml_parser_initialize(&parser)) {
        return no_memory(&build, &mark);
    }
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
    // libyaml counts a byte order mark as a column and then finds the second line out of place.
    size_t skip = count >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    yaml_parser_set_input_string(&parser, (const unsigned char *)bytes + skip, count - skip);
    lf_code code = read_events(&build, &parser, bytes + skip, count - skip);
    yaml_parser_delete(&parser);
    if (code != LF_OK) {
        return code;
    }
    if (!build.root) {
        memset(&mark, 0, sizeof mark);
        return fail_at(&build, &mark, LF_EMPTY, "the document is empty");
    }
    *root = build.root;
    return LF_OK;
}
