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

// Water that enters the surface at a point, over the cell that it lies in.
typedef enum lf_inflow_kind {
    LF_INFLOW_SPRING,   // a spring, a stream, a pump's outlet: anything that keeps on
    LF_INFLOW_BURST,    // a burst main
    LF_INFLOW_DOWNPIPE, // of a roof
    LF_INFLOW_OVERFLOW  // of a network or basin that is not simulated
} lf_inflow_kind;
typedef struct lf_inflow {
    lf_row row;
    int kind;          // lf_inflow_kind
    double flow_m3_s;  // constant, while there is no series
    lf_id flow_sensor; // a sensor of kind flow whose series counts instead; 0 = none
} lf_inflow;

// Where water crosses the edge of the computed area along a line, or, for kind flow, where it
// enters along a line inside. A stretch of edge without a row is as surface.edge says. The series
// of a sensor counts in place of the number beside it; samples are joined by straight lines, the
// first and the last hold before and after. Samples with start_unix_s = 0 count from the start of
// the run, others from their own time of day.
typedef enum lf_open_edge_kind {
    LF_OPEN_EDGE_FREE,      // water leaves as it comes
    LF_OPEN_EDGE_CLOSED,    // a wall
    LF_OPEN_EDGE_FLOW,      // a flow enters (negative: leaves, as far as there is water)
    LF_OPEN_EDGE_LEVEL,     // water outside stands at a level
    LF_OPEN_EDGE_FLOW_LEVEL // both, for inflow faster than critical
} lf_open_edge_kind;
typedef struct lf_open_edge {
    lf_row row;
    int kind;           // lf_open_edge_kind
    double flow_m2_s;   // per metre of the line
    double level_m;     // above the vertical datum; NaN = not given
    lf_id flow_sensor;  // of kind flow: m3/s over the whole line, shared evenly; 0 = none
    lf_id level_sensor; // of kind level; 0 = none
} lf_open_edge;

// A structure that leads surface water from the first to the last point of its line.
typedef enum lf_culvert_kind {
    LF_CULVERT_BARREL,       // a closed conduit, full or part full
    LF_CULVERT_UNDERPASS,    // a passage under a road or a house
    LF_CULVERT_GARAGE_MOUTH, // water falls over the sill into a garage and is gone
    LF_CULVERT_WEIR,         // over a crest at invert_from_m, width_m wide
    LF_CULVERT_PUMP          // capacity_m3_s between start and stop depth
} lf_culvert_kind;
typedef struct lf_culvert {
    lf_row row;
    int kind;        // lf_culvert_kind
    double width_m;  // of one barrel; of the sill or crest
    double height_m; // of one barrel, rectangular
    double invert_from_m;
    double invert_to_m; // both above the vertical datum; NaN = the ground there
    double length_m;    // 0 = of the line
    double roughness_s_m13;
    double loss_ratio; // entry + exit, of the velocity head
    int barrels;
    double capacity_m3_s; // of pumps, or a limit on the others; 0 = none
    double start_depth_m; // pumps: water at the first point that starts them
    double stop_depth_m;  // ... and below which they stop
} lf_culvert;

// A line across which the flow is recorded, positive from its left to its right hand.
typedef struct lf_section_line {
    lf_row row;
    lf_id flow_sensor; // what was measured there, to compare with; 0 = none
} lf_section_line;

#endif
