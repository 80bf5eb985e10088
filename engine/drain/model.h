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
    COVER_ROOF,
    COVER_COUNT
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
    float cells;  // how many cells of roof, in shares of one where buildings are porosity
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

// A sensor's series in run time: samples joined by straight lines, the first and the last hold
// before and after. count 0 = none.
typedef struct lf_drain_series {
    int count;
    const double *time_s, *values; // without gaps
} lf_drain_series;

// Water that enters at points or along a line inside: shared evenly among cells.
typedef struct lf_drain_inflow {
    int layer, row; // LF_INFLOWS or LF_OPEN_EDGES
    int *cells;     // padded
    int cell_count;
    double flow_m3_s; // while there is no series
    lf_drain_series series;
} lf_drain_inflow;

// A row of open_edges along the edge of the grid. Its index is that of the solver's edge.
typedef struct lf_drain_open_edge {
    int row;
    int kind;        // lf_drain_edge_kind
    double length_m; // of the faces that it opens
    double flow_m2_s, level_m;
    lf_drain_series flow_m3_s,
        level; // in place of the numbers; level above the datum of the estate
} lf_drain_open_edge;

// One end of a structure: the open cells around it.
typedef struct lf_drain_end {
    int *cells; // padded
    int count;  // 0 = off the grid
    double area_m2;
} lf_drain_end;

typedef struct lf_drain_structure {
    int row;
    int kind; // lf_culvert_kind
    lf_drain_end from, to;
    double from_m, to_m; // inverts, crest or sill above the model's datum
    double width_m, height_m, length_m, roughness_s_m13, loss_ratio;
    double capacity_m3_s; // of pumps, or a limit; 0 = none
    double start_m, stop_m;
    int barrels;
    int parking; // of garage mouths: whose water it becomes; -1 = nobody's
} lf_drain_structure;

// Faces between cells along a line, with the sign that makes flow to its right hand positive.
typedef struct lf_drain_section {
    int first, end; // of section_faces
} lf_drain_section;
typedef struct lf_drain_section_face {
    int face; // padded cell on its east or north
    int8_t x; // 1 = west face, 0 = south face
    int8_t sign;
} lf_drain_section_face; // its place in the list is the slot of its tally

typedef struct lf_drain_device lf_drain_device; // device.h
enum { LF_DRAIN_STATISTICS_EVERY = 5 };         // source steps

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
    lf_drain_device *device; // NULL = the surface is computed here
    // Sub-grid, see fine.c.
    int fine;                  // parts along a cell's side; 1 = none
    lf_grid fine_grid;         // of the parts
    double *fine_ground_m;     // [parts] above the datum, row-major; NaN under roofs and in holes
    float *fine_open_ratio;    // [cells] share of the cell with ground under the sky
    float *fine_roof_ratio;    // [cells] and under roofs
    uint8_t *cover;            // [cells] lf_drain_cover
    uint8_t *focus;            // [cells] 1 where figures are taken
    float *open_ratio;         // [cells] 1 where rain reaches the ground
    float *loss_m;             // [cells] kept at first
    float *infiltration_m_s;   // [cells] final rate
    float soil_m[COVER_COUNT]; // green_ampt: suction x deficit of each cover
    bool infiltrates;
    // Rain from rasters (storm.kind is then meaningless): steps of rain_grid, in run time.
    const lf_rain_grid *rain_grid;
    double rain_offset_s;
    int32_t *rain_cell;          // [cells] index in a raster of rain; -1 = none falls here
    double *rain_step_mean_mm_h; // [steps] over the open cells
    // edges, inflows, structures, sections
    lf_drain_open_edge *edges;
    lf_drain_inflow *inflows;
    int inflow_count;
    lf_drain_structure *structures;
    int structure_count;
    double *garage_full_m3; // [parking] 0 = no garage below ground
    lf_drain_section *sections;
    lf_drain_section_face *section_faces;
    int section_count;
    lf_drain_lists roads, parking, stalls, buildings;
    lf_drain_roof *roofs;
    int roof_count;
    // pipes
    lf_drain_pipe_node *nodes;
    int node_count;
    lf_drain_pipe *pipes;
    int pipe_count;
    double *gauge_ground_m; // [gauges] ground at the point itself
    int *gauge_cells;       // sensors of depth and level on the ground; -1 where off the grid
    int *gauge_nodes;       // or the drain node that they stand in; -1 = none
    int *gauge_rows;
    int gauge_count;
    lf_quality storm_quality, ground_quality, pipe_quality;
} lf_drain_model;

