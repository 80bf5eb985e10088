// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Links of an .inp file: conduits, pumps, orifices, weirs, outlets; and subcatchments.
#include "io/swmm/model.h"

#include "base/text.h"

#include <math.h>
#include <string.h>
#include <strings.h>

static swmm_link *add_link(swmm_model *model, const inp_line *line, int kind, const char *keyword) {
    int index = lf_io_swmm_add_name(model, line, &model->link_names, (void **)&model->links,
                                    &model->link_capacity, sizeof *model->links, "link");
    if (index < 0)
        return NULL;
    swmm_link *link = &model->links[index];
    memset(link, 0, sizeof *link);
    link->name = lf_io_swmm_word(model, line, 0);
    link->keyword = keyword;
    link->from_name = lf_io_swmm_word(model, line, 1);
    link->to_name = lf_io_swmm_word(model, line, 2);
    link->line = line->line;
    link->kind = kind;
    link->section = LF_SECTION_CIRCULAR;
    link->offset_from = link->offset_to = NAN;
    link->system = -1;
    if (lf_io_swmm_word_is(link->from_name, link->to_name))
        lf_io_swmm_note(model, LF_ERROR, LF_TOPOLOGY, line->line, link->name, "",
                        "the %s begins and ends at node \"%s\"", keyword, link->from_name);
    return link;
}

// "*" and a missing word mean: at the node's invert.
static void read_offset(swmm_model *model, const inp_line *line, int index, double *offset) {
    double value;
    if (line->words <= index || strcmp(lf_io_swmm_word(model, line, index), "*") == 0)
        return;
    if (lf_io_swmm_number(model, line, index, "the offset", &value))
        *offset = value * model->length_m;
}

void lf_io_swmm_read_conduit(swmm_model *model, const inp_line *line) {
    swmm_link *link = add_link(model, line, LF_LINK_CONDUIT, "conduit");
    if (!link)
        return;
    double length;
    if (lf_io_swmm_number(model, line, 3, "the length", &length)) {
        link->length_m = fmax(length, 0) * model->length_m;
        if (length < 0)
            lf_io_swmm_note(model, LF_ERROR, LF_RANGE, line->line, link->name, "",
                            "the length %g is negative", length);
        else if (length == 0)
            lf_io_swmm_note(model, LF_WARNING, LF_RANGE, line->line, link->name,
                            "write the length of the pipe",
                            "the length is zero; the length of its line is used");
    }
    lf_io_swmm_number(model, line, 4, "Manning's n", &link->roughness_s_m13);
    read_offset(model, line, 5, &link->offset_from);
    read_offset(model, line, 6, &link->offset_to);
}

void lf_io_swmm_read_pump(swmm_model *model, const inp_line *line) {
    swmm_link *link = add_link(model, line, LF_LINK_PUMP, "pump");
    if (!link)
        return;
    link->shaped = true;
    if (line->words > 3 && strcmp(lf_io_swmm_word(model, line, 3), "*") != 0)
        link->curve = lf_io_swmm_word(model, line, 3);
    if (line->words > 4 && lf_io_swmm_word_is(lf_io_swmm_word(model, line, 4), "OFF"))
        lf_io_swmm_note(model, LF_NOTE, LF_OK, line->line, link->name, "",
                        "the pump is off at the start; its switching levels are not used");
}

void lf_io_swmm_read_orifice(swmm_model *model, const inp_line *line) {
    swmm_link *link = add_link(model, line, LF_LINK_ORIFICE, "orifice");
    if (link)
        read_offset(model, line, 4, &link->offset_from);
}

void lf_io_swmm_read_weir(swmm_model *model, const inp_line *line) {
    swmm_link *link = add_link(model, line, LF_LINK_WEIR, "weir");
    if (link)
        read_offset(model, line, 4, &link->offset_from);
}

// The flow of an outlet at its largest depth stands for its rating.
void lf_io_swmm_read_outlet(swmm_model *model, const inp_line *line) {
    swmm_link *link = add_link(model, line, LF_LINK_OUTLET, "outlet");
    if (!link)
        return;
    link->shaped = true;
    read_offset(model, line, 3, &link->offset_from);
    const char *type = lf_io_swmm_word(model, line, 4);
    double coefficient;
    if (strncasecmp(type, "TABULAR", 7) == 0)
        link->curve = lf_io_swmm_word(model, line, 5);
    else if (line->words > 5 && lf_io_swmm_number(model, line, 5, "the coefficient", &coefficient))
        link->capacity_m3_s = coefficient * model->flow_m3_s;
}

