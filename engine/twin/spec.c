// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The editable estate: growing arrays of rows over one arena for texts and geometry.
#include "lifang/spec.h"
#include "base/memory.h"
#include "geo/polygon.h"

#include <assert.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

typedef struct row_list {
    char *rows;
    size_t count, capacity;
    lf_id last_id;
} row_list;

struct lf_spec {
    lf_allocator allocator_copy;
    const lf_allocator *allocator;
    lf_arena *arena;
    lf_frame frame;
    const char *name;
    row_list layers[LF_LAYER_COUNT];
    lf_raster rasters[LF_RASTER_KIND_COUNT]; // values NULL = none
    lf_rain_grid rain;                       // count 0 = none
    lf_work *works;
    size_t work_count, work_capacity;
    lf_assumption *assumptions;
    size_t assumption_count, assumption_capacity;
};

lf_spec *lf_spec_create(const lf_allocator *allocator) {
    lf_spec *spec = lf_memory_take(allocator, sizeof *spec);
    if (!spec)
        return NULL;
    spec->name = "";
    if (allocator) {
        spec->allocator_copy = *allocator;
        spec->allocator = &spec->allocator_copy;
    }
    spec->arena = lf_arena_create(allocator);
    if (spec->arena)
        return spec;
    lf_memory_give(allocator, spec, sizeof *spec);
    return NULL;
}

void lf_spec_destroy(lf_spec *spec) {
    if (!spec)
        return;
    const lf_allocator copy = spec->allocator_copy, *allocator = spec->allocator ? &copy : NULL;
    for (int i = 0; i < LF_LAYER_COUNT; i++)
        lf_memory_give(allocator, spec->layers[i].rows,
                       spec->layers[i].capacity * lf_layer_row_size((lf_layer)i));
    lf_memory_give(allocator, spec->works, spec->work_capacity * sizeof *spec->works);
    lf_memory_give(allocator, spec->assumptions,
                   spec->assumption_capacity * sizeof *spec->assumptions);
    lf_arena_destroy(spec->arena);
    lf_memory_give(allocator, spec, sizeof *spec);
}

lf_frame *lf_spec_frame(lf_spec *spec) {
    return &spec->frame;
}

const lf_frame *lf_spec_frame_const(const lf_spec *spec) {
    return &spec->frame;
}

const char *lf_spec_name(const lf_spec *spec) {
    return spec->name;
}

void lf_spec_set_name(lf_spec *spec, const char *name) {
    spec->name = lf_spec_text(spec, name);
}

static row_list *list_of(lf_spec *spec, lf_layer layer) {
    assert(spec && layer >= 0 && layer < LF_LAYER_COUNT);
    return &spec->layers[layer];
}

static const row_list *list_of_const(const lf_spec *spec, lf_layer layer) {
    assert(spec && layer >= 0 && layer < LF_LAYER_COUNT);
    return &spec->layers[layer];
}

void *lf_spec_add(lf_spec *spec, lf_layer layer) {
    row_list *list = list_of(spec, layer);
    const size_t size = lf_layer_row_size(layer);
    void *rows = list->rows;
    const bool room =
        lf_memory_grow(spec->allocator, &rows, &list->capacity, list->count + 1, size);
    list->rows = rows;
    if (!room)
        return NULL;
    lf_row *row = (lf_row *)(list->rows + list->count++ * size);
    lf_table_defaults(lf_layer_table(layer), row);
    row->id = ++list->last_id;
    row->quality = LF_ASSUMED;
    row->name = row->source = "";
    return row;
}

lf_code lf_spec_set_id(lf_spec *spec, lf_layer layer, void *row, lf_id id, lf_error *error) {
    row_list *list = list_of(spec, layer);
    const size_t size = lf_layer_row_size(layer);
    const size_t index = (size_t)((char *)row - list->rows) / size;
    assert(index == list->count - 1 && "only the newest row can be given another id");
    const lf_id before = index ? ((lf_row *)(list->rows + (index - 1) * size))->id : 0;
    if (id <= before || id > 2147483647u)
        return lf_fail(error, LF_DUPLICATE, LF_FROM_INPUT,
                       "id %u of %s stands after id %u: ids must be unique and ascending",
                       (unsigned)id, lf_layer_name(layer), (unsigned)before);
    ((lf_row *)row)->id = id;
    list->last_id = id;
    return LF_OK;
}

void *lf_spec_rows(lf_spec *spec, lf_layer layer, int *count) {
    row_list *list = list_of(spec, layer);
    *count = (int)list->count;
    return list->rows;
}

const void *lf_spec_rows_const(const lf_spec *spec, lf_layer layer, int *count) {
    const row_list *list = list_of_const(spec, layer);
    *count = (int)list->count;
    return list->rows;
}

