// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Rows that somebody drew into a package by hand: what they leave empty is filled by the same rules
// as for any import, and roads without ends are joined to road nodes.
#include "io/package/read.h"

#include <math.h>
#include <stdio.h>

#define SNAP_M 0.5 // how near a hand-drawn road has to end to an existing node

static bool is_assumed(const lf_row *row, lf_layer layer, const char *name) {
    const lf_table *table = lf_layer_table(layer);
    return row->assumed >> (lf_table_find(table, name) - table->fields) & 1u;
}

// A building without storeys or height, in a row that came with empty columns.
static void fill_buildings(lf_io_package_job *job, int first, lf_io_assumed *count) {
    int rows;
    lf_building *list = lf_spec_rows(job->spec, LF_BUILDINGS, &rows);
    for (int i = first; i < rows; i++)
        if ((list[i].storeys == 0 && is_assumed(&list[i].row, LF_BUILDINGS, "storeys")) ||
            (list[i].height_m == 0 && is_assumed(&list[i].row, LF_BUILDINGS, "height_m")))
            lf_io_fill_building(job->spec, &list[i], count);
}

// The nearest road node within reach, or a new one.
static lf_id node_at(lf_io_package_job *job, lf_vec2 at, const char *source, int *made) {
    int rows;
    const lf_road_node *list = lf_spec_rows_const(job->spec, LF_ROAD_NODES, &rows);
    double nearest = SNAP_M;
    lf_id found = 0;
    for (int i = 0; i < rows; i++) {
        if (list[i].row.shape.kind != LF_POINT)
            continue;
        lf_vec2 p = list[i].row.shape.points[0];
        double away = hypot(p.x - at.x, p.y - at.y);
        if (away < nearest) {
            nearest = away;
            found = list[i].row.id;
        }
    }
    if (found)
        return found;
    lf_road_node *node = lf_spec_add(job->spec, LF_ROAD_NODES);
    if (!node)
        return 0;
    node->row.quality = LF_TAGGED;
    node->row.source = source;
    node->row.shape = lf_spec_point(job->spec, at);
    ++*made;
    return node->row.id;
}

static void join_roads(lf_io_package_job *job, int first) {
    int joined = 0, made = 0;
    for (int i = first; i < lf_spec_count(job->spec, LF_ROADS); i++) {
        lf_road *road = lf_spec_at(job->spec, LF_ROADS, i);
        if ((road->from && road->to) || road->row.shape.kind != LF_LINE)
            continue;
        const lf_shape *line = &road->row.shape;
        if (!road->from)
            road->from = node_at(job, line->points[0], road->row.source, &made);
        if (!road->to)
            road->to = node_at(job, line->points[line->point_count - 1], road->row.source, &made);
        joined++;
    }
    if (joined)
        lf_issues_addf(job->issues, made ? LF_WARNING : LF_NOTE, LF_TOPOLOGY, job->def->label, 0,
                       "roads", "end roads on existing road nodes; split roads where others meet",
                       "%d roads without from or to were joined to road nodes within %g m; %d new "
                       "nodes were made for ends where there is none",
                       joined, SNAP_M, made);
}

void lf_io_package_finish_drawn(lf_io_package_job *job, const lf_io_mark *mark) {
    lf_io_assumed count = {0};
    fill_buildings(job, mark->first[LF_BUILDINGS], &count);
    lf_io_state_assumptions(job->spec, &count, job->def->label);
    join_roads(job, mark->first[LF_ROADS]);
}