void lf_io_swmm_read_link_tag(swmm_model *model, const inp_line *line) {
    static const char *const systems[] = {"combined", "storm", "sanitary"};
    const char *name = lf_io_swmm_word(model, line, 1);
    int index = lf_io_swmm_names_find(&model->link_names, name);
    if (index < 0) {
        lf_io_swmm_note(model, LF_WARNING, LF_REFERENCE, line->line, name, "",
                        "tag of a link that is not defined");
        return;
    }
    swmm_link *link = &model->links[index];
    for (char *item = model->file.words[line->word + 2]; item;) {
        char *next = strchr(item, ',');
        if (next)
            *next++ = '\0';
        for (int i = 0; i < 3; i++)
            if (lf_io_swmm_word_is(item, systems[i]))
                link->system = i;
        bool year = strncasecmp(item, "year:", 5) == 0,
             blocked = strncasecmp(item, "blocked:", 8) == 0;
        double value;
        if (year || blocked) {
            bool good = lf_text_real(strchr(item, ':') + 1, &value) && value >= 0 &&
                        value <= (year ? 2100 : 0.95);
            if (!good)
                lf_io_swmm_note(model, LF_ERROR, LF_RANGE, line->line, name,
                                "write year:<year> or blocked:<ratio up to 0.95>",
                                "the tag \"%s\" does not hold a usable number", item);
            else if (year)
                link->year_built = (int)value;
            else
                link->blocked_ratio = value;
        }
        item = next;
    }
}

void lf_io_swmm_read_vertex(swmm_model *model, const inp_line *line) {
    const char *name = lf_io_swmm_word(model, line, 0);
    int link = lf_io_swmm_names_find(&model->link_names, name);
    double x, y;
    if (link < 0)
        lf_io_swmm_note(model, LF_WARNING, LF_REFERENCE, line->line, name, "",
                        "vertex of a link that is not defined");
    else if (lf_io_swmm_number(model, line, 1, "x", &x) &&
             lf_io_swmm_number(model, line, 2, "y", &y))
        lf_io_swmm_add_point(model, &model->vertices, link, x, y);
}

void lf_io_swmm_read_subcatchment(swmm_model *model, const inp_line *line) {
    int index = lf_io_swmm_add_name(model, line, &model->area_names, (void **)&model->areas,
                                    &model->area_capacity, sizeof *model->areas, "subcatchment");
    if (index < 0)
        return;
    swmm_area *area = &model->areas[index];
    memset(area, 0, sizeof *area);
    area->name = lf_io_swmm_word(model, line, 0);
    area->outlet_name = lf_io_swmm_word(model, line, 2);
    area->line = line->line;
    double size, percent, width, slope_percent;
    if (!lf_io_swmm_number(model, line, 3, "the area", &size) ||
        !lf_io_swmm_number(model, line, 4, "the impervious share", &percent) ||
        !lf_io_swmm_number(model, line, 5, "the width", &width) ||
        !lf_io_swmm_number(model, line, 6, "the slope", &slope_percent))
        return;
    area->area_m2 = size * model->hectare_m2;
    area->impervious_ratio = percent / 100;
    area->width_m = width * model->length_m;
    area->slope_ratio = slope_percent / 100;
    if (percent < 0 || percent > 100 || size < 0 || width < 0)
        lf_io_swmm_note(model, LF_ERROR, LF_RANGE, line->line, area->name, "",
                        "area %g, impervious %g %% and width %g do not fit together", size, percent,
                        width);
}

void lf_io_swmm_read_corner(swmm_model *model, const inp_line *line) {
    const char *name = lf_io_swmm_word(model, line, 0);
    int area = lf_io_swmm_names_find(&model->area_names, name);
    double x, y;
    // Storage units may have polygons too; they are for drawing only.
    if (area < 0 && lf_io_swmm_names_find(&model->node_names, name) < 0)
        lf_io_swmm_note(model, LF_WARNING, LF_REFERENCE, line->line, name, "",
                        "corner of a subcatchment that is not defined");
    else if (area >= 0 && lf_io_swmm_number(model, line, 1, "x", &x) &&
             lf_io_swmm_number(model, line, 2, "y", &y))
        lf_io_swmm_add_point(model, &model->corners, area, x, y);
}
