#version 450 core
// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// White clay: walls carry storey lines and quiet windows, some of them lit at night.
#include "draw/scene.glsl"
#include "draw/light.glsl"
in vec3 at;
in vec3 facing;
in vec4 paint;
flat in vec4 extra;
in vec2 place;
layout(location = 0) uniform float alpha;
out vec4 result;

float hash(vec2 p) {
    uvec2 q = uvec2(ivec2(p) + 32768);
    uint h = q.x * 1597334677u ^ q.y * 3812015801u;
    h = (h ^ (h >> 15)) * 2246822519u;
    return float((h ^ (h >> 13)) & 0xffffu) / 65535.0;
}

// Share of a pixel inside [low, high], w wide.
float band(float x, float low, float high, float w) {
    return clamp((x - low) / w + 0.5, 0, 1) * clamp((high - x) / w + 0.5, 0, 1);
}

vec3 wall(vec3 albedo, out vec3 glow) {
    float storey = max(extra.y * 0.1, 2.0);
    float level = floor(place.y / storey), v = place.y / storey - level;
    float bay = 3.4, column = floor(place.x / bay + 0.5), u = place.x / bay + 0.5 - column;
    float wu = max(fwidth(place.x) / bay, 1e-4), wv = max(fwidth(place.y) / storey, 1e-4);
    float fade = clamp(1.4 - 1.6 * max(wu, wv), 0, 1);
    float window = band(u, 0.27, 0.73, wu) * band(v, 0.34, 0.80, wv);
    float line = 1.0 - band(v, 0.045, 0.955, wv);
    window *= step(0.0, place.y) * fade;
    line *= step(0.3, level) * clamp(1.3 - wv, 0, 1);
    float on = step(1.0 - scene.sky_light.w, hash(vec2(column + extra.z * 7.0, level)));
    glow = vec3(1.0, 0.66, 0.30) * window * on * (0.35 + 0.5 * hash(vec2(level, column + 3.0)));
    // Assumed height: a faint diagonal hatch.
    float diagonal = fract((place.x + place.y) / 2.4);
    float hatch = step(0.5, extra.w) * band(diagonal, 0.0, 0.22, 0.2) * fade;
    return albedo * (1.0 - 0.30 * window) * (1.0 - 0.16 * line) * (1.0 - 0.05 * hatch);
}

void main() {
    int kind = int(extra.x + 0.5);
    vec3 normal = normalize(facing);
    vec3 albedo = to_linear(paint.rgb), glow = vec3(0);
    if (kind == 1) {
        albedo = wall(albedo, glow);
    }
    float above = max(at.z, 0.0);
    float open = kind == 1 ? openness(at, normal, max(place.y, 0.0))
                           : openness(at, normal, kind == 2 ? 30.0 : (kind == 3 ? 4.0 : 1.0));
    if (kind == 3) {
        open *= mix(0.62, 1.0, place.y);
    }
    vec3 light = lit(albedo, normal, sun_reaches(at, normal), open);
    if (kind == 6) {
        light = albedo * (0.75 + 0.35 * normal.z) / scene.sun_light.w * 1.1;
    }
    if (kind == 4) {
        vec3 look = normalize(scene.eye.xyz - at);
        vec3 half_way = normalize(look + scene.sun_direction.xyz);
        light += 0.25 * scene.sun_light.rgb * pow(max(dot(normal, half_way), 0.0), 40.0);
    }
    if (kind == 5) {
        light = albedo / scene.sun_light.w;
    }
    result = vec4(display(light + glow), alpha);
}
