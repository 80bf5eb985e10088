// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The list of what an importer or a check noticed.
#include "base/memory.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { KEPT_PER_SEVERITY = 200 };

struct lf_issues {
    lf_arena *arena;
    lf_issue *list;
    size_t capacity;
    int kept;
    long count[LF_SEVERITY_COUNT];
};

lf_issues *lf_issues_create(void) {
    lf_issues *issues = lf_memory_take(NULL, sizeof *issues);
    if (issues && !(issues->arena = lf_arena_create(NULL))) {
        lf_memory_give(NULL, issues, sizeof *issues);
        return NULL;
    }
    return issues;
}

void lf_issues_destroy(lf_issues *issues) {
    if (!issues)
        return;
    lf_arena_destroy(issues->arena);
    lf_memory_give(NULL, issues->list, issues->capacity * sizeof *issues->list);
    lf_memory_give(NULL, issues, sizeof *issues);
}

static const char *keep(lf_issues *issues, const char *text) {
    const char *copy = text && text[0] ? lf_arena_text(issues->arena, text) : "";
    return copy ? copy : "";
}

void lf_issues_add(lf_issues *issues, const lf_issue *issue) {
    if (!issues)
        return;
    assert(issue->severity >= 0 && issue->severity < LF_SEVERITY_COUNT);
    if (issues->count[issue->severity]++ >= KEPT_PER_SEVERITY)
        return;
    void *list = issues->list;
    const bool room =
        lf_memory_grow(NULL, &list, &issues->capacity, (size_t)issues->kept + 1, sizeof *issue);
    issues->list = list;
    if (!room)
        return;
    lf_issue *copy = &issues->list[issues->kept++];
    *copy = *issue;
    copy->file = keep(issues, issue->file);
    copy->feature = keep(issues, issue->feature);
    copy->message = keep(issues, issue->message);
    copy->mend = keep(issues, issue->mend);
}

void lf_issues_addf(lf_issues *issues, lf_severity severity, lf_code code, const char *file,
                    int line, const char *feature, const char *mend, const char *format, ...) {
    if (!issues)
        return;
    char message[1024];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    lf_issues_add(issues, &(lf_issue){.severity = severity,
                                      .code = code,
                                      .file = file,
                                      .line = line,
                                      .feature = feature,
                                      .message = message,
                                      .mend = mend});
}

int lf_issues_kept(const lf_issues *issues) {
    return issues ? issues->kept : 0;
}

const lf_issue *lf_issues_at(const lf_issues *issues, int index) {
    assert(issues && index >= 0 && index < issues->kept);
    return &issues->list[index];
}

long lf_issues_count(const lf_issues *issues, lf_severity severity) {
    return issues ? issues->count[severity] : 0;
}
