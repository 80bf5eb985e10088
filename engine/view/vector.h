// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Small vectors and column-major 4 x 4 matrices in float, as OpenGL takes them.
#ifndef LF_VIEW_VECTOR_H
#define LF_VIEW_VECTOR_H

#include <math.h>

#define LF_VIEW_PI 3.14159265358979323846

typedef struct lf_view_vec3 {
    float x, y, z;
} lf_view_vec3;
typedef struct lf_view_mat4 {
    float m[16]; // m[column * 4 + row]
} lf_view_mat4;

static inline lf_view_vec3 lf_view_add(lf_view_vec3 a, lf_view_vec3 b) {
    return (lf_view_vec3){a.x + b.x, a.y + b.y, a.z + b.z};
}
static inline lf_view_vec3 lf_view_sub(lf_view_vec3 a, lf_view_vec3 b) {
    return (lf_view_vec3){a.x - b.x, a.y - b.y, a.z - b.z};
}
static inline lf_view_vec3 lf_view_scale(lf_view_vec3 a, float s) {
    return (lf_view_vec3){a.x * s, a.y * s, a.z * s};
}
static inline float lf_view_dot(lf_view_vec3 a, lf_view_vec3 b) {
    return a.x * b.x + a.y * b.y + a.z * b.z;
}
static inline lf_view_vec3 lf_view_cross(lf_view_vec3 a, lf_view_vec3 b) {
    return (lf_view_vec3){a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x};
}
static inline lf_view_vec3 lf_view_unit(lf_view_vec3 a) {
    float length = sqrtf(lf_view_dot(a, a));
    return length > 0 ? lf_view_scale(a, 1 / length) : (lf_view_vec3){0, 0, 1};
}

static inline lf_view_mat4 lf_view_multiply(lf_view_mat4 a, lf_view_mat4 b) {
    lf_view_mat4 out;
    for (int column = 0; column < 4; column++) {
        for (int row = 0; row < 4; row++) {
            float sum = 0;
            for (int k = 0; k < 4; k++) {
                sum += a.m[k * 4 + row] * b.m[column * 4 + k];
            }
            out.m[column * 4 + row] = sum;
        }
    }
    return out;
}
// out = m * (p, 1); w goes to *w.
static inline lf_view_vec3 lf_view_transform(const lf_view_mat4 *m, lf_view_vec3 p, float *w) {
    const float *c = m->m;
    *w = c[3] * p.x + c[7] * p.y + c[11] * p.z + c[15];
    return (lf_view_vec3){c[0] * p.x + c[4] * p.y + c[8] * p.z + c[12],
                          c[1] * p.x + c[5] * p.y + c[9] * p.z + c[13],
                          c[2] * p.x + c[6] * p.y + c[10] * p.z + c[14]};
}
static inline lf_view_mat4 lf_view_look(lf_view_vec3 eye, lf_view_vec3 forward, lf_view_vec3 up) {
    lf_view_vec3 f = lf_view_unit(forward), s = lf_view_unit(lf_view_cross(f, up));
    lf_view_vec3 u = lf_view_cross(s, f);
    return (lf_view_mat4){{s.x, u.x, -f.x, 0, s.y, u.y, -f.y, 0, s.z, u.z, -f.z, 0,
                           -lf_view_dot(s, eye), -lf_view_dot(u, eye), lf_view_dot(f, eye), 1}};
}
static inline lf_view_mat4 lf_view_perspective(float fov_y, float aspect, float near, float far) {
    float f = 1 / tanf(fov_y / 2);
    return (lf_view_mat4){{f / aspect, 0, 0, 0, 0, f, 0, 0, 0, 0, (far + near) / (near - far), -1,
                           0, 0, 2 * far * near / (near - far), 0}};
}
static inline lf_view_mat4 lf_view_ortho(float left, float right, float bottom, float top,
                                         float near, float far) {
    return (lf_view_mat4){{2 / (right - left), 0, 0, 0, 0, 2 / (top - bottom), 0, 0, 0, 0,
                           -2 / (far - near), 0, -(right + left) / (right - left),
                           -(top + bottom) / (top - bottom), -(far + near) / (far - near), 1}};
}

#endif
