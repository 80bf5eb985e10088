// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The grid of the surface: which rectangle, its ground from the terrain, what lies outside and what
// is a hole, and the edge.
#include "drain/model.h"
#include <float.h>
#include <math.h>
#include <string.h>

static const double CELLS_MAX = 60e6;

static void add_layer_box(const lf_twin *twin, lf_layer layer, double box[4]) {
    int count = 0;
    const char *rows = lf_twin_rows(twin, layer, &count);
    for (int i = 0; i < count; i++) {
        const lf_row *row = (const lf_row *)(rows + (size_t)i * lf_layer_row_size(layer));
        double own[4];
        lf_shape_bounds(&row->shape, own);
        box[0] = fmin(box[0], own[0]);
        box[1] = fmin(box[1], own[1]);
        box[2] = fmax(box[2], own[2]);
        box[3] = fmax(box[3], own[3]);
    }
}

// The estate: its compounds, else everything built or planted. Trees, sensors and far outfalls do
// not enlarge it.
static void estate_box(const lf_twin *twin, double box[4]) {
    static const lf_layer LAYERS[] = {LF_BUILDINGS, LF_ROADS, LF_PARKING, LF_STALLS, LF_GREEN};
    box[0] = box[1] = DBL_MAX;
    box[2] = box[3] = -DBL_MAX;
    add_layer_box(twin, LF_COMPOUNDS, box);
    bool compounds = box[0] <= box[2];
    for (size_t i = 0; !compounds && i < sizeof LAYERS / sizeof LAYERS[0]; i++) {
        add_layer_box(twin, LAYERS[i], box);
    }
    if (box[0] > box[2]) {
        const lf_grid *grid = &lf_twin_terrain(twin)->grid;
        box[0] = grid->x0;
        box[1] = grid->y0;
        box[2] = grid->x0 + grid->cols * grid->cell_m;
        box[3] = grid->y0 + grid->rows * grid->cell_m;
    }
}

static lf_code choose_grid(lf_drain_model *model, lf_error *error) {
    const lf_grid *terrain = &lf_twin_terrain(model->twin)->grid;
    double cell = model->settings.surface.cell_m, margin = model->settings.surface.margin_m;
    double box[4];
    estate_box(model->twin, box);
    double x1 = fmin(terrain->x0 + terrain->cols * terrain->cell_m, box[2] + margin);
    double y1 = fmin(terrain->y0 + terrain->rows * terrain->cell_m, box[3] + margin);
    // Counted from the terrain's corner, so that cells of the same size coincide.
    double col0 = fmax(0, floor((box[0] - margin - terrain->x0) / cell));
    double row0 = fmax(0, floor((box[1] - margin - terrain->y0) / cell));
    model->grid.x0 = terrain->x0 + col0 * cell;
    model->grid.y0 = terrain->y0 + row0 * cell;
    model->grid.cell_m = cell;
    double cols = ceil((x1 - model->grid.x0) / cell - 1e-6);
    double rows = ceil((y1 - model->grid.y0) / cell - 1e-6);
    if (!(cols >= 1 && rows >= 1)) {
        return lf_fail(error, LF_MISSING, LF_FROM_INPUT,
                       "the terrain does not cover the estate; import a DEM of the same place");
    }
    if (cols * rows > CELLS_MAX) {
        return lf_fail(error, LF_RANGE, LF_FROM_SCENARIO,
                       "%.0f x %.0f cells of %g m are too many; make surface.cell_m larger", cols,
                       rows, cell);
    }
    model->grid.cols = (int)cols;
    model->grid.rows = (int)rows;
    int fine = model->settings.surface.subgrid;
    if (cols * rows * fine * fine > CELLS_MAX) {
        return lf_fail(error, LF_RANGE, LF_FROM_SCENARIO,
                       "%.0f x %.0f cells with %d x %d parts each are too many; make "
                       "surface.subgrid smaller",
                       cols, rows, fine, fine);
    }
    model->fine = fine;
    model->fine_grid = model->grid;
    model->fine_grid.cell_m = cell / fine;
    model->fine_grid.cols *= fine;
    model->fine_grid.rows *= fine;
    return LF_OK;
}

// Bilinear between the cells that have data; NaN where the cell of the point has none.
static double sample(const lf_raster *terrain, double x, double y) {
    const lf_grid *g = &terrain->grid;
    double c = (x - g->x0) / g->cell_m - 0.5, r = (y - g->y0) / g->cell_m - 0.5;
    double col = floor(c + 0.5), row = floor(r + 0.5);
    if (!(col >= 0 && row >= 0 && col < g->cols && row < g->rows) ||
        isnan(terrain->values[(size_t)row * (size_t)g->cols + (size_t)col])) {
        return NAN;
    }
    double sum = 0, weight = 0;
    for (int i = 0; i < 4; i++) {
        double cc = floor(c) + (i & 1), rr = floor(r) + (i >> 1);
        double w = (1 - fabs(c - cc)) * (1 - fabs(r - rr));
        if (w > 0 && cc >= 0 && rr >= 0 && cc < g->cols && rr < g->rows) {
            double value = terrain->values[(size_t)rr * (size_t)g->cols + (size_t)cc];
            sum += isnan(value) ? 0 : w * value;
            weight += isnan(value) ? 0 : w;
        }
    }
    return weight > 0 ? sum / weight : NAN;
}

