// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Solutions in time: dam breaks, bowls, kinematic waves. Equations and sources: exact.h.
#include "exact.h"
#include <math.h>
#include <stdlib.h>

static const double G = EXACT_GRAVITY;

static double give(double depth, double speed, double *speed_m_s) {
    if (speed_m_s) {
        *speed_m_s = speed;
    }
    return depth;
}

// ---- dam breaks

// Depth between the bore and the fan: both sides ask for the same velocity.
static double stoker_middle_m(double behind_m, double before_m) {
    double low = before_m, high = behind_m;
    for (int i = 0; i < 200; i++) {
        double h = 0.5 * (low + high);
        double fan = 2 * (sqrt(G * behind_m) - sqrt(G * h));
        double bore = (h - before_m) * sqrt(G * (h + before_m) / (2 * h * before_m));
        if (fan > bore) {
            low = h;
        } else {
            high = h;
        }
    }
    return 0.5 * (low + high);
}

double exact_stoker_front_m(double time_s, double behind_m, double before_m) {
    double h = stoker_middle_m(behind_m, before_m);
    double speed = 2 * (sqrt(G * behind_m) - sqrt(G * h));
    return time_s * speed * h / (h - before_m);
}

double exact_stoker_m(double x_m, double time_s, double behind_m, double before_m,
                      double *speed_m_s) {
    double c0 = sqrt(G * behind_m), h = stoker_middle_m(behind_m, before_m);
    double c = sqrt(G * h), speed = 2 * (c0 - c);
    if (x_m <= -c0 * time_s) {
        return give(behind_m, 0, speed_m_s);
    }
    if (x_m <= (speed - c) * time_s) {
        double s = (2 * c0 - x_m / time_s) / 3;
        return give(s * s / G, 2 * (c0 - s), speed_m_s);
    }
    bool passed = x_m < exact_stoker_front_m(time_s, behind_m, before_m);
    return give(passed ? h : before_m, passed ? speed : 0, speed_m_s);
}

double exact_ritter_front_m(double time_s, double behind_m) {
    return 2 * sqrt(G * behind_m) * time_s;
}

double exact_ritter_m(double x_m, double time_s, double behind_m, double *speed_m_s) {
    double c0 = sqrt(G * behind_m);
    if (x_m <= -c0 * time_s) {
        return give(behind_m, 0, speed_m_s);
    }
    if (x_m >= 2 * c0 * time_s) {
        return give(0, 0, speed_m_s);
    }
    double s = (2 * c0 - x_m / time_s) / 3;
    return give(s * s / G, 2 * (c0 - s), speed_m_s);
}

// C(s) and U(s) of exact.h. A term a s^m of F gives a (m + 2) / 8 (m - 3/2) (s^m - c0^(m - 3/2)
// s^(3/2)) of C.
static double dressler_c(double s, double c0, double k, double *u) {
    const double power = 8.0 / 3, part[3] = {c0 * c0, -2 * c0, 1};
    double c = 0, force = 0;
    for (int i = 0; i < 3; i++) {
        double m = i - power, term = 4 * k * part[i];
        force += term * pow(s, m);
        c += term * (m + 2) / (8 * (m - 1.5)) * (pow(s, m) - pow(c0, m - 1.5) * pow(s, 1.5));
    }
    *u = (10 * c - 3 * force) / 7;
    return c;
}

// The tip: where the velocity is largest. Returns that velocity.
static double dressler_tip(double time_s, double behind_m, double n, double *s_m_s) {
    double c0 = sqrt(G * behind_m), k = pow(G, 7.0 / 3) * n * n, best = 0;
    const int steps = 2000;
    *s_m_s = c0;
    for (int i = 1; i <= steps; i++) {
        double u, s = c0 * (1 - (double)i / (steps + 1));
        dressler_c(s, c0, k, &u);
        double speed = 2 * (c0 - s) + time_s * u;
        if (speed > best) {
            best = speed;
            *s_m_s = s;
        }
    }
    return best;
}

