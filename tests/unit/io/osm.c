// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// OSM extracts of a few lines each: tags as people write them, multipolygons, the road graph, the
// clip window, and damaged files.
#include "fixture.h"

#include "io/osm/data.h"

#define HEAD "<?xml version='1.0'?>\n<osm version='0.6'>\n"

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

static const char town[] =
    HEAD "<node id='1' lat='48.8560' lon='2.3500'/>\n"
         "<node id='2' lat='48.8560' lon='2.3510'/>\n"
         "<node id='3' lat='48.8560' lon='2.3520'/>\n"
         "<node id='4' lat='48.8570' lon='2.3510'/>\n"
         "<node id='5' lat='48.8550' lon='2.3510'/>\n"
         "<node id='6' lat='48.8565' lon='2.3510'><tag k='barrier' v='lift_gate'/>"
         "<tag k='name' v='Nord'/></node>\n"
         // a street, a lane across it with a gate, the wrong way round, and a flight of steps
         "<way id='100'><nd ref='1'/><nd ref='2'/><nd ref='3'/>"
         "<tag k='highway' v='residential'/><tag k='name' v='Rue A'/>"
         "<tag k='maxspeed' v='30'/><tag k='width' v='5,5'/></way>\n"
         "<way id='101'><nd ref='4'/><nd ref='6'/><nd ref='2'/><nd ref='5'/>"
         "<tag k='highway' v='service'/><tag k='oneway' v='-1'/></way>\n"
         "<way id='102'><nd ref='4'/><nd ref='3'/><tag k='highway' v='steps'/></way>\n"
         "<way id='103'><nd ref='5'/><nd ref='77'/><nd ref='1'/>"
         "<tag k='highway' v='service'/><tag k='access' v='no'/></way>\n"
         // a block with a court, its outline in two halves, and houses
         "<node id='11' lat='48.8571' lon='2.3500'/>\n"
         "<node id='12' lat='48.8571' lon='2.3506'/>\n"
         "<node id='13' lat='48.8575' lon='2.3506'/>\n"
         "<node id='14' lat='48.8575' lon='2.3500'/>\n"
         "<node id='15' lat='48.8572' lon='2.3502'/>\n"
         "<node id='16' lat='48.8572' lon='2.3504'/>\n"
         "<node id='17' lat='48.8574' lon='2.3504'/>\n"
         "<node id='18' lat='48.8574' lon='2.3502'/>\n"
         "<way id='200'><nd ref='11'/><nd ref='12'/><nd ref='13'/></way>\n"
         "<way id='201'><nd ref='11'/><nd ref='14'/><nd ref='13'/></way>\n"
         "<way id='202'><nd ref='15'/><nd ref='16'/><nd ref='17'/><nd ref='18'/>"
         "<nd ref='15'/></way>\n"
         "<relation id='300'><member type='way' ref='200' role='outer'/>"
         "<member type='way' ref='201' role='outer'/>"
         "<member type='way' ref='202' role='inner'/><tag k='type' v='multipolygon'/>"
         "<tag k='building' v='apartments'/><tag k='building:levels' v='5;6'/>"
         "<tag k='name' v='Le Bloc'/></relation>\n"
         "<node id='21' lat='48.8580' lon='2.3500'/>\n"
         "<node id='22' lat='48.8580' lon='2.3503'/>\n"
         "<node id='23' lat='48.8582' lon='2.3503'/>\n"
         "<node id='24' lat='48.8582' lon='2.3500'/>\n"
         "<way id='210'><nd ref='21'/><nd ref='22'/><nd ref='23'/><nd ref='24'/>"
         "<nd ref='21'/><tag k='building' v='house'/><tag k='height' v='40 ft'/></way>\n"
         "<way id='211'><nd ref='21'/><nd ref='23'/><nd ref='22'/><nd ref='24'/>"
         "<nd ref='21'/><tag k='building' v='yes'/></way>\n"
         "<way id='212'><nd ref='21'/><nd ref='22'/><nd ref='23'/><nd ref='24'/>"
         "<tag k='building' v='yes'/></way>\n"
         "<way id='213'><nd ref='21'/><nd ref='22'/><nd ref='99'/><nd ref='24'/>"
         "<nd ref='21'/><tag k='building' v='yes'/></way>\n"
         "<way id='220'><nd ref='11'/><nd ref='12'/><nd ref='22'/><nd ref='21'/>"
         "<nd ref='11'/><tag k='amenity' v='parking'/></way>\n"
         "</osm>\n";

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
    write_text("swap.osm", HEAD "<node id='1' lat='116.3' lon='40.0'/></osm>");
    expect_error("swap.osm", NULL, LF_RANGE, "swapped");
    write_text("id.osm", HEAD "<node id='x' lat='1' lon='1'/></osm>");
    expect_error("id.osm", NULL, LF_FORMAT, "id");
    write_text("bomb.osm", "<?xml version='1.0'?><!DOCTYPE osm [<!ENTITY a 'aaaa'>]>"
                           "<osm version='0.6'><node id='1' lat='1' lon='1'/></osm>");
    expect_error("bomb.osm", NULL, LF_FORMAT, "entity");
    write_text("bare.osm", HEAD
               "<node id='1' lat='40.0' lon='116.3'/><node id='2' lat='40.1' lon='116.3'/></osm>");
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
