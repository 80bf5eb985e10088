// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The module's surface on a graphics card (run: {backend: gpu}). The whole state stays on the card
// during a coupling step; the host sees the few cells that inlets, roofs, inflows and structures
// touch, changes them with the same functions as on the CPU, and puts them back.
#ifndef LF_DRAIN_DEVICE_H
#define LF_DRAIN_DEVICE_H

#include "drain/model.h"

// LF_UNAVAILABLE where there is no OpenGL 4.5 or the case needs what the card's shaders cannot do.
// Leaves model->device NULL unless the run asks for the card.
lf_code lf_drain_device_create(lf_drain_model *model, lf_error *error);
void lf_drain_device_destroy(lf_drain_device *device);
// One coupling step, as lf_drain_advance does it on the CPU: begins with the state of the arrays
// where the card does not have it yet, ends with the state in the arrays.
lf_code lf_drain_device_advance(const lf_drain_model *model, lf_drain_arrays *arrays, double from_s,
                                double until_s, lf_error *error);

#endif
