// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// OSM extracts of a few lines each: tags as people write them, multipolygons, the road graph, the
// clip window, and damaged files.
#include "fixture.h"

#include "io/osm/data.h"

#define HEAD "<?xml version='1.0'?>\n<osm version='0.6'>\n"
#define NODE(id, lat, lon) "<node id='" #id "' lat='" #lat "' lon='" #lon "'/>\n"
#define TAG(k, v) "<tag k='" k "' v='" v "'/>"
#define ND(id) "<nd ref='" #id "'/>"

static void check_tags(void) {
    static const struct {
        const char *text;
        double metres; // NAN = refused
    } lengths[] = {{"12", 12},        {"12 m", 12},        {"12.5m", 12.5}, {"12,5", 12.5},
                   {"40 ft", 12.192}, {"5'6\"", 1.6764},   {"12;14", 14},   {"~9", 9},
                   {"350 cm", 3.5},   {"two floors", NAN}, {"", NAN},       {"12 parsec", NAN},
                   {"12 metres", 12}};
    for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
        double value = NAN;
        bool good = lf_io_osm_metres(lengths[i].text, &value);
        CHECK_NEAR(good ? value : NAN, lengths[i].metres, 1e-9);
    }
    double value;
    CHECK(lf_io_osm_number("5;6", &value) && value == 6);
    CHECK(lf_io_osm_number("5.5", &value) && value == 5.5);
    CHECK(!lf_io_osm_number("ground", &value));
    CHECK(lf_io_osm_speed("30 mph", &value) && fabs(value - 13.4112) < 1e-9);
    CHECK(lf_io_osm_speed("36", &value) && value == 10);
    CHECK(lf_io_osm_speed("walk", &value) && !lf_io_osm_speed("none", &value));
}

static const char town[] = HEAD NODE(1, 48.8560, 2.3500) NODE(2, 48.8560, 2.3510)
    NODE(3, 48.8560, 2.3520) NODE(4, 48.8570, 2.3510) NODE(
        5, 48.8550, 2.3510) "<node id='6' lat='48.8565' lon='2.3510'>" TAG("barrier", "lift_gate")
        TAG("name",
            "Nord") "</node>\n"
                    // a street, a lane across it with a gate, the wrong way round, and a flight of
                    // steps
                    "<way id='100'>" ND(1) ND(2) ND(3) TAG("highway", "residential")
                        TAG("name", "Rue A") TAG("maxspeed", "30") TAG(
                            "width",
                            "5,5") "</way>\n"
                                   "<way id='101'>" ND(4) ND(
                                       6) ND(2) ND(5)
                                       TAG("highway", "service") TAG(
                                           "oneway",
                                           "-1") "</way>\n"
                                                 "<way id='102'>" ND(4)
                                                     ND(3) TAG(
                                                         "highway",
                                                         "steps") "</way>\n"
                                                                  "<way id='103'>" ND(5) ND(77) ND(
                                                                      1) TAG("highway", "service")
                                                                      TAG("access", "no") "</way>\n"
    // a block with a court in two halves, and houses
    NODE(11, 48.8571, 2.3500) NODE(12, 48.8571, 2.3506) NODE(13, 48.8575, 2.3506)
        NODE(14, 48.8575, 2.3500) NODE(15, 48.8572, 2.3502) NODE(16, 48.8572, 2.3504) NODE(
            17, 48.8574, 2.3504) NODE(18, 48.8574, 2.3502) "<way id='200'>" ND(11) ND(12)
            ND(13) "</way>\n"
                   "<way id='201'>" ND(11) ND(14)
                       ND(13) "</way>\n"
                              "<way id='202'>" ND(15) ND(
                                  16) ND(17) ND(18)
                                  ND(15) "</way>\n"
                                         "<relation id='300'><member type='way' ref='200' "
                                         "role='outer'/>"
                                         "<member type='way' ref='201' role='outer'/><member "
                                         "type='way' ref='202' role='inner'/>" TAG(
                                             "type",
                                             "multipoly"
                                             "gon") TAG("building",
                                                        "apartments") TAG("building:levels", "5;6")
                                             TAG("name", "Le Bloc") "</relation>\n" NODE(
                                                 21,
                                                 48.8580,
                                                 2.3500) NODE(22, 48.8580, 2.3503)
                                                 NODE(23, 48.8582, 2.3503) NODE(
                                                     24,
                                                     48.8582,
                                                     2.3500) "<way id='210'>" ND(21) ND(22) ND(23)
                                                     ND(24) ND(21) TAG("building", "house") TAG(
                                                         "height",
                                                         "40 ft") "</way>\n"
                                                                  "<way id='211'>" ND(21) ND(23) ND(
                                                                      22) ND(24) ND(21)
                                                                      TAG("building",
                                                                          "yes") "</way>\n"
                                                                                 "<way "
                                                                                 "id='212'"
                                                                                 ">" ND(21) ND(22) ND(23) ND(24) TAG(
                                                                                     "bui"
                                                                                     "ldi"
                                                                                     "ng",
                                                                                     "ye"
                                                                                     "s") "</"
                                                                                          "way>\n"
                                                                                          "<way "
                                                                                          "id='"
                                                                                          "213'"
                                                                                          ">" ND(21) ND(
                                                                                              22) ND(99)
                                                                                              ND(24) ND(21) TAG(
                                                                                                  "building",
                                                                                                  "yes") "</way>\n"
                                                                                                         "<way id='220'>" ND(
                                                                                                             11) ND(12)
                                                                                                             ND(22) ND(
                                                                                                                 21)
                                                                                                                 ND(11) TAG(
                                                                                                                     "amenity",
                                                                                                                     "parking") "</way>\n</osm>\n";

