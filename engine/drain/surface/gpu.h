// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The surface solver on a graphics card (OpenGL 4.5 compute). Made from the plan of the float
// build, with the same padded layout and the same kernel bodies. Water, flows, losses and
// statistics stay on the card; the host sees what it asks for. Every function makes the context
// current on the calling thread first; none may be called by two threads at once.
#ifndef LF_DRAIN_SURFACE_GPU_H
#define LF_DRAIN_SURFACE_GPU_H

#include "drain/surface/surface.h"

typedef struct lf_drain_gpu lf_drain_gpu;
struct lf_gpu;

typedef struct lf_drain_gpu_def {
    const lf_drain_f32_plan *plan; // borrowed; ground and faces are read while it is made
    struct lf_gpu *context;        // borrowed; NULL = an offscreen one of its own
    bool compute_all;              // no skipping of dry tiles (same bits, slower)
    const float *open_ratio;       // [cells] share of the rain that reaches the ground
    // [cells] final rate, and initial loss that is still empty. NULL = neither anywhere.
    const float *infiltration_m_s, *loss_left_m;
    bool statistics;  // keep what lf_drain_gpu_note finds
    double flooded_m; // depth that counts for arrival and duration
    double car_m;     // depth that stops cars
    // Padded: cells that the host changes between steps, each once; cells that it looks at.
    const int *cells, *watched;
    int cell_count, watched_count;
} lf_drain_gpu_def;
// LF_UNAVAILABLE (no OpenGL 4.5, too few storage blocks, what the card's shaders cannot do),
// LF_MEMORY, LF_SYNTAX (a driver that refuses a shader).
lf_code lf_drain_gpu_create(const lf_drain_gpu_def *def, lf_drain_gpu **gpu, lf_error *error);
void lf_drain_gpu_destroy(lf_drain_gpu *gpu);
// Gives the context free, so that another thread may go on.
void lf_drain_gpu_leave(lf_drain_gpu *gpu);
const char *lf_drain_gpu_renderer(const lf_drain_gpu *gpu);
bool lf_drain_gpu_is_software(const lf_drain_gpu *gpu);

// Depth, carry and flows of the whole grid, to and from the card.
lf_code lf_drain_gpu_upload(lf_drain_gpu *gpu, const lf_drain_f32_field *field, lf_error *error);
lf_code lf_drain_gpu_download(lf_drain_gpu *gpu, lf_drain_f32_field *field, lf_error *error);
lf_code lf_drain_gpu_download_depth(lf_drain_gpu *gpu, float *depth_m, lf_error *error);
lf_code lf_drain_gpu_set_edges(lf_drain_gpu *gpu, const lf_drain_f32_edge *edges, lf_error *error);
// Adds to the inflow of each edge what came in through it, and to left_m3 what left over free ones,
// since the last call.
lf_code lf_drain_gpu_book(lf_drain_gpu *gpu, lf_drain_f32_edge *edges, double *left_m3,
                          lf_error *error);

// Rain (m) times open_ratio, less initial loss; then infiltration_s seconds at the final rate.
lf_code lf_drain_gpu_source(lf_drain_gpu *gpu, float rain_m, float infiltration_s, lf_error *error);
// Depths that rained, were kept and infiltrated, summed over cells, since the last call.
typedef struct lf_drain_gpu_sums {
    double rain_m, kept_m, soaked_m;
} lf_drain_gpu_sums;
lf_code lf_drain_gpu_losses(lf_drain_gpu *gpu, lf_drain_gpu_sums *sums, lf_error *error);
lf_code lf_drain_gpu_upload_losses(lf_drain_gpu *gpu, const float *loss_left_m, lf_error *error);
lf_code lf_drain_gpu_download_losses(lf_drain_gpu *gpu, float *loss_left_m, lf_error *error);
// Advances by span_s in equal stable steps chosen on the card, as lf_drain_f32_advance does.
lf_code lf_drain_gpu_advance(lf_drain_gpu *gpu, double span_s, long *steps, double *cell_steps,
                             lf_error *error);
// Of the last advance or upload: a padded cell that was no sane depth, or -1; deepest water.
long lf_drain_gpu_bad_cell(const lf_drain_gpu *gpu);
double lf_drain_gpu_deepest_m(const lf_drain_gpu *gpu);

// Depth, carry and flows of the listed cells of the field (the other cells keep what they have):
// from the card, to the card. And depths of the watched cells.
lf_code lf_drain_gpu_gather(lf_drain_gpu *gpu, lf_drain_f32_field *field, lf_error *error);
lf_code lf_drain_gpu_scatter(lf_drain_gpu *gpu, const lf_drain_f32_field *field, lf_error *error);
lf_code lf_drain_gpu_watch(lf_drain_gpu *gpu, float *depth_m, lf_error *error);

typedef struct lf_drain_gpu_statistics { // padded cells
    float *max_depth_m, *arrival_s, *duration_s, *max_speed_m_s, *max_hazard_m2_s;
    float *car_duration_s;
} lf_drain_gpu_statistics;
lf_code lf_drain_gpu_note(lf_drain_gpu *gpu, double time_s, double span_s, lf_error *error);
lf_code lf_drain_gpu_upload_statistics(lf_drain_gpu *gpu, const lf_drain_gpu_statistics *from,
                                       lf_error *error);
lf_code lf_drain_gpu_download_statistics(lf_drain_gpu *gpu, const lf_drain_gpu_statistics *to,
                                         lf_error *error);

// Where a renderer in the same context finds the depth without a copy: floats of a storage buffer,
// cell (col, row) at first + (row + 2) * stride + col + 2. Valid until the next advance.
typedef struct lf_drain_gpu_water {
    unsigned buffer; // OpenGL name
    int first, stride;
    int cols, rows;
} lf_drain_gpu_water;
lf_drain_gpu_water lf_drain_gpu_water_now(const lf_drain_gpu *gpu);
// Bytes on the card.
size_t lf_drain_gpu_bytes(const lf_drain_gpu *gpu);
// State bytes that a step reads and writes per cell, with each array counted once each way.
int lf_drain_gpu_step_bytes(const lf_drain_gpu *gpu);

#endif
