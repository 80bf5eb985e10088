// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// What the sheets of cash.xlsx share: the workbook, its formats, and where each option's cells are.
#ifndef LF_REPORT_BOOK_H
#define LF_REPORT_BOOK_H

#include "lifang/report.h"

#include <xlsxwriter.h>

typedef struct lf_report_formats {
    lxw_format *title, *note, *head, *year, *text, *group, *money, *subtotal, *subtotal_text,
        *total, *total_text, *ratio, *factor, *years, *number, *whole, *tiny, *option, *input,
        *input_int;
} lf_report_formats;

// The sheet of one option; refs are absolute with the sheet's name: "'as it is'!$E$30".
enum { LF_REPORT_REF_SIZE = 256 };
typedef struct lf_report_cash_sheet {
    bool used;        // the option has money
    char quoted[160]; // sheet name as it stands in a formula
    char discount[LF_REPORT_REF_SIZE], avoided[LF_REPORT_REF_SIZE]; // cells of the parameters sheet
    char npv[LF_REPORT_REF_SIZE], irr[LF_REPORT_REF_SIZE], payback[LF_REPORT_REF_SIZE],
        payback_discounted[LF_REPORT_REF_SIZE], capex[LF_REPORT_REF_SIZE];
    char years[LF_REPORT_REF_SIZE], cumulative[LF_REPORT_REF_SIZE]; // ranges for the chart
    double npv_cny, irr_ratio, payback_years, payback_discounted_years, capex_cny;
} lf_report_cash_sheet;

typedef struct lf_report_book {
    lxw_workbook *workbook;
    lf_report_formats formats;
    const lf_result *result;
    lf_report_cash_sheet *options; // one per option
} lf_report_book;

// Writes the cash-flow sheet of an option and fills its refs and values.
lf_code lf_report_cash_sheet_write(lf_report_book *book, int option, lxw_worksheet *sheet,
                                   lf_error *error);

#endif