static void check_town(void) {
    write_text("town.osm", town);
    fixture f = import_file("town.osm", NULL);
    print_issues(&f);
    CHECK(f.code == LF_OK);
    CHECK_TEXT(lf_spec_frame(f.spec)->crs, "EPSG:32631");
    int roads, buildings;
    const lf_road *r = lf_spec_rows_const(f.spec, LF_ROADS, &roads);
    printf("roads %d, nodes %d\n", roads, lf_spec_count(f.spec, LF_ROAD_NODES));
    CHECK(roads == 6); // 100 in two, 101 in three (crossing and gate), 102; 103 lost its middle
    CHECK(lf_spec_count(f.spec, LF_ROAD_NODES) == 6);
    CHECK(r[0].width_m == 5.5 && fabs(r[0].speed_m_s - 30 / 3.6) < 1e-12 && r[0].row.assumed == 0);
    CHECK_TEXT(r[0].row.name, "Rue A");
    CHECK_TEXT(r[0].row.source, "town.osm way/100");
    CHECK(r[0].to == r[1].from);
    CHECK(r[2].oneway == LF_BACKWARD && (r[2].row.assumed & 2u));
    CHECK(r[5].kind == LF_ROAD_STEPS && !r[5].drivable);
    const lf_gate *gate = lf_spec_at_const(f.spec, LF_GATES, 0);
    CHECK(lf_spec_count(f.spec, LF_GATES) == 1 && gate->node == r[2].to);
    const lf_building *b = lf_spec_rows_const(f.spec, LF_BUILDINGS, &buildings);
    CHECK(buildings == 3);
    CHECK(b[0].row.shape.part_count == 2 && b[0].storeys == 6);
    CHECK_TEXT(b[0].row.name, "Le Bloc");
    // 0.0006 deg of longitude at 48.857 N are 44.03 m, 0.0004 of latitude 44.48 m; the court half.
    CHECK_NEAR(lf_shape_area_m2(&b[0].row.shape), 44.03 * 44.48 * 0.8333, 8);
    CHECK_NEAR(b[1].height_m, 12.192, 1e-9);
    CHECK(b[1].storeys == 4 && (b[1].row.assumed & 2u)); // from the height
    CHECK(b[2].row.assumed & 1u);
    CHECK(lf_spec_count(f.spec, LF_PARKING) == 1);
    CHECK(((const lf_parking *)lf_spec_at_const(f.spec, LF_PARKING, 0))->capacity > 10);
    const lf_issue *crossing = find_issue(&f, "crosses itself");
    CHECK(crossing && strcmp(crossing->feature, "way/211") == 0);
    const lf_issue *open = find_issue(&f, "not closed");
    CHECK(open && strcmp(open->feature, "way/212") == 0 && open->line > 0);
    CHECK(find_issue(&f, "beyond the extract") && find_issue(&f, "roads have nodes"));
    lf_twin *twin = NULL;
    CHECK(lf_twin_compile(f.spec, &twin, NULL, &f.error) == LF_OK);
    CHECK(twin && lf_twin_roads(twin)->component_count == 1);
    lf_twin_destroy(twin);
    end_fixture(&f);
}

