// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The view without OpenGL: scenes from twin and result, camera framing, picking, ramps, words.
#include "check.h"
#include "estate.h"
#include "view/camera.h"
#include "view/font.h"
#include "view/pick.h"
#include "view/sheet.h"
#include "view/words.h"

static lf_view_scene *make_scene(const lf_option_result *option, const lf_view_def *def) {
    lf_view_scene *scene = NULL;
    CHECK(lf_view_scene_create(option, LF_THEME_DAY, &scene, NULL) == LF_OK);
    lf_view_ramp ramp;
    CHECK(lf_view_ramp_read(NULL, "occupancy", &ramp, NULL) == LF_OK);
    CHECK(lf_view_scene_set_moment(scene, lf_view_frame(option, def->time_s), def, &ramp, NULL) ==
          LF_OK);
    return scene;
}

static void moments(const lf_twin *twin) {
    lf_option_result *wet = estate_result(twin, true, true);
    lf_option_result *dry = estate_result(twin, false, true);
    lf_view_def def = lf_default_view_def();
    // The frame of the greatest flooded area is the second one, 3600 s.
    CHECK_NEAR(lf_view_frame(wet, NAN)->time_s, 3600, 0);
    CHECK_NEAR(lf_view_frame(wet, 3599)->time_s, 0, 0);
    CHECK_NEAR(lf_view_frame(wet, 1e9)->time_s, 7200, 0);
    lf_view_scene *scene = make_scene(wet, &def);
    CHECK(scene->water.index_count > 3000);
    CHECK(scene->cars.index_count > 0);
    def.time_s = 0;
    CHECK(lf_view_scene_set_moment(scene, lf_view_frame(wet, 0), &def, NULL, NULL) == LF_OK);
    CHECK(scene->water.index_count == 0);
    CHECK(scene->cars.index_count > 0);
    // The deepest water stands in the low corner.
    def.time_s = 3600;
    CHECK(lf_view_scene_set_moment(scene, lf_view_frame(wet, 3600), &def, NULL, NULL) == LF_OK);
    float deepest = 0;
    lf_view_vec3 at = {0};
    for (size_t i = 0; i < scene->water.count; i++) {
        if (scene->water.vertices[i].uv[0] > deepest) {
            deepest = scene->water.vertices[i].uv[0];
            at = scene->water.vertices[i].position;
        }
    }
    CHECK_NEAR((double)at.x + scene->centre_x, 285, 25);
    CHECK_NEAR((double)at.y + scene->centre_y, 45, 25);
    lf_view_scene_destroy(scene);
    scene = make_scene(dry, &def);
    CHECK(scene->water.index_count == 0);
    lf_view_scene_destroy(scene);
    lf_option_destroy(wet);
    lf_option_destroy(dry);
}

static void framing_and_picking(const lf_twin *twin) {
    lf_option_result *option = estate_result(twin, true, true);
    lf_view_def def = lf_default_view_def();
    lf_view_scene *scene = make_scene(option, &def);
    for (int turn = 0; turn < 360; turn += 45) {
        def.azimuth_deg = turn;
        lf_view_camera camera = lf_view_camera_fit(scene, &def);
        for (int i = 0; i < 4; i++) {
            double x = scene->box[i & 1 ? 2 : 0], y = scene->box[i & 2 ? 3 : 1];
            float px = 0, py = 0;
            CHECK(lf_view_camera_project(&camera, lf_view_on_ground(scene, x, y, 0), 1600, 1000,
                                         &px, &py));
            CHECK(px > 0 && px < 1600 && py > 0 && py < 960);
        }
        // What stands at a pixel is what was projected there.
        int count = 0;
        const lf_building *rows = lf_twin_rows(twin, LF_BUILDINGS, &count);
        float x = 0, y = 0;
        lf_vec2 centre = lf_shape_centre(&rows[5].row.shape);
        lf_view_camera_project(&camera,
                               lf_view_on_ground(scene, centre.x, centre.y, rows[5].height_m - 0.4),
                               1600, 1000, &x, &y);
        lf_view_pick pick = lf_view_pick_at(scene, &camera, x, y, 1600, 1000);
        CHECK(pick.hit && pick.layer == LF_BUILDINGS && pick.index == 5);
        lf_view_fact facts[LF_VIEW_FACT_LIMIT];
        int known = lf_view_pick_facts(scene, &pick, lf_view_frame(option, NAN), false, facts);
        CHECK(known > 5);
        CHECK_TEXT(facts[0].name, "buildings");
        CHECK(strstr(facts[0].value, rows[5].row.name) != NULL);
    }
    def.azimuth_deg = 0;
    def.tilt_deg = 88;
    lf_view_camera above = lf_view_camera_fit(scene, &def);
    float x = 0, y = 0;
    lf_view_camera_project(&above, lf_view_on_ground(scene, 22, 20, 0), 1600, 1000, &x, &y);
    lf_view_pick manhole = lf_view_pick_at(scene, &above, x, y, 1600, 1000);
    CHECK(manhole.hit && manhole.layer == LF_DRAIN_NODES && manhole.index == 0);
    lf_view_camera_project(&above, lf_view_on_ground(scene, 60, 18, 0), 1600, 1000, &x, &y);
    lf_view_pick road = lf_view_pick_at(scene, &above, x, y, 1600, 1000);
    CHECK(road.hit && road.layer == LF_ROADS);
    lf_view_scene_destroy(scene);
    lf_option_destroy(option);
}

