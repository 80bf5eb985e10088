// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// File names of a scenario. A scenario may come from a stranger, so a name must be a plain file: no
// GDAL virtual file system, no URL, no inline document, no data base connection.
#include "base/file.h"
#include "base/text.h"
#include "run/reader.h"
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

bool lf_run_is_file_field(const lf_field *field) {
    if (field->type != LF_TEXT) {
        return false;
    }
    size_t length = strlen(field->name);
    return strcmp(field->name, "file") == 0 ||
           (length > 5 && strcmp(field->name + length - 5, "_file") == 0);
}

// Adds the value of the variable whose reference starts at `at` ("${"); returns what follows it, or
// NULL after a problem.
static const char *add_variable(lf_run_reader *reader, const lf_run_node *node, const char *at,
                                lf_buffer *out) {
    const char *close = strchr(at, '}');
    const char *name_start = at + 2;
    size_t length = 0;
    while (isalnum((unsigned char)name_start[length]) || name_start[length] == '_') {
        length++;
    }
    const char *rest = name_start + length;
    bool has_default = rest[0] == ':' && rest[1] == '-';
    char name[128];
    if (!close || length == 0 || length >= sizeof name || (rest != close && !has_default)) {
        lf_run_problem(reader, node, false, LF_SYNTAX,
                       "write ${NAME} or ${NAME:-default}, with a closing brace");
        return NULL;
    }
    memcpy(name, name_start, length);
    name[length] = 0;
    const char *value = getenv(name);
    if (value && *value) {
        lf_buffer_add(out, value);
    } else if (has_default) {
        lf_buffer_addn(out, rest + 2, (size_t)(close - rest - 2));
    } else {
        lf_run_problem(reader, node, false, LF_REFERENCE,
                       "the environment variable %s is not set; set it, or write ${%s:-default}",
                       name, name);
        return NULL;
    }
    return close + 1;
}

static bool starts_with_scheme(const char *path) {
    size_t length = 0;
    while (isalnum((unsigned char)path[length]) || path[length] == '+' || path[length] == '-') {
        length++;
    }
    return length >= 2 && path[length] == ':';
}

static const char *why_refused(const char *path) {
    if (strncasecmp(path, "/vsi", 4) == 0) {
        return "virtual file systems (/vsi...) are not read; unpack the file and name it";
    }
    if (strstr(path, "://") || starts_with_scheme(path)) {
        return "is not a plain file name; URLs and data base connections are not read";
    }
    if (path[0] == '<' || path[0] == '{' || strpbrk(path, "\n\r")) {
        return "is not a plain file name";
    }
    return NULL;
}

const char *lf_run_path(lf_run_reader *reader, const lf_run_node *node, const char *text) {
    lf_buffer out = {0};
    const char *at = text;
    while (at && *at) {
        if (at[0] == '$' && at[1] == '{') {
            at = add_variable(reader, node, at, &out);
        } else {
            lf_buffer_addn(&out, at++, 1);
        }
    }
    const char *path = NULL;
    char joined[1024];
    if (at) {
        const char *name = out.text ? out.text : "";
        const char *refused = why_refused(name);
        if (!*name) {
            lf_run_problem(reader, node, false, LF_TYPE, "the file name is empty");
        } else if (refused) {
            lf_run_problem(reader, node, false, LF_INVALID, "'%s': %s", name, refused);
        } else if (strlen(name) + strlen(reader->folder) + 2 > sizeof joined) {
            lf_run_problem(reader, node, false, LF_RANGE, "the file name is too long");
        } else {
            bool here = strcmp(reader->folder, ".") == 0;
            path = lf_arena_text(reader->arena, lf_file_join(joined, sizeof joined,
                                                             here ? "" : reader->folder, name));
            if (!path) {
                lf_run_problem(reader, node, false, LF_MEMORY, "no memory for the scenario");
            }
        }
    }
    lf_buffer_free(&out);
    return path;
}
