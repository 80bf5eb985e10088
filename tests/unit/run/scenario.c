// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The scenario parser: every message with its exact place, and what a good scenario becomes.
#include "base/text.h"
#include "check.h"
#include "toy.h"

#define HEAD "lifang: 1\nestate: {imports: [a.gpkg]}\n" // 2 lines before the text under test

// Parses and compares the first error as the command would print it.
static void refuse_with(const char *text, const char *override, const char *expected) {
    lf_scenario *scenario = NULL;
    lf_error error = {0};
    char line[1200];
    lf_code code = lf_run_load_text("plan.yaml", text, strlen(text), toy_registry(), &override,
                                    override ? 1 : 0, &scenario, NULL, &error);
    CHECK(code != LF_OK && code == error.code);
    CHECK(!scenario);
    CHECK_TEXT(lf_error_format(&error, line, sizeof line), expected);
    CHECK(lf_error_exit_code(&error) == 2);
    lf_run_unload(scenario);
}
static void refuse(const char *text, const char *expected) {
    refuse_with(text, NULL, expected);
}

static void unknown_keys(void) {
    refuse(HEAD "modules:\n  toy:\n    storm:\n      period_yeas: 20\n",
           "plan.yaml:6:7: modules.toy.storm.period_yeas: unknown key; did you mean period_years? "
           "[UNKNOWN_KEY]");
    refuse(HEAD "modules: {drian: {}}\n",
           "plan.yaml:3:11: modules.drian: 'drian' is no module; known: toy, echo [UNKNOWN_KEY]");
    refuse(HEAD "module: {}\n",
           "plan.yaml:3:1: module: unknown key; did you mean modules? [UNKNOWN_KEY]");
    refuse(HEAD "run: {stopp: 6h}\n",
           "plan.yaml:3:7: run.stopp: unknown key; did you mean stop? [UNKNOWN_KEY]");
    refuse(HEAD "modules: {toy: {storm: {formula: beijing_2015}}}\n",
           "plan.yaml:3:34: modules.toy.storm.formula: 'beijing_2015' is not known; did you mean "
           "beijing_2014? [UNKNOWN_KEY]");
    refuse(HEAD "outputs: [json, htlm]\n",
           "plan.yaml:3:17: outputs[1]: 'htlm' is no output; did you mean html? [UNKNOWN_KEY]");
    refuse(HEAD "options:\n- {name: a, measures: [{wide: {}}]}\n",
           "plan.yaml:4:25: options[0].measures[0].wide: 'wide' is no measure; did you mean widen? "
           "[UNKNOWN_KEY]");
    refuse("lifang: 1\nestate: {imports: [a.tif], synthesise: {pipe: x}}\n",
           "plan.yaml:2:41: estate.synthesise.pipe: 'pipe' is no synthesis; did you mean pipes? "
           "[UNKNOWN_KEY]");
}

static void types_and_ranges(void) {
    refuse(HEAD "modules: {toy: {storm: {period_years: 0.5}}}\n",
           "plan.yaml:3:39: modules.toy.storm.period_years: 0.5 is outside 1..1000 [RANGE]");
    refuse(HEAD "modules: {toy: {storm: {period_years: often}}}\n",
           "plan.yaml:3:39: modules.toy.storm.period_years: 'often' is not a number [TYPE]");
    refuse(HEAD "modules: {toy: {storm: {period_years: .nan}}}\n",
           "plan.yaml:3:39: modules.toy.storm.period_years: '.nan' is not a number [TYPE]");
    refuse(HEAD "modules: {toy: {storm: 20}}\n",
           "plan.yaml:3:24: modules.toy.storm: text stands where a map of keys is needed [TYPE]");
    refuse(HEAD "modules: {toy: {rate_m_s: [1]}}\n",
           "plan.yaml:3:27: modules.toy.rate_m_s: a list stands where one value is needed [TYPE]");
    refuse(
        HEAD "modules:\n  toy:\n    rate_m_s:\n",
        "plan.yaml:5:5: modules.toy.rate_m_s: has no value; give one or leave the key out [TYPE]");
    refuse(HEAD "run: {stop: 5 parsecs}\n",
           "plan.yaml:3:13: run.stop: '5 parsecs' is not a duration such as 90s, 5min, 6h [TYPE]");
    refuse(HEAD "run: {seed: 1.5}\n",
           "plan.yaml:3:13: run.seed: '1.5' is not a whole number [TYPE]");
    refuse(HEAD "options: yes\n",
           "plan.yaml:3:10: options: text stands where a list of options is needed [TYPE]");
    refuse(HEAD "options: [{measures: []}]\n",
           "plan.yaml:3:11: options[0]: an option needs a name [MISSING]");
    refuse(HEAD "options: [a, b, {name: a}]\n",
           "plan.yaml:3:24: options[2].name: another option is called 'a' [DUPLICATE]");
    refuse(HEAD "options: [{name: a, measures: [{widen: {}, other: {}}]}]\n",
           "plan.yaml:3:32: options[0].measures[0]: a measure is a name, or one name with its "
           "parameters: {name: {key: value}} [TYPE]");
    refuse(HEAD "options: [{name: a, measures: [{widen: {where: \"kind ==\"}}]}]\n",
           "plan.yaml:3:56: options[0].measures[0].widen.where: "
           "a value is missing at '' in \"kind ==\" [SYNTAX]");
    refuse(HEAD "run: {stop: 31d, report_every: 1s}\n",
           "plan.yaml:3:1: run: report_every or couple_every is too small for a run of this length "
           "[RANGE]");
}

