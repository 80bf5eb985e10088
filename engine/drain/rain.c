// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Which storm the settings and the twin ask for.
#include "drain/model.h"
#include <math.h>
#include <string.h>

static const double DAY_S = 86400, CHINA_S = 8 * 3600; // clock times are China's, UTC+8

double lf_drain_day_time_s(const lf_drain_model *model, double unix_s) {
    return fmod(unix_s + CHINA_S, DAY_S) - model->clock.start_clock_s;
}

double lf_drain_run_time_s(const lf_drain_model *model, double unix_s) {
    return unix_s > 0 ? lf_drain_day_time_s(model, unix_s) : 0;
}

static lf_code from_sensor(lf_drain_model *model, lf_error *error) {
    const char *name = model->settings.storm.sensor;
    int count = 0;
    const lf_sensor *sensors = lf_twin_rows(model->twin, LF_SENSORS, &count);
    for (int i = 0; i < count; i++) {
        const lf_sensor *sensor = &sensors[i];
        if (sensor->kind != LF_SENSOR_RAIN || strcmp(sensor->row.name, name) != 0) {
            continue;
        }
        if (sensor->samples.count == 0) {
            return lf_fail(error, LF_EMPTY, LF_FROM_INPUT,
                           "rain sensor \"%s\" has no values; import its series", name);
        }
        model->storm.kind = LF_DRAIN_STORM_SERIES;
        model->storm.sample_count = sensor->samples.count;
        model->storm.time_s = sensor->samples.time_s;
        model->storm.rate_mm_h = sensor->samples.values;
        model->storm_quality = sensor->row.quality;
        if (model->settings.storm.start_clock_s < 0) { // as the gauge's own clock says
            model->storm_start_s = lf_drain_day_time_s(model, sensor->samples.start_unix_s);
        }
        return LF_OK;
    }
    return lf_fail(error, LF_REFERENCE, LF_FROM_SCENARIO,
                   "the estate has no rain sensor called \"%s\"", name);
}

static lf_code from_formula(lf_drain_model *model, lf_issues *issues, lf_error *error) {
    const lf_drain_storm_settings *s = &model->settings.storm;
    lf_code code = lf_drain_formula_find(s->formula, s->period_years, &model->storm.formula, error);
    if (code) {
        return code;
    }
    const lf_drain_formula *f = &model->storm.formula;
    model->storm.kind = LF_DRAIN_STORM_CHICAGO;
    model->storm_quality = f->quality;
    // n > 1 makes the depth fall again beyond b / (n - 1): the formula is not meant for that.
    if (f->n > 1 && s->duration_s / 60 > f->b_min / (f->n - 1)) {
        return lf_fail(error, LF_RANGE, LF_FROM_SCENARIO,
                       "formula %s holds for durations up to %.0f min", f->name,
                       f->b_min / (f->n - 1));
    }
    if (f->quality != LF_TAGGED) {
        lf_issues_addf(issues, LF_WARNING, LF_EMPTY, NULL, 0, f->name,
                       "check the row of assets/storms/formulas.csv against its source",
                       "the rain formula is not verified: %s", f->source);
    }
    return LF_OK;
}

static void from_rasters(lf_drain_model *model) {
    const lf_rain_grid *rain = lf_twin_rain(model->twin);
    model->rain_grid = rain;
    model->storm_quality = rain->quality;
    model->rain_offset_s = model->storm_start_s;
    if (rain->start_unix_s > 0 && model->settings.storm.start_clock_s < 0) {
        model->rain_offset_s = lf_drain_day_time_s(model, rain->start_unix_s);
    }
}

// Water that needs no storm.
static bool other_water(const lf_twin *twin) {
    return lf_twin_count(twin, LF_INFLOWS) > 0 || lf_twin_count(twin, LF_OPEN_EDGES) > 0 ||
           lf_twin_raster(twin, LF_RASTER_START_DEPTH);
}

