// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Importer for CSV series of sensors, in a long layout (one reading per line) or a wide one (one
// column per sensor and a side-car file that describes them).
#include "io/sensors/series.h"

#include "base/csv.h"
#include "base/hash.h"
#include "base/memory.h"
#include "base/text.h"
#include "io/common/bare.h"
#include "io/common/map.h"
#include "io/path.h"
#include "io/registry.h"
#include "lifang/twin.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

typedef struct reader {
    lf_spec *spec;
    const lf_import_def *def;
    lf_issues *issues;
    const char *label;
    lf_quality quality; // of the file
    gauge *series;
    size_t count, capacity;
    lf_io_map by_name; // hash of the name -> series
    long errors;
    lf_error first;
    int zoneless, zoneless_line;
    int missing, missing_line;
    bool out_of_memory;
} reader;

// Columns of the long layout and of the side-car; -1 = not there.
typedef struct columns {
    int sensor, kind, x, y, target, unit, quality, time, value;
} columns;

static void fault(reader *r, lf_code code, const char *file, int line, const char *feature,
                  const char *mend, const char *message) {
    lf_issues_addf(r->issues, LF_ERROR, code, file, line, feature, mend, "%s", message);
    if (r->errors++ == 0) {
        lf_fail(&r->first, code, LF_FROM_INPUT, "%s%s%s", feature, *feature ? ": " : "", message);
        lf_error_place(&r->first, file, line, 0, NULL);
    }
}

static const char *cell(const lf_csv *csv, int row, int column) {
    return column < 0 ? "" : lf_csv_cell(csv, row, column);
}

static columns find_columns(const lf_csv *csv) {
    columns c = {
        lf_csv_column(csv, "sensor"),  lf_csv_column(csv, "kind"),   lf_csv_column(csv, "x"),
        lf_csv_column(csv, "y"),       lf_csv_column(csv, "target"), lf_csv_column(csv, "unit"),
        lf_csv_column(csv, "quality"), lf_csv_column(csv, "time"),   lf_csv_column(csv, "value")};
    return c;
}

static bool read_quality(const char *text, lf_quality *quality) {
    for (int i = 0; i < LF_QUALITY_COUNT; i++)
        if (strcasecmp(text, lf_quality_name((lf_quality)i)) == 0) {
            *quality = (lf_quality)i;
            return true;
        }
    return false;
}

static void read_place(reader *r, const lf_csv *csv, const columns *c, int row, const char *file,
                       gauge *new) {
    const char *x = cell(csv, row, c->x), *y = cell(csv, row, c->y);
    if (!*x && !*y)
        return;
    new->placed = lf_text_real(x, &new->x) && lf_text_real(y, &new->y);
    if (!new->placed)
        fault(r, LF_TYPE, file, lf_csv_line(csv, row), new->name, "", "x and y are no numbers");
}

// The series of this row's sensor, made when it is named for the first time.
static gauge *series_of(reader *r, const lf_csv *csv, const columns *c, int row, const char *file) {
    const char *name = cell(csv, row, c->sensor);
    int line = lf_csv_line(csv, row);
    uint64_t key = lf_hash_text(1, name);
    int index = lf_io_map_get(&r->by_name, key);
    if (index >= 0)
        return &r->series[index];
    if (!lf_memory_grow(NULL, (void **)&r->series, &r->capacity, r->count + 1, sizeof *r->series)) {
        r->out_of_memory = true;
        return NULL;
    }
    gauge *new = &r->series[r->count];
    memset(new, 0, sizeof *new);
    new->name = name;
    new->line = line;
    new->target = cell(csv, row, c->target);
    new->quality = r->quality;
    if (!*name)
        fault(r, LF_SYNTAX, file, line, "", "", "the sensor has no name");
    const lf_field *kinds = lf_table_find(lf_layer_table(LF_SENSORS), "kind");
    lf_sensor probe;
    lf_error error;
    lf_table_defaults(lf_layer_table(LF_SENSORS), &probe);
    if (lf_field_set_text(kinds, &probe, cell(csv, row, c->kind), &error) != LF_OK)
        fault(r, LF_UNKNOWN_KEY, file, line, name, "", error.message);
    new->kind = probe.kind;
    const char *unit = cell(csv, row, c->unit), *allowed;
    if (!lf_io_sensors_unit(new->kind, unit, new, &allowed)) {
        char message[160];
        snprintf(message, sizeof message, "unit \"%s\" does not fit; use %s", unit, allowed);
        fault(r, LF_UNKNOWN_KEY, file, line, name, "", message);
    }
    const char *quality = cell(csv, row, c->quality);
    if (*quality && !read_quality(quality, &new->quality))
        fault(r, LF_UNKNOWN_KEY, file, line, name, "use measured, tagged, assumed or synthetic",
              "the quality is not one that is known");
    read_place(r, csv, c, row, file, new);
    lf_io_map_set(&r->by_name, key, (int)r->count);
    r->out_of_memory = r->out_of_memory || r->by_name.failed;
    return &r->series[r->count++];
}

