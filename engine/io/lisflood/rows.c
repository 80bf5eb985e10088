// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Boundaries, point sources, rain and stages as rows. LISFLOOD states flows per metre of width,
// which is a cell at a point and all cells of a stretch; rows state m3/s.
#include "io/lisflood/rows.h"

#include "base/file.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { RAIN_PIECES = 16 };

// The DEM's rectangle in the model's own coordinates.
typedef struct frame {
    double west, south, east, north, cell_m;
} frame;

static frame frame_of(const lis_emit *emit) {
    const double *t = emit->dem.to_map;
    return (frame){t[0], t[3] + t[5] * emit->dem.rows, t[0] + t[1] * emit->dem.cols, t[3], t[1]};
}

static bool place(const lis_emit *emit, double x, double y, lf_vec2 *at) {
    return lf_geo_transform_point(emit->transform, x, y, at);
}

static void set_head(const lis_emit *emit, lf_row *row, const char *name, const lis_file *file,
                     int line) {
    row->quality = LF_TAGGED;
    row->name = lf_spec_text(emit->spec, name);
    row->source = lf_spec_textf(emit->spec, "%s line %d", lf_file_name(file->label), line);
}

static lf_sensor *add_sensor(const lis_emit *emit, int kind, const char *unit, const char *name,
                             lf_vec2 at, const lis_file *file, int line) {
    lf_sensor *sensor = lf_spec_add(emit->spec, LF_SENSORS);
    if (!sensor)
        return NULL;
    set_head(emit, &sensor->row, name, file, line);
    sensor->kind = kind;
    sensor->unit = lf_spec_text(emit->spec, unit);
    sensor->target = "";
    sensor->row.shape = lf_spec_point(emit->spec, at);
    return sensor;
}

// ---- stages

static bool add_stages(const lis_emit *emit) {
    lis_case *c = emit->c;
    lis_stage_list list;
    const frame f = frame_of(emit);
    if (!lf_io_lisflood_stages(c, &list))
        return false;
    for (int i = 0; i < list.count; i++) {
        const lis_stage *stage = &list.items[i];
        char name[16];
        lf_vec2 at;
        snprintf(name, sizeof name, "%d", i + 1);
        if (stage->x < f.west || stage->x > f.east || stage->y < f.south || stage->y > f.north ||
            !place(emit, stage->x, stage->y, &at)) {
            lf_io_lisflood_issue(
                c, LF_WARNING, LF_RANGE, c->stage.label, stage->line, name, "check its coordinates",
                "the point %g %g lies outside the DEM and was left out", stage->x, stage->y);
            continue;
        }
        if (!add_sensor(emit, LF_SENSOR_DEPTH, "m", name, at, &c->stage, stage->line))
            return false;
    }
    return true;
}

// ---- rain

// Rates joined by straight lines -> rates that hold until the next: a slope becomes up to
// RAIN_PIECES steps with the same volume.
static int to_steps(const lis_series *from, double until_s, double *time_s, double *values) {
    int count = 0;
    for (int i = 0; i + 1 < from->count; i++) {
        const double t = from->time_s[i], span_s = from->time_s[i + 1] - t;
        const double low = from->values[i], rise = from->values[i + 1] - low;
        const int most = (int)fmin(RAIN_PIECES, fmax(1, span_s));
        const int pieces = rise == 0 ? 1 : most;
        for (int k = 0; k < pieces; k++) {
            time_s[count] = t + span_s * k / pieces;
            values[count++] = low + rise * (k + 0.5) / pieces;
        }
    }
    const double last_s = from->time_s[from->count - 1];
    time_s[count] = last_s;
    values[count++] = from->values[from->count - 1];
    time_s[count] = fmax(last_s, until_s) + 1; // the last rate holds
    values[count++] = 0;
    return count;
}

