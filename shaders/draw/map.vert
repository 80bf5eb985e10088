#version 450 core
// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Flat areas seen from above.
layout(location = 0) in vec3 position;
layout(location = 2) in vec4 colour;
layout(location = 0) uniform mat4 projection;
out vec4 paint;

void main() {
    paint = colour;
    gl_Position = projection * vec4(position.xy, 0, 1);
}
