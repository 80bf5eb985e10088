// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Every measure of measures.def: its case file, its prices, its row in the README, and what holds
// for all of them (no change without selection, the changed spec still compiles, more costs more).
#include "check.h"
#include "lifang/measure.h"
#include "lifang/retro.h"
#include "tiny.h"

#include <ctype.h>

#define CASES LF_SOURCE_DIR "/tests/case/measures/"

typedef struct runner {
    const lf_measure *measure;
    lf_spec *spec;
    lf_issues *issues;
    const char *file;
    int line;
    int expectations;
    char texts[8][128]; // values of LF_TEXT parameters live as long as the line
} runner;

static void complain(const runner *r, const char *what) {
    printf("%s:%d: %s\n", r->file, r->line, what);
    CHECK(!"case");
}

static char *trim(char *text) {
    while (isspace((unsigned char)*text))
        text++;
    char *end = text + strlen(text);
    while (end > text && isspace((unsigned char)end[-1]))
        *--end = 0;
    return text;
}

// "key = value; key = value" over the defaults.
static lf_code fill(runner *r, char *text, void *params, lf_error *error) {
    lf_table_defaults(r->measure->params, params);
    int slot = 0;
    for (char *next, *part = text; part && *trim(part); part = next) {
        next = strchr(part, ';');
        if (next)
            *next++ = 0;
        char *equals = strchr(part, '=');
        if (!equals || slot >= 8)
            return LF_SYNTAX;
        *equals = 0;
        snprintf(r->texts[slot], sizeof r->texts[slot], "%s", trim(equals + 1));
        const lf_field *field = lf_table_find(r->measure->params, trim(part));
        if (!field)
            return LF_UNKNOWN_KEY;
        lf_code code = lf_field_set_text(field, params, r->texts[slot++], error);
        if (code != LF_OK)
            return code;
    }
    return LF_OK;
}

static void fresh(runner *r) {
    lf_spec_destroy(r->spec);
    lf_issues_destroy(r->issues);
    r->spec = tiny_estate();
    r->issues = lf_issues_create();
}

static lf_code apply(runner *r, char *text, lf_error *error) {
    double params[64];
    CHECK(r->measure->params->size <= sizeof params);
    fresh(r);
    lf_code code = fill(r, text, params, error);
    return code == LF_OK ? r->measure->apply(params, r->spec, r->issues, error) : code;
}

static uint64_t hash_of(const runner *r) {
    lf_twin *twin = NULL;
    lf_issues *issues = lf_issues_create();
    lf_error error;
    uint64_t hash = 0;
    if (lf_twin_compile(r->spec, &twin, issues, &error) != LF_OK)
        complain(r, error.message);
    else
        hash = lf_twin_hash(twin);
    lf_twin_destroy(twin);
    lf_issues_destroy(issues);
    return hash;
}

static double quantity_of(const runner *r, const char *key) {
    int count = 0;
    const lf_work *works = lf_spec_works(r->spec, &count);
    double sum = 0;
    for (int i = 0; i < count; i++)
        sum += strcmp(works[i].price_key, key) == 0 ? works[i].quantity : 0;
    return sum;
}

static double measure_layer(const runner *r, const char *what, const char *layer_name,
                            const char *name) {
    lf_layer layer;
    if (!lf_layer_find(layer_name, &layer))
        return NAN;
    if (strcmp(what, "rows") == 0)
        return lf_spec_count(r->spec, layer);
    const lf_field *field = lf_table_find(lf_layer_table(layer), name);
    double sum = 0;
    for (int i = 0; i < lf_spec_count(r->spec, layer); i++) {
        const lf_row *row = lf_spec_at_const(r->spec, layer, i);
        if (strcmp(what, "area") == 0)
            sum += lf_shape_area_m2(&row->shape);
        else
            sum += field ? lf_field_number(field, row) : NAN;
    }
    return sum;
}

static void expect(runner *r, const char *what, char *rest) {
    char a[64] = "", b[64] = "";
    double expected = NAN, tolerance = 0, value = NAN;
    r->expectations++;
    if (strcmp(what, "works") == 0 && sscanf(rest, "%63s %lf %lf", a, &expected, &tolerance) == 3)
        value = quantity_of(r, a);
    else if (strcmp(what, "rows") == 0 && sscanf(rest, "%63s %lf", a, &expected) == 2)
        value = measure_layer(r, what, a, "");
    else if (strcmp(what, "area") == 0 &&
             sscanf(rest, "%63s %lf %lf", a, &expected, &tolerance) == 3)
        value = measure_layer(r, what, a, "");
    else if (strcmp(what, "sum") == 0 &&
             sscanf(rest, "%63s %63s %lf %lf", a, b, &expected, &tolerance) == 4)
        value = measure_layer(r, what, a, b);
    else
        complain(r, "not understood");
    if (!(fabs(value - expected) <= tolerance)) {
        printf("%s:%d: %s %s %s is %.17g, expected %.17g\n", r->file, r->line, what, a, b, value,
               expected);
        CHECK(!"as expected");
    } else {
        CHECK(1);
    }
}

