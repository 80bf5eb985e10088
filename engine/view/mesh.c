// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Triangles and simple solids.
#include "view/mesh.h"
#include "base/memory.h"
#include "base/random.h"
#include <stdlib.h>

void lf_view_mesh_free(lf_view_mesh *mesh) {
    lf_memory_give(NULL, mesh->vertices, mesh->capacity * sizeof *mesh->vertices);
    lf_memory_give(NULL, mesh->indices, mesh->index_capacity * sizeof *mesh->indices);
    *mesh = (lf_view_mesh){0};
}

uint32_t lf_view_mesh_vertex(lf_view_mesh *mesh, const lf_view_vertex *vertex) {
    if (mesh->count == mesh->capacity &&
        !lf_memory_grow(NULL, (void **)&mesh->vertices, &mesh->capacity, mesh->count + 1,
                        sizeof *mesh->vertices)) {
        mesh->failed = true;
        return 0;
    }
    mesh->vertices[mesh->count] = *vertex;
    return (uint32_t)mesh->count++;
}

void lf_view_mesh_triangle(lf_view_mesh *mesh, uint32_t a, uint32_t b, uint32_t c) {
    if (mesh->index_count + 3 > mesh->index_capacity &&
        !lf_memory_grow(NULL, (void **)&mesh->indices, &mesh->index_capacity, mesh->index_count + 3,
                        sizeof *mesh->indices)) {
        mesh->failed = true;
    }
    if (mesh->failed) {
        return;
    }
    mesh->indices[mesh->index_count++] = a;
    mesh->indices[mesh->index_count++] = b;
    mesh->indices[mesh->index_count++] = c;
}

static uint32_t pen_vertex(const lf_view_pen *pen, lf_view_vec3 position, lf_view_vec3 normal,
                           float u, float v) {
    lf_view_vertex vertex = {
        position, normal, pen->colour, {pen->kind, pen->param, pen->seed, 0}, {u, v}};
    return lf_view_mesh_vertex(pen->mesh, &vertex);
}

static float distance(lf_view_vec3 a, lf_view_vec3 b) {
    lf_view_vec3 d = lf_view_sub(a, b);
    return sqrtf(lf_view_dot(d, d));
}

void lf_view_quad(const lf_view_pen *pen, lf_view_vec3 a, lf_view_vec3 b, lf_view_vec3 c,
                  lf_view_vec3 d) {
    lf_view_vec3 normal = lf_view_unit(lf_view_cross(lf_view_sub(c, a), lf_view_sub(d, b)));
    float u = distance(a, b), v = distance(a, d);
    uint32_t ia = pen_vertex(pen, a, normal, 0, 0), ib = pen_vertex(pen, b, normal, u, 0);
    uint32_t ic = pen_vertex(pen, c, normal, u, v), id = pen_vertex(pen, d, normal, 0, v);
    lf_view_mesh_triangle(pen->mesh, ia, ib, ic);
    lf_view_mesh_triangle(pen->mesh, ia, ic, id);
}

void lf_view_flat_triangle(const lf_view_pen *pen, lf_view_vec3 a, lf_view_vec3 b, lf_view_vec3 c) {
    lf_view_vec3 normal = lf_view_unit(lf_view_cross(lf_view_sub(b, a), lf_view_sub(c, a)));
    uint32_t ia = pen_vertex(pen, a, normal, 0, 0), ib = pen_vertex(pen, b, normal, 0, 0);
    lf_view_mesh_triangle(pen->mesh, ia, ib, pen_vertex(pen, c, normal, 0, 0));
}

void lf_view_box(const lf_view_pen *pen, lf_view_vec3 foot, lf_view_vec3 along, float length,
                 float width, float height) {
    lf_view_vec3 x = lf_view_scale(along, length / 2);
    lf_view_vec3 y = lf_view_scale((lf_view_vec3){-along.y, along.x, 0}, width / 2);
    lf_view_vec3 low[4] = {
        lf_view_sub(lf_view_sub(foot, x), y), lf_view_sub(lf_view_add(foot, x), y),
        lf_view_add(lf_view_add(foot, x), y), lf_view_add(lf_view_sub(foot, x), y)};
    lf_view_vec3 high[4];
    for (int i = 0; i < 4; i++) {
        high[i] = lf_view_add(low[i], (lf_view_vec3){0, 0, height});
    }
    for (int i = 0; i < 4; i++) {
        int k = (i + 1) % 4;
        lf_view_quad(pen, low[i], low[k], high[k], high[i]);
    }
    lf_view_quad(pen, high[0], high[1], high[2], high[3]);
}

