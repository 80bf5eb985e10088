// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Exact and nearly exact solutions of the shallow-water equations for the tests, each with its
// source. Everything is computed here from the equations; no file is read. SI units, gravity as in
// the solver. "SWASHES" is Delestre, Lucas, Ksinant, Darboux, Laguerre, Vo, James and Cordier
// (2013), Int. J. Numer. Meth. Fluids 72, 269-300, doi 10.1002/fld.3741.
#ifndef LF_TESTS_EXACT_H
#define LF_TESTS_EXACT_H

#include <stdbool.h>

#define EXACT_GRAVITY 9.80665 // m/s2

// ---- steady flow over a bump: SWASHES 3.1.3 to 3.1.5, after Goutal and Maurel (1997)
// Bernoulli's cubic h^3 + (z - H) h^2 + q^2 / 2g = 0, H the head; the jump where h1 and h2 are
// conjugate: q^2 (1/h1 - 1/h2) + g/2 (h1^2 - h2^2) = 0.
enum { EXACT_BUMP_LENGTH_M = 25 };
typedef enum exact_bump {
    EXACT_BUMP_SUBCRITICAL,   // q 4.42 m2/s, 2 m at the outlet
    EXACT_BUMP_TRANSCRITICAL, // q 1.53 m2/s, critical on the crest
    EXACT_BUMP_SHOCK          // q 0.18 m2/s, 0.33 m at the outlet
} exact_bump;
double exact_bump_ground_m(double x_m);
double exact_bump_flow_m2_s(exact_bump kind);
double exact_bump_jump_m(void); // where the jump of EXACT_BUMP_SHOCK stands
double exact_bump_depth_m(exact_bump kind, double x_m);

// ---- steady channels with friction: MacDonald, Baines, Nichols and Samuels (1997), J. Hydraul.
// Eng. 123, 1041-1045, doi 10.1061/(ASCE)0733-9429(1997)123:11(1041); profiles of SWASHES 3.2, 3.3
// and 3.5. The depth h(x) is chosen, the bed follows from the steady momentum equation
//   dz/dx = (q^2 / g h^3 - 1) h' + q^2 B' / (g h^2 B) - 2 q r / (g h^2) - n^2 q^2 / h^(10/3),
// with q = (Q + r B x) / B per metre of width B and rain r. Friction acts on the bed only (R = h),
// as in a two-dimensional solver; SWASHES lets the side walls of its pseudo-2D channels rub too, so
// the beds of those are not the same as there.
typedef enum exact_channel_kind {
    EXACT_CHANNEL_SUBCRITICAL,
    EXACT_CHANNEL_SUPERCRITICAL,
    EXACT_CHANNEL_TRANSITION, // subcritical, then supercritical
    EXACT_CHANNEL_JUMP,       // supercritical, a jump in the middle, subcritical
    EXACT_CHANNEL_PERIODIC,
    EXACT_CHANNEL_RAIN_SUBCRITICAL,
    EXACT_CHANNEL_RAIN_SUPERCRITICAL,
    EXACT_CHANNEL_WIDTH_SUBCRITICAL, // width narrows to half in the middle
    EXACT_CHANNEL_WIDTH_SUPERCRITICAL,
    EXACT_CHANNEL_WIDTH_JUMP,
    EXACT_CHANNEL_COUNT
} exact_channel_kind;
typedef struct exact_channel {
    const char *name;
    double length_m;
    double flow_m2_s; // per metre of the widest width, at x = 0
    double rain_m_s;
    double manning_s_m13;
    bool fast_in, fast_out; // supercritical at the inlet, the outlet
    bool transcritical;     // no test of a scheme without advection
    double jump_m;          // where the depth jumps; NaN = nowhere
} exact_channel;
const exact_channel *exact_channel_get(exact_channel_kind kind);
// Depth at x and its slope (may be NULL). At the jump: that of its downstream side.
double exact_channel_depth_m(exact_channel_kind kind, double x_m, double *slope_ratio);
// Width as a share of the widest, and its slope in 1/m (may be NULL).
double exact_channel_width_ratio(exact_channel_kind kind, double x_m, double *slope_per_m);
// Bed at the centres of `cells` equal cells, above the bed at the outlet; Runge-Kutta of fourth
// order in 1/64 of a cell (for this right-hand side: Simpson's rule). Also the bed at both ends.
void exact_channel_bed_m(exact_channel_kind kind, int cells, double *ground_m, double *inlet_m,
                         double *outlet_m);