static void unchanged(runner *r, char *rest) {
    lf_error error;
    fresh(r);
    uint64_t before = hash_of(r);
    int works = 0;
    if (apply(r, rest, &error) != LF_OK)
        complain(r, error.message);
    lf_spec_works(r->spec, &works);
    if (works != 0 || hash_of(r) != before)
        complain(r, "changed something");
    if (lf_issues_count(r->issues, LF_WARNING) == 0)
        complain(r, "did not warn");
    r->expectations++;
}

static void run_line(runner *r, char *line) {
    char *hash = strchr(line, '#');
    if (hash)
        *hash = 0;
    line = trim(line);
    if (!*line)
        return;
    char *rest = line + strcspn(line, " ");
    if (*rest)
        *rest++ = 0;
    lf_error error = {0};
    if (strcmp(line, "apply") == 0) {
        if (apply(r, rest, &error) != LF_OK)
            complain(r, error.message);
        hash_of(r); // still compiles
    } else if (strcmp(line, "refuse") == 0) {
        if (apply(r, rest, &error) == LF_OK)
            complain(r, "was not refused");
        r->expectations++;
    } else if (strcmp(line, "unchanged") == 0) {
        unchanged(r, rest);
    } else {
        expect(r, line, rest);
    }
}

static void run_case(const lf_measure *measure) {
    char path[512], line[512];
    snprintf(path, sizeof path, CASES "%s.case", measure->name);
    FILE *file = fopen(path, "r");
    runner r = {.measure = measure, .file = path};
    if (!file) {
        printf("%s has no case: write %s\n", measure->name, path);
        CHECK(!"a case for every measure");
        return;
    }
    while (fgets(line, sizeof line, file)) {
        r.line++;
        run_line(&r, line);
    }
    fclose(file);
    CHECK(r.expectations >= 3);
    lf_spec_destroy(r.spec);
    lf_issues_destroy(r.issues);
}

static char *read_whole(const char *path) {
    FILE *file = fopen(path, "rb");
    static char text[65536];
    size_t length = file ? fread(text, 1, sizeof text - 1, file) : 0;
    text[length] = 0;
    if (file)
        fclose(file);
    return text;
}

static void has_prices_and_row(const lf_measure *measure, const lf_prices *prices,
                               const char *readme) {
    char row[96];
    snprintf(row, sizeof row, "| `%s` |", measure->name);
    if (!strstr(readme, row))
        printf("engine/retro/README.md has no row \"%s\"\n", row);
    CHECK(strstr(readme, row) != NULL);
    CHECK(measure->price_keys[0] != NULL);
    CHECK(measure->name_zh[0] != 0 && measure->doc[0] != 0);
    for (int k = 0; measure->price_keys[k]; k++) {
        lf_price price;
        lf_error error;
        if (lf_retro_price(prices, measure->price_keys[k], &price, &error) != LF_OK) {
            printf("%s: %s\n", measure->name, error.message);
            CHECK(!"a price for every key");
        }
    }
    const lf_field *first = &measure->params->fields[0];
    CHECK_TEXT(first->name, "where");
    CHECK(first->offset == 0 && first->type == LF_TEXT);
}

// What a measure bills under keys that it does not list would escape the price test.
static void bills_only_listed_keys(const lf_measure *measure) {
    runner r = {.measure = measure, .file = measure->name};
    lf_error error;
    char defaults[64] = "";
    if (strcmp(measure->params->fields[0].initial_text, "id == 0") == 0) // needs a place
        snprintf(defaults, sizeof defaults, "where = id == 2");
    if (strcmp(measure->name, "land_to_parking") == 0 ||
        strcmp(measure->name, "mechanical_stalls") == 0) // the tiny estate has no such feature
        snprintf(defaults, sizeof defaults, "where = id == 1");
    CHECK(apply(&r, defaults, &error) == LF_OK);
    int count = 0;
    const lf_work *works = lf_spec_works(r.spec, &count);
    CHECK(count > 0);
    for (int i = 0; i < count; i++) {
        bool listed = false;
        for (int k = 0; measure->price_keys[k]; k++)
            listed = listed || strcmp(measure->price_keys[k], works[i].price_key) == 0;
        CHECK(listed);
        CHECK_TEXT(works[i].measure, measure->name);
        CHECK(works[i].quantity > 0 && works[i].capex_cny > 0);
        CHECK(works[i].opex_cny_year >= 0 && works[i].life_years >= 0);
        CHECK(works[i].unit[0] != 0);
    }
    lf_spec_destroy(r.spec);
    lf_issues_destroy(r.issues);
}

static double capex(const char *name, const char *given) {
    runner r = {.measure = lf_measure_find(name), .file = name};
    char text[128];
    lf_error error;
    snprintf(text, sizeof text, "%s", given);
    CHECK(apply(&r, text, &error) == LF_OK);
    int count = 0;
    const lf_work *works = lf_spec_works(r.spec, &count);
    double sum = 0;
    for (int i = 0; i < count; i++)
        sum += works[i].capex_cny;
    lf_spec_destroy(r.spec);
    lf_issues_destroy(r.issues);
    return sum;
}

