// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Underground for x-ray pictures: pipes with their real diameter and slope, manholes as shafts,
// gullies and outfalls. Pipes are coloured by their greatest filling where the result has it.
#include "base/text.h"
#include "view/scene.h"
#include <stdio.h>

static double rim_m(const lf_view_scene *scene, const lf_drain_node *node, lf_vec2 at) {
    return isnan(node->ground_m) ? lf_view_surface_z(&scene->surface, at.x, at.y) : node->ground_m;
}

static void add_shaft(lf_view_scene *scene, const lf_drain_node *node) {
    const lf_view_palette *palette = scene->palette;
    lf_vec2 at = node->row.shape.points[0];
    bool gully = node->kind == LF_NODE_GULLY;
    lf_view_pen pen = {&scene->pipes, gully ? palette->gully : palette->manhole, LF_VIEW_PIPE, 0,
                       0};
    double top = rim_m(scene, node, at), radius = sqrt(fmax(node->area_m2, 0.2) / LF_VIEW_PI);
    if (node->kind == LF_NODE_OUTFALL) {
        pen.colour = palette->halo;
    }
    lf_view_tube(&pen, lf_view_place_at(scene, at.x, at.y, node->invert_m),
                 lf_view_place_at(scene, at.x, at.y, fmax(top, node->invert_m + 0.3) + 0.05),
                 (float)fmin(fmax(radius, 0.35), 3), (float)fmin(fmax(radius, 0.35), 3),
                 gully ? 4 : 12, true);
}

static void add_pipe(lf_view_scene *scene, const lf_drain_link *link, const lf_drain_node *nodes,
                     float fill, const lf_view_ramp *ramp) {
    const lf_spec *spec = lf_twin_spec(scene->twin);
    int from = lf_spec_find(spec, LF_DRAIN_NODES, link->from);
    int to = lf_spec_find(spec, LF_DRAIN_NODES, link->to);
    const lf_shape *line = &link->row.shape;
    if (from < 0 || to < 0 || line->point_count < 2) {
        return;
    }
    int system = link->system >= 0 && link->system < 3 ? link->system : 0;
    lf_view_pen pen = {&scene->pipes, scene->palette->pipe[system], LF_VIEW_PIPE, 0, 0};
    if (ramp && !isnan(fill)) {
        pen.colour = lf_view_ramp_at(ramp, fill);
    }
    double radius = fmax(link->diameter_m, 0.1) / 2, length = lf_shape_length_m(line), along = 0;
    double z0 = nodes[from].invert_m + link->offset_from_m + radius;
    double z1 = nodes[to].invert_m + link->offset_to_m + radius;
    for (int i = 0; i + 1 < line->point_count; i++) {
        lf_vec2 a = line->points[i], b = line->points[i + 1];
        double step = hypot(b.x - a.x, b.y - a.y);
        double t0 = length > 0 ? along / length : 0, t1 = length > 0 ? (along + step) / length : 1;
        along += step;
        lf_view_tube(&pen, lf_view_place_at(scene, a.x, a.y, z0 + (z1 - z0) * t0),
                     lf_view_place_at(scene, b.x, b.y, z0 + (z1 - z0) * t1), (float)radius,
                     (float)radius, 12, true);
    }
}

void lf_view_build_pipes(lf_view_scene *scene) {
    int node_count = 0, link_count = 0;
    const lf_drain_node *nodes = lf_twin_rows(scene->twin, LF_DRAIN_NODES, &node_count);
    const lf_drain_link *links = lf_twin_rows(scene->twin, LF_DRAIN_LINKS, &link_count);
    const lf_column *fill = lf_option_column(scene->option, LF_DRAIN_LINKS, "fill_ratio");
    lf_view_ramp ramp;
    bool coloured = fill && lf_view_ramp_read(NULL, "fill", &ramp, NULL) == LF_OK;
    for (int i = 0; i < link_count; i++) {
        float value = fill && i < fill->count ? fill->values[i] : NAN;
        add_pipe(scene, &links[i], nodes, value, coloured ? &ramp : NULL);
    }
    for (int i = 0; i < node_count; i++) {
        if (nodes[i].row.shape.point_count > 0) {
            add_shaft(scene, &nodes[i]);
        }
    }
}
