// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Builds the cash flow. Year 1 begins with construction. What is spread over months is rounded as a
// running total, so that the parts add up to the whole fen; everything else is rounded once.
#include "retro/cash.h"

#include "base/text.h"
#include "lifang/measure.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define FIXED_LINES 16
#define LEAST_LIFE_YEARS 0.5 // shorter lives are taken as upkeep, not renewal

bool lf_retro_start_year(const char *start, int *year) {
    long long value = 0, month = 1;
    char text[16];
    size_t length = strlen(start);
    if (length != 4 && !(length == 7 && start[4] == '-'))
        return false;
    memcpy(text, start, 4);
    text[4] = 0;
    if (!lf_text_int(text, &value) || value < 1950 || value > 2200)
        return false;
    if (length == 7 && (!lf_text_int(start + 5, &month) || month < 1 || month > 12))
        return false;
    *year = (int)value;
    return true;
}

static int64_t to_fen(double cny) {
    // an index over decades may lift a sound amount; it stays inside int64
    return llround(fmax(-9e15, fmin(9e15, cny * 100)));
}

// --- time

static int construction_months(const lf_retro_plan *plan) {
    return plan->work_count > 0 ? plan->settings->construction_months : 0;
}

static double clamp(double value, double low, double high) {
    return value < low ? low : value > high ? high : value;
}

static double operated_months(const lf_retro_plan *plan, int year) {
    return clamp(12.0 * (year + 1) - construction_months(plan), 0, 12);
}

static double index_factor(double ratio, int year) {
    return pow(1 + ratio, year);
}

// Mean of the rise from 0 to 1 over the operated part of the year.
static double ramp(const lf_retro_plan *plan, int year) {
    double months = operated_months(plan, year);
    double middle_years = (12.0 * (year + 1) - construction_months(plan) - months / 2) / 12;
    if (plan->settings->ramp_years <= 0)
        return 1;
    return clamp(middle_years / plan->settings->ramp_years, 0, 1);
}

// The old amount while building, then from the old to the new one along the ramp.
static double changing(const lf_retro_plan *plan, const lf_retro_change *change, int year) {
    double months = operated_months(plan, year);
    double risen = change->before_cny_year +
                   (change->after_cny_year - change->before_cny_year) * ramp(plan, year);
    return change->before_cny_year * (12 - months) / 12 + risen * months / 12;
}

// --- lines

static int64_t *add_line(lf_retro_cash *cash, const char *name, const char *name_zh,
                         const char *party, int group) {
    assert(cash->count < cash->room);
    int64_t *fen = cash->fen + (size_t)cash->count * (size_t)cash->years;
    cash->lines[cash->count++] = (lf_money_line){name, name_zh, party, group, fen};
    return fen;
}

static const char *operating_party(const lf_retro_plan *plan) {
    return plan->settings->contract.kind == LF_RETRO_EPC ? "residents" : "operator";
}

static const char *building_party(const lf_retro_plan *plan) {
    return plan->settings->contract.kind == LF_RETRO_EPC ? "city" : "operator";
}

// total over the construction months; months 0 pays in the first year.
static void spread(const lf_retro_plan *plan, int64_t total, int64_t *fen, int years) {
    int months = construction_months(plan);
    int64_t paid = 0;
    for (int y = 0; y < years; y++) {
        double done = months > 0 ? clamp(12.0 * (y + 1) / months, 0, 1) : 1;
        int64_t until = done >= 1 ? total : llround((double)total * done);
        fen[y] += until - paid;
        paid = until;
    }
}

static void add_spread(lf_retro_cash *cash, const lf_retro_plan *plan, const char *name,
                       const char *name_zh, const char *party, int group, int64_t total) {
    if (total != 0)
        spread(plan, total, add_line(cash, name, name_zh, party, group), cash->years);
}

static const char *measure_zh(const char *name) {
    const lf_measure *measure = lf_measure_find(name);
    return measure ? measure->name_zh : name;
}

// Returns the capex in fen, all works together.
static int64_t add_capex(lf_retro_cash *cash, const lf_retro_plan *plan) {
    const char *party = building_party(plan);
    int64_t works = 0;
    for (int i = 0; i < plan->work_count; i++) {
        int64_t total = to_fen(plan->works[i].capex_cny);
        works += total;
        add_spread(cash, plan, plan->works[i].label, measure_zh(plan->works[i].measure), party,
                   LF_RETRO_CAPEX, -total);
    }
    int64_t consulting = llround((double)works * plan->settings->contract.consulting_ratio);
    int64_t contingency = llround((double)works * plan->settings->contract.contingency_ratio);
    add_spread(cash, plan, "consulting and design", "咨询与设计", party, LF_RETRO_CAPEX,
               -consulting);
    add_spread(cash, plan, "contingency", "预备费", party, LF_RETRO_CAPEX, -contingency);
    return works + consulting + contingency;
}

