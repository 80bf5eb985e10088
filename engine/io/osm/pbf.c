// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// OSM in the binary PBF form (wiki.openstreetmap.org/wiki/PBF_Format): blobs of deflated protocol
// buffers, each a block of nodes, ways or relations with a table of its strings.
#include "io/osm/data.h"

#include <cpl_conv.h>
#include <cpl_vsi.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LARGEST_BLOB (32 << 20) // limit of the format

// Protocol buffer bytes being read. `bad` is set by anything that runs over the end.
typedef struct cursor {
    const unsigned char *at, *end;
    bool bad;
} cursor;

typedef struct block {
    lf_io_osm_data *osm;
    const char **words;
    size_t word_count, word_capacity;
    int64_t granularity, lat_offset, lon_offset;
    bool bad;
} block;

static uint64_t take_varint(cursor *c) {
    uint64_t value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
        if (c->at >= c->end)
            break;
        unsigned char byte = *c->at++;
        value |= (uint64_t)(byte & 0x7f) << shift;
        if (!(byte & 0x80))
            return value;
    }
    c->bad = true;
    c->at = c->end;
    return 0;
}

static int64_t zigzag(uint64_t value) {
    return (int64_t)(value >> 1) ^ -(int64_t)(value & 1);
}

// Deltas wrap as unsigned numbers, so that a damaged file cannot overflow.
static int64_t sum(int64_t a, int64_t b) {
    return (int64_t)((uint64_t)a + (uint64_t)b);
}

static cursor take_bytes(cursor *c) {
    uint64_t length = take_varint(c);
    cursor part = {c->at, c->at, false};
    if (c->bad || length > (uint64_t)(c->end - c->at)) {
        c->bad = true;
        c->at = c->end;
        return part;
    }
    part.end = c->at += length;
    return part;
}

// The next field: its number, with a varint in *value or bytes in *part. 0 at the end.
static int take_field(cursor *c, uint64_t *value, cursor *part) {
    if (c->at >= c->end)
        return 0;
    uint64_t key = take_varint(c);
    *value = 0;
    part->at = part->end = c->at;
    part->bad = false;
    switch (key & 7) {
    case 0:
        *value = take_varint(c);
        break;
    case 2:
        *part = take_bytes(c);
        break;
    case 1:
    case 5: {
        size_t skip = (key & 7) == 1 ? 8 : 4;
        c->bad = c->bad || (size_t)(c->end - c->at) < skip;
        c->at = c->bad ? c->end : c->at + skip;
        break;
    }
    default:
        c->bad = true;
        c->at = c->end;
    }
    return c->bad ? 0 : (int)(key >> 3);
}

static const char *word_at(block *b, uint64_t index) {
    if (index < b->word_count)
        return b->words[index];
    b->bad = true;
    return "";
}

static void take_words(block *b, cursor table) {
    cursor part;
    uint64_t value;
    for (int field; (field = take_field(&table, &value, &part)) != 0;) {
        if (field != 1)
            continue;
        if (!lf_memory_grow(NULL, (void **)&b->words, &b->word_capacity, b->word_count + 1,
                            sizeof *b->words)) {
            b->osm->failed = true;
            return;
        }
        char *text =
            lf_arena_textn(b->osm->arena, (const char *)part.at, (size_t)(part.end - part.at));
        b->osm->failed = b->osm->failed || !text;
        b->words[b->word_count++] = text ? text : "";
    }
    b->bad = b->bad || table.bad;
}

static void take_tags(block *b, lf_io_osm_element *to, cursor keys, cursor values) {
    while (keys.at < keys.end && values.at < values.end) {
        const char *key = word_at(b, take_varint(&keys));
        const char *value = word_at(b, take_varint(&values));
        if (*key)
            lf_io_osm_add_tag(b->osm, to, key, value);
    }
    b->bad = b->bad || keys.bad || values.bad || keys.at != keys.end || values.at != values.end;
}

static void add_node(block *b, int64_t id, int64_t lat, int64_t lon) {
    double y = ((double)b->lat_offset + (double)b->granularity * (double)lat) / 1e9;
    double x = ((double)b->lon_offset + (double)b->granularity * (double)lon) / 1e9;
    if (!(x >= -180 && x <= 180 && y >= -90 && y <= 90))
        b->bad = true;
    else
        lf_io_osm_add_node(b->osm, id, x, y, 0);
}

static void take_node(block *b, cursor node) {
    cursor part, keys = {0}, values = {0};
    uint64_t value;
    int64_t id = 0, lat = 0, lon = 0;
    size_t before = b->osm->node_count;
    for (int field; (field = take_field(&node, &value, &part)) != 0;) {
        if (field == 1)
            id = zigzag(value);
        else if (field == 2)
            keys = part;
        else if (field == 3)
            values = part;
        else if (field == 8)
            lat = zigzag(value);
        else if (field == 9)
            lon = zigzag(value);
    }
    b->bad = b->bad || node.bad;
    add_node(b, id, lat, lon);
    if (b->osm->node_count > before)
        take_tags(b, &b->osm->nodes[before].head, keys, values);
}

