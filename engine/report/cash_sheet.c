// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// One option's cash flow as a sheet in which every sum, rate and payback is a formula. The values
// that the formulas give are stored with them, so that readers that do not calculate show them too.
#include "report/book.h"

#include "lifang/retro.h"
#include "report/number.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_ZH, NAME_EN, PARTY, FIRST_YEAR }; // columns
enum { GROUP_COUNT = 5, AVOIDED = 4, CELL_SIZE = 24, FORMULA_SIZE = 640 };

static const char *const group_names[GROUP_COUNT][2] = {
    {"工程投资", "Capital expenditure"},
    {"运营维护", "Operation and maintenance"},
    {"收入", "Revenue"},
    {"补助", "Grants"},
    {"避免的损失（非现金）", "Avoided damage (not cash)"},
};

typedef struct pen {
    lf_report_book *book;
    lxw_worksheet *sheet;
    const lf_money_table *money;
    lf_report_cash_sheet *out;
    int row;
    int total_column;
    int subtotal_row[GROUP_COUNT]; // 0 = the group has no lines
    int net_row, flow_row, cumulative_row, factor_row, present_row, present_sum_row;
    int payback_row, payback_discounted_row;
    double *net, *flow, *cumulative, *present, *present_sum; // year_count each, yuan
} pen;

static const char *cell(char out[CELL_SIZE], int row, int column) {
    lxw_rowcol_to_cell(out, (lxw_row_t)row, (lxw_col_t)column);
    return out;
}

static void span(char out[2 * CELL_SIZE], int row0, int column0, int row1, int column1) {
    char a[CELL_SIZE], b[CELL_SIZE];
    snprintf(out, 2 * CELL_SIZE, "%s:%s", cell(a, row0, column0), cell(b, row1, column1));
}

static void text(pen *p, int row, int column, const char *words, lxw_format *format) {
    worksheet_write_string(p->sheet, (lxw_row_t)row, (lxw_col_t)column, words, format);
}

static void formula(pen *p, int row, int column, const char *words, lxw_format *format,
                    double value) {
    if (isfinite(value)) {
        worksheet_write_formula_num(p->sheet, (lxw_row_t)row, (lxw_col_t)column, words, format,
                                    value);
    } else {
        worksheet_write_formula_str(p->sheet, (lxw_row_t)row, (lxw_col_t)column, words, format,
                                    "—");
    }
}

static double yuan(int64_t fen) {
    return (double)fen / 100;
}

static void write_head(pen *p) {
    const lf_report_formats *f = &p->book->formats;
    char words[64];
    text(p, 0, NAME_ZH, lf_option_name(p->book->result->options[p->out - p->book->options]),
         f->title);
    text(p, 1, NAME_ZH,
         "单位：元；收入为正，支出为负；各年现金流记在年末。 Yuan; income positive, spending "
         "negative; flows at the end of their year.",
         f->note);
    text(p, 3, NAME_ZH, "项目", f->head);
    text(p, 3, NAME_EN, "Line", f->head);
    text(p, 3, PARTY, "归属 Party", f->head);
    for (int year = 0; year < p->money->year_count; year++) {
        worksheet_write_number(p->sheet, 3, (lxw_col_t)(FIRST_YEAR + year),
                               p->money->first_year + year, f->year);
        snprintf(words, sizeof words, "第%d年", year + 1);
        text(p, 4, FIRST_YEAR + year, words, f->note);
    }
    text(p, 3, p->total_column, "合计 Total", f->head);
    worksheet_set_column(p->sheet, NAME_ZH, NAME_EN, 26, NULL);
    worksheet_set_column(p->sheet, PARTY, PARTY, 14, NULL);
    worksheet_set_column(p->sheet, FIRST_YEAR, (lxw_col_t)p->total_column, 14, NULL);
    worksheet_freeze_panes(p->sheet, 4, FIRST_YEAR);
    p->row = 5;
}

