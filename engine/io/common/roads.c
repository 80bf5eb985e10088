// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Noding and cutting of road lines.
#include "io/common/roads.h"

#include "base/memory.h"
#include "geo/frame.h"
#include "io/common/map.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define SAME_PLACE_M 0.01

typedef struct line {
    size_t first; // in refs
    int count;
    lf_road like;
} line;

struct lf_io_roads {
    const lf_vec2 *vertices;
    int vertex_count;
    uint8_t *uses; // how often a vertex is used, at most 2; 2 = a line ends here
    lf_id *node;   // road node of each vertex
    line *lines;
    size_t line_count, line_capacity;
    int *refs;
    size_t ref_count, ref_capacity;
    bool failed;
};

// What build needs at every step.
typedef struct builder {
    lf_io_roads *roads;
    lf_spec *spec;
    const lf_geo_clip *clip;
    const char *label;
    const char *(*node_source)(void *user, lf_spec *spec, int vertex);
    void *user;
    lf_io_map known; // places of road nodes that were there before
    lf_vec2 *piece;  // points of the road being written
    int piece_count;
    lf_id piece_from;
} builder;

lf_io_roads *lf_io_roads_create(const lf_vec2 *vertices, int vertex_count) {
    lf_io_roads *roads = calloc(1, sizeof *roads);
    if (!roads)
        return NULL;
    roads->vertices = vertices;
    roads->vertex_count = vertex_count;
    roads->uses = calloc((size_t)vertex_count + 1, sizeof *roads->uses);
    roads->node = calloc((size_t)vertex_count + 1, sizeof *roads->node);
    if (!roads->uses || !roads->node) {
        lf_io_roads_destroy(roads);
        return NULL;
    }
    return roads;
}

void lf_io_roads_destroy(lf_io_roads *roads) {
    if (!roads)
        return;
    lf_memory_give(NULL, roads->lines, roads->line_capacity * sizeof *roads->lines);
    lf_memory_give(NULL, roads->refs, roads->ref_capacity * sizeof *roads->refs);
    free(roads->uses);
    free(roads->node);
    free(roads);
}

static void use(lf_io_roads *roads, int vertex, int times) {
    int total = roads->uses[vertex] + times;
    roads->uses[vertex] = (uint8_t)(total > 2 ? 2 : total);
}

void lf_io_roads_add(lf_io_roads *roads, const int *refs, int count, const lf_road *like) {
    line *added;
    if (count < 2)
        return;
    if (roads->failed ||
        !lf_memory_grow(NULL, (void **)&roads->lines, &roads->line_capacity, roads->line_count + 1,
                        sizeof *roads->lines) ||
        !lf_memory_grow(NULL, (void **)&roads->refs, &roads->ref_capacity,
                        roads->ref_count + (size_t)count, sizeof *roads->refs)) {
        roads->failed = true;
        return;
    }
    added = &roads->lines[roads->line_count++];
    added->first = roads->ref_count;
    added->count = 0;
    added->like = *like;
    for (int i = 0; i < count; i++) {
        if (added->count && roads->refs[roads->ref_count - 1] == refs[i])
            continue;
        roads->refs[roads->ref_count++] = refs[i];
        added->count++;
        use(roads, refs[i], i == 0 || i == count - 1 ? 2 : 1);
    }
}

void lf_io_roads_split(lf_io_roads *roads, int vertex) {
    use(roads, vertex, 2);
}

lf_id lf_io_roads_node(const lf_io_roads *roads, int vertex) {
    return roads->node[vertex];
}

static void remember_nodes(builder *b) {
    int count;
    const lf_road_node *rows = lf_spec_rows_const(b->spec, LF_ROAD_NODES, &count);
    for (int i = 0; i < count; i++)
        if (rows[i].row.shape.kind == LF_POINT)
            lf_io_map_set(&b->known, lf_io_map_place(rows[i].row.shape.points[0], SAME_PLACE_M),
                          (int)rows[i].row.id);
}

static lf_id add_node(builder *b, lf_vec2 at, const char *source, lf_quality quality) {
    int known = lf_io_map_get(&b->known, lf_io_map_place(at, SAME_PLACE_M));
    if (known > 0)
        return (lf_id)known;
    lf_road_node *node = lf_spec_add(b->spec, LF_ROAD_NODES);
    if (!node)
        return 0;
    node->row.quality = quality;
    node->row.source = source;
    node->row.shape = lf_spec_point(b->spec, at);
    return node->row.id;
}

