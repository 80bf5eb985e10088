// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// A direct surface on the card, with a copy on the host that is brought up to date when something
// is asked of it. Every function takes NULL and then does nothing. What goes wrong in one that
// returns nothing comes back from the next advance.
#ifndef LF_DRAIN_SURFACE_DIRECT_CARD_H
#define LF_DRAIN_SURFACE_DIRECT_CARD_H

#include "drain/surface/surface.h"

typedef struct lf_drain_card lf_drain_card;

// open: [padded cells] that take rain. plan and field are borrowed.
lf_code lf_drain_card_create(const lf_drain_f32_plan *plan, lf_drain_f32_field *field,
                             const bool *open, bool compute_all, lf_drain_card **card,
                             lf_error *error);
void lf_drain_card_destroy(lf_drain_card *card);
void lf_drain_card_pull(lf_drain_card *card); // host copy := card, where the card went on
void lf_drain_card_push(lf_drain_card *card); // card := host copy
void lf_drain_card_set_edges(lf_drain_card *card);
void lf_drain_card_rain(lf_drain_card *card, double depth_m);
lf_code lf_drain_card_advance(lf_drain_card *card, double span_s, long *steps, double *cell_steps,
                              long *bad, lf_error *error);
double lf_drain_card_left_m3(const lf_drain_card *card); // over free edges, as of the last pull
const char *lf_drain_card_name(const lf_drain_card *card, bool *software);

#endif
