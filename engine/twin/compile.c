// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Spec -> twin: check, copy, derive, hash.
#include "base/hash.h"
#include "lifang/twin.h"
#include "twin/access.h"

#include <assert.h>
#include <math.h>
#include <string.h>

struct lf_twin {
    lf_arena *arena; // everything below lives here, except spec
    lf_spec *spec;
    lf_road_graph roads;
    const lf_access *access[LF_LAYER_COUNT];
    const int *households;
    double box[4];
    uint64_t hash;
};

void lf_twin_destroy(lf_twin *twin) {
    if (!twin)
        return;
    lf_spec_destroy(twin->spec);
    lf_arena_destroy(twin->arena);
}

// Dwellings of a building that does not state them: floor area over dwelling area. 60 m2 is the
// middle of the 45-75 m2 of 1980s walk-ups; 0.85 leaves out walls, stairs and shafts.
static int estimate_households(const lf_building *b) {
    if (b->households > 0 || b->kind != LF_USE_RESIDENTIAL)
        return b->kind == LF_USE_RESIDENTIAL ? b->households : 0;
    const double storeys = b->storeys > 0    ? b->storeys
                           : b->height_m > 0 ? fmax(1, floor(b->height_m / 2.9))
                                             : 1;
    const double dwelling = b->dwelling_area_m2 > 0 ? b->dwelling_area_m2 : 60;
    return (int)floor(lf_shape_area_m2(&b->row.shape) * storeys * 0.85 / dwelling);
}

static bool derive_households(lf_twin *twin) {
    int count;
    const lf_building *buildings = lf_spec_rows_const(twin->spec, LF_BUILDINGS, &count);
    int *list = lf_arena_take(twin->arena, (size_t)count * sizeof *list);
    if (!list)
        return false;
    for (int i = 0; i < count; i++)
        list[i] = estimate_households(&buildings[i]);
    twin->households = list;
    return true;
}

static void derive_bounds(lf_twin *twin) {
    double *box = twin->box;
    box[0] = box[1] = INFINITY;
    box[2] = box[3] = -INFINITY;
    for (int l = 0; l < LF_LAYER_COUNT; l++) {
        for (int i = 0, count = lf_spec_count(twin->spec, (lf_layer)l); i < count; i++) {
            const lf_row *row = lf_spec_at_const(twin->spec, (lf_layer)l, i);
            double own[4];
            lf_shape_bounds(&row->shape, own);
            box[0] = fmin(box[0], own[0]);
            box[1] = fmin(box[1], own[1]);
            box[2] = fmax(box[2], own[2]);
            box[3] = fmax(box[3], own[3]);
        }
    }
    const lf_raster *terrain = lf_spec_terrain(twin->spec);
    if (box[0] > box[2] && terrain) {
        box[0] = terrain->grid.x0;
        box[1] = terrain->grid.y0;
        box[2] = box[0] + terrain->grid.cols * terrain->grid.cell_m;
        box[3] = box[1] + terrain->grid.rows * terrain->grid.cell_m;
    }
    if (box[0] > box[2])
        box[0] = box[1] = box[2] = box[3] = 0;
}

static uint64_t hash_shape(uint64_t hash, const lf_shape *shape) {
    hash = lf_hash_bytes(hash, &shape->kind, sizeof shape->kind);
    if (shape->kind == LF_NO_SHAPE)
        return hash;
    hash = lf_hash_bytes(hash, shape->points, (size_t)shape->point_count * sizeof *shape->points);
    hash = lf_hash_bytes(hash, shape->part_start,
                         ((size_t)shape->part_count + 1) * sizeof *shape->part_start);
    return shape->z_m ? lf_hash_bytes(hash, shape->z_m, (size_t)shape->point_count * sizeof(double))
                      : hash;
}

