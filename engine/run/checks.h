// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Checks of a scenario against the figures of a run. A bare figure must hold in every option, the
// base included; option('name').figure is that of one option; {option: name, check: text} reads all
// bare figures from one option. A figure that is undefined (NaN or absent) fails its check.
#ifndef LF_RUN_CHECKS_H
#define LF_RUN_CHECKS_H

#include "run/scenario.h"

// Evaluates all checks. options[i] may be NULL where an option was left out of the run; its checks
// are left out as well. *results lives in the arena.
lf_code lf_run_evaluate_checks(const lf_scenario *scenario, lf_option_result *const *options,
                               lf_arena *arena, lf_check_result **results, int *count,
                               lf_error *error);

#endif
