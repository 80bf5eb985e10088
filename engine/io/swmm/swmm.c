// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Importer for SWMM 5 input files: reads the network (model.c) and makes rows of it.
#include "io/swmm/model.h"

#include "io/common/bare.h"
#include "io/registry.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

typedef struct emitter {
    swmm_model *model;
    lf_spec *spec;
    const lf_io_bare *place;
    int unknown_rims;
    int squares;
    int clipped;
} emitter;

static void set_head(const emitter *emit, lf_row *row, const char *keyword, const char *name) {
    row->quality = emit->model->quality;
    row->name = lf_spec_text(emit->spec, name);
    row->source = lf_spec_textf(emit->spec, "%s %s %s", emit->model->label, keyword, name);
}

static bool emit_node(emitter *emit, swmm_node *node) {
    if (!node->placed) {
        lf_io_swmm_note(emit->model, LF_ERROR, LF_GEOMETRY, node->line, node->name,
                        "add a line to [COORDINATES]", "the %s has no coordinates", node->keyword);
        return true;
    }
    lf_vec2 at = {node->x, node->y};
    if (!lf_io_bare_point(emit->place, &at)) {
        lf_io_swmm_note(emit->model, LF_ERROR, LF_CRS, node->line, node->name,
                        "check the CRS that was given for this file",
                        "the coordinate %g %g cannot be transformed", node->x, node->y);
        return true;
    }
    if (!lf_io_bare_keeps(emit->place, at)) {
        emit->clipped++;
        return true;
    }
    lf_drain_node *row = lf_spec_add(emit->spec, LF_DRAIN_NODES);
    if (!row)
        return false;
    set_head(emit, &row->row, node->keyword, node->name);
    row->row.shape = lf_spec_point(emit->spec, at);
    row->kind = node->kind;
    row->invert_m = node->invert_m + emit->place->at_z;
    row->ground_m = node->depth_m > 0 ? row->invert_m + node->depth_m : NAN;
    if (!(node->depth_m > 0) && node->kind != LF_NODE_OUTFALL) {
        lf_io_mark_assumed(&row->row, LF_DRAIN_NODES, "ground_m");
        emit->unknown_rims++;
    }
    if (node->area_m2 > 0)
        row->area_m2 = node->area_m2;
    else
        lf_io_mark_assumed(&row->row, LF_DRAIN_NODES, "area_m2");
    row->inlet_length_m = node->inlet_length_m;
    row->clogged_ratio = node->clogged_ratio;
    row->outfall_level_m = node->outfall_level_m;
    node->id = row->row.id;
    return true;
}

// From node to node through the vertices; NULL without memory.
static lf_vec2 *link_line(const emitter *emit, const swmm_link *link, const swmm_point *vertices,
                          int vertex_count, int *count) {
    const swmm_model *model = emit->model;
    const swmm_node *from = &model->nodes[link->from], *to = &model->nodes[link->to];
    lf_vec2 *line = malloc(((size_t)vertex_count + 2) * sizeof *line);
    if (!line)
        return NULL;
    int n = 0;
    line[n++] = (lf_vec2){from->x, from->y};
    for (int i = 0; i < vertex_count; i++)
        line[n++] = (lf_vec2){vertices[i].x, vertices[i].y};
    line[n++] = (lf_vec2){to->x, to->y};
    *count = n;
    for (int i = 0; i < n; i++)
        if (!lf_io_bare_point(emit->place, &line[i]))
            line[i] = line[i ? i - 1 : 0];
    return line;
}

static double line_length(const lf_vec2 *line, int count) {
    double length = 0;
    for (int i = 1; i < count; i++)
        length += hypot(line[i].x - line[i - 1].x, line[i].y - line[i - 1].y);
    return length;
}

// Height of a link's end above its node's invert; "at the invert" where none is written.
static double offset_above(const swmm_model *model, const swmm_node *node, double offset) {
    if (isnan(offset))
        return 0;
    return model->offset_is_elevation ? offset - node->invert_m : offset;
}

