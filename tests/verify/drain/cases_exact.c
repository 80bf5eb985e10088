// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The exact solutions themselves: they obey the equations that they claim to solve (by differences
// in x and t), jumps are conjugate, and water is conserved. A slip in exact.h must not pass as a
// slip of the solver, or hide one.
#include "check.h"
#include "exact.h"

static const double G = EXACT_GRAVITY;

static double push_m3_s2(double q, double h) {
    return q * q / h + 0.5 * G * h * h;
}

static void bumps(void) {
    const double head[] = {2 + 4.42 * 4.42 / (8 * G), 0, 0};
    for (int i = 0; i < 250; i++) {
        double x = 0.1 * i + 0.05, z = exact_bump_ground_m(x);
        double h = exact_bump_depth_m(EXACT_BUMP_SUBCRITICAL, x);
        CHECK_NEAR(h + z + 4.42 * 4.42 / (2 * G * h * h), head[0], 1e-12);
        double t = exact_bump_depth_m(EXACT_BUMP_TRANSCRITICAL, x);
        CHECK((1.53 / t > sqrt(G * t)) == (x > 10));
    }
    double jump = exact_bump_jump_m();
    double fast = exact_bump_depth_m(EXACT_BUMP_SHOCK, jump - 1e-9);
    double slow = exact_bump_depth_m(EXACT_BUMP_SHOCK, jump + 1e-9);
    printf("bump: the jump stands at %.4f m, from %.4f to %.4f m\n", jump, fast, slow);
    CHECK_NEAR(push_m3_s2(0.18, fast), push_m3_s2(0.18, slow), 1e-6);
    CHECK(jump > 11.4 && jump < 11.9); // 11.665 m in SWASHES
}

// d/dx (w push) = g h^2/2 w' - w (g h z' + g n^2 q^2 / h^(7/3)), w the width as a share.
static void channels(void) {
    enum { CELLS = 4000 };
    static double bed[CELLS];
    for (int kind = 0; kind < EXACT_CHANNEL_COUNT; kind++) {
        const exact_channel *c = exact_channel_get((exact_channel_kind)kind);
        double in, out, worst = 0, dx = c->length_m / CELLS;
        exact_channel_bed_m((exact_channel_kind)kind, CELLS, bed, &in, &out);
        for (int i = 1; i + 1 < CELLS; i++) {
            double x = (i + 0.5) * dx, flux[3], width[3];
            if (fabs(x - c->jump_m) < 2 * dx) {
                continue;
            }
            for (int k = 0; k < 3; k++) {
                double at = x + (k - 1) * dx;
                width[k] = exact_channel_width_ratio((exact_channel_kind)kind, at, NULL);
                double q = (c->flow_m2_s + c->rain_m_s * at) / width[k];
                flux[k] = width[k] *
                          push_m3_s2(q, exact_channel_depth_m((exact_channel_kind)kind, at, NULL));
            }
            double h = exact_channel_depth_m((exact_channel_kind)kind, x, NULL);
            double q = (c->flow_m2_s + c->rain_m_s * x) / width[1], n = c->manning_s_m13;
            double pushed = (flux[2] - flux[0]) / (2 * dx);
            double source =
                0.5 * G * h * h * (width[2] - width[0]) / (2 * dx) -
                width[1] * G *
                    (h * (bed[i + 1] - bed[i - 1]) / (2 * dx) + n * n * q * q / pow(h, 7.0 / 3));
            worst = fmax(worst, fabs(pushed - source) / G);
        }
        printf("%-30s momentum within %.2g of g h\n", c->name, worst);
        CHECK(worst < 3e-5);
        if (!isnan(c->jump_m)) {
            double w = exact_channel_width_ratio((exact_channel_kind)kind, c->jump_m, NULL);
            double before = exact_channel_depth_m((exact_channel_kind)kind, c->jump_m - 1e-9, NULL);
            double after = exact_channel_depth_m((exact_channel_kind)kind, c->jump_m, NULL);
            double a = push_m3_s2(c->flow_m2_s / w, before),
                   b = push_m3_s2(c->flow_m2_s / w, after);
            printf("  jump from %.4f to %.4f m, momentum %.6f and %.6f\n", before, after, a, b);
            CHECK_NEAR(a / b, 1, 2e-3); // the published coefficients have six digits, for g 9.81
        }
    }
}

// Continuity h_t + (hu)_x = 0 by differences.
static void dam_breaks(void) {
    const double t = 6, dt = 1e-4, dx = 1e-4;
    double worst = 0;
    for (double x = -1.2; x < 1.6; x += 0.05) {
        double u[2], h[2];
        for (int k = 0; k < 2; k++) {
            h[k] = exact_stoker_m(x + (2 * k - 1) * dx, t, 0.005, 0.001, &u[k]);
        }
        double rise = (exact_stoker_m(x, t + dt, 0.005, 0.001, NULL) -
                       exact_stoker_m(x, t - dt, 0.005, 0.001, NULL)) /
                      (2 * dt);
        worst = fmax(worst, fabs(rise + (h[1] * u[1] - h[0] * u[0]) / (2 * dx)));
    }
    printf("Stoker: front at %.4f m, continuity within %.2g m/s\n",
           exact_stoker_front_m(t, 0.005, 0.001), worst);
    double kept = 0, dry = 0, rubbed = 0, step = 1e-3;
    for (double x = -5 + step / 2; x < 5; x += step) {
        kept += step * exact_stoker_m(x, t, 0.005, 0.001, NULL);
        dry += step * exact_ritter_m(x, t, 0.005, NULL);
    }
    CHECK_NEAR(kept / 0.03, 1, 1e-4);
    CHECK_NEAR(dry / 0.025, 1, 1e-4);
    exact_dressler wave = exact_dressler_at(40, 6, 0.03), smooth = exact_dressler_at(40, 6, 1e-9);
    for (double x = -999.5; x < 1000; x++) {
        rubbed += exact_dressler_m(&wave, x);
    }
    printf("Dressler: tip from %.1f to %.1f m (Ritter: %.1f m), water %.4f of what was there\n",
           wave.tip_m, wave.front_m, exact_ritter_front_m(40, 6), rubbed / 6000);
    CHECK_NEAR(rubbed / 6000, 1, 1e-3);
    CHECK_NEAR(exact_dressler_m(&smooth, 100), exact_ritter_m(100, 40, 6, NULL), 1e-6);
}

