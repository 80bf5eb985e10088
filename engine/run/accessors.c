// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// What the outside may read of a scenario.
#include "base/file.h"
#include "run/scenario.h"
#include <assert.h>
#include <string.h>

const char *lf_scenario_name(const lf_scenario *scenario) {
    return *scenario->estate.name ? scenario->estate.name : lf_file_name(scenario->path);
}

int lf_scenario_option_count(const lf_scenario *scenario) {
    return scenario->option_count;
}

const char *lf_scenario_option_name(const lf_scenario *scenario, int index) {
    assert(index >= 0 && index < scenario->option_count);
    return scenario->options[index].name;
}

bool lf_scenario_wants(const lf_scenario *scenario, const char *output) {
    for (int i = 0; i < scenario->output_count; i++) {
        if (strcmp(scenario->outputs[i], output) == 0) {
            return true;
        }
    }
    return false;
}

const lf_clock *lf_scenario_clock(const lf_scenario *scenario) {
    return &scenario->clock;
}

int lf_scenario_threads(const lf_scenario *scenario) {
    return scenario->run.threads;
}

bool lf_scenario_runs(const lf_scenario *scenario, const char *module) {
    for (int i = 0; i < scenario->module_count; i++) {
        if (strcmp(scenario->registry->modules[i]->name, module) == 0) {
            return scenario->settings[i] != NULL;
        }
    }
    return false;
}

const lf_table *lf_scenario_table_at(int index) {
    static const lf_table *const tables[] = {&lf_run_estate_table, &lf_run_import_table,
                                             &lf_run_settings_table, NULL};
    return tables[index];
}
