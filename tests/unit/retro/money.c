// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The retro module on the tiny estate: a cash flow checked by head, the ledger to the fen, the
// comparison with doing nothing, and settings that make no sense.
#include "check.h"
#include "lifang/measure.h"
#include "lifang/module.h"
#include "lifang/retro.h"
#include "tiny.h"

extern const lf_module lf_retro_module;

static const lf_figure_def revenue_def = {"park.revenue_cny", "yuan", "", "", 1};
static const lf_figure_def damage_def = {"drain.damage_cny", "yuan", "", "", -1};

// One option: its twin and its result after finish().
typedef struct option {
    lf_twin *twin;
    lf_option_result *result;
} option;

typedef struct setup {
    const char *measures[4][2]; // name, one "key=value"
    double day_cny, damage_cny;
} setup;

static void apply(lf_spec *spec, const char *name, const char *given) {
    const lf_measure *measure = lf_measure_find(name);
    double params[64];
    char key[64];
    lf_error error;
    lf_issues *issues = lf_issues_create();
    lf_table_defaults(measure->params, params);
    if (given) {
        const char *equals = strchr(given, '=');
        snprintf(key, sizeof key, "%.*s", (int)(equals - given), given);
        CHECK(lf_field_set_text(lf_table_find(measure->params, key), params, equals + 1, &error) ==
              LF_OK);
    }
    CHECK(measure->apply(params, spec, issues, &error) == LF_OK);
    lf_issues_destroy(issues);
}

static lf_code run(const setup *given, const lf_retro_settings *settings,
                   const lf_option_result *base, option *out, lf_error *error) {
    lf_spec *spec = tiny_estate();
    for (int i = 0; i < 4 && given->measures[i][0]; i++)
        apply(spec, given->measures[i][0], given->measures[i][1]);
    lf_issues *issues = lf_issues_create();
    *out = (option){NULL, NULL};
    lf_code code = lf_twin_compile(spec, &out->twin, issues, error);
    CHECK(code == LF_OK);
    out->result = lf_option_create("option", out->twin, NULL);
    lf_option_set_figure(out->result, &revenue_def, given->day_cny, LF_ASSUMED);
    lf_option_set_figure(out->result, &damage_def, given->damage_cny, LF_SYNTHETIC);
    const lf_clock clock = {.stop_s = 86400};
    const lf_env env = {0};
    const lf_module_input input = {out->twin, settings, &clock, &env, base};
    void *model = NULL;
    code = lf_retro_module.model_create(&input, &model, issues, error);
    if (code == LF_OK) {
        code = lf_retro_module.finish(model, NULL, NULL, out->result, error);
        lf_retro_module.model_destroy(model);
    }
    lf_issues_destroy(issues);
    lf_spec_destroy(spec);
    return code;
}

static void drop(option *o) {
    lf_option_destroy(o->result);
    lf_twin_destroy(o->twin);
}

static double figure(const option *o, const char *name) {
    const lf_figure *found = lf_option_figure(o->result, name);
    CHECK(found != NULL);
    return found ? found->value : NAN;
}

static lf_retro_settings plain(void) {
    lf_retro_settings s;
    lf_table_defaults(&lf_retro_settings_table, &s);
    s.contract.consulting_ratio = s.contract.contingency_ratio = 0;
    s.price_index_ratio = s.wage_index_ratio = s.fee_index_ratio = 0;
    s.ramp_years = 0;
    s.collection_uplift_ratio = 0;
    s.construction_months = 12;
    s.horizon_years = 5;
    s.discount_ratio = 0.1;
    return s;
}

static double line_total(const option *o, const char *name) {
    const lf_money_table *money = lf_option_money(o->result);
    double total = 0;
    for (int i = 0; i < money->line_count; i++)
        for (int y = 0; y < money->year_count; y++)
            total += strcmp(money->lines[i].name, name) == 0 ? (double)money->lines[i].fen[y] : 0;
    return total / 100;
}

static void ledger_closes(const option *o) {
    CHECK(lf_option_ledger_count(o->result) == 1);
    const lf_ledger *ledger = lf_option_ledger_at(o->result, 0);
    CHECK_TEXT(ledger->name, "money");
    CHECK(ledger->error == 0);
}

