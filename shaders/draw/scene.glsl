// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// What every pass of the scene knows; filled by engine/view/draw.c (struct uniforms).
layout(std140, binding = 0) uniform Scene {
    mat4 view_projection;
    mat4 sun_projection;  // world -> shadow map, 0..1
    vec4 eye;             // w: 1 = x-ray
    vec4 sun_direction;   // to the sun; w: shadow texel in 0..1
    vec4 sun_light;       // w: exposure
    vec4 sky_light;       // w: share of lit windows
    vec4 bounce_light;    // w: 1 = night
    vec4 box;             // plinth: x0, y0, x1, y1
    vec4 sky_top;         // linear
    vec4 sky_bottom;
    vec4 heights;         // highest top, depth of the plinth, ramp's last value, time in s
    vec4 grid_line;       // linear; w: angle of a pixel of the picture
} scene;
