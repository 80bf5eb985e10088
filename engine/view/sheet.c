// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// One quiet line at the foot (estate, option, time, data, scale, north), a legend apart from the
// scene, and labels that never lie on each other.
#include "view/sheet.h"
#include "view/pick.h"
#include "view/words.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PLACED_LIMIT = 400 };

typedef struct placed {
    float box[PLACED_LIMIT][4];
    int count;
} placed;

static bool free_place(const placed *all, const float box[4]) {
    for (int i = 0; i < all->count; i++) {
        const float *other = all->box[i];
        if (box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1]) {
            return false;
        }
    }
    return true;
}

static void take_place(placed *all, const float box[4]) {
    if (all->count < PLACED_LIMIT) {
        memcpy(all->box[all->count++], box, 4 * sizeof(float));
    }
}

static int compare_labels(const void *left, const void *right) {
    const lf_view_label *a = *(const lf_view_label *const *)left;
    const lf_view_label *b = *(const lf_view_label *const *)right;
    if (a->rank != b->rank) {
        return a->rank > b->rank ? -1 : 1;
    }
    return a < b ? -1 : 1;
}

// True if a building stands between a label's place and the eye.
static bool behind_building(const lf_view_sheet *sheet, lf_view_vec3 at) {
    const lf_view_scene *scene = sheet->scene;
    lf_view_vec3 way = lf_view_scale(lf_view_camera_forward(sheet->camera), -2);
    for (int i = 0; i < 100 && at.z < scene->highest_m && way.z > 0; i++) {
        at = lf_view_add(at, way);
        lf_vec2 place = {(double)at.x + scene->centre_x, (double)at.y + scene->centre_y};
        if (lf_view_building_at(scene, place, (double)at.z + scene->centre_z) >= 0) {
            return true;
        }
    }
    return false;
}

static lf_view_colour without_alpha(lf_view_colour colour, uint8_t alpha) {
    colour.a = alpha;
    return colour;
}

// Where stalls show how full they are, car parks carry a flag on a pole that stands above the
// roofs.
static void place_flag(const lf_view_sheet *sheet, lf_view_overlay *overlay, placed *all,
                       const lf_view_label *label, double ratio) {
    const lf_view_palette *palette = sheet->scene->palette;
    lf_view_vec3 top = {label->at.x, label->at.y, sheet->scene->highest_m * 0.9f};
    int size = overlay->small_px, width_px = overlay->width_px, height_px = overlay->height_px;
    char text[200];
    float x = 0, y = 0, foot_x = 0, foot_y = 0;
    if (!lf_view_camera_project(sheet->camera, top, width_px, height_px, &x, &y) ||
        !lf_view_camera_project(sheet->camera, label->at, width_px, height_px, &foot_x, &foot_y)) {
        return;
    }
    snprintf(text, sizeof text, "%.150s%s%.0f%%", label->text, label->text[0] ? " " : "",
             100 * ratio);
    float width = lf_view_overlay_text_width(overlay, size, text), pad = (float)size * 0.35f;
    float mark = (float)size * 0.5f;
    float box[4] = {x - width / 2 - pad - mark, y - (float)size - pad, x + width / 2 + pad,
                    y + pad * 0.6f};
    if (box[0] < sheet->reserved_left_px + 4 || box[1] < 4 || box[2] > (float)width_px - 4 ||
        !free_place(all, box)) {
        return;
    }
    take_place(all, box);
    lf_view_colour colour = lf_view_ramp_at(sheet->occupancy, (float)ratio);
    lf_view_overlay_line(overlay, x, box[3], foot_x, foot_y, fmaxf(1, (float)size / 10), colour);
    lf_view_overlay_rect(overlay, box[0], box[1], box[2] - box[0], box[3] - box[1],
                         without_alpha(palette->paper, 225));
    lf_view_overlay_rect(overlay, box[0], box[1], mark, box[3] - box[1], colour);
    lf_view_overlay_text(overlay, box[0] + mark + pad, box[3] - pad, size, palette->text, text);
}

// True if the label was a car park that is done with: drawn as a flag, or without a name.
static bool place_parking(const lf_view_sheet *sheet, lf_view_overlay *overlay, placed *all,
                          const lf_view_label *label) {
    bool asked = sheet->def->show == LF_SHOW_OCCUPANCY;
    double ratio =
        asked ? lf_view_parking_ratio(sheet->scene, label->word, sheet->scene->taken) : NAN;
    if (!isnan(ratio)) {
        place_flag(sheet, overlay, all, label, ratio);
    }
    return !isnan(ratio) || !label->text[0];
}

