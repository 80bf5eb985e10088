// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// cash.xlsx: a comparison sheet, the parameters that the formulas read, and one cash-flow sheet per
// option. Change a parameter and everything follows.
#define _GNU_SOURCE // memfd_create

#include "base/file.h"
#include "report/book.h"
#include "report/number.h"
#include "report/slug.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define COMPARISON "对比 Comparison"
#define PARAMETERS "参数 Parameters"

// A fixed moment, so that two runs give the same bytes: 2020-01-01 00:00 UTC.
static const time_t fixed_date = 1577836800;

static lxw_format *format(lxw_workbook *book, const char *number, bool bold, uint32_t fill,
                          uint32_t ink) {
    lxw_format *f = workbook_add_format(book);
    format_set_font_name(f, "Microsoft YaHei");
    format_set_font_size(f, 10);
    if (number) {
        format_set_num_format(f, number);
    }
    if (bold) {
        format_set_bold(f);
    }
    if (fill) {
        format_set_bg_color(f, fill);
    }
    if (ink) {
        format_set_font_color(f, ink);
    }
    return f;
}

static void make_formats(lf_report_book *book) {
    lxw_workbook *w = book->workbook;
    const char *money = "#,##0.00;[Red]-#,##0.00;0.00";
    book->formats = (lf_report_formats){
        .title = format(w, NULL, true, 0, 0x1F3A47),
        .note = format(w, NULL, false, 0, 0x5A6B75),
        .head = format(w, NULL, true, 0x1F5A73, 0xFFFFFF),
        .year = format(w, "0", true, 0x1F5A73, 0xFFFFFF),
        .text = format(w, NULL, false, 0, 0),
        .group = format(w, NULL, true, 0, 0x1F5A73),
        .money = format(w, money, false, 0, 0),
        .subtotal = format(w, money, true, 0xE7EEF0, 0),
        .subtotal_text = format(w, NULL, true, 0xE7EEF0, 0),
        .total = format(w, money, true, 0xD5E3D8, 0),
        .total_text = format(w, NULL, true, 0xD5E3D8, 0),
        .ratio = format(w, "0.00%", false, 0, 0),
        .factor = format(w, "0.000000", false, 0, 0),
        .years = format(w, "0.00", false, 0, 0),
        .number = format(w, "#,##0.000", false, 0, 0),
        .whole = format(w, "#,##0", false, 0, 0),
        .tiny = format(w, "0.0E+00", false, 0, 0),
        .option = format(w, NULL, true, 0x1F5A73, 0xFFFFFF),
        .input = format(w, "0.00%", true, 0xFFF6DA, 0x7A4B00),
        .input_int = format(w, "0", true, 0xFFF6DA, 0x7A4B00),
    };
    format_set_font_size(book->formats.title, 14);
    format_set_align(book->formats.option, LXW_ALIGN_RIGHT);
}

// A sheet's name: at most 31 UTF-16 units, none of []:*?/\, no apostrophe at an end, unique.
static void sheet_name(const lf_result *result, int option, char out[128]) {
    char slug[LF_REPORT_SLUG_SIZE];
    const char *from = lf_option_name(result->options[option]);
    size_t used = 0;
    int units = 0;
    while (*from && units < 26) {
        const char *start = from;
        uint32_t code = lf_report_next_char(&from);
        bool bad = code < 0x20 || code == 0xFFFD || strchr("[]:*?/\\'", (int)(code & 0x7F));
        units += code > 0xFFFF ? 2 : 1;
        if (code < 0x80 && bad) {
            out[used++] = ' ';
        } else if (code != 0xFFFD) {
            memcpy(out + used, start, (size_t)(from - start));
            used += (size_t)(from - start);
        }
    }
    out[used] = 0;
    bool plain = strspn(out, " ") == used;
    lf_report_option_slug(result, option, slug);
    bool again = strcmp(lf_report_slug(lf_option_name(result->options[option]),
                                       (char[LF_REPORT_SLUG_SIZE]){0}),
                        slug) != 0;
    if (plain || again || units >= 26) {
        snprintf(out + used, 128 - used, " %d", option + 1);
    }
}

