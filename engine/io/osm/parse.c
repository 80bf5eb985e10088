// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// OSM XML (API 0.6, JOSM, Overpass) by expat, streamed.
#include "base/text.h"
#include "io/osm/data.h"

#include <errno.h>
#include <expat.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHUNK_BYTES 65536

typedef enum inside { IN_NOTHING, IN_NODE, IN_WAY, IN_RELATION, IN_SKIPPED } inside;

typedef struct parser {
    XML_Parser xml;
    lf_io_osm_data *osm;
    const char *label;
    lf_issues *issues;
    lf_error *error;
    lf_code code;
    inside in;
    int depth;
    int deleted;
    bool remark; // text of an Overpass remark is being read
    char remark_text[200];
} parser;

static int line_of(const parser *p) {
    return (int)XML_GetCurrentLineNumber(p->xml);
}

static void stop(parser *p, lf_code code, const char *element, const char *what) {
    if (p->code != LF_OK)
        return;
    p->code = lf_fail(p->error, code, LF_FROM_INPUT, "%s: %s", element, what);
    lf_error_place(p->error, p->label, line_of(p), (int)XML_GetCurrentColumnNumber(p->xml) + 1,
                   NULL);
    XML_StopParser(p->xml, XML_FALSE);
}

static const char *attribute(const char **list, const char *name) {
    for (; *list; list += 2)
        if (strcmp(list[0], name) == 0)
            return list[1];
    return NULL;
}

// Ids are integers; JOSM gives new objects negative ones.
static bool id_of(parser *p, const char *element, const char **list, const char *name,
                  int64_t *id) {
    const char *text = attribute(list, name);
    long long value;
    if (!text || !lf_text_int(text, &value)) {
        stop(p, LF_FORMAT, element, "the id is missing or no whole number");
        return false;
    }
    *id = value;
    return true;
}

static bool coordinates(const char **list, double *lon, double *lat) {
    const char *x = attribute(list, "lon"), *y = attribute(list, "lat");
    return x && y && lf_text_real(x, lon) && lf_text_real(y, lat);
}

static bool deleted(const char **list) {
    const char *visible = attribute(list, "visible"), *action = attribute(list, "action");
    return (visible && strcmp(visible, "false") == 0) || (action && strcmp(action, "delete") == 0);
}

static void begin_node(parser *p, const char **list) {
    int64_t id;
    double lon, lat;
    if (!id_of(p, "node", list, "id", &id))
        return;
    if (!coordinates(list, &lon, &lat)) {
        stop(p, LF_FORMAT, "node", "lat or lon is missing or no number");
        return;
    }
    if (fabs(lat) > 90 || fabs(lon) > 180) {
        stop(p, LF_RANGE, "node", "lat or lon is not on earth; are they swapped?");
        return;
    }
    lf_io_osm_add_node(p->osm, id, lon, lat, line_of(p));
    p->in = IN_NODE;
}

static void begin_bounds(parser *p, const char **list) {
    static const char *const names[] = {"minlon", "minlat", "maxlon", "maxlat"};
    bool good = true;
    for (int i = 0; i < 4; i++) {
        const char *text = attribute(list, names[i]);
        good = good && text && lf_text_real(text, &p->osm->bounds[i]);
    }
    p->osm->has_bounds =
        good && p->osm->bounds[0] < p->osm->bounds[2] && p->osm->bounds[1] < p->osm->bounds[3];
}

static void begin_root(parser *p, const char *name) {
    char text[200];
    if (strcmp(name, "osm") == 0)
        return;
    snprintf(text, sizeof text,
             "this is not an OSM extract (the root element is <%.40s>); download one with "
             "<osm> as root%s",
             name, strcmp(name, "osmChange") == 0 ? ", not a change file" : "");
    stop(p, LF_FORMAT, "root", text);
}