static void add_grants(lf_retro_cash *cash, const lf_retro_plan *plan, int64_t capex) {
    const char *party = building_party(plan);
    double rate[3] = {plan->settings->shares.state_ratio, plan->settings->shares.city_ratio,
                      plan->settings->shares.residents_ratio};
    static const char *const names[3][2] = {{"grant of the state", "中央补助"},
                                            {"grant of city and district", "市区补助"},
                                            {"residents' contribution", "居民出资"}};
    double share = 0;
    int64_t paid = 0;
    for (int i = 0; i < 3; i++) {
        share += rate[i];
        int64_t until = llround((double)capex * share); // running total: the rest is the operator's
        add_spread(cash, plan, names[i][0], names[i][1], party, LF_RETRO_GRANT, until - paid);
        paid = until;
    }
}

// Works are replaced when their life is over, as long as years of operation remain.
static void add_renewals(lf_retro_cash *cash, const lf_retro_plan *plan) {
    int64_t *fen = add_line(cash, "renewals", "设备更新", operating_party(plan), LF_RETRO_CAPEX);
    double ready = construction_months(plan) / 12.0;
    for (int i = 0; i < plan->work_count; i++) {
        double life = plan->works[i].life_years;
        if (life < LEAST_LIFE_YEARS)
            continue;
        for (int k = 1; ready + k * life < cash->years - 1e-9; k++) {
            int y = (int)floor(ready + k * life + 1e-9);
            double factor = index_factor(plan->settings->price_index_ratio, y);
            fen[y] -= to_fen(plan->works[i].capex_cny * factor);
        }
    }
}

static void add_operation(lf_retro_cash *cash, const lf_retro_plan *plan) {
    const lf_retro_settings *s = plan->settings;
    const char *party = operating_party(plan);
    int64_t *upkeep = add_line(cash, "upkeep of the works", "设施运维", party, LF_RETRO_OPEX);
    int64_t *service = add_line(cash, "property service", "物业服务", party, LF_RETRO_OPEX);
    int64_t *taxes = add_line(cash, "taxes on income", "税费", party, LF_RETRO_OPEX);
    int64_t *fees = add_line(cash, "property fees", "物业费收入", party, LF_RETRO_REVENUE);
    int64_t *parking = add_line(cash, "parking revenue", "停车收入", party, LF_RETRO_REVENUE);
    int64_t *works = add_line(cash, "income of the works", "设施经营收入", party, LF_RETRO_REVENUE);
    double opex = 0, revenue = 0;
    for (int i = 0; i < plan->work_count; i++) {
        opex += plan->works[i].opex_cny_year;
        revenue += plan->works[i].revenue_cny_year;
    }
    for (int y = 0; y < cash->years; y++) {
        double operated = operated_months(plan, y) / 12;
        double prices = index_factor(s->price_index_ratio, y);
        double tariffs = index_factor(s->fee_index_ratio, y);
        upkeep[y] = -to_fen(opex * operated * prices);
        service[y] =
            -to_fen(changing(plan, &plan->service, y) * index_factor(s->wage_index_ratio, y));
        fees[y] = to_fen(changing(plan, &plan->fees, y) * tariffs);
        parking[y] = to_fen(changing(plan, &plan->parking, y) * tariffs);
        works[y] = to_fen(revenue * operated * ramp(plan, y) * tariffs);
        taxes[y] = -llround((double)(fees[y] + parking[y] + works[y]) * s->tax_ratio);
    }
}

// Straight-line value of what was built last, at the end of the horizon.
static void add_residual(lf_retro_cash *cash, const lf_retro_plan *plan) {
    int64_t *fen =
        add_line(cash, "residual value", "期末残值", building_party(plan), LF_RETRO_REVENUE);
    double ready = construction_months(plan) / 12.0, value = 0;
    for (int i = 0; i < plan->work_count; i++) {
        double life = plan->works[i].life_years;
        if (life < LEAST_LIFE_YEARS || ready > cash->years)
            continue;
        double used = fmod(cash->years - ready, life);
        value += plan->works[i].capex_cny * (1 - used / life);
    }
    fen[cash->years - 1] = to_fen(value * plan->settings->residual_ratio);
}

static void add_avoided(lf_retro_cash *cash, const lf_retro_plan *plan) {
    int64_t *fen =
        add_line(cash, "avoided flood damage", "避免的内涝损失", "residents", LF_RETRO_AVOIDED);
    double avoided = plan->damage.before_cny_year - plan->damage.after_cny_year;
    for (int y = 0; y < cash->years; y++)
        fen[y] = to_fen(avoided * operated_months(plan, y) / 12 *
                        index_factor(plan->settings->price_index_ratio, y));
}