static void check_slope(const emitter *emit, const swmm_link *link, const lf_drain_link *row) {
    const swmm_model *model = emit->model;
    double high = model->nodes[link->from].invert_m + row->offset_from_m;
    double low = model->nodes[link->to].invert_m + row->offset_to_m;
    if (link->kind != LF_LINK_CONDUIT || low <= high + 1e-6)
        return;
    lf_io_swmm_note(emit->model, LF_WARNING, LF_RANGE, link->line, link->name,
                    "check the inverts of both nodes",
                    "the conduit rises by %.3f m along its direction (adverse slope)", low - high);
}

static bool emit_link(emitter *emit, const swmm_link *link, const swmm_point *vertices,
                      int vertex_count) {
    swmm_model *model = emit->model;
    if (link->from < 0 || link->to < 0 || !model->nodes[link->from].id ||
        !model->nodes[link->to].id)
        return true;
    if (!link->shaped) {
        lf_io_swmm_note(model, LF_ERROR, LF_MISSING, link->line, link->name,
                        "add a line to [XSECTIONS]", "the %s has no cross-section", link->keyword);
        return true;
    }
    int count = 0;
    lf_vec2 *line = link_line(emit, link, vertices, vertex_count, &count);
    lf_drain_link *row = line ? lf_spec_add(emit->spec, LF_DRAIN_LINKS) : NULL;
    if (!row) {
        free(line);
        return false;
    }
    set_head(emit, &row->row, link->keyword, link->name);
    row->row.shape = lf_spec_line(emit->spec, line, count, NULL);
    row->kind = link->kind;
    row->from = model->nodes[link->from].id;
    row->to = model->nodes[link->to].id;
    if (link->height_m > 0) {
        row->section = link->section;
        row->diameter_m = link->height_m;
        row->width_m = link->width_m;
    }
    row->length_m = link->length_m > 0 ? link->length_m : line_length(line, count);
    free(line);
    if (link->kind == LF_LINK_CONDUIT) {
        row->roughness_s_m13 = link->roughness_s_m13;
        if (!(link->roughness_s_m13 > 0))
            lf_io_swmm_note(model, LF_ERROR, LF_RANGE, link->line, link->name, "",
                            "Manning's n is %g, it must be above zero", link->roughness_s_m13);
        if (!(row->length_m > 0))
            lf_io_swmm_note(model, LF_ERROR, LF_GEOMETRY, link->line, link->name, "",
                            "the conduit and its line have no length");
    }
    row->offset_from_m = offset_above(model, &model->nodes[link->from], link->offset_from);
    row->offset_to_m = offset_above(model, &model->nodes[link->to], link->offset_to);
    row->capacity_m3_s = link->capacity_m3_s;
    row->year_built = link->year_built;
    row->blocked_ratio = link->blocked_ratio;
    if (link->system >= 0)
        row->system = link->system;
    else
        lf_io_mark_assumed(&row->row, LF_DRAIN_LINKS, "system");
    check_slope(emit, link, row);
    return true;
}

// The node that takes the runoff in the end; areas may drain onto areas.
static int last_outlet(const swmm_model *model, const swmm_area *area) {
    for (size_t step = 0; step <= model->area_names.count; step++) {
        if (area->outlet_node >= 0)
            return area->outlet_node;
        if (area->outlet_area < 0)
            return -1;
        area = &model->areas[area->outlet_area];
    }
    return -1;
}

static lf_shape area_shape(emitter *emit, const swmm_area *area, const swmm_point *corners,
                           int count, int node, bool *square) {
    lf_shape none = {LF_NO_SHAPE, 0, 0, NULL, NULL, NULL};
    lf_vec2 *ring = malloc(((size_t)count + 4) * sizeof *ring);
    if (!ring)
        return none;
    int n = 0;
    for (int i = 0; i < count; i++) {
        lf_vec2 corner = {corners[i].x, corners[i].y};
        bool again = i && corners[i].x == corners[i - 1].x && corners[i].y == corners[i - 1].y;
        if (!again && lf_io_bare_point(emit->place, &corner))
            ring[n++] = corner;
    }
    if (n > 1 && ring[0].x == ring[n - 1].x && ring[0].y == ring[n - 1].y)
        n--;
    *square = n < 3;
    if (*square && node >= 0) {
        lf_vec2 c = {emit->model->nodes[node].x, emit->model->nodes[node].y};
        double h = sqrt(fmax(area->area_m2, 1)) / 2;
        lf_io_bare_point(emit->place, &c);
        ring[0] = (lf_vec2){c.x - h, c.y - h};
        ring[1] = (lf_vec2){c.x + h, c.y - h};
        ring[2] = (lf_vec2){c.x + h, c.y + h};
        ring[3] = (lf_vec2){c.x - h, c.y + h};
        n = 4;
    }
    int parts[2] = {0, n};
    lf_shape shape = n >= 3 ? lf_spec_polygon(emit->spec, ring, parts, 1) : none;
    free(ring);
    return shape;
}

