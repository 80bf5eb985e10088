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
    if (gpu->even_manning) {
        add_real(text, "LF_MANNING2", plan->manning2[2 * (size_t)plan->stride + 2]);
    }
    if (gpu->plain_faces) {
        lf_buffer_addf(text, "#define LF_PLAIN_FACES\n");
    }
    if (gpu->def.compute_all) {
        lf_buffer_addf(text, "#define LF_COMPUTE_ALL\n");
    }
    if (gpu->def.infiltration_m_s && gpu->def.loss_left_m) {
        lf_buffer_addf(text, "#define LF_LOSSES\n");
    }
    if (plan->scheme == LF_DRAIN_SWE) {
        lf_buffer_addf(text, "#define LF_SWE\n");
    }
}

lf_code lf_drain_gpu_build_programs(lf_drain_gpu *gpu, lf_error *error) {
    lf_drain_gpu_programs *p = &gpu->programs;
    const struct {
        const char *name;
        GLuint *program;
    } all[] = {
        {"compute/surface_wake.comp", &p->wake},
        {"compute/surface_inertial.comp", &p->step},
        {"compute/surface_measure.comp", &p->measure},
        {"compute/surface_source.comp", &p->source},
        {"compute/surface_outlets.comp", &p->outlets},
        {"compute/surface_note.comp", gpu->def.statistics ? &p->note : NULL},
        {"compute/surface_gather.comp", gpu->def.cell_count > 0 ? &p->gather : NULL},
        {"compute/surface_scatter.comp", gpu->def.cell_count > 0 ? &p->scatter : NULL},
    };
    lf_buffer text = {0};
    add_sizes(gpu, &text);
    add_constants(gpu, &text);
    lf_code code =
        text.failed ? lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for a shader") : LF_OK;
    for (size_t i = 0; code == LF_OK && i < sizeof all / sizeof *all; i++) {
        if (all[i].program) {
            code = lf_gpu_program_create_compute(all[i].name, text.text, all[i].program, error);
        }
    }
    lf_buffer_free(&text);
    return code;
}

void lf_drain_gpu_free_programs(lf_drain_gpu *gpu) {
    const lf_drain_gpu_programs *p = &gpu->programs;
    const GLuint all[] = {p->wake,    p->step, p->measure, p->source,
                          p->outlets, p->note, p->gather,  p->scatter};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        lf_gpu_program_destroy(all[i]);
    }
}
