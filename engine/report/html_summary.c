// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// What a reader should know after one minute: how far to trust it, what was found, the comparison
// of the options, which checks hold.
#include "report/html.h"
#include "report/map.h"
#include "report/number.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

// Worst quality of the rows of a layer; false if the layer is empty.
static bool worst_of(const lf_spec *spec, lf_layer layer, lf_quality *worst) {
    int count = lf_spec_count(spec, layer);
    *worst = LF_MEASURED;
    for (int i = 0; i < count; i++) {
        const lf_row *row = lf_spec_at_const(spec, layer, i);
        lf_quality quality = row->quality < LF_ASSUMED && row->assumed ? LF_ASSUMED : row->quality;
        *worst = quality > *worst ? quality : *worst;
    }
    return count > 0;
}

// Names everything in the base twin that has this quality: "地形、排水管".
static int list_layers(const lf_spec *spec, lf_quality quality, lf_report_sentence *names) {
    int found = 0;
    names->zh[0] = names->en[0] = 0;
    const lf_raster *terrain = lf_spec_terrain(spec);
    for (int layer = -1; layer < LF_LAYER_COUNT; layer++) {
        lf_quality worst;
        if (layer == LF_ROAD_NODES) { // they come with the roads
            continue;
        }
        if (layer < 0 ? !terrain || terrain->quality != quality
                      : !worst_of(spec, (lf_layer)layer, &worst) || worst != quality) {
            continue;
        }
        size_t zh = strlen(names->zh), en = strlen(names->en);
        snprintf(names->zh + zh, sizeof names->zh - zh, "%s%s", found ? "、" : "",
                 layer < 0 ? "地形" : lf_report_layer_zh((lf_layer)layer));
        snprintf(names->en + en, sizeof names->en - en, "%s%s", found ? ", " : "",
                 layer < 0 ? "terrain" : lf_layer_name((lf_layer)layer));
        found++;
    }
    return found;
}

static void count_figures(const lf_result *result, int counts[LF_QUALITY_COUNT], int *total) {
    *total = 0;
    for (int i = 0; i < result->option_count; i++) {
        for (int j = 0; j < lf_option_figure_count(result->options[i]); j++) {
            counts[lf_option_figure_at(result->options[i], j)->quality]++;
            ++*total;
        }
    }
}

// Options that ended early come before everything else.
static void tell_partial(lf_report_page *page) {
    for (int i = 0; i < page->result->option_count; i++) {
        double until_s;
        const lf_option_result *option = page->result->options[i];
        const char *why = lf_option_partial(option, &until_s);
        if (why) {
            lf_report_sentence line;
            snprintf(line.zh, sizeof line.zh,
                     "不完整：方案“%.60s”在 %.0f 秒之后失稳，其数字只到那一刻。",
                     lf_option_name(option), until_s);
            snprintf(line.en, sizeof line.en,
                     "PARTIAL: option '%.60s' became unstable after %.0f s; its figures end there. "
                     "%.300s",
                     lf_option_name(option), until_s, why);
            lf_buffer_add(page->out, "<div class=\"banner\" id=\"partial\">\n");
            lf_report_element(page->out, "p", NULL, line.zh, line.en);
            lf_buffer_add(page->out, "</div>\n");
        }
    }
}

