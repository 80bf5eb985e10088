#version 450 core
// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// One triangle over the whole target.
out vec2 uv;

void main() {
    uv = vec2((gl_VertexID << 1) & 2, gl_VertexID & 2);
    gl_Position = vec4(uv * 2.0 - 1.0, 0.9999, 1);
}