// By field, not by bytes: padding has no meaning and pointers no lasting value.
static uint64_t hash_row(uint64_t hash, lf_layer layer, const lf_row *row) {
    hash = lf_hash_bytes(hash, &row->id, sizeof row->id);
    hash = lf_hash_bytes(hash, &row->quality, sizeof row->quality);
    hash = lf_hash_bytes(hash, &row->assumed, sizeof row->assumed);
    hash = lf_hash_text(lf_hash_text(hash, row->name), row->source);
    const lf_table *table = lf_layer_table(layer);
    for (int i = 0; i < table->count; i++) {
        const lf_field *field = &table->fields[i];
        if (field->type == LF_TEXT) {
            hash = lf_hash_text(hash, lf_field_text(field, row, NULL, 0));
            continue;
        }
        const double number = lf_field_number(field, row);
        const double value = isnan(number) ? (double)NAN : number;
        hash = isnan(value) ? lf_hash_text(hash, "nan") : lf_hash_bytes(hash, &value, sizeof value);
    }
    if (layer == LF_SENSORS) {
        const lf_samples *s = &((const lf_sensor *)row)->samples;
        hash = lf_hash_bytes(hash, &s->start_unix_s, sizeof s->start_unix_s);
        hash = lf_hash_bytes(hash, s->time_s, (size_t)s->count * sizeof(double));
        hash = lf_hash_bytes(hash, s->values, (size_t)s->count * sizeof(double));
    }
    return hash_shape(hash, &row->shape);
}

static uint64_t hash_cells(uint64_t hash, const lf_grid *grid, const float *values, int layers) {
    const double place[5] = {grid->cols, grid->rows, grid->x0, grid->y0, grid->cell_m};
    hash = lf_hash_bytes(hash, place, sizeof place);
    const size_t count = (size_t)layers * (size_t)grid->cols * (size_t)grid->rows;
    for (size_t i = 0; i < count; i++) {
        uint32_t bits = 0x7fc00000u; // every NaN alike
        if (!isnan(values[i]))
            memcpy(&bits, &values[i], sizeof bits);
        hash = hash * 0x9e3779b97f4a7c15u + bits + 1;
    }
    return hash;
}

static uint64_t hash_spec(const lf_spec *spec) {
    const lf_frame *frame = lf_spec_frame_const(spec);
    uint64_t hash = lf_hash_text(lf_hash_text(1, lf_spec_name(spec)), frame->crs);
    const double origin[2] = {frame->origin_east_m, frame->origin_north_m};
    hash = lf_hash_bytes(hash, origin, sizeof origin);
    for (int l = 0; l < LF_LAYER_COUNT; l++) {
        const int count = lf_spec_count(spec, (lf_layer)l);
        hash = lf_hash_bytes(hash, &count, sizeof count);
        for (int i = 0; i < count; i++)
            hash = hash_row(hash, (lf_layer)l, lf_spec_at_const(spec, (lf_layer)l, i));
    }
    for (int k = 0; k < LF_RASTER_KIND_COUNT; k++) {
        const lf_raster *raster = lf_spec_raster(spec, (lf_raster_kind)k);
        if (!raster)
            continue;
        if (k > LF_RASTER_TERRAIN) // which leaves the hash of a spec with a terrain only alone
            hash = lf_hash_bytes(hash, &k, sizeof k);
        hash = hash_cells(hash, &raster->grid, raster->values, 1);
    }
    const lf_rain_grid *rain = lf_spec_rain(spec);
    if (rain) {
        hash = lf_hash_bytes(hash, &rain->start_unix_s, sizeof rain->start_unix_s);
        hash = lf_hash_bytes(hash, rain->time_s, (size_t)rain->count * sizeof *rain->time_s);
        hash = hash_cells(hash, &rain->grid, rain->values, rain->count);
    }
    int work_count;
    const lf_work *works = lf_spec_works(spec, &work_count);
    for (int i = 0; i < work_count; i++) {
        const double money[5] = {works[i].quantity, works[i].capex_cny, works[i].opex_cny_year,
                                 works[i].revenue_cny_year, works[i].life_years};
        hash = lf_hash_bytes(lf_hash_text(hash, works[i].price_key), money, sizeof money);
    }
    return hash;
}

