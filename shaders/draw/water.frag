#version 450 core
// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Flood water: colour by depth, transparent at the edge, small waves in the light.
#include "draw/scene.glsl"
#include "draw/light.glsl"
in vec3 at;
in vec3 facing;
in vec4 paint;
flat in vec4 extra;
in vec2 place;
layout(binding = 0) uniform sampler2D ramp;
out vec4 result;

void main() {
    float depth = place.x;
    if (depth < 0.01) {
        discard;
    }
    vec3 colour = to_linear(textureLod(ramp, vec2(depth / scene.heights.z, 0.5), 0.0).rgb);
    float cover = smoothstep(0.01, 0.045, depth) * mix(0.62, 0.93, smoothstep(0.04, 0.5, depth));
    float time = scene.heights.w;
    vec2 wave = 0.035 * vec2(sin(at.x * 0.9 + at.y * 0.35 + time) + 0.6 * sin(at.x * 2.3 - at.y * 1.7),
                             cos(at.y * 0.8 - at.x * 0.3 + time * 1.2) + 0.6 * sin(at.y * 2.6 + at.x * 1.3));
    vec3 normal = normalize(vec3(wave * clamp(depth * 4.0, 0.1, 1.0), 1));
    vec3 look = normalize(scene.eye.xyz - at);
    float sun = sun_reaches(at, vec3(0, 0, 1));
    float glint = pow(max(dot(normal, normalize(look + scene.sun_direction.xyz)), 0.0), 120.0) * sun;
    float mirror = 0.10 * pow(1.0 - max(dot(normal, look), 0.0), 3.0);
    // Data keeps its colour: shadow only dims it a little.
    vec3 shown = to_srgb(mix(colour * mix(0.78, 1.0, sun), scene.sky_top.rgb, mirror));
    result = vec4(shown + 0.25 * glint, cover);
}