void lf_view_tube(const lf_view_pen *pen, lf_view_vec3 a, lf_view_vec3 b, float ra, float rb,
                  int sides, bool caps) {
    lf_view_vec3 axis = lf_view_unit(lf_view_sub(b, a));
    lf_view_vec3 other = fabsf(axis.z) < 0.9f ? (lf_view_vec3){0, 0, 1} : (lf_view_vec3){1, 0, 0};
    lf_view_vec3 x = lf_view_unit(lf_view_cross(other, axis)), y = lf_view_cross(axis, x);
    uint32_t first = 0, before[2] = {0, 0};
    float length = distance(a, b);
    for (int i = 0; i <= sides; i++) {
        double angle = 2 * LF_VIEW_PI * i / sides;
        lf_view_vec3 out =
            lf_view_add(lf_view_scale(x, (float)cos(angle)), lf_view_scale(y, (float)sin(angle)));
        uint32_t low = pen_vertex(pen, lf_view_add(a, lf_view_scale(out, ra)), out, ra, 0);
        uint32_t high = pen_vertex(pen, lf_view_add(b, lf_view_scale(out, rb)), out, rb, length);
        if (i == 0) {
            first = low;
        } else {
            lf_view_mesh_triangle(pen->mesh, before[0], low, high);
            lf_view_mesh_triangle(pen->mesh, before[0], high, before[1]);
        }
        before[0] = low;
        before[1] = high;
    }
    if (!caps || pen->mesh->failed) {
        return;
    }
    for (int end = 0; end < 2; end++) {
        lf_view_vec3 normal = end ? axis : lf_view_scale(axis, -1);
        uint32_t middle = pen_vertex(pen, end ? b : a, normal, 0, 0), last = 0;
        for (int i = 0; i <= sides; i++) {
            lf_view_vec3 rim =
                pen->mesh->vertices[first + 2 * (uint32_t)i + (uint32_t)end].position;
            uint32_t here = pen_vertex(pen, rim, normal, 0, 0);
            if (i > 0) {
                lf_view_mesh_triangle(pen->mesh, middle, end ? last : here, end ? here : last);
            }
            last = here;
        }
    }
}

void lf_view_ball(const lf_view_pen *pen, lf_view_vec3 centre, float radius, float radius_z,
                  int sectors, int rings, float wobble) {
    uint32_t start = (uint32_t)pen->mesh->count;
    for (int ring = 0; ring <= rings; ring++) {
        double down = LF_VIEW_PI * ring / rings;
        for (int sector = 0; sector < sectors; sector++) {
            double around = 2 * LF_VIEW_PI * (sector + 0.5 * (ring & 1)) / sectors;
            bool pole = ring == 0 || ring == rings;
            double noise = lf_random_unit(pen->seed, (uint64_t)ring, pole ? 0 : (uint64_t)sector);
            float swell = 1 + wobble * (float)(2 * noise - 1);
            lf_view_vec3 unit = {(float)(sin(down) * cos(around)), (float)(sin(down) * sin(around)),
                                 (float)cos(down)};
            lf_view_vec3 at = {centre.x + unit.x * radius * swell,
                               centre.y + unit.y * radius * swell,
                               centre.z + unit.z * radius_z * swell};
            lf_view_vec3 normal = {unit.x / radius, unit.y / radius, unit.z / radius_z};
            pen_vertex(pen, at, lf_view_unit(normal), 0, (unit.z + 1) / 2);
        }
    }
    for (int ring = 0; ring < rings; ring++) {
        for (int sector = 0; sector < sectors; sector++) {
            int next = (sector + 1) % sectors;
            bool shift = (ring & 1) != 0;
            uint32_t row = start + (uint32_t)(ring * sectors), below = row + (uint32_t)sectors;
            uint32_t a = row + (uint32_t)sector, b = row + (uint32_t)next;
            uint32_t c = below + (uint32_t)sector, d = below + (uint32_t)next;
            if (shift) {
                lf_view_mesh_triangle(pen->mesh, a, c, d);
                lf_view_mesh_triangle(pen->mesh, a, d, b);
            } else {
                lf_view_mesh_triangle(pen->mesh, a, c, b);
                lf_view_mesh_triangle(pen->mesh, b, c, d);
            }
        }
    }
}
