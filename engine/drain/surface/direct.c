// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The surface solver by itself (lifang/drain.h): a rectangle of cells, in float or double.
#include "base/memory.h"
#include "drain/surface/direct_card.h"
#include "drain/surface/surface.h"
#include "lifang/surface.h"
#include <assert.h>
#include <math.h>

struct lf_drain_surface {
    lf_drain_surface_def def;
    lf_arena *arena;
    bool *open; // padded: cells that take rain
    lf_drain_f32_plan plan32;
    lf_drain_f32_field field32;
    lf_drain_f64_plan plan64;
    lf_drain_f64_field field64;
    lf_drain_card *card; // with LF_DRAIN_GL; field32 is then its copy on the host
    double time_s;
    double outflow_m3;
    long steps;
    double cell_steps;
};

lf_drain_surface_def lf_drain_default_surface_def(void) {
    return (lf_drain_surface_def){.cell_m = 1,
                                  .order = 1,
                                  .fine = 1,
                                  .sheet_all_ratio = 1,
                                  .sheet_m = 0.01,
                                  .deep_m = 0.1,
                                  .manning_all_s_m13 = 0.03,
                                  .theta_ratio = 0.9,
                                  .courant_ratio = 0.9,
                                  .froude_max_ratio = 1,
                                  .dry_m = 1e-4};
}

#define LF_REAL float
#define CORE(name) lf_drain_f32_##name
#include "drain/surface/direct_core.inc"
#undef CORE
#undef LF_REAL
#define LF_REAL double
#define CORE(name) lf_drain_f64_##name
#include "drain/surface/direct_core.inc"
#undef CORE
#undef LF_REAL

static lf_code check_def(const lf_drain_surface_def *def, lf_error *error) {
    double cells = (double)def->cols * def->rows;
    if (def->cols < 1 || def->rows < 1 || cells > 1e9) {
        return lf_fail(error, LF_RANGE, LF_FROM_CALL, "a surface of %d x %d cells is not possible",
                       def->cols, def->rows);
    }
    if (!(def->cell_m > 0) || !(def->courant_ratio > 0) || !(def->dry_m > 0) ||
        !(def->froude_max_ratio > 0) || !(def->theta_ratio >= 0 && def->theta_ratio <= 1)) {
        return lf_fail(error, LF_RANGE, LF_FROM_CALL,
                       "cell_m, courant_ratio, froude_max_ratio and dry_m must be above 0 and "
                       "theta_ratio within 0..1");
    }
    if (def->scheme < LF_DRAIN_INERTIAL || def->scheme > LF_DRAIN_SWE || def->order < 1 ||
        def->order > 2 || def->fine < 1 || (def->fine > 1 && def->scheme != LF_DRAIN_INERTIAL)) {
        return lf_fail(error, LF_RANGE, LF_FROM_CALL,
                       "scheme must be inertial or swe, order 1 or 2, and fine at least 1, with "
                       "inertial where it is more");
    }
    if (def->backend == LF_DRAIN_GL && def->in_double) {
        return lf_fail(error, LF_UNAVAILABLE, LF_FROM_CALL,
                       "the gl backend computes in float; use the cpu backend for double");
    }
    for (int i = 0; i < def->edge_count; i++) {
        const lf_drain_surface_edge *e = &def->edges[i];
        if (e->side < LF_DRAIN_WEST || e->side > LF_DRAIN_NORTH || e->from < 0 || e->to < e->from ||
            !isfinite(e->flow_m2_s) || !isfinite(e->level_m)) {
            return lf_fail(error, LF_RANGE, LF_FROM_CALL,
                           "edge %d needs a side, cells from <= to, and finite values", i);
        }
    }
    return LF_OK;
}

lf_code lf_drain_surface_create(const lf_drain_surface_def *def, lf_drain_surface **surface,
                                lf_error *error) {
    *surface = NULL;
    lf_code code = check_def(def, error);
    if (code) {
        return code;
    }
    lf_arena *arena = lf_arena_create(def->allocator);
    lf_drain_surface *made = arena ? lf_arena_take(arena, sizeof *made) : NULL;
    if (made) {
        made->def = *def;
        made->arena = arena;
    }
    bool built = made && (def->in_double ? lf_drain_f64_build(made, &made->plan64, &made->field64)
                                         : lf_drain_f32_build(made, &made->plan32, &made->field32));
    if (!built) {
        lf_arena_destroy(arena);
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for a surface of %d x %d cells",
                       def->cols, def->rows);
    }
    if (def->backend == LF_DRAIN_GL) {
        code = lf_drain_card_create(&made->plan32, &made->field32, made->open, def->compute_all,
                                    &made->card, error);
        if (code != LF_OK) {
            lf_arena_destroy(arena);
            return code;
        }
    }
    *surface = made;
    return LF_OK;
}

void lf_drain_surface_destroy(lf_drain_surface *surface) {
    if (surface) {
        lf_drain_card_destroy(surface->card);
        lf_arena_destroy(surface->arena);
    }
}

void lf_drain_surface_set_depth(lf_drain_surface *surface, const double *depth_m) {
    if (surface->def.in_double) {
        lf_drain_f64_put(surface, &surface->plan64, &surface->field64, depth_m);
    } else {
        lf_drain_card_pull(surface->card);
        lf_drain_f32_put(surface, &surface->plan32, &surface->field32, depth_m);
        lf_drain_card_push(surface->card);
    }
}

