// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// What the figures rest on, and how to get them again.
#include "report/html.h"
#include "report/number.h"

#include <stdio.h>
#include <string.h>

void lf_report_chip(lf_buffer *out, lf_quality quality) {
    lf_buffer_addf(out, "<span class=\"chip q%d\">", (int)quality);
    lf_report_two(out, lf_report_quality_zh(quality), lf_quality_name(quality));
    lf_buffer_add(out, "</span>");
}

static void head_cells(lf_buffer *out, const char *const heads[][2], size_t count) {
    lf_buffer_add(out, "<div class=\"scroll\"><table><thead><tr>");
    for (size_t i = 0; i < count; i++) {
        lf_buffer_add(out, "<th>");
        lf_report_two(out, heads[i][0], heads[i][1]);
        lf_buffer_add(out, "</th>");
    }
    lf_buffer_add(out, "</tr></thead><tbody>\n");
}

// Shares of the four qualities as a bar, with the counts beside it.
static void quality_cells(lf_buffer *out, const int counts[LF_QUALITY_COUNT], int total) {
    lf_buffer_addf(out, "<td>%d</td><td><div class=\"stack\">", total);
    for (int q = 0; q < LF_QUALITY_COUNT; q++) {
        if (counts[q] > 0) {
            lf_buffer_addf(out, "<i class=\"b%d\" style=\"width:%.1f%%\"></i>", q,
                           100.0 * counts[q] / total);
        }
    }
    lf_buffer_add(out, "</div></td><td>");
    for (int q = 0; q < LF_QUALITY_COUNT; q++) {
        if (counts[q] > 0) {
            lf_report_chip(out, (lf_quality)q);
            lf_buffer_addf(out, " %d  ", counts[q]);
        }
    }
    lf_buffer_add(out, "</td>");
}

// Attributes that were filled from a rule: "storeys 31, households 24".
static void filled_cell(lf_buffer *out, const lf_spec *spec, lf_layer layer) {
    const lf_table *table = lf_layer_table(layer);
    int count = lf_spec_count(spec, layer);
    bool first = true;
    lf_buffer_add(out, "<td>");
    for (int f = 0; f < table->count && f < 32; f++) {
        int filled = 0;
        for (int i = 0; i < count; i++) {
            const lf_row *row = lf_spec_at_const(spec, layer, i);
            filled += (row->assumed >> f & 1) != 0;
        }
        if (filled) {
            lf_buffer_addf(out, "%s<code>", first ? "" : ", ");
            lf_report_escape(out, table->fields[f].name);
            lf_buffer_addf(out, "</code> %d", filled);
            first = false;
        }
    }
    lf_buffer_add(out, "</td>");
}

static void layer_row(lf_buffer *out, const lf_spec *spec, lf_layer layer) {
    int counts[LF_QUALITY_COUNT] = {0}, count = lf_spec_count(spec, layer);
    if (count == 0) {
        return;
    }
    for (int i = 0; i < count; i++) {
        const lf_row *row = lf_spec_at_const(spec, layer, i);
        counts[row->quality]++;
    }
    lf_buffer_add(out, "<tr><td>");
    lf_report_two(out, lf_report_layer_zh(layer), lf_layer_name(layer));
    lf_buffer_add(out, "</td>");
    quality_cells(out, counts, count);
    filled_cell(out, spec, layer);
    lf_buffer_add(out, "</tr>\n");
}

static void raster_row(lf_buffer *out, const char *chinese, const char *english,
                       const lf_grid *grid, lf_quality quality, const char *source) {
    lf_buffer_add(out, "<tr><td>");
    lf_report_two(out, chinese, english);
    lf_buffer_addf(out,
                   "</td><td>%d × %d</td><td><div class=\"stack\"><i class=\"b%d\" "
                   "style=\"width:100%%\"></i></div></td><td>",
                   grid->cols, grid->rows, (int)quality);
    lf_report_chip(out, quality);
    lf_buffer_addf(out, "</td><td>%.3g m ", grid->cell_m);
    lf_report_escape(out, source ? source : "");
    lf_buffer_add(out, "</td></tr>\n");
}

static void raster_rows(lf_buffer *out, const lf_spec *spec) {
    static const char *const chinese[LF_RASTER_KIND_COUNT] = {"地形", "糙率", "初始水深", "下渗率"};
    for (int k = 0; k < LF_RASTER_KIND_COUNT; k++) {
        const lf_raster *r = lf_spec_raster(spec, (lf_raster_kind)k);
        if (r) {
            raster_row(out, chinese[k], lf_spec_raster_info((lf_raster_kind)k)->name, &r->grid,
                       r->quality, r->source);
        }
    }
    const lf_rain_grid *rain = lf_spec_rain(spec);
    if (rain) {
        raster_row(out, "降雨", lf_spec_rain_info()->name, &rain->grid, rain->quality,
                   rain->source);
    }
}

static void write_quality(lf_report_page *page, const lf_spec *spec) {
    static const char *const heads[][2] = {{"图层", "Layer"},
                                           {"数量", "Rows"},
                                           {"构成", "Share"},
                                           {"来源质量", "Quality"},
                                           {"按规则补全的属性", "Attributes filled by rule"}};
    lf_report_element(page->out, "h3", NULL, "图层与数据质量（第一个方案）",
                      "Layers and data quality (first option)");
    head_cells(page->out, heads, sizeof heads / sizeof *heads);
    raster_rows(page->out, spec);
    for (int layer = 0; layer < LF_LAYER_COUNT; layer++) {
        layer_row(page->out, spec, (lf_layer)layer);
    }
    lf_buffer_add(page->out, "</tbody></table></div>\n");
}