static void begin_object(parser *p, const char *name, const char **list) {
    int64_t id;
    if (deleted(list)) {
        p->in = IN_SKIPPED;
        p->deleted++;
        return;
    }
    if (strcmp(name, "node") == 0) {
        begin_node(p, list);
    } else if (id_of(p, name, list, "id", &id)) {
        p->in = strcmp(name, "way") == 0 ? IN_WAY : IN_RELATION;
        if (p->in == IN_WAY)
            lf_io_osm_add_way(p->osm, id, line_of(p));
        else
            lf_io_osm_add_relation(p->osm, id, line_of(p));
    }
}

static lf_io_osm_element *current(parser *p) {
    lf_io_osm_data *osm = p->osm;
    if (p->in == IN_NODE)
        return &osm->nodes[osm->node_count - 1].head;
    if (p->in == IN_WAY)
        return &osm->ways[osm->way_count - 1].head;
    return &osm->relations[osm->relation_count - 1].head;
}

static void begin_tag(parser *p, const char **list) {
    const char *key = attribute(list, "k"), *value = attribute(list, "v");
    if (!key || !value)
        stop(p, LF_FORMAT, "tag", "k or v is missing");
    else if (*key)
        lf_io_osm_add_tag(p->osm, current(p), key, value);
}

// Overpass "out geom" gives the coordinates here instead of in nodes.
static void begin_ref(parser *p, const char **list) {
    int64_t id;
    double lon, lat;
    if (!id_of(p, "nd", list, "ref", &id))
        return;
    if (coordinates(list, &lon, &lat) && fabs(lat) <= 90 && fabs(lon) <= 180 &&
        lf_io_map_get(&p->osm->node_index, (uint64_t)id) < 0)
        lf_io_osm_add_node(p->osm, id, lon, lat, line_of(p));
    if (!p->osm->failed)
        lf_io_osm_add_ref(p->osm, &p->osm->ways[p->osm->way_count - 1], id);
}

lf_io_osm_role lf_io_osm_role_of(const char *role) {
    if (!role || !*role || strcmp(role, "outer") == 0 || strcmp(role, "outline") == 0)
        return LF_IO_OSM_OUTER;
    return strcmp(role, "inner") == 0 ? LF_IO_OSM_INNER : LF_IO_OSM_OTHER;
}

static void begin_member(parser *p, const char **list) {
    const char *type = attribute(list, "type");
    lf_io_osm_member member = {0, type && strcmp(type, "way") == 0,
                               lf_io_osm_role_of(attribute(list, "role"))};
    if (!id_of(p, "member", list, "ref", &member.ref))
        return;
    lf_io_osm_add_member(p->osm, &p->osm->relations[p->osm->relation_count - 1], member);
}

static void on_start(void *user, const char *name, const char **list) {
    parser *p = user;
    if (p->code != LF_OK || p->osm->failed)
        return;
    p->depth++;
    if (p->depth == 1) {
        begin_root(p, name);
    } else if (p->depth == 2) {
        if (strcmp(name, "node") == 0 || strcmp(name, "way") == 0 || strcmp(name, "relation") == 0)
            begin_object(p, name, list);
        else if (strcmp(name, "bounds") == 0)
            begin_bounds(p, list);
        else
            p->remark = strcmp(name, "remark") == 0;
    } else if (p->depth == 3 && p->in != IN_NOTHING && p->in != IN_SKIPPED) {
        if (strcmp(name, "tag") == 0)
            begin_tag(p, list);
        else if (p->in == IN_WAY && strcmp(name, "nd") == 0)
            begin_ref(p, list);
        else if (p->in == IN_RELATION && strcmp(name, "member") == 0)
            begin_member(p, list);
    }
}

static void on_end(void *user, const char *name) {
    parser *p = user;
    (void)name;
    if (p->depth == 2) {
        p->in = IN_NOTHING;
        if (p->remark)
            lf_issues_addf(p->issues, LF_WARNING, LF_FORMAT, p->label, line_of(p), "",
                           "download the extract again, perhaps a smaller one",
                           "the server left a remark, the extract may be incomplete: %s",
                           p->remark_text);
        p->remark = false;
    }
    p->depth--;
}