static bool is_missing(const char *text) {
    static const char *const words[] = {"", "nan", "na", "n/a", "null", "none", "-"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strcasecmp(text, words[i]) == 0)
            return true;
    return false;
}

static void add_reading(reader *r, gauge *series, double unix_s, const char *text, int line) {
    double value;
    if (is_missing(text)) {
        if (r->missing++ == 0)
            r->missing_line = line;
        return;
    }
    if (!lf_text_real(text, &value)) {
        char message[120];
        snprintf(message, sizeof message, "the value \"%.40s\" is no number", text);
        fault(r, LF_TYPE, r->label, line, series->name,
              "leave the cell empty where nothing was read", message);
        return;
    }
    if (value < 0 && series->kind != LF_SENSOR_LEVEL && series->kind != LF_SENSOR_FLOW &&
        series->kind != LF_SENSOR_OTHER) {
        lf_issues_addf(r->issues, LF_WARNING, LF_RANGE, r->label, line, series->name, "",
                       "the value %g is below zero and was left out", value);
        return;
    }
    if (!lf_memory_grow(NULL, (void **)&series->readings, &series->capacity, series->count + 1,
                        sizeof *series->readings)) {
        r->out_of_memory = true;
        return;
    }
    series->readings[series->count++] = (reading){unix_s, value * series->factor, line};
}

static bool read_time(reader *r, const char *text, int line, double *unix_s) {
    bool zoned = true;
    if (!lf_io_sensors_time(text, unix_s, &zoned)) {
        char message[160];
        snprintf(message, sizeof message, "\"%.40s\" is no ISO 8601 time", text);
        fault(r, LF_TYPE, r->label, line, "", "write 2025-07-14T18:05:00+08:00", message);
        return false;
    }
    if (!zoned && r->zoneless++ == 0)
        r->zoneless_line = line;
    return true;
}

static void read_long(reader *r, const lf_csv *csv) {
    columns c = find_columns(csv);
    for (int row = 0; row < lf_csv_rows(csv) && !r->out_of_memory; row++) {
        int line = lf_csv_line(csv, row);
        double unix_s;
        gauge *series = series_of(r, csv, &c, row, r->label);
        if (!series || !read_time(r, cell(csv, row, c.time), line, &unix_s))
            continue;
        add_reading(r, series, unix_s, cell(csv, row, c.value), line);
    }
}

// "gauges.csv" -> "gauges.meta.csv"
static void side_car(const char *path, char *out, size_t size) {
    size_t length = strlen(path);
    size_t stem = length > 4 && strcasecmp(path + length - 4, ".csv") == 0 ? length - 4 : length;
    snprintf(out, size, "%.*s.meta.csv", (int)stem, path);
}

static lf_code read_wide(reader *r, const lf_csv *csv, const lf_csv *meta, const char *meta_path) {
    columns c = find_columns(meta);
    if (c.sensor < 0 || c.kind < 0) {
        fault(r, LF_FORMAT, meta_path, 1, "", "the header is sensor,kind,x,y,target,unit,quality",
              "the side-car lacks the column sensor or kind");
        return LF_OK;
    }
    for (int row = 0; row < lf_csv_rows(meta); row++)
        if (!series_of(r, meta, &c, row, meta_path))
            return LF_OK;
    for (int column = 1; column < lf_csv_columns(csv) && !r->out_of_memory; column++) {
        const char *name = lf_csv_header(csv, column);
        int index = lf_io_map_get(&r->by_name, lf_hash_text(1, name));
        if (index < 0) {
            fault(r, LF_REFERENCE, r->label, 1, name, "add a line for it to the side-car",
                  "the side-car does not describe this column");
            continue;
        }
        for (int row = 0; row < lf_csv_rows(csv); row++) {
            double unix_s;
            int line = lf_csv_line(csv, row);
            if (read_time(r, lf_csv_cell(csv, row, 0), line, &unix_s))
                add_reading(r, &r->series[index], unix_s, lf_csv_cell(csv, row, column), line);
        }
    }
    return LF_OK;
}

