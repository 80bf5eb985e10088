// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// What the verification cases share: the schemes, channels one row of water wide, errors and how
// they are printed. Every case prints its error; a case whose scheme is not meant to pass prints it
// without a check.
#ifndef LF_TESTS_TRIAL_H
#define LF_TESTS_TRIAL_H

#include "exact.h"
#include "lifang/surface.h"
#include "tests_surface.h"

typedef struct method {
    const char *name;
    int scheme, order;
} method;
enum { INERTIAL, SWE_1, SWE_2, METHOD_COUNT };
static const method METHODS[METHOD_COUNT] = {
    {"inertial", LF_DRAIN_INERTIAL, 1}, {"swe 1", LF_DRAIN_SWE, 1}, {"swe 2", LF_DRAIN_SWE, 2}};

enum { TRIAL_ROWS = 3 };

static inline void trial_method(scene *s, int which) {
    s->def.scheme = METHODS[which].scheme;
    s->def.order = METHODS[which].order;
    s->def.in_double = true;
    // inertial keeps its cap at critical flow, as users have it.
    s->def.froude_max_ratio = which == INERTIAL ? s->def.froude_max_ratio : 100;
}

// A gate of NaN: printed only.
static inline void trial_report(const char *what, int which, int cells, double error, double gate) {
    bool gated = !isnan(gate);
    printf("%-30s %-8s %4d cells: %8.3f %%", what, METHODS[which].name, cells, 100 * error);
    if (gated) {
        printf(" (gate %g %%)\n", 100 * gate);
        CHECK(error <= gate);
    } else {
        printf(" (no gate)\n");
    }
}

// sum |h - exact| / sum exact.
static inline double trial_l1(const double *value, const double *exact, int count) {
    double miss = 0, all = 0;
    for (int i = 0; i < count; i++) {
        miss += fabs(value[i] - exact[i]);
        all += fabs(exact[i]);
    }
    return miss / all;
}

// Ground and depth of a channel along x, the same in all rows.
static inline scene trial_channel(int cells, double cell_m, const double *ground,
                                  const double *depth) {
    scene s = scene_create(cells, TRIAL_ROWS, cell_m);
    for (int i = 0; i < cells * TRIAL_ROWS; i++) {
        s.ground[i] = ground[i % cells];
        s.depth[i] = depth[i % cells];
    }
    s.def.dry_m = 1e-6;
    return s;
}

static inline void trial_ends(scene *s, lf_drain_surface_edge edges[2], int west, double flow,
                              double west_m, int east, double east_m) {
    edges[0] = (lf_drain_surface_edge){LF_DRAIN_WEST, 0, s->def.rows, west, flow, west_m};
    edges[1] = (lf_drain_surface_edge){LF_DRAIN_EAST, 0, s->def.rows, east, 0, east_m};
    s->def.edges = edges;
    s->def.edge_count = 2;
}

// Runs in spans of span_s, with rain, until a span changes the depths by less than 1e-6 of
// themselves, or until most_s. Starts with the flow in s->flux_x. Leaves depths and flows in the
// scene; returns the time it took.
static inline double trial_to_rest(scene *s, double span_s, double rain_m_s, double most_s) {
    lf_drain_surface *surface = scene_open(s);
    lf_drain_surface_set_flow(surface, s->flux_x, s->flux_y);
    int count = s->def.cols * s->def.rows, parts = rain_m_s > 0 ? (int)ceil(span_s) : 1;
    double *before = calloc((size_t)count, sizeof *before), time_s = 0, change = 1;
    while (time_s < most_s && change > 1e-6) {
        for (int i = 0; i < parts; i++) {
            // Rain falls in the middle of a part.
            CHECK(lf_drain_surface_advance(surface, 0.5 * span_s / parts, NULL) == LF_OK);
            lf_drain_surface_add_rain(surface, rain_m_s * span_s / parts);
            CHECK(lf_drain_surface_advance(surface, 0.5 * span_s / parts, NULL) == LF_OK);
        }
        time_s += span_s;
        lf_drain_surface_read(surface, s->after, s->flux_x, s->flux_y);
        change = trial_l1(before, s->after, count);
        memcpy(before, s->after, (size_t)count * sizeof *before);
    }
    free(before);
    lf_drain_surface_destroy(surface);
    return time_s;
}

#endif
