// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Whole reads, atomic writes, folders and the place of assets. POSIX.
#include "base/file.h"

#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

lf_code lf_file_errno(void) {
    switch (errno) {
    case ENOSPC:
    case EDQUOT:
        return LF_DISK_FULL;
    case ENOENT:
    case ENOTDIR:
        return LF_NOT_FOUND;
    case ENOMEM:
        return LF_MEMORY;
    default:
        return LF_IO;
    }
}

static lf_code fail_path(lf_error *error, lf_origin origin, const char *what, const char *path) {
    const lf_code code = lf_file_errno();
    lf_fail(error, code, origin, "cannot %s: %s", what, strerror(errno));
    lf_error_place(error, path, 0, 0, NULL);
    return code;
}

lf_code lf_file_read(const char *path, size_t limit_bytes, char **bytes, size_t *count,
                     lf_error *error) {
    assert(path && bytes && count);
    *bytes = NULL;
    *count = 0;
    if (lf_file_is_folder(path)) {
        lf_fail(error, LF_IO, LF_FROM_INPUT, "is a folder, not a file");
        lf_error_place(error, path, 0, 0, NULL);
        return LF_IO;
    }
    FILE *file = fopen(path, "rb");
    if (!file)
        return fail_path(error, LF_FROM_INPUT, "open", path);
    size_t capacity = 1 << 16, used = 0;
    char *block = malloc(capacity);
    while (block) {
        used += fread(block + used, 1, capacity - used - 1, file);
        if (used < capacity - 1 || (limit_bytes && used > limit_bytes))
            break;
        char *grown = realloc(block, capacity *= 2);
        if (!grown)
            free(block);
        block = grown;
    }
    const bool broken = ferror(file) != 0;
    if (broken)
        fail_path(error, LF_FROM_INPUT, "read", path);
    fclose(file);
    if (!block)
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for %s", path);
    if (broken || (limit_bytes && used > limit_bytes)) {
        free(block);
        if (broken)
            return LF_IO;
        lf_fail(error, LF_RANGE, LF_FROM_INPUT, "is larger than %zu bytes", limit_bytes);
        lf_error_place(error, path, 0, 0, NULL);
        return LF_RANGE;
    }
    block[used] = 0;
    *bytes = block;
    *count = used;
    return LF_OK;
}

lf_code lf_file_begin(lf_file_out *out, const char *path, lf_error *error) {
    assert(out && path);
    if (strlen(path) >= sizeof out->path)
        return lf_fail(error, LF_RANGE, LF_FROM_RUN, "the path is too long: %s", path);
    snprintf(out->path, sizeof out->path, "%s", path);
    snprintf(out->temporary, sizeof out->temporary, "%s.part%ld", path, (long)getpid());
    out->file = fopen(out->temporary, "wb");
    return out->file ? LF_OK : fail_path(error, LF_FROM_RUN, "write", path);
}

lf_code lf_file_commit(lf_file_out *out, lf_error *error) {
    assert(out && out->file);
    bool good = fflush(out->file) == 0 && !ferror(out->file);
    lf_code code = good ? LF_OK : fail_path(error, LF_FROM_RUN, "write", out->path);
    if (fclose(out->file) != 0 && good)
        code = fail_path(error, LF_FROM_RUN, "write", out->path);
    out->file = NULL;
    if (code == LF_OK && rename(out->temporary, out->path) != 0)
        code = fail_path(error, LF_FROM_RUN, "rename to", out->path);
    if (code != LF_OK)
        unlink(out->temporary);
    return code;
}

void lf_file_abandon(lf_file_out *out) {
    if (!out->file)
        return;
    fclose(out->file);
    out->file = NULL;
    unlink(out->temporary);
}

lf_code lf_file_write(const char *path, const void *bytes, size_t count, lf_error *error) {
    lf_file_out out;
    const lf_code code = lf_file_begin(&out, path, error);
    if (code != LF_OK)
        return code;
    if (count && fwrite(bytes, 1, count, out.file) != count) {
        const lf_code failed = fail_path(error, LF_FROM_RUN, "write", path);
        lf_file_abandon(&out);
        return failed;
    }
    return lf_file_commit(&out, error);
}

bool lf_file_exists(const char *path) {
    struct stat info;
    return stat(path, &info) == 0;
}

bool lf_file_is_folder(const char *path) {
    struct stat info;
    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

lf_code lf_file_make_folder(const char *path, lf_error *error) {
    char part[1024];
    if (strlen(path) >= sizeof part)
        return lf_fail(error, LF_RANGE, LF_FROM_RUN, "the path is too long: %s", path);
    for (size_t i = 0; path[i]; i++) {
        part[i] = path[i];
        part[i + 1] = 0;
        const bool ends = path[i + 1] == '/' || path[i + 1] == 0;
        if (ends && path[i] != '/' && mkdir(part, 0777) != 0 && errno != EEXIST)
            return fail_path(error, LF_FROM_RUN, "make the folder", part);
    }
    return LF_OK;
}

lf_code lf_file_remove_tree(const char *path, lf_error *error) {
    struct stat info;
    if (lstat(path, &info) != 0)
        return errno == ENOENT ? LF_OK : fail_path(error, LF_FROM_RUN, "remove", path);
    if (!S_ISDIR(info.st_mode))
        return unlink(path) == 0 ? LF_OK : fail_path(error, LF_FROM_RUN, "remove", path);
    DIR *folder = opendir(path);
    if (!folder)
        return fail_path(error, LF_FROM_RUN, "remove", path);
    lf_code code = LF_OK;
    for (struct dirent *entry; code == LF_OK && (entry = readdir(folder));) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        char inner[1100];
        snprintf(inner, sizeof inner, "%s/%s", path, entry->d_name);
        code = lf_file_remove_tree(inner, error);
    }
    closedir(folder);
    if (code == LF_OK && rmdir(path) != 0)
        code = fail_path(error, LF_FROM_RUN, "remove", path);
    return code;
}

const char *lf_file_join(char *out, size_t size, const char *folder, const char *name) {
    if (name[0] == '/' || !folder || !folder[0])
        snprintf(out, size, "%s", name);
    else
        snprintf(out, size, "%s%s%s", folder, folder[strlen(folder) - 1] == '/' ? "" : "/", name);
    return out;
}

const char *lf_file_name(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

const char *lf_file_extension(const char *path) {
    const char *dot = strrchr(lf_file_name(path), '.');
    return dot ? dot + 1 : "";
}

const char *lf_file_folder(char *out, size_t size, const char *path) {
    const char *slash = strrchr(path, '/');
    if (!slash)
        snprintf(out, size, ".");
    else
        snprintf(out, size, "%.*s", slash == path ? 1 : (int)(slash - path), path);
    return out;
}

lf_code lf_file_asset(const char *name, char *out, size_t size, lf_error *error) {
    const char *const folders[] = {getenv("LIFANG_ASSETS"), LF_SOURCE_ASSETS, LF_INSTALL_ASSETS};
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        if (!folders[i] || !folders[i][0])
            continue;
        lf_file_join(out, size, folders[i], name);
        if (lf_file_exists(out))
            return LF_OK;
    }
    return lf_fail(error, LF_NOT_FOUND, LF_FROM_HOST,
                   "the asset %s is not installed; set LIFANG_ASSETS to the folder that holds it",
                   name);
}
