// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Atomic writes, CSV, folders, issue lists.
#include "base/csv.h"
#include "base/file.h"
#include "check.h"

#include <signal.h>
#include <sys/resource.h>

static lf_code csv_of(const char *text, lf_csv **csv, lf_error *error) {
    lf_file_write("files-test.csv", text, strlen(text), NULL);
    return lf_csv_read("files-test.csv", csv, error);
}

int main(void) {
    lf_error error;
    lf_csv *csv;
    CHECK(csv_of("\xef\xbb\xbf# note\r\na,b\r\n1,\"x,\"\"y\"\"\nz\"\r\n\r\n3,四\r\n", &csv,
                 &error) == LF_OK);
    if (csv) {
        CHECK(lf_csv_rows(csv) == 2 && lf_csv_columns(csv) == 2 && lf_csv_column(csv, "b") == 1);
        CHECK_TEXT(lf_csv_cell(csv, 0, 1), "x,\"y\"\nz");
        CHECK_TEXT(lf_csv_cell(csv, 1, 1), "四");
        CHECK(lf_csv_line(csv, 0) == 3 && lf_csv_line(csv, 1) == 6);
    }
    lf_csv_free(csv);
    CHECK(csv_of("a,b\n1\n", &csv, &error) == LF_FORMAT && error.line == 2);
    CHECK(csv_of("a,b\n1,\"2\n", &csv, &error) == LF_SYNTAX && error.line == 2);
    CHECK(csv_of("", &csv, &error) == LF_EMPTY);
    CHECK(lf_csv_read("no-such.csv", &csv, &error) == LF_NOT_FOUND &&
          lf_error_exit_code(&error) == 3);
    CHECK(lf_csv_read("/", &csv, &error) == LF_IO);

    lf_file_out out;
    CHECK(lf_file_begin(&out, "files-test.txt", &error) == LF_OK);
    fputs("half", out.file);
    lf_file_abandon(&out);
    CHECK(!lf_file_exists("files-test.txt") && !lf_file_exists(out.temporary));
    // A limit on the file's size stands for the full disk: the write fails half-way.
    signal(SIGXFSZ, SIG_IGN);
    const struct rlimit small = {1 << 16, RLIM_INFINITY};
    CHECK(setrlimit(RLIMIT_FSIZE, &small) == 0);
    static char large[1 << 18];
    CHECK(lf_file_write("files-test.bin", large, sizeof large, &error) != LF_OK);
    CHECK(!lf_file_exists("files-test.bin") && lf_error_exit_code(&error) == 4);
    setrlimit(RLIMIT_FSIZE, &(struct rlimit){RLIM_INFINITY, RLIM_INFINITY});
    CHECK(lf_file_begin(&out, "no-such-folder/x.txt", &error) == LF_NOT_FOUND &&
          lf_error_exit_code(&error) == 4);
    CHECK(lf_file_make_folder("files-test/a/b", &error) == LF_OK &&
          lf_file_is_folder("files-test/a/b"));
    CHECK(lf_file_write("files-test/a/b/c", "x", 1, &error) == LF_OK);
    CHECK(lf_file_remove_tree("files-test", &error) == LF_OK && !lf_file_exists("files-test"));
    char path[64];
    CHECK_TEXT(lf_file_join(path, sizeof path, "a", "b.c"), "a/b.c");
    CHECK_TEXT(lf_file_join(path, sizeof path, "a", "/b"), "/b");
    CHECK_TEXT(lf_file_extension("x.y/z"), "");
    CHECK_TEXT(lf_file_folder(path, sizeof path, "/a"), "/");

    lf_issues *issues = lf_issues_create();
    for (int i = 0; i < 500; i++)
        lf_issues_addf(issues, LF_WARNING, LF_RANGE, "f", i, "x", NULL, "number %d", i);
    CHECK(lf_issues_count(issues, LF_WARNING) == 500 && lf_issues_kept(issues) == 200);
    CHECK_TEXT(lf_issues_at(issues, 199)->message, "number 199");
    lf_issues_destroy(issues);
    return lf_check_end();
}
