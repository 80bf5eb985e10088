// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// `lifang new`: a commented starter scenario for an estate. What it writes must validate and run as
// it stands, so only modules that the data can feed and measures that find something are switched
// on; the rest is there as comments with the reason.
#include "base/csv.h"
#include "base/file.h"
#include "base/text.h"
#include "console.h"
#include "gaps.h"
#include "lifang/measure.h"
#include "lifang/module.h"
#include "schema.h"
#include "sources.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct draft {
    const cli_args *args;
    lf_buffer out;
    const lf_spec *spec;
    cli_gap gaps[CLI_GAPS_MAX];
    int gap_count;
    bool synthesise;
    char formula[80]; // storm formula to start with, "" = none known
    char formulas[1500];
    const char *comment; // "# " while writing what is switched off, else ""
} draft;

// Settings from the field tables
// -------------------------------------------------------------------

static bool is_valid(const lf_field *field, const void *row, const char *value) {
    char copy[64] = {0};
    if (field->type == LF_TEXT) {
        return strcmp(value, "\"\"") != 0;
    }
    if (isnan(lf_field_number(field, row)) || strlen(value) >= sizeof copy) {
        return false;
    }
    lf_field probe = *field; // reads into a place of its own
    union {
        double number;
        int whole;
        bool truth;
    } place = {0};
    probe.offset = 0;
    return lf_field_set_text(&probe, &place, value, NULL) == LF_OK;
}

// A value that a starter should have instead of the table's default, or NULL.
static const char *better_value(const draft *at, const char *path) {
    if (strcmp(path, "modules.drain.storm.formula") == 0 && at->formula[0]) {
        return at->formula;
    }
    if (strcmp(path, "run.start") == 0) {
        return "17:00";
    }
    return NULL;
}

static void write_line(draft *at, int indent, const lf_field *field, const char *value, bool off) {
    char line[400], range[600], note[900];
    snprintf(line, sizeof line, "%*s%s%s%s: %s", indent, "", at->comment,
             off && !*at->comment ? "# " : "", field->name, value);
    const char *unit = lf_unit_of(field->name);
    cli_schema_range(field, range, sizeof range);
    bool has_unit = *unit && strcmp(unit, "1") != 0;
    snprintf(note, sizeof note, "%s%s%s%s%s%s", field->doc, has_unit || *range ? " (" : "",
             has_unit ? unit : "", has_unit && *range ? ", " : "", range,
             has_unit || *range ? ")" : "");
    lf_buffer_addf(&at->out, "%-44s # %s\n", line, note);
}

static void write_fields(draft *at, int indent, const char *path, const lf_table *table,
                         const void *row) {
    for (int i = 0; i < table->count; i++) {
        const lf_field *field = &table->fields[i];
        char inner[200], value[400];
        snprintf(inner, sizeof inner, "%.120s.%.70s", path, field->name);
        if (field->type == LF_GROUP) {
            lf_buffer_addf(&at->out, "%*s%s%s: # %s\n", indent, "", at->comment, field->name,
                           field->doc);
            write_fields(at, indent + 2, inner, field->group, (const char *)row + field->offset);
            continue;
        }
        const char *better = better_value(at, inner);
        cli_schema_value(field, row, value, sizeof value);
        bool off = !better && !is_valid(field, row, value);
        write_line(at, indent, field, better ? better : off ? "" : value, off);
        if (strcmp(inner, "modules.drain.storm.formula") == 0 && at->formulas[0]) {
            lf_buffer_addf(&at->out, "%*s# known: %s\n", indent, "", at->formulas);
        }
    }
}

static void write_table(draft *at, int indent, const char *path, const lf_table *table) {
    void *row = calloc(1, table->size + 1);
    if (!row) {
        at->out.failed = true;
        return;
    }
    lf_table_defaults(table, row);
    write_fields(at, indent, path, table, row);
    free(row);
}

// Storm formulas
// -----------------------------------------------------------------------------------

