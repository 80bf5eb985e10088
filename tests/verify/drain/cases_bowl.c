// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Thacker's bowls: water that swings over a moving shore, as a plane that turns and as a dome that
// rises and falls. Three periods, no friction, double precision; and the order by refinement.
#include "trial.h"

typedef exact_water (*motion)(double x_m, double y_m, double time_s);

// Error after `periods`; checks volume and sign.
static double bowl_error(motion water, double period, double periods, int which, int cells) {
    const double side = 4;
    scene s = scene_create(cells, cells, side / cells);
    double *exact = malloc(sizeof(double) * (size_t)cells * (size_t)cells);
    for (int i = 0; i < cells * cells; i++) {
        double x = (i % cells + 0.5) * side / cells - side / 2;
        double y = (i / cells + 0.5) * side / cells - side / 2;
        exact_water now = water(x, y, 0);
        s.ground[i] = exact_bowl_ground_m(x, y);
        s.depth[i] = now.depth_m;
        s.flux_x[i] = now.depth_m * now.speed_x_m_s;
        s.flux_y[i] = now.depth_m * now.speed_y_m_s;
        exact[i] = water(x, y, periods * period).depth_m;
    }
    trial_method(&s, which);
    s.def.manning_all_s_m13 = 0;
    s.def.dry_m = 1e-6;
    lf_drain_surface *surface = scene_open(&s);
    lf_drain_surface_set_flow(surface, s.flux_x, s.flux_y);
    double before = lf_drain_surface_volume_m3(surface), lowest = 0;
    CHECK(lf_drain_surface_advance(surface, periods * period, NULL) == LF_OK);
    lf_drain_surface_read(surface, s.after, s.flux_x, s.flux_y);
    for (int i = 0; i < cells * cells; i++) {
        lowest = fmin(lowest, s.after[i]);
    }
    double lost = fabs(lf_drain_surface_volume_m3(surface) / before - 1);
    printf("  %d x %d cells, %ld steps: |dV|/V %.2g, lowest %g\n", cells, cells,
           lf_drain_surface_steps(surface), lost, lowest);
    CHECK(lost <= 1e-12 && lowest >= 0);
    double error = trial_l1(s.after, exact, cells * cells);
    lf_drain_surface_destroy(surface);
    scene_free(&s);
    free(exact);
    return error;
}

static void bowl(motion water, double period, const char *name, int cells) {
    for (int which = 0; which < METHOD_COUNT; which++) {
        double error = bowl_error(water, period, 3, which, cells);
        trial_report(name, which, cells, error, which == SWE_2 ? 0.05 : NAN);
    }
    double coarse = bowl_error(water, period, 0.5, SWE_2, cells / 2);
    double fine = bowl_error(water, period, 0.5, SWE_2, cells);
    double finest = bowl_error(water, period, 0.5, SWE_2, cells * 2);
    double order = 0.5 * log2(coarse / finest);
    printf("%s swe 2, half a period: %.4f %%, %.4f %%, %.4f %%, order %.2f and %.2f\n", name,
           100 * coarse, 100 * fine, 100 * finest, log2(coarse / fine), log2(fine / finest));
    CHECK(order >= 1.5);
}

int main(void) {
    bowl(exact_planar, exact_planar_period_s(), "planar bowl", 100);
    bowl(exact_radial, exact_radial_period_s(), "radial bowl", 140);
    return lf_check_end();
}
