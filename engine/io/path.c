// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Guards in front of every file that is opened for reading.
#include "io/path.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

static lf_code refuse(const char *path, lf_code code, lf_error *error, const char *what) {
    lf_fail(error, code, LF_FROM_INPUT, "%s", what);
    lf_error_place(error, path, 0, 0, NULL);
    return code;
}

lf_code lf_io_path_check(const char *path, lf_error *error) {
    struct stat status;
    if (!path || !*path)
        return refuse("", LF_INVALID, error, "the path of an input file is empty");
    if (strncasecmp(path, "/vsi", 4) == 0)
        return refuse(path, LF_INVALID, error,
                      "virtual paths (/vsi...) are not opened; unpack or download the data and "
                      "name the local file");
    if (strstr(path, "://"))
        return refuse(path, LF_INVALID, error,
                      "URLs are not opened; download the data and name the local file");
    if (stat(path, &status) != 0) {
        if (errno == ENOENT || errno == ENOTDIR)
            return refuse(path, LF_NOT_FOUND, error,
                          "there is no such file; check the path (relative paths start at the "
                          "scenario's folder)");
        return refuse(path, LF_IO, error, strerror(errno));
    }
    if (S_ISDIR(status.st_mode))
        return refuse(path, LF_INVALID, error, "this is a folder; name a file inside it");
    if (!S_ISREG(status.st_mode))
        return refuse(path, LF_INVALID, error, "this is not a regular file");
    if (access(path, R_OK) != 0)
        return refuse(path, LF_IO, error, "the file cannot be read; check its permissions");
    if (status.st_size == 0)
        return refuse(path, LF_EMPTY, error, "the file is empty (0 bytes)");
    return LF_OK;
}

lf_code lf_io_path_head(const char *path, unsigned char *head, size_t size, size_t *count,
                        lf_error *error) {
    *count = 0;
    lf_code code = lf_io_path_check(path, error);
    if (code != LF_OK)
        return code;
    FILE *file = fopen(path, "rb");
    if (!file)
        return refuse(path, LF_IO, error, strerror(errno));
    *count = fread(head, 1, size, file);
    bool bad = ferror(file) != 0;
    fclose(file);
    return bad ? refuse(path, LF_IO, error, "reading failed") : LF_OK;
}

bool lf_io_path_ends(const char *path, const char *extension) {
    size_t length = strlen(path), tail = strlen(extension);
    return length >= tail && strcasecmp(path + length - tail, extension) == 0;
}
