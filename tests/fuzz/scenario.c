// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Fuzz target: any bytes are a scenario or an error with a place, never a crash, a leak or a hang.
// No file that the bytes name is opened.
#include "run/scenario.h"
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count);

// The first line may hold an override: "--set key=value".
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count) {
    char override[300];
    const char *list[] = {override};
    int override_count = 0;
    const uint8_t *line_end = memchr(bytes, '\n', count);
    if (count > 6 && memcmp(bytes, "--set ", 6) == 0 && line_end && line_end - bytes < 300) {
        size_t length = (size_t)(line_end - bytes) - 6;
        memcpy(override, bytes + 6, length);
        override[length] = 0;
        override_count = 1;
        count -= length + 7;
        bytes = line_end + 1;
    }
    lf_scenario *scenario = NULL;
    lf_issues *issues = lf_issues_create();
    lf_error error = {0};
    lf_code code = lf_run_load_text("fuzz.yaml", (const char *)bytes, count, lf_run_builtin(), list,
                                    override_count, &scenario, issues, &error);
    bool sound = code == LF_OK ? scenario && lf_scenario_option_count(scenario) > 0
                               : !scenario && error.code == code && error.message[0] &&
                                     lf_issues_count(issues, LF_ERROR) > 0;
    if (!sound) {
        abort();
    }
    lf_run_unload(scenario);
    lf_issues_destroy(issues);
    return 0;
}
