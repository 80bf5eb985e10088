// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Charts over time: water at the gauges against the 15 cm threshold, stalls over the day, and every
// other series of the run behind a fold.
#include "report/html.h"
#include "report/map.h"
#include "report/number.h"
#include "report/plot.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINES = 6 }; // more lines than this cannot be told apart

void lf_report_html_figure(lf_report_page *page, const char *css, const lf_report_sentence *title,
                           const lf_report_sentence *sub) {
    lf_buffer *out = page->out;
    lf_buffer_addf(out, "<figure class=\"%s\"><figcaption>", css);
    lf_report_element(out, "h4", NULL, title->zh, title->en);
    if (sub) {
        lf_report_element(out, "p", NULL, sub->zh, sub->en);
    }
    lf_buffer_add(out, "</figcaption><div class=\"scroll\">\n");
}

void lf_report_html_figure_end(lf_report_page *page) {
    lf_buffer_add(page->out, "</div></figure>\n");
}

static double at(const lf_series *series, int row, int column) {
    return (double)series->values[(size_t)row * (size_t)series->column_count + (size_t)column];
}

typedef struct peak {
    double value, time_s; // NaN, 0 where the column holds nothing
    double above_s;       // time above the limit, with the crossings interpolated
} peak;

static peak peak_of(const lf_series *series, int column, double limit) {
    peak found = {.value = NAN};
    for (int i = 0; i < series->count; i++) {
        double value = at(series, i, column);
        if (!isnan(value) && !(found.value >= value)) {
            found.value = value;
            found.time_s = series->time_s[i];
        }
        if (i == 0) {
            continue;
        }
        double before = at(series, i - 1, column), span = series->time_s[i] - series->time_s[i - 1];
        if (before > limit && value > limit) {
            found.above_s += span;
        } else if ((before > limit) != (value > limit) && !isnan(before) && !isnan(value)) {
            double high = fmax(before, value);
            found.above_s += span * (high - limit) / fabs(value - before);
        }
    }
    return found;
}

// The columns with the greatest peaks, greatest first.
static int greatest_columns(const lf_series *series, int columns[LINES]) {
    double peaks[LINES];
    int count = 0;
    for (int j = 0; j < series->column_count; j++) {
        double value = peak_of(series, j, INFINITY).value;
        int place = count;
        if (isnan(value)) {
            continue;
        }
        while (place > 0 && peaks[place - 1] < value) {
            place--;
        }
        if (place >= LINES) {
            continue;
        }
        count = count < LINES ? count + 1 : LINES;
        for (int k = count - 1; k > place; k--) {
            peaks[k] = peaks[k - 1];
            columns[k] = columns[k - 1];
        }
        peaks[place] = value;
        columns[place] = j;
    }
    return count;
}

static const char *clock_text(double time_s, double start_clock_s, char out[32]) {
    long minutes = lround((time_s + start_clock_s) / 60);
    snprintf(out, 32, "%02ld:%02ld", minutes / 60 % 24, minutes % 60);
    return out;
}

// "东门积水超过 15 cm 48 分钟，最深 32 cm".
static void gauge_title(const lf_series *series, int column, lf_report_sentence *title) {
    peak worst = peak_of(series, column, LF_REPORT_LIMIT_M);
    const char *name = series->columns[column];
    double depth_cm = worst.value * 100;
    if (worst.value > LF_REPORT_LIMIT_M) {
        snprintf(title->zh, sizeof title->zh, "%.200s：积水超过 15 cm 共 %.0f 分钟，最深 %.0f cm",
                 name, worst.above_s / 60, depth_cm);
        snprintf(title->en, sizeof title->en, "%.200s is over 15 cm for %.0f min, %.0f cm at most",
                 name, worst.above_s / 60, depth_cm);
    } else {
        snprintf(title->zh, sizeof title->zh, "各测点均未超过 15 cm；最深 %.0f cm（%.200s）",
                 depth_cm, name);
        snprintf(title->en, sizeof title->en, "No gauge is over 15 cm; %.0f cm at most (%.200s)",
                 depth_cm, name);
    }
}

static void gauge_chart(lf_report_page *page, const lf_series *series) {
    int columns[LINES];
    int count = greatest_columns(series, columns);
    lf_report_sentence title, sub;
    if (count == 0 || series->count < 2) {
        return;
    }
    gauge_title(series, columns[0], &title);
    snprintf(sub.zh, sizeof sub.zh, "测点水深，%d 个测点中最深的 %d 个", series->column_count,
             count);
    snprintf(sub.en, sizeof sub.en, "Depth at gauges, the deepest %d of %d", count,
             series->column_count);
    lf_report_html_figure(page, "chart-box", &title, &sub);
    lf_report_plot plot;
    double top = fmax(peak_of(series, columns[0], INFINITY).value, LF_REPORT_LIMIT_M * 1.3);
    lf_report_plot_begin(&plot, page->out, 640, 300, title.zh);
    lf_report_plot_y(&plot, 0, top, LF_SCALE_NUMBER, "水深 m", "depth");
    lf_report_plot_x_clock(&plot, series->time_s[0], series->time_s[series->count - 1],
                           page->result->start_clock_s);
    for (int i = 0; i < count; i++) {
        lf_report_plot_line(&plot, series->time_s, series->values + columns[i], series->count,
                            series->column_count, i, series->columns[columns[i]]);
    }
    lf_report_plot_threshold(&plot, LF_REPORT_LIMIT_M, "15 cm：车辆可能熄火", "cars may stall");
    lf_report_plot_end(&plot);
    lf_report_html_figure_end(page);
}