static void documents(void) {
    refuse("", "plan.yaml:1:1: the document is empty [EMPTY]");
    refuse("# only a comment\n", "plan.yaml:1:1: the document is empty [EMPTY]");
    refuse("estate: {imports: [a.tif]}\n",
           "plan.yaml:1:1: the first key must be 'lifang: 1', the version of the scenario format "
           "[FORMAT]");
    refuse(
        "lifang: 2\nestate: {imports: [a.tif]}\n",
        "plan.yaml:1:9: lifang: this program reads scenario format 1; write 'lifang: 1' [FORMAT]");
    refuse("lifang: 1\n", "plan.yaml:1:1: the key 'estate' is missing; it names the estate and the "
                          "files to import [MISSING]");
    refuse("lifang: 1\nestate: {name: x}\n",
           "plan.yaml:2:1: estate: 'imports' must name at least one file [MISSING]");
    refuse("lifang: 1\nestate: {imports: [{crs: EPSG:4326}]}\n",
           "plan.yaml:2:20: estate.imports[0]: the key 'file' is missing [MISSING]");
    refuse("lifang: 1\nestate: {imports: [{file: a.tif, clip: [116, 40, 115, 41]}]}\n",
           "plan.yaml:2:40: estate.imports[0].clip: clip is [west, south, east, north] in degrees, "
           "with west < east and south < north [RANGE]");
    refuse("lifang: 1\nestate: {imports: [{file: a.tif, at: [1, 2]}]}\n",
           "plan.yaml:2:38: estate.imports[0].at: a list of 3 numbers is needed [TYPE]");
    refuse("- lifang\n", "plan.yaml:1:1: the first key must be 'lifang: 1', the version of the "
                         "scenario format [FORMAT]");
}

static void file_names(void) {
    unsetenv("LF_TEST_NOWHERE");
    refuse(
        "lifang: 1\nestate: {imports: [{file: /vsizip/a.zip}]}\n",
        "plan.yaml:2:27: estate.imports[0].file: '/vsizip/a.zip': virtual file systems (/vsi...) "
        "are not read; unpack the file and name it [INVALID]");
    refuse("lifang: 1\nestate: {imports: [\"https://example.org/a.tif\"]}\n",
           "plan.yaml:2:20: estate.imports[0]: 'https://example.org/a.tif': is not a plain file "
           "name; URLs and data base connections are not read [INVALID]");
    refuse("lifang: 1\nestate: {imports: [\"PG:dbname=x\"]}\n",
           "plan.yaml:2:20: estate.imports[0]: 'PG:dbname=x': is not a plain file name; URLs and "
           "data base connections are not read [INVALID]");
    refuse(
        "lifang: 1\nestate: {imports: [\"${LF_TEST_NOWHERE}/a.tif\"]}\n",
        "plan.yaml:2:20: estate.imports[0]: the environment variable LF_TEST_NOWHERE is not set; "
        "set it, or write ${LF_TEST_NOWHERE:-default} [REFERENCE]");
    refuse("lifang: 1\nestate: {imports: [\"${LF_TEST/a.tif\"]}\n",
           "plan.yaml:2:20: estate.imports[0]: write ${NAME} or ${NAME:-default}, with a closing "
           "brace [SYNTAX]");
    refuse(
        "lifang: 1\nestate: {imports: [\"${LF_TEST_NOWHERE:-/vsicurl/}x\"]}\n",
        "plan.yaml:2:20: estate.imports[0]: '/vsicurl/x': virtual file systems (/vsi...) are not "
        "read; unpack the file and name it [INVALID]");
    setenv("LF_TEST_HERE", "/data", 1);
    lf_scenario *scenario =
        toy_load("lifang: 1\nestate: {imports: [\"${LF_TEST_HERE}/a.tif\", b.tif, "
                 "{file: \"${LF_TEST_NOWHERE:-c}.tif\", map: m.yaml}]}\n"
                 "modules: {toy: {storm: {file: rain.csv}}}\n");
    CHECK_TEXT(scenario->imports[0].file, "/data/a.tif");
    CHECK_TEXT(scenario->imports[0].written, "${LF_TEST_HERE}/a.tif");
    CHECK_TEXT(scenario->imports[1].file, "b.tif");
    CHECK_TEXT(scenario->imports[2].file, "c.tif");
    CHECK_TEXT(scenario->imports[2].map, "m.yaml");
    CHECK(scenario->file_count == 1);
    CHECK_TEXT(scenario->files[0].path, "rain.csv");
    CHECK_TEXT(scenario->files[0].what, "modules.toy.storm.file");
    lf_run_unload(scenario);
}

