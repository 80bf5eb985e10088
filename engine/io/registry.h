// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The importers that engine/importers.def lists: each folder of engine/io exports one
// `const lf_importer lf_io_<name>`.
#ifndef LF_IO_REGISTRY_H
#define LF_IO_REGISTRY_H

#include "lifang/io.h"

#define LF_IMPORTER(name) extern const lf_importer lf_io_##name;
#include "importers.def"
#undef LF_IMPORTER

#endif
