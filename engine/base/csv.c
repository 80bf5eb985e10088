// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// A CSV file in memory: cells are slices of one buffer, cut in place.
#include "base/csv.h"
#include "base/file.h"
#include "base/memory.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

struct lf_csv {
    char *bytes;
    char **cells; // header first, row by row
    size_t cell_count, cell_capacity;
    int *lines; // one per record, the header included
    size_t line_count, line_capacity;
    int columns;
};

void lf_csv_free(lf_csv *csv) {
    if (!csv)
        return;
    free(csv->bytes);
    lf_memory_give(NULL, csv->cells, csv->cell_capacity * sizeof *csv->cells);
    lf_memory_give(NULL, csv->lines, csv->line_capacity * sizeof *csv->lines);
    lf_memory_give(NULL, csv, sizeof *csv);
}

static bool add_cell(lf_csv *csv, char *cell) {
    void *cells = csv->cells;
    const bool room =
        lf_memory_grow(NULL, &cells, &csv->cell_capacity, csv->cell_count + 1, sizeof *csv->cells);
    csv->cells = cells;
    if (room)
        csv->cells[csv->cell_count++] = cell;
    return room;
}

static bool add_line(lf_csv *csv, int line) {
    void *lines = csv->lines;
    const bool room =
        lf_memory_grow(NULL, &lines, &csv->line_capacity, csv->line_count + 1, sizeof *csv->lines);
    csv->lines = lines;
    if (room)
        csv->lines[csv->line_count++] = line;
    return room;
}

// Cuts one cell at *at; *ends_record tells that a line break or the end followed. false: an open
// quote.
static bool cut_cell(char **at, char **cell, bool *ends_record, int *line) {
    char *read = *at, *write = read;
    *cell = write;
    if (*read == '"') {
        for (read++;; read++) {
            if (*read == 0)
                return false;
            if (*read == '"' && *++read != '"')
                break;
            if (*read == '\n')
                ++*line;
            *write++ = *read;
        }
    }
    while (*read && *read != ',' && *read != '\n' && *read != '\r')
        *write++ = *read++;
    *ends_record = *read != ',';
    if (*read == '\r')
        read++;
    if (*read == '\n')
        ++*line;
    if (*read)
        read++;
    *write = 0;
    *at = read;
    return true;
}

static lf_code cut(lf_csv *csv, lf_error *error) {
    char *at = csv->bytes;
    if (strncmp(at, "\xef\xbb\xbf", 3) == 0)
        at += 3;
    for (int line = 1; *at;) {
        if (*at == '#' || *at == '\n' || *at == '\r') { // comment or empty line
            at += strcspn(at, "\n");
            if (*at)
                at++;
            line++;
            continue;
        }
        const int first_line = line;
        int cells = 0;
        for (bool ends = false; !ends; cells++) {
            char *cell;
            if (!cut_cell(&at, &cell, &ends, &line)) {
                lf_fail(error, LF_SYNTAX, LF_FROM_INPUT, "a quoted cell is never closed");
                lf_error_place(error, NULL, first_line, cells + 1, NULL);
                return LF_SYNTAX;
            }
            if (!add_cell(csv, cell))
                return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for a CSV file");
        }
        if (csv->columns == 0)
            csv->columns = cells;
        if (cells != csv->columns) {
            lf_fail(error, LF_FORMAT, LF_FROM_INPUT, "%d cells where the header has %d", cells,
                    csv->columns);
            lf_error_place(error, NULL, first_line, 1, NULL);
            return LF_FORMAT;
        }
        if (!add_line(csv, first_line))
            return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for a CSV file");
    }
    if (csv->columns == 0)
        return lf_fail(error, LF_EMPTY, LF_FROM_INPUT, "the file has no header line");
    return LF_OK;
}

lf_code lf_csv_read(const char *path, lf_csv **out, lf_error *error) {
    assert(path && out);
    *out = NULL;
    lf_csv *csv = lf_memory_take(NULL, sizeof *csv);
    if (!csv)
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for %s", path);
    size_t count = 0;
    lf_code code = lf_file_read(path, 0, &csv->bytes, &count, error);
    if (code == LF_OK && strlen(csv->bytes) != count)
        code =
            lf_fail(error, LF_FORMAT, LF_FROM_INPUT, "the file holds a NUL byte: it is not text");
    if (code == LF_OK)
        code = cut(csv, error);
    if (code != LF_OK) {
        lf_error_place(error, path, 0, 0, NULL);
        lf_csv_free(csv);
        return code;
    }
    *out = csv;
    return LF_OK;
}

int lf_csv_columns(const lf_csv *csv) {
    return csv->columns;
}

int lf_csv_rows(const lf_csv *csv) {
    return (int)csv->line_count - 1;
}

const char *lf_csv_header(const lf_csv *csv, int column) {
    assert(column >= 0 && column < csv->columns);
    return csv->cells[column];
}

int lf_csv_column(const lf_csv *csv, const char *name) {
    for (int i = 0; i < csv->columns; i++)
        if (strcmp(csv->cells[i], name) == 0)
            return i;
    return -1;
}

const char *lf_csv_cell(const lf_csv *csv, int row, int column) {
    assert(row >= 0 && row < lf_csv_rows(csv) && column >= 0 && column < csv->columns);
    return csv->cells[(size_t)(row + 1) * (size_t)csv->columns + (size_t)column];
}

int lf_csv_line(const lf_csv *csv, int row) {
    assert(row >= 0 && row < lf_csv_rows(csv));
    return csv->lines[row + 1];
}
