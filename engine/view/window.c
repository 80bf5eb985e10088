// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The interactive window: one loop that takes events, brings the scene up to date, draws, presents.
#include "view/draw.h"
#include "view/hand.h"
#include "view/pick.h"
#include "view/ui.h"
#include <SDL2/SDL.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PANEL_PX = 360, CLICK_PX = 4 };

typedef struct window {
    lf_gpu *gpu;
    lf_view_painter *painter;
    lf_view_ui *ui;
    const lf_result *result;
    lf_view_scene **scenes; // one per option, built when first shown
    lf_theme theme;         // of the scenes
    lf_view_def def;
    lf_view_camera camera;
    lf_view_panel panel;
    lf_view_fact facts[LF_VIEW_FACT_LIMIT];
    lf_view_pick pick;
    int shown_option, last_option;
    const lf_frame_shot *shown_moment;
    lf_view_layer shown_layer;
    bool quit, scene_ready, moved, drawn_xray, coarse;
    float press_x, press_y;
    Uint32 last_ticks;
    double play_s;
    int pictures;
} window;

static lf_view_scene *scene_of(const window *it) {
    return it->scenes[it->shown_option];
}

static const lf_frame_shot *moment_of(const window *it) {
    int count = lf_option_frame_count(it->panel.option);
    int frame = it->panel.frame < count ? it->panel.frame : count - 1;
    return count > 0 ? lf_option_frame_at(it->panel.option, frame) : NULL;
}

// Scenes and moments -----------------------------------------------------------------------------

static void drop_scenes(window *it) {
    for (int i = 0; i < it->result->option_count; i++) {
        lf_view_scene_destroy(it->scenes[i]);
        it->scenes[i] = NULL;
    }
    it->scene_ready = false;
}

static lf_code show_option(window *it, lf_error *error) {
    if (it->theme != it->def.theme) {
        drop_scenes(it);
        it->theme = it->def.theme;
    }
    if (it->scene_ready && it->shown_option == it->panel.option_index) {
        return LF_OK;
    }
    int option = it->panel.option_index;
    if (it->scene_ready) {
        it->last_option = it->shown_option;
    }
    if (!it->scenes[option]) {
        lf_code code = lf_view_scene_create(it->result->options[option], it->def.theme,
                                            &it->scenes[option], error);
        if (code != LF_OK) {
            return code;
        }
    }
    it->shown_option = option;
    it->panel.option = it->result->options[option];
    it->scene_ready = true;
    it->shown_moment = NULL;
    it->shown_layer = LF_SHOW_NOTHING + 1;
    it->moved = true;
    return lf_view_painter_set_scene(it->painter, it->scenes[option], error);
}

static lf_code show_moment(window *it, lf_error *error) {
    const lf_frame_shot *moment = moment_of(it);
    it->panel.frame_count = lf_option_frame_count(it->panel.option);
    it->panel.frame_time_s = moment ? moment->time_s : 0;
    if (moment == it->shown_moment && it->shown_layer == it->def.show) {
        return LF_OK;
    }
    bool map = it->def.show == LF_SHOW_OCCUPANCY || it->shown_layer != it->def.show;
    lf_code code = lf_view_scene_set_moment(scene_of(it), moment, &it->def,
                                            lf_view_painter_occupancy(it->painter), error);
    if (code == LF_OK) {
        lf_view_painter_moment(it->painter, map);
        it->shown_moment = moment;
        it->shown_layer = it->def.show;
        it->moved = true;
    }
    return code;
}

static void play(window *it, double seconds) {
    int count = it->panel.frame_count;
    if (!it->panel.playing || count < 2) {
        return;
    }
    it->play_s += seconds;
    int steps = (int)(it->play_s * (double)it->panel.frames_per_s);
    if (steps > 0) {
        it->play_s = 0;
        it->panel.frame = (it->panel.frame + steps) % count;
    }
}

// Events -----------------------------------------------------------------------------------------

static void choose_option(window *it, int option) {
    if (option >= 0 && option < it->result->option_count) {
        it->panel.option_index = option;
    }
}

