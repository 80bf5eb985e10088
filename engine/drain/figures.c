// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// What the module reports in one number each.
#include "drain/model.h"

const lf_figure_def lf_drain_figures[FIGURE_COUNT] = {
    [FIGURE_MAX_DEPTH] = {"drain.max_depth_m", "m",
                          "deepest water in the estate, ponds and rain gardens left out",
                          "最大积水深度", -1},
    [FIGURE_FLOODED_AREA] = {"drain.flooded_area_m2", "m²", "area that was ever deeper than 0.15 m",
                             "积水超过15厘米的面积", -1},
    [FIGURE_FLOODED_TIME] = {"drain.flooded_15cm_s", "s",
                             "longest time that a place was deeper than 0.15 m",
                             "积水超过15厘米的最长时间", -1},
    [FIGURE_ROAD_DEPTH] = {"drain.max_road_depth_m", "m", "deepest water on a carriageway",
                           "道路最大积水深度", -1},
    [FIGURE_RAIN] = {"drain.rain_m3", "m³", "rain on the computed area", "降雨量", 0},
    [FIGURE_OUTFLOW] = {"drain.outflow_m3", "m³", "water that left through outfalls and edges",
                        "外排水量", 0},
    [FIGURE_INFILTRATION] = {"drain.infiltration_m3", "m³", "water that went into the ground",
                             "下渗量", 1},
    [FIGURE_KEPT] = {"drain.kept_m3", "m³", "water kept by hollows, leaves and roofs", "截留量", 1},
    [FIGURE_TO_PIPES] = {"drain.to_pipes_m3", "m³", "water taken by inlets and roof connections",
                         "入管水量", 0},
    [FIGURE_FROM_PIPES] = {"drain.surcharged_m3", "m³", "water that pipes gave back to the street",
                           "管网溢流量", -1},
    [FIGURE_SURCHARGED] = {"drain.surcharged_length_m", "m",
                           "length of pipes that ran full at both ends", "满管长度", -1},
    [FIGURE_BUILDINGS] = {"drain.flooded_buildings", "1",
                          "buildings with water above the sill of the ground floor", "进水建筑数",
                          -1},
    [FIGURE_DAMAGE] = {"drain.damage_cny", "yuan", "damage to ground-floor dwellings",
                       "底层住户损失", -1},
    [FIGURE_BALANCE] = {"drain.balance_error_ratio", "1", "water that the run lost or made / rain",
                        "水量平衡误差", -1},
    [FIGURE_PERIOD] = {"drain.storm_period_years", "a", "return period of the design storm",
                       "降雨重现期", 0},
};
