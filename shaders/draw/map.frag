#version 450 core
// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
in vec4 paint;
out vec4 result;

void main() {
    result = paint;
}
