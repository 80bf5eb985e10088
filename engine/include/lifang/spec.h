// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The estate as people edit it: layers of features in a local frame, rasters (terrain, roughness,
// rain ...), sensor series, and the list of measures already applied. Messy on purpose;
// lf_spec_check says what is wrong with it and lf_twin_compile (twin.h) freezes it.
#ifndef LIFANG_SPEC_H
#define LIFANG_SPEC_H

#include "lifang/field.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct lf_vec2 {
    double x, y;
} lf_vec2;

// Geometry in local metres. Points: one part of n points. Lines: parts. Polygons: closed rings
// without a repeated last point; an outer ring is counter-clockwise and is followed by its holes,
// which are clockwise. Owned by the spec's arena; never edited in place.
typedef enum lf_shape_kind { LF_NO_SHAPE, LF_POINT, LF_LINE, LF_POLYGON } lf_shape_kind;
typedef struct lf_shape {
    lf_shape_kind kind;
    int part_count;
    int point_count;
    const lf_vec2 *points;
    const int *part_start; // part_count + 1 indices into points
    const double *z_m;     // one per point, or NULL
} lf_shape;

// Where the estate is. Projected coordinate = origin + local; heights are above `vertical_datum`.
typedef struct lf_frame {
    char crs[64];         // "EPSG:4547"; always a projected system in metres; "" = not set yet
    double origin_east_m; // whole metres
    double origin_north_m;
    char vertical_datum[64]; // "" reads as "as the source"
} lf_frame;

// A raster in the local frame: row 0 is the southernmost, values[row * cols + col], cell centre at
// (x0 + (col + 0.5) * cell_m, y0 + (row + 0.5) * cell_m). NaN = no data.
typedef struct lf_grid {
    int cols, rows;
    double x0, y0;
    double cell_m;
} lf_grid;
typedef struct lf_raster {
    lf_grid grid;
    float *values;
    lf_quality quality;
    const char *source;
} lf_raster;

// Ids are 1.. within their layer, never reused; 0 is "none".
typedef uint32_t lf_id;

// The head of every row.
typedef struct lf_row {
    lf_id id;
    lf_quality quality; // of the geometry; attributes that were filled in are listed in `assumed`
    uint32_t assumed;   // bit i: field i of the layer's table was filled from a rule, not read
    const char *name;   // "" = none
    const char *source; // "beijing.osm way/1234"
    lf_shape shape;
} lf_row;

// A time series of a sensor: count samples, ascending time_s from start_unix_s.
typedef struct lf_samples {
    int count;
    double start_unix_s;
    const double *time_s;
    const double *values;
} lf_samples;

// The rows of each layer; docs, units and ranges of the members stand in engine/twin/schema.c.
#include "lifang/rows.h"

typedef enum lf_layer {
#define LF_LAYER(ID, name, type, shape, doc) LF_##ID,
#include "lifang/layers.def"
#undef LF_LAYER
    LF_LAYER_COUNT
} lf_layer;

const char *lf_layer_name(lf_layer layer); // "buildings"
const char *lf_layer_doc(lf_layer layer);
lf_shape_kind lf_layer_shape(lf_layer layer);
const lf_table *lf_layer_table(lf_layer layer);      // the attributes, without the lf_row head
bool lf_layer_find(const char *name, lf_layer *out); // by name

// One quantity of one applied measure, priced: what the money side knows of it.
typedef struct lf_work {
    const char *measure;   // "rain_garden"
    const char *label;     // for people
    const char *price_key; // row of assets/prices
    double quantity;       // in `unit`
    const char *unit;      // "m2", "m", "piece"
    double capex_cny;
    double opex_cny_year;
    double revenue_cny_year; // what it earns by itself, apart from simulated income
    double life_years;
    lf_quality quality; // of the price
} lf_work;

typedef struct lf_spec lf_spec;

lf_spec *lf_spec_create(const lf_allocator *allocator); // NULL without memory
void lf_spec_destroy(lf_spec *spec);
lf_spec *lf_spec_copy(const lf_spec *spec); // deep copy; NULL without memory

lf_frame *lf_spec_frame(lf_spec *spec);
const lf_frame *lf_spec_frame_const(const lf_spec *spec);
const char *lf_spec_name(const lf_spec *spec);
void lf_spec_set_name(lf_spec *spec, const char *name);

// Adds a row with table defaults, the next id, quality LF_ASSUMED and empty name and source. The
// pointer is valid until the next add or removal in that layer. NULL without memory.
void *lf_spec_add(lf_spec *spec, lf_layer layer);
// Gives a row back the id it had in a file; fails with LF_DUPLICATE unless ids stay ascending.
lf_code lf_spec_set_id(lf_spec *spec, lf_layer layer, void *row, lf_id id, lf_error *error);
// All rows of the layer, in order of id; *count rows of lf_layer_row_size bytes.
void *lf_spec_rows(lf_spec *spec, lf_layer layer, int *count);
const void *lf_spec_rows_const(const lf_spec *spec, lf_layer layer, int *count);
size_t lf_layer_row_size(lf_layer layer);
void *lf_spec_at(lf_spec *spec, lf_layer layer, int index);
const void *lf_spec_at_const(const lf_spec *spec, lf_layer layer, int index);
int lf_spec_count(const lf_spec *spec, lf_layer layer);
// Index of the row with that id, or -1.
int lf_spec_find(const lf_spec *spec, lf_layer layer, lf_id id);
// Removes the rows whose keep[index] is false; ids of the others stay.
void lf_spec_keep(lf_spec *spec, lf_layer layer, const bool *keep);

