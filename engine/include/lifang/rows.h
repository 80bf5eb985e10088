// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The row type of each layer. Included by spec.h only. Members with a unit carry it as last word;
// enums are ints that index the name lists of engine/twin/schema.c in the order given here.
#ifndef LIFANG_ROWS_H
#define LIFANG_ROWS_H

#ifndef LIFANG_SPEC_H
#error "include lifang/spec.h"
#endif

typedef struct lf_compound {
    lf_row row;
    int kind;       // lf_compound_kind
    int households; // 0 = sum of its buildings
    double fee_cny_m2_month;
    double collection_ratio; // share of the fee that is paid; 0 = not known
} lf_compound;
typedef enum lf_compound_kind {
    LF_COMPOUND_RESIDENTIAL,
    LF_COMPOUND_SCHOOL,
    LF_COMPOUND_OTHER
} lf_compound_kind;

typedef enum lf_building_use {
    LF_USE_RESIDENTIAL,
    LF_USE_SHED,
    LF_USE_SCHOOL,
    LF_USE_COMMERCIAL,
    LF_USE_PUBLIC,
    LF_USE_GARAGE,
    LF_USE_INDUSTRIAL,
    LF_USE_OTHER
} lf_building_use;
typedef enum lf_roof { LF_ROOF_FLAT, LF_ROOF_GABLED, LF_ROOF_HIPPED } lf_roof;
typedef struct lf_building {
    lf_row row;
    int kind; // lf_building_use
    int storeys;
    double height_m;
    double base_m;  // ground level at the building; NaN = from the terrain
    double sill_m;  // ground floor above the ground
    int roof;       // lf_roof
    int year_built; // 0 = not known
    int households;
    double dwelling_area_m2;
    int staircases;
    bool lift;
    double green_roof_ratio;
    lf_id compound;
} lf_building;

typedef struct lf_building_part {
    lf_row row;
    lf_id building;
    int storeys;
    double height_m;
    double height_min_m;
} lf_building_part;

typedef struct lf_storey {
    lf_row row;
    lf_id building;
    int level; // 0 = ground floor
    double floor_m;
    double height_m;
} lf_storey;

typedef struct lf_space {
    lf_row row;
    lf_id storey;
    const char *use;
} lf_space;

typedef struct lf_road_node {
    lf_row row;
    double ground_m; // NaN = from the terrain
} lf_road_node;

typedef enum lf_road_class {
    LF_ROAD_ARTERIAL,
    LF_ROAD_STREET,
    LF_ROAD_RESIDENTIAL,
    LF_ROAD_SERVICE,
    LF_ROAD_AISLE, // inside a car park
    LF_ROAD_FOOTWAY,
    LF_ROAD_CYCLEWAY,
    LF_ROAD_STEPS
} lf_road_class;
typedef enum lf_oneway { LF_BOTH_WAYS, LF_FORWARD, LF_BACKWARD } lf_oneway;
typedef struct lf_road {
    lf_row row;
    int kind; // lf_road_class
    double width_m;
    double speed_m_s;
    int oneway; // lf_oneway
    bool drivable;
    double kerb_m;
    double permeable_ratio;
    lf_id from; // road node at the first point
    lf_id to;   // road node at the last point
} lf_road;

typedef struct lf_gate {
    lf_row row;
    int lanes_in;
    int lanes_out;
    double service_in_s;
    double service_out_s;
    lf_id node; // road node; 0 = the nearest
} lf_gate;

typedef enum lf_parking_kind {
    LF_PARKING_YARD,
    LF_PARKING_KERB,
    LF_PARKING_GARAGE,
    LF_PARKING_UNDERGROUND,
    LF_PARKING_MECHANICAL
} lf_parking_kind;
typedef enum lf_permit {
    LF_PERMIT_ANY,
    LF_PERMIT_RESIDENT,
    LF_PERMIT_VISITOR,
    LF_PERMIT_DISABLED,
    LF_PERMIT_EV
} lf_permit;
typedef struct lf_parking {
    lf_row row;
    int kind;     // lf_parking_kind
    int capacity; // stalls without a row of their own come to capacity - its rows in stalls
    int permit;   // lf_permit
    int chargers; // of the capacity, how many have a charger
    double fee_month_cny;
    double fee_hour_cny;
    double sill_m; // mouth above the road, for garages
    double permeable_ratio;
    lf_id road; // access road; 0 = the nearest
} lf_parking;