// All formulas with their region; the first whose source was checked is the one to start with.
static void list_formulas(draft *at) {
    char path[1100];
    lf_csv *csv = NULL;
    if (lf_file_asset("storms/formulas.csv", path, sizeof path, NULL) != LF_OK ||
        lf_csv_read(path, &csv, NULL) != LF_OK) {
        return;
    }
    int name = lf_csv_column(csv, "formula"), region = lf_csv_column(csv, "region");
    int status = lf_csv_column(csv, "status");
    const char *last = "";
    for (int row = 0; name >= 0 && region >= 0 && row < lf_csv_rows(csv); row++) {
        const char *formula = lf_csv_cell(csv, row, name);
        if (strcmp(formula, last) == 0) {
            continue;
        }
        last = formula;
        size_t length = strlen(at->formulas);
        snprintf(at->formulas + length, sizeof at->formulas - length, "%s%s (%s)",
                 length ? ", " : "", formula, lf_csv_cell(csv, row, region));
        bool verified = status >= 0 && strcmp(lf_csv_cell(csv, row, status), "verified") == 0;
        if (!at->formula[0] && verified) {
            snprintf(at->formula, sizeof at->formula, "%s", formula);
        }
    }
    lf_csv_free(csv);
}

// Sections
// -----------------------------------------------------------------------------------------

// The file as seen from the scenario's folder, so that both can be moved together.
static void relative_path(const char *file, const char *scenario, char *out, size_t size) {
    char folder[1100];
    lf_file_folder(folder, sizeof folder, scenario);
    char *from = realpath(folder, NULL), *to = realpath(file, NULL);
    snprintf(out, size, "%s", file);
    if (from && to && file[0] != '/') {
        size_t same = 0;
        for (size_t i = 0; from[i] == to[i] || (!from[i] && to[i] == '/'); i++) {
            if (!from[i] || from[i] == '/') {
                same = i + 1;
            }
            if (!from[i]) {
                break;
            }
        }
        out[0] = 0;
        bool below = strlen(from) < same;
        for (const char *at = from + (below ? strlen(from) : same); !below && at;
             at = strchr(at + 1, '/')) {
            size_t length = strlen(out);
            snprintf(out + length, size - length, "../");
        }
        size_t length = strlen(out);
        snprintf(out + length, size - length, "%s", to + same);
    }
    free(from);
    free(to);
}

// File name without folder and extension.
static const char *stem_of(const char *file, char *out, size_t size) {
    snprintf(out, size, "%s", lf_file_name(file));
    char *dot = strrchr(out, '.');
    if (dot && dot != out) {
        *dot = 0;
    }
    return out;
}

static void write_estate(draft *at, const char *const *files, int count, const char *scenario) {
    char value[500], path[1100];
    lf_field text = {.name = "", .type = LF_TEXT};
    char stem[200];
    stem_of(files[0], stem, sizeof stem);
    const char *name = *lf_spec_name(at->spec) ? lf_spec_name(at->spec) : stem;
    lf_buffer_add(&at->out, "estate:\n");
    lf_buffer_addf(&at->out, "  name: %s\n", cli_schema_value(&text, &name, value, sizeof value));
    lf_buffer_addf(&at->out, "  crs: %s\n  imports:\n", lf_spec_frame_const(at->spec)->crs);
    for (int i = 0; i < count; i++) {
        relative_path(files[i], scenario, path, sizeof path);
        const char *relative = path;
        lf_buffer_addf(&at->out, "    - {file: %s}\n",
                       cli_schema_value(&text, &relative, value, sizeof value));
    }
    bool any = false;
    for (int i = 0; i < at->gap_count; i++) {
        if (!at->gaps[i].synthesise) {
            continue;
        }
        if (!any) {
            lf_buffer_addf(
                &at->out,
                "  # Nothing is made up in silence. These lines allow it; every figure that "
                "rests on it is\n  # labelled synthetic.\n  %ssynthesise:\n",
                at->synthesise ? "" : "# ");
        }
        any = true;
        lf_buffer_addf(&at->out, "  %s  %-40s # because: %s\n", at->synthesise ? "" : "# ",
                       at->gaps[i].synthesise, at->gaps[i].what);
    }
    lf_buffer_add(&at->out, "\n");
}

static void write_module(draft *at, const lf_module *module) {
    bool runs = cli_gaps_can_run(at->gaps, at->gap_count, module->name, at->synthesise);
    at->comment = runs ? "" : "# ";
    for (int i = 0; i < at->gap_count; i++) {
        const cli_gap *gap = &at->gaps[i];
        if (strcmp(gap->module, module->name) == 0) {
            lf_buffer_addf(&at->out, "  # %s: %s\n", gap->what, gap->fill);
        }
    }
    if (!runs) {
        lf_buffer_addf(&at->out, "  # %s does not run until that is mended:\n", module->name);
    }
    char path[80];
    snprintf(path, sizeof path, "modules.%s", module->name);
    lf_buffer_addf(&at->out, "  %s%s: # %s\n", at->comment, module->name, module->doc);
    write_table(at, 4, path, module->settings);
    at->comment = "";
    lf_buffer_add(&at->out, "\n");
}

