// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// A growing list of triangles with one vertex format for everything solid. Coordinates are relative
// to the scene's centre, so that floats stay sharp.
#ifndef LF_VIEW_MESH_H
#define LF_VIEW_MESH_H

#include "lifang/base.h"
#include "view/vector.h"

// What the shader does with a vertex; goes to info[0].
typedef enum lf_view_kind {
    LF_VIEW_PLAIN,
    LF_VIEW_WALL, // uv: metres along and above the base; info[1] storey in 0.1 m, info[2] seed
    LF_VIEW_ROOF,
    LF_VIEW_LEAVES,
    LF_VIEW_METAL, // cars, pins: a little gloss
    LF_VIEW_GLOW,  // unlit: halos, data
    LF_VIEW_PIPE,  // never thinner than two pixels; uv[0] = radius
} lf_view_kind;

typedef struct lf_view_colour {
    uint8_t r, g, b, a;
} lf_view_colour;

typedef struct lf_view_vertex {
    lf_view_vec3 position;
    lf_view_vec3 normal;
    lf_view_colour colour; // sRGB
    uint8_t info[4];
    float uv[2];
} lf_view_vertex;

typedef struct lf_view_mesh {
    lf_view_vertex *vertices;
    size_t count, capacity;
    uint32_t *indices;
    size_t index_count, index_capacity;
    bool failed; // memory ran out; what is there is incomplete
} lf_view_mesh;

void lf_view_mesh_free(lf_view_mesh *mesh);
uint32_t lf_view_mesh_vertex(lf_view_mesh *mesh, const lf_view_vertex *vertex);
void lf_view_mesh_triangle(lf_view_mesh *mesh, uint32_t a, uint32_t b, uint32_t c);

// Pen: what new vertices get.
typedef struct lf_view_pen {
    lf_view_mesh *mesh;
    lf_view_colour colour;
    uint8_t kind, param, seed;
} lf_view_pen;
// A flat quad a b c d (counter-clockwise seen from outside), uv along a-b and a-d in metres.
void lf_view_quad(const lf_view_pen *pen, lf_view_vec3 a, lf_view_vec3 b, lf_view_vec3 c,
                  lf_view_vec3 d);
void lf_view_flat_triangle(const lf_view_pen *pen, lf_view_vec3 a, lf_view_vec3 b, lf_view_vec3 c);
// A box that stands on `foot`, turned so that its x axis points to `along` (unit, z = 0).
void lf_view_box(const lf_view_pen *pen, lf_view_vec3 foot, lf_view_vec3 along, float length,
                 float width, float height);
// A frustum of `sides` from a (radius ra) to b (radius rb), smooth; caps where asked.
void lf_view_tube(const lf_view_pen *pen, lf_view_vec3 a, lf_view_vec3 b, float ra, float rb,
                  int sides, bool caps);
// An ellipsoid of rings x sectors; wobble pushes its points in and out by a share of the radius.
void lf_view_ball(const lf_view_pen *pen, lf_view_vec3 centre, float radius, float radius_z,
                  int sectors, int rings, float wobble);

#endif
