// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Every word that the view writes, in Chinese and English.
#ifndef LF_VIEW_WORDS_H
#define LF_VIEW_WORDS_H

#include "lifang/view.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum lf_view_word {
#define LF_VIEW_WORD(id, english, chinese) LF_VIEW_WORD_##id,
#include "view/words.def"
#undef LF_VIEW_WORD
    LF_VIEW_WORD_COUNT
} lf_view_word;
const char *lf_view_say(lf_view_word word, bool chinese);
// Name of a field, layer or enum value as the panel writes it; the name itself where there is no
// other.
const char *lf_view_field_word(const char *name, bool chinese);
const char *lf_view_quality_word(lf_quality quality, bool chinese);
// The worst quality among everything that is drawn.
lf_quality lf_view_worst_quality(const lf_twin *twin);
// "08:00 + 1 h 10 min" as "09:10:00".
const char *lf_view_clock_text(double clock_s, char *text, size_t size);
// A duration since the start: "+1 h 10 min", "+1 小时 10 分".
const char *lf_view_since_text(double time_s, bool chinese, char *text, size_t size);

#ifdef __cplusplus
}
#endif

#endif
