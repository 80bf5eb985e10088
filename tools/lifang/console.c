// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Progress, log and issues on the console.
#include "console.h"
#include "base/json.h"
#include <string.h>
#include <time.h>

static const char *const severities[] = {"note", "warning", "error"};

double cli_seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

void cli_console_begin(cli_console *console, const cli_args *args, const cli_host *host) {
    *console = (cli_console){.host = host,
                             .quiet = cli_flag(args, "quiet"),
                             .json = cli_flag(args, "json"),
                             .begin_s = cli_seconds(),
                             .told_s = -1};
}

void cli_console_clear(cli_console *console) {
    if (console->bar_open) {
        fprintf(stderr, "\r\033[K");
        fflush(stderr);
        console->bar_open = false;
    }
}

static void print_line(FILE *file, lf_buffer *line) {
    if (!line->failed && line->text) {
        fprintf(file, "%s\n", line->text);
        fflush(file);
    }
    lf_buffer_free(line);
}

// Time left from the time taken so far; nothing in the first seconds, when it would be a guess.
static double seconds_left(const cli_console *console, double done_ratio) {
    double passed = cli_seconds() - console->begin_s;
    return passed > 1 && done_ratio > 0.02 ? passed * (1 - done_ratio) / done_ratio : -1;
}

static void progress_json(const cli_console *console, const char *what, double done_ratio) {
    lf_buffer line = {0};
    lf_json json;
    lf_json_begin(&json, &line, true);
    lf_json_open(&json, '{');
    lf_json_key(&json, "event");
    lf_json_text(&json, "progress");
    lf_json_key(&json, "what");
    lf_json_text(&json, what);
    lf_json_key(&json, "done_ratio");
    lf_json_real(&json, done_ratio);
    double left = seconds_left(console, done_ratio);
    if (left >= 0) {
        lf_json_key(&json, "left_s");
        lf_json_int(&json, (long long)(left + 0.5));
    }
    lf_json_close(&json, '}');
    print_line(stdout, &line);
}

static void progress_bar(cli_console *console, const char *what, double done_ratio) {
    enum { WIDTH = 30 };
    char bar[WIDTH + 1];
    int full = (int)(done_ratio * WIDTH + 0.5);
    for (int i = 0; i < WIDTH; i++) {
        bar[i] = i < full ? '#' : '.';
    }
    bar[WIDTH] = 0;
    double left = seconds_left(console, done_ratio);
    char eta[40] = "";
    if (left >= 0) {
        long whole = (long)(left + 0.5);
        snprintf(eta, sizeof eta, " %ld:%02ld left", whole / 60, whole % 60);
    }
    fprintf(stderr, "\r[%s] %3.0f %%%s  %s\033[K", bar, 100 * done_ratio, eta, what);
    fflush(stderr);
    console->bar_open = true;
}

static void progress(void *user, const char *what, double done_ratio) {
    cli_console *console = user;
    double now = cli_seconds();
    if (console->told_s >= 0 && now - console->told_s < (console->json ? 1.0 : 0.1) &&
        done_ratio < 1) {
        return;
    }
    console->told_s = now;
    if (console->json) {
        progress_json(console, what, done_ratio);
    } else if (console->host->terminal && !console->quiet) {
        progress_bar(console, what, done_ratio);
    }
}

static void log_json(FILE *file, lf_severity severity, const char *text, bool with_time) {
    lf_buffer line = {0};
    lf_json json;
    lf_json_begin(&json, &line, true);
    lf_json_open(&json, '{');
    if (with_time) {
        char stamp[40];
        struct timespec now;
        struct tm parts;
        clock_gettime(CLOCK_REALTIME, &now);
        gmtime_r(&now.tv_sec, &parts);
        strftime(stamp, sizeof stamp, "%Y-%m-%dT%H:%M:%SZ", &parts);
        lf_json_key(&json, "time");
        lf_json_text(&json, stamp);
    } else {
        lf_json_key(&json, "event");
        lf_json_text(&json, "log");
    }
    lf_json_key(&json, "severity");
    lf_json_text(&json, severities[severity]);
    lf_json_key(&json, "text");
    lf_json_text(&json, text);
    lf_json_close(&json, '}');
    print_line(file, &line);
}

