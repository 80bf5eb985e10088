// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The drain module: compiles a twin into a model; everything else is in the files it names.
#include "base/text.h"
#include "drain/device.h"
#include "drain/model.h"
#include <math.h>
#include <string.h>

static void destroy(void *opaque) {
    lf_drain_model *model = opaque;
    if (model) {
        lf_drain_device_destroy(model->device);
        lf_arena_destroy(model->arena);
    }
}

// The drain node of a sensor whose target reads "drain_nodes/<id>", or -1.
static int gauge_node(const lf_drain_model *model, const char *target) {
    static const char PREFIX[] = "drain_nodes/";
    long long id = 0;
    if (model->node_count == 0 || !target || strncmp(target, PREFIX, sizeof PREFIX - 1) != 0 ||
        !lf_text_int(target + sizeof PREFIX - 1, &id) || id < 1 || id > UINT32_MAX) {
        return -1;
    }
    return lf_spec_find(lf_twin_spec(model->twin), LF_DRAIN_NODES, (lf_id)id);
}

static bool find_gauges(lf_drain_model *model) {
    int count = 0;
    const lf_sensor *sensors = lf_twin_rows(model->twin, LF_SENSORS, &count);
    size_t bytes = ((size_t)count + 1) * sizeof *model->gauge_cells;
    model->gauge_cells = lf_arena_take(model->arena, bytes);
    model->gauge_rows = lf_arena_take(model->arena, bytes);
    model->gauge_nodes = lf_arena_take(model->arena, bytes);
    model->gauge_ground_m =
        lf_arena_take(model->arena, ((size_t)count + 1) * sizeof *model->gauge_ground_m);
    bool good =
        model->gauge_ground_m && model->gauge_cells && model->gauge_rows && model->gauge_nodes;
    for (int i = 0; good && i < count; i++) {
        if (sensors[i].kind == LF_SENSOR_DEPTH || sensors[i].kind == LF_SENSOR_LEVEL) {
            lf_vec2 at = lf_shape_centre(&sensors[i].row.shape);
            model->gauge_rows[model->gauge_count] = i;
            model->gauge_nodes[model->gauge_count] = gauge_node(model, sensors[i].target);
            int cell = lf_drain_open_cell(model, at, 2 * model->grid.cell_m);
            model->gauge_ground_m[model->gauge_count] =
                cell >= 0 ? lf_drain_fine_ground_m(model, at, cell) : NAN;
            model->gauge_cells[model->gauge_count++] = cell;
        }
    }
    return good;
}

static lf_code check_settings(const lf_drain_model *model, lf_error *error) {
    const lf_drain_surface_settings *s = &model->settings.surface;
    if (s->buildings == LF_DRAIN_BUILDINGS_POROSITY && s->scheme != LF_DRAIN_SWE) {
        lf_fail(error, LF_INVALID, LF_FROM_SCENARIO,
                "buildings: porosity needs scheme: swe; inertial knows holes and blocks");
        lf_error_place(error, NULL, 0, 0, "modules.drain.surface.buildings");
        return LF_INVALID;
    }
    const lf_drain_losses_settings *l = &model->settings.losses;
    if (s->subgrid > 1 && (l->sheet_grass_ratio > 1 || l->sheet_wood_ratio > 1)) {
        lf_fail(error, LF_INVALID, LF_FROM_SCENARIO,
                "a sub-grid has one roughness for all depths; leave sheet_*_ratio at 1");
        lf_error_place(error, NULL, 0, 0, "modules.drain.losses");
        return LF_INVALID;
    }
    if (s->subgrid > 1 &&
        (s->scheme != LF_DRAIN_INERTIAL || s->buildings != LF_DRAIN_BUILDINGS_HOLE)) {
        lf_fail(error, LF_INVALID, LF_FROM_SCENARIO,
                "subgrid needs scheme: inertial, and cuts buildings out itself (buildings: hole)");
        lf_error_place(error, NULL, 0, 0, "modules.drain.surface.subgrid");
        return LF_INVALID;
    }
    return LF_OK;
}

static lf_code build(lf_drain_model *model, const lf_module_input *input, lf_issues *issues,
                     lf_error *error) {
    lf_code code = check_settings(model, error);
    code = code ? code : lf_drain_terrain_create(model, issues, error);
    code = code ? code : lf_drain_rain_create(model, input, issues, error);
    code = code ? code : lf_drain_cover_create(model, error);
    code = code ? code : lf_drain_rain_grid_create(model, error);
    code = code ? code : lf_drain_lists_create(model, error);
    code = code ? code : lf_drain_network_create(model, issues, error);
    code = code ? code : lf_drain_roofs_create(model, error);
    code = code ? code : lf_drain_inflows_create(model, issues, error);
    code = code ? code : lf_drain_structures_create(model, issues, error);
    code = code ? code : lf_drain_sections_create(model, issues, error);
    if (code) {
        return code;
    }
    lf_drain_walls_raise(model);
    code = lf_drain_edges_create(model, issues, error);
    code = code ? code : lf_drain_fine_tables(model, error);
    if (code) {
        return code;
    }
    if (!find_gauges(model)) {
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for the gauges");
    }
    return lf_drain_device_create(model, error);
}

static lf_code create(const lf_module_input *input, void **out, lf_issues *issues,
                      lf_error *error) {
    *out = NULL;
    lf_arena *arena = lf_arena_create(input->env->allocator);
    lf_drain_model *model = arena ? lf_arena_take(arena, sizeof *model) : NULL;
    if (!model) {
        lf_arena_destroy(arena);
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for the drainage model");
    }
    model->arena = arena;
    model->twin = input->twin;
    model->settings = *(const lf_drain_settings *)input->settings;
    model->clock = *input->clock;
    model->pool = input->env->pool;
    lf_code code = build(model, input, issues, error);
    if (code) {
        destroy(model);
        return code;
    }
    *out = model;
    return LF_OK;
}

const lf_module lf_drain_module = {
    .name = "drain",
    .doc = "rain, surface water, inlets and pipes",
    .settings = &lf_drain_settings_table,
    .state = &lf_drain_state_table,
    .figures = lf_drain_figures,
    .figure_count = FIGURE_COUNT,
    .on_card = true,
    .model_create = create,
    .model_destroy = destroy,
    .count = lf_drain_state_count,
    .begin = lf_drain_begin,
    .advance = lf_drain_advance,
    .report = lf_drain_report,
    .finish = lf_drain_finish,
};
