// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Owners' votes: thresholds exactly at their edges, and the probability against counting all
// outcomes.
#include "check.h"
#include "lifang/retro.h"

static lf_vote vote(const int64_t *area, const char *ballots, bool special) {
    uint8_t list[32];
    int count = (int)strlen(ballots);
    for (int i = 0; i < count; i++)
        list[i] = ballots[i] == 'y' ? LF_BALLOT_YES : ballots[i] == 'n' ? LF_BALLOT_NO : 0;
    return lf_retro_vote(area, list, count, special);
}

static void edges(void) {
    const int64_t equal[12] = {7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7};
    CHECK(vote(equal, "yyyy--", false).passed);   // two thirds take part: enough
    CHECK(!vote(equal, "yyyn---", false).quorum); // four of seven do not
    CHECK(!vote(equal, "yynn", false).passed);    // half is not more than half
    CHECK(vote(equal, "yyyn", true).passed);      // three quarters are enough
    CHECK(!vote(equal, "yyynyynn", true).passed);
    const int64_t unequal[4] = {900, 10, 10, 10};
    CHECK(!vote(unequal, "nyyy", false).passed); // heads agree, area does not
    CHECK(!vote(unequal, "ynnn", false).passed); // area agrees, heads do not
    lf_vote none = lf_retro_vote(NULL, NULL, 0, false);
    CHECK(!none.quorum && !none.passed);
}

// Every outcome of n equal owners, weighted with its probability.
static double count_all(int n, double part, double yes, bool special) {
    const int64_t equal[8] = {1, 1, 1, 1, 1, 1, 1, 1};
    uint8_t ballots[8];
    int outcomes = 1;
    for (int i = 0; i < n; i++)
        outcomes *= 3;
    double sum = 0;
    for (int code = 0; code < outcomes; code++) {
        double weight = 1;
        for (int i = 0, rest = code; i < n; i++, rest /= 3) {
            ballots[i] = (uint8_t)(rest % 3);
            weight *= ballots[i] == LF_BALLOT_ABSENT ? 1 - part
                      : ballots[i] == LF_BALLOT_YES  ? part * yes
                                                     : part * (1 - yes);
        }
        sum += lf_retro_vote(equal, ballots, n, special).passed ? weight : 0;
    }
    return sum;
}

static void probability(void) {
    for (int n = 1; n <= 8; n++) {
        for (int special = 0; special < 2; special++)
            CHECK_NEAR(lf_retro_pass_probability(n, 0.7, 0.8, special),
                       count_all(n, 0.7, 0.8, special), 1e-13);
    }
    CHECK_NEAR(lf_retro_pass_probability(100, 1, 1, true), 1, 1e-12);
    CHECK_NEAR(lf_retro_pass_probability(100, 0, 1, true), 0, 0);
    CHECK_NEAR(lf_retro_pass_probability(100, 1, 0, false), 0, 0);
    CHECK(isnan(lf_retro_pass_probability(0, 0.5, 0.5, false)));
    CHECK(isnan(lf_retro_pass_probability(10, 1.5, 0.5, false)));
    CHECK(isnan(lf_retro_pass_probability(10, NAN, 0.5, false)));
}

int main(void) {
    edges();
    probability();
    return lf_check_end();
}
