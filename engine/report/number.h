// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Numbers and words for people: digits that fit the size, units in two languages, quality labels,
// and which option is the best of a figure.
#ifndef LF_REPORT_NUMBER_H
#define LF_REPORT_NUMBER_H

#include "lifang/report.h"

#define LF_REPORT_NUMBER_SIZE 48

// Fixed decimals whatever the locale, with thousands separators if asked.
const char *lf_report_fixed(double value, int decimals, bool thousands,
                            char out[LF_REPORT_NUMBER_SIZE]);
// Three or four significant digits, thousands separators, "-" for NaN.
const char *lf_report_plain(double value, char out[LF_REPORT_NUMBER_SIZE]);
// The value of a figure as people read it; shares are percent ("62.3%").
const char *lf_report_figure_text(const lf_figure_def *def, double value,
                                  char out[LF_REPORT_NUMBER_SIZE]);
// The difference to the base as percent or, without a base to divide by, as it is: "-71%", "+12".
// "" where there is no difference or one side is undefined.
const char *lf_report_difference_text(const lf_figure_def *def, double value, double base,
                                      char out[LF_REPORT_NUMBER_SIZE]);
// True for ratios that people read as percent.
bool lf_report_is_share(const lf_figure_def *def);
// The unit beside figure_text: "" for pure numbers, "%" is part of the text already.
const char *lf_report_unit(const lf_figure_def *def, bool chinese);
// The same for a bare unit ("m2" -> "m²", "piece" -> "个").
const char *lf_report_unit_word(const char *unit, bool chinese);
// +1 better than the base, -1 worse, 0 neither.
int lf_report_judge(const lf_figure_def *def, double value, double base);

// The union of the figures of all options in order of first appearance.
typedef struct lf_report_rows {
    int count;
    const lf_figure_def **defs; // malloc'd
} lf_report_rows;
bool lf_report_rows_collect(const lf_result *result, lf_report_rows *rows);
void lf_report_rows_free(lf_report_rows *rows);
// The value of a figure in an option, NaN where it has none.
double lf_report_value(const lf_option_result *option, const lf_figure_def *def);
// True if the option is the best of the row: there are two different values and it has the better.
bool lf_report_is_best(const lf_result *result, const lf_figure_def *def, int option);
// Words that data brings along ("measured", layer names) in Chinese.
const char *lf_report_quality_zh(lf_quality quality);
const char *lf_report_layer_zh(lf_layer layer);
// A word of a ledger or the name of a measure; the word itself where it is not known.
const char *lf_report_word_zh(const char *word);
const char *lf_report_label_zh(const lf_figure_def *def);

#endif
