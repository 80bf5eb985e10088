// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// A style beside each raster, <name>.qml, which QGIS loads by itself: colours by what the raster
// holds, with limits and a legend. Classes of ponding have one colour each.
#include "report/parts.h"

#include <string.h>

typedef struct step {
    double value;
    const char *colour, *label;
} step;

enum { STEPS_MAX = 6 };
typedef struct style {
    const char *word; // in the raster's name
    bool classes;     // one colour per value; else colours in between
    int count;
    step steps[STEPS_MAX];
} style;

// The first whose word is in the name.
static const style styles[] = {
    {"class",
     true,
     3,
     {{1, "#9fd3e6", "up to 15 cm"}, {2, "#3d8bc4", "15 to 27 cm"}, {3, "#8c2d6b", "over 27 cm"}}},
    {"depth_m",
     false,
     6,
     {{0.03, "#d9f0f5", "3 cm"},
      {0.15, "#9fd3e6", "15 cm"},
      {0.27, "#3d8bc4", "27 cm"},
      {0.5, "#1f5a9c", "50 cm"},
      {1, "#3b2f7f", "1 m"},
      {2, "#8c2d6b", "2 m"}}},
    {"velocity",
     false,
     5,
     {{0.02, "#eef3d2", "0.02 m/s"},
      {0.25, "#b7d98b", "0.25 m/s"},
      {0.5, "#f0c24b", "0.5 m/s"},
      {1, "#e07b39", "1 m/s"},
      {2, "#b02a30", "2 m/s"}}},
    // Danger to people by DEFRA FD2321 with its supplementary note of 2008, debris left out.
    {"hazard",
     false,
     5,
     {{0.02, "#eef3d2", "0.02"},
      {0.75, "#f0c24b", "0.75: danger for some"},
      {1.25, "#e07b39", "1.25: danger for most"},
      {2, "#b02a30", "2: danger for all"},
      {5, "#5c1a4a", "5"}}},
    {"arrival",
     false,
     5,
     {{0, "#7a0f2b", "at once"},
      {900, "#c8432f", "15 min"},
      {1800, "#ee9a49", "30 min"},
      {3600, "#f5dc8c", "1 h"},
      {10800, "#f7f5e0", "3 h"}}},
    {"duration",
     false,
     5,
     {{60, "#f2ecf5", "1 min"},
      {600, "#c9b3dc", "10 min"},
      {1800, "#9a79c0", "30 min"},
      {3600, "#6a4a9f", "1 h"},
      {10800, "#3a1f66", "3 h"}}},
};

static const style *style_of(const char *name) {
    for (size_t i = 0; i < sizeof styles / sizeof styles[0]; i++) {
        if (strstr(name, styles[i].word)) {
            return &styles[i];
        }
    }
    return NULL;
}

static void write_classes(lf_buffer *out, const style *s) {
    lf_buffer_add(out, "    <rasterrenderer type=\"paletted\" band=\"1\" opacity=\"0.85\" "
                       "alphaBand=\"-1\">\n      <colorPalette>\n");
    for (int i = 0; i < s->count; i++) {
        lf_buffer_addf(out,
                       "        <paletteEntry value=\"%g\" color=\"%s\" alpha=\"255\" "
                       "label=\"%s\"/>\n",
                       s->steps[i].value, s->steps[i].colour, s->steps[i].label);
    }
    lf_buffer_add(out, "      </colorPalette>\n    </rasterrenderer>\n");
}

// Thinner than the first step is not drawn.
static void write_ramp(lf_buffer *out, const style *s) {
    const step *first = &s->steps[0], *last = &s->steps[s->count - 1];
    lf_buffer_addf(out,
                   "    <rasterrenderer type=\"singlebandpseudocolor\" band=\"1\" opacity=\"0.85\" "
                   "alphaBand=\"-1\" classificationMin=\"%g\" classificationMax=\"%g\">\n"
                   "      <rastershader>\n        <colorrampshader "
                   "colorRampType=\"INTERPOLATED\" classificationMode=\"1\" clip=\"0\" "
                   "minimumValue=\"%g\" maximumValue=\"%g\">\n",
                   first->value, last->value, first->value, last->value);
    if (first->value > 0) {
        lf_buffer_addf(out,
                       "          <item value=\"%.9g\" color=\"%s\" alpha=\"0\" label=\"none\"/>\n",
                       first->value * (1 - 1e-6), first->colour);
    }
    for (int i = 0; i < s->count; i++) {
        lf_buffer_addf(out,
                       "          <item value=\"%g\" color=\"%s\" alpha=\"255\" label=\"%s\"/>\n",
                       s->steps[i].value, s->steps[i].colour, s->steps[i].label);
    }
    lf_buffer_add(out,
                  "        </colorrampshader>\n      </rastershader>\n    </rasterrenderer>\n");
}

lf_code lf_report_qml(const char *raster, const char *folder, const char *file, lf_error *error) {
    const style *s = style_of(raster);
    if (!s) {
        return LF_OK; // levels: QGIS stretches them by itself
    }
    lf_buffer out = {0};
    lf_buffer_add(&out, "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
                        "<qgis version=\"3.22\" styleCategories=\"Symbology\">\n  <pipe>\n");
    if (s->classes) {
        write_classes(&out, s);
    } else {
        write_ramp(&out, s);
    }
    lf_buffer_add(&out, "  </pipe>\n</qgis>\n");
    return lf_report_write(&out, folder, file, error);
}
