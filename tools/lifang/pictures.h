// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The pictures of a result folder: for each option one of the water and one of the cars, with the
// same camera and moment, so that they can be laid over one another.
#ifndef LF_TOOLS_PICTURES_H
#define LF_TOOLS_PICTURES_H

#include "lifang/report.h"

typedef struct cli_pictures {
    int count;
    lf_report_picture *list;
    char (*paths)[200]; // what list[i].path points to
    char (*titles)[200];
} cli_pictures;

// Labels follow the estate: true for a name with Chinese characters in it.
bool cli_name_is_chinese(const char *name);

// Draws pictures/<option>-<what>.png in the folder. LF_UNAVAILABLE where there is no OpenGL; then,
// and after any other error, there are no pictures. Free in any case.
lf_code cli_pictures_draw(cli_pictures *pictures, const lf_result *result, const char *folder,
                          lf_error *error);
void cli_pictures_free(cli_pictures *pictures);

#endif
