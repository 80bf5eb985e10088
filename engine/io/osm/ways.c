// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Roads, paths and gates: every highway becomes lines between road nodes, connected by the
// identity of OSM nodes.
#include "io/common/roads.h"
#include "io/osm/job.h"

#include <stdlib.h>
#include <string.h>

typedef struct class_rule {
    const char *values;
    int kind;
    bool drivable;
} class_rule;
static const class_rule classes[] = {
    {"motorway|motorway_link|trunk|trunk_link|primary|primary_link|secondary|secondary_link",
     LF_ROAD_ARTERIAL, true},
    {"tertiary|tertiary_link|unclassified|road", LF_ROAD_STREET, true},
    {"residential|living_street", LF_ROAD_RESIDENTIAL, true},
    {"service|track", LF_ROAD_SERVICE, true},
    {"pedestrian|footway|path|bridleway|corridor", LF_ROAD_FOOTWAY, false},
    {"cycleway", LF_ROAD_CYCLEWAY, false},
    {"steps", LF_ROAD_STEPS, false},
    {NULL, 0, false}};

#define GATES "gate|lift_gate|swing_gate|sliding_gate|entrance|toll_booth|sally_port"
#define BOLLARDS "bollard|block|cycle_barrier|jersey_barrier|chain|log|planter|motorcycle_barrier"

static const class_rule *class_of(lf_io_osm_tags tags) {
    const char *highway = lf_io_osm_get(tags, "highway");
    for (const class_rule *rule = classes; highway && rule->values; rule++)
        if (lf_io_osm_word_in(highway, rule->values))
            return rule;
    return NULL;
}

// The most specific access tag decides; residents' roads (private) are driven on.
static bool is_drivable(lf_io_osm_tags tags, bool by_class) {
    static const char *const keys[] = {"motorcar", "motor_vehicle", "vehicle", "access"};
    for (int i = 0; i < 4; i++) {
        const char *value = lf_io_osm_get(tags, keys[i]);
        if (!value)
            continue;
        if (lf_io_osm_word_in(value, "no|agricultural|forestry|emergency"))
            return false;
        // "access=yes" on a footway speaks of feet
        if (i < 3 && lf_io_osm_word_in(value, "yes|private|permissive|destination|designated"))
            return true;
    }
    return by_class;
}

static int oneway_of(lf_io_osm_tags tags) {
    if (lf_io_osm_any(tags, "oneway", "yes|true|1"))
        return LF_FORWARD;
    if (lf_io_osm_any(tags, "oneway", "-1|reverse"))
        return LF_BACKWARD;
    if (lf_io_osm_any(tags, "oneway", "no|false|0"))
        return LF_BOTH_WAYS;
    if (lf_io_osm_any(tags, "junction", "roundabout|circular") ||
        lf_io_osm_any(tags, "highway", "motorway|motorway_link"))
        return LF_FORWARD;
    return LF_BOTH_WAYS;
}

// Share of the surface that lets rain through. Only for surfaces that do; asphalt keeps the
// default.
static void set_surface(lf_road *road, lf_io_osm_tags tags) {
    if (lf_io_osm_any(tags, "surface", "grass_paver|grass"))
        road->permeable_ratio = 0.6;
    else if (lf_io_osm_any(tags, "surface",
                           "gravel|fine_gravel|pebblestone|unpaved|compacted|ground|dirt|earth|"
                           "sand|woodchips"))
        road->permeable_ratio = 0.3;
    else
        return;
    lf_io_mark_assumed(&road->row, LF_ROADS, "permeable_ratio");
}

static lf_road road_like(lf_io_osm_job *job, const lf_io_osm_way *way, const class_rule *rule) {
    lf_road road;
    double number;
    lf_io_osm_tags tags = lf_io_osm_tags_of(job->osm, &way->head);
    lf_table_defaults(lf_layer_table(LF_ROADS), &road);
    memset(&road.row, 0, sizeof road.row);
    road.row.quality = LF_TAGGED;
    road.row.source = lf_io_osm_source(job, "way", way->head.id);
    road.row.name = lf_spec_text(job->spec, lf_io_osm_name(tags));
    road.kind = rule->kind;
    if (rule->kind == LF_ROAD_SERVICE && lf_io_osm_is(tags, "service", "parking_aisle"))
        road.kind = LF_ROAD_AISLE;
    road.drivable = is_drivable(tags, rule->drivable);
    road.oneway = oneway_of(tags);
    road.width_m = 0;
    if (lf_io_osm_metres(lf_io_osm_get(tags, "width"), &number) && number >= 0.5 && number <= 100) {
        road.width_m = number;
    } else {
        lf_io_mark_assumed(&road.row, LF_ROADS, "width_m");
        if (lf_io_osm_number(lf_io_osm_get(tags, "lanes"), &number) && number >= 1 && number <= 16)
            road.width_m = number * (rule->kind == LF_ROAD_ARTERIAL ? 3.5 : 3.0);
    }
    if (!lf_io_osm_speed(lf_io_osm_get(tags, "maxspeed"), &road.speed_m_s) || road.speed_m_s > 45)
        lf_io_mark_assumed(&road.row, LF_ROADS, "speed_m_s");
    set_surface(&road, tags);
    return road;
}