// The point of a target such as "parking/3": the centre of that row, if it is there already.
static bool target_point(const reader *r, const char *target, lf_vec2 *at) {
    const char *slash = strchr(target, '/');
    char layer_name[40];
    lf_layer layer;
    long long id;
    if (!slash || (size_t)(slash - target) >= sizeof layer_name)
        return false;
    snprintf(layer_name, sizeof layer_name, "%.*s", (int)(slash - target), target);
    if (!lf_layer_find(layer_name, &layer) || !lf_text_int(slash + 1, &id) || id < 1)
        return false;
    int index = lf_spec_find(r->spec, layer, (lf_id)id);
    if (index < 0)
        return false;
    *at = lf_shape_centre(&((const lf_row *)lf_spec_at_const(r->spec, layer, index))->shape);
    return true;
}

static void emit_one(reader *r, gauge *series, const lf_io_bare *bare) {
    lf_vec2 at = {series->x, series->y};
    if (!series->count) {
        lf_issues_addf(r->issues, LF_WARNING, LF_EMPTY, r->label, series->line, series->name, "",
                       "the sensor has no usable reading and was left out");
        return;
    }
    if (series->placed ? !lf_io_bare_point(bare, &at) : !target_point(r, series->target, &at)) {
        fault(r, series->placed ? LF_CRS : LF_REFERENCE, r->label, series->line, series->name,
              "give x and y, or a target that an earlier import made (parking/3)",
              series->placed ? "its coordinates cannot be transformed"
                             : "the sensor has no coordinates and its target is not in the estate");
        return;
    }
    if (bare && !lf_io_bare_keeps(bare, at))
        return;
    lf_io_sensors_clean(series, r->label, r->issues);
    double *time_s = malloc(2 * series->count * sizeof *time_s);
    lf_sensor *row = time_s ? lf_spec_add(r->spec, LF_SENSORS) : NULL;
    if (!row) {
        free(time_s);
        r->out_of_memory = true;
        return;
    }
    double *values = time_s + series->count;
    for (size_t i = 0; i < series->count; i++) {
        time_s[i] = series->readings[i].unix_s - series->readings[0].unix_s;
        values[i] = series->readings[i].value;
    }
    row->row.quality = series->quality;
    row->row.name = lf_spec_text(r->spec, series->name);
    row->row.source = lf_spec_textf(r->spec, "%s sensor %s", r->label, series->name);
    row->row.shape = lf_spec_point(r->spec, at);
    row->kind = series->kind;
    row->unit = lf_spec_text(r->spec, series->unit);
    row->target = lf_spec_text(r->spec, series->target);
    row->samples =
        lf_spec_samples(r->spec, time_s, values, (int)series->count, series->readings[0].unix_s);
    if (!row->samples.count)
        r->out_of_memory = true;
    free(time_s);
}

static lf_code emit(reader *r, lf_error *error) {
    const gauge *placed = NULL;
    for (size_t i = 0; i < r->count && !placed; i++)
        if (r->series[i].placed)
            placed = &r->series[i];
    lf_io_bare bare;
    if (placed) {
        lf_code code =
            lf_io_bare_open(&bare, r->spec, r->def, placed->x, placed->y, 1, r->issues, error);
        if (code != LF_OK)
            return code;
    }
    for (size_t i = 0; i < r->count && !r->out_of_memory; i++)
        emit_one(r, &r->series[i], placed ? &bare : NULL);
    if (placed)
        lf_io_bare_close(&bare);
    return LF_OK;
}

static void sum_up(reader *r) {
    if (r->missing)
        lf_issues_addf(r->issues, LF_WARNING, LF_MISSING, r->label, r->missing_line, "", "",
                       "%d readings are empty or NaN and were left out; the first at this line",
                       r->missing);
    if (r->zoneless) {
        lf_issues_addf(r->issues, LF_WARNING, LF_OK, r->label, r->zoneless_line, "",
                       "write the zone: 2025-07-14T18:05:00+08:00",
                       "%d times state no zone and are taken as UTC+8; the first at this line",
                       r->zoneless);
        lf_spec_add_assumption(r->spec, LF_ASSUMED,
                               "Times without a zone in %s are taken as China Standard Time.",
                               r->label);
    }
}

