// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Cross-sections. lifang knows circle, closed and open rectangle, trapezoid and egg; other closed
// shapes become the circle, other open ones the open rectangle, of the same full area.
// Full areas: Rossman, SWMM Reference Manual Volume II, EPA/600/R-17/111 (2017), table 2-1 and
// ch. 5.
#include "io/swmm/model.h"

#include <math.h>
#include <string.h>

static const double pi = 3.14159265358979323846;

// Area of a circle's segment of height h.
static double segment_area(double radius, double h) {
    double angle = 2 * acos(fmin(fmax(1 - h / radius, -1), 1));
    return radius * radius / 2 * (angle - sin(angle));
}

// A rectangle whose one end is an arc of radius r.
static double round_end_area(double height, double width, double radius) {
    radius = fmax(radius, width / 2);
    double cap = radius - sqrt(radius * radius - width * width / 4);
    return width * fmax(height - cap, 0) + segment_area(radius, cap);
}

// Shapes that lifang lacks: their full area from height h, width w and the third number.
typedef double area_rule(double h, double w, double third);
static double parabola(double h, double w, double third) {
    (void)third;
    return h * w * 2 / 3;
}
static double power(double h, double w, double third) {
    return third > 0 ? h * w / (1 / third + 1) : 0;
}
static double triangle(double h, double w, double third) {
    (void)third;
    return h * w / 2;
}
static double ellipse(double h, double w, double third) {
    (void)third;
    return pi / 4 * h * w;
}
static double arch(double h, double w, double third) {
    (void)third;
    return 0.7879 * h * w;
}
static double rect_triangle(double h, double w, double third) {
    return w * (h - third / 2);
}
static double rect_round(double h, double w, double third) {
    return round_end_area(h, w, third);
}
static double filled(double h, double w, double third) {
    (void)third;
    return pi / 4 * h * h - segment_area(h / 2, fmin(fmax(w, 0), h));
}
static double horseshoe(double h, double w, double third) {
    (void)w;
    (void)third;
    return 0.8293 * h * h;
}
static double gothic(double h, double w, double third) {
    (void)w;
    (void)third;
    return 0.6554 * h * h;
}
static double catenary(double h, double w, double third) {
    (void)w;
    (void)third;
    return 0.70277 * h * h;
}
static double semi_ellipse(double h, double w, double third) {
    (void)w;
    (void)third;
    return 0.785 * h * h;
}
static double basket(double h, double w, double third) {
    (void)w;
    (void)third;
    return 0.7862 * h * h;
}
static double semi_circle(double h, double w, double third) {
    (void)w;
    (void)third;
    return 1.2697 * h * h;
}
static const struct {
    const char *name;
    area_rule *area;
    bool open;
} replaced[] = {
    {"PARABOLIC", parabola, true},
    {"POWER", power, true},
    {"TRIANGULAR", triangle, true},
    {"HORIZ_ELLIPSE", ellipse, false},
    {"VERT_ELLIPSE", ellipse, false},
    {"ARCH", arch, false},
    {"RECT_TRIANGULAR", rect_triangle, false},
    {"RECT_ROUND", rect_round, false},
    {"MODBASKETHANDLE", rect_round, false},
    {"FILLED_CIRCULAR", filled, false},
    {"HORSESHOE", horseshoe, false},
    {"GOTHIC", gothic, false},
    {"CATENARY", catenary, false},
    {"SEMIELLIPTICAL", semi_ellipse, false},
    {"BASKETHANDLE", basket, false},
    {"SEMICIRCULAR", semi_circle, false},
};

static void set_circle(swmm_link *link, double area_m2) {
    link->section = LF_SECTION_CIRCULAR;
    link->height_m = sqrt(area_m2 * 4 / pi);
    link->width_m = 0;
}

static void set_channel(swmm_link *link, double height_m, double area_m2) {
    link->section = LF_SECTION_RECT_OPEN;
    link->height_m = height_m;
    link->width_m = area_m2 / height_m;
}

