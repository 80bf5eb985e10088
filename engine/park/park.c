// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The module as the engine sees it (lifang/module.h): parking demand, supply, search, gates, fees.
#include "park/engine.h"

extern const lf_module lf_park_module;

static lf_code model_create(const lf_module_input *input, void **model, lf_issues *issues,
                            lf_error *error) {
    lf_park_model *made = NULL;
    lf_code code = lf_park_model_build(input, NULL, 0, &made, issues, error);
    *model = made;
    return code;
}

static void model_destroy(void *model) {
    lf_park_model_free(model);
}

static lf_code begin(const void *model, void *arrays, lf_exchange *exchange,
                     lf_option_result *result, lf_error *error) {
    (void)exchange;
    lf_code code = lf_park_begin_result(model, result, error);
    if (code == LF_OK)
        lf_park_start(model, arrays);
    return code;
}

static lf_code advance(const void *model, void *arrays, double from_s, double until_s,
                       lf_exchange *exchange, lf_error *error) {
    (void)error;
    lf_park_advance(model, arrays, exchange, from_s, until_s);
    return LF_OK;
}

static lf_code report(const void *model, void *arrays, double time_s, lf_option_result *result,
                      lf_error *error) {
    (void)error;
    lf_park_report(model, arrays, time_s, result);
    return LF_OK;
}

static lf_code finish(const void *model, void *arrays, const lf_exchange *exchange,
                      lf_option_result *result, lf_error *error) {
    (void)exchange;
    return lf_park_finish(model, arrays, result, error);
}

const lf_module lf_park_module = {
    .name = "park",
    .doc = "parking demand, supply, search, gates and fees over a day",
    .settings = &lf_park_settings_table,
    .state = &lf_park_state_table,
    .figures = lf_park_figures,
    .figure_count = LF_PARK_FIGURE_COUNT,
    .model_create = model_create,
    .model_destroy = model_destroy,
    .count = lf_park_state_count,
    .begin = begin,
    .advance = advance,
    .report = report,
    .finish = finish,
};