static void place_label(const lf_view_sheet *sheet, lf_view_overlay *overlay, placed *all,
                        const lf_view_label *label) {
    const lf_view_palette *palette = sheet->scene->palette;
    if (label->kind == LF_VIEW_LABEL_PARKING && place_parking(sheet, overlay, all, label)) {
        return;
    }
    const char *text =
        label->text[0] ? label->text : lf_view_say((lf_view_word)label->word, sheet->def->chinese);
    bool measure = label->kind == LF_VIEW_LABEL_MEASURE;
    bool strong = label->kind == LF_VIEW_LABEL_GATE || label->kind == LF_VIEW_LABEL_SENSOR;
    bool low = measure || label->kind == LF_VIEW_LABEL_PARKING;
    int size = low ? overlay->small_px : overlay->middle_px;
    float x = 0, y = 0;
    if (!lf_view_camera_project(sheet->camera, label->at, overlay->width_px, overlay->height_px, &x,
                                &y)) {
        return;
    }
    float width = lf_view_overlay_text_width(overlay, size, text);
    float pad = (float)size * (strong ? 0.35f : 0.14f), high = (float)size;
    float box[4] = {x - width / 2 - pad, y - high - pad, x + width / 2 + pad, y + pad * 0.4f};
    if (box[0] < sheet->reserved_left_px + 4 || box[1] < 4 ||
        box[2] > (float)overlay->width_px - 4 || box[3] > (float)overlay->height_px - 4 ||
        !free_place(all, box) || (low && behind_building(sheet, label->at))) {
        return;
    }
    take_place(all, box);
    if (strong) {
        lf_view_colour mark = label->kind == LF_VIEW_LABEL_GATE ? palette->gate : palette->halo;
        lf_view_overlay_rect(overlay, box[0], box[1], box[2] - box[0], box[3] - box[1],
                             without_alpha(palette->paper, 235));
        lf_view_overlay_rect(overlay, box[0], box[3] - 2, box[2] - box[0], 2, mark);
        lf_view_overlay_text(overlay, x - width / 2, box[3] - pad * 1.1f, size, palette->text,
                             text);
        return;
    }
    lf_view_colour ink = measure ? palette->measure_line : low ? palette->text_soft : palette->text;
    lf_view_overlay_text_rimmed(overlay, x - width / 2, box[3] - pad, size, ink,
                                without_alpha(palette->paper, 120), text);
}

static void draw_labels(const lf_view_sheet *sheet, lf_view_overlay *overlay, placed *all) {
    const lf_view_scene *scene = sheet->scene;
    size_t count = scene->label_count;
    const lf_view_label **order = malloc((count + 1) * sizeof *order);
    if (!order) {
        return;
    }
    for (size_t i = 0; i < count; i++) {
        order[i] = &scene->labels[i];
    }
    qsort(order, count, sizeof *order, compare_labels);
    // Flags that carry the data come before the names of buildings.
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < count; i++) {
            bool first =
                sheet->def->show == LF_SHOW_OCCUPANCY && order[i]->kind == LF_VIEW_LABEL_PARKING;
            if (first == (pass == 0)) {
                place_label(sheet, overlay, all, order[i]);
            }
        }
    }
    free(order);
}

static void legend_text(const lf_view_ramp *ramp, int low, int high, bool percent, char *text,
                        size_t size) {
    float a = ramp->value[low] * (percent ? 100 : 1);
    float b = high >= 0 ? ramp->value[high] * (percent ? 100 : 1) : 0;
    const char *form = percent ? "%.0f" : "%.2f";
    char from[16], until[16];
    snprintf(from, sizeof from, form, (double)a);
    snprintf(until, sizeof until, form, (double)b);
    if (high < 0) {
        snprintf(text, size, "%s %s", "≥", from);
    } else {
        snprintf(text, size, "%s – %s", from, until);
    }
}

int lf_view_legend(const lf_view_ramp *ramp, bool percent, lf_view_legend_row rows[7]) {
    int marks[LF_VIEW_RAMP_STOPS], mark_count = 0, count = 0;
    for (int i = 0; i < ramp->count; i++) {
        if (ramp->legend[i]) {
            marks[mark_count++] = i;
        }
    }
    for (int i = 0; i < mark_count && count < 7; i++) {
        int next = i + 1 < mark_count ? marks[i + 1] : -1;
        lf_view_legend_row *row = &rows[count++];
        float low = ramp->value[marks[i]];
        float high = next >= 0 ? ramp->value[next] : low;
        row->colour = lf_view_ramp_at(ramp, next >= 0 ? low + (high - low) * 0.5f : low);
        legend_text(ramp, marks[i], next, percent, row->text, sizeof row->text);
    }
    return count;
}