static void warn_replaced(swmm_model *model, const inp_line *line, const swmm_link *link,
                          const char *shape) {
    model->links_mapped++;
    lf_io_swmm_note(model, LF_WARNING, LF_OK, line->line, link->name, "",
                    "section %s is taken as %s of the same area: %.3f m high", shape,
                    link->section == LF_SECTION_CIRCULAR ? "a circle" : "an open rectangle",
                    link->height_m);
}

// Sections that lifang has. Lengths are in the file's unit u.
static bool set_known(swmm_link *link, const char *shape, const double g[4], double u) {
    if (lf_io_swmm_word_is(shape, "CIRCULAR") || lf_io_swmm_word_is(shape, "FORCE_MAIN"))
        link->section = LF_SECTION_CIRCULAR;
    else if (lf_io_swmm_word_is(shape, "RECT_CLOSED"))
        link->section = LF_SECTION_RECT_CLOSED;
    else if (lf_io_swmm_word_is(shape, "RECT_OPEN"))
        link->section = LF_SECTION_RECT_OPEN;
    else if (lf_io_swmm_word_is(shape, "TRAPEZOIDAL"))
        link->section = LF_SECTION_TRAPEZOID;
    else if (lf_io_swmm_word_is(shape, "EGG"))
        link->section = LF_SECTION_EGG;
    else
        return false;
    link->height_m = g[0] * u;
    link->width_m = link->section == LF_SECTION_CIRCULAR ? 0 : g[1] * u;
    if (link->section == LF_SECTION_EGG)
        link->width_m = g[0] * u * 2 / 3;
    // One width stands for the trapezoid: the mean of bottom and top, which keeps the area.
    if (link->section == LF_SECTION_TRAPEZOID)
        link->width_m = (g[1] + (g[2] + g[3]) / 2 * g[0]) * u;
    return true;
}

// IRREGULAR, STREET and CUSTOM name a profile or a curve instead of giving numbers.
static bool set_named(swmm_model *model, const inp_line *line, swmm_link *link, const char *shape) {
    double u = model->length_m;
    bool custom = lf_io_swmm_word_is(shape, "CUSTOM");
    const char *name = lf_io_swmm_word(model, line, custom ? 3 : 2);
    int index = lf_io_swmm_names_find(custom ? &model->curve_names : &model->profile_names, name);
    if (index < 0) {
        lf_io_swmm_note(model, LF_ERROR, LF_REFERENCE, line->line, link->name, "",
                        "section %s names \"%s\", which is not defined", shape, name);
        return false;
    }
    if (custom) {
        double height;
        if (!lf_io_swmm_number(model, line, 2, "the full height", &height))
            return false;
        set_circle(link, model->curves[index].integral * height * height * u * u);
    } else {
        const swmm_profile *profile = &model->profiles[index];
        if (!(profile->height > 0 && profile->area > 0)) {
            lf_io_swmm_note(model, LF_ERROR, LF_GEOMETRY, line->line, link->name, "",
                            "the profile \"%s\" has no depth", name);
            return false;
        }
        set_channel(link, profile->height * u, profile->area * u * u);
        if (profile->roughness_s_m13 > 0)
            link->roughness_s_m13 = profile->roughness_s_m13;
    }
    warn_replaced(model, line, link, shape);
    return true;
}

static bool set_replaced(swmm_model *model, const inp_line *line, swmm_link *link,
                         const char *shape, const double g[4]) {
    double u = model->length_m;
    for (size_t i = 0; i < sizeof replaced / sizeof replaced[0]; i++) {
        if (!lf_io_swmm_word_is(shape, replaced[i].name))
            continue;
        double width = g[1] > 0 || replaced[i].area == filled ? g[1] : g[0];
        double area_m2 = replaced[i].area(g[0], width, g[2]) * u * u;
        if (!(g[0] > 0 && area_m2 > 0))
            return false;
        if (replaced[i].open)
            set_channel(link, g[0] * u, area_m2);
        else
            set_circle(link, area_m2);
        warn_replaced(model, line, link, shape);
        return true;
    }
    return false;
}

