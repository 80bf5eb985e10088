// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// See toy.h.
#include "toy.h"
#include "base/random.h"
#include "check.h"

volatile int toy_stop;

typedef struct storm {
    int formula;
    double period_years;
    double duration_s;
    const char *file;
} storm;
typedef struct settings {
    storm storm;
    double rate_m_s;
    bool undefined;
    double fail_at_s;
    double stop_at_s;
} settings;

static const char *const formulas[] = {"beijing_2014", "shenzhen_2024", NULL};
static const lf_field storm_fields[] = {
    {.name = "formula",
     .doc = "of the storm",
     .type = LF_ENUM,
     .offset = offsetof(storm, formula),
     .names = formulas},
    {.name = "period_years",
     .doc = "return period",
     .type = LF_REAL,
     .offset = offsetof(storm, period_years),
     .low = 1,
     .high = 1000,
     .initial = 20},
    {.name = "duration",
     .doc = "of the storm",
     .type = LF_DURATION,
     .offset = offsetof(storm, duration_s),
     .low = 60,
     .high = 86400,
     .initial = 7200},
    {.name = "file", .doc = "rain series", .type = LF_TEXT, .offset = offsetof(storm, file)},
};
static const lf_table storm_table = {
    .name = "storm", .fields = storm_fields, .count = 4, .size = sizeof(storm)};
static const lf_field setting_fields[] = {
    {.name = "storm",
     .doc = "the rain",
     .type = LF_GROUP,
     .offset = offsetof(settings, storm),
     .group = &storm_table},
    {.name = "rate_m_s",
     .doc = "filling",
     .type = LF_REAL,
     .offset = offsetof(settings, rate_m_s),
     .low = 0,
     .high = 1,
     .initial = 0.001},
    {.name = "undefined",
     .doc = "leave a figure undefined",
     .type = LF_BOOL,
     .offset = offsetof(settings, undefined)},
    {.name = "fail_at_s",
     .doc = "become unstable",
     .type = LF_REAL,
     .offset = offsetof(settings, fail_at_s),
     .initial = 1e9},
    {.name = "stop_at_s",
     .doc = "raise the stop flag",
     .type = LF_REAL,
     .offset = offsetof(settings, stop_at_s),
     .initial = 1e9},
};
static const lf_table setting_table = {
    .name = "toy", .fields = setting_fields, .count = 5, .size = sizeof(settings)};

typedef struct arrays {
    double *level_m;
    uint32_t *steps;
} arrays;
static const lf_field array_fields[] = {
    {.name = "level_m",
     .doc = "of each road's tank",
     .type = LF_F64,
     .place = LF_AT_ROAD,
     .offset = offsetof(arrays, level_m)},
    {.name = "steps",
     .doc = "taken so far",
     .type = LF_U32,
     .place = LF_AT_ONE,
     .offset = offsetof(arrays, steps)},
};
static const lf_table array_table = {
    .name = "toy", .fields = array_fields, .count = 2, .size = sizeof(arrays)};

static const lf_figure_def figures[] = {
    {.name = "toy.max_level_m", .unit = "m", .doc = "highest level", .doc_zh = "最高水位"},
    {.name = "toy.steps_count", .unit = "1", .doc = "steps", .doc_zh = "步数"},
    {.name = "toy.above_base_m", .unit = "m", .doc = "level above the base's", .doc_zh = "高出"},
};

typedef struct model {
    const settings *set;
    const lf_twin *twin;
    uint64_t seed;
    const lf_option_result *base;
} model;

static lf_code model_create(const lf_module_input *input, void **out, lf_issues *issues,
                            lf_error *error) {
    (void)issues;
    if (lf_twin_count(input->twin, LF_ROADS) == 0) {
        return lf_fail(error, LF_MISSING, LF_FROM_INPUT, "the toy needs a road");
    }
    model *made = calloc(1, sizeof *made);
    made->set = input->settings;
    made->twin = input->twin;
    made->seed = input->clock->seed;
    made->base = input->base; // read in finish only
    *out = made;
    return LF_OK;
}

static size_t count(const void *at, lf_place place, const char *field) {
    const model *made = at;
    (void)field;
    return place == LF_AT_ROAD ? (size_t)lf_twin_count(made->twin, LF_ROADS) : 0;
}

static lf_code begin(const void *at, void *state, lf_exchange *exchange, lf_option_result *result,
                     lf_error *error) {
    (void)at, (void)state, (void)exchange, (void)error;
    const char *const columns[] = {"level_m"};
    lf_option_add_series(result, "levels", 1, columns);
    return LF_OK;
}

static lf_code advance(const void *at, void *state, double from_s, double until_s,
                       lf_exchange *exchange, lf_error *error) {
    const model *made = at;
    arrays *now = state;
    if (until_s >= made->set->fail_at_s) {
        return lf_fail(error, LF_UNSTABLE, LF_FROM_RUN, "the level runs away");
    }
    if (until_s >= made->set->stop_at_s) {
        toy_stop = 1;
    }
    int roads = lf_twin_count(made->twin, LF_ROADS);
    for (int i = 0; i < roads; i++) {
        double noise = lf_random_unit(made->seed, (uint64_t)i, now->steps[0]);
        now->level_m[i] += (until_s - from_s) * made->set->rate_m_s * noise;
        exchange->road_depth_m[i] = (float)now->level_m[i];
    }
    now->steps[0]++;
    return LF_OK;
}

