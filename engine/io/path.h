// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// What may be opened: regular local files only. Scenario files come from strangers; no path in them
// may make a library fetch a URL or walk into an archive.
#ifndef LF_IO_PATH_H
#define LF_IO_PATH_H

#include "lifang/base.h"

// LF_OK if path names a readable regular file; otherwise LF_INVALID (virtual paths, URLs, folders),
// LF_NOT_FOUND or LF_IO, with a message that says how to mend it.
lf_code lf_io_path_check(const char *path, lf_error *error);
// Reads up to size bytes from the start of the file.
lf_code lf_io_path_head(const char *path, unsigned char *head, size_t size, size_t *count,
                        lf_error *error);
// True if the path ends in the extension (".osm"), without regard to case.
bool lf_io_path_ends(const char *path, const char *extension);

#endif