void lf_report_html_banner(lf_report_page *page) {
    lf_buffer *out = page->out;
    if (page->result->option_count == 0) {
        return;
    }
    const lf_spec *spec = lf_twin_spec(lf_option_twin(page->result->options[0]));
    lf_report_sentence names, line;
    tell_partial(page);
    int counts[LF_QUALITY_COUNT] = {0}, total;
    count_figures(page->result, counts, &total);
    int synthetic = list_layers(spec, LF_SYNTHETIC, &names);
    bool trusted = synthetic == 0 && counts[LF_SYNTHETIC] + counts[LF_ASSUMED] == 0;
    lf_buffer_addf(out, "<div class=\"banner%s\" id=\"trust\">\n", trusted ? " ok" : "");
    if (synthetic) {
        snprintf(line.zh, sizeof line.zh,
                 "合成数据：%.400s。由规则生成，不是现场情况，不能据以施工。", names.zh);
        snprintf(line.en, sizeof line.en,
                 "Synthetic: %.400s. Made by rule, not the site; do not build from it.", names.en);
        lf_report_element(out, "p", NULL, line.zh, line.en);
    }
    if (list_layers(spec, LF_ASSUMED, &names)) {
        snprintf(line.zh, sizeof line.zh, "部分属性为假定：%.400s。", names.zh);
        snprintf(line.en, sizeof line.en, "Partly assumed: %.400s.", names.en);
        lf_report_element(out, "p", NULL, line.zh, line.en);
    }
    snprintf(line.zh, sizeof line.zh,
             "共 %d 个指标值：依据合成数据 %d，依据假定 %d，依据登记资料 %d，依据实测 %d。", total,
             counts[LF_SYNTHETIC], counts[LF_ASSUMED], counts[LF_TAGGED], counts[LF_MEASURED]);
    snprintf(line.en, sizeof line.en,
             "Of %d figures %d rest on synthetic data, %d on assumptions, %d on records, %d on "
             "measurements.",
             total, counts[LF_SYNTHETIC], counts[LF_ASSUMED], counts[LF_TAGGED],
             counts[LF_MEASURED]);
    lf_report_element(out, "p", NULL, line.zh, line.en);
    lf_buffer_add(out, "</div>\n");
}

static void add(lf_report_sentence *to, const char *zh, const char *en) {
    size_t used_zh = strlen(to->zh), used_en = strlen(to->en);
    snprintf(to->zh + used_zh, sizeof to->zh - used_zh, "%s%s", used_zh ? "；" : "", zh);
    snprintf(to->en + used_en, sizeof to->en - used_en, "%s%s", used_en ? "; " : "", en);
}

static double value_named(const lf_option_result *option, const char *name) {
    const lf_figure *figure = lf_option_figure(option, name);
    return figure ? figure->value : NAN;
}

static void add_parking(lf_report_sentence *to, const lf_option_result *option) {
    double unserved = value_named(option, "park.unserved_ratio");
    double search = value_named(option, "park.search_mean_s");
    char zh[128], en[128];
    if (isfinite(unserved)) {
        snprintf(zh, sizeof zh, "%.1f%% 的车停不下", unserved * 100);
        snprintf(en, sizeof en, "%.1f%% of cars find no place", unserved * 100);
        add(to, zh, en);
    }
    if (isfinite(search)) {
        snprintf(zh, sizeof zh, "平均寻位 %.0f 秒", search);
        snprintf(en, sizeof en, "%.0f s to find a place", search);
        add(to, zh, en);
    }
}

// Options that build nothing have nothing to pay back.
static void add_money(lf_report_sentence *to, const lf_option_result *option) {
    double capex = value_named(option, "retro.capex_cny");
    const lf_money_table *money = lf_option_money(option);
    const lf_figure *payback = lf_option_figure(option, "retro.payback_years");
    char zh[128], en[128], number[LF_REPORT_NUMBER_SIZE];
    if (!(capex > 0)) {
        return;
    }
    bool wan = capex >= 1e5;
    lf_report_fixed(wan ? capex / 1e4 : capex, 0, true, number);
    snprintf(zh, sizeof zh, "投资 %s %s", number, wan ? "万元" : "元");
    bool million = capex >= 1e6;
    lf_report_fixed(million ? capex / 1e6 : capex, million ? 2 : 0, true, number);
    snprintf(en, sizeof en, "%s%s yuan to build", number, million ? " million" : "");
    add(to, zh, en);
    if (payback && isfinite(payback->value)) {
        lf_report_fixed(payback->value, 1, false, number);
        snprintf(zh, sizeof zh, "%s 年回本", number);
        snprintf(en, sizeof en, "pays back in %s years", number);
        add(to, zh, en);
    } else if (payback && money) {
        snprintf(zh, sizeof zh, "%d 年内不回本", money->year_count);
        snprintf(en, sizeof en, "does not pay back within %d years", money->year_count);
        add(to, zh, en);
    }
}

