// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// What is to be drawn, as lists of triangles and labels: made from the const twin and result of one
// option, without any OpenGL. Coordinates are metres from (centre_x, centre_y, centre_z).
#ifndef LF_VIEW_SCENE_H
#define LF_VIEW_SCENE_H

#include "base/memory.h"
#include "lifang/view.h"
#include "view/mesh.h"
#include "view/palette.h"

// Ground heights without gaps, over the plinth.
typedef struct lf_view_surface {
    lf_grid grid;
    float *z_m;
    float low_m, high_m;
    bool flat; // the estate has no terrain: everything stands on 0
} lf_view_surface;
lf_code lf_view_surface_create(const lf_option_result *option, const double box[4],
                               lf_view_surface *surface, lf_error *error);
void lf_view_surface_destroy(lf_view_surface *surface);
double lf_view_surface_z(const lf_view_surface *surface, double x, double y);

typedef enum lf_view_label_kind {
    LF_VIEW_LABEL_BUILDING,
    LF_VIEW_LABEL_GATE,
    LF_VIEW_LABEL_PARKING,
    LF_VIEW_LABEL_SENSOR,
    LF_VIEW_LABEL_MEASURE,
    LF_VIEW_LABEL_COMPOUND,
} lf_view_label_kind;
typedef struct lf_view_label {
    lf_view_vec3 at;
    const char *text; // of the scene's arena
    lf_view_label_kind kind;
    float rank; // greater wins the place
    int word; // of words.h where text is "" (it follows the language); car parks: index of the row
} lf_view_label;

// A stall place of park.h as the view sees it.
typedef struct lf_view_place {
    double x, y;
    double heading_deg;
    int parking;  // index in parking, -1 = a kerb stall by itself
    bool visible; // false in garages and underground
} lf_view_place;

typedef struct lf_view_scene {
    const lf_option_result *option;
    const lf_twin *twin;
    const lf_view_palette *palette;
    lf_arena *arena;
    double box[4];   // plinth, local metres of the twin
    double focus[4]; // what the camera has to show
    double centre_x, centre_y, centre_z;
    float plinth_m; // depth of the plinth below the lowest ground
    lf_view_surface surface;
    lf_view_mesh ground; // terrain, sides of the plinth
    lf_view_mesh map;    // flat areas seen from above, painted in order; position.z is not used
    lf_view_mesh solid;  // buildings, walls
    lf_view_mesh plants; // trees; left out of x-ray pictures
    lf_view_mesh pins;   // sensors, gates, chargers
    lf_view_mesh cars;   // of the moment
    lf_view_mesh water;  // of the moment: uv[0] = depth_m
    lf_view_mesh pipes;  // underground
    lf_view_label *labels;
    size_t label_count, label_capacity;
    const uint8_t *taken; // place_taken of the moment; NULL = none
    lf_view_place *places;
    size_t place_count, place_capacity;
    float highest_m; // top of the highest building above centre_z
    bool out_of_memory;
} lf_view_scene;

// Builds everything that does not change with time. The option must outlive the scene.
lf_code lf_view_scene_create(const lf_option_result *option, lf_theme theme, lf_view_scene **scene,
                             lf_error *error);
void lf_view_scene_destroy(lf_view_scene *scene);
// The frame at or before time_s; NAN = that of the greatest flooded area, else the fullest stalls.
// NULL if the option has no frames.
const lf_frame_shot *lf_view_frame(const lf_option_result *option, double time_s);
// Rebuilds water and cars (and the map where stalls show occupancy) for a moment.
lf_code lf_view_scene_set_moment(lf_view_scene *scene, const lf_frame_shot *shot,
                                 const lf_view_def *def, const lf_view_ramp *occupancy,
                                 lf_error *error);

// Parts, one file each.
void lf_view_build_ground(lf_view_scene *scene);
void lf_view_build_map(lf_view_scene *scene, const uint8_t *place_taken,
                       const lf_view_ramp *occupancy);
void lf_view_build_buildings(lf_view_scene *scene);
void lf_view_build_plants(lf_view_scene *scene);
void lf_view_build_walls(lf_view_scene *scene);
void lf_view_build_pins(lf_view_scene *scene);
void lf_view_build_pipes(lf_view_scene *scene);
void lf_view_build_places(lf_view_scene *scene);
void lf_view_build_cars(lf_view_scene *scene, const lf_frame_shot *shot);
void lf_view_build_water(lf_view_scene *scene, const float *depth_m, float scale);

// Helpers of the parts.
lf_view_vec3 lf_view_place_at(const lf_view_scene *scene, double x, double y, double z_m);
lf_view_vec3 lf_view_on_ground(const lf_view_scene *scene, double x, double y, double above_m);
void lf_view_add_label(lf_view_scene *scene, lf_view_vec3 at, const char *text,
                       lf_view_label_kind kind, float rank);
// The same with a word that follows the language.
void lf_view_add_word(lf_view_scene *scene, lf_view_vec3 at, int word, lf_view_label_kind kind,
                      float rank);
// A car park, with or without a name.
void lf_view_add_place(lf_view_scene *scene, lf_view_vec3 at, const char *name, int parking,
                       float rank);
lf_view_colour lf_view_tint(lf_view_colour colour, uint64_t seed, float strength);
// Fills a polygon into the map.
void lf_view_map_polygon(lf_view_scene *scene, const lf_shape *shape, lf_view_colour colour);
// A ribbon along a line; closed joins its ends.
void lf_view_map_line(lf_view_scene *scene, const lf_vec2 *points, int count, bool closed,
                      double width_m, lf_view_colour colour);
// Occupied share of a car park or group of kerb stalls; NaN without places.
double lf_view_parking_ratio(const lf_view_scene *scene, int parking, const uint8_t *place_taken);

#endif