static void checks(void) {
#define TOY HEAD "modules: {toy: {}}\n"
    refuse(
        TOY "checks: [\"toy.max_levl_m < 1\"]\n",
        "plan.yaml:4:10: checks[0]: 'toy.max_levl_m' is no figure; did you mean toy.max_level_m? "
        "[UNKNOWN_KEY]");
    refuse(TOY "checks: [\"echo.depth_m < 1\"]\n",
           "plan.yaml:4:10: checks[0]: the module echo does not run; add it under modules "
           "[REFERENCE]");
    refuse(TOY "checks: [\"option('b').toy.max_level_m < 1\"]\n",
           "plan.yaml:4:10: checks[0]: there is no option 'b'; there are 'as it is' [REFERENCE]");
    refuse(TOY "checks: [{option: b, check: toy.max_level_m < 1}]\n",
           "plan.yaml:4:19: checks[0].option: there is no option 'b'; there are 'as it is' "
           "[REFERENCE]");
    refuse(
        TOY "checks: [toy.max_level_m]\n",
        "plan.yaml:4:10: checks[0]: a check compares something, such as drain.max_depth_m < 0.15 "
        "[TYPE]");
    refuse(TOY "checks: [\"1 < 2\"]\n",
           "plan.yaml:4:10: checks[0]: the check names no figure [INVALID]");
    // The second half is not reached when the first is false, and must still be right.
    refuse(TOY "checks: [\"toy.max_level_m < 0 and toy.wrong_m < 0\"]\n",
           "plan.yaml:4:10: checks[0]: 'toy.wrong_m' is no figure of toy [UNKNOWN_KEY]");
}

static void overrides(void) {
    refuse_with(HEAD, "modules.toy.storm.period_years=0",
                "--set modules.toy.storm.period_years=0:1:1: modules.toy.storm.period_years: 0 is "
                "outside 1..1000 [RANGE]");
    refuse_with(HEAD, "modules.toy.storn.period_years=2",
                "--set modules.toy.storn.period_years=2: modules.toy.storn: unknown key; did you "
                "mean storm? [UNKNOWN_KEY]");
    refuse_with(HEAD, "stop",
                "--set stop: write key.path=value, such as "
                "modules.drain.storm.period_years=50 or options[1].name=sponge [SYNTAX]");
    refuse_with(HEAD, "lifang.x=1", "--set lifang.x=1: 'lifang' holds text, not a map [TYPE]");
    refuse_with(HEAD "options: [a]\n", "options[2].name=x",
                "--set options[2].name=x: 'options' has 1 items, so there is no item [2] [RANGE]");
    const char *const set[] = {"modules.toy.storm.period_years=50", "run.stop=2h",
                               "options[1].name=wide", "options[1].measures=[widen]",
                               "outputs=[json, png]"};
    lf_scenario *scenario = NULL;
    lf_error error = {0};
    const char *text = HEAD "options: [{name: base}]\nmodules: {toy: {storm: {period_years: 5}}}\n";
    CHECK(lf_run_load_text("plan.yaml", text, strlen(text), toy_registry(), set, 5, &scenario, NULL,
                           &error) == LF_OK);
    if (scenario) {
        CHECK_NEAR(lf_scenario_clock(scenario)->stop_s, 7200, 0);
        CHECK(lf_scenario_option_count(scenario) == 2);
        CHECK_TEXT(lf_scenario_option_name(scenario, 1), "wide");
        CHECK(scenario->options[1].action_count == 1);
        CHECK(lf_scenario_wants(scenario, "png") && !lf_scenario_wants(scenario, "html"));
        const lf_table *table = scenario->registry->modules[0]->settings;
        const lf_field *storm = lf_table_find(table, "storm");
        const lf_field *period = lf_table_find(storm->group, "period_years");
        const char *row = (const char *)scenario->settings[0] + storm->offset;
        CHECK_NEAR(lf_field_number(period, row), 50, 0);
    }
    lf_run_unload(scenario);
}