static void check_clip(void) {
    lf_import_def def = lf_default_import_def();
    const double window[4] = {2.3505, 48.8555, 2.3515, 48.8568};
    def.path = "town.osm";
    def.clip = true;
    memcpy(def.clip_wsen, window, sizeof window);
    fixture f = import_def(&def);
    CHECK(f.code == LF_OK);
    int count;
    const lf_road *r = lf_spec_rows_const(f.spec, LF_ROADS, &count);
    double length = 0;
    for (int i = 0; i < count; i++) {
        length += lf_shape_length_m(&r[i].row.shape);
        CHECK(r[i].from && r[i].to);
    }
    // 0.001 deg of longitude are 73.4 m, 0.0013 of latitude 144.6 m; of the steps, 0.3 of
    // hypot(73.4, 111.2) m lie inside.
    printf("clipped: %d roads of %.2f m\n", count, length);
    CHECK_NEAR(length, 73.4 + 144.6 + 40.0, 0.5);
    CHECK(count == 6 && lf_spec_count(f.spec, LF_BUILDINGS) == 0);
    end_fixture(&f);
    const double sea[4] = {3, 48, 3.1, 48.1}, wrong[4] = {48, 2, 49, 1};
    memcpy(def.clip_wsen, sea, sizeof sea);
    f = import_def(&def);
    CHECK(f.code == LF_EMPTY);
    end_fixture(&f);
    memcpy(def.clip_wsen, wrong, sizeof wrong);
    f = import_def(&def);
    CHECK(f.code == LF_RANGE && lf_error_exit_code(&f.error) == 2);
    end_fixture(&f);
}

static void check_bad(void) {
    char cut[sizeof town];
    for (size_t length = sizeof town - 10; length > 60; length -= 97) { // cut anywhere
        memcpy(cut, town, length);
        cut[length] = '\0';
        write_text("cut.osm", cut);
        fixture f = import_file("cut.osm", NULL);
        CHECK(f.code == LF_FORMAT && f.error.line > 0);
        end_fixture(&f);
    }
    expect_error("cut.osm", NULL, LF_FORMAT, "cut off");
    write_text("page.osm", "<html><body>504 Gateway Timeout</body></html>");
    expect_error("page.osm", NULL, LF_FORMAT, "root element is <html>");
    write_text("change.osm", "<osmChange version='0.6'></osmChange>");
    expect_error("change.osm", NULL, LF_FORMAT, "change file");
    write_text("hollow.osm", HEAD "</osm>");
    expect_error("hollow.osm", NULL, LF_EMPTY, "no nodes");
    write_text("swap.osm", HEAD NODE(1, 116.3, 40.0) "</osm>");
    expect_error("swap.osm", NULL, LF_RANGE, "swapped");
    write_text("id.osm", HEAD "<node id='x' lat='1' lon='1'/></osm>");
    expect_error("id.osm", NULL, LF_FORMAT, "id");
    write_text("bomb.osm", "<?xml version='1.0'?><!DOCTYPE osm [<!ENTITY a 'aaaa'>]>"
                           "<osm version='0.6'><node id='1' lat='1' lon='1'/></osm>");
    expect_error("bomb.osm", NULL, LF_FORMAT, "entity");
    write_text("bare.osm", HEAD NODE(1, 40.0, 116.3) NODE(2, 40.1, 116.3) "</osm>");
    expect_error("bare.osm", NULL, LF_EMPTY, "nothing of the extract");
    expect_error("no_such.osm", NULL, LF_NOT_FOUND, "no such file");
}

// The estate's own CRS, and one that cannot hold it.
static void check_crs(void) {
    lf_import_def def = lf_default_import_def();
    def.path = "town.osm";
    def.estate_crs = "EPSG:2154";
    fixture f = import_def(&def);
    CHECK(f.code == LF_OK);
    CHECK_TEXT(lf_spec_frame(f.spec)->crs, "EPSG:2154");
    end_fixture(&f);
    static const char *const wrong[] = {"EPSG:4326", "EPSG:123456", "EPSG:2263", "nonsense"};
    for (int i = 0; i < 4; i++) {
        def.estate_crs = wrong[i];
        f = import_def(&def);
        printf("%s -> %s\n", wrong[i], f.error.message);
        CHECK(f.code == LF_CRS);
        end_fixture(&f);
    }
}

int main(void) {
    check_tags();
    check_town();
    check_clip();
    check_bad();
    check_crs();
    return lf_check_end();
}
