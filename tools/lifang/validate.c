// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// `lifang validate`: every problem of a scenario and of the data that it names.
#include "console.h"
#include "schema.h"
#include <stdlib.h>

// Prints what was found and gives the exit code.
static int conclude(cli_console *console, const lf_issues *issues, const lf_error *error,
                    const char *path) {
    bool valid = error->code == LF_OK;
    int exit_code = valid ? 0 : lf_error_exit_code(error);
    if (console->json) {
        printf("{\"valid\":%s,\"issues\":", valid ? "true" : "false");
        cli_print_issues_json(issues);
        printf("}\n");
    } else if (valid && !console->quiet) {
        printf("%s is valid", path);
        long warnings = lf_issues_count(issues, LF_WARNING);
        printf(warnings ? " (%ld warnings)\n" : "\n", warnings);
    }
    return cli_signals_exit(exit_code);
}

// True if the error is in the list of issues already.
static bool is_listed(const lf_issues *issues, const lf_error *error) {
    for (int i = 0; i < lf_issues_kept(issues); i++) {
        const lf_issue *issue = lf_issues_at(issues, i);
        if (issue->severity == LF_ERROR && issue->code == error->code &&
            issue->line == error->line) {
            return true;
        }
    }
    return false;
}

static void list_error(lf_issues *issues, const lf_error *error) {
    if (error->code != LF_OK && !is_listed(issues, error)) {
        lf_issues_add(issues, &(lf_issue){.severity = LF_ERROR,
                                          .code = error->code,
                                          .file = error->file,
                                          .line = error->line,
                                          .column = error->column,
                                          .feature = error->path,
                                          .message = error->message,
                                          .mend = ""});
    }
}

static int validate(const cli_args *args, cli_console *console, lf_issues *issues) {
    const char *const *operands, *const *overrides;
    cli_operands(args, &operands);
    int override_count = cli_list(args, "set", &overrides);
    lf_scenario *scenario = NULL;
    lf_error error = {0};
    lf_code code = lf_run_load(operands[0], overrides, override_count, &scenario, issues, &error);
    if (code == LF_OK && !cli_flag(args, "quick")) {
        lf_run_def def = lf_default_run_def();
        def.dry = true;
        bool json = console->json; // JSON of this verb is one object, without a log
        console->json = false;
        console->quiet = true;
        lf_env env = cli_console_env(console, lf_scenario_threads(scenario));
        lf_result *none = NULL;
        lf_run_scenario(scenario, &def, &env, &none, issues, &error);
        lf_pool_destroy(env.pool);
        console->json = json;
        console->quiet = cli_flag(args, "quiet");
    }
    lf_run_unload(scenario);
    list_error(issues, &error);
    if (!console->json) {
        cli_print_issues(console, issues, 0);
    }
    return conclude(console, issues, &error, operands[0]);
}

static int run(const cli_args *args, const cli_host *host) {
    const char *const *operands;
    if (cli_flag(args, "schema")) {
        cli_schema_print();
        return 0;
    }
    if (cli_operands(args, &operands) == 0) {
        return cli_usage(&cli_validate, "SCENARIO is missing");
    }
    cli_console console;
    cli_console_begin(&console, args, host);
    lf_issues *issues = lf_issues_create();
    int exit_code = validate(args, &console, issues);
    lf_issues_destroy(issues);
    return exit_code;
}

static const cli_option options[] = {
    CLI_OPTION_SET,
    {"quick", 0, NULL, "look at the scenario only, not at the data"},
    {"schema", 0, NULL, "print every key of a scenario with type, range, default and meaning"},
    CLI_OPTION_JSON,
    CLI_OPTION_QUIET,
};
const cli_command cli_validate = {
    .name = "validate",
    .operands = "SCENARIO",
    .operand_max = 1,
    .text =
        "Reads the scenario, imports its data, applies the measures of every option and prepares "
        "every module, and\nlists what is wrong with file, line and column. Exit code 2: the "
        "scenario is invalid; 3: an input is.",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .run = run,
};
