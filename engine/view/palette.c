// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The two themes, and colour ramps from CSV files.
#include "view/palette.h"
#include "base/csv.h"
#include "base/file.h"
#include "base/text.h"
#include <stdio.h>
#include <string.h>

static const lf_view_palette day = {
    .sky_top = {226, 231, 233, 255},
    .sky_bottom = {243, 241, 235, 255},
    .ground = {196, 204, 190, 255},
    .plinth = {206, 197, 182, 255},
    .plinth_low = {184, 173, 157, 255},
    .lawn = {172, 190, 142, 255},
    .shrub = {150, 174, 126, 255},
    .wood = {144, 168, 124, 255},
    .pitch = {190, 160, 136, 255},
    .rain_garden = {120, 170, 138, 255},
    .sunken = {146, 184, 142, 255},
    .bare = {206, 194, 170, 255},
    .measure_line = {22, 128, 124, 255},
    .pond = {146, 182, 196, 255},
    .shore = {206, 206, 190, 255},
    .road = {178, 179, 180, 255},
    .road_minor = {190, 190, 188, 255},
    .road_permeable = {190, 174, 160, 255},
    .footway = {212, 205, 193, 255},
    .kerb = {226, 224, 217, 255},
    .lane_line = {234, 232, 226, 255},
    .parking = {168, 171, 175, 255},
    .stall_line = {240, 240, 236, 255},
    .stall_ev = {160, 192, 170, 255},
    .stall_disabled = {150, 172, 200, 255},
    .wall_home = {246, 243, 237, 255},
    .wall_shed = {218, 210, 198, 255},
    .wall_public = {236, 226, 208, 255},
    .wall_shop = {238, 224, 214, 255},
    .roof = {214, 210, 204, 255},
    .roof_shed = {196, 188, 178, 255},
    .roof_green = {162, 180, 136, 255},
    .parapet = {244, 241, 235, 255},
    .tree = {{146, 160, 126, 255}, {156, 168, 132, 255}, {132, 150, 124, 255}},
    .trunk = {134, 116, 98, 255},
    .hedge = {128, 152, 106, 255},
    .fence = {150, 150, 148, 255},
    .masonry = {206, 194, 180, 255},
    .gate = {214, 112, 44, 255},
    .pin = {70, 82, 98, 255},
    .halo = {54, 132, 196, 255},
    .charger = {36, 150, 110, 255},
    .pipe = {{142, 112, 84, 255}, {64, 128, 176, 255}, {132, 132, 136, 255}},
    .pipe_surcharged = {196, 48, 44, 255},
    .manhole = {96, 98, 104, 255},
    .gully = {84, 130, 160, 255},
    .grid_line = {120, 140, 156, 255},
    .text = {44, 48, 54, 255},
    .text_soft = {88, 92, 98, 255},
    .paper = {250, 248, 243, 225},
    .sun = {2.10f, 1.95f, 1.72f},
    .sky = {0.64f, 0.71f, 0.80f},
    .bounce = {0.36f, 0.36f, 0.35f},
    .exposure = 0.62f,
    .windows = 0,
};
static const lf_view_palette night = {
    .sky_top = {10, 15, 28, 255},
    .sky_bottom = {22, 32, 52, 255},
    .ground = {86, 98, 116, 255},
    .plinth = {62, 74, 98, 255},
    .plinth_low = {40, 50, 72, 255},
    .lawn = {72, 96, 98, 255},
    .shrub = {64, 90, 92, 255},
    .wood = {58, 84, 88, 255},
    .pitch = {100, 92, 100, 255},
    .rain_garden = {56, 120, 118, 255},
    .sunken = {64, 108, 106, 255},
    .bare = {100, 100, 110, 255},
    .measure_line = {64, 220, 200, 255},
    .pond = {52, 92, 128, 255},
    .shore = {84, 96, 114, 255},
    .road = {104, 116, 138, 255},
    .road_minor = {98, 110, 132, 255},
    .road_permeable = {104, 104, 122, 255},
    .footway = {98, 108, 126, 255},
    .kerb = {140, 152, 172, 255},
    .lane_line = {156, 166, 184, 255},
    .parking = {88, 100, 124, 255},
    .stall_line = {168, 180, 198, 255},
    .stall_ev = {70, 128, 120, 255},
    .stall_disabled = {76, 104, 160, 255},
    .wall_home = {146, 160, 186, 255},
    .wall_shed = {116, 128, 152, 255},
    .wall_public = {152, 160, 180, 255},
    .wall_shop = {156, 158, 180, 255},
    .roof = {124, 138, 166, 255},
    .roof_shed = {104, 116, 142, 255},
    .roof_green = {84, 118, 116, 255},
    .parapet = {150, 164, 192, 255},
    .tree = {{62, 94, 92, 255}, {70, 100, 94, 255}, {56, 86, 92, 255}},
    .trunk = {70, 70, 84, 255},
    .hedge = {58, 90, 88, 255},
    .fence = {96, 108, 130, 255},
    .masonry = {110, 118, 140, 255},
    .gate = {255, 166, 84, 255},
    .pin = {170, 190, 214, 255},
    .halo = {92, 190, 255, 255},
    .charger = {84, 232, 180, 255},
    .pipe = {{198, 150, 104, 255}, {84, 176, 236, 255}, {158, 164, 178, 255}},
    .pipe_surcharged = {255, 92, 84, 255},
    .manhole = {160, 170, 188, 255},
    .gully = {110, 190, 226, 255},
    .grid_line = {84, 120, 160, 255},
    .text = {226, 234, 244, 255},
    .text_soft = {164, 178, 198, 255},
    .paper = {16, 24, 40, 225},
    .sun = {0.52f, 0.60f, 0.84f},
    .sky = {0.22f, 0.30f, 0.48f},
    .bounce = {0.10f, 0.12f, 0.18f},
    .exposure = 0.95f,
    .windows = 0.26f,
};

