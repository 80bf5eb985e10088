// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// CSV by RFC 4180, with BOM, CRLF and '#' comment lines accepted, and errors by line.
#ifndef LF_BASE_CSV_H
#define LF_BASE_CSV_H

#include "lifang/base.h"

typedef struct lf_csv lf_csv;
// Reads the whole file; the first record is the header. Rows with another number of cells than the
// header are LF_FORMAT with their line.
lf_code lf_csv_read(const char *path, lf_csv **csv, lf_error *error);
void lf_csv_free(lf_csv *csv);
int lf_csv_columns(const lf_csv *csv);
int lf_csv_rows(const lf_csv *csv);
const char *lf_csv_header(const lf_csv *csv, int column);
int lf_csv_column(const lf_csv *csv, const char *name); // -1 = not there
const char *lf_csv_cell(const lf_csv *csv, int row, int column);
int lf_csv_line(const lf_csv *csv, int row);

#endif
