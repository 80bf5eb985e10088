// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The surface solver on the card: buffers, steps, what comes and goes. A step is two dispatches
// (choose, compute); the host waits for the card once per handful of steps to see what is left.
#include "drain/surface/gpu.h"
#include "drain/surface/gpu_inside.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { READER_BYTES = 16 << 20, STEPS_LIMIT = 128 };
#define NO_CELL 0xffffffffu

// ---- making

static lf_code check(const lf_drain_gpu *gpu, lf_error *error) {
    const lf_drain_f32_plan *plan = gpu->plan;
    bool second = plan->scheme == LF_DRAIN_SWE && plan->order > 1;
    if (second || plan->tally_count > 0 || plan->sheet || plan->open_ratio || plan->sub) {
        return lf_fail(error, LF_UNAVAILABLE, LF_FROM_CALL,
                       "the gl backend computes neither the second order, nor porosity, sheet "
                       "friction, sections or a sub-grid; use the cpu backend");
    }
    if (2 * gpu->half > INT32_MAX) {
        return lf_fail(error, LF_RANGE, LF_FROM_CALL, "%zu cells are too many for one card",
                       gpu->cells);
    }
    if (lf_gpu_block_limit() < GPU_BLOCKS) {
        return lf_fail(error, LF_UNAVAILABLE, LF_FROM_HOST,
                       "%s offers %d storage blocks to a compute shader, %d are needed; use the "
                       "cpu backend",
                       lf_gpu_renderer(gpu->context), lf_gpu_block_limit(), GPU_BLOCKS);
    }
    return LF_OK;
}

static void sizes_of(const lf_drain_gpu *gpu, size_t *bytes) {
    size_t one = gpu->half * sizeof(float), tile = gpu->tiles * sizeof(uint32_t);
    bool losses = gpu->def.infiltration_m_s && gpu->def.loss_left_m;
    for (int i = 0; i < GPU_BUFFERS; i++) {
        bytes[i] = 0;
    }
    bytes[GPU_CONTROL] = sizeof(lf_drain_gpu_control);
    bytes[GPU_GROUPS] = 8 * sizeof(uint32_t);
    bytes[GPU_LIST] = bytes[GPU_TILE_MOST] = bytes[GPU_TILE_AWAKE] = bytes[GPU_TILE_WAKE] = tile;
    bytes[GPU_DEPTH] = bytes[GPU_FLUX_X] = bytes[GPU_FLUX_Y] = 2 * one;
    bytes[GPU_CARRY] = bytes[GPU_GROUND] = bytes[GPU_OPEN] = one;
    bytes[GPU_FACE_X] = bytes[GPU_FACE_Y] = gpu->plain_faces ? 0 : one;
    bytes[GPU_MANNING] = gpu->even_manning ? 0 : one;
    bytes[GPU_INFILTRATION] = bytes[GPU_LOSS] = losses ? one : 0;
    bytes[GPU_SUMS] = losses ? gpu->tiles * 4 * sizeof(double) : 0;
    for (int i = GPU_MAX_DEPTH; i <= GPU_MAX_HAZARD; i++) {
        bytes[i] = gpu->def.statistics ? one : 0;
    }
    bytes[GPU_CAR_DURATION] = gpu->def.statistics ? one : 0;
    size_t listed = (size_t)gpu->def.cell_count, watched = (size_t)gpu->def.watched_count;
    bytes[GPU_CELLS] = (listed + watched) * sizeof(int32_t);
    bytes[GPU_VALUES] = (4 * listed > watched ? 4 * listed : watched) * sizeof(float);
}

static lf_code build_buffers(lf_drain_gpu *gpu, lf_error *error) {
    size_t bytes[GPU_BUFFERS];
    lf_code code = lf_gpu_reader_create(&gpu->reader, READER_BYTES, error);
    sizes_of(gpu, bytes);
    for (int i = 0; code == LF_OK && i < GPU_BUFFERS; i++) {
        if (bytes[i] > 0) {
            code = lf_gpu_buffer_create(&gpu->buffers[i], bytes[i], error);
        }
    }
    return code ? code : lf_drain_gpu_build_outlets(gpu, error);
}

