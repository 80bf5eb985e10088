// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Steady solutions: bumps and channels. Equations and sources: exact.h.
#include "exact.h"
#include <math.h>
#include <stddef.h>

static const double G = EXACT_GRAVITY;

// ---- bumps

double exact_bump_ground_m(double x_m) {
    double z = 0.2 - 0.05 * (x_m - 10) * (x_m - 10);
    return z > 0 ? z : 0;
}

double exact_bump_flow_m2_s(exact_bump kind) {
    return kind == EXACT_BUMP_SUBCRITICAL ? 4.42 : kind == EXACT_BUMP_TRANSCRITICAL ? 1.53 : 0.18;
}

static double critical_m(double q) {
    return cbrt(q * q / G);
}

static double head_m(double q, double depth) {
    return depth + q * q / (2 * G * depth * depth);
}

// Depth with this specific head: the deep root, or the shallow one. Bisection; NaN if there is
// none.
static double bernoulli_m(double q, double specific_m, bool fast) {
    double critical = critical_m(q);
    double excess = specific_m - head_m(q, critical);
    if (excess < -1e-12) {
        return NAN;
    }
    double low = fast ? 1e-9 : critical, high = fast ? critical : specific_m;
    for (int i = 0; i < 200; i++) {
        double middle = 0.5 * (low + high);
        bool too_much = head_m(q, middle) > specific_m;
        if (too_much == fast) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return 0.5 * (low + high);
}

static double crest_head_m(double q) {
    return head_m(q, critical_m(q)) + 0.2;
}

double exact_bump_jump_m(void) {
    double q = exact_bump_flow_m2_s(EXACT_BUMP_SHOCK);
    double low = 10.5, high = 12; // on the lee of the bump
    for (int i = 0; i < 200; i++) {
        double x = 0.5 * (low + high), z = exact_bump_ground_m(x);
        double fast = bernoulli_m(q, crest_head_m(q) - z, true);
        double slow = bernoulli_m(q, head_m(q, 0.33) - z, false);
        // The fast side pushes more than the slow one: the jump is blown further down.
        double push = q * q * (1 / fast - 1 / slow) + 0.5 * G * (fast * fast - slow * slow);
        if (isnan(slow) || push > 0) {
            low = x;
        } else {
            high = x;
        }
    }
    return 0.5 * (low + high);
}

double exact_bump_depth_m(exact_bump kind, double x_m) {
    double q = exact_bump_flow_m2_s(kind), z = exact_bump_ground_m(x_m);
    if (kind == EXACT_BUMP_SUBCRITICAL) {
        return bernoulli_m(q, head_m(q, 2) - z, false);
    }
    if (kind == EXACT_BUMP_SHOCK && x_m > exact_bump_jump_m()) {
        return bernoulli_m(q, head_m(q, 0.33) - z, false);
    }
    return bernoulli_m(q, crest_head_m(q) - z, x_m > 10);
}

// ---- channels

// 20 m3/s through the width of SWASHES at the ends, 10 - 5 exp(-10/4) m.
#define ENDS_M2_S 2.085598161091605

static const exact_channel CHANNELS[EXACT_CHANNEL_COUNT] = {
    {"MacDonald subcritical", 1000, 2, 0, 0.033, false, false, false, NAN},
    {"MacDonald supercritical", 1000, 2.5, 0, 0.04, true, true, true, NAN},
    {"MacDonald transition", 1000, 2, 0, 0.0218, false, true, true, NAN},
    {"MacDonald jump", 1000, 2, 0, 0.0218, true, false, true, 500},
    {"MacDonald periodic", 5000, 2, 0, 0.03, false, false, false, NAN},
    {"MacDonald rain subcritical", 1000, 1, 0.001, 0.033, false, false, false, NAN},
    {"MacDonald rain supercritical", 1000, 2.5, 0.001, 0.04, true, true, true, NAN},
    {"MacDonald width subcritical", 200, ENDS_M2_S, 0, 0.03, false, false, false, NAN},
    {"MacDonald width supercritical", 200, ENDS_M2_S, 0, 0.03, true, true, true, NAN},
    {"MacDonald width jump", 200, ENDS_M2_S, 0, 0.03, true, false, true, 120},
};

const exact_channel *exact_channel_get(exact_channel_kind kind) {
    return &CHANNELS[kind];
}

static double bell(double u, double sharp, double length, double *slope) {
    double value = exp(-sharp * u * u);
    *slope = -2 * sharp * u * value / length;
    return value;
}

// Downstream part of a jump: polynomial that decays away from it, over an exponential backwater.
static double jump_tail_m(double x_m, double *slope) {
    static const double K[] = {-0.154375, -0.108189, -2.014310}; // SWASHES 3.5.4
    double s = (x_m - 120) / 80, fade = exp(-0.1 * (x_m - 120));
    double poly = K[0] + s * (K[1] + s * K[2]), rise = (K[1] + 2 * s * K[2]) / 80;
    double calm = 1.5 * exp(0.1 * (x_m / 200 - 1));
    *slope = fade * (rise - 0.1 * poly) + calm * 0.1 / 200;
    return fade * poly + calm;
}

static double jump_m(double x_m, double unit, double *slope) {
    static const double A[] = {-0.348427, 0.552264, -0.55558}; // SWASHES 3.2.1
    if (x_m < 500) {
        *slope = unit * exp(-x_m / 250) / 1500;
        return unit * (0.9 - exp(-x_m / 250) / 6);
    }
    double value = 1 + 0.8 * exp(x_m / 1000 - 1), rise = 0.8e-3 * exp(x_m / 1000 - 1);
    for (int k = 1; k <= 3; k++) {
        double part = A[k - 1] * exp(-20 * k * (x_m / 1000 - 0.5));
        value += part;
        rise -= 0.02 * k * part;
    }
    *slope = unit * rise;
    return unit * value;
}

static double wide_depth_m(exact_channel_kind kind, double x_m, double *slope) {
    double unit = cbrt(4 / G), u = x_m / 1000 - 0.5, steep, value;
    switch (kind) {
    case EXACT_CHANNEL_SUPERCRITICAL:
    case EXACT_CHANNEL_RAIN_SUPERCRITICAL:
        value = bell(u, 36, 1000, &steep);
        *slope = -0.2 * unit * steep;
        return unit * (1 - 0.2 * value);
    case EXACT_CHANNEL_TRANSITION:
        steep = x_m < 500 ? 3 : 6;
        *slope = -unit / (1000 * cosh(steep * u) * cosh(steep * u));
        return unit * (1 - tanh(steep * u) / steep);
    case EXACT_CHANNEL_JUMP:
        return jump_m(x_m, unit, slope);
    case EXACT_CHANNEL_PERIODIC:
        *slope = M_PI / 2000 * cos(M_PI * x_m / 500);
        return 9.0 / 8 + sin(M_PI * x_m / 500) / 4;
    default:
        value = bell(u, 16, 1000, &steep);
        *slope = 0.5 * unit * steep;
        return unit * (1 + 0.5 * value);
    }
}

double exact_channel_depth_m(exact_channel_kind kind, double x_m, double *slope_ratio) {
    double slope, value, depth;
    switch (kind) {
    case EXACT_CHANNEL_WIDTH_SUBCRITICAL:
        value = bell(x_m / 200 - 0.5, 20, 200, &slope);
        slope *= 0.3;
        depth = 0.9 + 0.3 * value;
        break;
    case EXACT_CHANNEL_WIDTH_SUPERCRITICAL:
        value = bell(x_m / 200 - 0.5, 20, 200, &slope);
        slope *= 0.5;
        depth = 0.5 + 0.5 * value;
        break;
    case EXACT_CHANNEL_WIDTH_JUMP:
        slope = 0.3 / 200 * exp(x_m / 200);
        depth = x_m < 120 ? 0.7 + 0.3 * (exp(x_m / 200) - 1) : jump_tail_m(x_m, &slope);
        break;
    default:
        depth = wide_depth_m(kind, x_m, &slope);
        break;
    }
    if (slope_ratio) {
        *slope_ratio = slope;
    }
    return depth;
}

double exact_channel_width_ratio(exact_channel_kind kind, double x_m, double *slope_per_m) {
    double slope = 0, ratio = 1;
    if (kind >= EXACT_CHANNEL_WIDTH_SUBCRITICAL) {
        const double ends = 1 - 0.5 * exp(-2.5);
        ratio = (1 - 0.5 * bell(x_m / 200 - 0.5, 10, 200, &slope)) / ends;
        slope *= -0.5 / ends;
    }
    if (slope_per_m) {
        *slope_per_m = slope;
    }
    return ratio;
}

static double bed_slope_ratio(exact_channel_kind kind, double x_m) {
    const exact_channel *channel = &CHANNELS[kind];
    double rise, narrow, h = exact_channel_depth_m(kind, x_m, &rise);
    double width = exact_channel_width_ratio(kind, x_m, &narrow);
    double q = (channel->flow_m2_s + channel->rain_m_s * x_m) / width;
    double n = channel->manning_s_m13;
    return (q * q / (G * h * h * h) - 1) * rise + q * q * narrow / (G * h * h * width) -
           2 * q * channel->rain_m_s / (G * h * h) - n * n * q * q / pow(h, 10.0 / 3);
}

// Simpson's rule; the ends are taken from inside, so that a jump may lie on one.
static double fall_m(exact_channel_kind kind, double from_m, double to_m) {
    double sliver = 1e-9 * (to_m - from_m);
    return (to_m - from_m) / 6 *
           (bed_slope_ratio(kind, from_m + sliver) +
            4 * bed_slope_ratio(kind, 0.5 * (from_m + to_m)) +
            bed_slope_ratio(kind, to_m - sliver));
}

void exact_channel_bed_m(exact_channel_kind kind, int cells, double *ground_m, double *inlet_m,
                         double *outlet_m) {
    enum { PARTS = 64 };
    double part = CHANNELS[kind].length_m / ((double)cells * PARTS), bed = 0;
    *inlet_m = 0;
    for (long i = 0; i < (long)cells * PARTS; i++) {
        if (i % PARTS == PARTS / 2) {
            ground_m[i / PARTS] = bed;
        }
        bed += fall_m(kind, (double)i * part, (double)(i + 1) * part);
    }
    for (int i = 0; i < cells; i++) {
        ground_m[i] -= bed;
    }
    *inlet_m = -bed;
    *outlet_m = 0;
}
