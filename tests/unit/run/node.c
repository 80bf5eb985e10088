// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// YAML as such: what is refused, where, and the limits.
#include "run/node.h"
#include "check.h"

static void expect(const char *bytes, size_t count, const char *expected) {
    lf_arena *arena = lf_arena_create(NULL);
    lf_run_node *root = NULL;
    lf_error error = {0};
    char line[1200] = "";
    lf_code code = lf_run_node_parse(arena, "f", bytes, count, &root, &error);
    if (code != LF_OK) {
        lf_error_format(&error, line, sizeof line);
    }
    CHECK_TEXT(line, expected);
    CHECK((code == LF_OK) == (root != NULL));
    lf_arena_destroy(arena);
}
static void refuse(const char *text, const char *expected) {
    expect(text, strlen(text), expected);
}

static void texts(void) {
    const char *extras = "anchors (&), aliases (*) and tags (!) are not supported; write the value "
                         "out, or put the text in quotes [SYNTAX]";
    char line[300];
    snprintf(line, sizeof line, "f:1:4: %s", extras);
    refuse("a: &x 1\n", line);
    refuse("a: *x\n", line);
    refuse("a: !!int 1\n", line);
    snprintf(line, sizeof line, "f:1:1: %s", extras);
    refuse("&x {a: 1}\n", line);
    refuse("a: 1\nb: 2\na: 3\n",
           "f:3:1: a: the key is given twice; the first is on line 1 [DUPLICATE]");
    refuse("{a: {b: 1, b: 2}}",
           "f:1:12: a.b: the key is given twice; the first is on line 1 [DUPLICATE]");
    refuse("a: 1\n---\nb: 2\n",
           "f:2:1: a second document starts here; a file holds one scenario [SYNTAX]");
    refuse("<<: {a: 1}\n", "f:1:1: merge keys (<<) are not supported; write the keys out [SYNTAX]");
    refuse("? [a]\n: 1\n", "f:1:3: a key must be a plain name [SYNTAX]");
    refuse("a:\n\tb: 1\n", "f:2:1: a tab stands where YAML wants spaces [SYNTAX]");
    refuse("a: [1, 2\nb: 3\n",
           "f:2:2: did not find expected ',' or ']' (while parsing a flow sequence "
           "that starts on line 1) [SYNTAX]");
    refuse("a: 'x\n", "f:2:1: found unexpected end of stream (while scanning a quoted scalar that "
                      "starts on line 1) [SYNTAX]");
    refuse("a: 1\nb: caf\xe9\n",
           "f:2:7: this byte is not UTF-8 text; save the file as UTF-8 [SYNTAX]");
    refuse("村: \"\xe6\x9d\"\n",
           "f:1:5: this byte is not UTF-8 text; save the file as UTF-8 [SYNTAX]");
    refuse("\xff\xfel\0", "f:1:1: this byte is not UTF-8 text; save the file as UTF-8 [SYNTAX]");
    refuse("a: \x01\n", "f:1:4: control characters are not allowed [SYNTAX]");
    refuse("a: \"x\\0y\"\n", "f:1:4: a text holds a NUL character [SYNTAX]");
    expect("a: 1\0b", 6, "f:1:5: this byte is not UTF-8 text; save the file as UTF-8 [SYNTAX]");
    refuse("a: 1\r\nb: [x, 17:30]\r\n", "");
    refuse("\xEF\xBB\xBF"
           "a: 1\n",
           "");
}

static void limits(void) {
    char deep[200] = "";
    for (int i = 0; i < 33; i++) {
        strcat(deep, "[");
    }
    refuse(deep, "f:1:33: the document is nested deeper than 32 levels [RANGE]");
    size_t length = 70000;
    char *text = calloc(1, length + 3);
    memset(text, 'x', length);
    memcpy(text, "a: ", 3);
    refuse(text, "f:1:4: a text is longer than 65536 bytes [RANGE]");
    free(text);
    size_t many = 200002 * 2;
    text = calloc(1, many + 3);
    for (size_t i = 0; i < many; i += 2) {
        memcpy(text + i, i ? "x," : "[ ", 2);
    }
    refuse(text, "f:1:400001: the document has too many values [RANGE]");
    free(text);
    text = calloc(1, LF_RUN_LIMIT_BYTES + 2);
    memset(text, ' ', LF_RUN_LIMIT_BYTES + 1);
    refuse(text, "f:1:1: a scenario is at most 4 MiB long [RANGE]");
    free(text);
}

static void tree(void) {
    lf_arena *arena = lf_arena_create(NULL);
    lf_run_node *root = NULL;
    const char *text = "options:\n  - name: a\n  - name: 'b'\n    measures: [{x: {y: 1}}]\n";
    CHECK(lf_run_node_parse(arena, "f", text, strlen(text), &root, NULL) == LF_OK);
    const lf_run_node *options = lf_run_node_find(root, "options");
    CHECK(options && options->kind == LF_RUN_LIST && options->count == 2);
    const lf_run_node *name = lf_run_node_find(options->last, "name");
    CHECK(name && name->quoted && name->line == 3 && name->column == 11 && name->key_column == 5);
    const lf_run_node *y = lf_run_node_find(options->last, "measures")->first->first->first;
    char path[100];
    CHECK_TEXT(lf_run_node_path(y, path, sizeof path), "options[1].measures[0].x.y");
    CHECK_TEXT(lf_run_node_path(y, path, 12), "options[1].");
    lf_arena_destroy(arena);
}

int main(void) {
    texts();
    limits();
    tree();
    return lf_check_end();
}
