// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Pipe renewal (管网更新): round conduits get a larger diameter and a clean, smooth wall; lengths
// come from the network. diameter_m 0 relines the pipe in its old size. A pipe is never made
// smaller.
#include "retro/measures.h"

#include <math.h>
#include <stdio.h>

typedef struct lf_pipe_renewal {
    const char *where;
    double diameter_m;
    double roughness_s_m13;
    int year_built;
} lf_pipe_renewal;

static const lf_field fields[] = {
    LF_PARAM_WHERE(lf_pipe_renewal, "kind == 'conduit'"),
    LF_PARAM_REAL(lf_pipe_renewal, diameter_m, 0, 1.5, 0.5, "new inner diameter; 0 = reline"),
    LF_PARAM_REAL(lf_pipe_renewal, roughness_s_m13, 0.006, 0.02, 0.01, "Manning's n afterwards"),
    LF_PARAM_INT(lf_pipe_renewal, year_built, 1990, 2100, 2026, "year noted in the pipe's record"),
};
static const lf_table params =
    LF_PARAM_TABLE("pipe_renewal", "larger, smooth, clean pipes", fields, lf_pipe_renewal);

// Trade sizes for which there are prices; a diameter between two pays the larger one.
static const struct {
    double diameter_m;
    const char *key;
} sizes[] = {{0.3, "pipe_dn300"}, {0.4, "pipe_dn400"},  {0.5, "pipe_dn500"}, {0.6, "pipe_dn600"},
             {0.8, "pipe_dn800"}, {1.0, "pipe_dn1000"}, {1.5, "pipe_dn1500"}};
#define SIZE_COUNT ((int)(sizeof sizes / sizeof *sizes))

static int size_of(double diameter_m) {
    for (int i = 0; i < SIZE_COUNT; i++)
        if (diameter_m <= sizes[i].diameter_m + 1e-9)
            return i;
    return SIZE_COUNT - 1;
}

// Quantities: one for each trade size, the last for relining.
static void renew(lf_drain_link *link, const lf_pipe_renewal *p, double lengths_m[SIZE_COUNT + 1]) {
    bool larger = p->diameter_m > link->diameter_m;
    if (larger) {
        link->diameter_m = p->diameter_m;
        lengths_m[size_of(p->diameter_m)] += lf_retro_link_length_m(link);
    } else {
        lengths_m[SIZE_COUNT] += lf_retro_link_length_m(link);
    }
    link->roughness_s_m13 =
        fmin(link->roughness_s_m13 > 0 ? link->roughness_s_m13 : 1, p->roughness_s_m13);
    link->blocked_ratio = 0;
    link->year_built = p->year_built;
    lf_retro_decided(&link->row, LF_DRAIN_LINKS, "diameter_m");
    lf_retro_decided(&link->row, LF_DRAIN_LINKS, "roughness_s_m13");
    lf_retro_decided(&link->row, LF_DRAIN_LINKS, "blocked_ratio");
}

static lf_code apply(const void *given, lf_spec *spec, lf_issues *issues, lf_error *error) {
    const lf_pipe_renewal *p = given;
    const lf_measure *self = &lf_retro_measure_pipe_renewal;
    lf_retro_chosen chosen;
    lf_code code = lf_retro_choose(spec, self, LF_DRAIN_LINKS, p->where, &chosen, issues, error);
    if (code != LF_OK)
        return code;
    double lengths_m[SIZE_COUNT + 1] = {0};
    int skipped = 0;
    for (int i = 0; i < chosen.count; i++) {
        lf_drain_link *link = lf_spec_at(spec, LF_DRAIN_LINKS, chosen.items[i]);
        if (link->kind == LF_LINK_CONDUIT && link->section == LF_SECTION_CIRCULAR)
            renew(link, p, lengths_m);
        else
            skipped++;
    }
    lf_retro_chosen_free(&chosen);
    if (skipped > 0)
        lf_issues_addf(issues, LF_WARNING, LF_INVALID, "", 0, "",
                       "select round conduits only: kind == 'conduit' && section == 'circular'",
                       "pipe_renewal: %d selected links are no round pipes and stay as they are",
                       skipped);
    lf_retro_bill bills[SIZE_COUNT + 1];
    char labels[SIZE_COUNT][32];
    for (int i = 0; i <= SIZE_COUNT; i++) {
        bills[i] = (lf_retro_bill){.label = "pipes relined",
                                   .capex_key = "pipe_reline",
                                   .opex_key = "pipe_opex",
                                   .life_key = "pipe_life",
                                   .quantity = lengths_m[i]};
        if (i < SIZE_COUNT) {
            snprintf(labels[i], sizeof labels[i], "pipes DN%.0f", 1000 * sizes[i].diameter_m);
            bills[i].label = labels[i];
            bills[i].capex_key = sizes[i].key;
        }
    }
    return lf_retro_bill_works(spec, self, bills, SIZE_COUNT + 1, error);
}

static const char *const keys[] = {"pipe_dn300", "pipe_dn400",  "pipe_dn500",  "pipe_dn600",
                                   "pipe_dn800", "pipe_dn1000", "pipe_dn1500", "pipe_reline",
                                   "pipe_opex",  "pipe_life",   NULL};
const lf_measure lf_retro_measure_pipe_renewal = {
    "pipe_renewal", "round pipes are replaced by larger ones or relined",
    "管网更新",     LF_DRAIN_LINKS,
    &params,        keys,
    apply};
