// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The money side: settings of the retro module, indicators of a cash flow, expected annual damage,
// owners' votes, and the book of prices.
//
// Conventions that hold for every function here:
//   - a flow is an array of yuan (or any one unit), positive = income; NaN or infinity anywhere
//   makes
//     the answer NaN (status LF_IRR_NONE) instead of a number that looks right;
//   - rates are ratios per period (0.06, not 6 %) and must be greater than -1;
//   - NAN is "undefined": an IRR that does not exist, a payback that never comes.
#ifndef LIFANG_RETRO_H
#define LIFANG_RETRO_H

#include "lifang/result.h"

#ifdef __cplusplus
extern "C" {
#endif

// Who carries the operation, and so who receives its income.
typedef enum lf_retro_contract {
    LF_RETRO_EPC,    // built for the city, operated for the residents' public account
    LF_RETRO_EPC_O,  // built and operated by one party
    LF_RETRO_C_EPC_O // advised, built and operated by one party
} lf_retro_contract;

// Settings under modules.retro in the scenario; the table with units, ranges and defaults is
// lf_retro_settings_table and is printed in engine/retro/README.md.
typedef struct lf_retro_settings {
    int horizon_years;
    double discount_ratio;
    const char *start; // "2026-03" or "2026"
    int construction_months;
    struct {
        int kind; // lf_retro_contract
        double consulting_ratio;
        double contingency_ratio;
    } contract;
    struct {
        double state_ratio;
        double city_ratio;
        double residents_ratio;
        double operator_ratio;
    } shares;
    double dwelling_area_m2;
    double fee_cny_m2_month;
    double collection_ratio;
    double collection_uplift_ratio;
    double opex_household_cny_year;
    double days_per_year;
    double ramp_years;
    double price_index_ratio;
    double wage_index_ratio;
    double fee_index_ratio;
    double tax_ratio;
    double residual_ratio;
    double storm_period_years;
    bool count_avoided_damage;
} lf_retro_settings;
extern const lf_table lf_retro_settings_table;

// Net present value: sum of flow[k] / (1 + rate)^(k + first). first 0 puts flow[0] at the moment of
// valuation (textbook NPV), 1 at the end of the first year (FNPV of 建设项目经济评价方法与参数, 3rd
// ed.; also what a spreadsheet's NPV() does). NAN for rate <= -1; 0 for an empty flow.
double lf_retro_npv(double rate, const double *flow, int count, int first);
// The same for flows at any times (in periods): sum of flow[k] / (1 + rate)^time[k].
double lf_retro_npv_at(double rate, const double *time, const double *flow, int count);

// Internal rates of return: all real r > -1 at which the net present value is zero.
typedef enum lf_irr_status { LF_IRR_NONE, LF_IRR_UNIQUE, LF_IRR_MULTIPLE } lf_irr_status;
typedef struct lf_irr {
    lf_irr_status status; // by the number of distinct roots
    int count;            // distinct roots found
    // The root to quote where one must be named: the smallest that is >= 0, else the negative one
    // nearest to zero. With LF_IRR_MULTIPLE it is a convention, not a rate of return.
    double selected_ratio; // NAN where there is none
} lf_irr;
// Writes the roots in ascending order to roots (room for `room` >= 0; may be NULL with room 0) and
// their multiplicity (1 or 2: a root that touches without crossing) to multiplicity (may be NULL).
// Method: a sum of exponentials in s = ln(1 + r) has at most as many roots as its coefficients have
// changes of sign (Laguerre's extension of Descartes' rule); multiplied by exp(tau s) with tau
// between two terms of opposite sign, its derivative has one change fewer, and its roots separate
// those of the sum (Rolle). So the roots are found from the last derivative upward, each by safe
// Newton inside a bracket that holds exactly one. LF_MEMORY is the only failure.
lf_code lf_retro_irr(const double *flow, int count, double *roots, int *multiplicity, int room,
                     lf_irr *irr, lf_error *error);
// The same for flows at any ascending times (xirr: days / 365).
lf_code lf_retro_irr_at(const double *time, const double *flow, int count, double *roots,
                        int *multiplicity, int room, lf_irr *irr, lf_error *error);

// Payback in periods from the start of construction, flow[k] at the END of period k + 1: the first
// moment at which the sum of the flows so far reaches zero for good or not, interpolated inside the
// period: (k of the last negative sum, counted from 1) + |that sum| / flow of the next period.
// rate 0 = static (静态投资回收期), else discounted to the start (动态). NAN if the sum never rises
// from below zero to zero or above; 0 if it is never below zero.
double lf_retro_payback(double rate, const double *flow, int count);

// Expected annual damage: the area under damage over exceedance probability 1 / period by the
// trapezoid rule, no damage below the shortest period given, constant beyond the longest. Periods
// in years, ascending, >= 1; NAN if they are not.
double lf_retro_expected_damage(const double *period_years, const double *damage, int count);
// From a single simulated event: the same rule with the point (1 year, no damage) put before it:
// damage x ((1 - 1/T) / 2 + 1/T).
double lf_retro_expected_damage_single(double period_years, double damage);

// Owners' decisions by Civil Code Art. 278: owners with at least two thirds of the exclusive area
// and of the heads must take part; of those, more than one half (ordinary matters) or at least
// three quarters (special: raising the maintenance fund, rebuilding, change of use) of area and of
// heads must agree. Integer arithmetic throughout.
typedef enum lf_ballot { LF_BALLOT_ABSENT, LF_BALLOT_YES, LF_BALLOT_NO } lf_ballot;
typedef struct lf_vote {
    bool quorum;
    bool passed;
} lf_vote;
// One entry for each owner (not unit); area in any whole unit, e.g. square centimetres.
lf_vote lf_retro_vote(const int64_t *area, const uint8_t *ballots, int owners, bool special);
// Probability to pass for equal, independent owners: each takes part with probability
// take_part_ratio and, taking part, agrees with agree_ratio. Exact sum of the trinomial. NAN for
// owners < 1 or ratios outside 0..1.
double lf_retro_pass_probability(int owners, double take_part_ratio, double agree_ratio,
                                 bool special);

// One row of assets/prices.
typedef struct lf_price {
    const char *key;
    double value;
    const char *unit;
    int year;
    const char *region;
    const char *source;
    lf_quality quality;
} lf_price;
typedef struct lf_prices lf_prices;
// Reads the price files (assets/prices/*.csv). Double keys, rows without source and statuses other
// than measured, tagged, assumed are errors with file and line.
lf_code lf_retro_prices_read(lf_prices **prices, lf_error *error);
void lf_retro_prices_free(lf_prices *prices);
int lf_retro_prices_count(const lf_prices *prices);
const lf_price *lf_retro_prices_at(const lf_prices *prices, int index);
// LF_UNKNOWN_KEY with the names of the files and the nearest key where there is no such row.
lf_code lf_retro_price(const lf_prices *prices, const char *key, lf_price *price, lf_error *error);

#ifdef __cplusplus
}
#endif
#endif