static void write_cells(const lf_drain_gpu *gpu, int buffer, bool second, const float *from) {
    if (gpu->buffers[buffer].name && from) {
        size_t at = GPU_LEAD + (second ? gpu->half : 0);
        lf_gpu_buffer_write(&gpu->buffers[buffer], at * sizeof(float), gpu->cells * sizeof(float),
                            from);
    }
}

static lf_code read_cells(lf_drain_gpu *gpu, int buffer, bool second, float *to, lf_error *error) {
    size_t at = GPU_LEAD + (second ? gpu->half : 0);
    return lf_gpu_reader_read(&gpu->reader, &gpu->buffers[buffer], at * sizeof(float),
                              gpu->cells * sizeof(float), to, error);
}

static void fill_buffers(lf_drain_gpu *gpu) {
    const lf_drain_f32_plan *plan = gpu->plan;
    const lf_drain_gpu_def *def = &gpu->def;
    const uint32_t groups[8] = {0, 0, 1, 0, 0, 0, 1, 0};
    gpu->control = (lf_drain_gpu_control){.bad = NO_CELL};
    lf_gpu_buffer_write(&gpu->buffers[GPU_CONTROL], 0, sizeof gpu->control, &gpu->control);
    lf_gpu_buffer_write(&gpu->buffers[GPU_GROUPS], 0, sizeof groups, groups);
    write_cells(gpu, GPU_GROUND, false, plan->ground_m);
    write_cells(gpu, GPU_FACE_X, false, plan->face_x_m);
    write_cells(gpu, GPU_FACE_Y, false, plan->face_y_m);
    write_cells(gpu, GPU_MANNING, false, plan->manning2);
    write_cells(gpu, GPU_OPEN, false, def->open_ratio);
    write_cells(gpu, GPU_INFILTRATION, false, def->infiltration_m_s);
    write_cells(gpu, GPU_LOSS, false, def->loss_left_m);
    size_t listed = (size_t)def->cell_count * sizeof(int32_t);
    lf_gpu_buffer_write(&gpu->buffers[GPU_CELLS], 0, listed, def->cells);
    lf_gpu_buffer_write(&gpu->buffers[GPU_CELLS], listed,
                        (size_t)def->watched_count * sizeof(int32_t), def->watched);
}

lf_code lf_drain_gpu_create(const lf_drain_gpu_def *def, lf_drain_gpu **out, lf_error *error) {
    const lf_drain_f32_plan *plan = def->plan;
    lf_drain_gpu *gpu = calloc(1, sizeof *gpu);
    *out = NULL;
    if (!gpu) {
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for the gl backend");
    }
    gpu->def = *def;
    gpu->plan = plan;
    gpu->context = def->context;
    gpu->cells = (size_t)plan->stride * (size_t)plan->height;
    gpu->half = (gpu->cells + GPU_LEAD + 127) / 64 * 64;
    gpu->tiles = (size_t)plan->tile_cols * (size_t)plan->bands;
    lf_code code = LF_OK;
    if (!gpu->context) {
        code = lf_gpu_open_offscreen(&gpu->context, error);
        gpu->owns_context = code == LF_OK;
    }
    code = code ? code : lf_gpu_enter(gpu->context, error);
    if (code != LF_OK) {
        free(gpu);
        return code;
    }
    gpu->plain_faces = !plan->crests;
    gpu->even_manning = plan->even2 >= 0;
    code = check(gpu, error);
    code = code ? code : build_buffers(gpu, error);
    for (int i = GPU_WAKE; code == LF_OK && i <= GPU_MEASURE; i++) {
        code = lf_drain_gpu_need(gpu, i, error);
    }
    if (code != LF_OK) {
        lf_drain_gpu_destroy(gpu);
        return code;
    }
    fill_buffers(gpu);
    glProgramUniform1i(gpu->programs[GPU_WAKE], 1, def->compute_all);
    *out = gpu;
    return LF_OK;
}

void lf_drain_gpu_destroy(lf_drain_gpu *gpu) {
    if (!gpu) {
        return;
    }
    if (lf_gpu_enter(gpu->context, NULL) == LF_OK) {
        lf_drain_gpu_free_programs(gpu);
        lf_gpu_reader_destroy(&gpu->reader);
        for (int i = 0; i < GPU_BUFFERS; i++) {
            lf_gpu_buffer_destroy(&gpu->buffers[i]);
        }
    }
    if (gpu->owns_context) {
        lf_gpu_close(gpu->context);
    }
    free(gpu->booked_m);
    free(gpu);
}

