// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// cash.xlsx in a spreadsheet: LibreOffice calculates every formula anew, and NPV, IRR and both
// paybacks are what the engine says. Skipped where LibreOffice is not installed.
#include "check.h"
#include "fixture.h"

#include "base/csv.h"
#include "base/file.h"

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

// Without this LibreOffice believes the values stored in the file and calculates nothing.
static void always_calculate(const fixture *f) {
    static const char settings[] =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<oor:items xmlns:oor=\"http://openoffice.org/2001/registry\">"
        "<item oor:path=\"/org.openoffice.Office.Calc/Formula/Load\">"
        "<prop oor:name=\"OOXMLRecalcMode\" oor:op=\"fuse\"><value>0</value></prop></item>"
        "</oor:items>\n";
    char path[1024];
    snprintf(path, sizeof path, "%s/profile/user", f->folder);
    CHECK(lf_file_make_folder(path, NULL) == LF_OK);
    snprintf(path, sizeof path, "%s/profile/user/registrymodifications.xcu", f->folder);
    CHECK(lf_file_write(path, settings, sizeof settings - 1, NULL) == LF_OK);
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

int main(void) {
    fixture f;
    lf_error error;
    if (!fixture_has("soffice")) {
        printf("soffice is not installed\n");
        return 77;
    }
    fixture_create(&f, 3, "calculated");
    CHECK(lf_report_xlsx(&f.result, f.folder, &error) == LF_OK);
    always_calculate(&f);
    calculated(&f, 3, 1);
    calculated(&f, 4, 2);
    fixture_destroy(&f);
    return lf_check_end();
}
