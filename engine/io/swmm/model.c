// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// From lines to a network: walks the file twice, first for what is defined, then for what refers.
#include "io/swmm/model.h"

#include "base/text.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void lf_io_swmm_note(swmm_model *model, lf_severity severity, lf_code code, int line,
                     const char *feature, const char *mend, const char *format, ...) {
    char message[400];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    lf_issues_addf(model->issues, severity, code, model->label, line, feature, mend, "%s", message);
    if (severity != LF_ERROR)
        return;
    if (model->error_count++ == 0) {
        lf_fail(&model->first_error, code, LF_FROM_INPUT, "%s%s%s", feature, *feature ? ": " : "",
                message);
        lf_error_place(&model->first_error, model->label, line, 0, NULL);
    }
}

bool lf_io_swmm_number(swmm_model *model, const inp_line *line, int index, const char *what,
                       double *value) {
    const char *word = lf_io_swmm_word(model, line, index);
    if (lf_text_real(word, value))
        return true;
    *value = 0;
    if (*word)
        lf_io_swmm_note(model, LF_ERROR, LF_TYPE, line->line, lf_io_swmm_word(model, line, 0), "",
                        "%s is \"%s\", which is no number", what, word);
    else
        lf_io_swmm_note(model, LF_ERROR, LF_SYNTAX, line->line, lf_io_swmm_word(model, line, 0), "",
                        "%s is missing: the line has only %d words", what, line->words);
    return false;
}

int lf_io_swmm_add_name(swmm_model *model, const inp_line *line, inp_names *names, void **items,
                        size_t *capacity, size_t item_bytes, const char *what) {
    const char *name = lf_io_swmm_word(model, line, 0);
    if (lf_io_swmm_names_find(names, name) >= 0) {
        lf_io_swmm_note(model, LF_ERROR, LF_DUPLICATE, line->line, name,
                        "give one of them another name", "a %s of that name is already there",
                        what);
        return -1;
    }
    int index = -1;
    if (lf_memory_grow(NULL, items, capacity, names->count + 1, item_bytes))
        index = lf_io_swmm_names_add(names, name);
    if (index < 0)
        model->out_of_memory = true;
    return index;
}

void lf_io_swmm_add_point(swmm_model *model, swmm_points *points, int owner, double x, double y) {
    if (!lf_memory_grow(NULL, (void **)&points->items, &points->capacity, points->count + 1,
                        sizeof *points->items)) {
        model->out_of_memory = true;
        return;
    }
    points->items[points->count] = (swmm_point){owner, (int)points->count, x, y};
    points->count++;
}

static void read_option(swmm_model *model, const inp_line *line) {
    static const struct {
        const char *name;
        double flow_m3_s;
        bool us;
    } units[] = {
        {"CFS", 0.028316846592, true},
        {"GPM", 0.003785411784 / 60, true},
        {"MGD", 3785.411784 / 86400, true},
        {"CMS", 1, false},
        {"LPS", 0.001, false},
        {"MLD", 1000.0 / 86400, false},
    };
    const char *key = lf_io_swmm_word(model, line, 0), *value = lf_io_swmm_word(model, line, 1);
    if (lf_io_swmm_word_is(key, "LINK_OFFSETS")) {
        model->offset_is_elevation = lf_io_swmm_word_is(value, "ELEVATION");
        return;
    }
    if (!lf_io_swmm_word_is(key, "FLOW_UNITS"))
        return;
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
        if (lf_io_swmm_word_is(value, units[i].name)) {
            model->flow_m3_s = units[i].flow_m3_s;
            model->length_m = units[i].us ? 0.3048 : 1;
            model->hectare_m2 = units[i].us ? 4046.8564224 : 10000;
            return;
        }
    lf_io_swmm_note(model, LF_ERROR, LF_UNKNOWN_KEY, line->line, "FLOW_UNITS",
                    "use CFS, GPM, MGD, CMS, LPS or MLD", "\"%s\" is no unit of flow", value);
}

static void read_map(swmm_model *model, const inp_line *line) {
    if (lf_io_swmm_word_is(lf_io_swmm_word(model, line, 0), "UNITS") &&
        lf_io_swmm_word_is(lf_io_swmm_word(model, line, 1), "FEET"))
        model->map_unit_m = 0.3048;
}

