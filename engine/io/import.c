// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The front door for files: the registry, recognition by content, and the call of the importer.
#include "io/path.h"
#include "io/registry.h"

#include "base/text.h"
#include <assert.h>
#include <stdio.h>
#include <string.h>

#define COOKIE 0x10f11eu
#define HEAD_BYTES 4096

lf_import_def lf_default_import_def(void) {
    lf_import_def def;
    memset(&def, 0, sizeof def);
    def.cookie = COOKIE;
    return def;
}

const lf_importer *lf_io_importer_at(int index) {
    static const lf_importer *const list[] = {
#define LF_IMPORTER(name) &lf_io_##name,
#include "importers.def"
#undef LF_IMPORTER
        NULL};
    int count = (int)(sizeof list / sizeof list[0]) - 1;
    return index >= 0 && index < count ? list[index] : NULL;
}

// "osm, package, raster": for messages.
static void list_importers(lf_buffer *text) {
    for (int i = 0; lf_io_importer_at(i); i++)
        lf_buffer_addf(text, "%s%s", i ? ", " : "", lf_io_importer_at(i)->name);
}

static lf_code fail_with_list(lf_code code, lf_origin origin, lf_error *error, const char *before,
                              const char *word) {
    lf_buffer text = {0};
    list_importers(&text);
    lf_fail(error, code, origin, "%s%s; the formats are: %s", before, word,
            text.text ? text.text : "");
    lf_buffer_free(&text);
    return code;
}

const lf_importer *lf_io_recognise(const char *path, lf_error *error) {
    unsigned char head[HEAD_BYTES];
    size_t count;
    const lf_importer *best = NULL;
    int best_score = 0;
    if (lf_io_path_head(path, head, sizeof head, &count, error) != LF_OK)
        return NULL;
    for (int i = 0; lf_io_importer_at(i); i++) {
        int score = lf_io_importer_at(i)->sniff(path, head, count);
        if (score > best_score) {
            best_score = score;
            best = lf_io_importer_at(i);
        }
    }
    if (!best) {
        fail_with_list(LF_FORMAT, LF_FROM_INPUT, error, "the file's content is not recognised", "");
        if (error)
            lf_error_place(error, path, 0, 0, NULL);
    }
    return best;
}

lf_code lf_io_scenario(const char *path, char **text, lf_issues *issues, lf_error *error) {
    const lf_importer *importer = lf_io_recognise(path, NULL);
    *text = NULL;
    return importer && importer->scenario ? importer->scenario(path, text, issues, error) : LF_OK;
}

static const lf_importer *by_name(const char *name, lf_error *error) {
    for (int i = 0; lf_io_importer_at(i); i++)
        if (strcmp(lf_io_importer_at(i)->name, name) == 0)
            return lf_io_importer_at(i);
    fail_with_list(LF_UNKNOWN_KEY, LF_FROM_SCENARIO, error, "unknown import format: ", name);
    return NULL;
}

// A clip box must be west < east, south < north, in degrees.
static lf_code check_clip(const lf_import_def *def, lf_error *error) {
    const double *c = def->clip_wsen;
    if (!def->clip)
        return LF_OK;
    if (!(c[0] >= -180 && c[2] <= 180 && c[0] < c[2] && c[1] >= -90 && c[3] <= 90 && c[1] < c[3]))
        return lf_fail(error, LF_RANGE, LF_FROM_CALL,
                       "clip %g,%g,%g,%g is not west,south,east,north in degrees (longitude first, "
                       "west < east, south < north)",
                       c[0], c[1], c[2], c[3]);
    return LF_OK;
}

// What a spec held before an import.
typedef struct stock {
    int rows[LF_LAYER_COUNT];
    const float *rasters[LF_RASTER_KIND_COUNT];
    const float *rain;
} stock;

static stock take_stock(const lf_spec *spec) {
    stock now = {.rain = lf_spec_rain(spec) ? lf_spec_rain(spec)->values : NULL};
    for (int layer = 0; layer < LF_LAYER_COUNT; layer++)
        now.rows[layer] = lf_spec_count(spec, (lf_layer)layer);
    for (int k = 0; k < LF_RASTER_KIND_COUNT; k++) {
        const lf_raster *raster = lf_spec_raster(spec, (lf_raster_kind)k);
        now.rasters[k] = raster ? raster->values : NULL;
    }
    return now;
}

// Puts the caller's label on everything that came since.
static void relabel(lf_spec *spec, const stock *before, lf_quality quality) {
    for (int layer = 0; layer < LF_LAYER_COUNT; layer++)
        for (int i = before->rows[layer]; i < lf_spec_count(spec, (lf_layer)layer); i++)
            ((lf_row *)lf_spec_at(spec, (lf_layer)layer, i))->quality = quality;
    for (int k = 0; k < LF_RASTER_KIND_COUNT; k++) {
        lf_raster *raster = lf_spec_raster_edit(spec, (lf_raster_kind)k);
        if (raster && raster->values != before->rasters[k])
            raster->quality = quality;
    }
    lf_rain_grid *rain = lf_spec_rain_edit(spec);
    if (rain && rain->values != before->rain)
        rain->quality = quality;
}

lf_code lf_io_import(lf_spec *spec, const lf_import_def *def, lf_issues *issues, lf_error *error) {
    assert(spec && def && def->cookie == COOKIE);
    lf_error local;
    memset(&local, 0, sizeof local);
    lf_code code = lf_io_path_check(def->path, &local);
    if (code == LF_OK)
        code = check_clip(def, &local);
    const lf_importer *importer = NULL;
    if (code == LF_OK) {
        importer = def->format ? by_name(def->format, &local) : lf_io_recognise(def->path, &local);
        code = importer ? LF_OK : local.code;
    }
    if (code == LF_OK) {
        lf_import_def given = *def;
        if (!given.label)
            given.label = given.path;
        const stock before = take_stock(spec);
        code = importer->read(spec, &given, issues, &local);
        if (code == LF_OK && given.has_quality)
            relabel(spec, &before, given.quality);
    }
    if (code != LF_OK) {
        if (!local.file[0] && local.origin == LF_FROM_INPUT)
            lf_error_place(&local, def->label ? def->label : def->path, 0, 0, NULL);
        if (error)
            *error = local;
    }
    return code;
}
