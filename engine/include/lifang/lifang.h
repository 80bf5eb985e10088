// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Everything at once.
#ifndef LIFANG_LIFANG_H
#define LIFANG_LIFANG_H

#include "lifang/base.h"
#include "lifang/drain.h"
#include "lifang/field.h"
#include "lifang/io.h"
#include "lifang/measure.h"
#include "lifang/module.h"
#include "lifang/park.h"
#include "lifang/report.h"
#include "lifang/result.h"
#include "lifang/retro.h"
#include "lifang/run.h"
#include "lifang/spec.h"
#include "lifang/twin.h"
#include "lifang/view.h"

#endif
