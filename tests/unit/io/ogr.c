// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// GIS files: layers and columns by their names, road networks noded by place, pipes joined to
// manholes, and every way a file can be wrong.
#include "fixture.h"

// A collection of features, written with ' for ". Around 116.35 E, 40 N 0.00001 degrees are 0.85 m
// by 1.11 m.
static void write_collection(const char *path, const char *name, const char *features) {
    char text[8000];
    snprintf(text, sizeof text, "{'type':'FeatureCollection','name':'%s','features':[%s]}", name,
             features);
    for (char *at = text; *at; at++)
        if (*at == '\'')
            *at = '"';
    write_text(path, text);
}

static void check_buildings(void) {
    write_collection("b.geojson", "JZ_建筑",
                     "{'type':'Feature','properties':{'层数':6,'名称':'3号楼','用途':'住宅',"
                     "'户数':'72户'},'geometry':{'type':'Polygon','coordinates':[[[116.35,40],"
                     "[116.3506,40],[116.3506,40.0001],[116.35,40.0001],[116.35,40]]]}},"
                     "{'type':'Feature','properties':{'floors':'5','height':'18.5 m','kind':"
                     "'castle'},'geometry':{'type':'Polygon','coordinates':[[[116.351,40],"
                     "[116.3516,40],[116.351,40.0001],[116.3516,40.0001],[116.351,40]]]}},"
                     "{'type':'Feature','properties':{},'geometry':null},"
                     "{'type':'Feature','properties':{},'geometry':{'type':'Point','coordinates':"
                     "[116.35,40]}},"
                     "{'type':'Feature','properties':{'建成年代':1985},'geometry':{'type':"
                     "'MultiPolygon','coordinates':[[[[116.352,40],[116.3526,40],"
                     "[116.3526,40.0001],[116.352,40.0001],[116.352,40]]],[[[116.353,40],"
                     "[116.3536,40],[116.3536,40.0001],[116.353,40.0001],[116.353,40]]]]}}");
    fixture f = import_file("b.geojson", NULL);
    print_issues(&f);
    if (f.code != LF_OK)
        printf("%s\n", f.error.message);
    CHECK(f.code == LF_OK);
    CHECK_TEXT(lf_spec_frame(f.spec)->crs, "EPSG:4548");
    int count;
    const lf_building *b = lf_spec_rows_const(f.spec, LF_BUILDINGS, &count);
    CHECK(count == 3);
    CHECK_TEXT(b[0].row.name, "3号楼");
    CHECK(b[0].storeys == 6 && b[0].kind == LF_USE_RESIDENTIAL && b[0].households == 72);
    CHECK(b[0].row.assumed == 1u << 2); // only the height
    CHECK_NEAR(b[0].height_m, 6 * 2.9, 1e-9);
    // WGS 84: 0.0006 degrees of longitude at 40 N are 51.23 m, 0.0001 of latitude 11.10 m.
    CHECK_NEAR(lf_shape_area_m2(&b[0].row.shape), 51.23 * 11.10, 1.0);
    CHECK(b[1].storeys == 5);
    CHECK_NEAR(b[1].height_m, 18.5, 0);
    CHECK(b[1].row.assumed & 1u); // "castle" is no use
    CHECK(b[2].year_built == 1985 && b[2].row.shape.part_count == 2);
    const lf_issue *crossing = find_issue(&f, "crosses itself");
    CHECK(crossing && strstr(crossing->feature, "JZ_建筑/1"));
    CHECK(find_issue(&f, "no geometry") && find_issue(&f, "another kind"));
    CHECK(find_issue(&f, "castle"));
    end_fixture(&f);
}

static void check_roads(void) {
    // A cross drawn as two lines with a common vertex, and a lane that ends 0.1 m short of the
    // middle of another.
    write_collection("roads.geojson", "roads",
                     "{'type':'Feature','properties':{'kind':'小区路','width':5,'name':'a'},"
                     "'geometry':{'type':'LineString','coordinates':[[116.35,40],[116.351,40],"
                     "[116.352,40]]}},"
                     "{'type':'Feature','properties':{'highway':'footway'},'geometry':{'type':"
                     "'LineString','coordinates':[[116.351,39.999],[116.351,40],"
                     "[116.351,40.001]]}},"
                     "{'type':'Feature','properties':{'oneway':'yes'},'geometry':{'type':"
                     "'LineString','coordinates':[[116.3505,40.0000009],[116.3505,40.001]]}}");
    fixture f = import_file("roads.geojson", NULL);
    CHECK(f.code == LF_OK);
    int count, nodes = lf_spec_count(f.spec, LF_ROAD_NODES);
    const lf_road *r = lf_spec_rows_const(f.spec, LF_ROADS, &count);
    printf("roads %d, nodes %d\n", count, nodes);
    CHECK(count == 6 && nodes == 7);
    CHECK(r[0].kind == LF_ROAD_RESIDENTIAL && r[0].width_m == 5 && r[0].drivable);
    CHECK(r[5].oneway == LF_FORWARD);
    lf_twin *twin = NULL;
    CHECK(lf_twin_compile(f.spec, &twin, NULL, &f.error) == LF_OK);
    CHECK(twin && lf_twin_roads(twin)->component_count >= 1);
    lf_twin_destroy(twin);
    end_fixture(&f);
}

