// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Queueing theory through the same engine that runs an estate: one street, one gate, one lot, and
// stays given by a list. Lost calls (Erlang B, which holds for any dwell law), the M/M/1 and M/D/1
// gate, and the deterministic queue. Values: ../shared/reference/parking.md, section 3a, which
// follows mmarzolla.github.io/queueing; standard errors by batch means.
#include "base/random.h"
#include "check.h"
#include "estate.h"

typedef enum dwell { EXPONENTIAL, DETERMINISTIC, LOG_NORMAL } dwell;

static double dwell_s(dwell law, uint64_t seed, int i, double mean_s) {
    switch (law) {
    case EXPONENTIAL:
        return lf_random_exponential(seed, (uint64_t)i, 1, mean_s);
    case LOG_NORMAL: // sigma 1: mean exp(mu + 1/2)
        return mean_s * exp(lf_random_normal(seed, (uint64_t)i, 1) - 0.5);
    default:
        return mean_s;
    }
}

// Poisson arrivals with mean gap_s.
static lf_park_trip *draw_trips(int count, uint64_t seed, double gap_s, dwell law, double mean_s) {
    lf_park_trip *trips = calloc((size_t)count, sizeof *trips);
    double time_s = 0;
    for (int i = 0; i < count; i++) {
        time_s += lf_random_exponential(seed, (uint64_t)i, 0, gap_s);
        trips[i] = (lf_park_trip){time_s, dwell_s(law, seed, i, mean_s), 0, -1, -1};
    }
    return trips;
}

// --- Erlang B -----------------------------------------------------------------------------------

static double erlang_b(double load, int servers) {
    double b = 1;
    for (int k = 1; k <= servers; k++)
        b = load * b / (k + load * b);
    return b;
}

static void lost_calls(double load, int stalls, dwell law, uint64_t seed) {
    enum { ARRIVALS = 120000, BATCHES = 40 };
    const double mean_s = 3600, gap_s = mean_s / load;
    lf_park_trip *trips = draw_trips(ARRIVALS, seed, gap_s, law, mean_s);
    estate e;
    estate_open(&e);
    estate_single(&e, stalls, 0);
    e.settings.patience_s = 0;
    e.settings.inspect_s = 0.1;
    CHECK(estate_begin(&e, trips, ARRIVALS) == LF_OK);
    const double warm_s = 10 * mean_s, end_s = trips[ARRIVALS - 1].arrive_s;
    double loss[BATCHES], mean = 0, square = 0;
    estate_run(&e, 0, warm_s, end_s);
    for (int i = 0; i < BATCHES; i++) {
        const int64_t lost = e.s.count[LF_PARK_UNSERVED], served = e.s.count[LF_PARK_SERVED];
        const double from_s = warm_s + (end_s - warm_s) * i / BATCHES;
        lf_park_advance(e.model, &e.s, NULL, from_s, warm_s + (end_s - warm_s) * (i + 1) / BATCHES);
        const double more_lost = (double)(e.s.count[LF_PARK_UNSERVED] - lost);
        loss[i] = more_lost / (more_lost + (double)(e.s.count[LF_PARK_SERVED] - served));
        mean += loss[i] / BATCHES;
    }
    for (int i = 0; i < BATCHES; i++)
        square += (loss[i] - mean) * (loss[i] - mean);
    const double error = sqrt(square / (BATCHES - 1) / BATCHES), expected = erlang_b(load, stalls);
    printf("Erlang B load %g stalls %d law %d seed %d: %.6f, expected %.6f, %.2f standard errors\n",
           load, stalls, law, (int)seed, mean, expected, (mean - expected) / error);
    CHECK_NEAR(mean, expected, 3 * error);
    CHECK(error < 0.12 * expected);
    CHECK(lf_park_conserved(e.model, &e.s));
    estate_close(&e);
    free(trips);
}

// --- a lot without limit
// --------------------------------------------------------------------------

// M/G/inf: mean and variance of the cars parked are both arrivals x dwell, for any dwell law.
static void unlimited(dwell law, double load, uint64_t seed) {
    enum { SAMPLES = 1500, ARRIVALS_PER_DWELL = 4 };
    const double mean_s = 600, gap_s = mean_s / load, apart_s = ARRIVALS_PER_DWELL * mean_s;
    const int count = (int)(load * ARRIVALS_PER_DWELL * (SAMPLES + 20));
    lf_park_trip *trips = draw_trips(count, seed, gap_s, law, mean_s);
    estate e;
    estate_open(&e);
    estate_single(&e, (int)(load + 12 * sqrt(load)), 0);
    CHECK(estate_begin(&e, trips, count) == LF_OK);
    double sum = 0, square = 0;
    estate_run(&e, 0, 10 * mean_s, 1e9);
    for (int i = 0; i < SAMPLES; i++) {
        const double from_s = 10 * mean_s + apart_s * i;
        lf_park_advance(e.model, &e.s, NULL, from_s, from_s + apart_s);
        const double parked = (double)e.s.count[LF_PARK_TAKEN];
        sum += parked;
        square += parked * parked;
    }
    const double mean = sum / SAMPLES, variance = square / SAMPLES - mean * mean;
    printf("M/G/inf load %g law %d: mean %.3f variance %.3f\n", load, law, mean, variance);
    // Standard errors of mean and variance of nearly independent Poisson counts.
    CHECK_NEAR(mean, load, 3 * sqrt(load / SAMPLES));
    CHECK_NEAR(variance, load, 3 * sqrt((2 * load * load + load) / SAMPLES));
    CHECK(e.s.count[LF_PARK_UNSERVED] == 0);
    estate_close(&e);
    free(trips);
}

