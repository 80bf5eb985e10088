// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Scenario -> specs: the imports and syntheses make the base, measures change copies of it.
#include "run/pipeline.h"
#include <stdio.h>
#include <string.h>

// How many rows each layer has, to see what a file brought.
typedef struct tally {
    int rows[LF_LAYER_COUNT];
    const float *rasters[LF_RASTER_KIND_COUNT + 1]; // the last is the rain
} tally;

static tally count_rows(const lf_spec *spec) {
    tally count = {.rows = {0}};
    for (int k = 0; k < LF_RASTER_KIND_COUNT; k++) {
        const lf_raster *raster = lf_spec_raster(spec, (lf_raster_kind)k);
        count.rasters[k] = raster ? raster->values : NULL;
    }
    const lf_rain_grid *rain = lf_spec_rain(spec);
    count.rasters[LF_RASTER_KIND_COUNT] = rain ? rain->values : NULL;
    for (int layer = 0; layer < LF_LAYER_COUNT; layer++) {
        count.rows[layer] = lf_spec_count(spec, (lf_layer)layer);
    }
    return count;
}

static lf_quality worse(lf_quality a, lf_quality b) {
    return a > b ? a : b;
}

// "buildings 24, roads 31, terrain 300 x 400", and the worst quality among what came.
static void describe(const lf_spec *spec, const tally *before, char *text, size_t size,
                     lf_quality *quality) {
    tally now = count_rows(spec);
    text[0] = 0;
    *quality = LF_MEASURED;
    for (int layer = 0; layer < LF_LAYER_COUNT; layer++) {
        int added = now.rows[layer] - before->rows[layer];
        size_t length = strlen(text);
        if (added > 0) {
            snprintf(text + length, size - length, "%s%s %d", length ? ", " : "",
                     lf_layer_name((lf_layer)layer), added);
        }
        for (int i = before->rows[layer]; i < now.rows[layer]; i++) {
            const lf_row *row = lf_spec_at_const(spec, (lf_layer)layer, i);
            *quality = worse(*quality, row->quality);
        }
    }
    for (int k = 0; k <= LF_RASTER_KIND_COUNT; k++) {
        if (now.rasters[k] == before->rasters[k]) {
            continue;
        }
        bool is_rain = k == LF_RASTER_KIND_COUNT;
        const lf_raster *raster = is_rain ? NULL : lf_spec_raster(spec, (lf_raster_kind)k);
        const lf_grid *grid = is_rain ? &lf_spec_rain(spec)->grid : &raster->grid;
        size_t length = strlen(text);
        snprintf(text + length, size - length, "%s%s %d x %d", length ? ", " : "",
                 is_rain ? lf_spec_rain_info()->name : lf_spec_raster_info((lf_raster_kind)k)->name,
                 grid->cols, grid->rows);
        *quality = worse(*quality, is_rain ? lf_spec_rain(spec)->quality : raster->quality);
    }
    if (!*text) {
        snprintf(text, size, "nothing new");
    }
}

static lf_code add_input(lf_run_inputs *inputs, lf_arena *arena, const char *written,
                         const char *path, lf_quality quality, const char *what, lf_error *error) {
    lf_input_file *input = &inputs->files[inputs->count];
    input->path = lf_arena_text(arena, written);
    input->what = lf_arena_text(arena, what);
    input->quality = quality;
    if (!input->path || !input->what) {
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for the list of inputs");
    }
    inputs->count++;
    return lf_io_sha256(path, input->sha256, error);
}

static lf_import_def import_def(const lf_scenario *scenario, const lf_run_import *import) {
    lf_import_def def = lf_default_import_def();
    def.path = import->file;
    def.label = import->written;
    def.format = *import->format ? import->format : NULL;
    def.crs = *import->crs ? import->crs : NULL;
    def.estate_crs = *scenario->estate.crs ? scenario->estate.crs : NULL;
    def.map = *import->map ? import->map : NULL;
    def.layer_hint = *import->layer ? import->layer : NULL;
    def.step_s = import->step_s;
    def.clip = import->clip;
    memcpy(def.clip_wsen, import->clip_wsen, sizeof def.clip_wsen);
    def.has_at = import->has_at;
    memcpy(def.at, import->at, sizeof def.at);
    def.turn_deg = import->turn_deg;
    def.has_quality = import->quality > 0;
    def.quality = def.has_quality ? (lf_quality)(import->quality - 1) : LF_MEASURED;
    return def;
}

