// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// What each cell is made of: covers painted from the layers in a fixed order, and from them
// roughness, losses, infiltration, and where figures are taken.
#include "drain/model.h"
#include <math.h>
#include <string.h>

typedef struct lf_paint {
    lf_drain_model *model;
    lf_drain_cover cover;
    double lower_m; // the ground is lowered by this (sunken green)
    double infiltration_m_s;
    double loss_m;
    uint8_t focus;
} lf_paint;

static const double MM_H = 1.0 / 3.6e6; // in m/s

static void paint_span(void *context, int row, int from, int to) {
    const lf_paint *paint = context;
    lf_drain_model *model = paint->model;
    for (int col = from; col < to; col++) {
        int k = lf_drain_cell_index(model, col, row);
        if (model->cover[k] < COVER_PAVED) {
            continue; // no ground, nothing to paint on
        }
        if (paint->cover == COVER_STORAGE && model->cover[k] != COVER_STORAGE) {
            model->plan.ground_m[k] -= (float)paint->lower_m;
        }
        model->cover[k] = (uint8_t)paint->cover;
        model->infiltration_m_s[k] = (float)paint->infiltration_m_s;
        model->loss_m[k] = (float)paint->loss_m;
    }
}

static lf_code no_memory(lf_error *error) {
    return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory to paint the land cover");
}

// Yards and paths that no layer names.
static void paint_rest(lf_drain_model *model) {
    const lf_drain_losses_settings *l = &model->settings.losses;
    lf_paint paint = {model, COVER_PAVED, 0, l->paved_mm_h * MM_H, l->loss_paved_mm / 1000, 0};
    for (int row = 0; row < model->grid.rows; row++) {
        paint_span(&paint, row, 0, model->grid.cols);
    }
}

static bool paint_green(lf_drain_model *model) {
    const lf_drain_losses_settings *l = &model->settings.losses;
    static const lf_drain_cover COVERS[] = {COVER_GRASS,   COVER_WOOD,    COVER_WOOD, COVER_GRASS,
                                            COVER_STORAGE, COVER_STORAGE, COVER_BARE};
    int count = 0;
    bool good = true;
    const lf_green *greens = lf_twin_rows(model->twin, LF_GREEN, &count);
    for (int i = 0; i < count; i++) {
        const lf_green *green = &greens[i];
        lf_drain_cover cover = COVERS[green->kind];
        cover = green->depression_m > 0 ? COVER_STORAGE : cover;
        double loss = cover == COVER_WOOD   ? l->loss_wood_mm
                      : cover == COVER_BARE ? l->loss_bare_mm
                                            : l->loss_grass_mm;
        lf_paint paint = {model,       cover, green->depression_m, green->infiltration_mm_h * MM_H,
                          loss / 1000, 0};
        good = good && lf_drain_raster_polygon(&model->grid, &green->row.shape, paint_span, &paint);
    }
    return good;
}

// Carriageway and parking: hard, but for the share that is paved permeably.
static lf_paint hard_paint(lf_drain_model *model, double permeable_ratio) {
    const lf_drain_losses_settings *l = &model->settings.losses;
    double loss = (1 - permeable_ratio) * l->loss_road_mm + permeable_ratio * l->permeable_mm;
    return (lf_paint){model,       COVER_ROAD, 0, permeable_ratio * l->permeable_mm_h * MM_H,
                      loss / 1000, 0};
}

static bool paint_hard(lf_drain_model *model) {
    int count = 0;
    bool good = true;
    const lf_parking *parking = lf_twin_rows(model->twin, LF_PARKING, &count);
    for (int i = 0; i < count; i++) {
        if (parking[i].kind == LF_PARKING_UNDERGROUND) {
            continue; // its outline says nothing about the ground above
        }
        lf_paint paint = hard_paint(model, parking[i].permeable_ratio);
        good = good &&
               lf_drain_raster_polygon(&model->grid, &parking[i].row.shape, paint_span, &paint);
    }
    const lf_road *roads = lf_twin_rows(model->twin, LF_ROADS, &count);
    for (int i = 0; i < count; i++) {
        lf_paint paint = hard_paint(model, roads[i].permeable_ratio);
        lf_drain_raster_line(&model->grid, &roads[i].row.shape, roads[i].width_m / 2, paint_span,
                             &paint);
    }
    return good;
}

static bool paint_water_and_roofs(lf_drain_model *model) {
    int count = 0;
    bool good = true;
    const lf_water *waters = lf_twin_rows(model->twin, LF_WATER, &count);
    lf_paint water = {model, COVER_WATER, 0, 0, 0, 0};
    for (int i = 0; i < count; i++) {
        good =
            good && lf_drain_raster_polygon(&model->grid, &waters[i].row.shape, paint_span, &water);
    }
    const lf_building *buildings = lf_twin_rows(model->twin, LF_BUILDINGS, &count);
    bool shares = model->settings.surface.buildings == LF_DRAIN_BUILDINGS_POROSITY;
    const lf_drain_losses_settings *l = &model->settings.losses;
    for (int i = 0; !shares && i < count; i++) {
        double kept_mm = l->loss_roof_mm + buildings[i].green_roof_ratio * l->green_roof_mm;
        lf_paint roof = {model, COVER_ROOF, 0, 0, kept_mm / 1000, 0};
        good = good &&
               lf_drain_raster_polygon(&model->grid, &buildings[i].row.shape, paint_span, &roof);
    }
    return good;
}

static void focus_span(void *context, int row, int from, int to) {
    lf_drain_model *model = context;
    memset(model->focus + lf_drain_cell_index(model, from, row), 1, (size_t)(to - from));
}

