// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Rain garden (雨水花园, bioretention): part of a lawn is lowered and gets an engineered soil.
// Where it can be, that part is the lawn's outline shrunk about its centroid by sqrt(share) and the
// lawn keeps the ring around it; else it is one end of the lawn, cut off across its longest edge.
// Either way the share of the area is exact. A lawn that allows neither (holes, deep bays) becomes
// a garden as a whole with share x depression and the mean infiltration: the same volume; a note
// says so.
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

// --- cutting off an end

// A line u = at across the outline, u along the unit vector (x, y).
typedef struct lf_cut {
    double x, y, at_m;
} lf_cut;

static double beyond(const lf_cut *cut, lf_vec2 p) {
    return cut->x * p.x + cut->y * p.y - cut->at_m;
}

// The part of the outline on one side of the line (Sutherland and Hodgman 1974). Room for twice the
// points. *crossings counts how often the outline crosses.
static int clip(const lf_shape *lawn, const lf_cut *cut, double side, lf_vec2 *out,
                int *crossings) {
    int n = lawn->point_count, count = 0;
    *crossings = 0;
    for (int i = 0; i < n; i++) {
        lf_vec2 a = lawn->points[i], b = lawn->points[(i + 1) % n];
        double da = side * beyond(cut, a), db = side * beyond(cut, b);
        if (da <= 0)
            out[count++] = a;
        if ((da <= 0) == (db <= 0))
            continue;
        double t = da / (da - db);
        (*crossings)++;
        if (da != 0 && db != 0)
            out[count++] = (lf_vec2){a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)};
    }
    return count;
}

static void along_longest_edge(const lf_shape *lawn, lf_cut *cut) {
    double longest = 0;
    for (int i = 0; i < lawn->point_count; i++) {
        lf_vec2 a = lawn->points[i], b = lawn->points[(i + 1) % lawn->point_count];
        double length = hypot(b.x - a.x, b.y - a.y);
        if (length <= longest)
            continue;
        longest = length;
        cut->x = (b.x - a.x) / length;
        cut->y = (b.y - a.y) / length;
    }
}

// Bisects for the line that leaves the share on its lower side; false where the outline crosses it
// more than twice, so that there would be more than two pieces.
static bool find_cut(const lf_shape *lawn, double share_ratio, lf_cut *cut, lf_vec2 *space) {
    double low = INFINITY, high = -INFINITY, wanted = share_ratio * lf_shape_area_m2(lawn);
    cut->at_m = 0;
    for (int i = 0; i < lawn->point_count; i++) {
        low = fmin(low, beyond(cut, lawn->points[i]));
        high = fmax(high, beyond(cut, lawn->points[i]));
    }
    int crossings = 0;
    for (int turn = 0; turn < 200 && high - low > 1e-12 * fabs(high); turn++) {
        cut->at_m = 0.5 * (low + high);
        int count = clip(lawn, cut, 1, space, &crossings);
        if (lf_geo_ring_area_m2(space, count) < wanted)
            low = cut->at_m;
        else
            high = cut->at_m;
    }
    return crossings == 2;
}

// --- change

static lf_green *edit(lf_spec *spec, int index) {
    return lf_spec_at(spec, LF_GREEN, index);
}

static void become_garden(lf_green *green, double depression_m, double infiltration_mm_h) {
    green->kind = LF_GREEN_RAIN_GARDEN;
    green->depression_m = depression_m;
    green->infiltration_mm_h = infiltration_mm_h;
    lf_retro_decided(&green->row, LF_GREEN, "kind");
    lf_retro_decided(&green->row, LF_GREEN, "depression_m");
    lf_retro_decided(&green->row, LF_GREEN, "infiltration_mm_h");
}