// An error without a place gets that of the item in the scenario.
static void place_at(lf_error *error, const lf_run_node *node) {
    if (error && !error->file[0]) {
        char path[sizeof error->path];
        lf_error_place(error, node->file, node->line, node->column,
                       lf_run_node_path(node, path, sizeof path));
    }
}

static lf_code import_all(const lf_scenario *scenario, const lf_env *env, lf_arena *arena,
                          lf_run_inputs *inputs, lf_spec *spec, lf_issues *issues,
                          lf_error *error) {
    for (int i = 0; i < scenario->import_count; i++) {
        const lf_run_import *import = &scenario->imports[i];
        if (lf_run_stopped(env)) {
            return lf_fail(error, LF_INTERRUPTED, LF_FROM_RUN, "interrupted while importing");
        }
        tally before = count_rows(spec);
        lf_import_def def = import_def(scenario, import);
        lf_code code = lf_io_import(spec, &def, issues, error);
        if (code != LF_OK) {
            place_at(error, import->node);
            return code;
        }
        char what[400];
        lf_quality quality;
        describe(spec, &before, what, sizeof what, &quality);
        lf_run_log(env, LF_NOTE, "imported %s: %s (%s)", import->written, what,
                   lf_quality_name(quality));
        if (inputs) {
            code = add_input(inputs, arena, import->written, import->file, quality, what, error);
        }
        if (code != LF_OK) {
            return code;
        }
    }
    return LF_OK;
}

static lf_code synthesise_all(const lf_scenario *scenario, const lf_env *env, lf_spec *spec,
                              lf_issues *issues, lf_error *error) {
    for (int i = 0; i < scenario->synthesis_count; i++) {
        const lf_run_synthesis *synthesis = &scenario->syntheses[i];
        lf_code code = lf_io_synthesise(spec, synthesis->what, synthesis->how, scenario->clock.seed,
                                        issues, error);
        if (code != LF_OK) {
            place_at(error, synthesis->node);
            return code;
        }
        lf_run_log(env, LF_WARNING, "synthesised %s (%s): figures that rest on it are labelled",
                   synthesis->what, synthesis->how);
    }
    return LF_OK;
}

lf_code lf_run_import_spec(const lf_scenario *scenario, const lf_env *env, lf_arena *arena,
                           lf_run_inputs *inputs, lf_spec **out, lf_issues *issues,
                           lf_error *error) {
    *out = NULL;
    lf_spec *spec = lf_spec_create(env ? env->allocator : NULL);
    if (!spec) {
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for the estate");
    }
    if (inputs) {
        size_t most = (size_t)(scenario->import_count + scenario->file_count);
        *inputs =
            (lf_run_inputs){.files = lf_arena_take(arena, (most + 1) * sizeof *inputs->files)};
        if (!inputs->files) {
            lf_spec_destroy(spec);
            return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for the list of inputs");
        }
    }
    lf_code code = import_all(scenario, env, arena, inputs, spec, issues, error);
    if (code == LF_OK) {
        code = synthesise_all(scenario, env, spec, issues, error);
    }
    for (int i = 0; inputs && code == LF_OK && i < scenario->file_count; i++) {
        const lf_run_file *file = &scenario->files[i];
        code = add_input(inputs, arena, file->node->text, file->path, LF_TAGGED, file->what, error);
    }
    if (code != LF_OK) {
        lf_spec_destroy(spec);
        return code;
    }
    if (*scenario->estate.name) {
        lf_spec_set_name(spec, scenario->estate.name);
    }
    *out = spec;
    return LF_OK;
}

lf_code lf_run_base_spec(const lf_scenario *scenario, const lf_env *env, lf_spec **spec,
                         lf_issues *issues, lf_error *error) {
    return lf_run_import_spec(scenario, env, NULL, NULL, spec, issues, error);
}
