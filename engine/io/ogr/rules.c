// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Names of layers, columns and values as they occur in practice.
#include "io/ogr/rules.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

void lf_io_ogr_lower(char *text) {
    for (; *text; text++)
        if (*text >= 'A' && *text <= 'Z')
            *text = (char)(*text - 'A' + 'a');
}

// Words are found anywhere in a name; the first line that fits decides, so the more special words
// stand above the more general ones.
static const struct layer_words {
    lf_layer layer;
    const char *words; // divided by '|'
} layer_words[] = {
    {LF_BUILDING_PARTS, "building_part|buildingpart|building part"},
    {LF_ROAD_NODES, "road_node"},
    {LF_DRAIN_NODES, "drain_node|manhole|gully|gullies|inlet|outfall|catchbasin|雨水井|检查井|"
                     "污水井|窨井|雨水口|雨水篦|排口|管点"},
    {LF_SUBCATCHMENTS, "subcatch|catchment|汇水"},
    {LF_DRAIN_LINKS, "drain_link|pipe|conduit|sewer|culvert|管线|管道|管网|雨水管|污水管|管段"},
    {LF_STALLS, "stall|parking_space|车位|泊位"},
    {LF_PARKING, "parking|car_park|carpark|停车"},
    {LF_GATES, "gate|entrance|大门|出入口|道闸"},
    {LF_SENSORS, "sensor|gauge|传感|监测"},
    {LF_COMPOUNDS, "compound|estate|neighbourhood|neighborhood|小区|社区|院落|红线"},
    {LF_BUILDINGS, "building|bldg|footprint|house|建筑|房屋|楼栋|楼"},
    {LF_ROADS, "road|street|highway|centerline|centreline|道路|路网|中心线|路"},
    {LF_STOREYS, "storeys|楼层"},
    {LF_SPACES, "spaces|rooms|房间"},
    {LF_TREES, "tree|树|乔木"},
    {LF_WALLS, "wall|fence|hedge|围墙|栏杆|墙"},
    {LF_WATER, "water|river|pond|lake|canal|水系|水体|水域|河|湖|池塘|水"},
    {LF_GREEN, "green|lawn|grass|garden|vegetation|park|绿地|绿化|草坪|草地|花坛|绿"},
    {LF_ASSETS, "asset|equipment|lamp|charger|设施|设备|路灯"},
};

// Calls for each word of a list; true if `name` holds (or, exact, equals) one.
static bool matches(const char *name, const char *words, bool exact) {
    char word[64];
    for (const char *at = words; at && *at;) {
        size_t length = strcspn(at, "|");
        snprintf(word, sizeof word, "%.*s", (int)length, at);
        if (exact ? strcmp(name, word) == 0 : strstr(name, word) != NULL)
            return true;
        at += length + (at[length] == '|');
    }
    return false;
}

bool lf_io_ogr_guess_layer(const char *name, lf_layer *layer) {
    char lower[200];
    snprintf(lower, sizeof lower, "%s", name);
    lf_io_ogr_lower(lower);
    if (lf_layer_find(lower, layer))
        return true;
    for (size_t i = 0; i < sizeof layer_words / sizeof layer_words[0]; i++) {
        if (matches(lower, layer_words[i].words, false)) {
            *layer = layer_words[i].layer;
            return true;
        }
    }
    return false;
}

