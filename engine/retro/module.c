// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The retro module: it has no state and works when the option is finished. It takes the works of
// the twin, the simulated parking income and flood damage, makes the cash flow, and reports it.
#include "retro/benefit.h"
#include "retro/cash.h"

#include "lifang/module.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    CAPEX,
    OPEX,
    REVENUE,
    NET,
    NPV,
    PROJECT_NPV,
    IRR,
    PAYBACK,
    PAYBACK_DISCOUNTED,
    AVOIDED,
    PER_HOUSEHOLD,
    FIGURE_COUNT
};
static const lf_figure_def figures[FIGURE_COUNT] = {
    [CAPEX] = {"retro.capex_cny", "yuan", "capital expenditure with consulting and contingency",
               "建设投资", -1},
    [OPEX] = {"retro.opex_cny_year", "yuan/year",
              "running cost of a full year after ramp-up, prices of the first year", "年运营成本",
              -1},
    [REVENUE] = {"retro.revenue_cny_year", "yuan/year",
                 "income of a full year after ramp-up, prices of the first year", "年运营收入", 1},
    [NET] = {"retro.net_cny_year", "yuan/year", "income less running cost of such a year",
             "年净收入", 1},
    [NPV] = {"retro.npv_cny", "yuan",
             "net present value of the printed cash flow, grants included, over doing nothing",
             "财务净现值", 1},
    [PROJECT_NPV] = {"retro.project_npv_cny", "yuan", "the same before grants, whoever pays",
                     "项目净现值（补助前）", 1},
    [IRR] = {"retro.irr_ratio", "1", "internal rate of return of that cash flow", "财务内部收益率",
             1},
    [PAYBACK] = {"retro.payback_years", "years", "static payback from the start of construction",
                 "静态投资回收期", -1},
    [PAYBACK_DISCOUNTED] = {"retro.payback_discounted_years", "years",
                            "discounted payback from the start of construction", "动态投资回收期",
                            -1},
    [AVOIDED] = {"retro.avoided_damage_cny_year", "yuan/year",
                 "expected annual flood damage avoided against the base case", "年避免内涝损失", 1},
    [PER_HOUSEHOLD] = {"retro.cost_per_household_cny", "yuan", "capital expenditure per household",
                       "户均投资", -1},
};

typedef struct lf_retro_model {
    lf_retro_settings settings;
    const lf_twin *twin;
    const lf_option_result *base;
    double run_s;
    int first_year;
} lf_retro_model;

// Ranges let NaN pass, because elsewhere it means "not known"; here no number may be unknown.
static lf_code check_known(const lf_table *table, const void *row, const char *path,
                           lf_error *error) {
    for (int i = 0; i < table->count; i++) {
        const lf_field *field = &table->fields[i];
        char name[96];
        snprintf(name, sizeof name, "%s.%s", path, field->name);
        lf_code code = LF_OK;
        if (field->type == LF_GROUP) {
            code = check_known(field->group, (const char *)row + field->offset, name, error);
        } else if (field->type == LF_REAL && !isfinite(lf_field_number(field, row))) {
            code = lf_fail(error, LF_RANGE, LF_FROM_SCENARIO, "%s is not a number", field->name);
            lf_error_place(error, NULL, 0, 0, name);
        }
        if (code != LF_OK)
            return code;
    }
    return LF_OK;
}

static lf_code check_settings(const lf_retro_settings *s, int *first_year, lf_error *error) {
    double sum = s->shares.state_ratio + s->shares.city_ratio + s->shares.residents_ratio +
                 s->shares.operator_ratio;
    lf_code code = LF_OK;
    const char *path = "";
    if (fabs(sum - 1) > 1e-9) {
        code = lf_fail(error, LF_RANGE, LF_FROM_SCENARIO,
                       "the four shares add to %g; they must add to 1", sum);
        path = "modules.retro.shares";
    } else if (!lf_retro_start_year(s->start, first_year)) {
        code = lf_fail(error, LF_TYPE, LF_FROM_SCENARIO,
                       "\"%s\" is no start; write a year-month like 2026-03", s->start);
        path = "modules.retro.start";
    } else if (s->construction_months >= 12 * s->horizon_years) {
        code = lf_fail(error, LF_RANGE, LF_FROM_SCENARIO,
                       "construction takes %d months and leaves no operation in %d years; lengthen "
                       "the horizon",
                       s->construction_months, s->horizon_years);
        path = "modules.retro.horizon_years";
    }
    if (code != LF_OK)
        lf_error_place(error, NULL, 0, 0, path);
    return code;
}

