// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// `lifang info`: what files hold, what is missing for each module, and what could fill the gaps.
#include "console.h"
#include "gaps.h"
#include "lifang/module.h"
#include "sources.h"
#include "summary.h"
#include <string.h>

typedef struct job {
    cli_console console;
    cli_source_def def;
    lf_spec *all; // every file that could be read
    lf_json json;
    int exit_code;
} job;

static void tell_issues(const lf_issues *issues) {
    long errors = lf_issues_count(issues, LF_ERROR), warnings = lf_issues_count(issues, LF_WARNING);
    enum { SHOWN = 12 };
    if (errors + warnings == 0) {
        return;
    }
    printf("  not recognised, skipped or repaired (%ld):\n", errors + warnings);
    int shown = 0;
    for (int i = 0; i < lf_issues_kept(issues); i++) {
        const lf_issue *issue = lf_issues_at(issues, i);
        if (issue->severity == LF_NOTE || shown >= SHOWN) {
            continue;
        }
        shown++;
        printf("    %s%s%s%s%s\n", issue->feature, *issue->feature ? ": " : "", issue->message,
               *issue->mend ? "; " : "", issue->mend);
    }
    if (errors + warnings > shown) {
        printf("    and %ld more\n", errors + warnings - shown);
    }
}

static void tell_file(job *at, const char *path, const char *importer, const char *doc,
                      const cli_stock *before, const lf_issues *issues, const lf_error *error) {
    if (at->console.json) {
        lf_json_open(&at->json, '{');
        lf_json_key(&at->json, "path");
        lf_json_text(&at->json, path);
        lf_json_key(&at->json, "importer");
        lf_json_text(&at->json, importer);
        if (error->code != LF_OK) {
            lf_json_key(&at->json, "error");
            lf_json_text(&at->json, error->message);
        } else {
            lf_json_key(&at->json, "estate");
            cli_summary_json(&at->json, at->all, before);
        }
        lf_json_close(&at->json, '}');
        return;
    }
    if (*importer) {
        printf("%s: %s, %s\n", path, importer, doc);
    } else {
        printf("%s: not recognised\n", path);
    }
    if (error->code != LF_OK) {
        fflush(stdout);
        cli_report_error(error);
    } else {
        cli_summary_print(at->all, before);
        tell_issues(issues);
    }
}

// Each file is read on top of those before it, so that one without a CRS takes theirs.
static void look_at(job *at, const char *path) {
    lf_error error = {0};
    lf_issues *issues = lf_issues_create();
    cli_stock before = cli_stock_of(at->all);
    const lf_importer *importer = lf_io_recognise(path, &error);
    if (importer) {
        error = (lf_error){0};
        cli_source_import(&at->def, path, &at->all, issues, &error);
    }
    tell_file(at, path, importer ? importer->name : "", importer ? importer->doc : "", &before,
              issues, &error);
    if (error.code != LF_OK) {
        at->exit_code = lf_error_exit_code(&error);
    }
    lf_issues_destroy(issues);
}

static const char *purpose(const char *module) {
    return strcmp(module, "drain") == 0  ? "drainage"
           : strcmp(module, "park") == 0 ? "parking"
                                         : "money";
}

static void tell_gaps(const cli_gap *gaps, int count, const char *module) {
    bool runs = cli_gaps_can_run(gaps, count, module, false);
    bool made_up = cli_gaps_can_run(gaps, count, module, true);
    printf("\n%s (modules.%s): %s\n", purpose(module), module,
           runs      ? "can run"
           : made_up ? "can run with synthetic data if the scenario asks for it"
                     : "cannot run");
    for (int i = 0; i < count; i++) {
        if (strcmp(gaps[i].module, module) != 0) {
            continue;
        }
        printf("  %s %s: %s\n", gaps[i].blocks ? "missing:" : "gap:    ", gaps[i].what,
               gaps[i].fill);
        if (gaps[i].synthesise) {
            printf("           estate.synthesise: {%s}\n", gaps[i].synthesise);
        }
    }
}

static void json_gaps(lf_json *json, const cli_gap *gaps, int count) {
    lf_json_key(json, "gaps");
    lf_json_open(json, '[');
    for (int i = 0; i < count; i++) {
        lf_json_open(json, '{');
        lf_json_key(json, "module");
        lf_json_text(json, gaps[i].module);
        lf_json_key(json, "blocks");
        lf_json_bool(json, gaps[i].blocks);
        lf_json_key(json, "what");
        lf_json_text(json, gaps[i].what);
        lf_json_key(json, "fill");
        lf_json_text(json, gaps[i].fill);
        if (gaps[i].synthesise) {
            lf_json_key(json, "synthesise");
            lf_json_text(json, gaps[i].synthesise);
        }
        lf_json_close(json, '}');
    }
    lf_json_close(json, ']');
}

static int conclude(job *at, int file_count) {
    cli_gap gaps[CLI_GAPS_MAX];
    int count = cli_gaps_find(at->all, gaps);
    if (at->console.json) {
        lf_json_close(&at->json, ']');
        json_gaps(&at->json, gaps, count);
        lf_json_close(&at->json, '}');
        printf("%s\n", at->json.out->text ? at->json.out->text : "{}");
        return at->exit_code;
    }
    if (file_count > 1) {
        printf("\nTogether:\n");
        cli_summary_print(at->all, NULL);
    }
    for (int i = 0; lf_module_at(i); i++) {
        tell_gaps(gaps, count, lf_module_at(i)->name);
    }
    return at->exit_code;
}

static int run(const cli_args *args, const cli_host *host) {
    job at = {.exit_code = 0};
    cli_console_begin(&at.console, args, host);
    if (!cli_source_read(args, &cli_info, &at.def, &at.exit_code)) {
        return at.exit_code;
    }
    lf_buffer out = {0};
    at.all = lf_spec_create(NULL);
    if (!at.all) {
        fprintf(stderr, "lifang: no memory\n");
        return 4;
    }
    lf_json_begin(&at.json, &out, true);
    lf_json_open(&at.json, '{');
    lf_json_key(&at.json, "files");
    lf_json_open(&at.json, '[');
    const char *const *files;
    int count = cli_operands(args, &files);
    for (int i = 0; i < count && !*host->stop; i++) {
        if (i > 0 && !at.console.json) {
            printf("\n");
        }
        look_at(&at, files[i]);
    }
    int exit_code = cli_signals_exit(conclude(&at, count));
    lf_spec_destroy(at.all);
    lf_buffer_free(&out);
    return exit_code;
}

static const cli_option options[] = {
    CLI_SOURCE_OPTIONS,
    CLI_OPTION_JSON,
};
const cli_command cli_info = {
    .name = "info",
    .operands = "FILE...",
    .operand_min = 1,
    .operand_max = 1000,
    .text = "Reads each file, then all of them together, and writes nothing.",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .run = run,
};
