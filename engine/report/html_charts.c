// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Charts over time: parked, searching and illegal cars over the day, and every other series of the
// run behind a fold. Water has html_water.c, money html_money.c.
#include "report/html.h"
#include "report/number.h"
#include "report/plot.h"
#include "report/trace.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

// What the parking module calls its columns, as people call them.
static const char *const parking_names[][2] = {
    {"total", "停放 parked"}, {"searching", "寻位 searching"}, {"illegal", "违停 illegal"}};

// "21:40 停车最满：1,180 辆，占车位 95%". column holds the parked cars.
static void occupancy_title(lf_report_page *page, const lf_option_result *option,
                            const lf_series *series, int column, lf_report_sentence *title) {
    lf_report_peak top = lf_report_trace_peak(series, column, INFINITY);
    const lf_figure *stalls = lf_option_figure(option, "park.stalls");
    char clock[32], number[LF_REPORT_NUMBER_SIZE];
    lf_report_trace_clock(top.time_s, page->result->start_clock_s, clock);
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

static void begin(lf_report_plot *plot, lf_report_page *page, const lf_series *series, double low,
                  double high, const char *unit_zh, const char *unit_en, const char *description) {
    lf_report_plot_begin(plot, page->out, 640, 300, description);
    lf_report_plot_y(plot, low, high, LF_SCALE_NUMBER, unit_zh, unit_en);
    lf_report_plot_x_clock(plot, series->time_s[0], series->time_s[series->count - 1],
                           page->result->start_clock_s);
}

static void line(lf_report_plot *plot, const lf_series *series, int column, int colour,
                 const char *label) {
    lf_report_plot_line(plot, series->time_s, series->values + column, series->count,
                        series->column_count, colour, label);
}

static void occupancy_chart(lf_report_page *page, const lf_option_result *option) {
    const lf_series *series = lf_option_series(option, "occupancy");
    const lf_figure *stalls = lf_option_figure(option, "park.stalls");
    int total = series ? lf_report_trace_column(series, "total") : -1;
    lf_report_sentence title, sub = {"停放、寻位与违停的车辆", "Cars parked, searching, illegal"};
    if (total < 0 || series->count < 2) {
        return;
    }
    double capacity = stalls && stalls->value > 0 ? stalls->value : 0;
    double most = fmax(capacity, lf_report_trace_peak(series, total, INFINITY).value);
    occupancy_title(page, option, series, total, &title);
    lf_report_html_figure(page, "chart-box", &title, &sub);
    lf_report_plot plot;
    begin(&plot, page, series, 0, most * 1.02, "辆", "cars", title.zh);
    for (int i = 0; i < 3; i++) {
        int column = lf_report_trace_column(series, parking_names[i][0]);
        if (column >= 0) {
            line(&plot, series, column, i, parking_names[i][1]);
        }
    }
    if (capacity > 0) {
        char zh[96], number[LF_REPORT_NUMBER_SIZE];
        snprintf(zh, sizeof zh, "车位 %s 个", lf_report_fixed(capacity, 0, true, number));
        lf_report_plot_threshold(&plot, capacity, zh, "stalls");
    }
    lf_report_plot_end(&plot);
    lf_report_html_figure_end(page);
}

// Any other series: its greatest columns on one scale.
static void plain_chart(lf_report_page *page, const lf_series *series) {
    int columns[LF_REPORT_LINES];
    int count = lf_report_trace_greatest(series, "", columns);
    lf_report_sentence title, sub;
    double low = 0, high = 0;
    if (count == 0 || series->count < 2) {
        return;
    }
    snprintf(title.zh, sizeof title.zh, "%.200s.csv", series->name);
    snprintf(title.en, sizeof title.en, "%.200s.csv", series->name);
    snprintf(sub.zh, sizeof sub.zh, "%d 列中最大的 %d 列", series->column_count, count);
    snprintf(sub.en, sizeof sub.en, "the greatest %d of %d columns", count, series->column_count);
    for (int i = 0; i < series->count; i++) {
        for (int j = 0; j < count; j++) {
            low = fmin(low, lf_report_trace_at(series, i, columns[j])); // passes over NaN
            high = fmax(high, lf_report_trace_at(series, i, columns[j]));
        }
    }
    lf_report_html_figure(page, "chart-box", &title, &sub);
    lf_report_plot plot;
    begin(&plot, page, series, low, high, "", "", title.zh);
    for (int i = 0; i < count; i++) {
        line(&plot, series, columns[i], i, series->columns[columns[i]]);
    }
    lf_report_plot_end(&plot);
    lf_report_html_figure_end(page);
}

static bool has_own_chart(const lf_series *series) {
    return strcmp(series->name, "drain") == 0 || strcmp(series->name, "occupancy") == 0;
}

void lf_report_html_option_charts(lf_report_page *page, int option) {
    const lf_option_result *mine = page->result->options[option];
    int others = 0;
    lf_buffer_add(page->out, "<div class=\"grid2\">\n");
    lf_report_html_option_water(page, option);
    occupancy_chart(page, mine);
    lf_report_html_option_cash(page, option);
    lf_buffer_add(page->out, "</div>\n");
    for (int i = 0; i < lf_option_series_count(mine); i++) {
        others += !has_own_chart(lf_option_series_at(mine, i));
    }
    if (others == 0) {
        return;
    }
    lf_buffer_add(page->out, "<details><summary>");
    lf_report_two(page->out, "全部过程线", "All series");
    lf_buffer_add(page->out, "</summary><div class=\"grid2\">\n");
    for (int i = 0; i < lf_option_series_count(mine); i++) {
        if (!has_own_chart(lf_option_series_at(mine, i))) {
            plain_chart(page, lf_option_series_at(mine, i));
        }
    }
    lf_buffer_add(page->out, "</div></details>\n");
}

static void common_parking(lf_report_page *page) {
    const lf_result *result = page->result;
    const lf_series *base = lf_option_series(result->options[0], "occupancy");
    int total = base ? lf_report_trace_column(base, "total") : -1;
    double top = 0;
    lf_report_sentence title,
        sub = {"各方案停放车辆；标题为第一个方案", "Cars parked in all options; title: the first"};
    if (total < 0 || base->count < 2) {
        return;
    }
    for (int i = 0; i < result->option_count; i++) {
        const lf_series *series = lf_option_series(result->options[i], "occupancy");
        int j = series ? lf_report_trace_column(series, "total") : -1;
        top = j >= 0 ? fmax(top, lf_report_trace_peak(series, j, INFINITY).value) : top;
    }
    occupancy_title(page, result->options[0], base, total, &title);
    lf_report_html_figure(page, "chart-box", &title, &sub);
    lf_report_plot plot;
    begin(&plot, page, base, 0, top, "辆", "cars", title.zh);
    for (int i = 0; i < result->option_count && i < LF_REPORT_COLOURS; i++) {
        const lf_series *series = lf_option_series(result->options[i], "occupancy");
        int j = series ? lf_report_trace_column(series, "total") : -1;
        if (j >= 0) {
            line(&plot, series, j, i, lf_option_name(result->options[i]));
        }
    }
    lf_report_plot_end(&plot);
    lf_report_html_figure_end(page);
}

void lf_report_html_common_charts(lf_report_page *page) {
    if (page->result->option_count > 1) {
        lf_report_html_common_water(page);
        common_parking(page);
    }
}
