// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Numbers and words for people. Files for programs (result.json, CSV) never use these.
#include "report/number.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *lf_report_fixed(double value, int decimals, bool thousands,
                            char out[LF_REPORT_NUMBER_SIZE]) {
    char digits[400];
    if (!isfinite(value)) {
        snprintf(out, LF_REPORT_NUMBER_SIZE, "%s", isnan(value) ? "-" : value > 0 ? "inf" : "-inf");
        return out;
    }
    snprintf(digits, sizeof digits, "%.*f", decimals, value);
    size_t whole = strspn(digits, "-0123456789");
    size_t total = strlen(digits);
    if (total > 30) {
        snprintf(out, LF_REPORT_NUMBER_SIZE, "%.3e", value);
        return out;
    }
    bool zero = strspn(digits, "-0.,") == total; // no "-0.0"
    size_t used = 0;
    for (size_t i = zero && digits[0] == '-' ? 1 : 0; i < total; i++) {
        char c = digits[i];
        out[used++] = i == whole ? '.' : c; // a locale may have written a comma
        bool group = i + 1 < whole && (whole - i - 1) % 3 == 0;
        if (thousands && group && c != '-') {
            out[used++] = ',';
        }
    }
    out[used] = 0;
    return out;
}

const char *lf_report_plain(double value, char out[LF_REPORT_NUMBER_SIZE]) {
    double size = fabs(value);
    if (!isfinite(value) || (value == floor(value) && size < 1e15)) {
        return lf_report_fixed(value, 0, true, out);
    }
    if (size < 1e-3) {
        snprintf(out, LF_REPORT_NUMBER_SIZE, "%.1e", value);
        return out;
    }
    int decimals = size >= 1000 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
    return lf_report_fixed(value, decimals, true, out);
}

static bool ends_with(const char *text, const char *end) {
    size_t length = strlen(text), tail = strlen(end);
    return length >= tail && strcmp(text + length - tail, end) == 0;
}

bool lf_report_is_share(const lf_figure_def *def) {
    bool ratio = ends_with(def->name, "_ratio") || ends_with(def->name, "probability");
    return ratio && !strstr(def->name, "error") && !strstr(def->name, "benefit_cost");
}

static bool is_money(const lf_figure_def *def) {
    return strncmp(def->unit, "yuan", 4) == 0 || strncmp(def->unit, "cny", 3) == 0;
}

const char *lf_report_figure_text(const lf_figure_def *def, double value,
                                  char out[LF_REPORT_NUMBER_SIZE]) {
    if (lf_report_is_share(def) && isfinite(value)) {
        lf_report_fixed(value * 100, 1, true, out);
        strcat(out, "%");
        return out;
    }
    return is_money(def) ? lf_report_fixed(value, 0, true, out) : lf_report_plain(value, out);
}

// A smaller rounding error is no merit of an option.
static bool is_noise(const lf_figure_def *def) {
    return strstr(def->name, "error") != NULL;
}

const char *lf_report_difference_text(const lf_figure_def *def, double value, double base,
                                      char out[LF_REPORT_NUMBER_SIZE]) {
    out[0] = 0;
    if (!isfinite(value) || !isfinite(base) || value == base || is_noise(def)) {
        return out;
    }
    char number[LF_REPORT_NUMBER_SIZE];
    const char *tail = "";
    if (base == 0 && !lf_report_is_share(def)) {
        return out; // the value itself is the difference
    }
    double ratio = base != 0 ? (value - base) / fabs(base) : INFINITY;
    bool share = lf_report_is_share(def);
    if (share) {
        lf_report_fixed((value - base) * 100, 1, true, number);
        tail = " pp";
    } else if (fabs(ratio) < 10 && (value > 0) == (base > 0)) {
        lf_report_fixed(ratio * 100, fabs(ratio) < 0.1 ? 1 : 0, false, number);
        tail = "%";
    } else {
        lf_report_figure_text(def, value - base, number);
    }
    snprintf(out, LF_REPORT_NUMBER_SIZE, "%s%.40s%s", value > base ? "+" : "", number, tail);
    return out;
}

static const struct {
    const char *unit, *zh, *en;
} unit_words[] = {
    {"1", "", ""},
    {"yuan/year", "元/年", "yuan/year"},
    {"km", "km", "km"},
    {"yuan", "元", "yuan"},
    {"cny", "元", "yuan"},
    {"years", "年", "years"},
    {"year", "年", "years"},
    {"a", "年", "years"},
    {"s", "秒", "s"},
    {"min", "分钟", "min"},
    {"h", "小时", "h"},
    {"m2", "m²", "m²"},
    {"m3", "m³", "m³"},
    {"m3/s", "m³/s", "m³/s"},
    {"piece", "个", "pieces"},
    {"cars", "辆", "cars"},
    {"stalls", "个", "stalls"},
};

const char *lf_report_unit(const lf_figure_def *def, bool chinese) {
    return lf_report_is_share(def) ? "" : lf_report_unit_word(def->unit, chinese);
}

const char *lf_report_unit_word(const char *unit, bool chinese) {
    for (size_t i = 0; i < sizeof unit_words / sizeof *unit_words; i++) {
        if (strcmp(unit_words[i].unit, unit) == 0) {
            return chinese ? unit_words[i].zh : unit_words[i].en;
        }
    }
    return unit;
}

int lf_report_judge(const lf_figure_def *def, double value, double base) {
    if (is_noise(def) || !isfinite(value) || !isfinite(base) || def->better == 0 || value == base) {
        return 0;
    }
    return (value > base) == (def->better > 0) ? 1 : -1;
}

