// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The binary form of OSM: a file encoded here by the format's own description gives the same twin
// as its XML twin, and no damaged byte does harm.
#include "fixture.h"

#include "base/random.h"

typedef struct bytes {
    unsigned char data[4000];
    size_t count;
} bytes;

static void put_varint(bytes *to, uint64_t value) {
    for (; value >= 0x80; value >>= 7)
        to->data[to->count++] = (unsigned char)(value | 0x80);
    to->data[to->count++] = (unsigned char)value;
}

static void put_signed(bytes *to, int64_t value) {
    put_varint(to, ((uint64_t)value << 1) ^ (uint64_t)(value >> 63));
}

static void put_bytes(bytes *to, int field, const void *data, size_t count) {
    put_varint(to, (uint64_t)field << 3 | 2);
    put_varint(to, count);
    memcpy(to->data + to->count, data, count);
    to->count += count;
}

static void put_number(bytes *to, int field, uint64_t value) {
    put_varint(to, (uint64_t)field << 3);
    put_varint(to, value);
}

// Length, header, and a raw (not deflated) blob.
static void put_blob(bytes *to, const char *type, const bytes *payload) {
    bytes blob = {.count = 0}, head = {.count = 0};
    put_bytes(&blob, 1, payload->data, payload->count);
    put_bytes(&head, 1, type, strlen(type));
    put_number(&head, 3, blob.count);
    const unsigned char length[4] = {0, 0, (unsigned char)(head.count >> 8),
                                     (unsigned char)head.count};
    memcpy(to->data + to->count, length, 4);
    memcpy(to->data + to->count + 4, head.data, head.count);
    memcpy(to->data + to->count + 4 + head.count, blob.data, blob.count);
    to->count += 4 + head.count + blob.count;
}

static const int64_t places[][2] = { // 1e-7 degrees: latitude, longitude
    {400000000, 1163500000},
    {400000000, 1163512345},
    {400011111, 1163512345},
    {400011111, 1163500000}};

static bytes strings(void) {
    static const char *const words[] = {"",        "highway", "residential", "building",
                                        "natural", "tree",    "name",        "甲"};
    bytes table = {.count = 0};
    for (int i = 0; i < 8; i++)
        put_bytes(&table, 1, words[i], strlen(words[i]));
    return table;
}

// Four dense nodes, the third a tree with a name.
static bytes dense_nodes(void) {
    bytes ids = {.count = 0}, lats = {.count = 0}, lons = {.count = 0}, tags = {.count = 0};
    for (int i = 0; i < 4; i++) {
        put_signed(&ids, 1);
        put_signed(&lats, places[i][0] - (i ? places[i - 1][0] : 0));
        put_signed(&lons, places[i][1] - (i ? places[i - 1][1] : 0));
        for (int k = 4; i == 2 && k < 8; k++)
            put_varint(&tags, (uint64_t)k);
        put_varint(&tags, 0);
    }
    bytes dense = {.count = 0};
    put_bytes(&dense, 1, ids.data, ids.count);
    put_bytes(&dense, 8, lats.data, lats.count);
    put_bytes(&dense, 9, lons.data, lons.count);
    put_bytes(&dense, 10, tags.data, tags.count);
    return dense;
}

static bytes way(int id, int key, int value, const int *refs, int count) {
    bytes way_bytes = {.count = 0}, list = {.count = 0};
    const unsigned char k = (unsigned char)key, v = (unsigned char)value;
    for (int i = 0; i < count; i++)
        put_signed(&list, refs[i] - (i ? refs[i - 1] : 0));
    put_number(&way_bytes, 1, (uint64_t)id);
    put_bytes(&way_bytes, 2, &k, 1);
    put_bytes(&way_bytes, 3, &v, 1);
    put_bytes(&way_bytes, 8, list.data, list.count);
    return way_bytes;
}

static bytes whole_file(void) {
    static const int street[] = {1, 2, 3}, house[] = {1, 2, 3, 4, 1};
    bytes file = {.count = 0}, header = {.count = 0}, block = {.count = 0};
    bytes nodes = {.count = 0}, ways = {.count = 0};
    put_bytes(&header, 4, "OsmSchema-V0.6", 14);
    put_bytes(&header, 4, "DenseNodes", 10);
    bytes part = dense_nodes();
    put_bytes(&nodes, 2, part.data, part.count);
    part = way(10, 1, 2, street, 3);
    put_bytes(&ways, 3, part.data, part.count);
    part = way(11, 3, 2, house, 5);
    put_bytes(&ways, 3, part.data, part.count);
    part = strings();
    put_bytes(&block, 1, part.data, part.count);
    put_bytes(&block, 2, nodes.data, nodes.count);
    put_bytes(&block, 2, ways.data, ways.count);
    put_blob(&file, "OSMHeader", &header);
    put_blob(&file, "OSMData", &block);
    return file;
}

static const char xml[] =
    "<osm version='0.6'><node id='1' lat='40.0000000' lon='116.3500000'/>"
    "<node id='2' lat='40.0000000' lon='116.3512345'/><node id='3' lat='40.0011111' "
    "lon='116.3512345'><tag k='natural' v='tree'/><tag k='name' v='甲'/></node>"
    "<node id='4' lat='40.0011111' lon='116.3500000'/>"
    "<way id='10'><nd ref='1'/><nd ref='2'/><nd ref='3'/><tag k='highway' v='residential'/></way>"
    "<way id='11'><nd ref='1'/><nd ref='2'/><nd ref='3'/><nd ref='4'/><nd ref='1'/>"
    "<tag k='building' v='residential'/></way></osm>";

static uint64_t hash_of_file(const char *path, lf_code *code) {
    uint64_t hash = 0;
    lf_twin *twin = NULL;
    lf_import_def def = lf_default_import_def();
    def.path = path;
    def.label = "x";
    fixture f = import_def(&def);
    *code = f.code;
    if (f.code == LF_OK && lf_twin_compile(f.spec, &twin, NULL, NULL) == LF_OK)
        hash = lf_twin_hash(twin);
    lf_twin_destroy(twin);
    end_fixture(&f);
    return hash;
}

int main(void) {
    bytes file = whole_file();
    lf_code code;
    write_text("same.osm", xml);
    CHECK(lf_file_write("same.osm.pbf", file.data, file.count, NULL) == LF_OK);
    uint64_t expected = hash_of_file("same.osm", &code);
    CHECK(code == LF_OK && expected != 0);
    CHECK(hash_of_file("same.osm.pbf", &code) == expected && code == LF_OK);
    int refused = 0;
    for (size_t length = 60; length < file.count; length += 7) {
        lf_file_write("bad.osm.pbf", file.data, length, NULL);
        hash_of_file("bad.osm.pbf", &code);
        CHECK(code == LF_FORMAT || code == LF_EMPTY);
    }
    for (uint64_t i = 0; i < 300; i++) {
        bytes bad = file;
        for (uint64_t k = 0; k < 3; k++)
            bad.data[lf_random_below(1, i, 2 * k, (uint32_t)file.count)] =
                (unsigned char)lf_random_below(1, i, 2 * k + 1, 256);
        lf_file_write("bad.osm.pbf", bad.data, bad.count, NULL);
        hash_of_file("bad.osm.pbf", &code);
        refused += code != LF_OK;
    }
    printf("%zu bytes; %d of 300 damaged files were refused\n", file.count, refused);
    CHECK(refused > 150);
    return lf_check_end();
}