void lf_report_option_sentence(const lf_result *result, int option, lf_report_sentence *sentence) {
    lf_report_sentence water;
    lf_report_map map;
    sentence->zh[0] = sentence->en[0] = 0;
    lf_report_map_measure(&map, NULL, result, option);
    if (map.has_depth) {
        lf_report_map_title(&map, &water);
        add(sentence, water.zh, water.en);
    }
    add_parking(sentence, result->options[option]);
    add_money(sentence, result->options[option]);
}

static void card_value(lf_buffer *out, const lf_figure_def *def, double value) {
    char number[LF_REPORT_NUMBER_SIZE];
    lf_report_escape(out, lf_report_figure_text(def, value, number));
    if (lf_report_unit(def, true)[0]) {
        lf_buffer_add(out, " <small>");
        lf_report_two(out, lf_report_unit(def, true), lf_report_unit(def, false));
        lf_buffer_add(out, "</small>");
    }
}

static bool is_defined(const lf_result *result, const lf_figure_def *def) {
    for (int i = 0; def && i < result->option_count; i++) {
        if (!isnan(lf_report_value(result->options[i], def))) {
            return true;
        }
    }
    return false;
}

// From the first option to the best one.
static void card(lf_report_page *page, const lf_figure_def *def) {
    lf_buffer *out = page->out;
    const lf_result *result = page->result;
    double base = lf_report_value(result->options[0], def);
    int best = -1;
    for (int i = result->option_count - 1; i >= 0; i--) {
        best = lf_report_is_best(result, def, i) ? i : best;
    }
    int shown = best >= 0 ? best : 0;
    while (shown < result->option_count && isnan(lf_report_value(result->options[shown], def))) {
        shown++;
    }
    if (shown == result->option_count) {
        return; // undefined in every option
    }
    lf_buffer_add(out, "<div class=\"card-box\">");
    lf_report_element(out, "div", "label", lf_report_label_zh(def), def->doc);
    lf_buffer_add(out, "<div class=\"big\">");
    if (best > 0 && isfinite(base)) {
        char number[LF_REPORT_NUMBER_SIZE];
        lf_buffer_add(out, "<span class=\"was\">");
        lf_report_escape(out, lf_report_figure_text(def, base, number));
        lf_buffer_add(out, " → </span>");
    }
    card_value(out, def, lf_report_value(result->options[shown], def));
    lf_buffer_add(out, "</div>\n<div class=\"foot\">");
    if (best >= 0) {
        lf_report_two(out, "最优", "best");
        lf_buffer_add(out, " · ");
    }
    lf_report_escape(out, lf_option_name(result->options[shown]));
    lf_buffer_add(out, "</div></div>\n");
}

static const lf_figure_def *def_named(const lf_result *result, const char *name) {
    for (int i = 0; i < result->option_count; i++) {
        const lf_figure *figure = lf_option_figure(result->options[i], name);
        if (figure) {
            return figure->def;
        }
    }
    return NULL;
}

void lf_report_html_findings(lf_report_page *page) {
    static const char *const names[] = {"drain.max_depth_m",   "drain.flooded_area_m2",
                                        "park.unserved_ratio", "park.search_mean_s",
                                        "retro.npv_cny",       "retro.payback_years"};
    enum { NAMES = sizeof names / sizeof *names };
    const lf_figure_def *defs[NAMES];
    int count = 0;
    for (int i = 0; i < NAMES; i++) {
        defs[count] = def_named(page->result, names[i]);
        count += is_defined(page->result, defs[count]);
    }
    lf_buffer *out = page->out;
    lf_report_element(out, "h2", NULL, "所见", "What is seen");
    lf_buffer_addf(out, "<div class=\"cards n%d\">\n", count);
    for (int i = 0; i < count; i++) {
        card(page, defs[i]);
    }
    lf_buffer_add(out, "</div>\n<ul class=\"seen\">\n");
    for (int i = 0; i < page->result->option_count; i++) {
        lf_report_sentence sentence;
        lf_report_option_sentence(page->result, i, &sentence);
        lf_buffer_add(out, "<li><b>");
        lf_report_escape(out, lf_option_name(page->result->options[i]));
        lf_buffer_add(out, "</b>： ");
        lf_report_two(out, sentence.zh, sentence.en);
        lf_buffer_add(out, "</li>\n");
    }
    lf_buffer_add(out, "</ul>\n");
}

