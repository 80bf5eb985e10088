// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The fingerprint of an input file, for the provenance list of a result.
#include "io/path.h"
#include "lifang/io.h"

#include "base/hash.h"
#include <stdio.h>

lf_code lf_io_sha256(const char *path, char hex[65], lf_error *error) {
    unsigned char block[65536];
    size_t count;
    lf_sha256 sha;
    hex[0] = '\0';
    lf_code code = lf_io_path_check(path, error);
    if (code != LF_OK && code != LF_EMPTY)
        return code;
    FILE *file = fopen(path, "rb");
    if (!file)
        return lf_fail(error, LF_IO, LF_FROM_INPUT, "%s cannot be opened", path);
    lf_sha256_begin(&sha);
    while ((count = fread(block, 1, sizeof block, file)) > 0)
        lf_sha256_add(&sha, block, count);
    bool bad = ferror(file) != 0;
    fclose(file);
    if (bad)
        return lf_fail(error, LF_IO, LF_FROM_INPUT, "reading %s failed", path);
    lf_sha256_end(&sha, hex);
    return LF_OK;
}
