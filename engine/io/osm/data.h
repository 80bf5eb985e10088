// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// An OSM extract in memory: nodes, ways and relations with their tags, as they stand in the file.
#ifndef LF_IO_OSM_DATA_H
#define LF_IO_OSM_DATA_H

#include "base/memory.h"
#include "io/common/map.h"
#include "lifang/io.h"

typedef struct lf_io_osm_tag {
    const char *key, *value;
} lf_io_osm_tag;
typedef struct lf_io_osm_tags {
    const lf_io_osm_tag *list;
    int count;
} lf_io_osm_tags;

// The head of every element. Tags are tags[tag_first] ...
typedef struct lf_io_osm_element {
    int64_t id;
    size_t tag_first;
    int tag_count;
    int line; // in the XML file
} lf_io_osm_element;
typedef struct lf_io_osm_node {
    lf_io_osm_element head;
    double longitude_deg, latitude_deg;
} lf_io_osm_node;
typedef struct lf_io_osm_way {
    lf_io_osm_element head;
    size_t ref_first; // in refs: ids of nodes; after lf_io_osm_resolve in node_of: indices
    int ref_count;
} lf_io_osm_way;
typedef enum lf_io_osm_role { LF_IO_OSM_OUTER, LF_IO_OSM_INNER, LF_IO_OSM_OTHER } lf_io_osm_role;
typedef struct lf_io_osm_member {
    int64_t ref;
    bool is_way;
    lf_io_osm_role role;
} lf_io_osm_member;
typedef struct lf_io_osm_relation {
    lf_io_osm_element head;
    size_t member_first;
    int member_count;
} lf_io_osm_relation;

typedef struct lf_io_osm_data {
    lf_arena *arena; // texts
    lf_io_osm_tag *tags;
    size_t tag_count, tag_capacity;
    lf_io_osm_node *nodes;
    size_t node_count, node_capacity;
    lf_io_osm_way *ways;
    size_t way_count, way_capacity;
    lf_io_osm_relation *relations;
    size_t relation_count, relation_capacity;
    int64_t *refs;
    size_t ref_count, ref_capacity;
    lf_io_osm_member *members;
    size_t member_count, member_capacity;
    int *node_of; // index of the node of each ref, -1 = not in the file
    lf_io_map node_index, way_index, words;
    const char **word_list;
    size_t word_count, word_capacity;
    bool has_bounds;
    double bounds[4]; // west, south, east, north
    bool failed;      // memory ran out
} lf_io_osm_data;

lf_io_osm_data *lf_io_osm_create(void); // NULL without memory
void lf_io_osm_destroy(lf_io_osm_data *osm);
// One copy of each short text.
const char *lf_io_osm_word(lf_io_osm_data *osm, const char *text);
// Adders; tags and refs go to the element added last.
void lf_io_osm_add_node(lf_io_osm_data *osm, int64_t id, double lon, double lat, int line);
lf_io_osm_way *lf_io_osm_add_way(lf_io_osm_data *osm, int64_t id, int line);
lf_io_osm_relation *lf_io_osm_add_relation(lf_io_osm_data *osm, int64_t id, int line);
bool lf_io_osm_add_tag(lf_io_osm_data *osm, lf_io_osm_element *to, const char *key,
                       const char *value);
void lf_io_osm_add_ref(lf_io_osm_data *osm, lf_io_osm_way *to, int64_t node);
void lf_io_osm_add_member(lf_io_osm_data *osm, lf_io_osm_relation *to, lf_io_osm_member member);
// Finds the node of each ref.
lf_code lf_io_osm_resolve(lf_io_osm_data *osm, lf_error *error);

// Reads the XML file (parse.c). Damaged XML is LF_FORMAT with line and column.
lf_code lf_io_osm_parse(const char *path, const char *label, lf_io_osm_data *osm, lf_issues *issues,
                        lf_error *error);

// Reads the binary form (pbf.c).
lf_code lf_io_osm_parse_pbf(const char *path, lf_io_osm_data *osm, lf_error *error);
lf_io_osm_role lf_io_osm_role_of(const char *role); // "" and NULL count as outer

// Reading tags (tags.c). NULL where the key is not there.
lf_io_osm_tags lf_io_osm_tags_of(const lf_io_osm_data *osm, const lf_io_osm_element *element);
const char *lf_io_osm_get(lf_io_osm_tags tags, const char *key);
bool lf_io_osm_is(lf_io_osm_tags tags, const char *key, const char *value);
// True if the value is one of the words in a list such as "yes|true|1".
bool lf_io_osm_any(lf_io_osm_tags tags, const char *key, const char *words);
bool lf_io_osm_word_in(const char *word, const char *words);
// Name for people: name:zh, name, name:en, or "".
const char *lf_io_osm_name(lf_io_osm_tags tags);
// "12", "12 m", "12,5", "40 ft", "5'6\"", "12;14" (the greatest) -> metres.
bool lf_io_osm_metres(const char *text, double *metres);
// "5", "5.5", "5;6" -> 5, 5.5, 6.
bool lf_io_osm_number(const char *text, double *value);
// "50", "30 mph", "walk" -> m/s.
bool lf_io_osm_speed(const char *text, double *speed_m_s);

#endif
