// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The finance reference cases: $LIFANG_DATA/reference/finance/*.json. Exit 77 where there are none.
#include "check.h"
#include "lifang/retro.h"

#include <jansson.h>

static json_t *load(const char *name) {
    const char *data = getenv("LIFANG_DATA");
    char path[1024];
    snprintf(path, sizeof path, "%s/reference/finance/%s", data ? data : LF_SOURCE_DIR "/../shared",
             name);
    json_error_t error;
    json_t *root = json_load_file(path, 0, &error);
    if (!root) {
        printf("skipped: no %s (%s)\n", path, error.text);
        exit(77);
    }
    return root;
}

static double *numbers(const json_t *array, int *count) {
    *count = (int)json_array_size(array);
    double *values = calloc((size_t)*count + 1, sizeof *values);
    if (!values)
        exit(1);
    for (int i = 0; i < *count; i++)
        values[i] = json_number_value(json_array_get(array, (size_t)i));
    return values;
}

static double number_or_nan(const json_t *object, const char *key) {
    const json_t *value = json_object_get(object, key);
    return json_is_number(value) ? json_number_value(value) : NAN;
}

static void near(double value, double expected, double ratio, const char *what) {
    if (!(fabs(value - expected) <= ratio * fmax(fabs(expected), 1e-12)) &&
        !(isnan(value) && isnan(expected))) {
        printf("%s: %.17g, expected %.17g\n", what, value, expected);
        CHECK(!"as in the reference");
    } else {
        CHECK(1);
    }
}

static const char *const statuses[] = {"none", "unique", "multiple"};

static void check_roots(const json_t *object, const lf_irr *irr, const double *roots,
                        const int *multiplicity, const char *id) {
    int expected_count = 0, multiple_count = 0;
    double *expected = numbers(json_object_get(object, "irr_real_roots"), &expected_count);
    double *multiple = numbers(json_object_get(object, "root_multiplicity"), &multiple_count);
    if (irr->count != expected_count)
        printf("%s: %d roots, expected %d\n", id, irr->count, expected_count);
    CHECK(irr->count == expected_count);
    for (int i = 0; i < irr->count && i < expected_count; i++) {
        bool twice = i < multiple_count && multiple[i] > 1;
        near(roots[i], expected[i], twice ? 1e-6 : 1e-9, id);
        CHECK(i >= multiple_count || multiplicity[i] == (int)multiple[i]);
    }
    free(expected);
    free(multiple);
}

static void irr_cases(void) {
    json_t *root = load("irr_npv.json");
    size_t index;
    json_t *object;
    json_array_foreach(json_object_get(root, "cases"), index, object) {
        const char *id = json_string_value(json_object_get(object, "id"));
        int count = 0;
        double *flow = numbers(json_object_get(object, "cashflow"), &count);
        double roots[64];
        int multiplicity[64];
        lf_irr irr;
        CHECK(lf_retro_irr(flow, count, roots, multiplicity, 64, &irr, NULL) == LF_OK);
        check_roots(object, &irr, roots, multiplicity, id);
        CHECK_TEXT(statuses[irr.status], json_string_value(json_object_get(object, "status")));
        near(irr.selected_ratio, number_or_nan(object, "irr_selected"), 1e-9, id);
        const char *rate;
        json_t *npv;
        json_object_foreach(json_object_get(object, "npv"), rate, npv) {
            double size = 0;
            for (int k = 0; k < count; k++)
                size += fabs(flow[k]);
            double value = lf_retro_npv(strtod(rate, NULL), flow, count, 0);
            CHECK_NEAR(value, json_number_value(npv),
                       1e-9 * fabs(json_number_value(npv)) + 1e-14 * size);
        }
        free(flow);
    }
    json_decref(root);
}

