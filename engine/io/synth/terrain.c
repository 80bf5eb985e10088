// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Invented ground: a plane or gentle relief with a stated fall, and roads between kerbs.
#include "base/random.h"
#include "geo/polygon.h"
#include "io/synth/synth.h"

#include <math.h>
#include <stdlib.h>

enum { WAVE_COUNT = 4, CELL_LIMIT = 4000000 };
static const double margin_m = 40, level_m = 50, fall_east_ratio = 0.004, fall_south_ratio = 0.003;
static const double crown_ratio = 0.015, bank_m = 0.01;

typedef struct relief {
    int waves;
    double along_x[WAVE_COUNT], along_y[WAVE_COUNT], phase[WAVE_COUNT], height_m[WAVE_COUNT];
} relief;

// Long cosine waves of 220 to 520 m with 0.10 to 0.22 m: local slopes stay below 0.3 % each.
static relief make_relief(uint64_t seed) {
    relief r = {.waves = WAVE_COUNT};
    const double turn = 2 * 3.14159265358979323846;
    for (int i = 0; i < WAVE_COUNT; i++) {
        uint64_t wave = (uint64_t)i;
        double length_m = 220 + 300 * lf_random_unit(seed, wave, 1);
        double direction = turn * lf_random_unit(seed, wave, 2);
        r.along_x[i] = turn / length_m * cos(direction);
        r.along_y[i] = turn / length_m * sin(direction);
        r.phase[i] = turn * lf_random_unit(seed, wave, 3);
        r.height_m[i] = 0.10 + 0.12 * lf_random_unit(seed, wave, 4);
    }
    return r;
}

static double height(const relief *r, double x, double y) {
    double z = level_m - fall_east_ratio * x + fall_south_ratio * y;
    for (int i = 0; i < r->waves; i++)
        z += r->height_m[i] * cos(r->along_x[i] * x + r->along_y[i] * y + r->phase[i]);
    return z;
}

static lf_grid make_grid(const double box[4]) {
    lf_grid grid = {.x0 = floor(box[0] - margin_m), .y0 = floor(box[1] - margin_m), .cell_m = 1};
    double width = box[2] + margin_m - grid.x0, depth = box[3] + margin_m - grid.y0;
    while (width / grid.cell_m * (depth / grid.cell_m) > CELL_LIMIT)
        grid.cell_m *= 2;
    grid.cols = (int)ceil(width / grid.cell_m);
    grid.rows = (int)ceil(depth / grid.cell_m);
    return grid;
}

// How far each cell lies below the ground around: the kerb less the crown of its road.
static void lower_segment(const lf_grid *grid, lf_vec2 a, lf_vec2 b, const lf_road *road,
                          float *lower_m) {
    double half = road->width_m / 2;
    int col0 = (int)fmax(floor((fmin(a.x, b.x) - half - grid->x0) / grid->cell_m), 0);
    int row0 = (int)fmax(floor((fmin(a.y, b.y) - half - grid->y0) / grid->cell_m), 0);
    int col1 = (int)fmin(floor((fmax(a.x, b.x) + half - grid->x0) / grid->cell_m), grid->cols - 1);
    int row1 = (int)fmin(floor((fmax(a.y, b.y) + half - grid->y0) / grid->cell_m), grid->rows - 1);
    for (int row = row0; row <= row1; row++)
        for (int col = col0; col <= col1; col++) {
            lf_vec2 at = {grid->x0 + (col + 0.5) * grid->cell_m,
                          grid->y0 + (row + 0.5) * grid->cell_m};
            double along, away = lf_geo_segment_distance_m(a, b, at, &along);
            if (away > half)
                continue;
            float *cell = &lower_m[(size_t)row * (size_t)grid->cols + (size_t)col];
            float here = (float)(fmax(road->kerb_m, 0.02) - crown_ratio * (half - away));
            // Where roads cross, the higher crown counts.
            if (*cell == 0 || here < *cell)
                *cell = here;
        }
}

static float *lower_roads(const lf_spec *spec, const lf_grid *grid) {
    float *lower_m = calloc((size_t)grid->cols * (size_t)grid->rows, sizeof *lower_m);
    int count;
    const lf_road *roads = lf_spec_rows_const(spec, LF_ROADS, &count);
    for (int i = 0; lower_m && i < count; i++) {
        const lf_shape *shape = &roads[i].row.shape;
        if (!roads[i].drivable)
            continue;
        for (int part = 0; part < shape->part_count; part++)
            for (int p = shape->part_start[part] + 1; p < shape->part_start[part + 1]; p++)
                lower_segment(grid, shape->points[p - 1], shape->points[p], &roads[i], lower_m);
    }
    return lower_m;
}

static lf_code make(const lf_io_synth_call *call, const relief *form, const char *source) {
    double box[4];
    if (lf_spec_terrain(call->spec))
        return lf_fail(call->error, LF_DUPLICATE, LF_FROM_SCENARIO,
                       "the estate has a terrain already; remove the import or the synthesis");
    if (!lf_io_synth_bounds(call->spec, box))
        return lf_fail(call->error, LF_MISSING, LF_FROM_SCENARIO,
                       "there is nothing to lay a terrain under; import buildings or roads first");
    lf_grid grid = make_grid(box);
    size_t count = (size_t)grid.cols * (size_t)grid.rows;
    float *values = malloc(count * sizeof *values);
    float *lower_m = lower_roads(call->spec, &grid);
    if (values && lower_m) {
        for (int row = 0; row < grid.rows; row++)
            for (int col = 0; col < grid.cols; col++) {
                size_t cell = (size_t)row * (size_t)grid.cols + (size_t)col;
                double x = grid.x0 + (col + 0.5) * grid.cell_m;
                double y = grid.y0 + (row + 0.5) * grid.cell_m;
                values[cell] =
                    (float)(height(form, x, y) - lower_m[cell] + (lower_m[cell] == 0 ? bank_m : 0));
            }
    }
    const lf_raster *made = NULL;
    if (values && lower_m)
        made = lf_spec_set_terrain(call->spec, &grid, values, LF_SYNTHETIC, source);
    free(values);
    free(lower_m);
    if (!made)
        return lf_io_synth_no_memory(call->error);
    lf_spec_add_assumption(
        call->spec, LF_SYNTHETIC,
        "The terrain is invented (%s): it falls by 0.5 %% to the south-east from "
        "a level of its own, roads lie one kerb below it; no survey stands "
        "behind any height.",
        source);
    return LF_OK;
}

lf_code lf_io_synth_terrain_plane(const lf_io_synth_call *call) {
    relief none = {.waves = 0};
    return make(call, &none, "synthesised: plane");
}

lf_code lf_io_synth_terrain_gentle(const lf_io_synth_call *call) {
    relief form = make_relief(call->seed);
    return make(call, &form, "synthesised: gentle");
}
