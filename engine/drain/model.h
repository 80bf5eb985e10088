// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The drain module from inside: the compiled model (const while running), the state arrays, and the
// functions between its files. Reading order: module.c, model.c, advance.c, outputs.c.
#ifndef LF_DRAIN_MODEL_H
#define LF_DRAIN_MODEL_H

#include "base/memory.h"
#include "drain/figures.h"
#include "drain/raster.h"
#include "drain/surface/surface.h"
#include "lifang/drain.h"

// What a cell is made of. Order of painting: later covers win.
typedef enum lf_drain_cover {
    COVER_OUTSIDE, // no terrain, connected with the edge of the grid
    COVER_HOLE,    // no terrain inside the estate: a wall
    COVER_PAVED,
    COVER_GRASS,
    COVER_WOOD,
    COVER_BARE,
    COVER_STORAGE, // rain gardens, sunken green: meant to hold water
    COVER_ROAD,
    COVER_WATER,
    COVER_ROOF
} lf_drain_cover;

// Lists of padded cell indices, one list per row of a layer: list i is cells[first[i]] ..
// cells[first[i + 1] - 1].
typedef struct lf_drain_lists {
    int count;
    int *first;
    int *cells;
} lf_drain_lists;

// Roof cells of one building that drain to one cell on the ground.
typedef struct lf_drain_roof {
    int target; // padded cell
    int building;
    int node;     // that takes roof_to_pipes_ratio of the water; -1 = none
    float cells;  // how many cells of roof
    float loss_m; // kept by the roof at first
} lf_drain_roof;

typedef struct lf_drain_pipe_node {
    int kind;                  // lf_drain_node_kind
    int cell;                  // padded cell where it meets the surface; -1 = nowhere
    int degree;                // links that end here
    double invert_m, ground_m; // above the datum of the estate
    double low_height_m;       // zone in which half of the adjoining pipes store water
    double low_area_m2;
    double shaft_area_m2;
    double full_m3;         // volume when the water stands at the rim
    double inlet_weir;      // Q = inlet_weir h^1.5
    double inlet_orifice;   // Q = inlet_orifice sqrt(h)
    double outfall_level_m; // NaN = free
} lf_drain_pipe_node;

enum { LF_DRAIN_FILL_STEPS = 32 };
typedef struct lf_drain_pipe {
    int kind;            // lf_drain_link_kind
    int from, to;        // nodes
    double from_m, to_m; // invert at both ends
    double height_m, length_m;
    double area_m2;
    double full_m3_s;                     // Manning, full, by its own slope, less what blocks it
    double conveyance_m3_s;               // full flow at a slope of 1
    double fill[LF_DRAIN_FILL_STEPS + 1]; // conveyance / full by depth / height
} lf_drain_pipe;

typedef struct lf_drain_model {
    lf_arena *arena;
    const lf_twin *twin;
    lf_drain_settings settings;
    lf_clock clock;
    lf_pool *pool;
    lf_drain_storm storm;
    double storm_start_s; // in run time
    // surface
    lf_grid grid;
    double datum_m; // ground of the solver = height - datum
    lf_drain_f32_plan plan;
    uint8_t *cover;          // [cells] lf_drain_cover
    uint8_t *focus;          // [cells] 1 where figures are taken
    float *open_ratio;       // [cells] 1 where rain reaches the ground
    float *loss_m;           // [cells] kept at first
    float *infiltration_m_s; // [cells] final rate
    bool infiltrates;
    double rain_cells; // open cells and roofs
    lf_drain_lists roads, parking, stalls, buildings;
    lf_drain_roof *roofs;
    int roof_count;
    // pipes
    lf_drain_pipe_node *nodes;
    int node_count;
    lf_drain_pipe *pipes;
    int pipe_count;
    int *gauge_cells; // sensors of depth and level on the ground; -1 where off the grid
    int *gauge_nodes; // or the drain node that they stand in; -1 = none
    int *gauge_rows;
    int gauge_count;
    lf_quality storm_quality, ground_quality, pipe_quality;
} lf_drain_model;

// Running totals, in sums_m3.
typedef enum lf_drain_sum {
    SUM_RAIN,
    SUM_INFILTRATION,
    SUM_KEPT, // initial losses of the ground
    SUM_ROOF_KEPT,
    SUM_BOUNDARY,
    SUM_OUTFALL,
    SUM_TO_PIPES,   // through inlets and from roofs
    SUM_FROM_PIPES, // surcharge
    SUM_STEPS,
    SUM_CELL_STEPS,
    SUM_LAST_OUTFALL, // of the last report
    SUM_LAST_TO_PIPES,
    SUM_LAST_TIME,
    SUM_COUNT
} lf_drain_sum;

