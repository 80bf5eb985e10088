#version 450 core
// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Depth only: shadow map and height map.
layout(location = 0) in vec3 position;
layout(location = 0) uniform mat4 projection;

void main() {
    gl_Position = projection * vec4(position, 1);
}
