// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// A car's stay on a place: taking it, leaving it, and what is paid for it.
#include "park/engine.h"

#include "park/place.h"

#include <assert.h>
#include <math.h>

#define DAYS_PER_MONTH 30.0

void lf_park_mode_set(lf_park_state *s, int car, lf_park_mode mode) {
    s->count[LF_PARK_IN_MODE + s->car_mode[car]]--;
    s->car_mode[car] = (uint8_t)mode;
    s->count[LF_PARK_IN_MODE + mode]++;
}

static int64_t fen(double cny) {
    return (int64_t)llround(cny * 100);
}

static double walk_m(const lf_park_model *m, int building, int place) {
    const lf_building *rows = lf_twin_rows(m->twin, LF_BUILDINGS, &(int){0});
    return lf_shape_distance_m(&rows[building].row.shape, m->places[place].position) *
           m->settings.walk_detour_ratio;
}

// --- money and energy ---------------------------------------------------------------------------

static void pay_permit(const lf_park_model *m, lf_park_state *s, int car, int lot) {
    if (m->cars[car].kind != LF_PARK_RESIDENT || (s->car_flags[car] & LF_PARK_FLAG_PERMIT))
        return;
    s->car_flags[car] |= LF_PARK_FLAG_PERMIT;
    s->count[LF_PARK_FEN_PERMITS] += fen(m->lots[lot].fee_month_cny / DAYS_PER_MONTH);
}

static void pay_stay(const lf_park_model *m, lf_park_state *s, int car, int lot, double stay_s) {
    if (m->cars[car].kind == LF_PARK_RESIDENT || stay_s <= m->settings.free_stay_s)
        return;
    s->count[LF_PARK_FEN_VISITS] += fen(ceil(stay_s / 3600) * m->lots[lot].fee_hour_cny);
}

double lf_park_stay_kwh(const lf_park_model *m, const lf_park_state *s, int car, double now_s) {
    if (!(s->car_flags[car] & LF_PARK_FLAG_CHARGE) || s->car_place[car] < 0)
        return 0;
    double kw = m->places[s->car_place[car]].charger_kw;
    return fmin(m->settings.charge_need_kwh, kw * (now_s - s->car_parked_s[car]) / 3600);
}

// --- places -------------------------------------------------------------------------------------

void lf_park_occupy(const lf_park_model *m, lf_park_state *s, int car, int place, double now_s) {
    assert(s->place_car[place] < 0);
    int lot = m->place_lot[place], parking = m->places[place].parking;
    int building = m->cars[car].building;
    s->place_car[place] = car;
    s->car_place[car] = place;
    s->car_parked_s[car] = now_s;
    lf_park_mode_set(s, car, LF_PARK_PARKED);
    if (parking >= 0 && ++s->parking_taken[parking] > s->parking_taken_max[parking])
        s->parking_taken_max[parking] = s->parking_taken[parking];
    if (++s->count[LF_PARK_TAKEN] > s->count[LF_PARK_TAKEN_MAX])
        s->count[LF_PARK_TAKEN_MAX] = s->count[LF_PARK_TAKEN];
    double walk = walk_m(m, building, place);
    s->building_walk_m[building] += walk;
    s->building_served[building]++;
    s->sum[LF_PARK_WALKED_M] += walk;
    pay_permit(m, s, car, lot);
}

bool lf_park_take_place(const lf_park_model *m, lf_park_state *s, int car, int lot, double now_s) {
    bool wants = s->car_flags[car] & LF_PARK_FLAG_CHARGE;
    int place = lf_park_pick_place(m, lot, car, s->place_car, s->place_flooded, wants);
    if (place < 0)
        return false;
    if (wants && m->places[place].charger_kw > 0)
        s->count[LF_PARK_CHARGE_SERVED]++;
    else
        s->car_flags[car] &= (uint8_t)~LF_PARK_FLAG_CHARGE;
    lf_park_occupy(m, s, car, place, now_s);
    return true;
}

void lf_park_leave_place(const lf_park_model *m, lf_park_state *s, int car, double now_s) {
    int place = s->car_place[car], parking = m->places[place].parking;
    assert(s->place_car[place] == car);
    s->sum[LF_PARK_CHARGED_KWH] += lf_park_stay_kwh(m, s, car, now_s);
    pay_stay(m, s, car, m->place_lot[place], now_s - s->car_parked_s[car]);
    s->place_taken_s[place] += now_s - fmax(s->car_parked_s[car], 0);
    s->place_car[place] = -1;
    s->car_place[car] = -1;
    s->car_flags[car] &= (uint8_t) ~(LF_PARK_FLAG_CHARGE | LF_PARK_FLAG_HELD);
    if (parking >= 0)
        s->parking_taken[parking]--;
    s->count[LF_PARK_TAKEN]--;
}
