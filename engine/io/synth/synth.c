// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The door to everything that is invented on request.
#include "io/synth/synth.h"

#include "base/text.h"
#include "lifang/twin.h"

#include <math.h>
#include <string.h>

static const struct {
    const char *what, *how;
    lf_code (*make)(const lf_io_synth_call *call);
} rules[] = {
    {"terrain", "plane", lf_io_synth_terrain_plane},
    {"terrain", "gentle", lf_io_synth_terrain_gentle},
    {"households", "from_floor_area", lf_io_synth_households},
    {"stalls", "kerb_and_yards", lf_io_synth_stalls},
    {"pipes", "from_roads_and_terrain", lf_io_synth_pipes},
};
enum { RULE_COUNT = sizeof rules / sizeof rules[0] };

static lf_code unknown(const char *what, const char *how, lf_error *error) {
    lf_buffer list = {0};
    for (int i = 0; i < RULE_COUNT; i++)
        lf_buffer_addf(&list, "%s%s: %s", i ? ", " : "", rules[i].what, rules[i].how);
    lf_fail(error, LF_UNKNOWN_KEY, LF_FROM_SCENARIO,
            "nothing knows how to synthesise %s: %s; there is %s", what, how,
            list.text ? list.text : "");
    lf_buffer_free(&list);
    return LF_UNKNOWN_KEY;
}

lf_code lf_io_synthesise(lf_spec *spec, const char *what, const char *how, uint64_t seed,
                         lf_issues *issues, lf_error *error) {
    lf_io_synth_call call = {spec, seed, issues, error};
    for (int i = 0; i < RULE_COUNT; i++)
        if (strcmp(rules[i].what, what) == 0 && strcmp(rules[i].how, how) == 0)
            return rules[i].make(&call);
    return unknown(what, how, error);
}

lf_code lf_io_synth_no_memory(lf_error *error) {
    return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "memory ran out while synthesising");
}

bool lf_io_synth_bounds(const lf_spec *spec, double box[4]) {
    box[0] = box[1] = INFINITY;
    box[2] = box[3] = -INFINITY;
    for (int layer = 0; layer < LF_LAYER_COUNT; layer++)
        for (int i = 0; i < lf_spec_count(spec, (lf_layer)layer); i++) {
            const lf_row *row = lf_spec_at_const(spec, (lf_layer)layer, i);
            double one[4];
            if (!row->shape.point_count)
                continue;
            lf_shape_bounds(&row->shape, one);
            box[0] = fmin(box[0], one[0]);
            box[1] = fmin(box[1], one[1]);
            box[2] = fmax(box[2], one[2]);
            box[3] = fmax(box[3], one[3]);
        }
    return box[0] <= box[2];
}

double lf_io_synth_ground_m(const lf_raster *terrain, lf_vec2 at) {
    const lf_grid *g = &terrain->grid;
    double u = (at.x - g->x0) / g->cell_m - 0.5, v = (at.y - g->y0) / g->cell_m - 0.5;
    if (u < -0.5 || v < -0.5 || u > g->cols - 0.5 || v > g->rows - 0.5)
        return NAN;
    int i = (int)fmin(fmax(floor(u), 0), fmax(g->cols - 2, 0));
    int j = (int)fmin(fmax(floor(v), 0), fmax(g->rows - 2, 0));
    double fu = fmin(fmax(u - i, 0), 1), fv = fmin(fmax(v - j, 0), 1);
    const float *south = terrain->values + (size_t)j * (size_t)g->cols + i;
    const float *north = g->rows > 1 ? south + g->cols : south;
    int east = g->cols > 1;
    return (south[0] * (1 - fu) + south[east] * fu) * (1 - fv) +
           (north[0] * (1 - fu) + north[east] * fu) * fv;
}
