// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Which pictures a result gets.
#include "pictures.h"
#include "base/file.h"
#include "lifang/view.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

void cli_pictures_free(cli_pictures *pictures) {
    free(pictures->list);
    free(pictures->paths);
    free(pictures->titles);
    *pictures = (cli_pictures){0};
}

static const double WET_M = 0.03;

// The moment with most wet cells in the first option, for all pictures of water.
static double wettest_s(const lf_option_result *option) {
    const lf_grid *grid = lf_option_depth_grid(option);
    size_t cells = grid ? (size_t)grid->cols * (size_t)grid->rows : 0;
    double best_s = NAN;
    size_t most = 0;
    for (int i = 0; i < lf_option_frame_count(option); i++) {
        const lf_frame_shot *shot = lf_option_frame_at(option, i);
        size_t wet = 0;
        for (size_t k = 0; shot->depth_m && k < cells; k++) {
            wet += shot->depth_m[k] > WET_M;
        }
        if (wet > most) {
            most = wet;
            best_s = shot->time_s;
        }
    }
    return best_s;
}

// The moment with most stalls taken in the first option, for all pictures of cars.
static double fullest_s(const lf_option_result *option) {
    double best_s = NAN;
    int most = -1;
    for (int i = 0; i < lf_option_frame_count(option); i++) {
        const lf_frame_shot *shot = lf_option_frame_at(option, i);
        int taken = 0;
        for (int k = 0; shot->place_taken && k < shot->place_count; k++) {
            taken += shot->place_taken[k] == 1;
        }
        if (shot->place_taken && taken > most) {
            most = taken;
            best_s = shot->time_s;
        }
    }
    return best_s;
}

typedef struct kind {
    const char *name, *title, *title_zh;
    lf_view_layer show;
    double time_s;
} kind;

// What is worth a picture: what ran. An estate where nothing moves gets one plain picture.
static int choose_kinds(const lf_result *result, kind kinds[2]) {
    const lf_option_result *base = result->options[0];
    int count = 0;
    if (lf_option_depth_grid(base)) {
        kinds[count++] =
            (kind){"water", "greatest depth", "最大积水深度", LF_SHOW_MAX_DEPTH, wettest_s(base)};
    }
    double full_s = fullest_s(base);
    if (!isnan(full_s)) {
        kinds[count++] = (kind){"cars", "parked cars", "停车", LF_SHOW_OCCUPANCY, full_s};
    }
    if (!count) {
        kinds[count++] = (kind){"estate", "the estate", "小区", LF_SHOW_NOTHING, 0};
    }
    return count;
}

static bool reserve(cli_pictures *pictures, int count) {
    size_t room = (size_t)count;
    pictures->list = calloc(room, sizeof *pictures->list);
    pictures->paths = calloc(room, sizeof *pictures->paths);
    pictures->titles = calloc(room, sizeof *pictures->titles);
    return pictures->list && pictures->paths && pictures->titles;
}

static void name_picture(cli_pictures *pictures, const lf_result *result, int option,
                         const kind *what) {
    int at = pictures->count++;
    char slug[LF_REPORT_SLUG_SIZE];
    snprintf(pictures->paths[at], sizeof pictures->paths[at], "pictures/%s-%s.png",
             lf_report_option_slug(result, option, slug), what->name);
    snprintf(pictures->titles[at], sizeof pictures->titles[at], "%s: %s",
             lf_option_name(result->options[option]), what->title);
    pictures->list[at] = (lf_report_picture){.path = pictures->paths[at],
                                             .title = pictures->titles[at],
                                             .title_zh = what->title_zh,
                                             .option = option};
}

bool cli_name_is_chinese(const char *name) {
    for (; *name; name++) {
        if ((unsigned char)*name >= 0xe3) { // where CJK begins in UTF-8
            return true;
        }
    }
    return false;
}

// Renders all pictures in one go; full is the path of each.
static lf_code render(const lf_result *result, const kind *kinds, int kind_count,
                      const char *folder, const cli_pictures *pictures, lf_error *error) {
    size_t count = (size_t)pictures->count;
    const lf_option_result **options = calloc(count, sizeof *options);
    lf_view_def *defs = calloc(count, sizeof *defs);
    const char **names = calloc(count, sizeof *names);
    char(*full)[1300] = calloc(count, sizeof *full);
    lf_code code = options && defs && names && full
                       ? LF_OK
                       : lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for pictures");
    for (size_t i = 0; code == LF_OK && i < count; i++) {
        const kind *what = &kinds[i % (size_t)kind_count];
        options[i] = result->options[pictures->list[i].option];
        defs[i] = lf_default_view_def();
        defs[i].show = what->show;
        defs[i].time_s = what->time_s;
        defs[i].start_clock_s = result->start_clock_s;
        defs[i].chinese = cli_name_is_chinese(result->title);
        snprintf(full[i], sizeof full[i], "%s/%s", folder, pictures->list[i].path);
        names[i] = full[i];
    }
    if (code == LF_OK) {
        code = lf_view_render_many(options, defs, names, (int)count, error);
    }
    free(options);
    free(defs);
    free(names);
    free(full);
    return code;
}

lf_code cli_pictures_draw(cli_pictures *pictures, const lf_result *result, const char *folder,
                          lf_error *error) {
    *pictures = (cli_pictures){0};
    kind kinds[2];
    int kind_count = choose_kinds(result, kinds);
    char path[1200];
    snprintf(path, sizeof path, "%s/pictures", folder);
    lf_code code = lf_file_make_folder(path, error);
    if (code == LF_OK && !reserve(pictures, kind_count * result->option_count)) {
        code = lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for pictures");
    }
    for (int option = 0; code == LF_OK && option < result->option_count; option++) {
        for (int i = 0; i < kind_count; i++) {
            name_picture(pictures, result, option, &kinds[i]);
        }
    }
    if (code == LF_OK) {
        code = render(result, kinds, kind_count, folder, pictures, error);
    }
    if (code != LF_OK) {
        cli_pictures_free(pictures);
        lf_file_remove_tree(path, NULL);
    }
    return code;
}
