// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// What happens at the edge of the grid: rows of open_edges, the free edge, and cells without ground
// that touch it. Completes the plan of the surface solver.
#include "drain/model.h"
#include <math.h>
#include <string.h>

// The faces of one side of the grid that a segment runs along, within a cell of it. Only segments
// that run more along the side than across count.
typedef struct lf_stretch {
    int from, to;
} lf_stretch;

static lf_stretch along_side(const lf_grid *g, int side, lf_vec2 a, lf_vec2 b) {
    bool x_side = side == LF_DRAIN_WEST || side == LF_DRAIN_EAST; // runs in y
    double along_a = (x_side ? a.y - g->y0 : a.x - g->x0) / g->cell_m;
    double along_b = (x_side ? b.y - g->y0 : b.x - g->x0) / g->cell_m;
    double across_a = (x_side ? a.x - g->x0 : a.y - g->y0) / g->cell_m;
    double across_b = (x_side ? b.x - g->x0 : b.y - g->y0) / g->cell_m;
    double edge = side == LF_DRAIN_EAST ? g->cols : side == LF_DRAIN_NORTH ? g->rows : 0;
    double low = fmin(along_a, along_b), high = fmax(along_a, along_b);
    int limit = x_side ? g->rows : g->cols;
    if (high - low < fabs(across_a - across_b)) {
        return (lf_stretch){0, 0};
    }
    // Faces whose middle lies on the segment; a shorter segment has the face that it lies on.
    double first = fmax(0, ceil(low - 0.5 - 1e-9)), end = fmin(limit, floor(high - 0.5 + 1e-9) + 1);
    if (end <= first) {
        first = floor(0.5 * (low + high));
        end = first + 1;
    }
    if (!(first >= 0 && end <= limit)) {
        return (lf_stretch){0, 0};
    }
    double slope = high > low ? (across_b - across_a) / (along_b - along_a) : 0;
    lf_stretch stretch = {-1, -1};
    for (int i = (int)first; i < (int)end; i++) {
        double across = across_a + slope * (i + 0.5 - along_a);
        if (fabs(across - edge) <= 1 + 1e-9) {
            stretch.from = stretch.from < 0 ? i : stretch.from;
            stretch.to = i + 1;
        }
    }
    return stretch.from < 0 ? (lf_stretch){0, 0} : stretch;
}

typedef void lf_stretch_visit(lf_drain_model *model, int side, lf_stretch stretch, int edge);

// Returns how many faces the line runs along.
static int visit_stretches(lf_drain_model *model, const lf_shape *line, int edge,
                           lf_stretch_visit *visit) {
    int found = 0;
    for (int part = 0; part < line->part_count; part++) {
        for (int i = line->part_start[part]; i + 1 < line->part_start[part + 1]; i++) {
            for (int side = LF_DRAIN_WEST; side <= LF_DRAIN_NORTH; side++) {
                lf_stretch s = along_side(&model->grid, side, line->points[i], line->points[i + 1]);
                found += s.to - s.from;
                if (visit && s.to > s.from) {
                    visit(model, side, s, edge);
                }
            }
        }
    }
    return found;
}

static void open_stretch(lf_drain_model *model, int side, lf_stretch s, int edge) {
    lf_drain_f32_open_edge(&model->plan, side, s.from, s.to, model->edges[edge].kind, edge);
}

// Walls in the ring: outlets there are taken out again.
static void close_stretch(lf_drain_model *model, int side, lf_stretch s, int edge) {
    (void)edge;
    lf_drain_f32_plan *plan = &model->plan;
    int kept = 0;
    for (int i = 0; i < plan->outlet_count; i++) {
        const lf_drain_f32_outlet *o = &plan->outlets[i];
        bool x_side = side == LF_DRAIN_WEST || side == LF_DRAIN_EAST;
        int at = (x_side ? o->inside / plan->stride : o->inside % plan->stride) - 2;
        if (o->side == side && at >= s.from && at < s.to) {
            plan->ground_m[o->cell] = (float)LF_DRAIN_WALL_M;
        } else {
            plan->outlets[kept++] = *o;
        }
    }
    plan->outlet_count = kept;
}

static const lf_drain_edge_kind EDGE_KINDS[] = {
    [LF_OPEN_EDGE_FREE] = LF_DRAIN_EDGE_OPEN,
    [LF_OPEN_EDGE_CLOSED] = LF_DRAIN_EDGE_WALL,
    [LF_OPEN_EDGE_FLOW] = LF_DRAIN_EDGE_FLOW,
    [LF_OPEN_EDGE_LEVEL] = LF_DRAIN_EDGE_LEVEL,
    [LF_OPEN_EDGE_FLOW_LEVEL] = LF_DRAIN_EDGE_FLOW_LEVEL,
};

