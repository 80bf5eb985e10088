// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// UTF-8 as the report needs it: stepping through a text, its width on a terminal, its slug.
#ifndef LF_REPORT_SLUG_H
#define LF_REPORT_SLUG_H

#include "lifang/report.h"

// Decodes one code point and steps over it; damaged bytes give U+FFFD, one at a time. The text must
// not be at its end.
uint32_t lf_report_next_char(const char **text);
// Columns on a terminal: 2 for East Asian wide characters, 0 for combining marks.
int lf_report_columns(const char *text);
// The text cut to that many columns, with an ellipsis where something is lost.
enum { LF_REPORT_CUT_SIZE = 96 };
const char *lf_report_cut(const char *text, int columns, char out[LF_REPORT_CUT_SIZE]);

#endif
