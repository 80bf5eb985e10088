// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Rain: intensity formulas from assets/storms/formulas.csv, and storms as cumulative depth, so that
// the rain of any step is a difference of two exact integrals.
// Chicago hyetograph: Keifer and Chu (1957), "Synthetic storm pattern for drainage design",
// J. Hydraul. Div. ASCE 83(4).
#include "base/csv.h"
#include "base/file.h"
#include "base/text.h"
#include "lifang/drain.h"
#include <math.h>
#include <string.h>

// mm per (L/(s ha)) and minute: published tables take 1/167 for 0.006.
static const double MM_DIVISOR = 167.0;

double lf_drain_formula_intensity_l_s_ha(const lf_drain_formula *formula, double duration_min) {
    return formula->a_l_s_ha / pow(duration_min + formula->b_min, formula->n);
}

double lf_drain_formula_depth_mm(const lf_drain_formula *formula, double duration_min) {
    if (!(duration_min > 0)) {
        return 0;
    }
    return lf_drain_formula_intensity_l_s_ha(formula, duration_min) * duration_min / MM_DIVISOR;
}

// H(t) = depth(t). With the peak at r T: before it cum = r H(T) - r H((rT - t) / r), after it
// cum = r H(T) + (1 - r) H((t - rT) / (1 - r)); at t = T this is H(T) whatever r.
static double chicago_mm(const lf_drain_storm *storm, double time_s) {
    double whole_min = storm->duration_s / 60;
    double t = time_s / 60;
    double total = lf_drain_formula_depth_mm(&storm->formula, whole_min);
    if (t >= whole_min) {
        return total;
    }
    double r = storm->peak_ratio;
    double peak = r * whole_min;
    if (t <= peak) {
        double left = r > 0 ? (peak - t) / r : 0;
        return r * (total - lf_drain_formula_depth_mm(&storm->formula, left));
    }
    double past = (t - peak) / (1 - r);
    return r * total + (1 - r) * lf_drain_formula_depth_mm(&storm->formula, past);
}

static double series_mm(const lf_drain_storm *storm, double time_s) {
    double sum = 0;
    for (int i = 0; i < storm->sample_count && storm->time_s[i] < time_s; i++) {
        double begin = storm->time_s[i] > 0 ? storm->time_s[i] : 0;
        // The last rate holds as long as the one before it.
        double step = i > 0 ? storm->time_s[i] - storm->time_s[i - 1] : 0;
        double end = i + 1 < storm->sample_count ? storm->time_s[i + 1] : storm->time_s[i] + step;
        end = end < time_s ? end : time_s;
        if (storm->rate_mm_h[i] > 0 && end > begin) {
            sum += storm->rate_mm_h[i] * (end - begin) / 3600;
        }
    }
    return sum;
}

double lf_drain_storm_depth_mm(const lf_drain_storm *storm, double time_s) {
    if (!(time_s > 0)) {
        return 0;
    }
    double depth = 0;
    switch (storm->kind) {
    case LF_DRAIN_STORM_CHICAGO:
        depth = chicago_mm(storm, time_s);
        break;
    case LF_DRAIN_STORM_UNIFORM:
        depth = storm->depth_mm * fmin(time_s / storm->duration_s, 1);
        break;
    case LF_DRAIN_STORM_SERIES:
        depth = series_mm(storm, time_s);
        break;
    }
    return depth * storm->factor;
}

// ---- the table of formulas

typedef struct lf_formula_columns {
    int formula, parameter, period, value, year, status, source;
} lf_formula_columns;

static lf_code find_columns(const lf_csv *csv, const char *path, lf_formula_columns *c,
                            lf_error *error) {
    c->formula = lf_csv_column(csv, "formula");
    c->parameter = lf_csv_column(csv, "parameter");
    c->period = lf_csv_column(csv, "period_years");
    c->value = lf_csv_column(csv, "value");
    c->year = lf_csv_column(csv, "year");
    c->status = lf_csv_column(csv, "status");
    c->source = lf_csv_column(csv, "source");
    if (c->formula < 0 || c->parameter < 0 || c->period < 0 || c->value < 0 || c->year < 0 ||
        c->status < 0 || c->source < 0) {
        lf_code code = lf_fail(error, LF_FORMAT, LF_FROM_INPUT,
                               "a column is missing; needed are formula, parameter, period_years, "
                               "value, year, status, source");
        lf_error_place(error, path, 1, 0, NULL);
        return code;
    }
    return LF_OK;
}

// The names in the table, or the periods of one formula, as a list for a message.
static void list_choices(const lf_csv *csv, const lf_formula_columns *c, const char *formula,
                         char *text, size_t size) {
    text[0] = '\0';
    size_t used = 0;
    const char *last = "";
    for (int row = 0; row < lf_csv_rows(csv); row++) {
        bool mine = !formula || strcmp(lf_csv_cell(csv, row, c->formula), formula) == 0;
        const char *cell = lf_csv_cell(csv, row, formula ? c->period : c->formula);
        size_t length = strlen(cell);
        if (!mine || strcmp(cell, last) == 0 || used + length + 3 > size) {
            continue;
        }
        if (used > 0) {
            memcpy(text + used, ", ", 3);
            used += 2;
        }
        memcpy(text + used, cell, length + 1);
        used += length;
        last = cell;
    }
}