void *lf_spec_at(lf_spec *spec, lf_layer layer, int index) {
    row_list *list = list_of(spec, layer);
    assert(index >= 0 && (size_t)index < list->count);
    return list->rows + (size_t)index * lf_layer_row_size(layer);
}

const void *lf_spec_at_const(const lf_spec *spec, lf_layer layer, int index) {
    const row_list *list = list_of_const(spec, layer);
    assert(index >= 0 && (size_t)index < list->count);
    return list->rows + (size_t)index * lf_layer_row_size(layer);
}

int lf_spec_count(const lf_spec *spec, lf_layer layer) {
    return (int)list_of_const(spec, layer)->count;
}

int lf_spec_find(const lf_spec *spec, lf_layer layer, lf_id id) {
    const row_list *list = list_of_const(spec, layer);
    size_t low = 0, high = list->count;
    while (low < high) {
        const size_t middle = (low + high) / 2;
        if (((const lf_row *)lf_spec_at_const(spec, layer, (int)middle))->id < id)
            low = middle + 1;
        else
            high = middle;
    }
    if (id == 0 || low == list->count ||
        ((const lf_row *)lf_spec_at_const(spec, layer, (int)low))->id != id)
        return -1;
    return (int)low;
}

void lf_spec_keep(lf_spec *spec, lf_layer layer, const bool *keep) {
    row_list *list = list_of(spec, layer);
    const size_t size = lf_layer_row_size(layer);
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++) {
        if (!keep[i])
            continue;
        if (kept != i)
            memcpy(list->rows + kept * size, list->rows + i * size, size);
        kept++;
    }
    list->count = kept;
}

const char *lf_spec_text(lf_spec *spec, const char *text) {
    const char *copy = text && text[0] ? lf_arena_text(spec->arena, text) : "";
    return copy ? copy : "";
}

const char *lf_spec_textf(lf_spec *spec, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    const char *text = lf_arena_vtextf(spec->arena, format, arguments);
    va_end(arguments);
    return text ? text : "";
}

static lf_shape make_shape(lf_spec *spec, lf_shape_kind kind, const lf_vec2 *points, int count,
                           const int *parts, int part_count, const double *z_m) {
    lf_vec2 *copy = lf_arena_take(spec->arena, (size_t)count * sizeof *copy);
    int *starts = lf_arena_take(spec->arena, ((size_t)part_count + 1) * sizeof *starts);
    double *heights = z_m ? lf_arena_take(spec->arena, (size_t)count * sizeof *heights) : NULL;
    if (count <= 0 || !copy || !starts || (z_m && !heights))
        return (lf_shape){0};
    memcpy(copy, points, (size_t)count * sizeof *copy);
    for (int i = 0; i <= part_count; i++)
        starts[i] = parts ? parts[i] : (i ? count : 0);
    if (heights)
        memcpy(heights, z_m, (size_t)count * sizeof *heights);
    return (lf_shape){kind, part_count, count, copy, starts, heights};
}

lf_shape lf_spec_point(lf_spec *spec, lf_vec2 point) {
    return make_shape(spec, LF_POINT, &point, 1, NULL, 1, NULL);
}

lf_shape lf_spec_line(lf_spec *spec, const lf_vec2 *points, int count, const double *z_m) {
    return make_shape(spec, LF_LINE, points, count, NULL, 1, z_m);
}

// True if the ring's first point lies inside an odd number of the other rings: then it is a hole.
static bool ring_is_hole(const lf_shape *shape, int ring) {
    bool hole = false;
    const lf_vec2 p = shape->points[shape->part_start[ring]];
    for (int other = 0; other < shape->part_count; other++) {
        if (other == ring)
            continue;
        bool inside = false;
        const int first = shape->part_start[other], end = shape->part_start[other + 1];
        for (int i = first, j = end - 1; i < end; j = i++) {
            const lf_vec2 a = shape->points[i], b = shape->points[j];
            if ((a.y > p.y) != (b.y > p.y) && p.x < a.x + (b.x - a.x) * (p.y - a.y) / (b.y - a.y))
                inside = !inside;
        }
        hole ^= inside;
    }
    return hole;
}

static void reverse(lf_vec2 *points, int count) {
    for (int i = 0, j = count - 1; i < j; i++, j--) {
        const lf_vec2 swap = points[i];
        points[i] = points[j];
        points[j] = swap;
    }
}

