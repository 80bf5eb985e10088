// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Charts of water: depth at the gauges against the 15 cm threshold, flooded area, and the rain that
// hangs from the top of both, as hydrologists draw it.
#include "report/html.h"
#include "report/map.h"
#include "report/number.h"
#include "report/plot.h"
#include "report/slug.h"
#include "report/trace.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DEPTH "_depth_m" // the drain module ends the columns of depth gauges so

// "东门" of "东门_depth_m".
static const char *gauge_name(const char *column, char out[LF_REPORT_CUT_SIZE]) {
    size_t length = strlen(column), tail = strlen(DEPTH);
    size_t keep =
        length > tail && strcmp(column + length - tail, DEPTH) == 0 ? length - tail : length;
    char name[256];
    snprintf(name, sizeof name, "%.*s", (int)(keep < 255 ? keep : 255), column);
    return lf_report_cut(name, 40, out);
}

// "东门：积水超过 15 cm 共 48 分钟，最深 32 cm".
static void gauge_title(const lf_series *series, int column, lf_report_sentence *title) {
    lf_report_peak worst = lf_report_trace_peak(series, column, LF_REPORT_LIMIT_M);
    char name[LF_REPORT_CUT_SIZE];
    double depth_cm = worst.value * 100;
    gauge_name(series->columns[column], name);
    if (worst.value > LF_REPORT_LIMIT_M) {
        snprintf(title->zh, sizeof title->zh, "%s：积水超过 15 cm 共 %.0f 分钟，最深 %.0f cm", name,
                 worst.above_s / 60, depth_cm);
        snprintf(title->en, sizeof title->en, "%s is over 15 cm for %.0f min, %.0f cm at most",
                 name, worst.above_s / 60, depth_cm);
    } else {
        snprintf(title->zh, sizeof title->zh, "各测点均未超过 15 cm；最深 %.0f cm（%s）", depth_cm,
                 name);
        snprintf(title->en, sizeof title->en, "No gauge is over 15 cm; %.0f cm at most (%s)",
                 depth_cm, name);
    }
}

// Bars from the top down to a quarter of the height, with the greatest intensity named.
static void rain(lf_report_plot *plot, const lf_option_result *option) {
    const lf_series *drain = lf_option_series(option, "drain");
    int column = drain ? lf_report_trace_column(drain, "rain_mm_h") : -1;
    if (column < 0 || drain->count < 2) {
        return;
    }
    lf_report_peak peak = lf_report_trace_peak(drain, column, INFINITY);
    if (!(peak.value > 0)) {
        return;
    }
    for (int i = 1; i < drain->count; i++) {
        double value = lf_report_trace_at(drain, i, column);
        if (value > 0) {
            lf_report_plot_hang(plot, drain->time_s[i - 1], drain->time_s[i],
                                0.25 * value / peak.value);
        }
    }
    char zh[64];
    snprintf(zh, sizeof zh, "雨强最大 %.0f mm/h", peak.value);
    lf_report_plot_note(plot, peak.time_s, 0.25, zh, "peak rain");
}

static void depth_threshold(lf_report_plot *plot) {
    lf_report_plot_threshold(plot, LF_REPORT_LIMIT_M, "15 cm：车辆可能熄火", "cars may stall");
}

static void begin(lf_report_plot *plot, lf_report_page *page, const lf_series *series, double top,
                  const char *unit_zh, const char *unit_en, const char *description) {
    lf_report_plot_begin(plot, page->out, 640, 300, description);
    lf_report_plot_y(plot, 0, top, LF_SCALE_NUMBER, unit_zh, unit_en);
    lf_report_plot_x_clock(plot, series->time_s[0], series->time_s[series->count - 1],
                           page->result->start_clock_s);
}

static void gauge_chart(lf_report_page *page, const lf_option_result *option) {
    const lf_series *series = lf_option_series(option, "gauges");
    int columns[LF_REPORT_LINES];
    int count = series ? lf_report_trace_greatest(series, DEPTH, columns) : 0;
    lf_report_sentence title, sub;
    if (count == 0 || series->count < 2) {
        return;
    }
    gauge_title(series, columns[0], &title);
    snprintf(sub.zh, sizeof sub.zh, "测点水深（最深的 %d 个）", count);
    snprintf(sub.en, sizeof sub.en, "Depth at gauges (the deepest %d)", count);
    lf_report_html_figure(page, "chart-box", &title, &sub);
    lf_report_plot plot;
    double peak = lf_report_trace_peak(series, columns[0], INFINITY).value;
    begin(&plot, page, series, fmax(peak, LF_REPORT_LIMIT_M) * 1.45, "水深 m", "depth", title.zh);
    rain(&plot, option);
    for (int i = 0; i < count; i++) {
        char name[LF_REPORT_CUT_SIZE];
        lf_report_plot_line(&plot, series->time_s, series->values + columns[i], series->count,
                            series->column_count, i, gauge_name(series->columns[columns[i]], name));
    }
    depth_threshold(&plot);
    lf_report_plot_end(&plot);
    lf_report_html_figure_end(page);
}

