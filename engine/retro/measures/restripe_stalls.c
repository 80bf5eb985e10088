// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Restripe (停车位重新划线): stalls of the selected areas are laid out anew at one angle. Sizes
// after practice: perpendicular 2.5 x 5.3 m with an aisle of 5.5 m (old garage code: 2.4 x 5.3 m
// least), 60 and 45 degrees with one-way aisles, parallel 2.5 x 6 m. An area keeps its old stalls
// where the new layout would not hold more, and the measure says so.
#include "retro/measures.h"

#include "retro/stalls.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct lf_restripe {
    const char *where;
    double angle_deg;
    double stall_width_m;
    double stall_length_m;
    double aisle_m;
    bool pave;
} lf_restripe;

static const lf_field fields[] = {
    LF_PARAM_WHERE(lf_restripe, "kind == 'yard'"),
    LF_PARAM_REAL(lf_restripe, angle_deg, 0, 90, 90, "to the aisle: 0, 45, 60 or 90"),
    LF_PARAM_REAL(lf_restripe, stall_width_m, 2.2, 3.6, 2.5, "width of a stall"),
    LF_PARAM_REAL(lf_restripe, stall_length_m, 0, 7, 0, "length; 0 = 5.3, parallel 6"),
    LF_PARAM_REAL(lf_restripe, aisle_m, 0, 9, 0, "width of the aisle; 0 = by angle"),
    {.name = "pave",
     .doc = "the stalls are paved as well, not only marked",
     .type = LF_BOOL,
     .place = LF_AT_SETTING,
     .offset = offsetof(lf_restripe, pave),
     .initial = 0},
};
static const lf_table params =
    LF_PARAM_TABLE("restripe_stalls", "stalls laid out anew", fields, lf_restripe);

static const struct {
    double angle_deg, aisle_m, length_m;
} rules[] = {{0, 3.5, 6.0}, {45, 3.8, 5.3}, {60, 4.5, 5.3}, {90, 5.5, 5.3}};

static lf_code rule_of(const lf_restripe *p, lf_retro_stall_rule *rule, lf_error *error) {
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        if (rules[i].angle_deg != p->angle_deg)
            continue;
        *rule = (lf_retro_stall_rule){.angle_deg = p->angle_deg,
                                      .width_m = p->stall_width_m,
                                      .length_m = p->stall_length_m > 0 ? p->stall_length_m
                                                                        : rules[i].length_m,
                                      .aisle_m = p->aisle_m > 0 ? p->aisle_m : rules[i].aisle_m};
        return LF_OK;
    }
    return lf_fail(error, LF_RANGE, LF_FROM_SCENARIO,
                   "restripe_stalls: angle_deg %g is not one of 0, 45, 60, 90", p->angle_deg);
}

// Drops the stalls of the area and says how many chargers they had and of what power.
static lf_code drop_stalls(lf_spec *spec, lf_id parking, int *powered, double *charger_kw,
                           lf_error *error) {
    int count = lf_spec_count(spec, LF_STALLS);
    bool *keep = calloc((size_t)count + 1, sizeof *keep);
    if (!keep)
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for %d stalls", count);
    for (int i = 0; i < count; i++) {
        const lf_stall *stall = lf_spec_at_const(spec, LF_STALLS, i);
        keep[i] = stall->parking != parking;
        if (!keep[i] && stall->charger_kw > 0) {
            (*powered)++;
            *charger_kw = fmax(*charger_kw, stall->charger_kw);
        }
    }
    lf_spec_keep(spec, LF_STALLS, keep);
    free(keep);
    return LF_OK;
}

static lf_code add_stalls(lf_spec *spec, int index, const lf_retro_place *places, int count,
                          lf_error *error) {
    lf_parking *parking = lf_spec_at(spec, LF_PARKING, index);
    lf_id id = parking->row.id;
    int permit = parking->permit, powered = 0;
    double charger_kw = 0;
    lf_code code = drop_stalls(spec, id, &powered, &charger_kw, error);
    for (int i = 0; i < count && code == LF_OK; i++) {
        lf_stall *stall = lf_spec_add(spec, LF_STALLS);
        if (!stall)
            return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for %d stalls", count);
        lf_retro_mark(spec, &stall->row, &lf_retro_measure_restripe_stalls, id);
        stall->row.shape = lf_spec_polygon(spec, places[i].quad.corner, (int[2]){0, 4}, 1);
        stall->parking = id;
        stall->permit = permit;
        stall->heading_deg = places[i].heading_deg;
        stall->charger_kw = i < powered ? charger_kw : 0;
    }
    parking->capacity = count;
    lf_retro_decided(&parking->row, LF_PARKING, "capacity");
    return code;
}

