// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Settings of the module, one row each: type, range, default. Where a default comes from stands in
// README.md; those without a source are working assumptions and make the figures LF_ASSUMED.
#include "lifang/park.h"

#include <stddef.h>

static const char *const day_names[] = {"weekday", "weekend", NULL};
static const char *const service_names[] = {"fixed", "exponential", NULL};

#define HOUR 3600.0
#define DAY(member) offsetof(lf_park_day, member)
static const lf_field weekday_fields[] = {
    {"used_ratio", "share of residents' cars that leave on such a day", LF_REAL, LF_AT_SETTING,
     DAY(used_ratio), 0, 1, 0.75, NULL, NULL, NULL},
    {"departure_from", "earliest departure", LF_CLOCK, LF_AT_SETTING, DAY(departure_from_s), 0,
     24 * HOUR, 6.5 * HOUR, NULL, NULL, NULL},
    {"departure_until", "latest departure", LF_CLOCK, LF_AT_SETTING, DAY(departure_until_s), 0,
     24 * HOUR, 9.5 * HOUR, NULL, NULL, NULL},
    {"return_from", "earliest return", LF_CLOCK, LF_AT_SETTING, DAY(return_from_s), 0, 24 * HOUR,
     16.5 * HOUR, NULL, NULL, NULL},
    {"return_until", "latest return", LF_CLOCK, LF_AT_SETTING, DAY(return_until_s), 0, 24 * HOUR,
     21.5 * HOUR, NULL, NULL, NULL},
};
static const lf_field weekend_fields[] = {
    {"used_ratio", "share of residents' cars that leave on such a day", LF_REAL, LF_AT_SETTING,
     DAY(used_ratio), 0, 1, 0.55, NULL, NULL, NULL},
    {"departure_from", "earliest departure", LF_CLOCK, LF_AT_SETTING, DAY(departure_from_s), 0,
     24 * HOUR, 8 * HOUR, NULL, NULL, NULL},
    {"departure_until", "latest departure", LF_CLOCK, LF_AT_SETTING, DAY(departure_until_s), 0,
     24 * HOUR, 13 * HOUR, NULL, NULL, NULL},
    {"return_from", "earliest return", LF_CLOCK, LF_AT_SETTING, DAY(return_from_s), 0, 24 * HOUR,
     14 * HOUR, NULL, NULL, NULL},
    {"return_until", "latest return", LF_CLOCK, LF_AT_SETTING, DAY(return_until_s), 0, 24 * HOUR,
     22 * HOUR, NULL, NULL, NULL},
};
static const lf_table weekday_table = {
    "weekday", "residents' trips on a working day", weekday_fields,
    sizeof weekday_fields / sizeof *weekday_fields, sizeof(lf_park_day)};
static const lf_table weekend_table = {"weekend", "residents' trips on a day off", weekend_fields,
                                       sizeof weekend_fields / sizeof *weekend_fields,
                                       sizeof(lf_park_day)};

#define AT(member) LF_AT_SETTING, offsetof(lf_park_settings, member)
static const lf_field fields[] = {
    {"day", "kind of day, for the whole run", LF_ENUM, AT(day), 0, 0, LF_PARK_WEEKDAY, NULL,
     day_names, NULL},
    {"households", "households that keep cars; 0 takes the twin's", LF_INT, AT(households), 0, 1e7,
     0, NULL, NULL, NULL},
    {"cars_per_household", "residents' cars per household", LF_REAL, AT(cars_per_household), 0, 10,
     0.62, NULL, NULL, NULL},
    {"ev_ratio", "share of electric cars", LF_REAL, AT(ev_ratio), 0, 1, 0.12, NULL, NULL, NULL},
    {"disabled_ratio", "share of cars with a disabled person's badge", LF_REAL, AT(disabled_ratio),
     0, 1, 0.01, NULL, NULL, NULL},
    {"visitors_per_household_day", "visitors by car", LF_REAL, AT(visitors_per_household_day), 0,
     100, 0.2, NULL, NULL, NULL},
    {"deliveries_per_household_day", "deliveries by van or car that need a place", LF_REAL,
     AT(deliveries_per_household_day), 0, 100, 0.3, NULL, NULL, NULL},
    {"weekday", "residents' trips on a working day", LF_GROUP, AT(weekday), 0, 0, 0, NULL, NULL,
     &weekday_table},
    {"weekend", "residents' trips on a day off", LF_GROUP, AT(weekend), 0, 0, 0, NULL, NULL,
     &weekend_table},
    {"guided", "signs lead each car to the nearest area with a free place", LF_BOOL, AT(guided), 0,
     0, 0, NULL, NULL, NULL},
    {"patience", "search time after which a driver gives up", LF_DURATION, AT(patience_s), 0,
     24 * HOUR, 600, NULL, NULL, NULL},
    {"inspect", "time lost at each area that turns out to be full", LF_DURATION, AT(inspect_s), 0.1,
     HOUR, 2, NULL, NULL, NULL},
    {"walk_limit_m", "longest walk that a searching driver accepts", LF_REAL, AT(walk_limit_m), 0,
     1e5, 300, NULL, NULL, NULL},
    {"walk_detour_ratio", "walking distance over straight distance", LF_REAL, AT(walk_detour_ratio),
     1, 10, 1.3, NULL, NULL, NULL},
    {"illegal_ratio", "of the drivers who give up, how many park illegally", LF_REAL,
     AT(illegal_ratio), 0, 1, 0, NULL, NULL, NULL},
    {"gate_service", "law of the service time at gates", LF_ENUM, AT(gate_service), 0, 0,
     LF_PARK_SERVICE_FIXED, NULL, service_names, NULL},
    {"depth_limit_m", "water depth above which a road is closed to cars", LF_REAL,
     AT(depth_limit_m), 0.01, 10, 0.27, NULL, NULL, NULL},
    {"stall_depth_limit_m", "water depth above which a parked car suffers", LF_REAL,
     AT(stall_depth_limit_m), 0.01, 10, 0.15, NULL, NULL, NULL},
    {"charge_ratio", "share of an electric car's stays at which it wants to charge", LF_REAL,
     AT(charge_ratio), 0, 1, 0.35, NULL, NULL, NULL},
    {"charge_need_kwh", "energy wanted then", LF_REAL, AT(charge_need_kwh), 0, 500, 15, NULL, NULL,
     NULL},
    {"charge_price_cny_kwh", "price of charging, service fee included", LF_REAL,
     AT(charge_price_cny_kwh), 0, 100, 1.2, NULL, NULL, NULL},
    {"power_cost_cny_kwh", "what the operator pays for the energy", LF_REAL, AT(power_cost_cny_kwh),
     0, 100, 0.7, NULL, NULL, NULL},
    {"free_stay", "stay of a visitor that costs nothing", LF_DURATION, AT(free_stay_s), 0,
     24 * HOUR, 1800, NULL, NULL, NULL},
    {"kerb_fee_month_cny", "monthly permit for stalls outside any parking row", LF_REAL,
     AT(kerb_fee_month_cny), 0, 1e5, 0, NULL, NULL, NULL},
    {"kerb_fee_hour_cny", "hourly fee for stalls outside any parking row", LF_REAL,
     AT(kerb_fee_hour_cny), 0, 1e4, 0, NULL, NULL, NULL},
};
const lf_table lf_park_settings_table = {"park", "parking demand, supply, search, gates and fees",
                                         fields, sizeof fields / sizeof *fields,
                                         sizeof(lf_park_settings)};
