// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// SWMM input files: units, sections, tags, mistakes with their lines, encodings, speed of growth.
#include "check.h"

#include "lifang/lifang.h"

#include <time.h>

static const char *const path = "io_swmm_test.inp";

typedef struct outcome {
    lf_spec *spec;
    lf_issues *issues;
    lf_error error;
    lf_code code;
} outcome;

static outcome import_bytes(const char *text, size_t size, const char *crs) {
    FILE *file = fopen(path, "wb");
    fwrite(text, 1, size, file);
    fclose(file);
    outcome out = {.spec = lf_spec_create(NULL), .issues = lf_issues_create()};
    lf_import_def def = lf_default_import_def();
    def.path = path;
    def.crs = crs;
    def.format = "swmm";
    out.code = lf_io_import(out.spec, &def, out.issues, &out.error);
    return out;
}

static outcome import(const char *text) {
    return import_bytes(text, strlen(text), "EPSG:4547");
}

static void done(outcome *out) {
    lf_spec_destroy(out->spec);
    lf_issues_destroy(out->issues);
    remove(path);
}

// The number of issues of this code whose line is `line`.
static int issues_at(const outcome *out, lf_code code, int line) {
    int found = 0;
    for (int i = 0; i < lf_issues_kept(out->issues); i++) {
        const lf_issue *issue = lf_issues_at(out->issues, i);
        found += issue->code == code && issue->line == line;
    }
    return found;
}

static const char small[] =
    "[TITLE]\n"
    "quality: synthetic\n"
    "[OPTIONS]\n"
    "FLOW_UNITS LPS\n"
    "[JUNCTIONS]\n"
    ";;Name Elev MaxDepth\n"
    "J1\t10.0\t2.0\t0 0 0\n"
    "\"J 2\" 9.5 2.1 ; deep\n"
    "[OUTFALLS]\n"
    "O1 9.0 FIXED 9.4 NO\n"
    "[CONDUITS]\n"
    "C1 J1 \"J 2\" 50 0.013 0 0.1\n"
    "C2 \"J 2\" O1 0 0.013 0 0\n"
    "[PUMPS]\n"
    "PU1 J1 O1 PC ON 0 0\n"
    "[CURVES]\n"
    "PC PUMP3 0 20\n"
    "PC 5 8\n"
    "[XSECTIONS]\n"
    "C1 CIRCULAR 0.3 0 0 0 1\n"
    "C2 EGG 0.9 0 0 0\n"
    "[TAGS]\n"
    "Node J1 gully:0.6,clogged:0.3\n"
    "Link C1 storm,year:1985,blocked:0.2\n"
    "[SUBCATCHMENTS]\n"
    "S1 * J1 0.5 60 30 1.5 0\n"
    "[COORDINATES]\n"
    "J1 528600 3386200\n"
    "\"J 2\" 528650 3386200\n"
    "O1 528650 3386160\n"
    "[VERTICES]\n"
    "C2 528660 3386180\n"
    "[POLYGONS]\n"
    "S1 528600 3386200\nS1 528600 3386300\nS1 528650 3386300\nS1 528650 3386200\n";