typedef struct lf_restriped {
    int stalls;
    int gained;
    double area_m2;
} lf_restriped;

static lf_code restripe_one(const lf_restripe *p, const lf_retro_stall_rule *rule, lf_spec *spec,
                            int index, lf_restriped *done, lf_issues *issues, lf_error *error) {
    const lf_parking *parking = lf_spec_at_const(spec, LF_PARKING, index);
    const char *feature = lf_spec_textf(spec, "parking/%u", (unsigned)parking->row.id);
    double stall_m2 = rule->width_m * rule->length_m;
    int room = (int)(lf_shape_area_m2(&parking->row.shape) / stall_m2) + 1;
    lf_retro_obstacles *obstacles = NULL;
    lf_retro_place *places = calloc((size_t)room, sizeof *places);
    lf_code code = places ? lf_retro_obstacles_create(spec, &obstacles, error)
                          : lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for %d stalls", room);
    int count = 0;
    if (code == LF_OK)
        code = lf_retro_lay_out(&parking->row.shape, &(lf_retro_ignore){.parking = parking->row.id},
                                rule, obstacles, places, room, &count, error);
    lf_retro_obstacles_destroy(obstacles);
    if (code == LF_OK && count <= parking->capacity) {
        lf_issues_addf(
            issues, LF_WARNING, LF_INVALID, "", 0, feature,
            "try another angle_deg or a smaller stall",
            "restripe_stalls: %g degrees hold %d stalls, not more than the %d there are; "
            "the old ones stay",
            p->angle_deg, count, parking->capacity);
    } else if (code == LF_OK) {
        done->gained += count - parking->capacity;
        done->stalls += count;
        done->area_m2 += p->pave ? count * stall_m2 : 0;
        code = add_stalls(spec, index, places, count, error);
    }
    free(places);
    return code;
}

static lf_code apply(const void *given, lf_spec *spec, lf_issues *issues, lf_error *error) {
    const lf_restripe *p = given;
    const lf_measure *self = &lf_retro_measure_restripe_stalls;
    lf_retro_stall_rule rule;
    lf_code code = rule_of(p, &rule, error);
    if (code != LF_OK)
        return code;
    lf_retro_chosen chosen;
    code = lf_retro_choose(spec, self, LF_PARKING, p->where, &chosen, issues, error);
    lf_restriped done = {0, 0, 0};
    for (int i = 0; i < chosen.count && code == LF_OK; i++)
        code = restripe_one(p, &rule, spec, chosen.items[i], &done, issues, error);
    lf_retro_chosen_free(&chosen);
    if (code != LF_OK)
        return code;
    if (done.stalls > 0)
        lf_issues_addf(issues, LF_NOTE, LF_OK, "", 0, "", "",
                       "restripe_stalls: %d stalls laid out, %d more than before", done.stalls,
                       done.gained);
    lf_retro_bill bills[2] = {{.label = "stalls marked",
                               .capex_key = "stall_marking",
                               .opex_key = "stall_opex",
                               .life_key = "stall_life",
                               .quantity = done.stalls},
                              {.label = "stalls paved",
                               .capex_key = "stall_paving",
                               .life_key = "stall_life",
                               .quantity = done.area_m2}};
    return lf_retro_bill_works(spec, self, bills, 2, error);
}

static const char *const keys[] = {"stall_marking", "stall_opex", "stall_life", "stall_paving",
                                   NULL};
const lf_measure lf_retro_measure_restripe_stalls = {"restripe_stalls",
                                                     "stalls are laid out anew at an angle",
                                                     "车位重新划线",
                                                     LF_PARKING,
                                                     &params,
                                                     keys,
                                                     apply};
