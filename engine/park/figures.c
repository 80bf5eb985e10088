// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The figures of parking and how they follow from the counters.
#include "park/engine.h"

#include <math.h>

typedef enum figure {
    STALLS,
    CARS,
    DEMAND_CARS,
    UNSERVED_RATIO,
    UNSERVED_CARS,
    SEARCH_MEAN_S,
    SEARCH_P95_S,
    CRUISING_KM,
    DRIVEN_KM,
    OCCUPANCY_MAX_RATIO,
    OCCUPANCY_MEAN_RATIO,
    WALK_MEAN_M,
    GATE_WAIT_MEAN_S,
    GATE_QUEUE_MAX_CARS,
    FLOODED_CARS,
    TURNED_AWAY_CARS,
    HELD_CARS,
    ILLEGAL_CARS,
    REVENUE_CNY,
    CHARGE_KWH,
    CHARGE_UNSERVED_RATIO,
    FIGURE_COUNT
} figure;
_Static_assert(FIGURE_COUNT == (int)LF_PARK_FIGURE_COUNT, "the count in engine.h");

const lf_figure_def lf_park_figures[LF_PARK_FIGURE_COUNT] = {
    [STALLS] = {"park.stalls", "1", "places where a car can stand", "停车位", 1},
    [CARS] = {"park.cars", "1", "cars of the residents", "居民汽车", 0},
    [DEMAND_CARS] = {"park.demand_cars", "1", "cars that asked for a place during the run",
                     "停车需求(车次)", 0},
    [UNSERVED_RATIO] = {"park.unserved_ratio", "1", "share of them that found none", "停不下比例",
                        -1},
    [UNSERVED_CARS] = {"park.unserved_cars", "1", "how many of them found none", "停不下车次", -1},
    [SEARCH_MEAN_S] = {"park.search_mean_s", "s", "mean time to park beyond free flow to the wish",
                       "平均寻位时间", -1},
    [SEARCH_P95_S] = {"park.search_p95_s", "s", "95th percentile of that time", "寻位时间95分位",
                      -1},
    [CRUISING_KM] = {"park.cruising_km", "km", "driven in search of a place", "巡游里程", -1},
    [DRIVEN_KM] = {"park.driven_km", "km", "driven inside altogether", "行驶里程", 0},
    [OCCUPANCY_MAX_RATIO] = {"park.occupancy_max_ratio", "1", "most places taken at once",
                             "最高占用率", 0},
    [OCCUPANCY_MEAN_RATIO] = {"park.occupancy_mean_ratio", "1", "places taken, mean over time",
                              "平均占用率", 0},
    [WALK_MEAN_M] = {"park.walk_mean_m", "m", "mean walk from the place to the door",
                     "平均步行距离", -1},
    [GATE_WAIT_MEAN_S] = {"park.gate_wait_mean_s", "s", "mean wait at gates, in and out",
                          "出入口平均等待", -1},
    [GATE_QUEUE_MAX_CARS] = {"park.gate_queue_max_cars", "1", "longest queue at a gate",
                             "出入口最长排队", -1},
    [FLOODED_CARS] = {"park.flooded_cars", "1", "cars that stood in too deep water", "涉水车辆",
                      -1},
    [TURNED_AWAY_CARS] = {"park.turned_away_cars", "1", "cars turned away by closed roads",
                          "因积水折返车次", -1},
    [HELD_CARS] = {"park.held_cars", "1", "cars that could not leave because of water",
                   "因积水滞留车次", -1},
    [ILLEGAL_CARS] = {"park.illegal_cars", "1", "cars parked illegally", "违停车次", -1},
    [REVENUE_CNY] = {"park.revenue_cny", "yuan", "income of a day: permits, visitors, charging",
                     "停车日收入", 1},
    [CHARGE_KWH] = {"park.charge_kwh", "kWh", "energy charged", "充电量", 1},
    [CHARGE_UNSERVED_RATIO] = {"park.charge_unserved_ratio", "1",
                               "share of charging wishes without a charger", "充电未满足比例", -1},
};

static double ratio(double part, double whole) {
    return whole > 0 ? part / whole : NAN;
}

// The shortest time that 95 % of the searches do not exceed, to the second.
static double percentile_s(const lf_park_state *s, double share) {
    int64_t total = s->count[LF_PARK_SERVED], below = 0;
    if (total == 0)
        return NAN;
    for (int i = 0; i < LF_PARK_SEARCH_BINS; i++) {
        below += s->search_bins[i];
        if ((double)below >= share * (double)total)
            return i;
    }
    return LF_PARK_SEARCH_BINS;
}