static void test_small(void) {
    outcome out = import(small);
    CHECK(out.code == LF_OK);
    CHECK(lf_spec_count(out.spec, LF_DRAIN_NODES) == 3);
    CHECK(lf_spec_count(out.spec, LF_DRAIN_LINKS) == 3);
    const lf_drain_node *nodes = lf_spec_at_const(out.spec, LF_DRAIN_NODES, 0);
    CHECK(nodes[0].kind == LF_NODE_GULLY);
    CHECK(nodes[0].row.quality == LF_SYNTHETIC);
    CHECK_NEAR(nodes[0].inlet_length_m, 0.6, 0);
    CHECK_NEAR(nodes[0].clogged_ratio, 0.3, 0);
    CHECK_NEAR(nodes[0].ground_m, 12.0, 1e-12);
    CHECK(isnan(nodes[0].outfall_level_m));
    CHECK_TEXT(nodes[1].row.name, "J 2");
    CHECK(nodes[1].kind == LF_NODE_MANHOLE && nodes[1].inlet_length_m == 0);
    CHECK_NEAR(nodes[2].outfall_level_m, 9.4, 0);
    const lf_drain_link *links = lf_spec_at_const(out.spec, LF_DRAIN_LINKS, 0);
    CHECK_NEAR(links[0].length_m, 50, 0);
    CHECK_NEAR(links[0].diameter_m, 0.3, 0);
    CHECK_NEAR(links[0].offset_to_m, 0.1, 0);
    CHECK(links[0].from == nodes[0].row.id && links[0].to == nodes[1].row.id);
    CHECK(links[0].system == LF_SYSTEM_STORM && links[0].year_built == 1985);
    CHECK_NEAR(links[0].blocked_ratio, 0.2, 0);
    // A length of zero is a warning and the line's own length is taken.
    CHECK(issues_at(&out, LF_RANGE, 13) == 1);
    CHECK_NEAR(links[1].length_m, hypot(10, 20) * 2, 1e-6);
    CHECK(links[1].section == LF_SECTION_EGG && links[1].row.shape.point_count == 3);
    CHECK(links[2].kind == LF_LINK_PUMP);
    CHECK_NEAR(links[2].capacity_m3_s, 0.020, 1e-15);
    const lf_subcatchment *area = lf_spec_at_const(out.spec, LF_SUBCATCHMENTS, 0);
    CHECK_NEAR(area->area_m2, 5000, 1e-9);
    CHECK_NEAR(area->impervious_ratio, 0.6, 1e-15);
    CHECK_NEAR(lf_shape_area_m2(&area->row.shape), 5000, 1e-3);
    lf_issues *checked = lf_issues_create();
    CHECK(lf_spec_check(out.spec, checked, &out.error) == LF_OK);
    lf_issues_destroy(checked);
    done(&out);
}

static void test_us_units_and_elevation_offsets(void) {
    outcome out = import(
        "[OPTIONS]\nFLOW_UNITS CFS\nLINK_OFFSETS ELEVATION\n[JUNCTIONS]\nA 100 10\n"
        "B 99 10\n[OUTFALLS]\nO 98 FREE\n[CONDUITS]\nC A B 100 0.01 101 *\nD B O 100 0.01 * *\n"
        "[ORIFICES]\nR A O SIDE 102 0.65\n"
        "[XSECTIONS]\nC RECT_CLOSED 2 3\nD TRAPEZOIDAL 2 4 1 2\nR CIRCULAR 1\n"
        "[COORDINATES]\nA 528600 3386200\nB 528630 3386200\nO 528660 3386200\n");
    CHECK(out.code == LF_OK);
    const lf_drain_node *nodes = lf_spec_at_const(out.spec, LF_DRAIN_NODES, 0);
    CHECK_NEAR(nodes[0].invert_m, 30.48, 1e-12);
    CHECK_NEAR(nodes[0].ground_m, 110 * 0.3048, 1e-12);
    const lf_drain_link *links = lf_spec_at_const(out.spec, LF_DRAIN_LINKS, 0);
    CHECK_NEAR(links[0].length_m, 30.48, 1e-12);
    CHECK_NEAR(links[0].offset_from_m, 0.3048, 1e-12);
    CHECK_NEAR(links[0].offset_to_m, 0, 0);
    CHECK_NEAR(links[0].diameter_m, 0.6096, 1e-12);
    CHECK_NEAR(links[0].width_m, 0.9144, 1e-12);
    // The trapezoid's one width keeps its area: bottom 4, sides 1 and 2, height 2 -> mean width 7.
    CHECK(links[1].section == LF_SECTION_TRAPEZOID);
    CHECK_NEAR(links[1].width_m, 7 * 0.3048, 1e-12);
    CHECK_NEAR(links[2].offset_from_m, 2 * 0.3048, 1e-12);
    done(&out);
}

