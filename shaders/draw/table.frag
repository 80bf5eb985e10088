#version 450 core
// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Paper that only shows the plinth's shadow and a soft contact darkening.
#include "draw/scene.glsl"
#include "draw/light.glsl"
in vec3 at;
out vec4 result;

void main() {
    vec2 beyond = max(max(scene.box.xy - at.xy, at.xy - scene.box.zw), vec2(0));
    float away = length(beyond) / scene.heights.y;
    float contact = exp(-away * 0.55);
    float sun = sun_reaches(at, vec3(0, 0, 1));
    float shade = max(0.24 * contact, 0.20 * (1.0 - sun) * exp(-away * 0.02));
    vec3 ink = scene.bounce_light.w > 0.5 ? vec3(0.015, 0.025, 0.05) : vec3(0.30, 0.32, 0.40);
    result = vec4(ink, shade);
    result.rgb = scene.bounce_light.w > 0.5 ? result.rgb : result.rgb * 0.9;
}
