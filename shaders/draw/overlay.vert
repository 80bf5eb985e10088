#version 450 core
// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Flat drawing in pixels from the upper left corner.
layout(location = 0) in vec2 position;
layout(location = 1) in vec2 uv;
layout(location = 2) in vec4 colour;
layout(location = 0) uniform vec2 size_px;
out vec2 place;
out vec4 paint;

void main() {
    place = uv;
    paint = colour;
    gl_Position = vec4(position.x / size_px.x * 2.0 - 1.0, 1.0 - position.y / size_px.y * 2.0, 0, 1);
}