static bool emit_area(emitter *emit, const swmm_area *area, const swmm_point *corners, int count) {
    swmm_model *model = emit->model;
    int node = last_outlet(model, area);
    if (node < 0 || !model->nodes[node].id) {
        if (area->outlet_area >= 0 && node < 0)
            lf_io_swmm_note(model, LF_WARNING, LF_TOPOLOGY, area->line, area->name, "",
                            "the runoff never reaches a node; the subcatchment was left out");
        return true;
    }
    bool square = false;
    lf_shape shape = area_shape(emit, area, corners, count, node, &square);
    lf_subcatchment *row = lf_spec_add(emit->spec, LF_SUBCATCHMENTS);
    if (!row)
        return false;
    set_head(emit, &row->row, "subcatchment", area->name);
    row->row.shape = shape;
    if (square) {
        emit->squares++;
        if (row->row.quality < LF_ASSUMED)
            row->row.quality = LF_ASSUMED;
    }
    row->outlet = model->nodes[node].id;
    row->area_m2 = area->area_m2;
    row->impervious_ratio = area->impervious_ratio;
    row->width_m = area->width_m;
    row->slope_ratio = area->slope_ratio;
    return true;
}

static bool emit_all(emitter *emit) {
    swmm_model *model = emit->model;
    for (size_t i = 0; i < model->node_names.count; i++)
        if (!emit_node(emit, &model->nodes[i]))
            return false;
    const swmm_points *points = &model->vertices;
    for (size_t i = 0, p = 0; i < model->link_names.count; i++) {
        size_t first = p;
        while (p < points->count && points->items[p].owner == (int)i)
            p++;
        if (!emit_link(emit, &model->links[i], points->count ? points->items + first : NULL,
                       (int)(p - first)))
            return false;
    }
    points = &model->corners;
    for (size_t i = 0, p = 0; i < model->area_names.count; i++) {
        size_t first = p;
        while (p < points->count && points->items[p].owner == (int)i)
            p++;
        if (!emit_area(emit, &model->areas[i], points->count ? points->items + first : NULL,
                       (int)(p - first)))
            return false;
    }
    return true;
}

static void sum_up(const emitter *emit) {
    swmm_model *model = emit->model;
    int gullies = 0, outfalls = 0;
    for (size_t i = 0; i < model->node_names.count; i++) {
        gullies += model->nodes[i].inlet_length_m > 0;
        outfalls += model->nodes[i].kind == LF_NODE_OUTFALL;
    }
    if (emit->clipped)
        lf_io_swmm_note(model, LF_NOTE, LF_OK, 0, "", "",
                        "%d nodes outside the clip window were left out with their links",
                        emit->clipped);
    if (emit->unknown_rims)
        lf_io_swmm_note(model, LF_NOTE, LF_OK, 0, "", "",
                        "%d nodes state no depth; their rim is taken from the terrain",
                        emit->unknown_rims);
    if (emit->squares)
        lf_io_swmm_note(model, LF_WARNING, LF_GEOMETRY, 0, "", "add [POLYGONS]",
                        "%d subcatchments have no polygon; squares of their area stand for them",
                        emit->squares);
    if (!gullies)
        lf_io_swmm_note(
            model, LF_WARNING, LF_MISSING, 0, "",
            "add [TAGS] lines such as \"Node J1 gully:0.6\", or [INLETS] and [INLET_USAGE]",
            "no node is an inlet: water on the surface cannot enter the pipes");
    if (!outfalls)
        lf_io_swmm_note(model, LF_WARNING, LF_TOPOLOGY, 0, "", "add a node to [OUTFALLS]",
                        "the network has no outfall");
}