static bool has_formula(const lf_csv *csv, const lf_formula_columns *c, const char *name) {
    for (int row = 0; row < lf_csv_rows(csv); row++) {
        if (strcmp(lf_csv_cell(csv, row, c->formula), name) == 0) {
            return true;
        }
    }
    return false;
}

typedef struct lf_formula_values {
    double a, c, b, b_power, n;
} lf_formula_values;

static lf_code read_rows(const lf_csv *csv, const lf_formula_columns *c, const char *path,
                         lf_drain_formula *formula, lf_formula_values *v, lf_error *error) {
    for (int row = 0; row < lf_csv_rows(csv); row++) {
        double period = 0, value = 0, year = 0;
        if (strcmp(lf_csv_cell(csv, row, c->formula), formula->name) != 0) {
            continue;
        }
        if (!lf_text_real(lf_csv_cell(csv, row, c->period), &period) ||
            !lf_text_real(lf_csv_cell(csv, row, c->value), &value) ||
            !lf_text_real(lf_csv_cell(csv, row, c->year), &year)) {
            lf_code code = lf_fail(error, LF_TYPE, LF_FROM_INPUT,
                                   "period_years, value and year must be numbers");
            lf_error_place(error, path, lf_csv_line(csv, row), 0, NULL);
            return code;
        }
        if (period != 0 && fabs(period - formula->period_years) > 1e-9) {
            continue;
        }
        const char *parameter = lf_csv_cell(csv, row, c->parameter);
        double *place = strcmp(parameter, "A") == 0         ? &v->a
                        : strcmp(parameter, "C") == 0       ? &v->c
                        : strcmp(parameter, "b") == 0       ? &v->b
                        : strcmp(parameter, "b_power") == 0 ? &v->b_power
                        : strcmp(parameter, "n") == 0       ? &v->n
                                                            : NULL;
        if (place) {
            *place = value;
        }
        bool verified = strcmp(lf_csv_cell(csv, row, c->status), "verified") == 0;
        formula->quality = verified ? LF_TAGGED : LF_ASSUMED;
        formula->year = (int)year;
        const char *source = lf_csv_cell(csv, row, c->source);
        size_t length = strnlen(source, sizeof formula->source - 1);
        memcpy(formula->source, source, length);
        formula->source[length] = '\0';
    }
    return LF_OK;
}

static lf_code find_in(const lf_csv *csv, const char *path, const char *name, double period_years,
                       lf_drain_formula *formula, lf_error *error) {
    lf_formula_columns columns;
    lf_code code = find_columns(csv, path, &columns, error);
    if (code) {
        return code;
    }
    char choices[300];
    size_t length = strlen(name);
    static const char ZONE[] = "_central";
    if (length + sizeof ZONE <= sizeof formula->name) {
        memcpy(formula->name, name, length + 1);
        if (!has_formula(csv, &columns, formula->name)) {
            memcpy(formula->name + length, ZONE, sizeof ZONE);
        }
    }
    if (!has_formula(csv, &columns, formula->name)) {
        list_choices(csv, &columns, NULL, choices, sizeof choices);
        return lf_fail(error, LF_UNKNOWN_KEY, LF_FROM_SCENARIO,
                       "no rain formula is called \"%s\"; there are %s", name, choices);
    }
    lf_formula_values v = {NAN, 0, NAN, 0, NAN};
    formula->period_years = period_years;
    code = read_rows(csv, &columns, path, formula, &v, error);
    if (code) {
        return code;
    }
    if (isnan(v.a) || isnan(v.b) || isnan(v.n)) {
        list_choices(csv, &columns, formula->name, choices, sizeof choices);
        return lf_fail(error, LF_RANGE, LF_FROM_SCENARIO,
                       "formula %s gives no parameters for a return period of %g years; it has %s",
                       formula->name, period_years, choices);
    }
    formula->a_l_s_ha = v.a * (1 + v.c * log10(period_years));
    formula->b_min = v.b * pow(period_years, v.b_power);
    formula->n = v.n;
    if (!(formula->a_l_s_ha > 0)) {
        return lf_fail(error, LF_RANGE, LF_FROM_SCENARIO,
                       "formula %s gives no rain for a return period of %g years", formula->name,
                       period_years);
    }
    return LF_OK;
}

lf_code lf_drain_formula_find(const char *name, double period_years, lf_drain_formula *formula,
                              lf_error *error) {
    memset(formula, 0, sizeof *formula);
    if (!(period_years > 0)) {
        return lf_fail(error, LF_RANGE, LF_FROM_SCENARIO,
                       "the return period must be above 0 years");
    }
    char path[1024];
    lf_code code = lf_file_asset("storms/formulas.csv", path, sizeof path, error);
    if (code) {
        return code;
    }
    lf_csv *csv = NULL;
    code = lf_csv_read(path, &csv, error);
    if (code) {
        return code;
    }
    code = find_in(csv, path, name, period_years, formula, error);
    lf_csv_free(csv);
    return code;
}