// Several pipes side by side become one of their joint area.
static void join_barrels(swmm_model *model, const inp_line *line, swmm_link *link) {
    double barrels = 1;
    if (line->words <= 6 || !lf_io_swmm_number(model, line, 6, "the number of barrels", &barrels) ||
        barrels <= 1)
        return;
    if (link->section == LF_SECTION_CIRCULAR || link->section == LF_SECTION_EGG) {
        link->height_m *= sqrt(barrels);
        link->width_m *= sqrt(barrels);
    } else {
        link->width_m *= barrels;
    }
    lf_io_swmm_note(model, LF_WARNING, LF_OK, line->line, link->name, "",
                    "%g barrels are taken as one section of their joint area", barrels);
}

void lf_io_swmm_read_xsection(swmm_model *model, const inp_line *line) {
    const char *name = lf_io_swmm_word(model, line, 0), *shape = lf_io_swmm_word(model, line, 1);
    int index = lf_io_swmm_names_find(&model->link_names, name);
    if (index < 0) {
        lf_io_swmm_note(model, LF_ERROR, LF_REFERENCE, line->line, name, "",
                        "cross-section of a link that is not defined");
        return;
    }
    swmm_link *link = &model->links[index];
    link->shaped = true;
    if (lf_io_swmm_word_is(shape, "IRREGULAR") || lf_io_swmm_word_is(shape, "STREET") ||
        lf_io_swmm_word_is(shape, "CUSTOM")) {
        if (set_named(model, line, link, shape))
            join_barrels(model, line, link);
        return;
    }
    if (lf_io_swmm_word_is(shape, "DUMMY")) {
        set_circle(link, pi / 4);
        lf_io_swmm_note(model, LF_WARNING, LF_OK, line->line, name, "",
                        "a dummy conduit is taken as a pipe of 1 m diameter");
        return;
    }
    double g[4] = {0, 0, 0, 0};
    for (int i = 0; i < 4; i++)
        if (i + 2 < line->words && !lf_io_swmm_number(model, line, i + 2, "a size", &g[i]))
            return;
    bool done =
        set_known(link, shape, g, model->length_m) || set_replaced(model, line, link, shape, g);
    bool flat = link->section != LF_SECTION_CIRCULAR && !(link->width_m > 0);
    if (!done || !(link->height_m > 0) || flat)
        lf_io_swmm_note(model, LF_ERROR, done ? LF_RANGE : LF_UNKNOWN_KEY, line->line, name, "",
                        "section %s with sizes %g %g %g %g makes no pipe", shape, g[0], g[1], g[2],
                        g[3]);
    else
        join_barrels(model, line, link);
}

// Adds a profile; NULL without memory or where the name is taken.
static swmm_profile *add_profile(swmm_model *model, const char *name) {
    if (!lf_memory_grow(NULL, (void **)&model->profiles, &model->profile_capacity,
                        model->profile_names.count + 1, sizeof *model->profiles)) {
        model->out_of_memory = true;
        return NULL;
    }
    int index = lf_io_swmm_names_find(&model->profile_names, name);
    if (index < 0)
        index = lf_io_swmm_names_add(&model->profile_names, name);
    if (index < 0) {
        model->out_of_memory = true;
        return NULL;
    }
    memset(&model->profiles[index], 0, sizeof model->profiles[index]);
    model->profiles[index].width_factor = 1;
    return &model->profiles[index];
}

// Height and area below the highest point, with walls at both ends, from the points so far.
static void measure_profile(const swmm_model *model, swmm_profile *profile) {
    const swmm_point *points = model->stations.items + profile->first_point;
    double low = INFINITY, high = -INFINITY, area = 0;
    for (int i = 0; i < profile->points; i++) {
        low = fmin(low, points[i].y);
        high = fmax(high, points[i].y);
    }
    for (int i = 1; i < profile->points; i++)
        area += (points[i].x - points[i - 1].x) * (high - (points[i].y + points[i - 1].y) / 2) *
                profile->width_factor;
    profile->height = high - low;
    profile->area = area;
}

