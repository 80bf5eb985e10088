// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Every public .inp model in the data folder: each is imported or refused with a line and a reason,
// and what is imported agrees with a plain count of the file's lines.
#define _XOPEN_SOURCE 700 // nftw
#define _DEFAULT_SOURCE   // strncasecmp beside it
#include "check.h"

#include "lifang/lifang.h"

#include <ftw.h>
#include <strings.h>
#include <sys/stat.h>

static int files, imported, refused;

// Lines of a section that hold data.
static int lines_of(const char *path, const char *section) {
    FILE *file = fopen(path, "r");
    char line[4096];
    int count = 0;
    bool here = false;
    while (file && fgets(line, sizeof line, file)) {
        char *first = line + strspn(line, " \t\r\n");
        if (*first == '[')
            here = strncasecmp(first, section, strlen(section)) == 0;
        else if (here && *first && *first != ';')
            count++;
    }
    if (file)
        fclose(file);
    return count;
}

static void check_counts(const char *path, const lf_spec *spec) {
    int nodes = lines_of(path, "[JUNC") + lines_of(path, "[OUTFALL") + lines_of(path, "[STORAGE") +
                lines_of(path, "[DIVIDER");
    int links = lines_of(path, "[CONDUIT") + lines_of(path, "[PUMP") + lines_of(path, "[ORIFICE") +
                lines_of(path, "[WEIR") + lines_of(path, "[OUTLET");
    CHECK(lf_spec_count(spec, LF_DRAIN_NODES) == nodes);
    CHECK(lf_spec_count(spec, LF_DRAIN_LINKS) == links);
    int areas = lines_of(path, "[SUBCATCHMENT");
    CHECK(lf_spec_count(spec, LF_SUBCATCHMENTS) <= areas);
    int count;
    const lf_drain_link *rows = lf_spec_rows_const(spec, LF_DRAIN_LINKS, &count);
    for (int i = 0; i < count; i++) {
        bool pipe = rows[i].kind == LF_LINK_CONDUIT;
        CHECK(!pipe || (rows[i].diameter_m > 0.04 && rows[i].diameter_m < 20));
        CHECK(!pipe || (rows[i].length_m > 0 && rows[i].length_m < 20000));
        CHECK(lf_spec_find(spec, LF_DRAIN_NODES, rows[i].from) >= 0);
        CHECK(lf_spec_find(spec, LF_DRAIN_NODES, rows[i].to) >= 0);
    }
    printf("%s: %d nodes, %d links, %d subcatchments\n", strrchr(path, '/') + 1, nodes, links,
           lf_spec_count(spec, LF_SUBCATCHMENTS));
}

static int one_file(const char *path, const struct stat *status, int kind, struct FTW *place) {
    (void)status;
    (void)place;
    size_t length = strlen(path);
    if (kind != FTW_F || length < 4 || strcmp(path + length - 4, ".inp") != 0)
        return 0;
    files++;
    lf_spec *spec = lf_spec_create(NULL);
    lf_issues *issues = lf_issues_create();
    lf_import_def def = lf_default_import_def();
    def.path = path;
    def.crs = strstr(path, "bellinge") ? "EPSG:32632" : "EPSG:32617";
    if (strstr(path, "gistoswmm5") || strstr(path, "/swmm/")) {
        def.has_at = true; // their coordinates are about an origin of their own
        def.at[0] = 500000;
        def.at[1] = 4000000;
    }
    lf_error error;
    memset(&error, 0, sizeof error);
    CHECK(lf_io_recognise(path, &error) &&
          strcmp(lf_io_recognise(path, &error)->name, "swmm") == 0);
    lf_code code = lf_io_import(spec, &def, issues, &error);
    if (code == LF_OK) {
        imported++;
        check_counts(path, spec);
    } else {
        char text[900];
        refused++;
        printf("refused: %s\n", lf_error_format(&error, text, sizeof text));
        CHECK(error.origin == LF_FROM_INPUT && error.message[0]);
        // Only models without nodes or without a map have no place in a twin.
        int nodes = lines_of(path, "[JUNC") + lines_of(path, "[OUTFALL");
        CHECK(!nodes || !lines_of(path, "[COORDINATE"));
    }
    lf_issues_destroy(issues);
    lf_spec_destroy(spec);
    return 0;
}

int main(void) {
    const char *folder = getenv("LIFANG_DATA");
    char path[700];
    if (folder)
        snprintf(path, sizeof path, "%s/data", folder);
    else
        snprintf(path, sizeof path, "%s/../shared/data", LF_SOURCE_DIR);
    if (nftw(path, one_file, 16, FTW_PHYS) != 0 || !files)
        return 77;
    printf("%d models: %d imported, %d refused\n", files, imported, refused);
    CHECK(imported >= 33);
    return lf_check_end();
}