void lf_drain_gpu_leave(lf_drain_gpu *gpu) {
    lf_gpu_leave(gpu->context);
}

const char *lf_drain_gpu_renderer(const lf_drain_gpu *gpu) {
    return lf_gpu_renderer(gpu->context);
}

bool lf_drain_gpu_is_software(const lf_drain_gpu *gpu) {
    return lf_gpu_is_software(gpu->context);
}

size_t lf_drain_gpu_bytes(const lf_drain_gpu *gpu) {
    size_t bytes = 0;
    for (int i = 0; i < GPU_BUFFERS; i++) {
        bytes += gpu->buffers[i].bytes;
    }
    return bytes;
}

int lf_drain_gpu_step_bytes(const lf_drain_gpu *gpu) {
    int floats = 2 * 4 + 1; // depth, carry and flows in and out; ground
    return 4 * (floats + (gpu->plain_faces ? 0 : 2) + (gpu->even_manning ? 0 : 1));
}

// ---- between steps

// Makes the context current, the program ready and the buffers known to it.
static lf_code enter(lf_drain_gpu *gpu, int program, lf_error *error) {
    lf_code code = lf_gpu_enter(gpu->context, error);
    code = code ? code : lf_drain_gpu_need(gpu, program, error);
    if (code == LF_OK) {
        lf_gpu_bind_buffers(0, GPU_BUFFERS, gpu->buffers);
    }
    return code;
}

static lf_code read_control(lf_drain_gpu *gpu, lf_error *error) {
    return lf_gpu_reader_read(&gpu->reader, &gpu->buffers[GPU_CONTROL], 0, sizeof gpu->control,
                              &gpu->control, error);
}

static void forget_extremes(const lf_drain_gpu *gpu) {
    size_t at = offsetof(lf_drain_gpu_control, most) + gpu->turn * sizeof(uint32_t);
    lf_gpu_buffer_clear(&gpu->buffers[GPU_CONTROL], at, sizeof(uint32_t));
    at = offsetof(lf_drain_gpu_control, fast) + gpu->turn * sizeof(uint32_t);
    lf_gpu_buffer_clear(&gpu->buffers[GPU_CONTROL], at, sizeof(uint32_t));
}

lf_code lf_drain_gpu_upload(lf_drain_gpu *gpu, const lf_drain_f32_field *field, lf_error *error) {
    const uint32_t none = NO_CELL;
    lf_code code = enter(gpu, GPU_MEASURE, error);
    if (code != LF_OK) {
        return code;
    }
    for (int second = 0; second < 2; second++) {
        write_cells(gpu, GPU_DEPTH, second, field->depth_m);
        write_cells(gpu, GPU_FLUX_X, second, field->flux_x_m2_s);
        write_cells(gpu, GPU_FLUX_Y, second, field->flux_y_m2_s);
    }
    write_cells(gpu, GPU_CARRY, false, field->carry_m);
    lf_gpu_buffer_write(&gpu->buffers[GPU_CONTROL], offsetof(lf_drain_gpu_control, bad),
                        sizeof none, &none);
    // Flows in tiles that are about to sleep must be forgotten.
    uint32_t *awake = malloc(gpu->tiles * sizeof *awake);
    if (!awake) {
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for the tiles of the card");
    }
    for (size_t i = 0; i < gpu->tiles; i++) {
        awake[i] = 2; // as in surface_wake.comp
    }
    lf_gpu_buffer_write(&gpu->buffers[GPU_TILE_AWAKE], 0, gpu->tiles * sizeof *awake, awake);
    free(awake);
    forget_extremes(gpu);
    glProgramUniform1ui(gpu->programs[GPU_MEASURE], 0, gpu->turn);
    lf_gpu_dispatch(gpu->programs[GPU_MEASURE], gpu->tiles);
    gpu->edges_changed = true;
    return read_control(gpu, error);
}

