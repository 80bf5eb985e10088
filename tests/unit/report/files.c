// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// junit.xml, series, slugs, GIS files, and folders that cannot be written.
#include "check.h"
#include "fixture.h"

#include "base/csv.h"
#include "base/file.h"

#include <unistd.h>

static int count_of(const char *text, const char *what) {
    int count = 0;
    for (const char *p = text; (p = strstr(p, what)); p++) {
        count++;
    }
    return count;
}

static void junit(void) {
    fixture f;
    lf_error error;
    fixture_create(&f, 2, "junit");
    CHECK(lf_report_junit(&f.result, f.folder, &error) == LF_OK);
    char *text = fixture_read(&f, "junit.xml", NULL);
    CHECK(text != NULL);
    if (text) {
        // 3 checks and 2 ledgers for each of 2 options; one check undefined, one water ledger open.
        CHECK(count_of(text, "<testcase ") == 7 && count_of(text, "<testsuite ") == 3);
        CHECK(count_of(text, "<failure ") == 2 && count_of(text, "<error ") == 1);
        CHECK(strstr(text, "tests=\"7\" failures=\"2\" errors=\"1\""));
        CHECK(strstr(text, "value: 0.52") && strstr(text, "value: undefined"));
        CHECK(strstr(text, "in - out - stored = 10 m3"));
        CHECK(strstr(text, "option(&#39;&lt;x&gt;&#39;)") && !strstr(text, "<x>"));
    }
    free(text);
    if (fixture_has("xmllint")) {
        CHECK(fixture_shell(&f, "xmllint --noout junit.xml") == 0);
    }
    fixture_destroy(&f);
}

static void series(void) {
    fixture f;
    lf_error error;
    lf_csv *csv = NULL;
    fixture_create(&f, 2, "series");
    CHECK(lf_report_series(&f.result, f.folder, &error) == LF_OK);
    CHECK(lf_csv_read("report_series/series/as-it-is/gauges.csv", &csv, &error) == LF_OK);
    const lf_series *gauges = lf_option_series(f.options[0], "gauges");
    if (csv) {
        CHECK(lf_csv_rows(csv) == gauges->count && lf_csv_columns(csv) == 4);
        CHECK_TEXT(lf_csv_header(csv, 0), "time_s");
        CHECK_TEXT(lf_csv_header(csv, 2), "garage \"B1\", west_depth_m");
        for (int i = 0; i < gauges->count; i++) {
            CHECK(strtof(lf_csv_cell(csv, i, 1), NULL) == gauges->values[3 * i]);
            CHECK(strtod(lf_csv_cell(csv, i, 0), NULL) == gauges->time_s[i]);
        }
        CHECK_TEXT(lf_csv_cell(csv, 3, 3), ""); // NaN
        lf_csv_free(csv);
    }
    CHECK(!lf_file_exists("report_series/series/as-it-is/cashflow.csv"));
    csv = NULL;
    CHECK(lf_csv_read("report_series/series/海绵-管网/cashflow.csv", &csv, &error) == LF_OK);
    if (csv) {
        int net = lf_csv_column(csv, "net_cny"), sum = lf_csv_column(csv, "cumulative_cny");
        CHECK(lf_csv_rows(csv) == 15 && net > 0 && sum == net + 1);
        CHECK_TEXT(lf_csv_cell(csv, 0, 0), "2026");
        CHECK_TEXT(lf_csv_cell(csv, 0, net), "-1700000.00");
        CHECK_TEXT(lf_csv_cell(csv, 2, 4), "130001.00");
        lf_csv_free(csv);
    }
    fixture_destroy(&f);
}

static void slugs(void) {
    static const char *const pairs[][2] = {{"as it is", "as-it-is"},
                                           {"海绵 + 管网", "海绵-管网"},
                                           {"全部 / C+EPC+O", "全部-c-epc-o"},
                                           {"../../etc", "etc"},
                                           {"", "option"},
                                           {"---", "option"},
                                           {"a\xff"
                                            "b",
                                            "a-b"},
                                           {"（一）停车、车位", "一-停车-车位"},
                                           {"Ünïcode Ωmega", "Ünïcode-Ωmega"}};
    char out[LF_REPORT_SLUG_SIZE];
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        CHECK_TEXT(lf_report_slug(pairs[i][0], out), pairs[i][1]);
    }
    char longest[1000];
    memset(longest, 'x', sizeof longest);
    longest[999] = 0;
    CHECK(strlen(lf_report_slug(longest, out)) < LF_REPORT_SLUG_SIZE);
    lf_twin *twin = NULL;
    lf_spec *spec = lf_spec_create(NULL);
    CHECK(lf_twin_compile(spec, &twin, NULL, NULL) == LF_OK);
    lf_option_result *same[3] = {lf_option_create("a b", twin, NULL),
                                 lf_option_create("a/b", twin, NULL),
                                 lf_option_create("A  B", twin, NULL)};
    lf_result result = {.option_count = 3, .options = same};
    CHECK_TEXT(lf_report_option_slug(&result, 0, out), "a-b");
    CHECK_TEXT(lf_report_option_slug(&result, 1, out), "a-b-2");
    CHECK_TEXT(lf_report_option_slug(&result, 2, out), "a-b-3");
    for (int i = 0; i < 3; i++) {
        lf_option_destroy(same[i]);
    }
    lf_twin_destroy(twin);
    lf_spec_destroy(spec);
}

// A folder that is not there, and one that is full (a device that never takes a byte).
static void cannot_write(void) {
    fixture f;
    lf_error error;
    fixture_create(&f, 2, "refused");
    CHECK(lf_report_json(&f.result, "report_refused/absent", &error) != LF_OK);
    CHECK(strstr(error.file, "report_refused/absent") || strstr(error.message, "absent"));
    CHECK(lf_error_exit_code(&error) == 4 || lf_error_exit_code(&error) == 3);
    CHECK(lf_report_xlsx(&f.result, "report_refused/absent", &error) != LF_OK);
    CHECK(lf_report_junit(&f.result, "report_refused/absent", &error) != LF_OK);
    CHECK(lf_report_html(&f.result, NULL, 0, "report_refused/absent", &error) != LF_OK);
    CHECK(lf_file_write("report_refused/series", "", 0, NULL) == LF_OK);
    CHECK(lf_report_series(&f.result, f.folder, &error) != LF_OK);
    CHECK(fixture_shell(&f, "test -z \"$(ls | grep -v series)\"") == 0); // nothing half-written
    fixture_destroy(&f);
}

static void gis(void) {
    fixture f;
    lf_error error;
    fixture_create(&f, 2, "gis");
    CHECK(lf_report_tif(&f.result, f.folder, &error) == LF_OK);
    CHECK(lf_file_exists("report_gis/rasters/as-it-is/max_depth_m.tif"));
    CHECK(lf_file_exists("report_gis/rasters/as-it-is/max_depth_m.qml"));
    CHECK(lf_file_exists("report_gis/rasters/海绵-管网/max_depth_m.tif"));
    CHECK(lf_report_gpkg(&f.result, f.folder, &error) == LF_OK);
    CHECK(lf_file_exists("report_gis/layers-as-it-is.gpkg"));
    f.result.option_count = 1;
    CHECK(lf_report_gpkg(&f.result, f.folder, &error) == LF_OK);
    CHECK(lf_file_exists("report_gis/layers.gpkg"));
    fixture_destroy(&f);
}

int main(void) {
    junit();
    series();
    slugs();
    cannot_write();
    gis();
    return lf_check_end();
}