static int column_named(const lf_series *series, const char *name) {
    for (int j = 0; j < series->column_count; j++) {
        if (strcmp(series->columns[j], name) == 0) {
            return j;
        }
    }
    return -1;
}

// What the parking module calls its columns, as people call them.
static const char *const parking_names[][2] = {
    {"total", "停放 parked"}, {"searching", "寻位 searching"}, {"illegal", "违停 illegal"}};

// "21:40 最满：1,180 辆，占 95%". column holds the parked cars.
static void occupancy_title(lf_report_page *page, const lf_option_result *option,
                            const lf_series *series, int column, lf_report_sentence *title) {
    peak top = peak_of(series, column, INFINITY);
    const lf_figure *stalls = lf_option_figure(option, "park.stalls");
    char clock[32], number[LF_REPORT_NUMBER_SIZE];
    clock_text(top.time_s, page->result->start_clock_s, clock);
    lf_report_fixed(top.value, 0, true, number);
    snprintf(title->zh, sizeof title->zh, "%s 停车最满：%s 辆", clock, number);
    snprintf(title->en, sizeof title->en, "Fullest at %s: %s cars", clock, number);
    if (stalls && stalls->value > 0) {
        size_t zh = strlen(title->zh), en = strlen(title->en);
        double share = top.value / stalls->value * 100;
        snprintf(title->zh + zh, sizeof title->zh - zh, "，占车位 %.0f%%", share);
        snprintf(title->en + en, sizeof title->en - en, ", %.0f%% of the stalls", share);
    }
}

static void stalls_threshold(lf_report_plot *plot, const lf_option_result *option) {
    const lf_figure *stalls = lf_option_figure(option, "park.stalls");
    char zh[64], number[LF_REPORT_NUMBER_SIZE];
    if (stalls && stalls->value > 0) {
        snprintf(zh, sizeof zh, "车位 %s 个", lf_report_fixed(stalls->value, 0, true, number));
        lf_report_plot_threshold(plot, stalls->value, zh, "stalls");
    }
}

static double stalls_or(const lf_option_result *option, double least) {
    const lf_figure *stalls = lf_option_figure(option, "park.stalls");
    return stalls && stalls->value > least ? stalls->value : least;
}

static void occupancy_chart(lf_report_page *page, const lf_option_result *option,
                            const lf_series *series) {
    int total = column_named(series, "total");
    lf_report_sentence title, sub = {"停放、寻位与违停的车辆", "Cars parked, searching, illegal"};
    if (total < 0 || series->count < 2) {
        return;
    }
    occupancy_title(page, option, series, total, &title);
    lf_report_html_figure(page, "chart-box", &title, &sub);
    lf_report_plot plot;
    double most = stalls_or(option, peak_of(series, total, INFINITY).value);
    lf_report_plot_begin(&plot, page->out, 640, 300, title.zh);
    lf_report_plot_y(&plot, 0, most * 1.02, LF_SCALE_NUMBER, "辆", "cars");
    lf_report_plot_x_clock(&plot, series->time_s[0], series->time_s[series->count - 1],
                           page->result->start_clock_s);
    for (int i = 0; i < 3; i++) {
        int column = column_named(series, parking_names[i][0]);
        if (column >= 0) {
            lf_report_plot_line(&plot, series->time_s, series->values + column, series->count,
                                series->column_count, i, parking_names[i][1]);
        }
    }
    stalls_threshold(&plot, option);
    lf_report_plot_end(&plot);
    lf_report_html_figure_end(page);
}

static void plain_chart(lf_report_page *page, const lf_series *series) {
    int columns[LINES];
    int count = greatest_columns(series, columns);
    lf_report_sentence title, sub;
    double low = 0, high = 0;
    if (count == 0 || series->count < 2) {
        return;
    }
    snprintf(title.zh, sizeof title.zh, "%.200s.csv", series->name);
    snprintf(title.en, sizeof title.en, " ");
    snprintf(sub.zh, sizeof sub.zh, "%d 列中最大的 %d 列", series->column_count, count);
    snprintf(sub.en, sizeof sub.en, "the greatest %d of %d columns", count, series->column_count);
    for (int i = 0; i < series->count; i++) {
        for (int j = 0; j < count; j++) {
            low = fmin(low, at(series, i, columns[j])); // fmin passes over NaN
            high = fmax(high, at(series, i, columns[j]));
        }
    }
    lf_report_html_figure(page, "chart-box", &title, &sub);
    lf_report_plot plot;
    lf_report_plot_begin(&plot, page->out, 640, 260, title.zh);
    lf_report_plot_y(&plot, low, high, LF_SCALE_NUMBER, "", "");
    lf_report_plot_x_clock(&plot, series->time_s[0], series->time_s[series->count - 1],
                           page->result->start_clock_s);
    for (int i = 0; i < count; i++) {
        lf_report_plot_line(&plot, series->time_s, series->values + columns[i], series->count,
                            series->column_count, i, series->columns[columns[i]]);
    }
    lf_report_plot_end(&plot);
    lf_report_html_figure_end(page);
}

