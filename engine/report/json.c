// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// result.json, the contract: everything a program wants to know of a run, in a fixed order of keys.
// Only "seconds" may differ between two runs of one scenario.
#include "base/json.h"
#include "base/file.h"
#include "report/number.h"
#include "report/parts.h"

#include <stdio.h>

static void key_text(lf_json *json, const char *key, const char *text) {
    lf_json_key(json, key);
    lf_json_text(json, text ? text : "");
}

static void key_real(lf_json *json, const char *key, double value) {
    lf_json_key(json, key);
    lf_json_real(json, value);
}

static void write_inputs(lf_json *json, const lf_result *result) {
    lf_json_key(json, "inputs");
    lf_json_open(json, '[');
    for (int i = 0; i < result->input_count; i++) {
        const lf_input_file *input = &result->inputs[i];
        lf_json_open(json, '{');
        key_text(json, "path", input->path);
        key_text(json, "sha256", input->sha256);
        key_text(json, "quality", lf_quality_name(input->quality));
        key_text(json, "what", input->what);
        lf_json_close(json, '}');
    }
    lf_json_close(json, ']');
}

static void write_figures(lf_json *json, const lf_option_result *option) {
    lf_json_key(json, "figures");
    lf_json_open(json, '{');
    for (int i = 0; i < lf_option_figure_count(option); i++) {
        const lf_figure *figure = lf_option_figure_at(option, i);
        lf_json_key(json, figure->def->name);
        lf_json_open(json, '{');
        key_real(json, "value", figure->value);
        key_text(json, "unit", figure->def->unit);
        lf_json_key(json, "better");
        lf_json_text(json, figure->def->better < 0   ? "less"
                           : figure->def->better > 0 ? "more"
                                                     : "neither");
        key_text(json, "quality", lf_quality_name(figure->quality));
        key_text(json, "label", figure->def->doc);
        key_text(json, "label_zh", figure->def->doc_zh);
        lf_json_close(json, '}');
    }
    lf_json_close(json, '}');
}

static void write_ledger_side(lf_json *json, const char *key, const lf_ledger_line *lines,
                              int count) {
    lf_json_key(json, key);
    lf_json_open(json, '{');
    for (int i = 0; i < count; i++) {
        key_real(json, lines[i].name, lines[i].amount);
    }
    lf_json_close(json, '}');
}

static void write_ledgers(lf_json *json, const lf_option_result *option) {
    lf_json_key(json, "ledgers");
    lf_json_open(json, '{');
    for (int i = 0; i < lf_option_ledger_count(option); i++) {
        const lf_ledger *ledger = lf_option_ledger_at(option, i);
        lf_json_key(json, ledger->name);
        lf_json_open(json, '{');
        key_text(json, "unit", ledger->unit);
        write_ledger_side(json, "in", ledger->in, ledger->in_count);
        write_ledger_side(json, "out", ledger->out, ledger->out_count);
        write_ledger_side(json, "stored", ledger->stored, ledger->stored_count);
        key_real(json, "error", ledger->error);
        key_real(json, "error_ratio", ledger->error_ratio);
        lf_json_close(json, '}');
    }
    lf_json_close(json, '}');
}

static void write_notes(lf_json *json, const lf_option_result *option) {
    lf_json_key(json, "notes");
    lf_json_open(json, '[');
    for (int i = 0; i < lf_option_note_count(option); i++) {
        const lf_note *note = lf_option_note_at(option, i);
        lf_json_open(json, '{');
        key_text(json, "quality", lf_quality_name(note->quality));
        key_text(json, "text", note->text);
        lf_json_close(json, '}');
    }
    lf_json_close(json, ']');
}

// Only where an option ended early.
static void write_partial(lf_json *json, const lf_option_result *option) {
    double until_s;
    const char *why = lf_option_partial(option, &until_s);
    if (why) {
        lf_json_key(json, "partial");
        lf_json_open(json, '{');
        key_real(json, "until_s", until_s);
        key_text(json, "why", why);
        lf_json_close(json, '}');
    }
}

static void write_option(lf_json *json, const lf_result *result, int index) {
    const lf_option_result *option = result->options[index];
    char slug[LF_REPORT_SLUG_SIZE], hash[32];
    snprintf(hash, sizeof hash, "%016llx", (unsigned long long)lf_option_hash(option));
    lf_json_open(json, '{');
    key_text(json, "name", lf_option_name(option));
    key_text(json, "slug", lf_report_option_slug(result, index, slug));
    key_text(json, "hash", hash);
    write_partial(json, option);
    write_figures(json, option);
    write_ledgers(json, option);
    write_notes(json, option);
    lf_json_key(json, "seconds");
    lf_json_open(json, '{');
    for (int i = 0; i < lf_option_seconds_count(option); i++) {
        const lf_ledger_line *line = lf_option_seconds_at(option, i);
        key_real(json, line->name, line->amount);
    }
    lf_json_close(json, '}');
    lf_json_close(json, '}');
}

static void write_checks(lf_json *json, const lf_result *result) {
    lf_json_key(json, "checks");
    lf_json_open(json, '[');
    for (int i = 0; i < result->check_count; i++) {
        const lf_check_result *check = &result->checks[i];
        lf_json_open(json, '{');
        key_text(json, "text", check->text);
        key_text(json, "option", check->option);
        lf_json_key(json, "pass");
        lf_json_bool(json, check->pass);
        lf_json_key(json, "defined");
        lf_json_bool(json, check->defined);
        key_real(json, "value", check->value);
        key_text(json, "message", check->message);
        lf_json_close(json, '}');
    }
    lf_json_close(json, ']');
}

lf_code lf_report_json(const lf_result *result, const char *folder, lf_error *error) {
    lf_buffer text = {0};
    lf_json json;
    lf_json_begin(&json, &text, false);
    lf_json_open(&json, '{');
    key_text(&json, "lifang", lf_version());
    key_text(&json, "scenario", result->scenario);
    key_text(&json, "title", result->title);
    lf_json_key(&json, "seed");
    // Numbers above 2^53 do not survive every JSON reader: as text then.
    if (result->seed <= 9007199254740992u) {
        lf_json_int(&json, (long long)result->seed);
    } else {
        char seed[32];
        snprintf(seed, sizeof seed, "%llu", (unsigned long long)result->seed);
        lf_json_text(&json, seed);
    }
    write_inputs(&json, result);
    lf_json_key(&json, "options");
    lf_json_open(&json, '[');
    for (int i = 0; i < result->option_count; i++) {
        write_option(&json, result, i);
    }
    lf_json_close(&json, ']');
    write_checks(&json, result);
    lf_json_close(&json, '}');
    lf_buffer_add(&text, "\n");
    return lf_report_write(&text, folder, "result.json", error);
}
