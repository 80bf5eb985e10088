// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// What people write into tags: numbers with units, lists, decimal commas.
#include "base/text.h"
#include "io/osm/data.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

lf_io_osm_tags lf_io_osm_tags_of(const lf_io_osm_data *osm, const lf_io_osm_element *element) {
    lf_io_osm_tags tags = {osm->tags + element->tag_first, element->tag_count};
    return tags;
}

const char *lf_io_osm_get(lf_io_osm_tags tags, const char *key) {
    for (int i = 0; i < tags.count; i++)
        if (strcmp(tags.list[i].key, key) == 0)
            return tags.list[i].value;
    return NULL;
}

bool lf_io_osm_is(lf_io_osm_tags tags, const char *key, const char *value) {
    const char *have = lf_io_osm_get(tags, key);
    return have && strcmp(have, value) == 0;
}

bool lf_io_osm_word_in(const char *word, const char *words) {
    size_t length = strlen(word);
    for (const char *at = words; at && *at;) {
        const char *end = strchr(at, '|');
        size_t span = end ? (size_t)(end - at) : strlen(at);
        if (span == length && strncmp(at, word, length) == 0)
            return true;
        at = end ? end + 1 : NULL;
    }
    return false;
}

bool lf_io_osm_any(lf_io_osm_tags tags, const char *key, const char *words) {
    const char *have = lf_io_osm_get(tags, key);
    return have && lf_io_osm_word_in(have, words);
}

const char *lf_io_osm_name(lf_io_osm_tags tags) {
    static const char *const keys[] = {"name:zh", "name", "name:en"};
    for (int i = 0; i < 3; i++) {
        const char *name = lf_io_osm_get(tags, keys[i]);
        if (name && *name)
            return name;
    }
    return "";
}

// The number at the start of text; *rest is what follows it without blanks. A comma between digits
// is a decimal comma.
static bool leading_number(const char *text, double *value, const char **rest) {
    char digits[40];
    size_t length = 0;
    while (*text == ' ' || *text == '~')
        text++;
    for (; *text && length + 1 < sizeof digits; text++) {
        bool digit = *text >= '0' && *text <= '9';
        bool sign = length == 0 && (*text == '-' || *text == '+');
        bool point = (*text == '.' || *text == ',') && !memchr(digits, '.', length);
        if (!digit && !sign && !point)
            break;
        digits[length++] = *text == ',' ? '.' : *text;
    }
    digits[length] = '\0';
    if (length && digits[length - 1] == '.')
        digits[length - 1] = '\0';
    while (*text == ' ')
        text++;
    *rest = text;
    return lf_text_real(digits[0] == '+' ? digits + 1 : digits, value);
}

// One item of a list, in metres.
static bool one_length(const char *text, double *metres) {
    const char *rest;
    double inches = 0;
    if (!leading_number(text, metres, &rest))
        return false;
    if (*rest == '\'') { // feet and inches: 5'6"
        const char *after;
        if (!leading_number(rest + 1, &inches, &after))
            inches = 0;
        *metres = (*metres * 12 + inches) * 0.0254;
        return true;
    }
    size_t length = strcspn(rest, "; ");
    if (length == 0 || (length == 1 && *rest == 'm') || strncmp(rest, "metre", 5) == 0 ||
        strncmp(rest, "meter", 5) == 0)
        return true;
    if (length == 2 && strncmp(rest, "cm", 2) == 0)
        *metres *= 0.01;
    else if (length == 2 && strncmp(rest, "ft", 2) == 0)
        *metres *= 0.3048;
    else if ((length == 4 && strncmp(rest, "feet", 4) == 0))
        *metres *= 0.3048;
    else
        return false;
    return true;
}

static bool one_number(const char *text, double *value) {
    const char *rest;
    return leading_number(text, value, &rest) && (*rest == '\0' || *rest == ';');
}

// The greatest item of a list "5;6" that can be read.
static bool greatest(const char *text, bool (*item)(const char *, double *), double *value) {
    bool found = false;
    for (const char *at = text; at; at = strchr(at, ';') ? strchr(at, ';') + 1 : NULL) {
        double one;
        if (item(at, &one) && (!found || one > *value)) {
            *value = one;
            found = true;
        }
    }
    return found;
}

bool lf_io_osm_metres(const char *text, double *metres) {
    return text && greatest(text, one_length, metres);
}

bool lf_io_osm_number(const char *text, double *value) {
    return text && greatest(text, one_number, value);
}

bool lf_io_osm_speed(const char *text, double *speed_m_s) {
    const char *rest;
    double value;
    if (!text)
        return false;
    if (strcmp(text, "walk") == 0 || strstr(text, ":living_street")) {
        *speed_m_s = 7 / 3.6;
        return true;
    }
    if (!leading_number(text, &value, &rest) || !(value > 0))
        return false;
    if (strncmp(rest, "mph", 3) == 0)
        *speed_m_s = value * 0.44704;
    else if (strncmp(rest, "knots", 5) == 0)
        *speed_m_s = value * 0.514444;
    else if (*rest == '\0' || *rest == ';' || strncmp(rest, "km", 2) == 0)
        *speed_m_s = value / 3.6;
    else
        return false;
    return true;
}
