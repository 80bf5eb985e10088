// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Light: sun with soft shadow, sky and bounce by direction, ambient occlusion from the height map.
layout(binding = 1) uniform sampler2DShadow shadow_map;
layout(binding = 2) uniform sampler2D occlusion_map;

vec3 to_linear(vec3 c) {
    return c * (c * (c * 0.305306011 + 0.682171111) + 0.012522878);
}

vec3 to_srgb(vec3 c) {
    c = max(c, vec3(0));
    return max(1.055 * pow(c, vec3(0.416666667)) - 0.055, vec3(0));
}

// Eight taps on a spiral; each tap is filtered 2 x 2 by the sampler.
float sun_reaches(vec3 position, vec3 normal) {
    vec3 moved = position + normal * 0.35;
    vec3 at = (scene.sun_projection * vec4(moved, 1)).xyz;
    if (any(greaterThan(abs(at.xy - 0.5), vec2(0.499))) || at.z > 1) {
        return 1;
    }
    const vec2 taps[6] = vec2[6](vec2(0.25, 0.10), vec2(-0.42, 0.46), vec2(-0.28, -0.72),
                                 vec2(0.86, -0.36), vec2(0.52, 0.90), vec2(-1.05, -0.12));
    float sum = 0;
    for (int i = 0; i < 6; i++) {
        vec2 tap = at.xy + taps[i] * scene.sun_direction.w * 1.6;
        sum += texture(shadow_map, vec3(tap, at.z - 0.0006));
    }
    return sum / 6;
}

// Openness at the foot of a place; walls look a metre away from themselves and rise out of it.
float openness(vec3 position, vec3 normal, float above_ground) {
    vec2 uv = (position.xy + normal.xy * 1.2 - scene.box.xy) / (scene.box.zw - scene.box.xy);
    float low = texture(occlusion_map, uv).r;
    return mix(low, 1.0, smoothstep(0.0, 16.0, above_ground));
}

vec3 lit(vec3 albedo, vec3 normal, float sun, float open) {
    float facing = max(dot(normal, scene.sun_direction.xyz), 0.0);
    vec3 ambient = mix(scene.bounce_light.rgb, scene.sky_light.rgb, normal.z * 0.5 + 0.5);
    return albedo * (scene.sun_light.rgb * facing * sun + ambient * open);
}

// Soft shoulder, so that sunlit clay stays below white.
vec3 display(vec3 light) {
    vec3 x = light * scene.sun_light.w;
    return to_srgb(x * (1.0 + x * 0.16) / (1.0 + x * 0.38));
}
