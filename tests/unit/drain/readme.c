// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The settings table of engine/drain/README.md is made of the field tables: each setting has its
// row there, with unit, range, default and meaning. What is missing is printed.
#include "check.h"
#include "lifang/drain.h"

static char readme[200000];

static void range(const lf_field *f, char *text, size_t size) {
    text[0] = 0;
    for (int i = 0; f->type == LF_ENUM && f->names[i]; i++) {
        size_t length = strlen(text);
        snprintf(text + length, size - length, "%s%s", i ? ", " : "", f->names[i]);
    }
    if (f->low != f->high && f->type != LF_ENUM && f->type != LF_CLOCK) {
        snprintf(text, size, "%g..%g", f->low, f->high);
    }
}

static void initial(const lf_field *f, char *text, size_t size) {
    text[0] = 0;
    if (f->type == LF_ENUM) {
        snprintf(text, size, "%s", f->names[(int)f->initial]);
    } else if (f->type == LF_BOOL) {
        snprintf(text, size, "%s", f->initial != 0 ? "true" : "false");
    } else if (f->type == LF_REAL || f->type == LF_INT || f->type == LF_DURATION) {
        snprintf(text, size, "%g", f->initial);
    }
}

static void check_table(const lf_table *table, const char *group) {
    for (int i = 0; i < table->count; i++) {
        const lf_field *f = &table->fields[i];
        char name[100], from[120], first[60], row[500];
        snprintf(name, sizeof name, "%s%s%s", group, group[0] ? "." : "", f->name);
        if (f->type == LF_GROUP) {
            check_table(f->group, name);
            continue;
        }
        range(f, from, sizeof from);
        initial(f, first, sizeof first);
        const char *unit = f->type == LF_DURATION ? "s"
                           : f->type == LF_REAL   ? lf_unit_of(f->name)
                                                  : "";
        snprintf(row, sizeof row, "| `%s` | %s | %s | %s | %s |\n", name, unit ? unit : "", from,
                 first, f->doc);
        bool there = strstr(readme, row) != NULL;
        CHECK(there);
        if (!there) {
            printf("README lacks %s", row);
        }
    }
}

int main(void) {
    FILE *file = fopen(LF_SOURCE_DIR "/engine/drain/README.md", "r");
    CHECK(file != NULL);
    if (file) {
        readme[fread(readme, 1, sizeof readme - 1, file)] = 0;
        fclose(file);
        check_table(lf_drain_module.settings, "");
    }
    return lf_check_end();
}