static bool derive(lf_twin *twin) {
    static const lf_layer with_access[] = {LF_BUILDINGS, LF_PARKING, LF_STALLS, LF_GATES};
    if (!lf_twin_build_roads(twin->arena, twin->spec, &twin->roads) || !derive_households(twin))
        return false;
    for (size_t i = 0; i < sizeof with_access / sizeof *with_access; i++)
        if (!(twin->access[with_access[i]] =
                  lf_twin_find_access(twin->arena, twin->spec, with_access[i])))
            return false;
    derive_bounds(twin);
    twin->hash = hash_spec(twin->spec);
    return true;
}

lf_code lf_twin_compile(const lf_spec *spec, lf_twin **out, lf_issues *issues, lf_error *error) {
    assert(spec && out);
    *out = NULL;
    const lf_code code = lf_spec_check(spec, issues, error);
    if (code != LF_OK)
        return code;
    lf_arena *arena = lf_arena_create(NULL);
    lf_twin *twin = arena ? lf_arena_take(arena, sizeof *twin) : NULL;
    if (twin) {
        twin->arena = arena;
        twin->spec = lf_spec_copy(spec);
        if (twin->spec && derive(twin)) {
            *out = twin;
            return LF_OK;
        }
        lf_spec_destroy(twin->spec);
    }
    lf_arena_destroy(arena);
    return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for the twin");
}

const lf_spec *lf_twin_spec(const lf_twin *twin) {
    return twin->spec;
}

const void *lf_twin_rows(const lf_twin *twin, lf_layer layer, int *count) {
    return lf_spec_rows_const(twin->spec, layer, count);
}

int lf_twin_count(const lf_twin *twin, lf_layer layer) {
    return lf_spec_count(twin->spec, layer);
}

const lf_raster *lf_twin_terrain(const lf_twin *twin) {
    return lf_spec_terrain(twin->spec);
}

const lf_raster *lf_twin_raster(const lf_twin *twin, lf_raster_kind kind) {
    return lf_spec_raster(twin->spec, kind);
}

const lf_rain_grid *lf_twin_rain(const lf_twin *twin) {
    return lf_spec_rain(twin->spec);
}

const lf_road_graph *lf_twin_roads(const lf_twin *twin) {
    return &twin->roads;
}

const lf_access *lf_twin_access(const lf_twin *twin, lf_layer layer) {
    return twin->access[layer];
}

const int *lf_twin_households(const lf_twin *twin) {
    return twin->households;
}

double lf_twin_ground_m(const lf_twin *twin, lf_vec2 point) {
    const lf_raster *terrain = lf_twin_terrain(twin);
    if (!terrain)
        return NAN;
    const lf_grid *g = &terrain->grid;
    const double c = (point.x - g->x0) / g->cell_m - 0.5, r = (point.y - g->y0) / g->cell_m - 0.5;
    if (c < -0.5 || r < -0.5 || c > g->cols - 0.5 || r > g->rows - 0.5)
        return NAN;
    const int c0 = (int)fmin(fmax(floor(c), 0), g->cols - 1),
              r0 = (int)fmin(fmax(floor(r), 0), g->rows - 1);
    const int c1 = c0 + 1 < g->cols ? c0 + 1 : c0, r1 = r0 + 1 < g->rows ? r0 + 1 : r0;
    const double fc = fmin(fmax(c - c0, 0), 1), fr = fmin(fmax(r - r0, 0), 1);
    const float *v = terrain->values;
    const double south = v[(size_t)r0 * (size_t)g->cols + (size_t)c0] * (1 - fc) +
                         v[(size_t)r0 * (size_t)g->cols + (size_t)c1] * fc;
    const double north = v[(size_t)r1 * (size_t)g->cols + (size_t)c0] * (1 - fc) +
                         v[(size_t)r1 * (size_t)g->cols + (size_t)c1] * fc;
    return south * (1 - fr) + north * fr;
}

void lf_twin_bounds(const lf_twin *twin, double box[4]) {
    memcpy(box, twin->box, sizeof twin->box);
}

uint64_t lf_twin_hash(const lf_twin *twin) {
    return twin->hash;
}