// Adds the runs of nodes that are in the file; gaps are counted.
static void add_runs(lf_io_osm_job *job, lf_io_roads *roads, const lf_io_osm_way *way,
                     const lf_road *like, int *scratch) {
    lf_vec2 at;
    int run = 0;
    bool gap = false;
    for (int i = 0; i < way->ref_count; i++) {
        size_t ref = way->ref_first + (size_t)i;
        if (lf_io_osm_position(job, ref, &at)) {
            scratch[run++] = job->osm->node_of[ref];
            continue;
        }
        gap = true;
        lf_io_roads_add(roads, scratch, run, like);
        run = 0;
    }
    lf_io_roads_add(roads, scratch, run, like);
    job->incomplete_roads += gap;
}

// A square or yard drawn as an area is no line to drive along.
static bool is_square(lf_io_osm_job *job, const lf_io_osm_way *way, lf_io_osm_tags tags) {
    return lf_io_osm_is(tags, "area", "yes") && lf_io_osm_closed(job, way);
}

static void add_ways(lf_io_osm_job *job, lf_io_roads *roads, uint8_t *driven, int *scratch) {
    for (size_t i = 0; i < job->osm->way_count; i++) {
        const lf_io_osm_way *way = &job->osm->ways[i];
        lf_io_osm_tags tags = lf_io_osm_tags_of(job->osm, &way->head);
        const class_rule *rule = class_of(tags);
        if (!rule) {
            job->closed_roads += lf_io_osm_get(tags, "highway") != NULL;
            continue;
        }
        if (is_square(job, way, tags))
            continue;
        lf_road like = road_like(job, way, rule);
        lf_io_fill_road(&like, &job->assumed);
        add_runs(job, roads, way, &like, scratch);
        for (int k = 0; like.drivable && k < way->ref_count; k++) {
            int node = job->osm->node_of[way->ref_first + (size_t)k];
            if (node >= 0)
                driven[node] = 1;
        }
    }
}

static const char *node_source(void *user, lf_spec *spec, int vertex) {
    lf_io_osm_job *job = user;
    (void)spec;
    return lf_io_osm_source(job, "node", job->osm->nodes[vertex].head.id);
}

static void split_at_gates(lf_io_osm_job *job, lf_io_roads *roads, const uint8_t *driven) {
    for (size_t i = 0; i < job->osm->node_count; i++) {
        lf_io_osm_tags tags = lf_io_osm_tags_of(job->osm, &job->osm->nodes[i].head);
        if (!lf_io_osm_any(tags, "barrier", GATES))
            job->bollards += driven[i] && lf_io_osm_any(tags, "barrier", BOLLARDS);
        else if (driven[i])
            lf_io_roads_split(roads, (int)i);
        else
            job->foot_gates++;
    }
}

static void add_gates(lf_io_osm_job *job, const lf_io_roads *roads, const uint8_t *driven) {
    for (size_t i = 0; i < job->osm->node_count; i++) {
        const lf_io_osm_element *head = &job->osm->nodes[i].head;
        lf_io_osm_tags tags = lf_io_osm_tags_of(job->osm, head);
        if (!driven[i] || !lf_io_osm_any(tags, "barrier", GATES) ||
            !lf_io_roads_node(roads, (int)i))
            continue;
        lf_gate *gate = lf_spec_add(job->spec, LF_GATES);
        if (!gate)
            return;
        gate->row.quality = LF_TAGGED;
        gate->row.name = lf_spec_text(job->spec, lf_io_osm_name(tags));
        gate->row.source = lf_io_osm_source(job, "node", head->id);
        gate->row.shape = lf_spec_point(job->spec, job->local[i]);
        gate->node = lf_io_roads_node(roads, (int)i);
        lf_io_mark_assumed(&gate->row, LF_GATES, "lanes_in");
        lf_io_mark_assumed(&gate->row, LF_GATES, "lanes_out");
    }
}

lf_code lf_io_osm_read_roads(lf_io_osm_job *job, lf_error *error) {
    const lf_io_osm_data *osm = job->osm;
    int longest = 1;
    for (size_t i = 0; i < osm->way_count; i++)
        longest = osm->ways[i].ref_count > longest ? osm->ways[i].ref_count : longest;
    uint8_t *driven = calloc(osm->node_count + 1, sizeof *driven);
    int *scratch = malloc((size_t)longest * sizeof *scratch);
    lf_io_roads *roads = lf_io_roads_create(job->local, (int)osm->node_count);
    lf_code code = LF_MEMORY;
    if (driven && scratch && roads) {
        add_ways(job, roads, driven, scratch);
        split_at_gates(job, roads, driven);
        code = lf_io_roads_build(roads, job->spec, job->clip, job->def->label, node_source, job,
                                 error);
        if (code == LF_OK)
            add_gates(job, roads, driven);
    } else {
        lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for the roads");
    }
    lf_io_roads_destroy(roads);
    free(scratch);
    free(driven);
    return code;
}
