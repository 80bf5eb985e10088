#version 450 core
// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
in vec2 place;
in vec4 paint;
layout(binding = 0) uniform sampler2D glyphs;
out vec4 result;

void main() {
    float cover = place.x < 0.0 ? 1.0 : textureLod(glyphs, place, 0.0).r;
    result = vec4(paint.rgb, paint.a * cover);
}
