// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Usage: gate ea4|ea5|ea5_10m gauges.csv FOLDER. Depths at the points of EA test 4 and 5 against
// the reference series of LISFLOOD-FP 8.0 (Shaw et al. 2021, doi 10.5281/zenodo.4066824) in FOLDER.
#include "base/csv.h"
#include "base/text.h"
#include "check.h"

#define ARRIVED_M 0.02
#define ARRIVAL_S 60.0

typedef struct table {
    int rows, columns;
    double *cells; // NaN where there is no number
} table;

static double at(const table *t, int row, int column) {
    return t->cells[row * t->columns + column];
}

// Rows of numbers; of a reference only those whose first cell is `solver`.
static table read_table(const char *path, const char *solver) {
    lf_csv *csv = NULL;
    lf_error error = {0};
    table t = {0};
    if (lf_csv_read(path, &csv, &error) != LF_OK) {
        printf("%s\n", error.message);
        return t;
    }
    const int first = solver ? 1 : 0;
    t.columns = lf_csv_columns(csv) - first;
    t.cells = calloc((size_t)lf_csv_rows(csv) * (size_t)t.columns + 1, sizeof *t.cells);
    for (int row = 0; t.cells && row < lf_csv_rows(csv); row++) {
        if (solver && strcmp(lf_csv_cell(csv, row, 0), solver) != 0)
            continue;
        for (int column = 0; column < t.columns; column++) {
            double value = NAN;
            lf_text_real(lf_csv_cell(csv, row, column + first), &value);
            t.cells[t.rows * t.columns + column] = value;
        }
        t.rows++;
    }
    lf_csv_free(csv);
    return t;
}

static double depth_m(const table *t, int point, double time_s) {
    for (int row = 1; row < t->rows; row++) {
        const double a_s = at(t, row - 1, 0), b_s = at(t, row, 0);
        if (time_s <= b_s)
            return at(t, row - 1, point) + (at(t, row, point) - at(t, row - 1, point)) *
                                               fmax(0, time_s - a_s) / (b_s - a_s);
    }
    return at(t, t->rows - 1, point);
}

static double peak_m(const table *t, int point) {
    double most = 0;
    for (int row = 0; row < t->rows; row++)
        most = fmax(most, at(t, row, point));
    return most;
}

static double arrival_s(const table *t, int point) {
    for (int row = 1; row < t->rows; row++) {
        const double a = at(t, row - 1, point), b = at(t, row, point);
        if (b > ARRIVED_M)
            return at(t, row - 1, 0) +
                   (at(t, row, 0) - at(t, row - 1, 0)) * (ARRIVED_M - a) / (b - a);
    }
    return INFINITY;
}

// RMSE over the samples with water; the front itself is judged by its arrival, which must lie
// between the last dry and the first wet sample of the reference, within ARRIVAL_S.
static void check_ea4(const table *ours, const char *folder) {
    // Peaks of the full series, from the last lines of the reference file.
    static const double peaks_m[] = {0.3251, 0.2745, 0.2275, 0.2002, 0.1800, 0.1755};
    char path[600];
    snprintf(path, sizeof path, "%s/reference_subsample.csv", folder);
    table reference = read_table(path, "dg2_5m");
    CHECK(reference.rows == 13 && reference.columns == 7 && ours->columns >= 7);
    if (lf_check_failures)
        return;
    printf("point  RMSE m   %% of peak  peak m  reference  arrival s  reference s\n");
    for (int p = 1; p <= 6; p++) {
        double sum = 0, dry_s = 0, wet_s = INFINITY;
        int count = 0;
        for (int row = 0; row < reference.rows; row++) {
            const double time_s = at(&reference, row, 0), value = at(&reference, row, p);
            if (value > ARRIVED_M) {
                const double away = depth_m(ours, p, time_s) - value;
                sum += away * away;
                count++;
                wet_s = fmin(wet_s, time_s);
            } else {
                dry_s = time_s;
            }
        }
        const double rmse_m = sqrt(sum / count), here_s = arrival_s(ours, p);
        printf("%5d  %.5f  %9.2f  %.4f  %9.4f  %9.0f  %.0f..%.0f\n", p, rmse_m,
               100 * rmse_m / peaks_m[p - 1], peak_m(ours, p), peaks_m[p - 1], here_s, dry_s,
               wet_s);
        CHECK(rmse_m <= 0.01 * peaks_m[p - 1]);
        CHECK(here_s > dry_s - ARRIVAL_S && here_s < wet_s + ARRIVAL_S);
    }
    free(reference.cells);
}

// Peaks within 5 % of DG2 at 50 m, or of ACC at 10 m: the two differ by up to 12 % themselves.
static void check_ea5(const table *ours, const char *folder, bool fine) {
    char path[600];
    snprintf(path, sizeof path, "%s/reference_peaks.csv", folder);
    table dg2 = read_table(path, "dg2_50m_peak"), acc = read_table(path, "acc_10m_peak");
    CHECK(dg2.rows == 1 && acc.rows == 1 && dg2.columns == 7 && ours->columns >= 8);
    if (lf_check_failures)
        return;
    printf("point  peak m  DG2 50 m  %%      ACC 10 m  %%\n");
    for (int p = 1; p <= 7; p++) {
        const double peak = peak_m(ours, p), expected = at(&dg2, 0, p - 1);
        const double other = at(&acc, 0, p - 1);
        printf("%5d  %.4f  %.4f   %6.2f  %.4f  %6.2f\n", p, peak, expected,
               100 * (peak / expected - 1), other, 100 * (peak / other - 1));
        const double gate = fine ? other : expected;
        CHECK(isnan(gate) || fabs(peak - gate) <= 0.05 * gate);
    }
    free(dg2.cells);
    free(acc.cells);
}

int main(int count, char **arguments) {
    if (count != 4) {
        printf("usage: gate ea4|ea5|ea5_10m gauges.csv FOLDER\n");
        return 77; // as a test by itself it has nothing to do
    }
    table ours = read_table(arguments[2], NULL);
    CHECK(ours.rows > 1);
    if (ours.rows > 1 && strcmp(arguments[1], "ea4") == 0)
        check_ea4(&ours, arguments[3]);
    else if (ours.rows > 1)
        check_ea5(&ours, arguments[3], strcmp(arguments[1], "ea5_10m") == 0);
    free(ours.cells);
    return lf_check_end();
}
