// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Indicators of a cash flow other than its rates of return, and expected annual damage.
#include "lifang/retro.h"

#include <assert.h>
#include <math.h>

double lf_retro_npv(double rate, const double *flow, int count, int first) {
    assert(count >= 0 && (flow || count == 0));
    if (!(rate > -1))
        return NAN;
    // Horner from the last flow: one rounding per period, no powers.
    double v = 1 / (1 + rate), value = 0;
    for (int k = count - 1; k >= 0; k--)
        value = flow[k] + v * value;
    return value * pow(v, first);
}

double lf_retro_npv_at(double rate, const double *time, const double *flow, int count) {
    assert(count >= 0 && ((flow && time) || count == 0));
    if (!(rate > -1))
        return NAN;
    double value = 0, s = log1p(rate);
    for (int k = 0; k < count; k++)
        value += flow[k] * exp(-s * time[k]);
    return value;
}

double lf_retro_payback(double rate, const double *flow, int count) {
    assert(count >= 0 && (flow || count == 0));
    if (!(rate > -1))
        return NAN;
    double sum = 0, v = 1 / (1 + rate), factor = 1, size = 0;
    bool below = false;
    for (int k = 0; k < count; k++) {
        factor *= v;
        double present = flow[k] * factor;
        if (!isfinite(present))
            return NAN;
        double next = sum + present;
        size += fabs(present);
        // Rounding may leave a sum that should be zero a little below it.
        if (fabs(next) <= 1e-14 * size)
            next = 0;
        if (sum < 0 && next >= 0)
            return k - sum / present;
        below = below || next < 0;
        sum = next;
    }
    return below || count == 0 ? NAN : 0;
}

double lf_retro_expected_damage(const double *period_years, const double *damage, int count) {
    assert(count >= 0 && ((period_years && damage) || count == 0));
    double area = 0;
    for (int i = 0; i < count; i++) {
        if (!(period_years[i] >= 1) || !isfinite(damage[i]) ||
            (i > 0 && !(period_years[i] > period_years[i - 1])))
            return NAN;
        if (i > 0)
            area +=
                (1 / period_years[i - 1] - 1 / period_years[i]) * (damage[i - 1] + damage[i]) / 2;
    }
    return count > 0 ? area + damage[count - 1] / period_years[count - 1] : 0;
}

double lf_retro_expected_damage_single(double period_years, double damage) {
    if (period_years == 1)
        return damage;
    return lf_retro_expected_damage((double[2]){1, period_years}, (double[2]){0, damage}, 2);
}