// The sum over the years of a row, in the last column.
static void row_total(pen *p, int row, lxw_format *format, double value) {
    char range[2 * CELL_SIZE], words[FORMULA_SIZE];
    span(range, row, FIRST_YEAR, row, p->total_column - 1);
    snprintf(words, sizeof words, "=SUM(%s)", range);
    formula(p, row, p->total_column, words, format, value);
}

static void write_line(pen *p, const lf_money_line *line) {
    const lf_report_formats *f = &p->book->formats;
    double total = 0;
    text(p, p->row, NAME_ZH, line->name_zh && line->name_zh[0] ? line->name_zh : line->name,
         f->text);
    text(p, p->row, NAME_EN, line->name, f->text);
    text(p, p->row, PARTY, line->party ? line->party : "", f->text);
    for (int year = 0; year < p->money->year_count; year++) {
        worksheet_write_number(p->sheet, (lxw_row_t)p->row, (lxw_col_t)(FIRST_YEAR + year),
                               yuan(line->fen[year]), f->money);
        total += yuan(line->fen[year]);
    }
    row_total(p, p->row, f->money, total);
    p->row++;
}

static void write_subtotal(pen *p, int group, int first_row) {
    const lf_report_formats *f = &p->book->formats;
    char range[2 * CELL_SIZE], words[FORMULA_SIZE], label[96];
    double total = 0;
    snprintf(label, sizeof label, "%s小计", group_names[group][0]);
    text(p, p->row, NAME_ZH, label, f->subtotal_text);
    text(p, p->row, NAME_EN, "Subtotal", f->subtotal_text);
    text(p, p->row, PARTY, "", f->subtotal_text);
    for (int year = 0; year < p->money->year_count; year++) {
        int64_t sum = 0;
        for (int i = 0; i < p->money->line_count; i++) {
            sum += p->money->lines[i].group == group ? p->money->lines[i].fen[year] : 0;
        }
        span(range, first_row, FIRST_YEAR + year, p->row - 1, FIRST_YEAR + year);
        snprintf(words, sizeof words, "=SUM(%s)", range);
        formula(p, p->row, FIRST_YEAR + year, words, f->subtotal, yuan(sum));
        total += yuan(sum);
        if (group == AVOIDED) {
            p->flow[year] += p->money->avoided_counted ? yuan(sum) : 0;
        } else {
            p->net[year] += yuan(sum);
            p->flow[year] += yuan(sum);
        }
    }
    row_total(p, p->row, f->subtotal, total);
    if (group == 0) {
        char at[CELL_SIZE];
        p->out->capex_cny = total;
        lxw_rowcol_to_cell_abs(at, (lxw_row_t)p->row, (lxw_col_t)p->total_column, true, true);
        snprintf(p->out->capex, LF_REPORT_REF_SIZE, "%s!%s", p->out->quoted, at);
    }
    p->subtotal_row[group] = p->row++;
}

static void write_group(pen *p, int group) {
    int lines = 0;
    for (int i = 0; i < p->money->line_count; i++) {
        lines += p->money->lines[i].group == group;
    }
    if (lines == 0) {
        return;
    }
    char label[96];
    snprintf(label, sizeof label, "%s %s", group_names[group][0], group_names[group][1]);
    text(p, p->row++, NAME_ZH, label, p->book->formats.group);
    int first = p->row;
    for (int i = 0; i < p->money->line_count; i++) {
        if (p->money->lines[i].group == group) {
            write_line(p, &p->money->lines[i]);
        }
    }
    write_subtotal(p, group, first);
}

static int name_row(pen *p, const char *zh, const char *en, lxw_format *format) {
    text(p, p->row, NAME_ZH, zh, format);
    text(p, p->row, NAME_EN, en, format);
    text(p, p->row, PARTY, "", format);
    return p->row++;
}