static void press_key(window *it, SDL_Keycode key) {
    int frames = it->panel.frame_count;
    if (key >= SDLK_1 && key <= SDLK_9) {
        choose_option(it, key - SDLK_1);
        return;
    }
    switch (key) {
    case SDLK_ESCAPE:
        it->quit = true;
        break;
    case SDLK_SPACE:
        it->panel.playing = !it->panel.playing;
        break;
    case SDLK_TAB:
        choose_option(it, it->last_option);
        break;
    case SDLK_x:
        it->def.xray = !it->def.xray;
        break;
    case SDLK_n:
        it->def.theme = it->def.theme == LF_THEME_DAY ? LF_THEME_NIGHT : LF_THEME_DAY;
        break;
    case SDLK_l:
        it->def.chinese = !it->def.chinese;
        break;
    case SDLK_m:
        it->def.show = (lf_view_layer)((it->def.show + 1) % (LF_SHOW_NOTHING + 1));
        break;
    case SDLK_r:
        it->panel.reset_camera = true;
        break;
    case SDLK_F12:
        it->panel.save_picture = true;
        break;
    case SDLK_LEFT:
        it->panel.frame = frames > 0 ? (it->panel.frame + frames - 1) % frames : 0;
        break;
    case SDLK_RIGHT:
        it->panel.frame = frames > 0 ? (it->panel.frame + 1) % frames : 0;
        break;
    default:
        break;
    }
}

static void drag(window *it, const SDL_MouseMotionEvent *event) {
    float dx = (float)event->xrel, dy = (float)event->yrel;
    if (event->state & SDL_BUTTON_LMASK && !(SDL_GetModState() & KMOD_SHIFT)) {
        lf_view_hand_orbit(&it->camera, dx, dy);
        it->moved = true;
    } else if (event->state & (SDL_BUTTON_LMASK | SDL_BUTTON_RMASK | SDL_BUTTON_MMASK)) {
        lf_view_hand_pan(&it->camera, dx, dy, it->def.height_px);
        it->moved = true;
    }
}

static void click(window *it, float x, float y) {
    bool same = fabsf(x - it->press_x) < CLICK_PX && fabsf(y - it->press_y) < CLICK_PX;
    if (same && it->scene_ready) {
        it->pick =
            lf_view_pick_at(scene_of(it), &it->camera, x, y, it->def.width_px, it->def.height_px);
        it->panel.picked = true;
    }
}

static void take_event(window *it, const SDL_Event *event) {
    lf_view_ui_event(it->ui, event);
    bool mouse_free = !lf_view_ui_takes_mouse(it->ui);
    switch (event->type) {
    case SDL_QUIT:
        it->quit = true;
        break;
    case SDL_WINDOWEVENT:
        it->moved = true;
        break;
    case SDL_KEYDOWN:
        if (!lf_view_ui_takes_keys(it->ui)) {
            press_key(it, event->key.keysym.sym);
        }
        break;
    case SDL_MOUSEWHEEL:
        if (mouse_free) {
            lf_view_hand_zoom(&it->camera, (float)event->wheel.y);
            it->moved = true;
        }
        break;
    case SDL_MOUSEBUTTONDOWN:
        it->press_x = (float)event->button.x;
        it->press_y = (float)event->button.y;
        break;
    case SDL_MOUSEBUTTONUP:
        if (mouse_free && event->button.button == SDL_BUTTON_LEFT) {
            click(it, (float)event->button.x, (float)event->button.y);
        }
        break;
    case SDL_MOUSEMOTION:
        if (mouse_free) {
            drag(it, &event->motion);
        }
        break;
    default:
        break;
    }
}

static void fly(window *it, float seconds) {
    const Uint8 *down = SDL_GetKeyboardState(NULL);
    float ahead = (float)(down[SDL_SCANCODE_W] - down[SDL_SCANCODE_S]);
    float aside = (float)(down[SDL_SCANCODE_D] - down[SDL_SCANCODE_A]);
    float up = (float)(down[SDL_SCANCODE_E] - down[SDL_SCANCODE_Q]);
    if ((ahead != 0 || aside != 0 || up != 0) && !lf_view_ui_takes_keys(it->ui)) {
        lf_view_hand_fly(&it->camera, ahead, aside, up, seconds);
        it->moved = true;
    }
}

