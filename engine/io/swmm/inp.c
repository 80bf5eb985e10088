// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Reading of .inp text: encodings, line ends, quotes, comments and section headers.
#include "io/swmm/inp.h"

#include "base/file.h"
#include "base/text.h"

#include <ctype.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

// SWMM recognises a section by the beginning of its name; longer names stand before their prefixes.
static const struct {
    const char *prefix;
    inp_section section;
} section_names[] = {
    {"[INLET_USAGE", INP_INLET_USAGE},
    {"[INLET", INP_INLETS},
    {"[TITLE", INP_TITLE},
    {"[OPTION", INP_OPTIONS},
    {"[JUNC", INP_JUNCTIONS},
    {"[OUTFALL", INP_OUTFALLS},
    {"[DIVIDER", INP_DIVIDERS},
    {"[STORAGE", INP_STORAGE},
    {"[CONDUIT", INP_CONDUITS},
    {"[PUMP", INP_PUMPS},
    {"[ORIFICE", INP_ORIFICES},
    {"[WEIR", INP_WEIRS},
    {"[OUTLET", INP_OUTLETS},
    {"[XSECT", INP_XSECTIONS},
    {"[TRANSECT", INP_TRANSECTS},
    {"[CURVE", INP_CURVES},
    {"[STREET", INP_STREETS},
    {"[SUBCATCHMENT", INP_SUBCATCHMENTS},
    {"[COORDINATE", INP_COORDINATES},
    {"[VERTICES", INP_VERTICES},
    {"[POLYGON", INP_POLYGONS},
    {"[TAG", INP_TAGS},
    {"[MAP", INP_MAP},
};
static const char *const other_sections[] = {
    "[FILE",       "[RAINGAGE", "[TEMP",      "[EVAP",   "[SUBAREA", "[INFIL",   "[AQUIFER",
    "[GROUND",     "[GWF",      "[SNOWPACK",  "[LOSS",   "[CONTROL", "[POLLUT",  "[LANDUSE",
    "[BUILDUP",    "[WASHOFF",  "[COVERAGE",  "[INFLOW", "[DWF",     "[PATTERN", "[RDII",
    "[HYDROGRAPH", "[LOADING",  "[TREATMENT", "[TIMES",  "[REPORT",  "[PROFILE", "[SYMBOL",
    "[LABEL",      "[BACKDROP", "[LID_USAGE", "[LID",    "[ADJUST",  "[EVENT",   NULL,
};

bool lf_io_swmm_word_is(const char *word, const char *expected) {
    return strcasecmp(word, expected) == 0;
}

static inp_section section_of(const char *word) {
    for (size_t i = 0; i < sizeof section_names / sizeof section_names[0]; i++)
        if (strncasecmp(word, section_names[i].prefix, strlen(section_names[i].prefix)) == 0)
            return section_names[i].section;
    for (int i = 0; other_sections[i]; i++)
        if (strncasecmp(word, other_sections[i], strlen(other_sections[i])) == 0)
            return INP_OTHER;
    return INP_UNKNOWN;
}

// Older Chinese survey software writes GBK, of which GB 18030 is the superset.
static char *from_gb18030(const char *text, size_t length) {
    iconv_t converter = iconv_open("UTF-8", "GB18030");
    if (converter == (iconv_t)-1)
        return NULL;
    size_t room = length * 2 + 16;
    char *out = malloc(room + 1);
    char *from = (char *)(uintptr_t)text, *to = out;
    bool good = out && iconv(converter, &from, &length, &to, &room) != (size_t)-1 && length == 0;
    iconv_close(converter);
    if (!good) {
        free(out);
        return NULL;
    }
    *to = '\0';
    return out;
}

static lf_code decode(inp_file *file, size_t length, const char *label, lf_error *error) {
    if (memchr(file->text, '\0', length)) {
        lf_fail(error, LF_FORMAT, LF_FROM_INPUT,
                "the file holds NUL bytes and is no SWMM text file");
        lf_error_place(error, label, 0, 0, NULL);
        return LF_FORMAT;
    }
    if (lf_text_is_utf8(file->text))
        return LF_OK;
    char *text = from_gb18030(file->text, length);
    if (!text) {
        lf_fail(error, LF_FORMAT, LF_FROM_INPUT,
                "the text is neither UTF-8 nor GBK; save it as UTF-8 and import it again");
        lf_error_place(error, label, 0, 0, NULL);
        return LF_FORMAT;
    }
    free(file->text);
    file->text = text;
    file->decoded = true;
    return LF_OK;
}

static bool add_word(inp_file *file, char *word) {
    if (!lf_memory_grow(NULL, (void **)&file->words, &file->word_capacity, file->word_count + 1,
                        sizeof *file->words))
        return false;
    file->words[file->word_count++] = word;
    return true;
}

