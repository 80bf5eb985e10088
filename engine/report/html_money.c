// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Charts of money: the flow of each year with the cumulative curve and its payback point, the lines
// that make it, and all options together.
#include "lifang/retro.h"
#include "report/html.h"
#include "report/number.h"
#include "report/plot.h"
#include "report/slug.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WAN 1e4 // 万元

double *lf_report_flow(const lf_money_table *money) {
    double *flow = calloc((size_t)money->year_count + 1, sizeof *flow);
    for (int year = 0; flow && year < money->year_count; year++) {
        int64_t sum = 0;
        for (int i = 0; i < money->line_count; i++) {
            bool counts = money->lines[i].group != 4 || money->avoided_counted;
            sum += counts ? money->lines[i].fen[year] : 0;
        }
        flow[year] = (double)sum / 100;
    }
    return flow;
}

// Running sums from 0 at the start: years + 1 points in 万元. malloc'd.
typedef struct curve {
    int years;
    double *flow; // of each year, yuan
    double *time; // 0 .. years
    float *sum;   // 万元
    double low, high;
    double payback_years;
} curve;

static void curve_free(curve *c) {
    free(c->flow);
    free(c->time);
    free(c->sum);
}

static bool curve_make(const lf_money_table *money, curve *c) {
    size_t years = (size_t)money->year_count;
    *c = (curve){.years = money->year_count, .flow = lf_report_flow(money)};
    c->time = calloc(years + 1, sizeof *c->time);
    c->sum = calloc(years + 1, sizeof *c->sum);
    if (!c->flow || !c->time || !c->sum) {
        curve_free(c);
        return false;
    }
    double sum = 0;
    for (int i = 0; i < c->years; i++) {
        sum += c->flow[i];
        c->time[i + 1] = i + 1;
        c->sum[i + 1] = (float)(sum / WAN);
        c->low = fmin(c->low, fmin(sum, c->flow[i]) / WAN);
        c->high = fmax(c->high, fmax(sum, c->flow[i]) / WAN);
    }
    c->payback_years = lf_retro_payback(0, c->flow, c->years);
    return true;
}

// "362 万元" and "3.62 million yuan".
static void amount_words(double wan, lf_report_sentence *words) {
    char number[LF_REPORT_NUMBER_SIZE];
    snprintf(words->zh, sizeof words->zh, "%s 万元",
             lf_report_fixed(wan, fabs(wan) < 100 ? 1 : 0, true, number));
    if (fabs(wan) >= 100) {
        snprintf(words->en, sizeof words->en, "%s million yuan",
                 lf_report_fixed(wan / 100, 2, true, number));
    } else {
        snprintf(words->en, sizeof words->en, "%s yuan",
                 lf_report_fixed(wan * WAN, 0, true, number));
    }
}

static void cash_title(const curve *c, lf_report_sentence *title) {
    char number[LF_REPORT_NUMBER_SIZE];
    lf_report_sentence end;
    amount_words((double)c->sum[c->years], &end);
    if (c->payback_years == 0) {
        snprintf(title->zh, sizeof title->zh, "累计从不为负，期末 %.60s", end.zh);
        snprintf(title->en, sizeof title->en, "Never below zero; %.60s at the end", end.en);
    } else if (isnan(c->payback_years)) {
        snprintf(title->zh, sizeof title->zh, "%d 年内不回本，期末累计 %.60s", c->years, end.zh);
        snprintf(title->en, sizeof title->en, "Does not pay back within %d years; %.60s at the end",
                 c->years, end.en);
    } else {
        lf_report_fixed(c->payback_years, 1, false, number);
        snprintf(title->zh, sizeof title->zh, "%s 年回本，期末累计 %.60s", number, end.zh);
        snprintf(title->en, sizeof title->en, "Pays back in %s years; %.60s at the end", number,
                 end.en);
    }
}

