// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// What a run leaves behind: figures, series, ledgers, layer columns, rasters, frames and tables of
// each option. Append-only while the option runs; afterwards everybody reads it const.
#ifndef LIFANG_RESULT_H
#define LIFANG_RESULT_H

#include "lifang/twin.h"

#ifdef __cplusplus
extern "C" {
#endif

// What a module can report. The name ends in the unit: "drain.max_depth_m".
typedef struct lf_figure_def {
    const char *name;
    const char *unit; // as printed: "m", "m³/s", "yuan", "1"
    const char *doc;
    const char *doc_zh; // short Chinese label for reports and views
    int better;         // -1 less is better, +1 more is better, 0 neither
} lf_figure_def;

typedef struct lf_figure {
    const lf_figure_def *def;
    double value;       // NAN = undefined, e.g. a payback that never comes
    lf_quality quality; // the worst quality of what it was computed from
} lf_figure;

// One table of numbers over time; the first column is time_s from the start of the run.
typedef struct lf_series {
    const char *name; // "gauges": becomes series/gauges.csv
    int column_count; // without time
    const char *const *columns;
    int count;            // rows so far
    const double *time_s; // count
    const float *values;  // count x column_count
} lf_series;

// in = out + stored + error. All amounts in one unit; money in whole fen (exact in a double).
typedef struct lf_ledger_line {
    const char *name;
    double amount;
} lf_ledger_line;
typedef struct lf_ledger {
    const char *name; // "water", "vehicles", "money"
    const char *unit;
    int in_count, out_count, stored_count;
    const lf_ledger_line *in, *out, *stored;
    double error;       // in - out - stored
    double error_ratio; // |error| / max(in, 1)
} lf_ledger;

// A result for each row of a layer: becomes a column of layers.gpkg and a layer of the view.
typedef struct lf_column {
    lf_layer layer;
    const char *name; // "max_depth_m"
    const char *doc;
    int count;
    const float *values; // NaN = none
} lf_column;

typedef struct lf_field_raster {
    const char *name; // "max_depth_m": becomes rasters/max_depth_m.tif
    const char *doc;
    lf_grid grid;
    const float *values; // NaN = outside
} lf_field_raster;

// A moment for the time slider. Arrays may be NULL where the module did not run.
typedef struct lf_frame_shot {
    double time_s;
    const float *depth_m;       // of the depth grid
    const uint8_t *place_taken; // of park's stall places (park.h): 0 free, 1 taken, 2 flooded
    const float *edge_cars;     // cars on each directed edge of the road graph
    int place_count;            // of place_taken
} lf_frame_shot;

// A table of money by year: rows are lines, columns years from the start of construction.
typedef struct lf_money_line {
    const char *name; // "parking revenue"
    const char *name_zh;
    const char *party;  // who receives (+) or pays (-): "operator", "residents", ...
    int group;          // 0 capex, 1 opex, 2 revenue, 3 grant, 4 avoided damage (not cash)
    const int64_t *fen; // year_count, positive = income
} lf_money_line;
typedef struct lf_money_table {
    int year_count;
    int first_year;        // calendar
    double discount_ratio; // what NPV and discounted payback used, each flow at the end of its year
    bool avoided_counted;  // group 4 is part of the NPV, IRR and payback figures
    int line_count;
    const lf_money_line *lines;
} lf_money_table;

typedef struct lf_note {
    lf_quality quality;
    const char *text;
} lf_note;

// One option of a scenario.
typedef struct lf_option_result lf_option_result;

// Writing, by modules and by run. Names and docs of defs must outlive the result (static tables);
// all other texts and arrays are copied. Without memory the calls mark the result as failed
// (lf_option_failed) and go on.
lf_option_result *lf_option_create(const char *name, const lf_twin *twin,
                                   const lf_allocator *allocator);
void lf_option_destroy(lf_option_result *option);
bool lf_option_failed(const lf_option_result *option);
void lf_option_set_figure(lf_option_result *option, const lf_figure_def *def, double value,
                          lf_quality quality);
int lf_option_add_series(lf_option_result *option, const char *name, int column_count,
                         const char *const *columns);
void lf_option_add_series_row(lf_option_result *option, int series, double time_s,
                              const float *values);
void lf_option_add_ledger(lf_option_result *option, const char *name, const char *unit,
                          const lf_ledger_line *in, int in_count, const lf_ledger_line *out,
                          int out_count, const lf_ledger_line *stored, int stored_count);
void lf_option_add_column(lf_option_result *option, lf_layer layer, const char *name,
                          const char *doc, const float *values, int count);
void lf_option_add_raster(lf_option_result *option, const char *name, const char *doc,
                          const lf_grid *grid, const float *values);
void lf_option_set_depth_grid(lf_option_result *option, const lf_grid *grid);
// The surface as the solver sees it (measures applied, buildings NaN), on the depth grid.
void lf_option_set_ground(lf_option_result *option, const float *ground_m);
// Frames: the first module that reaches a time opens it, others fill in.
void lf_option_frame_depth(lf_option_result *option, double time_s, const float *depth_m);
void lf_option_frame_places(lf_option_result *option, double time_s, const uint8_t *taken,
                            int count);
void lf_option_frame_edges(lf_option_result *option, double time_s, const float *cars, int count);
void lf_option_set_money(lf_option_result *option, const lf_money_table *table);
void lf_option_add_note(lf_option_result *option, lf_quality quality, const char *format, ...)
#ifdef __GNUC__
    __attribute__((format(printf, 3, 4)))
#endif
    ;
void lf_option_set_seconds(lf_option_result *option, const char *what, double seconds);
void lf_option_set_hash(lf_option_result *option, uint64_t state_hash);
// The run ended early: everything in the result is of the last good moment, why says what happened.
void lf_option_set_partial(lf_option_result *option, double time_s, const char *why);

// Reading.
const char *lf_option_name(const lf_option_result *option);
const lf_twin *lf_option_twin(const lf_option_result *option); // not owned
uint64_t lf_option_hash(const lf_option_result *option);
// NULL = the option ran to its end; else why it did not, and until when it was good.
const char *lf_option_partial(const lf_option_result *option, double *time_s);
int lf_option_figure_count(const lf_option_result *option);
const lf_figure *lf_option_figure_at(const lf_option_result *option, int index);
const lf_figure *lf_option_figure(const lf_option_result *option, const char *name); // or NULL
int lf_option_series_count(const lf_option_result *option);
const lf_series *lf_option_series_at(const lf_option_result *option, int index);
const lf_series *lf_option_series(const lf_option_result *option, const char *name); // or NULL
int lf_option_ledger_count(const lf_option_result *option);
const lf_ledger *lf_option_ledger_at(const lf_option_result *option, int index);
int lf_option_column_count(const lf_option_result *option);
const lf_column *lf_option_column_at(const lf_option_result *option, int index);
const lf_column *lf_option_column(const lf_option_result *option, lf_layer layer, const char *name);
int lf_option_raster_count(const lf_option_result *option);
const lf_field_raster *lf_option_raster_at(const lf_option_result *option, int index);
const lf_field_raster *lf_option_raster(const lf_option_result *option, const char *name);
const lf_grid *lf_option_depth_grid(const lf_option_result *option); // NULL = drain did not run
const float *lf_option_ground(const lf_option_result *option);       // NULL = drain did not run
int lf_option_frame_count(const lf_option_result *option);
const lf_frame_shot *lf_option_frame_at(const lf_option_result *option, int index);
const lf_money_table *lf_option_money(const lf_option_result *option); // NULL = none
int lf_option_note_count(const lf_option_result *option);
const lf_note *lf_option_note_at(const lf_option_result *option, int index);
int lf_option_seconds_count(const lf_option_result *option);
const lf_ledger_line *lf_option_seconds_at(const lf_option_result *option, int index);

// One evaluated check of the scenario.
typedef struct lf_check_result {
    const char *text;
    const char *option; // "" where the text names its options itself
    bool pass;
    bool defined; // false: it could not be evaluated; then it does not pass
    double value; // left side of the comparison, NAN where there is none
    const char *message;
} lf_check_result;

typedef struct lf_input_file {
    const char *path; // as in the scenario
    char sha256[65];
    lf_quality quality;
    const char *what; // "terrain 300 x 400", "buildings 24, roads 31"
} lf_input_file;

// The whole run. Built by lf_run_scenario (run.h), which owns everything it points to.
typedef struct lf_result {
    const char *scenario; // path as given
    const char *title;    // the estate's name
    uint64_t seed;
    int input_count;
    const lf_input_file *inputs;
    int option_count;
    lf_option_result *const *options;
    int check_count;
    const lf_check_result *checks;
    double start_clock_s; // time of day at time_s = 0
} lf_result;

#ifdef __cplusplus
}
#endif
#endif
