// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Nodes of an .inp file: junctions, outfalls, dividers, storage, their places, tags and inlets.
#include "io/swmm/model.h"

#include "base/text.h"

#include <math.h>
#include <string.h>
#include <strings.h>

static swmm_node *add_node(swmm_model *model, const inp_line *line, int kind, const char *keyword) {
    int index = lf_io_swmm_add_name(model, line, &model->node_names, (void **)&model->nodes,
                                    &model->node_capacity, sizeof *model->nodes, "node");
    if (index < 0)
        return NULL;
    swmm_node *node = &model->nodes[index];
    memset(node, 0, sizeof *node);
    node->name = lf_io_swmm_word(model, line, 0);
    node->keyword = keyword;
    node->line = line->line;
    node->kind = kind;
    node->outfall_level_m = NAN;
    double invert;
    lf_io_swmm_number(model, line, 1, "the invert elevation", &invert);
    node->invert_m = invert * model->length_m;
    return node;
}

static void read_depth(swmm_model *model, const inp_line *line, int index, swmm_node *node) {
    double depth;
    if (line->words <= index || !lf_io_swmm_number(model, line, index, "the maximum depth", &depth))
        return;
    if (depth < 0)
        lf_io_swmm_note(model, LF_ERROR, LF_RANGE, line->line, node->name, "",
                        "the maximum depth %g is negative", depth);
    else
        node->depth_m = depth * model->length_m;
}

void lf_io_swmm_read_junction(swmm_model *model, const inp_line *line) {
    swmm_node *node = add_node(model, line, LF_NODE_MANHOLE, "junction");
    if (node)
        read_depth(model, line, 2, node);
}

void lf_io_swmm_read_divider(swmm_model *model, const inp_line *line) {
    swmm_node *node = add_node(model, line, LF_NODE_DIVIDER, "divider");
    if (node)
        lf_io_swmm_note(model, LF_NOTE, LF_OK, line->line, node->name, "",
                        "the divider's rule is not used; flow divides by hydraulics");
}

// The water level outside: fixed, or the mean of a tide curve (in map order of SWMM's words).
void lf_io_swmm_read_outfall(swmm_model *model, const inp_line *line) {
    swmm_node *node = add_node(model, line, LF_NODE_OUTFALL, "outfall");
    if (!node)
        return;
    const char *type = line->words > 2 ? lf_io_swmm_word(model, line, 2) : "FREE";
    const char *argument = lf_io_swmm_word(model, line, 3);
    double level;
    if (lf_io_swmm_word_is(type, "FIXED")) {
        if (lf_io_swmm_number(model, line, 3, "the fixed stage", &level))
            node->outfall_level_m = level * model->length_m;
    } else if (lf_io_swmm_word_is(type, "TIDAL")) {
        int curve = lf_io_swmm_names_find(&model->curve_names, argument);
        if (curve < 0)
            lf_io_swmm_note(model, LF_ERROR, LF_REFERENCE, line->line, node->name, "",
                            "the tide curve \"%s\" is not defined", argument);
        else
            node->outfall_level_m = model->curves[curve].largest_y * model->length_m;
        lf_io_swmm_note(model, LF_WARNING, LF_OK, line->line, node->name, "",
                        "the tide is taken at its highest level throughout");
    } else if (lf_io_swmm_word_is(type, "TIMESERIES")) {
        lf_io_swmm_note(model, LF_WARNING, LF_OK, line->line, node->name, "",
                        "the stage series \"%s\" is not used; the outfall is free", argument);
    } else if (!lf_io_swmm_word_is(type, "FREE") && !lf_io_swmm_word_is(type, "NORMAL")) {
        lf_io_swmm_note(model, LF_ERROR, LF_UNKNOWN_KEY, line->line, node->name,
                        "use FREE, NORMAL, FIXED, TIDAL or TIMESERIES",
                        "\"%s\" is no type of outfall", type);
    }
}