static void dry_outlets(const lf_drain_gpu *gpu, float *depth_m) {
    for (int i = 0; i < gpu->plan->outlet_count; i++) {
        depth_m[gpu->plan->outlets[i].cell] = 0;
    }
}

lf_code lf_drain_gpu_download_depth(lf_drain_gpu *gpu, float *depth_m, lf_error *error) {
    lf_code code = enter(gpu, GPU_WAKE, error);
    code = code ? code : read_control(gpu, error);
    code = code ? code : read_cells(gpu, GPU_DEPTH, gpu->control.now, depth_m, error);
    if (code == LF_OK) {
        dry_outlets(gpu, depth_m);
    }
    return code;
}

lf_code lf_drain_gpu_download(lf_drain_gpu *gpu, lf_drain_f32_field *field, lf_error *error) {
    lf_code code = lf_drain_gpu_download_depth(gpu, field->depth_m, error);
    bool second = gpu->control.now;
    code = code ? code : read_cells(gpu, GPU_FLUX_X, second, field->flux_x_m2_s, error);
    code = code ? code : read_cells(gpu, GPU_FLUX_Y, second, field->flux_y_m2_s, error);
    code = code ? code : read_cells(gpu, GPU_CARRY, false, field->carry_m, error);
    return code ? code
                : lf_gpu_reader_read(&gpu->reader, &gpu->buffers[GPU_TILE_MOST], 0,
                                     gpu->tiles * sizeof(float), field->tile_max_m, error);
}

lf_code lf_drain_gpu_source(lf_drain_gpu *gpu, float rain_m, float infiltration_s,
                            lf_error *error) {
    lf_code code = enter(gpu, GPU_SOURCE, error);
    if (code == LF_OK) {
        GLuint program = gpu->programs[GPU_SOURCE];
        forget_extremes(gpu);
        glProgramUniform1ui(program, 0, gpu->turn);
        glProgramUniform1f(program, 1, rain_m);
        glProgramUniform1f(program, 2, infiltration_s);
        lf_gpu_dispatch(program, gpu->tiles);
    }
    return code;
}

lf_code lf_drain_gpu_losses(lf_drain_gpu *gpu, lf_drain_gpu_sums *sums, lf_error *error) {
    size_t bytes = gpu->buffers[GPU_SUMS].bytes;
    double(*tiles)[4] = malloc(bytes + 1);
    lf_code code = lf_gpu_enter(gpu->context, error);
    *sums = (lf_drain_gpu_sums){0};
    if (code == LF_OK && !tiles) {
        code = lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for the sums of the card");
    }
    if (code == LF_OK && bytes > 0) {
        code = lf_gpu_reader_read(&gpu->reader, &gpu->buffers[GPU_SUMS], 0, bytes, tiles, error);
        lf_gpu_buffer_clear(&gpu->buffers[GPU_SUMS], 0, bytes);
    }
    for (size_t i = 0; code == LF_OK && i < bytes / sizeof *tiles; i++) {
        sums->rain_m += tiles[i][0];
        sums->kept_m += tiles[i][1];
        sums->soaked_m += tiles[i][2];
    }
    free(tiles);
    return code;
}

lf_code lf_drain_gpu_upload_losses(lf_drain_gpu *gpu, const float *loss_left_m, lf_error *error) {
    lf_code code = lf_gpu_enter(gpu->context, error);
    if (code == LF_OK) {
        write_cells(gpu, GPU_LOSS, false, loss_left_m);
    }
    return code;
}

lf_code lf_drain_gpu_download_losses(lf_drain_gpu *gpu, float *loss_left_m, lf_error *error) {
    lf_code code = lf_gpu_enter(gpu->context, error);
    return code || !gpu->buffers[GPU_LOSS].name
               ? code
               : read_cells(gpu, GPU_LOSS, false, loss_left_m, error);
}

// ---- steps

static size_t step_guess(const lf_drain_gpu *gpu, double left_s) {
    double dt = gpu->control.dt_s;
    double steps = dt > 0 ? ceil(left_s / dt) + 1 : 4;
    return steps < STEPS_LIMIT ? (size_t)steps : STEPS_LIMIT;
}