// Tags of dense nodes: key, value, key, value, 0 for each node in turn.
static void take_dense_tags(block *b, cursor *tags) {
    while (tags->at < tags->end) {
        uint64_t key = take_varint(tags);
        if (key == 0)
            return;
        uint64_t value = take_varint(tags);
        if (b->osm->node_count)
            lf_io_osm_add_tag(b->osm, &b->osm->nodes[b->osm->node_count - 1].head, word_at(b, key),
                              word_at(b, value));
    }
    b->bad = b->bad || tags->bad;
}

static void take_dense(block *b, cursor dense) {
    cursor part, ids = {0}, lats = {0}, lons = {0}, tags = {0};
    uint64_t value;
    int64_t id = 0, lat = 0, lon = 0;
    for (int field; (field = take_field(&dense, &value, &part)) != 0;) {
        if (field == 1)
            ids = part;
        else if (field == 8)
            lats = part;
        else if (field == 9)
            lons = part;
        else if (field == 10)
            tags = part;
    }
    while (ids.at < ids.end && !b->bad && !b->osm->failed) {
        id = sum(id, zigzag(take_varint(&ids)));
        lat = sum(lat, zigzag(take_varint(&lats)));
        lon = sum(lon, zigzag(take_varint(&lons)));
        add_node(b, id, lat, lon);
        take_dense_tags(b, &tags);
    }
    b->bad = b->bad || dense.bad || ids.bad || lats.bad || lons.bad;
}

static void take_way(block *b, cursor way) {
    cursor part, keys = {0}, values = {0}, refs = {0};
    uint64_t value;
    int64_t id = 0, ref = 0;
    for (int field; (field = take_field(&way, &value, &part)) != 0;) {
        if (field == 1)
            id = (int64_t)value;
        else if (field == 2)
            keys = part;
        else if (field == 3)
            values = part;
        else if (field == 8)
            refs = part;
    }
    lf_io_osm_way *added = lf_io_osm_add_way(b->osm, id, 0);
    while (added && refs.at < refs.end) {
        ref = sum(ref, zigzag(take_varint(&refs)));
        lf_io_osm_add_ref(b->osm, added, ref);
    }
    if (added)
        take_tags(b, &added->head, keys, values);
    b->bad = b->bad || way.bad || refs.bad;
}

static void take_relation(block *b, cursor relation) {
    cursor part, keys = {0}, values = {0}, roles = {0}, members = {0}, types = {0};
    uint64_t value;
    int64_t id = 0, ref = 0;
    for (int field; (field = take_field(&relation, &value, &part)) != 0;) {
        if (field == 1)
            id = (int64_t)value;
        else if (field == 2)
            keys = part;
        else if (field == 3)
            values = part;
        else if (field == 8)
            roles = part;
        else if (field == 9)
            members = part;
        else if (field == 10)
            types = part;
    }
    lf_io_osm_relation *added = lf_io_osm_add_relation(b->osm, id, 0);
    while (added && members.at < members.end) {
        ref = sum(ref, zigzag(take_varint(&members)));
        const char *role = word_at(b, take_varint(&roles));
        lf_io_osm_member member = {ref, take_varint(&types) == 1, lf_io_osm_role_of(role)};
        lf_io_osm_add_member(b->osm, added, member);
    }
    if (added)
        take_tags(b, &added->head, keys, values);
    b->bad = b->bad || relation.bad || members.bad || roles.bad || types.bad;
}

static void take_group(block *b, cursor group) {
    cursor part;
    uint64_t value;
    for (int field;
         !b->bad && !b->osm->failed && (field = take_field(&group, &value, &part)) != 0;) {
        if (field == 1)
            take_node(b, part);
        else if (field == 2)
            take_dense(b, part);
        else if (field == 3)
            take_way(b, part);
        else if (field == 4)
            take_relation(b, part);
    }
    b->bad = b->bad || group.bad;
}

// The strings and the scale stand anywhere in the block, so they are looked for first.
static bool take_block(lf_io_osm_data *osm, cursor bytes) {
    block b = {.osm = osm, .granularity = 100};
    cursor part, first = bytes;
    uint64_t value;
    for (int field; (field = take_field(&first, &value, &part)) != 0;) {
        if (field == 1)
            take_words(&b, part);
        else if (field == 17)
            b.granularity = (int64_t)value;
        else if (field == 19)
            b.lat_offset = (int64_t)value;
        else if (field == 20)
            b.lon_offset = (int64_t)value;
    }
    b.bad = b.bad || first.bad;
    for (int field; !b.bad && (field = take_field(&bytes, &value, &part)) != 0;)
        if (field == 2)
            take_group(&b, part);
    lf_memory_give(NULL, b.words, b.word_capacity * sizeof *b.words);
    return !b.bad;
}

