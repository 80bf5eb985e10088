// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// cash.xlsx: the same bytes twice, formulas with their values stored beside them.
#include "check.h"
#include "fixture.h"

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
    fixture_destroy(&f);
    return lf_check_end();
}