// "quality: synthetic" in the title says how far the whole file can be trusted.
static void read_title(swmm_model *model, const inp_line *line) {
    if (!lf_io_swmm_word_is(lf_io_swmm_word(model, line, 0), "quality:"))
        return;
    for (int i = 0; i < LF_QUALITY_COUNT; i++)
        if (lf_io_swmm_word_is(lf_io_swmm_word(model, line, 1), lf_quality_name((lf_quality)i))) {
            model->quality = (lf_quality)i;
            return;
        }
    lf_io_swmm_note(model, LF_WARNING, LF_UNKNOWN_KEY, line->line,
                    "quality:", "use measured, tagged, assumed or synthetic",
                    "\"%s\" is no quality", lf_io_swmm_word(model, line, 1));
}

static void read_tag(swmm_model *model, const inp_line *line) {
    const char *kind = lf_io_swmm_word(model, line, 0);
    if (lf_io_swmm_word_is(kind, "NODE"))
        lf_io_swmm_read_node_tag(model, line);
    else if (lf_io_swmm_word_is(kind, "LINK"))
        lf_io_swmm_read_link_tag(model, line);
}

// One row per section that is used. Rows of a lower pass are read before those of a higher one.
static const struct {
    int section;
    int pass;
    int words; // the least
    void (*read)(swmm_model *model, const inp_line *line);
} readers[] = {
    {INP_TITLE, 0, 2, read_title},
    {INP_OPTIONS, 0, 2, read_option},
    {INP_MAP, 0, 2, read_map},
    {INP_CURVES, 1, 3, lf_io_swmm_read_curve},
    {INP_TRANSECTS, 1, 2, lf_io_swmm_read_transect},
    {INP_STREETS, 1, 4, lf_io_swmm_read_street},
    {INP_INLETS, 1, 4, lf_io_swmm_read_inlet},
    {INP_JUNCTIONS, 2, 2, lf_io_swmm_read_junction},
    {INP_OUTFALLS, 2, 2, lf_io_swmm_read_outfall},
    {INP_DIVIDERS, 2, 3, lf_io_swmm_read_divider},
    {INP_STORAGE, 2, 5, lf_io_swmm_read_storage},
    {INP_CONDUITS, 2, 5, lf_io_swmm_read_conduit},
    {INP_PUMPS, 2, 3, lf_io_swmm_read_pump},
    {INP_ORIFICES, 2, 4, lf_io_swmm_read_orifice},
    {INP_WEIRS, 2, 4, lf_io_swmm_read_weir},
    {INP_OUTLETS, 2, 3, lf_io_swmm_read_outlet},
    {INP_SUBCATCHMENTS, 2, 7, lf_io_swmm_read_subcatchment},
    {INP_XSECTIONS, 3, 3, lf_io_swmm_read_xsection},
    {INP_COORDINATES, 3, 3, lf_io_swmm_read_coordinate},
    {INP_VERTICES, 3, 3, lf_io_swmm_read_vertex},
    {INP_POLYGONS, 3, 3, lf_io_swmm_read_corner},
    {INP_TAGS, 3, 3, read_tag},
    {INP_INLET_USAGE, 3, 3, lf_io_swmm_read_inlet_usage},
};
enum { READER_COUNT = sizeof readers / sizeof readers[0], LAST_PASS = 3 };

static int reader_of(int section) {
    for (int i = 0; i < READER_COUNT; i++)
        if (readers[i].section == section)
            return i;
    return -1;
}

static void read_pass(swmm_model *model, int pass) {
    for (size_t i = 0; i < model->file.line_count && !model->out_of_memory; i++) {
        const inp_line *line = &model->file.lines[i];
        int reader = reader_of(line->section);
        if (reader < 0 || readers[reader].pass != pass)
            continue;
        if (line->words >= readers[reader].words)
            readers[reader].read(model, line);
        else if (pass > 0)
            lf_io_swmm_note(model, LF_ERROR, LF_SYNTAX, line->line, lf_io_swmm_word(model, line, 0),
                            "", "the line has %d words, at least %d are needed", line->words,
                            readers[reader].words);
    }
}

// Says which sections stayed unread: known ones as a note, unknown ones as a warning.
static void note_unread(swmm_model *model) {
    const inp_file *file = &model->file;
    for (size_t i = 0; i < file->line_count; i++) {
        const inp_line *line = &file->lines[i];
        if (line->section == INP_NONE) {
            lf_io_swmm_note(model, LF_WARNING, LF_SYNTAX, line->line, "", "",
                            "text before the first section was left out");
            return;
        }
        const char *word = file->words[line->word];
        if (word[0] != '[' || (line->section != INP_OTHER && line->section != INP_UNKNOWN))
            continue;
        size_t end = i + 1;
        while (end < file->line_count && file->lines[end].section == line->section &&
               file->words[file->lines[end].word][0] != '[')
            end++;
        if (line->section == INP_UNKNOWN)
            lf_io_swmm_note(model, LF_WARNING, LF_UNKNOWN_KEY, line->line, word,
                            "check the spelling of the section",
                            "this is no section of SWMM; its %zu lines were left out", end - i - 1);
        else if (end > i + 1)
            lf_io_swmm_note(model, LF_NOTE, LF_OK, line->line, word, "",
                            "the %zu lines of this section are not used", end - i - 1);
    }
}