static void smooth_wave(void) {
    const double t = 3, d = 1e-4;
    double worst = 0;
    for (double x = -6; x < 30; x += 0.31) {
        double u[4], h[4];
        h[0] = exact_simple_wave_m(x - d, t, 1, 0.2, 10, &u[0]);
        h[1] = exact_simple_wave_m(x + d, t, 1, 0.2, 10, &u[1]);
        h[2] = exact_simple_wave_m(x, t - d, 1, 0.2, 10, &u[2]);
        h[3] = exact_simple_wave_m(x, t + d, 1, 0.2, 10, &u[3]);
        double mass = h[3] - h[2] + h[1] * u[1] - h[0] * u[0];
        double push = h[3] * u[3] - h[2] * u[2] + push_m3_s2(h[1] * u[1], h[1]) -
                      push_m3_s2(h[0] * u[0], h[0]);
        worst = fmax(worst, fmax(fabs(mass), fabs(push)) / (2 * d));
    }
    printf("simple wave: equations within %.2g\n", worst);
    CHECK(worst < 1e-5);
}

// Continuity and momentum in two dimensions at points well inside the water.
static void bowl(exact_water (*water)(double, double, double), double period, const char *name) {
    const double d = 1e-5;
    double worst = 0;
    for (int i = 0; i < 400; i++) {
        double x = -1 + 0.1 * (i % 20), y = -1 + 0.1 * (i / 20.0), t = 0.3 * period;
        exact_water c = water(x, y, t), w = water(x - d, y, t), e = water(x + d, y, t);
        exact_water s = water(x, y - d, t), n = water(x, y + d, t);
        exact_water p = water(x, y, t - d), f = water(x, y, t + d);
        if (fmin(fmin(w.depth_m, e.depth_m), fmin(s.depth_m, n.depth_m)) < 1e-3) {
            continue;
        }
        double mass = f.depth_m - p.depth_m + e.depth_m * e.speed_x_m_s -
                      w.depth_m * w.speed_x_m_s + n.depth_m * n.speed_y_m_s -
                      s.depth_m * s.speed_y_m_s;
        double slope =
            e.depth_m + exact_bowl_ground_m(x + d, y) - w.depth_m - exact_bowl_ground_m(x - d, y);
        double force = f.speed_x_m_s - p.speed_x_m_s +
                       c.speed_x_m_s * (e.speed_x_m_s - w.speed_x_m_s) +
                       c.speed_y_m_s * (n.speed_x_m_s - s.speed_x_m_s) + G * slope;
        worst = fmax(worst, fmax(fabs(mass), fabs(force)) / (2 * d));
    }
    printf("%s bowl: equations within %.2g\n", name, worst);
    CHECK(worst < 1e-6);
    exact_water once = water(0.3, 0.2, 0), again = water(0.3, 0.2, period);
    CHECK_NEAR(once.depth_m, again.depth_m, 1e-12);
}

static void kinematic(void) {
    exact_plane plane = {100, 0.02, 0.05, 100 / 3.6e6, 1200};
    double out = 0, rain = plane.rain_m_s * plane.length_m * plane.duration_s;
    for (double t = 0.5; t < 40000; t++) {
        out += exact_plane_flow_m2_s(&plane, t);
    }
    printf("plane: %.5f of the rain has left\n", out / rain);
    CHECK_NEAR(out / rain, 1, 2e-3);
    plane.duration_s = 200; // no steady flow before the rain ends
    out = 0;
    for (double t = 0.5; t < 40000; t++) {
        out += exact_plane_flow_m2_s(&plane, t);
    }
    CHECK_NEAR(out / rain * 6, 1, 5e-3);
    exact_valley valley = {{800, 0.05, 0.015, 10.8 / 3.6e6, 5400}, 1000, 20, 0.02, 0.15};
    enum { STEPS = 600, STEP_S = 30 };
    double flow[STEPS], full = 10.8 / 3.6e6 * 1620 * 1000;
    exact_valley_flows_m3_s(&valley, STEP_S, STEPS, flow);
    CHECK_NEAR(flow[5370 / STEP_S - 1] / full, 1, 1e-3);
    out = 0;
    for (int i = 0; i < STEPS; i++) {
        out += STEP_S * flow[i];
    }
    printf("tilted V: %.5f of the rain has left, plateau %.5f m3/s\n", out / (full * 5400),
           flow[5370 / STEP_S - 1]);
    CHECK_NEAR(out / (full * 5400), 1, 0.02); // the rest leaves later
}

int main(void) {
    bumps();
    channels();
    dam_breaks();
    smooth_wave();
    bowl(exact_planar, exact_planar_period_s(), "planar");
    bowl(exact_radial, exact_radial_period_s(), "radial");
    kinematic();
    return lf_check_end();
}
