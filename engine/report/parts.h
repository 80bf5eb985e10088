// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// What the writers share: finishing a text file, and text inside XML and HTML.
#ifndef LF_REPORT_PARTS_H
#define LF_REPORT_PARTS_H

#include "base/text.h"
#include "lifang/report.h"

// Writes the buffer to folder/name, atomically, and frees it in any case.
lf_code lf_report_write(lf_buffer *text, const char *folder, const char *name, lf_error *error);

// Writes the QGIS style of a raster of this name to folder/file; nothing for those without one.
lf_code lf_report_qml(const char *raster, const char *folder, const char *file, lf_error *error);

// Adds text with & < > " ' escaped, characters that XML forbids replaced by U+FFFD.
void lf_report_escape(lf_buffer *out, const char *text);
void lf_report_escapef(lf_buffer *out, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