static void resolve(swmm_model *model) {
    for (size_t i = 0; i < model->link_names.count; i++) {
        swmm_link *link = &model->links[i];
        link->from = lf_io_swmm_names_find(&model->node_names, link->from_name);
        link->to = lf_io_swmm_names_find(&model->node_names, link->to_name);
        if (link->from < 0 || link->to < 0)
            lf_io_swmm_note(model, LF_ERROR, LF_REFERENCE, link->line, link->name,
                            "add the node or correct the name",
                            "the %s ends at node \"%s\", which is "
                            "not defined",
                            link->keyword, link->from < 0 ? link->from_name : link->to_name);
        int curve = link->curve ? lf_io_swmm_names_find(&model->curve_names, link->curve) : -1;
        if (curve >= 0)
            link->capacity_m3_s = model->curves[curve].largest_y * model->flow_m3_s;
        else if (link->curve)
            lf_io_swmm_note(model, LF_ERROR, LF_REFERENCE, link->line, link->name, "",
                            "the pump curve \"%s\" is not defined", link->curve);
    }
    for (size_t i = 0; i < model->area_names.count; i++) {
        swmm_area *area = &model->areas[i];
        area->outlet_node = lf_io_swmm_names_find(&model->node_names, area->outlet_name);
        area->outlet_area = lf_io_swmm_names_find(&model->area_names, area->outlet_name);
        if (area->outlet_node < 0 && area->outlet_area < 0)
            lf_io_swmm_note(model, LF_ERROR, LF_REFERENCE, area->line, area->name, "",
                            "the outlet \"%s\" is neither a node nor a subcatchment",
                            area->outlet_name);
    }
}

static int by_owner(const void *a, const void *b) {
    const swmm_point *p = a, *q = b;
    return p->owner != q->owner ? (p->owner > q->owner) - (p->owner < q->owner)
                                : (p->order > q->order) - (p->order < q->order);
}

lf_code lf_io_swmm_model_read(swmm_model *model, const char *path, lf_error *error) {
    lf_code code = lf_io_swmm_inp_read(path, model->label, &model->file, error);
    if (code != LF_OK)
        return code;
    model->flow_m3_s = 0.028316846592; // SWMM's default is CFS
    model->length_m = 0.3048;
    model->hectare_m2 = 4046.8564224;
    model->map_unit_m = 1;
    model->quality = LF_TAGGED;
    if (model->file.decoded)
        lf_io_swmm_note(model, LF_NOTE, LF_OK, 0, "", "",
                        "the text is no UTF-8 and was read as GBK");
    for (int pass = 0; pass <= LAST_PASS; pass++)
        read_pass(model, pass);
    if (model->out_of_memory)
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "memory ran out while reading %s", path);
    note_unread(model);
    resolve(model);
    if (model->vertices.count)
        qsort(model->vertices.items, model->vertices.count, sizeof(swmm_point), by_owner);
    if (model->corners.count)
        qsort(model->corners.items, model->corners.count, sizeof(swmm_point), by_owner);
    return LF_OK;
}

void lf_io_swmm_model_free(swmm_model *model) {
    lf_io_swmm_inp_free(&model->file);
    inp_names *const names[] = {&model->node_names,  &model->link_names,    &model->area_names,
                                &model->curve_names, &model->profile_names, &model->inlet_names};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        lf_io_swmm_names_free(names[i]);
    lf_memory_give(NULL, model->nodes, model->node_capacity * sizeof *model->nodes);
    lf_memory_give(NULL, model->links, model->link_capacity * sizeof *model->links);
    lf_memory_give(NULL, model->areas, model->area_capacity * sizeof *model->areas);
    lf_memory_give(NULL, model->curves, model->curve_capacity * sizeof *model->curves);
    lf_memory_give(NULL, model->profiles, model->profile_capacity * sizeof *model->profiles);
    lf_memory_give(NULL, model->inlet_lengths_m, model->inlet_capacity * sizeof(double));
    swmm_points *const points[] = {&model->vertices, &model->corners, &model->stations};
    for (size_t i = 0; i < sizeof points / sizeof points[0]; i++)
        lf_memory_give(NULL, points[i]->items, points[i]->capacity * sizeof(swmm_point));
    memset(model, 0, sizeof *model);
}