const lf_view_palette *lf_view_palette_of(lf_theme theme) {
    return theme == LF_THEME_NIGHT ? &night : &day;
}

static bool read_stop(const lf_csv *csv, int row, lf_view_ramp *ramp) {
    static const char *const names[5] = {"value", "red", "green", "blue", "legend"};
    double numbers[5];
    for (int i = 0; i < 5; i++) {
        int column = lf_csv_column(csv, names[i]);
        if (column < 0 || !lf_text_real(lf_csv_cell(csv, row, column), &numbers[i])) {
            return false;
        }
    }
    for (int i = 1; i < 4; i++) {
        if (!(numbers[i] >= 0 && numbers[i] <= 255)) {
            return false;
        }
    }
    int at = ramp->count++;
    ramp->value[at] = (float)numbers[0];
    ramp->colour[at] =
        (lf_view_colour){(uint8_t)numbers[1], (uint8_t)numbers[2], (uint8_t)numbers[3], 255};
    ramp->legend[at] = numbers[4] > 0;
    return at == 0 || ramp->value[at] >= ramp->value[at - 1];
}

lf_code lf_view_ramp_read(const char *folder, const char *name, lf_view_ramp *ramp,
                          lf_error *error) {
    char relative[96], path[1024];
    lf_csv *csv = NULL;
    memset(ramp, 0, sizeof *ramp);
    snprintf(relative, sizeof relative, "ramps/%s.csv", name);
    if (folder) {
        lf_file_join(path, sizeof path, folder, relative);
    } else {
        lf_code found = lf_file_asset(relative, path, sizeof path, error);
        if (found != LF_OK) {
            return found;
        }
    }
    lf_code code = lf_csv_read(path, &csv, error);
    if (code != LF_OK) {
        return code;
    }
    for (int row = 0; row < lf_csv_rows(csv) && code == LF_OK; row++) {
        if (ramp->count == LF_VIEW_RAMP_STOPS || !read_stop(csv, row, ramp)) {
            code = lf_fail(error, LF_FORMAT, LF_FROM_HOST,
                           "a ramp has at most %d rows of value (ascending), red, green, blue "
                           "(0..255) and legend (0 or 1)",
                           LF_VIEW_RAMP_STOPS);
            lf_error_place(error, path, lf_csv_line(csv, row), 0, NULL);
        }
    }
    if (code == LF_OK && ramp->count < 2) {
        code = lf_fail(error, LF_EMPTY, LF_FROM_HOST, "a ramp needs two rows or more");
        lf_error_place(error, path, 0, 0, NULL);
    }
    lf_csv_free(csv);
    return code;
}

static uint8_t mix(uint8_t a, uint8_t b, float t) {
    return (uint8_t)((float)a + ((float)b - (float)a) * t + 0.5f);
}

lf_view_colour lf_view_ramp_at(const lf_view_ramp *ramp, float value) {
    int last = ramp->count - 1;
    if (value >= ramp->value[last]) {
        return ramp->colour[last];
    }
    int i = 0;
    while (i < last && ramp->value[i + 1] <= value) {
        i++;
    }
    float span = ramp->value[i + 1] - ramp->value[i];
    float t = span > 0 ? (value - ramp->value[i]) / span : 0;
    t = t < 0 ? 0 : t;
    const lf_view_colour *a = &ramp->colour[i], *b = &ramp->colour[i + 1];
    return (lf_view_colour){mix(a->r, b->r, t), mix(a->g, b->g, t), mix(a->b, b->b, t), 255};
}

void lf_view_ramp_texels(const lf_view_ramp *ramp, lf_view_colour *texels) {
    float high = ramp->value[ramp->count - 1];
    for (int i = 0; i < LF_VIEW_RAMP_TEXELS; i++) {
        texels[i] = lf_view_ramp_at(ramp, high * ((float)i + 0.5f) / LF_VIEW_RAMP_TEXELS);
    }
}
