#version 450 core
// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// A plain copy, whose rate is what the card's memory gives at best. `count` vectors of four.
layout(local_size_x = 256) in;
layout(location = 0) uniform uint count;
layout(std430, binding = 0) readonly buffer From {
    vec4 from[];
};
layout(std430, binding = 1) writeonly buffer To {
    vec4 to[];
};

void main() {
    uint i = (gl_WorkGroupID.y * 32768u + gl_WorkGroupID.x) * 256u + gl_LocalInvocationIndex;
    if (i < count) {
        to[i] = from[i];
    }
}
