// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The module with a sub-grid: a 4 m run that knows the ground metre by metre is near the 1 m run,
// its ledger closes, its maps are as fine as the ground, threads change nothing, and what it does
// not go with is refused.
#include "estate.h"

typedef struct answer {
    double depth_m, area_m2, balance, to_pipes_m3, outflow_m3;
    uint64_t hash;
} answer;

static answer ask(double cell_m, int subgrid, lf_pool *pool) {
    run r;
    run_defaults(&r);
    r.env.pool = pool;
    r.settings.surface.cell_m = cell_m;
    r.settings.surface.subgrid = subgrid;
    CHECK(run_open(&r, estate_create(true, true, 0.2)) == LF_OK);
    CHECK(run_all(&r) == LF_OK);
    answer a = {figure(&r, "drain.max_depth_m"),         figure(&r, "drain.flooded_area_m2"),
                figure(&r, "drain.balance_error_ratio"), figure(&r, "drain.to_pipes_m3"),
                figure(&r, "drain.outflow_m3"),          lf_state_hash(r.state)};
    const lf_grid *grid = lf_option_depth_grid(r.result);
    const lf_field_raster *map = lf_option_raster(r.result, "max_depth_m");
    CHECK(grid && map && grid->cell_m == cell_m / subgrid && map->grid.cols == grid->cols);
    double area = 0, most = 0;
    for (int i = 0; i < map->grid.cols * map->grid.rows; i++) {
        area += map->values[i] > 0.15f ? grid->cell_m * grid->cell_m : 0;
        most = fmax(most, isnan(map->values[i]) ? 0 : (double)map->values[i]);
    }
    // Without compounds, figures and map speak of the same ground.
    CHECK_NEAR(area, a.area_m2, 1e-6 * (area + 1));
    CHECK_NEAR(most, a.depth_m, 1e-4);
    printf("%g m, %d x %d parts: depth %.3f m, flooded %.0f m2, to pipes %.1f m3, out %.1f m3, "
           "balance %.2g\n",
           cell_m, subgrid, subgrid, a.depth_m, a.area_m2, a.to_pipes_m3, a.outflow_m3, a.balance);
    CHECK(a.balance < 1e-6);
    run_close(&r);
    return a;
}

static void refusals(void) {
    run r;
    run_defaults(&r);
    r.settings.surface.subgrid = 4;
    r.settings.surface.scheme = LF_DRAIN_SWE;
    CHECK(run_open(&r, estate_create(true, false, 0.2)) == LF_INVALID);
    CHECK(strstr(r.error.message, "subgrid") != NULL);
    run_close(&r);
}

int main(void) {
    answer fine = ask(1, 1, NULL), known = ask(4, 4, NULL), blind = ask(4, 1, NULL);
    CHECK(fabs(known.area_m2 - fine.area_m2) < 0.5 * fabs(blind.area_m2 - fine.area_m2));
    CHECK(fabs(known.depth_m - fine.depth_m) < 0.1 * fine.depth_m);
    CHECK(fabs(known.to_pipes_m3 - fine.to_pipes_m3) < 0.1 * fine.to_pipes_m3);
    lf_pool *pool = lf_pool_create(3);
    CHECK(ask(4, 4, pool).hash == known.hash);
    lf_pool_destroy(pool);
    refusals();
    return lf_check_end();
}