// Net cash flow: the subtotals of the groups that are cash.
static void write_net(pen *p) {
    const lf_report_formats *f = &p->book->formats;
    double total = 0;
    p->net_row = name_row(p, "净现金流", "Net cash flow", f->total_text);
    for (int year = 0; year < p->money->year_count; year++) {
        char words[FORMULA_SIZE] = "=0", at[CELL_SIZE];
        for (int group = 0; group < AVOIDED; group++) {
            if (p->subtotal_row[group]) {
                strcat(words, "+");
                strcat(words, cell(at, p->subtotal_row[group], FIRST_YEAR + year));
            }
        }
        formula(p, p->net_row, FIRST_YEAR + year, words, f->total, p->net[year]);
        total += p->net[year];
    }
    row_total(p, p->net_row, f->total, total);
}

static void write_flow(pen *p) {
    const lf_report_formats *f = &p->book->formats;
    double total = 0;
    p->flow_row = name_row(p, "评价用净流量", "Flow appraised", f->total_text);
    for (int year = 0; year < p->money->year_count; year++) {
        char words[FORMULA_SIZE], net[CELL_SIZE], avoided[CELL_SIZE];
        snprintf(words, sizeof words, "=%s", cell(net, p->net_row, FIRST_YEAR + year));
        if (p->subtotal_row[AVOIDED]) {
            size_t used = strlen(words);
            snprintf(words + used, sizeof words - used, "+%s*%s", p->out->avoided,
                     cell(avoided, p->subtotal_row[AVOIDED], FIRST_YEAR + year));
        }
        formula(p, p->flow_row, FIRST_YEAR + year, words, f->total, p->flow[year]);
        total += p->flow[year];
    }
    row_total(p, p->flow_row, f->total, total);
}

// A running sum of the row `of` into a row of its own.
static int write_running(pen *p, const char *zh, const char *en, int of, const double *values,
                         double *sums) {
    const lf_report_formats *f = &p->book->formats;
    int row = name_row(p, zh, en, f->text);
    double sum = 0;
    for (int year = 0; year < p->money->year_count; year++) {
        char words[FORMULA_SIZE], before[CELL_SIZE], here[CELL_SIZE];
        cell(here, of, FIRST_YEAR + year);
        if (year == 0) {
            snprintf(words, sizeof words, "=%s", here);
        } else {
            snprintf(words, sizeof words, "=%s+%s", cell(before, row, FIRST_YEAR + year - 1), here);
        }
        sum += values[year];
        sums[year] = sum;
        formula(p, row, FIRST_YEAR + year, words, f->money, sum);
    }
    return row;
}

static void write_discounted(pen *p) {
    const lf_report_formats *f = &p->book->formats;
    double rate = p->money->discount_ratio, total = 0;
    p->factor_row = name_row(p, "折现系数", "Discount factor", f->text);
    p->present_row = name_row(p, "折现净流量", "Discounted flow", f->text);
    for (int year = 0; year < p->money->year_count; year++) {
        char words[FORMULA_SIZE], factor[CELL_SIZE], here[CELL_SIZE];
        double value = pow(1 + rate, -(year + 1));
        snprintf(words, sizeof words, "=1/(1+%s)^%d", p->out->discount, year + 1);
        formula(p, p->factor_row, FIRST_YEAR + year, words, f->factor, value);
        snprintf(words, sizeof words, "=%s*%s", cell(here, p->flow_row, FIRST_YEAR + year),
                 cell(factor, p->factor_row, FIRST_YEAR + year));
        p->present[year] = p->flow[year] * value;
        total += p->present[year];
        formula(p, p->present_row, FIRST_YEAR + year, words, f->money, p->present[year]);
    }
    row_total(p, p->present_row, f->money, total);
    p->present_sum_row = write_running(p, "累计折现净流量", "Cumulative discounted flow",
                                       p->present_row, p->present, p->present_sum);
}