// Mean plan area between empty and full, in the file's units.
static bool storage_area(swmm_model *model, const inp_line *line, double depth, double *area) {
    const char *shape = lf_io_swmm_word(model, line, 4);
    double a = 0, b = 0, c = 0;
    if (lf_io_swmm_word_is(shape, "TABULAR")) {
        const char *name = lf_io_swmm_word(model, line, 5);
        int index = lf_io_swmm_names_find(&model->curve_names, name);
        if (index < 0) {
            lf_io_swmm_note(model, LF_ERROR, LF_REFERENCE, line->line,
                            lf_io_swmm_word(model, line, 0), "",
                            "the storage curve \"%s\" is not defined", name);
            return false;
        }
        const swmm_curve *curve = &model->curves[index];
        double span = curve->last_x - curve->first_x;
        *area = span > 0 ? curve->integral / span : curve->last_y;
        return true;
    }
    if (!lf_io_swmm_number(model, line, 5, "the first parameter of the shape", &a) ||
        !lf_io_swmm_number(model, line, 6, "the second parameter of the shape", &b))
        return false;
    if (line->words > 7 && !lf_io_swmm_number(model, line, 7, "the third parameter", &c))
        return false;
    const double pi = 3.14159265358979323846;
    if (lf_io_swmm_word_is(shape, "FUNCTIONAL"))
        *area = c + (depth > 0 ? a * pow(depth, b) / (b + 1) : a);
    else if (lf_io_swmm_word_is(shape, "CYLINDRICAL"))
        *area = pi / 4 * a * b;
    else if (lf_io_swmm_word_is(shape, "CONICAL"))
        *area = pi / 4 * (a + c * depth) * (b + c * depth * (a > 0 ? b / a : 1));
    else if (lf_io_swmm_word_is(shape, "PARABOLIC") || lf_io_swmm_word_is(shape, "PARABOLOID"))
        *area = pi / 8 * a * b * (c > 0 ? depth / c : 1);
    else if (lf_io_swmm_word_is(shape, "PYRAMIDAL"))
        *area = (a + c * depth) * (b + c * depth);
    else {
        lf_io_swmm_note(model, LF_ERROR, LF_UNKNOWN_KEY, line->line,
                        lf_io_swmm_word(model, line, 0), "", "\"%s\" is no shape of storage",
                        shape);
        return false;
    }
    return true;
}

void lf_io_swmm_read_storage(swmm_model *model, const inp_line *line) {
    swmm_node *node = add_node(model, line, LF_NODE_STORAGE, "storage unit");
    if (!node)
        return;
    read_depth(model, line, 2, node);
    double area;
    if (storage_area(model, line, node->depth_m / model->length_m, &area))
        node->area_m2 = area * model->length_m * model->length_m;
}

void lf_io_swmm_read_coordinate(swmm_model *model, const inp_line *line) {
    const char *name = lf_io_swmm_word(model, line, 0);
    int index = lf_io_swmm_names_find(&model->node_names, name);
    if (index < 0) {
        lf_io_swmm_note(model, LF_WARNING, LF_REFERENCE, line->line, name, "",
                        "coordinates of a node that is not defined");
        return;
    }
    swmm_node *node = &model->nodes[index];
    if (node->placed)
        lf_io_swmm_note(model, LF_WARNING, LF_DUPLICATE, line->line, name, "",
                        "the node has coordinates already; the last ones are used");
    node->placed = lf_io_swmm_number(model, line, 1, "x", &node->x) &&
                   lf_io_swmm_number(model, line, 2, "y", &node->y);
}

// Items of a tag are parted by commas: "gully:0.6,clogged:0.3". Other tags are the user's own.
void lf_io_swmm_read_node_tag(swmm_model *model, const inp_line *line) {
    const char *name = lf_io_swmm_word(model, line, 1);
    int index = lf_io_swmm_names_find(&model->node_names, name);
    if (index < 0) {
        lf_io_swmm_note(model, LF_WARNING, LF_REFERENCE, line->line, name, "",
                        "tag of a node that is not defined");
        return;
    }
    swmm_node *node = &model->nodes[index];
    for (char *item = model->file.words[line->word + 2]; item;) {
        char *next = strchr(item, ',');
        if (next)
            *next++ = '\0';
        bool gully = strncasecmp(item, "gully:", 6) == 0;
        bool clogged = strncasecmp(item, "clogged:", 8) == 0;
        double value;
        if (gully || clogged) {
            double high = gully ? 50 : 1;
            if (!lf_text_real(strchr(item, ':') + 1, &value) || value < 0 || value > high) {
                lf_io_swmm_note(model, LF_ERROR, LF_RANGE, line->line, name,
                                "write gully:<length in m> or clogged:<ratio>",
                                "the tag \"%s\" needs a number in 0..%g", item, high);
            } else if (gully) {
                node->inlet_length_m = value;
                if (node->kind == LF_NODE_MANHOLE && value > 0)
                    node->kind = LF_NODE_GULLY;
            } else {
                node->clogged_ratio = value;
            }
        }
        item = next;
    }
}

