// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The table of state arrays and their sizes. Arrays with place LF_AT_OTHER say in their row here
// what there is one of.
#include "park/state.h"

#include <assert.h>
#include <string.h>

#define FIELD(member, doc, type, place, initial)                                                   \
    { #member, doc, type, place, offsetof(lf_park_state, member), 0, 0, initial, NULL, NULL, NULL }
static const lf_field fields[] = {
    FIELD(car_event_s, "time of the car's event", LF_F64, LF_AT_CAR, 0),
    FIELD(car_event, "kind of the car's event", LF_U8, LF_AT_CAR, 0),
    FIELD(car_mode, "what the car does", LF_U8, LF_AT_CAR, 0),
    FIELD(car_flags, "marks of the car", LF_U8, LF_AT_CAR, 0),
    FIELD(car_place, "place it is parked on", LF_I32, LF_AT_CAR, -1),
    FIELD(car_target, "lot or gate it drives to", LF_I32, LF_AT_CAR, -1),
    FIELD(car_wish, "lot it would like best", LF_I32, LF_AT_CAR, -1),
    FIELD(car_entry, "gate it is at or came through", LF_I32, LF_AT_CAR, -1),
    FIELD(car_edge, "edge it is on", LF_I32, LF_AT_CAR, -1),
    FIELD(car_stop, "what it stops at next", LF_I32, LF_AT_CAR, -1),
    FIELD(car_day, "day of its trip", LF_I32, LF_AT_CAR, 0),
    FIELD(car_along_m, "where on the edge it stops next", LF_F64, LF_AT_CAR, 0),
    FIELD(car_parked_s, "parked since", LF_F64, LF_AT_CAR, 0),
    FIELD(car_entered_s, "through the gate at", LF_F64, LF_AT_CAR, 0),
    FIELD(car_free_s, "free-flow time to the wished lot", LF_F64, LF_AT_CAR, 0),
    FIELD(car_search_s, "searching since", LF_F64, LF_AT_CAR, 0),
    FIELD(car_memory, "lots found full", LF_I32, LF_AT_OTHER, -1),
    FIELD(heap_time_s, "queue: event time", LF_F64, LF_AT_EVENT, 0),
    FIELD(heap_car, "queue: car", LF_I32, LF_AT_EVENT, -1),
    FIELD(place_car, "car on the place", LF_I32, LF_AT_STALL, -1),
    FIELD(place_flooded, "too deep to park", LF_U8, LF_AT_STALL, 0),
    FIELD(place_taken_s, "time taken so far", LF_F64, LF_AT_STALL, 0),
    FIELD(place_shown, "0 free, 1 taken, 2 flooded", LF_U8, LF_AT_STALL, 0),
    FIELD(edge_closed, "closed by water", LF_U8, LF_AT_EDGE, 0),
    FIELD(edge_cars, "cars on the edge", LF_F32, LF_AT_EDGE, 0),
    FIELD(edge_entered, "cars so far", LF_I32, LF_AT_EDGE, 0),
    FIELD(road_closed_s, "time closed by water", LF_F64, LF_AT_ROAD, 0),
    FIELD(parking_taken, "cars parked", LF_I32, LF_AT_PARKING, 0),
    FIELD(parking_taken_max, "most cars parked", LF_I32, LF_AT_PARKING, 0),
    FIELD(lane_free_s, "when the lane can serve again", LF_F64, LF_AT_OTHER, 0),
    FIELD(gate_queue, "cars at the gate", LF_I32, LF_AT_OTHER, 0),
    FIELD(gate_queue_max, "most cars waiting", LF_I32, LF_AT_OTHER, 0),
    FIELD(gate_cars, "cars so far", LF_I32, LF_AT_OTHER, 0),
    FIELD(gate_wait_s, "waiting time so far", LF_F64, LF_AT_OTHER, 0),
    FIELD(building_walk_m, "walks to the door, sum", LF_F64, LF_AT_BUILDING, 0),
    FIELD(building_served, "cars that found a place", LF_I32, LF_AT_BUILDING, 0),
    FIELD(building_unserved, "cars that found none", LF_I32, LF_AT_BUILDING, 0),
    FIELD(target_slot, "route tree of the lot or gate", LF_I32, LF_AT_OTHER, -1),
    FIELD(tree_target, "lot or gate of the tree", LF_I32, LF_AT_OTHER, -1),
    FIELD(tree_stamp, "closures that the tree knows", LF_I64, LF_AT_OTHER, -1),
    FIELD(tree_edge, "next edge to the target", LF_I32, LF_AT_OTHER, -1),
    FIELD(tree_cost_s, "time to the target", LF_F64, LF_AT_OTHER, 0),
    FIELD(search_heap, "scratch", LF_I32, LF_AT_OTHER, 0),
    FIELD(search_slot, "scratch", LF_I32, LF_AT_OTHER, 0),
    FIELD(count, "counters, see state.h", LF_I64, LF_AT_OTHER, 0),
    FIELD(sum, "sums, see state.h", LF_F64, LF_AT_OTHER, 0),
    FIELD(search_bins, "cars by search time in seconds", LF_I32, LF_AT_OTHER, 0),
    FIELD(row, "scratch", LF_F32, LF_AT_OTHER, 0),
};
const lf_table lf_park_state_table = {"park", "state of parking and estate traffic", fields,
                                      sizeof fields / sizeof *fields, sizeof(lf_park_state)};

static size_t other_count(const lf_park_model *m, const char *field) {
    const size_t entries = (size_t)m->entry_count, nodes = (size_t)m->graph->node_count;
    const struct {
        const char *name;
        size_t count;
    } sizes[] = {
        {"car_memory", (size_t)m->car_count * LF_PARK_MEMORY},
        {"lane_free_s", (size_t)m->lane_count},
        {"gate_queue", 2 * entries},
        {"gate_queue_max", 2 * entries},
        {"gate_cars", 2 * entries},
        {"gate_wait_s", 2 * entries},
        {"target_slot", (size_t)m->lot_count + entries},
        {"tree_target", (size_t)m->tree_slots},
        {"tree_stamp", (size_t)m->tree_slots},
        {"tree_edge", (size_t)m->tree_slots * nodes},
        {"tree_cost_s", (size_t)m->tree_slots * nodes},
        {"search_heap", nodes},
        {"search_slot", nodes},
        {"count", LF_PARK_COUNT_COUNT},
        {"sum", LF_PARK_SUM_COUNT},
        {"search_bins", LF_PARK_SEARCH_BINS},
        {"row", (size_t)lf_park_series_columns(m)},
    };
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        if (strcmp(sizes[i].name, field) == 0)
            return sizes[i].count;
    assert(!"every LF_AT_OTHER field has a size");
    return 0;
}

size_t lf_park_state_count(const void *model, lf_place place, const char *field) {
    const lf_park_model *m = model;
    switch (place) {
    case LF_AT_CAR:
    case LF_AT_EVENT:
        return (size_t)m->car_count;
    case LF_AT_STALL:
        return (size_t)m->place_count;
    case LF_AT_EDGE:
        return (size_t)m->graph->edge_count;
    case LF_AT_ROAD:
        return (size_t)m->road_count;
    case LF_AT_PARKING:
        return (size_t)m->parking_count;
    case LF_AT_BUILDING:
        return (size_t)m->building_count;
    default:
        return other_count(m, field);
    }
}
