// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Kerb bays (路侧停车位): parallel stalls along the right-hand edge of roads that stay wide enough
// for a fire engine (4 m clear) and, two-way, are 6 m wide at least. Junctions, gates, trees,
// buildings and other stalls stay clear.
#include "retro/measures.h"

#include "retro/stalls.h"

#include <stdlib.h>

typedef struct lf_kerb_bays {
    const char *where;
    double stall_width_m;
    double stall_length_m;
    double clear_m;
    double least_width_m;
    double end_m;
} lf_kerb_bays;

static const lf_field fields[] = {
    LF_PARAM_WHERE(lf_kerb_bays, "kind == 'residential' || kind == 'service'"),
    LF_PARAM_REAL(lf_kerb_bays, stall_width_m, 1.8, 3, 2.2, "width of a bay"),
    LF_PARAM_REAL(lf_kerb_bays, stall_length_m, 5, 8, 6, "length of a bay"),
    LF_PARAM_REAL(lf_kerb_bays, clear_m, 3.5, 7, 4, "width left to drive (fire lane: 4)"),
    LF_PARAM_REAL(lf_kerb_bays, least_width_m, 5, 15, 6, "least width of a two-way road"),
    LF_PARAM_REAL(lf_kerb_bays, end_m, 0, 30, 7.5, "distance kept from both ends of a road"),
};
static const lf_table params =
    LF_PARAM_TABLE("kerb_bays", "parallel bays along roads", fields, lf_kerb_bays);

static bool wide_enough(const lf_road *road, const lf_kerb_bays *p) {
    if (!lf_retro_is_carriageway(road) || road->width_m - p->stall_width_m < p->clear_m)
        return false;
    return road->oneway != LF_BOTH_WAYS || road->width_m >= p->least_width_m;
}

static lf_code add_bays(const lf_kerb_bays *p, lf_spec *spec, int index, int *added,
                        lf_error *error) {
    const lf_road *road = lf_spec_at_const(spec, LF_ROADS, index);
    lf_id id = road->row.id;
    int room = (int)(lf_shape_length_m(&road->row.shape) / p->stall_length_m) + 1;
    lf_retro_place *places = calloc((size_t)room, sizeof *places);
    lf_retro_obstacles *obstacles = NULL;
    lf_code code = places ? lf_retro_obstacles_create(spec, &obstacles, error)
                          : lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for %d bays", room);
    int count = 0;
    if (code == LF_OK)
        count = lf_retro_kerb_bays(road, p->stall_width_m, p->stall_length_m, p->end_m, obstacles,
                                   places, room);
    lf_retro_obstacles_destroy(obstacles);
    for (int i = 0; i < count && code == LF_OK; i++) {
        lf_stall *stall = lf_spec_add(spec, LF_STALLS);
        if (!stall) {
            code = lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for %d bays", count);
            break;
        }
        lf_retro_mark(spec, &stall->row, &lf_retro_measure_kerb_bays, id);
        stall->row.shape = lf_spec_polygon(spec, places[i].quad.corner, (int[2]){0, 4}, 1);
        stall->road = id;
        stall->heading_deg = places[i].heading_deg;
        (*added)++;
    }
    free(places);
    return code;
}

static lf_code apply(const void *given, lf_spec *spec, lf_issues *issues, lf_error *error) {
    const lf_kerb_bays *p = given;
    const lf_measure *self = &lf_retro_measure_kerb_bays;
    lf_retro_chosen chosen;
    lf_code code = lf_retro_choose(spec, self, LF_ROADS, p->where, &chosen, issues, error);
    int added = 0, narrow = 0;
    for (int i = 0; i < chosen.count && code == LF_OK; i++) {
        if (wide_enough(lf_spec_at_const(spec, LF_ROADS, chosen.items[i]), p))
            code = add_bays(p, spec, chosen.items[i], &added, error);
        else
            narrow++;
    }
    bool some = chosen.count > 0;
    lf_retro_chosen_free(&chosen);
    if (code != LF_OK)
        return code;
    if (some)
        lf_issues_addf(
            issues, added > 0 ? LF_NOTE : LF_WARNING, LF_OK, "", 0, "",
            added > 0 ? "" : "select wider roads",
            "kerb_bays: %d bays; %d of the selected roads are too narrow or carry no cars", added,
            narrow);
    lf_retro_bill bill = {.label = "kerb bays",
                          .capex_key = "stall_marking",
                          .opex_key = "stall_opex",
                          .life_key = "stall_life",
                          .quantity = added};
    return lf_retro_bill_works(spec, self, &bill, 1, error);
}

static const char *const keys[] = {"stall_marking", "stall_opex", "stall_life", NULL};
const lf_measure lf_retro_measure_kerb_bays = {
    "kerb_bays",  "parallel bays along roads that are wide enough",
    "路侧停车位", LF_ROADS,
    &params,      keys,
    apply};
