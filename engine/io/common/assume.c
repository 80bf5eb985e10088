// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Rules of thumb, each with its reason, and the relations that lie in the geometry.
#include "io/common/assume.h"

#include "base/file.h"
#include "geo/index.h"
#include "io/common/place.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

// Ground stalls take 25-30 m2 with their share of the aisle, garages 30-40 m2 (GB/T 51149-2016,
// as quoted in planning practice); a parallel kerb stall is 6 x 2.5 m.
static const double stall_area_m2[] = {30, 15, 35, 35, 20};
// Storey heights by use; residential 2.8-3.0 m in walk-ups.
static const double storey_height_m[] = {2.9, 2.8, 3.6, 4.0, 3.6, 2.8, 6.0, 3.3};
// Widths and speeds by class, in the order of lf_road_class.
static const double road_width_m[] = {14, 9, 6, 4, 5.5, 2, 2.5, 2};
static const double road_speed_km_h[] = {60, 40, 20, 15, 10, 5, 15, 3};

lf_io_mark lf_io_mark_now(const lf_spec *spec) {
    lf_io_mark mark;
    for (int layer = 0; layer < LF_LAYER_COUNT; layer++)
        mark.first[layer] = lf_spec_count(spec, (lf_layer)layer);
    return mark;
}

static uint32_t bit_of(lf_layer layer, const char *name) {
    lf_row row;
    memset(&row, 0, sizeof row);
    lf_io_mark_assumed(&row, layer, name);
    return row.assumed;
}

// Owners by area, found by a point.
typedef struct owners {
    const lf_spec *spec;
    lf_layer layer;
    lf_geo_index *index;
    lf_vec2 point;
    int skip; // an item that does not own itself; -1 = none
    int best;
    double best_area;
} owners;

static const lf_row *row_at(const lf_spec *spec, lf_layer layer, int index) {
    return lf_spec_at_const(spec, layer, index);
}

static bool open_owners(owners *o, const lf_spec *spec, lf_layer layer) {
    int count = lf_spec_count(spec, layer);
    double *boxes = calloc((size_t)count * 4 + 4, sizeof *boxes);
    o->spec = spec;
    o->layer = layer;
    o->index = NULL;
    o->skip = -1;
    for (int i = 0; boxes && i < count; i++)
        lf_shape_bounds(&row_at(spec, layer, i)->shape, boxes + (size_t)i * 4);
    if (boxes)
        o->index = lf_geo_index_create(boxes, count);
    free(boxes);
    return o->index != NULL;
}

static bool visit_owner(void *context, int item) {
    owners *o = context;
    const lf_shape *shape = &row_at(o->spec, o->layer, item)->shape;
    if (item == o->skip || shape->kind != LF_POLYGON || !lf_shape_contains(shape, o->point))
        return true;
    double area = lf_shape_area_m2(shape);
    if (o->best < 0 || area < o->best_area) {
        o->best = item;
        o->best_area = area;
    }
    return true;
}

// The id of the smallest owner around the centre of the shape, 0 = none.
static lf_id owner_of(owners *o, const lf_shape *shape) {
    if (shape->kind == LF_NO_SHAPE)
        return 0;
    o->point = lf_shape_centre(shape);
    o->best = -1;
    double box[4] = {o->point.x, o->point.y, o->point.x, o->point.y};
    lf_geo_index_query(o->index, box, visit_owner, o);
    return o->best < 0 ? 0 : row_at(o->spec, o->layer, o->best)->id;
}

static lf_code no_memory(lf_error *error) {
    return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory to relate the layers");
}

static lf_code relate_buildings(lf_spec *spec, const lf_io_mark *mark, lf_error *error) {
    owners o;
    int count;
    lf_building *rows = lf_spec_rows(spec, LF_BUILDINGS, &count);
    if (count == mark->first[LF_BUILDINGS] || !lf_spec_count(spec, LF_COMPOUNDS))
        return LF_OK;
    if (!open_owners(&o, spec, LF_COMPOUNDS))
        return no_memory(error);
    for (int i = mark->first[LF_BUILDINGS]; i < count; i++)
        if (!rows[i].compound)
            rows[i].compound = owner_of(&o, &rows[i].row.shape);
    lf_geo_index_destroy(o.index);
    return LF_OK;
}

static lf_code relate_stalls(lf_spec *spec, const lf_io_mark *mark, lf_error *error) {
    owners o;
    int count;
    lf_stall *rows = lf_spec_rows(spec, LF_STALLS, &count);
    if (count == mark->first[LF_STALLS] || !lf_spec_count(spec, LF_PARKING))
        return LF_OK;
    if (!open_owners(&o, spec, LF_PARKING))
        return no_memory(error);
    for (int i = mark->first[LF_STALLS]; i < count; i++)
        if (!rows[i].parking)
            rows[i].parking = owner_of(&o, &rows[i].row.shape);
    lf_geo_index_destroy(o.index);
    return LF_OK;
}

