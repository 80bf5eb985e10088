// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Joining what GIS files leave apart: road lines that meet at a place, pipes and their manholes.
#include "base/file.h"
#include "geo/index.h"
#include "geo/polygon.h"
#include "io/common/roads.h"
#include "io/ogr/job.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define SAME_VERTEX_M 0.05 // drawing accuracy of coincident road vertices
#define TOUCH_M 0.25       // an end this near to another line meets it
#define SAME_MANHOLE_M 0.5 // a pipe's end this near to a manhole belongs to it

// The vertex at this place, or a new one.
static int vertex_of(lf_io_ogr_job *job, lf_vec2 at) {
    for (int dx = -1; dx <= 1; dx++) {
        for (int dy = -1; dy <= 1; dy++) {
            lf_vec2 near = {at.x + dx * SAME_VERTEX_M, at.y + dy * SAME_VERTEX_M};
            int known = lf_io_map_get(&job->vertex_at, lf_io_map_place(near, SAME_VERTEX_M));
            if (known >= 0 && hypot(job->vertices[known].x - at.x, job->vertices[known].y - at.y) <=
                                  SAME_VERTEX_M)
                return known;
        }
    }
    if (!lf_memory_grow(NULL, (void **)&job->vertices, &job->vertex_capacity, job->vertex_count + 1,
                        sizeof *job->vertices)) {
        job->failed = true;
        return 0;
    }
    job->vertices[job->vertex_count] = at;
    lf_io_map_set(&job->vertex_at, lf_io_map_place(at, SAME_VERTEX_M), (int)job->vertex_count);
    return (int)job->vertex_count++;
}

void lf_io_ogr_add_road(lf_io_ogr_job *job, const lf_vec2 *points, int count, const lf_road *like) {
    if (job->failed ||
        !lf_memory_grow(NULL, (void **)&job->lines, &job->line_capacity, job->line_count + 1,
                        sizeof *job->lines) ||
        !lf_memory_grow(NULL, (void **)&job->refs, &job->ref_capacity,
                        job->ref_count + (size_t)count, sizeof *job->refs)) {
        job->failed = true;
        return;
    }
    lf_io_ogr_line *line = &job->lines[job->line_count++];
    line->first = job->ref_count;
    line->count = count;
    line->like = *like;
    for (int i = 0; i < count; i++)
        job->refs[job->ref_count++] = vertex_of(job, points[i]);
}

void lf_io_ogr_add_ends(lf_io_ogr_job *job, lf_id link, const char *from, const char *to) {
    if (!lf_memory_grow(NULL, (void **)&job->ends, &job->end_capacity, job->end_count + 1,
                        sizeof *job->ends)) {
        job->failed = true;
        return;
    }
    lf_io_ogr_ends one = {link, from, to};
    job->ends[job->end_count++] = one;
}

// A line's end that touches another line between its vertices.
typedef struct touch {
    size_t segment; // index of its first ref
    double along;
    int vertex;
} touch;

typedef struct touch_search {
    const lf_io_ogr_job *job;
    const size_t *segments;
    int vertex;
    touch *list;
    size_t count, capacity;
    bool failed;
} touch_search;

static bool visit_segment(void *context, int item) {
    touch_search *s = context;
    const lf_io_ogr_job *job = s->job;
    size_t first = s->segments[item];
    int a = job->refs[first], b = job->refs[first + 1];
    double along;
    if (a == s->vertex || b == s->vertex)
        return true;
    double away = lf_geo_segment_distance_m(job->vertices[a], job->vertices[b],
                                            job->vertices[s->vertex], &along);
    if (away > TOUCH_M || along <= 0 || along >= 1)
        return true;
    if (!lf_memory_grow(NULL, (void **)&s->list, &s->capacity, s->count + 1, sizeof *s->list)) {
        s->failed = true;
        return false;
    }
    touch one = {first, along, s->vertex};
    s->list[s->count++] = one;
    return true;
}

static int compare_touches(const void *a, const void *b) {
    const touch *p = a, *q = b;
    if (p->segment != q->segment)
        return p->segment < q->segment ? -1 : 1;
    if (p->along != q->along)
        return p->along < q->along ? -1 : 1;
    return p->vertex - q->vertex;
}

// Segments of all lines, by the index of their first ref, and their boxes.
static int list_segments(const lf_io_ogr_job *job, size_t *segments, double *boxes) {
    int count = 0;
    for (size_t l = 0; l < job->line_count; l++) {
        for (int k = 0; k + 1 < job->lines[l].count; k++) {
            size_t first = job->lines[l].first + (size_t)k;
            lf_vec2 a = job->vertices[job->refs[first]], b = job->vertices[job->refs[first + 1]];
            double *box = boxes + (size_t)count * 4;
            box[0] = fmin(a.x, b.x);
            box[1] = fmin(a.y, b.y);
            box[2] = fmax(a.x, b.x);
            box[3] = fmax(a.y, b.y);
            segments[count++] = first;
        }
    }
    return count;
}

