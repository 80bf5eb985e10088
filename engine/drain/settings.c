// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The settings of the drain module: one row each. Where a default comes from literature, README.md
// names the source.
#include "drain/model.h"

#define NUMBER(type, name, member, low, high, initial, doc)                                        \
    {                                                                                              \
        name, doc, LF_REAL, LF_AT_SETTING, offsetof(type, member), low, high, initial, NULL, NULL, \
            NULL                                                                                   \
    }
#define TIME(type, name, member, low, high, initial, doc)                                          \
    {                                                                                              \
        name, doc, LF_DURATION, LF_AT_SETTING, offsetof(type, member), low, high, initial, NULL,   \
            NULL, NULL                                                                             \
    }
#define CHOICE(type, name, member, names, initial, doc)                                            \
    { name, doc, LF_ENUM, LF_AT_SETTING, offsetof(type, member), 0, 0, initial, NULL, names, NULL }
#define WORDS(type, name, member, doc)                                                             \
    { name, doc, LF_TEXT, LF_AT_SETTING, offsetof(type, member), 0, 0, 0, "", NULL, NULL }
#define GROUP(name, member, table, doc)                                                            \
    {                                                                                              \
        name, doc, LF_GROUP, LF_AT_SETTING, offsetof(lf_drain_settings, member), 0, 0, 0, NULL,    \
            NULL, &table                                                                           \
    }
#define TABLE(name, doc, fields, type)                                                             \
    { name, doc, fields, (int)(sizeof fields / sizeof *fields), sizeof(type) }

static const char *const schemes[] = {"inertial", "swe", NULL};
static const char *const building_choices[] = {"hole", "block", "porosity", NULL};
static const char *const soaks[] = {"constant", "horton", "green_ampt", NULL};
static const char *const edges[] = {"free", "closed", NULL};
static const char *const pipe_choices[] = {"network", "none", NULL};

typedef lf_drain_storm_settings storm_t;
static const lf_field storm_fields[] = {
    WORDS(storm_t, "formula", formula, "row of assets/storms/formulas.csv, e.g. shenzhen_2024"),
    NUMBER(storm_t, "period_years", period_years, 0.1, 10000, 5, "return period"),
    TIME(storm_t, "duration", duration_s, 60, 864000, 7200, "length of the storm"),
    NUMBER(storm_t, "peak_ratio", peak_ratio, 0, 1, 0.4, "where in the duration the peak lies"),
    NUMBER(storm_t, "climate_factor", climate_factor, 0, 10, 1, "on every depth of rain"),
    {"start",
     "time of day of the first drop; left out = when the run starts, or the gauge's own time",
     LF_CLOCK, LF_AT_SETTING, offsetof(storm_t, start_clock_s), -1, 86400, -1, NULL, NULL, NULL},
    NUMBER(storm_t, "depth_mm", depth_mm, 0, 5000, 0, "even rain of this depth; 0 = none"),
    WORDS(storm_t, "sensor", sensor, "name of a rain sensor whose series falls"),
};
static const lf_table storm_table = TABLE("storm", "rain", storm_fields, storm_t);