static bool add_edge(lf_drain_model *model, const lf_open_edge *row, int index) {
    lf_drain_open_edge *edge = &model->edges[model->plan.edge_count];
    *edge = (lf_drain_open_edge){.row = index,
                                 .kind = (int)EDGE_KINDS[row->kind],
                                 .flow_m2_s = row->flow_m2_s,
                                 .level_m = row->level_m};
    int before = model->plan.outlet_count;
    visit_stretches(model, &row->row.shape, model->plan.edge_count, open_stretch);
    edge->length_m = (model->plan.outlet_count - before) * model->grid.cell_m;
    model->plan.edge_count++;
    return lf_drain_take_series(model, row->flow_sensor, LF_OPEN_EDGES, row->row.id, LF_SENSOR_FLOW,
                                &edge->flow_m3_s) &&
           lf_drain_take_series(model, row->level_sensor, LF_OPEN_EDGES, row->row.id,
                                LF_SENSOR_LEVEL, &edge->level);
}

bool lf_drain_is_inside_line(lf_drain_model *model, const lf_open_edge *row) {
    return row->kind == LF_OPEN_EDGE_FLOW && visit_stretches(model, &row->row.shape, 0, NULL) == 0;
}

static void warn(lf_issues *issues, const lf_row *row, const char *mend, const char *what) {
    lf_issues_addf(issues, LF_WARNING, LF_EMPTY, NULL, 0, row->name, mend, "%s", what);
}

static int grid_cell(const lf_drain_model *model, int i) {
    return lf_drain_cell_index(model, i % model->grid.cols, i / model->grid.cols);
}

// Height of an outlet in an outside cell beside ground: the lowest continuation of that ground; a
// wall where there is none.
static float outside_ground_m(const lf_drain_model *model, int k) {
    const lf_drain_f32_plan *plan = &model->plan;
    int s = plan->stride, offsets[4] = {-1, 1, -s, s};
    float low = (float)LF_DRAIN_WALL_M;
    for (int i = 0; model->cover[k] == COVER_OUTSIDE && i < 4; i++) {
        int edge = k + offsets[i], behind = k + 2 * offsets[i];
        if (model->cover[edge] >= COVER_PAVED) {
            bool two = model->cover[behind] >= COVER_PAVED && model->cover[behind] != COVER_ROOF;
            float fall = two ? plan->ground_m[behind] - plan->ground_m[edge] : 0;
            low = fminf(low, plan->ground_m[edge] - fmaxf(fall, 0));
        }
    }
    return low;
}

// Outside cells of the grid beside ground become free outlets.
static bool open_inner_edges(lf_drain_model *model) {
    lf_drain_f32_plan *plan = &model->plan;
    int cells = model->grid.cols * model->grid.rows, found = 0;
    for (int i = 0; i < cells; i++) {
        found += outside_ground_m(model, grid_cell(model, i)) < (float)LF_DRAIN_WALL_M;
    }
    if (found == 0) {
        return true;
    }
    plan->outlet_room = plan->outlet_count + found;
    lf_drain_f32_outlet *outlets =
        lf_arena_take(model->arena, (size_t)plan->outlet_room * sizeof *outlets);
    if (!outlets) {
        return false;
    }
    memcpy(outlets, plan->outlets, (size_t)plan->outlet_count * sizeof *outlets);
    plan->outlets = outlets;
    for (int i = 0; i < cells; i++) {
        int k = grid_cell(model, i);
        float low = outside_ground_m(model, k);
        if (low < (float)LF_DRAIN_WALL_M) {
            plan->ground_m[k] = low;
            plan->manning2[k] = 0.0009f;
            outlets[plan->outlet_count++] =
                (lf_drain_f32_outlet){k, k, -1, k, -1, LF_DRAIN_EDGE_OPEN};
        }
    }
    return true;
}

static void close_edges(lf_drain_model *model) {
    int count = 0;
    const lf_open_edge *rows = lf_twin_rows(model->twin, LF_OPEN_EDGES, &count);
    for (int i = 0; i < count; i++) {
        if (rows[i].kind == LF_OPEN_EDGE_CLOSED) {
            visit_stretches(model, &rows[i].row.shape, -1, close_stretch);
        }
    }
}

lf_code lf_drain_edges_create(lf_drain_model *model, lf_issues *issues, lf_error *error) {
    int count = 0;
    const lf_open_edge *rows = lf_twin_rows(model->twin, LF_OPEN_EDGES, &count);
    model->edges = lf_arena_take(model->arena, ((size_t)count + 1) * sizeof *model->edges);
    bool good = model->edges != NULL;
    for (int i = 0; good && i < count; i++) {
        const lf_row *row = &rows[i].row;
        if (lf_drain_is_inside_line(model, &rows[i]) || rows[i].kind == LF_OPEN_EDGE_CLOSED) {
            continue;
        }
        good = add_edge(model, &rows[i], i);
        if (!(model->edges[model->plan.edge_count - 1].length_m > 0)) {
            warn(issues, row, "draw it within a cell of the computed rectangle, beside ground",
                 "this open edge touches no cell at the edge of the grid and does nothing");
        }
    }
    bool free_edge = model->settings.surface.edge == LF_DRAIN_EDGE_FREE;
    if (good && free_edge) {
        lf_drain_f32_open_edges(&model->plan);
    }
    close_edges(model);
    good = good && (!free_edge || open_inner_edges(model));
    if (!good) {
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for the edge of the grid");
    }
    lf_drain_f32_raise_faces(&model->plan);
    return LF_OK;
}