// A row of stalls drawn inside a parking area is part of it: its stalls are counted there.
static lf_code drop_inner_rows(lf_spec *spec, const lf_io_mark *mark, const char *label,
                               lf_issues *issues, lf_error *error) {
    owners o;
    int count, dropped = 0;
    const lf_parking *rows = lf_spec_rows_const(spec, LF_PARKING, &count);
    if (count == mark->first[LF_PARKING])
        return LF_OK;
    bool *keep = malloc((size_t)count * sizeof *keep);
    if (!keep || !open_owners(&o, spec, LF_PARKING)) {
        free(keep);
        return no_memory(error);
    }
    for (int i = 0; i < count; i++) {
        o.skip = i;
        keep[i] = i < mark->first[LF_PARKING] || rows[i].kind != LF_PARKING_KERB ||
                  !owner_of(&o, &rows[i].row.shape);
        dropped += !keep[i];
    }
    lf_geo_index_destroy(o.index);
    if (dropped) {
        lf_spec_keep(spec, LF_PARKING, keep);
        lf_issues_addf(issues, LF_NOTE, LF_OK, label, 0, "", "",
                       "%d rows of stalls lie inside a parking area and are counted with it",
                       dropped);
    }
    free(keep);
    return LF_OK;
}

static lf_code relate_parts(lf_spec *spec, const lf_io_mark *mark, const char *label,
                            lf_issues *issues, lf_error *error) {
    owners o;
    int count, dropped = 0;
    lf_building_part *rows = lf_spec_rows(spec, LF_BUILDING_PARTS, &count);
    if (count == mark->first[LF_BUILDING_PARTS])
        return LF_OK;
    bool *keep = malloc((size_t)count * sizeof *keep);
    if (!keep || !open_owners(&o, spec, LF_BUILDINGS)) {
        free(keep);
        return no_memory(error);
    }
    for (int i = 0; i < count; i++) {
        if (i >= mark->first[LF_BUILDING_PARTS] && !rows[i].building)
            rows[i].building = owner_of(&o, &rows[i].row.shape);
        keep[i] = i < mark->first[LF_BUILDING_PARTS] || rows[i].building;
        dropped += !keep[i];
    }
    lf_geo_index_destroy(o.index);
    if (dropped) {
        lf_spec_keep(spec, LF_BUILDING_PARTS, keep);
        lf_issues_addf(issues, LF_WARNING, LF_REFERENCE, label, 0, "",
                       "draw the outline of the whole building around its parts",
                       "%d building parts lie in no building and were left out", dropped);
    }
    free(keep);
    return LF_OK;
}

lf_code lf_io_relate(lf_spec *spec, const lf_io_mark *mark, const char *label, lf_issues *issues,
                     lf_error *error) {
    lf_code code = relate_buildings(spec, mark, error);
    if (code == LF_OK)
        code = drop_inner_rows(spec, mark, label, issues, error);
    if (code == LF_OK)
        code = relate_stalls(spec, mark, error);
    if (code == LF_OK)
        code = relate_parts(spec, mark, label, issues, error);
    return code;
}

// A building of no stated use takes that of its compound; small ones in a compound are sheds.
static int kind_of(const lf_spec *spec, const lf_building *b, double area_m2) {
    int at = b->compound ? lf_spec_find(spec, LF_COMPOUNDS, b->compound) : -1;
    const lf_compound *compound = at >= 0 ? lf_spec_at_const(spec, LF_COMPOUNDS, at) : NULL;
    if (compound && compound->kind == LF_COMPOUND_SCHOOL)
        return area_m2 < 40 ? LF_USE_SHED : LF_USE_SCHOOL;
    if (compound && compound->kind == LF_COMPOUND_RESIDENTIAL)
        return area_m2 < 40 ? LF_USE_SHED : LF_USE_RESIDENTIAL;
    return LF_USE_OTHER;
}

// Six storeys is the most that was built without a lift, so it is the commonest slab.
static int storeys_of(int kind, double area_m2) {
    switch (kind) {
    case LF_USE_RESIDENTIAL:
        return area_m2 >= 120 ? 6 : area_m2 >= 50 ? 2 : 1;
    case LF_USE_SCHOOL:
        return 4;
    case LF_USE_COMMERCIAL:
        return area_m2 >= 1000 ? 4 : 2;
    case LF_USE_PUBLIC:
        return 3;
    case LF_USE_OTHER:
        return area_m2 >= 200 ? 3 : area_m2 >= 60 ? 2 : 1;
    default:
        return 1;
    }
}

