// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The sections of report.html, in the order in which they stand on the page.
#ifndef LF_REPORT_HTML_H
#define LF_REPORT_HTML_H

#include "report/markup.h"

typedef struct lf_report_page {
    lf_buffer *out;
    const lf_result *result;
    const lf_report_picture *pictures;
    int picture_count;
    const char *folder; // where the pictures lie
} lf_report_page;

// html_summary.c: what is seen, at a glance.
void lf_report_html_banner(lf_report_page *page);
void lf_report_html_findings(lf_report_page *page);
void lf_report_html_figures(lf_report_page *page);
void lf_report_html_checks(lf_report_page *page);
// The option in one sentence: water, parking, money.
void lf_report_option_sentence(const lf_result *result, int option, lf_report_sentence *sentence);

// html_charts.c, html_water.c, html_money.c: figures with a title that says what is seen.
void lf_report_html_common_charts(lf_report_page *page);
void lf_report_html_option_charts(lf_report_page *page, int option);
void lf_report_html_common_water(lf_report_page *page);
void lf_report_html_option_water(lf_report_page *page, int option);
void lf_report_html_common_cash(lf_report_page *page);
void lf_report_html_option_cash(lf_report_page *page, int option);
// <figure> with its caption; close with lf_report_html_figure_end. sub may be NULL.
void lf_report_html_figure(lf_report_page *page, const char *css, const lf_report_sentence *title,
                           const lf_report_sentence *sub);
void lf_report_html_figure_end(lf_report_page *page);
// The flow that the money figures are about, in yuan: malloc'd, year_count values; NULL without
// memory.
double *lf_report_flow(const lf_money_table *money);

// html_option.c: pictures, map, charts, measures, ledgers of one option.
lf_code lf_report_html_option(lf_report_page *page, int option, lf_error *error);

// html_data.c: quality of the data, assumptions, inputs, how to reproduce.
void lf_report_html_data(lf_report_page *page);
void lf_report_chip(lf_buffer *out, lf_quality quality);

#endif
