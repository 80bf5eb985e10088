// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// `lifang version`
#include "base/json.h"
#include "command.h"
#include <stdio.h>

static int run(const cli_args *args, const cli_host *host) {
    (void)host;
    if (cli_flag(args, "json")) {
        printf("{\"lifang\": \"%s\"}\n", lf_version());
    } else {
        printf("lifang %s\n", lf_version());
    }
    return 0;
}

static const cli_option options[] = {
    {"json", 0, NULL, "print JSON"},
};
const cli_command cli_version = {
    .name = "version",
    .operands = "",
    .text = "",
    .options = options,
    .option_count = 1,
    .run = run,
};
