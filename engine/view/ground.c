// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Terrain as a height field on a plinth, and flood water as a second surface over it.
#include "view/scene.h"
#include <stdlib.h>

static double grid_x(const lf_grid *grid, int col) {
    return grid->x0 + (col + 0.5) * grid->cell_m;
}
static double grid_y(const lf_grid *grid, int row) {
    return grid->y0 + (row + 0.5) * grid->cell_m;
}

static float height_at(const lf_view_scene *scene, int col, int row) {
    const lf_grid *grid = &scene->surface.grid;
    col = col < 0 ? 0 : col >= grid->cols ? grid->cols - 1 : col;
    row = row < 0 ? 0 : row >= grid->rows ? grid->rows - 1 : row;
    return scene->surface.z_m[(size_t)row * (size_t)grid->cols + (size_t)col];
}

static lf_view_vec3 slope_normal(const lf_view_scene *scene, int col, int row) {
    float step = (float)(2 * scene->surface.grid.cell_m);
    float dx = height_at(scene, col + 1, row) - height_at(scene, col - 1, row);
    float dy = height_at(scene, col, row + 1) - height_at(scene, col, row - 1);
    return lf_view_unit((lf_view_vec3){-dx / step, -dy / step, 1});
}

// A point of the top, moved onto the plinth's edge where the grid runs over it.
static lf_view_vec3 top_point(const lf_view_scene *scene, int col, int row) {
    const lf_grid *grid = &scene->surface.grid;
    double x = fmin(grid_x(grid, col), scene->box[2]), y = fmin(grid_y(grid, row), scene->box[3]);
    return lf_view_place_at(scene, x, y, (double)height_at(scene, col, row));
}

static void add_side(lf_view_scene *scene, lf_view_vec3 a, lf_view_vec3 b) {
    lf_view_pen pen = {&scene->ground, scene->palette->plinth, LF_VIEW_PLAIN, 0, 0};
    lf_view_vec3 c = {b.x, b.y, -scene->plinth_m}, d = {a.x, a.y, -scene->plinth_m};
    lf_view_quad(&pen, d, c, b, a);
}

void lf_view_build_ground(lf_view_scene *scene) {
    const lf_grid *grid = &scene->surface.grid;
    lf_view_mesh *mesh = &scene->ground;
    for (int row = 0; row < grid->rows; row++) {
        for (int col = 0; col < grid->cols; col++) {
            lf_view_vertex vertex = {.position = top_point(scene, col, row),
                                     .normal = slope_normal(scene, col, row),
                                     .colour = scene->palette->ground,
                                     .info = {LF_VIEW_PLAIN, 1, 0, 0}};
            uint32_t at = lf_view_mesh_vertex(mesh, &vertex);
            if (row > 0 && col > 0) {
                uint32_t below = at - (uint32_t)grid->cols;
                lf_view_mesh_triangle(mesh, below - 1, below, at);
                lf_view_mesh_triangle(mesh, below - 1, at, at - 1);
            }
        }
    }
    int last_col = grid->cols - 1, last_row = grid->rows - 1;
    for (int col = 0; col < last_col; col++) {
        add_side(scene, top_point(scene, col, 0), top_point(scene, col + 1, 0));
        add_side(scene, top_point(scene, col + 1, last_row), top_point(scene, col, last_row));
    }
    for (int row = 0; row < last_row; row++) {
        add_side(scene, top_point(scene, 0, row + 1), top_point(scene, 0, row));
        add_side(scene, top_point(scene, last_col, row), top_point(scene, last_col, row + 1));
    }
}

enum { DRY, WET, SHORE };

typedef struct sheet {
    int cols, rows;
    float *level_m; // water level at each cell
    float *depth_m; // level minus ground; negative on the shore
    uint8_t *state;
    uint32_t *vertex;
} sheet;

static float ground_of(const lf_view_scene *scene, const lf_grid *grid, const float *ground,
                       size_t at) {
    if (ground && !isnan(ground[at])) {
        return ground[at];
    }
    int col = (int)(at % (size_t)grid->cols), row = (int)(at / (size_t)grid->cols);
    return (float)lf_view_surface_z(&scene->surface, grid_x(grid, col), grid_y(grid, row));
}