static lf_code finish(emitter *emit, bool complete, lf_error *error) {
    swmm_model *model = emit->model;
    if (!complete)
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "memory ran out while importing %s",
                       model->label);
    if (model->error_count) {
        lf_fail(error, model->first_error.code, LF_FROM_INPUT, "%s%s", model->first_error.message,
                model->error_count > 1 ? " (and more errors, see the list)" : "");
        lf_error_place(error, model->label, model->first_error.line, 0, NULL);
        return model->first_error.code;
    }
    sum_up(emit);
    return LF_OK;
}

// Any node that has a place: the frame of a new twin is laid around the first ones.
static void file_box(const swmm_model *model, double box[4]) {
    box[0] = box[1] = INFINITY;
    box[2] = box[3] = -INFINITY;
    for (size_t i = 0; i < model->node_names.count; i++) {
        const swmm_node *node = &model->nodes[i];
        if (!node->placed)
            continue;
        box[0] = fmin(box[0], node->x);
        box[1] = fmin(box[1], node->y);
        box[2] = fmax(box[2], node->x);
        box[3] = fmax(box[3], node->y);
    }
}

static lf_code import(lf_spec *spec, const lf_import_def *def, swmm_model *model, lf_error *error) {
    lf_code code = lf_io_swmm_model_read(model, def->path, error);
    if (code != LF_OK)
        return code;
    double box[4];
    file_box(model, box);
    emitter emit = {.model = model, .spec = spec};
    if (!model->node_names.count && !model->error_count)
        return lf_fail(error, LF_EMPTY, LF_FROM_INPUT, "the file defines no drainage node");
    if (!(box[0] <= box[2])) {
        lf_io_swmm_note(model, LF_ERROR, LF_GEOMETRY, 0, "",
                        "add [COORDINATES], one line per node: name x y",
                        "no node has coordinates, so the network has no place on the map");
        return finish(&emit, true, error);
    }
    lf_io_bare place;
    code = lf_io_bare_open(&place, spec, def, (box[0] + box[2]) / 2, (box[1] + box[3]) / 2,
                           model->map_unit_m, model->issues, error);
    if (code != LF_OK)
        return code;
    emit.place = &place;
    bool complete = emit_all(&emit);
    lf_io_bare_close(&place);
    return finish(&emit, complete, error);
}

static lf_code read_swmm(lf_spec *spec, const lf_import_def *def, lf_issues *issues,
                         lf_error *error) {
    swmm_model model;
    memset(&model, 0, sizeof model);
    model.label = def->label ? def->label : def->path;
    model.issues = issues;
    lf_code code = import(spec, def, &model, error);
    lf_io_swmm_model_free(&model);
    return code;
}

// Section names of SWMM at the beginning of a line.
static int sniff(const char *path, const unsigned char *head, size_t head_size) {
    static const char *const sections[] = {"[TITLE]",      "[OPTIONS]",  "[JUNCTIONS]",
                                           "[OUTFALLS]",   "[CONDUITS]", "[RAINGAGES]",
                                           "[EVAPORATION]"};
    (void)path;
    int found = 0;
    for (size_t i = 0; i < head_size; i++) {
        if (head[i] != '[' ||
            (i && head[i - 1] != '\n' && head[i - 1] != '\r' && head[i - 1] != 0xbf))
            continue;
        for (size_t s = 0; s < sizeof sections / sizeof sections[0]; s++) {
            size_t length = strlen(sections[s]);
            if (i + length <= head_size &&
                strncasecmp((const char *)head + i, sections[s], length) == 0)
                found++;
        }
    }
    return found >= 2 ? 95 : found ? 60 : 0;
}

const lf_importer lf_io_swmm = {
    "swmm", "EPA SWMM 5 input file: pipes, manholes, gullies, pumps, subcatchments", sniff,
    read_swmm, NULL};