// The kinds of sewer that the estate has.
static int system_rows(const lf_view_sheet *sheet, lf_view_legend_row rows[7]) {
    bool there[3] = {false, false, false};
    int link_count = 0, count = 0;
    const lf_drain_link *links = lf_twin_rows(sheet->scene->twin, LF_DRAIN_LINKS, &link_count);
    for (int i = 0; i < link_count; i++) {
        if (links[i].system >= 0 && links[i].system < 3) {
            there[links[i].system] = true;
        }
    }
    for (int i = 0; i < 3; i++) {
        if (there[i]) {
            lf_view_word word = (lf_view_word)(LF_VIEW_WORD_COMBINED + i);
            lf_view_legend_row *row = &rows[count++];
            snprintf(row->text, sizeof row->text, "%s", lf_view_say(word, sheet->def->chinese));
            row->colour = sheet->scene->palette->pipe[i];
        }
    }
    return count;
}

static int pipe_rows(const lf_view_sheet *sheet, char *title, size_t title_size,
                     lf_view_legend_row rows[7]) {
    bool chinese = sheet->def->chinese;
    if (!sheet->def->xray || sheet->scene->pipes.count == 0) {
        return 0;
    }
    if (lf_option_column(sheet->scene->option, LF_DRAIN_LINKS, "fill_ratio")) {
        snprintf(title, title_size, "%s (%%)", lf_view_say(LF_VIEW_WORD_FILL, chinese));
        return lf_view_legend(sheet->fill, true, rows);
    }
    snprintf(title, title_size, "%s", lf_view_say(LF_VIEW_WORD_SYSTEM, chinese));
    return system_rows(sheet, rows);
}

static int data_rows(const lf_view_sheet *sheet, char *title, size_t title_size,
                     lf_view_legend_row rows[7]) {
    bool chinese = sheet->def->chinese;
    if (sheet->def->show == LF_SHOW_OCCUPANCY) {
        snprintf(title, title_size, "%s (%%)", lf_view_say(LF_VIEW_WORD_OCCUPANCY, chinese));
        return lf_view_legend(sheet->occupancy, true, rows);
    }
    if (sheet->def->show != LF_SHOW_NOTHING && lf_option_depth_grid(sheet->scene->option)) {
        bool most = sheet->def->show == LF_SHOW_MAX_DEPTH;
        snprintf(title, title_size, "%s (m)",
                 lf_view_say(most ? LF_VIEW_WORD_MAX_DEPTH : LF_VIEW_WORD_DEPTH, chinese));
        return lf_view_legend(sheet->water, false, rows);
    }
    return 0;
}

// A card at the right edge under y; returns where the next one may begin.
static float draw_card(const lf_view_sheet *sheet, lf_view_overlay *overlay, placed *all, float y,
                       const char *title, const lf_view_legend_row *rows, int count) {
    const lf_view_palette *palette = sheet->scene->palette;
    float line = (float)overlay->small_px * 1.65f, pad = (float)overlay->small_px * 0.9f;
    float width = lf_view_overlay_text_width(overlay, overlay->middle_px, title);
    float swatch = (float)overlay->small_px * 1.7f;
    for (int i = 0; i < count; i++) {
        width =
            fmaxf(width, swatch + pad * 0.7f +
                             lf_view_overlay_text_width(overlay, overlay->small_px, rows[i].text));
    }
    width += 2 * pad;
    float height = line * (float)count + (float)overlay->middle_px * 1.5f + 1.6f * pad;
    float x = (float)overlay->width_px - width - pad * 1.4f;
    const float box[4] = {x, y, x + width, y + height};
    take_place(all, box);
    lf_view_overlay_rect(overlay, x, y, width, height, palette->paper);
    float at = y + pad + (float)overlay->middle_px;
    lf_view_overlay_text(overlay, x + pad, at, overlay->middle_px, palette->text, title);
    at += (float)overlay->middle_px * 0.55f;
    for (int i = count - 1; i >= 0; i--) { // deep above shallow, as in the ground
        lf_view_overlay_rect(overlay, x + pad, at, swatch, line, rows[i].colour);
        lf_view_overlay_text(overlay, x + pad + swatch + pad * 0.7f,
                             at + line / 2 + (float)overlay->small_px * 0.36f, overlay->small_px,
                             palette->text, rows[i].text);
        at += line;
    }
    return y + height + pad;
}