// In the year in which the running sum rises to zero: the years passed before it plus the part of
// it that was needed; empty in all other years.
static int write_crossing(pen *p, const char *zh, const char *en, int sum_row, int flow_row,
                          const double *sums, const double *flows) {
    const lf_report_formats *f = &p->book->formats;
    int row = name_row(p, zh, en, f->note);
    for (int year = 1; year < p->money->year_count; year++) {
        char words[FORMULA_SIZE], before[CELL_SIZE], here[CELL_SIZE], flow[CELL_SIZE];
        cell(before, sum_row, FIRST_YEAR + year - 1);
        cell(here, sum_row, FIRST_YEAR + year);
        cell(flow, flow_row, FIRST_YEAR + year);
        snprintf(words, sizeof words, "=IF(AND(%s<0,%s>=0),%d-%s/%s,\"\")", before, here, year,
                 before, flow);
        lxw_col_t column = (lxw_col_t)(FIRST_YEAR + year);
        if (sums[year - 1] < 0 && sums[year] >= 0) {
            worksheet_write_formula_num(p->sheet, (lxw_row_t)row, column, words, f->years,
                                        year - sums[year - 1] / flows[year]);
        } else {
            worksheet_write_formula_str(p->sheet, (lxw_row_t)row, column, words, f->years, "");
        }
    }
    return row;
}

// Label, formula, the engine's own figure, the difference of the two.
static void write_indicator(pen *p, const char *zh, const char *en, const char *words, double value,
                            const char *figure_name, lxw_format *format,
                            char ref[LF_REPORT_REF_SIZE]) {
    const lf_report_formats *f = &p->book->formats;
    const lf_option_result *option = p->book->result->options[p->out - p->book->options];
    const lf_figure *figure = lf_option_figure(option, figure_name);
    char at[CELL_SIZE], engine[CELL_SIZE], difference[FORMULA_SIZE];
    int row = name_row(p, zh, en, f->text);
    formula(p, row, FIRST_YEAR, words, format, value);
    lxw_rowcol_to_cell_abs(at, (lxw_row_t)row, FIRST_YEAR, true, true);
    snprintf(ref, LF_REPORT_REF_SIZE, "%s!%s", p->out->quoted, at);
    if (figure && isfinite(figure->value)) {
        worksheet_write_number(p->sheet, (lxw_row_t)row, FIRST_YEAR + 1, figure->value, format);
        snprintf(difference, sizeof difference, "=IF(ISNUMBER(%s),%s-%s,\"—\")", at, at,
                 cell(engine, row, FIRST_YEAR + 1));
        formula(p, row, FIRST_YEAR + 2, difference, f->factor,
                isfinite(value) ? value - figure->value : NAN);
    } else if (figure) {
        text(p, row, FIRST_YEAR + 1, "—", format);
    }
}

static double above_zero(double years) {
    return years > 0 ? years : NAN;
}

