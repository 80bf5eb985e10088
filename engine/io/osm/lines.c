// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Walls, fences and hedges, single trees and tree rows, and parking that is mapped as a point.
#include "io/osm/job.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define TREE_SPACING_M 6.0 // usual for street trees

bool lf_io_osm_inside(const lf_io_osm_job *job, lf_vec2 at) {
    return !job->clip || lf_geo_clip_contains(job->clip, at);
}

static int wall_kind(lf_io_osm_tags tags) {
    if (lf_io_osm_any(tags, "barrier", "wall|retaining_wall|city_wall"))
        return 0;
    if (lf_io_osm_any(tags, "barrier", "fence|guard_rail|railing|handrail"))
        return 1;
    if (lf_io_osm_any(tags, "barrier", "hedge"))
        return 2;
    return lf_io_osm_any(tags, "barrier", "kerb") ? 3 : -1;
}

// The known points of a way; fewer than 2 means nothing to draw.
static int points_of(const lf_io_osm_job *job, const lf_io_osm_way *way, lf_vec2 *points) {
    int count = 0;
    for (int i = 0; i < way->ref_count; i++)
        count += lf_io_osm_position(job, way->ref_first + (size_t)i, &points[count]);
    return count;
}

static void add_wall(lf_io_osm_job *job, const lf_io_osm_way *way, lf_io_osm_tags tags, int kind,
                     const lf_vec2 *points, int count) {
    static const double usual_m[] = {2.2, 1.8, 1.0, 0.15};
    double height_m;
    lf_shape shape = lf_spec_line(job->spec, points, count, NULL);
    if (!lf_io_osm_inside(job, lf_shape_centre(&shape)))
        return;
    lf_wall *wall = lf_spec_add(job->spec, LF_WALLS);
    if (!wall)
        return;
    wall->row.quality = LF_TAGGED;
    wall->row.source = lf_io_osm_source(job, "way", way->head.id);
    wall->row.name = lf_spec_text(job->spec, lf_io_osm_name(tags));
    wall->row.shape = shape;
    wall->kind = kind;
    if (lf_io_osm_metres(lf_io_osm_get(tags, "height"), &height_m) && height_m > 0 &&
        height_m <= 10) {
        wall->height_m = height_m;
    } else {
        wall->height_m = usual_m[kind];
        lf_io_mark_assumed(&wall->row, LF_WALLS, "height_m");
    }
}

static void add_tree(lf_io_osm_job *job, lf_vec2 at, const char *source, lf_quality quality,
                     lf_io_osm_tags tags) {
    double value;
    if (!lf_io_osm_inside(job, at))
        return;
    lf_tree *tree = lf_spec_add(job->spec, LF_TREES);
    if (!tree)
        return;
    tree->row.quality = quality;
    tree->row.source = source;
    tree->row.shape = lf_spec_point(job->spec, at);
    if (lf_io_osm_metres(lf_io_osm_get(tags, "height"), &value) && value >= 1 && value <= 60)
        tree->height_m = value;
    else
        lf_io_mark_assumed(&tree->row, LF_TREES, "height_m");
    if (lf_io_osm_metres(lf_io_osm_get(tags, "diameter_crown"), &value) && value >= 0.5 &&
        value <= 30)
        tree->crown_m = value;
    else
        lf_io_mark_assumed(&tree->row, LF_TREES, "crown_m");
}

// Trees of a row stand at a usual spacing; where exactly is assumed.
static void add_tree_row(lf_io_osm_job *job, const lf_io_osm_way *way, lf_io_osm_tags tags,
                         const lf_vec2 *points, int count) {
    const char *source = lf_io_osm_source(job, "way", way->head.id);
    double next = 0; // distance to the next tree along the current segment
    for (int i = 0; i + 1 < count; i++) {
        double dx = points[i + 1].x - points[i].x, dy = points[i + 1].y - points[i].y;
        double length = hypot(dx, dy);
        for (; next <= length && length > 0; next += TREE_SPACING_M) {
            lf_vec2 at = {points[i].x + dx * next / length, points[i].y + dy * next / length};
            add_tree(job, at, source, LF_ASSUMED, tags);
        }
        next -= length;
    }
}

// A nameless compound takes the name of a neighbourhood that is mapped as a point inside it.
static void name_compound(lf_io_osm_job *job, lf_io_osm_tags tags, lf_vec2 at) {
    int count;
    const char *name = lf_io_osm_name(tags);
    lf_compound *rows = lf_spec_rows(job->spec, LF_COMPOUNDS, &count);
    for (int i = job->mark.first[LF_COMPOUNDS]; *name && i < count; i++)
        if (!rows[i].row.name[0] && rows[i].kind == LF_COMPOUND_RESIDENTIAL &&
            lf_shape_contains(&rows[i].row.shape, at))
            rows[i].row.name = lf_spec_text(job->spec, name);
}

static void read_nodes(lf_io_osm_job *job) {
    for (size_t i = 0; i < job->osm->node_count; i++) {
        const lf_io_osm_element *head = &job->osm->nodes[i].head;
        lf_io_osm_tags tags = lf_io_osm_tags_of(job->osm, head);
        if (!tags.count || isnan(job->local[i].x))
            continue;
        if (lf_io_osm_is(tags, "natural", "tree"))
            add_tree(job, job->local[i], lf_io_osm_source(job, "node", head->id), LF_TAGGED, tags);
        else if (lf_io_osm_any(tags, "place", "neighbourhood|quarter|city_block|plot"))
            name_compound(job, tags, job->local[i]);
        else if (lf_io_osm_any(tags, "amenity", "parking|parking_entrance") &&
                 lf_io_osm_inside(job, job->local[i]))
            job->parking_points++;
    }
}

lf_code lf_io_osm_read_lines(lf_io_osm_job *job, lf_error *error) {
    const lf_io_osm_data *osm = job->osm;
    int longest = 1;
    for (size_t i = 0; i < osm->way_count; i++)
        longest = osm->ways[i].ref_count > longest ? osm->ways[i].ref_count : longest;
    lf_vec2 *points = malloc(((size_t)longest + 1) * sizeof *points);
    if (!points)
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for walls and trees");
    for (size_t i = 0; i < osm->way_count; i++) {
        const lf_io_osm_way *way = &osm->ways[i];
        lf_io_osm_tags tags = lf_io_osm_tags_of(osm, &way->head);
        int kind = wall_kind(tags);
        bool row = lf_io_osm_is(tags, "natural", "tree_row");
        job->water_lines += lf_io_osm_any(tags, "waterway", "river|stream|canal|ditch|drain");
        if (kind < 0 && !row)
            continue;
        int count = points_of(job, way, points);
        if (count >= 2 && kind >= 0)
            add_wall(job, way, tags, kind, points, count);
        if (count >= 2 && row)
            add_tree_row(job, way, tags, points, count);
    }
    read_nodes(job);
    free(points);
    return LF_OK;
}
