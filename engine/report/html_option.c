// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The section of one option: pictures, map, charts, what was built, whether the books close.
#include "base/file.h"
#include "report/html.h"
#include "report/map.h"
#include "report/number.h"
#include "report/png.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *picture_title_zh(const lf_report_picture *picture) {
    return picture->title_zh ? picture->title_zh : picture->title;
}

// src="data:image/png;base64,..." of a file of the result folder.
static lf_code picture_source(lf_report_page *page, const lf_report_picture *picture,
                              lf_error *error) {
    char path[1024];
    char *bytes = NULL;
    size_t count = 0;
    lf_file_join(path, sizeof path, page->folder, picture->path);
    lf_code code = lf_file_read(path, (size_t)64 << 20, &bytes, &count, error);
    if (code != LF_OK) {
        return code;
    }
    if (count < 8 || memcmp(bytes, "\x89PNG\r\n\x1a\n", 8) != 0) {
        free(bytes);
        lf_fail(error, LF_FORMAT, LF_FROM_RUN, "a picture of the report must be a PNG");
        lf_error_place(error, path, 0, 0, NULL);
        return LF_FORMAT;
    }
    lf_buffer_add(page->out, " src=\"data:image/png;base64,");
    lf_report_base64(page->out, bytes, count);
    lf_buffer_add(page->out, "\"");
    free(bytes);
    return LF_OK;
}

static void alt(lf_buffer *out, const lf_report_picture *picture) {
    lf_buffer_add(out, " alt=\"");
    lf_report_escape(out, picture_title_zh(picture));
    lf_buffer_add(out, "\"");
}

static lf_code plain_picture(lf_report_page *page, const lf_report_picture *picture, const char *id,
                             lf_error *error) {
    lf_report_sentence title;
    snprintf(title.zh, sizeof title.zh, "%s", picture_title_zh(picture));
    snprintf(title.en, sizeof title.en, "%s", picture->title);
    lf_report_html_figure(page, "wide", &title, NULL);
    lf_buffer_add(page->out, "<img class=\"picture\"");
    if (id) {
        lf_buffer_addf(page->out, " id=\"%s\"", id);
    }
    alt(page->out, picture);
    lf_code code = picture_source(page, picture, error);
    lf_buffer_add(page->out, ">\n");
    lf_report_html_figure_end(page);
    return code;
}

// The base picture below, this option's above; the slider moves the edge between them.
static lf_code paired_picture(lf_report_page *page, const lf_report_picture *picture,
                              lf_error *error) {
    const lf_result *result = page->result;
    lf_report_sentence title;
    snprintf(title.zh, sizeof title.zh, "改造前后：%.200s", picture_title_zh(picture));
    snprintf(title.en, sizeof title.en, "Before and after: %.200s", picture->title);
    lf_report_html_figure(page, "wide", &title, NULL);
    lf_buffer_add(page->out, "<div class=\"compare\"><img class=\"picture before\" "
                             "data-from=\"base-picture\" alt=\"\"><img class=\"picture after\"");
    alt(page->out, picture);
    lf_code code = picture_source(page, picture, error);
    lf_buffer_add(page->out, "><span class=\"rule\"></span><span class=\"tag l\">");
    lf_report_escape(page->out, lf_option_name(result->options[0]));
    lf_buffer_add(page->out, "</span><span class=\"tag r\">");
    lf_report_escape(page->out, lf_option_name(result->options[picture->option]));
    lf_buffer_add(page->out, "</span><input type=\"range\" min=\"0\" max=\"100\" value=\"50\" "
                             "aria-label=\"before / after\"></div>\n");
    lf_report_element(page->out, "p", "hint", "左右拖动比较。", "Drag to compare.");
    lf_report_html_figure_end(page);
    return code;
}

