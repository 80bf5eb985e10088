// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Scenario file -> lf_scenario. Reads section by section and goes on after a problem, so that one
// validation shows them all.
#include "run/scenario.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/text.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FORMAT_VERSION = 1 };

void *lf_run_take(lf_run_reader *reader, const lf_run_node *node, size_t bytes) {
    void *block = lf_arena_take(reader->arena, bytes);
    if (!block) {
        lf_run_problem(reader, node, false, LF_MEMORY, "no memory for the scenario");
    }
    return block;
}

static bool is_list(lf_run_reader *reader, const lf_run_node *node, const char *of_what) {
    if (node->kind == LF_RUN_LIST) {
        return true;
    }
    if (!lf_run_node_is_null(node)) {
        lf_run_problem(reader, node, false, LF_TYPE, "%s stands where a list of %s is needed",
                       lf_run_node_what(node), of_what);
    }
    return false;
}

static void read_version(lf_run_reader *reader, const lf_run_node *root) {
    const lf_run_node *node = lf_run_node_find(root, "lifang");
    long long version = 0;
    if (!node) {
        lf_run_problem(reader, root, false, LF_FORMAT,
                       "the first key must be 'lifang: 1', the version of the scenario format");
    } else if (node->kind != LF_RUN_SCALAR || !lf_text_int(node->text, &version) ||
               version != FORMAT_VERSION) {
        lf_run_problem(reader, node, false, LF_FORMAT,
                       "this program reads scenario format 1; write 'lifang: 1'");
    }
}

static const char *const import_extras[] = {"at", "clip", NULL};

// Items are {file: ..., crs: ...} or just the file's name.
static void read_import(lf_run_reader *reader, const lf_run_node *node, lf_run_import *import) {
    lf_table_defaults(&lf_run_import_table, import);
    import->node = node;
    const lf_run_node *file = node;
    int problems = reader->problems;
    if (node->kind == LF_RUN_SCALAR && !lf_run_node_is_null(node)) {
        import->file = lf_run_path(reader, node, node->text);
    } else {
        lf_run_fill(reader, node, &lf_run_import_table, import_extras, import);
        file = lf_run_node_find(node, "file");
        if (reader->problems == problems && !*import->file) {
            lf_run_problem(reader, node, false, LF_MISSING, "the key 'file' is missing");
        }
    }
    import->written = file && file->kind == LF_RUN_SCALAR ? file->text : "";
    if (*import->map) {
        const char *map = lf_run_path(reader, lf_run_node_find(node, "map"), import->map);
        import->map = map ? map : "";
    }
    const lf_run_node *at = lf_run_node_find(node, "at"), *clip = lf_run_node_find(node, "clip");
    import->has_at = at && lf_run_numbers(reader, at, import->at, 3);
    import->clip = clip && lf_run_numbers(reader, clip, import->clip_wsen, 4);
    const double *w = import->clip_wsen;
    if (import->clip &&
        !(w[0] < w[2] && w[1] < w[3] && w[0] >= -180 && w[2] <= 180 && w[1] >= -90 && w[3] <= 90)) {
        lf_run_problem(
            reader, clip, false, LF_RANGE,
            "clip is [west, south, east, north] in degrees, with west < east and south < north");
    }
}

static void read_imports(lf_run_reader *reader, lf_scenario *scenario, const lf_run_node *node) {
    if (!node || !is_list(reader, node, "files") || !node->count) {
        return;
    }
    scenario->imports = lf_run_take(reader, node, (size_t)node->count * sizeof *scenario->imports);
    for (const lf_run_node *item = node->first; scenario->imports && item; item = item->next) {
        read_import(reader, item, &scenario->imports[scenario->import_count++]);
    }
}

