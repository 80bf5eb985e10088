#version 450 core
// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Openness of the ground to the sky: for each direction the steepest height within reach.
#include "draw/scene.glsl"
in vec2 uv;
layout(binding = 0) uniform sampler2D height_map;  // 0 = highest, 1 = bottom
out float result;

float height(vec2 p) {
    return mix(scene.heights.x, -scene.heights.y, textureLod(height_map, p, 0.0).r);
}

void main() {
    vec2 size = scene.box.zw - scene.box.xy;
    float here = height(uv), sum = 0.0;
    for (int i = 0; i < 12; i++) {
        float angle = (float(i) + 0.5) * 0.5235988;
        vec2 way = vec2(cos(angle), sin(angle)) / size;
        float steep = 0.0;
        for (int k = 0; k < 7; k++) {
            float away = 1.0 + 1.6 * float(k) + 0.9 * float(k * k);
            steep = max(steep, (height(uv + way * away) - here) / away);
        }
        float sine = steep * inversesqrt(1.0 + steep * steep);
        sum += 1.0 - sine * sine * 0.9;
    }
    result = mix(0.28, 1.0, sum / 12.0);
}