void lf_drain_surface_set_flow(lf_drain_surface *surface, const double *flow_x_m2_s,
                               const double *flow_y_m2_s) {
    if (surface->def.in_double) {
        lf_drain_f64_put_flow(surface, &surface->plan64, &surface->field64, flow_x_m2_s,
                              flow_y_m2_s);
    } else {
        lf_drain_card_pull(surface->card);
        lf_drain_f32_put_flow(surface, &surface->plan32, &surface->field32, flow_x_m2_s,
                              flow_y_m2_s);
        lf_drain_card_push(surface->card);
    }
}

void lf_drain_surface_set_edge(lf_drain_surface *surface, int edge, double flow_m2_s,
                               double level_m) {
    assert(edge >= 0 && edge < surface->def.edge_count);
    if (surface->def.in_double) {
        surface->field64.edges[edge].flow_m2_s = flow_m2_s;
        surface->field64.edges[edge].level_m = level_m;
    } else {
        surface->field32.edges[edge].flow_m2_s = flow_m2_s;
        surface->field32.edges[edge].level_m = level_m;
        lf_drain_card_set_edges(surface->card);
    }
}

double lf_drain_surface_inflow_m3(const lf_drain_surface *surface, int edge) {
    assert(edge >= 0 && edge < surface->def.edge_count);
    lf_drain_card_pull(surface->card);
    return surface->def.in_double ? surface->field64.edges[edge].inflow_m3
                                  : surface->field32.edges[edge].inflow_m3;
}

void lf_drain_surface_add_rain(lf_drain_surface *surface, double depth_m) {
    if (surface->def.in_double) {
        lf_drain_f64_rain(&surface->plan64, &surface->field64, surface->def.pool, depth_m);
    } else if (surface->card) {
        lf_drain_card_rain(surface->card, depth_m);
    } else {
        lf_drain_f32_rain(&surface->plan32, &surface->field32, surface->def.pool, depth_m);
    }
}

double lf_drain_surface_add_water(lf_drain_surface *surface, int col, int row, double volume_m3) {
    assert(col >= 0 && col < surface->def.cols && row >= 0 && row < surface->def.rows);
    assert(volume_m3 >= 0);
    lf_drain_card_pull(surface->card);
    double given =
        surface->def.in_double
            ? lf_drain_f64_pour(surface, &surface->plan64, &surface->field64, col, row, volume_m3)
            : lf_drain_f32_pour(surface, &surface->plan32, &surface->field32, col, row, volume_m3);
    lf_drain_card_push(surface->card);
    return given;
}

lf_code lf_drain_surface_advance(lf_drain_surface *surface, double span_s, lf_error *error) {
    bool skip = !surface->def.compute_all;
    long bad;
    int stride;
    if (surface->card) {
        lf_code code = lf_drain_card_advance(surface->card, span_s, &surface->steps,
                                             &surface->cell_steps, &bad, error);
        if (code != LF_OK) {
            return code;
        }
        stride = surface->plan32.stride;
    } else if (surface->def.in_double) {
        surface->outflow_m3 +=
            lf_drain_f64_advance(&surface->plan64, &surface->field64, surface->def.pool, span_s,
                                 skip, &surface->steps, &surface->cell_steps);
        bad = lf_drain_f64_find_bad(&surface->plan64, &surface->field64);
        stride = surface->plan64.stride;
    } else {
        surface->outflow_m3 +=
            lf_drain_f32_advance(&surface->plan32, &surface->field32, surface->def.pool, span_s,
                                 skip, &surface->steps, &surface->cell_steps);
        bad = lf_drain_f32_find_bad(&surface->plan32, &surface->field32);
        stride = surface->plan32.stride;
    }
    surface->time_s += span_s;
    if (bad >= 0) {
        return lf_fail(
            error, LF_UNSTABLE, LF_FROM_RUN,
            "the depth in column %ld, row %ld is no longer a number of metres after %g s",
            bad % stride - 2, bad / stride - 2, surface->time_s);
    }
    return LF_OK;
}

void lf_drain_surface_read(const lf_drain_surface *surface, double *depth_m, double *flow_x_m2_s,
                           double *flow_y_m2_s) {
    lf_drain_card_pull(surface->card);
    if (surface->def.in_double) {
        lf_drain_f64_get(&surface->plan64, &surface->field64, depth_m, flow_x_m2_s, flow_y_m2_s);
    } else {
        lf_drain_f32_get(&surface->plan32, &surface->field32, depth_m, flow_x_m2_s, flow_y_m2_s);
    }
}

void lf_drain_surface_read_level(const lf_drain_surface *surface, double *level_m) {
    if (surface->def.in_double) {
        lf_drain_f64_get_level(surface, &surface->plan64, &surface->field64, level_m);
    } else {
        lf_drain_f32_get_level(surface, &surface->plan32, &surface->field32, level_m);
    }
}

double lf_drain_surface_volume_m3(const lf_drain_surface *surface) {
    lf_drain_card_pull(surface->card);
    return surface->def.in_double ? lf_drain_f64_volume_m3(&surface->plan64, &surface->field64)
                                  : lf_drain_f32_volume_m3(&surface->plan32, &surface->field32);
}

double lf_drain_surface_outflow_m3(const lf_drain_surface *surface) {
    lf_drain_card_pull(surface->card);
    return surface->outflow_m3 + lf_drain_card_left_m3(surface->card);
}

long lf_drain_surface_steps(const lf_drain_surface *surface) {
    return surface->steps;
}

double lf_drain_surface_cell_steps(const lf_drain_surface *surface) {
    return surface->cell_steps;
}

const char *lf_drain_surface_card(const lf_drain_surface *surface, bool *software) {
    return lf_drain_card_name(surface->card, software);
}