// ---- dam breaks
// On a wet bed: Stoker (1957), Water Waves, section 10.8; SWASHES 4.1.1. On a dry bed: Ritter
// (1892); SWASHES 4.1.2. x from the dam. Returns the depth, and the velocity (may be NULL).
double exact_stoker_m(double x_m, double time_s, double behind_m, double before_m,
                      double *speed_m_s);
double exact_stoker_front_m(double time_s, double behind_m, double before_m);
double exact_ritter_m(double x_m, double time_s, double behind_m, double *speed_m_s);
double exact_ritter_front_m(double time_s, double behind_m);

// On a dry bed with friction: Dressler (1952), J. Res. Nat. Bur. Stand. 49, 217-225, redone for
// Manning's law (his is Chezy's). With s = (2 c0 - x/t)/3 the undisturbed wave is c = s, u =
// 2 (c0 - s), and the first order in friction, c = s + t C(s), u = 2 (c0 - s) + t U(s), obeys
//   dC/ds = F'/8 + (6 C + F) / (4 s),  U = (10 C - 3 F) / 7,  C(c0) = 0,
//   F = g^(7/3) n^2 u^2 / s^(8/3),
// which is solved by powers of s (with exponent 2 for 8/3 it gives Dressler's functions). The tip
// begins where u is largest and moves as one body, in which pressure balances friction:
// h^(7/3) = 7/3 n^2 u^2 (front - x); the front is where the tip holds what the rest of the wave
// has lost (Hogg and Pritchard 2004, J. Fluid Mech. 501, 179-212; Chanson 2009, Eur. J. Mech. B 28,
// 41-48). First order in friction, so good while t C << c.
typedef struct exact_dressler {
    double time_s, behind_m, manning_s_m13;
    double tip_m, front_m, tip_m_s; // where the tip begins and ends, from the dam, and its velocity
} exact_dressler;
exact_dressler exact_dressler_at(double time_s, double behind_m, double manning_s_m13);
double exact_dressler_m(const exact_dressler *wave, double x_m);

// A smooth wave into still water of depth still_m before it breaks: a simple wave, in which u - 2c
// is the same everywhere and each value travels at u + c (Stoker 1957, section 10.2). At time 0 the
// depth is still_m + rise_m cos^4(pi x / 2 half_m) for |x| < half_m.
double exact_simple_wave_m(double x_m, double time_s, double still_m, double rise_m, double half_m,
                           double *speed_m_s);

// ---- oscillations in a bowl z = h0 (r^2 / a^2 - 1): Thacker (1981), J. Fluid Mech. 107, 499-508,
// doi 10.1017/S0022112081001882; SWASHES 4.2.2. a = 1 m, h0 = 0.1 m; the planar surface's centre
// turns at 0.5 m, the radial one starts at rest with its shore at 0.8 m.
typedef struct exact_water {
    double depth_m, speed_x_m_s, speed_y_m_s;
} exact_water;
double exact_bowl_ground_m(double x_m, double y_m); // x and y from the centre
double exact_planar_period_s(void);
exact_water exact_planar(double x_m, double y_m, double time_s);
double exact_radial_period_s(void);
exact_water exact_radial(double x_m, double y_m, double time_s);

// ---- kinematic waves: Henderson and Wooding (1964), J. Geophys. Res. 69, 1531-1540; Eagleson
// (1970), Dynamic Hydrology. Flow per metre at the foot of a plane under rain that lasts
// duration_s.
typedef struct exact_plane {
    double length_m, slope_ratio, manning_s_m13;
    double rain_m_s, duration_s;
} exact_plane;
double exact_plane_flow_m2_s(const exact_plane *plane, double time_s);
// Outflow (m3/s) of two such planes into a channel between them, at (i + 1) step_s for i below
// count (the tilted V of Overton and Brakensiek 1970; di Giammarco, Todini and Lamberti 1996, J.
// Hydrol. 175, 267-291): along a characteristic that starts at the head of the channel at t0,
// dh/dt = inflow / width + rain and dx/dt = 5/3 sqrt(S)/n h^(2/3).
typedef struct exact_valley {
    exact_plane plane;
    double length_m, width_m, slope_ratio, manning_s_m13; // of the channel
} exact_valley;
void exact_valley_flows_m3_s(const exact_valley *v, double step_s, int count, double *flow_m3_s);

#endif