static void ramps(void) {
    lf_view_ramp ramp;
    lf_view_legend_row rows[7];
    CHECK(lf_view_ramp_read(NULL, "water", &ramp, NULL) == LF_OK);
    // 15 cm is a step that one sees: just below and above differ by far more than neighbours do.
    lf_view_colour below = lf_view_ramp_at(&ramp, 0.149f), above = lf_view_ramp_at(&ramp, 0.151f);
    CHECK(abs(below.r - above.r) + abs(below.g - above.g) + abs(below.b - above.b) > 80);
    lf_view_colour near = lf_view_ramp_at(&ramp, 0.147f);
    CHECK(abs(below.r - near.r) + abs(below.g - near.g) + abs(below.b - near.b) < 8);
    CHECK(lf_view_ramp_at(&ramp, 99).r == ramp.colour[ramp.count - 1].r);
    CHECK(lf_view_legend(&ramp, false, rows) == 6);
    CHECK_TEXT(rows[2].text, "0.15 – 0.30");
    lf_error error = {0};
    CHECK(lf_view_ramp_read(NULL, "no-such-ramp", &ramp, &error) == LF_NOT_FOUND);
}

static void words(void) {
    char text[64];
    const char *utf8 = "里A\xff";
    CHECK(lf_view_utf8_next(&utf8) == 0x91cc);
    CHECK(lf_view_utf8_next(&utf8) == 'A');
    CHECK(lf_view_utf8_next(&utf8) == 0xfffd);
    CHECK(lf_view_utf8_next(&utf8) == 0);
    CHECK_TEXT(lf_view_clock_text(8 * 3600 + 70 * 60, text, sizeof text), "09:10");
    CHECK_TEXT(lf_view_clock_text(25 * 3600, text, sizeof text), "01:00");
    CHECK_TEXT(lf_view_since_text(4200, false, text, sizeof text), "+1 h 10 min");
    CHECK_TEXT(lf_view_since_text(600, true, text, sizeof text), "+10 分");
    CHECK_TEXT(lf_view_field_word("storeys", true), "层数");
    CHECK_TEXT(lf_view_field_word("storeys", false), "storeys");
    CHECK_TEXT(lf_view_field_word("no such field", true), "no such field");
    // Every attribute that a click can show has a Chinese name.
    static const lf_layer shown[] = {LF_BUILDINGS, LF_ROADS,       LF_GATES,  LF_PARKING,
                                     LF_STALLS,    LF_DRAIN_NODES, LF_SENSORS};
    for (size_t i = 0; i < sizeof shown / sizeof shown[0]; i++) {
        const lf_table *table = lf_layer_table(shown[i]);
        for (int k = 0; k < table->count; k++) {
            const char *name = table->fields[k].name;
            bool translated = strcmp(lf_view_field_word(name, true), name) != 0;
            CHECK(translated);
            if (!translated) {
                printf("%s.%s has no Chinese name in engine/view/fields.def\n",
                       lf_layer_name(shown[i]), name);
            }
        }
    }
    for (int i = 0; i < LF_VIEW_WORD_COUNT; i++) {
        CHECK(lf_view_say((lf_view_word)i, true)[0] && lf_view_say((lf_view_word)i, false)[0]);
    }
}

int main(void) {
    lf_twin *twin = estate_twin(true);
    CHECK(twin != NULL);
    if (twin) {
        moments(twin);
        framing_and_picking(twin);
    }
    ramps();
    words();
    lf_twin_destroy(twin);
    return lf_check_end();
}
