// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The scenario that runs a LISFLOOD model as it states itself: surface water only, the DEM's cells,
// no losses but those that the model names, one roughness.
#include "io/lisflood/case.h"
#include "io/raster/dem.h"

#include "base/file.h"
#include "base/json.h"
#include "base/text.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

// What LISFLOOD takes where a model does not say.
static const double MANNING_S_M13 = 0.06, MASS_EVERY_S = 100;

static double or_else(double value, double otherwise) {
    return isnan(value) ? otherwise : value;
}

static void put_text(lf_json *json, const char *key, const char *value) {
    lf_json_key(json, key);
    lf_json_text(json, value);
}

static void put_number(lf_json *json, const char *key, double value) {
    lf_json_key(json, key);
    lf_json_real(json, value);
}

static void put_seconds(lf_json *json, const char *key, double value_s) {
    char number[32], text[40];
    snprintf(text, sizeof text, "%s s", lf_text_from_real(value_s, number));
    put_text(json, key, text);
}

static void put_estate(lf_json *json, const char *path) {
    char stem[200];
    snprintf(stem, sizeof stem, "%s", lf_file_name(path));
    char *dot = strrchr(stem, '.');
    if (dot && dot != stem)
        *dot = '\0';
    lf_json_key(json, "estate");
    lf_json_open(json, '{');
    put_text(json, "name", stem);
    lf_json_key(json, "imports");
    lf_json_open(json, '[');
    lf_json_open(json, '{');
    put_text(json, "file", lf_file_name(path));
    put_text(json, "format", "lisflood");
    lf_json_close(json, '}');
    lf_json_close(json, ']');
    lf_json_close(json, '}');
}

// Depth rasters every saveint, as LISFLOOD writes them, but not more than the memory should hold.
static double frame_every_s(const lis_case *c, const lf_grid *grid) {
    const double most_bytes = 512e6, frame_bytes = 4.0 * grid->cols * grid->rows;
    const double least_s = c->sim_time_s * frame_bytes / most_bytes;
    return fmin(fmax(c->save_every_s > 0 ? c->save_every_s : 0, least_s), 31 * 86400.0);
}

// Edges and rain change slowly and need no short step. What enters at a point comes as one gulp in
// each: there LISFLOOD's own longest step is kept.
static double source_step_s(lis_case *c) {
    lis_boundary_list list;
    bool points = false;
    lf_io_lisflood_bci(c, &list); // its errors are told by the import
    for (int i = 0; i < list.count; i++)
        points = points || list.items[i].where == 'P';
    const double step_s = or_else(c->step_s, 1);
    return points ? fmin(1, fmax(0.05, step_s)) : fmin(60, fmax(5, step_s));
}

// LISFLOOD's cfl is dt sqrt(g h) / dx; courant_ratio is the share of the bound of the scheme, which
// for the inertial one is dx sqrt(theta / (2 g h)) (engine/drain/README.md).
static void put_surface(lf_json *json, lis_case *c, const lf_grid *grid) {
    const bool swe = c->scheme == LIS_SWE;
    const double theta = or_else(c->theta_ratio, 0.9);
    lf_json_key(json, "surface");
    lf_json_open(json, '{');
    put_number(json, "cell_m", grid->cell_m);
    put_text(json, "scheme", swe ? "swe" : "inertial");
    if (swe)
        put_number(json, "order", c->order);
    put_text(json, "edge", "closed");
    put_number(json, "margin_m", 0);
    if (!isnan(c->theta_ratio))
        put_number(json, "theta_ratio", c->theta_ratio);
    if (!isnan(c->courant_ratio))
        put_number(json, "courant_ratio",
                   fmin(1, swe ? c->courant_ratio : c->courant_ratio / sqrt(theta / 2)));
    if (!isnan(c->dry_m))
        put_number(json, "dry_m", c->dry_m);
    put_seconds(json, "source_step", source_step_s(c));
    put_seconds(json, "frame_every", frame_every_s(c, grid));
    lf_json_close(json, '}');
}

