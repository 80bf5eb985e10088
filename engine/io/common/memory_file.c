// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Files in GDAL's memory file system, named by an address so that threads do not meet.
#include "io/common/memory_file.h"

#include "base/file.h"
#include <cpl_vsi.h>
#include <stdio.h>

void lf_io_memory_file_begin(lf_io_memory_file *file, const char *extension) {
    snprintf(file->path, sizeof file->path, "/vsimem/lifang-%p%s", (void *)file, extension);
    VSIUnlink(file->path);
}

lf_code lf_io_memory_file_commit(lf_io_memory_file *file, const char *path, lf_error *error) {
    vsi_l_offset length = 0;
    const GByte *bytes = VSIGetMemFileBuffer(file->path, &length, FALSE);
    lf_code code = bytes && length ? lf_file_write(path, bytes, (size_t)length, error)
                                   : lf_fail(error, LF_IO, LF_FROM_RUN,
                                             "%s was not written: nothing was produced", path);
    VSIUnlink(file->path);
    return code;
}

void lf_io_memory_file_abandon(lf_io_memory_file *file) {
    VSIUnlink(file->path);
}