static lf_code report(const void *at, void *state, double time_s, lf_option_result *result,
                      lf_error *error) {
    (void)at, (void)error;
    float level = (float)((arrays *)state)->level_m[0];
    uint8_t place = level > 0.5f;
    lf_option_add_series_row(result, 0, time_s, &level);
    lf_option_frame_places(result, time_s, &place, 1);
    return LF_OK;
}

static lf_code finish(const void *at, void *state, const lf_exchange *exchange,
                      lf_option_result *result, lf_error *error) {
    (void)exchange, (void)error;
    const model *made = at;
    const arrays *now = state;
    double level = made->set->undefined ? NAN : now->level_m[0];
    lf_option_set_figure(result, &figures[0], level, LF_MEASURED);
    lf_option_set_figure(result, &figures[1], now->steps[0], LF_MEASURED);
    // The base must be complete by now; if it is not, the difference stays undefined.
    const lf_figure *base = made->base ? lf_option_figure(made->base, "toy.max_level_m") : NULL;
    lf_option_set_figure(result, &figures[2], base ? level - base->value : NAN, LF_MEASURED);
    return LF_OK;
}

static const lf_module toy_module = {
    .name = "toy",
    .doc = "fills tanks",
    .settings = &setting_table,
    .state = &array_table,
    .figures = figures,
    .figure_count = 3,
    .model_create = model_create,
    .model_destroy = free,
    .count = count,
    .begin = begin,
    .advance = advance,
    .report = report,
    .finish = finish,
};

// "echo" has no state and no model: it reads the exchange.
static const lf_figure_def echo_figure = {
    .name = "echo.depth_m", .unit = "m", .doc = "what it heard", .doc_zh = "听到的"};
static const lf_table empty_table = {.name = "echo", .size = 1};
static lf_code echo_finish(const void *at, void *state, const lf_exchange *exchange,
                           lf_option_result *result, lf_error *error) {
    (void)at, (void)state, (void)error;
    lf_option_set_figure(result, &echo_figure, (double)exchange->road_depth_m[0], LF_MEASURED);
    return LF_OK;
}
static lf_code echo_create(const lf_module_input *input, void **out, lf_issues *issues,
                           lf_error *error) {
    (void)input, (void)issues, (void)error;
    *out = NULL;
    return LF_OK;
}
static const lf_module echo_module = {
    .name = "echo",
    .settings = &empty_table,
    .figures = &echo_figure,
    .figure_count = 1,
    .model_create = echo_create,
    .finish = echo_finish,
};

typedef struct widen_params {
    const char *where;
    double width_m;
} widen_params;
static const lf_field widen_fields[] = {
    {.name = "where", .doc = "roads", .type = LF_TEXT, .offset = offsetof(widen_params, where)},
    {.name = "width_m",
     .doc = "new width",
     .type = LF_REAL,
     .offset = offsetof(widen_params, width_m),
     .low = 1,
     .high = 30,
     .initial = 7},
};
static const lf_table widen_table = {
    .name = "widen", .fields = widen_fields, .count = 2, .size = sizeof(widen_params)};
static lf_code widen(const void *params, lf_spec *spec, lf_issues *issues, lf_error *error) {
    (void)error;
    int roads;
    lf_road *road = lf_spec_rows(spec, LF_ROADS, &roads);
    for (int i = 0; i < roads; i++) {
        road[i].width_m = ((const widen_params *)params)->width_m;
    }
    lf_issues_addf(issues, LF_NOTE, LF_OK, "", 0, "", "", "widened %d roads", roads);
    return LF_OK;
}
static const lf_measure *measure_at(int index) {
    static const lf_measure measure = {
        .name = "widen", .layer = LF_ROADS, .params = &widen_table, .apply = widen};
    return index == 0 ? &measure : NULL;
}

const lf_run_registry *toy_registry(void) {
    static const lf_module *const modules[] = {&toy_module, &echo_module, NULL};
    static const lf_run_registry registry = {.modules = modules, .measure_at = measure_at};
    return &registry;
}

lf_scenario *toy_load(const char *text) {
    lf_scenario *scenario = NULL;
    lf_error error = {0};
    char line[1200];
    if (lf_run_load_text("plan.yaml", text, strlen(text), toy_registry(), NULL, 0, &scenario, NULL,
                         &error) != LF_OK) {
        printf("%s\n", lf_error_format(&error, line, sizeof line));
        CHECK(!"the scenario parses");
        exit(lf_check_end());
    }
    return scenario;
}

lf_spec *toy_spec(void) {
    lf_spec *spec = lf_spec_create(NULL);
    lf_frame *frame = lf_spec_frame(spec);
    snprintf(frame->crs, sizeof frame->crs, "EPSG:4547");
    const lf_vec2 line[] = {{0, 0}, {100, 0}};
    for (int i = 0; i < 2; i++) {
        lf_road_node *node = lf_spec_add(spec, LF_ROAD_NODES);
        node->row.shape = lf_spec_point(spec, line[i]);
    }
    lf_road *road = lf_spec_add(spec, LF_ROADS);
    road->row.shape = lf_spec_line(spec, line, 2, NULL);
    road->drivable = true;
    road->from = 1;
    road->to = 2;
    return spec;
}