static void check_pipes(void) {
    write_collection("net.geojson", "net",
                     "{'type':'Feature','properties':{'layer':'雨水井','点号':'Y1','井底高程':48.2,"
                     "'井口高程':49.9},'geometry':{'type':'Point','coordinates':[116.35,40]}},"
                     "{'type':'Feature','properties':{'layer':'雨水管线','管径':'DN300','起点':"
                     "'Y1'},'geometry':{'type':'LineString','coordinates':[[116.35,40],"
                     "[116.3503,40]]}},"
                     "{'type':'Feature','properties':{'layer':'something'},'geometry':{'type':"
                     "'Point','coordinates':[116.35,40]}}");
    fixture f = import_file("net.geojson", NULL);
    print_issues(&f);
    CHECK(f.code == LF_OK);
    CHECK(lf_spec_count(f.spec, LF_DRAIN_NODES) == 2);
    CHECK(lf_spec_count(f.spec, LF_DRAIN_LINKS) == 1);
    const lf_drain_link *link = lf_spec_at_const(f.spec, LF_DRAIN_LINKS, 0);
    CHECK_NEAR(link->diameter_m, 0.3, 1e-12);
    CHECK(link->from == 1 && link->to == 2);
    const lf_drain_node *node = lf_spec_at_const(f.spec, LF_DRAIN_NODES, 0);
    CHECK_NEAR(node->invert_m, 48.2, 1e-12);
    CHECK_NEAR(node->ground_m, 49.9, 1e-12);
    CHECK(find_issue(&f, "no manhole") && find_issue(&f, "no layer that was recognised"));
    end_fixture(&f);
}

static void check_mapping(void) {
    write_collection("m.geojson", "X17",
                     "{'type':'Feature','properties':{'CS':7,'GD':2010},'geometry':{'type':"
                     "'Polygon','coordinates':[[[116.35,40],[116.3506,40],[116.3506,40.0001],"
                     "[116.35,40]]]}}");
    write_text("m.map", "# survey of 2009\nlayer.X17 = buildings\nbuildings.storeys = CS\n"
                        "buildings.height_m: GD * 0.01\n");
    write_text("bad.map", "layer.X17 = buildings\n\nbuildings.storey = CS\n");
    lf_import_def def = lf_default_import_def();
    def.path = "m.geojson";
    def.map = "m.map";
    fixture f = import_def(&def);
    CHECK(f.code == LF_OK);
    const lf_building *b = lf_spec_at_const(f.spec, LF_BUILDINGS, 0);
    CHECK(b->storeys == 7);
    CHECK_NEAR(b->height_m, 20.10, 1e-9);
    end_fixture(&f);
    def.map = "bad.map";
    f = import_def(&def);
    printf("bad.map:%d: %s\n", f.error.line, f.error.message);
    CHECK(f.code == LF_UNKNOWN_KEY && f.error.line == 3 && strstr(f.error.message, "storeys?"));
    end_fixture(&f);
}

// A drawing in local metres, placed and turned.
static void check_local(void) {
    write_text("local.geojson",
               "{\"type\":\"FeatureCollection\",\"name\":\"buildings\",\"crs\":null,"
               "\"features\":[{\"type\":\"Feature\",\"properties\":{},\"geometry\":{"
               "\"type\":\"Polygon\",\"coordinates\":[[[0,0],[10,0],[10,4],[0,4],[0,0]]]}}]}");
    lf_import_def def = lf_default_import_def();
    def.path = "local.geojson";
    def.crs = "EPSG:4548";
    def.has_at = true;
    def.at[0] = 444500;
    def.at[1] = 4430100;
    def.turn_deg = 90;
    fixture f = import_def(&def);
    CHECK(f.code == LF_OK);
    double box[4];
    const lf_building *b = lf_spec_at_const(f.spec, LF_BUILDINGS, 0);
    const lf_frame *frame = lf_spec_frame(f.spec);
    lf_shape_bounds(&b->row.shape, box);
    CHECK_NEAR(box[0] + frame->origin_east_m, 444500, 1e-5);
    CHECK_NEAR(box[2] + frame->origin_east_m, 444504, 1e-5);
    CHECK_NEAR(box[1] + frame->origin_north_m, 4430090, 1e-5);
    CHECK_NEAR(box[3] + frame->origin_north_m, 4430100, 1e-5);
    end_fixture(&f);
}

