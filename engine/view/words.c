// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Words, times and the honesty mark.
#include "view/words.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

const char *lf_view_say(lf_view_word word, bool chinese) {
    static const char *const words[][2] = {
#define LF_VIEW_WORD(id, english, chinese) {english, chinese},
#include "view/words.def"
#undef LF_VIEW_WORD
    };
    return words[word][chinese ? 1 : 0];
}

const char *lf_view_field_word(const char *name, bool chinese) {
    static const char *const words[][2] = {
#define LF_VIEW_FIELD(name, chinese) {name, chinese},
#include "view/fields.def"
#undef LF_VIEW_FIELD
    };
    for (size_t i = 0; chinese && i < sizeof words / sizeof words[0]; i++) {
        if (strcmp(words[i][0], name) == 0) {
            return words[i][1];
        }
    }
    return name;
}

const char *lf_view_quality_word(lf_quality quality, bool chinese) {
    static const lf_view_word words[LF_QUALITY_COUNT] = {
        LF_VIEW_WORD_MEASURED, LF_VIEW_WORD_TAGGED, LF_VIEW_WORD_ASSUMED, LF_VIEW_WORD_SYNTHETIC};
    return lf_view_say(words[quality], chinese);
}

lf_quality lf_view_worst_quality(const lf_twin *twin) {
    lf_quality worst = LF_MEASURED;
    for (int layer = 0; layer < LF_LAYER_COUNT; layer++) {
        int count = 0;
        const char *rows = lf_twin_rows(twin, (lf_layer)layer, &count);
        size_t size = lf_layer_row_size((lf_layer)layer);
        for (int i = 0; i < count; i++) {
            const lf_row *row = (const lf_row *)(const void *)(rows + (size_t)i * size);
            worst = row->quality > worst ? row->quality : worst;
            // Geometry as tagged with attributes filled by rules is assumed in part.
            worst = row->assumed && worst < LF_ASSUMED ? LF_ASSUMED : worst;
        }
    }
    const lf_raster *terrain = lf_twin_terrain(twin);
    return terrain && terrain->quality > worst ? terrain->quality : worst;
}

const char *lf_view_clock_text(double clock_s, char *text, size_t size) {
    long seconds = lround(fmod(clock_s, 86400));
    snprintf(text, size, "%02ld:%02ld", seconds / 3600 % 24, seconds / 60 % 60);
    return text;
}

const char *lf_view_since_text(double time_s, bool chinese, char *text, size_t size) {
    long minutes = lround(time_s / 60);
    const char *hour = lf_view_say(LF_VIEW_WORD_HOUR, chinese);
    const char *minute = lf_view_say(LF_VIEW_WORD_MINUTE, chinese);
    if (minutes >= 60) {
        snprintf(text, size, "+%ld %s %ld %s", minutes / 60, hour, minutes % 60, minute);
    } else {
        snprintf(text, size, "+%ld %s", minutes, minute);
    }
    return text;
}
