// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Rain garden (雨水花园, bioretention): the inner part of a lawn is lowered and gets an engineered
// soil. The inner part is the lawn's outline shrunk about its centroid by sqrt(share), so its share
// of the area is exact; the lawn keeps the ring around it. Where the shrunk outline would leave the
// lawn (deep bays, holes), the whole lawn becomes the garden with share x depression instead, which
// holds the same volume, and a note says so.
#include "retro/measures.h"

#include "geo/polygon.h"

#include <math.h>
#include <stdlib.h>

typedef struct lf_rain_garden {
    const char *where;
    double share_ratio;
    double depression_m;
    double infiltration_mm_h;
} lf_rain_garden;

static const lf_field fields[] = {
    LF_PARAM_WHERE(lf_rain_garden, "kind == 'lawn'"),
    LF_PARAM_REAL(lf_rain_garden, share_ratio, 0.01, 0.95, 0.3, "share of each lawn's area"),
    LF_PARAM_REAL(lf_rain_garden, depression_m, 0.05, 0.6, 0.2, "depth below the lawn"),
    LF_PARAM_REAL(lf_rain_garden, infiltration_mm_h, 1, 500, 50, "saturated rate of its soil"),
};
static const lf_table params =
    LF_PARAM_TABLE("rain_garden", "lowered beds that take in runoff", fields, lf_rain_garden);

// The outline shrunk about its centroid; false where it would leave the lawn.
static bool shrink(const lf_shape *lawn, double share_ratio, lf_vec2 *inner) {
    lf_vec2 centre = lf_shape_centre(lawn);
    if (lawn->part_count != 1 || !lf_shape_contains(lawn, centre))
        return false;
    double scale = sqrt(share_ratio);
    int n = lawn->point_count;
    for (int i = 0; i < n; i++) {
        inner[i].x = centre.x + scale * (lawn->points[i].x - centre.x);
        inner[i].y = centre.y + scale * (lawn->points[i].y - centre.y);
        // The way from the centroid to each corner inside the lawn makes it star-shaped about it.
        for (int step = 1; step < 16; step++) {
            double t = step / 16.0;
            lf_vec2 on = {centre.x + t * (lawn->points[i].x - centre.x),
                          centre.y + t * (lawn->points[i].y - centre.y)};
            if (!lf_shape_contains(lawn, on))
                return false;
        }
    }
    return true;
}

static lf_green *edit(lf_spec *spec, int index) {
    return lf_spec_at(spec, LF_GREEN, index);
}

static void become_garden(lf_green *green, const lf_rain_garden *p, double depression_m) {
    green->kind = LF_GREEN_RAIN_GARDEN;
    green->depression_m = depression_m;
    green->infiltration_mm_h = p->infiltration_mm_h;
    lf_retro_decided(&green->row, LF_GREEN, "kind");
    lf_retro_decided(&green->row, LF_GREEN, "depression_m");
    lf_retro_decided(&green->row, LF_GREEN, "infiltration_mm_h");
}

// The lawn gets a hole and the garden fills it.
static lf_code split(lf_spec *spec, int index, const lf_rain_garden *p, const lf_vec2 *inner,
                     lf_error *error) {
    const lf_shape lawn = edit(spec, index)->row.shape;
    lf_id lawn_id = edit(spec, index)->row.id;
    int n = lawn.point_count;
    lf_vec2 *both = calloc((size_t)n * 2, sizeof *both);
    lf_green *garden = both ? lf_spec_add(spec, LF_GREEN) : NULL;
    if (!garden) {
        free(both);
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for a rain garden");
    }
    for (int i = 0; i < n; i++) {
        both[i] = lawn.points[i];
        both[2 * n - 1 - i] = inner[i];
    }
    lf_retro_mark(spec, &garden->row, &lf_retro_measure_rain_garden, lawn_id);
    garden->row.name = lf_spec_textf(spec, "雨水花园 %u", (unsigned)lawn_id);
    garden->row.shape = lf_spec_polygon(spec, inner, (int[2]){0, n}, 1);
    become_garden(garden, p, p->depression_m);
    edit(spec, index)->row.shape = lf_spec_polygon(spec, both, (int[3]){0, n, 2 * n}, 2);
    free(both);
    return LF_OK;
}

static lf_code make_garden(lf_spec *spec, int index, const lf_rain_garden *p, double *area_m2,
                           lf_issues *issues, lf_error *error) {
    lf_green *lawn = edit(spec, index);
    double lawn_m2 = lf_shape_area_m2(&lawn->row.shape);
    *area_m2 += lawn_m2 * p->share_ratio;
    lf_vec2 *inner = calloc((size_t)lawn->row.shape.point_count + 1, sizeof *inner);
    if (!inner)
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for a rain garden");
    lf_code code = LF_OK;
    if (shrink(&lawn->row.shape, p->share_ratio, inner)) {
        code = split(spec, index, p, inner, error);
    } else {
        become_garden(lawn, p, p->depression_m * p->share_ratio);
        lf_issues_addf(issues, LF_NOTE, LF_GEOMETRY, "", 0,
                       lf_spec_textf(spec, "green/%u", (unsigned)lawn->row.id), "",
                       "rain_garden: outline cannot be shrunk inside itself; the whole lawn "
                       "takes %.2f of the depth, the same volume",
                       p->share_ratio);
    }
    free(inner);
    return code;
}

static lf_code apply(const void *given, lf_spec *spec, lf_issues *issues, lf_error *error) {
    const lf_rain_garden *p = given;
    const lf_measure *self = &lf_retro_measure_rain_garden;
    lf_retro_chosen chosen;
    lf_code code = lf_retro_choose(spec, self, LF_GREEN, p->where, &chosen, issues, error);
    double area_m2 = 0;
    for (int i = 0; i < chosen.count && code == LF_OK; i++)
        code = make_garden(spec, chosen.items[i], p, &area_m2, issues, error);
    lf_retro_chosen_free(&chosen);
    if (code != LF_OK)
        return code;
    lf_retro_bill bill = {.label = "rain gardens",
                          .capex_key = "rain_garden",
                          .opex_key = "rain_garden_opex",
                          .life_key = "rain_garden_life",
                          .quantity = area_m2};
    return lf_retro_bill_works(spec, self, &bill, 1, error);
}

static const char *const keys[] = {"rain_garden", "rain_garden_opex", "rain_garden_life", NULL};
const lf_measure lf_retro_measure_rain_garden = {
    "rain_garden", "part of each selected lawn becomes a rain garden",
    "雨水花园",    LF_GREEN,
    &params,       keys,
    apply};