// State: every number that changes. Padded cells unless said otherwise.
typedef struct lf_drain_arrays {
    float *depth_m, *carry_m, *flux_x_m2_s, *flux_y_m2_s;
    float *tile_max_m, *tile_fast_m_s, *scratch;
    double *edges; // lf_drain_f32_edge
    uint8_t *tile_on, *tile_was_on;
    float *loss_left_m, *roof_left_m;
    float *max_depth_m, *arrival_s, *duration_s, *max_speed_m_s, *max_hazard_m2_s;
    double *node_m3, *node_flooded_m3, *node_next_m3, *node_out_m3_s;
    float *node_max_m, *node_surcharge_s;
    double *link_m3_s;
    float *link_peak_m3_s, *link_fill_ratio, *link_surcharge_s, *link_limiting_s;
    double *sums;     // lf_drain_sum
    double *row_sums; // scratch: 2 per padded row
    int32_t *row_bad; // scratch: padded row has a depth that is no number
    int32_t *series;  // indices in the result: drain, gauges, links
} lf_drain_arrays;

enum { SERIES_DRAIN, SERIES_GAUGES, SERIES_LINKS, SERIES_NODES, SERIES_COUNT };

static inline int lf_drain_cell_index(const lf_drain_model *model, int col, int row) {
    return (row + 2) * model->plan.stride + col + 2;
}

#define LF_DRAIN_FLOODED_M 0.15 // ponding deeper than this counts as flooding

extern const lf_table lf_drain_settings_table, lf_drain_state_table;
extern const lf_figure_def lf_drain_figures[FIGURE_COUNT];

size_t lf_drain_state_count(const void *model, lf_place place, const char *field);
lf_drain_f32_field lf_drain_surface_field(const lf_drain_arrays *arrays);

// Building the model, in this order.
lf_code lf_drain_rain_create(lf_drain_model *model, const lf_module_input *input, lf_issues *issues,
                             lf_error *error);
lf_code lf_drain_terrain_create(lf_drain_model *model, lf_issues *issues, lf_error *error);
lf_code lf_drain_cover_create(lf_drain_model *model, lf_error *error);
lf_code lf_drain_lists_create(lf_drain_model *model, lf_error *error);
lf_code lf_drain_network_create(lf_drain_model *model, lf_issues *issues, lf_error *error);
lf_code lf_drain_roofs_create(lf_drain_model *model, lf_error *error);
lf_code lf_drain_walls_raise(lf_drain_model *model, lf_error *error);
// The open cell nearest to a point within reach_m, or -1.
int lf_drain_open_cell(const lf_drain_model *model, lf_vec2 point, double reach_m);

// Running.
double lf_drain_rain_mm(const lf_drain_model *model, double from_s, double until_s);
bool lf_drain_rain_over(const lf_drain_model *model, double time_s);
lf_code lf_drain_begin(const void *model, void *arrays, lf_exchange *exchange,
                       lf_option_result *result, lf_error *error);
lf_code lf_drain_advance(const void *model, void *arrays, double from_s, double until_s,
                         lf_exchange *exchange, lf_error *error);
// Rain, initial losses and infiltration of one step, on the ground and on roofs. Returns a padded
// cell that is no longer a number, or -1.
long lf_drain_sources(const lf_drain_model *model, lf_drain_arrays *arrays, double time_s,
                      double dt_s, double rain_mm);
void lf_drain_add_water(const lf_drain_model *model, lf_drain_arrays *arrays, int cell,
                        double depth_m);
// Inlets, pipes, surcharge of one step.
void lf_drain_network_step(const lf_drain_model *model, lf_drain_arrays *arrays, double dt_s);
double lf_drain_node_level_m(const lf_drain_pipe_node *node, double volume_m3);
double lf_drain_pipes_m3(const lf_drain_model *model, const lf_drain_arrays *arrays);

// Opens the series of the result and hands over the ground.
lf_code lf_drain_open_outputs(const lf_drain_model *model, lf_drain_arrays *arrays,
                              lf_option_result *result);
lf_code lf_drain_report(const void *model, void *arrays, double time_s, lf_option_result *result,
                        lf_error *error);
lf_code lf_drain_finish(const void *model, void *arrays, const lf_exchange *exchange,
                        lf_option_result *result, lf_error *error);

#endif