static lf_code add_garden(lf_spec *spec, int index, const lf_rain_garden *p, lf_shape shape,
                          lf_error *error) {
    lf_id lawn_id = edit(spec, index)->row.id;
    lf_green *garden = lf_spec_add(spec, LF_GREEN);
    if (!garden)
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for a rain garden");
    lf_retro_mark(spec, &garden->row, &lf_retro_measure_rain_garden, lawn_id);
    garden->row.name = lf_spec_textf(spec, "雨水花园 %u", (unsigned)lawn_id);
    garden->row.shape = shape;
    become_garden(garden, p->depression_m, p->infiltration_mm_h);
    return LF_OK;
}

// The lawn gets a hole and the garden fills it. space has room for twice the points.
static lf_code split_inside(lf_spec *spec, int index, const lf_rain_garden *p, const lf_vec2 *inner,
                            lf_vec2 *space, lf_error *error) {
    const lf_shape lawn = edit(spec, index)->row.shape;
    int n = lawn.point_count;
    for (int i = 0; i < n; i++) {
        space[i] = lawn.points[i];
        space[2 * n - 1 - i] = inner[i];
    }
    edit(spec, index)->row.shape = lf_spec_polygon(spec, space, (int[3]){0, n, 2 * n}, 2);
    return add_garden(spec, index, p, lf_spec_polygon(spec, inner, (int[2]){0, n}, 1), error);
}

static lf_code split_across(lf_spec *spec, int index, const lf_rain_garden *p, const lf_cut *cut,
                            lf_vec2 *space, lf_error *error) {
    const lf_shape lawn = edit(spec, index)->row.shape;
    int crossings = 0;
    int count = clip(&lawn, cut, 1, space, &crossings);
    lf_shape garden = lf_spec_polygon(spec, space, (int[2]){0, count}, 1);
    count = clip(&lawn, cut, -1, space, &crossings);
    edit(spec, index)->row.shape = lf_spec_polygon(spec, space, (int[2]){0, count}, 1);
    return add_garden(spec, index, p, garden, error);
}

// *whole counts the lawns that could not be split.
static lf_code make_garden(lf_spec *spec, int index, const lf_rain_garden *p, int *whole,
                           lf_error *error) {
    lf_green *lawn = edit(spec, index);
    const lf_shape shape = lawn->row.shape;
    size_t points = (size_t)shape.point_count;
    lf_vec2 *space = calloc(3 * points + 1, sizeof *space);
    if (!space)
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for a rain garden");
    lf_code code = LF_OK;
    lf_vec2 *inner = space + 2 * points;
    lf_cut cut = {1, 0, 0};
    along_longest_edge(&shape, &cut);
    if (shrink(&shape, p->share_ratio, inner)) {
        code = split_inside(spec, index, p, inner, space, error);
    } else if (shape.part_count == 1 && find_cut(&shape, p->share_ratio, &cut, space)) {
        code = split_across(spec, index, p, &cut, space, error);
    } else {
        become_garden(lawn, p->depression_m * p->share_ratio,
                      p->infiltration_mm_h * p->share_ratio +
                          lawn->infiltration_mm_h * (1 - p->share_ratio));
        (*whole)++;
    }
    free(space);
    return code;
}

static lf_code apply(const void *given, lf_spec *spec, lf_issues *issues, lf_error *error) {
    const lf_rain_garden *p = given;
    const lf_measure *self = &lf_retro_measure_rain_garden;
    lf_retro_chosen chosen;
    lf_code code = lf_retro_choose(spec, self, LF_GREEN, p->where, &chosen, issues, error);
    double area_m2 = 0;
    int whole = 0;
    for (int i = 0; i < chosen.count && code == LF_OK; i++) {
        area_m2 += p->share_ratio * lf_shape_area_m2(&edit(spec, chosen.items[i])->row.shape);
        code = make_garden(spec, chosen.items[i], p, &whole, error);
    }
    lf_retro_chosen_free(&chosen);
    if (code != LF_OK)
        return code;
    if (whole > 0)
        lf_issues_addf(issues, LF_NOTE, LF_GEOMETRY, "", 0, "", "",
                       "rain_garden: %d outlines cannot be split; those lawns take %.2f of the "
                       "depth as a whole, the same volume",
                       whole, p->share_ratio);
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