static void payback_mark(lf_report_plot *plot, const curve *c, int line, const char *name) {
    char zh[160], en[64], number[LF_REPORT_NUMBER_SIZE], cut[LF_REPORT_CUT_SIZE];
    if (isnan(c->payback_years) || c->payback_years <= 0) {
        return;
    }
    lf_report_fixed(c->payback_years, 1, false, number);
    snprintf(zh, sizeof zh, "%s%s回本 %s 年", name ? lf_report_cut(name, 12, cut) : "",
             name ? " " : "", number);
    snprintf(en, sizeof en, "payback");
    lf_report_plot_mark(plot, c->payback_years, 0, line, zh, en);
}

static void cash_chart(lf_report_page *page, const lf_money_table *money, const curve *c) {
    lf_report_sentence title,
        sub = {"柱：各年净流量；线：累计（未折现）", "Bars: flow of the year; line: cumulative, "
                                                     "not discounted"};
    cash_title(c, &title);
    lf_report_html_figure(page, "chart-box", &title, &sub);
    lf_report_plot plot;
    lf_report_plot_begin(&plot, page->out, 640, 300, title.zh);
    lf_report_plot_y(&plot, c->low, c->high, LF_SCALE_NUMBER, "万元", "10k yuan");
    lf_report_plot_x_years(&plot, money->first_year, c->years);
    for (int i = 0; i < c->years; i++) {
        lf_report_plot_bar(&plot, i + 0.5, 0.62, 0, c->flow[i] / WAN,
                           c->flow[i] >= 0 ? "gain" : "loss");
    }
    lf_report_plot_line(&plot, c->time, c->sum, c->years + 1, 1, 0, "累计 total");
    payback_mark(&plot, c, 0, NULL);
    lf_report_plot_end(&plot);
    lf_report_html_figure_end(page);
}

static double line_total_wan(const lf_money_table *money, int line) {
    int64_t sum = 0;
    for (int year = 0; year < money->year_count; year++) {
        sum += money->lines[line].fen[year];
    }
    return (double)sum / 100 / WAN;
}

static void line_bar(lf_buffer *out, const lf_money_line *line, double total, double zero,
                     double scale, double y) {
    char number[LF_REPORT_NUMBER_SIZE];
    double length = fabs(total) * scale;
    const char *css = line->group == 4 ? "gain soft" : total >= 0 ? "gain" : "loss";
    lf_buffer_addf(out, "<text x=\"4\" y=\"%.1f\">", y + 15);
    lf_report_two_svg(out, line->name_zh && line->name_zh[0] ? line->name_zh : line->name,
                      line->name);
    lf_buffer_addf(out,
                   "</text><rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"15\"/>"
                   "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>\n",
                   css, total >= 0 ? zero : zero - length, y + 3, fmax(length, 0.8),
                   total >= 0 ? zero + length + 5 : zero - length - 5, y + 15,
                   total >= 0 ? "start" : "end", lf_report_fixed(total, 1, true, number));
}

// Totals of the horizon by line, zero-based; names stand to the left of everything.
static void lines_chart(lf_report_page *page, const lf_money_table *money) {
    double gain = 0, loss = 0;
    int shown = 0;
    for (int i = 0; i < money->line_count; i++) {
        double total = line_total_wan(money, i);
        gain = fmax(gain, total);
        loss = fmax(loss, -total);
        shown += total != 0;
    }
    if (shown == 0) {
        return;
    }
    const double left = 290, right = 640 - 70, row = 22;
    double room = right - left - (loss > 0 ? 65 : 0), scale = room / (gain + loss);
    double zero = left + (loss > 0 ? 65 + loss * scale : 0), y = 8;
    lf_report_sentence title,
        sub = {"万元，正为收入，负为支出；浅色为避免的损失（非现金）",
               "10k yuan, positive = income; light: avoided damage, not cash"};
    snprintf(title.zh, sizeof title.zh, "%d 年各项合计", money->year_count);
    snprintf(title.en, sizeof title.en, "Totals by line over %d years", money->year_count);
    lf_report_html_figure(page, "chart-box", &title, &sub);
    lf_buffer_addf(
        page->out,
        "<svg class=\"chart\" viewBox=\"0 0 640 %.0f\" role=\"img\" aria-label=\"%s\">\n",
        shown * row + 16, title.zh);
    for (int i = 0; i < money->line_count; i++) {
        double total = line_total_wan(money, i);
        if (total != 0) {
            line_bar(page->out, &money->lines[i], total, zero, scale, y);
            y += row;
        }
    }
    lf_buffer_addf(page->out, "<path class=\"zero\" d=\"M%.1f 4V%.1f\"/></svg>\n", zero, y + 4);
    lf_report_html_figure_end(page);
}

