// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Buildings in the way of water (Schubert and Sanders 2012, doi 10.1016/j.advwatres.2012.02.012):
// as blocks, whose ground is as high as the roof, or as porosity, the shares of cells and faces
// that footprints leave open. As holes they are walls, which cover.c has already made of them.
#include "drain/model.h"
#include <math.h>

enum { SAMPLES = 8 };                   // along each side of a cell
static const double LEAST_SHARE = 0.05; // less open cells are walls

// ---- blocks

typedef struct lf_block {
    lf_drain_model *model;
    float highest_m, roof_m; // roof_m NaN = only look
} lf_block;

static void block_span(void *context, int row, int from, int to) {
    lf_block *block = context;
    for (int col = from; col < to; col++) {
        int k = lf_drain_cell_index(block->model, col, row);
        if (block->model->cover[k] == COVER_ROOF) {
            float *ground = &block->model->plan.ground_m[k];
            block->highest_m = fmaxf(block->highest_m, *ground);
            *ground = isnan(block->roof_m) ? *ground : block->roof_m;
        }
    }
}

static bool raise_blocks(lf_drain_model *model) {
    int count = 0;
    const lf_building *rows = lf_twin_rows(model->twin, LF_BUILDINGS, &count);
    for (int i = 0; i < count; i++) {
        lf_block block = {model, -INFINITY, NAN};
        if (!lf_drain_raster_polygon(&model->grid, &rows[i].row.shape, block_span, &block)) {
            return false;
        }
        double base =
            isnan(rows[i].base_m) ? (double)block.highest_m : rows[i].base_m - model->datum_m;
        block.roof_m = (float)(base + fmax(rows[i].height_m, 3));
        if (!lf_drain_raster_polygon(&model->grid, &rows[i].row.shape, block_span, &block)) {
            return false;
        }
    }
    return true;
}

// ---- porosity

typedef enum lf_cut { CUT_CELLS, CUT_WEST_FACES, CUT_SOUTH_FACES } lf_cut;
typedef struct lf_cutter {
    lf_drain_model *model;
    lf_cut cut;
    float *open;
} lf_cutter;

// Takes the samples from .. to - 1 of a row of samples off the cells or faces that they lie in.
static void cut_span(void *context, int row, int from, int to) {
    const lf_cutter *cutter = context;
    const lf_grid *g = &cutter->model->grid;
    if (cutter->cut == CUT_SOUTH_FACES && row % SAMPLES != 0) {
        return; // only the samples on faces
    }
    bool west = cutter->cut == CUT_WEST_FACES;
    float part = cutter->cut == CUT_CELLS ? 1.0f / (SAMPLES * SAMPLES) : 1.0f / SAMPLES;
    for (int at = from; at < to; at++) {
        int col = at / SAMPLES;
        if ((west && at % SAMPLES != 0) || col > g->cols || row / SAMPLES > g->rows) {
            continue;
        }
        cutter->open[lf_drain_cell_index(cutter->model, col, row / SAMPLES)] -= part;
    }
}

// Samples lie in the middles of the parts of a cell, or on its west or south face.
static bool cut_buildings(lf_drain_model *model, lf_cut cut, float *open) {
    lf_grid fine = model->grid;
    fine.cell_m /= SAMPLES;
    fine.cols = model->grid.cols * SAMPLES + (cut == CUT_WEST_FACES);
    fine.rows = model->grid.rows * SAMPLES + (cut == CUT_SOUTH_FACES);
    fine.x0 -= cut == CUT_WEST_FACES ? 0.5 * fine.cell_m : 0;
    fine.y0 -= cut == CUT_SOUTH_FACES ? 0.5 * fine.cell_m : 0;
    lf_cutter cutter = {model, cut, open};
    int count = 0;
    const lf_building *rows = lf_twin_rows(model->twin, LF_BUILDINGS, &count);
    for (int i = 0; i < count; i++) {
        if (!lf_drain_raster_polygon(&fine, &rows[i].row.shape, cut_span, &cutter)) {
            return false;
        }
    }
    return true;
}

static bool take_shares(lf_drain_model *model) {
    lf_drain_f32_plan *plan = &model->plan;
    size_t cells = (size_t)plan->stride * plan->height;
    float **places[] = {&plan->open_ratio, &plan->open_x_ratio, &plan->open_y_ratio};
    for (int cut = CUT_CELLS; cut <= CUT_SOUTH_FACES; cut++) {
        float *open = lf_arena_take(model->arena, cells * sizeof *open);
        if (!open) {
            return false;
        }
        for (size_t k = 0; k < cells; k++) {
            open[k] = 1;
        }
        *places[cut] = open;
        if (!cut_buildings(model, (lf_cut)cut, open)) {
            return false;
        }
        for (size_t k = 0; k < cells; k++) { // overlapping footprints cut twice
            open[k] = open[k] > 1e-4f ? open[k] : 0;
        }
    }
    for (size_t k = 0; k < cells; k++) {
        if (plan->open_ratio[k] < (float)LEAST_SHARE && model->cover[k] >= COVER_PAVED) {
            model->cover[k] = COVER_ROOF;
        }
        // A wall divides by nothing.
        plan->open_ratio[k] = fmaxf(plan->open_ratio[k], (float)LEAST_SHARE);
    }
    return true;
}

bool lf_drain_buildings_shape(lf_drain_model *model) {
    switch (model->settings.surface.buildings) {
    case LF_DRAIN_BUILDINGS_BLOCK:
        return raise_blocks(model);
    case LF_DRAIN_BUILDINGS_POROSITY:
        return take_shares(model);
    default:
        return true;
    }
}

double lf_drain_roof_share(const lf_drain_model *model, int cell) {
    if (model->settings.surface.buildings == LF_DRAIN_BUILDINGS_BLOCK) {
        return 0; // rain falls on the block and runs off by itself
    }
    if (model->fine > 1) {
        return (double)model->fine_roof_ratio[cell];
    }
    if (model->cover[cell] == COVER_ROOF) {
        return 1;
    }
    bool shares = model->plan.open_ratio && model->cover[cell] >= COVER_PAVED;
    return shares ? 1 - (double)model->plan.open_ratio[cell] : 0;
}
