// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// A scenario from a file, with the built-in modules and measures.
#include "base/file.h"
#include "run/scenario.h"
#include <stdlib.h>
#include <string.h>

// Missing files are found here, before anything is computed, at the line that names them.
static lf_code check_files(const lf_scenario *scenario, lf_issues *issues, lf_error *error) {
    lf_run_reader reader = {.arena = scenario->arena, .folder = scenario->folder, .issues = issues};
    int import_count = scenario->import_count;
    for (int i = 0; i < import_count + scenario->file_count; i++) {
        const lf_run_file *file = i < import_count ? NULL : &scenario->files[i - import_count];
        const char *path = file ? file->path : scenario->imports[i].file;
        const lf_run_node *node = file ? file->node : scenario->imports[i].node;
        if (!lf_file_exists(path)) {
            lf_error missing;
            lf_fail(&missing, LF_NOT_FOUND, LF_FROM_INPUT, "the file %s does not exist", path);
            lf_run_problem_error(&reader, node, &missing);
        }
    }
    if (reader.problems && error) {
        *error = reader.first;
    }
    return reader.problems ? reader.first.code : LF_OK;
}

lf_code lf_run_load(const char *path, const char *const *overrides, int override_count,
                    lf_scenario **scenario, lf_issues *issues, lf_error *error) {
    *scenario = NULL;
    char *bytes = NULL;
    size_t count = 0;
    lf_error local = {0};
    // A model of another program comes with the scenario that runs it. What the reader says of it
    // is said again by the import, so only a failure is listed here.
    lf_code code = lf_io_scenario(path, &bytes, NULL, &local);
    if (code != LF_OK) {
        lf_io_scenario(path, &bytes, issues, NULL);
    } else if (bytes) {
        count = strlen(bytes);
    } else {
        code = lf_file_read(path, LF_RUN_LIMIT_BYTES, &bytes, &count, &local);
        if (code != LF_OK) {
            lf_issues_addf(issues, LF_ERROR, code, local.file, 0, "", "", "%s", local.message);
        }
    }
    if (code != LF_OK) {
        if (error) {
            *error = local;
        }
        return code;
    }
    code = lf_run_load_text(path, bytes, count, lf_run_builtin(), overrides, override_count,
                            scenario, issues, error);
    free(bytes);
    if (code == LF_OK) {
        code = check_files(*scenario, issues, error);
    }
    if (code != LF_OK) {
        lf_run_unload(*scenario);
        *scenario = NULL;
    }
    return code;
}