double lf_report_value(const lf_option_result *option, const lf_figure_def *def) {
    const lf_figure *figure = lf_option_figure(option, def->name);
    return figure ? figure->value : NAN;
}

bool lf_report_is_best(const lf_result *result, const lf_figure_def *def, int option) {
    double mine = lf_report_value(result->options[option], def);
    if (def->better == 0 || !isfinite(mine)) {
        return false;
    }
    bool beats = false;
    for (int i = 0; i < result->option_count; i++) {
        int judged = lf_report_judge(def, mine, lf_report_value(result->options[i], def));
        if (judged < 0) {
            return false;
        }
        beats = beats || judged > 0;
    }
    return beats;
}

bool lf_report_rows_collect(const lf_result *result, lf_report_rows *rows) {
    size_t total = 0;
    for (int i = 0; i < result->option_count; i++) {
        total += (size_t)lf_option_figure_count(result->options[i]);
    }
    rows->count = 0;
    rows->defs = malloc((total ? total : 1) * sizeof *rows->defs);
    if (!rows->defs) {
        return false;
    }
    for (int i = 0; i < result->option_count; i++) {
        int after = -1; // a figure that only a later option has goes behind its neighbour
        for (int j = 0; j < lf_option_figure_count(result->options[i]); j++) {
            const lf_figure_def *def = lf_option_figure_at(result->options[i], j)->def;
            int found = -1;
            for (int k = 0; k < rows->count && found < 0; k++) {
                found = strcmp(rows->defs[k]->name, def->name) == 0 ? k : -1;
            }
            if (found < 0) {
                found = after + 1;
                memmove(rows->defs + found + 1, rows->defs + found,
                        (size_t)(rows->count - found) * sizeof *rows->defs);
                rows->defs[found] = def;
                rows->count++;
            }
            after = found;
        }
    }
    return true;
}

void lf_report_rows_free(lf_report_rows *rows) {
    free(rows->defs);
    rows->defs = NULL;
    rows->count = 0;
}

const char *lf_report_quality_zh(lf_quality quality) {
    static const char *const words[LF_QUALITY_COUNT] = {"实测", "登记", "假定", "合成"};
    return words[quality];
}

const char *lf_report_layer_zh(lf_layer layer) {
    static const char *const words[LF_LAYER_COUNT] = {
        [LF_COMPOUNDS] = "小区",
        [LF_BUILDINGS] = "建筑",
        [LF_BUILDING_PARTS] = "建筑部件",
        [LF_STOREYS] = "楼层",
        [LF_SPACES] = "房间",
        [LF_ROAD_NODES] = "道路节点",
        [LF_ROADS] = "道路",
        [LF_GATES] = "出入口",
        [LF_PARKING] = "停车区",
        [LF_STALLS] = "车位",
        [LF_GREEN] = "绿地",
        [LF_WATER] = "水体",
        [LF_TREES] = "树木",
        [LF_WALLS] = "围墙",
        [LF_DRAIN_NODES] = "排水节点",
        [LF_DRAIN_LINKS] = "排水管",
        [LF_SUBCATCHMENTS] = "汇水区",
        [LF_SENSORS] = "传感器",
        [LF_ASSETS] = "设备",
        [LF_INFLOWS] = "入流点",
        [LF_OPEN_EDGES] = "边界",
        [LF_CULVERTS] = "涵洞",
        [LF_SECTIONS] = "断面",
    };
    return words[layer] ? words[layer] : lf_layer_name(layer);
}

const char *lf_report_word_zh(const char *word) {
    static const char *const words[][2] = {
        {"water", "水量"},
        {"vehicles", "车辆"},
        {"money", "资金"},
        {"rain", "降雨"},
        {"infiltration", "下渗"},
        {"outfalls", "排口"},
        {"over the edges", "漫出边界"},
        {"surface", "地表"},
        {"pipes", "管内"},
        {"hollows and leaves", "洼蓄与截留"},
        {"roofs", "屋面"},
        {"inside at the start", "期初在内"},
        {"came in", "驶入"},
        {"left", "驶出"},
        {"parked", "停放"},
        {"parked illegally", "违停"},
        {"driving to a place", "驶向车位"},
        {"searching", "寻位"},
        {"leaving", "驶离途中"},
        {"queued to come in", "排队待进"},
        {"queued to leave", "排队待出"},
        {"income", "收入"},
        {"grants and contributions", "补助与分担"},
        {"works and renewals", "工程与更新"},
        {"operation", "运营"},
        {"left at the end", "期末结余"},
        {"rain_garden", "雨水花园"},
        {"sunken_green", "下沉绿地"},
        {"permeable_paving", "透水铺装"},
        {"pipe_renewal", "管网更新"},
        {"inlet_cleaning", "雨水口清掏"},
        {"add_inlets", "增设雨水口"},
        {"storage_tank", "调蓄池"},
        {"pump", "排涝泵"},
        {"restripe_stalls", "车位重划"},
        {"kerb_bays", "路侧港湾车位"},
        {"add_gate", "新增出入口"},
        {"gate_lanes", "出入口车道"},
        {"chargers", "充电桩"},
        {"parking_fee", "停车收费"},
        {"external_lift", "加装电梯"},
        {"property_service", "物业服务"},
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(words[i][0], word) == 0) {
            return words[i][1];
        }
    }
    return word;
}

const char *lf_report_label_zh(const lf_figure_def *def) {
    return def->doc_zh && def->doc_zh[0] ? def->doc_zh : def->doc ? def->doc : def->name;
}