// {pipes: from_roads_and_terrain}: done in the order of lf_run_syntheses, whatever the file's
// order, because pipes need a terrain to run down on.
static void read_syntheses(lf_run_reader *reader, lf_scenario *scenario, const lf_run_node *node) {
    if (!node || lf_run_node_is_null(node)) {
        return;
    }
    if (node->kind != LF_RUN_MAP) {
        lf_run_problem(reader, node, false, LF_TYPE,
                       "write a map such as {pipes: from_roads_and_terrain}");
        return;
    }
    scenario->syntheses =
        lf_run_take(reader, node, ((size_t)node->count + 1) * sizeof *scenario->syntheses);
    if (!scenario->syntheses) {
        return;
    }
    for (int i = 0; lf_run_syntheses[i]; i++) {
        const lf_run_node *item = lf_run_node_find(node, lf_run_syntheses[i]);
        const char *how = item ? lf_run_text(reader, item) : NULL;
        if (how) {
            scenario->syntheses[scenario->synthesis_count++] =
                (lf_run_synthesis){.what = lf_run_syntheses[i], .how = how, .node = item};
        }
    }
    for (const lf_run_node *item = node->first; item; item = item->next) {
        bool known = false;
        for (int i = 0; lf_run_syntheses[i]; i++) {
            known = known || strcmp(item->key, lf_run_syntheses[i]) == 0;
        }
        if (!known) {
            lf_run_problem_word(reader, item, true, item->key, "synthesis", lf_run_syntheses);
        }
    }
}

static const char *const estate_extras[] = {"imports", "synthesise", NULL};

static void read_estate(lf_run_reader *reader, lf_scenario *scenario, const lf_run_node *node) {
    lf_table_defaults(&lf_run_estate_table, &scenario->estate);
    if (!node) {
        lf_run_problem(reader, scenario->root, false, LF_MISSING,
                       "the key 'estate' is missing; it names the estate and the files to import");
        return;
    }
    lf_run_fill(reader, node, &lf_run_estate_table, estate_extras, &scenario->estate);
    read_imports(reader, scenario, lf_run_node_find(node, "imports"));
    read_syntheses(reader, scenario, lf_run_node_find(node, "synthesise"));
    if (!scenario->import_count && node->kind == LF_RUN_MAP && !reader->problems) {
        lf_run_problem(reader, node, true, LF_MISSING, "'imports' must name at least one file");
    }
}

static void read_run(lf_run_reader *reader, lf_scenario *scenario, const lf_run_node *node) {
    lf_run_settings *run = &scenario->run;
    lf_table_defaults(&lf_run_settings_table, run);
    if (node) {
        lf_run_fill(reader, node, &lf_run_settings_table, NULL, run);
    }
    scenario->clock = (lf_clock){.start_clock_s = run->start_s,
                                 .stop_s = run->stop_s,
                                 .report_every_s = run->report_every_s,
                                 .couple_every_s = run->couple_every_s,
                                 .seed = (uint64_t)run->seed,
                                 .on_card = run->backend == LF_RUN_GPU};
    if (run->stop_s / run->report_every_s > 100000 || run->stop_s / run->couple_every_s > 50e6) {
        lf_run_problem(reader, node ? node : scenario->root, true, LF_RANGE,
                       "report_every or couple_every is too small for a run of this length");
    }
}

static const char *const default_outputs[] = {"json", "junit", "series", "html"};

static void read_outputs(lf_run_reader *reader, lf_scenario *scenario, const lf_run_node *node) {
    if (!node) {
        scenario->output_count = sizeof default_outputs / sizeof default_outputs[0];
        scenario->outputs = (const char **)(uintptr_t)default_outputs;
        return;
    }
    scenario->outputs_given = true;
    if (!is_list(reader, node, "outputs")) {
        return;
    }
    scenario->outputs =
        lf_run_take(reader, node, ((size_t)node->count + 1) * sizeof *scenario->outputs);
    for (const lf_run_node *item = node->first; scenario->outputs && item; item = item->next) {
        const char *text = lf_run_text(reader, item);
        int known = 0;
        while (text && lf_run_outputs[known] && strcmp(text, lf_run_outputs[known]) != 0) {
            known++;
        }
        if (text && lf_run_outputs[known]) {
            scenario->outputs[scenario->output_count++] = lf_run_outputs[known];
        } else if (text) {
            lf_run_problem_word(reader, item, false, text, "output", lf_run_outputs);
        }
    }
}

static const char *const sections[] = {"lifang",  "estate",  "run",    "modules",
                                       "options", "outputs", "checks", NULL};

static void check_sections(lf_run_reader *reader, const lf_run_node *root) {
    static const lf_table none = {.name = "scenario"};
    char nothing;
    lf_run_fill(reader, root, &none, sections, &nothing);
}