static void write_parameters(lf_report_book *book, lxw_worksheet *sheet) {
    const lf_report_formats *f = &book->formats;
    static const char *const heads[] = {"方案 Option", "折现率 Discount ratio",
                                        "计入避免的损失 Avoided damage counted (1/0)"};
    worksheet_write_string(sheet, 0, 0, "参数 Parameters", f->title);
    worksheet_write_string(sheet, 1, 0,
                           "改动黄色单元格，各表随之重算。 Change the yellow cells; all sheets "
                           "follow. 金额各行为模拟结果，见各方案表。",
                           f->note);
    for (int i = 0; i < 3; i++) {
        worksheet_write_string(sheet, 3, (lxw_col_t)i, heads[i], f->head);
    }
    for (int i = 0; i < book->result->option_count; i++) {
        const lf_money_table *money = lf_option_money(book->result->options[i]);
        lf_report_cash_sheet *option = &book->options[i];
        lxw_row_t row = (lxw_row_t)(4 + i);
        worksheet_write_string(sheet, row, 0, lf_option_name(book->result->options[i]), f->text);
        if (!money) {
            continue;
        }
        worksheet_write_number(sheet, row, 1, money->discount_ratio, f->input);
        worksheet_write_number(sheet, row, 2, money->avoided_counted, f->input_int);
        snprintf(option->discount, LF_REPORT_REF_SIZE, "'" PARAMETERS "'!$B$%d", 5 + i);
        snprintf(option->avoided, LF_REPORT_REF_SIZE, "'" PARAMETERS "'!$C$%d", 5 + i);
    }
    worksheet_set_column(sheet, 0, 2, 30, NULL);
}

static void comparison_money(lf_report_book *book, lxw_worksheet *sheet, int *row, const char *zh,
                             const char *en, const char *unit, size_t ref_offset,
                             size_t value_offset, lxw_format *number) {
    const lf_report_formats *f = &book->formats;
    worksheet_write_string(sheet, (lxw_row_t)*row, 0, zh, f->text);
    worksheet_write_string(sheet, (lxw_row_t)*row, 1, en, f->text);
    worksheet_write_string(sheet, (lxw_row_t)*row, 2, unit, f->text);
    for (int i = 0; i < book->result->option_count; i++) {
        const char *ref = (const char *)&book->options[i] + ref_offset;
        double value;
        memcpy(&value, (const char *)&book->options[i] + value_offset, sizeof value);
        if (!book->options[i].used || !ref[0]) {
            continue;
        }
        char words[LF_REPORT_REF_SIZE + 2];
        snprintf(words, sizeof words, "=%s", ref);
        if (isfinite(value)) {
            worksheet_write_formula_num(sheet, (lxw_row_t)*row, (lxw_col_t)(3 + i), words, number,
                                        value);
        } else {
            worksheet_write_formula_str(sheet, (lxw_row_t)*row, (lxw_col_t)(3 + i), words, number,
                                        "—");
        }
    }
    ++*row;
}

static lxw_format *figure_format(const lf_report_formats *f, const lf_figure_def *def,
                                 double value) {
    if (lf_report_is_share(def)) {
        return f->ratio;
    }
    if (strncmp(def->unit, "yuan", 4) == 0) {
        return f->money;
    }
    return value == floor(value) ? f->whole : fabs(value) < 1e-3 ? f->tiny : f->number;
}

