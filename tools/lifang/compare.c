// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// `lifang compare`: two results, or the options of one.
#include "base/file.h"
#include "base/json.h"
#include "command.h"
#include "lifang/report.h"
#include <stdio.h>
#include <stdlib.h>

// A result folder stands for the result.json in it.
static const char *result_path(const char *given, char *path, size_t size) {
    if (lf_file_is_folder(given)) {
        lf_file_join(path, size, given, "result.json");
    } else {
        snprintf(path, size, "%s", given);
    }
    return path;
}

static void tell_json(const char *text, bool same) {
    lf_buffer out = {0};
    lf_json json;
    lf_json_begin(&json, &out, true);
    lf_json_open(&json, '{');
    lf_json_key(&json, "same");
    lf_json_bool(&json, same);
    lf_json_key(&json, "differences");
    lf_json_open(&json, '[');
    for (const char *at = text; *at;) {
        const char *end = at;
        while (*end && *end != '\n') {
            end++;
        }
        char line[600];
        snprintf(line, sizeof line, "%.*s", (int)(end - at), at);
        at = *end ? end + 1 : end;
        if (*at) { // the last line is the count
            lf_json_text(&json, line);
        }
    }
    lf_json_close(&json, ']');
    lf_json_close(&json, '}');
    printf("%s\n", out.text ? out.text : "{}");
    lf_buffer_free(&out);
}

static int run(const cli_args *args, const cli_host *host) {
    (void)host;
    int exit_code = 2;
    double tolerance_ratio;
    if (!cli_number(args, "tolerance", 0, 1, 1e-9, &tolerance_ratio, &exit_code)) {
        return exit_code;
    }
    const char *const *operands;
    int count = cli_operands(args, &operands);
    char left[1100], right[1100], *text = NULL;
    bool same = false;
    lf_error error = {0};
    result_path(operands[0], left, sizeof left);
    lf_code code = count == 1
                       ? lf_report_compare_options(left, tolerance_ratio, &text, &same, &error)
                       : lf_report_compare(left, result_path(operands[1], right, sizeof right),
                                           tolerance_ratio, &text, &same, &error);
    if (code != LF_OK) {
        return cli_report_error(&error);
    }
    if (cli_flag(args, "json")) {
        tell_json(text, same);
    } else {
        printf("%s", text);
    }
    free(text);
    return same ? 0 : 1;
}

static const cli_option options[] = {
    {"tolerance", 0, "RATIO",
     "differences up to this ratio of the larger value do not count; 1e-9"},
    {"json", 0, NULL, "print JSON for programs"},
};
const cli_command cli_compare = {
    .name = "compare",
    .operands = "RESULT [RESULT]",
    .operand_min = 1,
    .operand_max = 2,
    .text =
        "A result is a folder that `lifang run` wrote, or a result.json. With one, every option "
        "is compared with\nthe first. Exit code 1: they differ.",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .run = run,
};
