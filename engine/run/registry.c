// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The built-in modules, from engine/modules.def.
#include "run/scenario.h"
#include <string.h>

#define LF_MODULE(name) extern const lf_module lf_##name##_module;
#include "modules.def"
#undef LF_MODULE

static const lf_module *const modules[] = {
#define LF_MODULE(name) &lf_##name##_module,
#include "modules.def"
#undef LF_MODULE
    NULL,
};

const lf_run_registry *lf_run_builtin(void) {
    static const lf_run_registry builtin = {.modules = modules, .measure_at = lf_measure_at};
    return &builtin;
}

const lf_module *lf_module_at(int index) {
    return modules[index];
}

const lf_module *lf_module_find(const char *name) {
    for (int i = 0; modules[i]; i++) {
        if (strcmp(modules[i]->name, name) == 0) {
            return modules[i];
        }
    }
    return NULL;
}
