// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Files: whole reads, atomic writes (temporary name, flush, rename), and where assets lie.
#ifndef LF_BASE_FILE_H
#define LF_BASE_FILE_H

#include "lifang/base.h"
#include <stdio.h>

// Reads a whole file into malloc'd memory with a NUL behind it. limit_bytes 0 = none.
lf_code lf_file_read(const char *path, size_t limit_bytes, char **bytes, size_t *count,
                     lf_error *error);
// A file being written under a temporary name beside its final one.
typedef struct lf_file_out {
    FILE *file;
    char path[1024];
    char temporary[1100];
} lf_file_out;
lf_code lf_file_begin(lf_file_out *out, const char *path, lf_error *error);
// Flushes, checks for a full disk, renames. On failure the temporary file is removed.
lf_code lf_file_commit(lf_file_out *out, lf_error *error);
void lf_file_abandon(lf_file_out *out);
lf_code lf_file_write(const char *path, const void *bytes, size_t count, lf_error *error);
bool lf_file_exists(const char *path);
bool lf_file_is_folder(const char *path);
lf_code lf_file_make_folder(const char *path, lf_error *error); // with parents
lf_code lf_file_remove_tree(const char *path, lf_error *error);
// errno as a code: ENOSPC -> DISK_FULL, ENOENT -> NOT_FOUND, else IO.
lf_code lf_file_errno(void);
// Joins folder and name unless name is absolute. Returns out.
const char *lf_file_join(char *out, size_t size, const char *folder, const char *name);
const char *lf_file_name(const char *path);      // part after the last '/'
const char *lf_file_extension(const char *path); // after the last '.' of the name, or ""
// Folder part, "." where there is none. Returns out.
const char *lf_file_folder(char *out, size_t size, const char *path);
// Path of an asset ("storms/formulas.csv"): $LIFANG_ASSETS, the source tree, the installed place.
lf_code lf_file_asset(const char *name, char *out, size_t size, lf_error *error);

#endif