lf_code lf_drain_gpu_advance(lf_drain_gpu *gpu, double span_s, long *steps, double *cell_steps,
                             lf_error *error) {
    lf_code code = enter(gpu, GPU_WAKE, error);
    if (code != LF_OK || !(span_s > 0)) {
        return code;
    }
    if (gpu->edges_changed && gpu->plan->edge_count > 0) {
        code = lf_drain_gpu_need(gpu, GPU_FILL, error);
        if (code != LF_OK) {
            return code;
        }
        lf_gpu_dispatch(gpu->programs[GPU_FILL], gpu->tiles);
    }
    gpu->edges_changed = false;
    size_t at = offsetof(lf_drain_gpu_control, left_s) + gpu->turn * sizeof(double);
    lf_gpu_buffer_write(&gpu->buffers[GPU_CONTROL], at, sizeof span_s, &span_s);
    double left_s = span_s;
    while (code == LF_OK && left_s > 0) {
        uint32_t steps_before = gpu->control.steps, tiles_before = gpu->control.tiles;
        size_t count = step_guess(gpu, left_s);
        for (size_t i = 0; i < count; i++) {
            glProgramUniform1ui(gpu->programs[GPU_WAKE], 0, gpu->turn);
            lf_gpu_dispatch(gpu->programs[GPU_WAKE], (gpu->tiles + 255) / 256);
            lf_gpu_dispatch_from(gpu->programs[GPU_STEP], &gpu->buffers[GPU_GROUPS],
                                 gpu->turn * 4 * sizeof(uint32_t));
            gpu->turn = 1 - gpu->turn;
        }
        code = read_control(gpu, error);
        left_s = gpu->control.left_s[gpu->turn];
        *steps += (long)(gpu->control.steps - steps_before);
        *cell_steps +=
            (double)(gpu->control.tiles - tiles_before) * LF_DRAIN_TILE_COLS * LF_DRAIN_BAND_ROWS;
    }
    return code;
}

long lf_drain_gpu_bad_cell(const lf_drain_gpu *gpu) {
    return gpu->control.bad == NO_CELL ? -1 : (long)gpu->control.bad;
}

double lf_drain_gpu_deepest_m(const lf_drain_gpu *gpu) {
    float most;
    memcpy(&most, &gpu->control.most[gpu->turn], sizeof most);
    return (double)most;
}

// ---- listed cells

// Has the card list the cells and reads `floats` numbers of each.
static lf_code list_cells(lf_drain_gpu *gpu, int begin, int count, bool whole, float **values,
                          lf_error *error) {
    size_t bytes = (size_t)count * (whole ? 4 : 1) * sizeof **values;
    GLuint program = gpu->programs[GPU_GATHER];
    *values = malloc(bytes + 1);
    if (!*values) {
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for %d cells", count);
    }
    glProgramUniform1i(program, 0, begin);
    glProgramUniform1i(program, 1, count);
    glProgramUniform1i(program, 2, whole);
    lf_gpu_dispatch(program, ((size_t)count + 255) / 256);
    return lf_gpu_reader_read(&gpu->reader, &gpu->buffers[GPU_VALUES], 0, bytes, *values, error);
}

lf_code lf_drain_gpu_gather(lf_drain_gpu *gpu, lf_drain_f32_field *field, lf_error *error) {
    lf_code code = enter(gpu, GPU_GATHER, error);
    int count = gpu->def.cell_count;
    float *values = NULL;
    if (code == LF_OK && count > 0) {
        code = list_cells(gpu, 0, count, true, &values, error);
    }
    for (int i = 0; code == LF_OK && i < count; i++) {
        int k = gpu->def.cells[i];
        field->depth_m[k] = values[i];
        field->carry_m[k] = values[count + i];
        field->flux_x_m2_s[k] = values[2 * count + i];
        field->flux_y_m2_s[k] = values[3 * count + i];
    }
    free(values);
    return code;
}

lf_code lf_drain_gpu_watch(lf_drain_gpu *gpu, float *depth_m, lf_error *error) {
    lf_code code = enter(gpu, GPU_GATHER, error);
    int count = gpu->def.watched_count;
    float *values = NULL;
    if (code == LF_OK && count > 0) {
        code = list_cells(gpu, gpu->def.cell_count, count, false, &values, error);
    }
    for (int i = 0; code == LF_OK && i < count; i++) {
        depth_m[gpu->def.watched[i]] = values[i];
    }
    free(values);
    return code;
}

