#version 450 core
// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// From the larger picture to the final one: the mean of the samples under each pixel.
in vec2 uv;
layout(binding = 0) uniform sampler2D large;
layout(location = 0) uniform vec2 step_uv;  // half of a final pixel
out vec4 result;

void main() {
    vec3 sum = textureLod(large, uv + step_uv * vec2(-0.5, -0.5), 0.0).rgb +
               textureLod(large, uv + step_uv * vec2(0.5, -0.5), 0.0).rgb +
               textureLod(large, uv + step_uv * vec2(-0.5, 0.5), 0.0).rgb +
               textureLod(large, uv + step_uv * vec2(0.5, 0.5), 0.0).rgb;
    result = vec4(sum * 0.25, 1);
}
