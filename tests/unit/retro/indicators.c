// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Indicators against closed forms, and what they make of bad flows.
#include "check.h"
#include "lifang/retro.h"

static lf_irr irr_of(const double *flow, int count, double *roots, int *multiplicity, int room) {
    lf_irr irr;
    lf_error error;
    CHECK(lf_retro_irr(flow, count, roots, multiplicity, room, &irr, &error) == LF_OK);
    return irr;
}

static void npv_by_hand(void) {
    const double flow[3] = {-100, 60, 60};
    CHECK_NEAR(lf_retro_npv(0.1, flow, 3, 0), -100 + 60 / 1.1 + 60 / 1.21, 1e-12);
    CHECK_NEAR(lf_retro_npv(0.1, flow, 3, 1), (-100 + 60 / 1.1 + 60 / 1.21) / 1.1, 1e-12);
    CHECK_NEAR(lf_retro_npv(0, flow, 3, 0), 20, 0);
    CHECK(isnan(lf_retro_npv(-1, flow, 3, 0)));
    CHECK(isnan(lf_retro_npv(NAN, flow, 3, 0)));
    CHECK_NEAR(lf_retro_npv(0.1, NULL, 0, 0), 0, 0);
    CHECK_NEAR(lf_retro_npv_at(0.1, (double[]){0, 0.5}, (double[]){-100, 110}, 2),
               -100 + 110 / sqrt(1.1), 1e-12);
}

// (1 + r) grows to the rate that the flow was made with.
static void one_root(void) {
    double roots[4];
    int multiplicity[4];
    lf_irr irr = irr_of((double[]){-100, 110}, 2, roots, multiplicity, 4);
    CHECK(irr.status == LF_IRR_UNIQUE && irr.count == 1 && multiplicity[0] == 1);
    CHECK_NEAR(roots[0], 0.1, 1e-15);
    irr = irr_of((double[]){-1, 0, 0, 1e12}, 4, roots, NULL, 4);
    CHECK_NEAR(roots[0], 1e4 - 1, 1e-8);
    // a second crossing at ln(1 + r) = 909 is no rate, but hides none either
    const double day = 1.0 / 365, time[4] = {0, day, 2 * day, 4};
    CHECK(lf_retro_irr_at(time, (double[]){-10, 10, 1338.17, -5e5}, 4, roots, NULL, 4, &irr,
                          NULL) == LF_OK);
    CHECK(irr.count == 1 && isfinite(roots[0]));
    irr = irr_of((double[]){-1e9, 1}, 2, roots, NULL, 4);
    CHECK_NEAR(roots[0], 1e-9 - 1, 1e-15);
    CHECK_NEAR(irr.selected_ratio, roots[0], 0);
}

// Coefficients of the product of (x - (1 + r_i)), x = 1 + r: exactly those roots.
static int polynomial(const double *rates, int count, double *flow) {
    flow[0] = 1;
    for (int i = 0; i < count; i++) {
        flow[i + 1] = 0;
        for (int k = i + 1; k > 0; k--)
            flow[k] -= flow[k - 1] * (1 + rates[i]);
    }
    return count + 1;
}

static void many_roots(void) {
    const double rates[6] = {-0.5, -0.1, 0.05, 0.3, 1, 4};
    double flow[8], roots[8];
    int multiplicity[8];
    int count = polynomial(rates, 6, flow);
    lf_irr irr = irr_of(flow, count, roots, multiplicity, 8);
    CHECK(irr.status == LF_IRR_MULTIPLE && irr.count == 6);
    for (int i = 0; i < 6; i++)
        CHECK_NEAR(roots[i], rates[i], 1e-9 * fabs(rates[i]));
    CHECK_NEAR(irr.selected_ratio, 0.05, 1e-10);
    irr = irr_of(flow, count, roots, NULL, 2); // less room: the count is still told
    CHECK(irr.count == 6);
}

static void double_and_triple_roots(void) {
    double roots[4], flow[8];
    int multiplicity[4];
    lf_irr irr = irr_of((double[]){-100, 220, -121}, 3, roots, multiplicity, 4);
    CHECK(irr.status == LF_IRR_UNIQUE && multiplicity[0] == 2);
    CHECK_NEAR(roots[0], 0.1, 1e-7);
    int count = polynomial((double[]){0.25, 0.25, 1}, 3, flow);
    irr = irr_of(flow, count, roots, multiplicity, 4);
    CHECK(irr.count == 2 && multiplicity[0] == 2 && multiplicity[1] == 1);
    count = polynomial((double[]){0.5, 0.5, 0.5}, 3, flow);
    irr = irr_of(flow, count, roots, multiplicity, 4);
    CHECK(irr.count == 1);
    CHECK_NEAR(roots[0], 0.5, 1e-4);
    // two roots that nearly meet stay two
    count = polynomial((double[]){0.1, 0.1001}, 2, flow);
    irr = irr_of(flow, count, roots, multiplicity, 4);
    CHECK(irr.count == 2);
    CHECK_NEAR(roots[1], 0.1001, 1e-9);
}

