// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Everything that can be synthesised, on the Beijing extract: the rules hold on streets that nobody
// drew for us, and the twin compiles.
#include "check.h"

#include "base/file.h"
#include "lifang/lifang.h"

static void check_network(const lf_spec *spec) {
    int links, nodes, outfalls = 0, gullies = 0, deep = 0;
    double deepest = 0, total = 0, mains = 0;
    const lf_drain_link *link = lf_spec_rows_const(spec, LF_DRAIN_LINKS, &links);
    const lf_drain_node *node = lf_spec_rows_const(spec, LF_DRAIN_NODES, &nodes);
    for (int i = 0; i < nodes; i++) {
        double depth = node[i].ground_m - node[i].invert_m;
        outfalls += node[i].kind == LF_NODE_OUTFALL;
        gullies += node[i].kind == LF_NODE_GULLY;
        deep += depth > 6;
        deepest = fmax(deepest, depth);
        if (node[i].kind == LF_NODE_MANHOLE) {
            total += depth;
            mains++;
        }
    }
    printf("%d nodes, %d gullies, %d outfalls, mean depth %.2f m, %d deeper than 6 m, deepest %.1f "
           "m\n",
           nodes, gullies, outfalls, total / mains, deep, deepest);
    CHECK(outfalls >= 1 && outfalls < nodes / 10);
    CHECK(total / mains < 3);
    CHECK(deep <= 0.02 * nodes);
    for (int i = 0; i < links; i++) {
        const lf_drain_node *from = &node[lf_spec_find(spec, LF_DRAIN_NODES, link[i].from)];
        const lf_drain_node *to = &node[lf_spec_find(spec, LF_DRAIN_NODES, link[i].to)];
        double fall = from->invert_m + link[i].offset_from_m - to->invert_m - link[i].offset_to_m;
        CHECK(fall >= 0.002 * link[i].length_m - 1e-9);
        CHECK(link[i].row.quality == LF_SYNTHETIC);
    }
}

int main(void) {
    static const double window[4] = {116.3425, 39.9965, 116.3565, 40.0110};
    const char *folder = getenv("LIFANG_DATA");
    char fallback[600], path[800];
    snprintf(fallback, sizeof fallback, "%s/../shared", LF_SOURCE_DIR);
    snprintf(path, sizeof path, "%s/data/osm_beijing_cau/beijing_cau.osm",
             folder ? folder : fallback);
    if (!lf_file_exists(path))
        return 77;
    lf_spec *spec = lf_spec_create(NULL);
    lf_error error;
    lf_import_def def = lf_default_import_def();
    def.path = path;
    def.clip = true;
    memcpy(def.clip_wsen, window, sizeof window);
    CHECK(lf_io_import(spec, &def, NULL, &error) == LF_OK);
    CHECK(lf_io_synthesise(spec, "terrain", "gentle", 1, NULL, &error) == LF_OK);
    CHECK(lf_io_synthesise(spec, "households", "from_floor_area", 1, NULL, &error) == LF_OK);
    CHECK(lf_io_synthesise(spec, "stalls", "kerb_and_yards", 1, NULL, &error) == LF_OK);
    CHECK(lf_io_synthesise(spec, "pipes", "from_roads_and_terrain", 1, NULL, &error) == LF_OK);
    check_network(spec);
    printf("%d stalls\n", lf_spec_count(spec, LF_STALLS));
    CHECK(lf_spec_count(spec, LF_STALLS) > 100);
    int count;
    const lf_assumption *assumptions = lf_spec_assumptions(spec, &count);
    for (int i = 0; i < count; i++)
        printf("%s: %s\n", lf_quality_name(assumptions[i].quality), assumptions[i].text);
    lf_twin *twin = NULL;
    CHECK(lf_twin_compile(spec, &twin, NULL, &error) == LF_OK);
    lf_twin_destroy(twin);
    lf_spec_destroy(spec);
    return lf_check_end();
}
