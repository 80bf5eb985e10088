// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// What lies under a pixel, and everything known about it.
#ifndef LF_VIEW_PICK_H
#define LF_VIEW_PICK_H

#include "view/camera.h"

enum { LF_VIEW_FACT_LIMIT = 40 };

typedef struct lf_view_pick {
    bool hit; // something of the estate; else only the ground
    lf_layer layer;
    int index;
    lf_vec2 ground; // local metres of the twin
    double top_m;   // where an outline of it is drawn, local height
} lf_view_pick;
// Walks along the ray through a pixel until it meets a building or the ground; there, manholes come
// before car parks and roads.
lf_view_pick lf_view_pick_at(const lf_view_scene *scene, const lf_view_camera *camera, float x,
                             float y, int width_px, int height_px);

typedef struct lf_view_fact {
    char name[64];
    char value[160];
} lf_view_fact;
// Attributes, results of the option, depth at the place, quality and source. Returns how many.
int lf_view_pick_facts(const lf_view_scene *scene, const lf_view_pick *pick,
                       const lf_frame_shot *shot, bool chinese,
                       lf_view_fact facts[LF_VIEW_FACT_LIMIT]);
// The building whose block holds the point, or -1.
int lf_view_building_at(const lf_view_scene *scene, lf_vec2 at, double z_m);
// The row of the pick, NULL without one.
const lf_row *lf_view_pick_row(const lf_view_scene *scene, const lf_view_pick *pick);

#endif
