// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The window opens, takes keys and a click, draws its panel, saves what it shows, and ends.
#include "check.h"
#include "estate.h"
#include "lifang/view.h"
#include <SDL2/SDL.h>
#include <png.h>
#include <unistd.h>

static void press(SDL_Keycode key) {
    SDL_Event event = {0};
    event.type = SDL_KEYDOWN;
    event.key.state = SDL_PRESSED;
    event.key.keysym.sym = key;
    SDL_PushEvent(&event);
}

static void click(int x, int y) {
    SDL_Event event = {0};
    event.type = SDL_MOUSEBUTTONDOWN;
    event.button.button = SDL_BUTTON_LEFT;
    event.button.x = x;
    event.button.y = y;
    SDL_PushEvent(&event);
    event.type = SDL_MOUSEBUTTONUP;
    SDL_PushEvent(&event);
}

static unsigned char *load(const char *path, png_image *head) {
    memset(head, 0, sizeof *head);
    head->version = PNG_IMAGE_VERSION;
    if (!png_image_begin_read_from_file(head, path)) {
        return NULL;
    }
    head->format = PNG_FORMAT_RGB;
    unsigned char *rgb = malloc(PNG_IMAGE_SIZE(*head));
    if (rgb && !png_image_finish_read(head, NULL, rgb, 0, NULL)) {
        free(rgb);
        rgb = NULL;
    }
    return rgb;
}

static double mean_of(const unsigned char *rgb, const png_image *head, unsigned x0, unsigned x1) {
    double sum = 0;
    for (unsigned y = 0; y < head->height; y++) {
        for (unsigned x = x0; x < x1; x++) {
            sum += rgb[3 * (y * head->width + x)];
        }
    }
    return sum / ((double)head->height * (x1 - x0));
}

static void check_night(const char *day_path, const char *night_path) {
    png_image day_head, night_head;
    unsigned char *day = load(day_path, &day_head), *night = load(night_path, &night_head);
    CHECK(day && night);
    if (day && night) {
        CHECK(day_head.width == 960 && day_head.height == 600);
        CHECK(mean_of(day, &day_head, 340, 960) > mean_of(night, &night_head, 340, 960) + 60);
        CHECK(mean_of(day, &day_head, 0, 330) > mean_of(night, &night_head, 0, 330) + 60);
    }
    free(day);
    free(night);
}

int main(int argc, char **argv) {
    lf_twin *twin = estate_twin(true);
    if (!twin) {
        return 1;
    }
    lf_option_result *options[2] = {estate_result(twin, true, true),
                                    estate_result(twin, false, true)};
    lf_result result = {.title = "红旗新村", .option_count = 2, .options = options};
    lf_view_def def = lf_default_view_def();
    lf_error error = {0};
    def.width_px = 960;
    def.height_px = 600;
    def.chinese = true;
    lf_code code = lf_view_window(&result, &def, 3, "day.png", &error);
    if (code == LF_UNAVAILABLE) {
        printf("skipped: %s\n", error.message);
        return 77;
    }
    CHECK(code == LF_OK);
    // Keys wait in the queue until the loop takes them: night, x-ray and back, next frame, option
    // 2, before/after, a picture.
    remove("lifang-001.png");
    SDL_SetMainReady();
    CHECK(SDL_InitSubSystem(SDL_INIT_VIDEO) == 0);
    press(SDLK_n);
    press(SDLK_x);
    press(SDLK_x);
    press(SDLK_RIGHT);
    press(SDLK_2);
    press(SDLK_TAB);
    press(SDLK_F12);
    click(640, 300);
    CHECK(lf_view_window(&result, &def, 4, argc > 1 ? argv[1] : "night.png", &error) == LF_OK);
    CHECK(access("lifang-001.png", F_OK) == 0);
    check_night("day.png", argc > 1 ? argv[1] : "night.png");
    // Escape ends it long before the limit.
    press(SDLK_ESCAPE);
    CHECK(lf_view_window(&result, &def, 100000, NULL, &error) == LF_OK);
    SDL_QuitSubSystem(SDL_INIT_VIDEO);
    lf_option_destroy(options[0]);
    lf_option_destroy(options[1]);
    lf_twin_destroy(twin);
    return lf_check_end();
}
