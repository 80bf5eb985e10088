// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The drain module with its surface on the card: rain, losses, roofs, inlets, pipes and statistics
// give the figures of the CPU, the ledger closes, and a run that is saved and resumed has the same
// bits as one that is not.
#include "estate.h"

static void settle(run *r, int scheme, bool on_card) {
    run_defaults(r);
    r->settings.storm.duration_s = 900;
    r->settings.surface.cell_m = 2;
    r->settings.surface.scheme = scheme;
    r->clock.stop_s = 1200;
    r->clock.report_every_s = 300;
    r->clock.on_card = on_card;
}

static void same_figures(int scheme) {
    run r[2];
    for (int i = 0; i < 2; i++) {
        settle(&r[i], scheme, i == 1);
        CHECK(run_open(&r[i], estate_create(true, true, 0.3)) == LF_OK);
        CHECK(run_all(&r[i]) == LF_OK);
    }
    for (int i = 0; i < lf_drain_module.figure_count; i++) {
        const char *name = lf_drain_module.figures[i].name;
        double here = figure(&r[0], name), there = figure(&r[1], name);
        bool rounding = strcmp(name, "drain.balance_error_ratio") == 0;
        CHECK_NEAR(there, here, rounding ? 1e-6 : 1e-3 * fabs(here) + 1e-9);
        if (here != there && !isnan(here)) {
            printf("%-32s %.9g and %.9g on the card\n", name, here, there);
        }
    }
    printf("scheme %d: deepest %.4f m, balance %.1e and %.1e\n", scheme,
           figure(&r[1], "drain.max_depth_m"), figure(&r[0], "drain.balance_error_ratio"),
           figure(&r[1], "drain.balance_error_ratio"));
    CHECK(figure(&r[1], "drain.max_depth_m") > 0.05);
    for (int i = 0; i < 2; i++) {
        run_close(&r[i]);
    }
}

static void resumed(void) {
    run whole, first, second;
    settle(&whole, LF_DRAIN_INERTIAL, true);
    settle(&first, LF_DRAIN_INERTIAL, true);
    settle(&second, LF_DRAIN_INERTIAL, true);
    CHECK(run_open(&whole, estate_create(true, true, 0.3)) == LF_OK);
    CHECK(run_open(&first, estate_create(true, true, 0.3)) == LF_OK);
    CHECK(run_open(&second, estate_create(true, true, 0.3)) == LF_OK);
    CHECK(run_between(&whole, 0, 900) == LF_OK);
    CHECK(run_between(&first, 0, 540) == LF_OK);
    double time_s = 0;
    CHECK(lf_state_save(first.state, 540, 1, "half.state", &first.error) == LF_OK);
    CHECK(lf_state_load(second.state, &time_s, 1, "half.state", &second.error) == LF_OK);
    CHECK(run_between(&second, time_s, 900) == LF_OK);
    CHECK(lf_state_hash(whole.state) == lf_state_hash(second.state));
    run_close(&whole);
    run_close(&first);
    run_close(&second);
    remove("half.state");
}

static void refused(void) {
    run r;
    settle(&r, LF_DRAIN_INERTIAL, true);
    r.settings.losses.infiltration = LF_DRAIN_SOAK_HORTON;
    CHECK(run_open(&r, estate_create(true, true, 0.3)) == LF_UNAVAILABLE);
    CHECK(strstr(r.error.message, "horton") != NULL);
    lf_issues_destroy(r.issues);
    lf_twin_destroy(r.twin);
}

int main(void) {
    run r;
    settle(&r, LF_DRAIN_INERTIAL, true);
    lf_code code = run_open(&r, estate_create(true, true, 0.3));
    if (code == LF_UNAVAILABLE) {
        printf("%s\n", r.error.message);
        return 77;
    }
    CHECK(code == LF_OK);
    run_close(&r);
    same_figures(LF_DRAIN_INERTIAL);
    same_figures(LF_DRAIN_SWE);
    resumed();
    refused();
    return lf_check_end();
}