// Dry neighbours of wet cells take the mean level of those, so that the surface runs into the
// ground and the water line is a contour, not a staircase.
static void spread_shore(const lf_view_scene *scene, const lf_grid *grid, const float *ground,
                         sheet *water) {
    for (int row = 0; row < water->rows; row++) {
        for (int col = 0; col < water->cols; col++) {
            size_t at = (size_t)row * (size_t)water->cols + (size_t)col;
            float sum = 0, known = 0;
            for (int k = 0; k < 9 && water->state[at] == DRY; k++) {
                int c = col + k % 3 - 1, r = row + k / 3 - 1;
                if (c < 0 || c >= water->cols || r < 0 || r >= water->rows) {
                    continue;
                }
                size_t near = (size_t)r * (size_t)water->cols + (size_t)c;
                if (water->state[near] == WET) {
                    sum += water->level_m[near];
                    known += 1;
                }
            }
            if (known > 0) {
                water->state[at] = SHORE;
                water->level_m[at] = sum / known;
                water->depth_m[at] = sum / known - ground_of(scene, grid, ground, at);
                // Behind a kerb or in a building the shore must not stand up as deep water.
                water->depth_m[at] = fminf(water->depth_m[at], 0.0f);
                water->depth_m[at] = fmaxf(water->depth_m[at], -0.05f);
            }
        }
    }
}

static uint32_t sheet_vertex(lf_view_scene *scene, const lf_grid *grid, const float *ground,
                             sheet *water, size_t at, float scale) {
    if (water->vertex[at] == UINT32_MAX) {
        int col = (int)(at % (size_t)grid->cols), row = (int)(at / (size_t)grid->cols);
        double x = fmin(fmax(grid_x(grid, col), scene->box[0]), scene->box[2]);
        double y = fmin(fmax(grid_y(grid, row), scene->box[1]), scene->box[3]);
        float foot = ground_of(scene, grid, ground, at);
        float z = foot + fmaxf(water->level_m[at] - foot, -0.05f) * scale;
        lf_view_vertex vertex = {.position = lf_view_place_at(scene, x, y, (double)z),
                                 .normal = {0, 0, 1},
                                 .uv = {water->depth_m[at], 0}};
        water->vertex[at] = lf_view_mesh_vertex(&scene->water, &vertex);
    }
    return water->vertex[at];
}

// The solver's grid may reach beyond the ground that the picture shows.
static bool in_picture(const lf_view_scene *scene, const lf_grid *grid, int col, int row) {
    return grid_x(grid, col + 1) > scene->box[0] && grid_x(grid, col) < scene->box[2] &&
           grid_y(grid, row + 1) > scene->box[1] && grid_y(grid, row) < scene->box[3];
}

static void add_sheet(lf_view_scene *scene, const lf_grid *grid, const float *ground, sheet *water,
                      float scale) {
    for (int row = 0; row + 1 < water->rows; row++) {
        for (int col = 0; col + 1 < water->cols; col++) {
            size_t a = (size_t)row * (size_t)water->cols + (size_t)col;
            size_t corner[4] = {a, a + 1, a + 1 + (size_t)water->cols, a + (size_t)water->cols};
            bool wet = false, dry = false;
            for (int k = 0; k < 4; k++) {
                wet = wet || water->state[corner[k]] == WET;
                dry = dry || water->state[corner[k]] == DRY;
            }
            if (!wet || dry || !in_picture(scene, grid, col, row)) {
                continue;
            }
            uint32_t v[4];
            for (int k = 0; k < 4; k++) {
                v[k] = sheet_vertex(scene, grid, ground, water, corner[k], scale);
            }
            lf_view_mesh_triangle(&scene->water, v[0], v[1], v[2]);
            lf_view_mesh_triangle(&scene->water, v[0], v[2], v[3]);
        }
    }
}

void lf_view_build_water(lf_view_scene *scene, const float *depth_m, float scale) {
    const lf_grid *grid = lf_option_depth_grid(scene->option);
    const float *ground = lf_option_ground(scene->option);
    scene->water.count = 0;
    scene->water.index_count = 0;
    if (!grid || !depth_m) {
        return;
    }
    size_t count = (size_t)grid->cols * (size_t)grid->rows;
    sheet water = {grid->cols,
                   grid->rows,
                   malloc(count * sizeof(float)),
                   malloc(count * sizeof(float)),
                   calloc(count, 1),
                   malloc(count * sizeof(uint32_t))};
    if (water.level_m && water.depth_m && water.state && water.vertex) {
        for (size_t i = 0; i < count; i++) {
            bool wet = depth_m[i] > 0.004f;
            water.state[i] = wet ? WET : DRY;
            water.depth_m[i] = wet ? depth_m[i] : 0;
            water.level_m[i] = wet ? ground_of(scene, grid, ground, i) + depth_m[i] : 0;
            water.vertex[i] = UINT32_MAX;
        }
        spread_shore(scene, grid, ground, &water);
        add_sheet(scene, grid, ground, &water, scale);
    } else {
        scene->out_of_memory = true;
    }
    free(water.level_m);
    free(water.depth_m);
    free(water.state);
    free(water.vertex);
}
