#version 450 core
// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The table under the plinth.
#include "draw/scene.glsl"
out vec3 at;

void main() {
    vec2 corner = vec2(gl_VertexID & 1, gl_VertexID >> 1) * 2.0 - 1.0;
    vec2 middle = (scene.box.xy + scene.box.zw) * 0.5;
    at = vec3(middle + corner * (scene.box.zw - scene.box.xy) * 4.0, -scene.heights.y);
    gl_Position = scene.view_projection * vec4(at, 1);
}