static void take_events(window *it, bool wait) {
    SDL_Event event;
    if (wait && SDL_WaitEventTimeout(&event, 40)) {
        take_event(it, &event);
    }
    while (SDL_PollEvent(&event)) {
        take_event(it, &event);
    }
    Uint32 now = SDL_GetTicks();
    float seconds = fminf((float)(now - it->last_ticks) / 1000.0f, 0.25f);
    it->last_ticks = now;
    fly(it, seconds);
    play(it, (double)seconds);
}

// Drawing ----------------------------------------------------------------------------------------

static void fit_camera(window *it) {
    it->camera = lf_view_camera_fit(scene_of(it), &it->def);
    // The panel covers the left; the estate moves into what is left of the picture.
    float share = (float)PANEL_PX / (float)it->def.width_px;
    it->camera.distance_m *= 1 / fmaxf(0.3f, 1 - share);
    lf_view_vec3 right = lf_view_camera_right(&it->camera);
    float pixel = lf_view_camera_pixel_m(&it->camera, it->def.height_px);
    it->camera.target = lf_view_sub(it->camera.target, lf_view_scale(right, PANEL_PX / 2 * pixel));
    it->panel.reset_camera = false;
    it->moved = true;
}

static void follow_size(window *it) {
    int width = 0, height = 0;
    SDL_GL_GetDrawableSize(lf_gpu_window(it->gpu), &width, &height);
    if (width < 64 || height < 64) {
        return;
    }
    if (width != it->def.width_px || height != it->def.height_px) {
        it->def.width_px = width;
        it->def.height_px = height;
        it->moved = true;
    }
    it->camera.aspect = (float)width / (float)height;
}

// While the hand moves, a software renderer draws fewer pixels; at rest the picture is refined.
static lf_view_shot describe_shot(window *it, bool moving) {
    bool software = lf_gpu_is_software(it->gpu);
    const lf_row *row = it->panel.picked ? lf_view_pick_row(scene_of(it), &it->pick) : NULL;
    float samples = software ? (moving ? 0.6f : 1.5f) : 2;
    bool same = !moving && !it->moved && !it->coarse && it->drawn_xray == it->def.xray;
    return (lf_view_shot){.def = &it->def,
                          .camera = &it->camera,
                          .moment = it->shown_moment,
                          .samples = samples,
                          .reserved_left_px = PANEL_PX,
                          .wave_s = it->panel.playing ? (double)it->last_ticks / 1000 : 0,
                          .labels = it->panel.labels,
                          .reuse = same,
                          .marked = row ? &row->shape : NULL,
                          .marked_m = row ? it->pick.top_m : NAN};
}

static lf_code save_picture(window *it, lf_error *error) {
    char path[64];
    lf_gpu_target target = {0};
    it->panel.save_picture = false;
    snprintf(path, sizeof path, "lifang-%03d.png", ++it->pictures);
    lf_view_shot shot = describe_shot(it, false);
    shot.samples = 2;
    shot.reuse = false;
    shot.reserved_left_px = 0;
    lf_code code = lf_gpu_target_create(&target, it->def.width_px, it->def.height_px, GL_RGBA8, 0,
                                        false, error);
    if (code == LF_OK) {
        code = lf_view_painter_draw(it->painter, &shot, target.framebuffer, error);
    }
    if (code == LF_OK) {
        code = lf_view_save_target(&target, path, error);
    }
    lf_gpu_target_destroy(&target);
    it->moved = true;
    return code;
}

static lf_code draw_frame(window *it, bool in_hand, lf_error *error) {
    follow_size(it);
    lf_code code = show_option(it, error);
    if (code == LF_OK) {
        code = show_moment(it, error);
    }
    if (code != LF_OK) {
        return code;
    }
    if (it->panel.reset_camera) {
        fit_camera(it);
    }
    if (it->panel.save_picture && (code = save_picture(it, error)) != LF_OK) {
        return code;
    }
    if (it->panel.picked) {
        it->panel.fact_count = lf_view_pick_facts(scene_of(it), &it->pick, it->shown_moment,
                                                  it->def.chinese, it->facts);
    }
    bool moving = it->moved && in_hand;
    lf_view_shot shot = describe_shot(it, moving);
    code = lf_view_painter_draw(it->painter, &shot, 0, error);
    it->coarse = moving;
    it->moved = false;
    it->drawn_xray = it->def.xray;
    if (code == LF_OK) {
        lf_view_ui_draw(it->ui, &it->panel);
    }
    return code;
}