static bool has_note(const lf_option_result *option, const lf_note *note) {
    for (int i = 0; i < lf_option_note_count(option); i++) {
        const lf_note *other = lf_option_note_at(option, i);
        if (other->quality == note->quality && strcmp(other->text, note->text) == 0) {
            return true;
        }
    }
    return false;
}

static void assumption_item(lf_buffer *out, lf_quality quality, const char *text) {
    lf_buffer_add(out, "<li>");
    lf_report_chip(out, quality);
    lf_buffer_add(out, " ");
    lf_report_escape(out, text);
    lf_buffer_add(out, "</li>\n");
}

// A note with the options that it is about, unless it is about all of them; nothing if an option
// before this one has it too.
static bool note_item(lf_report_page *page, int option, const lf_note *note) {
    const lf_result *result = page->result;
    int having = 0;
    for (int i = 0; i < result->option_count; i++) {
        bool has = has_note(result->options[i], note);
        if (has && i < option) {
            return false;
        }
        having += has;
    }
    lf_buffer_add(page->out, "<li>");
    lf_report_chip(page->out, note->quality);
    for (int i = 0; having < result->option_count && i < result->option_count; i++) {
        if (has_note(result->options[i], note)) {
            lf_buffer_add(page->out, " <b>");
            lf_report_escape(page->out, lf_option_name(result->options[i]));
            lf_buffer_add(page->out, "</b>");
        }
    }
    lf_buffer_add(page->out, " ");
    lf_report_escape(page->out, note->text);
    lf_buffer_add(page->out, "</li>\n");
    return true;
}

// Assumptions of the data, then what the modules noted; each sentence once.
static void write_assumptions(lf_report_page *page, const lf_spec *spec) {
    lf_buffer *out = page->out;
    const lf_result *result = page->result;
    int count;
    const lf_assumption *assumptions = lf_spec_assumptions(spec, &count);
    lf_report_element(out, "h3", NULL, "假定与说明", "Assumptions and notes");
    lf_buffer_add(out, "<ul>\n");
    for (int i = 0; i < count; i++) {
        assumption_item(out, assumptions[i].quality, assumptions[i].text);
    }
    for (int i = 0; i < result->option_count; i++) {
        for (int j = 0; j < lf_option_note_count(result->options[i]); j++) {
            count += note_item(page, i, lf_option_note_at(result->options[i], j));
        }
    }
    if (count == 0) {
        lf_buffer_add(out, "<li>");
        lf_report_two(out, "没有记录的假定。", "None recorded.");
        lf_buffer_add(out, "</li>\n");
    }
    lf_buffer_add(out, "</ul>\n");
}

static void write_inputs(lf_report_page *page) {
    static const char *const heads[][2] = {
        {"文件", "File"}, {"内容", "Content"}, {"质量", "Quality"}, {"校验", "SHA-256"}};
    lf_buffer *out = page->out;
    lf_report_element(out, "h3", NULL, "输入文件", "Inputs");
    head_cells(out, heads, sizeof heads / sizeof *heads);
    for (int i = 0; i < page->result->input_count; i++) {
        const lf_input_file *input = &page->result->inputs[i];
        lf_buffer_add(out, "<tr><td>");
        lf_report_escape(out, input->path);
        lf_buffer_add(out, "</td><td>");
        lf_report_escape(out, input->what ? input->what : "");
        lf_buffer_add(out, "</td><td>");
        lf_report_chip(out, input->quality);
        lf_buffer_add(out, "</td><td class=\"hash\">");
        lf_report_escape(out, input->sha256);
        lf_buffer_add(out, "</td></tr>\n");
    }
    lf_buffer_add(out, "</tbody></table></div>\n");
}

static void write_again(lf_report_page *page) {
    lf_buffer *out = page->out;
    const lf_result *result = page->result;
    lf_buffer_add(out, "<h2 id=\"again\">");
    lf_report_two(out, "复现", "Reproduce");
    lf_buffer_add(out, "</h2>\n<pre>lifang run ");
    lf_report_escape(out, result->scenario);
    lf_buffer_add(out, " --out out</pre>\n");
    lf_report_element(
        out, "p", "quiet",
        "同一情景、同一输入得到逐位相同的结果，与线程数无关。下列为各方案末态的哈希。",
        "The same scenario and inputs give the same bits for any number of threads. "
        "Hashes of the final state of each option:");
    lf_buffer_add(out, "<ul class=\"hash\">\n");
    for (int i = 0; i < result->option_count; i++) {
        lf_buffer_add(out, "<li>");
        lf_report_escape(out, lf_option_name(result->options[i]));
        lf_buffer_addf(out, " <code>%016llx</code></li>\n",
                       (unsigned long long)lf_option_hash(result->options[i]));
    }
    lf_buffer_addf(out, "</ul>\n<p class=\"quiet\">seed %llu · lifang ",
                   (unsigned long long)result->seed);
    lf_report_escape(out, lf_version());
    lf_buffer_add(out, "</p>\n");
    lf_report_element(
        out, "p", "quiet",
        "同一文件夹中：result.json（程序读取）、cash.xlsx（可重算的现金流）、series/、"
        "rasters/、layers*.gpkg（QGIS 可打开）。",
        "In the same folder: result.json for programs, cash.xlsx with live formulas, "
        "series/, rasters/, layers*.gpkg for QGIS.");
}

void lf_report_html_data(lf_report_page *page) {
    if (page->result->option_count > 0) {
        const lf_spec *spec = lf_twin_spec(lf_option_twin(page->result->options[0]));
        lf_buffer_add(page->out, "<h2 id=\"data\">");
        lf_report_two(page->out, "数据与假定", "Data and assumptions");
        lf_buffer_add(page->out, "</h2>\n");
        write_quality(page, spec);
        write_assumptions(page, spec);
        write_inputs(page);
    }
    write_again(page);
}
