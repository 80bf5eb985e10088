// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The keystone: one row per setting, per feature attribute and per state array. From these rows
// generic code does parsing with range check and "did you mean", defaults, checkpoint, hash,
// comparison, export, viewer layers and the settings tables of the manuals.
#ifndef LIFANG_FIELD_H
#define LIFANG_FIELD_H

#include "lifang/base.h"

#ifdef __cplusplus
extern "C" {
#endif

// Scalar types are C members at `offset`; array types are C pointers at `offset`.
typedef enum lf_type {
    LF_BOOL,     // bool
    LF_INT,      // int
    LF_REAL,     // double
    LF_DURATION, // double, seconds; text like "6h", "5min", "90 s"
    LF_CLOCK,    // double, seconds since midnight; text like "17:30"
    LF_ENUM,     // int, index into names
    LF_TEXT,     // const char *, owned by the arena of the document
    LF_GROUP,    // nested struct described by `group`
    LF_U8,       // uint8_t *
    LF_I32,      // int32_t *
    LF_U32,      // uint32_t *
    LF_I64,      // int64_t *
    LF_U64,      // uint64_t *
    LF_F32,      // float *
    LF_F64,      // double *
    LF_TYPE_COUNT
} lf_type;

// Where a field lives. Settings and features are scalars; the rest are state arrays, one value for
// each thing of that kind; a module says how many there are (lf_module.count).
typedef enum lf_place {
    LF_AT_SETTING,
    LF_AT_FEATURE,
    LF_AT_ONE,     // one value for the whole state
    LF_AT_CELL,    // surface cell, row-major from the south-west
    LF_AT_FACE_X,  // west face of each cell, (cols + 1) x rows
    LF_AT_FACE_Y,  // south face of each cell, cols x (rows + 1)
    LF_AT_NODE,    // row of drain_nodes
    LF_AT_LINK,    // row of drain_links
    LF_AT_ROAD,    // row of roads
    LF_AT_EDGE,    // directed edge of the road graph
    LF_AT_PARKING, // row of parking
    LF_AT_STALL,   // stall place: see park.h
    LF_AT_GATE,    // row of gates
    LF_AT_BUILDING,
    LF_AT_CAR,
    LF_AT_EVENT,
    LF_AT_OTHER, // another count, in multiples that the module defines
    LF_PLACE_COUNT
} lf_place;

typedef struct lf_table lf_table;

// One row. The unit is the last word of the name. low..high is the allowed closed range of numbers
// (low == high == 0 means unchecked); initial is the default of numbers, initial_text of texts.
typedef struct lf_field {
    const char *name;
    const char *doc;
    lf_type type;
    lf_place place;
    size_t offset;
    double low;
    double high;
    double initial;
    const char *initial_text; // LF_TEXT only; NULL reads as ""
    const char *const *names; // LF_ENUM only; ends with NULL
    const lf_table *group;    // LF_GROUP only
} lf_field;

struct lf_table {
    const char *name; // "drain", "buildings"
    const char *doc;
    const lf_field *fields;
    int count;
    size_t size; // sizeof the C struct that the offsets are for
};

// Fills a struct with the defaults of its table; other bytes become zero.
void lf_table_defaults(const lf_table *table, void *row);
// The field of that name, or NULL.
const lf_field *lf_table_find(const lf_table *table, const char *name);
// The known name nearest to `name` (edit distance <= 3), or NULL: for "did you mean".
const char *lf_table_suggest(const lf_table *table, const char *name);
// Reads text into the field: numbers, durations, enum names, booleans. text must outlive the row
// for LF_TEXT. Fails with LF_TYPE, LF_RANGE or LF_UNKNOWN_KEY (enum) and a message that names the
// limits.
lf_code lf_field_set_text(const lf_field *field, void *row, const char *text, lf_error *error);
// Numbers of any scalar type as double; NAN for text. Enums give their index.
double lf_field_number(const lf_field *field, const void *row);
// Any scalar as text, written to buffer where needed. Enums give their name.
const char *lf_field_text(const lf_field *field, const void *row, char *buffer, size_t size);
// Checks every number of the row against its range. path is put before the field's name.
lf_code lf_table_check(const lf_table *table, const void *row, const char *path, lf_error *error);
// The unit that a name ends in ("m", "m3/s", "mm/h", "yuan", "1"), or "" where it has none.
const char *lf_unit_of(const char *name);

#ifdef __cplusplus
}
#endif
#endif