// Running totals, in sums_m3.
typedef enum lf_drain_sum {
    SUM_RAIN,
    SUM_START,  // on the ground when the run began
    SUM_INFLOW, // at points and lines inside
    SUM_DRAWN,  // negative inflow
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
    float *loss_left_m, *roof_left_m, *soaked_m;
    float *max_depth_m, *arrival_s, *duration_s, *car_duration_s, *max_speed_m_s, *max_hazard_m2_s;
    float *building_s;
    double *edge_last_m3;
    double *structure_m3, *structure_last_m3, *garage_m3;
    float *structure_peak_m3_s;
    uint8_t *structure_on;
    double *tally_m2, *section_m3, *section_last_m3;
    float *section_peak_m3_s;
    double *node_m3, *node_flooded_m3, *node_next_m3, *node_out_m3_s;
    float *node_max_m, *node_surcharge_s;
    double *link_m3_s;
    float *link_peak_m3_s, *link_fill_ratio, *link_surcharge_s, *link_limiting_s;
    double *sums;     // lf_drain_sum
    double *row_sums; // scratch: 3 per padded row
    int32_t *row_bad; // scratch: padded row has a depth that is no number
    int32_t *series;  // indices in the result: drain, gauges, links
} lf_drain_arrays;

enum {
    SERIES_DRAIN,
    SERIES_GAUGES,
    SERIES_LINKS,
    SERIES_NODES,
    SERIES_PONDING,
    SERIES_COVERS,
    SERIES_SECTIONS,
    SERIES_EDGES,
    SERIES_STRUCTURES,
    SERIES_COUNT
};

static inline int lf_drain_cell_index(const lf_drain_model *model, int col, int row) {
    return (row + 2) * model->plan.stride + col + 2;
}

// Open to the sky and the street: not a wall, not a roof.
static inline bool lf_drain_is_ground(const lf_drain_model *model, int cell) {
    return model->open_ratio[cell] > 0 && model->cover[cell] != COVER_ROOF;
}

#define LF_DRAIN_WET_M 0.03     // thinner water is no pond
#define LF_DRAIN_FLOODED_M 0.15 // ponding deeper than this counts as flooding
#define LF_DRAIN_CAR_M 0.27     // ponding deeper than this stops cars

// Ground of a cell that takes water; all of it unless buildings are porosity.
static inline double lf_drain_cell_area_m2(const lf_drain_model *model, int cell) {
    double whole = (double)model->plan.cell_m * (double)model->plan.cell_m;
    return model->plan.open_ratio ? whole * (double)model->plan.open_ratio[cell] : whole;
}

extern const lf_table lf_drain_settings_table, lf_drain_state_table;
extern const lf_figure_def lf_drain_figures[FIGURE_COUNT];

size_t lf_drain_state_count(const void *model, lf_place place, const char *field);
lf_drain_f32_field lf_drain_surface_field(const lf_drain_arrays *arrays);

// Building the model, in this order.
lf_code lf_drain_terrain_create(lf_drain_model *model, lf_issues *issues, lf_error *error);
lf_code lf_drain_rain_create(lf_drain_model *model, const lf_module_input *input, lf_issues *issues,
                             lf_error *error);
lf_code lf_drain_cover_create(lf_drain_model *model, lf_error *error);
// Buildings as blocks or as shares of cells, by surface.buildings. false without memory.
bool lf_drain_buildings_shape(lf_drain_model *model);
// Share of a cell under roofs that drain beside it.
double lf_drain_roof_share(const lf_drain_model *model, int cell);
lf_code lf_drain_rain_grid_create(lf_drain_model *model, lf_error *error);
lf_code lf_drain_lists_create(lf_drain_model *model, lf_error *error);
lf_code lf_drain_network_create(lf_drain_model *model, lf_issues *issues, lf_error *error);
lf_code lf_drain_roofs_create(lf_drain_model *model, lf_error *error);
void lf_drain_walls_raise(lf_drain_model *model);
// Completes the surface solver's plan.
lf_code lf_drain_edges_create(lf_drain_model *model, lf_issues *issues, lf_error *error);
// Whether a row of open_edges brings a flow along a line inside the grid.
bool lf_drain_is_inside_line(lf_drain_model *model, const lf_open_edge *row);
// The samples that drive a row, in run time: of the sensor that it names, or of one of that kind
// whose target is "<layer>/<id of the row>". Empty where there is none. false without memory.
bool lf_drain_take_series(lf_drain_model *model, lf_id named, lf_layer layer, lf_id row,
                          lf_sensor_kind kind, lf_drain_series *series);
