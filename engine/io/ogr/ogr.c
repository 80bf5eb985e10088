// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The importer of GIS and CAD files through GDAL's vector drivers, from an allow-list: GeoPackage,
// GeoJSON, Shapefile, DXF, FlatGeobuf, KML, MapInfo.
#include "io/ogr/job.h"
#include "io/path.h"
#include "io/registry.h"

#include "base/file.h"
#include <cpl_conv.h>
#include <cpl_string.h>
#include <math.h>
#include <ogr_srs_api.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const drivers[] = {"GPKG", "GeoJSON",    "GeoJSONSeq", "ESRI Shapefile",
                                      "DXF",  "FlatGeobuf", "KML",        "MapInfo File",
                                      NULL};

static bool has(const unsigned char *head, size_t size, const char *word) {
    size_t length = strlen(word);
    for (size_t i = 0; i + length <= size; i++)
        if (memcmp(head + i, word, length) == 0)
            return true;
    return false;
}

static int sniff(const char *path, const unsigned char *head, size_t size) {
    static const char *const endings[] = {".gpkg", ".geojson", ".geojsonl", ".shp", ".dxf",
                                          ".fgb",  ".kml",     ".tab",      ".mif", NULL};
    if (size >= 16 && memcmp(head, "SQLite format 3", 16) == 0)
        return size >= 72 && memcmp(head + 68, "GPKG", 4) == 0 ? 80 : 40;
    if (size >= 4 && memcmp(head, "fgb", 3) == 0)
        return 80;
    if (size >= 4 && memcmp(head, "\0\0\x27\x0a", 4) == 0)
        return 80;
    if (has(head, size, "\"FeatureCollection\"") || has(head, size, "\"Feature\""))
        return 80;
    if (has(head, size, "<kml"))
        return 80;
    for (int i = 0; endings[i]; i++)
        if (lf_io_path_ends(path, endings[i]))
            return 50;
    return 0;
}

static GDALDatasetH open_file(const char *path, bool raw_text) {
    const char *const raw[] = {"ENCODING=", NULL};
    return GDALOpenEx(path, GDAL_OF_VECTOR | GDAL_OF_READONLY, drivers, raw_text ? raw : NULL,
                      NULL);
}

// Shapefiles from Chinese offices often do not say that they are GBK. Where nobody states the
// encoding, the bytes are read as they are and decided text by text.
static bool needs_raw_text(GDALDatasetH dataset) {
    GDALDriverH driver = GDALGetDatasetDriver(dataset);
    if (!driver || strcmp(GDALGetDriverShortName(driver), "ESRI Shapefile") != 0 ||
        GDALDatasetGetLayerCount(dataset) < 1)
        return false;
    OGRLayerH layer = GDALDatasetGetLayer(dataset, 0);
    const char *page = GDALGetMetadataItem(layer, "ENCODING_FROM_CPG", "SHAPEFILE");
    const char *id = GDALGetMetadataItem(layer, "ENCODING_FROM_LDID", "SHAPEFILE");
    bool latin = !id || !*id || strcmp(id, "ISO-8859-1") == 0;
    return (!page || !*page) && latin;
}

static lf_code open_dataset(lf_io_ogr_job *job, lf_error *error) {
    job->dataset = open_file(job->def->path, false);
    if (job->dataset && needs_raw_text(job->dataset)) {
        GDALClose(job->dataset);
        job->raw_text = true;
        job->dataset = open_file(job->def->path, true);
    }
    if (!job->dataset)
        return lf_io_gdal_fail(&job->gdal, LF_FORMAT, LF_FROM_INPUT, job->def->label, error,
                               "the file is damaged, or is none of GeoPackage, GeoJSON, "
                               "Shapefile, DXF, FlatGeobuf, KML, MapInfo");
    if (GDALDatasetGetLayerCount(job->dataset) < 1)
        return lf_fail(error, LF_EMPTY, LF_FROM_INPUT, "the file holds no layers of features");
    lf_io_ogr_find_encoding(job);
    return LF_OK;
}

