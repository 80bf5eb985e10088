// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Compiles the rows of culverts: the cells around both ends, inverts, and which garage a mouth
// belongs to. And the faces that each section crosses.
#include "drain/model.h"
#include <math.h>
#include <stdlib.h>

static const double GARAGE_REACH_M = 30; // how far a mouth may lie from its garage's outline

// ---- ends

typedef struct lf_disc {
    const lf_drain_model *model;
    lf_vec2 centre;
    double radius_m;
    int *cells; // NULL = count only
    int count;
} lf_disc;

static void visit_disc(lf_disc *disc) {
    const lf_grid *g = &disc->model->grid;
    int col, row, reach = (int)ceil(disc->radius_m / g->cell_m) + 1;
    disc->count = 0;
    if (!lf_drain_raster_cell(g, disc->centre, &col, &row)) {
        return;
    }
    for (int r = row - reach; r <= row + reach; r++) {
        for (int c = col - reach; c <= col + reach; c++) {
            double x = g->x0 + (c + 0.5) * g->cell_m - disc->centre.x;
            double y = g->y0 + (r + 0.5) * g->cell_m - disc->centre.y;
            bool near = r >= 0 && c >= 0 && r < g->rows && c < g->cols;
            near = near && hypot(x, y) <= disc->radius_m;
            int k = near ? lf_drain_cell_index(disc->model, c, r) : -1;
            if (k >= 0 && disc->model->open_ratio[k] > 0) {
                if (disc->cells) {
                    disc->cells[disc->count] = k;
                }
                disc->count++;
            }
        }
    }
}

// The open cells within half the structure's width of a point, at least the nearest one.
static bool find_end(lf_drain_model *model, lf_vec2 at, double width_m, lf_drain_end *end) {
    lf_disc disc = {model, at, fmax(0.5 * width_m, 0.75 * model->grid.cell_m), NULL, 0};
    visit_disc(&disc);
    end->cells = lf_arena_take(model->arena, ((size_t)disc.count + 1) * sizeof(int));
    if (!end->cells) {
        return false;
    }
    disc.cells = end->cells;
    visit_disc(&disc);
    end->count = disc.count;
    if (end->count == 0) {
        end->cells[0] = lf_drain_open_cell(model, at, 3 * model->grid.cell_m);
        end->count = end->cells[0] >= 0;
    }
    for (int i = 0; i < end->count; i++) {
        end->area_m2 += lf_drain_cell_area_m2(model, end->cells[i]);
    }
    return true;
}

static double lowest_m(const lf_drain_model *model, const lf_drain_end *end) {
    double low = INFINITY;
    for (int i = 0; i < end->count; i++) {
        low = fmin(low, (double)model->plan.ground_m[end->cells[i]]);
    }
    return low;
}

// ---- structures

static int nearest_garage(const lf_drain_model *model, lf_vec2 at) {
    int count = 0, best = -1;
    double nearest = GARAGE_REACH_M;
    const lf_parking *parking = lf_twin_rows(model->twin, LF_PARKING, &count);
    for (int i = 0; i < count; i++) {
        bool garage =
            parking[i].kind == LF_PARKING_UNDERGROUND || parking[i].kind == LF_PARKING_GARAGE;
        double away = garage ? lf_shape_distance_m(&parking[i].row.shape, at) : INFINITY;
        if (away < nearest) {
            nearest = away;
            best = i;
        }
    }
    return best;
}

static void find_garage(lf_drain_model *model, lf_vec2 at, lf_drain_structure *s) {
    int count = 0;
    const lf_parking *parking = lf_twin_rows(model->twin, LF_PARKING, &count);
    s->parking = nearest_garage(model, at);
    if (s->parking >= 0) {
        const lf_parking *garage = &parking[s->parking];
        s->from_m += garage->sill_m;
        model->garage_full_m3[s->parking] =
            lf_shape_area_m2(&garage->row.shape) * model->settings.structures.garage_height_m;
    }
}

static double invert_m(const lf_drain_model *model, double given_m, const lf_drain_end *end) {
    return isnan(given_m) ? lowest_m(model, end) : given_m - model->datum_m;
}