// By as many samples as the cell has cells of the raster.
double lf_drain_cell_mean(const lf_raster *terrain, const lf_grid *grid, int col, int row) {
    int split = (int)ceil(grid->cell_m / terrain->grid.cell_m - 1e-9);
    double sum = 0;
    int count = 0;
    for (int i = 0; i < split * split; i++) {
        double x = grid->x0 + (col + (i % split + 0.5) / split) * grid->cell_m;
        double y = grid->y0 + (row + (i / split + 0.5) / split) * grid->cell_m;
        double value = sample(terrain, x, y);
        sum += isnan(value) ? 0 : value;
        count += !isnan(value);
    }
    return 2 * count >= split * split && count > 0 ? sum / count : NAN;
}

// Cells without ground that touch the edge of the grid, directly or through their like, lie
// outside.
static bool mark_outside(lf_drain_model *model) {
    lf_arena *scratch = lf_arena_create(NULL);
    int cols = model->grid.cols, rows = model->grid.rows, top = 0;
    int *stack = scratch ? lf_arena_take(scratch, (size_t)cols * rows * sizeof *stack) : NULL;
    for (int i = 0; stack && i < cols * rows; i++) {
        int col = i % cols, row = i / cols, k = lf_drain_cell_index(model, col, row);
        bool edge = col == 0 || row == 0 || col == cols - 1 || row == rows - 1;
        if (edge && model->cover[k] == COVER_HOLE) {
            model->cover[k] = COVER_OUTSIDE;
            stack[top++] = k;
        }
    }
    while (top > 0) {
        int k = stack[--top], s = model->plan.stride;
        int around[4] = {k - 1, k + 1, k - s, k + s};
        for (int i = 0; i < 4; i++) {
            if (model->cover[around[i]] == COVER_HOLE) {
                model->cover[around[i]] = COVER_OUTSIDE;
                stack[top++] = around[i];
            }
        }
    }
    lf_arena_destroy(scratch);
    return stack != NULL;
}

static lf_code take_arrays(lf_drain_model *model, lf_error *error) {
    lf_drain_f32_shape(&model->plan, model->grid.cols, model->grid.rows, model->grid.cell_m);
    const lf_drain_surface_settings *s = &model->settings.surface;
    model->plan.theta = (float)s->theta_ratio;
    model->plan.dry_m = (float)s->dry_m;
    model->plan.froude_max = (float)s->froude_max_ratio;
    model->plan.courant = (float)s->courant_ratio;
    model->plan.scheme = s->scheme;
    model->plan.order = s->order;
    model->plan.sheet_m = (float)s->sheet_m;
    model->plan.deep_m = (float)fmax(s->deep_m, s->sheet_m * 1.001 + 1e-6);
    size_t cells = (size_t)model->plan.stride * model->plan.height;
    bool good = lf_drain_f32_take_plan(&model->plan, model->arena);
    model->cover = lf_arena_take(model->arena, cells);
    model->focus = lf_arena_take(model->arena, cells);
    model->open_ratio = lf_arena_take(model->arena, cells * sizeof(float));
    model->loss_m = lf_arena_take(model->arena, cells * sizeof(float));
    model->infiltration_m_s = lf_arena_take(model->arena, cells * sizeof(float));
    if (!good || !model->cover || !model->focus || !model->open_ratio || !model->loss_m ||
        !model->infiltration_m_s) {
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for %d x %d surface cells",
                       model->grid.cols, model->grid.rows);
    }
    return LF_OK;
}

static lf_code sample_ground(lf_drain_model *model, lf_error *error) {
    const lf_raster *terrain = lf_twin_terrain(model->twin);
    double lowest = DBL_MAX;
    // Twice over the terrain: first its lowest cell, then heights above it, which fit a float.
    for (int pass = 0; pass < 2; pass++) {
        for (int row = 0; row < model->grid.rows; row++) {
            for (int col = 0; col < model->grid.cols; col++) {
                int k = lf_drain_cell_index(model, col, row);
                double ground = lf_drain_cell_mean(terrain, &model->grid, col, row);
                model->cover[k] = isnan(ground) ? COVER_HOLE : COVER_PAVED;
                lowest = fmin(lowest, isnan(ground) ? lowest : ground);
                if (pass == 1 && !isnan(ground)) {
                    model->plan.ground_m[k] = (float)(ground - model->datum_m);
                }
            }
        }
        model->datum_m = floor(lowest);
        if (!(lowest < DBL_MAX)) {
            return lf_fail(error, LF_MISSING, LF_FROM_INPUT,
                           "the terrain has no data where the estate is");
        }
    }
    return mark_outside(model) ? LF_OK
                               : lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for the edge");
}

