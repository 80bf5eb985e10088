// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The mapping file of an import.
#include "io/ogr/rules.h"
#include "io/path.h"

#include "base/file.h"
#include "base/memory.h"
#include "base/text.h"
#include <stdlib.h>
#include <string.h>
#include <strings.h>

typedef struct entry {
    const char *source; // a source layer, or a column
    bool is_layer, ignore;
    lf_layer layer;
    const char *field; // NULL for lines about layers; "name" or a field of the table
    double factor;
} entry;

struct lf_io_ogr_map {
    char *text; // the file, cut into pieces in place
    entry *entries;
    size_t count, capacity;
};

void lf_io_ogr_map_free(lf_io_ogr_map *map) {
    if (!map)
        return;
    free(map->text);
    lf_memory_give(NULL, map->entries, map->capacity * sizeof *map->entries);
    free(map);
}

static char *trim(char *text) {
    while (*text == ' ' || *text == '\t')
        text++;
    size_t length = strlen(text);
    while (length && strchr(" \t\r\n", text[length - 1]))
        text[--length] = '\0';
    if (length >= 2 && (*text == '"' || *text == '\'') && text[length - 1] == *text) {
        text[length - 1] = '\0';
        text++;
    }
    return text;
}

static lf_code unknown_layer(const char *name, lf_error *error) {
    const char *best = NULL;
    int best_distance = 4;
    for (int i = 0; i < LF_LAYER_COUNT; i++) {
        int distance = lf_text_distance(name, lf_layer_name((lf_layer)i), 3);
        if (distance < best_distance) {
            best_distance = distance;
            best = lf_layer_name((lf_layer)i);
        }
    }
    return lf_fail(error, LF_UNKNOWN_KEY, LF_FROM_INPUT, "\"%s\" is no layer%s%s%s", name,
                   best ? "; did you mean " : "", best ? best : "", best ? "?" : "");
}

// "layer.JZ = buildings"
static lf_code take_layer(entry *e, char *name, char *value, lf_error *error) {
    e->is_layer = true;
    e->source = name;
    e->ignore = strcmp(value, "ignore") == 0;
    return e->ignore || lf_layer_find(value, &e->layer) ? LF_OK : unknown_layer(value, error);
}

// "buildings.height_m = GD * 0.01"
static lf_code take_field(entry *e, char *key, char *value, lf_error *error) {
    char *dot = strchr(key, '.');
    if (!dot)
        return lf_fail(error, LF_SYNTAX, LF_FROM_INPUT,
                       "the key \"%s\" is neither layer.<name> nor <layer>.<field>", key);
    *dot = '\0';
    e->field = dot + 1;
    e->factor = 1;
    if (!lf_layer_find(key, &e->layer))
        return unknown_layer(key, error);
    const lf_table *table = lf_layer_table(e->layer);
    if (strcmp(e->field, "name") != 0 && !lf_table_find(table, e->field)) {
        const char *best = lf_table_suggest(table, e->field);
        return lf_fail(error, LF_UNKNOWN_KEY, LF_FROM_INPUT, "%s has no field \"%s\"%s%s%s", key,
                       e->field, best ? "; did you mean " : "", best ? best : "", best ? "?" : "");
    }
    char *star = strrchr(value, '*');
    if (star) {
        *star = '\0';
        if (!lf_text_real(trim(star + 1), &e->factor))
            return lf_fail(error, LF_TYPE, LF_FROM_INPUT, "the factor behind * is no number");
    }
    e->source = trim(value);
    return LF_OK;
}

static lf_code take_line(lf_io_ogr_map *map, char *line, lf_error *error) {
    char *comment = strchr(line, '#');
    if (comment)
        *comment = '\0';
    line = trim(line);
    if (!*line || strcmp(line, "---") == 0)
        return LF_OK;
    char *sign = strchr(line, '=');
    if (!sign)
        sign = strchr(line, ':');
    if (!sign)
        return lf_fail(error, LF_SYNTAX, LF_FROM_INPUT, "a line must read key = value");
    *sign = '\0';
    char *key = trim(line), *value = trim(sign + 1);
    if (!*value)
        return lf_fail(error, LF_SYNTAX, LF_FROM_INPUT, "\"%s\" has no value", key);
    if (!lf_memory_grow(NULL, (void **)&map->entries, &map->capacity, map->count + 1,
                        sizeof *map->entries))
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for the mapping");
    entry *e = &map->entries[map->count++];
    memset(e, 0, sizeof *e);
    return strncmp(key, "layer.", 6) == 0 ? take_layer(e, trim(key + 6), value, error)
                                          : take_field(e, key, value, error);
}

lf_code lf_io_ogr_map_read(const char *path, lf_io_ogr_map **out, lf_error *error) {
    size_t size;
    lf_io_ogr_map *map = calloc(1, sizeof *map);
    *out = map;
    if (!map)
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for the mapping");
    if (!path)
        return LF_OK;
    lf_code code = lf_io_path_check(path, error);
    if (code == LF_OK)
        code = lf_file_read(path, 1 << 20, &map->text, &size, error);
    int number = 0;
    for (char *line = map->text; code == LF_OK && line;) {
        char *next = strchr(line, '\n');
        if (next)
            *next++ = '\0';
        number++;
        code = take_line(map, line, error);
        if (code != LF_OK)
            lf_error_place(error, path, number, 1, NULL);
        line = next;
    }
    return code;
}

int lf_io_ogr_map_layer(const lf_io_ogr_map *map, const char *name, lf_layer *layer) {
    for (size_t i = 0; i < map->count; i++) {
        const entry *e = &map->entries[i];
        if (!e->is_layer || strcasecmp(e->source, name) != 0)
            continue;
        *layer = e->layer;
        return e->ignore ? -1 : 1;
    }
    return 0;
}

const char *lf_io_ogr_map_field(const lf_io_ogr_map *map, lf_layer layer, const char *field,
                                double *factor) {
    for (size_t i = 0; i < map->count; i++) {
        const entry *e = &map->entries[i];
        if (e->is_layer || e->layer != layer || strcmp(e->field, field) != 0)
            continue;
        *factor = e->factor;
        return e->source;
    }
    return NULL;
}