exact_dressler exact_dressler_at(double time_s, double behind_m, double manning_s_m13) {
    enum { STEPS = 2000 };
    double s, c0 = sqrt(G * behind_m), gone_m2 = behind_m * c0 * time_s;
    exact_dressler wave = {time_s, behind_m, manning_s_m13, 0, 0, 0};
    wave.tip_m_s = dressler_tip(time_s, behind_m, manning_s_m13, &s);
    wave.tip_m = wave.front_m = time_s * (2 * c0 - 3 * s);
    double step = (wave.tip_m + c0 * time_s) / STEPS;
    for (int i = 0; i < STEPS; i++) {
        gone_m2 -= step * exact_dressler_m(&wave, -c0 * time_s + (i + 0.5) * step);
    }
    double steep = 7.0 / 3 * manning_s_m13 * manning_s_m13 * wave.tip_m_s * wave.tip_m_s;
    if (steep > 0 && gone_m2 > 0) { // volume of the tip: 7/10 steep^(3/7) length^(10/7)
        wave.front_m += pow(gone_m2 / (0.7 * pow(steep, 3.0 / 7)), 0.7);
    }
    return wave;
}

double exact_dressler_m(const exact_dressler *wave, double x_m) {
    double c0 = sqrt(G * wave->behind_m), n2 = wave->manning_s_m13 * wave->manning_s_m13, u;
    if (x_m <= -c0 * wave->time_s) {
        return wave->behind_m;
    }
    if (x_m < wave->tip_m) {
        double s = (2 * c0 - x_m / wave->time_s) / 3;
        double c = s + wave->time_s * dressler_c(s, c0, pow(G, 7.0 / 3) * n2, &u);
        return c * c / G;
    }
    double left = wave->front_m - x_m, speed = wave->tip_m_s;
    return left > 0 ? pow(7.0 / 3 * n2 * speed * speed * left, 3.0 / 7) : 0;
}

double exact_simple_wave_m(double x_m, double time_s, double still_m, double rise_m, double half_m,
                           double *speed_m_s) {
    double c0 = sqrt(G * still_m), low = x_m - 4 * sqrt(G * (still_m + rise_m)) * time_s,
           high = x_m;
    double depth = still_m;
    for (int i = 0; i < 200; i++) {
        double from = 0.5 * (low + high), share = cos(M_PI * from / (2 * half_m));
        depth = still_m + (fabs(from) < half_m ? rise_m * pow(share, 4) : 0);
        if (from + (3 * sqrt(G * depth) - 2 * c0) * time_s < x_m) {
            low = from;
        } else {
            high = from;
        }
    }
    return give(depth, 2 * (sqrt(G * depth) - c0), speed_m_s);
}

// ---- bowls

static const double BOWL_RADIUS_M = 1, BOWL_DEPTH_M = 0.1, PLANAR_M = 0.5, SHORE_M = 0.8;

double exact_bowl_ground_m(double x_m, double y_m) {
    return BOWL_DEPTH_M * ((x_m * x_m + y_m * y_m) / (BOWL_RADIUS_M * BOWL_RADIUS_M) - 1);
}

double exact_planar_period_s(void) {
    return 2 * M_PI / sqrt(2 * G * BOWL_DEPTH_M) * BOWL_RADIUS_M;
}

exact_water exact_planar(double x_m, double y_m, double time_s) {
    double rate = 2 * M_PI / exact_planar_period_s(), a2 = BOWL_RADIUS_M * BOWL_RADIUS_M;
    double co = cos(rate * time_s), si = sin(rate * time_s);
    double level = PLANAR_M * BOWL_DEPTH_M / a2 * (2 * x_m * co + 2 * y_m * si - PLANAR_M);
    exact_water water = {level - exact_bowl_ground_m(x_m, y_m), -PLANAR_M * rate * si,
                         PLANAR_M * rate * co};
    return water.depth_m > 0 ? water : (exact_water){0, 0, 0};
}

double exact_radial_period_s(void) {
    return 2 * M_PI / sqrt(8 * G * BOWL_DEPTH_M) * BOWL_RADIUS_M;
}

