// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// A day on grids of growing size: prints cars, stays, events per second of CPU time. Usage:
// bench_park [largest size of the grid, default 24]
#include "estate.h"

#include <math.h>
#include <time.h>

static double cpu_s(void) {
    return (double)clock() / CLOCKS_PER_SEC;
}

static void day(int size, int capacity, int households) {
    estate e;
    estate_open(&e);
    estate_grid(&e, size, capacity, households);
    if (estate_compile(&e) != LF_OK || estate_build(&e, NULL, 0) != LF_OK) {
        printf("%s\n", e.error.message);
        estate_close(&e);
        return;
    }
    const double begin = cpu_s();
    estate_rewind(&e);
    estate_build(&e, NULL, 0);
    const double built = cpu_s();
    lf_park_start(e.model, &e.s);
    long events = 0;
    for (int car; (car = lf_park_queue_first(&e.s)) >= 0 && e.s.car_event_s[car] < 86400;) {
        const double now_s = e.s.car_event_s[car];
        lf_park_queue_pop(&e.s);
        lf_park_event_run(e.model, &e.s, car, now_s);
        events++;
    }
    const double done = cpu_s(), run = fmax(done - built, 1e-6);
    printf("%2d x %-2d  %6d stalls  %6d cars  %7lld stays  %8ld events  build %.3f s  run %.3f s  "
           "%9.0f stays/s  %10.0f events/s  unserved %.3f  search %.1f s  state %.1f MB\n",
           size, size, e.model->place_count, e.model->car_count,
           (long long)e.s.count[LF_PARK_ENTERED], events, built - begin, run,
           (double)e.s.count[LF_PARK_ENTERED] / run, (double)events / run,
           estate_figure(&e, "park.unserved_ratio"), estate_figure(&e, "park.search_mean_s"),
           (double)lf_state_bytes(e.state) / 1e6);
    estate_close(&e);
}

int main(int argc, char **argv) {
    const int largest = argc > 1 ? atoi(argv[1]) : 24;
    for (int size = 6; size <= largest; size *= 2)
        day(size, 5, 24);
    return 0;
}
