// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The state of the module: one row per array, and how long each is.
#include "drain/model.h"
#include <math.h>
#include <string.h>

#define ARRAY(name, member, type, place, initial, doc)                                             \
    { name, doc, type, place, offsetof(lf_drain_arrays, member), 0, 0, initial, NULL, NULL, NULL }
#define CELLS(member, initial, doc) ARRAY(#member, member, LF_F32, LF_AT_OTHER, initial, doc)
#define OTHER(member, type, doc) ARRAY(#member, member, type, LF_AT_OTHER, 0, doc)
#define NODES(member, type, doc) ARRAY(#member, member, type, LF_AT_NODE, 0, doc)
#define LINKS(member, type, doc) ARRAY(#member, member, type, LF_AT_LINK, 0, doc)

// LF_AT_OTHER: padded cells (see surface_types.inc) unless lf_drain_state_count says otherwise.
static const lf_field fields[] = {
    CELLS(depth_m, 0, "water on the ground"),
    CELLS(carry_m, 0, "what rounding owes to the depth"),
    CELLS(flux_x_m2_s, 0, "flow through the west face"),
    CELLS(flux_y_m2_s, 0, "flow through the south face"),
    CELLS(tile_max_m, 0, "deepest water of each tile"),
    CELLS(tile_fast_m_s, 0, "largest wave speed of each tile"),
    CELLS(scratch, 0, "scratch: rows of the surface solver"),
    ARRAY("edges", edges, LF_F64, LF_AT_OTHER, 0, "prescribed edges: flow, level, inflow"),
    ARRAY("tile_on", tile_on, LF_U8, LF_AT_OTHER, 0, "tile is computed in this step"),
    ARRAY("tile_was_on", tile_was_on, LF_U8, LF_AT_OTHER, 1, "tile was computed in the last one"),
    CELLS(loss_left_m, 0, "initial loss not yet filled"),
    CELLS(roof_left_m, 0, "initial loss of each roof entry not yet filled"),
    CELLS(soaked_m, 0, "infiltrated so far (horton: above the final rate)"),
    CELLS(max_depth_m, 0, "deepest so far"),
    CELLS(arrival_s, NAN, "first time deeper than 0.15 m"),
    CELLS(duration_s, 0, "time deeper than 0.15 m"),
    CELLS(car_duration_s, 0, "time deeper than 0.27 m"),
    CELLS(max_speed_m_s, 0, "fastest so far, where deeper than 0.02 m"),
    CELLS(max_hazard_m2_s, 0, "highest depth x (speed + 0.5)"),
    CELLS(building_s, NAN, "first time that water stood above the sill"),
    OTHER(edge_last_m3, LF_F64, "inflow of each edge at the last report"),
    OTHER(structure_m3, LF_F64, "water that each structure led from -> to"),
    OTHER(structure_last_m3, LF_F64, "the same at the last report"),
    OTHER(structure_peak_m3_s, LF_F32, "largest flow"),
    OTHER(structure_on, LF_U8, "pump runs"),
    OTHER(garage_m3, LF_F64, "water in each garage"),
    OTHER(tally_m2, LF_F64, "water that passed each face of the sections, per metre"),
    OTHER(section_m3, LF_F64, "water that had crossed each section a step ago"),
    OTHER(section_last_m3, LF_F64, "the same at the last report"),
    OTHER(section_peak_m3_s, LF_F32, "largest flow across it"),
    NODES(node_m3, LF_F64, "water in the node and its halves of pipes"),
    NODES(node_flooded_m3, LF_F64, "water that came back to the street"),
    NODES(node_next_m3, LF_F64, "scratch"),
    NODES(node_out_m3_s, LF_F64, "scratch"),
    NODES(node_max_m, LF_F32, "deepest water above the invert"),
    NODES(node_surcharge_s, LF_F32, "time full to the rim"),
    LINKS(link_m3_s, LF_F64, "flow"),
    LINKS(link_peak_m3_s, LF_F32, "largest flow"),
    LINKS(link_fill_ratio, LF_F32, "largest depth / height"),
    LINKS(link_surcharge_s, LF_F32, "time full at both ends"),
    LINKS(link_limiting_s, LF_F32, "time full above, at capacity and free below"),
    ARRAY("sums", sums, LF_F64, LF_AT_OTHER, 0, "running totals"),
    ARRAY("row_sums", row_sums, LF_F64, LF_AT_OTHER, 0, "scratch"),
    ARRAY("row_bad", row_bad, LF_I32, LF_AT_OTHER, 0, "scratch"),
    ARRAY("series", series, LF_I32, LF_AT_OTHER, 0, "series of the result"),
};

const lf_table lf_drain_state_table = {"drain", "state of drainage", fields,
                                       (int)(sizeof fields / sizeof *fields),
                                       sizeof(lf_drain_arrays)};

size_t lf_drain_state_count(const void *opaque, lf_place place, const char *field) {
    const lf_drain_model *model = opaque;
    const lf_drain_f32_plan *plan = &model->plan;
    size_t tiles = (size_t)plan->bands * plan->tile_cols;
    size_t cells = (size_t)plan->stride * plan->height;
    size_t structures = (size_t)model->structure_count;
    bool soaks =
        model->infiltrates && model->settings.losses.infiltration != LF_DRAIN_SOAK_CONSTANT;
    const struct {
        const char *name;
        size_t count;
    } special[] = {{"tile_max_m", tiles},
                   {"tile_fast_m_s", tiles},
                   {"scratch", lf_drain_f32_scratch_count(plan)},
                   {"edges", 3 * (size_t)plan->edge_count},
                   {"tile_on", tiles},
                   {"tile_was_on", tiles},
                   {"roof_left_m", (size_t)model->roof_count},
                   {"soaked_m", soaks ? cells : 0},
                   {"building_s", (size_t)model->buildings.count},
                   {"edge_last_m3", (size_t)plan->edge_count},
                   {"structure_m3", structures},
                   {"structure_last_m3", structures},
                   {"structure_peak_m3_s", structures},
                   {"structure_on", structures},
                   {"garage_m3", structures ? (size_t)model->parking.count + 1 : 0},
                   {"tally_m2", (size_t)plan->tally_count},
                   {"section_last_m3", (size_t)model->section_count},
                   {"section_m3", (size_t)model->section_count},
                   {"section_peak_m3_s", (size_t)model->section_count},
                   {"sums", SUM_COUNT},
                   {"row_sums", 3 * (size_t)plan->height},
                   {"row_bad", (size_t)plan->height},
                   {"series", SERIES_COUNT}};
    for (size_t i = 0; i < sizeof special / sizeof special[0]; i++) {
        if (strcmp(field, special[i].name) == 0) {
            return special[i].count;
        }
    }
    if (place == LF_AT_NODE) {
        return (size_t)model->node_count;
    }
    if (place == LF_AT_LINK) {
        return (size_t)model->pipe_count;
    }
    return cells;
}

lf_drain_f32_field lf_drain_surface_field(const lf_drain_arrays *a) {
    return (lf_drain_f32_field){.depth_m = a->depth_m,
                                .carry_m = a->carry_m,
                                .flux_x_m2_s = a->flux_x_m2_s,
                                .flux_y_m2_s = a->flux_y_m2_s,
                                .tile_max_m = a->tile_max_m,
                                .tile_fast_m_s = a->tile_fast_m_s,
                                .scratch = a->scratch,
                                .edges = (lf_drain_f32_edge *)a->edges,
                                .tally_m2 = a->tally_m2,
                                .tile_on = a->tile_on,
                                .tile_was_on = a->tile_was_on};
}
