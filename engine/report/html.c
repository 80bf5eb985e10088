// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// report.html: one page that needs nothing but itself.
#include "report/html.h"

#include "report/number.h"

#include <stdio.h>

static void head(lf_report_page *page) {
    lf_buffer *out = page->out;
    lf_buffer_add(out, "<!DOCTYPE html>\n<html lang=\"zh-CN\" class=\"both\">\n<head>\n"
                       "<meta charset=\"utf-8\">\n"
                       "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                       // Nothing from anywhere: a damaged or malicious name cannot call home.
                       "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                       "style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:\">\n"
                       "<meta name=\"generator\" content=\"lifang ");
    lf_report_escape(out, lf_version());
    lf_buffer_add(out, "\">\n<title>");
    lf_report_escape(out, page->result->title);
    lf_buffer_add(out, " · 改造模拟报告 · lifang</title>\n<style>\n");
    lf_buffer_add(out, lf_report_style());
    lf_buffer_add(out, "</style>\n</head>\n<body>\n");
}

static void fact(lf_buffer *out, const char *zh, const char *en, const char *value) {
    lf_buffer_add(out, "<span>");
    lf_report_two(out, zh, en);
    lf_buffer_add(out, " <b>");
    lf_report_escape(out, value);
    lf_buffer_add(out, "</b></span>\n");
}

static void title(lf_report_page *page) {
    lf_buffer *out = page->out;
    const lf_result *result = page->result;
    char number[64];
    lf_report_sentence sentence;
    lf_buffer_add(out, "<header><div class=\"in\">\n");
    lf_report_element(out, "div", "kicker", "里坊 · 老旧小区改造模拟报告",
                      "lifang · renovation simulation report");
    lf_buffer_add(out, "<h1>");
    lf_report_escape(out, result->title);
    lf_buffer_add(out, "</h1>\n");
    if (result->option_count > 0) {
        lf_report_option_sentence(result, 0, &sentence);
        lf_report_element(out, "p", NULL, sentence.zh, sentence.en);
    }
    lf_buffer_add(out, "<div class=\"facts\">\n");
    fact(out, "情景", "Scenario", result->scenario);
    snprintf(number, sizeof number, "%d", result->option_count);
    fact(out, "方案数", "Options", number);
    int passed = 0;
    for (int i = 0; i < result->check_count; i++) {
        passed += result->checks[i].pass;
    }
    snprintf(number, sizeof number, "%d / %d", passed, result->check_count);
    fact(out, "检查通过", "Checks passed", number);
    snprintf(number, sizeof number, "%llu", (unsigned long long)result->seed);
    fact(out, "随机种子", "Seed", number);
    fact(out, "版本", "Version", lf_version());
    lf_buffer_add(out, "</div>\n</div></header>\n");
}

static void link_to(lf_buffer *out, const char *target, const char *zh, const char *en) {
    lf_buffer_addf(out, "<a href=\"#%s\">", target);
    lf_report_two(out, zh, en);
    lf_buffer_add(out, "</a>\n");
}

static void navigation(lf_report_page *page) {
    lf_buffer *out = page->out;
    lf_buffer_add(out, "<nav><div class=\"in\">\n");
    link_to(out, "figures", "对比", "Comparison");
    link_to(out, "checks", "检查", "Checks");
    for (int i = 0; i < page->result->option_count; i++) {
        lf_buffer_addf(out, "<a href=\"#option-%d\">", i + 1);
        lf_report_escape(out, lf_option_name(page->result->options[i]));
        lf_buffer_add(out, "</a>\n");
    }
    link_to(out, "data", "数据", "Data");
    link_to(out, "again", "复现", "Reproduce");
    lf_buffer_add(out, "<span class=\"lang\"><button type=\"button\" data-mode=\"both\" "
                       "aria-pressed=\"true\">中 + En</button><button type=\"button\" "
                       "data-mode=\"zh-mode\">中文</button><button type=\"button\" "
                       "data-mode=\"en-mode\">English</button></span>\n</div></nav>\n");
}

lf_code lf_report_html(const lf_result *result, const lf_report_picture *pictures,
                       int picture_count, const char *folder, lf_error *error) {
    lf_buffer out = {0};
    lf_report_page page = {.out = &out,
                           .result = result,
                           .pictures = pictures,
                           .picture_count = picture_count,
                           .folder = folder};
    head(&page);
    title(&page);
    navigation(&page);
    lf_buffer_add(&out, "<main>\n");
    lf_report_html_banner(&page);
    lf_report_html_findings(&page);
    lf_report_html_figures(&page);
    lf_buffer_add(&out, "<div class=\"grid2\">\n");
    lf_report_html_common_charts(&page);
    lf_report_html_common_cash(&page);
    lf_buffer_add(&out, "</div>\n");
    lf_report_html_checks(&page);
    lf_code code = LF_OK;
    for (int i = 0; i < result->option_count && code == LF_OK; i++) {
        code = lf_report_html_option(&page, i, error);
    }
    if (code != LF_OK) {
        lf_buffer_free(&out);
        return code;
    }
    lf_report_html_data(&page);
    lf_buffer_add(&out, "</main>\n<footer>");
    lf_report_two(&out, "本文件由 lifang 生成，离线可用，不含外部资源。",
                  "Made by lifang. This file works offline and loads nothing from outside.");
    lf_buffer_add(&out, "</footer>\n<script>\n");
    lf_buffer_add(&out, lf_report_script());
    lf_buffer_add(&out, "</script>\n</body>\n</html>\n");
    return lf_report_write(&out, folder, "report.html", error);
}
