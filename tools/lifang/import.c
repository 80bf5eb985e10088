// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// `lifang import`: files -> one estate package.
#include "base/file.h"
#include "console.h"
#include "lifang/io.h"
#include "sources.h"
#include "summary.h"
#include <stdlib.h>
#include <string.h>

static void tell(const cli_console *console, const lf_spec *spec, const char *out) {
    if (console->json) {
        lf_buffer text = {0};
        lf_json json;
        lf_json_begin(&json, &text, true);
        lf_json_open(&json, '{');
        lf_json_key(&json, "package");
        lf_json_text(&json, out);
        lf_json_key(&json, "estate");
        cli_summary_json(&json, spec, NULL);
        lf_json_close(&json, '}');
        printf("%s\n", text.text ? text.text : "{}");
        lf_buffer_free(&text);
    } else if (!console->quiet) {
        cli_summary_print(spec, NULL);
        printf("Written to %s\n", out);
    }
}

// Files without a CRS are put off until another file has set the place of the estate.
static lf_code import_one(const cli_source_def *def, const char *file, lf_spec **spec,
                          bool *put_off, lf_issues *issues, lf_error *error) {
    bool first_try = !lf_spec_frame_const(*spec)->crs[0] && !*put_off;
    lf_code code = cli_source_import(def, file, spec, issues, error);
    *put_off = first_try && code == LF_CRS;
    return *put_off ? LF_OK : code;
}

static int import_all(const cli_args *args, cli_console *console, const cli_source_def *def,
                      lf_spec **spec, lf_issues *issues) {
    lf_error error = {0};
    const char *const *files;
    int count = cli_operands(args, &files);
    bool *put_off = calloc((size_t)count, sizeof *put_off);
    int exit_code = put_off ? 0 : 4;
    for (int i = 0; put_off && i < 2 * count && !exit_code; i++) {
        int first = lf_issues_kept(issues), file = i % count;
        if (i >= count && !put_off[file]) {
            continue;
        }
        lf_code code = import_one(def, files[file], spec, &put_off[file], issues, &error);
        cli_print_issues(console, issues, first);
        exit_code = code != LF_OK ? cli_report_error(&error) : cli_signals_exit(0);
    }
    free(put_off);
    return exit_code;
}

static int import(const cli_args *args, cli_console *console, lf_spec **held, lf_issues *issues) {
    lf_error error = {0};
    const char *out = cli_text(args, "output");
    cli_source_def def;
    int exit_code = 0;
    if (!cli_source_read(args, &cli_import, &def, &exit_code)) {
        return exit_code;
    }
    exit_code = import_all(args, console, &def, held, issues);
    if (exit_code) {
        return exit_code;
    }
    lf_spec *spec = *held;
    if (cli_text(args, "name")) {
        lf_spec_set_name(spec, cli_text(args, "name"));
    }
    int first = lf_issues_kept(issues);
    lf_error found = {0};
    lf_code valid = lf_spec_check(spec, issues, &found);
    cli_print_issues(console, issues, first);
    if (lf_io_write_package(spec, out, &error) != LF_OK) {
        return cli_report_error(&error);
    }
    tell(console, spec, out);
    if (valid != LF_OK) {
        fprintf(stderr, "lifang: %ld errors must be mended in %s before it can run\n",
                lf_issues_count(issues, LF_ERROR), out);
        return 3;
    }
    return 0;
}

static int run(const cli_args *args, const cli_host *host) {
    const char *out = cli_text(args, "output");
    if (!out) {
        return cli_usage(&cli_import, "-o PACKAGE.gpkg is missing");
    }
    if (strcmp(lf_file_extension(out), "gpkg") != 0) {
        return cli_usage(&cli_import, "the package '%s' must be called .gpkg", out);
    }
    cli_console console;
    cli_console_begin(&console, args, host);
    lf_issues *issues = lf_issues_create();
    lf_spec *spec = lf_spec_create(NULL);
    int exit_code = 4;
    if (issues && spec) {
        exit_code = import(args, &console, &spec, issues);
    } else {
        fprintf(stderr, "lifang: no memory\n");
    }
    lf_spec_destroy(spec);
    lf_issues_destroy(issues);
    return exit_code;
}

static const cli_option options[] = {
    {"output", 'o', "PACKAGE.gpkg", "the estate package to write; terrain goes beside it"},
    CLI_SOURCE_OPTIONS,
    {"name", 0, "TEXT", "name of the estate"},
    CLI_OPTION_JSON,
    CLI_OPTION_QUIET,
};
const cli_command cli_import = {
    .name = "import",
    .operands = "SOURCE...",
    .operand_min = 1,
    .operand_max = 1000,
    .text =
        "Recognises each source by its content and writes one GeoPackage that opens in QGIS and "
        "that scenarios\nimport like any file. Everything skipped, repaired or assumed is listed.",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .run = run,
};