lf_shape lf_spec_polygon(lf_spec *spec, const lf_vec2 *points, const int *parts, int part_count) {
    assert(parts && part_count > 0);
    // Repeated last points and empty rings go first.
    const int total = parts[part_count] - parts[0];
    lf_vec2 *clean = lf_arena_take(spec->arena, (size_t)(total > 0 ? total : 1) * sizeof *clean);
    int *starts = lf_arena_take(spec->arena, ((size_t)part_count + 1) * sizeof *starts);
    if (!clean || !starts)
        return (lf_shape){0};
    int count = 0, rings = 0;
    for (int part = 0; part < part_count; part++) {
        int end = parts[part + 1];
        const int first = parts[part], before = count;
        while (end - first > 1 && points[end - 1].x == points[first].x &&
               points[end - 1].y == points[first].y)
            end--;
        for (int i = first; i < end; i++)
            if (i == first || points[i].x != points[i - 1].x || points[i].y != points[i - 1].y)
                clean[count++] = points[i];
        if (count - before < 3)
            count = before;
        else
            starts[rings++] = before;
    }
    starts[rings] = count;
    if (rings == 0)
        return (lf_shape){0};
    lf_shape shape = {LF_POLYGON, rings, count, clean, starts, NULL};
    for (int ring = 0; ring < rings; ring++) {
        const int n = starts[ring + 1] - starts[ring];
        const bool clockwise = lf_geo_ring_area_m2(clean + starts[ring], n) < 0;
        if (clockwise != (ring > 0 && ring_is_hole(&shape, ring)))
            reverse(clean + starts[ring], n);
    }
    return shape;
}

lf_samples lf_spec_samples(lf_spec *spec, const double *time_s, const double *values, int count,
                           double start_unix_s) {
    assert(count >= 0);
    double *both = lf_arena_take(spec->arena, 2 * (size_t)count * sizeof *both);
    if (!both || count == 0)
        return (lf_samples){.start_unix_s = start_unix_s};
    memcpy(both, time_s, (size_t)count * sizeof *both);
    memcpy(both + count, values, (size_t)count * sizeof *both);
    return (lf_samples){count, start_unix_s, both, both + count};
}

lf_raster *lf_spec_set_raster(lf_spec *spec, lf_raster_kind kind, const lf_raster *raster) {
    const lf_grid *grid = &raster->grid;
    assert(grid->cols > 0 && grid->rows > 0 && grid->cell_m > 0);
    const size_t count = (size_t)grid->cols * (size_t)grid->rows;
    float *copy = lf_arena_take(spec->arena, count * sizeof *copy);
    if (!copy)
        return NULL;
    for (size_t i = 0; i < count; i++)
        copy[i] = raster->values ? raster->values[i] : NAN;
    spec->rasters[kind] =
        (lf_raster){*grid, copy, raster->quality, lf_spec_text(spec, raster->source)};
    return &spec->rasters[kind];
}

const lf_raster *lf_spec_raster(const lf_spec *spec, lf_raster_kind kind) {
    assert(kind >= 0 && kind < LF_RASTER_KIND_COUNT);
    return spec->rasters[kind].values ? &spec->rasters[kind] : NULL;
}

lf_raster *lf_spec_raster_edit(lf_spec *spec, lf_raster_kind kind) {
    return lf_spec_raster(spec, kind) ? &spec->rasters[kind] : NULL;
}

lf_raster *lf_spec_set_terrain(lf_spec *spec, const lf_grid *grid, const float *values,
                               lf_quality quality, const char *source) {
    // The raster is only read: the cast takes no right that is used.
    const lf_raster terrain = {*grid, (float *)(uintptr_t)values, quality, source};
    return lf_spec_set_raster(spec, LF_RASTER_TERRAIN, &terrain);
}

const lf_raster *lf_spec_terrain(const lf_spec *spec) {
    return lf_spec_raster(spec, LF_RASTER_TERRAIN);
}

lf_raster *lf_spec_terrain_edit(lf_spec *spec) {
    return lf_spec_raster_edit(spec, LF_RASTER_TERRAIN);
}

bool lf_spec_set_rain(lf_spec *spec, const lf_rain_grid *rain) {
    assert(rain->count > 0 && rain->grid.cols > 0 && rain->grid.rows > 0 && rain->grid.cell_m > 0);
    const size_t steps = (size_t)rain->count;
    const size_t count = steps * (size_t)rain->grid.cols * (size_t)rain->grid.rows;
    double *time_s = lf_arena_take(spec->arena, steps * sizeof *time_s);
    float *values = lf_arena_take(spec->arena, count * sizeof *values);
    if (!time_s || !values)
        return false;
    memcpy(time_s, rain->time_s, steps * sizeof *time_s);
    memcpy(values, rain->values, count * sizeof *values);
    spec->rain = *rain;
    spec->rain.time_s = time_s;
    spec->rain.values = values;
    spec->rain.source = lf_spec_text(spec, rain->source);
    return true;
}

const lf_rain_grid *lf_spec_rain(const lf_spec *spec) {
    return spec->rain.count > 0 ? &spec->rain : NULL;
}