// Days since 1970-01-01 of "yyyy-mm-dd" (Gregorian, by counting days of whole years and months).
static double day_number(const char *text) {
    int y = 0, m = 0, d = 0;
    CHECK(sscanf(text, "%d-%d-%d", &y, &m, &d) == 3);
    static const int before[12] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
    bool leap = (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
    int past = y - 1;
    return 365.0 * past + past / 4 - past / 100 + past / 400 + before[m - 1] + d + (leap && m > 2);
}

typedef struct dated {
    double time, flow;
} dated;

static int by_time(const void *a, const void *b) {
    double x = ((const dated *)a)->time, y = ((const dated *)b)->time;
    return (x > y) - (x < y);
}

// Dated flows by actual days / 365.
static void dated_cases(void) {
    json_t *root = load("xirr.json");
    size_t index;
    json_t *object;
    static dated rows[4096];
    static double time[4096], flow[4096];
    json_array_foreach(json_object_get(root, "cases"), index, object) {
        const char *count_rule = json_string_value(json_object_get(object, "day_count"));
        const json_t *flows = json_object_get(object, "flows");
        int count = (int)json_array_size(flows);
        if ((count_rule && strcmp(count_rule, "act/365F") != 0) || count > 4096 || !flows)
            continue;
        for (int i = 0; i < count; i++) {
            const json_t *pair = json_array_get(flows, (size_t)i);
            rows[i].time = day_number(json_string_value(json_array_get(pair, 0))) / 365;
            rows[i].flow = json_number_value(json_array_get(pair, 1));
        }
        qsort(rows, (size_t)count, sizeof *rows, by_time);
        for (int i = 0; i < count; i++) {
            time[i] = rows[i].time - rows[0].time;
            flow[i] = rows[i].flow;
        }
        double roots[64], *expected;
        int expected_count = 0;
        lf_irr irr;
        const char *id = json_string_value(json_object_get(object, "id"));
        CHECK(lf_retro_irr_at(time, flow, count, roots, NULL, 64, &irr, NULL) == LF_OK);
        expected = numbers(json_object_get(object, "xirr_real_roots"), &expected_count);
        // The reference scans ln(1 + r) from -13.9 to 7.2 only; roots outside are roots all the
        // same.
        int inside = 0;
        for (int i = 0; i < irr.count; i++)
            if (log1p(roots[i]) >= -13.9 && log1p(roots[i]) <= 7.2)
                roots[inside++] = roots[i];
        if (inside != expected_count)
            printf("%s: %d roots, expected %d\n", id, inside, expected_count);
        CHECK(inside == expected_count);
        for (int i = 0; i < inside && i < expected_count; i++)
            near(roots[i], expected[i], 1e-9, id);
        free(expected);
    }
    json_decref(root);
}

static void indicator_cases(void) {
    json_t *root = load("cn_indicators.json");
    size_t index;
    json_t *object;
    json_array_foreach(json_object_get(root, "indicator_cases"), index, object) {
        const char *id = json_string_value(json_object_get(object, "id"));
        int count = 0;
        double *flow = numbers(json_object_get(object, "cashflow"), &count);
        double rate = number_or_nan(object, "ic");
        lf_irr irr;
        CHECK(lf_retro_irr(flow, count, NULL, NULL, 0, &irr, NULL) == LF_OK);
        near(lf_retro_npv(rate, flow, count, 1), number_or_nan(object, "FNPV"), 1e-9, id);
        near(irr.selected_ratio, number_or_nan(object, "FIRR"), 1e-9, id);
        near(lf_retro_payback(0, flow, count), number_or_nan(object, "Pt_static"), 1e-9, id);
        near(lf_retro_payback(rate, flow, count), number_or_nan(object, "Pt_dynamic"), 1e-9, id);
        free(flow);
    }
    const json_t *pair = json_object_get(root, "monthly_vs_annual");
    double flow[121] = {-1000000};
    for (int k = 1; k <= 120; k++)
        flow[k] = 12500;
    lf_irr irr;
    CHECK(lf_retro_irr(flow, 121, NULL, NULL, 0, &irr, NULL) == LF_OK);
    near(irr.selected_ratio, number_or_nan(pair, "irr_month"), 1e-9, "irr_month");
    near(pow(1 + irr.selected_ratio, 12) - 1, number_or_nan(pair, "irr_effective_year"), 1e-9,
         "year");
    near(lf_retro_npv(pow(1.06, 1.0 / 12) - 1, flow, 121, 0),
         number_or_nan(pair, "npv_month_6pct_effective"), 1e-9, "npv_month");
    near(lf_retro_npv(0.06 / 12, flow, 121, 0), number_or_nan(pair, "npv_month_6pct_nominal"), 1e-9,
         "npv_nominal");
    json_decref(root);
}

static double damage_of(const json_t *pairs) {
    double period[16], cost[16];
    int count = (int)json_array_size(pairs);
    for (int i = 0; i < count && i < 16; i++) {
        const json_t *pair = json_array_get(pairs, (size_t)i);
        period[i] = json_number_value(json_array_get(pair, 0));
        cost[i] = json_number_value(json_array_get(pair, 1));
    }
    return lf_retro_expected_damage(period, cost, count);
}

static void damage_cases(void) {
    json_t *root = load("risk.json");
    const json_t *ead = json_object_get(root, "ead");
    near(damage_of(json_object_get(ead, "before")), number_or_nan(ead, "EAD_before"), 1e-12,
         "before");
    near(damage_of(json_object_get(ead, "after")), number_or_nan(ead, "EAD_after"), 1e-12, "after");
    json_decref(root);
}

static void vote_cases(void) {
    json_t *root = load("vote.json");
    size_t index;
    json_t *object;
    json_array_foreach(json_object_get(root, "cases"), index, object) {
        const json_t *areas = json_object_get(object, "area");
        const json_t *votes = json_object_get(object, "votes");
        int64_t area[64];
        uint8_t ballots[64];
        int owners = (int)json_array_size(areas);
        for (int i = 0; i < owners; i++) {
            area[i] = json_integer_value(json_array_get(areas, (size_t)i));
            ballots[i] = (uint8_t)json_integer_value(json_array_get(votes, (size_t)i));
        }
        const char *matter = json_string_value(json_object_get(object, "matter"));
        lf_vote vote = lf_retro_vote(area, ballots, owners, strstr(matter, "(6)-(8)") != NULL);
        CHECK(vote.quorum == json_is_true(json_object_get(object, "quorum")));
        CHECK(vote.passed == json_is_true(json_object_get(object, "passed")));
    }
    json_array_foreach(json_object_get(root, "pass_probability"), index, object) {
        double value = lf_retro_pass_probability(
            (int)json_integer_value(json_object_get(object, "n")),
            number_or_nan(object, "participate"), number_or_nan(object, "yes_given_participate"),
            json_is_true(json_object_get(object, "special")));
        near(value, number_or_nan(object, "pass_probability"), 1e-9, "pass probability");
    }
    json_decref(root);
}

int main(void) {
    irr_cases();
    dated_cases();
    indicator_cases();
    damage_cases();
    vote_cases();
    return lf_check_end();
}
