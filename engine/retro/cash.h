// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The cash flow of one option by year, in whole fen.
#ifndef LF_RETRO_CASH_H
#define LF_RETRO_CASH_H

#include "lifang/retro.h"

enum { LF_RETRO_CAPEX, LF_RETRO_OPEX, LF_RETRO_REVENUE, LF_RETRO_GRANT, LF_RETRO_AVOIDED };

// Yearly amounts before the works and after them, in prices of the first year.
typedef struct lf_retro_change {
    double before_cny_year;
    double after_cny_year;
} lf_retro_change;

// All that the cash flow is made of. works may be NULL with work_count 0: then nothing is built.
typedef struct lf_retro_plan {
    const lf_retro_settings *settings;
    const lf_work *works;
    int work_count;
    lf_retro_change fees;    // property fees collected
    lf_retro_change parking; // parking and charging income
    lf_retro_change service; // cost of the property service
    lf_retro_change damage;  // expected annual flood damage
} lf_retro_plan;

typedef struct lf_retro_cash {
    int years;
    int count, room;
    lf_money_line *lines; // fen of line i: fen + i * years
    int64_t *fen;
    int64_t *status_quo; // net of what would have happened without works, by year
} lf_retro_cash;

lf_code lf_retro_cash_build(const lf_retro_plan *plan, lf_retro_cash *cash, lf_error *error);
void lf_retro_cash_free(lf_retro_cash *cash);
// Sum over the lines of a year: everything that is cash, with or without grants, and the avoided
// damage where it counts.
int64_t lf_retro_cash_net(const lf_retro_cash *cash, int year, bool grants, bool avoided);
int64_t lf_retro_cash_total(const lf_retro_cash *cash, int line);
// First calendar year of "2026-03" or "2026".
bool lf_retro_start_year(const char *start, int *year);

#endif