// What decides the numbers of a run besides the twin: a state saved under another one is of no use.
static uint64_t hash_node(uint64_t seed, const lf_run_node *node) {
    seed = lf_hash_text(seed, node->key ? node->key : "");
    seed = lf_hash_text(seed, node->kind == LF_RUN_SCALAR ? node->text : "{");
    for (const lf_run_node *child = node->first; child; child = child->next) {
        seed = hash_node(seed, child);
    }
    return lf_hash_text(seed, "}");
}

static uint64_t fingerprint(const lf_scenario *scenario) {
    uint64_t hash = lf_hash_bytes(FORMAT_VERSION, &scenario->clock, sizeof scenario->clock);
    const lf_run_node *modules = lf_run_node_find(scenario->root, "modules");
    return modules ? hash_node(hash, modules) : hash;
}

static void read_all(lf_run_reader *reader, lf_scenario *scenario) {
    const lf_run_node *root = scenario->root;
    read_version(reader, root);
    check_sections(reader, root);
    if (root->kind != LF_RUN_MAP) {
        return;
    }
    read_estate(reader, scenario, lf_run_node_find(root, "estate"));
    read_run(reader, scenario, lf_run_node_find(root, "run"));
    lf_run_read_modules(reader, scenario, lf_run_node_find(root, "modules"));
    lf_run_read_options(reader, scenario, lf_run_node_find(root, "options"));
    read_outputs(reader, scenario, lf_run_node_find(root, "outputs"));
    lf_run_read_checks(reader, scenario, lf_run_node_find(root, "checks"));
    scenario->fingerprint = fingerprint(scenario);
}

static lf_code read_root(lf_scenario *scenario, const char *bytes, size_t count,
                         const char *const *overrides, int override_count, lf_error *error) {
    lf_run_node *root = NULL;
    lf_code code = lf_run_node_parse(scenario->arena, scenario->path, bytes, count, &root, error);
    for (int i = 0; code == LF_OK && i < override_count; i++) {
        code = lf_run_node_override(scenario->arena, root, overrides[i], error);
    }
    scenario->root = root;
    return code;
}

static lf_scenario *create(const char *path, const lf_run_registry *registry) {
    lf_scenario *scenario = lf_memory_take(NULL, sizeof *scenario);
    if (!scenario) {
        return NULL;
    }
    char folder[1024];
    scenario->registry = registry;
    scenario->arena = lf_arena_create(NULL);
    if (scenario->arena) {
        scenario->path = lf_arena_text(scenario->arena, path);
        scenario->folder =
            lf_arena_text(scenario->arena, lf_file_folder(folder, sizeof folder, path));
    }
    if (!scenario->path || !scenario->folder) {
        lf_run_unload(scenario);
        return NULL;
    }
    return scenario;
}

lf_code lf_run_load_text(const char *path, const char *bytes, size_t count,
                         const lf_run_registry *registry, const char *const *overrides,
                         int override_count, lf_scenario **out, lf_issues *issues,
                         lf_error *error) {
    *out = NULL;
    lf_scenario *scenario = create(path, registry);
    if (!scenario) {
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for the scenario");
    }
    lf_error local = {0};
    lf_run_reader reader = {.arena = scenario->arena, .folder = scenario->folder, .issues = issues};
    if (read_root(scenario, bytes, count, overrides, override_count, &local) != LF_OK) {
        lf_issues_add(issues, &(lf_issue){.severity = LF_ERROR,
                                          .code = local.code,
                                          .file = local.file,
                                          .line = local.line,
                                          .column = local.column,
                                          .feature = local.path,
                                          .message = local.message,
                                          .mend = ""});
    } else {
        read_all(&reader, scenario);
        local = reader.first;
    }
    if (local.code != LF_OK) {
        lf_run_unload(scenario);
        if (error) {
            *error = local;
        }
        return local.code;
    }
    *out = scenario;
    return LF_OK;
}

void lf_run_unload(lf_scenario *scenario) {
    if (scenario) {
        lf_arena_destroy(scenario->arena);
        lf_memory_give(NULL, scenario, sizeof *scenario);
    }
}
