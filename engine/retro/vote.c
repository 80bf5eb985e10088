// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Owners' votes by Art. 278 of the Civil Code of the People's Republic of China, in integers; and
// the exact probability to pass for equal, independent owners.
#include "lifang/retro.h"

#include <assert.h>
#include <math.h>

// "At least" includes the number, "more than half" does not (Art. 1259).
static bool quorum(int64_t taking_part, int64_t all) {
    return all > 0 && 3 * taking_part >= 2 * all;
}

static bool majority(int64_t yes, int64_t taking_part, bool special) {
    return special ? 4 * yes >= 3 * taking_part : 2 * yes > taking_part;
}

lf_vote lf_retro_vote(const int64_t *area, const uint8_t *ballots, int owners, bool special) {
    assert(owners >= 0 && ((area && ballots) || owners == 0));
    int64_t all = 0, present = 0, yes = 0;
    int64_t heads_present = 0, heads_yes = 0;
    for (int i = 0; i < owners; i++) {
        assert(area[i] >= 0 && area[i] <= INT64_MAX / 4 / (owners + 1));
        all += area[i];
        if (ballots[i] == LF_BALLOT_ABSENT)
            continue;
        present += area[i];
        heads_present++;
        if (ballots[i] == LF_BALLOT_YES) {
            yes += area[i];
            heads_yes++;
        }
    }
    lf_vote vote = {quorum(present, all) && quorum(heads_present, owners), false};
    vote.passed = vote.quorum && majority(yes, present, special) &&
                  majority(heads_yes, heads_present, special);
    return vote;
}

// log of n! / (k! (n-k)!) p^k (1-p)^(n-k); p of 0 and 1 are treated by the caller's terms.
static double log_binomial(int n, int k, double p) {
    double value = lgamma(n + 1.0) - lgamma(k + 1.0) - lgamma(n - k + 1.0);
    if (k > 0)
        value += k * log(p);
    if (k < n)
        value += (n - k) * log1p(-p);
    return value;
}

double lf_retro_pass_probability(int owners, double take_part_ratio, double agree_ratio,
                                 bool special) {
    if (owners < 1 || !(take_part_ratio >= 0 && take_part_ratio <= 1) ||
        !(agree_ratio >= 0 && agree_ratio <= 1))
        return NAN;
    double sum = 0;
    for (int present = 0; present <= owners; present++) {
        if (!quorum(present, owners))
            continue;
        double agree = 0;
        for (int yes = 0; yes <= present; yes++)
            if (majority(yes, present, special))
                agree += exp(log_binomial(present, yes, agree_ratio));
        sum += agree * exp(log_binomial(owners, present, take_part_ratio));
    }
    return fmin(sum, 1);
}
