// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The keys of a scenario, printed from the field tables.
#ifndef LF_TOOLS_SCHEMA_H
#define LF_TOOLS_SCHEMA_H

#include "lifang/field.h"

// All tables as Markdown on stdout.
void cli_schema_print(void);
// A value as a scenario writes it: "6h", "17:30", "true", "'text with: colon'". Returns text.
const char *cli_schema_value(const lf_field *field, const void *row, char *text, size_t size);
// "1 to 1000", "beijing_2014 | shenzhen_2024", or "". Returns text.
const char *cli_schema_range(const lf_field *field, char *text, size_t size);

#endif
