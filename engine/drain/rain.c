// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Which storm the settings and the twin ask for.
#include "drain/model.h"
#include <math.h>
#include <string.h>

static const double DAY_S = 86400, CHINA_S = 8 * 3600; // clock times are China's, UTC+8

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
            double clock_s = fmod(sensor->samples.start_unix_s + CHINA_S, DAY_S);
            model->storm_start_s = clock_s - model->clock.start_clock_s;
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
    if (ways == 0) {
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

double lf_drain_rain_mm(const lf_drain_model *model, double from_s, double until_s) {
    return lf_drain_storm_depth_mm(&model->storm, until_s - model->storm_start_s) -
           lf_drain_storm_depth_mm(&model->storm, from_s - model->storm_start_s);
}

bool lf_drain_rain_over(const lf_drain_model *model, double time_s) {
    double since = time_s - model->storm_start_s;
    const lf_drain_storm *storm = &model->storm;
    if (storm->kind == LF_DRAIN_STORM_SERIES) {
        return storm->time_s[storm->sample_count - 1] < since;
    }
    return since >= storm->duration_s;
}
