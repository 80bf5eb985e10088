// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Local frames and coordinate transformation through PROJ. Network grids are never fetched.
#include "geo/frame.h"

#include <assert.h>
#include <math.h>
#include <proj.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SNAP_PER_M 1048576.0

struct lf_geo_transform {
    PJ_CONTEXT *context;
    PJ *operation;
    double origin_x, origin_y;
    bool local; // the target is a frame, not degrees
    bool plain; // both are local: no PROJ in between
    bool radians;
    bool ballpark;
};

double lf_geo_snap(double metres) {
    return isfinite(metres) ? nearbyint(metres * SNAP_PER_M) / SNAP_PER_M : metres;
}

bool lf_geo_is_local(const char *crs) {
    return strcmp(crs, LF_GEO_LOCAL) == 0 || strncmp(crs, "LOCAL_CS[", 9) == 0 ||
           strncmp(crs, "ENGCRS[", 7) == 0 || strncmp(crs, "ENGINEERINGCRS[", 15) == 0;
}

void lf_geo_frame_set_local(lf_frame *frame, double x, double y) {
    assert(frame && !frame->crs[0]);
    snprintf(frame->crs, sizeof frame->crs, "%s", LF_GEO_LOCAL);
    frame->origin_east_m = nearbyint(x);
    frame->origin_north_m = nearbyint(y);
}

static void silence(void *user, int level, const char *text) {
    (void)user;
    (void)level;
    (void)text;
}

static PJ_CONTEXT *open_context(void) {
    PJ_CONTEXT *context = proj_context_create();
    if (context) {
        proj_log_func(context, NULL, silence);
        proj_context_set_enable_network(context, 0);
    }
    return context;
}

static const char *why(PJ_CONTEXT *context) {
    int number = proj_context_errno(context);
    const char *text = number ? proj_context_errno_string(context, number) : NULL;
    return text ? text : "no reason given";
}

// A WKT text is long: messages show its start only.
static const char *shorten(const char *crs, char out[80]) {
    snprintf(out, 80, "%.70s%s", crs, strlen(crs) > 70 ? "..." : "");
    return out;
}

static PJ *open_crs(PJ_CONTEXT *context, const char *crs, lf_error *error) {
    char brief[80];
    PJ *object = proj_create(context, crs);
    if (object && proj_is_crs(object))
        return object;
    proj_destroy(object);
    lf_fail(error, LF_CRS, LF_FROM_INPUT,
            "\"%s\" is not a coordinate reference system that PROJ knows (%s); give one like "
            "EPSG:4547",
            shorten(crs, brief), why(context));
    return NULL;
}

// The horizontal part of compound and bound systems.
static PJ *horizontal(PJ_CONTEXT *context, PJ *crs) {
    PJ_TYPE type = proj_get_type(crs);
    PJ *part = NULL;
    if (type == PJ_TYPE_COMPOUND_CRS)
        part = proj_crs_get_sub_crs(context, crs, 0);
    else if (type == PJ_TYPE_BOUND_CRS)
        part = proj_get_source_crs(context, crs);
    if (!part)
        return crs;
    proj_destroy(crs);
    return horizontal(context, part);
}

static bool in_metres(PJ_CONTEXT *context, PJ *crs) {
    PJ *system = proj_crs_get_coordinate_system(context, crs);
    double factor = 0;
    bool metres =
        system &&
        proj_cs_get_axis_info(context, system, 0, NULL, NULL, NULL, &factor, NULL, NULL, NULL) &&
        factor == 1.0;
    proj_destroy(system);
    return metres;
}

lf_code lf_geo_crs_check(const char *crs, bool *geographic, bool *projected_metres,
                         lf_error *error) {
    if (lf_geo_is_local(crs)) {
        if (geographic)
            *geographic = false;
        if (projected_metres)
            *projected_metres = true;
        return LF_OK;
    }
    PJ_CONTEXT *context = open_context();
    if (!context)
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for PROJ");
    PJ *object = open_crs(context, crs, error);
    if (object) {
        object = horizontal(context, object);
        PJ_TYPE type = proj_get_type(object);
        if (geographic)
            *geographic = type == PJ_TYPE_GEOGRAPHIC_2D_CRS || type == PJ_TYPE_GEOGRAPHIC_3D_CRS;
        if (projected_metres)
            *projected_metres = type == PJ_TYPE_PROJECTED_CRS && in_metres(context, object);
        proj_destroy(object);
    }
    proj_context_destroy(context);
    return object ? LF_OK : LF_CRS;
}

