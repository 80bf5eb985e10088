// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Colours: two themes, and ramps read from assets/ramps.
#ifndef LF_VIEW_PALETTE_H
#define LF_VIEW_PALETTE_H

#include "lifang/view.h"
#include "view/mesh.h"

enum { LF_VIEW_RAMP_STOPS = 16, LF_VIEW_RAMP_TEXELS = 1024 };

// sRGB bytes; lights are linear factors.
typedef struct lf_view_palette {
    lf_view_colour sky_top, sky_bottom;
    lf_view_colour ground, plinth, plinth_low;
    lf_view_colour lawn, shrub, wood, pitch, rain_garden, sunken, bare;
    lf_view_colour measure_line; // outline of sponge measures
    lf_view_colour pond, shore;
    lf_view_colour road, road_minor, road_permeable, footway, kerb, lane_line;
    lf_view_colour parking, stall_line, stall_ev, stall_disabled;
    lf_view_colour wall_home, wall_shed, wall_public, wall_shop, roof, roof_shed, roof_green,
        parapet;
    lf_view_colour tree[3], trunk, hedge, fence, masonry;
    lf_view_colour gate, pin, halo, charger;
    lf_view_colour pipe[3], pipe_surcharged, manhole, gully, grid_line;
    lf_view_colour text, text_soft, paper; // paper: cards behind text
    float sun[3], sky[3], bounce[3];       // light of the sun, from above, from below
    float exposure;
    float windows; // share of lit windows
} lf_view_palette;
const lf_view_palette *lf_view_palette_of(lf_theme theme);

// Stops in ascending order; two stops of one value make a step.
typedef struct lf_view_ramp {
    int count;
    float value[LF_VIEW_RAMP_STOPS];
    lf_view_colour colour[LF_VIEW_RAMP_STOPS];
    bool legend[LF_VIEW_RAMP_STOPS];
} lf_view_ramp;
// name: "water". folder: of assets, NULL = the usual places.
lf_code lf_view_ramp_read(const char *folder, const char *name, lf_view_ramp *ramp,
                          lf_error *error);
lf_view_colour lf_view_ramp_at(const lf_view_ramp *ramp, float value);
// LF_VIEW_RAMP_TEXELS colours from 0 to the last stop.
void lf_view_ramp_texels(const lf_view_ramp *ramp, lf_view_colour *texels);

#endif