// Full areas of shapes that become circles or channels (SI, so the factor is one).
static void test_replaced_sections(void) {
    outcome out = import(
        "[OPTIONS]\nFLOW_UNITS CMS\n[JUNCTIONS]\nA 3 2\nB 2 2\n[OUTFALLS]\nO 1 FREE\n[CONDUITS]\n"
        "E A B 10 0.01 0 0\nT B O 10 0.01 0 0\nF A O 10 0.01 0 0\nI A O 10 0.01 0 0\nM A O 10 0.01 "
        "0 0\n"
        "[XSECTIONS]\nE HORIZ_ELLIPSE 1 2\nT TRIANGULAR 1 3\nF FILLED_CIRCULAR 1 0.5\nI IRREGULAR "
        "X\n"
        "M CIRCULAR 0.5 0 0 0 4\n[TRANSECTS]\nNC 0.01 0.01 0.01\nX1 X 4 0 6 0 0 0 0 0\nGR 2 0 1 2 "
        "1 4 2 6\n"
        "[COORDINATES]\nA 528600 3386200\nB 528630 3386200\nO 528660 3386200\n");
    CHECK(out.code == LF_OK);
    const lf_drain_link *links = lf_spec_at_const(out.spec, LF_DRAIN_LINKS, 0);
    const double pi = 3.14159265358979323846;
    CHECK_NEAR(pi / 4 * links[0].diameter_m * links[0].diameter_m, pi / 4 * 2, 1e-9);
    CHECK(links[1].section == LF_SECTION_RECT_OPEN);
    CHECK_NEAR(links[1].diameter_m * links[1].width_m, 1.5, 1e-12);
    CHECK_NEAR(links[2].diameter_m * links[2].diameter_m, 0.5, 1e-9);
    CHECK_NEAR(links[3].diameter_m, 1, 1e-12);
    CHECK_NEAR(links[3].width_m, 4, 1e-12);
    CHECK_NEAR(links[4].diameter_m, 1.0, 1e-12);
    CHECK(lf_issues_count(out.issues, LF_WARNING) >= 5);
    done(&out);
}

static void test_inlets(void) {
    outcome out = import(
        "[OPTIONS]\nFLOW_UNITS CMS\n[JUNCTIONS]\nA 3 2\n[OUTFALLS]\nO 1 FREE\n[CONDUITS]\n"
        "C A O 10 0.01 0 0\n[XSECTIONS]\nC CIRCULAR 0.3\n[INLETS]\nG GRATE 0.6 0.4 P_BAR-50\n"
        "G CURB 1.0 0.1 HORIZONTAL\n[INLET_USAGE]\nC G A 2 25 0\n[COORDINATES]\n"
        "A 528600 3386200\nO 528660 3386200\n");
    CHECK(out.code == LF_OK);
    const lf_drain_node *node = lf_spec_at_const(out.spec, LF_DRAIN_NODES, 0);
    CHECK(node->kind == LF_NODE_GULLY);
    CHECK_NEAR(node->inlet_length_m, 2.8, 1e-12);
    CHECK_NEAR(node->clogged_ratio, 0.25, 1e-12);
    done(&out);
}

static void test_every_mistake_is_named(void) {
    outcome out = import(
        "[OPTIONS]\nFLOW_UNITS CMS\n[JUNCTIONS]\nA 3 2\nA 3 2\nB x 2\nC 3 -1\n[OUTFALLS]\n"
        "O 1 FREE\n[CONDUITS]\nP1 A Z 10 0.01 0 0\nP2 A A 10 0.01 0 0\nP3 A O 10\nP4 A B 10 0 0 0\n"
        "P5 O A 10 0.01 0 0\n[XSECTIONS]\nP1 CIRCULAR 0.3\nP5 CIRCULAR 0.3\nP9 CIRCULAR 0.3\n"
        "P4 ROUND 0.3\n[COORDINATES]\nA 528600 3386200\nB 528630 3386200\nO 528660 3386200\n"
        "[NONSENSE]\n1 2 3\n[CONTROLS]\nRULE R1\n[TAGS]\nNode A gully:wide\n");
    CHECK(out.code != LF_OK);
    CHECK(out.error.origin == LF_FROM_INPUT);
    CHECK(lf_error_exit_code(&out.error) == 3);
    CHECK(issues_at(&out, LF_DUPLICATE, 5) == 1);
    CHECK(issues_at(&out, LF_TYPE, 6) == 1);
    CHECK(issues_at(&out, LF_RANGE, 7) == 1);
    CHECK(issues_at(&out, LF_REFERENCE, 11) == 1);
    CHECK(issues_at(&out, LF_TOPOLOGY, 12) == 1);
    CHECK(issues_at(&out, LF_SYNTAX, 13) == 1);
    CHECK(issues_at(&out, LF_RANGE, 14) == 1);
    CHECK(issues_at(&out, LF_RANGE, 15) == 1);     // adverse slope: a warning
    CHECK(issues_at(&out, LF_REFERENCE, 19) == 1); // section of an unknown link
    CHECK(issues_at(&out, LF_UNKNOWN_KEY, 20) == 1);
    CHECK(issues_at(&out, LF_GEOMETRY, 7) == 1); // C has no coordinates
    CHECK(issues_at(&out, LF_UNKNOWN_KEY, 25) == 1);
    CHECK(issues_at(&out, LF_OK, 27) == 1);
    CHECK(issues_at(&out, LF_RANGE, 30) == 1);
    done(&out);
}