// Other names of a field, the same for every layer that has it. A column must equal one.
static const struct field_words {
    const char *field;
    const char *words;
    double factor;
} field_words[] = {
    {"name", "name|名称|楼名|楼号|小区名|编号|点号|井号|物探点号|管线编号|label|node_id|link_id",
     1},
    {"kind", "kind|type|use|usage|category|class|fclass|building|highway|用途|类型|性质|类别|分类",
     1},
    {"storeys",
     "floors|levels|storey|stories|num_floors|floor|building:levels|building_levels|"
     "层数|楼层|总层数|地上层数|楼层数",
     1},
    {"height_m", "height|hgt|building_height|bldg_height|h|高度|建筑高度|楼高|树高", 1},
    {"base_m", "base|ground_elev|地面高程|基底高程", 1},
    {"year_built",
     "year|built|construction_year|start_date|建成年代|建造年份|建成年份|年代|"
     "埋设年代|敷设年代",
     1},
    {"households", "units|dwellings|hh|household|flats|户数|总户数", 1},
    {"staircases", "stairs|entrances|单元数|单元", 1},
    {"dwelling_area_m2", "dwelling_area|unit_area|户均面积", 1},
    {"lift", "lift|elevator|电梯", 1},
    {"width_m", "width|宽度|路宽|路面宽度", 1},
    {"speed_m_s", "maxspeed|speed_km_h|speed_limit|限速", 1 / 3.6},
    {"oneway", "one_way|单行", 1},
    {"drivable", "drivable|cars|机动车", 1},
    {"capacity", "stalls|spaces|capacity|车位数|泊位数|容量|泊位", 1},
    {"chargers", "chargers|充电桩|充电桩数", 1},
    {"lanes_in", "入口车道", 1},
    {"lanes_out", "出口车道", 1},
    {"invert_m", "invert|invert_elev|invert_level|bottom|井底高程|井底标高|管底高程", 1},
    {"ground_m", "rim|rim_elev|ground|ground_elev|surface|地面高程|井口高程|井面高程|地面标高", 1},
    {"diameter_m", "diameter|diam|dn|dia|管径|断面尺寸|管径mm|diameter_mm", 1},
    {"length_m", "length|管长|长度", 1},
    {"roughness_s_m13", "roughness|manning|mannings_n|n|糙率", 1},
    {"from", "from_node|from|up|us_node|upstream|起点|起点点号|起点号|上游|上游点号|起始点号", 1},
    {"to",
     "to_node|to|down|ds_node|downstream|终点|终点点号|终点号|下游|下游点号|终止点号|连接点号", 1},
    {"crown_m", "crown|diameter_crown|冠幅", 1},
    {"depth_m", "depth|水深|深度", 1},
    {"unit", "unit|单位", 1},
    {"target", "target|对象", 1},
};

bool lf_io_ogr_is_column(const char *column, lf_layer layer, const char *field, double *factor) {
    char lower[120];
    (void)layer;
    snprintf(lower, sizeof lower, "%s", column);
    lf_io_ogr_lower(lower);
    *factor = 1;
    if (strcmp(lower, field) == 0)
        return true;
    for (size_t i = 0; i < sizeof field_words / sizeof field_words[0]; i++) {
        if (strcmp(field_words[i].field, field) == 0 &&
            matches(lower, field_words[i].words, true)) {
            *factor = field_words[i].factor;
            return true;
        }
    }
    return false;
}

