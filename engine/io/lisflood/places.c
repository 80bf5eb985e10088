// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// .bci: boundaries along the sides of the DEM and point sources. .stage: points whose depth is
// recorded.
#include "io/lisflood/case.h"

#include <ctype.h>
#include <string.h>

static int kind_of(const char *word) {
    static const char *const names[LIS_KIND_COUNT] = {"closed", "free", "qfix",
                                                      "qvar",   "hfix", "hvar"};
    for (int i = 0; i < LIS_KIND_COUNT; i++)
        if (lf_io_lisflood_is(word, names[i]))
            return i;
    return -1;
}

// "W 990 1010 QVAR test4", "P 232620 830505 QFIX 0.5", "E 0 2000 FREE"
static bool read_boundary(lis_case *c, const lis_line *line, lis_boundary *row) {
    const char *file = c->bci.label;
    row->line = line->number;
    row->where = (char)toupper((unsigned char)line->words[0][0]);
    if (line->words[0][1] || !strchr("NESWP", row->where)) {
        lf_io_lisflood_issue(c, LF_ERROR, LF_SYNTAX, file, line->number, "", "",
                             "'%s' is none of N, E, S, W and P", line->words[0]);
        return false;
    }
    const bool point = row->where == 'P';
    if (!lf_io_lisflood_number(c, &c->bci, line, 1, point ? "x" : "from", &row->a) ||
        !lf_io_lisflood_number(c, &c->bci, line, 2, point ? "y" : "to", &row->b))
        return false;
    row->kind = line->count > 3 ? kind_of(line->words[3]) : -1;
    if (row->kind < 0) {
        lf_io_lisflood_issue(c, LF_ERROR, LF_SYNTAX, file, line->number, "", "",
                             "'%s' is none of FREE, CLOSED, QFIX, QVAR, HFIX and HVAR",
                             line->count > 3 ? line->words[3] : "");
        return false;
    }
    if (point && row->kind != LIS_QFIX && row->kind != LIS_QVAR) {
        lf_io_lisflood_issue(c, LF_ERROR, LF_FORMAT, file, line->number, "",
                             "give the level at a side of the DEM",
                             "points with %s are not read, and without them the answer would be "
                             "another",
                             line->words[3]);
        return false;
    }
    if (row->kind == LIS_FREE && line->count > 4)
        lf_io_lisflood_issue(c, LF_WARNING, LF_OK, file, line->number, "", "",
                             "a slope is given at a free edge; the water's own slope is used");
    if (row->kind == LIS_QFIX || row->kind == LIS_HFIX)
        return lf_io_lisflood_number(c, &c->bci, line, 4, "the value", &row->value);
    row->series = row->kind == LIS_QVAR || row->kind == LIS_HVAR
                      ? (line->count > 4 ? line->words[4] : "")
                      : "";
    return true;
}

bool lf_io_lisflood_bci(lis_case *c, lis_boundary_list *list) {
    lis_text text;
    *list = (lis_boundary_list){0};
    if (!c->bci.path[0])
        return true;
    if (!lf_io_lisflood_text(c, &c->bci, &text))
        return false;
    list->items = lf_arena_take(c->arena, ((size_t)text.count + 1) * sizeof *list->items);
    bool good = list->items != NULL;
    for (int i = 0; list->items && i < text.count; i++) {
        if (read_boundary(c, &text.lines[i], &list->items[list->count]))
            list->count++;
        else
            good = false;
    }
    return good;
}

bool lf_io_lisflood_stages(lis_case *c, lis_stage_list *list) {
    lis_text text;
    double count;
    *list = (lis_stage_list){0};
    if (!c->stage.path[0])
        return true;
    if (!lf_io_lisflood_text(c, &c->stage, &text))
        return false;
    if (!text.count ||
        !lf_io_lisflood_number(c, &c->stage, &text.lines[0], 0, "the number of points", &count))
        return false;
    if (count != text.count - 1) {
        lf_io_lisflood_issue(c, LF_ERROR, LF_SYNTAX, c->stage.label, text.lines[0].number, "", "",
                             "%g points are announced and %d lines follow", count, text.count - 1);
        return false;
    }
    list->items = lf_arena_take(c->arena, ((size_t)text.count + 1) * sizeof *list->items);
    bool good = list->items != NULL;
    for (int i = 1; list->items && i < text.count; i++) {
        lis_stage *stage = &list->items[list->count];
        stage->line = text.lines[i].number;
        if (lf_io_lisflood_number(c, &c->stage, &text.lines[i], 0, "x", &stage->x) &&
            lf_io_lisflood_number(c, &c->stage, &text.lines[i], 1, "y", &stage->y))
            list->count++;
        else
            good = false;
    }
    return good;
}