void cli_console_log(cli_console *console, lf_severity severity, const char *text) {
    if (console->log_file) {
        log_json(console->log_file, severity, text, true);
    }
    if (console->json) {
        log_json(stdout, severity, text, false);
    } else if (!console->quiet || severity == LF_ERROR) {
        cli_console_clear(console);
        fprintf(stderr, "%s%s%s\n", severity == LF_NOTE ? "" : severities[severity],
                severity == LF_NOTE ? "" : ": ", text);
    }
}

static void log_function(void *user, lf_severity severity, const char *text) {
    cli_console_log(user, severity, text);
}

lf_env cli_console_env(cli_console *console, int threads) {
    return (lf_env){.pool = threads == 1 ? NULL : lf_pool_create(threads),
                    .log = log_function,
                    .progress = progress,
                    .user = console,
                    .stop = console->host->stop};
}

static void format_issue(const lf_issue *issue, char *text, size_t size) {
    char place[400] = "";
    if (*issue->file && issue->line && issue->column) {
        snprintf(place, sizeof place, "%s:%d:%d: ", issue->file, issue->line, issue->column);
    } else if (*issue->file && issue->line) {
        snprintf(place, sizeof place, "%s:%d: ", issue->file, issue->line);
    } else if (*issue->file) {
        snprintf(place, sizeof place, "%s: ", issue->file);
    }
    char code[40] = "";
    if (issue->code != LF_OK) {
        snprintf(code, sizeof code, " [%s]", lf_code_name(issue->code));
    }
    snprintf(text, size, "%s%s%s%s%s%s%s", place, issue->feature, *issue->feature ? ": " : "",
             issue->message, *issue->mend ? "; " : "", issue->mend, code);
}

void cli_print_issues(cli_console *console, const lf_issues *issues, int first) {
    char text[1600];
    for (int i = first; i < lf_issues_kept(issues); i++) {
        const lf_issue *issue = lf_issues_at(issues, i);
        format_issue(issue, text, sizeof text);
        cli_console_log(console, issue->severity, text);
    }
    long all = 0;
    for (int severity = 0; severity < LF_SEVERITY_COUNT; severity++) {
        all += lf_issues_count(issues, (lf_severity)severity);
    }
    if (all > lf_issues_kept(issues)) {
        snprintf(text, sizeof text, "and %ld more of these kinds", all - lf_issues_kept(issues));
        cli_console_log(console, LF_WARNING, text);
    }
}

static void member(lf_json *json, const char *key, const char *text) {
    if (*text) {
        lf_json_key(json, key);
        lf_json_text(json, text);
    }
}

void cli_print_issues_json(const lf_issues *issues) {
    lf_buffer out = {0};
    lf_json json;
    lf_json_begin(&json, &out, true);
    lf_json_open(&json, '[');
    for (int i = 0; i < lf_issues_kept(issues); i++) {
        const lf_issue *issue = lf_issues_at(issues, i);
        lf_json_open(&json, '{');
        member(&json, "severity", severities[issue->severity]);
        member(&json, "code", lf_code_name(issue->code));
        member(&json, "file", issue->file);
        if (issue->line) {
            lf_json_key(&json, "line");
            lf_json_int(&json, issue->line);
        }
        if (issue->column) {
            lf_json_key(&json, "column");
            lf_json_int(&json, issue->column);
        }
        member(&json, "path", issue->feature);
        member(&json, "message", issue->message);
        member(&json, "mend", issue->mend);
        lf_json_close(&json, '}');
    }
    lf_json_close(&json, ']');
    fputs(out.text ? out.text : "[]", stdout);
    lf_buffer_free(&out);
}

lf_scenario *cli_load(const cli_args *args, cli_console *console, lf_issues *issues,
                      int *exit_code) {
    const char *const *operands, *const *overrides;
    cli_operands(args, &operands);
    int override_count = cli_list(args, "set", &overrides);
    lf_scenario *scenario = NULL;
    lf_error error = {0};
    lf_code code = lf_run_load(operands[0], overrides, override_count, &scenario, issues, &error);
    if (code == LF_OK) {
        return scenario;
    }
    cli_print_issues(console, issues, 0);
    if (!lf_issues_kept(issues)) {
        cli_report_error(&error);
    }
    *exit_code = lf_error_exit_code(&error);
    return NULL;
}
