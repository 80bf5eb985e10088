// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Bare ground for tests of edges, inflows and structures: a rectangle of terrain and nothing on it.
#ifndef LF_TESTS_DRAIN_BASIN_H
#define LF_TESTS_DRAIN_BASIN_H

#include "estate.h"

typedef double basin_ground(int col, int row);

static inline lf_spec *basin_create(int cols, int rows, double cell_m, basin_ground *ground) {
    lf_spec *spec = lf_spec_create(NULL);
    need(spec);
    memcpy(lf_spec_frame(spec)->crs, "EPSG:4547", 10);
    lf_grid grid = {cols, rows, 0, 0, cell_m};
    lf_raster *terrain = lf_spec_set_terrain(spec, &grid, NULL, LF_TAGGED, "test");
    need(terrain);
    for (int i = 0; i < cols * rows; i++) {
        terrain->values[i] = (float)ground(i % cols, i / cols);
    }
    return spec;
}

// No rain, no losses, no pipes, walls around.
static inline void basin_defaults(run *r, double cell_m) {
    run_defaults(r);
    r->settings.storm.formula = "";
    r->settings.pipes = LF_DRAIN_PIPES_NONE;
    r->settings.surface.cell_m = cell_m;
    r->settings.surface.edge = LF_DRAIN_EDGE_CLOSED;
    r->settings.surface.margin_m = 1000;
    r->settings.losses.paved_mm_h = 0;
    r->settings.losses.loss_paved_mm = 0;
    r->clock.stop_s = 600;
    r->clock.report_every_s = 60;
}

static inline void *add_line_row(lf_spec *spec, lf_layer layer, double x0, double y0, double x1,
                                 double y1) {
    lf_row *row = lf_spec_add(spec, layer);
    need(row);
    const lf_vec2 line[] = {{x0, y0}, {x1, y1}};
    row->shape = lf_spec_line(spec, line, 2, NULL);
    return row;
}

static inline lf_inflow *add_inflow(lf_spec *spec, double x, double y, double flow_m3_s) {
    lf_inflow *inflow = lf_spec_add(spec, LF_INFLOWS);
    need(inflow);
    inflow->row.shape = lf_spec_point(spec, (lf_vec2){x, y});
    inflow->flow_m3_s = flow_m3_s;
    return inflow;
}

static inline lf_id add_sensor(lf_spec *spec, int kind, const double *time_s, const double *values,
                               int count) {
    lf_sensor *sensor = lf_spec_add(spec, LF_SENSORS);
    need(sensor);
    sensor->kind = kind;
    sensor->row.shape = lf_spec_point(spec, (lf_vec2){1, 1});
    sensor->samples = lf_spec_samples(spec, time_s, values, count, 0);
    return sensor->row.id;
}

static inline void start_water(lf_spec *spec, int cols, int rows, double cell_m,
                               basin_ground *depth) {
    lf_grid grid = {cols, rows, 0, 0, cell_m};
    lf_raster like = {.grid = grid, .quality = LF_ASSUMED, .source = "test"};
    lf_raster *raster = lf_spec_set_raster(spec, LF_RASTER_START_DEPTH, &like);
    need(raster);
    for (int i = 0; i < cols * rows; i++) {
        raster->values[i] = (float)depth(i % cols, i / cols);
    }
}

static inline double ledger_line(const run *r, const char *name) {
    const lf_ledger *ledger = lf_option_ledger_at(r->result, 0);
    const lf_ledger_line *sides[] = {ledger->in, ledger->out, ledger->stored};
    int counts[] = {ledger->in_count, ledger->out_count, ledger->stored_count};
    for (int s = 0; s < 3; s++) {
        for (int i = 0; i < counts[s]; i++) {
            if (strcmp(sides[s][i].name, name) == 0) {
                return sides[s][i].amount;
            }
        }
    }
    return NAN;
}

static inline float last_of(const run *r, const char *series, int column) {
    const lf_series *s = lf_option_series(r->result, series);
    return s ? s->values[(s->count - 1) * s->column_count + column] : NAN;
}

#endif
