// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The estate package (the whole twin) and the layers of a result.
#include "io/package/gpkg.h"
#include "io/raster/dem.h"

#include "base/file.h"
#include "base/text.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void put_meta(lf_io_gpkg *gpkg, OGRLayerH table, const char *key, const char *value) {
    OGRFeatureH row = lf_io_gpkg_row(gpkg, table);
    if (row) {
        OGR_F_SetFieldString(row, 0, key);
        OGR_F_SetFieldString(row, 1, value ? value : "");
    }
    lf_io_gpkg_end_row(gpkg, table, row);
}

static void put_number(lf_io_gpkg *gpkg, OGRLayerH table, const char *key, double value) {
    char text[32];
    put_meta(gpkg, table, key, lf_text_from_real(value, text));
}

// "roughness_cols" and so on for one raster, and the name of the file beside the package.
static void put_raster(lf_io_gpkg *gpkg, OGRLayerH table, const char *kind, const char *file,
                       const lf_grid *grid, lf_quality quality, const char *source) {
    const struct {
        const char *key;
        double value;
    } numbers[] = {{"cols", grid->cols},
                   {"rows", grid->rows},
                   {"x0_m", grid->x0},
                   {"y0_m", grid->y0},
                   {"cell_m", grid->cell_m}};
    char key[60];
    put_meta(gpkg, table, kind, file);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        snprintf(key, sizeof key, "%s_%s", kind, numbers[i].key);
        put_number(gpkg, table, key, numbers[i].value);
    }
    snprintf(key, sizeof key, "%s_quality", kind);
    put_meta(gpkg, table, key, lf_quality_name(quality));
    snprintf(key, sizeof key, "%s_source", kind);
    put_meta(gpkg, table, key, source);
}

// "out/estate.gpkg" -> "out/estate_terrain.tif".
static const char *raster_path(const char *path, const char *kind, char *out, size_t size) {
    const char *extension = lf_file_extension(path);
    int stem = (int)(*extension ? (size_t)(extension - 1 - path) : strlen(path));
    snprintf(out, size, "%.*s_%s.tif", stem, path, kind);
    return out;
}

static void write_meta(lf_io_gpkg *gpkg, const lf_spec *spec, const char *path) {
    static const lf_io_gpkg_field fields[] = {
        {"key", OFTString}, {"value", OFTString}, {NULL, OFTString}};
    char file[1200];
    const lf_frame *frame = lf_spec_frame_const(spec);
    OGRLayerH table =
        lf_io_gpkg_table(gpkg, LF_IO_PACKAGE_META, "what this estate package is", fields);
    put_meta(gpkg, table, "format", LF_IO_PACKAGE_FORMAT);
    put_meta(gpkg, table, "version", lf_version());
    put_meta(gpkg, table, "name", lf_spec_name(spec));
    put_meta(gpkg, table, "crs", frame->crs);
    put_number(gpkg, table, "origin_east_m", frame->origin_east_m);
    put_number(gpkg, table, "origin_north_m", frame->origin_north_m);
    put_meta(gpkg, table, "vertical_datum", frame->vertical_datum);
    for (int k = 0; k < LF_RASTER_KIND_COUNT; k++) {
        const char *kind = lf_spec_raster_info((lf_raster_kind)k)->name;
        const lf_raster *raster = lf_spec_raster(spec, (lf_raster_kind)k);
        if (raster)
            put_raster(gpkg, table, kind, lf_file_name(raster_path(path, kind, file, sizeof file)),
                       &raster->grid, raster->quality, raster->source);
    }
    const lf_rain_grid *rain = lf_spec_rain(spec);
    const char *kind = lf_spec_rain_info()->name;
    if (!rain)
        return;
    put_raster(gpkg, table, kind, lf_file_name(raster_path(path, kind, file, sizeof file)),
               &rain->grid, rain->quality, rain->source);
    put_number(gpkg, table, "rain_start_unix_s", rain->start_unix_s);
}

// The rasters, each as a file beside the package.
static lf_code write_rasters(const lf_spec *spec, const char *path, lf_error *error) {
    // The last word of a band's name is its unit.
    static const char *const bands[LF_RASTER_KIND_COUNT] = {"ground_m", "manning_s_m13",
                                                            "start_depth_m", "infiltration_mm_h"};
    const lf_frame *frame = lf_spec_frame_const(spec);
    char file[1200];
    lf_code code = LF_OK;
    for (int k = 0; code == LF_OK && k < LF_RASTER_KIND_COUNT; k++) {
        char doc[80];
        const char *kind = lf_spec_raster_info((lf_raster_kind)k)->name;
        const lf_raster *raster = lf_spec_raster(spec, (lf_raster_kind)k);
        snprintf(doc, sizeof doc, "%s of the estate package", kind);
        if (raster)
            code = lf_io_write_raster(frame, &raster->grid, raster->values, bands[k], doc,
                                      raster_path(path, kind, file, sizeof file), error);
    }
    const lf_rain_grid *rain = lf_spec_rain(spec);
    if (code == LF_OK && rain)
        code = lf_io_write_bands(frame, &rain->grid, rain->values, rain->count, rain->time_s,
                                 "rain_mm_h", "rain of the estate package",
                                 raster_path(path, lf_spec_rain_info()->name, file, sizeof file),
                                 error);
    return code;
}