static void module_row(lf_report_page *page, const char *name) {
    static const char *const words[][3] = {{"drain", "排水与内涝", "Drainage and flooding"},
                                           {"park", "停车与交通", "Parking and traffic"},
                                           {"retro", "改造与资金", "Retrofit and money"}};
    size_t length = strcspn(name, ".");
    lf_buffer_addf(page->out, "<tr class=\"module\"><th colspan=\"%d\">",
                   page->result->option_count + 3);
    bool known = false;
    for (size_t i = 0; i < 3; i++) {
        if (strlen(words[i][0]) == length && strncmp(words[i][0], name, length) == 0) {
            lf_report_two(page->out, words[i][1], words[i][2]);
            known = true;
        }
    }
    if (!known) {
        char module[64];
        snprintf(module, sizeof module, "%.*s", (int)(length < 63 ? length : 63), name);
        lf_report_escape(page->out, module);
    }
    lf_buffer_add(page->out, "</th></tr>\n");
}

static void figure_cell(lf_report_page *page, const lf_figure_def *def, int option) {
    lf_buffer *out = page->out;
    const lf_result *result = page->result;
    const lf_figure *figure = lf_option_figure(result->options[option], def->name);
    double base = lf_report_value(result->options[0], def);
    char number[LF_REPORT_NUMBER_SIZE];
    if (!figure) {
        lf_buffer_add(out, "<td class=\"num\"></td>");
        return;
    }
    int judged = option > 0 ? lf_report_judge(def, figure->value, base) : 0;
    lf_buffer_addf(out, "<td class=\"num%s%s\"><b>",
                   judged > 0   ? " better"
                   : judged < 0 ? " worse"
                                : "",
                   lf_report_is_best(result, def, option) ? " best" : "");
    if (isnan(figure->value)) {
        lf_report_two(out, "无", "none");
    } else {
        lf_report_escape(out, lf_report_figure_text(def, figure->value, number));
    }
    lf_buffer_add(out, "</b>");
    if (option > 0 && lf_report_difference_text(def, figure->value, base, number)[0]) {
        lf_buffer_addf(out, "<span class=\"delta\">%s", judged > 0 ? "✓ " : judged < 0 ? "✗ " : "");
        lf_report_escape(out, number);
        lf_buffer_add(out, "</span>");
    }
    lf_buffer_add(out, "</td>");
}

static void figure_row(lf_report_page *page, const lf_figure_def *def) {
    lf_buffer *out = page->out;
    lf_quality worst = LF_MEASURED;
    lf_buffer_add(out, "<tr><td>");
    lf_report_two(out, lf_report_label_zh(def), def->doc);
    lf_buffer_add(out, "<code>");
    lf_report_escape(out, def->name);
    lf_buffer_add(out, "</code></td><td>");
    lf_report_two(out, lf_report_unit(def, true), lf_report_unit(def, false));
    lf_buffer_add(out, "</td>");
    for (int i = 0; i < page->result->option_count; i++) {
        const lf_figure *figure = lf_option_figure(page->result->options[i], def->name);
        worst = figure && figure->quality > worst ? figure->quality : worst;
        figure_cell(page, def, i);
    }
    lf_buffer_add(out, "<td>");
    lf_report_chip(out, worst);
    lf_buffer_add(out, "</td></tr>\n");
}

