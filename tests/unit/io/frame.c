// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Frames, clipping and repair: known coordinates, the choice of the CRS, exact round trips.
#include "check.h"

#include "geo/clip.h"
#include "geo/frame.h"
#include "geo/repair.h"
#include "lifang/twin.h"

static void check_choice(void) {
    static const struct {
        double lon, lat;
        const char *crs;
    } places[] = {{116.35, 40.0, "EPSG:4548"},   {113.26, 23.13, "EPSG:4547"}, // Beijing, Guangzhou
                  {104.07, 30.67, "EPSG:4544"},  {87.6, 43.8, "EPSG:4538"},    // Chengdu, Urumqi
                  {121.47, 31.23, "EPSG:4549"},  {126.63, 45.75, "EPSG:4551"}, // Shanghai, Harbin
                  {126.98, 37.57, "EPSG:32652"}, {139.7, 35.7, "EPSG:32654"},  // Seoul, Tokyo
                  {13.4, 52.5, "EPSG:32633"},    {151.2, -33.9, "EPSG:32756"}, // Berlin, Sydney
                  {-74.0, 40.7, "EPSG:32618"},   {77.2, 28.6, "EPSG:32643"}};  // New York, Delhi
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        lf_frame frame;
        memset(&frame, 0, sizeof frame);
        CHECK(lf_geo_frame_set(&frame, NULL, places[i].lon, places[i].lat, NULL) == LF_OK);
        CHECK_TEXT(frame.crs, places[i].crs);
        CHECK(frame.origin_east_m == nearbyint(frame.origin_east_m));
    }
}

// On the central meridian of a Gauss-Krueger zone easting is 500 km and northing the arc of the
// meridian: 4429529.0 m at 40 N on GRS 80 (series of Helmert), 10001965.73 m to the pole.
static void check_known(void) {
    lf_frame frame;
    lf_geo_transform *t = NULL;
    lf_vec2 at;
    double lon, lat;
    memset(&frame, 0, sizeof frame);
    snprintf(frame.crs, sizeof frame.crs, "EPSG:4548");
    CHECK(lf_geo_transform_create("EPSG:4326", &frame, &t, NULL) == LF_OK);
    CHECK(lf_geo_transform_point(t, 117, 40, &at));
    printf("117 E 40 N: %.4f %.4f\n", at.x, at.y);
    CHECK_NEAR(at.x, 500000, 1e-3);
    CHECK_NEAR(at.y, 4429529.03, 0.02);
    CHECK(lf_geo_transform_point(t, 117, 90, &at));
    CHECK_NEAR(at.y, 10001965.73, 0.02);
    CHECK(lf_geo_transform_point(t, 116.5, 39.9, &at) && lf_geo_transform_back(t, at, &lon, &lat));
    CHECK_NEAR(lon, 116.5, 1e-11);
    CHECK_NEAR(lat, 39.9, 1e-11);
    CHECK(!lf_geo_transform_point(t, NAN, 40, &at));
    CHECK(!lf_geo_transform_is_ballpark(t));
    lf_geo_transform_destroy(t);
}

// origin + local is exact, so that local coordinates survive a file of projected ones.
static void check_snap(void) {
    for (int i = 0; i < 1000; i++) {
        double local = lf_geo_snap(sin(i) * 9000), origin = 4430148;
        CHECK((local + origin) - origin == local);
    }
}

static void check_clip(void) {
    lf_frame frame;
    lf_geo_clip clip;
    const double wsen[4] = {116.34, 39.99, 116.36, 40.01};
    double ratio[2];
    memset(&frame, 0, sizeof frame);
    CHECK(lf_geo_frame_set(&frame, NULL, 116.35, 40.0, NULL) == LF_OK);
    CHECK(lf_geo_clip_make(wsen, &frame, &clip, NULL) == LF_OK);
    const lf_vec2 middle = {0, 0}, east = {5000, 0}, west = {-5000, 0}, far = {5000, 5000};
    CHECK(lf_geo_clip_contains(&clip, middle) && !lf_geo_clip_contains(&clip, east));
    CHECK(lf_geo_clip_segment(&clip, west, east, ratio));
    // 0.02 degrees of longitude at 40 N are 1707.9 m on the ellipsoid.
    CHECK_NEAR((ratio[1] - ratio[0]) * 10000, 1707.9, 1.0);
    CHECK(lf_geo_clip_segment(&clip, middle, east, ratio) && ratio[0] == 0);
    CHECK(!lf_geo_clip_segment(&clip, east, far, ratio));
}

static void add_ring(lf_geo_rings *rings, const double (*points)[2], int count) {
    lf_geo_rings_begin(rings);
    for (int i = 0; i < count; i++) {
        lf_vec2 p = {points[i][0], points[i][1]};
        lf_geo_rings_add(rings, p);
    }
}

static void check_repair(void) {
    static const double bow[][2] = {{0, 0}, {10, 0}, {0, 10}, {10, 10}, {0, 0}};
    static const double hole[][2] = {{2, 2}, {4, 2}, {4, 4}, {2, 4}};
    static const double outer[][2] = {{0, 0}, {0, 10}, {10, 10}, {10, 0}};
    static const double line[][2] = {{0, 0}, {10, 0}, {5, 0}};
    char reason[100];
    lf_geo_rings rings = {0};
    add_ring(&rings, bow, 5);
    lf_geo_rings_tidy(&rings);
    CHECK(!lf_geo_rings_valid(&rings, reason, sizeof reason));
    printf("%s\n", reason);
    CHECK(lf_geo_rings_repair(&rings) && lf_geo_rings_valid(&rings, NULL, 0));
    lf_shape shape = lf_geo_rings_shape(&rings);
    CHECK_NEAR(lf_shape_area_m2(&shape), 50, 1e-4); // two triangles of base 10 and height 5
    lf_geo_rings_clear(&rings);
    add_ring(&rings, hole, 4); // in the wrong order and the wrong way round
    add_ring(&rings, outer, 4);
    lf_geo_rings_tidy(&rings);
    shape = lf_geo_rings_shape(&rings);
    CHECK(rings.ring_count == 2 && rings.points[0].x == 10); // the outer ring came first
    CHECK_NEAR(lf_shape_area_m2(&shape), 96, 1e-9);
    lf_geo_rings_clear(&rings);
    add_ring(&rings, line, 3);
    lf_geo_rings_tidy(&rings);
    CHECK(!lf_geo_rings_valid(&rings, NULL, 0) && !lf_geo_rings_repair(&rings));
    lf_geo_rings_free(&rings);
}

int main(void) {
    check_choice();
    check_known();
    check_snap();
    check_clip();
    check_repair();
    return lf_check_end();
}
