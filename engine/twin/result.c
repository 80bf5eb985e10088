// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The results of one option: append-only lists over one arena.
#include "lifang/result.h"
#include "base/memory.h"

#include <assert.h>
#include <math.h>
#include <stdarg.h>
#include <string.h>

// A growing list; the items are copied by value.
typedef struct list {
    void *items;
    size_t count, capacity, item_bytes;
} list;

typedef struct series_data {
    lf_series head;
    double *time_s;
    float *values;
    size_t time_capacity, value_capacity;
} series_data;

struct lf_option_result {
    lf_allocator allocator_copy;
    const lf_allocator *allocator;
    lf_arena *arena;
    const char *name;
    const lf_twin *twin;
    bool failed;
    uint64_t hash;
    list figures, series, ledgers, columns, rasters, frames, notes, seconds;
    lf_grid depth_grid;
    bool has_depth_grid;
    const float *ground;
    lf_money_table money;
    bool has_money;
    const char *partial; // why it ended early; NULL = it did not
    double partial_s;
};

static void *push(lf_option_result *o, list *l, const void *item, size_t item_bytes) {
    assert(l->item_bytes == 0 || l->item_bytes == item_bytes);
    l->item_bytes = item_bytes;
    if (!lf_memory_grow(o->allocator, &l->items, &l->capacity, l->count + 1, item_bytes)) {
        o->failed = true;
        return NULL;
    }
    return memcpy((char *)l->items + l->count++ * item_bytes, item, item_bytes);
}

static void *at(const list *l, int index) {
    assert(index >= 0 && (size_t)index < l->count);
    return (char *)l->items + (size_t)index * l->item_bytes;
}

static const char *keep_text(lf_option_result *o, const char *text) {
    const char *copy = lf_arena_text(o->arena, text);
    if (!copy)
        o->failed = true;
    return copy ? copy : "";
}

static void *keep(lf_option_result *o, const void *bytes, size_t count) {
    void *copy = lf_arena_take(o->arena, count);
    if (!copy)
        o->failed = true;
    else if (count)
        memcpy(copy, bytes, count);
    return copy;
}

lf_option_result *lf_option_create(const char *name, const lf_twin *twin,
                                   const lf_allocator *allocator) {
    lf_option_result *o = lf_memory_take(allocator, sizeof *o);
    if (!o)
        return NULL;
    if (allocator) {
        o->allocator_copy = *allocator;
        o->allocator = &o->allocator_copy;
    }
    o->arena = lf_arena_create(allocator);
    if (!o->arena) {
        lf_memory_give(allocator, o, sizeof *o);
        return NULL;
    }
    o->name = keep_text(o, name);
    o->twin = twin;
    return o;
}

static void free_list(lf_option_result *o, list *l) {
    lf_memory_give(o->allocator, l->items, l->capacity * l->item_bytes);
}

void lf_option_destroy(lf_option_result *o) {
    if (!o)
        return;
    for (size_t i = 0; i < o->series.count; i++) {
        series_data *s = at(&o->series, (int)i);
        lf_memory_give(o->allocator, s->time_s, s->time_capacity * sizeof *s->time_s);
        lf_memory_give(o->allocator, s->values, s->value_capacity * sizeof *s->values);
    }
    list *const lists[] = {&o->figures, &o->series, &o->ledgers, &o->columns,
                           &o->rasters, &o->frames, &o->notes,   &o->seconds};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        free_list(o, lists[i]);
    lf_arena_destroy(o->arena);
    const lf_allocator copy = o->allocator_copy;
    lf_memory_give(o->allocator ? &copy : NULL, o, sizeof *o);
}

void lf_option_set_partial(lf_option_result *o, double time_s, const char *why) {
    o->partial = keep_text(o, why);
    o->partial_s = time_s;
}

const char *lf_option_partial(const lf_option_result *o, double *time_s) {
    if (time_s)
        *time_s = o->partial_s;
    return o->partial;
}

bool lf_option_failed(const lf_option_result *o) {
    return o->failed;
}

void lf_option_set_figure(lf_option_result *o, const lf_figure_def *def, double value,
                          lf_quality quality) {
    assert(def && def->name);
    const lf_figure figure = {def, value, quality};
    for (size_t i = 0; i < o->figures.count; i++) {
        lf_figure *known = at(&o->figures, (int)i);
        if (strcmp(known->def->name, def->name) == 0) {
            *known = figure;
            return;
        }
    }
    push(o, &o->figures, &figure, sizeof figure);
}

int lf_option_add_series(lf_option_result *o, const char *name, int column_count,
                         const char *const *columns) {
    assert(column_count >= 0);
    const char **names = lf_arena_take(o->arena, (size_t)column_count * sizeof *names);
    for (int i = 0; names && i < column_count; i++)
        names[i] = keep_text(o, columns[i]);
    if (!names) {
        o->failed = true;
        return -1;
    }
    const series_data s = {
        .head = {.name = keep_text(o, name), .column_count = column_count, .columns = names}};
    return push(o, &o->series, &s, sizeof s) ? (int)o->series.count - 1 : -1;
}

