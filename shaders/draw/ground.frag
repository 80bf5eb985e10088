#version 450 core
// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Terrain under the map texture; its sides show the plinth's layers. In x-ray it is glass with a
// grid every 20 m.
#include "draw/scene.glsl"
#include "draw/light.glsl"
in vec3 at;
in vec3 facing;
in vec4 paint;
flat in vec4 extra;
in vec2 place;
layout(location = 0) uniform float alpha;
layout(binding = 0) uniform sampler2D ground_map;
out vec4 result;

void main() {
    vec3 normal = normalize(facing);
    vec2 uv = (at.xy - scene.box.xy) / (scene.box.zw - scene.box.xy);
    bool top = extra.y > 0.5;
    vec3 albedo = to_linear(paint.rgb);
    float sun = sun_reaches(at, normal), open = 1.0;
    if (top) {
        vec4 map = texture(ground_map, uv);
        albedo = to_linear(map.rgb);
        open = texture(occlusion_map, uv).r;
        // Relief is exaggerated in the light only, never in the shape.
        normal = normalize(vec3(normal.xy * 1.8, normal.z));
        if (map.a < 0.75) {
            vec3 look = normalize(scene.eye.xyz - at);
            float mirror = pow(1.0 - max(look.z, 0.0), 3.0);
            albedo = mix(albedo, scene.sky_top.rgb, 0.15 + 0.5 * mirror);
        }
    } else {
        open = mix(0.7, 1.0, smoothstep(-scene.heights.y, 0.0, at.z));
    }
    vec3 light = lit(albedo, normal, sun, open);
    float cover = alpha;
    if (scene.eye.w > 0.5) {
        vec2 cell = at.xy / 20.0;
        vec2 near = abs(fract(cell - 0.5) - 0.5) / max(fwidth(cell), vec2(1e-5));
        float line = top ? clamp(1.2 - min(near.x, near.y), 0, 1) : 0.0;
        vec3 shown = display(light);
        result = vec4(mix(shown, to_srgb(scene.grid_line.rgb), line * 0.6), mix(cover, 0.7, line * 0.5));
        return;
    }
    result = vec4(display(light), cover);
}