void lf_report_html_option_cash(lf_report_page *page, int option) {
    const lf_money_table *money = lf_option_money(page->result->options[option]);
    curve c;
    if (!money || money->year_count == 0) {
        return;
    }
    if (!curve_make(money, &c)) {
        page->out->failed = true;
        return;
    }
    if (c.low < 0 || c.high > 0) {
        cash_chart(page, money, &c);
        lines_chart(page, money);
    }
    curve_free(&c);
}

// "方案乙 9.4 年回本；方案丙 不回本".
static void common_title(const lf_result *result, const curve *curves, lf_report_sentence *title) {
    int best = -1;
    for (int i = 0; i < result->option_count; i++) {
        bool pays = curves[i].sum && curves[i].payback_years > 0;
        if (pays && (best < 0 || curves[i].payback_years < curves[best].payback_years)) {
            best = i;
        }
    }
    if (best < 0) {
        snprintf(title->zh, sizeof title->zh, "没有方案回本");
        snprintf(title->en, sizeof title->en, "No option pays back");
        return;
    }
    char number[LF_REPORT_NUMBER_SIZE];
    const char *name = lf_option_name(result->options[best]);
    lf_report_fixed(curves[best].payback_years, 1, false, number);
    snprintf(title->zh, sizeof title->zh, "最早回本：%.150s，%s 年", name, number);
    snprintf(title->en, sizeof title->en, "First to pay back: %.150s, %s years", name, number);
}

static void common_chart(lf_report_page *page, const lf_money_table *money, const curve *curves) {
    const lf_result *result = page->result;
    lf_report_sentence title,
        sub = {"各方案累计净流量（未折现）", "Cumulative flow of all options, not discounted"};
    double low = 0, high = 0;
    int years = 0, marks = 0;
    for (int i = 0; i < result->option_count; i++) {
        low = fmin(low, curves[i].low);
        high = fmax(high, curves[i].high);
        years = curves[i].years > years ? curves[i].years : years;
    }
    if (low == 0 && high == 0) {
        return;
    }
    common_title(result, curves, &title);
    lf_report_html_figure(page, "chart-box", &title, &sub);
    lf_report_plot plot;
    lf_report_plot_begin(&plot, page->out, 640, 300, title.zh);
    lf_report_plot_y(&plot, low, high, LF_SCALE_NUMBER, "万元", "10k yuan");
    lf_report_plot_x_years(&plot, money->first_year, years);
    for (int i = 0; i < result->option_count && i < LF_REPORT_COLOURS; i++) {
        if (curves[i].sum) {
            lf_report_plot_line(&plot, curves[i].time, curves[i].sum, curves[i].years + 1, 1, i,
                                lf_option_name(result->options[i]));
            payback_mark(&plot, &curves[i], marks, lf_option_name(result->options[i]));
            marks += curves[i].payback_years > 0;
        }
    }
    lf_report_plot_end(&plot);
    lf_report_html_figure_end(page);
}

void lf_report_html_common_cash(lf_report_page *page) {
    const lf_result *result = page->result;
    const lf_money_table *first = NULL;
    curve *curves = calloc((size_t)result->option_count + 1, sizeof *curves);
    if (!curves) {
        page->out->failed = true;
        return;
    }
    for (int i = 0; i < result->option_count; i++) {
        const lf_money_table *money = lf_option_money(result->options[i]);
        if (money && money->year_count > 0) {
            page->out->failed = !curve_make(money, &curves[i]) || page->out->failed;
            first = first ? first : money;
        }
    }
    if (first && result->option_count > 1 && !page->out->failed) {
        common_chart(page, first, curves);
    }
    for (int i = 0; i < result->option_count; i++) {
        curve_free(&curves[i]);
    }
    free(curves);
}