// Copies into the spec's arena. They return "" / an empty shape without memory or input.
const char *lf_spec_text(lf_spec *spec, const char *text);
const char *lf_spec_textf(lf_spec *spec, const char *format, ...)
#ifdef __GNUC__
    __attribute__((format(printf, 2, 3)))
#endif
    ;
lf_shape lf_spec_point(lf_spec *spec, lf_vec2 point);
lf_shape lf_spec_line(lf_spec *spec, const lf_vec2 *points, int count, const double *z_m);
// parts: part_count + 1 offsets. Rings are put in the orientation that lf_shape states.
lf_shape lf_spec_polygon(lf_spec *spec, const lf_vec2 *points, const int *parts, int part_count);
lf_samples lf_spec_samples(lf_spec *spec, const double *time_s, const double *values, int count,
                           double start_unix_s);

// Rasters of the estate, each with a grid of its own; at most one of each kind.
typedef enum lf_raster_kind {
    LF_RASTER_TERRAIN,      // ground above the vertical datum, m
    LF_RASTER_ROUGHNESS,    // Manning's n, s/m^(1/3); NaN = as the land cover says
    LF_RASTER_START_DEPTH,  // water on the ground when the run starts, m; NaN = none
    LF_RASTER_INFILTRATION, // constant rate, mm/h; NaN = as the land cover says
    LF_RASTER_KIND_COUNT
} lf_raster_kind;
typedef struct lf_raster_info {
    const char *name; // "start_depth": of `layer:` of an import, of files and messages
    const char *unit;
    const char *doc;
    double low, high; // what its values can be
} lf_raster_info;
const lf_raster_info *lf_spec_raster_info(lf_raster_kind kind);
bool lf_spec_find_raster(const char *name, lf_raster_kind *out); // by name
// Copies the raster in, in place of an earlier one. raster->values may be NULL to get a NaN raster
// to fill. NULL without memory.
lf_raster *lf_spec_set_raster(lf_spec *spec, lf_raster_kind kind, const lf_raster *raster);
const lf_raster *lf_spec_raster(const lf_spec *spec, lf_raster_kind kind); // NULL = none
lf_raster *lf_spec_raster_edit(lf_spec *spec, lf_raster_kind kind);
// Short forms for the terrain.
lf_raster *lf_spec_set_terrain(lf_spec *spec, const lf_grid *grid, const float *values,
                               lf_quality quality, const char *source);
const lf_raster *lf_spec_terrain(const lf_spec *spec); // NULL = none
lf_raster *lf_spec_terrain_edit(lf_spec *spec);

// Rain that differs from place to place: `count` rasters on one grid, values[step * rows * cols +
// row * cols + col] in mm/h. Each falls from its time_s until the next one's; the last for as long
// as the one before it (an only one for ever). Times ascend; with start_unix_s = 0 they count from
// the start of the storm, else from their own time of day as those of a rain sensor. NaN = no rain.
typedef struct lf_rain_grid {
    lf_grid grid;
    int count;
    double start_unix_s;
    const double *time_s;
    const float *values;
    lf_quality quality;
    const char *source;
} lf_rain_grid;
const lf_raster_info *lf_spec_rain_info(void);                  // name "rain"
bool lf_spec_set_rain(lf_spec *spec, const lf_rain_grid *rain); // copied; false without memory
const lf_rain_grid *lf_spec_rain(const lf_spec *spec);          // NULL = none
lf_rain_grid *lf_spec_rain_edit(lf_spec *spec);

void lf_spec_add_work(lf_spec *spec, const lf_work *work); // texts are copied
const lf_work *lf_spec_works(const lf_spec *spec, int *count);

// A sentence about something that was assumed or synthesised, for report and view.
void lf_spec_add_assumption(lf_spec *spec, lf_quality quality, const char *format, ...)
#ifdef __GNUC__
    __attribute__((format(printf, 3, 4)))
#endif
    ;
typedef struct lf_assumption {
    lf_quality quality;
    const char *text;
} lf_assumption;
const lf_assumption *lf_spec_assumptions(const lf_spec *spec, int *count);

// Checks geometry, references and ranges of everything; adds issues with the feature's id. Returns
// LF_OK when no issue of severity LF_ERROR was found, else the first error's code.
lf_code lf_spec_check(const lf_spec *spec, lf_issues *issues, lf_error *error);

// Tests a row against a where expression such as "kind == 'lawn' && area_m2 > 50" or
// "green.kind == 'lawn'"; a bare word means kind == 'word' or name == 'word'; "" means all.
// Besides the layer's fields an expression may use id, name, area_m2, length_m, quality.
lf_code lf_spec_where(const lf_spec *spec, lf_layer layer, const char *where, bool *selected,
                      lf_error *error);

#ifdef __cplusplus
}
#endif
#endif