typedef lf_drain_surface_settings surface_t;
static const lf_field surface_fields[] = {
    NUMBER(surface_t, "cell_m", cell_m, 0.1, 100, 2, "size of the cells"),
    CHOICE(surface_t, "scheme", scheme, schemes, 0, "momentum equation"),
    {"order", "of swe, in space and time", LF_INT, LF_AT_SETTING, offsetof(surface_t, order), 1, 2,
     1, NULL, NULL, NULL},
    CHOICE(surface_t, "edge", edge, edges, 0, "what water does at the edge of the grid"),
    NUMBER(surface_t, "margin_m", margin_m, 0, 10000, 20, "computed around the estate"),
    NUMBER(surface_t, "theta_ratio", theta_ratio, 0.5, 1, 0.9,
           "own weight in the inertia term (de Almeida et al. 2012)"),
    NUMBER(surface_t, "courant_ratio", courant_ratio, 0.05, 1, 0.9, "share of the stable step"),
    NUMBER(surface_t, "froude_max_ratio", froude_max_ratio, 0.1, 10, 1,
           "cap on speed / wave speed"),
    NUMBER(surface_t, "dry_m", dry_m, 1e-6, 0.01, 1e-4, "shallower water does not flow"),
    TIME(surface_t, "source_step", source_step_s, 0.05, 60, 1,
         "longest step between rain, inlets and flow"),
    CHOICE(surface_t, "buildings", buildings, building_choices, 0,
           "hole: walls; block: ground as high as the roof; porosity: shares of cells (swe)"),
    {"subgrid",
     "parts along a cell's side that have ground of their own (inertial); 1 = cells are flat",
     LF_INT, LF_AT_SETTING, offsetof(surface_t, subgrid), 1, 16, 1, NULL, NULL, NULL},
    NUMBER(surface_t, "sheet_m", sheet_m, 0, 1, 0.01, "up to here water flows as a sheet"),
    NUMBER(surface_t, "deep_m", deep_m, 0.001, 10, 0.1, "from here on it does not"),
    TIME(surface_t, "frame_every", frame_every_s, 0, 31 * 86400.0, 0,
         "depth frames are kept this often, and at the end; 0 = with every report"),
    {"walls", "walls and kerbs of the twin hold water back", LF_BOOL, LF_AT_SETTING,
     offsetof(surface_t, walls), 0, 0, 1, NULL, NULL, NULL},
};
static const lf_table surface_table = TABLE("surface", "2D flow", surface_fields, surface_t);

