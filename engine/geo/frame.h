// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The local frame of an estate: choosing its projected CRS, its origin, and transforming source
// coordinates into local metres (PROJ has its home here). Always x = east, y = north.
//
// Local coordinates lie on a grid of 2^-20 m (about one micrometre). With an origin in whole metres
// origin + local is then exact in a double, so a package that stores projected coordinates reads
// back to the same bits.
#ifndef LF_GEO_FRAME_H
#define LF_GEO_FRAME_H

#include "lifang/spec.h"

// The name of a frame without a place on earth, for models that state no CRS: plain metres, x east,
// y north. Nothing else can be transformed to or from it.
#define LF_GEO_LOCAL "local"
// The same as WKT for formats that need one.
#define LF_GEO_LOCAL_WKT                                                                           \
    "LOCAL_CS[\"Undefined Cartesian SRS\",LOCAL_DATUM[\"unknown\",32767],UNIT[\"metre\",1],"       \
    "AXIS[\"Easting\",EAST],AXIS[\"Northing\",NORTH]]"
// True for that name and for the WKT of any engineering system.
bool lf_geo_is_local(const char *crs);
// Sets a frame that has no CRS to the local one, with its origin at x, y rounded to whole metres.
void lf_geo_frame_set_local(lf_frame *frame, double x, double y);

// The nearest coordinate on the grid of 2^-20 m. NaN stays NaN.
double lf_geo_snap(double metres);

// Sets crs and origin of a frame that has none. crs: "EPSG:4547", a PROJ or WKT text of a known
// system, or NULL to choose: CGCS2000 3-degree Gauss-Krueger by central meridian (EPSG:4534..4554,
// easting without zone prefix) inside the area EPSG gives for it, UTM elsewhere. The origin is the
// projected longitude and latitude, rounded to whole metres. Fails with LF_CRS: unknown code, not
// projected, not in metres, point outside the projection.
lf_code lf_geo_frame_set(lf_frame *frame, const char *crs, double longitude_deg,
                         double latitude_deg, lf_error *error);

// Source coordinates -> local metres of the frame. Not shared between threads.
typedef struct lf_geo_transform lf_geo_transform;
// source_crs as PROJ reads it: "EPSG:4326", WKT, PROJ text. The frame must be set.
lf_code lf_geo_transform_create(const char *source_crs, const lf_frame *frame,
                                lf_geo_transform **transform, lf_error *error);
// Source coordinates -> degrees of WGS 84, to find where data lies before a frame is set.
lf_code lf_geo_transform_to_degrees(const char *source_crs, lf_geo_transform **transform,
                                    lf_error *error);
void lf_geo_transform_destroy(lf_geo_transform *transform);
// x = easting or longitude, y = northing or latitude of the source. False if the point cannot be
// transformed (the result is not finite). Local results are snapped.
bool lf_geo_transform_point(lf_geo_transform *transform, double x, double y, lf_vec2 *out);
// Local metres -> source coordinates.
bool lf_geo_transform_back(lf_geo_transform *transform, lf_vec2 local, double *x, double *y);
// True if the operation is only a guess (no known datum shift between the systems).
bool lf_geo_transform_is_ballpark(const lf_geo_transform *transform);

// Whether PROJ knows the CRS; geographic and is_metres may be NULL.
lf_code lf_geo_crs_check(const char *crs, bool *geographic, bool *projected_metres,
                         lf_error *error);

#endif