static lf_code write_indicators(pen *p, lf_error *error) {
    const lf_report_formats *f = &p->book->formats;
    char flow[2 * CELL_SIZE], helper[2 * CELL_SIZE], words[FORMULA_SIZE];
    int count = p->money->year_count;
    lf_irr irr = {.selected_ratio = NAN};
    lf_code code = lf_retro_irr(p->flow, count, NULL, NULL, 0, &irr, error);
    if (code != LF_OK) {
        return code;
    }
    lf_report_cash_sheet *out = p->out;
    out->npv_cny = lf_retro_npv(p->money->discount_ratio, p->flow, count, 1);
    out->irr_ratio = irr.selected_ratio;
    // A sum that is never below zero has nothing to pay back: undefined, as in the module's
    // figures.
    out->payback_years = above_zero(lf_retro_payback(0, p->flow, count));
    out->payback_discounted_years =
        above_zero(lf_retro_payback(p->money->discount_ratio, p->flow, count));
    p->row++;
    text(p, p->row, NAME_ZH, "指标 Indicators", f->group);
    text(p, p->row, FIRST_YEAR, "公式 Formula", f->head);
    text(p, p->row, FIRST_YEAR + 1, "引擎 Engine", f->head);
    text(p, p->row, FIRST_YEAR + 2, "差 Difference", f->head);
    p->row++;
    span(flow, p->flow_row, FIRST_YEAR, p->flow_row, p->total_column - 1);
    snprintf(words, sizeof words, "=NPV(%s,%s)", out->discount, flow);
    write_indicator(p, "财务净现值 FNPV", "Net present value", words, out->npv_cny, "retro.npv_cny",
                    f->money, out->npv);
    // The guess keeps a spreadsheet on the root that the engine quotes.
    snprintf(words, sizeof words, "=IFERROR(IRR(%s,%.2f),\"—\")", flow,
             isfinite(irr.selected_ratio) ? irr.selected_ratio : 0.1);
    write_indicator(p, "财务内部收益率 FIRR", "Internal rate of return", words, out->irr_ratio,
                    "retro.irr_ratio", f->ratio, out->irr);
    span(helper, p->payback_row, FIRST_YEAR, p->payback_row, p->total_column - 1);
    snprintf(words, sizeof words, "=IF(COUNT(%s)>0,MIN(%s),\"—\")", helper, helper);
    write_indicator(p, "静态投资回收期（年）", "Payback, static (years)", words, out->payback_years,
                    "retro.payback_years", f->years, out->payback);
    span(helper, p->payback_discounted_row, FIRST_YEAR, p->payback_discounted_row,
         p->total_column - 1);
    snprintf(words, sizeof words, "=IF(COUNT(%s)>0,MIN(%s),\"—\")", helper, helper);
    write_indicator(p, "动态投资回收期（年）", "Payback, discounted (years)", words,
                    out->payback_discounted_years, "retro.payback_discounted_years", f->years,
                    out->payback_discounted);
    return LF_OK;
}

static void chart_ranges(pen *p) {
    char range[2 * CELL_SIZE];
    lxw_rowcol_to_range_abs(range, 3, FIRST_YEAR, 3, (lxw_col_t)(p->total_column - 1));
    snprintf(p->out->years, LF_REPORT_REF_SIZE, "=%s!%s", p->out->quoted, range);
    lxw_rowcol_to_range_abs(range, (lxw_row_t)p->cumulative_row, FIRST_YEAR,
                            (lxw_row_t)p->cumulative_row, (lxw_col_t)(p->total_column - 1));
    snprintf(p->out->cumulative, LF_REPORT_REF_SIZE, "=%s!%s", p->out->quoted, range);
}

lf_code lf_report_cash_sheet_write(lf_report_book *book, int option, lxw_worksheet *sheet,
                                   lf_error *error) {
    const lf_money_table *money = lf_option_money(book->result->options[option]);
    size_t years = (size_t)money->year_count;
    double *room = calloc(5 * years + 1, sizeof *room);
    if (!room) {
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for the cash sheet");
    }
    pen p = {.book = book,
             .sheet = sheet,
             .money = money,
             .out = &book->options[option],
             .total_column = FIRST_YEAR + money->year_count,
             .net = room,
             .flow = room + years,
             .cumulative = room + 2 * years,
             .present = room + 3 * years,
             .present_sum = room + 4 * years};
    write_head(&p);
    for (int group = 0; group < AVOIDED; group++) {
        write_group(&p, group);
    }
    write_net(&p);
    p.row++;
    write_group(&p, AVOIDED);
    write_flow(&p);
    p.cumulative_row =
        write_running(&p, "累计净流量", "Cumulative flow", p.flow_row, p.flow, p.cumulative);
    write_discounted(&p);
    p.payback_row = write_crossing(&p, "回收时点（静态）", "Crossing, static", p.cumulative_row,
                                   p.flow_row, p.cumulative, p.flow);
    p.payback_discounted_row =
        write_crossing(&p, "回收时点（动态）", "Crossing, discounted", p.present_sum_row,
                       p.present_row, p.present_sum, p.present);
    lf_code code = write_indicators(&p, error);
    chart_ranges(&p);
    free(room);
    return code;
}
