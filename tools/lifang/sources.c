// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Reading files named on the command line.
#include "sources.h"
#include "base/text.h"
#include <stdio.h>
#include <string.h>

static bool read_clip(const char *text, double wsen[4]) {
    char copy[200];
    if (strlen(text) >= sizeof copy) {
        return false;
    }
    strcpy(copy, text);
    char *at = copy;
    for (int i = 0; i < 4; i++) {
        char *comma = strchr(at, ',');
        if ((comma == NULL) != (i == 3)) {
            return false;
        }
        if (comma) {
            *comma = 0;
        }
        if (!lf_text_real(at, &wsen[i])) {
            return false;
        }
        at = comma + 1;
    }
    return wsen[0] < wsen[2] && wsen[1] < wsen[3] && wsen[0] >= -180 && wsen[2] <= 180 &&
           wsen[1] >= -90 && wsen[3] <= 90;
}

bool cli_source_read(const cli_args *args, const cli_command *command, cli_source_def *def,
                     int *exit_code) {
    *def = (cli_source_def){.crs = cli_text(args, "crs"),
                            .file_crs = cli_text(args, "file-crs"),
                            .map = cli_text(args, "map")};
    const char *clip = cli_text(args, "clip");
    def->clip = clip != NULL;
    if (clip && !read_clip(clip, def->clip_wsen)) {
        *exit_code =
            cli_usage(command, "--clip: '%s' is not west,south,east,north in degrees", clip);
        return false;
    }
    return true;
}

// crs: what to take for a file that has none, or NULL.
static lf_code import_with(const cli_source_def *def, const char *path, const char *crs,
                           lf_spec **spec, lf_issues *issues, lf_error *error) {
    lf_import_def import = lf_default_import_def();
    import.path = path;
    import.crs = crs;
    import.estate_crs = def->crs;
    import.crs_if_none = def->file_crs;
    import.map = def->map;
    import.clip = def->clip;
    memcpy(import.clip_wsen, def->clip_wsen, sizeof import.clip_wsen);
    lf_spec *copy = lf_spec_copy(*spec);
    if (!copy) {
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for the estate");
    }
    lf_code code = lf_io_import(copy, &import, issues, error);
    if (code != LF_OK) {
        lf_spec_destroy(copy);
        return code;
    }
    lf_spec_destroy(*spec);
    *spec = copy;
    return LF_OK;
}

lf_code cli_source_import(const cli_source_def *def, const char *path, lf_spec **spec,
                          lf_issues *issues, lf_error *error) {
    lf_error first = {0};
    lf_code code = import_with(def, path, NULL, spec, issues, &first);
    if (code == LF_CRS && def->crs) { // a file that states none is in the estate's
        code = import_with(def, path, def->crs, spec, issues, &first);
    }
    if (code != LF_OK && error) {
        *error = first;
    }
    return code;
}