// A comment line "# quality: synthetic" at the head labels all sensors of the file.
static lf_quality file_quality(const char *path) {
    unsigned char head[2048];
    size_t count = 0;
    lf_quality quality = LF_MEASURED;
    if (lf_io_path_head(path, head, sizeof head - 1, &count, NULL) != LF_OK)
        return quality;
    head[count] = 0;
    char *save = NULL;
    for (char *line = strtok_r((char *)head, "\r\n", &save); line && *line == '#';
         line = strtok_r(NULL, "\r\n", &save)) {
        char word[32];
        if (sscanf(line, "# quality: %31s", word) == 1)
            read_quality(word, &quality);
    }
    return quality;
}

static lf_code read_all(reader *r, const lf_csv *csv, lf_error *error) {
    columns c = find_columns(csv);
    lf_csv *meta = NULL;
    char meta_path[1100];
    lf_code code = LF_OK;
    if (c.sensor >= 0 && c.kind >= 0 && c.time >= 0 && c.value >= 0) {
        read_long(r, csv);
    } else if (strcasecmp(lf_csv_header(csv, 0), "time") == 0) {
        side_car(r->def->path, meta_path, sizeof meta_path);
        code = lf_io_path_check(meta_path, error);
        if (code == LF_OK)
            code = lf_csv_read(meta_path, &meta, error);
        if (code == LF_OK)
            code = read_wide(r, csv, meta, meta_path);
    } else {
        code = lf_fail(error, LF_FORMAT, LF_FROM_INPUT,
                       "the header is neither sensor,kind,x,y,target,unit,time,value nor "
                       "time,<sensor>,... with a side-car .meta.csv");
    }
    if (code == LF_OK && !r->out_of_memory && !r->errors)
        code = emit(r, error);
    lf_csv_free(meta);
    if (code != LF_OK)
        return code;
    if (r->out_of_memory)
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "memory ran out while reading %s", r->label);
    if (r->errors) {
        lf_fail(error, r->first.code, LF_FROM_INPUT, "%s", r->first.message);
        lf_error_place(error, r->first.file, r->first.line, 0, NULL);
        return r->first.code;
    }
    if (!r->count)
        return lf_fail(error, LF_EMPTY, LF_FROM_INPUT, "the file holds no reading");
    sum_up(r);
    return LF_OK;
}

static lf_code read_sensors(lf_spec *spec, const lf_import_def *def, lf_issues *issues,
                            lf_error *error) {
    lf_csv *csv = NULL;
    lf_code code = lf_csv_read(def->path, &csv, error);
    if (code != LF_OK)
        return code;
    reader r = {.spec = spec, .def = def, .issues = issues};
    r.label = def->label ? def->label : def->path;
    r.quality = file_quality(def->path);
    code = read_all(&r, csv, error);
    for (size_t i = 0; i < r.count; i++)
        lf_memory_give(NULL, r.series[i].readings, r.series[i].capacity * sizeof(reading));
    lf_memory_give(NULL, r.series, r.capacity * sizeof *r.series);
    lf_io_map_free(&r.by_name);
    lf_csv_free(csv);
    return code;
}

// The header tells: long layout by its columns, wide layout by its first column and the side-car.
static int sniff(const char *path, const unsigned char *head, size_t head_size) {
    char text[512] = "";
    const unsigned char *start = head, *end = head + head_size;
    while (start < end && (*start == '#' || *start == '\n' || *start == '\r')) {
        while (start < end && *start != '\n')
            start++;
        if (start < end)
            start++;
    }
    size_t length = 0;
    while (start + length < end && start[length] != '\n' && length < sizeof text - 1)
        length++;
    memcpy(text, start, length);
    const char *line = strncmp(text, "\xef\xbb\xbf", 3) == 0 ? text + 3 : text;
    if (strstr(line, "sensor") && strstr(line, "kind") && strstr(line, "time") &&
        strstr(line, "value") && strchr(line, ','))
        return 95;
    char meta[1100];
    side_car(path, meta, sizeof meta);
    if (strncasecmp(line, "time,", 5) == 0 && lf_io_path_check(meta, NULL) == LF_OK)
        return 90;
    return 0;
}

const lf_importer lf_io_sensors = {
    "sensors", "CSV series of rain gauges, water gauges, flow meters and counters", sniff,
    read_sensors, NULL};
