// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// What the module leaves behind: the occupancy series and frames while it runs, at the end columns
// for the layers, the ledger of vehicles and the notes.
#include "park/engine.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define SERIES "occupancy"
enum { KIND_COUNT = LF_PARKING_MECHANICAL + 1 };

// After the parking rows: kerb stalls outside any row, totals by kind, and these.
static const char *const tail_names[] = {"total",     "searching", "driving", "queue_in",
                                         "queue_out", "illegal",   "unserved"};
enum { TAIL_COUNT = sizeof tail_names / sizeof *tail_names };

int lf_park_series_columns(const lf_park_model *m) {
    return m->parking_count + 1 + KIND_COUNT + TAIL_COUNT;
}

// --- series and frames --------------------------------------------------------------------------

lf_code lf_park_begin_result(const lf_park_model *m, lf_option_result *result, lf_error *error) {
    const int columns = lf_park_series_columns(m);
    const size_t bytes = (size_t)columns * (sizeof(char *) + 32);
    const char **names = lf_memory_take(m->allocator, bytes);
    if (!names)
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for %d series columns", columns);
    char(*texts)[32] = (char(*)[32])(names + columns);
    const lf_parking *rows = lf_twin_rows(m->twin, LF_PARKING, &(int){0});
    int at = 0;
    for (int p = 0; p < m->parking_count; p++, at++)
        snprintf(texts[at], sizeof *texts, "parking/%u", rows[p].row.id);
    snprintf(texts[at++], sizeof *texts, "kerb_stalls");
    for (int k = 0; k < KIND_COUNT; k++)
        snprintf(texts[at++], sizeof *texts, "kind_%s", lf_park_kind_name(k));
    for (int i = 0; i < TAIL_COUNT; i++)
        snprintf(texts[at++], sizeof *texts, "%s", tail_names[i]);
    for (int i = 0; i < columns; i++)
        names[i] = texts[i];
    lf_option_add_series(result, SERIES, columns, names);
    lf_memory_give(m->allocator, names, bytes);
    return LF_OK;
}

static int find_series(const lf_option_result *result) {
    for (int i = 0; i < lf_option_series_count(result); i++)
        if (strcmp(lf_option_series_at(result, i)->name, SERIES) == 0)
            return i;
    return -1;
}

static void fill_row(const lf_park_model *m, const lf_park_state *s) {
    const lf_parking *rows = lf_twin_rows(m->twin, LF_PARKING, &(int){0});
    const int64_t *mode = s->count + LF_PARK_IN_MODE;
    float *row = s->row;
    float *kinds = row + m->parking_count + 1, *tail = kinds + KIND_COUNT;
    memset(row, 0, (size_t)lf_park_series_columns(m) * sizeof *row);
    int64_t in_rows = 0;
    for (int p = 0; p < m->parking_count; p++) {
        row[p] = (float)s->parking_taken[p];
        kinds[rows[p].kind] += (float)s->parking_taken[p];
        in_rows += s->parking_taken[p];
    }
    row[m->parking_count] = (float)(s->count[LF_PARK_TAKEN] - in_rows);
    kinds[LF_PARKING_KERB] += row[m->parking_count];
    tail[0] = (float)s->count[LF_PARK_TAKEN];
    tail[1] = (float)mode[LF_PARK_SEARCHING];
    tail[2] = (float)(mode[LF_PARK_DRIVING] + mode[LF_PARK_LEAVING]);
    tail[3] = (float)mode[LF_PARK_GATE_IN];
    tail[4] = (float)mode[LF_PARK_GATE_OUT];
    tail[5] = (float)mode[LF_PARK_ILLEGAL];
    tail[6] = (float)s->count[LF_PARK_UNSERVED];
}

void lf_park_report(const lf_park_model *m, lf_park_state *s, double time_s,
                    lf_option_result *result) {
    fill_row(m, s);
    int series = find_series(result);
    if (series >= 0)
        lf_option_add_series_row(result, series, time_s, s->row);
    for (int p = 0; p < m->place_count; p++)
        s->place_shown[p] = s->place_flooded[p] ? 2 : s->place_car[p] >= 0;
    lf_option_frame_places(result, time_s, s->place_shown, m->place_count);
    lf_option_frame_edges(result, time_s, s->edge_cars, m->graph->edge_count);
}

