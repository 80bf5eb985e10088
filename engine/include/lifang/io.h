// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Doors in and out: importers fill a spec, exporters write packages, rasters and layers.
#ifndef LIFANG_IO_H
#define LIFANG_IO_H

#include "lifang/result.h"

#ifdef __cplusplus
extern "C" {
#endif

// How to read one file. Made by lf_default_import_def(); a def that was not is refused.
typedef struct lf_import_def {
    const char *path;
    const char *label;  // name of the file in messages and sources; NULL = path
    const char *format; // importer name; NULL = recognise by content
    // CRS like "EPSG:4547": of the file, over or in place of its own (NULL = its own); of a file
    // that states none (NULL = that is an error); of the twin, if the frame is not set yet (NULL =
    // chosen from where the data lies).
    const char *crs, *crs_if_none, *estate_crs;
    const char *map;     // attribute mapping file; NULL = built-in rules
    bool clip;           // keep only what lies in clip_wsen (features cut at the edge stay whole
                         // if their centre is inside; roads are cut)
    double clip_wsen[4]; // west, south, east, north in degrees (WGS 84)
    bool has_at;         // local placement for files without CRS: at, then turned about it
    double at[3];        // projected coordinate of the file's origin
    double turn_deg;     // clockwise
    bool has_quality;    // the caller knows better than the file how far to trust it:
    lf_quality quality;  // every row and raster that is read gets this label
    // Which layer plain geometries go to, or which kind a raster is (lf_spec_find_raster, or
    // "rain"); NULL = by rules, and the terrain.
    const char *layer_hint;
    double step_s; // between the bands of a raster of rain that states no times
    uint32_t cookie;
} lf_import_def;
lf_import_def lf_default_import_def(void);

// Reads one file into the spec. On failure the spec may hold part of the file and must be thrown
// away. Everything skipped, repaired or assumed is an issue.
lf_code lf_io_import(lf_spec *spec, const lf_import_def *def, lf_issues *issues, lf_error *error);

// One importer: a folder of engine/io and a line in engine/importers.def.
typedef struct lf_importer {
    const char *name; // "osm"
    const char *doc;
    // 0 = not mine ... 100 = certainly mine. head holds the first head_size bytes.
    int (*sniff)(const char *path, const unsigned char *head, size_t head_size);
    lf_code (*read)(lf_spec *spec, const lf_import_def *def, lf_issues *issues, lf_error *error);
    // Of files that are a whole model by themselves: the text of the scenario that imports and runs
    // it, from malloc. NULL = they are not.
    lf_code (*scenario)(const char *path, char **text, lf_issues *issues, lf_error *error);
} lf_importer;
const lf_importer *lf_io_importer_at(int index); // NULL after the last
// The importer that recognises the file, or NULL with an error that lists what was tried.
const lf_importer *lf_io_recognise(const char *path, lf_error *error);
// The scenario of a file that is a whole model by itself; *text stays NULL for any other file.
lf_code lf_io_scenario(const char *path, char **text, lf_issues *issues, lf_error *error);

// Writes the estate package: one GeoPackage with every layer that has rows (attributes of the
// layer's table, plus id, name, quality, assumed, source), sensor samples, works, assumptions, and
// the terrain as <path without .gpkg>_terrain.tif beside it, and so the other rasters. Atomic.
lf_code lf_io_write_package(const lf_spec *spec, const char *path, lf_error *error);
// Writes the layers with the option's result columns added: layers.gpkg of the result folder.
lf_code lf_io_write_layers(const lf_option_result *option, const char *path, lf_error *error);
// Writes a Cloud-Optimised GeoTIFF with overviews, unit and description. Atomic.
lf_code lf_io_write_raster(const lf_frame *frame, const lf_grid *grid, const float *values,
                           const char *name, const char *doc, const char *path, lf_error *error);

// Fills what a scenario asks to be synthesised; everything made is labelled LF_SYNTHETIC and noted
// as an assumption. what: "terrain", "pipes", "stalls", "households"; how: see
// engine/io/synth/README.md.
lf_code lf_io_synthesise(lf_spec *spec, const char *what, const char *how, uint64_t seed,
                         lf_issues *issues, lf_error *error);

// SHA-256 of a file as 64 lower-case hex digits and a NUL.
lf_code lf_io_sha256(const char *path, char hex[65], lf_error *error);

#ifdef __cplusplus
}
#endif
#endif
