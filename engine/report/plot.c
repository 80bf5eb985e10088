// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// A small kit for charts as inline SVG.
#include "report/plot.h"

#include "report/markup.h"
#include "report/number.h"
#include "report/slug.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const dashes[LF_REPORT_COLOURS] = {"",    "7 3",  "2 3", "9 3 2 3",
                                                      "4 2", "12 4", "1 2"};

void lf_report_plot_begin(lf_report_plot *plot, lf_buffer *out, double width, double height,
                          const char *description) {
    *plot = (lf_report_plot){.out = out,
                             .width = width,
                             .height = height,
                             .left = 62,
                             .right = width - 118,
                             .top = 26,
                             .bottom = height - 30,
                             .x_high = 1,
                             .y_high = 1};
    lf_buffer_addf(out, "<svg class=\"chart\" viewBox=\"0 0 %.0f %.0f\" role=\"img\" aria-label=\"",
                   width, height);
    lf_report_escape(out, description);
    lf_buffer_add(out, "\">\n");
}

double lf_report_plot_px(const lf_report_plot *plot, double x) {
    return plot->left +
           (x - plot->x_low) / (plot->x_high - plot->x_low) * (plot->right - plot->left);
}

double lf_report_plot_py(const lf_report_plot *plot, double y) {
    return plot->bottom -
           (y - plot->y_low) / (plot->y_high - plot->y_low) * (plot->bottom - plot->top);
}

// The largest of 1, 2, 5 x 10^n that gives at most `steps` steps over the span.
static double round_step(double span, int steps) {
    double raw = span / steps, power = pow(10, floor(log10(raw)));
    double lead = raw / power;
    return power * (lead <= 1 ? 1 : lead <= 2 ? 2 : lead <= 5 ? 5 : 10);
}

static void grid_text(lf_report_plot *plot, double value, double step, lf_report_scale scale) {
    char number[LF_REPORT_NUMBER_SIZE];
    double shown = scale == LF_SCALE_PERCENT ? value * 100 : value;
    double unit = scale == LF_SCALE_PERCENT ? step * 100 : step;
    int decimals = unit >= 1 ? 0 : unit >= 0.1 ? 1 : unit >= 0.01 ? 2 : 3;
    lf_report_fixed(shown, decimals, true, number);
    lf_buffer_addf(plot->out,
                   "<text class=\"tick\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"end\">%s%s</text>\n",
                   plot->left - 7, lf_report_plot_py(plot, value) + 4, number,
                   scale == LF_SCALE_PERCENT ? "%" : "");
}

void lf_report_plot_y(lf_report_plot *plot, double low, double high, lf_report_scale scale,
                      const char *unit_zh, const char *unit_en) {
    if (!(high > low)) {
        high = low + 1;
    }
    double step = round_step(high - low, 5);
    plot->y_low = floor(low / step + 1e-9) * step;
    plot->y_high = ceil(high / step - 1e-9) * step;
    int count = (int)lround((plot->y_high - plot->y_low) / step);
    for (int i = 0; i <= count; i++) {
        double value = plot->y_low + i * step;
        double y = lf_report_plot_py(plot, value);
        lf_buffer_addf(plot->out, "<path class=\"%s\" d=\"M%.1f %.1fH%.1f\"/>\n",
                       fabs(value) < step / 2 ? "zero" : "grid", plot->left, y, plot->right);
        grid_text(plot, value, step, scale);
    }
    lf_buffer_addf(plot->out, "<text class=\"tick\" x=\"%.1f\" y=\"14\">", 4.0);
    lf_report_two_svg(plot->out, unit_zh, unit_en);
    lf_buffer_add(plot->out, "</text>\n");
}

static void x_tick(lf_report_plot *plot, double x, const char *text) {
    double at = lf_report_plot_px(plot, x);
    lf_buffer_addf(plot->out,
                   "<path class=\"grid\" d=\"M%.1f %.1fv4\"/><text class=\"tick\" x=\"%.1f\" "
                   "y=\"%.1f\" text-anchor=\"middle\">%s</text>\n",
                   at, plot->bottom, at, plot->bottom + 18, text);
}

void lf_report_plot_x_clock(lf_report_plot *plot, double from_s, double until_s,
                            double start_clock_s) {
    static const double steps[] = {60,   300,   600,   900,   1800,  3600,
                                   7200, 10800, 14400, 21600, 43200, 86400};
    plot->x_low = from_s;
    plot->x_high = until_s > from_s ? until_s : from_s + 1;
    double step = steps[0];
    for (size_t i = 0; i < sizeof steps / sizeof *steps && (plot->x_high - from_s) / step > 7;
         i++) {
        step = steps[i];
    }
    while ((plot->x_high - from_s) / step > 9) {
        step *= 2;
    }
    double first = ceil((from_s + start_clock_s) / step - 1e-9) * step - start_clock_s;
    for (double x = first; x <= plot->x_high + 1e-6; x += step) {
        char text[64];
        long minutes = lround((x + start_clock_s) / 60);
        if (plot->x_high - from_s > 2 * 86400.0) {
            snprintf(text, sizeof text, "d%ld %02ld:%02ld", minutes / 1440, minutes / 60 % 24,
                     minutes % 60);
        } else {
            snprintf(text, sizeof text, "%02ld:%02ld", minutes / 60 % 24, minutes % 60);
        }
        x_tick(plot, x, text);
    }
}

void lf_report_plot_x_years(lf_report_plot *plot, int first_year, int years) {
    plot->x_low = 0;
    plot->x_high = years > 0 ? years : 1;
    int step = years <= 8 ? 1 : years <= 16 ? 2 : 5;
    for (int year = step; year <= years; year += step) {
        char text[32];
        snprintf(text, sizeof text, "%d", first_year + year - 1);
        x_tick(plot, year, text);
    }
}