static void on_text(void *user, const char *text, int length) {
    parser *p = user;
    size_t have = strlen(p->remark_text);
    if (p->remark && have + (size_t)length + 1 < sizeof p->remark_text) {
        memcpy(p->remark_text + have, text, (size_t)length);
        p->remark_text[have + (size_t)length] = '\0';
    }
}

// Entities are how XML bombs are made, and OSM files have none.
static void on_entity(void *user, const char *name, int is_parameter, const char *value, int length,
                      const char *base, const char *system, const char *public,
                      const char *notation) {
    (void)name, (void)is_parameter, (void)value, (void)length;
    (void)base, (void)system, (void)public, (void)notation;
    stop(user, LF_FORMAT, "DOCTYPE", "entity declarations are refused");
}

static lf_code syntax_error(parser *p) {
    enum XML_Error number = XML_GetErrorCode(p->xml);
    bool cut = number == XML_ERROR_NO_ELEMENTS || number == XML_ERROR_UNCLOSED_TOKEN ||
               number == XML_ERROR_PARTIAL_CHAR || number == XML_ERROR_UNCLOSED_CDATA_SECTION;
    lf_fail(p->error, number == XML_ERROR_NO_MEMORY ? LF_MEMORY : LF_FORMAT, LF_FROM_INPUT,
            cut ? "the file ends in the middle (%s): it was cut off; download it again"
                : "the XML is damaged: %s; download it again",
            XML_ErrorString(number));
    lf_error_place(p->error, p->label, line_of(p), (int)XML_GetCurrentColumnNumber(p->xml) + 1,
                   NULL);
    return number == XML_ERROR_NO_MEMORY ? LF_MEMORY : LF_FORMAT;
}

static lf_code run(parser *p, FILE *file) {
    bool last = false;
    while (!last && p->code == LF_OK && !p->osm->failed) {
        void *buffer = XML_GetBuffer(p->xml, CHUNK_BYTES);
        if (!buffer)
            return lf_fail(p->error, LF_MEMORY, LF_FROM_RUN, "no memory to read the XML");
        size_t count = fread(buffer, 1, CHUNK_BYTES, file);
        if (ferror(file))
            return lf_fail(p->error, LF_IO, LF_FROM_INPUT, "reading failed: %s", strerror(errno));
        last = count < CHUNK_BYTES;
        if (XML_ParseBuffer(p->xml, (int)count, last) == XML_STATUS_ERROR)
            return p->code != LF_OK ? p->code : syntax_error(p);
    }
    return p->code;
}

lf_code lf_io_osm_parse(const char *path, const char *label, lf_io_osm_data *osm, lf_issues *issues,
                        lf_error *error) {
    parser p = {.osm = osm, .label = label, .issues = issues, .error = error};
    FILE *file = fopen(path, "rb");
    if (!file)
        return lf_fail(error, LF_IO, LF_FROM_INPUT, "the file cannot be opened: %s",
                       strerror(errno));
    p.xml = XML_ParserCreate(NULL);
    lf_code code = LF_MEMORY;
    if (p.xml) {
        XML_SetUserData(p.xml, &p);
        XML_SetElementHandler(p.xml, on_start, on_end);
        XML_SetCharacterDataHandler(p.xml, on_text);
        XML_SetEntityDeclHandler(p.xml, on_entity);
        code = run(&p, file);
        XML_ParserFree(p.xml);
    } else {
        lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory to read the XML");
    }
    fclose(file);
    if (p.deleted)
        lf_issues_addf(issues, LF_NOTE, LF_OK, label, 0, "", "", "%d deleted objects were left out",
                       p.deleted);
    return code;
}
