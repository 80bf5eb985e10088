// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The user's hand on the camera: orbit, pan, zoom, fly.
#ifndef LF_VIEW_HAND_H
#define LF_VIEW_HAND_H

#include "view/camera.h"

void lf_view_hand_orbit(lf_view_camera *camera, float dx_px, float dy_px);
void lf_view_hand_pan(lf_view_camera *camera, float dx_px, float dy_px, int height_px);
void lf_view_hand_zoom(lf_view_camera *camera, float steps);
// ahead, aside, up: -1, 0 or 1; seconds since the last call.
void lf_view_hand_fly(lf_view_camera *camera, float ahead, float aside, float up, float seconds);

#endif