// Edge over which water falls: three sides of a grate at the kerb, the length of a kerb opening or
// slot. Rows of one name are a combination inlet: the longer one counts.
void lf_io_swmm_read_inlet(swmm_model *model, const inp_line *line) {
    const char *name = lf_io_swmm_word(model, line, 0), *type = lf_io_swmm_word(model, line, 1);
    double length = 0, width = 0;
    bool known = true;
    if (lf_io_swmm_word_is(type, "GRATE") || lf_io_swmm_word_is(type, "DROP_GRATE"))
        known = lf_io_swmm_number(model, line, 2, "the grate's length", &length) &&
                lf_io_swmm_number(model, line, 3, "the grate's width", &width);
    else if (lf_io_swmm_word_is(type, "CURB") || lf_io_swmm_word_is(type, "SLOTTED") ||
             lf_io_swmm_word_is(type, "DROP_CURB"))
        known = lf_io_swmm_number(model, line, 2, "the inlet's length", &length);
    else {
        lf_io_swmm_note(model, LF_WARNING, LF_UNKNOWN_KEY, line->line, name, "",
                        "an inlet of type \"%s\" is taken as 0.6 m long", type);
        length = 0.6 / model->length_m;
    }
    if (!known)
        return;
    double factor = type[0] == 'D' || type[0] == 'd' ? 2 : 1; // drop inlets take water all around
    double edge_m = (factor * length + 2 * width) * model->length_m;
    int index = lf_io_swmm_names_find(&model->inlet_names, name);
    if (index < 0) {
        if (!lf_memory_grow(NULL, (void **)&model->inlet_lengths_m, &model->inlet_capacity,
                            model->inlet_names.count + 1, sizeof(double)) ||
            (index = lf_io_swmm_names_add(&model->inlet_names, name)) < 0) {
            model->out_of_memory = true;
            return;
        }
        model->inlet_lengths_m[index] = 0;
    }
    if (edge_m > model->inlet_lengths_m[index])
        model->inlet_lengths_m[index] = edge_m;
}

void lf_io_swmm_read_inlet_usage(swmm_model *model, const inp_line *line) {
    const char *inlet_name = lf_io_swmm_word(model, line, 1);
    const char *node_name = lf_io_swmm_word(model, line, 2);
    int inlet = lf_io_swmm_names_find(&model->inlet_names, inlet_name);
    int index = lf_io_swmm_names_find(&model->node_names, node_name);
    if (inlet < 0 || index < 0) {
        lf_io_swmm_note(model, LF_ERROR, LF_REFERENCE, line->line, node_name, "",
                        "%s \"%s\" is not defined", inlet < 0 ? "the inlet" : "the node",
                        inlet < 0 ? inlet_name : node_name);
        return;
    }
    double count = 1, clogged_percent = 0;
    if (line->words > 3 && !lf_io_swmm_number(model, line, 3, "the number of inlets", &count))
        return;
    if (line->words > 4 &&
        !lf_io_swmm_number(model, line, 4, "the clogged share", &clogged_percent))
        return;
    swmm_node *node = &model->nodes[index];
    node->inlet_length_m += count * model->inlet_lengths_m[inlet];
    node->clogged_ratio = fmin(fmax(clogged_percent / 100, 0), 1);
    if (node->kind == LF_NODE_MANHOLE)
        node->kind = LF_NODE_GULLY;
}
