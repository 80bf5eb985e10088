// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// series/<option slug>/<name>.csv by RFC 4180 (CRLF, quotes where needed), shortest numbers that
// read back as the same float, and the money of the option as cashflow.csv.
#include "base/file.h"
#include "report/parts.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void cell(lf_buffer *out, const char *text) {
    if (!strpbrk(text, ",\"\r\n")) {
        lf_buffer_add(out, text);
        return;
    }
    lf_buffer_add(out, "\"");
    for (const char *p = text; *p; p++) {
        lf_buffer_addn(out, p, 1);
        if (*p == '"') {
            lf_buffer_add(out, "\"");
        }
    }
    lf_buffer_add(out, "\"");
}

// NaN becomes an empty cell: missing, not zero.
static void float_cell(lf_buffer *out, float value) {
    char number[48];
    if (isnan(value)) {
        return;
    }
    for (int digits = 6; digits <= 9; digits++) {
        snprintf(number, sizeof number, "%.*g", digits, (double)value);
        char *comma = strchr(number, ',');
        if (comma) {
            *comma = '.';
        }
        double back;
        if (lf_text_real(number, &back) && (float)back == value) {
            break;
        }
    }
    lf_buffer_add(out, number);
}

static void series_text(lf_buffer *out, const lf_series *series) {
    char number[32];
    lf_buffer_add(out, "time_s");
    for (int j = 0; j < series->column_count; j++) {
        lf_buffer_add(out, ",");
        cell(out, series->columns[j]);
    }
    lf_buffer_add(out, "\r\n");
    for (int i = 0; i < series->count; i++) {
        lf_buffer_add(out, lf_text_from_real(series->time_s[i], number));
        for (int j = 0; j < series->column_count; j++) {
            lf_buffer_add(out, ",");
            float_cell(out, series->values[(size_t)i * (size_t)series->column_count + (size_t)j]);
        }
        lf_buffer_add(out, "\r\n");
    }
}

static void fen_cell(lf_buffer *out, int64_t fen) {
    uint64_t size = fen < 0 ? 0 - (uint64_t)fen : (uint64_t)fen;
    lf_buffer_addf(out, ",%s%" PRIu64 ".%02u", fen < 0 ? "-" : "", size / 100,
                   (unsigned)(size % 100));
}

// Years down, money lines across; net and cumulative leave out the group that is not cash.
static void cash_text(lf_buffer *out, const lf_money_table *money) {
    lf_buffer_add(out, "year");
    for (int i = 0; i < money->line_count; i++) {
        lf_buffer_add(out, ",");
        cell(out, money->lines[i].name);
    }
    lf_buffer_add(out, ",net_cny,cumulative_cny\r\n");
    int64_t cumulative = 0;
    for (int year = 0; year < money->year_count; year++) {
        int64_t net = 0;
        lf_buffer_addf(out, "%d", money->first_year + year);
        for (int i = 0; i < money->line_count; i++) {
            fen_cell(out, money->lines[i].fen[year]);
            net += money->lines[i].group == 4 ? 0 : money->lines[i].fen[year];
        }
        cumulative += net;
        fen_cell(out, net);
        fen_cell(out, cumulative);
        lf_buffer_add(out, "\r\n");
    }
}

static lf_code write_csv(lf_buffer *text, const char *folder, const char *name, lf_error *error) {
    char slug[LF_REPORT_SLUG_SIZE], file[LF_REPORT_SLUG_SIZE + 8];
    snprintf(file, sizeof file, "%s.csv", lf_report_slug(name, slug));
    return lf_report_write(text, folder, file, error);
}

static lf_code write_option(const lf_option_result *option, const char *folder, lf_error *error) {
    lf_code code = LF_OK;
    for (int i = 0; i < lf_option_series_count(option) && code == LF_OK; i++) {
        lf_buffer text = {0};
        series_text(&text, lf_option_series_at(option, i));
        code = write_csv(&text, folder, lf_option_series_at(option, i)->name, error);
    }
    const lf_money_table *money = lf_option_money(option);
    if (code == LF_OK && money && !lf_option_series(option, "cashflow")) {
        lf_buffer text = {0};
        cash_text(&text, money);
        code = write_csv(&text, folder, "cashflow", error);
    }
    return code;
}

lf_code lf_report_series(const lf_result *result, const char *folder, lf_error *error) {
    lf_code code = LF_OK;
    for (int i = 0; i < result->option_count && code == LF_OK; i++) {
        const lf_option_result *option = result->options[i];
        if (lf_option_series_count(option) == 0 && !lf_option_money(option)) {
            continue;
        }
        char slug[LF_REPORT_SLUG_SIZE], name[LF_REPORT_SLUG_SIZE + 8], path[1024];
        snprintf(name, sizeof name, "series/%s", lf_report_option_slug(result, i, slug));
        lf_file_join(path, sizeof path, folder, name);
        code = lf_file_make_folder(path, error);
        if (code == LF_OK) {
            code = write_option(option, path, error);
        }
    }
    return code;
}
