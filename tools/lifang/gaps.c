// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The gaps of an estate. Each check says what a module does about it; keep the sentences true to
// the modules' READMEs.
#include "gaps.h"
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

typedef struct finder {
    const lf_spec *spec;
    cli_gap *gaps;
    int count;
} finder;

static cli_gap *add(finder *find, const char *module, bool blocks, const char *synthesise,
                    const char *fill, const char *format, ...)
    __attribute__((format(printf, 6, 7)));
static cli_gap *add(finder *find, const char *module, bool blocks, const char *synthesise,
                    const char *fill, const char *format, ...) {
    if (find->count == CLI_GAPS_MAX) {
        return &find->gaps[CLI_GAPS_MAX - 1];
    }
    cli_gap *gap = &find->gaps[find->count++];
    *gap = (cli_gap){.module = module, .blocks = blocks, .synthesise = synthesise};
    snprintf(gap->fill, sizeof gap->fill, "%s", fill);
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(gap->what, sizeof gap->what, format, arguments);
    va_end(arguments);
    return gap;
}

static bool is_assumed(lf_layer layer, const lf_row *row, const char *field) {
    const lf_table *table = lf_layer_table(layer);
    const lf_field *found = lf_table_find(table, field);
    long index = found ? (long)(found - table->fields) : -1;
    return index >= 0 && index < 32 && (row->assumed >> index & 1u);
}

static int count_assumed(const lf_spec *spec, lf_layer layer, const char *field) {
    int assumed = 0, rows = lf_spec_count(spec, layer);
    for (int i = 0; i < rows; i++) {
        assumed += is_assumed(layer, lf_spec_at_const(spec, layer, i), field);
    }
    return assumed;
}

static void find_drain(finder *find) {
    const lf_spec *spec = find->spec;
    const lf_raster *terrain = lf_spec_terrain(spec);
    if (!terrain) {
        add(find, "drain", true, "terrain: gentle",
            "import a DEM (GeoTIFF), or ask for a made-up one", "no terrain");
    } else {
        size_t cells = (size_t)terrain->grid.cols * (size_t)terrain->grid.rows, holes = 0;
        for (size_t i = 0; i < cells; i++) {
            holes += isnan(terrain->values[i]) != 0;
        }
        if (holes) {
            add(find, "drain", false, NULL, "cells without data are outside of the surface model",
                "the terrain has %zu cells of %zu without data", holes, cells);
        }
    }
    int nodes, links = lf_spec_count(spec, LF_DRAIN_LINKS), outfalls = 0;
    const lf_drain_node *node = lf_spec_rows_const(spec, LF_DRAIN_NODES, &nodes);
    for (int i = 0; i < nodes; i++) {
        outfalls += node[i].kind == LF_NODE_OUTFALL;
    }
    if (!nodes || !links) {
        add(find, "drain", true, "pipes: from_roads_and_terrain",
            "import the sewers (SWMM .inp, DXF, GeoPackage), or ask for made-up ones under the "
            "roads; "
            "modules.drain.pipes: none computes the surface alone",
            "no pipes (%d drain nodes, %d drain links)", nodes, links);
    } else if (!outfalls) {
        add(find, "drain", true, NULL, "set kind to outfall on the drain node where water leaves",
            "the pipes have no outfall");
    }
    if (!lf_spec_count(spec, LF_GREEN)) {
        add(find, "drain", false, NULL, "all open ground counts as paved", "no green areas");
    }
}

static void find_park(finder *find) {
    const lf_spec *spec = find->spec;
    int roads, drivable = 0, buildings, homes = 0, areas, capacity = 0;
    const lf_road *road = lf_spec_rows_const(spec, LF_ROADS, &roads);
    for (int i = 0; i < roads; i++) {
        drivable += road[i].drivable;
    }
    if (!drivable) {
        add(find, "park", true, NULL, "import roads, for example an OSM extract",
            "no drivable roads (%d roads)", roads);
    }
    const lf_building *building = lf_spec_rows_const(spec, LF_BUILDINGS, &buildings);
    for (int i = 0; i < buildings; i++) {
        homes += building[i].kind == LF_USE_RESIDENTIAL;
    }
    if (!homes) {
        add(find, "park", true, NULL,
            buildings ? "set kind to residential on the buildings where people live"
                      : "import buildings",
            "no residential buildings (%d buildings)", buildings);
    }
    const lf_parking *area = lf_spec_rows_const(spec, LF_PARKING, &areas);
    for (int i = 0; i < areas; i++) {
        capacity += area[i].capacity;
    }
    int stalls = lf_spec_count(spec, LF_STALLS);
    if (!stalls && !capacity) {
        add(find, "park", true, "stalls: kerb_and_yards",
            "import parking areas with a capacity or single stalls, or ask for made-up ones",
            "no stalls (%d parking areas without capacity)", areas);
    }
    if (!lf_spec_count(spec, LF_GATES)) {
        add(find, "park", false, NULL,
            "cars come and go at the open ends of the roads without waiting", "no gates");
    }
}

static void find_households(finder *find, const char *module) {
    const lf_spec *spec = find->spec;
    int buildings;
    const lf_building *building = lf_spec_rows_const(spec, LF_BUILDINGS, &buildings);
    int homes = 0, unknown = 0;
    for (int i = 0; i < buildings; i++) {
        bool home = building[i].kind == LF_USE_RESIDENTIAL;
        homes += home;
        unknown += home && building[i].households == 0;
    }
    if (unknown) {
        add(find, module, false, NULL, "estimated from floor area and storeys",
            "%d of %d residential buildings have no number of households", unknown, homes);
    }
    int storeys = count_assumed(spec, LF_BUILDINGS, "storeys");
    if (storeys) {
        add(find, module, false, NULL, "assumed by a rule and marked; mend them in the package",
            "%d of %d buildings have no storeys", storeys, buildings);
    }
}

static void find_retro(finder *find) {
    if (!lf_spec_count(find->spec, LF_BUILDINGS)) {
        add(find, "retro", true, NULL, "import buildings", "no buildings");
    }
    find_households(find, "retro");
}

int cli_gaps_find(const lf_spec *spec, cli_gap gaps[CLI_GAPS_MAX]) {
    finder find = {.spec = spec, .gaps = gaps};
    find_drain(&find);
    find_park(&find);
    find_households(&find, "park");
    find_retro(&find);
    return find.count;
}

bool cli_gaps_can_run(const cli_gap *gaps, int count, const char *module, bool synthesise) {
    for (int i = 0; i < count; i++) {
        if (strcmp(gaps[i].module, module) == 0 && gaps[i].blocks &&
            !(synthesise && gaps[i].synthesise)) {
            return false;
        }
    }
    return true;
}