static void write_samples(lf_io_gpkg *gpkg, const lf_spec *spec) {
    static const lf_io_gpkg_field fields[] = {
        {"sensor", OFTInteger}, {"time_s", OFTReal}, {"value", OFTReal}, {NULL, OFTString}};
    int count;
    const lf_sensor *sensors = lf_spec_rows_const(spec, LF_SENSORS, &count);
    if (!count)
        return;
    OGRLayerH table = lf_io_gpkg_table(gpkg, LF_IO_PACKAGE_SAMPLES,
                                       "series of the sensors, by sensor id", fields);
    for (int i = 0; i < count; i++) {
        const lf_samples *s = &sensors[i].samples;
        for (int k = 0; k < s->count && !gpkg->failed; k++) {
            OGRFeatureH row = lf_io_gpkg_row(gpkg, table);
            if (row) {
                OGR_F_SetFieldInteger(row, 0, (int)sensors[i].row.id);
                OGR_F_SetFieldDouble(row, 1, s->time_s[k]);
                OGR_F_SetFieldDouble(row, 2, s->values[k]);
            }
            lf_io_gpkg_end_row(gpkg, table, row);
        }
    }
}

static void write_works(lf_io_gpkg *gpkg, const lf_spec *spec) {
    static const lf_io_gpkg_field fields[] = {
        {"measure", OFTString},  {"label", OFTString},       {"price_key", OFTString},
        {"unit", OFTString},     {"quality", OFTString},     {"quantity", OFTReal},
        {"capex_cny", OFTReal},  {"opex_cny_year", OFTReal}, {"revenue_cny_year", OFTReal},
        {"life_years", OFTReal}, {NULL, OFTString}};
    int count;
    const lf_work *works = lf_spec_works(spec, &count);
    OGRLayerH table = count ? lf_io_gpkg_table(gpkg, LF_IO_PACKAGE_WORKS,
                                               "works of the measures that were applied", fields)
                            : NULL;
    for (int i = 0; i < count && !gpkg->failed; i++) {
        const lf_work *w = &works[i];
        const char *texts[] = {w->measure, w->label, w->price_key, w->unit,
                               lf_quality_name(w->quality)};
        const double numbers[] = {w->quantity, w->capex_cny, w->opex_cny_year, w->revenue_cny_year,
                                  w->life_years};
        OGRFeatureH row = lf_io_gpkg_row(gpkg, table);
        for (int k = 0; row && k < 5; k++) {
            OGR_F_SetFieldString(row, k, texts[k] ? texts[k] : "");
            OGR_F_SetFieldDouble(row, 5 + k, numbers[k]);
        }
        lf_io_gpkg_end_row(gpkg, table, row);
    }
}

static void write_assumptions(lf_io_gpkg *gpkg, const lf_spec *spec) {
    static const lf_io_gpkg_field fields[] = {
        {"quality", OFTString}, {"text", OFTString}, {NULL, OFTString}};
    int count;
    const lf_assumption *list = lf_spec_assumptions(spec, &count);
    OGRLayerH table = count ? lf_io_gpkg_table(gpkg, LF_IO_PACKAGE_ASSUMPTIONS,
                                               "what was assumed or synthesised", fields)
                            : NULL;
    for (int i = 0; i < count && !gpkg->failed; i++) {
        OGRFeatureH row = lf_io_gpkg_row(gpkg, table);
        if (row) {
            OGR_F_SetFieldString(row, 0, lf_quality_name(list[i].quality));
            OGR_F_SetFieldString(row, 1, list[i].text);
        }
        lf_io_gpkg_end_row(gpkg, table, row);
    }
}

static lf_code need_frame(const lf_spec *spec, const char *path, lf_error *error) {
    if (lf_spec_frame_const(spec)->crs[0])
        return LF_OK;
    return lf_fail(error, LF_EMPTY, LF_FROM_INPUT,
                   "there is nothing to write to %s: no data with a place was imported", path);
}

lf_code lf_io_write_package(const lf_spec *spec, const char *path, lf_error *error) {
    lf_io_gpkg gpkg;
    lf_code code = need_frame(spec, path, error);
    if (code == LF_OK)
        code = write_rasters(spec, path, error);
    if (code != LF_OK)
        return code;
    lf_io_gpkg_begin(&gpkg, lf_spec_frame_const(spec), path);
    for (int layer = 0; layer < LF_LAYER_COUNT; layer++)
        if (lf_spec_count(spec, (lf_layer)layer))
            lf_io_gpkg_layer(&gpkg, spec, (lf_layer)layer, NULL, 0);
    write_meta(&gpkg, spec, path);
    write_samples(&gpkg, spec);
    write_works(&gpkg, spec);
    write_assumptions(&gpkg, spec);
    return lf_io_gpkg_commit(&gpkg, error);
}

// The result columns of one layer, in the order they were added.
static int columns_of(const lf_option_result *option, lf_layer layer, const lf_column **list) {
    int count = 0;
    for (int i = 0; i < lf_option_column_count(option); i++) {
        const lf_column *column = lf_option_column_at(option, i);
        if (column->layer == layer && !lf_table_find(lf_layer_table(layer), column->name))
            list[count++] = column;
    }
    return count;
}

lf_code lf_io_write_layers(const lf_option_result *option, const char *path, lf_error *error) {
    const lf_spec *spec = lf_twin_spec(lf_option_twin(option));
    lf_io_gpkg gpkg;
    lf_code code = need_frame(spec, path, error);
    if (code != LF_OK)
        return code;
    const lf_column **columns = calloc((size_t)lf_option_column_count(option) + 1, sizeof *columns);
    if (!columns)
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for the layers");
    lf_io_gpkg_begin(&gpkg, lf_spec_frame_const(spec), path);
    for (int layer = 0; layer < LF_LAYER_COUNT; layer++) {
        if (!lf_spec_count(spec, (lf_layer)layer))
            continue;
        int count = columns_of(option, (lf_layer)layer, columns);
        lf_io_gpkg_layer(&gpkg, spec, (lf_layer)layer, columns, count);
    }
    write_assumptions(&gpkg, spec);
    code = lf_io_gpkg_commit(&gpkg, error);
    free(columns);
    return code;
}