lf_code lf_drain_rain_create(lf_drain_model *model, const lf_module_input *input, lf_issues *issues,
                             lf_error *error) {
    const lf_drain_storm_settings *s = &model->settings.storm;
    bool formula = s->formula && s->formula[0], sensor = s->sensor && s->sensor[0];
    int ways = formula + sensor + (s->depth_mm > 0);
    model->storm.duration_s = s->duration_s;
    model->storm.peak_ratio = s->peak_ratio;
    model->storm.factor = s->climate_factor;
    double start = s->start_clock_s < 0 ? 0 : s->start_clock_s - input->clock->start_clock_s;
    model->storm_start_s = start < 0 ? start + DAY_S : start;
    lf_code code = LF_OK;
    if (ways == 0 && lf_twin_rain(model->twin)) {
        from_rasters(model);
    } else if (ways == 0 && other_water(model->twin)) {
        model->storm = (lf_drain_storm){.kind = LF_DRAIN_STORM_UNIFORM, .duration_s = 60};
        model->storm_quality = LF_MEASURED; // none
    } else if (ways == 0) {
        code = lf_fail(error, LF_MISSING, LF_FROM_SCENARIO,
                       "no storm is given; add storm: {formula: shenzhen_2024, period_years: 5, "
                       "duration: 2h}, or {depth_mm: 50, duration: 1h}, or {sensor: a rain gauge}");
    } else if (ways > 1) {
        code = lf_fail(error, LF_INVALID, LF_FROM_SCENARIO,
                       "give one of formula, sensor and depth_mm, not %d of them", ways);
    } else if (sensor) {
        code = from_sensor(model, error);
    } else if (formula) {
        code = from_formula(model, issues, error);
    } else {
        model->storm.kind = LF_DRAIN_STORM_UNIFORM;
        model->storm.depth_mm = s->depth_mm;
        model->storm_quality = LF_ASSUMED;
    }
    if (code) {
        lf_error_place(error, NULL, 0, 0, "modules.drain.storm");
    }
    return code;
}

// ---- rain from rasters

double lf_drain_rain_step_end_s(const lf_drain_model *model, int step) {
    const lf_rain_grid *rain = model->rain_grid;
    const double *time_s = rain->time_s;
    double end = INFINITY; // an only raster falls for ever
    if (step + 1 < rain->count) {
        end = time_s[step + 1];
    } else if (step > 0) {
        end = time_s[step] + (time_s[step] - time_s[step - 1]);
    }
    return end + model->rain_offset_s;
}

static double step_mean_mm_h(const lf_drain_model *model, int step) {
    const lf_grid *g = &model->rain_grid->grid;
    const float *values =
        model->rain_grid->values + (size_t)step * (size_t)g->cols * (size_t)g->rows;
    double sum = 0, open = 0;
    for (size_t k = 0; k < (size_t)model->plan.stride * model->plan.height; k++) {
        float rate = model->rain_cell[k] >= 0 ? values[model->rain_cell[k]] : 0;
        sum += model->open_ratio[k] > 0 && rate > 0 ? (double)rate : 0;
        open += model->open_ratio[k] > 0;
    }
    return open > 0 ? sum / open : 0;
}

lf_code lf_drain_rain_grid_create(lf_drain_model *model, lf_error *error) {
    const lf_rain_grid *rain = model->rain_grid;
    if (!rain) {
        return LF_OK;
    }
    size_t cells = (size_t)model->plan.stride * model->plan.height;
    model->rain_cell = lf_arena_take(model->arena, cells * sizeof *model->rain_cell);
    model->rain_step_mean_mm_h =
        lf_arena_take(model->arena, (size_t)rain->count * sizeof *model->rain_step_mean_mm_h);
    if (!model->rain_cell || !model->rain_step_mean_mm_h) {
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for rain from rasters");
    }
    for (size_t k = 0; k < cells; k++) {
        model->rain_cell[k] = -1;
    }
    const lf_grid *g = &model->grid;
    for (int i = 0; i < g->cols * g->rows; i++) {
        int col = i % g->cols, row = i / g->cols, to_col, to_row;
        lf_vec2 centre = {g->x0 + (col + 0.5) * g->cell_m, g->y0 + (row + 0.5) * g->cell_m};
        if (lf_drain_raster_cell(&rain->grid, centre, &to_col, &to_row)) {
            model->rain_cell[lf_drain_cell_index(model, col, row)] =
                to_row * rain->grid.cols + to_col;
        }
    }
    for (int i = 0; i < rain->count; i++) {
        model->rain_step_mean_mm_h[i] = step_mean_mm_h(model, i) * model->storm.factor;
    }
    return LF_OK;
}

static double grid_mm(const lf_drain_model *model, double from_s, double until_s) {
    double sum = 0;
    for (int i = 0; i < model->rain_grid->count; i++) {
        double begin = fmax(from_s, model->rain_grid->time_s[i] + model->rain_offset_s);
        double span = fmin(until_s, lf_drain_rain_step_end_s(model, i)) - begin;
        sum += span > 0 ? model->rain_step_mean_mm_h[i] * span / 3600 : 0;
    }
    return sum;
}

double lf_drain_rain_mm(const lf_drain_model *model, double from_s, double until_s) {
    if (model->rain_grid) {
        return grid_mm(model, from_s, until_s);
    }
    return lf_drain_storm_depth_mm(&model->storm, until_s - model->storm_start_s) -
           lf_drain_storm_depth_mm(&model->storm, from_s - model->storm_start_s);
}
