// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Two small modules and a measure, so that the parser and the pipeline are tested apart from the
// real solvers. "toy" fills a tank per road and tells "echo" through the exchange; both can be
// asked to fail, to leave a figure undefined, and to raise the stop flag at a given moment.
#ifndef LF_TESTS_TOY_H
#define LF_TESTS_TOY_H

#include "run/pipeline.h"

const lf_run_registry *toy_registry(void);
extern volatile int toy_stop; // raised by the setting stop_at_s

// A scenario from text; fails the test when it does not parse.
lf_scenario *toy_load(const char *text);
// A small estate: a road with two nodes.
lf_spec *toy_spec(void);

#endif