// The CRS of a layer as PROJ text, from malloc; NULL with an error where there is none.
static char *crs_of(lf_io_ogr_job *job, OGRLayerH layer, lf_error *error) {
    const lf_import_def *def = job->def;
    const char *given = def->crs;
    char *wkt = NULL, *copy = NULL;
    if (!given && def->has_at)
        given = lf_spec_frame(job->spec)->crs[0] ? lf_spec_frame(job->spec)->crs : def->estate_crs;
    if (given && *given)
        return strdup(given);
    OGRSpatialReferenceH system = OGR_L_GetSpatialRef(layer);
    if (system && OSRExportToWkt(system, &wkt) == OGRERR_NONE && wkt && *wkt)
        copy = strdup(wkt);
    CPLFree(wkt);
    if (!copy && def->crs_if_none && *def->crs_if_none)
        copy = strdup(def->crs_if_none);
    if (!copy)
        lf_fail(error, LF_CRS, LF_FROM_INPUT,
                "layer \"%s\" states no coordinate reference system and none was given; add `crs: "
                "EPSG:n` to the import (or --file-crs), or `at: [east, north, height]` for a local "
                "drawing",
                job->layer_name);
    return copy;
}

// Coordinates that cannot be what the CRS says are the commonest mistake of all.
static lf_code check_extent(lf_io_ogr_job *job, const char *crs, const OGREnvelope *e,
                            lf_error *error) {
    bool geographic = false, metres = false;
    lf_code code = lf_geo_crs_check(crs, &geographic, &metres, error);
    if (code != LF_OK)
        return code;
    if (geographic && (e->MinY < -90 || e->MaxY > 90) && e->MinX >= -90 && e->MaxX <= 90 &&
        e->MinY >= -180 && e->MaxY <= 180)
        return lf_fail(error, LF_CRS, LF_FROM_INPUT,
                       "layer \"%s\" reaches from %g,%g to %g,%g: latitude and longitude are "
                       "swapped; write longitude first",
                       job->layer_name, e->MinX, e->MinY, e->MaxX, e->MaxY);
    if (geographic && (e->MinX < -360 || e->MaxX > 360 || e->MinY < -90 || e->MaxY > 90))
        return lf_fail(error, LF_CRS, LF_FROM_INPUT,
                       "layer \"%s\" reaches from %g,%g to %g,%g, which are no degrees; give its "
                       "projected CRS, e.g. crs: EPSG:4547",
                       job->layer_name, e->MinX, e->MinY, e->MaxX, e->MaxY);
    bool small =
        fabs(e->MinX) <= 180 && fabs(e->MaxX) <= 180 && fabs(e->MinY) <= 90 && fabs(e->MaxY) <= 90;
    if (metres && small && !job->def->has_at)
        lf_issues_addf(job->issues, LF_WARNING, LF_CRS, job->def->label, 0, job->layer_name,
                       "check the CRS; a local drawing needs `at: [east, north, height]`",
                       "the coordinates (%g,%g to %g,%g) look like degrees or a local drawing, but "
                       "the CRS is projected",
                       e->MinX, e->MinY, e->MaxX, e->MaxY);
    if (geographic && e->MinY > 70 && e->MinX > 3 && e->MaxX < 54)
        lf_issues_addf(job->issues, LF_WARNING, LF_CRS, job->def->label, 0, job->layer_name,
                       "write longitude first",
                       "the layer lies in the Arctic: are latitude and longitude swapped?");
    return LF_OK;
}

// Sets the frame from the first layer that has an extent.
static lf_code ensure_frame(lf_io_ogr_job *job, const char *crs, const OGREnvelope *e,
                            lf_error *error) {
    char what[200];
    lf_vec2 centre = {(e->MinX + e->MaxX) / 2, (e->MinY + e->MaxY) / 2};
    if (job->def->has_at) {
        centre.x = job->def->at[0];
        centre.y = job->def->at[1];
    }
    snprintf(what, sizeof what, "the centre of layer \"%.150s\"", job->layer_name);
    return lf_io_ensure_frame_at(job->spec, job->def, crs, centre, what, job->issues, error);
}

// Which layer of the twin a layer of the file is: 1, -1 = ignore, 0 = each feature decides.
static int target_of(lf_io_ogr_job *job, lf_layer *target) {
    char stem[200];
    int mapped = lf_io_ogr_map_layer(job->map, job->layer_name, target);
    if (mapped)
        return mapped;
    if (job->def->layer_hint && *job->def->layer_hint)
        return lf_layer_find(job->def->layer_hint, target) ? 1 : 0;
    if (lf_io_ogr_guess_layer(job->layer_name, target))
        return 1;
    if (GDALDatasetGetLayerCount(job->dataset) > 1)
        return 0;
    snprintf(stem, sizeof stem, "%s", lf_file_name(job->def->path));
    char *dot = strrchr(stem, '.');
    if (dot)
        *dot = '\0';
    return lf_io_ogr_guess_layer(stem, target) ? 1 : 0;
}

