// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The surface solver on data under LIFANG_DATA: MacDonald channels as tabulated by the itzi project
// from SWASHES (data/flood/analytic_macdonald_itzi), and the rain laboratory of Cea, Puertas, Pena
// and Garrido (2008), Mathematics and Computers in Simulation / Cea et al. (2010), Ingenieria del
// Agua, in the terrain of data/flood/cea2008_rain. No measured hydrograph of it is at hand: mass,
// sign and a plausible outflow are tested, not the outflow itself.
#include "base/file.h"
#include "verify/drain/trial.h"

enum { MOST = 512 };

static char *read_data(const char *name) {
    const char *root = getenv("LIFANG_DATA");
    char path[1024], *text = NULL;
    size_t bytes = 0;
    snprintf(path, sizeof path, "%s/data/flood/%s", root ? root : LF_SOURCE_DIR "/../shared", name);
    return lf_file_read(path, 1 << 26, &text, &bytes, NULL) == LF_OK ? text : NULL;
}

// Columns x, bed, level under a heading; cells of 5 m. The tables were made with g = 9.81.
static void table(const char *name, const char *text, double flow_m2_s, double rain_m_s) {
    double ground[MOST], depth[MOST], start[MOST], x, bed, level;
    int cells = 0;
    for (const char *at = strchr(text, '\n'); at && cells < MOST; at = strchr(at + 1, '\n')) {
        if (sscanf(at, " %lf,%lf,%lf", &x, &bed, &level) != 3) {
            break;
        }
        ground[cells] = bed;
        depth[cells] = level - bed;
        start[cells++] = 1;
    }
    CHECK(cells == 200);
    for (int which = 0; which < METHOD_COUNT && cells == 200; which++) {
        scene s = trial_channel(cells, 5, ground, start);
        lf_drain_surface_edge edges[2];
        trial_method(&s, which);
        s.def.manning_all_s_m13 = 0.033;
        // The depth at the end of the last cell, by extrapolation.
        double end_m = ground[cells - 1] + 1.5 * depth[cells - 1] - 0.5 * depth[cells - 2];
        trial_ends(&s, edges, LF_DRAIN_EDGE_FLOW, flow_m2_s, 0, LF_DRAIN_EDGE_LEVEL, end_m);
        trial_to_rest(&s, 200, rain_m_s, 4000);
        double mean = 0;
        for (int i = 0; i < cells; i++) {
            mean += fabs(s.after[cells + i] - depth[i]) / cells;
        }
        trial_report(name, which, cells, trial_l1(s.after + cells, depth, cells),
                     which == INERTIAL ? NAN
                     : which == SWE_1  ? 0.01
                                       : 0.005);
        printf("  mean error %.4f m (itzi's own gate with rain: 0.04 m)\n", mean);
        CHECK(mean < 0.04);
        scene_free(&s);
    }
}

// ---- the laboratory of Cea et al.: 2.08 m x 2.56 m, 317 mm/h for 45 s

enum { FINE_COLS = 208, FINE_ROWS = 256, COLS = FINE_COLS / 2, LAB_ROWS = FINE_ROWS / 2 };

// Cells of 2 cm: the mean of four of 1 cm; their highest where one is a dam (0.1 m high).
static bool laboratory_ground(const char *text, double *ground, int *open) {
    double *fine = malloc(sizeof(double) * FINE_COLS * FINE_ROWS);
    const char *at = strstr(text, "nodata_value");
    at = at ? strchr(at, '\n') : NULL;
    int count = 0;
    for (char *after; at && count < FINE_COLS * FINE_ROWS; at = after, count++) {
        fine[count] = strtod(at, &after);
        if (after == at) {
            break;
        }
    }
    *open = 0;
    for (int i = 0; count == FINE_COLS * FINE_ROWS && i < COLS * LAB_ROWS; i++) {
        int col = i % COLS * 2, row = FINE_ROWS - 2 - i / COLS * 2; // the file begins in the north
        double sum = 0, most = -9;
        for (int k = 0; k < 4; k++) {
            double z = fine[(row + k / 2) * FINE_COLS + col + k % 2];
            sum += z / 4;
            most = fmax(most, z);
        }
        ground[i] = most > 900 ? NAN : most > 0.05 ? most : sum;
        *open += !isnan(ground[i]);
    }
    free(fine);
    return count == FINE_COLS * FINE_ROWS;
}

