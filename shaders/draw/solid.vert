#version 450 core
// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Everything solid: buildings, trees, cars, pins, pipes, terrain.
#include "draw/scene.glsl"
layout(location = 0) in vec3 position;
layout(location = 1) in vec3 normal;
layout(location = 2) in vec4 colour;
layout(location = 3) in vec4 info;
layout(location = 4) in vec2 uv;
out vec3 at;
out vec3 facing;
out vec4 paint;
flat out vec4 extra;
out vec2 place;

void main() {
    at = position;
    facing = normal;
    paint = colour;
    extra = info;
    place = uv;
    if (info.x > 5.5) {  // pipes: at least two pixels wide, whatever the distance
        float least = 1.3 * scene.grid_line.w * distance(position, scene.eye.xyz);
        at += normal * max(least - uv.x, 0.0);
    }
    gl_Position = scene.view_projection * vec4(at, 1);
}