static void no_roots(void) {
    CHECK(irr_of((double[]){1, 2, 3}, 3, NULL, NULL, 0).status == LF_IRR_NONE);
    CHECK(irr_of((double[]){-1}, 1, NULL, NULL, 0).status == LF_IRR_NONE);
    CHECK(irr_of((double[]){0, 0, 0}, 3, NULL, NULL, 0).status == LF_IRR_NONE);
    CHECK(irr_of(NULL, 0, NULL, NULL, 0).status == LF_IRR_NONE);
    CHECK(irr_of((double[]){-1, NAN, 3}, 3, NULL, NULL, 0).status == LF_IRR_NONE);
    CHECK(irr_of((double[]){-1, INFINITY}, 2, NULL, NULL, 0).status == LF_IRR_NONE);
    CHECK(isnan(irr_of((double[]){1000, -3000, 2500}, 3, NULL, NULL, 0).selected_ratio));
}

// NPV at every root is zero beside the size of the flow; scale and sign do not matter.
static void roots_are_roots(void) {
    unsigned seed = 12345;
    for (int trial = 0; trial < 2000; trial++) {
        double flow[30], roots[30];
        int count = 2 + trial % 28;
        double size = 0;
        for (int k = 0; k < count; k++) {
            seed = seed * 1664525u + 1013904223u;
            flow[k] = (double)(seed >> 8) / (1 << 24) - 0.4;
        }
        lf_irr irr = irr_of(flow, count, roots, NULL, 30);
        for (int i = 0; i < irr.count; i++) {
            size = 0;
            for (int k = 0; k < count; k++)
                size += fabs(flow[k]) * pow(1 + roots[i], -k);
            CHECK(fabs(lf_retro_npv(roots[i], flow, count, 0)) <= 1e-12 * size);
            CHECK(i == 0 || roots[i] > roots[i - 1]);
        }
        // a change of sign between rate -0.99 and 100 needs an odd number of roots between
        int between = 0;
        for (int i = 0; i < irr.count; i++)
            between += roots[i] > -0.99 && roots[i] < 100;
        bool low = lf_retro_npv(-0.99, flow, count, 0) > 0;
        bool changes = low != (lf_retro_npv(100, flow, count, 0) > 0);
        CHECK((between % 2 == 1) == changes);
        for (int k = 0; k < count; k++)
            flow[k] *= -1e6;
        lf_irr again = irr_of(flow, count, roots, NULL, 30);
        CHECK(again.count == irr.count);
    }
}

static void payback(void) {
    CHECK_NEAR(lf_retro_payback(0, (double[]){-100, 40, 40, 40}, 4), 3.5, 1e-15);
    CHECK(isnan(lf_retro_payback(0, (double[]){-100, 40, 40}, 3)));
    CHECK_NEAR(lf_retro_payback(0, (double[]){10, 40}, 2), 0, 0);
    CHECK_NEAR(lf_retro_payback(0, (double[]){-100, 50, 50, 0}, 4), 3, 0);
    CHECK(isnan(lf_retro_payback(0, NULL, 0)));
    CHECK(isnan(lf_retro_payback(0, (double[]){-1, NAN}, 2)));
    CHECK(lf_retro_payback(0.08, (double[]){-100, 40, 40, 40, 40}, 5) >
          lf_retro_payback(0, (double[]){-100, 40, 40, 40, 40}, 5));
}

static void damage(void) {
    const double period[3] = {2, 10, 100}, cost[3] = {0, 100, 300};
    CHECK_NEAR(lf_retro_expected_damage(period, cost, 3), 0.4 * 50 + 0.09 * 200 + 0.01 * 300,
               1e-12);
    CHECK_NEAR(lf_retro_expected_damage_single(20, 1000), 1000 * (0.95 / 2 + 0.05), 1e-12);
    CHECK_NEAR(lf_retro_expected_damage_single(1, 1000), 1000, 0);
    CHECK_NEAR(lf_retro_expected_damage(NULL, NULL, 0), 0, 0);
    CHECK(isnan(lf_retro_expected_damage((double[]){10, 5}, cost, 2)));
    CHECK(isnan(lf_retro_expected_damage((double[]){0.5, 5}, cost, 2)));
}

int main(void) {
    npv_by_hand();
    one_root();
    many_roots();
    double_and_triple_roots();
    no_roots();
    roots_are_roots();
    payback();
    damage();
    return lf_check_end();
}