static void more_costs_more(void) {
    CHECK(capex("rain_garden", "share_ratio = 0.4") > capex("rain_garden", "share_ratio = 0.2"));
    CHECK_NEAR(capex("rain_garden", "share_ratio = 0.4"),
               2 * capex("rain_garden", "share_ratio = 0.2"), 1e-6);
    CHECK(capex("pipe_renewal", "diameter_m = 0.8") > capex("pipe_renewal", "diameter_m = 0.5"));
    CHECK(capex("chargers", "share_ratio = 0.5") > capex("chargers", "share_ratio = 0.2"));
    CHECK(capex("external_lift", "") > capex("external_lift", "staircases = 1"));
    CHECK(capex("permeable_paving", "permeable_ratio = 0.9") >
          capex("permeable_paving", "permeable_ratio = 0.3"));
}

// A lawn with a bay cannot be shrunk inside itself: one end is cut off, the areas stay exact. A
// lawn with a hole stays whole and holds the same volume.
static void gardens_on_odd_lawns(void) {
    const lf_vec2 bay[8] = {{200, 0}, {240, 0}, {240, 12}, {235, 12},
                            {235, 2}, {205, 2}, {205, 12}, {200, 12}};
    const lf_vec2 holed[8] = {{300, 0}, {320, 0},  {320, 20}, {300, 20},
                              {305, 5}, {305, 15}, {315, 15}, {315, 5}};
    double params[64];
    lf_error error;
    runner r = {.measure = lf_measure_find("rain_garden"), .file = "odd lawns"};
    fresh(&r);
    lf_green *lawn = lf_spec_add(r.spec, LF_GREEN);
    lawn->row.shape = lf_spec_polygon(r.spec, bay, (int[2]){0, 8}, 1);
    double bay_m2 = lf_shape_area_m2(&lawn->row.shape);
    lawn = lf_spec_add(r.spec, LF_GREEN);
    lawn->row.shape = lf_spec_polygon(r.spec, holed, (int[3]){0, 4, 8}, 2);
    double holed_m2 = lf_shape_area_m2(&lawn->row.shape);
    lf_table_defaults(r.measure->params, params);
    CHECK(r.measure->apply(params, r.spec, r.issues, &error) == LF_OK);
    CHECK(lf_spec_count(r.spec, LF_GREEN) == 2 + 2 + 2 + 1);
    double garden_m2 = 0, volume_m3 = 0, all_m2 = 0;
    for (int i = 0; i < lf_spec_count(r.spec, LF_GREEN); i++) {
        const lf_green *green = lf_spec_at_const(r.spec, LF_GREEN, i);
        double area_m2 = lf_shape_area_m2(&green->row.shape);
        all_m2 += area_m2;
        volume_m3 += area_m2 * green->depression_m;
        garden_m2 += green->kind == LF_GREEN_RAIN_GARDEN ? area_m2 : 0;
    }
    CHECK_NEAR(all_m2, 700 + bay_m2 + holed_m2, 1e-9);
    CHECK_NEAR(garden_m2, 0.3 * (700 + bay_m2) + holed_m2, 1e-6);
    CHECK_NEAR(volume_m3, 0.2 * 0.3 * (700 + bay_m2 + holed_m2), 1e-6);
    CHECK(lf_issues_count(r.issues, LF_NOTE) == 1);
    hash_of(&r); // compiles: no outline crosses itself
    lf_spec_destroy(r.spec);
    lf_issues_destroy(r.issues);
}

static void prices_say_what_is_missing(const lf_prices *prices) {
    lf_price price;
    lf_error error;
    CHECK(lf_retro_price(prices, "rain_gardn", &price, &error) == LF_UNKNOWN_KEY);
    CHECK(strstr(error.message, "rain_garden") && strstr(error.message, "assets/prices"));
    CHECK(lf_retro_prices_count(prices) > 20 && lf_retro_prices_at(prices, -1) == NULL);
    for (int i = 0; i < lf_retro_prices_count(prices); i++)
        CHECK(lf_retro_prices_at(prices, i)->source[0] != 0);
}

int main(void) {
    static char readme[65536];
    snprintf(readme, sizeof readme, "%s", read_whole(LF_SOURCE_DIR "/engine/retro/README.md"));
    lf_prices *prices = NULL;
    lf_error error;
    if (lf_retro_prices_read(&prices, &error) != LF_OK) {
        printf("%s:%d %s\n", error.file, error.line, error.message);
        return 1;
    }
    int count = 0;
    for (; lf_measure_at(count); count++) {
        const lf_measure *measure = lf_measure_at(count);
        CHECK(lf_measure_find(measure->name) == measure);
        has_prices_and_row(measure, prices, readme);
        run_case(measure);
        bills_only_listed_keys(measure);
    }
    CHECK(count >= 12 && lf_measure_find("nothing") == NULL);
    more_costs_more();
    gardens_on_odd_lawns();
    prices_say_what_is_missing(prices);
    lf_retro_prices_free(prices);
    return lf_check_end();
}
