// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// cash.xlsx: the same bytes twice, formulas with their values stored, and, where LibreOffice is
// installed, formulas whose result after a full calculation is what the engine says.
#include "check.h"
#include "fixture.h"

#include "base/csv.h"
#include "base/file.h"

#include <unistd.h>

static void stored(const fixture *f) {
    if (!fixture_has("unzip")) {
        return;
    }
    CHECK(fixture_shell(f, "unzip -tq cash.xlsx >/dev/null") == 0);
    CHECK(fixture_shell(f, "unzip -p cash.xlsx xl/worksheets/sheet3.xml | grep -q '<f>NPV('") == 0);
    CHECK(fixture_shell(f, "unzip -p cash.xlsx xl/worksheets/sheet3.xml | "
                           "grep -q '<f>IFERROR(IRR('") == 0);
    CHECK(fixture_shell(f, "unzip -p cash.xlsx xl/workbook.xml | grep -q '海绵 + 管网'") == 0);
    // Every formula has a value stored beside it.
    CHECK(fixture_shell(f, "test -z \"$(unzip -p cash.xlsx xl/worksheets/sheet3.xml | "
                           "grep -o '</f></c>')\"") == 0);
}

static void same_bytes(const fixture *f) {
    size_t first = 0, second = 0;
    char *a = fixture_read(f, "cash.xlsx", &first);
    sleep(2); // a time stamp inside would differ: zip keeps even seconds
    CHECK(lf_report_xlsx(&f->result, f->folder, NULL) == LF_OK);
    char *b = fixture_read(f, "cash.xlsx", &second);
    CHECK(a && b && first == second && memcmp(a, b, first) == 0);
    free(a);
    free(b);
}

// The value beside an indicator's name in a sheet saved as CSV.
static double indicator(const lf_csv *csv, const char *name) {
    for (int row = 0; row < lf_csv_rows(csv); row++) {
        if (strcmp(lf_csv_cell(csv, row, 0), name) == 0) {
            const char *cell = lf_csv_cell(csv, row, 3);
            return strtod(cell, NULL) / (strchr(cell, '%') ? 100 : 1);
        }
    }
    return NAN;
}

// LibreOffice calculates everything anew and writes each sheet as CSV with full precision.
static void calculated(const fixture *f, int sheet, int option) {
    static const char *const rows[][2] = {
        {"财务净现值 FNPV", "retro.npv_cny"},
        {"财务内部收益率 FIRR", "retro.irr_ratio"},
        {"静态投资回收期（年）", "retro.payback_years"},
        {"动态投资回收期（年）", "retro.payback_discounted_years"}};
    char command[1024], path[1024];
    lf_csv *csv = NULL;
    lf_error error;
    snprintf(command, sizeof command,
             "rm -rf csv; soffice -env:UserInstallation=file://$PWD/profile --headless "
             "--convert-to 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,"
             "false,%d' --outdir csv cash.xlsx >/dev/null 2>&1 && mv csv/*.csv sheet%d.csv",
             sheet, sheet);
    CHECK(fixture_shell(f, command) == 0);
    snprintf(path, sizeof path, "%s/sheet%d.csv", f->folder, sheet);
    CHECK(lf_csv_read(path, &csv, &error) == LF_OK);
    for (size_t i = 0; csv && i < sizeof rows / sizeof *rows; i++) {
        double engine = lf_option_figure(f->options[option], rows[i][1])->value;
        CHECK_NEAR(indicator(csv, rows[i][0]), engine, 1e-7 * fmax(1, fabs(engine)));
    }
    lf_csv_free(csv);
}

static void no_money(void) {
    fixture f;
    fixture_create(&f, 1, "book_none");
    CHECK(lf_report_xlsx(&f.result, f.folder, NULL) == LF_OK);
    CHECK(!lf_file_exists("report_book_none/cash.xlsx"));
    fixture_destroy(&f);
}

int main(void) {
    fixture f;
    lf_error error;
    fixture_create(&f, 3, "book");
    CHECK(lf_report_xlsx(&f.result, f.folder, &error) == LF_OK);
    CHECK(fixture_shell(&f, "test \"$(ls)\" = cash.xlsx") == 0);
    stored(&f);
    same_bytes(&f);
    no_money();
    if (fixture_has("soffice")) {
        calculated(&f, 3, 1);
        calculated(&f, 4, 2);
    } else {
        printf("soffice is not installed: formulas were not calculated\n");
    }
    fixture_destroy(&f);
    return lf_check_end();
}