// Whether a point lies in the area that EPSG states for the system.
static bool covers(const char *crs, double longitude_deg, double latitude_deg) {
    PJ_CONTEXT *context = open_context();
    PJ *object = context ? proj_create(context, crs) : NULL;
    double west, south, east, north;
    bool inside = object &&
                  proj_get_area_of_use(context, object, &west, &south, &east, &north, NULL) &&
                  longitude_deg >= west && longitude_deg <= east && latitude_deg >= south &&
                  latitude_deg <= north;
    proj_destroy(object);
    proj_context_destroy(context);
    return inside;
}

static void choose(double longitude_deg, double latitude_deg, char crs[64]) {
    int zone3 = (int)floor(longitude_deg / 3 + 0.5); // central meridian 3 x zone3
    if (zone3 >= 25 && zone3 <= 45) {
        snprintf(crs, 64, "EPSG:%d", 4534 + zone3 - 25);
        if (covers(crs, longitude_deg, latitude_deg))
            return;
    }
    int utm = (int)floor((longitude_deg + 180) / 6) + 1;
    utm = utm < 1 ? 1 : utm > 60 ? 60 : utm;
    snprintf(crs, 64, "EPSG:%d", (latitude_deg < 0 ? 32700 : 32600) + utm);
}

lf_code lf_geo_frame_set(lf_frame *frame, const char *crs, double longitude_deg,
                         double latitude_deg, lf_error *error) {
    char chosen[64];
    bool metres = false;
    assert(frame && !frame->crs[0]);
    if (!(fabs(longitude_deg) <= 180.0 && fabs(latitude_deg) <= 90.0))
        return lf_fail(error, LF_CRS, LF_FROM_INPUT,
                       "the data's centre, longitude %g latitude %g, is not on earth: is the CRS "
                       "right?",
                       longitude_deg, latitude_deg);
    if (!crs || !*crs) {
        choose(longitude_deg, latitude_deg, chosen);
        crs = chosen;
    }
    if (lf_geo_is_local(crs))
        return lf_fail(error, LF_CRS, LF_FROM_SCENARIO,
                       "the estate's CRS is local, but this file states where on earth it lies; "
                       "give the estate a projected CRS");
    if (strlen(crs) >= sizeof frame->crs)
        return lf_fail(error, LF_CRS, LF_FROM_SCENARIO,
                       "the estate's CRS must be given as a code such as EPSG:4547");
    lf_code code = lf_geo_crs_check(crs, NULL, &metres, error);
    if (code != LF_OK)
        return code;
    if (!metres)
        return lf_fail(error, LF_CRS, LF_FROM_SCENARIO,
                       "%s is not a projected system in metres, which the estate needs; use e.g. "
                       "EPSG:4547 (CGCS2000, 114 E) or EPSG:32650 (UTM 50 N)",
                       crs);
    lf_frame trial;
    memset(&trial, 0, sizeof trial);
    snprintf(trial.crs, sizeof trial.crs, "%s", crs);
    lf_geo_transform *transform = NULL;
    code = lf_geo_transform_create("EPSG:4326", &trial, &transform, error);
    if (code != LF_OK)
        return code;
    lf_vec2 at;
    bool good = lf_geo_transform_point(transform, longitude_deg, latitude_deg, &at);
    lf_geo_transform_destroy(transform);
    if (!good)
        return lf_fail(error, LF_CRS, LF_FROM_INPUT,
                       "longitude %g latitude %g cannot be projected to %s: is it the right zone?",
                       longitude_deg, latitude_deg, crs);
    snprintf(frame->crs, sizeof frame->crs, "%s", crs);
    frame->origin_east_m = nearbyint(at.x);
    frame->origin_north_m = nearbyint(at.y);
    return LF_OK;
}

// WGS 84 and CGCS2000 are both realisations of ITRF: the shift that PROJ does not know is below a
// decimetre.
static bool is_modern(PJ_CONTEXT *context, PJ *crs) {
    PJ *base = proj_crs_get_geodetic_crs(context, crs);
    const char *name = base ? proj_get_name(base) : "";
    bool modern = strncmp(name, "WGS 84", 6) == 0 || strncmp(name, "CGCS2000", 8) == 0 ||
                  strcmp(name, "China Geodetic Coordinate System 2000") == 0;
    proj_destroy(base);
    return modern;
}

