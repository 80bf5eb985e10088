// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Pictures without a display: right size, not blank, water only where there is depth, each switch
// changes the picture, and the same bytes from run to run.
#include "check.h"
#include "estate.h"
#include "lifang/view.h"
#include <png.h>
#include <unistd.h>

typedef struct picture {
    png_image head;
    unsigned char *rgb;
} picture;

static bool load(const char *path, picture *out) {
    memset(out, 0, sizeof *out);
    out->head.version = PNG_IMAGE_VERSION;
    if (!png_image_begin_read_from_file(&out->head, path)) {
        return false;
    }
    out->head.format = PNG_FORMAT_RGB;
    out->rgb = malloc(PNG_IMAGE_SIZE(out->head));
    return out->rgb && png_image_finish_read(&out->head, NULL, out->rgb, 0, NULL);
}

// Pixels of the middle (no legend, no foot) that are as blue as flood water and nothing else.
static int water_pixels(const picture *it) {
    int width = (int)it->head.width, height = (int)it->head.height, count = 0;
    for (int y = 0; y < height * 9 / 10; y++) {
        for (int x = 0; x < width * 88 / 100; x++) {
            const unsigned char *p = it->rgb + 3 * ((size_t)y * (size_t)width + (size_t)x);
            count += p[2] > p[0] + 60 && p[2] > p[1] + 70;
        }
    }
    return count;
}

static int distinct_colours(const picture *it) {
    static unsigned char seen[32768];
    int count = 0;
    memset(seen, 0, sizeof seen);
    for (size_t i = 0; i < (size_t)it->head.width * it->head.height; i++) {
        const unsigned char *p = it->rgb + 3 * i;
        int bin = (p[0] >> 3) << 10 | (p[1] >> 3) << 5 | p[2] >> 3;
        count += !seen[bin];
        seen[bin] = 1;
    }
    return count;
}

static double difference(const picture *a, const picture *b) {
    size_t count = PNG_IMAGE_SIZE(a->head);
    double sum = 0;
    for (size_t i = 0; i < count; i++) {
        sum += abs(a->rgb[i] - b->rgb[i]);
    }
    return sum / (double)count;
}

static bool same_bytes(const char *left, const char *right) {
    FILE *a = fopen(left, "rb"), *b = fopen(right, "rb");
    bool same = a && b;
    while (same) {
        int x = fgetc(a), y = fgetc(b);
        same = x == y;
        if (x == EOF) {
            break;
        }
    }
    if (a) {
        fclose(a);
    }
    if (b) {
        fclose(b);
    }
    return same;
}

enum { WET, WET_AGAIN, DRY, NIGHT, XRAY, OCCUPANCY, ENGLISH, TERRAINLESS, PICTURES };
static const char *const paths[PICTURES] = {"wet.png",  "wet2.png",      "dry.png",     "night.png",
                                            "xray.png", "occupancy.png", "english.png", "flat.png"};

static lf_code draw_all(const lf_option_result *wet, const lf_option_result *dry,
                        const lf_option_result *flat, lf_error *error) {
    const lf_option_result *options[PICTURES] = {wet, wet, dry, wet, wet, wet, wet, flat};
    lf_view_def defs[PICTURES];
    for (int i = 0; i < PICTURES; i++) {
        defs[i] = lf_default_view_def();
        defs[i].width_px = 640;
        defs[i].height_px = 400;
        defs[i].chinese = i != ENGLISH;
        defs[i].start_clock_s = 8 * 3600;
    }
    defs[NIGHT].theme = LF_THEME_NIGHT;
    defs[XRAY].xray = true;
    defs[OCCUPANCY].show = LF_SHOW_OCCUPANCY;
    return lf_view_render_many(options, defs, paths, PICTURES, error);
}

static void check_pictures(void) {
    picture it[PICTURES];
    for (int i = 0; i < PICTURES; i++) {
        CHECK(load(paths[i], &it[i]));
        CHECK(it[i].head.width == 640 && it[i].head.height == 400);
        CHECK(distinct_colours(&it[i]) > 60);
    }
    CHECK(water_pixels(&it[WET]) > 2000);
    CHECK(water_pixels(&it[DRY]) == 0);
    CHECK(water_pixels(&it[OCCUPANCY]) < 200);
    CHECK(same_bytes(paths[WET], paths[WET_AGAIN]));
    CHECK(!same_bytes(paths[WET], paths[ENGLISH]));
    CHECK(difference(&it[WET], &it[NIGHT]) > 40);
    CHECK(difference(&it[WET], &it[XRAY]) > 2);
    CHECK(difference(&it[WET], &it[ENGLISH]) < 5);
    CHECK(difference(&it[DRY], &it[TERRAINLESS]) > 0.2);
    for (int i = 0; i < PICTURES; i++) {
        free(it[i].rgb);
    }
}

static void check_bad_input(const lf_option_result *option) {
    lf_error error = {0};
    lf_view_def def = {0};
    CHECK(lf_view_render(option, &def, "never.png", &error) == LF_INVALID);
    def = lf_default_view_def();
    def.width_px = 5;
    CHECK(lf_view_render(option, &def, "never.png", &error) == LF_RANGE);
    def = lf_default_view_def();
    def.tilt_deg = NAN;
    CHECK(lf_view_render(option, &def, "never.png", &error) == LF_RANGE);
    def = lf_default_view_def();
    def.width_px = def.height_px = 64;
    CHECK(lf_view_render(option, &def, "no/such/folder/never.png", &error) != LF_OK);
    CHECK(error.message[0] != '\0');
    def.assets = "no-such-folder";
    CHECK(lf_view_render(option, &def, "never.png", &error) == LF_NOT_FOUND);
    CHECK(access("never.png", F_OK) != 0);
}

int main(void) {
    lf_twin *twin = estate_twin(true), *plain = estate_twin(false);
    CHECK(twin && plain);
    if (!twin || !plain) {
        return lf_check_end();
    }
    lf_option_result *wet = estate_result(twin, true, true);
    lf_option_result *dry = estate_result(twin, false, true);
    lf_option_result *flat = estate_result(plain, false, false);
    lf_error error = {0};
    lf_code code = draw_all(wet, dry, flat, &error);
    if (code == LF_UNAVAILABLE) {
        printf("skipped: %s\n", error.message);
        return 77;
    }
    CHECK(code == LF_OK);
    if (code == LF_OK) {
        check_pictures();
        check_bad_input(wet);
    } else {
        printf("%s\n", error.message);
    }
    lf_option_destroy(wet);
    lf_option_destroy(dry);
    lf_option_destroy(flat);
    lf_twin_destroy(twin);
    lf_twin_destroy(plain);
    return lf_check_end();
}