// Cuts one line into words: blanks part them, quotes keep blanks, a semicolon ends the line.
static bool cut_line(inp_file *file, char *cursor, char *end) {
    for (;;) {
        while (cursor < end && isspace((unsigned char)*cursor))
            cursor++;
        if (cursor == end || *cursor == ';')
            return true;
        char *word = cursor;
        if (*cursor == '"') {
            word = ++cursor;
            while (cursor < end && *cursor != '"')
                cursor++;
        } else {
            while (cursor < end && !isspace((unsigned char)*cursor) && *cursor != ';')
                cursor++;
        }
        bool last = cursor == end || *cursor == ';';
        *cursor = '\0';
        if (!add_word(file, word))
            return false;
        if (last)
            return true;
        cursor++;
    }
}

static bool add_line(inp_file *file, int number, inp_section section, size_t first_word) {
    if (!lf_memory_grow(NULL, (void **)&file->lines, &file->line_capacity, file->line_count + 1,
                        sizeof *file->lines))
        return false;
    file->lines[file->line_count++] =
        (inp_line){number, section, (int)first_word, (int)(file->word_count - first_word)};
    return true;
}

static bool cut_file(inp_file *file) {
    inp_section section = INP_NONE;
    char *cursor = file->text;
    if (memcmp(cursor, "\xef\xbb\xbf", strnlen(cursor, 3)) == 0 && strlen(cursor) >= 3)
        cursor += 3;
    // A carriage return ends a line only in files without line feeds; elsewhere it is a blank.
    const char *line_end = strchr(cursor, '\n') ? "\n" : "\r";
    for (int number = 1; *cursor; number++) {
        char *end = cursor + strcspn(cursor, line_end);
        char *next = *end ? end + 1 : end;
        size_t first_word = file->word_count;
        if (!cut_line(file, cursor, end))
            return false;
        cursor = next;
        if (file->word_count == first_word)
            continue;
        const char *word = file->words[first_word];
        bool header = word[0] == '[';
        if (header)
            section = section_of(word);
        if (header && section != INP_OTHER && section != INP_UNKNOWN) {
            file->word_count = first_word;
            continue;
        }
        if (!add_line(file, number, section, first_word))
            return false;
    }
    return true;
}

lf_code lf_io_swmm_inp_read(const char *path, const char *label, inp_file *file, lf_error *error) {
    memset(file, 0, sizeof *file);
    size_t length = 0;
    lf_code code = lf_file_read(path, 0, &file->text, &length, error);
    if (code != LF_OK)
        return code;
    code = decode(file, length, label, error);
    if (code == LF_OK && !cut_file(file))
        code = lf_fail(error, LF_MEMORY, LF_FROM_RUN, "memory ran out while reading %s", label);
    if (code != LF_OK)
        lf_io_swmm_inp_free(file);
    return code;
}

void lf_io_swmm_inp_free(inp_file *file) {
    free(file->text);
    lf_memory_give(NULL, file->lines, file->line_capacity * sizeof *file->lines);
    lf_memory_give(NULL, file->words, file->word_capacity * sizeof *file->words);
    memset(file, 0, sizeof *file);
}

static uint64_t name_hash(const char *name) {
    uint64_t hash = 1469598103934665603u; // FNV-1a over lower case
    for (; *name; name++)
        hash = (hash ^ (uint64_t)tolower((unsigned char)*name)) * 1099511628211u;
    return hash;
}

// The slot that holds the name or the empty one where it would go. slot_count is a power of two.
static size_t slot_of(const inp_names *names, const char *name) {
    size_t slot = (size_t)name_hash(name) & (names->slot_count - 1);
    while (names->slots[slot] && strcasecmp(names->names[names->slots[slot] - 1], name) != 0)
        slot = (slot + 1) & (names->slot_count - 1);
    return slot;
}

int lf_io_swmm_names_find(const inp_names *names, const char *name) {
    return names->slot_count ? names->slots[slot_of(names, name)] - 1 : -1;
}

static bool rehash(inp_names *names) {
    size_t wanted = names->slot_count ? names->slot_count * 2 : 64;
    int *slots = calloc(wanted, sizeof *slots);
    if (!slots)
        return false;
    free(names->slots);
    names->slots = slots;
    names->slot_count = wanted;
    for (size_t i = 0; i < names->count; i++)
        names->slots[slot_of(names, names->names[i])] = (int)i + 1;
    return true;
}

int lf_io_swmm_names_add(inp_names *names, const char *name) {
    if (names->count * 2 >= names->slot_count && !rehash(names))
        return -1;
    if (!lf_memory_grow(NULL, (void **)&names->names, &names->capacity, names->count + 1,
                        sizeof *names->names))
        return -1;
    names->names[names->count++] = name;
    names->slots[slot_of(names, name)] = (int)names->count;
    return (int)names->count - 1;
}

void lf_io_swmm_names_free(inp_names *names) {
    lf_memory_give(NULL, (void *)names->names, names->capacity * sizeof *names->names);
    free(names->slots);
    memset(names, 0, sizeof *names);
}
