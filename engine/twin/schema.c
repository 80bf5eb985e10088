// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The estate's schema: one table of fields per layer. Everything that reads, writes, filters,
// exports or explains features works from these rows.
#include "lifang/spec.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#define NUMBER(type, member, low, high, initial, doc)                                              \
    {                                                                                              \
#member, doc, LF_REAL, LF_AT_FEATURE, offsetof(type, member), low, high, initial, NULL,    \
            NULL, NULL                                                                             \
    }
#define WHOLE(type, member, low, high, initial, doc)                                               \
    {                                                                                              \
#member, doc, LF_INT, LF_AT_FEATURE, offsetof(type, member), low, high, initial, NULL,     \
            NULL, NULL                                                                             \
    }
#define TRUTH(type, member, initial, doc)                                                          \
    {                                                                                              \
#member, doc, LF_BOOL, LF_AT_FEATURE, offsetof(type, member), 0, 0, initial, NULL, NULL,   \
            NULL                                                                                   \
    }
#define CHOICE(type, member, names, initial, doc)                                                  \
    {                                                                                              \
#member, doc, LF_ENUM, LF_AT_FEATURE, offsetof(type, member), 0, 0, initial, NULL, names,  \
            NULL                                                                                   \
    }
#define WORDS(type, member, doc)                                                                   \
    { #member, doc, LF_TEXT, LF_AT_FEATURE, offsetof(type, member), 0, 0, 0, "", NULL, NULL }
// A reference to a row of another layer: an id, 0 = none. lf_id is read as LF_INT.
#define LINK(type, member, doc) WHOLE(type, member, 0, 2147483647, 0, doc)

static const char *const compound_kinds[] = {"residential", "school", "other", NULL};
static const char *const uses[] = {"residential", "shed",       "school", "commercial", "public",
                                   "garage",      "industrial", "other",  NULL};
static const char *const roofs[] = {"flat", "gabled", "hipped", NULL};
static const char *const road_classes[] = {
    "arterial", "street", "residential", "service", "aisle", "footway", "cycleway", "steps", NULL};
static const char *const directions[] = {"both", "forward", "backward", NULL};
static const char *const parking_kinds[] = {"yard",        "kerb",       "garage",
                                            "underground", "mechanical", NULL};
static const char *const permits[] = {"any", "resident", "visitor", "disabled", "ev", NULL};
static const char *const green_kinds[] = {"lawn",        "shrub",  "wood", "pitch",
                                          "rain_garden", "sunken", "bare", NULL};
static const char *const water_kinds[] = {"pond", "river", "basin", NULL};
static const char *const wall_kinds[] = {"wall", "fence", "hedge", "kerb", NULL};
static const char *const node_kinds[] = {"manhole", "gully", "outfall", "storage", "divider", NULL};
static const char *const link_kinds[] = {"conduit", "pump", "orifice", "weir", "outlet", NULL};
static const char *const pipe_sections[] = {"circular",  "rect_closed", "rect_open",
                                            "trapezoid", "egg",         NULL};
static const char *const systems[] = {"combined", "storm", "sanitary", NULL};
static const char *const sensor_kinds[] = {"rain",        "depth",      "level", "flow",
                                           "stall_count", "gate_count", "other", NULL};
static const char *const inflow_kinds[] = {"spring", "burst", "downpipe", "overflow", NULL};
static const char *const edge_kinds[] = {"free", "closed", "flow", "level", "flow_level", NULL};
static const char *const culvert_kinds[] = {"culvert", "underpass", "garage_mouth",
                                            "weir",    "pump",      NULL};

static const lf_field compounds[] = {
    CHOICE(lf_compound, kind, compound_kinds, 0, "what it is"),
    WHOLE(lf_compound, households, 0, 1000000, 0, "dwellings; 0 = the sum over its buildings"),
    NUMBER(lf_compound, fee_cny_m2_month, 0, 100, 0, "property fee; 0 = not known"),
    NUMBER(lf_compound, collection_ratio, 0, 1, 0, "share of the fee that is paid; 0 = not known"),
};
static const lf_field buildings[] = {
    CHOICE(lf_building, kind, uses, 0, "main use"),
    WHOLE(lf_building, storeys, 0, 200, 0, "storeys above ground; 0 = not known"),
    NUMBER(lf_building, height_m, 0, 1000, 0, "eaves above the ground; 0 = not known"),
    NUMBER(lf_building, base_m, -500, 9000, NAN,
           "ground level at the building; empty = from the terrain"),
    NUMBER(lf_building, sill_m, 0, 5, 0.15, "ground floor above the ground"),
    CHOICE(lf_building, roof, roofs, 0, "shape of the roof"),
    WHOLE(lf_building, year_built, 0, 2200, 0, "year of construction; 0 = not known"),
    WHOLE(lf_building, households, 0, 100000, 0, "dwellings; 0 = from size and use"),
    NUMBER(lf_building, dwelling_area_m2, 0, 1000, 0,
           "mean floor area of a dwelling; 0 = not known"),
    WHOLE(lf_building, staircases, 0, 200, 0, "staircases (units); 0 = not known"),
    TRUTH(lf_building, lift, 0, "has a lift"),
    NUMBER(lf_building, green_roof_ratio, 0, 1, 0, "share of the roof that is planted"),
    LINK(lf_building, compound, "compound it belongs to"),
};
static const lf_field building_parts[] = {
    LINK(lf_building_part, building, "building it is part of"),
    WHOLE(lf_building_part, storeys, 0, 200, 0, "storeys; 0 = not known"),
    NUMBER(lf_building_part, height_m, 0, 1000, 0, "top above the ground"),
    NUMBER(lf_building_part, height_min_m, 0, 1000, 0, "underside above the ground"),
};
static const lf_field storeys[] = {
    LINK(lf_storey, building, "building"),
    WHOLE(lf_storey, level, -20, 200, 0, "0 = ground floor"),
    NUMBER(lf_storey, floor_m, -500, 9000, 0, "floor level"),
    NUMBER(lf_storey, height_m, 0, 100, 2.8, "floor to floor"),
};
static const lf_field spaces[] = {
    LINK(lf_space, storey, "storey"),
    WORDS(lf_space, use, "use of the room"),
};
static const lf_field road_nodes[] = {
    NUMBER(lf_road_node, ground_m, -500, 9000, NAN, "level; empty = from the terrain"),
};
static const lf_field roads[] = {
    CHOICE(lf_road, kind, road_classes, 3, "class"),
    NUMBER(lf_road, width_m, 0.3, 100, 4, "carriageway between kerbs"),
    NUMBER(lf_road, speed_m_s, 0.1, 50, 4.2, "free-flow speed"),
    CHOICE(lf_road, oneway, directions, 0, "direction of cars along the line"),
    TRUTH(lf_road, drivable, 1, "cars may use it"),
    NUMBER(lf_road, kerb_m, 0, 1, 0.12, "kerb height"),
    NUMBER(lf_road, permeable_ratio, 0, 1, 0, "share paved permeably"),
    LINK(lf_road, from, "road node at the first point"),
    LINK(lf_road, to, "road node at the last point"),
};
static const lf_field gates[] = {
    WHOLE(lf_gate, lanes_in, 0, 20, 1, "entry lanes"),
    WHOLE(lf_gate, lanes_out, 0, 20, 1, "exit lanes"),
    NUMBER(lf_gate, service_in_s, 0, 600, 12, "mean service time at entry"),
    NUMBER(lf_gate, service_out_s, 0, 600, 15, "mean service time at exit"),
    LINK(lf_gate, node, "road node; 0 = the nearest"),
};
static const lf_field parking[] = {
    CHOICE(lf_parking, kind, parking_kinds, 0, "kind"),
    WHOLE(lf_parking, capacity, 0, 100000, 0, "stalls in all"),
    CHOICE(lf_parking, permit, permits, 0, "who may park"),
    WHOLE(lf_parking, chargers, 0, 100000, 0, "stalls with a charger"),
    NUMBER(lf_parking, fee_month_cny, 0, 100000, 0, "resident's permit a month"),
    NUMBER(lf_parking, fee_hour_cny, 0, 1000, 0, "visitor's tariff an hour"),
    NUMBER(lf_parking, sill_m, 0, 5, 0, "mouth above the road"),
    NUMBER(lf_parking, permeable_ratio, 0, 1, 0, "share paved permeably"),
    LINK(lf_parking, road, "access road; 0 = the nearest"),
};
static const lf_field stalls[] = {
    LINK(lf_stall, parking, "area it belongs to; 0 = a kerb stall"),
    LINK(lf_stall, road, "access road; 0 = the nearest"),
    CHOICE(lf_stall, permit, permits, 0, "who may park"),
    NUMBER(lf_stall, charger_kw, 0, 1000, 0, "charger power; 0 = none"),
    NUMBER(lf_stall, heading_deg, -360, 360, 0, "nose of the car, clockwise from north"),
};
static const lf_field green[] = {
    CHOICE(lf_green, kind, green_kinds, 0, "kind"),
    NUMBER(lf_green, depression_m, 0, 5, 0, "storage depth below its rim"),
    NUMBER(lf_green, infiltration_mm_h, 0, 5000, 15, "saturated infiltration"),
};
static const lf_field water[] = {
    CHOICE(lf_water, kind, water_kinds, 0, "kind"),
    NUMBER(lf_water, level_m, -500, 9000, NAN, "water level; empty = not known"),
    NUMBER(lf_water, depth_m, 0, 1000, 1, "mean depth"),
};
static const lf_field trees[] = {
    NUMBER(lf_tree, height_m, 0, 120, 8, "height"),
    NUMBER(lf_tree, crown_m, 0, 60, 4, "crown diameter"),
};
static const lf_field walls[] = {
    CHOICE(lf_wall, kind, wall_kinds, 0, "kind"),
    NUMBER(lf_wall, height_m, 0, 30, 2, "height"),
};
static const lf_field drain_nodes[] = {
    CHOICE(lf_drain_node, kind, node_kinds, 0, "kind"),
    NUMBER(lf_drain_node, invert_m, -500, 9000, 0, "bottom level"),
    NUMBER(lf_drain_node, ground_m, -500, 9000, NAN, "rim level; empty = from the terrain"),
    NUMBER(lf_drain_node, area_m2, 0.01, 1000000, 0.5, "plan area of the shaft or basin"),
    NUMBER(lf_drain_node, inlet_length_m, 0, 100, 0, "edge over which water falls in; 0 = sealed"),
    NUMBER(lf_drain_node, clogged_ratio, 0, 1, 0, "share of the inlet that is blocked"),
    NUMBER(lf_drain_node, outfall_level_m, -500, 9000, NAN,
           "water outside an outfall; empty = free"),
};
static const lf_field drain_links[] = {
    CHOICE(lf_drain_link, kind, link_kinds, 0, "kind"),
    LINK(lf_drain_link, from, "upstream drain node"),
    LINK(lf_drain_link, to, "downstream drain node"),
    CHOICE(lf_drain_link, section, pipe_sections, 0, "cross-section"),
    NUMBER(lf_drain_link, diameter_m, 0.05, 20, 0.3, "diameter, or height of the section"),
    NUMBER(lf_drain_link, width_m, 0, 50, 0, "width of a section that is not round"),
    NUMBER(lf_drain_link, length_m, 0, 100000, 0, "length; 0 = of the line"),
    NUMBER(lf_drain_link, roughness_s_m13, 0.001, 1, 0.013, "Manning's n"),
    NUMBER(lf_drain_link, offset_from_m, 0, 100, 0, "pipe invert above the upstream node's"),
    NUMBER(lf_drain_link, offset_to_m, 0, 100, 0, "pipe invert above the downstream node's"),
    CHOICE(lf_drain_link, system, systems, 0, "what it carries"),
    NUMBER(lf_drain_link, capacity_m3_s, 0, 1000, 0, "of a pump; 0 = from the section"),
    WHOLE(lf_drain_link, year_built, 0, 2200, 0, "year of construction; 0 = not known"),
    NUMBER(lf_drain_link, blocked_ratio, 0, 1, 0,
           "share of the section lost to roots and sediment"),
};
static const lf_field subcatchments[] = {
    LINK(lf_subcatchment, outlet, "drain node that takes its runoff"),
    NUMBER(lf_subcatchment, area_m2, 0, 1e12, 0, "area; 0 = of the polygon"),
    NUMBER(lf_subcatchment, impervious_ratio, 0, 1, 0.5, "impervious share"),
    NUMBER(lf_subcatchment, width_m, 0, 1e6, 0, "width of overland flow"),
    NUMBER(lf_subcatchment, slope_ratio, 0, 10, 0.005, "mean slope"),
};
static const lf_field sensors[] = {
    CHOICE(lf_sensor, kind, sensor_kinds, 6, "what it measures"),
    WORDS(lf_sensor, unit, "unit of its values"),
    WORDS(lf_sensor, target, "what it belongs to, e.g. parking/3"),
};
static const lf_field assets[] = {
    WORDS(lf_asset, kind, "lift, charger, camera, lamp ..."),
    LINK(lf_asset, building, "building it serves"),
    WHOLE(lf_asset, year_built, 0, 2200, 0, "year of installation; 0 = not known"),
    NUMBER(lf_asset, life_years, 0, 200, 0, "service life; 0 = not known"),
    NUMBER(lf_asset, value_cny, 0, 1e12, 0, "value"),
};
static const lf_field inflows[] = {
    CHOICE(lf_inflow, kind, inflow_kinds, 0, "what it is"),
    NUMBER(lf_inflow, flow_m3_s, -1000, 100000, 0, "flow while there is no series"),
    LINK(lf_inflow, flow_sensor, "flow sensor whose series counts instead; 0 = none"),
};
static const lf_field open_edges[] = {
    CHOICE(lf_open_edge, kind, edge_kinds, 0, "what water does there"),
    NUMBER(lf_open_edge, flow_m2_s, -1000, 1000, 0, "flow per metre of line while no series"),
    NUMBER(lf_open_edge, level_m, -500, 9000, NAN, "water level outside; empty = not given"),
    LINK(lf_open_edge, flow_sensor, "flow sensor: m3/s over the whole line; 0 = none"),
    LINK(lf_open_edge, level_sensor, "level sensor; 0 = none"),
};
static const lf_field culverts[] = {
    CHOICE(lf_culvert, kind, culvert_kinds, 0, "kind"),
    NUMBER(lf_culvert, width_m, 0.01, 1000, 1, "width of one barrel, of the sill or crest"),
    NUMBER(lf_culvert, height_m, 0.01, 100, 1, "height of one barrel"),
    NUMBER(lf_culvert, invert_from_m, -500, 9000, NAN, "bottom or crest; empty = the ground"),
    NUMBER(lf_culvert, invert_to_m, -500, 9000, NAN, "bottom at the end; empty = the ground"),
    NUMBER(lf_culvert, length_m, 0, 100000, 0, "length; 0 = of the line"),
    NUMBER(lf_culvert, roughness_s_m13, 0.001, 1, 0.015, "Manning's n"),
    NUMBER(lf_culvert, loss_ratio, 0, 100, 1.5, "entry and exit loss, of the velocity head"),
    WHOLE(lf_culvert, barrels, 1, 1000, 1, "conduits side by side"),
    NUMBER(lf_culvert, capacity_m3_s, 0, 100000, 0, "of a pump, or a limit; 0 = none"),
    NUMBER(lf_culvert, start_depth_m, 0, 100, 0.05, "depth at its first point that starts a pump"),
    NUMBER(lf_culvert, stop_depth_m, 0, 100, 0.01, "depth below which the pump stops"),
};
static const lf_field sections[] = {
    LINK(lf_section_line, flow_sensor, "flow sensor that measured there; 0 = none"),
};

// The X-list gives every layer its table, its row size and its texts.
static const lf_table tables[] = {
#define LF_LAYER(ID, name, type, shape, doc)                                                       \
    {#name, doc, name, (int)(sizeof name / sizeof *name), sizeof(type)},
#include "lifang/layers.def"
#undef LF_LAYER
};
static const lf_shape_kind shapes[] = {
#define LF_LAYER(ID, name, type, shape, doc) shape,
#include "lifang/layers.def"
#undef LF_LAYER
};

const lf_table *lf_layer_table(lf_layer layer) {
    assert(layer >= 0 && layer < LF_LAYER_COUNT);
    return &tables[layer];
}

const char *lf_layer_name(lf_layer layer) {
    return lf_layer_table(layer)->name;
}

const char *lf_layer_doc(lf_layer layer) {
    return lf_layer_table(layer)->doc;
}

size_t lf_layer_row_size(lf_layer layer) {
    return lf_layer_table(layer)->size;
}

lf_shape_kind lf_layer_shape(lf_layer layer) {
    assert(layer >= 0 && layer < LF_LAYER_COUNT);
    return shapes[layer];
}

bool lf_layer_find(const char *name, lf_layer *out) {
    for (int i = 0; i < LF_LAYER_COUNT; i++) {
        if (strcmp(tables[i].name, name) == 0) {
            *out = (lf_layer)i;
            return true;
        }
    }
    return false;
}