static bool compile(lf_drain_model *model, const lf_culvert *row, int index,
                    lf_drain_structure *s) {
    const lf_shape *line = &row->row.shape;
    lf_vec2 from = line->points[0], to = line->points[line->point_count - 1];
    *s = (lf_drain_structure){.row = index,
                              .kind = row->kind,
                              .width_m = row->width_m,
                              .height_m = row->height_m,
                              .length_m =
                                  row->length_m > 0 ? row->length_m : lf_shape_length_m(line),
                              .roughness_s_m13 = row->roughness_s_m13,
                              .loss_ratio = row->loss_ratio,
                              .capacity_m3_s = row->capacity_m3_s,
                              .start_m = row->start_depth_m,
                              .stop_m = row->stop_depth_m,
                              .barrels = row->barrels > 1 ? row->barrels : 1,
                              .parking = -1};
    double width = row->width_m * s->barrels;
    if (!find_end(model, from, width, &s->from) || !find_end(model, to, width, &s->to)) {
        return false;
    }
    s->from_m = invert_m(model, row->invert_from_m, &s->from);
    s->to_m = invert_m(model, row->invert_to_m, &s->to);
    if (s->kind == LF_CULVERT_GARAGE_MOUTH) {
        s->to.count = 0;
        find_garage(model, to, s);
    }
    return true;
}

static void warn(const lf_drain_structure *s, const lf_row *row, lf_issues *issues) {
    bool mouth = s->kind == LF_CULVERT_GARAGE_MOUTH;
    if (s->from.count == 0 || (s->to.count == 0 && !mouth)) {
        lf_issues_addf(issues, LF_WARNING, LF_EMPTY, NULL, 0, row->name,
                       "move both ends onto ground inside the computed area",
                       "an end of this structure lies on no open cell; it carries no water");
    } else if (mouth && s->parking < 0) {
        lf_issues_addf(issues, LF_WARNING, LF_EMPTY, NULL, 0, row->name,
                       "add a parking row of kind underground near its last point",
                       "this garage mouth belongs to no garage; its water is stored without limit");
    } else if (s->kind == LF_CULVERT_PUMP && !(s->capacity_m3_s > 0)) {
        lf_issues_addf(issues, LF_WARNING, LF_EMPTY, NULL, 0, row->name, "give capacity_m3_s",
                       "pump without a capacity: it stands still");
    }
}

lf_code lf_drain_structures_create(lf_drain_model *model, lf_issues *issues, lf_error *error) {
    int count = 0;
    const lf_culvert *rows = lf_twin_rows(model->twin, LF_CULVERTS, &count);
    model->structures =
        lf_arena_take(model->arena, ((size_t)count + 1) * sizeof *model->structures);
    model->garage_full_m3 = lf_arena_take(model->arena, ((size_t)model->parking.count + 1) *
                                                            sizeof *model->garage_full_m3);
    bool good = model->structures && model->garage_full_m3;
    for (int i = 0; good && i < count; i++) {
        if (rows[i].row.shape.point_count > 0) {
            lf_drain_structure *s = &model->structures[model->structure_count++];
            good = compile(model, &rows[i], i, s);
            warn(s, &rows[i].row, issues);
        }
    }
    return good ? LF_OK
                : lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for culverts and weirs");
}

// ---- sections

// Walks from corner to corner of the cells along a line: each step is one face.
typedef struct lf_walk {
    lf_drain_model *model;
    lf_drain_section_face *faces; // NULL = count only
    int count;
    int col, row; // the corner
} lf_walk;

static void cross(lf_walk *walk, int col, int row, bool x, int sign) {
    const lf_grid *g = &walk->model->grid;
    // Faces of the outer edge are those of open_edges.
    bool inside = x ? col > 0 && col < g->cols && row >= 0 && row < g->rows
                    : row > 0 && row < g->rows && col >= 0 && col < g->cols;
    if (!inside) {
        return;
    }
    if (walk->faces) {
        walk->faces[walk->count] = (lf_drain_section_face){
            lf_drain_cell_index(walk->model, col, row), (int8_t)x, (int8_t)sign};
    }
    walk->count++;
}