static double charged_kwh(const lf_park_model *m, const lf_park_state *s) {
    double sum = s->sum[LF_PARK_CHARGED_KWH];
    for (int p = 0; p < m->place_count; p++)
        if (s->place_car[p] >= 0)
            sum += lf_park_stay_kwh(m, s, s->place_car[p], m->clock.stop_s);
    return sum;
}

static double taken_s(const lf_park_model *m, const lf_park_state *s) {
    double sum = 0;
    for (int p = 0; p < m->place_count; p++)
        sum += lf_park_place_taken_s(m, s, p);
    return sum;
}

static double parked_stays(const lf_park_model *m, const lf_park_state *s) {
    int64_t stays = 0;
    for (int b = 0; b < m->building_count; b++)
        stays += s->building_served[b];
    return (double)stays;
}

// Permits are counted once per car and are worth a day; the rest is scaled from the run to a day.
static double revenue_cny(const lf_park_model *m, const lf_park_state *s, double kwh) {
    double days = m->clock.stop_s / 86400;
    double margin = m->settings.charge_price_cny_kwh - m->settings.power_cost_cny_kwh;
    double visits = (double)s->count[LF_PARK_FEN_VISITS] / 100 + kwh * margin;
    double permits = (double)s->count[LF_PARK_FEN_PERMITS] / 100;
    return permits + (days > 0 ? visits / days : 0);
}

static double queue_max(const lf_park_model *m, const lf_park_state *s) {
    int most = 0;
    for (int q = 0; q < 2 * m->entry_count; q++)
        if (s->gate_queue_max[q] > most)
            most = s->gate_queue_max[q];
    return most;
}

static double resident_cars(const lf_park_model *m) {
    int count = 0;
    for (int i = 0; i < m->car_count; i++)
        count += m->cars[i].kind == LF_PARK_RESIDENT;
    return count;
}

void lf_park_set_figures(const lf_park_model *m, const lf_park_state *s, lf_option_result *result) {
    const int64_t *count = s->count;
    const double kwh = charged_kwh(m, s), places = m->place_count;
    double value[FIGURE_COUNT];
    value[STALLS] = places;
    value[CARS] = resident_cars(m);
    value[DEMAND_CARS] = (double)count[LF_PARK_REQUESTS];
    value[UNSERVED_CARS] = (double)count[LF_PARK_UNSERVED];
    value[UNSERVED_RATIO] = ratio(value[UNSERVED_CARS], value[DEMAND_CARS]);
    value[SEARCH_MEAN_S] = ratio(s->sum[LF_PARK_SEARCH_S], (double)count[LF_PARK_SERVED]);
    value[SEARCH_P95_S] = percentile_s(s, 0.95);
    value[CRUISING_KM] = s->sum[LF_PARK_CRUISED_M] / 1000;
    value[DRIVEN_KM] = s->sum[LF_PARK_DRIVEN_M] / 1000;
    value[OCCUPANCY_MAX_RATIO] = (double)count[LF_PARK_TAKEN_MAX] / places;
    value[OCCUPANCY_MEAN_RATIO] = ratio(taken_s(m, s), places * m->clock.stop_s);
    value[WALK_MEAN_M] = ratio(s->sum[LF_PARK_WALKED_M], parked_stays(m, s));
    value[GATE_WAIT_MEAN_S] = ratio(s->sum[LF_PARK_GATE_WAIT_S], (double)count[LF_PARK_GATE_CARS]);
    value[GATE_QUEUE_MAX_CARS] = queue_max(m, s);
    value[FLOODED_CARS] = (double)count[LF_PARK_FLOODED_CARS];
    value[TURNED_AWAY_CARS] = (double)count[LF_PARK_TURNED_AWAY];
    value[HELD_CARS] = (double)count[LF_PARK_HELD];
    value[ILLEGAL_CARS] = (double)count[LF_PARK_ILLEGALLY];
    value[REVENUE_CNY] = revenue_cny(m, s, kwh);
    value[CHARGE_KWH] = kwh;
    value[CHARGE_UNSERVED_RATIO] =
        ratio((double)(count[LF_PARK_CHARGE_WANTED] - count[LF_PARK_CHARGE_SERVED]),
              (double)count[LF_PARK_CHARGE_WANTED]);
    // Demand stands on assumed times of day, so nothing but the stall count is better than that.
    lf_quality demand = m->quality > LF_ASSUMED ? m->quality : LF_ASSUMED;
    for (int i = 0; i < FIGURE_COUNT; i++)
        lf_option_set_figure(result, &lf_park_figures[i], value[i],
                             i == STALLS ? m->quality : demand);
}