static lf_code write_pictures(lf_report_page *page, int option, lf_error *error) {
    bool base_has = false;
    for (int i = 0; i < page->picture_count; i++) {
        base_has = base_has || page->pictures[i].option == 0;
    }
    int seen = 0;
    lf_code code = LF_OK;
    for (int i = 0; i < page->picture_count && code == LF_OK; i++) {
        const lf_report_picture *picture = &page->pictures[i];
        if (picture->option != option) {
            continue;
        }
        if (option > 0 && base_has && seen == 0) {
            code = paired_picture(page, picture, error);
        } else {
            code = plain_picture(page, picture, option == 0 && seen == 0 ? "base-picture" : NULL,
                                 error);
        }
        seen++;
    }
    return code;
}

static void write_map(lf_report_page *page, int option) {
    lf_report_map map;
    lf_report_sentence title;
    lf_report_map_measure(&map, page->out, page->result, option);
    if (!(map.scale > 0)) {
        return;
    }
    lf_report_map_title(&map, &title);
    lf_report_html_figure(page, "wide", &title, NULL);
    lf_report_map_draw(&map);
    lf_report_html_figure_end(page);
}

static void table_head(lf_buffer *out, const char *const heads[][3], size_t count) {
    lf_buffer_add(out, "<div class=\"scroll\"><table><thead><tr>");
    for (size_t i = 0; i < count; i++) {
        lf_buffer_addf(out, "<th%s>", heads[i][2][0] ? " class=\"num\"" : "");
        lf_report_two(out, heads[i][0], heads[i][1]);
        lf_buffer_add(out, "</th>");
    }
    lf_buffer_add(out, "</tr></thead><tbody>\n");
}

static void number_cell(lf_buffer *out, const char *text) {
    lf_buffer_add(out, "<td class=\"num\">");
    lf_report_escape(out, text);
    lf_buffer_add(out, "</td>");
}

// What the option builds, with its price and how good the price is.
static void write_works(lf_report_page *page, int option) {
    static const char *const heads[][3] = {{"措施", "Measure", ""},
                                           {"数量", "Quantity", "n"},
                                           {"投资（元）", "Capex (yuan)", "n"},
                                           {"年运维（元）", "Opex a year", "n"},
                                           {"价格", "Price", ""}};
    int count;
    const lf_work *works =
        lf_spec_works(lf_twin_spec(lf_option_twin(page->result->options[option])), &count);
    lf_buffer *out = page->out;
    char number[LF_REPORT_NUMBER_SIZE];
    if (count == 0) {
        return;
    }
    lf_report_element(out, "h3", NULL, "措施与工程量", "Measures and quantities");
    table_head(out, heads, sizeof heads / sizeof *heads);
    for (int i = 0; i < count; i++) {
        const char *label = works[i].label && works[i].label[0] ? works[i].label : works[i].measure;
        const char *unit = works[i].unit ? works[i].unit : "";
        lf_buffer_add(out, "<tr><td>");
        lf_report_two(out, lf_report_word_zh(works[i].measure), label);
        lf_buffer_add(out, " <code>");
        lf_report_escape(out, works[i].measure);
        lf_buffer_add(out, "</code></td><td class=\"num\">");
        lf_report_escape(out, lf_report_plain(works[i].quantity, number));
        lf_buffer_add(out, " ");
        lf_report_two(out, lf_report_unit_word(unit, true), lf_report_unit_word(unit, false));
        lf_buffer_add(out, "</td>");
        number_cell(out, lf_report_fixed(works[i].capex_cny, 0, true, number));
        number_cell(out, lf_report_fixed(works[i].opex_cny_year, 0, true, number));
        lf_buffer_add(out, "<td>");
        lf_report_chip(out, works[i].quality);
        lf_buffer_add(out, "</td></tr>\n");
    }
    lf_buffer_add(out, "</tbody></table></div>\n");
}

static double side_sum(const lf_ledger_line *lines, int count) {
    double sum = 0;
    for (int i = 0; i < count; i++) {
        sum += lines[i].amount;
    }
    return sum;
}

