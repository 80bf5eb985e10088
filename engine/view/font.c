// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// FreeType and fontconfig stay in this file.
#include "view/font.h"
#include "base/file.h"
#include "base/memory.h"
#include <fontconfig/fontconfig.h>
#include <ft2build.h>
#include FT_FREETYPE_H
#include <stdlib.h>
#include <string.h>

struct lf_view_font {
    FT_Library library;
    FT_Face face;
    uint8_t *atlas;
    lf_view_glyph *glyphs;
    size_t count, capacity;
    int pen_x, pen_y, row_height;
    int size_px;
};

static bool ask_fontconfig(char *path, size_t size) {
    FcConfig *config = FcInitLoadConfigAndFonts();
    FcPattern *wanted = FcNameParse((const FcChar8 *)"WenQuanYi Micro Hei:lang=zh-cn");
    bool found = false;
    if (config && wanted) {
        FcResult result;
        FcChar8 *file = NULL;
        FcConfigSubstitute(config, wanted, FcMatchPattern);
        FcDefaultSubstitute(wanted);
        FcPattern *match = FcFontMatch(config, wanted, &result);
        if (match && FcPatternGetString(match, FC_FILE, 0, &file) == FcResultMatch) {
            size_t length = strlen((const char *)file);
            found = length < size && lf_file_exists((const char *)file);
            if (found) {
                memcpy(path, file, length + 1);
            }
        }
        if (match) {
            FcPatternDestroy(match);
        }
    }
    if (wanted) {
        FcPatternDestroy(wanted);
    }
    if (config) {
        FcConfigDestroy(config);
    }
    return found;
}

lf_code lf_view_font_path(char *path, size_t size, lf_error *error) {
    static const char *const usual[] = {"/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
                                        "/usr/share/fonts/wqy-microhei/wqy-microhei.ttc",
                                        "/usr/share/fonts/wenquanyi/wqy-microhei/wqy-microhei.ttc"};
    for (size_t i = 0; i < sizeof usual / sizeof usual[0]; i++) {
        if (lf_file_exists(usual[i]) && strlen(usual[i]) < size) {
            memcpy(path, usual[i], strlen(usual[i]) + 1);
            return LF_OK;
        }
    }
    if (ask_fontconfig(path, size)) {
        return LF_OK;
    }
    return lf_fail(error, LF_UNAVAILABLE, LF_FROM_HOST,
                   "no typeface for Chinese and Latin text; install fonts-wqy-microhei");
}

lf_code lf_view_font_open(lf_view_font **font, lf_error *error) {
    char path[1024];
    *font = NULL;
    lf_code code = lf_view_font_path(path, sizeof path, error);
    if (code != LF_OK) {
        return code;
    }
    lf_view_font *fresh = calloc(1, sizeof *fresh);
    if (!fresh || !(fresh->atlas = calloc(LF_VIEW_ATLAS_EDGE, LF_VIEW_ATLAS_EDGE))) {
        lf_view_font_close(fresh);
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for text");
    }
    fresh->pen_x = fresh->pen_y = 1;
    if (FT_Init_FreeType(&fresh->library) || FT_New_Face(fresh->library, path, 0, &fresh->face)) {
        lf_view_font_close(fresh);
        return lf_fail(error, LF_FORMAT, LF_FROM_HOST, "FreeType cannot read the typeface %s",
                       path);
    }
    *font = fresh;
    return LF_OK;
}

void lf_view_font_close(lf_view_font *font) {
    if (!font) {
        return;
    }
    if (font->face) {
        FT_Done_Face(font->face);
    }
    if (font->library) {
        FT_Done_FreeType(font->library);
    }
    lf_memory_give(NULL, font->glyphs, font->capacity * sizeof *font->glyphs);
    free(font->atlas);
    free(font);
}

static bool find_room(lf_view_font *font, int width, int height) {
    if (font->pen_x + width + 1 > LF_VIEW_ATLAS_EDGE) {
        font->pen_x = 1;
        font->pen_y += font->row_height + 1;
        font->row_height = 0;
    }
    return font->pen_y + height + 1 <= LF_VIEW_ATLAS_EDGE;
}

static const lf_view_glyph *rasterise(lf_view_font *font, uint32_t codepoint, int size_px) {
    if (font->size_px != size_px) {
        FT_Set_Pixel_Sizes(font->face, 0, (FT_UInt)size_px);
        font->size_px = size_px;
    }
    FT_UInt index = FT_Get_Char_Index(font->face, codepoint);
    if (FT_Load_Glyph(font->face, index, FT_LOAD_RENDER | FT_LOAD_TARGET_LIGHT)) {
        return NULL;
    }
    FT_GlyphSlot slot = font->face->glyph;
    int width = (int)slot->bitmap.width, height = (int)slot->bitmap.rows;
    if (slot->bitmap.pixel_mode != FT_PIXEL_MODE_GRAY) {
        width = height = 0;
    }
    if (!find_room(font, width, height) ||
        !lf_memory_grow(NULL, (void **)&font->glyphs, &font->capacity, font->count + 1,
                        sizeof *font->glyphs)) {
        return NULL;
    }
    for (int row = 0; row < height; row++) {
        memcpy(font->atlas + (size_t)(font->pen_y + row) * LF_VIEW_ATLAS_EDGE + (size_t)font->pen_x,
               slot->bitmap.buffer + row * slot->bitmap.pitch, (size_t)width);
    }
    lf_view_glyph *glyph = &font->glyphs[font->count++];
    *glyph = (lf_view_glyph){codepoint,
                             size_px,
                             font->pen_x,
                             font->pen_y,
                             width,
                             height,
                             slot->bitmap_left,
                             slot->bitmap_top,
                             (float)slot->advance.x / 64.0f};
    font->pen_x += width + 1;
    font->row_height = height > font->row_height ? height : font->row_height;
    return glyph;
}

const lf_view_glyph *lf_view_font_glyph(lf_view_font *font, uint32_t codepoint, int size_px) {
    for (size_t i = 0; i < font->count; i++) {
        if (font->glyphs[i].codepoint == codepoint && font->glyphs[i].size_px == size_px) {
            return &font->glyphs[i];
        }
    }
    return rasterise(font, codepoint, size_px);
}

const uint8_t *lf_view_font_atlas(const lf_view_font *font) {
    return font->atlas;
}

int lf_view_font_glyph_count(const lf_view_font *font) {
    return (int)font->count;
}

uint32_t lf_view_utf8_next(const char **text) {
    const unsigned char *at = (const unsigned char *)*text;
    int more = at[0] < 0x80 ? 0 : at[0] < 0xc2 ? -1 : at[0] < 0xe0 ? 1 : at[0] < 0xf0 ? 2 : 3;
    if (more == 0 || more == -1 || at[0] > 0xf4) {
        *text += at[0] ? 1 : 0;
        return more == 0 ? at[0] : 0xfffd;
    }
    uint32_t code = at[0] & (0x3fu >> more);
    for (int i = 1; i <= more; i++) {
        if ((at[i] & 0xc0) != 0x80) {
            *text += i;
            return 0xfffd;
        }
        code = (code << 6) | (at[i] & 0x3fu);
    }
    *text += more + 1;
    return code;
}