static void draw_legends(const lf_view_sheet *sheet, lf_view_overlay *overlay, placed *all) {
    lf_view_legend_row rows[7];
    char title[96] = "";
    float y = (float)overlay->small_px * 1.3f;
    int count = data_rows(sheet, title, sizeof title, rows);
    if (count > 0) {
        y = draw_card(sheet, overlay, all, y, title, rows, count);
    }
    count = pipe_rows(sheet, title, sizeof title, rows);
    if (count > 0) {
        draw_card(sheet, overlay, all, y, title, rows, count);
    }
}

// 1, 2 or 5 times a power of ten, the longest bar under limit_px.
static double bar_length_m(double metres_per_px, double limit_px) {
    double limit = metres_per_px * limit_px;
    if (!(limit > 0)) {
        return 0;
    }
    double ten = pow(10, floor(log10(limit)));
    return limit >= 5 * ten ? 5 * ten : limit >= 2 * ten ? 2 * ten : ten;
}

// Returns the left end of what was drawn.
static float draw_scale(const lf_view_sheet *sheet, lf_view_overlay *overlay, float right,
                        float baseline) {
    const lf_view_palette *palette = sheet->scene->palette;
    float pixel_m = lf_view_camera_pixel_m(sheet->camera, overlay->height_px);
    double length_m = bar_length_m((double)pixel_m, overlay->width_px * 0.11);
    float bar = (float)length_m / pixel_m, size = (float)overlay->small_px;
    char text[96];
    snprintf(text, sizeof text, length_m >= 1 ? "%.0f m" : "%.1f m", length_m);
    float text_x = right - lf_view_overlay_text_width(overlay, overlay->small_px, text);
    lf_view_overlay_text(overlay, text_x, baseline, overlay->small_px, palette->text, text);
    float x1 = text_x - size * 0.6f, x0 = x1 - bar, y = baseline - size * 0.1f;
    float thick = fmaxf(1.5f, size / 9);
    lf_view_overlay_rect(overlay, x0, y - thick, bar, thick, palette->text);
    for (int i = 0; i <= 2; i++) {
        float tick = i == 1 ? size * 0.3f : size * 0.5f;
        lf_view_overlay_rect(overlay, x0 + bar * (float)i / 2 - thick / 2, y - tick, thick, tick,
                             palette->text);
    }
    return x0;
}

static float draw_north(const lf_view_sheet *sheet, lf_view_overlay *overlay, float right,
                        float baseline) {
    const lf_view_palette *palette = sheet->scene->palette;
    float size = (float)overlay->small_px, reach = size * 0.85f;
    float tilt = sinf(sheet->camera->tilt_deg * (float)LF_VIEW_PI / 180);
    double turn = -(double)sheet->camera->azimuth_deg * LF_VIEW_PI / 180;
    float dx = (float)sin(turn), dy = -(float)cos(turn) * fmaxf(tilt, 0.55f);
    float cx = right - reach, cy = baseline - size * 0.38f;
    const float arrow[6] = {cx + dx * reach,
                            cy + dy * reach,
                            cx - dx * reach * 0.6f - dy * reach * 0.5f,
                            cy - dy * reach * 0.6f + dx * reach * 0.5f,
                            cx - dx * reach * 0.25f,
                            cy - dy * reach * 0.25f};
    const float other[6] = {cx + dx * reach,
                            cy + dy * reach,
                            cx - dx * reach * 0.6f + dy * reach * 0.5f,
                            cy - dy * reach * 0.6f - dx * reach * 0.5f,
                            cx - dx * reach * 0.25f,
                            cy - dy * reach * 0.25f};
    lf_view_overlay_triangle(overlay, arrow, palette->text);
    lf_view_overlay_triangle(overlay, other, palette->text_soft);
    const char *north = lf_view_say(LF_VIEW_WORD_NORTH, sheet->def->chinese);
    float x =
        cx - reach - size * 0.4f - lf_view_overlay_text_width(overlay, overlay->small_px, north);
    lf_view_overlay_text(overlay, x, baseline, overlay->small_px, palette->text, north);
    return x;
}