// HEC-2 layout: NC gives the roughness of left bank, right bank and channel, X1 opens a transect,
// GR lines give pairs of elevation and station.
void lf_io_swmm_read_transect(swmm_model *model, const inp_line *line) {
    const char *key = lf_io_swmm_word(model, line, 0);
    if (lf_io_swmm_word_is(key, "NC")) {
        lf_io_swmm_number(model, line, 3, "the channel's roughness",
                          &model->transect_roughness_s_m13);
    } else if (lf_io_swmm_word_is(key, "X1")) {
        swmm_profile *profile = add_profile(model, lf_io_swmm_word(model, line, 1));
        double factor = 0;
        if (!profile)
            return;
        profile->first_point = (int)model->stations.count;
        profile->roughness_s_m13 = model->transect_roughness_s_m13;
        model->transect = (int)(profile - model->profiles) + 1;
        if (line->words > 8 && lf_io_swmm_number(model, line, 8, "the width factor", &factor) &&
            factor > 0)
            profile->width_factor = factor;
    } else if (lf_io_swmm_word_is(key, "GR") && model->transect) {
        swmm_profile *profile = &model->profiles[model->transect - 1];
        for (int i = 1; i + 1 < line->words; i += 2) {
            double elevation, station;
            if (!lf_io_swmm_number(model, line, i, "an elevation", &elevation) ||
                !lf_io_swmm_number(model, line, i + 1, "a station", &station))
                return;
            lf_io_swmm_add_point(model, &model->stations, 0, station, elevation);
            profile->points++;
        }
        if (!model->out_of_memory)
            measure_profile(model, profile);
    }
}

void lf_io_swmm_read_street(swmm_model *model, const inp_line *line) {
    swmm_profile *profile = add_profile(model, lf_io_swmm_word(model, line, 0));
    double width, kerb, fall_percent, sides = 2;
    if (!profile || !lf_io_swmm_number(model, line, 1, "the width to the crown", &width) ||
        !lf_io_swmm_number(model, line, 2, "the kerb's height", &kerb) ||
        !lf_io_swmm_number(model, line, 3, "the cross fall", &fall_percent))
        return;
    if (line->words > 7 && !lf_io_swmm_number(model, line, 7, "the number of sides", &sides))
        return;
    if (line->words > 4)
        lf_io_swmm_number(model, line, 4, "the roughness", &profile->roughness_s_m13);
    double rise = fmin(fall_percent / 100 * width, kerb);
    profile->height = kerb;
    profile->area = sides * width * (kerb - rise / 2);
}

void lf_io_swmm_read_curve(swmm_model *model, const inp_line *line) {
    const char *name = lf_io_swmm_word(model, line, 0);
    int index = lf_io_swmm_names_find(&model->curve_names, name), word = 1;
    if (index < 0) {
        index = lf_io_swmm_add_name(model, line, &model->curve_names, (void **)&model->curves,
                                    &model->curve_capacity, sizeof *model->curves, "curve");
        if (index < 0)
            return;
        memset(&model->curves[index], 0, sizeof model->curves[index]);
        model->curves[index].type = lf_io_swmm_word(model, line, word++);
    }
    swmm_curve *curve = &model->curves[index];
    for (; word + 1 < line->words; word += 2) {
        double x, y;
        if (!lf_io_swmm_number(model, line, word, "x", &x) ||
            !lf_io_swmm_number(model, line, word + 1, "y", &y))
            return;
        if (curve->points++ == 0)
            curve->first_x = x;
        else
            curve->integral += (x - curve->last_x) * (y + curve->last_y) / 2;
        curve->largest_y = curve->points == 1 ? y : fmax(curve->largest_y, y);
        curve->last_x = x;
        curve->last_y = y;
    }
}