lf_code lf_drain_inflows_create(lf_drain_model *model, lf_issues *issues, lf_error *error);
lf_code lf_drain_structures_create(lf_drain_model *model, lf_issues *issues, lf_error *error);
lf_code lf_drain_sections_create(lf_drain_model *model, lf_issues *issues, lf_error *error);
// The open cell nearest to a point within reach_m, or -1.
int lf_drain_open_cell(const lf_drain_model *model, lf_vec2 point, double reach_m);
// The mean of a raster over a cell of the model's grid, NaN where less than half of it has data.
double lf_drain_cell_mean(const lf_raster *raster, const lf_grid *grid, int col, int row);
// Run time of this moment's time of day; a run sees no date.
double lf_drain_day_time_s(const lf_drain_model *model, double unix_s);
// Run time of a series that counts from unix_s; 0 = from the run's start.
double lf_drain_run_time_s(const lf_drain_model *model, double unix_s);

// Sub-grid: the fine ground and shares, before covers become walls; the solver's tables, when edges
// are open. false and LF_MEMORY without memory.
bool lf_drain_fine_create(lf_drain_model *model);
lf_code lf_drain_fine_tables(lf_drain_model *model, lf_error *error);
// Water above the lowest ground of a cell that holds this mean depth.
float lf_drain_local_m(const lf_drain_model *model, int cell, float depth_m);
// Ground at a point of a cell.
double lf_drain_fine_ground_m(const lf_drain_model *model, lf_vec2 at, int cell);
// Area of a cell where water is deeper than over_m when it stands local_m above the lowest ground.
double lf_drain_area_over_m2(const lf_drain_model *model, int cell, float local_m, double over_m);
// The grid of rasters and frames: of the parts where there are some.
const lf_grid *lf_drain_out_grid(const lf_drain_model *model);
// How values of padded cells spread over the parts: the same for all, as water that stands so high
// above the lowest ground, as mean depth, or the ground itself (values NULL).
typedef enum lf_drain_spread {
    LF_DRAIN_AS_IT_IS,
    LF_DRAIN_AS_LOCAL,
    LF_DRAIN_AS_VOLUME,
    LF_DRAIN_AS_GROUND
} lf_drain_spread;
// To a row-major grid of lf_drain_out_grid; NaN in walls and holes.
void lf_drain_spread_out(const lf_drain_model *model, lf_drain_spread how, const float *values,
                         float *out);

// Running.
double lf_drain_rain_mm(const lf_drain_model *model, double from_s, double until_s);
double lf_drain_rain_step_end_s(const lf_drain_model *model, int step); // of rain_grid
lf_code lf_drain_begin(const void *model, void *arrays, lf_exchange *exchange,
                       lf_option_result *result, lf_error *error);
lf_code lf_drain_advance(const void *model, void *arrays, double from_s, double until_s,
                         lf_exchange *exchange, lf_error *error);
// LF_UNSTABLE with the cell, its coordinates, what is near, and when.
lf_code lf_drain_unstable(const lf_drain_model *model, long cell, double time_s, lf_error *error);
// Rain, initial losses and infiltration of one step, on the ground and on roofs. Returns a padded
// cell that is no longer a number, or -1.
long lf_drain_sources(const lf_drain_model *model, lf_drain_arrays *arrays, double from_s,
                      double until_s);