static void count_issue(lf_io_ogr_job *job, lf_severity severity, lf_code code, long count,
                        const char *what, const char *mend) {
    if (count)
        lf_issues_addf(job->issues, severity, code, job->def->label, 0, job->layer_name, mend,
                       "%ld %s", count, what);
}

static void report_layer(lf_io_ogr_job *job) {
    count_issue(job, LF_WARNING, LF_GEOMETRY, job->no_geometry,
                "features have no geometry and were left out", "draw them");
    count_issue(job, LF_WARNING, LF_GEOMETRY, job->wrong_geometry,
                "geometries are of another kind than the layer needs and were left out",
                "give areas as (closed) polygons, networks as lines");
    count_issue(job, LF_WARNING, LF_UNKNOWN_KEY, job->no_layer,
                "features belong to no layer that was recognised and were left out",
                "name their layer in the mapping: layer.<name> = buildings, or give `layer:`");
    count_issue(job, LF_NOTE, LF_OK, job->outside, "features lie outside the clip window", "");
    if (job->bad_values)
        lf_issues_addf(job->issues, LF_WARNING, LF_RANGE, job->def->label, 0, job->layer_name,
                       "correct them, or map the column with a factor",
                       "%ld values could not be used; the first: %s", job->bad_values,
                       job->bad_value);
    job->no_geometry = job->wrong_geometry = job->no_layer = job->outside = job->bad_values = 0;
}

static lf_code read_features(lf_io_ogr_job *job, OGRLayerH layer, const lf_layer *target,
                             lf_error *error) {
    OGRFeatureH feature;
    lf_code code = LF_OK;
    OGR_L_ResetReading(layer);
    while (code == LF_OK && !job->failed && (feature = OGR_L_GetNextFeature(layer)) != NULL) {
        code = lf_io_ogr_read_feature(job, feature, target, error);
        OGR_F_Destroy(feature);
    }
    if (code == LF_OK && job->gdal.failures)
        code = lf_io_gdal_fail(&job->gdal, LF_FORMAT, LF_FROM_INPUT, job->def->label, error,
                               "the file is damaged");
    return code;
}

static lf_code read_layer(lf_io_ogr_job *job, OGRLayerH layer, lf_error *error) {
    OGREnvelope extent;
    lf_layer target = LF_BUILDINGS;
    job->layer_name = OGR_L_GetName(layer);
    if (!lf_text_is_utf8(job->layer_name)) // a file name, so not of the attributes' encoding
        job->layer_name = lf_io_ogr_text(job, job->layer_name);
    int known = target_of(job, &target);
    if (known < 0)
        return LF_OK;
    if (OGR_L_GetFeatureCount(layer, TRUE) == 0) {
        lf_issues_addf(job->issues, LF_WARNING, LF_EMPTY, job->def->label, 0, job->layer_name, "",
                       "the layer is empty");
        return LF_OK;
    }
    if (OGR_L_GetExtent(layer, &extent, TRUE) != OGRERR_NONE) {
        if (known)
            lf_issues_addf(job->issues, LF_WARNING, LF_GEOMETRY, job->def->label, 0,
                           job->layer_name, "", "no feature of the layer has a geometry");
        return LF_OK;
    }
    char *crs = crs_of(job, layer, error);
    if (!crs)
        return LF_CRS;
    lf_code code = check_extent(job, crs, &extent, error);
    if (code == LF_OK)
        code = ensure_frame(job, crs, &extent, error);
    if (code == LF_OK)
        code = lf_geo_transform_create(crs, lf_spec_frame_const(job->spec), &job->transform, error);
    if (code == LF_OK)
        code = lf_io_clip_of(job->spec, job->def, &job->clip_storage, &job->clip, error);
    if (code == LF_OK && lf_geo_transform_is_ballpark(job->transform))
        lf_issues_addf(job->issues, LF_WARNING, LF_CRS, job->def->label, 0, job->layer_name,
                       "compare with a known point; metres of shift are possible",
                       "no exact datum shift is known from the file's CRS to %s",
                       lf_spec_frame(job->spec)->crs);
    if (code == LF_OK)
        code = read_features(job, layer, known ? &target : NULL, error);
    lf_geo_transform_destroy(job->transform);
    job->transform = NULL;
    free(crs);
    report_layer(job);
    return code;
}