static lf_code model_create(const lf_module_input *input, void **model, lf_issues *issues,
                            lf_error *error) {
    (void)issues;
    *model = NULL;
    int first_year = 0;
    lf_code code =
        lf_table_check(&lf_retro_settings_table, input->settings, "modules.retro", error);
    if (code == LF_OK)
        code = check_known(&lf_retro_settings_table, input->settings, "modules.retro", error);
    if (code == LF_OK)
        code = check_settings(input->settings, &first_year, error);
    if (code != LF_OK)
        return code;
    lf_retro_model *m = calloc(1, sizeof *m);
    if (!m)
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for the retro module");
    m->settings = *(const lf_retro_settings *)input->settings;
    m->twin = input->twin;
    m->base = input->base;
    m->run_s = input->clock ? input->clock->stop_s : 0;
    m->first_year = first_year;
    *model = m;
    return LF_OK;
}

// --- indicators

typedef struct lf_outcome {
    const lf_retro_model *model;
    const lf_retro_plan *plan;
    const lf_retro_cash *cash;
    const lf_retro_benefit *benefit;
    lf_option_result *result;
    lf_quality works_quality;
    lf_quality quality; // of everything that rests on fees, parking and damage as well
} lf_outcome;

static void put(const lf_outcome *o, int figure, double value, lf_quality quality) {
    lf_option_set_figure(o->result, &figures[figure], value, quality);
}

static int64_t group_total(const lf_retro_cash *cash, int group) {
    int64_t total = 0;
    for (int i = 0; i < cash->count; i++)
        if (cash->lines[i].group == group)
            total += lf_retro_cash_total(cash, i);
    return total;
}

// Capex without renewals, in fen.
static int64_t first_capex(const lf_retro_cash *cash) {
    int64_t total = 0;
    for (int i = 0; i < cash->count; i++)
        if (cash->lines[i].group == LF_RETRO_CAPEX && strcmp(cash->lines[i].name, "renewals") != 0)
            total -= lf_retro_cash_total(cash, i);
    return total;
}

static void put_yearly(const lf_outcome *o) {
    const lf_retro_plan *p = o->plan;
    double works_opex = 0, works_revenue = 0;
    for (int i = 0; i < p->work_count; i++) {
        works_opex += p->works[i].opex_cny_year;
        works_revenue += p->works[i].revenue_cny_year;
    }
    double revenue = p->fees.after_cny_year + p->parking.after_cny_year + works_revenue;
    double opex = p->service.after_cny_year + works_opex + revenue * p->settings->tax_ratio;
    put(o, OPEX, opex, o->quality);
    put(o, REVENUE, revenue, o->quality);
    put(o, NET, revenue - opex, o->quality);
    put(o, AVOIDED, p->damage.before_cny_year - p->damage.after_cny_year, o->quality);
}

static void note_irr(const lf_outcome *o, const lf_irr *irr) {
    if (irr->status == LF_IRR_MULTIPLE)
        lf_option_add_note(o->result, LF_ASSUMED,
                           "The cash flow has %d internal rates of return (%.4g quoted by "
                           "convention); none is given as a figure.",
                           irr->count, irr->selected_ratio);
    else if (irr->status == LF_IRR_NONE && o->plan->work_count > 0)
        lf_option_add_note(o->result, LF_ASSUMED,
                           "The cash flow never changes sign in value at any rate: it has no "
                           "internal rate of return.");
}