static bool add_rain(const lis_emit *emit) {
    lis_case *c = emit->c;
    lis_series rain;
    lf_vec2 at;
    const frame f = frame_of(emit);
    if (!c->rain.path[0])
        return true;
    if (!lf_io_lisflood_rain(c, &rain) ||
        !place(emit, (f.west + f.east) / 2, (f.south + f.north) / 2, &at))
        return false;
    const size_t most = (size_t)rain.count * RAIN_PIECES + 2;
    double *time_s = lf_arena_take(c->arena, most * sizeof *time_s);
    double *values = lf_arena_take(c->arena, most * sizeof *values);
    lf_sensor *gauge = time_s && values ? add_sensor(emit, LF_SENSOR_RAIN, "mm/h", LIS_RAIN_NAME,
                                                     at, &c->rain, rain.line)
                                        : NULL;
    if (!gauge)
        return false;
    const double until_s = isnan(c->sim_time_s) ? 0 : c->sim_time_s;
    gauge->samples =
        lf_spec_samples(emit->spec, time_s, values, to_steps(&rain, until_s, time_s, values), 0);
    return gauge->samples.count > 0;
}

// ---- boundaries

// The sensor that gives a series times a factor; made where it is first needed.
typedef struct driver {
    const lis_series *series;
    double factor;
    int kind;
    lf_id id;
} driver;

typedef struct drivers {
    const lis_series_list *series;
    driver *items;
    int count;
} drivers;

static const lis_series *find_series(lis_case *c, const lis_series_list *list,
                                     const lis_boundary *row) {
    for (int i = 0; i < list->count; i++)
        if (strcmp(list->items[i].name, row->series) == 0)
            return &list->items[i];
    lf_io_lisflood_issue(c, LF_ERROR, LF_REFERENCE, c->bci.label, row->line, row->series,
                         c->bdy.path[0] ? "add it to the bdyfile" : "name a bdyfile in the .par",
                         "there is no series of that name");
    return NULL;
}

// 0 after an error or without memory.
static lf_id drive(const lis_emit *emit, drivers *made, const lis_boundary *row, int kind,
                   double factor, lf_vec2 at) {
    lis_case *c = emit->c;
    const lis_series *series = find_series(c, made->series, row);
    if (!series)
        return 0;
    for (int i = 0; i < made->count; i++) {
        const driver *d = &made->items[i];
        if (d->series == series && d->factor == factor && d->kind == kind)
            return d->id;
    }
    const size_t bytes = (size_t)series->count * sizeof(double);
    double *values = lf_arena_take(c->arena, bytes);
    lf_sensor *sensor = values ? add_sensor(emit, kind, kind == LF_SENSOR_FLOW ? "m3/s" : "m",
                                            series->name, at, &c->bdy, series->line)
                               : NULL;
    if (!sensor)
        return 0;
    for (int i = 0; i < series->count; i++)
        values[i] = series->values[i] * factor;
    sensor->samples = lf_spec_samples(emit->spec, series->time_s, values, series->count, 0);
    made->items[made->count++] = (driver){series, factor, kind, sensor->row.id};
    return sensor->samples.count > 0 ? sensor->row.id : 0;
}

static bool add_point(const lis_emit *emit, drivers *made, const lis_boundary *row) {
    lis_case *c = emit->c;
    lf_vec2 at;
    lf_id sensor = 0;
    const frame f = frame_of(emit);
    if (row->a < f.west || row->a >= f.east || row->b <= f.south || row->b > f.north ||
        !place(emit, row->a, row->b, &at)) {
        lf_io_lisflood_issue(c, LF_WARNING, LF_RANGE, c->bci.label, row->line, "",
                             "check its coordinates",
                             "the source %g %g lies outside the DEM and was left out, as LISFLOOD "
                             "does",
                             row->a, row->b);
        return true;
    }
    if (row->kind == LIS_QVAR && !(sensor = drive(emit, made, row, LF_SENSOR_FLOW, f.cell_m, at)))
        return false;
    lf_inflow *inflow = lf_spec_add(emit->spec, LF_INFLOWS);
    if (!inflow)
        return false;
    set_head(emit, &inflow->row, "", &c->bci, row->line);
    inflow->row.shape = lf_spec_point(emit->spec, at);
    inflow->flow_m3_s = row->kind == LIS_QFIX ? row->value * f.cell_m : 0;
    inflow->flow_sensor = sensor;
    return true;
}

