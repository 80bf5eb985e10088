// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// GDAL writes its files into memory here; only a whole, closed file goes to disk, atomically. So a
// full disk or a crash never leaves half a GeoPackage under its final name.
#ifndef LF_IO_MEMORY_FILE_H
#define LF_IO_MEMORY_FILE_H

#include "lifang/base.h"

typedef struct lf_io_memory_file {
    char path[80]; // what GDAL is told
} lf_io_memory_file;
void lf_io_memory_file_begin(lf_io_memory_file *file, const char *extension);
// Writes the bytes to `path` (temporary name, then rename) and frees them.
lf_code lf_io_memory_file_commit(lf_io_memory_file *file, const char *path, lf_error *error);
void lf_io_memory_file_abandon(lf_io_memory_file *file);

#endif