// --- columns ------------------------------------------------------------------------------------

double lf_park_place_taken_s(const lf_park_model *m, const lf_park_state *s, int place) {
    int car = s->place_car[place];
    double stay = car >= 0 ? m->clock.stop_s - fmax(s->car_parked_s[car], 0) : 0;
    return s->place_taken_s[place] + stay;
}

static void add_parking_columns(const lf_park_model *m, const lf_park_state *s, float *a, float *b,
                                lf_option_result *result) {
    for (int p = 0; p < m->parking_count; p++)
        a[p] = b[p] = 0;
    for (int i = 0; i < m->place_count; i++)
        if (m->places[i].parking >= 0)
            b[m->places[i].parking] += 1;
    for (int p = 0; p < m->parking_count; p++)
        a[p] = b[p] > 0 ? (float)s->parking_taken_max[p] / b[p] : NAN;
    lf_option_add_column(result, LF_PARKING, "occupancy_max_ratio", "most places taken at once", a,
                         m->parking_count);
    for (int p = 0; p < m->parking_count; p++)
        a[p] = 0;
    for (int i = 0; i < m->place_count; i++)
        if (m->places[i].parking >= 0)
            a[m->places[i].parking] += (float)(lf_park_place_taken_s(m, s, i) / m->clock.stop_s);
    for (int p = 0; p < m->parking_count; p++)
        a[p] = b[p] > 0 ? a[p] / b[p] : NAN;
    lf_option_add_column(result, LF_PARKING, "occupancy_mean_ratio", "places taken, mean over time",
                         a, m->parking_count);
}

static void add_stall_column(const lf_park_model *m, const lf_park_state *s, float *a,
                             lf_option_result *result) {
    int stalls = lf_twin_count(m->twin, LF_STALLS);
    for (int i = 0; i < stalls; i++)
        a[i] = (float)(lf_park_place_taken_s(m, s, i) / m->clock.stop_s);
    lf_option_add_column(result, LF_STALLS, "taken_ratio", "share of the time that it was taken", a,
                         stalls);
}

static void add_road_columns(const lf_park_model *m, const lf_park_state *s, float *a, float *b,
                             lf_option_result *result) {
    for (int r = 0; r < m->road_count; r++) {
        a[r] = NAN;
        b[r] = (float)s->road_closed_s[r];
        for (int way = 0; way < 2; way++) {
            int edge = m->road_edge[r][way];
            if (edge >= 0)
                a[r] = (isnan(a[r]) ? 0 : a[r]) +
                       (float)(s->edge_entered[edge] * 86400.0 / m->clock.stop_s);
        }
    }
    lf_option_add_column(result, LF_ROADS, "vehicles_day", "cars that passed, scaled to a day", a,
                         m->road_count);
    lf_option_add_column(result, LF_ROADS, "closed_s", "time closed to cars by water", b,
                         m->road_count);
}

static void add_building_columns(const lf_park_model *m, const lf_park_state *s, float *a, float *b,
                                 lf_option_result *result) {
    for (int i = 0; i < m->building_count; i++) {
        a[i] = s->building_served[i] > 0 ? (float)(s->building_walk_m[i] / s->building_served[i])
                                         : NAN;
        b[i] = (float)s->building_unserved[i];
    }
    lf_option_add_column(result, LF_BUILDINGS, "walk_mean_m",
                         "mean walk from the place to the door", a, m->building_count);
    lf_option_add_column(result, LF_BUILDINGS, "unserved_cars", "cars that found no place", b,
                         m->building_count);
}