lf_code lf_drain_terrain_create(lf_drain_model *model, lf_issues *issues, lf_error *error) {
    if (!lf_twin_terrain(model->twin)) {
        return lf_fail(error, LF_MISSING, LF_FROM_INPUT,
                       "drainage needs a terrain: import a DEM (GeoTIFF), or ask for one with "
                       "estate.synthesise");
    }
    model->ground_quality = lf_twin_terrain(model->twin)->quality;
    lf_code code = choose_grid(model, error);
    code = code ? code : take_arrays(model, error);
    code = code ? code : sample_ground(model, error);
    long holes = 0;
    for (size_t k = 0; !code && k < (size_t)model->plan.stride * model->plan.height; k++) {
        holes += model->cover[k] == COVER_HOLE;
    }
    if (holes > 0) {
        lf_issues_addf(issues, LF_WARNING, LF_EMPTY, NULL, 0, "terrain",
                       "fill the DEM if water should stand there",
                       "%ld cells inside the estate have no ground and act as walls", holes);
    }
    return code;
}

// Walls and kerbs raise the faces they cross. Fences and hedges let water through, and so do gates
// (4 m around) and carriageways.
static bool crosses(lf_vec2 a, lf_vec2 b, lf_vec2 c, lf_vec2 d) {
    double side_c = (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
    double side_d = (b.x - a.x) * (d.y - a.y) - (b.y - a.y) * (d.x - a.x);
    double side_a = (d.x - c.x) * (a.y - c.y) - (d.y - c.y) * (a.x - c.x);
    double side_b = (d.x - c.x) * (b.y - c.y) - (d.y - c.y) * (b.x - c.x);
    return (side_c > 0) != (side_d > 0) && (side_a > 0) != (side_b > 0);
}

static bool near_gate(const lf_drain_model *model, lf_vec2 point) {
    int count = 0;
    const lf_gate *gates = lf_twin_rows(model->twin, LF_GATES, &count);
    for (int i = 0; i < count; i++) {
        if (lf_shape_distance_m(&gates[i].row.shape, point) < 4) {
            return true;
        }
    }
    return false;
}

static void raise_face(lf_drain_model *model, int k, int step, lf_vec2 point, double height_m,
                       float *faces) {
    const lf_drain_f32_plan *plan = &model->plan;
    bool road = model->cover[k] == COVER_ROAD && model->cover[k - step] == COVER_ROAD;
    float a = plan->ground_m[k], b = plan->ground_m[k - step];
    if (road || a >= (float)LF_DRAIN_WALL_M || b >= (float)LF_DRAIN_WALL_M ||
        near_gate(model, point)) {
        return;
    }
    faces[k] = fmaxf(faces[k], fmaxf(a, b) + (float)height_m);
}

static void raise_segment(lf_drain_model *model, lf_vec2 a, lf_vec2 b, double height_m) {
    const lf_grid *g = &model->grid;
    int col0 = (int)fmax(1, floor((fmin(a.x, b.x) - g->x0) / g->cell_m));
    int row0 = (int)fmax(1, floor((fmin(a.y, b.y) - g->y0) / g->cell_m));
    int col1 = (int)fmin(g->cols - 1, ceil((fmax(a.x, b.x) - g->x0) / g->cell_m));
    int row1 = (int)fmin(g->rows - 1, ceil((fmax(a.y, b.y) - g->y0) / g->cell_m));
    for (int row = row0; row <= row1; row++) {
        for (int col = col0; col <= col1; col++) {
            lf_vec2 here = {g->x0 + (col + 0.5) * g->cell_m, g->y0 + (row + 0.5) * g->cell_m};
            lf_vec2 west = {here.x - g->cell_m, here.y}, south = {here.x, here.y - g->cell_m};
            int k = lf_drain_cell_index(model, col, row);
            if (crosses(a, b, west, here)) {
                raise_face(model, k, 1, here, height_m, model->plan.face_x_m);
            }
            if (crosses(a, b, south, here)) {
                raise_face(model, k, model->plan.stride, here, height_m, model->plan.face_y_m);
            }
        }
    }
}

void lf_drain_walls_raise(lf_drain_model *model) {
    int count = 0;
    const lf_wall *walls = lf_twin_rows(model->twin, LF_WALLS, &count);
    enum { WALL = 0, KERB = 3 };
    for (int i = 0; i < count && model->settings.surface.walls; i++) {
        const lf_shape *shape = &walls[i].row.shape;
        if (walls[i].kind != WALL && walls[i].kind != KERB) {
            continue;
        }
        for (int part = 0; part < shape->part_count; part++) {
            for (int p = shape->part_start[part]; p + 1 < shape->part_start[part + 1]; p++) {
                raise_segment(model, shape->points[p], shape->points[p + 1], walls[i].height_m);
            }
        }
    }
}