static bool take_header(lf_io_osm_data *osm, cursor bytes) {
    static const char *const known[] = {"OsmSchema-V0.6", "DenseNodes"};
    cursor part, box;
    uint64_t value;
    for (int field; (field = take_field(&bytes, &value, &part)) != 0;) {
        if (field == 4) { // a feature that a reader must know
            bool fine = false;
            for (int i = 0; i < 2; i++)
                fine = fine || ((size_t)(part.end - part.at) == strlen(known[i]) &&
                                memcmp(part.at, known[i], strlen(known[i])) == 0);
            if (!fine)
                return false;
        }
        if (field != 1)
            continue;
        int found = 0;
        for (int side; (side = take_field(&part, &value, &box)) != 0;) {
            static const int place[] = {-1, 0, 2, 3, 1}; // left, right, top, bottom -> w, s, e, n
            if (side <= 4) {
                osm->bounds[place[side]] = 1e-9 * (double)zigzag(value);
                found++;
            }
        }
        osm->has_bounds = found == 4;
    }
    return !bytes.bad;
}

typedef struct blob_reader {
    FILE *file;
    unsigned char *raw;
    size_t raw_capacity;
    lf_io_osm_data *osm;
} blob_reader;

static bool read_exactly(blob_reader *r, size_t size) {
    if (!lf_memory_grow(NULL, (void **)&r->raw, &r->raw_capacity, size + 1, 1)) {
        r->osm->failed = true;
        return false;
    }
    return fread(r->raw, 1, size, r->file) == size;
}

static bool use_payload(blob_reader *r, bool is_header, cursor payload) {
    return is_header ? take_header(r->osm, payload) : take_block(r->osm, payload);
}

// Inflates the blob in r->raw and reads what is inside.
static bool read_blob(blob_reader *r, size_t size, bool is_header) {
    cursor blob = {r->raw, r->raw + size, false}, part, packed = {0};
    uint64_t value, full = 0;
    for (int field; (field = take_field(&blob, &value, &part)) != 0;) {
        if (field == 1)
            return use_payload(r, is_header, part);
        if (field == 2)
            full = value;
        if (field == 3)
            packed = part;
    }
    if (blob.bad || packed.at == packed.end || full == 0 || full > LARGEST_BLOB)
        return false;
    size_t got = 0;
    unsigned char *open = malloc((size_t)full);
    if (!open)
        r->osm->failed = true;
    bool good = open &&
                CPLZLibInflate(packed.at, (size_t)(packed.end - packed.at), open, (size_t)full,
                               &got) != NULL &&
                got == full;
    if (good) {
        cursor payload = {open, open + full, false};
        good = use_payload(r, is_header, payload);
    }
    free(open);
    return good;
}

// One header and its blob. 1 = done, 0 = end of the file, -1 = damaged.
static int next_blob(blob_reader *r) {
    unsigned char four[4];
    size_t got = fread(four, 1, 4, r->file);
    if (got == 0 && feof(r->file))
        return 0;
    size_t length = (size_t)four[0] << 24 | (size_t)four[1] << 16 | (size_t)four[2] << 8 | four[3];
    if (got != 4 || length > 65536 || !read_exactly(r, length))
        return -1;
    cursor head = {r->raw, r->raw + length, false}, part;
    uint64_t value, size = 0;
    bool is_header = false, is_data = false;
    for (int field; (field = take_field(&head, &value, &part)) != 0;) {
        if (field == 1) {
            is_header = part.end - part.at == 9 && memcmp(part.at, "OSMHeader", 9) == 0;
            is_data = part.end - part.at == 7 && memcmp(part.at, "OSMData", 7) == 0;
        } else if (field == 3) {
            size = value;
        }
    }
    if (head.bad || size > LARGEST_BLOB || !read_exactly(r, (size_t)size))
        return -1;
    if (!is_header && !is_data)
        return 1; // other kinds of blobs are to be skipped
    return read_blob(r, (size_t)size, is_header) ? 1 : -1;
}

lf_code lf_io_osm_parse_pbf(const char *path, lf_io_osm_data *osm, lf_error *error) {
    blob_reader r = {.osm = osm, .file = fopen(path, "rb")};
    int more = 1, number = 0;
    if (!r.file)
        return lf_fail(error, LF_IO, LF_FROM_INPUT, "the file cannot be opened: %s",
                       strerror(errno));
    while (more > 0 && !osm->failed) {
        number++;
        more = next_blob(&r);
    }
    fclose(r.file);
    lf_memory_give(NULL, r.raw, r.raw_capacity);
    if (osm->failed)
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN,
                       "no memory for the OSM extract; cut a smaller one");
    if (more < 0)
        return lf_fail(error, LF_FORMAT, LF_FROM_INPUT,
                       "the PBF file is cut off or damaged in block %d, or is packed with other "
                       "than zlib; download it again",
                       number);
    return LF_OK;
}