typedef lf_drain_losses_settings losses_t;
#define MANNING(cover, initial, doc)                                                               \
    NUMBER(losses_t, "manning_" #cover "_s_m13", manning_##cover##_s_m13, 0, 1, initial, doc)
#define LOSS(cover, initial, doc)                                                                  \
    NUMBER(losses_t, "loss_" #cover "_mm", loss_##cover##_mm, 0, 100, initial, doc)
#define SUCTION(cover, initial)                                                                    \
    NUMBER(losses_t, "suction_" #cover "_mm", suction_##cover##_mm, 0, 1000, initial,              \
           "green_ampt: suction at the wetting front, " #cover)
#define DEFICIT(cover, initial)                                                                    \
    NUMBER(losses_t, "deficit_" #cover "_ratio", deficit_##cover##_ratio, 0, 0.6, initial,         \
           "green_ampt: air in the soil before the rain, " #cover)
static const lf_field losses_fields[] = {
    MANNING(road, 0.015, "Manning's n of asphalt and concrete"),
    MANNING(paved, 0.02, "Manning's n of paved yards"),
    MANNING(grass, 0.15, "Manning's n of short grass"),
    MANNING(wood, 0.3, "Manning's n of shrubs and trees"),
    MANNING(bare, 0.03, "Manning's n of bare soil"),
    MANNING(water, 0.03, "Manning's n of ponds"),
    LOSS(road, 1.3, "kept by wet carriageway and its hollows"),
    LOSS(paved, 2.0, "kept by yards"),
    LOSS(grass, 4.0, "kept by grass"),
    LOSS(wood, 7.5, "kept by shrubs and trees"),
    LOSS(bare, 3.0, "kept by bare soil"),
    LOSS(roof, 1.3, "kept by roofs"),
    NUMBER(losses_t, "green_roof_mm", green_roof_mm, 0, 300, 25, "kept by a fully planted roof"),
    NUMBER(losses_t, "permeable_mm", permeable_mm, 0, 500, 10,
           "kept by the base of permeable paving"),
    NUMBER(losses_t, "permeable_mm_h", permeable_mm_h, 0, 5000, 36,
           "infiltration of permeable paving in use"),
    NUMBER(losses_t, "paved_mm_h", paved_mm_h, 0, 500, 1, "infiltration of paved yards"),
    NUMBER(losses_t, "sheet_grass_ratio", sheet_grass_ratio, 1, 100, 1,
           "Manning's n of sheet flow through grass / manning_grass"),
    NUMBER(losses_t, "sheet_wood_ratio", sheet_wood_ratio, 1, 100, 1, "the same under shrubs"),
    CHOICE(losses_t, "infiltration", infiltration, soaks, 0, "how the rate falls with time"),
    NUMBER(losses_t, "horton_initial_ratio", horton_initial_ratio, 1, 100, 3,
           "horton: first infiltration rate / final rate"),
    NUMBER(losses_t, "horton_decay_per_h", horton_decay_per_h, 0, 100, 4, "decay of that excess"),
    SUCTION(grass, 88.9),
    SUCTION(wood, 110.1),
    SUCTION(bare, 166.8),
    DEFICIT(grass, 0.25),
    DEFICIT(wood, 0.3),
    DEFICIT(bare, 0.2),
};
static const lf_table losses_table =
    TABLE("losses", "losses and roughness by cover", losses_fields, losses_t);

typedef lf_drain_network_settings network_t;
static const lf_field network_fields[] = {
    NUMBER(network_t, "weir_m05_s", weir_m05_s, 0.1, 5, 1.66, "inlet as weir: C in C L h^1.5"),
    NUMBER(network_t, "orifice_ratio", orifice_ratio, 0.1, 1, 0.67,
           "inlet as orifice: C in C A sqrt(2 g h)"),
    NUMBER(network_t, "inlet_area_m2_m", inlet_area_m2_m, 0.001, 10, 0.1,
           "open area of a grate per metre of its edge"),
    NUMBER(network_t, "roof_to_pipes_ratio", roof_to_pipes_ratio, 0, 1, 0,
           "share of roof water led straight into pipes"),
    NUMBER(network_t, "roof_reach_m", roof_reach_m, 0, 500, 30, "how far that node may be"),
    TIME(network_t, "step", step_s, 0.01, 10, 0.25, "longest step in the pipes"),
    NUMBER(network_t, "slope_min_ratio", slope_min_ratio, 1e-5, 0.1, 0.001,
           "slope that flatter pipes are given for their capacity"),
};
static const lf_table network_table =
    TABLE("network", "inlets and pipes", network_fields, network_t);

typedef lf_drain_structures_settings structures_t;
static const lf_field structures_fields[] = {
    NUMBER(structures_t, "weir_m05_s", weir_m05_s, 0.1, 5, 1.7, "weirs and sills: C in C b h^1.5"),
    NUMBER(structures_t, "garage_height_m", garage_height_m, 0.5, 20, 3,
           "depth that fills an underground garage"),
};
static const lf_table structures_table =
    TABLE("structures", "weirs and garage mouths", structures_fields, structures_t);

typedef lf_drain_damage_settings damage_t;
static const lf_field damage_fields[] = {
    NUMBER(damage_t, "half_m_cny_m2", half_m_cny_m2, 0, 100000, 400,
           "damage with 0.5 m of water above the ground floor"),
    NUMBER(damage_t, "one_half_m_cny_m2", one_half_m_cny_m2, 0, 100000, 1050,
           "damage with 1.5 m and more"),
};
static const lf_table damage_table =
    TABLE("damage", "damage to ground-floor dwellings", damage_fields, damage_t);

static const lf_field fields[] = {
    GROUP("storm", storm, storm_table, "the rain"),
    GROUP("surface", surface, surface_table, "water on the ground"),
    GROUP("losses", losses, losses_table, "what does not run off, and how rough the ground is"),
    CHOICE(lf_drain_settings, "pipes", pipes, pipe_choices, 0,
           "network: the twin's pipes; none: surface water only"),
    GROUP("network", network, network_table, "inlets and pipes"),
    GROUP("structures", structures, structures_table, "weirs and garage mouths"),
    GROUP("damage", damage, damage_table, "money lost to water indoors"),
};

const lf_table lf_drain_settings_table = TABLE("drain", "drainage", fields, lf_drain_settings);