static lf_code create(const char *source, const char *target, lf_geo_transform **out,
                      lf_error *error) {
    char a[80];
    *out = NULL;
    const bool plain = lf_geo_is_local(source) && lf_geo_is_local(target);
    if (!plain && (lf_geo_is_local(source) || lf_geo_is_local(target)))
        return lf_fail(error, LF_CRS, LF_FROM_INPUT,
                       "there is no way from %s to %s: a local system has no place on earth; give "
                       "the file its CRS (crs: EPSG:n), or make everything local",
                       shorten(source, a), target);
    lf_geo_transform *t = calloc(1, sizeof *t);
    if (t && plain) {
        t->plain = true;
        *out = t;
        return LF_OK;
    }
    if (!t || !(t->context = open_context())) {
        free(t);
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for a coordinate transformation");
    }
    PJ *from = open_crs(t->context, source, error);
    PJ *to = from ? open_crs(t->context, target, error) : NULL;
    bool known = from && to;
    if (known) {
        from = horizontal(t->context, from);
        to = horizontal(t->context, to);
        PJ *raw = proj_create_crs_to_crs_from_pj(t->context, from, to, NULL, NULL);
        t->operation = raw ? proj_normalize_for_visualization(t->context, raw) : NULL;
        proj_destroy(raw);
        if (!t->operation)
            lf_fail(error, LF_CRS, LF_FROM_INPUT, "there is no transformation from %s to %s (%s)",
                    shorten(source, a), target, why(t->context));
        else
            t->ballpark =
                proj_coordoperation_has_ballpark_transformation(t->context, t->operation) == 1 &&
                !(is_modern(t->context, from) && is_modern(t->context, to));
    }
    proj_destroy(from);
    proj_destroy(to);
    if (!t->operation) {
        lf_geo_transform_destroy(t);
        return LF_CRS;
    }
    t->radians = proj_angular_input(t->operation, PJ_FWD) != 0;
    *out = t;
    return LF_OK;
}

lf_code lf_geo_transform_create(const char *source_crs, const lf_frame *frame,
                                lf_geo_transform **transform, lf_error *error) {
    assert(frame && frame->crs[0]);
    lf_code code = create(source_crs, frame->crs, transform, error);
    if (code == LF_OK) {
        (*transform)->local = true;
        (*transform)->origin_x = frame->origin_east_m;
        (*transform)->origin_y = frame->origin_north_m;
    }
    return code;
}

lf_code lf_geo_transform_to_degrees(const char *source_crs, lf_geo_transform **transform,
                                    lf_error *error) {
    return create(source_crs, "EPSG:4326", transform, error);
}

void lf_geo_transform_destroy(lf_geo_transform *transform) {
    if (!transform)
        return;
    proj_destroy(transform->operation);
    proj_context_destroy(transform->context);
    free(transform);
}

static bool usable(PJ_COORD c) {
    return isfinite(c.xy.x) && isfinite(c.xy.y) && fabs(c.xy.x) < 1e12 && fabs(c.xy.y) < 1e12;
}

bool lf_geo_transform_point(lf_geo_transform *transform, double x, double y, lf_vec2 *out) {
    double scale = transform->radians ? 0.017453292519943295 : 1.0;
    if (!isfinite(x) || !isfinite(y))
        return false;
    PJ_COORD c = proj_coord(x * scale, y * scale, 0, 0);
    if (!transform->plain)
        c = proj_trans(transform->operation, PJ_FWD, c);
    if (!usable(c))
        return false;
    if (transform->local) {
        out->x = lf_geo_snap(c.xy.x - transform->origin_x);
        out->y = lf_geo_snap(c.xy.y - transform->origin_y);
    } else {
        out->x = c.xy.x;
        out->y = c.xy.y;
    }
    return true;
}

bool lf_geo_transform_back(lf_geo_transform *transform, lf_vec2 local, double *x, double *y) {
    PJ_COORD c = proj_coord(local.x + transform->origin_x, local.y + transform->origin_y, 0, 0);
    if (!transform->plain)
        c = proj_trans(transform->operation, PJ_INV, c);
    if (!usable(c))
        return false;
    *x = c.xy.x;
    *y = c.xy.y;
    return true;
}

bool lf_geo_transform_is_ballpark(const lf_geo_transform *transform) {
    return transform->ballpark;
}