static lf_code put_indicators(const lf_outcome *o, lf_error *error) {
    int years = o->cash->years;
    double *flow = calloc((size_t)years * 2, sizeof *flow);
    if (!flow)
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for %d years", years);
    double *project = flow + years;
    bool avoided = o->plan->settings->count_avoided_damage;
    for (int y = 0; y < years; y++) {
        flow[y] = (double)lf_retro_cash_net(o->cash, y, true, avoided) / 100;
        project[y] = (double)lf_retro_cash_net(o->cash, y, false, avoided) / 100;
    }
    double rate = o->plan->settings->discount_ratio;
    lf_irr irr;
    lf_code code = lf_retro_irr(flow, years, NULL, NULL, 0, &irr, error);
    // doing nothing invests nothing: there is nothing to pay back
    bool nothing = o->plan->work_count == 0;
    put(o, NPV, lf_retro_npv(rate, flow, years, 1), o->quality);
    put(o, PROJECT_NPV, lf_retro_npv(rate, project, years, 1), o->quality);
    put(o, IRR, irr.status == LF_IRR_UNIQUE ? irr.selected_ratio : NAN, o->quality);
    put(o, PAYBACK, nothing ? NAN : lf_retro_payback(0, flow, years), o->quality);
    put(o, PAYBACK_DISCOUNTED, nothing ? NAN : lf_retro_payback(rate, flow, years), o->quality);
    note_irr(o, &irr);
    free(flow);
    return code;
}

static void put_costs(const lf_outcome *o) {
    double capex = (double)first_capex(o->cash) / 100;
    int households = o->benefit->households;
    put(o, CAPEX, capex, o->works_quality);
    put(o, PER_HOUSEHOLD, households > 0 ? capex / households : NAN, o->quality);
}

// --- table, ledger, columns

static void put_money(const lf_outcome *o) {
    lf_money_line *lines = calloc((size_t)o->cash->count + 1, sizeof *lines);
    if (!lines)
        return; // the result is marked as failed by the next call that meets no memory
    int kept = 0;
    for (int i = 0; i < o->cash->count; i++) {
        bool any = false;
        for (int y = 0; y < o->cash->years; y++)
            any = any || o->cash->lines[i].fen[y] != 0;
        if (any)
            lines[kept++] = o->cash->lines[i];
    }
    lf_money_table table = {.year_count = o->cash->years,
                            .first_year = o->model->first_year,
                            .discount_ratio = o->plan->settings->discount_ratio,
                            .avoided_counted = o->plan->settings->count_avoided_damage,
                            .line_count = kept,
                            .lines = lines};
    lf_option_set_money(o->result, &table);
    free(lines);
}

// in: income and grants; out: spending; stored: what is left at the end, summed year by year, while
// the others are summed line by line. Avoided damage and the comparison with doing nothing are no
// money that moves.
static void put_ledger(const lf_outcome *o) {
    const lf_retro_cash *cash = o->cash;
    int64_t left = 0;
    for (int y = 0; y < cash->years; y++)
        left += lf_retro_cash_net(cash, y, true, false) + cash->status_quo[y];
    int64_t revenue = group_total(cash, LF_RETRO_REVENUE);
    for (int y = 0; y < cash->years; y++)
        revenue += cash->status_quo[y];
    lf_ledger_line in[2] = {
        {"income", (double)revenue},
        {"grants and contributions", (double)group_total(cash, LF_RETRO_GRANT)}};
    lf_ledger_line out[2] = {{"works and renewals", -(double)group_total(cash, LF_RETRO_CAPEX)},
                             {"operation", -(double)group_total(cash, LF_RETRO_OPEX)}};
    lf_ledger_line stored[1] = {{"left at the end", (double)left}};
    lf_option_add_ledger(o->result, "money", "fen", in, 2, out, 2, stored, 1);
}

static void put_columns(const lf_outcome *o) {
    int count = o->benefit->building_count;
    float *cost = calloc((size_t)count + 1, sizeof *cost);
    float *fee = calloc((size_t)count + 1, sizeof *fee);
    if (cost && fee && count > 0) {
        double share = o->plan->settings->shares.residents_ratio;
        double capex = (double)first_capex(o->cash) / 100;
        for (int i = 0; i < count; i++) {
            double area = o->benefit->buildings[i].area_m2;
            cost[i] = area > 0 ? (float)(capex * share * area / o->benefit->area_m2) : NAN;
            fee[i] = area > 0 ? (float)o->benefit->buildings[i].fee_cny_year : NAN;
        }
        lf_option_add_column(o->result, LF_BUILDINGS, "cost_share_cny",
                             "residents' part of the capex, by dwelling area", cost, count);
        lf_option_add_column(o->result, LF_BUILDINGS, "fee_income_cny_year",
                             "property fee collected after the works", fee, count);
    }
    free(cost);
    free(fee);
}

