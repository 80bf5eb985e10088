// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// junit.xml for CI: one suite of the scenario's checks, and one suite per option whose cases are
// its ledgers. A check that could not be evaluated is an error, one that does not hold a failure.
#include "base/json.h"
#include "report/number.h"
#include "report/parts.h"

#include <math.h>
#include <stdio.h>

// The project's promise: volumes close to 1e-6, vehicles and money exactly (a double of whole fen).
#define LEDGER_LIMIT_RATIO 1e-6

static void attribute(lf_buffer *out, const char *name, const char *text) {
    lf_buffer_addf(out, " %s=\"", name);
    lf_report_escape(out, text ? text : "");
    lf_buffer_add(out, "\"");
}

static void open_suite(lf_buffer *out, const char *name, int tests, int failures, int errors) {
    lf_buffer_add(out, "  <testsuite");
    attribute(out, "name", name);
    lf_buffer_addf(out, " tests=\"%d\" failures=\"%d\" errors=\"%d\" skipped=\"0\">\n", tests,
                   failures, errors);
}

static void write_check(lf_buffer *out, const lf_check_result *check) {
    char number[32];
    lf_buffer_add(out, "    <testcase classname=\"checks\"");
    attribute(out, "name", check->text);
    if (check->pass) {
        lf_buffer_add(out, "/>\n");
        return;
    }
    const char *kind = check->defined ? "failure" : "error";
    lf_buffer_addf(out, ">\n      <%s", kind);
    attribute(out, "message", check->message && check->message[0] ? check->message : check->text);
    lf_buffer_add(out, ">");
    lf_report_escape(out, check->text);
    if (check->option && check->option[0]) {
        lf_buffer_add(out, "\noption: ");
        lf_report_escape(out, check->option);
    }
    lf_buffer_addf(out, "\nvalue: %s",
                   isnan(check->value) ? "undefined" : lf_text_from_real(check->value, number));
    if (check->message && check->message[0]) {
        lf_buffer_add(out, "\n");
        lf_report_escape(out, check->message);
    }
    lf_buffer_addf(out, "</%s>\n    </testcase>\n", kind);
}

static bool ledger_closes(const lf_ledger *ledger) {
    return ledger->error_ratio <= LEDGER_LIMIT_RATIO; // NaN does not close
}

static void write_ledger(lf_buffer *out, const lf_ledger *ledger) {
    char number[32];
    lf_buffer_add(out, "    <testcase classname=\"ledgers\"");
    attribute(out, "name", ledger->name);
    if (ledger_closes(ledger)) {
        lf_buffer_add(out, "/>\n");
        return;
    }
    lf_buffer_add(out,
                  ">\n      <failure message=\"the ledger does not close\">in - out - stored = ");
    lf_buffer_addf(out, "%s ", lf_text_from_real(ledger->error, number));
    lf_report_escape(out, ledger->unit);
    lf_buffer_addf(out, ", ratio %s (limit %g)</failure>\n    </testcase>\n",
                   lf_text_from_real(ledger->error_ratio, number), LEDGER_LIMIT_RATIO);
}

static int open_ledgers(const lf_option_result *option) {
    int open = 0;
    for (int i = 0; i < lf_option_ledger_count(option); i++) {
        open += !ledger_closes(lf_option_ledger_at(option, i));
    }
    return open;
}

// An option that ended early is an error of its suite.
static int write_partial(lf_buffer *out, const lf_option_result *option) {
    const char *why = lf_option_partial(option, NULL);
    if (why && out) {
        lf_buffer_add(out, "    <testcase classname=\"run\" name=\"runs to its end\">\n      "
                           "<error");
        attribute(out, "message", why);
        lf_buffer_add(out, "/>\n    </testcase>\n");
    }
    return why != NULL;
}

lf_code lf_report_junit(const lf_result *result, const char *folder, lf_error *error) {
    lf_buffer out = {0};
    int tests = result->check_count, failures = 0, errors = 0;
    for (int i = 0; i < result->check_count; i++) {
        failures += !result->checks[i].pass && result->checks[i].defined;
        errors += !result->checks[i].pass && !result->checks[i].defined;
    }
    int check_failures = failures, check_errors = errors;
    for (int i = 0; i < result->option_count; i++) {
        tests += lf_option_ledger_count(result->options[i]);
        failures += open_ledgers(result->options[i]);
        tests += write_partial(NULL, result->options[i]);
        errors += write_partial(NULL, result->options[i]);
    }
    lf_buffer_add(&out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites");
    attribute(&out, "name", result->title);
    lf_buffer_addf(&out, " tests=\"%d\" failures=\"%d\" errors=\"%d\">\n", tests, failures, errors);
    open_suite(&out, result->scenario, result->check_count, check_failures, check_errors);
    for (int i = 0; i < result->check_count; i++) {
        write_check(&out, &result->checks[i]);
    }
    lf_buffer_add(&out, "  </testsuite>\n");
    for (int i = 0; i < result->option_count; i++) {
        const lf_option_result *option = result->options[i];
        int count = lf_option_ledger_count(option);
        int partial = write_partial(NULL, option);
        open_suite(&out, lf_option_name(option), count + partial, open_ledgers(option), partial);
        write_partial(&out, option);
        for (int j = 0; j < count; j++) {
            write_ledger(&out, lf_option_ledger_at(option, j));
        }
        lf_buffer_add(&out, "  </testsuite>\n");
    }
    lf_buffer_add(&out, "</testsuites>\n");
    return lf_report_write(&out, folder, "junit.xml", error);
}