exact_water exact_radial(double x_m, double y_m, double time_s) {
    double rate = 2 * M_PI / exact_radial_period_s(), a4 = pow(BOWL_RADIUS_M, 4);
    double swing = (a4 - pow(SHORE_M, 4)) / (a4 + pow(SHORE_M, 4));
    double divisor = 1 - swing * cos(rate * time_s), rest = 1 - swing * swing;
    double r2 = (x_m * x_m + y_m * y_m) / (BOWL_RADIUS_M * BOWL_RADIUS_M);
    double level =
        BOWL_DEPTH_M * (sqrt(rest) / divisor - 1 - r2 * (rest / (divisor * divisor) - 1));
    double speed = 0.5 * rate * swing * sin(rate * time_s) / divisor;
    exact_water water = {level - exact_bowl_ground_m(x_m, y_m), speed * x_m, speed * y_m};
    return water.depth_m > 0 ? water : (exact_water){0, 0, 0};
}

// ---- kinematic waves

double exact_plane_flow_m2_s(const exact_plane *plane, double time_s) {
    const double m = 5.0 / 3;
    double a = sqrt(plane->slope_ratio) / plane->manning_s_m13, r = plane->rain_m_s;
    double end = plane->duration_s, full = r * plane->length_m;
    double rising = a * pow(r * fmin(fmax(time_s, 0), end), m); // where no wave from the top is
    if (time_s <= end) {
        return fmin(rising, full);
    }
    // What leaves the foot at time t had its depth when the rain ended at x = q / r, or, further
    // down than the wave from the top had come, the depth r x duration.
    double low = 0, high = fmin(rising, full), late = time_s - end;
    for (int i = 0; i < 60; i++) {
        double q = 0.5 * (low + high);
        double foot = q / r + m * pow(a, 1 / m) * pow(q, (m - 1) / m) * late;
        if (foot < plane->length_m) {
            low = q;
        } else {
            high = q;
        }
    }
    return 0.5 * (low + high);
}

// What falls into a metre of channel bed per second: both planes and the rain.
static double valley_gain_m_s(const exact_valley *v, double time_s) {
    double rain = time_s >= 0 && time_s < v->plane.duration_s ? v->plane.rain_m_s : 0;
    return 2 * exact_plane_flow_m2_s(&v->plane, time_s) / v->width_m + rain;
}

// How far the characteristic of exact.h that leaves the head at sample `from` has come at sample
// `to`: its depth is what has fallen in since. Simpson's rule over pairs of samples.
static double valley_reach_m(const double *fallen_m, int from, int to, double a, double dt) {
    const double m = 5.0 / 3;
    double x = 0;
    for (int k = from; k < to; k++) {
        double first = fallen_m[k] - fallen_m[from], last = fallen_m[k + 1] - fallen_m[from];
        double middle = 0.5 * (first + last);
        x += dt / 6 * m * a * (pow(first, m - 1) + 4 * pow(middle, m - 1) + pow(last, m - 1));
    }
    return x;
}

void exact_valley_flows_m3_s(const exact_valley *v, double step_s, int count, double *flow_m3_s) {
    enum { PARTS = 4 };
    double a = sqrt(v->slope_ratio) / v->manning_s_m13, dt = step_s / PARTS;
    double *fallen_m = calloc((size_t)count * PARTS + 1, sizeof *fallen_m);
    int head = 0;
    for (int k = 0; fallen_m && k < count * PARTS; k++) {
        double time_s = (k + 0.5) * dt;
        fallen_m[k + 1] = fallen_m[k] + dt * valley_gain_m_s(v, time_s);
    }
    for (int i = 0; fallen_m && i < count; i++) {
        int now = (i + 1) * PARTS;
        // The one that arrives now: it left the head at `head` or after, or, while even the first
        // has not come through, it began further down with the rain and has the same depth.
        while (valley_reach_m(fallen_m, head, now, a, dt) > v->length_m) {
            head++;
        }
        double between = 0;
        if (head > 0) {
            head--;
            double far = valley_reach_m(fallen_m, head, now, a, dt);
            double near = valley_reach_m(fallen_m, head + 1, now, a, dt);
            between = (far - v->length_m) / (far - near);
        }
        double left = fallen_m[head] + between * (fallen_m[head + 1] - fallen_m[head]);
        flow_m3_s[i] = v->width_m * a * pow(fallen_m[now] - left, 5.0 / 3);
    }
    free(fallen_m);
}