// Doing nothing over doing nothing is nothing; the yearly figures are those of the estate.
static void base_case(const option *base) {
    CHECK_NEAR(figure(base, "retro.capex_cny"), 0, 0);
    CHECK_NEAR(figure(base, "retro.npv_cny"), 0, 0);
    CHECK(isnan(figure(base, "retro.irr_ratio")));
    CHECK(isnan(figure(base, "retro.payback_years")));
    // 36 dwellings x 50 m2 x 0.5 yuan x 12 x 0.473, and 100 yuan a day
    CHECK_NEAR(figure(base, "retro.revenue_cny_year"), 1800 * 6 * 0.473 + 36500, 1e-9);
    CHECK_NEAR(figure(base, "retro.opex_cny_year"), 36 * 240, 1e-9);
    CHECK_NEAR(figure(base, "retro.avoided_damage_cny_year"), 0, 0);
    ledger_closes(base);
}

// Ten stalls get signs: 10 x 150 yuan, 10 x 10 a year; parking earns 100 yuan a day more.
static void by_head(const option *base) {
    lf_retro_settings s = plain();
    const setup given = {{{"parking_fee", NULL}}, 200, 50000};
    option o;
    lf_error error;
    CHECK(run(&given, &s, base->result, &o, &error) == LF_OK);
    CHECK_NEAR(figure(&o, "retro.capex_cny"), 1500, 1e-9);
    CHECK_NEAR(figure(&o, "retro.cost_per_household_cny"), 1500.0 / 36, 1e-9);
    double gain = 36500 - 100, npv = -1500 / 1.1;
    for (int y = 2; y <= 5; y++)
        npv += gain / pow(1.1, y);
    CHECK_NEAR(figure(&o, "retro.npv_cny"), npv, 1e-6);
    CHECK_NEAR(figure(&o, "retro.project_npv_cny"), npv, 1e-6);
    CHECK_NEAR(figure(&o, "retro.payback_years"), 1 + 1500 / gain, 1e-9);
    CHECK(figure(&o, "retro.payback_discounted_years") > figure(&o, "retro.payback_years"));
    double damage = 50000 * (0.95 / 2 + 0.05);
    CHECK_NEAR(figure(&o, "retro.avoided_damage_cny_year"), damage, 1e-9);
    CHECK_NEAR(line_total(&o, "avoided flood damage"), 4 * damage, 1e-6);
    CHECK_NEAR(line_total(&o, "parking signs and accounts"), -1500, 1e-9);
    ledger_closes(&o);
    CHECK(lf_option_figure(o.result, "retro.npv_cny")->quality == LF_SYNTHETIC);
    drop(&o);
    s.count_avoided_damage = true;
    CHECK(run(&given, &s, base->result, &o, &error) == LF_OK);
    for (int y = 2; y <= 5; y++)
        npv += damage / pow(1.1, y);
    CHECK_NEAR(figure(&o, "retro.npv_cny"), npv, 1e-6);
    CHECK(lf_option_money(o.result)->avoided_counted);
    drop(&o);
}

// Figures are those of the printed table, for odd amounts, shares and months.
static void table_and_figures_agree(const option *base) {
    lf_retro_settings s;
    lf_table_defaults(&lf_retro_settings_table, &s);
    s.shares.state_ratio = 0.123;
    s.shares.city_ratio = 0.2;
    s.shares.residents_ratio = 0.1;
    s.shares.operator_ratio = 0.577;
    s.construction_months = 17;
    s.horizon_years = 25;
    s.residual_ratio = 0.5;
    s.tax_ratio = 0.06;
    const setup given = {{{"pipe_renewal", NULL},
                          {"rain_garden", "share_ratio=0.317"},
                          {"property_service", NULL},
                          {"chargers", NULL}},
                         133.33,
                         1234.56};
    option o;
    lf_error error;
    CHECK(run(&given, &s, base->result, &o, &error) == LF_OK);
    const lf_money_table *money = lf_option_money(o.result);
    CHECK(money->year_count == 25 && money->first_year == 2026);
    double flow[25] = {0}, capex = 0, grants = 0;
    for (int i = 0; i < money->line_count; i++) {
        for (int y = 0; y < 25; y++) {
            flow[y] += money->lines[i].group == 4 ? 0 : (double)money->lines[i].fen[y] / 100;
            grants += money->lines[i].group == 3 ? (double)money->lines[i].fen[y] : 0;
        }
        CHECK(money->lines[i].name_zh[0] != 0 && money->lines[i].party[0] != 0);
    }
    capex = figure(&o, "retro.capex_cny");
    CHECK_NEAR(lf_retro_npv(0.06, flow, 25, 1), figure(&o, "retro.npv_cny"), 1e-6);
    CHECK_NEAR(grants / 100, capex * 0.423, 0.01);
    CHECK(figure(&o, "retro.project_npv_cny") < figure(&o, "retro.npv_cny"));
    CHECK(line_total(&o, "renewals") < 0); // chargers live 8 years
    ledger_closes(&o);
    const lf_column *cost = lf_option_column(o.result, LF_BUILDINGS, "cost_share_cny");
    CHECK(cost && fabs(cost->values[0] - capex * 0.1) < 0.01);
    drop(&o);
}