// --- the gate -----------------------------------------------------------------------------------

static void gate_wait(double cars_h, double service_s, lf_park_service law, double expected_s,
                      double tolerance_ratio) {
    enum { ARRIVALS = 400000 };
    lf_park_trip *trips = draw_trips(ARRIVALS, 11, 3600 / cars_h, DETERMINISTIC, 1);
    estate e;
    estate_open(&e);
    estate_single(&e, 100, service_s);
    // The way out is not looked at here: keep it from disturbing the mean.
    ((lf_gate *)lf_spec_at(e.spec, LF_GATES, 0))->service_out_s = 0;
    e.settings.gate_service = law;
    CHECK(estate_begin(&e, trips, ARRIVALS) == LF_OK);
    estate_run(&e, 0, trips[ARRIVALS - 1].arrive_s, 1e6);
    const double mean_s = e.s.gate_wait_s[LF_PARK_IN] / e.s.gate_cars[LF_PARK_IN];
    printf("gate %g cars/h, %g s %s: wait %.3f s, expected %.3f s\n", cars_h, service_s,
           law == LF_PARK_SERVICE_FIXED ? "fixed" : "exponential", mean_s, expected_s);
    CHECK_NEAR(mean_s, expected_s, tolerance_ratio * expected_s);
    estate_close(&e);
    free(trips);
}

// An hour of 900 cars/h at a gate that serves 600/h: the queue grows to (a - u) T = 300 cars and
// the total delay is (a - u) T^2 / 2 * a / u = 225 h.
static void overloaded_hour(void) {
    enum { ARRIVALS = 900 };
    lf_park_trip trips[ARRIVALS];
    for (int i = 0; i < ARRIVALS; i++)
        trips[i] = (lf_park_trip){4.0 * i, 1, 0, -1, -1};
    estate e;
    estate_open(&e);
    estate_single(&e, 1000, 6);
    CHECK(estate_begin(&e, trips, ARRIVALS) == LF_OK);
    estate_run(&e, 0, 20000, 20000);
    const double cleared_s = ARRIVALS * 6.0;
    CHECK_NEAR(e.s.gate_queue_max[LF_PARK_IN], 300, 1);
    CHECK_NEAR(e.s.gate_wait_s[LF_PARK_IN] / 3600, 225, 0.5);
    CHECK_NEAR(e.s.lane_free_s[0], cleared_s, 1e-9);
    estate_close(&e);
}

// Two lanes: M/M/2 at 600 cars/h and 8 s.
static void two_lanes(void) {
    enum { ARRIVALS = 400000 };
    lf_park_trip *trips = draw_trips(ARRIVALS, 12, 6, DETERMINISTIC, 1);
    estate e;
    estate_open(&e);
    estate_single(&e, 100, 8);
    lf_gate *gate = lf_spec_at(e.spec, LF_GATES, 0);
    gate->lanes_in = 2;
    gate->service_out_s = 0;
    e.settings.gate_service = LF_PARK_SERVICE_EXPONENTIAL;
    CHECK(estate_begin(&e, trips, ARRIVALS) == LF_OK);
    estate_run(&e, 0, trips[ARRIVALS - 1].arrive_s, 1e6);
    CHECK_NEAR(e.s.gate_wait_s[LF_PARK_IN] / e.s.gate_cars[LF_PARK_IN], 6.4, 0.03 * 6.4);
    estate_close(&e);
    free(trips);
}

int main(void) {
    for (int law = EXPONENTIAL; law <= LOG_NORMAL; law++) {
        lost_calls(25, 30, (dwell)law, 1);
        lost_calls(60, 50, (dwell)law, 2);
    }
    lost_calls(100, 100, EXPONENTIAL, 3);
    unlimited(EXPONENTIAL, 40, 5);
    unlimited(DETERMINISTIC, 40, 6);
    gate_wait(300, 8, LF_PARK_SERVICE_EXPONENTIAL, 16, 0.04);
    gate_wait(300, 8, LF_PARK_SERVICE_FIXED, 8, 0.03);
    gate_wait(240, 8, LF_PARK_SERVICE_EXPONENTIAL, 9.143, 0.03);
    two_lanes();
    overloaded_hour();
    return lf_check_end();
}