// A shapefile in GBK that does not say so, as office software writes them. "住宅" in GBK is valid
// UTF-8 by chance, so the decision has to be made for the whole file.
static void check_gbk(void) {
    if (system("ogr2ogr -f 'ESRI Shapefile' -overwrite -lco ENCODING=CP936 -t_srs EPSG:4548 "
               "-where \"OGR_GEOMETRY='POLYGON'\" gbk.shp b.geojson > gbk.txt 2>&1") != 0) {
        printf("ogr2ogr is not installed: GBK is not tested\n");
        return;
    }
    remove("gbk.cpg");
    lf_import_def def = lf_default_import_def();
    def.path = "gbk.shp";
    def.layer_hint = "buildings";
    fixture f = import_def(&def);
    print_issues(&f);
    CHECK(f.code == LF_OK && find_issue(&f, "read as GBK"));
    const lf_building *b = lf_spec_at_const(f.spec, LF_BUILDINGS, 0);
    CHECK_TEXT(b->row.name, "3号楼");
    CHECK(b->storeys == 6 && b->kind == LF_USE_RESIDENTIAL && !(b->row.assumed & 1u));
    end_fixture(&f);
}

static void check_bad(void) {
    expect_error("nowhere.geojson", NULL, LF_NOT_FOUND, "no such file");
    expect_error(".", NULL, LF_INVALID, "folder");
    expect_error("/vsicurl/http://example.org/x.geojson", NULL, LF_INVALID, "virtual");
    expect_error("http://example.org/x.geojson", NULL, LF_INVALID, "URLs");
    write_text("vrt.geojson", "<OGRVRTDataSource><OGRVRTLayer name=\"x\"><SrcDataSource>"
                              "http://127.0.0.1:1/x</SrcDataSource></OGRVRTLayer>"
                              "</OGRVRTDataSource>");
    expect_error("vrt.geojson", NULL, LF_FORMAT, "damaged");
    write_text("cut.geojson", "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\","
                              "\"geometry\":{\"type\":\"Poi");
    expect_error("cut.geojson", NULL, LF_FORMAT, "damaged");
    write_text("empty.geojson", "");
    expect_error("empty.geojson", NULL, LF_EMPTY, "empty");
    write_collection("none.geojson", "buildings", "");
    expect_error("none.geojson", NULL, LF_EMPTY, "nothing was taken");
    write_collection("swap.geojson", "buildings",
                     "{'type':'Feature','properties':{},'geometry':{'type':'Polygon',"
                     "'coordinates':[[[40,116.3],[40,116.31],[40.01,116.3],[40,116.3]]]}}");
    expect_error("swap.geojson", NULL, LF_CRS, "swapped");
    write_collection("metres.geojson", "buildings",
                     "{'type':'Feature','properties':{},'geometry':{'type':'Polygon',"
                     "'coordinates':[[[444500,4430100],[444510,4430100],[444510,4430110],"
                     "[444500,4430100]]]}}");
    expect_error("metres.geojson", NULL, LF_CRS, "no degrees");
    expect_error("metres.geojson", "EPSG:99999", LF_CRS, "EPSG:99999");
    expect_error("metres.geojson", "EPSG:4548", LF_OK, "");
    // Antarctica in a Chinese zone.
    expect_error("metres.geojson", "EPSG:3031", LF_OK, "");
    write_text("drawing.dxf", "  0\nSECTION\n  2\nENTITIES\n  0\nLINE\n  8\nroads\n 10\n0.0\n 20\n"
                              "0.0\n 11\n10.0\n 21\n5.0\n  0\nENDSEC\n  0\nEOF\n");
    expect_error("drawing.dxf", NULL, LF_CRS, "at:");
    expect_error("drawing.dxf", "EPSG:4326", LF_OK, "");
    write_text("noise.bin", "what is this");
    expect_error("noise.bin", NULL, LF_FORMAT, "formats are: osm");
}

int main(void) {
    check_buildings();
    check_roads();
    check_pipes();
    check_mapping();
    check_local();
    check_gbk();
    check_bad();
    return lf_check_end();
}
