// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Builds the model, step by step.
#include "park/model.h"

#include <stdio.h>

static lf_quality worst_quality(const lf_twin *twin, lf_layer layer) {
    // Rows begin with lf_row; their size differs from layer to layer.
    int count = 0;
    const char *rows = lf_twin_rows(twin, layer, &count);
    lf_quality worst = LF_MEASURED;
    for (int i = 0; i < count; i++) {
        const lf_row *row = (const lf_row *)(rows + (size_t)i * lf_layer_row_size(layer));
        if (row->quality > worst)
            worst = row->quality;
    }
    return worst;
}

static lf_quality supply_quality(const lf_twin *twin) {
    lf_quality stalls = worst_quality(twin, LF_STALLS), parking = worst_quality(twin, LF_PARKING);
    return stalls > parking ? stalls : parking;
}

// What single ranges cannot say: a day must run forwards.
static lf_code check_day(const lf_park_day *day, const char *name, lf_error *error) {
    bool leaves = day->departure_from_s <= day->departure_until_s;
    if (leaves && day->return_from_s <= day->return_until_s)
        return LF_OK;
    const char *which = leaves ? "return" : "departure";
    lf_code code =
        lf_fail(error, LF_RANGE, LF_FROM_SCENARIO,
                "%s_from is later than %s_until: give the earlier time first", which, which);
    char path[64];
    snprintf(path, sizeof path, "modules.park.%s", name);
    lf_error_place(error, NULL, 0, 0, path);
    return code;
}

static lf_code check_settings(const lf_park_settings *settings, lf_error *error) {
    lf_code code = check_day(&settings->weekday, "weekday", error);
    return code == LF_OK ? check_day(&settings->weekend, "weekend", error) : code;
}

static lf_code build(lf_park_model *model, const lf_park_trip *trips, int trip_count,
                     lf_issues *issues, lf_error *error) {
    lf_code code = check_settings(&model->settings, error);
    if (code == LF_OK)
        code = lf_park_build_roads(model, error);
    if (code == LF_OK)
        code = lf_park_check_rows(model->twin, issues, error);
    if (code == LF_OK)
        code = lf_park_build_lots(model, issues, error);
    if (code == LF_OK)
        code = lf_park_build_entries(model, issues, error);
    if (code == LF_OK)
        code = lf_park_build_reach(model, issues, error);
    if (code == LF_OK)
        code = lf_park_build_demand(model, trips, trip_count, error);
    if (code == LF_OK)
        code = lf_park_build_initial(model, issues, error);
    return code;
}

lf_code lf_park_model_build(const lf_module_input *input, const lf_park_trip *trips, int trip_count,
                            lf_park_model **model, lf_issues *issues, lf_error *error) {
    *model = NULL;
    lf_arena *arena = lf_arena_create(input->env->allocator);
    lf_park_model *made = arena ? lf_arena_take(arena, sizeof *made) : NULL;
    if (!made) {
        lf_arena_destroy(arena);
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for the parking model");
    }
    made->arena = arena;
    made->allocator = input->env->allocator;
    made->twin = input->twin;
    made->settings = *(const lf_park_settings *)input->settings;
    made->clock = *input->clock;
    made->quality = supply_quality(input->twin);
    lf_code code = build(made, trips, trip_count, issues, error);
    if (code != LF_OK) {
        lf_park_model_free(made);
        return code;
    }
    *model = made;
    return LF_OK;
}

void lf_park_model_free(lf_park_model *model) {
    if (!model)
        return;
    lf_geo_graph_free(&model->inward, model->allocator);
    lf_geo_graph_free(&model->outward, model->allocator);
    lf_arena_destroy(model->arena);
}