// More flood damage avoided, more parking income, dearer pipes: money moves the right way.
static void moves_the_right_way(const option *base) {
    lf_retro_settings s = plain();
    s.count_avoided_damage = true;
    option a, b;
    lf_error error;
    const setup thin = {{{"pipe_renewal", "diameter_m=0.5"}}, 100, 80000};
    const setup thick = {{{"pipe_renewal", "diameter_m=1"}}, 100, 20000};
    CHECK(run(&thin, &s, base->result, &a, &error) == LF_OK);
    CHECK(run(&thick, &s, base->result, &b, &error) == LF_OK);
    CHECK(figure(&b, "retro.capex_cny") > figure(&a, "retro.capex_cny"));
    CHECK_NEAR(figure(&b, "retro.avoided_damage_cny_year") -
                   figure(&a, "retro.avoided_damage_cny_year"),
               60000 * (0.95 / 2 + 0.05), 1e-6);
    drop(&a);
    drop(&b);
}

// Total capex is spread over the months without losing a fen, however the months fall.
static void spreads_exactly(const option *base) {
    lf_error error;
    option o;
    const setup given = {{{"rain_garden", "share_ratio=0.3331"}}, 100, 0};
    for (int months = 0; months < 48; months += 5) {
        lf_retro_settings s = plain();
        s.construction_months = months;
        s.contract.contingency_ratio = 0.0777;
        CHECK(run(&given, &s, base->result, &o, &error) == LF_OK);
        double works = 700 * 0.3331 * 450;
        CHECK_NEAR(line_total(&o, "rain gardens"), -round(works * 100) / 100, 1e-6);
        ledger_closes(&o);
        drop(&o);
    }
}

static void refuse(lf_retro_settings s, const char *word) {
    const setup given = {{{NULL, NULL}}, 0, 0};
    option o;
    lf_error error = {0};
    CHECK(run(&given, &s, NULL, &o, &error) != LF_OK);
    if (!strstr(error.path, word))
        printf("%s: %s\n", error.path, error.message);
    CHECK(strstr(error.path, word) != NULL);
    drop(&o);
}

static void bad_settings(void) {
    lf_retro_settings s = plain();
    s.shares.city_ratio = 0.2;
    refuse(s, "shares");
    s = plain();
    s.start = "March";
    refuse(s, "start");
    s.start = "2026-13";
    refuse(s, "start");
    s = plain();
    s.construction_months = 60;
    refuse(s, "horizon_years");
    s = plain();
    s.discount_ratio = NAN;
    refuse(s, "discount_ratio");
    s = plain();
    s.shares.city_ratio = NAN;
    refuse(s, "city_ratio");
    s = plain();
    s.contract.contingency_ratio = 7;
    refuse(s, "contingency_ratio");
}

int main(void) {
    lf_retro_settings s = plain();
    const setup nothing = {{{NULL, NULL}}, 100, 100000};
    option base;
    lf_error error = {0};
    if (run(&nothing, &s, NULL, &base, &error) != LF_OK) {
        printf("%s\n", error.message);
        return 1;
    }
    base_case(&base);
    by_head(&base);
    table_and_figures_agree(&base);
    moves_the_right_way(&base);
    spreads_exactly(&base);
    bad_settings();
    drop(&base);
    return lf_check_end();
}
