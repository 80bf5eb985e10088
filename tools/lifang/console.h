// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// What the verbs share: progress, log and issues on the console, and loading a scenario.
#ifndef LF_TOOLS_CONSOLE_H
#define LF_TOOLS_CONSOLE_H

#include "command.h"
#include "lifang/run.h"
#include <stdio.h>

// Option rows that several verbs have.
#define CLI_OPTION_SET                                                                             \
    {                                                                                              \
        "set", 0, "KEY=VALUE",                                                                     \
            "replace a value of the scenario, e.g. modules.drain.storm.period_years=50; "          \
            "repeatable"                                                                           \
    }
#define CLI_OPTION_JSON                                                                            \
    { "json", 0, NULL, "print JSON for programs" }
#define CLI_OPTION_QUIET                                                                           \
    { "quiet", 'q', NULL, "print errors only" }
#define CLI_OPTION_THREADS                                                                         \
    { "threads", 0, "N", "threads to use, 0 = all; results do not depend on it" }

// Progress bar on a terminal, JSON lines on stdout for programs, log lines in a file.
typedef struct cli_console {
    const cli_host *host;
    bool quiet;
    bool json;      // progress and log as JSON lines on stdout
    FILE *log_file; // log.jsonl, or NULL
    double begin_s;
    double told_s; // when progress was last shown
    bool bar_open; // a bar stands in the current line
} cli_console;
void cli_console_begin(cli_console *console, const cli_args *args, const cli_host *host);
// An environment whose functions write to the console; the pool is created, or NULL for one thread.
lf_env cli_console_env(cli_console *console, int threads);
// Ends the bar's line. Call before printing anything else.
void cli_console_clear(cli_console *console);
void cli_console_log(cli_console *console, lf_severity severity, const char *text);

// Issues from `first` on as "warning: file:line: feature: message; mend" on stderr and into the
// log.
void cli_print_issues(cli_console *console, const lf_issues *issues, int first);
// The same as a JSON array on stdout.
void cli_print_issues_json(const lf_issues *issues);

// Loads the scenario of operand 0 with the --set options. NULL: every problem is on stderr and
// *exit_code is set. issues must be empty.
lf_scenario *cli_load(const cli_args *args, cli_console *console, lf_issues *issues,
                      int *exit_code);
double cli_seconds(void);

#endif
