// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The .par file: one key with its value on a line, checked against the list of LISFLOOD's keys.
#include "io/lisflood/case.h"

#include "base/file.h"
#include "io/path.h"
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

typedef enum row_kind { ROW_FILE, ROW_NUMBER, ROW_FLAG, ROW_MODE, ROW_OTHER } row_kind;
typedef struct key_row {
    const char *key;
    row_kind kind;
    size_t offset;
    double low, high;
    int scheme, order;
    lf_severity effect;
    const char *mend;
} key_row;

static const key_row keys[] = {
#define LIS_FILE(word, member)                                                                     \
    {.key = #word, .kind = ROW_FILE, .offset = offsetof(lis_case, member)},
#define LIS_FLAG(word, member)                                                                     \
    {.key = #word, .kind = ROW_FLAG, .offset = offsetof(lis_case, member)},
#define LIS_NUMBER(word, member, least, most)                                                      \
    {.key = #word,                                                                                 \
     .kind = ROW_NUMBER,                                                                           \
     .offset = offsetof(lis_case, member),                                                         \
     .low = least,                                                                                 \
     .high = most},
#define LIS_MODE(word, which, accuracy)                                                            \
    {.key = #word, .kind = ROW_MODE, .scheme = which, .order = accuracy},
#define LIS_OTHER(word, how, text) {.key = #word, .kind = ROW_OTHER, .effect = how, .mend = text},
#include "io/lisflood/keys.def"
#undef LIS_FILE
#undef LIS_FLAG
#undef LIS_NUMBER
#undef LIS_MODE
#undef LIS_OTHER
};
enum { KEY_COUNT = sizeof keys / sizeof *keys };

void lf_io_lisflood_issue(lis_case *c, lf_severity severity, lf_code code, const char *file,
                          int line, const char *feature, const char *mend, const char *format,
                          ...) {
    char text[400];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    lf_issues_addf(c->issues, severity, code, file, line, feature, mend, "%s", text);
    if (severity != LF_ERROR || c->first.code != LF_OK)
        return;
    lf_fail(&c->first, code, LF_FROM_INPUT, "%s%s%s%s%s", feature, feature[0] ? ": " : "", text,
            mend[0] ? "; " : "", mend);
    lf_error_place(&c->first, file, line, 0, NULL);
}

static const key_row *find_key(const char *word) {
    for (int i = 0; i < KEY_COUNT; i++)
        if (lf_io_lisflood_is(word, keys[i].key))
            return &keys[i];
    return NULL;
}

static void copy_text(lis_case *c, const char **out, const char *text) {
    const char *copy = lf_arena_text(c->arena, text);
    *out = copy ? copy : "";
}

// Names are relative to the .par; models that were made on Windows have backslashes.
static void take_file(lis_case *c, const lis_line *line, lis_file *file) {
    char path[1200];
    for (char *at = line->words[1]; *at; at++)
        if (*at == '\\')
            *at = '/';
    file->line = line->number;
    lf_file_join(path, sizeof path, c->folder, line->words[1]);
    copy_text(c, &file->path, path);
    snprintf(path, sizeof path, "%s%s", line->words[1][0] == '/' ? "" : c->label_folder,
             line->words[1]);
    copy_text(c, &file->label, path);
}

static void take_number(lis_case *c, const lis_line *line, const key_row *row) {
    double value;
    if (!lf_io_lisflood_number(c, &c->par, line, 1, row->key, &value))
        return;
    if (!(value >= row->low && value <= row->high))
        lf_io_lisflood_issue(c, LF_ERROR, LF_RANGE, c->label, line->number, row->key, "",
                             "%g is outside %g..%g", value, row->low, row->high);
    else
        memcpy((char *)c + row->offset, &value, sizeof value);
}

static void take_mode(lis_case *c, const lis_line *line, const key_row *row) {
    if (c->scheme != LIS_NOT_GIVEN && (c->scheme != row->scheme || c->order != row->order))
        lf_io_lisflood_issue(c, LF_WARNING, LF_DUPLICATE, c->label, line->number, row->key,
                             "name one scheme",
                             "another scheme stands before it; this one is used");
    c->scheme = row->scheme;
    c->order = row->order;
    const bool same = lf_io_lisflood_is(row->key, "acceleration") ||
                      lf_io_lisflood_is(row->key, "fv1") || lf_io_lisflood_is(row->key, "fv2");
    if (!same)
        lf_io_lisflood_issue(c, LF_NOTE, LF_OK, c->label, line->number, row->key, "",
                             row->scheme == LIS_INERTIAL
                                 ? "taken as the local inertial scheme on the DEM's cells"
                                 : "taken as the finite volume scheme of order %d with HLLC fluxes",
                             row->order);
}

static void take_line(lis_case *c, const lis_line *line) {
    const key_row *row = find_key(line->words[0]);
    if (!row) {
        lf_io_lisflood_issue(c, LF_WARNING, LF_UNKNOWN_KEY, c->label, line->number, line->words[0],
                             "check its spelling", "this key is not known and was not used");
        return;
    }
    const bool needs_value = row->kind == ROW_FILE || row->kind == ROW_NUMBER;
    if (needs_value && line->count < 2) {
        lf_io_lisflood_issue(c, LF_ERROR, LF_SYNTAX, c->label, line->number, row->key, "",
                             "the value is missing");
        return;
    }
    switch (row->kind) {
    case ROW_FILE:
        take_file(c, line, (lis_file *)(void *)((char *)c + row->offset));
        break;
    case ROW_NUMBER:
        take_number(c, line, row);
        break;
    case ROW_FLAG:
        *(bool *)((char *)c + row->offset) = true;
        break;
    case ROW_MODE:
        take_mode(c, line, row);
        break;
    default:
        lf_io_lisflood_issue(c, row->effect, row->effect == LF_ERROR ? LF_FORMAT : LF_OK, c->label,
                             line->number, row->key, row->mend,
                             row->effect == LF_ERROR
                                 ? "this part of a LISFLOOD model is not read, and without it the "
                                   "answer would be another"
                                 : "this key is not used here");
    }
}

// What no run can do without.
static void check_needed(lis_case *c) {
    if (!c->dem.path[0])
        lf_io_lisflood_issue(c, LF_ERROR, LF_MISSING, c->label, 0, "DEMfile", "",
                             "the model names no DEM");
    if (c->scheme == LIS_NOT_GIVEN) {
        c->scheme = LIS_INERTIAL;
        c->order = 1;
        lf_io_lisflood_issue(c, LF_WARNING, LF_MISSING, c->label, 0, "", "add acceleration or fv1",
                             "no scheme is named, which to LISFLOOD means its diffusive one; the "
                             "local inertial scheme is used");
    }
    if (c->start_is_level && !c->start.path[0])
        lf_io_lisflood_issue(c, LF_ERROR, LF_MISSING, c->label, 0, "startelev", "",
                             "there is no startfile");
    if (c->bdy.path[0] && !c->bci.path[0])
        lf_io_lisflood_issue(c, LF_WARNING, LF_MISSING, c->label, c->bdy.line, "bdyfile",
                             "name the bcifile", "no bcifile says where the series enter");
}

static const lis_file no_file = {"", "", 0};

lf_code lf_io_lisflood_par(const lf_import_def *def, lis_case *c, lf_issues *issues,
                           lf_error *error) {
    char folder[1024];
    lis_text text;
    *c = (lis_case){.issues = issues,
                    .arena = lf_arena_create(NULL),
                    .dem = no_file,
                    .manning = no_file,
                    .start = no_file,
                    .bci = no_file,
                    .bdy = no_file,
                    .stage = no_file,
                    .rain = no_file,
                    .manning_s_m13 = NAN,
                    .sim_time_s = NAN,
                    .save_every_s = NAN,
                    .mass_every_s = NAN,
                    .theta_ratio = NAN,
                    .courant_ratio = NAN,
                    .dry_m = NAN,
                    .infiltration_m_s = NAN,
                    .step_s = NAN};
    if (!c->arena)
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for the LISFLOOD model");
    c->label = def->label ? def->label : def->path;
    c->par = (lis_file){def->path, c->label, 0};
    copy_text(c, &c->folder, lf_file_folder(folder, sizeof folder, def->path));
    const size_t stem = (size_t)(lf_file_name(c->label) - c->label);
    const char *before = lf_arena_textn(c->arena, c->label, stem);
    c->label_folder = before ? before : "";
    if (lf_io_lisflood_text(c, &c->par, &text)) {
        for (int i = 0; i < text.count; i++)
            take_line(c, &text.lines[i]);
        check_needed(c);
    }
    if (c->first.code != LF_OK && error)
        *error = c->first;
    return c->first.code;
}

void lf_io_lisflood_free(lis_case *c) {
    lf_arena_destroy(c->arena);
    c->arena = NULL;
}
