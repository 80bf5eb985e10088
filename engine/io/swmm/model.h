// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The drainage network of an .inp file in SI units, before it becomes rows of a spec: definitions
// first, references resolved, every mistake collected with its line.
#ifndef LF_IO_SWMM_MODEL_H
#define LF_IO_SWMM_MODEL_H

#include "io/swmm/inp.h"
#include "lifang/io.h"

typedef struct swmm_node {
    const char *name;
    const char *keyword; // "junction", for messages
    int line;
    int kind; // lf_drain_node_kind
    double invert_m;
    double depth_m; // invert to rim; 0 = not stated
    double area_m2; // 0 = not stated
    double inlet_length_m;
    double clogged_ratio;
    double outfall_level_m; // NaN = free
    double x, y;            // as in the file
    bool placed;
    lf_id id;
} swmm_node;

typedef struct swmm_link {
    const char *name;
    const char *keyword;
    const char *from_name, *to_name;
    const char *curve; // of pumps; NULL = none
    int line;
    int kind;     // lf_drain_link_kind
    int from, to; // nodes; -1 = not resolved
    double length_m;
    double roughness_s_m13;
    double offset_from, offset_to; // as in the file; NaN = at the node's invert
    int section;                   // lf_section
    double height_m, width_m;
    bool shaped;
    double capacity_m3_s;
    int system; // -1 = not stated
    int year_built;
    double blocked_ratio;
} swmm_link;

typedef struct swmm_area {
    const char *name;
    const char *outlet_name;
    int line;
    int outlet_area; // another subcatchment that takes the runoff, or -1
    int outlet_node;
    double area_m2, impervious_ratio, width_m, slope_ratio;
} swmm_area;

// A curve is remembered by what the network needs of it: largest value and mean value over x.
typedef struct swmm_curve {
    const char *type;
    double first_x, last_x, last_y, integral, largest_y;
    int points;
} swmm_curve;

// An open cross-section given by points or as a street: height and area of the full section, in the
// file's length unit.
typedef struct swmm_profile {
    double height, area;
    int first_point, points; // of a transect: (station, elevation) in swmm_model.stations
    double width_factor;
    double roughness_s_m13; // of the channel; 0 = as the conduit says
} swmm_profile;

typedef struct swmm_point {
    int owner; // link or subcatchment
    int order; // place in the file
    double x, y;
} swmm_point;

typedef struct swmm_points {
    swmm_point *items;
    size_t count, capacity;
} swmm_points;

typedef struct swmm_model {
    const char *label;
    lf_issues *issues;
    inp_file file;
    // From [OPTIONS], [MAP] and [TITLE].
    double length_m, flow_m3_s, hectare_m2; // factors to SI
    bool offset_is_elevation;
    double map_unit_m; // of coordinates without a CRS
    lf_quality quality;
    // Things, each with the table of its names.
    inp_names node_names, link_names, area_names, curve_names, profile_names, inlet_names;
    swmm_node *nodes;
    swmm_link *links;
    swmm_area *areas;
    swmm_curve *curves;
    swmm_profile *profiles;
    double *inlet_lengths_m;
    size_t node_capacity, link_capacity, area_capacity, curve_capacity, profile_capacity,
        inlet_capacity;
    swmm_points vertices, corners, stations;
    int transect;                    // the one that GR lines belong to, + 1
    double transect_roughness_s_m13; // of the last NC line
    // What went wrong.
    int links_mapped; // sections that were replaced by an equal-area one
    long error_count;
    lf_error first_error;
    bool out_of_memory;
} swmm_model;

// Notes an issue with the line and the feature; errors are counted and the first one is kept.
void lf_io_swmm_note(swmm_model *model, lf_severity severity, lf_code code, int line,
                     const char *feature, const char *mend, const char *format, ...)
    __attribute__((format(printf, 7, 8)));

// Reads a word as a number; false and an error where it is none.
bool lf_io_swmm_number(swmm_model *model, const inp_line *line, int index, const char *what,
                       double *value);
static inline const char *lf_io_swmm_word(const swmm_model *model, const inp_line *line, int i) {
    return i < line->words ? model->file.words[line->word + i] : "";
}

// The readers of the sections; one call per line. definition: names come into being; detail:
// everything that refers to a name.
lf_code lf_io_swmm_model_read(swmm_model *model, const char *path, lf_error *error);
void lf_io_swmm_model_free(swmm_model *model);

void lf_io_swmm_read_junction(swmm_model *model, const inp_line *line);
void lf_io_swmm_read_outfall(swmm_model *model, const inp_line *line);
void lf_io_swmm_read_divider(swmm_model *model, const inp_line *line);
void lf_io_swmm_read_storage(swmm_model *model, const inp_line *line);
void lf_io_swmm_read_node_tag(swmm_model *model, const inp_line *line);
void lf_io_swmm_read_coordinate(swmm_model *model, const inp_line *line);
void lf_io_swmm_read_inlet(swmm_model *model, const inp_line *line);
void lf_io_swmm_read_inlet_usage(swmm_model *model, const inp_line *line);

void lf_io_swmm_read_conduit(swmm_model *model, const inp_line *line);
void lf_io_swmm_read_pump(swmm_model *model, const inp_line *line);
void lf_io_swmm_read_orifice(swmm_model *model, const inp_line *line);
void lf_io_swmm_read_weir(swmm_model *model, const inp_line *line);
void lf_io_swmm_read_outlet(swmm_model *model, const inp_line *line);
void lf_io_swmm_read_link_tag(swmm_model *model, const inp_line *line);
void lf_io_swmm_read_vertex(swmm_model *model, const inp_line *line);

void lf_io_swmm_read_xsection(swmm_model *model, const inp_line *line);
void lf_io_swmm_read_transect(swmm_model *model, const inp_line *line);
void lf_io_swmm_read_street(swmm_model *model, const inp_line *line);
void lf_io_swmm_read_curve(swmm_model *model, const inp_line *line);

void lf_io_swmm_read_subcatchment(swmm_model *model, const inp_line *line);
void lf_io_swmm_read_corner(swmm_model *model, const inp_line *line);

// Adds a point to a list that is later sorted by owner.
void lf_io_swmm_add_point(swmm_model *model, swmm_points *points, int owner, double x, double y);
// Grows an array of the model to the count of its names and adds the name; -1 and an error where
// the name is taken, -1 and out_of_memory without memory.
int lf_io_swmm_add_name(swmm_model *model, const inp_line *line, inp_names *names, void **items,
                        size_t *capacity, size_t item_bytes, const char *what);

#endif