// --- whole

static lf_code reserve(const lf_retro_plan *plan, lf_retro_cash *cash, lf_error *error) {
    int years = plan->settings->horizon_years, room = plan->work_count + FIXED_LINES;
    *cash = (lf_retro_cash){.years = years, .room = room};
    cash->lines = calloc((size_t)room, sizeof *cash->lines);
    cash->fen = calloc((size_t)room * (size_t)years, sizeof *cash->fen);
    cash->status_quo = calloc((size_t)years, sizeof *cash->status_quo);
    if (cash->lines && cash->fen && cash->status_quo)
        return LF_OK;
    lf_retro_cash_free(cash);
    return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for a cash flow of %d years", years);
}

// What would have happened without works: the same lines with the old amounts throughout.
static lf_code subtract_status_quo(const lf_retro_plan *plan, lf_retro_cash *cash,
                                   lf_error *error) {
    lf_retro_plan still = *plan;
    still.works = NULL;
    still.work_count = 0;
    still.fees.after_cny_year = still.fees.before_cny_year;
    still.parking.after_cny_year = still.parking.before_cny_year;
    still.service.after_cny_year = still.service.before_cny_year;
    lf_retro_cash old;
    lf_code code = reserve(&still, &old, error);
    if (code != LF_OK)
        return code;
    add_operation(&old, &still);
    int64_t *fen = add_line(cash, "less net income without works", "减：现状净收入",
                            operating_party(plan), LF_RETRO_REVENUE);
    for (int y = 0; y < cash->years; y++) {
        cash->status_quo[y] = lf_retro_cash_net(&old, y, true, false);
        fen[y] = -cash->status_quo[y];
    }
    lf_retro_cash_free(&old);
    return LF_OK;
}

#define LARGEST_CNY 1e12 // beyond any estate; keeps sums of fen far from the end of int64

static bool sound(double cny) {
    return fabs(cny) <= LARGEST_CNY; // false for NaN
}

static lf_code check_amounts(const lf_retro_plan *plan, lf_error *error) {
    for (int i = 0; i < plan->work_count; i++) {
        const lf_work *work = &plan->works[i];
        if (!sound(work->capex_cny) || !sound(work->opex_cny_year) ||
            !sound(work->revenue_cny_year) || !(work->life_years >= 0))
            return lf_fail(error, LF_RANGE, LF_FROM_RUN,
                           "work \"%s\" of measure %s has an impossible amount or life; check its "
                           "quantity and price",
                           work->label, work->measure);
    }
    const lf_retro_change *changes[4] = {&plan->fees, &plan->parking, &plan->service,
                                         &plan->damage};
    static const char *const names[4] = {"property fees", "parking revenue", "property service",
                                         "flood damage"};
    for (int i = 0; i < 4; i++)
        if (!sound(changes[i]->before_cny_year) || !sound(changes[i]->after_cny_year))
            return lf_fail(error, LF_RANGE, LF_FROM_RUN, "the yearly %s come out impossible",
                           names[i]);
    return LF_OK;
}

lf_code lf_retro_cash_build(const lf_retro_plan *plan, lf_retro_cash *cash, lf_error *error) {
    *cash = (lf_retro_cash){0};
    lf_code code = check_amounts(plan, error);
    if (code == LF_OK)
        code = reserve(plan, cash, error);
    if (code != LF_OK)
        return code;
    int64_t capex = add_capex(cash, plan);
    add_renewals(cash, plan);
    add_operation(cash, plan);
    add_residual(cash, plan);
    code = subtract_status_quo(plan, cash, error);
    if (code != LF_OK) {
        lf_retro_cash_free(cash);
        return code;
    }
    add_grants(cash, plan, capex);
    add_avoided(cash, plan);
    return LF_OK;
}

void lf_retro_cash_free(lf_retro_cash *cash) {
    free(cash->lines);
    free(cash->fen);
    free(cash->status_quo);
    *cash = (lf_retro_cash){0};
}

int64_t lf_retro_cash_net(const lf_retro_cash *cash, int year, bool grants, bool avoided) {
    int64_t net = 0;
    for (int i = 0; i < cash->count; i++) {
        int group = cash->lines[i].group;
        if ((group == LF_RETRO_GRANT && !grants) || (group == LF_RETRO_AVOIDED && !avoided))
            continue;
        net += cash->lines[i].fen[year];
    }
    return net;
}

int64_t lf_retro_cash_total(const lf_retro_cash *cash, int line) {
    int64_t total = 0;
    for (int y = 0; y < cash->years; y++)
        total += cash->lines[line].fen[y];
    return total;
}
