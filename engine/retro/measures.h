// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// What the measures share: declarations from the list, parameter rows, selection, and priced works.
#ifndef LF_RETRO_MEASURES_H
#define LF_RETRO_MEASURES_H

#include "lifang/measure.h"
#include "lifang/retro.h"
#include "lifang/twin.h"

#include <stddef.h>

#define LF_MEASURE(name) extern const lf_measure lf_retro_measure_##name;
#include "measures.def"
#undef LF_MEASURE

// Rows of a params table.
#define LF_PARAM_WHERE(type_, initial_)                                                            \
    {                                                                                              \
        .name = "where", .doc = "which features; empty means all", .type = LF_TEXT,                \
        .place = LF_AT_SETTING, .offset = offsetof(type_, where), .initial_text = initial_         \
    }
#define LF_PARAM_REAL(type_, member_, low_, high_, initial_, doc_)                                 \
    {                                                                                              \
        .name = #member_, .doc = doc_, .type = LF_REAL, .place = LF_AT_SETTING,                    \
        .offset = offsetof(type_, member_), .low = low_, .high = high_, .initial = initial_        \
    }
#define LF_PARAM_INT(type_, member_, low_, high_, initial_, doc_)                                  \
    {                                                                                              \
        .name = #member_, .doc = doc_, .type = LF_INT, .place = LF_AT_SETTING,                     \
        .offset = offsetof(type_, member_), .low = low_, .high = high_, .initial = initial_        \
    }
#define LF_PARAM_TABLE(name_, doc_, fields_, type_)                                                \
    { name_, doc_, fields_, (int)(sizeof fields_ / sizeof *fields_), sizeof(type_) }

// The rows of a layer that a where expression selects. items: indices, ascending.
typedef struct lf_retro_chosen {
    int *items;
    int count;
} lf_retro_chosen;
// count 0 is no error: a warning in the name of the measure is added.
lf_code lf_retro_choose(const lf_spec *spec, const lf_measure *measure, lf_layer layer,
                        const char *where, lf_retro_chosen *chosen, lf_issues *issues,
                        lf_error *error);
// The same for decisions about single places: more than limit hits are LF_RANGE.
lf_code lf_retro_choose_few(const lf_spec *spec, const lf_measure *measure, lf_layer layer,
                            const char *where, int limit, lf_retro_chosen *chosen,
                            lf_issues *issues, lf_error *error);
void lf_retro_chosen_free(lf_retro_chosen *chosen);
// Says that the measure changed nothing, and why.
void lf_retro_warn(const lf_measure *measure, lf_issues *issues, const char *feature,
                   const char *mend, const char *what);

// A quantity with the keys of its prices; NULL keys count as zero (life: never renewed).
typedef struct lf_retro_bill {
    const char *label;
    const char *capex_key;
    const char *opex_key;
    const char *life_key;
    double quantity;
    double revenue_cny_year; // of the whole quantity
    lf_quality quality;      // worst of what the quantity and the revenue rest on
} lf_retro_bill;
// Reads the prices and records the works; nothing is recorded for a quantity of 0.
lf_code lf_retro_bill_works(lf_spec *spec, const lf_measure *measure, const lf_retro_bill *bills,
                            int count, lf_error *error);

// Head of a row that a measure made.
void lf_retro_mark(lf_spec *spec, lf_row *row, const lf_measure *measure, lf_id of);
// Clears the "assumed" mark of a field that a measure has set.
void lf_retro_decided(lf_row *row, lf_layer layer, const char *field);
// Pipe length in metres: as stated, else of its line.
double lf_retro_link_length_m(const lf_drain_link *link);
// Dwellings of a building as far as the spec knows: given, or two for each floor and staircase of a
// residential one.
int lf_retro_households(const lf_building *building);
// True for the roads that cars use.
bool lf_retro_is_carriageway(const lf_road *road);

#endif