// The same for roofs alone. Returns the rain on them, m3.
double lf_drain_rain_on_roofs(const lf_drain_model *model, lf_drain_arrays *arrays, float rain_m);
// What the soil takes from `count` cells with `wet` water on them in dt_s: writes the depth of it
// to soak and books it in the state.
typedef struct lf_drain_soak {
    int kind; // lf_drain_infiltration
    float dt_s;
    float horton_excess_s; // (first / final rate - 1) / decay
    float horton_share;    // 1 - exp(-decay dt)
} lf_drain_soak;
lf_drain_soak lf_drain_soak_step(const lf_drain_model *model, double dt_s);
void lf_drain_soak_run(const lf_drain_model *model, const lf_drain_soak *step, size_t from,
                       int count, const float *wet, float *soaked_m, float *soak);
// Puts water on a cell; what a float cannot hold goes to the carry.
void lf_drain_add_m3(const lf_drain_model *model, lf_drain_arrays *arrays, int cell,
                     double volume_m3);
// Takes up to a volume from a cell, with its share of the momentum. Returns what it gave.
double lf_drain_take_m3(const lf_drain_model *model, lf_drain_arrays *arrays, int cell,
                        double volume_m3);
// Prescribed edges and inflows of one step.
void lf_drain_boundaries_step(const lf_drain_model *model, lf_drain_arrays *arrays, double from_s,
                              double until_s);
bool lf_drain_boundaries_idle(const lf_drain_model *model, double from_s, double until_s);
double lf_drain_series_mean(const lf_drain_series *series, double from_s, double until_s);
// Culverts, weirs, pumps and garage mouths of one step.
void lf_drain_structures_step(const lf_drain_model *model, lf_drain_arrays *arrays, double dt_s);
// Flow of a structure by the levels at both ends (above the model's datum), positive from -> to.
double lf_drain_structure_m3_s(const lf_drain_model *model, const lf_drain_structure *structure,
                               double from_level_m, double to_level_m);
double lf_drain_garages_m3(const lf_drain_model *model, const lf_drain_arrays *arrays);
// Inlets, pipes, surcharge of one step.
void lf_drain_network_step(const lf_drain_model *model, lf_drain_arrays *arrays, double dt_s);
double lf_drain_node_level_m(const lf_drain_pipe_node *node, double volume_m3);
double lf_drain_pipes_m3(const lf_drain_model *model, const lf_drain_arrays *arrays);
// Water that has crossed a section so far: the exact sum over its faces.
double lf_drain_section_m3(const lf_drain_model *model, const lf_drain_arrays *arrays, int section);
// Maxima, durations, arrivals, sections and first buildings until time_s.
void lf_drain_note(const lf_drain_model *model, lf_drain_arrays *arrays, double time_s,
                   double span_s);
void lf_drain_note_buildings(const lf_drain_model *model, lf_drain_arrays *arrays, double time_s);
void lf_drain_note_sections(const lf_drain_model *model, lf_drain_arrays *arrays, double dt_s);

// ---- results

// The deepest water now on the cells of list i, above their lowest ground.
float lf_drain_deepest_m(const lf_drain_model *model, const lf_drain_arrays *a,
                         const lf_drain_lists *lists, int i);
// The largest value of a list's cells; NaN where it has none.
float lf_drain_most(const lf_drain_lists *lists, int i, const float *values);
// Room for a raster of lf_drain_out_grid. Caller frees; NULL without memory.
float *lf_drain_take_grid(const lf_drain_model *model);
// Opens the series of the result and hands over the ground.
lf_code lf_drain_open_outputs(const lf_drain_model *model, lf_drain_arrays *arrays,
                              lf_option_result *result);
lf_code lf_drain_report(const void *model, void *arrays, double time_s, lf_option_result *result,
                        lf_error *error);
bool lf_drain_add_rasters(const lf_drain_model *model, const lf_drain_arrays *arrays,
                          lf_option_result *result);
bool lf_drain_add_columns(const lf_drain_model *model, const lf_drain_arrays *arrays,
                          lf_option_result *result);
// Buildings with water inside, and what that costs.
bool lf_drain_add_damage(const lf_drain_model *model, const lf_drain_arrays *arrays,
                         lf_option_result *result, int *flooded, double *damage_cny);
lf_code lf_drain_finish(const void *model, void *arrays, const lf_exchange *exchange,
                        lf_option_result *result, lf_error *error);

#endif