// All problems of one file are found in one go.
static void collects(void) {
    const char *text = HEAD "modules:\n  toy: {rate_m_s: 2, storm: {formula: x, period_years: 0}}\n"
                            "outputs: [pdf]\nwrong: 1\nchecks: [\"toy.x < 1\"]\n";
    lf_scenario *scenario = NULL;
    lf_error error = {0};
    lf_issues *issues = lf_issues_create();
    lf_run_load_text("plan.yaml", text, strlen(text), toy_registry(), NULL, 0, &scenario, issues,
                     &error);
    CHECK(lf_issues_count(issues, LF_ERROR) == 6);
    const lf_issue *first = lf_issues_at(issues, 0);
    CHECK_TEXT(first->feature, "wrong");
    CHECK(first->line == 6 && first->column == 1);
    lf_issues_destroy(issues);
}

static void good(void) {
    lf_scenario *scenario =
        toy_load("\xEF\xBB\xBFlifang: 1\r\n"
                 "estate:\r\n"
                 "  name: 红旗新村\r\n"
                 "  crs: EPSG:4547\r\n"
                 "  imports: [{file: a.ifc, at: [1.5, -2, 3e2], turn_deg: 12}]\r\n"
                 "  synthesise: {pipes: from_roads, terrain: flat}\r\n"
                 "run: {start: 17:30, stop: 1d, report_every: 5min}\r\n"
                 "modules: {toy: {}}\r\n"
                 "options:\r\n"
                 "  - as it is\r\n"
                 "  - {name: wide, measures: [widen, {widen: {width_m: 9}}]}\r\n"
                 "checks: [toy.max_level_m < 1]\r\n");
    CHECK_TEXT(lf_scenario_name(scenario), "红旗新村");
    CHECK(scenario->imports[0].has_at && scenario->imports[0].at[2] == 300);
    CHECK_NEAR(scenario->imports[0].turn_deg, 12, 0);
    CHECK_NEAR(lf_scenario_clock(scenario)->start_clock_s, 63000, 0);
    CHECK_NEAR(lf_scenario_clock(scenario)->stop_s, 86400, 0);
    CHECK_NEAR(lf_scenario_clock(scenario)->couple_every_s, 60, 0);
    CHECK(scenario->synthesis_count == 2);
    CHECK_TEXT(scenario->syntheses[0].what, "terrain");
    CHECK(lf_scenario_runs(scenario, "toy") && !lf_scenario_runs(scenario, "echo"));
    CHECK(scenario->options[1].action_count == 2);
    CHECK(scenario->check_count == 1 && !scenario->checks[0].names_all);
    CHECK(lf_scenario_wants(scenario, "html") && !lf_scenario_wants(scenario, "png"));
    lf_run_unload(scenario);

    scenario =
        toy_load("{\"lifang\": 1,\n\t\"estate\": {\"name\": \"\\u6751 \\\"A\\\"\", \"imports\": "
                 "[{\"file\": \"dir\\/a.tif\"}]},\n\t\"modules\": {\"toy\": {\"storm\": "
                 "{\"period_years\": 5e1}, \"undefined\": true}}, \"options\": []}\n");
    CHECK_TEXT(lf_scenario_name(scenario), "村 \"A\"");
    CHECK_TEXT(scenario->imports[0].file, "dir/a.tif");
    CHECK_TEXT(lf_scenario_option_name(scenario, 0), "as it is");
    lf_run_unload(scenario);
}

int main(void) {
    good();
    unknown_keys();
    types_and_ranges();
    documents();
    file_names();
    checks();
    overrides();
    collects();
    return lf_check_end();
}
