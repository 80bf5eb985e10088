// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Where water enters: rows of inflows, lines of open_edges inside the grid, and the series that
// drive them.
#include "drain/model.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// The sensor that a row names; or the first of that kind whose target names the row, as
// "inflows/3". -1 = none.
static int driving_sensor(const lf_drain_model *model, lf_id named, lf_layer layer, lf_id row,
                          lf_sensor_kind kind) {
    int count = 0;
    const lf_sensor *sensors = lf_twin_rows(model->twin, LF_SENSORS, &count);
    if (named) {
        return lf_spec_find(lf_twin_spec(model->twin), LF_SENSORS, named);
    }
    char target[64];
    snprintf(target, sizeof target, "%s/%u", lf_layer_name(layer), row);
    for (int i = 0; i < count; i++) {
        if (sensors[i].kind == (int)kind && sensors[i].target && sensors[i].samples.count > 0 &&
            strcmp(sensors[i].target, target) == 0) {
            return i;
        }
    }
    return -1;
}

bool lf_drain_take_series(lf_drain_model *model, lf_id named, lf_layer layer, lf_id row,
                          lf_sensor_kind kind, lf_drain_series *series) {
    int at = driving_sensor(model, named, layer, row, kind), count = 0;
    const lf_sensor *sensors = lf_twin_rows(model->twin, LF_SENSORS, &count);
    if (at < 0) {
        return true;
    }
    const lf_samples *samples = &sensors[at].samples;
    size_t bytes = ((size_t)samples->count + 1) * sizeof(double);
    double *time_s = lf_arena_take(model->arena, bytes);
    double *values = lf_arena_take(model->arena, bytes);
    if (!time_s || !values) {
        return false;
    }
    double offset_s = lf_drain_run_time_s(model, samples->start_unix_s);
    for (int i = 0; i < samples->count; i++) {
        if (isfinite(samples->values[i])) {
            time_s[series->count] = samples->time_s[i] + offset_s;
            values[series->count++] = samples->values[i];
        }
    }
    series->time_s = time_s;
    series->values = values;
    return true;
}

static void warn(lf_issues *issues, const lf_row *row, const char *mend, const char *what) {
    lf_issues_addf(issues, LF_WARNING, LF_EMPTY, NULL, 0, row->name, mend, "%s", what);
}

typedef struct lf_gather {
    const lf_drain_model *model;
    int *cells;
    int count, room;
} lf_gather;

static void gather_span(void *context, int row, int from, int to) {
    lf_gather *gather = context;
    for (int col = from; col < to; col++) {
        int k = lf_drain_cell_index(gather->model, col, row);
        if (gather->model->open_ratio[k] > 0) {
            if (gather->count < gather->room) {
                gather->cells[gather->count] = k;
            }
            gather->count++;
        }
    }
}

static int compare_cells(const void *a, const void *b) {
    int x = *(const int *)a, y = *(const int *)b;
    return (x > y) - (x < y);
}

// The open cells under a line, each once.
static bool line_cells(lf_drain_model *model, const lf_shape *line, lf_drain_inflow *inflow) {
    lf_gather gather = {model, NULL, 0, 0};
    lf_drain_raster_line(&model->grid, line, 0, gather_span, &gather);
    gather.room = gather.count;
    gather.cells = lf_arena_take(model->arena, ((size_t)gather.count + 1) * sizeof(int));
    if (!gather.cells) {
        return false;
    }
    gather.count = 0;
    lf_drain_raster_line(&model->grid, line, 0, gather_span, &gather);
    qsort(gather.cells, (size_t)gather.count, sizeof(int), compare_cells);
    inflow->cells = gather.cells;
    for (int i = 0; i < gather.count; i++) {
        if (i == 0 || gather.cells[i] != gather.cells[i - 1]) {
            inflow->cells[inflow->cell_count++] = gather.cells[i];
        }
    }
    return true;
}

static bool add_line(lf_drain_model *model, const lf_open_edge *row, int index) {
    lf_drain_inflow *inflow = &model->inflows[model->inflow_count++];
    *inflow = (lf_drain_inflow){.layer = LF_OPEN_EDGES, .row = index};
    inflow->flow_m3_s = row->flow_m2_s * lf_shape_length_m(&row->row.shape);
    return line_cells(model, &row->row.shape, inflow) &&
           lf_drain_take_series(model, row->flow_sensor, LF_OPEN_EDGES, row->row.id, LF_SENSOR_FLOW,
                                &inflow->series);
}

static bool add_point(lf_drain_model *model, const lf_inflow *row, int index) {
    lf_drain_inflow *inflow = &model->inflows[model->inflow_count++];
    *inflow = (lf_drain_inflow){.layer = LF_INFLOWS, .row = index, .flow_m3_s = row->flow_m3_s};
    inflow->cells = lf_arena_take(model->arena, sizeof(int));
    if (!inflow->cells) {
        return false;
    }
    lf_vec2 at = lf_shape_centre(&row->row.shape);
    inflow->cells[0] = lf_drain_open_cell(model, at, 2 * model->grid.cell_m);
    inflow->cell_count = inflow->cells[0] >= 0;
    return lf_drain_take_series(model, row->flow_sensor, LF_INFLOWS, row->row.id, LF_SENSOR_FLOW,
                                &inflow->series);
}

static void warn_dry(const lf_drain_model *model, const lf_row *row, lf_issues *issues) {
    if (model->inflows[model->inflow_count - 1].cell_count == 0) {
        warn(issues, row, "move it onto ground inside the computed area",
             "this inflow lies on no open cell and brings no water");
    }
}

lf_code lf_drain_inflows_create(lf_drain_model *model, lf_issues *issues, lf_error *error) {
    int points = 0, lines = 0;
    const lf_inflow *point_rows = lf_twin_rows(model->twin, LF_INFLOWS, &points);
    const lf_open_edge *line_rows = lf_twin_rows(model->twin, LF_OPEN_EDGES, &lines);
    model->inflows =
        lf_arena_take(model->arena, ((size_t)points + (size_t)lines + 1) * sizeof *model->inflows);
    bool good = model->inflows != NULL;
    for (int i = 0; good && i < points; i++) {
        const lf_inflow *row = &point_rows[i];
        good = add_point(model, row, i);
        lf_drain_inflow *made = &model->inflows[model->inflow_count - 1];
        if (made->series.count == 0 && made->flow_m3_s == 0) {
            model->inflow_count--; // a bare downpipe only leads roof water
            continue;
        }
        warn_dry(model, &row->row, issues);
    }
    for (int i = 0; good && i < lines; i++) {
        if (lf_drain_is_inside_line(model, &line_rows[i])) {
            good = add_line(model, &line_rows[i], i);
            warn_dry(model, &line_rows[i].row, issues);
        }
    }
    return good ? LF_OK : lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for inflows");
}