typedef struct lf_stall {
    lf_row row;
    lf_id parking;      // 0 = a kerb stall by itself
    lf_id road;         // access road; 0 = the nearest
    int permit;         // lf_permit
    double charger_kw;  // 0 = none
    double heading_deg; // of the car's nose, clockwise from north
} lf_stall;

typedef enum lf_green_kind {
    LF_GREEN_LAWN,
    LF_GREEN_SHRUB,
    LF_GREEN_WOOD,
    LF_GREEN_PITCH,
    LF_GREEN_RAIN_GARDEN,
    LF_GREEN_SUNKEN,
    LF_GREEN_BARE
} lf_green_kind;
typedef struct lf_green {
    lf_row row;
    int kind;                 // lf_green_kind
    double depression_m;      // storage depth below the surroundings
    double infiltration_mm_h; // saturated rate
} lf_green;

typedef struct lf_water {
    lf_row row;
    int kind;       // 0 pond, 1 river, 2 basin
    double level_m; // NaN = not known
    double depth_m;
} lf_water;

typedef struct lf_tree {
    lf_row row;
    double height_m;
    double crown_m; // diameter
} lf_tree;

typedef struct lf_wall {
    lf_row row;
    int kind; // 0 wall, 1 fence, 2 hedge, 3 kerb
    double height_m;
} lf_wall;

typedef enum lf_drain_node_kind {
    LF_NODE_MANHOLE,
    LF_NODE_GULLY,
    LF_NODE_OUTFALL,
    LF_NODE_STORAGE,
    LF_NODE_DIVIDER
} lf_drain_node_kind;
typedef struct lf_drain_node {
    lf_row row;
    int kind; // lf_drain_node_kind
    double invert_m;
    double ground_m;        // rim; NaN = from the terrain
    double area_m2;         // plan area of the shaft or basin
    double inlet_length_m;  // edge over which surface water falls in; 0 = sealed cover
    double clogged_ratio;   // of the inlet
    double outfall_level_m; // water level outside an outfall; NaN = free
} lf_drain_node;

typedef enum lf_drain_link_kind {
    LF_LINK_CONDUIT,
    LF_LINK_PUMP,
    LF_LINK_ORIFICE,
    LF_LINK_WEIR,
    LF_LINK_OUTLET
} lf_drain_link_kind;
typedef enum lf_section {
    LF_SECTION_CIRCULAR,
    LF_SECTION_RECT_CLOSED,
    LF_SECTION_RECT_OPEN,
    LF_SECTION_TRAPEZOID,
    LF_SECTION_EGG
} lf_section;
typedef enum lf_drain_system {
    LF_SYSTEM_COMBINED,
    LF_SYSTEM_STORM,
    LF_SYSTEM_SANITARY
} lf_drain_system;
typedef struct lf_drain_link {
    lf_row row;
    int kind;   // lf_drain_link_kind
    lf_id from; // drain node
    lf_id to;
    int section;            // lf_section
    double diameter_m;      // or height of the section
    double width_m;         // of sections that are not round
    double length_m;        // 0 = of the line
    double roughness_s_m13; // Manning
    double offset_from_m;   // pipe invert above the node's invert
    double offset_to_m;
    int system;           // lf_drain_system
    double capacity_m3_s; // of pumps; 0 = from the section
    int year_built;
    double blocked_ratio; // of the section: roots, sediment
} lf_drain_link;

typedef struct lf_subcatchment {
    lf_row row;
    lf_id outlet; // drain node
    double area_m2;
    double impervious_ratio;
    double width_m;
    double slope_ratio;
} lf_subcatchment;

typedef enum lf_sensor_kind {
    LF_SENSOR_RAIN,        // mm/h
    LF_SENSOR_DEPTH,       // m of water on the surface
    LF_SENSOR_LEVEL,       // m above datum
    LF_SENSOR_FLOW,        // m3/s
    LF_SENSOR_STALL_COUNT, // cars parked
    LF_SENSOR_GATE_COUNT,  // cars per interval
    LF_SENSOR_OTHER
} lf_sensor_kind;
typedef struct lf_sensor {
    lf_row row;
    int kind; // lf_sensor_kind
    const char *unit;
    const char *target; // "parking/3", "drain_nodes/12"; "" = where it stands
    lf_samples samples; // not a field: written as its own table
} lf_sensor;

typedef struct lf_asset {
    lf_row row;
    const char *kind;
    lf_id building;
    int year_built;
    double life_years;
    double value_cny;
} lf_asset;

#endif