static lf_code read_layers(lf_io_ogr_job *job, lf_error *error) {
    lf_code code = LF_OK;
    int count = GDALDatasetGetLayerCount(job->dataset);
    for (int i = 0; code == LF_OK && i < count; i++)
        code = read_layer(job, GDALDatasetGetLayer(job->dataset, i), error);
    if (code == LF_OK && job->failed)
        code = lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for the features");
    job->layer_name = "";
    if (code == LF_OK)
        code = lf_io_ogr_node_roads(job, error);
    if (code == LF_OK)
        code = lf_io_ogr_join_drains(job, error);
    if (code == LF_OK)
        code = lf_io_relate(job->spec, &job->mark, job->def->label, job->issues, error);
    return code;
}

// The known layers, for the message that nothing was recognised.
static lf_code nothing_found(lf_io_ogr_job *job, lf_error *error) {
    lf_buffer names = {0};
    for (int i = 0; i < GDALDatasetGetLayerCount(job->dataset) && i < 8; i++)
        lf_buffer_addf(&names, "%s%s", i ? ", " : "",
                       OGR_L_GetName(GDALDatasetGetLayer(job->dataset, i)));
    lf_code code = lf_fail(error, LF_EMPTY, LF_FROM_INPUT,
                           "nothing was taken from the layers %s: they are empty%s; name their "
                           "layers (layer: buildings, or a mapping file) if they are others",
                           names.text ? names.text : "-",
                           job->def->clip ? ", outside the clip window or not recognised"
                                          : " or not recognised");
    lf_buffer_free(&names);
    return code;
}

static void finish(lf_io_ogr_job *job) {
    lf_io_fill(job->spec, &job->mark, &job->assumed);
    lf_io_state_assumptions(job->spec, &job->assumed, job->def->label);
    if (job->gbk)
        lf_issues_addf(job->issues, LF_NOTE, LF_OK, job->def->label, 0, "",
                       "put a .cpg file that names the encoding beside it",
                       "the file does not state its encoding; its texts were read as GBK");
    else if (job->recoded)
        lf_issues_addf(job->issues, LF_NOTE, LF_OK, job->def->label, 0, "",
                       "save the file as UTF-8 to be sure",
                       "%d texts are not UTF-8 and were read as GBK", job->recoded);
}

static void free_job(lf_io_ogr_job *job) {
    lf_io_ogr_map_free(job->map);
    lf_geo_rings_free(&job->rings);
    lf_arena_destroy(job->arena);
    lf_memory_give(NULL, job->lines, job->line_capacity * sizeof *job->lines);
    lf_memory_give(NULL, job->refs, job->ref_capacity * sizeof *job->refs);
    lf_memory_give(NULL, job->vertices, job->vertex_capacity * sizeof *job->vertices);
    lf_memory_give(NULL, job->ends, job->end_capacity * sizeof *job->ends);
    lf_io_map_free(&job->vertex_at);
}

static lf_code check_hint(const lf_import_def *def, lf_error *error) {
    lf_layer layer;
    if (!def->layer_hint || !*def->layer_hint || lf_layer_find(def->layer_hint, &layer))
        return LF_OK;
    return lf_fail(error, LF_UNKNOWN_KEY, LF_FROM_SCENARIO, "\"%s\" is no layer of the twin",
                   def->layer_hint);
}

static lf_code read_ogr(lf_spec *spec, const lf_import_def *def, lf_issues *issues,
                        lf_error *error) {
    double turn = def->turn_deg * 0.017453292519943295;
    lf_io_ogr_job job = {.spec = spec,
                         .def = def,
                         .issues = issues,
                         .mark = lf_io_mark_now(spec),
                         .turn_cos = cos(turn),
                         .turn_sin = sin(turn)};
    int before = lf_io_count_all(spec);
    lf_code code = check_hint(def, error);
    if (code == LF_OK)
        code = lf_io_ogr_map_read(def->map, &job.map, error);
    if (code == LF_OK && !(job.arena = lf_arena_create(NULL)))
        code = lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for the import");
    if (code == LF_OK) {
        lf_io_gdal_begin(&job.gdal);
        code = open_dataset(&job, error);
        if (code == LF_OK)
            code = read_layers(&job, error);
        if (code == LF_OK && lf_io_count_all(spec) == before)
            code = nothing_found(&job, error);
        if (job.dataset)
            GDALClose(job.dataset);
        lf_io_gdal_end(&job.gdal);
    }
    if (code == LF_OK)
        finish(&job);
    free_job(&job);
    return code;
}

const lf_importer lf_io_ogr = {
    "ogr", "GIS and CAD files: GeoPackage, GeoJSON, Shapefile, DXF, FlatGeobuf, KML, MapInfo",
    sniff, read_ogr, NULL};
