// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Inflow, rain, an outlet and a dam that breaks on rough ground with kerbs, blocks and holes:
// turned by 90 degrees and mirrored the water is the same to the bit, and with everything shifted
// in datum it is the same to rounding.
#include "trial.h"

enum { SIDE = 64 };
typedef enum view { PLAIN, TURNED, MIRRORED } view;

// Where cell (col, row) of the plain world lies in the view.
static int place(view v, int col, int row) {
    return v == TURNED     ? col * SIDE + SIDE - 1 - row
           : v == MIRRORED ? row * SIDE + SIDE - 1 - col
                           : row * SIDE + col;
}

static void run(view v, int which, bool in_double, double datum_m, double *after) {
    scene plain = scene_rough(SIDE, SIDE, 1), s = scene_create(SIDE, SIDE, 1);
    for (int i = 0; i < SIDE * SIDE; i++) {
        int to = place(v, i % SIDE, i / SIDE);
        s.ground[to] = plain.ground[i] + datum_m;
        s.depth[to] = plain.depth[i] + (i % SIDE < 20 && !isnan(plain.ground[i]) ? 1 : 0);
    }
    // West inflow of rows 10..20, east level of rows 30..50; turned: of the south and the north.
    int in = v == TURNED ? LF_DRAIN_SOUTH : v == MIRRORED ? LF_DRAIN_EAST : LF_DRAIN_WEST;
    int out = v == TURNED ? LF_DRAIN_NORTH : v == MIRRORED ? LF_DRAIN_WEST : LF_DRAIN_EAST;
    int a = v == TURNED ? SIDE - 20 : 10, b = v == TURNED ? SIDE - 50 : 30;
    lf_drain_surface_edge edges[2] = {{in, a, a + 10, LF_DRAIN_EDGE_FLOW, 0.5, 0},
                                      {out, b, b + 20, LF_DRAIN_EDGE_LEVEL, 0, datum_m + 0.9}};
    trial_method(&s, which);
    s.def.in_double = in_double;
    s.def.froude_max_ratio = 1;
    s.def.edges = edges;
    s.def.edge_count = 2;
    lf_drain_surface *surface = scene_open(&s);
    for (int i = 0; i < 60; i++) {
        lf_drain_surface_add_rain(surface, 1e-4);
        CHECK(lf_drain_surface_advance(surface, 1, NULL) == LF_OK);
    }
    lf_drain_surface_read(surface, s.after, NULL, NULL);
    for (int i = 0; i < SIDE * SIDE; i++) {
        after[i] = s.after[place(v, i % SIDE, i / SIDE)];
    }
    lf_drain_surface_destroy(surface);
    scene_free(&plain);
    scene_free(&s);
}

static double worst(const double *a, const double *b) {
    double most = 0;
    for (int i = 0; i < SIDE * SIDE; i++) {
        most = fmax(most, fabs(a[i] - b[i]));
    }
    return most;
}

int main(void) {
    static double plain[SIDE * SIDE], other[3][SIDE * SIDE];
    for (int which = 0; which < METHOD_COUNT; which++) {
        for (int in_double = 0; in_double < 2; in_double++) {
            run(PLAIN, which, in_double, 0, plain);
            run(TURNED, which, in_double, 0, other[0]);
            run(MIRRORED, which, in_double, 0, other[1]);
            run(PLAIN, which, in_double, 64, other[2]);
            double turned = worst(plain, other[0]), mirrored = worst(plain, other[1]);
            double shifted = worst(plain, other[2]);
            printf("%-8s %s: turned %.2g m, mirrored %.2g m, datum + 64 m %.2g m\n",
                   METHODS[which].name, in_double ? "double" : "float ", turned, mirrored, shifted);
            CHECK(turned == 0 && mirrored == 0);
            // A float knows a ground 64 m above the datum to 4e-6 m. inertial caps flows that are
            // faster than critical, which multiplies rounding on ground this rough.
            CHECK(!in_double || shifted < (which == INERTIAL ? 1e-5 : 1e-9));
            CHECK(shifted < 1e-3);
        }
    }
    return lf_check_end();
}