static void test_crs(void) {
    outcome out = import_bytes(small, strlen(small), NULL);
    CHECK(out.code == LF_CRS);
    CHECK(strstr(out.error.message, "crs:") != NULL);
    done(&out);
    out = import_bytes(small, strlen(small), "EPSG:999999");
    CHECK(out.code == LF_CRS);
    done(&out);
}

static void test_encodings(void) {
    // CRLF, byte order mark, and a GBK name: 井1 = BE AE 31.
    outcome out = import(
        "\xef\xbb\xbf[OPTIONS]\r\nFLOW_UNITS CMS\r\n[OUTFALLS]\r\nO 1 FREE\r\n[JUNCTIONS]\r\n"
        "J 2 1\r\n[CONDUITS]\r\nC J O 9 0.01 0 0\r\n[XSECTIONS]\r\nC CIRCULAR 0.3\r\n"
        "[COORDINATES]\r\nO 528600 3386200\r\nJ 528610 3386200\r\n");
    CHECK(out.code == LF_OK);
    CHECK(lf_spec_count(out.spec, LF_DRAIN_LINKS) == 1);
    done(&out);
    out = import("[OUTFALLS]\n\xbe\xae\x31 1 FREE\n[COORDINATES]\n\xbe\xae\x31 528600 3386200\n");
    CHECK(out.code == LF_OK);
    const lf_drain_node *node = lf_spec_at_const(out.spec, LF_DRAIN_NODES, 0);
    CHECK_TEXT(node->row.name, "井1");
    done(&out);
    static const char zeros[] = "[TITLE]\0[OPTIONS]\n";
    out = import_bytes(zeros, sizeof zeros - 1, "EPSG:4547");
    CHECK(out.code == LF_FORMAT);
    done(&out);
    out = import("[TITLE]\nnothing\n");
    CHECK(out.code == LF_EMPTY);
    done(&out);
    // Cut in the middle of a word.
    out = import("[JUNCTIONS]\nJ1 10 2\n[COORDINATES]\nJ1 5286");
    CHECK(out.code == LF_SYNTAX);
    done(&out);
}

// 30,000 junctions and conduits make more than 120,000 lines.
static void test_large(void) {
    const int count = 30000;
    char *text = malloc((size_t)count * 160 + 400), *end = text;
    end += sprintf(end, "[OPTIONS]\nFLOW_UNITS CMS\n[OUTFALLS]\nN0 0 FREE\n[JUNCTIONS]\n");
    for (int i = 1; i <= count; i++)
        end += sprintf(end, "N%d %.3f 2\n", i, 0.01 * i);
    end += sprintf(end, "[CONDUITS]\n");
    for (int i = 1; i <= count; i++)
        end += sprintf(end, "C%d N%d N%d 5 0.013 0 0\n", i, i, i - 1);
    end += sprintf(end, "[XSECTIONS]\n");
    for (int i = 1; i <= count; i++)
        end += sprintf(end, "C%d CIRCULAR 0.5\n", i);
    end += sprintf(end, "[COORDINATES]\n");
    for (int i = 0; i <= count; i++)
        end += sprintf(end, "N%d %d %d\n", i, 528600 + i % 200 * 5, 3386200 + i / 200 * 5);
    clock_t start = clock();
    outcome out = import_bytes(text, (size_t)(end - text), "EPSG:4547");
    double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
    printf("%d lines in %.2f s\n", 4 * count, seconds);
    CHECK(out.code == LF_OK);
    CHECK(lf_spec_count(out.spec, LF_DRAIN_LINKS) == count);
    free(text);
    done(&out);
}

int main(void) {
    test_small();
    test_us_units_and_elevation_offsets();
    test_replaced_sections();
    test_inlets();
    test_every_mistake_is_named();
    test_crs();
    test_encodings();
    test_large();
    return lf_check_end();
}
