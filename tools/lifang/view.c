// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// `lifang view`: the interactive window over a scenario or estate files.
#include "stage.h"

static int show(cli_stage *stage, const cli_args *args) {
    double frames = 0;
    int exit_code = 0;
    lf_error error = {0};
    if (!cli_number(args, "frames", 0, 1e6, 0, &frames, &exit_code)) {
        return exit_code;
    }
    lf_code code = lf_view_window(stage->result, &stage->def, (int)frames,
                                  cli_text(args, "screenshot"), &error);
    return code == LF_OK ? 0 : cli_report_error(&error);
}

static int run(const cli_args *args, const cli_host *host) {
    cli_stage stage;
    int exit_code = cli_stage_open(&stage, args, &cli_view, host);
    if (exit_code == 0) {
        exit_code = show(&stage, args);
    }
    cli_stage_close(&stage);
    return exit_code;
}

static const cli_option options[] = {
    {"screenshot", 0, "FILE.png", "picture of the window when it closes"},
    {"frames", 0, "N", "close after so many frames; for tests"},
    CLI_STAGE_OPTIONS,
};
const cli_command cli_view = {
    .name = "view",
    .operands = "SCENARIO|FILE...",
    .operand_min = 1,
    .operand_max = 32,
    .text =
        "Runs the scenario and opens a window on all its options; or shows the estate that GIS "
        "files hold.\nDrag: orbit. Right drag: pan. Wheel: zoom. W A S D E Q: fly. Space: play. "
        "Left, right: frame by frame.\n1..9: option. Tab: before and after. M: data layer. X: "
        "x-ray. N: night. L: language. R: reset the\ncamera. F12: save a picture. Click: what is "
        "known of a building, road, car park or manhole. Esc: close.",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .run = run,
};
