// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Text files of a LISFLOOD model as lines of words, and the numbers in them.
#include "io/lisflood/case.h"

#include "base/file.h"
#include "base/text.h"
#include "io/path.h"
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { LARGEST_BYTES = 256 << 20 };

bool lf_io_lisflood_is(const char *word, const char *expected) {
    return strcasecmp(word, expected) == 0;
}

// Words of one line, in place; what follows '#' is a comment.
static void split(char *at, lis_line *line) {
    static const char *const space = " \t\r\v\f";
    line->count = 0;
    char *comment = strchr(at, '#');
    if (comment)
        *comment = '\0';
    for (at += strspn(at, space); *at; at += strspn(at, space)) {
        char *word = at;
        at += strcspn(at, space);
        if (*at)
            *at++ = '\0';
        if (line->count < LIS_WORDS_MAX)
            line->words[line->count++] = word;
    }
}

static bool split_all(lis_case *c, char *bytes, size_t count, lis_text *text) {
    size_t rows = 1;
    for (size_t i = 0; i < count; i++)
        rows += bytes[i] == '\n';
    text->lines = lf_arena_take(c->arena, rows * sizeof *text->lines);
    if (!text->lines)
        return false;
    int number = 1;
    for (char *at = bytes; at; number++) {
        char *end = memchr(at, '\n', count - (size_t)(at - bytes));
        if (end)
            *end = '\0';
        lis_line *line = &text->lines[text->count];
        split(at, line);
        line->number = number;
        text->count += line->count > 0;
        at = end ? end + 1 : NULL;
    }
    return true;
}

bool lf_io_lisflood_text(lis_case *c, const lis_file *file, lis_text *text) {
    char *bytes = NULL;
    size_t count = 0;
    lf_error error = {0};
    *text = (lis_text){0};
    lf_code code = lf_io_path_check(file->path, &error);
    if (code == LF_OK)
        code = lf_file_read(file->path, LARGEST_BYTES, &bytes, &count, &error);
    if (code != LF_OK) {
        lf_io_lisflood_issue(c, LF_ERROR, code, file->line ? c->label : file->label, file->line,
                             file->line ? file->label : "", "", "%s", error.message);
        return false;
    }
    const size_t mark = count >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    char *copy = lf_arena_textn(c->arena, bytes + mark, count - mark);
    free(bytes);
    const bool good = copy && split_all(c, copy, strlen(copy), text);
    if (!good)
        lf_io_lisflood_issue(c, LF_ERROR, LF_MEMORY, file->label, 0, "", "",
                             "no memory for the file");
    return good;
}

bool lf_io_lisflood_number(lis_case *c, const lis_file *file, const lis_line *line, int word,
                           const char *what, double *value) {
    if (line->count > word && lf_text_real(line->words[word], value))
        return true;
    lf_io_lisflood_issue(c, LF_ERROR, LF_SYNTAX, file->label, line->number, "", "",
                         line->count > word ? "%s: '%s' is not a number" : "%s is missing", what,
                         line->count > word ? line->words[word] : "");
    return false;
}