static void foot_text(const lf_view_sheet *sheet, char *text, size_t size) {
    const lf_view_scene *scene = sheet->scene;
    bool chinese = sheet->def->chinese;
    char clock[32] = "", since[64] = "", moment[128] = "", scale[64] = "";
    if (sheet->shot && sheet->def->show == LF_SHOW_MAX_DEPTH) {
        snprintf(moment, sizeof moment, "   ·   %s", lf_view_say(LF_VIEW_WORD_MAX_DEPTH, chinese));
    } else if (sheet->shot) {
        double time_s = sheet->shot->time_s;
        snprintf(moment, sizeof moment, "   ·   %s (%s)",
                 lf_view_clock_text(sheet->def->start_clock_s + time_s, clock, sizeof clock),
                 lf_view_since_text(time_s, chinese, since, sizeof since));
    }
    if (sheet->def->water_scale != 1 && scene->water.count > 0) {
        snprintf(scale, sizeof scale, "   ·   %s × %g",
                 lf_view_say(LF_VIEW_WORD_WATER_SCALE, chinese), sheet->def->water_scale);
    }
    snprintf(text, size, "%s%s   ·   %s%s%s%s%s%s%s%s", lf_option_name(scene->option), moment,
             lf_view_say(LF_VIEW_WORD_DATA, chinese), chinese ? "" : " ",
             lf_view_quality_word(lf_view_worst_quality(scene->twin), chinese), scale,
             scene->surface.flat ? "   ·   " : "",
             scene->surface.flat ? lf_view_say(LF_VIEW_WORD_NO_TERRAIN, chinese) : "",
             sheet->def->xray ? "   ·   " : "",
             sheet->def->xray ? lf_view_say(LF_VIEW_WORD_XRAY_GRID, chinese) : "");
}

static void draw_foot(const lf_view_sheet *sheet, lf_view_overlay *overlay) {
    const lf_view_palette *palette = sheet->scene->palette;
    float size = (float)overlay->small_px, high = size * 2.5f;
    float top = (float)overlay->height_px - high, baseline = top + high / 2 + size * 0.36f;
    float left = sheet->reserved_left_px + size * 1.3f;
    lf_view_overlay_rect(overlay, 0, top, (float)overlay->width_px, high,
                         without_alpha(palette->paper, 215));
    char text[512];
    const char *name = lf_spec_name(lf_twin_spec(sheet->scene->twin));
    float x = left;
    if (name && name[0]) {
        x = lf_view_overlay_text(overlay, x, baseline, overlay->middle_px, palette->text, name);
        x += size * 1.4f;
    }
    foot_text(sheet, text, sizeof text);
    lf_view_overlay_text(overlay, x, baseline, overlay->small_px, palette->text_soft, text);
    float right = (float)overlay->width_px - size * 1.3f;
    right = draw_scale(sheet, overlay, right, baseline) - size * 1.6f;
    draw_north(sheet, overlay, right, baseline);
}

// Outline of what was picked, or a ring around a point.
static void draw_marked(const lf_view_sheet *sheet, lf_view_overlay *overlay) {
    const lf_shape *shape = sheet->marked;
    lf_view_colour colour = sheet->scene->palette->gate;
    for (int part = 0; shape && part < shape->part_count; part++) {
        int start = shape->part_start[part], count = shape->part_start[part + 1] - start;
        int segments = shape->kind == LF_POLYGON ? count : shape->kind == LF_LINE ? count - 1 : 12;
        float before_x = 0, before_y = 0;
        bool drawn = false;
        for (int i = 0; i <= segments; i++) {
            lf_vec2 p = shape->points[start + i % count];
            if (shape->kind == LF_POINT) {
                double angle = 2 * LF_VIEW_PI * i / segments;
                p = (lf_vec2){shape->points[start].x + 1.5 * cos(angle),
                              shape->points[start].y + 1.5 * sin(angle)};
            }
            double ground = lf_view_surface_z(&sheet->scene->surface, p.x, p.y) + 0.2;
            double z = isnan(sheet->marked_m) ? ground : sheet->marked_m;
            float x = 0, y = 0;
            bool seen =
                lf_view_camera_project(sheet->camera, lf_view_place_at(sheet->scene, p.x, p.y, z),
                                       overlay->width_px, overlay->height_px, &x, &y);
            if (seen && drawn) {
                lf_view_overlay_line(overlay, before_x, before_y, x, y,
                                     fmaxf(2, (float)overlay->small_px / 5), colour);
            }
            before_x = x;
            before_y = y;
            drawn = seen;
        }
    }
}

void lf_view_sheet_draw(const lf_view_sheet *sheet, lf_view_overlay *overlay) {
    placed *all = calloc(1, sizeof *all);
    if (!all) {
        overlay->failed = true;
        return;
    }
    float foot = (float)overlay->small_px * 2.5f;
    const float foot_box[4] = {0, (float)overlay->height_px - foot, (float)overlay->width_px,
                               (float)overlay->height_px};
    take_place(all, foot_box);
    draw_marked(sheet, overlay);
    draw_legends(sheet, overlay, all);
    if (sheet->labels) {
        draw_labels(sheet, overlay, all);
    }
    draw_foot(sheet, overlay);
    free(all);
}