// North along a west face the right hand is east; east along a south face it is south.
static void step_to(lf_walk *walk, int col, int row) {
    if (col == walk->col && row == walk->row + 1) {
        cross(walk, col, walk->row, true, 1);
    } else if (col == walk->col) {
        cross(walk, col, row, true, -1);
    } else if (col == walk->col + 1) {
        cross(walk, walk->col, row, false, -1);
    } else {
        cross(walk, col, row, false, 1);
    }
    walk->col = col;
    walk->row = row;
}

static void corner(const lf_grid *g, lf_vec2 point, int *col, int *row) {
    *col = (int)fmin(fmax(floor((point.x - g->x0) / g->cell_m + 0.5), -1), g->cols + 1);
    *row = (int)fmin(fmax(floor((point.y - g->y0) / g->cell_m + 0.5), -1), g->rows + 1);
}

// The staircase of corners nearest to a straight line.
static void walk_to(lf_walk *walk, lf_vec2 point) {
    int col, row;
    corner(&walk->model->grid, point, &col, &row);
    int from_col = walk->col, from_row = walk->row;
    int cols = abs(col - from_col), rows = abs(row - from_row);
    int step_col = col > from_col ? 1 : -1, step_row = row > from_row ? 1 : -1;
    for (int i = 0, j = 0; i < cols || j < rows;) {
        // Whichever way is further behind its share of the whole.
        bool across = j == rows || (i < cols && (2 * i + 1) * rows < (2 * j + 1) * cols);
        i += across;
        j += !across;
        step_to(walk, from_col + i * step_col, from_row + j * step_row);
    }
}

static void walk_line(lf_walk *walk, const lf_shape *line) {
    for (int part = 0; part < line->part_count; part++) {
        int first = line->part_start[part];
        corner(&walk->model->grid, line->points[first], &walk->col, &walk->row);
        for (int i = first + 1; i < line->part_start[part + 1]; i++) {
            walk_to(walk, line->points[i]);
        }
    }
}

static int compare_tallies(const void *a, const void *b) {
    const lf_drain_f32_tally *x = a, *y = b;
    int by_face = (x->face > y->face) - (x->face < y->face);
    return by_face ? by_face : (x->slot > y->slot) - (x->slot < y->slot);
}

// Asks the solver to add up the flow of each face.
static bool tally_faces(lf_drain_model *model, int count) {
    lf_drain_f32_plan *plan = &model->plan;
    plan->tallies = lf_arena_take(model->arena, ((size_t)count + 1) * sizeof *plan->tallies);
    for (int i = 0; plan->tallies && i < count; i++) {
        const lf_drain_section_face *face = &model->section_faces[i];
        plan->tallies[i] = (lf_drain_f32_tally){face->face, i, face->x};
    }
    if (plan->tallies) {
        qsort(plan->tallies, (size_t)count, sizeof *plan->tallies, compare_tallies);
        plan->tally_count = count;
    }
    return plan->tallies != NULL;
}

lf_code lf_drain_sections_create(lf_drain_model *model, lf_issues *issues, lf_error *error) {
    int count = 0;
    const lf_section_line *rows = lf_twin_rows(model->twin, LF_SECTIONS, &count);
    lf_walk walk = {.model = model};
    model->sections = lf_arena_take(model->arena, ((size_t)count + 1) * sizeof *model->sections);
    for (int pass = 0; model->sections && pass < 2; pass++) {
        walk.count = 0;
        for (int i = 0; i < count; i++) {
            model->sections[i].first = walk.count;
            walk_line(&walk, &rows[i].row.shape);
            model->sections[i].end = walk.count;
            if (pass && walk.count == model->sections[i].first) {
                lf_issues_addf(issues, LF_WARNING, LF_EMPTY, NULL, 0, rows[i].row.name,
                               "draw it across at least one cell of the computed area",
                               "this section crosses no face; its flow is zero");
            }
        }
        if (pass == 0) {
            walk.faces = lf_arena_take(model->arena, ((size_t)walk.count + 1) * sizeof *walk.faces);
            if (!walk.faces) {
                break;
            }
        }
    }
    model->section_faces = walk.faces;
    model->section_count = count;
    return model->sections && walk.faces && tally_faces(model, walk.count)
               ? LF_OK
               : lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for sections");
}
