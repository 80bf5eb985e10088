// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The estate package (the whole twin) and the layers of a result.
#include "io/package/gpkg.h"

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

static void write_meta(lf_io_gpkg *gpkg, const lf_spec *spec, const char *terrain_name) {
    static const lf_io_gpkg_field fields[] = {
        {"key", OFTString}, {"value", OFTString}, {NULL, OFTString}};
    const lf_frame *frame = lf_spec_frame_const(spec);
    const lf_raster *terrain = lf_spec_terrain(spec);
    OGRLayerH table =
        lf_io_gpkg_table(gpkg, LF_IO_PACKAGE_META, "what this estate package is", fields);
    put_meta(gpkg, table, "format", LF_IO_PACKAGE_FORMAT);
    put_meta(gpkg, table, "version", lf_version());
    put_meta(gpkg, table, "name", lf_spec_name(spec));
    put_meta(gpkg, table, "crs", frame->crs);
    put_number(gpkg, table, "origin_east_m", frame->origin_east_m);
    put_number(gpkg, table, "origin_north_m", frame->origin_north_m);
    put_meta(gpkg, table, "vertical_datum", frame->vertical_datum);
    if (!terrain)
        return;
    put_meta(gpkg, table, "terrain", terrain_name);
    put_number(gpkg, table, "terrain_cols", terrain->grid.cols);
    put_number(gpkg, table, "terrain_rows", terrain->grid.rows);
    put_number(gpkg, table, "terrain_x0_m", terrain->grid.x0);
    put_number(gpkg, table, "terrain_y0_m", terrain->grid.y0);
    put_number(gpkg, table, "terrain_cell_m", terrain->grid.cell_m);
    put_meta(gpkg, table, "terrain_quality", lf_quality_name(terrain->quality));
    put_meta(gpkg, table, "terrain_source", terrain->source);
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

// "out/estate.gpkg" -> "out/estate_terrain.tif".
static void terrain_path(const char *path, char *out, size_t size) {
    const char *extension = lf_file_extension(path);
    int stem = (int)(*extension ? (size_t)(extension - 1 - path) : strlen(path));
    snprintf(out, size, "%.*s_terrain.tif", stem, path);
}

static lf_code need_frame(const lf_spec *spec, const char *path, lf_error *error) {
    if (lf_spec_frame_const(spec)->crs[0])
        return LF_OK;
    return lf_fail(error, LF_EMPTY, LF_FROM_INPUT,
                   "there is nothing to write to %s: no data with a place was imported", path);
}

lf_code lf_io_write_package(const lf_spec *spec, const char *path, lf_error *error) {
    char terrain[1200] = "";
    lf_io_gpkg gpkg;
    const lf_raster *raster = lf_spec_terrain(spec);
    lf_code code = need_frame(spec, path, error);
    if (code == LF_OK && raster) {
        terrain_path(path, terrain, sizeof terrain);
        code = lf_io_write_raster(lf_spec_frame_const(spec), &raster->grid, raster->values,
                                  "ground_m", "terrain of the estate package", terrain, error);
    }
    if (code != LF_OK)
        return code;
    lf_io_gpkg_begin(&gpkg, lf_spec_frame_const(spec), path);
    for (int layer = 0; layer < LF_LAYER_COUNT; layer++)
        if (lf_spec_count(spec, (lf_layer)layer))
            lf_io_gpkg_layer(&gpkg, spec, (lf_layer)layer, NULL, 0);
    write_meta(&gpkg, spec, lf_file_name(terrain));
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