lf_code lf_drain_gpu_scatter(lf_drain_gpu *gpu, const lf_drain_f32_field *field, lf_error *error) {
    lf_code code = enter(gpu, GPU_SCATTER, error);
    int count = gpu->def.cell_count;
    size_t bytes = (size_t)count * 4 * sizeof(float);
    float *values = malloc(bytes + 1);
    if (code == LF_OK && !values) {
        code = lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for %d cells", count);
    }
    for (int i = 0; code == LF_OK && i < count; i++) {
        int k = gpu->def.cells[i];
        values[i] = field->depth_m[k];
        values[count + i] = field->carry_m[k];
        values[2 * count + i] = field->flux_x_m2_s[k];
        values[3 * count + i] = field->flux_y_m2_s[k];
    }
    if (code == LF_OK && count > 0) {
        GLuint program = gpu->programs[GPU_SCATTER];
        lf_gpu_buffer_write(&gpu->buffers[GPU_VALUES], 0, bytes, values);
        glProgramUniform1ui(program, 0, gpu->turn);
        glProgramUniform1i(program, 1, count);
        lf_gpu_dispatch(program, ((size_t)count + 255) / 256);
    }
    free(values);
    return code;
}

// ---- statistics

lf_code lf_drain_gpu_note(lf_drain_gpu *gpu, double time_s, double span_s, lf_error *error) {
    lf_code code = gpu->def.statistics ? enter(gpu, GPU_NOTE, error) : LF_OK;
    if (code == LF_OK && gpu->def.statistics) {
        glProgramUniform1f(gpu->programs[GPU_NOTE], 0, (float)time_s);
        glProgramUniform1f(gpu->programs[GPU_NOTE], 1, (float)span_s);
        lf_gpu_dispatch(gpu->programs[GPU_NOTE], gpu->tiles);
    }
    return code;
}

enum { STATISTICS = 6 };
static void statistics_of(const lf_drain_gpu_statistics *s, float *arrays[STATISTICS],
                          int buffers[STATISTICS]) {
    float *const all[] = {s->max_depth_m,   s->arrival_s,       s->duration_s,
                          s->max_speed_m_s, s->max_hazard_m2_s, s->car_duration_s};
    const int names[] = {GPU_MAX_DEPTH, GPU_ARRIVAL,    GPU_DURATION,
                         GPU_MAX_SPEED, GPU_MAX_HAZARD, GPU_CAR_DURATION};
    memcpy(arrays, all, sizeof all);
    memcpy(buffers, names, sizeof names);
}

lf_code lf_drain_gpu_upload_statistics(lf_drain_gpu *gpu, const lf_drain_gpu_statistics *from,
                                       lf_error *error) {
    lf_code code = lf_gpu_enter(gpu->context, error);
    float *arrays[STATISTICS];
    int buffers[STATISTICS];
    statistics_of(from, arrays, buffers);
    for (int i = 0; code == LF_OK && i < STATISTICS; i++) {
        write_cells(gpu, buffers[i], false, arrays[i]);
    }
    return code;
}

lf_code lf_drain_gpu_download_statistics(lf_drain_gpu *gpu, const lf_drain_gpu_statistics *to,
                                         lf_error *error) {
    lf_code code = lf_gpu_enter(gpu->context, error);
    float *arrays[STATISTICS];
    int buffers[STATISTICS];
    statistics_of(to, arrays, buffers);
    for (int i = 0; code == LF_OK && gpu->def.statistics && i < STATISTICS; i++) {
        code = read_cells(gpu, buffers[i], false, arrays[i], error);
    }
    return code;
}

lf_drain_gpu_water lf_drain_gpu_water_now(const lf_drain_gpu *gpu) {
    return (lf_drain_gpu_water){.buffer = gpu->buffers[GPU_DEPTH].name,
                                .first = GPU_LEAD + (int)(gpu->control.now ? gpu->half : 0),
                                .stride = gpu->plan->stride,
                                .cols = gpu->plan->cols,
                                .rows = gpu->plan->rows};
}