static void laboratory(int which, const double *ground, int open) {
    scene s = scene_create(COLS, LAB_ROWS, 0.02);
    memcpy(s.ground, ground, sizeof(double) * COLS * LAB_ROWS);
    // The terrain ends in a gutter, 0.5 m deep, that is emptied.
    lf_drain_surface_edge edge = {LF_DRAIN_SOUTH, 0, COLS, LF_DRAIN_EDGE_LEVEL, 0, -1};
    trial_method(&s, which);
    s.def.in_double = false;
    s.def.manning_all_s_m13 = 0.009; // steel, after the paper
    s.def.dry_m = 1e-5;
    s.def.edges = &edge;
    s.def.edge_count = 1;
    lf_drain_surface *surface = scene_open(&s);
    const double rain_m_s = 317 / 3.6e6, cell_m2 = 4e-4;
    double before = 0, peak = 0, peak_s = 0, fallen = 0, lowest = 0, area = open * cell_m2;
    for (int half = 0; half < 200; half++) {
        double rain = half < 90 ? rain_m_s * 0.5 : 0;
        lf_drain_surface_add_rain(surface, rain);
        fallen += rain * area;
        CHECK(lf_drain_surface_advance(surface, 0.5, NULL) == LF_OK);
        double out = -lf_drain_surface_inflow_m3(surface, 0);
        if ((half + 1) % 4 == 0) {
            double flow = (out - before) / 2;
            peak_s = flow > peak ? 0.5 * (half + 1) - 1 : peak_s;
            peak = fmax(peak, flow);
            before = out;
        }
    }
    lf_drain_surface_read(surface, s.after, NULL, NULL);
    for (int i = 0; i < COLS * LAB_ROWS; i++) {
        lowest = fmin(lowest, s.after[i]);
    }
    double out = -lf_drain_surface_inflow_m3(surface, 0);
    double lost = fabs(lf_drain_surface_volume_m3(surface) + out - fallen) / fallen;
    printf(
        "Cea 2008, %s: %.2f L of rain, peak %.3f L/s after %.0f s (rain x area %.3f), %.1f %% out "
        "after 100 s, |dV|/V %.2g, %ld steps\n",
        METHODS[which].name, 1e3 * fallen, 1e3 * peak, peak_s, 1e3 * rain_m_s * area,
        100 * out / fallen, lost, lf_drain_surface_steps(surface));
    CHECK(lost < 1e-6 && lowest == 0);
    CHECK(peak > 0.5 * rain_m_s * area && peak < 1.05 * rain_m_s * area);
    CHECK(out > 0.8 * fallen && out < fallen);
    lf_drain_surface_destroy(surface);
    scene_free(&s);
}

int main(void) {
    static double ground[COLS * LAB_ROWS];
    char *plain = read_data("analytic_macdonald_itzi/mcdo_norain.csv");
    char *rain = read_data("analytic_macdonald_itzi/mcdo_rain.csv");
    char *terrain = read_data("cea2008_rain/topo.asc");
    int open = 0;
    bool there = plain && rain && terrain;
    if (there) {
        table("itzi table", plain, 2, 0);
        table("itzi table with rain", rain, 1, 0.001);
        CHECK(laboratory_ground(terrain, ground, &open));
        laboratory(INERTIAL, ground, open);
        laboratory(SWE_1, ground, open);
        laboratory(SWE_2, ground, open);
    } else {
        printf("data/flood is not there\n");
    }
    free(plain);
    free(rain);
    free(terrain);
    return there ? lf_check_end() : 77;
}
