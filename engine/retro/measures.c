// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The list of measures and what they share.
#include "retro/measures.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static const lf_measure *const list[] = {
#define LF_MEASURE(name) &lf_retro_measure_##name,
#include "measures.def"
#undef LF_MEASURE
};
#define LIST_COUNT ((int)(sizeof list / sizeof *list))

const lf_measure *lf_measure_at(int index) {
    return index >= 0 && index < LIST_COUNT ? list[index] : NULL;
}

const lf_measure *lf_measure_find(const char *name) {
    for (int i = 0; i < LIST_COUNT; i++)
        if (strcmp(list[i]->name, name) == 0)
            return list[i];
    return NULL;
}

void lf_retro_warn(const lf_measure *measure, lf_issues *issues, const char *feature,
                   const char *mend, const char *what) {
    lf_issues_addf(issues, LF_WARNING, LF_EMPTY, "", 0, feature, mend, "%s: %s", measure->name,
                   what);
}

lf_code lf_retro_choose(const lf_spec *spec, const lf_measure *measure, lf_layer layer,
                        const char *where, lf_retro_chosen *chosen, lf_issues *issues,
                        lf_error *error) {
    *chosen = (lf_retro_chosen){NULL, 0};
    int count = lf_spec_count(spec, layer);
    bool *selected = calloc((size_t)count + 1, sizeof *selected);
    int *items = calloc((size_t)count + 1, sizeof *items);
    if (!selected || !items) {
        free(selected);
        free(items);
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for measure %s", measure->name);
    }
    lf_code code = lf_spec_where(spec, layer, where ? where : "", selected, error);
    if (code != LF_OK) {
        free(selected);
        free(items);
        return code;
    }
    int hits = 0;
    for (int i = 0; i < count; i++)
        if (selected[i])
            items[hits++] = i;
    free(selected);
    *chosen = (lf_retro_chosen){items, hits};
    if (hits == 0)
        lf_issues_addf(issues, LF_WARNING, LF_EMPTY, "", 0, "", "check its where filter",
                       "%s: \"%s\" selects none of the %d %s; nothing was changed", measure->name,
                       where ? where : "", count, lf_layer_name(layer));
    return LF_OK;
}

lf_code lf_retro_choose_few(const lf_spec *spec, const lf_measure *measure, lf_layer layer,
                            const char *where, int limit, lf_retro_chosen *chosen,
                            lf_issues *issues, lf_error *error) {
    lf_code code = lf_retro_choose(spec, measure, layer, where, chosen, issues, error);
    if (code != LF_OK || chosen->count <= limit)
        return code;
    code = lf_fail(error, LF_RANGE, LF_FROM_SCENARIO,
                   "%s: \"%s\" selects %d %s, more than limit = %d; name the place by id or raise "
                   "the limit",
                   measure->name, where, chosen->count, lf_layer_name(layer), limit);
    lf_retro_chosen_free(chosen);
    return code;
}

void lf_retro_chosen_free(lf_retro_chosen *chosen) {
    free(chosen->items);
    *chosen = (lf_retro_chosen){NULL, 0};
}

// "yuan/m2" -> "m2"
static const char *unit_of_quantity(const char *unit) {
    const char *slash = strchr(unit, '/');
    return slash ? slash + 1 : unit;
}

static lf_quality worse(lf_quality a, lf_quality b) {
    return a > b ? a : b;
}

static lf_code take_price(const lf_prices *prices, const char *key, double *value,
                          lf_quality *quality, const char **unit, lf_error *error) {
    *value = 0;
    if (!key)
        return LF_OK;
    lf_price price;
    lf_code code = lf_retro_price(prices, key, &price, error);
    if (code != LF_OK)
        return code;
    *value = price.value;
    *quality = worse(*quality, price.quality);
    if (unit)
        *unit = unit_of_quantity(price.unit);
    return LF_OK;
}

static lf_code bill_one(lf_spec *spec, const lf_measure *measure, const lf_prices *prices,
                        const lf_retro_bill *bill, lf_error *error) {
    lf_work work = {.measure = measure->name,
                    .label = bill->label,
                    .price_key = bill->capex_key ? bill->capex_key : bill->opex_key,
                    .quantity = bill->quantity,
                    .unit = "piece",
                    .revenue_cny_year = bill->revenue_cny_year,
                    .quality = bill->quality};
    double capex = 0, opex = 0;
    lf_code code = take_price(prices, bill->opex_key, &opex, &work.quality,
                              bill->capex_key ? NULL : &work.unit, error);
    if (code == LF_OK)
        code = take_price(prices, bill->capex_key, &capex, &work.quality, &work.unit, error);
    if (code == LF_OK)
        code = take_price(prices, bill->life_key, &work.life_years, &work.quality, NULL, error);
    if (code != LF_OK)
        return code;
    work.capex_cny = capex * bill->quantity;
    work.opex_cny_year = opex * bill->quantity;
    lf_spec_add_work(spec, &work);
    return LF_OK;
}

lf_code lf_retro_bill_works(lf_spec *spec, const lf_measure *measure, const lf_retro_bill *bills,
                            int count, lf_error *error) {
    lf_prices *prices = NULL;
    lf_code code = lf_retro_prices_read(&prices, error);
    for (int i = 0; i < count && code == LF_OK; i++)
        if (bills[i].quantity > 0)
            code = bill_one(spec, measure, prices, &bills[i], error);
    lf_retro_prices_free(prices);
    return code;
}

void lf_retro_mark(lf_spec *spec, lf_row *row, const lf_measure *measure, lf_id of) {
    row->quality = LF_ASSUMED; // planned, not surveyed
    row->source = of ? lf_spec_textf(spec, "measure %s on %u", measure->name, (unsigned)of)
                     : lf_spec_textf(spec, "measure %s", measure->name);
}

void lf_retro_decided(lf_row *row, lf_layer layer, const char *field) {
    const lf_table *table = lf_layer_table(layer);
    const lf_field *found = lf_table_find(table, field);
    assert(found);
    if (found)
        row->assumed &= ~(UINT32_C(1) << (found - table->fields));
}

double lf_retro_link_length_m(const lf_drain_link *link) {
    return link->length_m > 0 ? link->length_m : lf_shape_length_m(&link->row.shape);
}

bool lf_retro_is_carriageway(const lf_road *road) {
    return road->drivable && road->row.shape.kind == LF_LINE && road->row.shape.point_count > 1;
}

int lf_retro_households(const lf_building *building) {
    if (building->households > 0 || building->kind != LF_USE_RESIDENTIAL)
        return building->households;
    int storeys = building->storeys > 0 ? building->storeys : 1;
    int staircases = building->staircases > 0 ? building->staircases : 1;
    return 2 * storeys * staircases;
}