static void comparison_figures(lf_report_book *book, lxw_worksheet *sheet, int row,
                               const lf_report_rows *rows) {
    const lf_report_formats *f = &book->formats;
    for (int r = 0; r < rows->count; r++, row++) {
        const lf_figure_def *def = rows->defs[r];
        worksheet_write_string(sheet, (lxw_row_t)row, 0, lf_report_label_zh(def), f->text);
        worksheet_write_string(sheet, (lxw_row_t)row, 1, def->name, f->text);
        worksheet_write_string(sheet, (lxw_row_t)row, 2, def->unit, f->text);
        for (int i = 0; i < book->result->option_count; i++) {
            double value = lf_report_value(book->result->options[i], def);
            if (isfinite(value)) {
                worksheet_write_number(sheet, (lxw_row_t)row, (lxw_col_t)(3 + i), value,
                                       figure_format(f, def, value));
            }
        }
    }
}

static void comparison_chart(lf_report_book *book, lxw_worksheet *sheet, int row) {
    lxw_chart *chart = workbook_add_chart(book->workbook, LXW_CHART_LINE);
    for (int i = 0; i < book->result->option_count; i++) {
        if (book->options[i].used) {
            lxw_chart_series *series =
                chart_add_series(chart, book->options[i].years, book->options[i].cumulative);
            chart_series_set_name(series, lf_option_name(book->result->options[i]));
        }
    }
    chart_title_set_name(chart, "累计净流量（元） Cumulative flow (yuan)");
    chart_axis_set_num_format(chart->y_axis, "#,##0");
    lxw_chart_options options = {.x_scale = 1.6, .y_scale = 1.2};
    worksheet_insert_chart_opt(sheet, (lxw_row_t)row, 0, chart, &options);
}

#define MONEY_ROW(zh, en, unit, member, value, number)                                             \
    comparison_money(book, sheet, &row, zh, en, unit, offsetof(lf_report_cash_sheet, member),      \
                     offsetof(lf_report_cash_sheet, value), number)

static void write_comparison(lf_report_book *book, lxw_worksheet *sheet,
                             const lf_report_rows *rows) {
    const lf_report_formats *f = &book->formats;
    static const char *const heads[] = {"指标", "Figure", "单位 Unit"};
    worksheet_write_string(sheet, 0, 0, book->result->title, f->title);
    worksheet_write_string(sheet, 1, 0,
                           "前五行取自各方案表的公式，其余为模拟结果。 The first five rows are "
                           "formulas of the option sheets, the others are results of the run.",
                           f->note);
    for (int i = 0; i < 3; i++) {
        worksheet_write_string(sheet, 3, (lxw_col_t)i, heads[i], f->head);
    }
    for (int i = 0; i < book->result->option_count; i++) {
        worksheet_write_string(sheet, 3, (lxw_col_t)(3 + i),
                               lf_option_name(book->result->options[i]), f->option);
    }
    int row = 4;
    MONEY_ROW("工程投资合计", "Capital expenditure", "yuan", capex, capex_cny, f->money);
    MONEY_ROW("财务净现值 FNPV", "Net present value", "yuan", npv, npv_cny, f->money);
    MONEY_ROW("财务内部收益率 FIRR", "Internal rate of return", "1", irr, irr_ratio, f->ratio);
    MONEY_ROW("静态投资回收期", "Payback, static", "years", payback, payback_years, f->years);
    MONEY_ROW("动态投资回收期", "Payback, discounted", "years", payback_discounted,
              payback_discounted_years, f->years);
    comparison_figures(book, sheet, row + 1, rows);
    comparison_chart(book, sheet, row + rows->count + 3);
    worksheet_set_column(sheet, 0, 1, 32, NULL);
    worksheet_set_column(sheet, 2, 2, 12, NULL);
    worksheet_set_column(sheet, 3, (lxw_col_t)(3 + book->result->option_count), 20, NULL);
    worksheet_freeze_panes(sheet, 4, 3);
}

// On paper: A4 across, as wide as the page.
static void print_setup(lxw_worksheet *sheet) {
    worksheet_set_landscape(sheet);
    worksheet_set_paper(sheet, 9);
    worksheet_fit_to_pages(sheet, 1, 0);
}