static const struct value_words {
    lf_layer layer;
    const char *value;
    const char *words;
} value_words[] = {
    {LF_BUILDINGS, "residential",
     "apartments|dormitory|house|detached|terrace|yes_residential|住宅|"
     "居住|宿舍|居民楼|公寓|民房"},
    {LF_BUILDINGS, "shed", "shed|hut|棚|车棚|自行车棚|储藏|平房"},
    {LF_BUILDINGS, "school", "university|college|kindergarten|学校|教学|幼儿园|教育"},
    {LF_BUILDINGS, "commercial", "retail|office|shop|supermarket|hotel|商业|商店|办公|底商|超市"},
    {LF_BUILDINGS, "public", "civic|hospital|government|公共|公建|医院|社区中心|物业|配套"},
    {LF_BUILDINGS, "garage", "garages|carport|parking|车库"},
    {LF_BUILDINGS, "industrial", "warehouse|factory|工业|厂房|仓库|锅炉房|泵房|配电室"},
    {LF_ROADS, "arterial",
     "motorway|trunk|primary|secondary|motorway_link|trunk_link|"
     "primary_link|secondary_link|主干路|次干路|快速路|主路|主干道|次干道"},
    {LF_ROADS, "street", "tertiary|unclassified|tertiary_link|支路|街道|市政路"},
    {LF_ROADS, "residential", "living_street|小区路|内部路|组团路|小区主路|宅前路"},
    {LF_ROADS, "service", "track|消防通道|通道|服务路"},
    {LF_ROADS, "aisle", "parking_aisle|停车通道"},
    {LF_ROADS, "footway", "path|pedestrian|sidewalk|人行道|步道|步行道|步行"},
    {LF_ROADS, "cycleway", "自行车道|非机动车道"},
    {LF_ROADS, "steps", "台阶|楼梯"},
    {LF_PARKING, "yard", "surface|ground|地面|院内|停车场"},
    {LF_PARKING, "kerb", "street_side|lane|on_street|roadside|路边|路侧"},
    {LF_PARKING, "garage", "multi-storey|停车楼|车库"},
    {LF_PARKING, "underground", "地下|地下车库"},
    {LF_PARKING, "mechanical", "机械|立体|机械车库"},
    {LF_GREEN, "lawn", "grass|park|garden|草坪|草地|绿地|公园"},
    {LF_GREEN, "shrub", "scrub|flowerbed|灌木|花坛|绿篱"},
    {LF_GREEN, "wood", "forest|trees|树林|林地"},
    {LF_GREEN, "pitch", "球场|操场"},
    {LF_GREEN, "rain_garden", "bioretention|雨水花园|生物滞留"},
    {LF_GREEN, "sunken", "下凹绿地|下沉绿地|下沉式绿地"},
    {LF_GREEN, "bare", "soil|裸地|裸土"},
    {LF_WATER, "pond", "lake|湖|池|池塘|水景"},
    {LF_WATER, "river", "canal|stream|河|渠|河流"},
    {LF_WATER, "basin", "reservoir|调蓄池|水库"},
    {LF_WALLS, "wall", "围墙|墙"},
    {LF_WALLS, "fence", "栏杆|围栏|栅栏"},
    {LF_WALLS, "hedge", "绿篱"},
    {LF_DRAIN_NODES, "manhole", "junction|检查井|雨水井|污水井|窨井|雨水检查井"},
    {LF_DRAIN_NODES, "gully", "inlet|catchbasin|雨水口|雨水篦|雨水篦子|雨箅"},
    {LF_DRAIN_NODES, "outfall", "outlet|排口|出水口|排放口|排水口"},
    {LF_DRAIN_NODES, "storage", "tank|调蓄池"},
    {LF_DRAIN_LINKS, "conduit", "pipe|管|圆管|管道"},
    {LF_DRAIN_LINKS, "combined", "合流|雨污合流"},
    {LF_DRAIN_LINKS, "storm", "雨水|stormwater"},
    {LF_DRAIN_LINKS, "sanitary", "污水|sewage|foul"},
    {LF_COMPOUNDS, "residential", "居住|住宅小区|小区"},
    {LF_COMPOUNDS, "school", "学校|幼儿园"},
};

int lf_io_ogr_guess_value(lf_layer layer, const lf_field *field, const char *word) {
    char lower[120];
    const char *known = NULL;
    snprintf(lower, sizeof lower, "%s", word);
    lf_io_ogr_lower(lower);
    for (size_t i = 0; !known && i < sizeof value_words / sizeof value_words[0]; i++)
        if (value_words[i].layer == layer && matches(lower, value_words[i].words, true))
            known = value_words[i].value;
    for (int pass = 0; pass < 2; pass++) {
        const char *want = pass == 0 ? lower : known;
        for (int k = 0; want && field->names[k]; k++)
            if (strcmp(field->names[k], want) == 0)
                return k;
    }
    if (strcmp(field->name, "oneway") == 0) {
        if (matches(lower, "yes|true|1|b|f|是|正向", true))
            return LF_FORWARD;
        if (matches(lower, "-1|reverse|t|逆向", true))
            return LF_BACKWARD;
        if (matches(lower, "no|false|0|否|双向", true))
            return LF_BOTH_WAYS;
    }
    return -1;
}
