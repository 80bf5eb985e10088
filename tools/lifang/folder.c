// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The result folder as a transaction.
#define _GNU_SOURCE
#include "folder.h"
#include "base/file.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static bool is_empty(const char *path) {
    DIR *folder = opendir(path);
    if (!folder) {
        return false;
    }
    bool empty = true;
    for (struct dirent *entry; empty && (entry = readdir(folder));) {
        empty = strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0;
    }
    closedir(folder);
    return empty;
}

static bool may_replace(const char *path) {
    char result[1100];
    snprintf(result, sizeof result, "%s/result.json", path);
    return !lf_file_exists(path) ||
           (lf_file_is_folder(path) && (lf_file_exists(result) || is_empty(path)));
}

lf_code cli_folder_begin(cli_folder *folder, const char *out, lf_error *error) {
    *folder = (cli_folder){.path = ""};
    size_t length = strlen(out);
    while (length > 1 && out[length - 1] == '/') {
        length--;
    }
    if (length == 0 || length >= sizeof folder->path) {
        return lf_fail(error, LF_INVALID, LF_FROM_CALL,
                       "the path of the result folder is empty or too long");
    }
    memcpy(folder->path, out, length);
    if (!may_replace(folder->path)) {
        lf_fail(
            error, LF_INVALID, LF_FROM_CALL,
            "exists and is no result folder (there is no result.json in it); choose another --out "
            "or remove it");
        lf_error_place(error, folder->path, 0, 0, NULL);
        return LF_INVALID;
    }
    snprintf(folder->partial, sizeof folder->partial, "%s.partial-%ld", folder->path,
             (long)getpid());
    lf_code code = lf_file_remove_tree(folder->partial, error);
    if (code == LF_OK) {
        code = lf_file_make_folder(folder->partial, error);
    }
    if (code != LF_OK) {
        folder->partial[0] = 0;
    }
    return code;
}

static lf_code failed(const cli_folder *folder, lf_error *error) {
    int number = errno;
    lf_code code = lf_file_errno();
    lf_fail(error, code, LF_FROM_RUN, "cannot put the result in its place: %s; it lies in %s",
            strerror(number), folder->partial);
    lf_error_place(error, folder->path, 0, 0, NULL);
    return code;
}

lf_code cli_folder_commit(cli_folder *folder, lf_error *error) {
    if (!may_replace(folder->path)) { // something else appeared there during the run
        errno = EEXIST;
        return failed(folder, error);
    }
    bool exists = lf_file_exists(folder->path);
    if (!exists || is_empty(folder->path)) {
        if (rename(folder->partial, folder->path) != 0) {
            return failed(folder, error);
        }
    } else if (renameat2(AT_FDCWD, folder->partial, AT_FDCWD, folder->path, RENAME_EXCHANGE) == 0) {
        lf_file_remove_tree(folder->partial, NULL);
    } else { // a file system without exchange: two steps
        char old[1100];
        snprintf(old, sizeof old, "%s.old-%ld", folder->path, (long)getpid());
        if (rename(folder->path, old) != 0) {
            return failed(folder, error);
        }
        if (rename(folder->partial, folder->path) != 0) {
            rename(old, folder->path);
            return failed(folder, error);
        }
        lf_file_remove_tree(old, NULL);
    }
    folder->partial[0] = 0;
    return LF_OK;
}

void cli_folder_rename(cli_folder *folder, const char *ending) {
    size_t length = strlen(folder->path);
    snprintf(folder->path + length, sizeof folder->path - length, "%s", ending);
}

void cli_folder_abandon(cli_folder *folder) {
    if (folder->partial[0]) {
        lf_file_remove_tree(folder->partial, NULL);
        folder->partial[0] = 0;
    }
}