static void put_losses(lf_json *json, double manning_s_m13) {
    static const char *const covers[] = {"road", "paved", "grass", "wood", "bare", "water"};
    static const char *const kept[] = {"loss_road_mm", "loss_paved_mm", "loss_grass_mm",
                                       "loss_wood_mm", "loss_bare_mm",  "loss_roof_mm",
                                       "paved_mm_h"};
    char key[40];
    lf_json_key(json, "losses");
    lf_json_open(json, '{');
    for (size_t i = 0; i < sizeof covers / sizeof *covers; i++) {
        snprintf(key, sizeof key, "manning_%s_s_m13", covers[i]);
        put_number(json, key, manning_s_m13);
    }
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
        put_number(json, kept[i], 0);
    lf_json_close(json, '}');
}

static void put_modules(lf_json *json, lis_case *c, const lf_grid *grid) {
    lf_json_key(json, "modules");
    lf_json_open(json, '{');
    lf_json_key(json, "drain");
    lf_json_open(json, '{');
    if (c->rain.path[0]) {
        lf_json_key(json, "storm");
        lf_json_open(json, '{');
        put_text(json, "sensor", LIS_RAIN_NAME);
        put_text(json, "start", "00:00");
        lf_json_close(json, '}');
    }
    put_text(json, "pipes", "none");
    put_surface(json, c, grid);
    put_losses(json, or_else(c->manning_s_m13, MANNING_S_M13));
    lf_json_close(json, '}');
    lf_json_close(json, '}');
}

static void put_all(lf_json *json, lis_case *c, const char *path, const lf_grid *grid) {
    static const char *const outputs[] = {"json", "series", "tif"};
    lf_json_open(json, '{');
    put_number(json, "lifang", 1);
    put_estate(json, path);
    lf_json_key(json, "run");
    lf_json_open(json, '{');
    put_seconds(json, "stop", c->sim_time_s);
    const double every_s = c->mass_every_s > 0   ? c->mass_every_s
                           : c->save_every_s > 0 ? c->save_every_s
                                                 : MASS_EVERY_S;
    put_seconds(json, "report_every", fmax(1, fmin(every_s, c->sim_time_s)));
    lf_json_close(json, '}');
    put_modules(json, c, grid);
    lf_json_key(json, "outputs");
    lf_json_open(json, '[');
    for (size_t i = 0; i < sizeof outputs / sizeof *outputs; i++)
        lf_json_text(json, outputs[i]);
    lf_json_close(json, ']');
    lf_json_close(json, '}');
}

lf_code lf_io_lisflood_scenario(const char *path, char **text, lf_issues *issues, lf_error *error) {
    lis_case c;
    lf_grid grid = {0};
    lf_import_def def = lf_default_import_def();
    lf_buffer out = {0};
    lf_json json;
    *text = NULL;
    def.path = path;
    lf_code code = lf_io_lisflood_par(&def, &c, issues, error);
    if (code == LF_OK && isnan(c.sim_time_s)) {
        lf_io_lisflood_issue(&c, LF_ERROR, LF_MISSING, c.label, 0, "sim_time", "",
                             "the model does not say how long it runs");
        code = c.first.code;
        if (error)
            *error = c.first;
    }
    if (code == LF_OK) {
        lf_error local = {0};
        code = lf_io_dem_size(c.dem.path, c.dem.label, &grid, &local);
        if (code != LF_OK)
            lf_io_lisflood_issue(&c, LF_ERROR, code, c.label, c.dem.line, "DEMfile", "", "%s: %s",
                                 c.dem.label, local.message);
        if (code != LF_OK && error)
            *error = c.first;
    }
    if (code == LF_OK) {
        lf_json_begin(&json, &out, true);
        put_all(&json, &c, path, &grid);
        *text = out.text;
        if (!out.text || out.failed)
            code = lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for the scenario");
    }
    lf_io_lisflood_free(&c);
    return code;
}
