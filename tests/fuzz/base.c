// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Expressions, numbers and CSV on any bytes.
#include "base/csv.h"
#include "base/expr.h"
#include "base/file.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static lf_code resolve(void *context, const lf_expr_name *name, lf_value *value, lf_error *error) {
    (void)context;
    (void)name;
    (void)error;
    *value = (lf_value){.kind = LF_VALUE_NUMBER, .number = 3};
    return LF_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    char *text = malloc(size + 1);
    if (!text)
        return 0;
    memcpy(text, bytes, size);
    text[size] = 0;
    double value;
    lf_text_real(text, &value);
    lf_text_duration(text, &value);
    lf_text_clock(text, &value);
    lf_text_is_utf8(text);
    lf_error error;
    lf_expr *expr;
    lf_value result;
    lf_arena *arena = lf_arena_create(NULL);
    if (arena && lf_expr_parse(arena, text, &expr, &error) == LF_OK)
        lf_expr_eval(expr, resolve, NULL, &result, &error);
    lf_arena_destroy(arena);
    free(text);
    lf_csv *csv;
    if (lf_file_write("fuzz-base.csv", bytes, size, NULL) == LF_OK &&
        lf_csv_read("fuzz-base.csv", &csv, &error) == LF_OK) {
        for (int row = 0; row < lf_csv_rows(csv); row++)
            for (int column = 0; column < lf_csv_columns(csv); column++)
                if (strlen(lf_csv_cell(csv, row, column)) > size)
                    abort();
        lf_csv_free(csv);
    }
    return 0;
}