// Figures are taken inside the compounds, or everywhere where there are none, on dry land that is
// not meant to hold water.
static bool mark_focus(lf_drain_model *model) {
    int count = 0;
    bool good = true;
    const lf_compound *compounds = lf_twin_rows(model->twin, LF_COMPOUNDS, &count);
    for (int i = 0; i < count; i++) {
        good = good &&
               lf_drain_raster_polygon(&model->grid, &compounds[i].row.shape, focus_span, model);
    }
    for (int row = 0; count == 0 && row < model->grid.rows; row++) {
        focus_span(model, row, 0, model->grid.cols);
    }
    for (size_t k = 0; k < (size_t)model->plan.stride * model->plan.height; k++) {
        int cover = model->cover[k];
        bool ground = cover >= COVER_PAVED && cover != COVER_STORAGE && cover != COVER_WATER &&
                      cover != COVER_ROOF;
        model->focus[k] = model->focus[k] && ground;
    }
    return good;
}

// ---- what covers mean

static void apply_cover(lf_drain_model *model, int k) {
    const lf_drain_losses_settings *l = &model->settings.losses;
    const double manning[] = {
        [COVER_OUTSIDE] = l->manning_paved_s_m13, [COVER_HOLE] = l->manning_paved_s_m13,
        [COVER_PAVED] = l->manning_paved_s_m13,   [COVER_GRASS] = l->manning_grass_s_m13,
        [COVER_WOOD] = l->manning_wood_s_m13,     [COVER_BARE] = l->manning_bare_s_m13,
        [COVER_STORAGE] = l->manning_grass_s_m13, [COVER_ROAD] = l->manning_road_s_m13,
        [COVER_WATER] = l->manning_water_s_m13,   [COVER_ROOF] = l->manning_paved_s_m13};
    double n = manning[model->cover[k]];
    bool roofs = model->settings.surface.buildings == LF_DRAIN_BUILDINGS_BLOCK;
    bool open = model->cover[k] >= COVER_PAVED && (roofs || model->cover[k] != COVER_ROOF);
    model->plan.manning2[k] = (float)(n * n);
    model->open_ratio[k] = open ? 1.0f : 0.0f;
    if (!open) {
        model->infiltration_m_s[k] = model->loss_m[k] = 0;
        model->plan.ground_m[k] = (float)LF_DRAIN_WALL_M;
    }
}

// Rasters of the twin say more than covers do.
static void apply_rasters(lf_drain_model *model, int col, int row) {
    const lf_raster *roughness = lf_twin_raster(model->twin, LF_RASTER_ROUGHNESS);
    const lf_raster *rate = lf_twin_raster(model->twin, LF_RASTER_INFILTRATION);
    int k = lf_drain_cell_index(model, col, row);
    double n = roughness ? lf_drain_cell_mean(roughness, &model->grid, col, row) : NAN;
    double mm_h = rate ? lf_drain_cell_mean(rate, &model->grid, col, row) : NAN;
    if (!isnan(n)) {
        model->plan.manning2[k] = (float)(n * n);
    }
    if (!isnan(mm_h)) {
        model->infiltration_m_s[k] = (float)(mm_h * MM_H);
    }
}

static void apply_covers(lf_drain_model *model) {
    for (int row = 0; row < model->grid.rows; row++) {
        for (int col = 0; col < model->grid.cols; col++) {
            int k = lf_drain_cell_index(model, col, row);
            apply_cover(model, k);
            if (model->open_ratio[k] > 0) {
                apply_rasters(model, col, row);
            }
            if (model->fine > 1 && model->open_ratio[k] > 0) { // per area of the whole cell
                model->open_ratio[k] = model->fine_open_ratio[k];
                model->loss_m[k] *= model->fine_open_ratio[k];
                model->infiltration_m_s[k] *= model->fine_open_ratio[k];
            }
            model->infiltrates = model->infiltrates || model->infiltration_m_s[k] > 0;
        }
    }
    const lf_drain_losses_settings *l = &model->settings.losses;
    model->soil_m[COVER_GRASS] = (float)(l->suction_grass_mm / 1000 * l->deficit_grass_ratio);
    model->soil_m[COVER_STORAGE] = model->soil_m[COVER_GRASS];
    model->soil_m[COVER_WOOD] = (float)(l->suction_wood_mm / 1000 * l->deficit_wood_ratio);
    model->soil_m[COVER_BARE] = (float)(l->suction_bare_mm / 1000 * l->deficit_bare_ratio);
}

// Friction of thin sheets in grass and under shrubs; none where no cover asks for it.
static bool apply_sheets(lf_drain_model *model) {
    const lf_drain_losses_settings *l = &model->settings.losses;
    double grass = l->sheet_grass_ratio, wood = l->sheet_wood_ratio;
    if (!(grass > 1) && !(wood > 1)) {
        return true;
    }
    size_t cells = (size_t)model->plan.stride * model->plan.height;
    model->plan.sheet = lf_arena_take(model->arena, cells * sizeof *model->plan.sheet);
    for (size_t k = 0; model->plan.sheet && k < cells; k++) {
        int cover = model->cover[k];
        bool grassy = cover == COVER_GRASS || cover == COVER_STORAGE;
        double ratio = grassy ? grass : cover == COVER_WOOD ? wood : 1;
        model->plan.sheet[k] = (float)(ratio * ratio - 1);
    }
    return model->plan.sheet != NULL;
}

lf_code lf_drain_cover_create(lf_drain_model *model, lf_error *error) {
    paint_rest(model);
    if (!paint_green(model) || !paint_hard(model) || !paint_water_and_roofs(model) ||
        !lf_drain_fine_create(model) || !lf_drain_buildings_shape(model) || !mark_focus(model) ||
        !apply_sheets(model)) {
        return no_memory(error);
    }
    apply_covers(model);
    return LF_OK;
}