static lf_code save_window(window *it, const char *path, lf_error *error) {
    lf_gpu_target back = {.width_px = it->def.width_px, .height_px = it->def.height_px};
    glReadBuffer(GL_BACK);
    return lf_view_save_target(&back, path, error);
}

static lf_code loop(window *it, int frames_limit, const char *screenshot, lf_error *error) {
    lf_code code = LF_OK;
    it->last_ticks = SDL_GetTicks();
    for (int frame = 1; !it->quit && code == LF_OK; frame++) {
        bool busy = frames_limit > 0 || it->panel.playing || it->coarse;
        take_events(it, !busy);
        code = draw_frame(it, frames_limit == 0, error);
        bool last = it->quit || (frames_limit > 0 && frame >= frames_limit);
        if (last && code == LF_OK && screenshot) {
            code = save_window(it, screenshot, error);
        }
        lf_gpu_present(it->gpu);
        if (last) {
            break;
        }
    }
    return code;
}

// Opening ----------------------------------------------------------------------------------------

static lf_code open_all(window *it, lf_error *error) {
    char font[1024];
    const char *title = it->result->title && it->result->title[0] ? it->result->title : "lifang";
    lf_code code = lf_gpu_open_window(title, it->def.width_px, it->def.height_px, &it->gpu, error);
    if (code == LF_OK) {
        code = lf_view_painter_create(it->gpu, it->def.assets, &it->painter, error);
    }
    if (code == LF_OK) {
        code = lf_view_font_path(font, sizeof font, error);
    }
    if (code == LF_OK) {
        it->ui = lf_view_ui_create(lf_gpu_window(it->gpu), lf_gpu_sdl_context(it->gpu), font, 17);
        it->scenes = calloc((size_t)it->result->option_count, sizeof(lf_view_scene *));
        if (!it->ui || !it->scenes) {
            code = lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for the window");
        }
    }
    return code;
}

static void start_panel(window *it) {
    it->panel = (lf_view_panel){.result = it->result,
                                .option = it->result->options[0],
                                .facts = it->facts,
                                .width_px = PANEL_PX,
                                .def = &it->def,
                                .labels = true,
                                .reset_camera = true,
                                .frames_per_s = 6};
    it->last_option = it->result->option_count > 1 ? 1 : 0;
    const lf_frame_shot *first = lf_view_frame(it->panel.option, it->def.time_s);
    for (int i = 0; i < lf_option_frame_count(it->panel.option); i++) {
        if (lf_option_frame_at(it->panel.option, i) == first) {
            it->panel.frame = i;
        }
    }
}

lf_code lf_view_window(const lf_result *result, const lf_view_def *def, int frames_limit,
                       const char *screenshot, lf_error *error) {
    lf_code code = lf_view_check_def(def, error);
    if (code != LF_OK) {
        return code;
    }
    if (result->option_count < 1) {
        return lf_fail(error, LF_EMPTY, LF_FROM_CALL, "the result has no option to show");
    }
    window *it = calloc(1, sizeof *it);
    if (!it) {
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for the window");
    }
    it->result = result;
    it->def = *def;
    it->theme = def->theme;
    code = open_all(it, error);
    if (code == LF_OK) {
        start_panel(it);
        code = loop(it, frames_limit, screenshot, error);
    }
    for (int i = 0; it->scenes && i < result->option_count; i++) {
        lf_view_scene_destroy(it->scenes[i]);
    }
    free(it->scenes);
    lf_view_ui_destroy(it->ui);
    lf_view_painter_destroy(it->painter);
    lf_gpu_close(it->gpu);
    free(it);
    return code;
}
