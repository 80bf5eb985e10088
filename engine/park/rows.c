// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Checks of the rows that parking reads, before anything is computed: every problem is named with
// its feature. Impossible numbers are errors; what a run can live with is a warning.
#include "park/model.h"

#include <stdio.h>

static const double FAR_FROM_ROAD_M = 60.0;

typedef struct check {
    lf_issues *issues;
    char feature[96];
    const char *source;
    int errors;
    char first[256];
} check;

static void about(check *c, const char *layer, const lf_row *row) {
    snprintf(c->feature, sizeof c->feature, "%s/%u%s%.48s", layer, row->id,
             row->name && *row->name ? " " : "", row->name ? row->name : "");
    c->source = row->source ? row->source : "";
}

static void refuse(check *c, const char *what, const char *mend) {
    if (c->errors++ == 0)
        snprintf(c->first, sizeof c->first, "%s: %s; %s", c->feature, what, mend);
    lf_issues_addf(c->issues, LF_ERROR, LF_RANGE, c->source, 0, c->feature, mend, "%s", what);
}

static void warn(check *c, lf_code code, const char *what, const char *mend) {
    lf_issues_addf(c->issues, LF_WARNING, code, c->source, 0, c->feature, mend, "%s", what);
}

static void check_parking(check *c, const lf_twin *twin) {
    int count = 0, stall_count = 0;
    const lf_parking *rows = lf_twin_rows(twin, LF_PARKING, &count);
    const lf_stall *stalls = lf_twin_rows(twin, LF_STALLS, &stall_count);
    const lf_access *access = lf_twin_access(twin, LF_PARKING);
    for (int i = 0; i < count; i++) {
        about(c, "parking", &rows[i].row);
        int own = 0;
        for (int k = 0; k < stall_count; k++)
            own += stalls[k].parking == rows[i].row.id;
        if (rows[i].capacity < 0 || rows[i].chargers < 0)
            refuse(c, "capacity or chargers are negative", "give a count of 0 or more");
        if (!(rows[i].fee_month_cny >= 0) || !(rows[i].fee_hour_cny >= 0))
            refuse(c, "a fee is negative or not a number", "give 0 or more yuan");
        if (rows[i].capacity == 0 && own == 0)
            warn(c, LF_RANGE, "has zero capacity and no stall rows, so no car can park here",
                 "set its capacity or remove it");
        else if (rows[i].capacity > 0 && rows[i].capacity < own)
            warn(c, LF_RANGE, "has more stall rows than capacity; the stall rows count",
                 "raise its capacity");
        if (access[i].road < 0)
            warn(c, LF_TOPOLOGY, "lies on no drivable road, so no car can reach it",
                 "set its road or import the roads around it");
        else if (access[i].away_m > FAR_FROM_ROAD_M)
            warn(c, LF_TOPOLOGY, "lies more than 60 m from the nearest drivable road",
                 "draw its access road or set its road");
    }
}

static void check_stalls(check *c, const lf_twin *twin) {
    int count = 0;
    const lf_stall *rows = lf_twin_rows(twin, LF_STALLS, &count);
    const lf_access *access = lf_twin_access(twin, LF_STALLS);
    for (int i = 0; i < count; i++) {
        about(c, "stalls", &rows[i].row);
        if (!(rows[i].charger_kw >= 0))
            refuse(c, "charger_kw is negative or not a number", "give 0 or more kW");
        if (rows[i].parking && lf_spec_find(lf_twin_spec(twin), LF_PARKING, rows[i].parking) < 0)
            warn(c, LF_REFERENCE, "belongs to a parking that does not exist; taken as a kerb stall",
                 "set parking to the id of an existing row or to 0");
        if (access[i].road < 0)
            warn(c, LF_TOPOLOGY, "lies on no drivable road, so no car can reach it",
                 "set its road or import the roads around it");
    }
}

static void check_gates(check *c, const lf_twin *twin) {
    int count = 0;
    const lf_gate *rows = lf_twin_rows(twin, LF_GATES, &count);
    const lf_access *access = lf_twin_access(twin, LF_GATES);
    for (int i = 0; i < count; i++) {
        about(c, "gates", &rows[i].row);
        if (rows[i].lanes_in < 0 || rows[i].lanes_out < 0)
            refuse(c, "a number of lanes is negative", "give 0 or more lanes");
        if (!(rows[i].service_in_s >= 0) || !(rows[i].service_out_s >= 0))
            refuse(c, "a service time is negative or not a number", "give 0 or more seconds");
        if (rows[i].lanes_in == 0 && rows[i].lanes_out == 0)
            warn(c, LF_RANGE, "has no lane in and no lane out, so no car passes",
                 "give it lanes or remove it");
        if (access[i].road < 0 && !rows[i].node)
            warn(c, LF_TOPOLOGY, "lies on no drivable road, so no car passes",
                 "set its node or import the road through it");
    }
}

lf_code lf_park_check_rows(const lf_twin *twin, lf_issues *issues, lf_error *error) {
    check c = {.issues = issues};
    check_parking(&c, twin);
    check_stalls(&c, twin);
    check_gates(&c, twin);
    if (c.errors > 0)
        return lf_fail(error, LF_RANGE, LF_FROM_INPUT, "%s", c.first);
    return LF_OK;
}
