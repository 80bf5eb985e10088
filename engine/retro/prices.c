// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The book of prices: assets/prices/*.csv with the columns key, value, unit, year, region, source,
// status. A price without a source is refused: nobody could check it.
#include "lifang/retro.h"

#include "base/csv.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *const price_files[] = {"prices/drainage.csv", "prices/parking.csv",
                                          "prices/building.csv"};
#define FILE_COUNT ((int)(sizeof price_files / sizeof *price_files))
#define FILE_NAMES "assets/prices/drainage.csv, parking.csv, building.csv"

enum { KEY, VALUE, UNIT, YEAR, REGION, SOURCE, STATUS, COLUMN_COUNT };
static const char *const column_names[COLUMN_COUNT] = {"key",    "value",  "unit",  "year",
                                                       "region", "source", "status"};

struct lf_prices {
    lf_csv *files[FILE_COUNT]; // own the texts
    lf_price *rows;
    size_t capacity;
    int count;
};

static const lf_price *find(const lf_prices *prices, const char *key) {
    for (int i = 0; i < prices->count; i++)
        if (strcmp(prices->rows[i].key, key) == 0)
            return &prices->rows[i];
    return NULL;
}

static bool quality_of(const char *status, lf_quality *quality) {
    for (int q = 0; q < LF_QUALITY_COUNT; q++) {
        if (strcmp(status, lf_quality_name((lf_quality)q)) == 0) {
            *quality = (lf_quality)q;
            return q != LF_SYNTHETIC;
        }
    }
    return false;
}

static lf_code refuse(lf_error *error, lf_code code, const char *path, int line, const char *key,
                      const char *what) {
    lf_code result = lf_fail(error, code, LF_FROM_INPUT, "price \"%s\": %s", key, what);
    lf_error_place(error, path, line, 0, NULL);
    return result;
}

static lf_code read_row(lf_prices *prices, const lf_csv *csv, const char *path, int row,
                        const int columns[COLUMN_COUNT], lf_error *error) {
    const char *cell[COLUMN_COUNT];
    for (int c = 0; c < COLUMN_COUNT; c++)
        cell[c] = lf_csv_cell(csv, row, columns[c]);
    int line = lf_csv_line(csv, row);
    lf_price price = {
        .key = cell[KEY], .unit = cell[UNIT], .region = cell[REGION], .source = cell[SOURCE]};
    long long year = 0;
    if (!price.key[0] || !price.unit[0])
        return refuse(error, LF_MISSING, path, line, price.key, "key and unit must not be empty");
    if (!lf_text_real(cell[VALUE], &price.value) || price.value < 0)
        return refuse(error, LF_RANGE, path, line, price.key,
                      "value must be a number of 0 or more");
    if (!lf_text_int(cell[YEAR], &year) || year < 1980 || year > 2200)
        return refuse(error, LF_RANGE, path, line, price.key, "year must lie in 1980..2200");
    if (!price.source[0])
        return refuse(error, LF_MISSING, path, line, price.key, "a price needs a source");
    if (!quality_of(cell[STATUS], &price.quality))
        return refuse(error, LF_UNKNOWN_KEY, path, line, price.key,
                      "status must be measured, tagged or assumed");
    if (find(prices, price.key))
        return refuse(error, LF_DUPLICATE, path, line, price.key, "there is such a row already");
    price.year = (int)year;
    if (!lf_memory_grow(NULL, (void **)&prices->rows, &prices->capacity, (size_t)prices->count + 1,
                        sizeof *prices->rows))
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for the prices");
    prices->rows[prices->count++] = price;
    return LF_OK;
}

static lf_code read_file(lf_prices *prices, int file, lf_error *error) {
    char path[1024];
    lf_code code = lf_file_asset(price_files[file], path, sizeof path, error);
    if (code == LF_OK)
        code = lf_csv_read(path, &prices->files[file], error);
    if (code != LF_OK)
        return code;
    const lf_csv *csv = prices->files[file];
    int columns[COLUMN_COUNT];
    for (int c = 0; c < COLUMN_COUNT; c++) {
        columns[c] = lf_csv_column(csv, column_names[c]);
        if (columns[c] < 0) {
            code = lf_fail(error, LF_FORMAT, LF_FROM_INPUT, "column \"%s\" is missing",
                           column_names[c]);
            lf_error_place(error, path, 1, 0, NULL);
            return code;
        }
    }
    for (int row = 0; row < lf_csv_rows(csv) && code == LF_OK; row++)
        code = read_row(prices, csv, path, row, columns, error);
    return code;
}

lf_code lf_retro_prices_read(lf_prices **prices, lf_error *error) {
    *prices = NULL;
    lf_prices *book = calloc(1, sizeof *book);
    if (!book)
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for the prices");
    lf_code code = LF_OK;
    for (int file = 0; file < FILE_COUNT && code == LF_OK; file++)
        code = read_file(book, file, error);
    if (code != LF_OK) {
        lf_retro_prices_free(book);
        return code;
    }
    *prices = book;
    return LF_OK;
}

void lf_retro_prices_free(lf_prices *prices) {
    if (!prices)
        return;
    for (int file = 0; file < FILE_COUNT; file++)
        lf_csv_free(prices->files[file]);
    lf_memory_give(NULL, prices->rows, prices->capacity * sizeof *prices->rows);
    free(prices);
}

int lf_retro_prices_count(const lf_prices *prices) {
    return prices->count;
}

const lf_price *lf_retro_prices_at(const lf_prices *prices, int index) {
    return index >= 0 && index < prices->count ? &prices->rows[index] : NULL;
}

lf_code lf_retro_price(const lf_prices *prices, const char *key, lf_price *price, lf_error *error) {
    const lf_price *row = find(prices, key);
    if (row) {
        *price = *row;
        return LF_OK;
    }
    const char *nearest = NULL;
    int best = 4;
    for (int i = 0; i < prices->count; i++) {
        int distance = lf_text_distance(prices->rows[i].key, key, best);
        if (distance < best) {
            best = distance;
            nearest = prices->rows[i].key;
        }
    }
    return lf_fail(error, LF_UNKNOWN_KEY, LF_FROM_INPUT,
                   "no price \"%s\" in " FILE_NAMES "%s%s%s; add a row there", key,
                   nearest ? ": did you mean \"" : "", nearest ? nearest : "",
                   nearest ? "\"?" : "");
}
