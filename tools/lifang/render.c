// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// `lifang render`: a picture of a scenario or of estate files, without a display.
#include "stage.h"

static int draw(const cli_stage *stage, const cli_args *args, const char *path) {
    lf_error error = {0};
    lf_code code = lf_view_render(stage->result->options[stage->option], &stage->def, path, &error);
    if (code != LF_OK) {
        return cli_report_error(&error);
    }
    if (!cli_flag(args, "quiet")) {
        printf("%s: %d x %d, %s\n", path, stage->def.width_px, stage->def.height_px,
               lf_option_name(stage->result->options[stage->option]));
    }
    return 0;
}

static int run(const cli_args *args, const cli_host *host) {
    cli_stage stage;
    const char *path = cli_text(args, "out");
    int exit_code = cli_stage_open(&stage, args, &cli_render, host);
    if (exit_code == 0) {
        exit_code = draw(&stage, args, path ? path : "lifang.png");
    }
    cli_stage_close(&stage);
    return exit_code;
}

static const cli_option options[] = {
    {"out", 'o', "FILE.png", "where the picture goes; default lifang.png"},
    CLI_STAGE_OPTIONS,
};
const cli_command cli_render = {
    .name = "render",
    .operands = "SCENARIO|FILE...",
    .operand_min = 1,
    .operand_max = 32,
    .text = "Runs the scenario and draws one option at one moment; or draws the estate that GIS "
            "files hold, without\nrunning anything. Needs OpenGL 4.5, for which Mesa's software "
            "renderer is enough, and no display.\nThe same input gives the same bytes on the same "
            "driver.",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .run = run,
};
