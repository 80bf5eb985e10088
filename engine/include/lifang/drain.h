// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Drainage beyond the module itself: its settings and design storms by Chinese intensity formulas.
// The surface solver by itself is in surface.h. Equations, references and limits:
// engine/drain/README.md.
#ifndef LIFANG_DRAIN_H
#define LIFANG_DRAIN_H

#include "lifang/module.h"
#include "lifang/surface.h"

#ifdef __cplusplus
extern "C" {
#endif

// ---- settings: the `drain` group of a scenario's modules; docs, ranges and defaults stand in
// ---- engine/drain/settings.c

typedef struct lf_drain_storm_settings {
    const char *formula; // row name of assets/storms/formulas.csv
    double period_years;
    double duration_s;
    double peak_ratio;
    double climate_factor;
    double start_clock_s; // < 0 = when the run starts
    double depth_mm;      // uniform storm of this depth; 0 = none
    const char *sensor;   // name of a rain sensor of the twin
} lf_drain_storm_settings;

typedef enum lf_drain_edge { LF_DRAIN_EDGE_FREE, LF_DRAIN_EDGE_CLOSED } lf_drain_edge;
// How buildings stand in the way of water (Schubert and Sanders 2012).
typedef enum lf_drain_buildings {
    LF_DRAIN_BUILDINGS_HOLE,    // walls around cells that do not exist; roofs drain beside them
    LF_DRAIN_BUILDINGS_BLOCK,   // ground as high as the roof: rain runs off over the eaves
    LF_DRAIN_BUILDINGS_POROSITY // shares of cells and faces; swe only
} lf_drain_buildings;
typedef struct lf_drain_surface_settings {
    double cell_m;
    int scheme;             // lf_drain_scheme
    int order;              // of swe
    int edge;               // lf_drain_edge
    int buildings;          // lf_drain_buildings
    int subgrid;            // parts of a cell's side that have ground of their own; 1 = none
    double sheet_m, deep_m; // sheet friction holds fully up to, not at all from this depth on
    double margin_m;
    double theta_ratio;
    double courant_ratio;
    double froude_max_ratio;
    double dry_m;
    double source_step_s;
    double frame_every_s; // depth frames; 0 = with every report
    bool walls;
} lf_drain_surface_settings;

typedef enum lf_drain_infiltration {
    LF_DRAIN_SOAK_CONSTANT,
    LF_DRAIN_SOAK_HORTON,
    LF_DRAIN_SOAK_GREEN_AMPT
} lf_drain_infiltration;
typedef struct lf_drain_losses_settings {
    double manning_road_s_m13, manning_paved_s_m13, manning_grass_s_m13, manning_wood_s_m13;
    double manning_bare_s_m13, manning_water_s_m13;
    double loss_road_mm, loss_paved_mm, loss_grass_mm, loss_wood_mm, loss_bare_mm, loss_roof_mm;
    double green_roof_mm;  // kept by a full green roof
    double permeable_mm;   // kept in the base of permeable paving
    double permeable_mm_h; // infiltration of permeable paving
    double paved_mm_h;     // infiltration of yards that are neither road nor green
    double sheet_grass_ratio, sheet_wood_ratio; // Manning's n of sheet flow / of deep water
    int infiltration;                           // lf_drain_infiltration
    double horton_initial_ratio;                // first rate / final rate
    double horton_decay_per_h;
    // Green-Ampt: suction at the wetting front and the room for water in the soil before the rain.
    double suction_grass_mm, suction_wood_mm, suction_bare_mm;
    double deficit_grass_ratio, deficit_wood_ratio, deficit_bare_ratio;
} lf_drain_losses_settings;

typedef enum lf_drain_pipes { LF_DRAIN_PIPES_NETWORK, LF_DRAIN_PIPES_NONE } lf_drain_pipes;
typedef struct lf_drain_network_settings {
    double weir_m05_s;          // inlet as weir: q = C L h^1.5
    double orifice_ratio;       // inlet as orifice: q = C A sqrt(2 g h)
    double inlet_area_m2_m;     // open area per metre of inlet edge
    double roof_to_pipes_ratio; // share of roof water led straight into the nearest node
    double roof_reach_m;        // how far that node may be
    double step_s;
    double slope_min_ratio; // for the capacity of flat pipes
} lf_drain_network_settings;

typedef struct lf_drain_damage_settings {
    double half_m_cny_m2;     // at 0.5 m above the ground floor
    double one_half_m_cny_m2; // at 1.5 m and more
} lf_drain_damage_settings;

typedef struct lf_drain_structures_settings {
    double weir_m05_s;      // C in C b h^1.5
    double garage_height_m; // headroom that a garage fills with water
} lf_drain_structures_settings;

typedef struct lf_drain_settings {
    lf_drain_storm_settings storm;
    lf_drain_surface_settings surface;
    lf_drain_losses_settings losses;
    int pipes; // lf_drain_pipes
    lf_drain_network_settings network;
    lf_drain_structures_settings structures;
    lf_drain_damage_settings damage;
} lf_drain_settings;

// ---- design storms

// q = A (1 + C lg P) / (t + b)^n in L/(s ha), t in minutes, already for one period: a = A (1 + C
// lgP).
typedef struct lf_drain_formula {
    char name[64];
    double period_years;
    double a_l_s_ha;
    double b_min;
    double n;
    lf_quality quality; // LF_TAGGED for verified rows, LF_ASSUMED for unverified ones
    char source[256];
    int year;
} lf_drain_formula;

// Looks the formula up in assets/storms/formulas.csv. `name` may leave out the zone when there is
// one called <name>_central. Errors: LF_UNKNOWN_KEY (with the names there are), LF_RANGE (a period
// that the source gives no parameters for).
lf_code lf_drain_formula_find(const char *name, double period_years, lf_drain_formula *formula,
                              lf_error *error);
double lf_drain_formula_intensity_l_s_ha(const lf_drain_formula *formula, double duration_min);
// Depth over a duration, with the factor 167 of the published tables (exactly 166.667).
double lf_drain_formula_depth_mm(const lf_drain_formula *formula, double duration_min);

// Cumulative rain: Chicago (Keifer and Chu 1957) integrated exactly, uniform, or a gauge's series.
typedef enum lf_drain_storm_kind {
    LF_DRAIN_STORM_CHICAGO,
    LF_DRAIN_STORM_UNIFORM,
    LF_DRAIN_STORM_SERIES
} lf_drain_storm_kind;
typedef struct lf_drain_storm {
    lf_drain_storm_kind kind;
    lf_drain_formula formula; // of Chicago storms
    double duration_s;
    double peak_ratio;       // where in the duration the peak lies, 0..1
    double depth_mm;         // of uniform storms
    double factor;           // on every depth, e.g. for climate change
    int sample_count;        // of series: rate_mm_h[i] holds from time_s[i] to time_s[i + 1]
    const double *time_s;    // from the storm's start; borrowed
    const double *rate_mm_h; // borrowed; missing (NaN) and negative rates count as none
} lf_drain_storm;
// Depth fallen from the storm's start until time_s.
double lf_drain_storm_depth_mm(const lf_drain_storm *storm, double time_s);

extern const lf_module lf_drain_module;

#ifdef __cplusplus
}
#endif
#endif
