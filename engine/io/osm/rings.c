// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Rings from closed ways, and the assembly of multipolygon relations: member ways are chained end
// to end by node identity until every ring closes.
#include "io/osm/job.h"

#include <math.h>
#include <stdlib.h>

bool lf_io_osm_position(const lf_io_osm_job *job, size_t ref, lf_vec2 *at) {
    int node = job->osm->node_of[ref];
    if (node < 0 || isnan(job->local[node].x))
        return false;
    *at = job->local[node];
    return true;
}

bool lf_io_osm_closed(const lf_io_osm_job *job, const lf_io_osm_way *way) {
    const int64_t *refs = job->osm->refs + way->ref_first;
    return way->ref_count >= 4 && refs[0] == refs[way->ref_count - 1];
}

bool lf_io_osm_way_rings(lf_io_osm_job *job, const lf_io_osm_way *way) {
    lf_vec2 at;
    lf_geo_rings_clear(&job->rings);
    lf_geo_rings_begin(&job->rings);
    for (int i = 0; i + 1 < way->ref_count; i++) {
        if (!lf_io_osm_position(job, way->ref_first + (size_t)i, &at)) {
            job->incomplete_areas++;
            return false;
        }
        lf_geo_rings_add(&job->rings, at);
    }
    return true;
}

// One member way while rings are chained.
typedef struct strand {
    const lf_io_osm_way *way;
    bool used;
} strand;

static int64_t end_of(const lf_io_osm_data *osm, const lf_io_osm_way *way, bool last) {
    return osm->refs[way->ref_first + (last ? (size_t)way->ref_count - 1 : 0)];
}

// Adds the points of a way, without the one the chain has already.
static bool append(lf_io_osm_job *job, const lf_io_osm_way *way, bool backward) {
    lf_vec2 at;
    for (int i = 1; i < way->ref_count; i++) {
        size_t k = (size_t)(backward ? way->ref_count - 1 - i : i);
        if (!lf_io_osm_position(job, way->ref_first + k, &at))
            return false;
        lf_geo_rings_add(&job->rings, at);
    }
    return true;
}

// Chains one ring starting with strand `first`. False if it does not close.
static bool chain(lf_io_osm_job *job, strand *strands, int count, int first) {
    const lf_io_osm_data *osm = job->osm;
    int64_t begin = end_of(osm, strands[first].way, false);
    int64_t open = end_of(osm, strands[first].way, true);
    strands[first].used = true;
    lf_geo_rings_begin(&job->rings);
    if (!append(job, strands[first].way, false))
        return false;
    while (open != begin) {
        int next = -1;
        bool backward = false;
        for (int i = 0; i < count && next < 0; i++) {
            if (strands[i].used)
                continue;
            backward = end_of(osm, strands[i].way, true) == open;
            if (backward || end_of(osm, strands[i].way, false) == open)
                next = i;
        }
        if (next < 0)
            return false;
        strands[next].used = true;
        if (!append(job, strands[next].way, backward))
            return false;
        open = end_of(osm, strands[next].way, !backward);
    }
    return true;
}

static bool assemble(lf_io_osm_job *job, strand *strands, int count) {
    for (int i = 0; i < count; i++)
        if (!strands[i].used && !chain(job, strands, count, i))
            return false;
    return count > 0;
}

bool lf_io_osm_relation_rings(lf_io_osm_job *job, const lf_io_osm_relation *relation) {
    const lf_io_osm_data *osm = job->osm;
    strand *strands = calloc((size_t)relation->member_count + 1, sizeof *strands);
    int count = 0;
    bool complete = strands != NULL;
    lf_geo_rings_clear(&job->rings);
    for (int i = 0; complete && i < relation->member_count; i++) {
        const lf_io_osm_member *member = &osm->members[relation->member_first + (size_t)i];
        if (!member->is_way || member->role == LF_IO_OSM_OTHER)
            continue;
        int way = lf_io_map_get(&osm->way_index, (uint64_t)member->ref);
        if (way < 0 || osm->ways[way].ref_count < 2)
            complete = false;
        else
            strands[count++].way = &osm->ways[way];
    }
    complete = complete && assemble(job, strands, count);
    free(strands);
    if (!complete)
        job->incomplete_areas++;
    return complete;
}