void lf_option_add_series_row(lf_option_result *o, int series, double time_s, const float *values) {
    if (series < 0)
        return; // there was no memory for the series: already marked
    series_data *s = at(&o->series, series);
    const size_t row = (size_t)s->head.count, columns = (size_t)s->head.column_count;
    void *times = s->time_s, *cells = s->values;
    const bool room =
        lf_memory_grow(o->allocator, &times, &s->time_capacity, row + 1, sizeof *s->time_s);
    s->time_s = times;
    const bool room2 = lf_memory_grow(o->allocator, &cells, &s->value_capacity, (row + 1) * columns,
                                      sizeof *s->values);
    s->values = cells;
    if (!room || !room2) {
        o->failed = true;
        return;
    }
    s->time_s[row] = time_s;
    if (columns)
        memcpy(s->values + row * columns, values, columns * sizeof *values);
    s->head.count++;
    s->head.time_s = s->time_s;
    s->head.values = s->values;
}

static const lf_ledger_line *keep_lines(lf_option_result *o, const lf_ledger_line *lines,
                                        int count) {
    lf_ledger_line *copy = keep(o, lines, (size_t)count * sizeof *lines);
    for (int i = 0; copy && i < count; i++)
        copy[i].name = keep_text(o, copy[i].name);
    return copy;
}

static double total(const lf_ledger_line *lines, int count) {
    double sum = 0;
    for (int i = 0; i < count; i++)
        sum += lines[i].amount;
    return sum;
}

void lf_option_add_ledger(lf_option_result *o, const char *name, const char *unit,
                          const lf_ledger_line *in, int in_count, const lf_ledger_line *out,
                          int out_count, const lf_ledger_line *stored, int stored_count) {
    lf_ledger ledger = {.name = keep_text(o, name),
                        .unit = keep_text(o, unit),
                        .in_count = in_count,
                        .out_count = out_count,
                        .stored_count = stored_count,
                        .in = keep_lines(o, in, in_count),
                        .out = keep_lines(o, out, out_count),
                        .stored = keep_lines(o, stored, stored_count)};
    const double inflow = total(in, in_count);
    ledger.error = inflow - total(out, out_count) - total(stored, stored_count);
    ledger.error_ratio = fabs(ledger.error) / fmax(fabs(inflow), 1);
    push(o, &o->ledgers, &ledger, sizeof ledger);
}

void lf_option_add_column(lf_option_result *o, lf_layer layer, const char *name, const char *doc,
                          const float *values, int count) {
    const lf_column column = {layer, keep_text(o, name), keep_text(o, doc), count,
                              keep(o, values, (size_t)count * sizeof *values)};
    push(o, &o->columns, &column, sizeof column);
}

static size_t cells(const lf_grid *grid) {
    return (size_t)grid->cols * (size_t)grid->rows;
}

void lf_option_add_raster(lf_option_result *o, const char *name, const char *doc,
                          const lf_grid *grid, const float *values) {
    const lf_field_raster raster = {keep_text(o, name), keep_text(o, doc), *grid,
                                    keep(o, values, cells(grid) * sizeof *values)};
    push(o, &o->rasters, &raster, sizeof raster);
}

void lf_option_set_depth_grid(lf_option_result *o, const lf_grid *grid) {
    o->depth_grid = *grid;
    o->has_depth_grid = true;
}

void lf_option_set_ground(lf_option_result *o, const float *ground_m) {
    assert(o->has_depth_grid);
    o->ground = keep(o, ground_m, cells(&o->depth_grid) * sizeof *ground_m);
}

// The frame of that moment, opened where it is not there yet. Reports come in order of time.
static lf_frame_shot *frame_at(lf_option_result *o, double time_s) {
    if (o->frames.count) {
        lf_frame_shot *last = at(&o->frames, (int)o->frames.count - 1);
        if (last->time_s == time_s)
            return last;
    }
    const lf_frame_shot shot = {.time_s = time_s};
    return push(o, &o->frames, &shot, sizeof shot);
}

void lf_option_frame_depth(lf_option_result *o, double time_s, const float *depth_m) {
    assert(o->has_depth_grid);
    lf_frame_shot *shot = frame_at(o, time_s);
    if (shot)
        shot->depth_m = keep(o, depth_m, cells(&o->depth_grid) * sizeof *depth_m);
}

void lf_option_frame_places(lf_option_result *o, double time_s, const uint8_t *taken, int count) {
    lf_frame_shot *shot = frame_at(o, time_s);
    if (shot) {
        shot->place_taken = keep(o, taken, (size_t)count);
        shot->place_count = count;
    }
}

void lf_option_frame_edges(lf_option_result *o, double time_s, const float *cars, int count) {
    lf_frame_shot *shot = frame_at(o, time_s);
    if (shot)
        shot->edge_cars = keep(o, cars, (size_t)count * sizeof *cars);
}