lf_rain_grid *lf_spec_rain_edit(lf_spec *spec) {
    return spec->rain.count > 0 ? &spec->rain : NULL;
}

void lf_spec_add_work(lf_spec *spec, const lf_work *work) {
    void *works = spec->works;
    const bool room = lf_memory_grow(spec->allocator, &works, &spec->work_capacity,
                                     spec->work_count + 1, sizeof *work);
    spec->works = works;
    if (!room)
        return;
    lf_work *copy = &spec->works[spec->work_count++];
    *copy = *work;
    copy->measure = lf_spec_text(spec, work->measure);
    copy->label = lf_spec_text(spec, work->label);
    copy->price_key = lf_spec_text(spec, work->price_key);
    copy->unit = lf_spec_text(spec, work->unit);
}

const lf_work *lf_spec_works(const lf_spec *spec, int *count) {
    *count = (int)spec->work_count;
    return spec->works;
}

static void add_assumption(lf_spec *spec, lf_quality quality, const char *text) {
    void *list = spec->assumptions;
    const bool room = lf_memory_grow(spec->allocator, &list, &spec->assumption_capacity,
                                     spec->assumption_count + 1, sizeof *spec->assumptions);
    spec->assumptions = list;
    if (room)
        spec->assumptions[spec->assumption_count++] = (lf_assumption){quality, text};
}

void lf_spec_add_assumption(lf_spec *spec, lf_quality quality, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    const char *text = lf_arena_vtextf(spec->arena, format, arguments);
    va_end(arguments);
    if (text)
        add_assumption(spec, quality, text);
}

const lf_assumption *lf_spec_assumptions(const lf_spec *spec, int *count) {
    *count = (int)spec->assumption_count;
    return spec->assumptions;
}

static bool copy_shape(lf_spec *spec, lf_shape *shape) {
    if (shape->kind == LF_NO_SHAPE)
        return true;
    *shape = make_shape(spec, shape->kind, shape->points, shape->point_count, shape->part_start,
                        shape->part_count, shape->z_m);
    return shape->kind != LF_NO_SHAPE;
}

static bool copy_row(lf_spec *spec, lf_layer layer, lf_row *row) {
    row->name = lf_spec_text(spec, row->name);
    row->source = lf_spec_text(spec, row->source);
    const lf_table *table = lf_layer_table(layer);
    for (int i = 0; i < table->count; i++) {
        if (table->fields[i].type != LF_TEXT)
            continue;
        const char **text = (const char **)((char *)row + table->fields[i].offset);
        *text = lf_spec_text(spec, *text);
    }
    if (layer == LF_SENSORS) {
        lf_sensor *sensor = (lf_sensor *)row;
        const lf_samples *s = &sensor->samples;
        sensor->samples = lf_spec_samples(spec, s->time_s, s->values, s->count, s->start_unix_s);
    }
    return copy_shape(spec, &row->shape);
}

lf_spec *lf_spec_copy(const lf_spec *from) {
    lf_spec *spec = lf_spec_create(from->allocator);
    if (!spec)
        return NULL;
    spec->frame = from->frame;
    spec->name = lf_spec_text(spec, from->name);
    bool good = true;
    for (int l = 0; l < LF_LAYER_COUNT && good; l++) {
        const row_list *source = &from->layers[l];
        row_list *list = &spec->layers[l];
        const size_t size = lf_layer_row_size((lf_layer)l);
        void *rows = NULL;
        if (source->count == 0) {
            list->last_id = source->last_id;
            continue;
        }
        good = lf_memory_grow(spec->allocator, &rows, &list->capacity, source->count, size);
        list->rows = rows;
        if (!good)
            break;
        memcpy(list->rows, source->rows, source->count * size);
        list->count = source->count;
        list->last_id = source->last_id;
        for (size_t i = 0; i < list->count && good; i++)
            good = copy_row(spec, (lf_layer)l, (lf_row *)(list->rows + i * size));
    }
    for (int k = 0; k < LF_RASTER_KIND_COUNT && good; k++) {
        const lf_raster *r = lf_spec_raster(from, (lf_raster_kind)k);
        good = !r || lf_spec_set_raster(spec, (lf_raster_kind)k, r);
    }
    if (good && lf_spec_rain(from))
        good = lf_spec_set_rain(spec, &from->rain);
    for (size_t i = 0; i < from->work_count; i++)
        lf_spec_add_work(spec, &from->works[i]);
    for (size_t i = 0; i < from->assumption_count; i++)
        add_assumption(spec, from->assumptions[i].quality,
                       lf_spec_text(spec, from->assumptions[i].text));
    good = good && spec->work_count == from->work_count &&
           spec->assumption_count == from->assumption_count;
    if (good)
        return spec;
    lf_spec_destroy(spec);
    return NULL;
}
