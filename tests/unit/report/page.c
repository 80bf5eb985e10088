// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// report.html: one file, nothing from outside, every text escaped, every tag closed, titles that
// say what is seen.
#include "check.h"
#include "fixture.h"

#include "base/file.h"
#include "report/png.h"

#include <ctype.h>

// Walks all tags and keeps a stack; void elements and self-closed SVG elements do not nest.
static bool well_formed(const char *text) {
    static const char *const empty[] = {"meta", "img", "br", "input", "!DOCTYPE"};
    char stack[64][24];
    int depth = 0;
    for (const char *p = text; (p = strchr(p, '<'));) {
        char name[24] = "";
        bool closing = p[1] == '/';
        const char *q = p + 1 + closing, *end = strchr(p, '>');
        size_t length = strcspn(q, " >\n/");
        if (!end || length == 0 || length >= sizeof name) {
            return false;
        }
        memcpy(name, q, length);
        bool alone = end[-1] == '/';
        for (size_t i = 0; i < sizeof empty / sizeof *empty; i++) {
            alone = alone || strcmp(name, empty[i]) == 0;
        }
        if (closing) {
            if (depth == 0 || strcmp(stack[--depth], name) != 0) {
                printf("</%s> closes <%s>\n", name, depth >= 0 ? stack[depth] : "");
                return false;
            }
        } else if (!alone) {
            if (depth == 64) {
                return false;
            }
            strcpy(stack[depth++], name);
        }
        p = end;
        if (!closing && (strcmp(name, "script") == 0 || strcmp(name, "style") == 0)) {
            p = strstr(p, strcmp(name, "script") == 0 ? "</script>" : "</style>");
        }
    }
    return depth == 0;
}

static int count_of(const char *text, const char *what) {
    int count = 0;
    for (const char *p = text; (p = strstr(p, what)); p++) {
        count++;
    }
    return count;
}

static void write_picture(const char *path, uint8_t shade) {
    uint8_t pixels[64 * 36];
    const lf_report_colour palette[2] = {{205, 215, 200, 255}, {120, 150, 190, 255}};
    for (int i = 0; i < 64 * 36; i++) {
        pixels[i] = i / 64 > 18 ? shade : 0;
    }
    lf_buffer out = {0};
    lf_report_png(&out, pixels, 64, 36, palette, 2);
    CHECK(lf_file_write(path, out.text, out.length, NULL) == LF_OK);
    lf_buffer_free(&out);
}

static void whole_page(void) {
    fixture f;
    lf_error error;
    fixture_create(&f, 3, "page");
    write_picture("report_page/base.png", 1);
    write_picture("report_page/sponge.png", 0);
    const lf_report_picture pictures[] = {{"base.png", "As it is " FIXTURE_EVIL, "现状", 0},
                                          {"sponge.png", "Sponge", NULL, 1}};
    CHECK(lf_report_html(&f.result, pictures, 2, f.folder, &error) == LF_OK);
    char *text = fixture_read(&f, "report.html", NULL);
    CHECK(text != NULL);
    if (text) {
        CHECK(well_formed(text));
        CHECK(!strstr(text, "http:") && !strstr(text, "https:") && !strstr(text, "src=\"//"));
        CHECK(count_of(text, "<script>") == 1 && !strstr(text, "alert('x')"));
        CHECK(strstr(text, "&lt;script&gt;alert(&#39;x&#39;)"));
        CHECK(strstr(text, "东门：积水超过 15 cm 共"));
        CHECK(strstr(text, "15 cm：车辆可能熄火"));
        CHECK(strstr(text, "合成数据：") && strstr(text, "Content-Security-Policy"));
        CHECK(count_of(text, "class=\"map\"") == 3 &&
              count_of(text, "data:image/png;base64,") == 5);
        CHECK(count_of(text, "data-from=\"base-picture\"") == 1 &&
              count_of(text, "id=\"base-picture\"") == 1);
        CHECK(count_of(text, "class=\"mark\"") == 4); // two paybacks, alone and together
        CHECK(strstr(text, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa") && strstr(text, "0123456789abcdef"));
        CHECK(!strstr(text, "nan") && !strstr(text, "(null)"));
    }
    free(text);
    fixture_destroy(&f);
}

static void same_bytes(void) {
    fixture f;
    size_t first = 0, second = 0;
    fixture_create(&f, 2, "page_twice");
    CHECK(lf_report_html(&f.result, NULL, 0, f.folder, NULL) == LF_OK);
    char *a = fixture_read(&f, "report.html", &first);
    CHECK(lf_report_html(&f.result, NULL, 0, f.folder, NULL) == LF_OK);
    char *b = fixture_read(&f, "report.html", &second);
    CHECK(a && b && first == second && memcmp(a, b, first) == 0);
    free(a);
    free(b);
    fixture_destroy(&f);
}

static void bad_pictures(void) {
    fixture f;
    lf_error error;
    fixture_create(&f, 1, "page_bad");
    const lf_report_picture absent = {"absent.png", "x", NULL, 0};
    CHECK(lf_report_html(&f.result, &absent, 1, f.folder, &error) == LF_NOT_FOUND);
    CHECK(strstr(error.file, "absent.png") || strstr(error.message, "absent.png"));
    CHECK(lf_file_write("report_page_bad/text.png", "no picture", 10, NULL) == LF_OK);
    const lf_report_picture text = {"text.png", "x", NULL, 0};
    CHECK(lf_report_html(&f.result, &text, 1, f.folder, &error) == LF_FORMAT);
    CHECK(!lf_file_exists("report_page_bad/report.html"));
    fixture_destroy(&f);
}

// An option of an empty twin without any result still gives a page.
static void empty_page(void) {
    lf_spec *spec = lf_spec_create(NULL);
    lf_twin *twin = NULL;
    CHECK(lf_twin_compile(spec, &twin, NULL, NULL) == LF_OK);
    lf_option_result *option = lf_option_create("nothing", twin, NULL);
    lf_result result = {.scenario = "s.yaml",
                        .title = "",
                        .option_count = 1,
                        .options = (lf_option_result *const[]){option}};
    CHECK(lf_file_make_folder("report_page_empty", NULL) == LF_OK);
    CHECK(lf_report_html(&result, NULL, 0, "report_page_empty", NULL) == LF_OK);
    char *bytes = NULL;
    size_t count;
    CHECK(lf_file_read("report_page_empty/report.html", 0, &bytes, &count, NULL) == LF_OK &&
          well_formed(bytes));
    free(bytes);
    lf_option_destroy(option);
    lf_twin_destroy(twin);
    lf_spec_destroy(spec);
}

int main(void) {
    whole_page();
    same_bytes();
    bad_pictures();
    empty_page();
    return lf_check_end();
}