void lf_report_html_figures(lf_report_page *page) {
    lf_buffer *out = page->out;
    lf_report_rows rows;
    lf_buffer_add(out, "<h2 id=\"figures\">");
    lf_report_two(out, "方案对比", "Options compared");
    lf_buffer_add(out, "</h2>\n");
    lf_report_element(out, "p", "quiet",
                      "★ 该行最优；✓ 优于第一个方案，✗ 差于第一个方案；pp 为百分点。",
                      "★ best of the row; ✓ better, ✗ worse than the first option; pp = percentage "
                      "points.");
    if (!lf_report_rows_collect(page->result, &rows)) {
        out->failed = true;
        return;
    }
    lf_buffer_add(out, "<div class=\"scroll\"><table class=\"figures\">\n<thead><tr><th>");
    lf_report_two(out, "指标", "Figure");
    lf_buffer_add(out, "</th><th>");
    lf_report_two(out, "单位", "Unit");
    lf_buffer_add(out, "</th>");
    for (int i = 0; i < page->result->option_count; i++) {
        lf_buffer_add(out, "<th class=\"num\">");
        lf_report_escape(out, lf_option_name(page->result->options[i]));
        lf_buffer_add(out, "</th>");
    }
    lf_buffer_add(out, "<th>");
    lf_report_two(out, "数据", "Data");
    lf_buffer_add(out, "</th></tr></thead>\n<tbody>\n");
    for (int r = 0; r < rows.count; r++) {
        const char *name = rows.defs[r]->name;
        size_t length = strcspn(name, ".");
        if (r == 0 || strncmp(name, rows.defs[r - 1]->name, length + 1) != 0) {
            module_row(page, name);
        }
        figure_row(page, rows.defs[r]);
    }
    lf_buffer_add(out, "</tbody></table></div>\n");
    lf_report_rows_free(&rows);
}

static void check_row(lf_report_page *page, const lf_check_result *check) {
    lf_buffer *out = page->out;
    char number[LF_REPORT_NUMBER_SIZE];
    lf_buffer_addf(out, "<tr><td><span class=\"chip %s\">", check->pass ? "pass" : "fail");
    if (check->pass) {
        lf_report_two(out, "✓ 通过", "pass");
    } else if (check->defined) {
        lf_report_two(out, "✗ 未通过", "fail");
    } else {
        lf_report_two(out, "? 无法判断", "undefined");
    }
    lf_buffer_add(out, "</span></td><td><code>");
    lf_report_escape(out, check->text);
    lf_buffer_add(out, "</code></td><td>");
    lf_report_escape(out, check->option ? check->option : "");
    lf_buffer_add(out, "</td><td class=\"num\">");
    lf_report_escape(out, lf_report_plain(check->value, number));
    lf_buffer_add(out, "</td><td>");
    lf_report_escape(out, check->message && !check->pass ? check->message : "");
    lf_buffer_add(out, "</td></tr>\n");
}

void lf_report_html_checks(lf_report_page *page) {
    lf_buffer *out = page->out;
    const lf_result *result = page->result;
    lf_buffer_add(out, "<h2 id=\"checks\">");
    lf_report_two(out, "检查", "Checks");
    lf_buffer_add(out, "</h2>\n");
    if (result->check_count == 0) {
        lf_report_element(out, "p", "quiet", "情景没有写检查。", "The scenario states no checks.");
        return;
    }
    static const char *const heads[][2] = {{"结果", "Result"},
                                           {"检查", "Check"},
                                           {"方案", "Option"},
                                           {"左侧值", "Value"},
                                           {"说明", "Message"}};
    lf_buffer_add(out, "<div class=\"scroll\"><table><thead><tr>");
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        lf_buffer_addf(out, "<th%s>", i == 3 ? " class=\"num\"" : "");
        lf_report_two(out, heads[i][0], heads[i][1]);
        lf_buffer_add(out, "</th>");
    }
    lf_buffer_add(out, "</tr></thead><tbody>\n");
    for (int i = 0; i < result->check_count; i++) {
        check_row(page, &result->checks[i]);
    }
    lf_buffer_add(out, "</tbody></table></div>\n");
}