void lf_io_fill_building(const lf_spec *spec, lf_building *b, lf_io_assumed *count) {
    double area_m2 = lf_shape_area_m2(&b->row.shape);
    uint32_t kind = bit_of(LF_BUILDINGS, "kind"), storeys = bit_of(LF_BUILDINGS, "storeys"),
             height = bit_of(LF_BUILDINGS, "height_m");
    count->buildings++;
    if (b->row.assumed & kind) {
        b->kind = kind_of(spec, b, area_m2);
        count->building_kinds++;
    }
    double each = storey_height_m[b->kind];
    if (b->row.assumed & storeys) {
        if (!(b->row.assumed & height))
            b->storeys = (int)fmax(1, nearbyint(b->height_m / each));
        else if (b->storeys <= 0)
            b->storeys = storeys_of(b->kind, area_m2);
        count->storeys++;
    }
    if (b->row.assumed & height) {
        b->height_m = b->storeys * each;
        count->heights++;
    }
}

static void fill_part(lf_building_part *part) {
    uint32_t storeys = bit_of(LF_BUILDING_PARTS, "storeys"),
             height = bit_of(LF_BUILDING_PARTS, "height_m");
    double each = storey_height_m[LF_USE_RESIDENTIAL];
    if ((part->row.assumed & storeys) && (part->row.assumed & height)) {
        part->storeys = 1;
        part->height_m = part->height_min_m + each;
    } else if (part->row.assumed & storeys) {
        part->storeys = (int)fmax(1, nearbyint((part->height_m - part->height_min_m) / each));
    } else if (part->row.assumed & height) {
        part->height_m = fmax(part->storeys * each, part->height_min_m + each);
    }
}

static void fill_parking(const lf_spec *spec, lf_parking *p, lf_io_assumed *count) {
    int stalls, own = 0;
    const lf_stall *stall = lf_spec_rows_const(spec, LF_STALLS, &stalls);
    count->parking++;
    if (!(p->row.assumed & bit_of(LF_PARKING, "capacity")))
        return;
    for (int i = 0; i < stalls; i++)
        own += stall[i].parking == p->row.id;
    double storeys = p->capacity > 0 ? p->capacity : 1; // a hint: levels of the garage
    double area_m2 = lf_shape_area_m2(&p->row.shape) * storeys;
    p->capacity = own ? own : (int)floor(area_m2 / stall_area_m2[p->kind]);
    if (p->capacity < 1)
        p->capacity = 1;
    count->capacities++;
}

void lf_io_fill(lf_spec *spec, const lf_io_mark *mark, lf_io_assumed *count) {
    int rows;
    lf_building *buildings = lf_spec_rows(spec, LF_BUILDINGS, &rows);
    for (int i = mark->first[LF_BUILDINGS]; i < rows; i++)
        lf_io_fill_building(spec, &buildings[i], count);
    lf_building_part *parts = lf_spec_rows(spec, LF_BUILDING_PARTS, &rows);
    for (int i = mark->first[LF_BUILDING_PARTS]; i < rows; i++)
        fill_part(&parts[i]);
    lf_parking *parking = lf_spec_rows(spec, LF_PARKING, &rows);
    for (int i = mark->first[LF_PARKING]; i < rows; i++)
        fill_parking(spec, &parking[i], count);
}

void lf_io_fill_road(lf_road *road, lf_io_assumed *count) {
    count->roads++;
    if (road->row.assumed & bit_of(LF_ROADS, "width_m")) {
        if (!(road->width_m > 0)) // a hint: from lanes
            road->width_m = road_width_m[road->kind];
        count->widths++;
    }
    if (road->row.assumed & bit_of(LF_ROADS, "speed_m_s")) {
        road->speed_m_s = road_speed_km_h[road->kind] / 3.6;
        count->speeds++;
    }
}

void lf_io_state_assumptions(lf_spec *spec, const lf_io_assumed *count, const char *label) {
    label = lf_file_name(label);
    if (count->building_kinds)
        lf_spec_add_assumption(spec, LF_ASSUMED,
                               "%s: the use of %d of %d buildings was taken from the compound "
                               "around them",
                               label, count->building_kinds, count->buildings);
    if (count->storeys)
        lf_spec_add_assumption(spec, LF_ASSUMED,
                               "%s: the storeys of %d of %d buildings were assumed from use, "
                               "footprint or height",
                               label, count->storeys, count->buildings);
    if (count->heights)
        lf_spec_add_assumption(spec, LF_ASSUMED,
                               "%s: the height of %d of %d buildings is storeys times a storey "
                               "height by use (2.8 to 6 m)",
                               label, count->heights, count->buildings);
    if (count->widths)
        lf_spec_add_assumption(spec, LF_ASSUMED,
                               "%s: the width of %d of %d roads was assumed from lanes or class",
                               label, count->widths, count->roads);
    if (count->speeds)
        lf_spec_add_assumption(spec, LF_ASSUMED,
                               "%s: the speed of %d of %d roads was assumed from their class",
                               label, count->speeds, count->roads);
    if (count->capacities)
        lf_spec_add_assumption(spec, LF_ASSUMED,
                               "%s: the capacity of %d of %d parking areas was assumed from mapped "
                               "stalls or 15 to 35 m2 per stall",
                               label, count->capacities, count->parking);
}