void lf_option_set_money(lf_option_result *o, const lf_money_table *table) {
    lf_money_line *lines = keep(o, table->lines, (size_t)table->line_count * sizeof *lines);
    for (int i = 0; lines && i < table->line_count; i++) {
        lines[i].name = keep_text(o, lines[i].name);
        lines[i].name_zh = keep_text(o, lines[i].name_zh);
        lines[i].party = keep_text(o, lines[i].party);
        lines[i].fen = keep(o, lines[i].fen, (size_t)table->year_count * sizeof *lines[i].fen);
    }
    o->money = *table;
    o->money.lines = lines;
    o->has_money = lines != NULL;
}

void lf_option_add_note(lf_option_result *o, lf_quality quality, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    const char *text = lf_arena_vtextf(o->arena, format, arguments);
    va_end(arguments);
    if (!text) {
        o->failed = true;
        return;
    }
    const lf_note note = {quality, text};
    push(o, &o->notes, &note, sizeof note);
}

void lf_option_set_seconds(lf_option_result *o, const char *what, double seconds) {
    const lf_ledger_line line = {keep_text(o, what), seconds};
    push(o, &o->seconds, &line, sizeof line);
}

void lf_option_set_hash(lf_option_result *o, uint64_t state_hash) {
    o->hash = state_hash;
}

const char *lf_option_name(const lf_option_result *o) {
    return o->name;
}

const lf_twin *lf_option_twin(const lf_option_result *o) {
    return o->twin;
}

uint64_t lf_option_hash(const lf_option_result *o) {
    return o->hash;
}

int lf_option_figure_count(const lf_option_result *o) {
    return (int)o->figures.count;
}

const lf_figure *lf_option_figure_at(const lf_option_result *o, int index) {
    return at(&o->figures, index);
}

const lf_figure *lf_option_figure(const lf_option_result *o, const char *name) {
    for (int i = 0; i < lf_option_figure_count(o); i++)
        if (strcmp(lf_option_figure_at(o, i)->def->name, name) == 0)
            return lf_option_figure_at(o, i);
    return NULL;
}

int lf_option_series_count(const lf_option_result *o) {
    return (int)o->series.count;
}

const lf_series *lf_option_series_at(const lf_option_result *o, int index) {
    return &((const series_data *)at(&o->series, index))->head;
}

const lf_series *lf_option_series(const lf_option_result *o, const char *name) {
    for (int i = 0; i < lf_option_series_count(o); i++)
        if (strcmp(lf_option_series_at(o, i)->name, name) == 0)
            return lf_option_series_at(o, i);
    return NULL;
}

int lf_option_ledger_count(const lf_option_result *o) {
    return (int)o->ledgers.count;
}

const lf_ledger *lf_option_ledger_at(const lf_option_result *o, int index) {
    return at(&o->ledgers, index);
}

int lf_option_column_count(const lf_option_result *o) {
    return (int)o->columns.count;
}

const lf_column *lf_option_column_at(const lf_option_result *o, int index) {
    return at(&o->columns, index);
}

const lf_column *lf_option_column(const lf_option_result *o, lf_layer layer, const char *name) {
    for (int i = 0; i < lf_option_column_count(o); i++) {
        const lf_column *column = lf_option_column_at(o, i);
        if (column->layer == layer && strcmp(column->name, name) == 0)
            return column;
    }
    return NULL;
}

int lf_option_raster_count(const lf_option_result *o) {
    return (int)o->rasters.count;
}

const lf_field_raster *lf_option_raster_at(const lf_option_result *o, int index) {
    return at(&o->rasters, index);
}

const lf_field_raster *lf_option_raster(const lf_option_result *o, const char *name) {
    for (int i = 0; i < lf_option_raster_count(o); i++)
        if (strcmp(lf_option_raster_at(o, i)->name, name) == 0)
            return lf_option_raster_at(o, i);
    return NULL;
}

const lf_grid *lf_option_depth_grid(const lf_option_result *o) {
    return o->has_depth_grid ? &o->depth_grid : NULL;
}

const float *lf_option_ground(const lf_option_result *o) {
    return o->ground;
}

int lf_option_frame_count(const lf_option_result *o) {
    return (int)o->frames.count;
}

const lf_frame_shot *lf_option_frame_at(const lf_option_result *o, int index) {
    return at(&o->frames, index);
}

const lf_money_table *lf_option_money(const lf_option_result *o) {
    return o->has_money ? &o->money : NULL;
}

int lf_option_note_count(const lf_option_result *o) {
    return (int)o->notes.count;
}

const lf_note *lf_option_note_at(const lf_option_result *o, int index) {
    return at(&o->notes, index);
}

int lf_option_seconds_count(const lf_option_result *o) {
    return (int)o->seconds.count;
}

const lf_ledger_line *lf_option_seconds_at(const lf_option_result *o, int index) {
    return at(&o->seconds, index);
}
