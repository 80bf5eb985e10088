// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// What the import tests share: writing small files, importing them, looking for issues.
#ifndef LF_TESTS_IO_FIXTURE_H
#define LF_TESTS_IO_FIXTURE_H

#include "check.h"

#include "base/file.h"
#include "lifang/io.h"
#include "lifang/twin.h"

typedef struct fixture {
    lf_spec *spec;
    lf_issues *issues;
    lf_error error;
    lf_code code;
} fixture;

static inline void write_text(const char *path, const char *text) {
    CHECK(lf_file_write(path, text, strlen(text), NULL) == LF_OK);
}

static inline fixture import_def(const lf_import_def *def) {
    fixture f;
    memset(&f, 0, sizeof f);
    f.spec = lf_spec_create(NULL);
    f.issues = lf_issues_create();
    f.code = lf_io_import(f.spec, def, f.issues, &f.error);
    return f;
}

static inline fixture import_file(const char *path, const char *crs) {
    lf_import_def def = lf_default_import_def();
    def.path = path;
    def.crs = crs;
    return import_def(&def);
}

static inline void end_fixture(fixture *f) {
    lf_spec_destroy(f->spec);
    lf_issues_destroy(f->issues);
}

// The first issue whose message holds the words, or NULL.
static inline const lf_issue *find_issue(const fixture *f, const char *words) {
    for (int i = 0; i < lf_issues_kept(f->issues); i++)
        if (strstr(lf_issues_at(f->issues, i)->message, words))
            return lf_issues_at(f->issues, i);
    return NULL;
}

static inline void print_issues(const fixture *f) {
    for (int i = 0; i < lf_issues_kept(f->issues); i++)
        printf("  issue %d %s: %s\n", lf_issues_at(f->issues, i)->severity,
               lf_issues_at(f->issues, i)->feature, lf_issues_at(f->issues, i)->message);
}

// Imports and expects this code; the whole error is printed so that a reader can judge it.
static inline void expect_error(const char *path, const char *crs, lf_code code,
                                const char *words) {
    char text[1200];
    fixture f = import_file(path, crs);
    lf_error_format(&f.error, text, sizeof text);
    printf("%s\n  -> %s\n", path, f.code == LF_OK ? "imported" : text);
    CHECK(f.code == code);
    CHECK(f.code == LF_OK || strstr(f.error.message, words) != NULL);
    CHECK(f.code == LF_OK || lf_error_exit_code(&f.error) == 3);
    end_fixture(&f);
}

#endif
