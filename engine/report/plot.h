// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// A small kit for charts as inline SVG: thin grids, thresholds with their name, lines labelled at
// their end, zero-based bars. Colours are CSS classes c0..c6 of the page; each line also has its
// own dash, so that a grey print can be read.
#ifndef LF_REPORT_PLOT_H
#define LF_REPORT_PLOT_H

#include "report/parts.h"

enum { LF_REPORT_COLOURS = 7, LF_REPORT_LABELS = 12 };

typedef enum lf_report_scale { LF_SCALE_NUMBER, LF_SCALE_PERCENT } lf_report_scale;

typedef struct lf_report_plot {
    lf_buffer *out;
    double width, height;            // of the view box, px
    double left, right, top, bottom; // edges of the plot area, px
    double x_low, x_high, y_low, y_high;
    int label_count; // labels wait until the end, when they are moved apart
    struct {
        double y;
        int colour;
        char text[96];
    } labels[LF_REPORT_LABELS];
} lf_report_plot;

// Opens the svg. description is read out to those who cannot see it.
void lf_report_plot_begin(lf_report_plot *plot, lf_buffer *out, double width, double height,
                          const char *description);
// Chooses round limits that hold low..high, draws grid and numbers; unit stands on top.
void lf_report_plot_y(lf_report_plot *plot, double low, double high, lf_report_scale scale,
                      const char *unit_zh, const char *unit_en);
// Time of day from seconds; runs longer than two days count days.
void lf_report_plot_x_clock(lf_report_plot *plot, double from_s, double until_s,
                            double start_clock_s);
// Ends of years 0 .. years, named by the calendar year that ends there.
void lf_report_plot_x_years(lf_report_plot *plot, int first_year, int years);
double lf_report_plot_px(const lf_report_plot *plot, double x);
double lf_report_plot_py(const lf_report_plot *plot, double y);
// A line through (x[i], y[i * stride]); NaN breaks it. label NULL = none.
void lf_report_plot_line(lf_report_plot *plot, const double *x, const float *y, int count,
                         int stride, int colour, const char *label);
// A horizontal line with its name.
void lf_report_plot_threshold(lf_report_plot *plot, double y, const char *zh, const char *en);
// A dot with a text below it; `line` counts texts that stand below one another.
void lf_report_plot_mark(lf_report_plot *plot, double x, double y, int line, const char *zh,
                         const char *en);
// A vertical bar from y0 to y1, centred on x, width in x units.
void lf_report_plot_bar(lf_report_plot *plot, double x, double width, double y0, double y1,
                        const char *css);
// A bar that hangs from the top edge between two x, down by a share of the height.
void lf_report_plot_hang(lf_report_plot *plot, double x0, double x1, double share_ratio);
// A quiet text at x, a share of the height below the top.
void lf_report_plot_note(lf_report_plot *plot, double x, double share_ratio, const char *zh,
                         const char *en);
void lf_report_plot_end(lf_report_plot *plot);

#endif
