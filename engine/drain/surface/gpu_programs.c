// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The compute programs of one plan: its sizes and constants are written into the shaders, so that
// the driver can fold them.
#include "base/text.h"
#include "drain/surface/gpu_inside.h"
#include "gpu/program.h"

static void add_real(lf_buffer *text, const char *name, float value) {
    lf_buffer_addf(text, "#define %s float(%.9g)\n", name, (double)value);
}

static void add_sizes(const lf_drain_gpu *gpu, lf_buffer *text) {
    const lf_drain_f32_plan *plan = gpu->plan;
    int outlets = plan->outlet_count > 0 ? plan->outlet_count : 1;
    lf_buffer_addf(text, "#define LF_COLS %d\n#define LF_ROWS %d\n#define LF_STRIDE %d\n",
                   plan->cols, plan->rows, plan->stride);
    lf_buffer_addf(text, "#define LF_LEAD %d\n#define LF_HALF %zu\n", GPU_LEAD, gpu->half);
    lf_buffer_addf(text, "#define LF_TILES_WIDE %d\n#define LF_BANDS %d\n#define LF_OUTLETS %d\n",
                   plan->tile_cols, plan->bands, outlets);
}

static void add_constants(const lf_drain_gpu *gpu, lf_buffer *text) {
    const lf_drain_f32_plan *plan = gpu->plan;
    lf_buffer_addf(text, "#define LF_GRAVITY %.17glf\n", LF_DRAIN_GRAVITY);
    add_real(text, "LF_CELL", plan->cell_m);
    add_real(text, "LF_DRY", plan->dry_m);
    add_real(text, "LF_COURANT", plan->courant);
    add_real(text, "LF_THETA", plan->theta);
    add_real(text, "LF_REST", 0.5f * (1.0f - plan->theta));
    add_real(text, "LF_FROUDE", plan->froude_max);
    add_real(text, "LF_FLOODED", (float)gpu->def.flooded_m);
    add_real(text, "LF_CAR", (float)gpu->def.car_m);
    if (gpu->even_manning) {
        add_real(text, "LF_MANNING2", plan->even2);
    }
    if (gpu->plain_faces) {
        lf_buffer_addf(text, "#define LF_PLAIN_FACES\n");
    }
    if (gpu->def.infiltration_m_s && gpu->def.loss_left_m) {
        lf_buffer_addf(text, "#define LF_LOSSES\n");
    }
    if (plan->scheme == LF_DRAIN_SWE) {
        lf_buffer_addf(text, "#define LF_SWE\n");
    }
}

lf_code lf_drain_gpu_need(lf_drain_gpu *gpu, int program, lf_error *error) {
    static const char *const names[GPU_PROGRAMS] = {
        [GPU_WAKE] = "compute/surface_wake.comp",
        [GPU_STEP] = "compute/surface_inertial.comp",
        [GPU_MEASURE] = "compute/surface_measure.comp",
        [GPU_SOURCE] = "compute/surface_source.comp",
        [GPU_FILL] = "compute/surface_outlets.comp",
        [GPU_NOTE] = "compute/surface_note.comp",
        [GPU_GATHER] = "compute/surface_gather.comp",
        [GPU_SCATTER] = "compute/surface_scatter.comp",
    };
    bool swe = program == GPU_STEP && gpu->plan->scheme == LF_DRAIN_SWE;
    const char *name = swe ? "compute/surface_swe.comp" : names[program];
    if (gpu->programs[program]) {
        return LF_OK;
    }
    lf_buffer text = {0};
    add_sizes(gpu, &text);
    add_constants(gpu, &text);
    lf_code code = text.failed ? lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for a shader")
                               : lf_gpu_program_create_compute(name, text.text,
                                                               &gpu->programs[program], error);
    lf_buffer_free(&text);
    return code;
}

void lf_drain_gpu_free_programs(lf_drain_gpu *gpu) {
    for (int i = 0; i < GPU_PROGRAMS; i++) {
        lf_gpu_program_destroy(gpu->programs[i]);
    }
}