static bool is_named(const lf_series *series, const char *name) {
    return strcmp(series->name, name) == 0;
}

void lf_report_html_option_charts(lf_report_page *page, int option) {
    const lf_option_result *mine = page->result->options[option];
    int others = 0;
    lf_buffer_add(page->out, "<div class=\"grid2\">\n");
    for (int i = 0; i < lf_option_series_count(mine); i++) {
        const lf_series *series = lf_option_series_at(mine, i);
        if (is_named(series, "gauges")) {
            gauge_chart(page, series);
        } else if (is_named(series, "occupancy")) {
            occupancy_chart(page, mine, series);
        } else {
            others++;
        }
    }
    lf_report_html_option_cash(page, option);
    lf_buffer_add(page->out, "</div>\n");
    if (others == 0) {
        return;
    }
    lf_buffer_add(page->out, "<details><summary>");
    lf_report_two(page->out, "其他过程线", "Other series");
    lf_buffer_add(page->out, "</summary><div class=\"grid2\">\n");
    for (int i = 0; i < lf_option_series_count(mine); i++) {
        const lf_series *series = lf_option_series_at(mine, i);
        if (!is_named(series, "gauges") && !is_named(series, "occupancy")) {
            plain_chart(page, series);
        }
    }
    lf_buffer_add(page->out, "</div></details>\n");
}

// One column of the first option's series, drawn for all options that have it.
static void common_lines(lf_report_page *page, const char *name, const char *column, double top,
                         bool water, const char *description) {
    const lf_result *result = page->result;
    const lf_series *base = lf_option_series(result->options[0], name);
    lf_report_plot plot;
    lf_report_plot_begin(&plot, page->out, 640, 300, description);
    lf_report_plot_y(&plot, 0, top, LF_SCALE_NUMBER, water ? "水深 m" : "辆",
                     water ? "depth" : "cars");
    lf_report_plot_x_clock(&plot, base->time_s[0], base->time_s[base->count - 1],
                           result->start_clock_s);
    for (int i = 0; i < result->option_count && i < LF_REPORT_COLOURS; i++) {
        const lf_series *series = lf_option_series(result->options[i], name);
        int j = series ? column_named(series, column) : -1;
        if (j >= 0) {
            lf_report_plot_line(&plot, series->time_s, series->values + j, series->count,
                                series->column_count, i, lf_option_name(result->options[i]));
        }
    }
    if (water) {
        lf_report_plot_threshold(&plot, LF_REPORT_LIMIT_M, "15 cm：车辆可能熄火", "cars may stall");
    }
    lf_report_plot_end(&plot);
}

static double common_top(const lf_result *result, const char *name, const char *column) {
    double top = 0;
    for (int i = 0; i < result->option_count; i++) {
        const lf_series *series = lf_option_series(result->options[i], name);
        int j = series ? column_named(series, column) : -1;
        top = j >= 0 ? fmax(top, peak_of(series, j, INFINITY).value) : top;
    }
    return top;
}

static void common_water(lf_report_page *page) {
    const lf_series *base = lf_option_series(page->result->options[0], "gauges");
    int columns[LINES];
    if (!base || base->count < 2 || greatest_columns(base, columns) == 0) {
        return;
    }
    const char *column = base->columns[columns[0]];
    lf_report_sentence title, sub;
    gauge_title(base, columns[0], &title);
    snprintf(sub.zh, sizeof sub.zh, "各方案同一测点（%.120s）；标题为第一个方案", column);
    snprintf(sub.en, sizeof sub.en, "The same gauge (%.120s) in all options; title: the first",
             column);
    lf_report_html_figure(page, "chart-box", &title, &sub);
    double top = fmax(common_top(page->result, "gauges", column), LF_REPORT_LIMIT_M * 1.3);
    common_lines(page, "gauges", column, top, true, title.zh);
    lf_report_html_figure_end(page);
}

static void common_parking(lf_report_page *page) {
    const lf_option_result *first = page->result->options[0];
    const lf_series *base = lf_option_series(first, "occupancy");
    int total = base ? column_named(base, "total") : -1;
    lf_report_sentence title,
        sub = {"各方案停放车辆；标题为第一个方案", "Cars parked in all options; title: the first"};
    if (total < 0 || base->count < 2) {
        return;
    }
    occupancy_title(page, first, base, total, &title);
    lf_report_html_figure(page, "chart-box", &title, &sub);
    common_lines(page, "occupancy", "total", common_top(page->result, "occupancy", "total"), false,
                 title.zh);
    lf_report_html_figure_end(page);
}

void lf_report_html_common_charts(lf_report_page *page) {
    if (page->result->option_count > 1) {
        common_water(page);
        common_parking(page);
    }
}