// The stretch of a side as a line along the DEM's edge, and its length in whole cells: those whose
// middle lies in it, at least one. False where nothing of it lies at the DEM.
static bool stretch_of(const lis_emit *emit, const lis_boundary *row, lf_vec2 line[2],
                       double *length_m) {
    const frame f = frame_of(emit);
    const bool upright = row->where == 'W' || row->where == 'E';
    const double low = upright ? f.south : f.west, high = upright ? f.north : f.east;
    const double from = fmax(low, fmin(row->a, row->b)), to = fmin(high, fmax(row->a, row->b));
    if (!(from < to) && !(from == to && from > low && to < high))
        return false;
    const double first = ceil((from - low) / f.cell_m - 0.5 - 1e-9);
    const double end = ceil((to - low) / f.cell_m - 0.5 - 1e-9);
    *length_m = fmax(1, end - first) * f.cell_m;
    const double x = row->where == 'W' ? f.west : f.east;
    const double y = row->where == 'S' ? f.south : f.north;
    return place(emit, upright ? x : from, upright ? from : y, &line[0]) &&
           place(emit, upright ? x : to, upright ? to : y, &line[1]);
}

static bool add_stretch(const lis_emit *emit, drivers *made, const lis_boundary *row) {
    static const int kinds[LIS_KIND_COUNT] = {LF_OPEN_EDGE_CLOSED, LF_OPEN_EDGE_FREE,
                                              LF_OPEN_EDGE_FLOW,   LF_OPEN_EDGE_FLOW,
                                              LF_OPEN_EDGE_LEVEL,  LF_OPEN_EDGE_LEVEL};
    lis_case *c = emit->c;
    lf_vec2 line[2];
    double length_m;
    if (!stretch_of(emit, row, line, &length_m)) {
        lf_io_lisflood_issue(
            c, LF_WARNING, LF_RANGE, c->bci.label, row->line, "", "check its coordinates",
            "the stretch %g..%g lies outside the DEM and was left out", row->a, row->b);
        return true;
    }
    const lf_vec2 middle = {(line[0].x + line[1].x) / 2, (line[0].y + line[1].y) / 2};
    lf_id flow = 0, level = 0;
    if (row->kind == LIS_QVAR && !(flow = drive(emit, made, row, LF_SENSOR_FLOW, length_m, middle)))
        return false;
    if (row->kind == LIS_HVAR && !(level = drive(emit, made, row, LF_SENSOR_LEVEL, 1, middle)))
        return false;
    lf_open_edge *edge = lf_spec_add(emit->spec, LF_OPEN_EDGES);
    if (!edge)
        return false;
    set_head(emit, &edge->row, "", &c->bci, row->line);
    edge->row.shape = lf_spec_line(emit->spec, line, 2, NULL);
    edge->kind = kinds[row->kind];
    edge->flow_m2_s = row->kind == LIS_QFIX ? row->value : 0;
    edge->level_m = row->kind == LIS_HFIX ? row->value : NAN;
    edge->flow_sensor = flow;
    edge->level_sensor = level;
    return true;
}

static bool add_boundaries(const lis_emit *emit) {
    lis_case *c = emit->c;
    lis_boundary_list list;
    lis_series_list series;
    bool good = lf_io_lisflood_bci(c, &list);
    good = lf_io_lisflood_boundaries(c, &series) && good;
    if (!good)
        return false;
    drivers made = {.series = &series,
                    .items = lf_arena_take(c->arena, ((size_t)list.count + 1) * sizeof(driver))};
    good = made.items != NULL;
    for (int i = 0; made.items && i < list.count; i++)
        good = (list.items[i].where == 'P' ? add_point(emit, &made, &list.items[i])
                                           : add_stretch(emit, &made, &list.items[i])) &&
               good;
    return good;
}

bool lf_io_lisflood_rows(lis_emit *emit) {
    bool good = add_stages(emit);
    good = add_rain(emit) && good;
    return add_boundaries(emit) && good;
}