static void add_gate_columns(const lf_park_model *m, const lf_park_state *s, float *a, float *b,
                             lf_option_result *result) {
    for (int g = 0; g < m->gate_count; g++)
        a[g] = b[g] = NAN;
    for (int i = 0; i < m->entry_count; i++) {
        int gate = m->entries[i].gate, q = 2 * i;
        if (gate < 0)
            continue;
        int cars = s->gate_cars[q] + s->gate_cars[q + 1];
        a[gate] = fmaxf((float)s->gate_queue_max[q], (float)s->gate_queue_max[q + 1]);
        b[gate] = cars > 0 ? (float)((s->gate_wait_s[q] + s->gate_wait_s[q + 1]) / cars) : NAN;
    }
    if (m->gate_count == 0)
        return;
    lf_option_add_column(result, LF_GATES, "queue_max_cars", "most cars waiting, in or out", a,
                         m->gate_count);
    lf_option_add_column(result, LF_GATES, "wait_mean_s", "mean wait, in and out", b,
                         m->gate_count);
}

// --- ledger and notes ---------------------------------------------------------------------------

static void add_ledger(const lf_park_model *m, const lf_park_state *s, lf_option_result *result) {
    double inside[LF_PARK_MODE_COUNT] = {0};
    for (int car = 0; car < m->car_count; car++)
        inside[s->car_mode[car]] += 1;
    const lf_ledger_line in[] = {{"inside at the start", (double)s->count[LF_PARK_INITIAL]},
                                 {"came in", (double)s->count[LF_PARK_ENTERED]}};
    const lf_ledger_line out[] = {{"left", (double)s->count[LF_PARK_LEFT]}};
    const lf_ledger_line stored[] = {
        {"parked", inside[LF_PARK_PARKED]},
        {"parked illegally", inside[LF_PARK_ILLEGAL]},
        {"driving to a place", inside[LF_PARK_DRIVING]},
        {"searching", inside[LF_PARK_SEARCHING]},
        {"leaving", inside[LF_PARK_LEAVING]},
        {"queued to come in", inside[LF_PARK_GATE_IN]},
        {"queued to leave", inside[LF_PARK_GATE_OUT]},
    };
    lf_option_add_ledger(result, "vehicles", "cars", in, 2, out, 1, stored, 7);
}

static void add_notes(const lf_park_model *m, const lf_park_state *s, lf_option_result *result) {
    lf_option_add_note(result, LF_ASSUMED,
                       "Parking: %d households with %.2f cars each; times of day, visits, walks "
                       "and patience are the module's settings, not counts.",
                       m->household_count, m->settings.cars_per_household);
    if (m->entry_count > 0 && m->entries[0].gate < 0)
        lf_option_add_note(result, LF_ASSUMED,
                           "Parking: no gates are known; cars come and go at %d open ends of the "
                           "roads without waiting.",
                           m->entry_count);
    if (m->clock.stop_s < 86400)
        lf_option_add_note(result, LF_ASSUMED,
                           "Parking: the income of a day is scaled up from a run of %.1f hours.",
                           m->clock.stop_s / 3600);
    if (s->count[LF_PARK_UNPLACED] > 0)
        lf_option_add_note(result, LF_ASSUMED,
                           "Parking: %lld cars were at home at the start without a place in the "
                           "estate; they are counted as unserved.",
                           (long long)s->count[LF_PARK_UNPLACED]);
}

lf_code lf_park_finish(const lf_park_model *m, lf_park_state *s, lf_option_result *result,
                       lf_error *error) {
    if (!lf_park_conserved(m, s))
        return lf_fail(error, LF_BALANCE, LF_FROM_RUN, "the ledger of vehicles does not close");
    size_t most = (size_t)m->parking_count + (size_t)m->place_count + (size_t)m->road_count +
                  (size_t)m->building_count + (size_t)m->gate_count;
    size_t bytes = 2 * most * sizeof(float);
    float *a = lf_memory_take(m->allocator, bytes);
    if (!a)
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for the columns of parking");
    float *b = a + most;
    add_parking_columns(m, s, a, b, result);
    add_stall_column(m, s, a, result);
    add_road_columns(m, s, a, b, result);
    add_building_columns(m, s, a, b, result);
    add_gate_columns(m, s, a, b, result);
    lf_memory_give(m->allocator, a, bytes);
    lf_park_set_figures(m, s, result);
    add_ledger(m, s, result);
    add_notes(m, s, result);
    return LF_OK;
}
