// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// What the soil takes in one source step, cell by cell: a constant rate, Horton in its modified
// form, or Green-Ampt. Equations and references: README.md, Losses.
#include "drain/model.h"
#include <math.h>

lf_drain_soak lf_drain_soak_step(const lf_drain_model *model, double dt_s) {
    const lf_drain_losses_settings *l = &model->settings.losses;
    double decay = l->horton_decay_per_h / 3600, excess = l->horton_initial_ratio - 1;
    lf_drain_soak step = {.kind = l->infiltration, .dt_s = (float)dt_s};
    if (decay > 0) {
        step.horton_excess_s = (float)(excess / decay);
        step.horton_share = (float)-expm1(-decay * dt_s);
    } else { // the excess never falls: no share of it is ever used up
        step.dt_s = (float)(dt_s * (1 + excess));
    }
    return step;
}

static void soak_constant(const float *restrict rate, float dt_s, int count,
                          const float *restrict wet, float *restrict soak) {
    for (int k = 0; k < count; k++) {
        float most = rate[k] * dt_s;
        soak[k] = wet[k] < most ? wet[k] : most;
    }
}

// soaked_m: what went in above the final rate. Its limit is (f0 - fc) / decay; of what is left of
// that, a share can go in during the step, besides what the final rate takes (Akan 1992).
static void soak_horton(const float *restrict rate, lf_drain_soak step, int count,
                        const float *restrict wet, float *restrict soaked_m, float *restrict soak) {
    for (int k = 0; k < count; k++) {
        float final = rate[k] * step.dt_s;
        float left = rate[k] * step.horton_excess_s - soaked_m[k];
        float most = final + (left > 0.0f ? left : 0.0f) * step.horton_share;
        float taken = wet[k] < most ? wet[k] : most;
        float above = taken - final;
        soaked_m[k] += above > 0.0f ? above : 0.0f;
        soak[k] = taken;
    }
}

// f = K (1 + S / F) over the step by the implicit midpoint rule, which is a quadratic in the depth
// that goes in; exact for F = 0 but for the term K t, of second order elsewhere.
static void soak_green_ampt(const float *restrict rate, const float *restrict soil_m, float dt_s,
                            int count, const float *restrict wet, float *restrict soaked_m,
                            float *restrict soak) {
    for (int k = 0; k < count; k++) {
        float before = soaked_m[k], drained = rate[k] * dt_s;
        float half = before - 0.5f * drained;
        float root = sqrtf(half * half + 2.0f * drained * (before + soil_m[k]));
        // root - half, without the cancellation of a wet soil
        float most =
            half > 0.0f ? 2.0f * drained * (before + soil_m[k]) / (root + half) : root - half;
        float taken = wet[k] < most ? wet[k] : most;
        soaked_m[k] = before + taken;
        soak[k] = taken;
    }
}

void lf_drain_soak_run(const lf_drain_model *model, const lf_drain_soak *step, size_t from,
                       int count, const float *wet, float *soaked_m, float *soak) {
    const float *rate = model->infiltration_m_s + from;
    float soil_m[LF_DRAIN_TILE_COLS];
    switch (step->kind) {
    case LF_DRAIN_SOAK_HORTON:
        soak_horton(rate, *step, count, wet, soaked_m, soak);
        break;
    case LF_DRAIN_SOAK_GREEN_AMPT:
        for (int k = 0; k < count; k++) {
            soil_m[k] = model->soil_m[model->cover[from + (size_t)k]];
        }
        soak_green_ampt(rate, soil_m, step->dt_s, count, wet, soaked_m, soak);
        break;
    default:
        soak_constant(rate, step->dt_s, count, wet, soak);
        break;
    }
}
