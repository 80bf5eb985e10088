#version 450 core
// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
#include "draw/scene.glsl"
#include "draw/light.glsl"
in vec2 uv;
out vec4 result;

void main() {
    // Dithered: a smooth gradient bands on 8 bits.
    float noise = fract(52.9829189 * fract(dot(gl_FragCoord.xy, vec2(0.06711056, 0.00583715))));
    vec3 colour = to_srgb(mix(scene.sky_bottom.rgb, scene.sky_top.rgb, smoothstep(0.0, 1.0, uv.y)));
    result = vec4(colour + (noise - 0.5) / 255.0, 1);
}
