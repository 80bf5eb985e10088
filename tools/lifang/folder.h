// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The result folder as a transaction: everything is written to <out>.partial-<pid> and takes its
// place only when it is complete.
#ifndef LF_TOOLS_FOLDER_H
#define LF_TOOLS_FOLDER_H

#include "lifang/base.h"

typedef struct cli_folder {
    char path[1000];
    char partial[1060];
} cli_folder;

// Refuses a path that holds something else than a result of ours, makes the partial folder. out is
// without trailing '/' afterwards.
lf_code cli_folder_begin(cli_folder *folder, const char *out, lf_error *error);
// Puts the partial folder in the place of the old one, if there is one, in one step.
lf_code cli_folder_commit(cli_folder *folder, lf_error *error);
// Commits to <out><ending> instead: for results that must not take the place of a whole one.
void cli_folder_rename(cli_folder *folder, const char *ending);
// Removes the partial folder.
void cli_folder_abandon(cli_folder *folder);

#endif