static bool find_touches(const lf_io_ogr_job *job, touch_search *s) {
    size_t *segments = malloc((job->ref_count + 1) * sizeof *segments);
    double *boxes = malloc((job->ref_count + 1) * 4 * sizeof *boxes);
    int count = segments && boxes ? list_segments(job, segments, boxes) : 0;
    lf_geo_index *index = count ? lf_geo_index_create(boxes, count) : NULL;
    s->segments = segments;
    for (size_t l = 0; index && l < job->line_count * 2; l++) {
        const lf_io_ogr_line *line = &job->lines[l / 2];
        s->vertex = job->refs[line->first + (l % 2 ? (size_t)line->count - 1 : 0)];
        lf_vec2 at = job->vertices[s->vertex];
        double box[4] = {at.x - TOUCH_M, at.y - TOUCH_M, at.x + TOUCH_M, at.y + TOUCH_M};
        lf_geo_index_query(index, box, visit_segment, s);
    }
    bool good = index && !s->failed;
    lf_geo_index_destroy(index);
    free(segments);
    free(boxes);
    if (s->count)
        qsort(s->list, s->count, sizeof *s->list, compare_touches);
    return good;
}

// Hands a line to the noder with the touching ends of others put in between.
static void give_line(const lf_io_ogr_job *job, const lf_io_ogr_line *line, const touch_search *s,
                      size_t *next, int *scratch, lf_io_roads *roads) {
    int count = 0;
    for (int k = 0; k < line->count; k++) {
        scratch[count++] = job->refs[line->first + (size_t)k];
        while (*next < s->count && s->list[*next].segment == line->first + (size_t)k)
            scratch[count++] = s->list[(*next)++].vertex;
    }
    lf_io_roads_add(roads, scratch, count, &line->like);
}

lf_code lf_io_ogr_node_roads(lf_io_ogr_job *job, lf_error *error) {
    touch_search s = {.job = job};
    if (!job->line_count)
        return LF_OK;
    bool good = !job->failed && !job->vertex_at.failed && find_touches(job, &s);
    int *scratch = malloc((job->ref_count + s.count + 1) * sizeof *scratch);
    lf_io_roads *roads = lf_io_roads_create(job->vertices, (int)job->vertex_count);
    lf_code code = LF_MEMORY;
    if (good && scratch && roads) {
        size_t next = 0;
        for (size_t l = 0; l < job->line_count; l++)
            give_line(job, &job->lines[l], &s, &next, scratch, roads);
        code = lf_io_roads_build(roads, job->spec, job->clip, job->def->label, NULL, NULL, error);
    } else {
        lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for the roads");
    }
    lf_io_roads_destroy(roads);
    free(scratch);
    lf_memory_give(NULL, s.list, s.capacity * sizeof *s.list);
    return code;
}

// The drain node of that name, else the nearest within reach, else 0.
static lf_id find_drain_node(const lf_spec *spec, const char *name, lf_vec2 at) {
    int count;
    const lf_drain_node *rows = lf_spec_rows_const(spec, LF_DRAIN_NODES, &count);
    double nearest = SAME_MANHOLE_M;
    lf_id found = 0;
    for (int i = 0; i < count; i++) {
        if (*name && strcmp(rows[i].row.name, name) == 0)
            return rows[i].row.id;
        if (rows[i].row.shape.kind != LF_POINT)
            continue;
        lf_vec2 p = rows[i].row.shape.points[0];
        double away = hypot(p.x - at.x, p.y - at.y);
        if (away <= nearest && (!found || away < nearest)) {
            nearest = away;
            found = rows[i].row.id;
        }
    }
    return found;
}

static lf_id make_manhole(lf_io_ogr_job *job, const char *name, lf_vec2 at) {
    lf_drain_node *node = lf_spec_add(job->spec, LF_DRAIN_NODES);
    if (!node) {
        job->failed = true;
        return 0;
    }
    node->row.quality = LF_ASSUMED;
    node->row.name = lf_spec_text(job->spec, name);
    node->row.source = lf_spec_textf(job->spec, "%s: end of a pipe", lf_file_name(job->def->label));
    node->row.shape = lf_spec_point(job->spec, at);
    lf_io_mark_assumed(&node->row, LF_DRAIN_NODES, "kind");
    lf_io_mark_assumed(&node->row, LF_DRAIN_NODES, "invert_m");
    return node->row.id;
}

lf_code lf_io_ogr_join_drains(lf_io_ogr_job *job, lf_error *error) {
    int made = 0;
    for (size_t i = 0; i < job->end_count && !job->failed; i++) {
        lf_id ends[2];
        int at = lf_spec_find(job->spec, LF_DRAIN_LINKS, job->ends[i].link);
        const lf_shape *line =
            &((const lf_row *)lf_spec_at_const(job->spec, LF_DRAIN_LINKS, at))->shape;
        for (int end = 0; end < 2; end++) {
            lf_vec2 place = line->points[end ? line->point_count - 1 : 0];
            const char *name = end ? job->ends[i].to : job->ends[i].from;
            ends[end] = find_drain_node(job->spec, name, place);
            if (!ends[end]) {
                ends[end] = make_manhole(job, name, place);
                made++;
            }
        }
        lf_drain_link *link = lf_spec_at(job->spec, LF_DRAIN_LINKS, at);
        link->from = ends[0];
        link->to = ends[1];
    }
    if (made) {
        lf_issues_addf(job->issues, LF_WARNING, LF_TOPOLOGY, job->def->label, 0, "",
                       "import the manholes with their levels before the pipes",
                       "%d pipe ends had no manhole within %g m; manholes were assumed there, "
                       "without a surveyed invert",
                       made, SAME_MANHOLE_M);
        lf_spec_add_assumption(job->spec, LF_ASSUMED,
                               "%s: %d manholes were assumed at pipe ends, without surveyed levels",
                               lf_file_name(job->def->label), made);
    }
    return job->failed ? lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for the pipes") : LF_OK;
}
