// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The two languages of the HTML report. Every text of the page stands there in Chinese and English;
// the reader's switch shows one or both. Both texts are escaped here.
#ifndef LF_REPORT_MARKUP_H
#define LF_REPORT_MARKUP_H

#include "report/parts.h"

// Inline HTML and, for SVG, tspans inside a text element.
void lf_report_two(lf_buffer *out, const char *zh, const char *en);
void lf_report_two_svg(lf_buffer *out, const char *zh, const char *en);
// <tag class="...">two</tag>; css may be NULL.
void lf_report_element(lf_buffer *out, const char *tag, const char *css, const char *zh,
                       const char *en);

// A sentence in both languages, put together with printf before it is escaped.
typedef struct lf_report_sentence {
    char zh[512], en[512];
} lf_report_sentence;

// The style sheet and the script of the page.
const char *lf_report_style(void);
const char *lf_report_script(void);

#endif