// Damage of the simulated storm, building by building, where both options simulated it.
static void put_avoided_column(const lf_outcome *o) {
    const lf_option_result *base = o->model->base;
    const lf_column *now = lf_option_column(o->result, LF_BUILDINGS, "damage_cny");
    const lf_column *old = base ? lf_option_column(base, LF_BUILDINGS, "damage_cny") : NULL;
    if (!now || !old || now->count != old->count || now->count == 0)
        return;
    float *avoided = calloc((size_t)now->count, sizeof *avoided);
    if (!avoided)
        return;
    for (int i = 0; i < now->count; i++)
        avoided[i] = old->values[i] - now->values[i];
    lf_option_add_column(o->result, LF_BUILDINGS, "avoided_damage_cny",
                         "flood damage of the simulated storm that the option avoids", avoided,
                         now->count);
    free(avoided);
}

static void put_notes(const lf_outcome *o) {
    const lf_retro_settings *s = o->plan->settings;
    lf_option_add_note(o->result, LF_ASSUMED,
                       "Money: NPV, IRR and payback are those of the printed cash flow, which is "
                       "over doing nothing; flows at the end of their year, %.4g discounted, %d "
                       "years from the start of construction.",
                       s->discount_ratio, s->horizon_years);
    if (o->model->run_s > 0 && o->model->run_s < 86400 && o->plan->parking.after_cny_year != 0)
        lf_option_add_note(o->result, LF_ASSUMED,
                           "The run covers %.3g h; the parking income of a day is scaled from it.",
                           o->model->run_s / 3600);
    if (o->model->base && o->plan->work_count > 0 && s->collection_uplift_ratio > 0)
        lf_option_add_note(o->result, LF_ASSUMED,
                           "Property-fee collection is assumed to rise by %.3g after the works "
                           "where no compound states its own.",
                           s->collection_uplift_ratio);
}

static lf_code put_all(lf_outcome *o, lf_error *error) {
    put_costs(o);
    put_yearly(o);
    put_money(o);
    put_ledger(o);
    put_columns(o);
    put_avoided_column(o);
    put_notes(o);
    return put_indicators(o, error);
}

static lf_code finish(const void *model, void *arrays, const lf_exchange *exchange,
                      lf_option_result *result, lf_error *error) {
    (void)arrays;
    (void)exchange;
    const lf_retro_model *m = model;
    lf_retro_plan plan = {.settings = &m->settings};
    plan.works = lf_spec_works(lf_twin_spec(m->twin), &plan.work_count);
    lf_outcome o = {.model = m, .plan = &plan, .result = result};
    for (int i = 0; i < plan.work_count; i++)
        if (plan.works[i].quality > o.works_quality)
            o.works_quality = plan.works[i].quality;
    lf_retro_benefit benefit;
    lf_code code = lf_retro_benefit_find(m->twin, m->base, result, &plan, &benefit, error);
    if (code != LF_OK)
        return code;
    o.quality = benefit.quality > o.works_quality ? benefit.quality : o.works_quality;
    o.benefit = &benefit;
    lf_retro_cash cash;
    code = lf_retro_cash_build(&plan, &cash, error);
    if (code == LF_OK) {
        o.cash = &cash;
        code = put_all(&o, error);
        lf_retro_cash_free(&cash);
    }
    lf_retro_benefit_free(&benefit);
    return code;
}

static void model_destroy(void *model) {
    free(model);
}

extern const lf_module lf_retro_module;
const lf_module lf_retro_module = {
    .name = "retro",
    .doc = "capital and running costs, income, payback",
    .settings = &lf_retro_settings_table,
    .figures = figures,
    .figure_count = FIGURE_COUNT,
    .model_create = model_create,
    .model_destroy = model_destroy,
    .finish = finish,
};