static lf_id node_of(builder *b, int vertex, const line *from) {
    lf_id *node = &b->roads->node[vertex];
    if (!*node) {
        const char *source =
            b->node_source ? b->node_source(b->user, b->spec, vertex) : from->like.row.source;
        *node = add_node(b, b->roads->vertices[vertex], source, from->like.row.quality);
    }
    return *node;
}

static lf_id boundary_node(builder *b, lf_vec2 at, const line *from) {
    return add_node(b, at, lf_spec_textf(b->spec, "%s at the clip window", from->like.row.source),
                    from->like.row.quality);
}

static void start_piece(builder *b, lf_vec2 at, lf_id node) {
    b->piece[0] = at;
    b->piece_count = 1;
    b->piece_from = node;
}

static void write_road(builder *b, const line *from, const lf_vec2 *points, int count, lf_id start,
                       lf_id end) {
    lf_road *road = lf_spec_add(b->spec, LF_ROADS);
    if (!road || !start || !end) {
        b->roads->failed = true;
        return;
    }
    lf_id id = road->row.id;
    *road = from->like;
    road->row.id = id;
    road->row.shape = lf_spec_line(b->spec, points, count, NULL);
    road->from = start;
    road->to = end;
}

// Ends the piece at `node`. A piece that comes back to its start is halved, so that no road begins
// and ends at one node.
static void end_piece(builder *b, const line *from, lf_id node) {
    int count = b->piece_count;
    b->piece_count = 0;
    if (count < 2 ||
        (count == 2 && b->piece[0].x == b->piece[1].x && b->piece[0].y == b->piece[1].y))
        return;
    if (node != b->piece_from) {
        write_road(b, from, b->piece, count, b->piece_from, node);
    } else if (count >= 3) {
        int half = count / 2;
        lf_id middle = add_node(b, b->piece[half], from->like.row.source, from->like.row.quality);
        write_road(b, from, b->piece, half + 1, b->piece_from, middle);
        write_road(b, from, b->piece + half, count - half, middle, node);
    }
}

static lf_vec2 between(lf_vec2 a, lf_vec2 b, double ratio) {
    lf_vec2 p = {lf_geo_snap(a.x + (b.x - a.x) * ratio), lf_geo_snap(a.y + (b.y - a.y) * ratio)};
    return p;
}

// One segment of a line: starts, continues and ends pieces where it enters, runs and leaves.
static void take_segment(builder *b, const line *from, int start, int end) {
    lf_vec2 a = b->roads->vertices[start], c = b->roads->vertices[end];
    double ratio[2] = {0, 1};
    bool inside = !b->clip || lf_geo_clip_segment(b->clip, a, c, ratio);
    if (b->piece_count && (!inside || ratio[0] > 0)) // the last vertex lies on the boundary
        end_piece(b, from, node_of(b, start, from));
    if (!inside)
        return;
    if (ratio[0] > 0 || !b->piece_count) {
        if (ratio[0] > 0) {
            lf_vec2 at = between(a, c, ratio[0]);
            start_piece(b, at, boundary_node(b, at, from));
        } else {
            start_piece(b, a, node_of(b, start, from));
        }
    }
    lf_vec2 stop = ratio[1] < 1 ? between(a, c, ratio[1]) : c;
    b->piece[b->piece_count++] = stop;
    if (ratio[1] < 1)
        end_piece(b, from, boundary_node(b, stop, from));
    else if (b->roads->uses[end] >= 2)
        end_piece(b, from, node_of(b, end, from));
}

lf_code lf_io_roads_build(lf_io_roads *roads, lf_spec *spec, const lf_geo_clip *clip,
                          const char *label,
                          const char *(*node_source)(void *user, lf_spec *spec, int vertex),
                          void *user, lf_error *error) {
    builder b = {.roads = roads,
                 .spec = spec,
                 .clip = clip,
                 .label = label,
                 .node_source = node_source,
                 .user = user};
    int longest = 0;
    remember_nodes(&b);
    for (size_t i = 0; i < roads->line_count; i++)
        longest = roads->lines[i].count > longest ? roads->lines[i].count : longest;
    b.piece = malloc(((size_t)longest + 2) * sizeof *b.piece);
    for (size_t i = 0; b.piece && i < roads->line_count && !roads->failed; i++) {
        const line *from = &roads->lines[i];
        const int *refs = roads->refs + from->first;
        b.piece_count = 0;
        for (int k = 0; k + 1 < from->count; k++)
            take_segment(&b, from, refs[k], refs[k + 1]);
    }
    bool good = b.piece && !roads->failed && !b.known.failed;
    free(b.piece);
    lf_io_map_free(&b.known);
    if (!good)
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for the road graph of %s", label);
    return LF_OK;
}