// True if the measure with its defaults finds something to do here.
static bool has_effect(const lf_measure *measure, const lf_spec *spec) {
    lf_spec *copy = lf_spec_copy(spec);
    void *params = calloc(1, measure->params->size + 1);
    int before = 0, after = 0;
    bool done = false;
    if (copy && params) {
        lf_table_defaults(measure->params, params);
        lf_spec_works(copy, &before);
        done = measure->apply(params, copy, NULL, NULL) == LF_OK;
        lf_spec_works(copy, &after);
    }
    free(params);
    lf_spec_destroy(copy);
    return done && after > before;
}

// A first try that most estates can use: water, cars.
static bool is_first_idea(const char *name) {
    static const char *const ideas[] = {"rain_garden", "inlet_cleaning", "chargers", "gate_lanes"};
    for (size_t i = 0; i < sizeof ideas / sizeof ideas[0]; i++) {
        if (strcmp(ideas[i], name) == 0) {
            return true;
        }
    }
    return false;
}

static void write_measure(draft *at, const lf_measure *measure, bool active) {
    at->comment = active ? "" : "# ";
    lf_buffer_addf(&at->out, "      %s- %s: # %s (%s)\n", at->comment, measure->name, measure->doc,
                   lf_layer_name(measure->layer));
    char path[80];
    snprintf(path, sizeof path, "measure.%s", measure->name);
    write_table(at, 10, path, measure->params);
    at->comment = "";
}

static void write_options(draft *at) {
    lf_buffer_add(&at->out, "# The first option is the base that the others are compared with.\n"
                            "options:\n  - name: as it is\n  - name: first ideas\n    measures:\n");
    int active = 0;
    for (int i = 0; lf_measure_at(i); i++) {
        const lf_measure *measure = lf_measure_at(i);
        if (is_first_idea(measure->name) && has_effect(measure, at->spec)) {
            write_measure(at, measure, true);
            active++;
        }
    }
    if (!active) {
        lf_buffer_add(&at->out,
                      "      [] # take away these brackets and the signs in front of what you "
                      "want\n");
    }
    for (int i = 0; lf_measure_at(i); i++) {
        const lf_measure *measure = lf_measure_at(i);
        if (!is_first_idea(measure->name) || !has_effect(measure, at->spec)) {
            write_measure(at, measure, false);
        }
    }
    lf_buffer_add(&at->out, "\n");
}

static bool ends_with(const char *text, const char *end) {
    size_t length = strlen(text), tail = strlen(end);
    return length >= tail && strcmp(text + length - tail, end) == 0;
}

// Balances must close; what else must hold is for the planner to say.
static void write_checks(draft *at) {
    lf_buffer_add(
        &at->out,
        "# What must hold; lifang run exits with 1 when it does not. A bare figure means every "
        "option;\n# option('first ideas').drain.max_depth_m means one.\nchecks:\n");
    int count = 0;
    for (int i = 0; lf_module_at(i); i++) {
        const lf_module *module = lf_module_at(i);
        bool runs = cli_gaps_can_run(at->gaps, at->gap_count, module->name, at->synthesise);
        for (int k = 0; k < module->figure_count; k++) {
            const lf_figure_def *figure = &module->figures[k];
            bool balance = ends_with(figure->name, "balance_error_ratio");
            if (balance && runs) {
                lf_buffer_addf(&at->out, "  - %s < 1e-6\n", figure->name);
                count++;
            } else {
                lf_buffer_addf(&at->out, "  # - %s < 1   # %s (%s)\n", figure->name, figure->doc,
                               figure->unit);
            }
        }
    }
    if (!count) {
        lf_buffer_add(&at->out, "  []\n");
    }
}