static lf_code write_sheets(lf_report_book *book, const lf_report_rows *rows, lf_error *error) {
    lxw_worksheet *comparison = workbook_add_worksheet(book->workbook, COMPARISON);
    lxw_worksheet *parameters = workbook_add_worksheet(book->workbook, PARAMETERS);
    if (!comparison || !parameters) {
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for cash.xlsx");
    }
    make_formats(book);
    print_setup(comparison);
    print_setup(parameters);
    write_parameters(book, parameters);
    for (int i = 0; i < book->result->option_count; i++) {
        char name[128];
        if (!lf_option_money(book->result->options[i])) {
            continue;
        }
        sheet_name(book->result, i, name);
        lxw_worksheet *sheet = workbook_add_worksheet(book->workbook, name);
        if (!sheet) {
            return lf_fail(error, LF_INVALID, LF_FROM_RUN,
                           "option '%s' cannot be the name of a sheet; give it another name",
                           lf_option_name(book->result->options[i]));
        }
        print_setup(sheet);
        book->options[i].used = true;
        snprintf(book->options[i].quoted, sizeof book->options[i].quoted, "'%s'", name);
        lf_code code = lf_report_cash_sheet_write(book, i, sheet, error);
        if (code != LF_OK) {
            return code;
        }
    }
    write_comparison(book, comparison, rows);
    return LF_OK;
}

// The library writes a path and reports trouble on stderr; a file in memory never runs full, so the
// real file is written here, whole or not at all, with an error that says why.
static lf_code close_book(lxw_workbook *workbook, int memory, const char *path, lf_error *error) {
    lxw_error problem = workbook_close(workbook);
    struct stat about;
    if (problem != LXW_NO_ERROR || fstat(memory, &about) != 0 || about.st_size == 0) {
        lf_fail(error, LF_MEMORY, LF_FROM_RUN, "the workbook cannot be made: %s",
                problem != LXW_NO_ERROR ? lxw_strerror(problem) : "it is empty");
        lf_error_place(error, path, 0, 0, NULL);
        return LF_MEMORY;
    }
    size_t count = (size_t)about.st_size;
    void *bytes = mmap(NULL, count, PROT_READ, MAP_SHARED, memory, 0);
    if (bytes == MAP_FAILED) {
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for cash.xlsx");
    }
    lf_code code = lf_file_write(path, bytes, count, error);
    munmap(bytes, count);
    return code;
}

static bool has_money(const lf_result *result) {
    for (int i = 0; i < result->option_count; i++) {
        if (lf_option_money(result->options[i])) {
            return true;
        }
    }
    return false;
}

lf_code lf_report_xlsx(const lf_result *result, const char *folder, lf_error *error) {
    if (!has_money(result)) {
        return LF_OK;
    }
    char path[1024], memory_path[64];
    lf_file_join(path, sizeof path, folder, "cash.xlsx");
    int memory = memfd_create("cash.xlsx", MFD_CLOEXEC);
    snprintf(memory_path, sizeof memory_path, "/proc/self/fd/%d", memory);
    lf_report_rows rows = {0};
    lf_report_book book = {.result = result};
    book.workbook = memory >= 0 ? workbook_new(memory_path) : NULL;
    book.options = calloc((size_t)result->option_count + 1, sizeof *book.options);
    lf_code code;
    if (!book.workbook || !book.options || !lf_report_rows_collect(result, &rows)) {
        code = lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for cash.xlsx");
    } else {
        lxw_doc_properties properties = {
            .title = (char *)(uintptr_t)result->title, .company = "lifang", .created = fixed_date};
        workbook_set_properties(book.workbook, &properties);
        code = write_sheets(&book, &rows, error);
    }
    if (code == LF_OK) {
        code = close_book(book.workbook, memory, path, error);
    } else if (book.workbook) {
        lxw_workbook_free(book.workbook);
    }
    if (memory >= 0) {
        close(memory);
    }
    free(book.options);
    lf_report_rows_free(&rows);
    return code;
}