static void area_chart(lf_report_page *page, const lf_option_result *option) {
    const lf_series *series = lf_option_series(option, "drain");
    int column = series ? lf_report_trace_column(series, "flooded_area_m2") : -1;
    lf_report_sentence title, sub = {"水深超过 15 cm 的面积", "Area deeper than 15 cm"};
    if (column < 0 || series->count < 2) {
        return;
    }
    lf_report_peak peak = lf_report_trace_peak(series, column, INFINITY);
    char number[LF_REPORT_NUMBER_SIZE], clock[32];
    lf_report_trace_clock(peak.time_s, page->result->start_clock_s, clock);
    lf_report_fixed(peak.value, 0, true, number);
    if (peak.value > 0) {
        snprintf(title.zh, sizeof title.zh, "%s 积水面积最大：%s m²", clock, number);
        snprintf(title.en, sizeof title.en, "Flooded area is greatest at %s: %s m²", clock, number);
    } else {
        snprintf(title.zh, sizeof title.zh, "没有地方超过 15 cm");
        snprintf(title.en, sizeof title.en, "No place is deeper than 15 cm");
    }
    lf_report_html_figure(page, "chart-box", &title, &sub);
    lf_report_plot plot;
    begin(&plot, page, series, fmax(peak.value, 10) * 1.45, "面积 m²", "area", title.zh);
    rain(&plot, option);
    lf_report_plot_line(&plot, series->time_s, series->values + column, series->count,
                        series->column_count, 0, "积水 flooded");
    lf_report_plot_end(&plot);
    lf_report_html_figure_end(page);
}

void lf_report_html_option_water(lf_report_page *page, int option) {
    gauge_chart(page, page->result->options[option]);
    area_chart(page, page->result->options[option]);
}

static double common_top(const lf_result *result, const char *name, const char *column) {
    double top = 0;
    for (int i = 0; i < result->option_count; i++) {
        const lf_series *series = lf_option_series(result->options[i], name);
        int j = series ? lf_report_trace_column(series, column) : -1;
        top = j >= 0 ? fmax(top, lf_report_trace_peak(series, j, INFINITY).value) : top;
    }
    return top;
}

// The gauge that is worst in the first option; without gauges the flooded area.
void lf_report_html_common_water(lf_report_page *page) {
    const lf_result *result = page->result;
    const char *name = "gauges";
    const lf_series *base = lf_option_series(result->options[0], name);
    int columns[LF_REPORT_LINES];
    bool gauges = base && base->count > 1 && lf_report_trace_greatest(base, DEPTH, columns) > 0;
    lf_report_sentence title, sub;
    if (gauges) {
        char cut[LF_REPORT_CUT_SIZE];
        gauge_title(base, columns[0], &title);
        gauge_name(base->columns[columns[0]], cut);
        snprintf(sub.zh, sizeof sub.zh, "各方案同一测点（%s）；标题为第一个方案", cut);
        snprintf(sub.en, sizeof sub.en, "The same gauge (%s) in all options; title: the first",
                 cut);
    } else {
        name = "drain";
        base = lf_option_series(result->options[0], name);
        columns[0] = base ? lf_report_trace_column(base, "flooded_area_m2") : -1;
        if (!base || base->count < 2 || columns[0] < 0) {
            return;
        }
        title = (lf_report_sentence){"各方案积水面积", "Flooded area of all options"};
        sub = (lf_report_sentence){"水深超过 15 cm 的面积", "Area deeper than 15 cm"};
    }
    const char *column = base->columns[columns[0]];
    double top = common_top(result, name, column);
    lf_report_html_figure(page, "chart-box", &title, &sub);
    lf_report_plot plot;
    begin(&plot, page, base, fmax(top, gauges ? LF_REPORT_LIMIT_M : 10) * 1.45,
          gauges ? "水深 m" : "面积 m²", gauges ? "depth" : "area", title.zh);
    rain(&plot, result->options[0]);
    for (int i = 0; i < result->option_count && i < LF_REPORT_COLOURS; i++) {
        const lf_series *series = lf_option_series(result->options[i], name);
        int j = series ? lf_report_trace_column(series, column) : -1;
        if (j >= 0) {
            lf_report_plot_line(&plot, series->time_s, series->values + j, series->count,
                                series->column_count, i, lf_option_name(result->options[i]));
        }
    }
    if (gauges) {
        depth_threshold(&plot);
    }
    lf_report_plot_end(&plot);
    lf_report_html_figure_end(page);
}