static void write_all(draft *at, const char *const *files, int count, const char *scenario) {
    lf_buffer_addf(
        &at->out,
        "# A starter scenario, written by lifang %s. Each line shows its default, unit and "
        "meaning; lines that\n# you do not need can go. `lifang validate` checks it, `lifang "
        "run` computes it.\nlifang: 1\n\n",
        lf_version());
    write_estate(at, files, count, scenario);
    lf_buffer_add(&at->out, "run:\n");
    for (int i = 0; lf_scenario_table_at(i); i++) {
        if (strcmp(lf_scenario_table_at(i)->name, "run") == 0) {
            write_table(at, 2, "run", lf_scenario_table_at(i));
        }
    }
    lf_buffer_add(&at->out, "\nmodules:\n");
    int running = 0;
    for (int i = 0; lf_module_at(i); i++) {
        running += cli_gaps_can_run(at->gaps, at->gap_count, lf_module_at(i)->name, at->synthesise);
        write_module(at, lf_module_at(i));
    }
    if (!running) {
        lf_buffer_add(&at->out, "  {} # none can run with this data\n\n");
    }
    write_options(at);
    lf_buffer_add(&at->out, "outputs: [json, junit, series, html, xlsx, gpkg, tif]\n\n");
    write_checks(at);
}

// The verb
// -----------------------------------------------------------------------------------------

static int write_scenario(draft *at, const char *const *files, int count, cli_console *console) {
    char scenario[1100];
    lf_error error = {0};
    const char *output = cli_text(at->args, "output");
    if (output) {
        snprintf(scenario, sizeof scenario, "%s", output);
    } else {
        char stem[200];
        snprintf(scenario, sizeof scenario, "%s.yaml", stem_of(files[0], stem, sizeof stem));
    }
    if (lf_file_exists(scenario) && !cli_flag(at->args, "force")) {
        return cli_usage(&cli_new, "%s exists; give another -o, or --force to replace it",
                         scenario);
    }
    at->gap_count = cli_gaps_find(at->spec, at->gaps);
    list_formulas(at);
    write_all(at, files, count, scenario);
    if (at->out.failed) {
        fprintf(stderr, "lifang: no memory\n");
        return 4;
    }
    if (lf_file_write(scenario, at->out.text, at->out.length, &error) != LF_OK) {
        return cli_report_error(&error);
    }
    if (!console->quiet) {
        printf("Written to %s. Next: lifang validate %s; lifang run %s\n", scenario, scenario,
               scenario);
    }
    return 0;
}

static int run(const cli_args *args, const cli_host *host) {
    const char *const *files;
    int count = cli_operands(args, &files), exit_code = 0;
    if (strcmp(files[0], "scenario") == 0 || strcmp(files[0], "estate") == 0) {
        files++;
        count--;
    }
    if (count < 1) {
        return cli_usage(&cli_new, "FILE is missing");
    }
    cli_console console;
    cli_console_begin(&console, args, host);
    draft *at = calloc(1, sizeof *at);
    lf_spec *spec = lf_spec_create(NULL);
    lf_issues *issues = lf_issues_create();
    cli_source_def def = {0};
    lf_error error = {0};
    lf_code code = at && spec ? LF_OK : lf_fail(&error, LF_MEMORY, LF_FROM_RUN, "no memory");
    for (int i = 0; code == LF_OK && i < count; i++) {
        code = cli_source_import(&def, files[i], &spec, issues, &error);
    }
    if (code == LF_OK) {
        *at = (draft){.args = args, .spec = spec, .comment = ""};
        at->synthesise = cli_flag(args, "synthesise");
        exit_code = write_scenario(at, files, count, &console);
    } else {
        cli_print_issues(&console, issues, 0);
        exit_code = cli_report_error(&error);
    }
    if (at) {
        lf_buffer_free(&at->out);
    }
    lf_spec_destroy(spec);
    lf_issues_destroy(issues);
    free(at);
    return exit_code;
}

static const cli_option options[] = {
    {"output", 'o', "PLAN.yaml", "the scenario to write; default: named as the first file"},
    {"synthesise", 0, NULL, "allow made-up data (terrain, pipes, stalls) where a module lacks it"},
    {"force", 'f', NULL, "replace an existing file"},
    CLI_OPTION_QUIET,
};
const cli_command cli_new = {
    .name = "new",
    .operands = "[scenario] FILE...",
    .operand_min = 1,
    .operand_max = 1000,
    .text = "FILE is an estate package that `lifang import` wrote, or any source. Modules that the "
            "data "
            "cannot feed\nare there as comments, with the reason.",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .run = run,
};
