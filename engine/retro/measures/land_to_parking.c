// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Land to parking (边角地改停车): idle ground becomes a yard with stalls laid out by the rules of
// restripe_stalls. The green is lost, and the yard is as sealed as its paving. Ground on which no
// stall finds room stays what it is.
#include "retro/measures.h"

#include "retro/stalls.h"

#include <stdlib.h>

typedef struct lf_land {
    const char *where;
    double stall_width_m;
    double permeable_ratio;
    double fee_month_cny;
    double fee_hour_cny;
} lf_land;

static const lf_field fields[] = {
    LF_PARAM_WHERE(lf_land, "kind == 'bare'"),
    LF_PARAM_REAL(lf_land, stall_width_m, 2.2, 3.6, 2.5, "width of a stall"),
    LF_PARAM_REAL(lf_land, permeable_ratio, 0, 1, 0.6, "share paved permeably (grass pavers)"),
    LF_PARAM_REAL(lf_land, fee_month_cny, 0, 5000, 150, "month ticket"),
    LF_PARAM_REAL(lf_land, fee_hour_cny, 0, 100, 3, "visitors' hour"),
};
static const lf_table params =
    LF_PARAM_TABLE("land_to_parking", "idle ground becomes a yard", fields, lf_land);

typedef struct lf_gain {
    int stalls;
    double area_m2;
} lf_gain;

static lf_code build_yard(const lf_land *p, lf_spec *spec, const lf_green *ground,
                          const lf_retro_place *places, int count, lf_error *error) {
    lf_shape outline = ground->row.shape;
    lf_id ground_id = ground->row.id;
    lf_parking *yard = lf_spec_add(spec, LF_PARKING);
    if (!yard)
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for a yard");
    lf_retro_mark(spec, &yard->row, &lf_retro_measure_land_to_parking, ground_id);
    yard->row.name = lf_spec_textf(spec, "新增停车场 %u", (unsigned)ground_id);
    yard->row.shape = outline;
    yard->kind = LF_PARKING_YARD;
    yard->capacity = count;
    yard->permeable_ratio = p->permeable_ratio;
    yard->fee_month_cny = p->fee_month_cny;
    yard->fee_hour_cny = p->fee_hour_cny;
    lf_id yard_id = yard->row.id;
    for (int i = 0; i < count; i++) {
        lf_stall *stall = lf_spec_add(spec, LF_STALLS);
        if (!stall)
            return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for %d stalls", count);
        lf_retro_mark(spec, &stall->row, &lf_retro_measure_land_to_parking, ground_id);
        stall->row.shape = lf_spec_polygon(spec, places[i].quad.corner, (int[2]){0, 4}, 1);
        stall->parking = yard_id;
        stall->heading_deg = places[i].heading_deg;
    }
    return LF_OK;
}

// Tries one piece of ground; *keep tells whether it stays ground.
static lf_code convert(const lf_land *p, lf_spec *spec, int index, bool *keep, lf_gain *gain,
                       lf_error *error) {
    const lf_green *ground = lf_spec_at_const(spec, LF_GREEN, index);
    const lf_retro_stall_rule rule = {90, p->stall_width_m, 5.3, 5.5};
    double area_m2 = lf_shape_area_m2(&ground->row.shape);
    int room = (int)(area_m2 / (rule.width_m * rule.length_m)) + 1, count = 0;
    lf_retro_place *places = calloc((size_t)room, sizeof *places);
    lf_retro_obstacles *obstacles = NULL;
    lf_code code = places ? lf_retro_obstacles_create(spec, &obstacles, error)
                          : lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for %d stalls", room);
    if (code == LF_OK)
        code = lf_retro_lay_out(&ground->row.shape, &(lf_retro_ignore){.green = ground->row.id},
                                &rule, obstacles, places, room, &count, error);
    lf_retro_obstacles_destroy(obstacles);
    if (code == LF_OK && count > 0) {
        code = build_yard(p, spec, ground, places, count, error);
        *keep = false;
        gain->stalls += count;
        gain->area_m2 += area_m2;
    }
    free(places);
    return code;
}

static lf_code apply(const void *given, lf_spec *spec, lf_issues *issues, lf_error *error) {
    const lf_land *p = given;
    const lf_measure *self = &lf_retro_measure_land_to_parking;
    lf_retro_chosen chosen;
    lf_code code = lf_retro_choose(spec, self, LF_GREEN, p->where, &chosen, issues, error);
    if (code != LF_OK)
        return code;
    int count = lf_spec_count(spec, LF_GREEN);
    bool *keep = calloc((size_t)count + 1, sizeof *keep);
    if (!keep)
        code = lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for measure %s", self->name);
    for (int i = 0; i < count && keep; i++)
        keep[i] = true;
    lf_gain gain = {0, 0};
    for (int i = 0; i < chosen.count && code == LF_OK; i++)
        code = convert(p, spec, chosen.items[i], &keep[chosen.items[i]], &gain, error);
    if (code == LF_OK)
        lf_spec_keep(spec, LF_GREEN, keep);
    bool some = chosen.count > 0;
    free(keep);
    lf_retro_chosen_free(&chosen);
    if (code != LF_OK)
        return code;
    if (some && gain.stalls == 0)
        lf_retro_warn(self, issues, "", "select larger ground",
                      "no stall finds room on the selected ground; nothing was changed");
    lf_retro_bill bills[2] = {{.label = "new yards paved",
                               .capex_key = "stall_paving",
                               .life_key = "stall_life",
                               .quantity = gain.area_m2},
                              {.label = "stalls marked",
                               .capex_key = "stall_marking",
                               .opex_key = "stall_opex",
                               .life_key = "stall_life",
                               .quantity = gain.stalls}};
    return lf_retro_bill_works(spec, self, bills, 2, error);
}

static const char *const keys[] = {"stall_paving", "stall_marking", "stall_opex", "stall_life",
                                   NULL};
const lf_measure lf_retro_measure_land_to_parking = {"land_to_parking",
                                                     "idle ground becomes a parking yard",
                                                     "边角地改停车",
                                                     LF_GREEN,
                                                     &params,
                                                     keys,
                                                     apply};
