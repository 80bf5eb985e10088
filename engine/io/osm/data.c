// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The tables of an OSM extract.
#include "io/osm/data.h"

#include "base/hash.h"
#include <stdlib.h>
#include <string.h>

lf_io_osm_data *lf_io_osm_create(void) {
    lf_io_osm_data *osm = calloc(1, sizeof *osm);
    if (osm && !(osm->arena = lf_arena_create(NULL))) {
        free(osm);
        return NULL;
    }
    return osm;
}

void lf_io_osm_destroy(lf_io_osm_data *osm) {
    if (!osm)
        return;
    lf_arena_destroy(osm->arena);
    free(osm->tags);
    free(osm->nodes);
    free(osm->ways);
    free(osm->relations);
    free(osm->refs);
    free(osm->members);
    free(osm->node_of);
    free(osm->word_list);
    lf_io_map_free(&osm->node_index);
    lf_io_map_free(&osm->way_index);
    lf_io_map_free(&osm->words);
    free(osm);
}

static bool grow(lf_io_osm_data *osm, void **block, size_t *capacity, size_t needed, size_t bytes) {
    if (!osm->failed && lf_memory_grow(NULL, block, capacity, needed, bytes))
        return true;
    osm->failed = true;
    return false;
}
#define GROW(osm, name, more)                                                                      \
    grow(osm, (void **)&(osm)->name##s, &(osm)->name##_capacity, (osm)->name##_count + (more),     \
         sizeof *(osm)->name##s)

const char *lf_io_osm_word(lf_io_osm_data *osm, const char *text) {
    uint64_t key = lf_hash_text(0, text);
    int known = lf_io_map_get(&osm->words, key);
    if (known >= 0 && strcmp(osm->word_list[known], text) == 0)
        return osm->word_list[known];
    const char *copy = lf_arena_text(osm->arena, text);
    if (!copy || !grow(osm, (void **)&osm->word_list, &osm->word_capacity, osm->word_count + 1,
                       sizeof *osm->word_list)) {
        osm->failed = true;
        return "";
    }
    osm->word_list[osm->word_count] = copy;
    lf_io_map_set(&osm->words, key, (int)osm->word_count++);
    return copy;
}

void lf_io_osm_add_node(lf_io_osm_data *osm, int64_t id, double lon, double lat, int line) {
    if (!GROW(osm, node, 1))
        return;
    lf_io_osm_node *node = &osm->nodes[osm->node_count];
    node->head.id = id;
    node->head.line = line;
    node->head.tag_first = osm->tag_count;
    node->longitude_deg = lon;
    node->latitude_deg = lat;
    lf_io_map_set(&osm->node_index, (uint64_t)id, (int)osm->node_count++);
}

lf_io_osm_way *lf_io_osm_add_way(lf_io_osm_data *osm, int64_t id, int line) {
    if (!GROW(osm, way, 1))
        return NULL;
    lf_io_osm_way *way = &osm->ways[osm->way_count];
    way->head.id = id;
    way->head.line = line;
    way->head.tag_first = osm->tag_count;
    way->ref_first = osm->ref_count;
    lf_io_map_set(&osm->way_index, (uint64_t)id, (int)osm->way_count++);
    return way;
}

lf_io_osm_relation *lf_io_osm_add_relation(lf_io_osm_data *osm, int64_t id, int line) {
    if (!GROW(osm, relation, 1))
        return NULL;
    lf_io_osm_relation *relation = &osm->relations[osm->relation_count++];
    relation->head.id = id;
    relation->head.line = line;
    relation->head.tag_first = osm->tag_count;
    relation->member_first = osm->member_count;
    return relation;
}

bool lf_io_osm_add_tag(lf_io_osm_data *osm, lf_io_osm_element *to, const char *key,
                       const char *value) {
    if (!GROW(osm, tag, 1))
        return false;
    osm->tags[osm->tag_count].key = lf_io_osm_word(osm, key);
    osm->tags[osm->tag_count++].value = lf_io_osm_word(osm, value);
    to->tag_count++;
    return true;
}

void lf_io_osm_add_ref(lf_io_osm_data *osm, lf_io_osm_way *to, int64_t node) {
    if (!GROW(osm, ref, 1))
        return;
    osm->refs[osm->ref_count++] = node;
    to->ref_count++;
}

void lf_io_osm_add_member(lf_io_osm_data *osm, lf_io_osm_relation *to, lf_io_osm_member member) {
    if (!GROW(osm, member, 1))
        return;
    osm->members[osm->member_count++] = member;
    to->member_count++;
}

lf_code lf_io_osm_resolve(lf_io_osm_data *osm, lf_error *error) {
    osm->node_of = malloc((osm->ref_count + 1) * sizeof *osm->node_of);
    for (size_t i = 0; osm->node_of && i < osm->ref_count; i++)
        osm->node_of[i] = lf_io_map_get(&osm->node_index, (uint64_t)osm->refs[i]);
    if (!osm->node_of || osm->failed || osm->node_index.failed || osm->way_index.failed ||
        osm->words.failed)
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN,
                       "no memory for the OSM extract; cut a smaller one");
    return LF_OK;
}