// Money is kept in whole fen and shown in yuan.
static double shown_as(const lf_ledger *ledger) {
    return strcmp(ledger->unit, "fen") == 0 ? 0.01 : 1;
}

static void ledger_lines(lf_buffer *out, const lf_ledger_line *lines, int count, double scale) {
    char number[LF_REPORT_NUMBER_SIZE];
    lf_buffer_add(out, "<td>");
    for (int i = 0; i < count; i++) {
        lf_report_two(out, lf_report_word_zh(lines[i].name), lines[i].name);
        lf_buffer_addf(out, " %s%s", lf_report_plain(lines[i].amount * scale, number),
                       i + 1 < count ? "<br>" : "");
    }
    lf_buffer_add(out, "</td>");
}

static void ledger_row(lf_buffer *out, const lf_ledger *ledger) {
    char number[LF_REPORT_NUMBER_SIZE];
    double scale = shown_as(ledger);
    bool closes = ledger->error_ratio <= 1e-6;
    lf_buffer_add(out, "<tr><td>");
    lf_report_two(out, lf_report_word_zh(ledger->name), ledger->name);
    lf_buffer_add(out, "<br><code>");
    lf_report_escape(out, scale < 1 ? "yuan" : ledger->unit);
    lf_buffer_add(out, "</code></td>");
    number_cell(out, lf_report_plain(side_sum(ledger->in, ledger->in_count) * scale, number));
    ledger_lines(out, ledger->in, ledger->in_count, scale);
    ledger_lines(out, ledger->out, ledger->out_count, scale);
    ledger_lines(out, ledger->stored, ledger->stored_count, scale);
    lf_buffer_addf(out, "<td class=\"num\"><span class=\"chip %s\">%s</span><br>",
                   closes ? "pass" : "fail", closes ? "✓" : "✗");
    lf_report_escape(out, lf_report_plain(ledger->error_ratio, number));
    lf_buffer_add(out, "</td></tr>\n");
}

static void write_ledgers(lf_report_page *page, int option) {
    static const char *const heads[][3] = {{"账", "Ledger", ""},   {"总入", "Total in", "n"},
                                           {"来自", "In", ""},     {"去向", "Out", ""},
                                           {"留存", "Stored", ""}, {"误差率", "Error ratio", "n"}};
    const lf_option_result *mine = page->result->options[option];
    if (lf_option_ledger_count(mine) == 0) {
        return;
    }
    lf_report_element(page->out, "h3", NULL, "账目：入 = 出 + 存", "Ledgers: in = out + stored");
    table_head(page->out, heads, sizeof heads / sizeof *heads);
    for (int i = 0; i < lf_option_ledger_count(mine); i++) {
        ledger_row(page->out, lf_option_ledger_at(mine, i));
    }
    lf_buffer_add(page->out, "</tbody></table></div>\n");
}

lf_code lf_report_html_option(lf_report_page *page, int option, lf_error *error) {
    lf_buffer *out = page->out;
    const lf_option_result *mine = page->result->options[option];
    lf_report_sentence sentence;
    lf_buffer_addf(out, "<section class=\"option\"><h2 id=\"option-%d\">", option + 1);
    lf_report_two(out, "方案", "Option");
    lf_buffer_addf(out, " %d · ", option + 1);
    lf_report_escape(out, lf_option_name(mine));
    lf_buffer_add(out, "</h2>\n");
    lf_report_option_sentence(page->result, option, &sentence);
    lf_report_element(out, "p", NULL, sentence.zh, sentence.en);
    lf_code code = write_pictures(page, option, error);
    if (code != LF_OK) {
        return code;
    }
    write_map(page, option);
    lf_report_html_option_charts(page, option);
    write_works(page, option);
    write_ledgers(page, option);
    lf_buffer_add(out, "</section>\n");
    return LF_OK;
}