static void add_label(lf_report_plot *plot, double y, int colour, const char *label) {
    if (plot->label_count < LF_REPORT_LABELS) {
        int i = plot->label_count++;
        plot->labels[i].y = y;
        plot->labels[i].colour = colour;
        lf_report_cut(label, 17, plot->labels[i].text);
    }
}

void lf_report_plot_line(lf_report_plot *plot, const double *x, const float *y, int count,
                         int stride, int colour, const char *label) {
    int style = colour % LF_REPORT_COLOURS;
    double last = NAN;
    bool pen_down = false;
    lf_buffer_addf(plot->out, "<path class=\"line c%d\"", style);
    if (dashes[style][0]) {
        lf_buffer_addf(plot->out, " stroke-dasharray=\"%s\"", dashes[style]);
    }
    lf_buffer_add(plot->out, " d=\"");
    for (int i = 0; i < count; i++) {
        double value = (double)y[(size_t)i * (size_t)stride];
        if (isnan(value)) {
            pen_down = false;
            continue;
        }
        last = value;
        lf_buffer_addf(plot->out, "%c%.1f %.1f", pen_down ? 'L' : 'M',
                       lf_report_plot_px(plot, x[i]), lf_report_plot_py(plot, value));
        pen_down = true;
    }
    lf_buffer_add(plot->out, "\"/>\n");
    if (label && !isnan(last)) {
        add_label(plot, lf_report_plot_py(plot, last), style, label);
    }
}

void lf_report_plot_threshold(lf_report_plot *plot, double y, const char *zh, const char *en) {
    if (y < plot->y_low || y > plot->y_high) {
        return;
    }
    double at = lf_report_plot_py(plot, y);
    lf_buffer_addf(plot->out,
                   "<path class=\"limit\" d=\"M%.1f %.1fH%.1f\"/><text class=\"limit-text\" "
                   "x=\"%.1f\" y=\"%.1f\" text-anchor=\"end\">",
                   plot->left, at, plot->right, plot->right - 4, at - 5);
    lf_report_two_svg(plot->out, zh, en);
    lf_buffer_add(plot->out, "</text>\n");
}

void lf_report_plot_mark(lf_report_plot *plot, double x, double y, int line, const char *zh,
                         const char *en) {
    double at_x = lf_report_plot_px(plot, x), at_y = lf_report_plot_py(plot, y);
    bool late = at_x > plot->right - 30;
    lf_buffer_addf(plot->out,
                   "<circle class=\"mark\" cx=\"%.1f\" cy=\"%.1f\" r=\"5\"/><text "
                   "class=\"mark-text\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">",
                   at_x, at_y, late ? at_x - 7 : at_x + 7, at_y + 18 + 16 * line,
                   late ? "end" : "start");
    lf_report_two_svg(plot->out, zh, en);
    lf_buffer_add(plot->out, "</text>\n");
}

void lf_report_plot_bar(lf_report_plot *plot, double x, double width, double y0, double y1,
                        const char *css) {
    double left = lf_report_plot_px(plot, x - width / 2);
    double right = lf_report_plot_px(plot, x + width / 2);
    double a = lf_report_plot_py(plot, y0), b = lf_report_plot_py(plot, y1);
    lf_buffer_addf(plot->out,
                   "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>\n",
                   css, left, fmin(a, b), right - left, fabs(a - b));
}

void lf_report_plot_hang(lf_report_plot *plot, double x0, double x1, double share_ratio) {
    double left = lf_report_plot_px(plot, x0), right = lf_report_plot_px(plot, x1);
    lf_buffer_addf(
        plot->out, "<rect class=\"rain\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>\n",
        left, plot->top, fmax(right - left - 0.4, 0.6), share_ratio * (plot->bottom - plot->top));
}

void lf_report_plot_note(lf_report_plot *plot, double x, double share_ratio, const char *zh,
                         const char *en) {
    double at = lf_report_plot_px(plot, x);
    bool late = at > (plot->left + plot->right) / 2;
    lf_buffer_addf(plot->out, "<text class=\"tick\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">",
                   late ? at - 8 : at + 8, plot->top + share_ratio * (plot->bottom - plot->top),
                   late ? "end" : "start");
    lf_report_two_svg(plot->out, zh, en);
    lf_buffer_add(plot->out, "</text>\n");
}

// Labels at the right edge, pushed apart downward and then back up from the bottom.
static void write_labels(lf_report_plot *plot) {
    const double gap = 15;
    int order[LF_REPORT_LABELS];
    int count = plot->label_count;
    for (int i = 0; i < count; i++) {
        int j = i;
        for (; j > 0 && plot->labels[order[j - 1]].y > plot->labels[i].y; j--) {
            order[j] = order[j - 1];
        }
        order[j] = i;
    }
    for (int i = 1; i < count; i++) {
        double least = plot->labels[order[i - 1]].y + gap;
        plot->labels[order[i]].y = fmax(plot->labels[order[i]].y, least);
    }
    double most = plot->bottom + 2;
    for (int i = count - 1; i >= 0; i--) {
        plot->labels[order[i]].y = fmin(plot->labels[order[i]].y, most);
        most = plot->labels[order[i]].y - gap;
    }
    for (int i = 0; i < count; i++) {
        lf_buffer_addf(plot->out, "<text class=\"label t%d\" x=\"%.1f\" y=\"%.1f\">",
                       plot->labels[i].colour, plot->right + 6, plot->labels[i].y + 4);
        lf_report_escape(plot->out, plot->labels[i].text);
        lf_buffer_add(plot->out, "</text>\n");
    }
}

void lf_report_plot_end(lf_report_plot *plot) {
    write_labels(plot);
    lf_buffer_add(plot->out, "</svg>\n");
}
